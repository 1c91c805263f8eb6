// What this renderer of Adaptive Cards doesn't know: `targetWidth` takes out parts meant for other widths, and a
// `Layout.Flow` is marked in the element's id, for chat.css to lay out.
const STEPS = ["verynarrow", "narrow", "standard", "wide"];
const FROM = [0, 165, 350, 768];

const known = new WeakMap();
let flows = 0;

// Which of the widths a card so many pixels wide has.
export function widthOf(pixels) {
  return FROM.findLastIndex(from => pixels >= from);
}

// The same attachment for the same width, so that Web Chat draws it once.
export function fitted(attachment, width) {
  if (attachment.contentType !== "application/vnd.microsoft.card.adaptive") return attachment;
  const fits = known.get(attachment) ?? new Map();
  if (!fits.has(width)) fits.set(width, { ...attachment, content: fit(attachment.content, width) });
  known.set(attachment, fits);
  return fits.get(width);
}

function fit(node, width) {
  if (Array.isArray(node)) return node.filter(part => belongs(part?.targetWidth, width)).map(part => fit(part, width));
  if (node === null || typeof node !== "object") return node;
  const fitting = Object.fromEntries(Object.entries(node).map(([key, part]) => [key, fit(part, width)]));
  return fitting.layouts?.[0]?.type === "Layout.Flow" ? { ...fitting, id: `flow-${flows++}` } : fitting;
}

function belongs(target, width) {
  if (typeof target !== "string") return true;
  const [step, bound] = target.toLowerCase().split(":").reverse();
  const at = STEPS.indexOf(step);
  if (bound === "atleast") return width >= at;
  if (bound === "atmost") return width <= at;
  return width === at;
}
