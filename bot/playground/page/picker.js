// The buttons that the bot puts under the text field, and the list that a person is picked from.

import { by, element } from "./dom.js";
import { say } from "./words.js";

// `acts` is what a button can lead to: command(text), pick(request, person).
export function drawKeys(message, people, acts) {
  const rows = message?.keys ?? [];
  by("below").hidden = !rows.length;
  by("below").replaceChildren(...rows.map((row) => element("div", { kind: "row" }, ...row.map((key) => below(key, people, acts)))));
}

function below(key, people, acts) {
  const press = () => (key.request === null ? acts.command(key.text) : list(key.request, people, acts));
  return element("button", { type: "button", kind: "chip", text: key.text, on: { click: press } });
}

function list(request, people, acts) {
  const names = people.map((person) => element("button", { type: "button", kind: "chip", text: person.name, on: { click: () => acts.pick(request, person.id) } }));
  by("below").replaceChildren(element("p", { text: say("pick") }), element("div", { kind: "row" }, ...names));
  names[0]?.focus();
}
