// « Pourquoi cette réponse ? »: what the FAQ search made of the last question that the person typed.

import { byId, h, memory, quoted } from "./dom.js";

const score = (value) => value.toLocaleString("fr-FR", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function bar(value) {
  const node = h("span", { class: "score-bar", "aria-hidden": "true" }, h("span", {}));
  node.firstChild.style.width = `${Math.round(Math.min(1, Math.max(0, value)) * 100)}%`;
  return node;
}

const table = (matches) =>
  h("table", { class: "matches" },
    h("caption", { class: "unseen" }, "Fiches trouvées et leurs notes, de 0 à 1"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Fiche"), h("th", { scope: "col" }, "Note"))),
    h("tbody", {}, matches.map(({ title, entry, phrasing, score: value }) => h("tr", {},
      h("th", { scope: "row" }, title ?? entry, " ", h("span", { class: "near" }, h("code", {}, entry), phrasing ? ` · proche de ${quoted(phrasing)}` : null)),
      h("td", {}, bar(value), score(value))))));

/** The nodes that explain why `text` is answered as it is. */
export const explained = (text, { words = [], matches = [], decision, explanation = [] }) => [
  h("div", { class: "why-words" },
    h("p", {}, h("strong", {}, quoted(text)), ` → ${decision}`),
    words.length ? h("p", { class: "soft" }, "Mots retenus : ", words.map((word) => h("span", { class: "word" }, word))) : null,
    explanation.length ? h("ul", {}, explanation.map((line) => h("li", {}, line))) : null),
  matches.length ? table(matches) : h("p", { class: "soft" }, "Aucune fiche à montrer."),
];

export class Why {
  #asked = undefined; // the text explained at present
  #typed = undefined; // the last question of the person; a text tried by hand stands until there is a new one

  constructor(wire) {
    this.wire = wire;
    this.toggle = byId("why-toggle");
    this.body = byId("why-body");
    this.result = h("div", { class: "why-result", "aria-live": "polite" });
    this.#build();
    this.toggle.onclick = () => this.#open(this.body.hidden);
    this.#open((memory.get("why") ?? (innerHeight >= 1000 && innerWidth >= 900 ? "open" : "shut")) === "open");
  }

  /** Explain `question` (string, or null when nothing was asked yet); asked again only when it changes. */
  async show(question) {
    if (question === this.#typed) return;
    this.#typed = question;
    await this.#explain(question);
  }

  /** Open the panel on a message that somebody points at. */
  explain(text) {
    this.#open(true);
    this.#explain(text);
  }

  #build() {
    const input = h("input", { type: "text", id: "why-try", autocomplete: "off", maxlength: "500" });
    const form = h("form", { class: "why-try", onsubmit: (event) => {
      event.preventDefault();
      if (input.value.trim()) this.#explain(input.value.trim());
    } }, h("label", { for: "why-try" }, "Essayer une autre phrase, sans l’envoyer"),
    h("div", { class: "why-row" }, input, h("button", { type: "submit", class: "quiet" }, "Chercher")),
    h("p", { class: "soft" }, "Quand une demande est ouverte, l’équipe répond à la place du robot."));
    this.body.append(this.result, form);
  }

  #open(open) {
    this.body.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.toggle.textContent = open ? "Cacher" : "Voir";
    memory.set("why", open ? "open" : "shut");
  }

  async #explain(text) {
    this.#asked = text;
    const summary = byId("why-summary");
    if (!text) {
      summary.textContent = "Écrivez une question sur le téléphone.";
      this.result.replaceChildren();
      return;
    }
    let why = null;
    try {
      why = await this.wire.why(text);
    } catch { /* no FAQ behind this simulator: said below */ }
    if (this.#asked !== text) return;
    summary.textContent = why ? `${quoted(text)} → ${why.decision}` : `${quoted(text)} → pas d’explication`;
    this.result.replaceChildren(...(why ? explained(text, why) : []));
  }
}
