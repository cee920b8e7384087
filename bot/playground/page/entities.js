// A text with its entities, as DOM. Offsets count UTF-16 units, as JavaScript's strings do.

import { element, icon } from "./dom.js";
import { say } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", spoiler: "span" };

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

export function formatted(text, entities, { command }) {
  const nested = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, nested, command);
}

function build(text, begin, end, entities, command) {
  const nodes = [];
  let at = begin;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inside = others.filter((other) => other.offset < stop);
    nodes.push(wrapped(entity, build(text, entity.offset, stop, inside, command), command));
    rest = others.filter((other) => other.offset >= stop);
    // A quote stands on lines of its own; the line break behind it would leave an empty one.
    at = BLOCKS.has(entity.type) && text[stop] === "\n" ? stop + 1 : stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, children, command) {
  switch (entity.type) {
    case "text_link":
    case "url":
      return link(entity.url ?? entity.text, children);
    case "bot_command":
      return element("button", { type: "button", kind: "command", on: { click: () => command(entity.text) } }, ...children);
    case "mention":
      return element("span", { kind: "mention" }, ...children);
    case "expandable_blockquote":
      return folded(children);
    default:
      return element(TAGS[entity.type] ?? "span", { kind: entity.type }, ...children);
  }
}

function link(url, children) {
  const safe = /^(https?|tg):\/\//i.test(url) ? url : undefined;
  return element("a", { href: safe, target: "_blank", rel: "noopener noreferrer", title: url }, ...children);
}

function folded(children) {
  const body = element("span", { kind: "body" }, ...children);
  const toggle = element("button", { type: "button", kind: "fold", "aria-expanded": "false", "aria-label": say("more") }, icon("chevron"));
  const quote = element("blockquote", { kind: "expandable" }, body, toggle);
  const flip = () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.ariaLabel = say(open ? "less" : "more");
  };
  toggle.addEventListener("click", flip);
  body.addEventListener("click", (event) => { if (!event.target.closest("a, button")) flip(); });
  // What fits into the first lines has nothing to unfold.
  new ResizeObserver(() => {
    if (!quote.classList.contains("open")) quote.classList.toggle("short", body.scrollHeight <= body.clientHeight + 1);
  }).observe(body);
  return quote;
}
