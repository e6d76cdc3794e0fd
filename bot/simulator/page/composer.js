// The write box of one side: words, attachments waiting to leave, a reply or an edit in hand.

import { asFile, kindOfFile, samplePhoto, sampleVoice } from "./attachments.js";
import { h, icon, openMenu, tell, toast, unseen } from "./dom.js";
import { authorOf } from "./message.js";
import { excerpt } from "./media.js";

const MANY = 10; // an album holds at most ten pictures

export class Composer {
  #files = []; // [{kind, blob, name}]
  #replyTo = null;
  #editing = null;

  /**
   * `form`: the empty <form>. `side`: prefix of ids. `target()` -> {user, chat, topic}. `act(act)` sends on the wire.
   * `last()` -> the message that ↑ edits, or undefined.
   */
  constructor(form, { side, target, act, last, label }) {
    Object.assign(this, { form, target, act, last });
    this.text = h("textarea", { id: `${side}-text`, rows: "1", placeholder: label, "aria-label": label, dir: "auto", enterkeyhint: "send" });
    this.context = h("div", { class: "context", hidden: true });
    this.pending = h("ul", { class: "pending", "aria-label": "Fichiers prêts à partir", hidden: true });
    this.picker = h("input", { type: "file", id: `${side}-file`, "data-kind": "document", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
    this.clip = h("button", { type: "button", class: "round clip", "aria-haspopup": "menu", "aria-label": "Joindre" }, icon("clip"));
    this.send = h("button", { type: "submit", class: "round send", "aria-label": "Envoyer" }, icon("send"));
    form.append(this.context, this.pending, h("div", { class: "composer-row" }, this.clip, this.text, this.send), this.picker);
    this.#listen();
  }

  setPlaceholder(words) {
    this.text.placeholder = words;
  }

  /** Forget what was being written: another conversation is shown. */
  clear() {
    this.#files = [];
    this.#setContext(null, null);
    this.text.value = "";
    this.#refresh();
  }

  reply(message) {
    this.#setContext(message, null);
    this.text.focus();
  }

  edit(message) {
    this.#setContext(null, message);
    this.text.value = message.text ?? message.caption ?? "";
    this.#refresh();
    this.text.focus();
  }

  #listen() {
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.text.oninput = () => this.#refresh();
    this.text.onkeydown = (event) => this.#onKey(event);
    this.clip.onclick = () => this.#openMenu();
    this.picker.onchange = () => {
      for (const file of this.picker.files) this.#add(kindOfFile(file, this.picker.dataset.kind), file, file.name);
      this.picker.value = "";
    };
    this.text.onpaste = (event) => {
      for (const file of event.clipboardData.files) this.#add(kindOfFile(file, "photo"), file, file.name);
    };
  }

  #onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && (this.#replyTo || this.#editing)) {
      if (this.#editing) this.text.value = "";
      this.#setContext(null, null);
      this.#refresh();
    } else if (event.key === "ArrowUp" && !this.text.value && !this.#editing) {
      const message = this.last();
      if (!message) return;
      event.preventDefault();
      this.edit(message);
    }
  }

  #openMenu() {
    const choose = (kind, accept, multiple) => () => {
      Object.assign(this.picker, { accept, multiple });
      this.picker.dataset.kind = kind;
      this.picker.click();
    };
    const now = (act) => () => this.#leave([act]);
    openMenu(this.clip, [
      { label: "Photo…", run: choose("photo", "image/*", true) },
      { label: "Photo d’exemple", run: () => this.#add("photo", samplePhoto(), "courrier.png") },
      { label: "Message vocal d’exemple", run: () => this.#add("voice", sampleVoice(), "vocal.wav") },
      { label: "Son…", run: choose("voice", "audio/*", false) },
      { label: "Document…", run: choose("document", "", true) },
      { label: "Ma position", run: now({ kind: "location" }) },
      { label: "Mon contact", run: now({ kind: "contact" }) },
      { label: "Autocollant", run: now({ kind: "sticker" }) },
    ], "Joindre");
  }

  #add(kind, blob, name) {
    if (this.#files.length >= MANY) {
      toast("Dix fichiers au plus.", "error");
      return;
    }
    this.#files.push({ kind, blob, name });
    this.#refresh();
    this.text.focus();
  }

  #setContext(replyTo, editing) {
    this.#replyTo = replyTo;
    this.#editing = editing;
    const message = replyTo ?? editing;
    this.context.hidden = !message;
    if (!message) return;
    this.context.replaceChildren(
      h("div", {}, h("span", { class: "quote-who" }, editing ? "Modifier le message" : message.from?.id === this.target().user ? "Répondre à votre message" : `Répondre à ${authorOf(message)}`),
        h("span", { class: "quote-words" }, excerpt(message))),
      h("button", { type: "button", class: "round", "aria-label": "Annuler", onclick: () => {
        if (this.#editing) this.text.value = "";
        this.#setContext(null, null);
        this.#refresh();
        this.text.focus();
      } }, icon("close")));
  }

  #refresh() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 140)}px`;
    this.pending.hidden = !this.#files.length;
    this.pending.replaceChildren(...this.#files.map((file) => h("li", {},
      icon(file.kind === "voice" ? "play" : "file"), h("span", {}, file.name),
      h("button", { type: "button", class: "round", onclick: () => {
        this.#files = this.#files.filter((other) => other !== file);
        this.#refresh();
        this.text.focus();
      } }, icon("close"), unseen(`Retirer ${file.name}`)))));
  }

  async #submit() {
    const text = this.text.value.trim();
    const reply = this.#replyTo ? { reply_to: this.#replyTo.message_id } : {};
    const acts = this.#editing ? this.#editActs(text) : this.#files.length ? await this.#fileActs(text, reply) : text ? [{ act: "say", text, ...reply }] : [];
    if (!acts.length) return;
    const words = this.text.value;
    const files = this.#files;
    this.clear();
    if (await this.#leave(acts) || this.text.value) return;
    // Refused: what was written comes back rather than being lost.
    this.text.value = words;
    this.#files = files;
    this.#refresh();
  }

  #editActs(text) {
    if (!text) return [];
    const { message_id: id, text: before } = this.#editing;
    return [{ act: "edit", message_id: id, [before === undefined ? "caption" : "text"]: text }];
  }

  // The words become the caption of the first file; several pictures leave as one album.
  async #fileActs(text, reply) {
    const album = this.#files.length > 1 && this.#files.every(({ kind }) => kind === this.#files[0].kind) && this.#files[0].kind !== "voice"
      ? { album: String(Date.now()) } : {};
    const acts = this.#files.map(async ({ kind, blob, name }, index) => ({
      act: "send", kind, file: await asFile(blob, name), ...album, ...(index === 0 ? { ...reply, ...(text ? { caption: text } : {}) } : {}),
    }));
    return (await tell(Promise.all(acts))) ?? [];
  }

  // Send acts in order; stops at the first refusal. Returns whether all went.
  async #leave(acts) {
    const target = this.target();
    for (const act of acts) {
      if ((await tell(this.act({ act: "send", ...target, ...act }).then(() => true))) !== true) return false;
    }
    return true;
  }
}
