// The page: a phone chat with the bot, played by whoever sits in front of it.

import { bubble } from "./bubbles.js";
import { addCall, drawCalls, fillCalls } from "./calls.js";
import { clockMoved, drawClock, now, setClock, setUpClock } from "./clock.js";
import { drawComposer, replyWith, sendText, setUp } from "./composer.js";
import { by, element } from "./dom.js";
import { listen, post } from "./live.js";
import { alertWith, copy, failed, toast } from "./notices.js";
import { drawKeys } from "./picker.js";
import { drawPlaces, placeKind, roomAvatar } from "./places.js";
import { isFollowed, setUpScrolling, toNewest } from "./scrolling.js";
import { drawTour, heardBy, placeOf, setUpTour, startTour } from "./tour.js";
import { day, isoDay, label, language, say, speak } from "./words.js";
import { address, fill, forget, here, isHere, keep, keepRoom, me, messagesIn, placesOf, see, unread, view, world } from "./world.js";

const TYPING_LASTS = 5_000;
const narrow = matchMedia("(max-width: 899px)");
const log = by("log");
let typing = 0;

const acts = {
  command: sendText,
  reply: replyWith,
  copy,
  open: (url) => window.open(url, "_blank", "noopener"),
  tap: async (message, row, column) => {
    waitingKey(message, row, column)?.classList.add("waiting");
    await post("tap", { ...address(), message: message.id, row, column }).catch(failed);
  },
};

function waitingKey(message, row, column) {
  return by(`m${message.room}_${message.id}`)?.querySelector(`[data-place="${row}.${column}"]`);
}

function drawLog() {
  const place = here();
  const messages = messagesIn(place);
  log.replaceChildren(...messages.flatMap((message, index) => drawn(message, messages[index - 1])));
  if (!messages.some((message) => !message.service)) log.append(welcome(place));
  toNewest();
}

function drawn(message, before) {
  const at = new Date(message.at);
  const newDay = !before || isoDay(new Date(before.at)) !== isoDay(at);
  const follows = !newDay && before.sender.id === message.sender.id && !before.service;
  const node = bubble(message, { own: message.sender.id === view.person, named: here().kind !== "private", acts });
  node.classList.toggle("follows", follows);
  return newDay ? [element("h3", { kind: "day", text: day(at, now()) }), node] : [node];
}

function welcome(place) {
  if (place.kind !== "private") return element("p", { kind: "service", text: say("nothing") });
  const examples = [1, 2, 3].map((n) => say(`example_${n}`));
  return element("section", { kind: "welcome" }, roomAvatar(place), element("h3", { text: say("hello") }),
    element("p", { text: world.description[me().language] ?? "" }),
    element("p", { kind: "small", text: say("try") }),
    element("div", { kind: "examples" }, ...examples.map((text) => element("button", { type: "button", kind: "chip", text, on: { click: () => sendText(text) } }))),
    element("button", { type: "button", kind: "button", text: say("start"), on: { click: () => sendText("/start") } }),
    element("button", { type: "button", kind: "quiet", text: say("tour_start"), on: { click: startTour } }));
}

function drawHead() {
  const place = here();
  const people = place.room.members.length;
  by("room-avatar").replaceWith(Object.assign(roomAvatar(place), { id: "room-avatar" }));
  by("room-title").textContent = place.title;
  const kind = place.kind === "private" ? say("is_bot") : `${placeKind(place)} · ${say("members", { n: people })}`;
  by("room-subtitle").textContent = typing ? say("typing") : kind;
  by("room-subtitle").classList.toggle("typing", Boolean(typing));
  by("playing").textContent = say("as", { name: me().name });
  const waiting = placesOf(me()).reduce((sum, other) => sum + unread(me(), other), 0);
  by("all-unread").hidden = !waiting;
  by("all-unread").textContent = waiting;
}

function drawSides() {
  drawPlaces({ play, go, speakPerson, speakPage });
  drawKeys(messagesIn(here()).at(-1), world.people.filter((person) => person.id !== view.person), { command: sendText, pick });
  drawHead();
}

function pick(request, picked) {
  post("pick", { ...address(), request, picked }).catch(failed);
}

function drawAll() {
  label();
  drawClock();
  drawTour();
  see(me(), here());
  drawSides();
  drawComposer();
  drawLog();
}

function go(place) {
  Object.assign(view, { room: place.room.id, thread: place.thread });
  stopTyping();
  replyWith(asking(place));
  drawAll();
  openDrawer(false);
  if (!narrow.matches) by("text").focus();
}

function play(person) {
  view.person = person;
  const places = placesOf(me());
  const place = places.find(isHere) ?? places[0];
  // Everybody has a private chat of their own with the bot.
  go(places.find((other) => other.kind === "private" && world.rooms.get(view.room)?.kind === "private") ?? place);
  by("people").querySelector("[aria-checked=true]")?.focus();
}

