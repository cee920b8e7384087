// The words of the page itself, in the language chosen for the page.

const LOCALES = { de: "de-DE", en: "en-GB" };
const ZONE = "Europe/Berlin";
const response = await fetch("/playground/page/words.json");
const catalogue = await response.json();
const remembered = localStorage.getItem("language");
const wished = remembered ?? navigator.language.slice(0, 2);

export const LANGUAGES = Object.keys(catalogue);
export let language = LANGUAGES.includes(wished) ? wished : "de";

export function speak(code) {
  language = code;
  localStorage.setItem("language", code);
  label();
}

export function say(key, values = {}) {
  const sentence = catalogue[language][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function label() {
  document.documentElement.lang = language;
  document.title = say("title");
  each("[data-say]", (node) => { node.textContent = say(node.dataset.say); });
  each("[data-label]", (node) => { node.ariaLabel = say(node.dataset.label); node.title = node.ariaLabel; });
  each("[data-label-region]", (node) => { node.ariaLabel = say(node.dataset.labelRegion); });
  each("[data-placeholder]", (node) => { node.placeholder = say(node.dataset.placeholder); node.removeAttribute("title"); });
}

// Everything happens in the city's time, wherever the browser is.
export const clock = (instant) => said(instant, { hour: "2-digit", minute: "2-digit" });
export const precise = (instant) => said(instant, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
export const longDay = (instant) => said(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDay = (instant) => said(instant, { weekday: "long", day: "numeric", month: "long" });
export const weekday = (instant) => said(instant, { weekday: "long" });
export const isoDay = (instant) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(instant);

// An instant of a day, which is written as in ISO 8601.
export const noon = (day) => new Date(`${day}T12:00:00Z`);

// The day as a heading, seen from today.
export function day(instant, today) {
  const ago = Math.round((noon(isoDay(today)) - noon(isoDay(instant))) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
    return near[0].toUpperCase() + near.slice(1);
  }
  return said(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function said(instant, how) {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: ZONE, ...how }).format(instant);
}

function each(selector, change) {
  document.querySelectorAll(selector).forEach(change);
}
