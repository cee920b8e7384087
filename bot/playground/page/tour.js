// The guided tour: each step is played by the person it is about, with the real bot answering.

import { now, toMonday } from "./clock.js";
import { sendText } from "./composer.js";
import { by } from "./dom.js";
import { post, postFile } from "./live.js";
import { failed } from "./notices.js";
import { language, say } from "./words.js";
import { address, me, messagesIn, here, placesOf, world } from "./world.js";

const PATIENCE = 12_000;
const LOCALES = { de: "de-DE", en: "en-GB" };
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let steps = [];
let at = 0;
let busy = false;
let heard = null;
let enter = null;

// `goAs` shows a place as a person.
export function setUpTour(goAs) {
  enter = goAs;
  by("tour-go").addEventListener("click", next);
  by("tour-skip").addEventListener("click", () => show(at + 1));
  by("tour-end").addEventListener("click", () => { by("tour").hidden = true; by("text").focus(); });
  by("start-tour").addEventListener("click", startTour);
}

export async function startTour() {
  steps = steps.length ? steps : await (await fetch("/playground/page/tour.json")).json();
  by("tour").hidden = false;
  show(0);
  enter(steps[0].as ?? "editor");
  by("tour-go").focus();
}

// Whatever the bot writes or changes.
export function heardBy(message) {
  if (heard && message.sender.bot && message.room === heard.room) heard.done();
}

export function drawTour() {
  const step = steps[at];
  if (by("tour").hidden || !step) return;
  const last = at === steps.length - 1;
  by("tour-count").textContent = say(busy ? "tour_step" : "tour_next_step", { n: at + 1, all: steps.length });
  by("tour-title").textContent = step.title[language];
  by("tour-text").textContent = step.text[language];
  by("tour-go").textContent = say(last ? "tour_close" : busy ? "tour_busy" : step.acts?.length ? "tour_go" : "tour_next");
  by("tour-go").disabled = busy;
  by("tour-skip").hidden = last || busy || !step.acts?.length;
  by("tour-bar").style.width = `${(100 * (at + 1)) / steps.length}%`;
}

function show(step) {
  at = Math.min(step, steps.length - 1);
  drawTour();
}

async function next() {
  if (at === steps.length - 1) {
    by("tour-end").click();
    return;
  }
  busy = true;
  drawTour();
  const step = steps[at];
  try {
    if (step.as) enter(step.as);
    for (const act of step.acts ?? []) await played(act);
    at += 1;
  } catch (error) {
    failed(error);
  }
  busy = false;
  drawTour();
  by("tour-go").focus({ preventScroll: true });
}

async function played(act) {
  await new Promise((resolve) => { setTimeout(resolve, calm.matches ? 30 : 450); });
  const tapped = act.tap === undefined ? null : button(act.tap);
  if (act.optional && !tapped) return;
  if (act.tap !== undefined && !tapped) throw new Error(say("tour_no_button"));
  const answer = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(say("tour_no_answer"))), PATIENCE);
    heard = { room: here().room.id, done: () => { clearTimeout(late); resolve(); } };
  });
  if (tapped) await post("tap", { ...address(), ...tapped });
  else if (act.clock) await toMonday();
  else if (act.file) await sent(act.file);
  else await sendText(filled(act.say[me().language] ?? act.say.de));
  await answer;
  heard = null;
}

async function sent(name) {
  const content = await (await fetch(`/playground/page/${name}`)).blob();
  const to = Object.fromEntries(Object.entries(address()).filter(([, value]) => value !== null));
  await postFile(new File([content], name, { type: "text/plain" }), to);
}

// The button of the bot's last message: the green one, the first, or the first with any of these words.
function button(wanted) {
  const message = messagesIn(here()).filter((other) => other.sender.bot).at(-1);
  const keys = (message?.keyboard ?? []).flatMap((row, y) => row.map((key, x) => ({ key, place: { message: message.id, row: y, column: x } })));
  const green = keys.find(({ key }) => key.style === "success");
  if (wanted === "save") return green?.place;
  if (wanted === "first") return keys[0]?.place;
  return keys.find(({ key }) => wanted.some((words) => key.text.includes(words)))?.place;
}

// Dates of the tour lie around today.
function filled(text) {
  return text.replace(/\{(-?\d+)\}/g, (_, days) => new Intl.DateTimeFormat(LOCALES.de, { day: "2-digit", month: "2-digit", year: "numeric" }).format(now().getTime() + Number(days) * 86_400_000));
}

export const placeOf = (role) => {
  const person = world.people.find((other) => other.role === role);
  return { person, place: placesOf(person).find((place) => place.kind === "private") };
};
