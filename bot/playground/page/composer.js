// Where one writes: the field, the command menu, the reply in preparation, files.

import { by, element } from "./dom.js";
import { post, postFile } from "./live.js";
import { failed } from "./notices.js";
import { say } from "./words.js";
import { address, here, mayWrite, world } from "./world.js";

const field = by("text");
const menu = by("menu");
let replyTo = null;
let commands = [];
let picked = -1;

export async function sendText(text) {
  const reply = replyTo;
  replyWith(null);
  try {
    await post("say", { ...address(), text, reply_to: reply?.id ?? null });
  } catch (error) {
    failed(error);
  }
}

export function replyWith(message) {
  replyTo = message;
  by("replying").hidden = !message;
  field.placeholder = message?.asks?.placeholder || say("write");
  if (!message) return;
  by("replying-to").textContent = say("replying", { name: message.sender.name });
  by("replying-text").textContent = message.text;
  field.focus();
}

export function drawComposer() {
  const place = here();
  const open = mayWrite(place);
  by("line").hidden = !open;
  by("closed").hidden = open;
  by("closed").textContent = say("channel_closed");
  by("hint").hidden = !open || !["group", "topic"].includes(place.kind);
  const mention = element("button", { type: "button", kind: "command", text: `@${world.bot.username}`, on: { click: () => insert(`@${world.bot.username} `) } });
  by("hint").replaceChildren(say("group_hint"), " ", mention);
  field.placeholder = replyTo?.asks?.placeholder || say("write");
  hideMenu();
}

export function setUp({ toMessages }) {
  by("send").addEventListener("click", send);
  by("stop-replying").addEventListener("click", () => { replyWith(null); field.focus(); });
  by("commands").addEventListener("click", () => (menu.hidden ? showMenu("") : hideMenu()));
  by("attach").addEventListener("click", () => by("file").click());
  by("file").addEventListener("change", ({ target }) => { sendFiles(target.files); target.value = ""; });
  field.addEventListener("input", () => { grow(); suggest(); });
  field.addEventListener("keydown", (event) => onKey(event, toMessages));
  document.addEventListener("click", ({ target }) => { if (!target.closest("#composer")) hideMenu(); });
  setUpDrop(by("phone"), by("drop"));
}

function onKey(event, toMessages) {
  if (!menu.hidden && steer(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  } else if (event.key === "ArrowUp" && !field.value) {
    event.preventDefault();
    toMessages();
  } else if (event.key === "Escape") {
    replyWith(null);
  }
}

function steer(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const choosing = ["Enter", "Tab"].includes(event.key) && picked >= 0;
  if (step) pick((picked + step + menu.children.length) % menu.children.length);
  else if (event.key === "Escape") hideMenu();
  else if (choosing) choose(menu.children[picked].dataset.command);
  else return false;
  event.preventDefault();
  return true;
}

function send() {
  const text = field.value.trim();
  if (!text) return;
  insert("", { whole: true });
  hideMenu();
  sendText(text);
}

function insert(text, { whole = false } = {}) {
  field.value = whole ? text : text + field.value;
  grow();
  field.focus();
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  by("composer").classList.toggle("filled", Boolean(field.value.trim()));
}

function suggest() {
  if (/^\/\w*$/.test(field.value)) showMenu(field.value.slice(1));
  else hideMenu();
}

async function showMenu(begin) {
  try {
    commands = await post("menu", address());
  } catch (error) {
    failed(error);
    return;
  }
  const fitting = commands.filter((command) => command.command.startsWith(begin.toLowerCase()));
  menu.replaceChildren(...fitting.map(option));
  menu.hidden = !fitting.length;
  field.setAttribute("aria-expanded", String(!menu.hidden));
  by("commands").setAttribute("aria-expanded", String(!menu.hidden));
  if (fitting.length) pick(0);
  field.focus();
}

function hideMenu() {
  menu.hidden = true;
  picked = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  by("commands").setAttribute("aria-expanded", "false");
}

function option({ command, description }, index) {
  return element("li", {
    role: "option", id: `option-${index}`, "data-command": command, "aria-selected": "false", on: { click: () => choose(command), pointermove: () => pick(index) },
  }, element("strong", { text: `/${command}` }), element("span", { text: description }));
}

function pick(index) {
  picked = index;
  [...menu.children].forEach((node, place) => node.setAttribute("aria-selected", String(place === index)));
  menu.children[index].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", `option-${index}`);
}

function choose(command) {
  hideMenu();
  insert("", { whole: true });
  sendText(here().kind === "private" ? `/${command}` : `/${command}@${world.bot.username}`);
}

function sendFiles(files) {
  for (const file of files) postFile(file, addressed()).catch(failed);
}

function addressed() {
  return Object.fromEntries(Object.entries(address()).filter(([, value]) => value !== null));
}

function setUpDrop(area, shade) {
  area.addEventListener("dragenter", (event) => { event.preventDefault(); shade.hidden = !mayWrite(here()); });
  shade.addEventListener("dragover", (event) => event.preventDefault());
  shade.addEventListener("dragleave", () => { shade.hidden = true; });
  shade.addEventListener("drop", (event) => { event.preventDefault(); shade.hidden = true; sendFiles(event.dataTransfer.files); });
}
