// The demo's own time, where it isn't the real one: worked out here from what the service said, so that it can be shown
// without asking again. Screen readers find it when they look for it; it doesn't speak up by itself.
const EVERY = 1000;
const HOURS_UP_TO = 3600;
const DAY = 86400000;
const WEEK = 7 * DAY;

// Whether the time on the page is another than that of the reader. `told` is what the service said of its clock.
export function isSimulated(told) {
  return told.speed !== null;
}

export function showClock(line, told, ask) {
  let known = { told, at: performance.now() };
  const show = () => {
    const { now, speed, zone } = known.told;
    line.lastElementChild.textContent = words(new Date(Date.parse(now) + (performance.now() - known.at) * speed), speed, zone);
  };
  show();
  setInterval(show, EVERY);
  line.hidden = false;
  // A machine that slept has counted less than the service.
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "visible") known = { told: await ask(), at: performance.now() };
  });
}

// Messages by the demo's own time: to Web Chat all of them came just now. It keeps React to itself, so the element that
// it made is given another content.
export function timeMessages({ speed, zone }) {
  const hours = speed <= HOURS_UP_TO ? { hour: "numeric", minute: "2-digit" } : {};
  const form = { weekday: "long", day: "numeric", month: "long", ...hours, timeZone: zone };
  return () => next => args => {
    const made = next(args);
    const { activity, hideTimestamp, sendState } = args;
    const isOnItsWay = activity.from.role !== "bot" && sendState !== "sent";
    if (!made || hideTimestamp || isOnItsWay) return made;
    const time = new Date(activity.timestamp).toLocaleString("da-DK", form);
    return { ...made, type: "span", props: { className: "time", children: time } };
  };
}

// "tirsdag den 1. september 2026 (uge 36) kl. 07.30"; the hours only while they can be read.
function words(moment, speed, zone) {
  const day = moment.toLocaleDateString("da-DK", { dateStyle: "full", timeZone: zone });
  const hours = moment.toLocaleTimeString("da-DK", { timeStyle: "short", timeZone: zone });
  return `${day} (uge ${weekOf(moment, zone)})${speed <= HOURS_UP_TO ? ` kl. ${hours}` : ""}`;
}

// The ISO week is that of its Thursday.
function weekOf(moment, zone) {
  const day = new Date(`${moment.toLocaleDateString("sv-SE", { timeZone: zone })}T00:00Z`);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * DAY);
  return 1 + Math.floor((thursday - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / WEEK);
}
