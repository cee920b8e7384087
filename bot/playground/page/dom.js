// Builds elements. Text only ever gets in as text.

const SVG = "http://www.w3.org/2000/svg";

export const by = (id) => document.getElementById(id);

export function element(name, { kind = "", text = "", on = {}, ...attributes } = {}, ...children) {
  const node = document.createElement(name);
  if (kind) node.className = kind;
  if (text) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  drawing.append(use);
  return drawing;
}

export function avatar(seed, text, drawing = "") {
  const node = element("span", { kind: `avatar tone-${Math.abs(Number(seed)) % 6}`, "aria-hidden": "true" });
  node.append(drawing ? icon(drawing) : text.slice(0, 1).toUpperCase());
  return node;
}

export function radios(group, choices, chosen, choose) {
  group.replaceChildren(...choices.map(({ value, content, label }) => {
    const button = element("button", {
      type: "button", role: "radio", "aria-checked": String(value === chosen), "aria-label": label,
      tabindex: value === chosen ? "0" : "-1", "data-value": value, on: { click: () => choose(value) },
    });
    button.append(...content);
    return button;
  }));
  group.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const values = choices.map((choice) => choice.value);
    const next = values[(values.indexOf(chosen) + step + values.length) % values.length];
    choose(next);
    group.querySelector(`[data-value="${CSS.escape(next)}"]`)?.focus();
  };
}
