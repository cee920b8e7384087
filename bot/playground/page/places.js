// Who is writing, and in which chat.

import { avatar, by, element, radios } from "./dom.js";
import { language, LANGUAGES, say } from "./words.js";
import { isHere, me, messagesIn, placesOf, unread, view, world } from "./world.js";

const DRAWINGS = { private: "bot", group: "group", topic: "topic", channel: "channel" };
const NAMES = { de: "Deutsch", en: "English" };

export function drawPlaces({ play, go, speakPerson, speakPage }) {
  const people = world.people.map((person) => ({ value: String(person.id), content: face(person), label: `${person.name}, ${say(`role_${person.role}`)}` }));
  radios(by("people"), people, String(view.person), (value) => play(Number(value)));
  by("rooms").replaceChildren(...placesOf(me()).map((place) => roomButton(place, go)));
  by("person-language-title").textContent = say("person_language", { name: me().name });
  radios(by("person-language"), segments(), me().language, speakPerson);
  radios(by("page-language"), segments(), language, speakPage);
  drawKeys();
}

export function roomAvatar(place) {
  const seed = place.kind === "private" ? world.bot.id : place.room.id + (place.thread ?? 0);
  return avatar(seed, place.title, DRAWINGS[place.kind]);
}

export function placeKind(place) {
  return say(place.kind, { title: place.room.title });
}

function face(person) {
  const waiting = placesOf(person).reduce((sum, place) => sum + unread(person, place), 0);
  const badge = person.id !== view.person && waiting ? element("span", { kind: "badge", text: waiting, "aria-label": say("unread", { n: waiting }) }) : null;
  return [avatar(person.id, person.name), element("span", { kind: "two" }, element("strong", { text: person.name }), element("small", { text: say(`role_${person.role}`) })), badge].filter(Boolean);
}

function roomButton(place, go) {
  const waiting = unread(me(), place);
  const last = messagesIn(place).at(-1);
  const gist = last && !last.service ? last.text || last.document?.name || "" : placeKind(place);
  const badge = waiting ? element("span", { kind: "badge", text: waiting, "aria-label": say("unread", { n: waiting }) }) : null;
  return element("button", { type: "button", kind: "room", "aria-current": isHere(place) ? "true" : undefined, on: { click: () => go(place) } },
    roomAvatar(place), element("span", { kind: "two" }, element("strong", { text: place.title }), element("small", { text: gist.slice(0, 60) })), badge);
}

function segments() {
  return LANGUAGES.map((code) => ({ value: code, content: [code.toUpperCase()], label: NAMES[code] ?? code }));
}

function drawKeys() {
  const keys = [["Enter", "key_enter"], ["⇧ Enter", "key_shift_enter"], ["/", "key_slash"], ["↑", "key_up"], ["R", "key_r"], ["Esc", "key_escape"]];
  by("keys").replaceChildren(...keys.map(([key, word]) => element("div", {}, element("dt", {}, element("kbd", { text: key })), element("dd", { text: say(word) }))));
}
