// When a pressed card is replaced by its answer, the reader and the keyboard stay with it: at the button of the same
// name, or at the start of the new card.
const CARD = ".webchat__adaptive-card-renderer";
// Milliseconds until Web Chat has begun to scroll to the end.
const AFTER_SCROLLING = 150;

export function keepFocus(place) {
  let pressed;
  place.addEventListener("click", ({ target }) => {
    const card = target.closest(CARD);
    const button = document.activeElement;
    pressed = card?.contains(button) ? { card, name: nameOf(button) } : undefined;
  }, true);
  document.addEventListener("focusin", ({ target }) => {
    if (!pressed?.card.contains(target)) pressed = undefined;
  });
  new MutationObserver(() => {
    if (!pressed?.card.isConnected || document.activeElement !== document.body) return;
    const { card, name } = pressed;
    const buttons = [...card.querySelectorAll("[tabindex='0'], a[href], input, select")];
    focusOn(buttons.find(button => nameOf(button) === name) ?? card.querySelector(".ac-adaptiveCard"));
    setTimeout(showStartOf, AFTER_SCROLLING, card, place);
  }).observe(place, { childList: true, subtree: true });
}

function nameOf(element) {
  return element.getAttribute("aria-label") ?? element.textContent;
}

function focusOn(element) {
  if (element === null) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function showStartOf(card, place) {
  const above = place.getBoundingClientRect().top - card.getBoundingClientRect().top;
  if (above <= 0) return;
  card.dispatchEvent(new WheelEvent("wheel", { bubbles: true })); // stops Web Chat's own scrolling
  card.scrollIntoView({ block: "start" });
}
