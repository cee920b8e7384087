// What the bot asked of Telegram, newest first; each call unfolds to its payload and answer.

import { by, element } from "./dom.js";
import { precise, say } from "./words.js";

const SHOWN = 200;
const SIGNS = { lt: "<", gt: ">", amp: "&", quot: '"' };
const calls = [];

export function fillCalls(all) {
  calls.splice(0, calls.length, ...all);
  drawCalls();
}

export function addCall(call) {
  calls.push(call);
  if (calls.length > SHOWN) calls.shift();
  const list = by("calls");
  if (calls.length === 1) list.replaceChildren();
  const node = drawn(call);
  node.classList.add("fresh");
  list.prepend(node);
  if (list.children.length > SHOWN) list.lastElementChild.remove();
}

export function drawCalls() {
  const nodes = calls.map(drawn).reverse();
  by("calls").replaceChildren(...(nodes.length ? nodes : [element("li", { kind: "empty", text: say("no_calls") })]));
}

function drawn(call) {
  const good = call.status === 200;
  const status = element("span", { kind: `status ${good ? "good" : "bad"}`, text: call.status || say("broken") });
  const head = element("summary", {}, element("code", { text: call.method }), status,
    element("time", { datetime: call.at, text: precise(new Date(call.at)) }), element("span", { kind: "gist", text: gist(call) }));
  return element("li", {}, element("details", {}, head, json(say("sent"), call.payload), json(say("answered"), call.answer)));
}

function gist({ payload, answer }) {
  if (answer.description) return answer.description;
  const text = String(payload.text ?? payload.callback_query_id ?? payload.language_code ?? "");
  return text.replace(/<[^>]*>/g, "").replace(/&(lt|gt|amp|quot);/g, (_, name) => SIGNS[name]).replace(/\s+/g, " ").slice(0, 90);
}

function json(title, value) {
  return element("div", { kind: "json" }, element("h4", { text: title }), element("pre", { tabindex: "0", text: JSON.stringify(value, null, 2) }));
}
