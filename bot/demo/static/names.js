// Web Chat leaves some inputs without a name for those who hear the page: a choice that is typed has its name on the
// element around it, and the copy of a card that is read aloud has fields with empty labels.
const NAMELESS = "input:not([aria-label], [aria-labelledby], [type='radio'], [type='checkbox'])";

export function nameInputs(place) {
  const name = () => {
    for (const input of place.querySelectorAll(NAMELESS)) {
      const named = input.parentElement.getAttribute("aria-labelledby");
      if (named) input.setAttribute("aria-labelledby", named);
      else if (![...input.labels].some(label => label.textContent.trim())) input.setAttribute("aria-label", "Felt på kortet");
    }
  };
  new MutationObserver(name).observe(place, { childList: true, subtree: true });
}
