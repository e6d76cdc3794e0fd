// A long text to edit, with its line numbers and the lines that have remarks.
// Under the text area lie the same lines, invisible: they wrap as it does, so their numbers stand where the text is.

import { byId, h } from "./dom.js";

export class Text {
  #lines = []; // what the rows show
  #marks = new Map(); // line (from 1) -> "erreur" | "conseil"

  /** `onInput()`: called after each change by hand. */
  constructor(onInput) {
    this.area = byId("text");
    this.rows = byId("text-lines");
    this.scroll = byId("text-scroll");
    this.area.oninput = () => {
      this.#paint();
      onInput();
    };
  }

  get value() {
    return this.area.value;
  }

  /** Show another text, from its beginning; `null` while there is none. */
  set value(text) {
    this.area.disabled = text === null;
    this.area.value = text ?? "";
    this.#marks.clear();
    this.#paint();
    this.area.setSelectionRange(0, 0);
    this.scroll.scrollTop = 0;
  }

  /** Replace the text as an edit that Ctrl+Z takes back; the caret stays near where it was. */
  replace(text) {
    const at = this.area.selectionStart;
    this.area.focus({ preventScroll: true });
    this.area.select();
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) this.area.value = text;
    this.area.setSelectionRange(Math.min(at, text.length), Math.min(at, text.length));
    this.#paint();
  }

  /** Mark lines: `marks` maps a line (from 1) to a kind. */
  mark(marks) {
    this.#marks = marks;
    [...this.rows.children].forEach((row, rank) => { row.className = this.#classOf(rank); });
  }

  /** Put the caret on a line (from 1; none: the first), selected, in the middle of the window. */
  goTo(line) {
    const rank = Math.min(line ?? 1, this.#lines.length) - 1;
    const start = this.#lines.slice(0, rank).reduce((sum, text) => sum + text.length + 1, 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, start + this.#lines[rank].length);
    this.rows.children[rank].scrollIntoView({ block: "center" });
  }

  #classOf = (rank) => `text-row ${this.#marks.get(rank + 1) ?? ""}`;

  // Only the lines that changed are built again: a file may have thousands.
  #paint() {
    const before = this.#lines;
    const after = this.area.value.split("\n");
    let first = 0;
    while (first < before.length && first < after.length && before[first] === after[first]) first += 1;
    let last = 0;
    while (last < before.length - first && last < after.length - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
    for (let rank = before.length - last - 1; rank >= first; rank -= 1) this.rows.children[rank].remove();
    const next = this.rows.children[first] ?? null;
    for (const text of after.slice(first, after.length - last)) {
      this.rows.insertBefore(h("div", { class: "text-row" }, h("span", {}, text || "\u200b")), next);
    }
    this.#lines = after;
    if (before.length !== after.length) this.mark(this.#marks);
  }
}
