// One message as it stands in the chat.

import { avatar, element, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { clock, say } from "./words.js";

// `acts` is what a message can lead to: command(text), tap(message, row, column), copy(text), reply(message).
export function bubble(message, { own, named, acts }) {
  if (message.service) return service(message);
  const node = element("article", {
    kind: `message ${own ? "own" : "other"}`, id: `m${message.room}_${message.id}`, tabindex: "-1", "data-id": message.id,
    "aria-label": `${message.sender.name}, ${clock(new Date(message.at))}`,
  });
  if (named && !own) node.append(avatar(message.sender.id, message.sender.name, message.sender.bot ? "bot" : ""));
  node.append(element("div", { kind: "column" }, speech(message, named && !own, acts), keyboard(message, acts), reactions(message)));
  node.append(replyButton(message, acts));
  return node;
}

function speech(message, named, acts) {
  const node = element("div", { kind: "speech" });
  if (named) node.append(element("p", { kind: `sender tone-${Math.abs(message.sender.id) % 6}`, text: message.sender.name }));
  if (message.reply) node.append(quote(message.reply));
  if (message.document) node.append(paper(message.document));
  node.append(element("div", { kind: "text", dir: "auto" }, ...formatted(message.text, message.entities, acts)));
  node.append(stamp(message));
  return node;
}

function stamp(message) {
  const node = element("span", { kind: "stamp" });
  if (message.silent) node.append(icon("mute"));
  if (message.edited) node.append(element("span", { text: say("edited") }));
  node.append(element("time", { datetime: message.at, text: clock(new Date(message.at)) }));
  return node;
}

function quote(reply) {
  return element("div", { kind: "quoted" },
    element("strong", { text: reply.sender.name }), element("span", { text: reply.text.replaceAll("\n", " ") }));
}

function paper(document) {
  const size = document.size < 1024 ? `${document.size} B` : `${Math.round(document.size / 1024)} KB`;
  return element("div", { kind: "paper" }, element("span", { kind: "sheet" }, icon("file")),
    element("div", {}, element("strong", { text: document.name }), element("span", { text: size })));
}

function keyboard(message, acts) {
  if (!message.keyboard.length) return null;
  const rows = message.keyboard.map((row, y) => element("div", { kind: "row" }, ...row.map((button, x) => key(message, button, y, x, acts))));
  return element("div", { kind: "keyboard", role: "group", on: { keydown: walk } }, ...rows);
}

function key(message, button, row, column, acts) {
  const copied = button.copy_text?.text;
  const press = () => (copied ? acts.copy(copied) : button.url ? acts.open(button.url) : acts.tap(message, row, column));
  const node = element("button", {
    type: "button", kind: `key ${button.style ?? ""}`, "data-place": `${row}.${column}`,
    "aria-label": copied ? say("copy", { text: copied }) : undefined, on: { click: press },
  }, element("span", { text: button.text }));
  if (copied || button.url) node.append(icon(copied ? "copy" : "link"));
  return node;
}

// The arrow keys go through a message's buttons as they lie.
function walk(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const place = event.target.closest(".key")?.dataset.place;
  if (!step || !place) return;
  const [row, column] = place.split(".").map(Number);
  const rows = [...event.currentTarget.children].map((line) => [...line.children]);
  const line = rows[row + step[0]];
  if (!line) return;
  event.preventDefault();
  event.stopPropagation();
  line[Math.max(0, Math.min(line.length - 1, column + step[1]))].focus();
}

function reactions(message) {
  if (!message.reactions.length) return null;
  return element("div", { kind: "reactions" }, ...message.reactions.map((emoji) => element("span", { text: emoji })));
}

function replyButton(message, acts) {
  return element("button", { type: "button", kind: "round reply", tabindex: "-1", "aria-label": say("reply"), title: say("reply"), on: { click: () => acts.reply(message) } }, icon("reply"));
}

function service(message) {
  const known = ["users_shared", "new_chat_members", "left_chat_member", "forum_topic_created", "migrate_to_chat_id", "migrate_from_chat_id"];
  const kind = known.includes(message.service.kind) ? message.service.kind : "other_service";
  return element("p", { kind: "service", id: `m${message.room}_${message.id}`, text: say(kind, { who: message.sender.name, name: message.service.name }) });
}
