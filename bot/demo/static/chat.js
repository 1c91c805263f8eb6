// The page around Microsoft's Web Chat: who is talking, where, and a look close to that of Teams.
import { styles, hostConfig, texts } from "./look.js";
import { keepFocus } from "./focus.js";
import { nameInputs } from "./names.js";
import { fitted, widthOf } from "./fit.js";
import { isSimulated, showClock, timeMessages } from "./clock.js";

const PERSONAL = "personlig";
const EXPIRED = 3;
const FAILED = 4;
const PLACE = "tovholder:place";
const MENTION = "@Tovholder ";
const AROUND_CARD = 110;
const AROUND_CARD_ON_PHONE = 40;

const choosers = { person: document.getElementById("person"), sted: document.getElementById("place") };

async function answer(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

function trouble(text) {
  const line = document.getElementById("trouble");
  line.querySelector("span").textContent = text;
  line.querySelector("button").onclick = () => location.reload();
  line.hidden = false;
}

// Fills a chooser and picks what the address says, or else the first. Choosing goes to the address of that choice.
function offer(name, choices) {
  const chooser = choosers[name];
  for (const { key, label } of choices) chooser.add(new Option(label, key));
  chooser.onchange = () => {
    history.pushState(null, "", `?${new URLSearchParams({ person: choosers.person.value, sted: choosers.sted.value })}`);
    dispatchEvent(new PopStateEvent("popstate"));
  };
}

function chooseByAddress() {
  const asked = new URLSearchParams(location.search);
  for (const [name, chooser] of Object.entries(choosers)) {
    chooser.value = asked.get(name) ?? "";
    if (chooser.selectedIndex < 0) chooser.selectedIndex = 0;
  }
}

// In a channel every message begins by mentioning the bot, as it must in Teams.
function mentioning({ dispatch }) {
  const begin = () => dispatch({ type: "WEB_CHAT/SET_SEND_BOX", payload: { text: MENTION } });
  return next => action => {
    const result = next(action);
    if (action.type === "WEB_CHAT/SUBMIT_SEND_BOX" || action.type === "DIRECT_LINE/CONNECT_FULFILLED") begin();
    return result;
  };
}

// Web Chat hands out what came together one by one, and what comes next may overtake it: a message that was changed is
// then not to be shown as it was before.
function keepingNewest() {
  const places = new Map();
  return next => action => {
    if (action.type !== "DIRECT_LINE/INCOMING_ACTIVITY") return next(action);
    const { id, channelData } = action.payload.activity;
    const place = channelData[PLACE];
    if (place < places.get(id)) return;
    places.set(id, place);
    return next(action);
  };
}

async function line(person, place) {
  const granted = await answer("/chat/directline/tokens/generate", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, place }),
  });
  const directLine = WebChat.createDirectLine({ domain: `${location.origin}/chat/directline`, token: granted.token });
  directLine.connectionStatus$.subscribe(status => {
    if (status === EXPIRED || status === FAILED) trouble("Forbindelsen er væk: Tovholder er stoppet eller startet igen.");
  });
  return { directLine, userID: granted.userId };
}

// Cards say for which widths a part is meant; Web Chat leaves that to us.
function fittingAttachments(width) {
  return () => next => (...args) => {
    const [{ attachment, ...rest }, ...others] = args;
    return next({ ...rest, attachment: fitted(attachment, width) }, ...others);
  };
}

// Draws Web Chat in an element of its own; gives what forgets it again.
function render(props, hasOwnTime) {
  const room = document.createElement("div");
  const phone = matchMedia("(max-width: 640px)");
  let shown;
  const show = () => {
    const width = widthOf(innerWidth - (phone.matches ? AROUND_CARD_ON_PHONE : AROUND_CARD));
    const now = `${width} ${phone.matches}`;
    if (now === shown) return;
    shown = now;
    const look = { attachmentMiddleware: fittingAttachments(width), styleOptions: styles(phone.matches, hasOwnTime) };
    WebChat.renderWebChat({ ...props, ...look }, room);
  };
  document.getElementById("webchat").replaceChildren(room);
  show();
  addEventListener("resize", show);
  return () => removeEventListener("resize", show);
}

// Each conversation gets a Web Chat of its own on the same page: to load it all again takes longer than to draw it.
function conversations(clock) {
  const hasOwnTime = isSimulated(clock);
  let entering = 0;
  let leave = () => {};
  return async () => {
    const turn = ++entering;
    const isChannel = choosers.sted.value !== PERSONAL;
    const talk = await line(choosers.person.value, choosers.sted.value);
    if (turn !== entering) return talk.directLine.end();
    leave();
    document.getElementById("trouble").hidden = true;
    document.getElementById("hint").hidden = !isChannel;
    const forget = render({
      ...talk,
      store: WebChat.createStore({}, keepingNewest, ...(isChannel ? [mentioning] : [])),
      locale: "da-DK",
      adaptiveCardsHostConfig: hostConfig,
      overrideLocalizedStrings: texts(isChannel),
      ...(hasOwnTime && { activityStatusMiddleware: timeMessages(clock) }),
    }, hasOwnTime);
    leave = () => {
      forget();
      talk.directLine.end();
    };
  };
}

async function start() {
  const { people, places } = await answer("/chat/cast");
  offer("person", people);
  offer("sted", places);
  chooseByAddress();
  const askClock = () => answer("/chat/clock");
  const clock = await askClock();
  if (isSimulated(clock)) showClock(document.getElementById("clock"), clock, askClock);
  const enter = conversations(clock);
  addEventListener("popstate", () => {
    chooseByAddress();
    enter().catch(error => trouble(error.message));
  });
  nameInputs(document.getElementById("webchat"));
  await enter();
  keepFocus(document.getElementById("webchat"));
  document.querySelector("#webchat [data-id='webchat-sendbox-input']")?.focus();
}

start().catch(error => trouble(error.message));
