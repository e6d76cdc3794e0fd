// Small tools of the page: build nodes, icons, toasts, menus, dialogs.
// Nothing here (or anywhere in the page) ever parses a person's words as HTML: strings become text nodes.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  more: "M5 12h.01M12 12h.01M19 12h.01",
  back: "M15 5l-7 7 7 7",
  send: "M5 12h13M12 5l7 7-7 7",
  clip: "M20 11.500l-8.500 8.500a5.500 5.500 0 0 1-8-8L12 3.500a3.700 3.700 0 0 1 5.300 5.300l-8.400 8.400a1.900 1.900 0 0 1-2.700-2.700l7.800-7.700",
  close: "M6 6l12 12M18 6L6 18",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v7",
  keys: "M3 6h18v12H3zM7 10h.01M12 10h.01M17 10h.01M8 14h8",
  place: "M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12zM12 11.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 7.500 0 0 1 15 0",
  out: "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
};

/** Build an element. `props`: attributes; `on…` = listener; null and false are left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A decorative line icon (hidden from screen readers: the button bears the words). */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** Words between French quotation marks, which never stand alone at the end or the start of a line. */
export const quoted = (words) => `«\u00a0${words}\u00a0»`;

/** Words for a screen reader only. */
export const unseen = (text) => h("span", { class: "unseen" }, text);

/** Show a short sentence; it leaves by itself. `kind`: "" or "error". */
export function toast(text, kind = "") {
  const node = h("p", { class: `toast ${kind}` }, text);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), Math.max(5000, text.length * 90));
}

/** Run an act and show its French error, if any, as a toast. Returns its result, or undefined. */
export async function tell(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message, "error");
    return undefined;
  }
}

const stepFocus = (items, by) => {
  const at = items.indexOf(document.activeElement);
  items[(at + by + items.length) % items.length]?.focus();
};

/**
 * Move focus among `items` with the arrows, Home and End. Returns true when the key was used.
 * (Never return it from an on… property: false there would swallow Tab.)
 */
export function arrowKeys(event, items, { wrap = true } = {}) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Home") items[0]?.focus();
  else if (event.key === "End") items.at(-1)?.focus();
  else if (!step) return false;
  else if (wrap || (at + step >= 0 && at + step < items.length)) stepFocus(items, step);
  event.preventDefault();
  return true;
}

function placeMenu(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + height + 8 < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(box.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - height - 4)}px`;
}

/** Open a menu at `anchor`. `entries`: {label, run, danger?} or {row: [{label, name, run}]}. */
export function openMenu(anchor, entries, label) {
  const menu = byId("menu");
  const item = ({ label: words, name, run, danger }) =>
    h("button", {
      type: "button", role: "menuitem", tabindex: "-1", "aria-label": name, class: danger ? "danger" : null,
      onclick: () => { menu.hidePopover(); run(); },
    }, words);
  menu.replaceChildren(...entries.map((entry) =>
    entry.row ? h("div", { class: "menu-row", role: "group" }, entry.row.map(item)) : item(entry)));
  menu.setAttribute("aria-label", label);
  menu.onkeydown = (event) => { arrowKeys(event, [...menu.querySelectorAll("button")]); };
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("toggle", function closed(event) {
    if (event.newState === "open") return;
    menu.removeEventListener("toggle", closed);
    anchor.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
  });
  menu.showPopover();
  placeMenu(menu, anchor);
  menu.querySelector("button")?.focus();
}

/**
 * Ask something in a modal dialog. `body`: nodes with named fields (may be empty).
 * Resolves to an object {field name: value}, or null when the person gave up (button or Escape).
 */
export function ask({ title, text, body = [], confirm, danger = false }) {
  const dialog = byId("dialog");
  return new Promise((resolve) => {
    const form = h("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const values = Object.fromEntries(new FormData(form));
        dialog.onclose = null;
        dialog.close();
        resolve(values);
      },
    },
    h("h2", { id: "dialog-title" }, title),
    text ? h("p", {}, text) : null,
    body,
    h("div", { class: "dialog-buttons" },
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Annuler"),
      h("button", { type: "submit", class: danger ? "main danger" : "main" }, confirm)));
    dialog.replaceChildren(form);
    dialog.onclose = () => resolve(null);
    dialog.showModal();
    (form.querySelector("input") ?? form.querySelector("button")).focus();
  });
}

/** Remember a choice in this browser (never a message). Storage may be forbidden: then nothing is kept. */
export const memory = {
  get(key) {
    try { return localStorage.getItem(`passerelle.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`passerelle.${key}`, value); } catch { /* private browsing: the choice lasts as long as the page */ }
  },
};
