// The list of the group's topics. A row keeps its node as long as its topic lives: a list that is rebuilt between the
// press and the release of a finger swallows the touch.

import { arrowKeys, byId, h, unseen } from "./dom.js";

const newMessages = (count) => (count > 1 ? " nouveaux messages" : " nouveau message");

export class TopicList {
  #rows = new Map(); // topic key -> {item, button, shown: what it shows, as text}

  /** `open(key)`: called when a topic is chosen. */
  constructor(open) {
    this.open = open;
    this.root = byId("topics");
    this.root.addEventListener("keydown", (event) => arrowKeys(event, [...this.root.querySelectorAll("button")], { wrap: false }));
  }

  /** Show rows {id, name, sign, closed, here, unread, last}, in this order. */
  update(rows) {
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id, { item }] of this.#rows) {
      if (ids.has(id)) continue;
      item.remove();
      this.#rows.delete(id);
    }
    rows.forEach((row, place) => {
      const { item } = this.#fill(row);
      if (this.root.children[place] !== item) this.root.insertBefore(item, this.root.children[place] ?? null);
    });
    if (focused && document.activeElement !== focused) (focused.isConnected ? focused : this.#current)?.focus();
  }

  /** Put the focus on the topic that is open. */
  focus() {
    this.#current?.focus();
  }

  get #current() {
    return this.root.querySelector('[aria-current="true"]');
  }

  #fill(row) {
    const entry = this.#rows.get(row.id) ?? this.#make(row.id);
    const shown = JSON.stringify(row);
    if (entry.shown === shown) return entry;
    entry.shown = shown;
    const { name, sign, closed, here, unread, last } = row;
    entry.button.classList.toggle("closed", closed);
    entry.button.tabIndex = here ? 0 : -1;
    if (here) entry.button.setAttribute("aria-current", "true");
    else entry.button.removeAttribute("aria-current");
    entry.button.replaceChildren(...[
      h("span", { class: "topic-title" }, sign ? h("span", { "aria-hidden": "true" }, `${sign} `) : null, name, closed ? unseen(" (fermé)") : null),
      last ? h("span", { class: "topic-last" }, last) : null,
      unread ? h("span", { class: "badge" }, String(unread), unseen(newMessages(unread))) : null,
    ].filter(Boolean));
    return entry;
  }

  #make(id) {
    const button = h("button", { type: "button", class: "topic-row", onclick: () => this.open(id) });
    const entry = { item: h("li", {}, button), button, shown: "" };
    this.#rows.set(id, entry);
    return entry;
  }
}
