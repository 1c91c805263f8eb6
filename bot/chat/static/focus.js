// When a pressed card is replaced by its answer, the keyboard stays where it was: on the button of the same name, or
// at the start of the new card.
const CARD = ".webchat__adaptive-card-renderer";

export function keepFocus(place) {
  let pressed;
  place.addEventListener("click", ({ target }) => {
    const card = target.closest(CARD);
    const button = document.activeElement;
    pressed = card?.contains(button) ? { card, name: nameOf(button) } : undefined;
  }, true);
  new MutationObserver(() => {
    if (!pressed?.card.isConnected || document.activeElement !== document.body) return;
    const { card, name } = pressed;
    const buttons = [...card.querySelectorAll("[tabindex='0'], a[href], input, select")];
    focusOn(buttons.find(button => nameOf(button) === name) ?? card.querySelector(".ac-adaptiveCard"));
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
