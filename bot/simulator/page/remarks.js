// What the check says of the text: mistakes at once, advice a little later; each leads to its line.

import { byId, h } from "./dom.js";
import { faqWire as wire } from "./wire.js";

const ADVISE_MS = 700; // after a check without a mistake: advice is seconds of work
const NAMES = { erreur: "Erreur", conseil: "Conseil" };
const plural = (count, one, many) => `${count} ${count > 1 ? many : one}`;

export class Remarks {
  #turn = 0; // an answer to an older text is of no use

  /** `mark(marks)`: lines of the text by kind; `goTo(file, line)`: called when a remark is chosen. */
  constructor({ mark, goTo }) {
    Object.assign(this, { mark, goTo });
  }

  /** The text changes: what is shown is no longer sure. */
  wait() {
    this.#turn += 1;
    this.#say("Vérification…");
  }

  /** Check a text and show the remarks; the advice follows by itself. */
  async check(name, text) {
    this.wait();
    const turn = this.#turn;
    const { messages } = await wire.check(name, text);
    if (turn !== this.#turn) return;
    this.show(name, messages);
    if (messages.length) return;
    await new Promise((resolve) => { setTimeout(resolve, ADVISE_MS); });
    if (turn !== this.#turn) return;
    this.#say("Aucune erreur. Recherche de conseils…");
    const advice = await wire.advise(name, text);
    if (turn === this.#turn) this.show(name, advice.messages);
  }

  /** Show these remarks, those of the open file first. */
  show(name, messages) {
    const shown = messages.toSorted((one, two) => (two.file === name) - (one.file === name));
    const marks = new Map(shown.filter(({ file }) => file === name).toReversed().map(({ line, kind }) => [line ?? 1, kind]));
    this.mark(marks);
    byId("check").replaceChildren(...shown.map((remark) => h("li", {}, this.#button(name, remark))));
    const mistakes = shown.filter(({ kind }) => kind === "erreur").length;
    const advice = shown.length - mistakes;
    this.#say(mistakes ? `${plural(mistakes, "erreur", "erreurs")}.`
      : `Aucune erreur.${advice ? ` ${plural(advice, "conseil", "conseils")}.` : ""}`);
    if (!shown.length) byId("check").replaceChildren(h("li", { class: "fine" }, "Rien à corriger dans ce fichier."));
  }

  #button(name, { kind, file, line, entry, sentence }) {
    const place = [file === name ? null : file, line ? `ligne ${line}` : null, entry].filter(Boolean).join(", ");
    return h("button", { type: "button", class: `remark ${kind}`, onclick: () => this.goTo(file, line) },
      h("span", { class: "remark-place" }, h("span", { class: "remark-kind" }, NAMES[kind]), place ? ` · ${place}` : null),
      h("span", {}, sentence));
  }

  #say = (words) => { byId("check-summary").textContent = words; };
}
