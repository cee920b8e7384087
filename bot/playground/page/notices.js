// Toasts and alerts: the bot's answers to a tap, and short words of the page itself.

import { by, element } from "./dom.js";
import { say } from "./words.js";

const STAYS = 3_500;

export function toast(text) {
  const node = element("p", { kind: "toast", text });
  by("toasts").replaceChildren(node);  // the newer one is what counts, as in the messenger
  setTimeout(() => node.remove(), STAYS);
}

export function alertWith(text) {
  by("alert-text").textContent = text;
  const { left, width } = by("phone").getBoundingClientRect();
  by("alert").style.marginLeft = `${left + width / 2}px`;
  by("alert").showModal();
}

export function failed(error) {
  toast(say("failed", { reason: error.message }));
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied", { text }));
  } catch (error) {
    failed(error);
  }
}