function goAs(role) {
  const { person, place } = placeOf(role);
  view.person = person.id;
  go(place);
}

// A question of the bot's that opens a reply to it, as long as nothing came after it.
function asking(place) {
  const last = messagesIn(place).at(-1);
  return last?.asks?.people.includes(view.person) ? last : null;
}

function speakPerson(code) {
  post("language", { person: view.person, language: code }).catch(failed);
}

function speakPage(code) {
  speak(code);
  drawCalls();
  drawAll();
  by("page-language").querySelector("[aria-checked=true]")?.focus();
}

function arrived(message) {
  const lastBefore = messagesIn(here()).at(-1);
  keep(message);
  if (!isHere({ room: { id: message.room }, thread: here().room.forum ? message.thread : null })) return drawSides();
  const follows = isFollowed();
  log.querySelector(".welcome, .service:only-child")?.remove();
  const nodes = drawn(message, lastBefore);
  nodes.at(-1).classList.add("fresh");
  log.append(...nodes);
  see(me(), here());
  if (message.sender.bot) stopTyping();
  heardBy(message);
  if (asking(here())) replyWith(message);
  drawSides();
  if (follows || message.sender.id === view.person) toNewest({ smooth: true });
}

function changed(message) {
  keep(message);
  heardBy(message);
  const old = by(`m${message.room}_${message.id}`);
  if (!old) return drawSides();
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.place : undefined;
  const follows = isFollowed();
  const node = bubble(message, { own: message.sender.id === view.person, named: here().kind !== "private", acts });
  node.classList.toggle("follows", old.classList.contains("follows"));
  old.replaceWith(node);
  if (focused !== undefined) (node.querySelector(`[data-place="${focused}"]`) ?? node.querySelector(".key") ?? node).focus({ preventScroll: true });
  drawSides();
  if (follows) toNewest();
}

function answered({ room, message, person, text, alert }) {
  by(`m${room}_${message}`)?.querySelectorAll(".waiting").forEach((node) => node.classList.remove("waiting"));
  if (!text || person !== view.person) return;
  if (alert) alertWith(text);
  else toast(text);
}

function isTyping({ room }) {
  if (room !== view.room) return;
  clearTimeout(typing);
  typing = setTimeout(stopTyping, TYPING_LASTS);
  drawHead();
}

function stopTyping() {
  clearTimeout(typing);
  typing = 0;
  drawHead();
}

function openDrawer(open) {
  by("drawer").classList.toggle("open", open);
  by("drawer").inert = narrow.matches && !open;
  by("phone").inert = narrow.matches && open;
  by("open-drawer").setAttribute("aria-expanded", String(open));
  if (narrow.matches && open) by("close-drawer").focus();
}

function walkMessages(event) {
  const current = event.target.closest(".message");
  if (!current || event.target.matches(".key")) return;
  const all = [...log.querySelectorAll(".message")];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step) {
    event.preventDefault();
    (all[all.indexOf(current) + step] ?? (step > 0 ? by("text") : current)).focus();
  } else if (event.key.toLowerCase() === "r" && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    replyWith(world.messages.get(view.room).get(Number(current.dataset.id)));
  }
}

function start(news) {
  fill(news);
  setClock(news.clock);
  if (!me()) {
    view.person = world.people[0].id;
    const first = placesOf(me()).find((place) => place.kind === "private") ?? placesOf(me())[0];
    Object.assign(view, { room: first.room.id, thread: first.thread });
  }
  fillCalls(news.calls);
  drawAll();
  document.body.classList.add("ready");
}

const connected = (up) => () => {
  by("live").textContent = say(up ? "live" : "lost");
  by("live").classList.toggle("up", up);
};

setUpTour(goAs);
setUpClock({ moved: drawLog });
setUp({ toMessages: () => log.querySelector(".message:last-of-type")?.focus() });
log.addEventListener("keydown", walkMessages);
setUpScrolling();
by("open-drawer").addEventListener("click", () => openDrawer(true));
by("close-drawer").addEventListener("click", () => { openDrawer(false); by("open-drawer").focus(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || by("alert").open) return;
  openDrawer(false);
  if (event.target !== by("text")) by("text").focus();
});
narrow.addEventListener("change", () => openDrawer(false));
openDrawer(false);
label();
listen({
  world: start,
  message: arrived,
  edited: changed,
  deleted: ({ room, message }) => { forget(room, message); drawAll(); },
  answered,
  typing: isTyping,
  call: addCall,
  clock: (news) => { clockMoved(news); drawLog(); },
  room: (room) => { keepRoom(room); drawSides(); },
  people: (people) => { world.people = people; drawAll(); },
}, { up: connected(true), down: connected(false) });
