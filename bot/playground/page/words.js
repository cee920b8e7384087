// The words of the page itself, in the language chosen for the page.

const LOCALES = { de: "de-DE", en: "en-GB" };
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

export function clock(instant) {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" }).format(instant);
}

export function precise(instant) {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 }).format(instant);
}

export function day(instant) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const ago = Math.round((midnight(new Date()) - midnight(instant)) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
    return near[0].toUpperCase() + near.slice(1);
  }
  return new Intl.DateTimeFormat(LOCALES[language], { day: "numeric", month: "long", year: "numeric" }).format(instant);
}

function each(selector, change) {
  document.querySelectorAll(selector).forEach(change);
}
