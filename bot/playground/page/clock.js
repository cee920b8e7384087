// The playground's clock: what day it is there, and putting it ahead.

import { by } from "./dom.js";
import { answered } from "./live.js";
import { failed } from "./notices.js";
import { clock, isoDay, language, longDay, noon, say, shortDay, weekday } from "./words.js";

const REDRAWN = 5_000;
const DAY = 86_400_000;
let told = { at: new Date().toISOString(), holiday: null, workday: "" };
let ahead = 0;
let isMoving = false;

export const now = () => new Date(Date.now() + ahead);

// `moved` is told when the day is another one.
export function setUpClock({ moved }) {
  by("clock-face").addEventListener("click", () => open(by("clock-hands").hidden));
  for (const to of ["day", "monday", "holiday"]) by(`clock-${to}`).addEventListener("click", () => press(to));
  by("clock-form").addEventListener("submit", (event) => { event.preventDefault(); press(by("clock-date").value); });
  by("clock").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || by("clock-hands").hidden) return;
    event.stopPropagation();
    open(false);
    by("clock-face").focus();
  });
  setInterval(() => { drawClock(); if (isoDay(now()) !== isoDay(new Date(told.at))) moved(); }, REDRAWN);
}

export function setClock(news) {
  told = news;
  ahead = new Date(news.at) - Date.now();
  drawClock();
}

// The clock was put ahead by somebody: everybody hears it.
export function clockMoved(news) {
  setClock(news);
  by("clock-said").textContent = [say("clock_moved", { day: longDay(now()), time: clock(now()) }), rest()].filter(Boolean).join(" ");
  by("clock-face").classList.remove("fresh");
  requestAnimationFrame(() => by("clock-face").classList.add("fresh"));
}

export function drawClock() {
  by("clock-now").textContent = say("clock_now", { day: longDay(now()), time: clock(now()) });
  by("clock-rest").textContent = rest();
  by("clock-rest").hidden = !rest();
  by("clock").classList.toggle("free", Boolean(rest()));
  by("clock-date").min = tomorrow();
  if (by("clock-date").value < tomorrow()) by("clock-date").value = tomorrow();
  by("clock-hands").inert = isMoving;
}

// Why nobody works today, and when they do again.
function rest() {
  if (!told.workday || told.workday === isoDay(new Date(told.at))) return "";
  const why = told.holiday?.[language] ?? weekday(new Date(told.at));
  return say("clock_rest", { why, day: shortDay(noon(told.workday)) });
}

function open(isOpen) {
  by("clock-hands").hidden = !isOpen;
  by("clock-face").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) by("clock-day").focus();
}

async function press(to) {
  const focused = document.activeElement;
  isMoving = true;
  drawClock();
  await move(to).catch(failed);
  isMoving = false;
  drawClock();
  focused?.focus({ preventScroll: true });
}

async function move(to) {
  setClock(await answered(await fetch(`/playground/clock?to=${encodeURIComponent(to)}`, { method: "POST" })));
}

// The next Monday morning on which somebody works, or the first such morning after it.
export async function toMonday() {
  await move("monday");
  while (rest()) await move("day");
}

const tomorrow = () => isoDay(new Date(now().getTime() + DAY));
