// Where the chat stands: at its end, or at the beginning of what is too long to be seen whole.

import { by } from "./dom.js";

const ARRIVES = 800;  // milliseconds that a smooth way takes at most
const ABOVE = 8;  // pixels left free above a message that is shown from its beginning
const NEAR = 160;
const FAR = 240;
const scroll = by("scroll");
const log = by("log");
let arriving = 0;
let atEnd = true;

export function setUpScrolling() {
  scroll.addEventListener("scroll", () => {
    atEnd = left() < ABOVE;
    by("to-end").hidden = left() < FAR;
  });
  by("to-end").addEventListener("click", () => go(scroll.scrollHeight, { smooth: true }));
  // The tour, a prompt to reply and the phone's own keyboard leave less room: the end stays in sight.
  new ResizeObserver(() => { if (atEnd) go(scroll.scrollHeight); }).observe(scroll);
}

// Whether whoever reads is at the end, or on the way there.
export function isFollowed() {
  return left() < NEAR || performance.now() < arriving;
}

// The newest message is shown to its end; one that is longer than the view from its beginning.
export function toNewest(how) {
  const newest = log.lastElementChild;
  go(newest ? newest.offsetTop - scroll.offsetTop - ABOVE : 0, how);
}

function left() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
}

function go(top, { smooth = false } = {}) {
  const glides = smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  arriving = performance.now() + (glides ? ARRIVES : 0);
  scroll.scrollTo({ top, behavior: glides ? "smooth" : "instant" });
}
