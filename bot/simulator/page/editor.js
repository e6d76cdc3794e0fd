// The editor of one FAQ file: its text, the remarks of the check, a try before saving, the save.

import { drafts } from "./drafts.js";
import { ask, byId, h, memory, tell, toast } from "./dom.js";
import { Remarks } from "./remarks.js";
import { Text } from "./editor_text.js";
import { explained } from "./why.js";
import { faqWire as wire } from "./wire.js";

const CHECK_MS = 500; // after the last key
const plural = (count, one, many) => `${count} ${count > 1 ? many : one}`;

class Editor {
  #name = null;
  #disk = { text: "", version: "" }; // the file as it was opened or saved
  #version = ""; // of the disk, that a save may replace
  #aside = null; // another text of this file, kept at hand after a conflict
  #isKept = true; // whether this browser keeps the draft
  #isSaving = false;
  #timer;

  constructor() {
    this.text = new Text(() => this.#changed());
    this.remarks = new Remarks({ mark: (marks) => this.text.mark(marks), goTo: (file, line) => this.#goTo(file, line) });
    byId("file").onchange = (event) => this.open(event.target.value);
    byId("save").onclick = () => tell(this.save());
    byId("revert").onclick = () => this.#revert();
    byId("try-form").onsubmit = (event) => {
      event.preventDefault();
      tell(this.#try(byId("try").value.trim()));
    };
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
      event.preventDefault();
      if (!byId("save").disabled) tell(this.save());
    });
    addEventListener("beforeunload", (event) => { if (this.#isChanged && !this.#isKept) event.preventDefault(); });
    addEventListener("focus", () => tell(this.#look()));
  }

  async start() {
    const files = await wire.files();
    byId("file").replaceChildren(...files.map(({ name, title }) =>
      h("option", { value: name }, title ? `${title} (${name})` : name)));
    const asked = decodeURIComponent(location.hash.slice(1)) || memory.get("faq-file");
    await this.open(files.some(({ name }) => name === asked) ? asked : files[0].name);
    document.documentElement.dataset.ready = "yes";
  }

  /** Show a file: its draft if there is one, else what the disk says. */
  async open(name, line) {
    const disk = await tell(wire.open(name));
    byId("file").value = disk ? name : this.#name;
    if (!disk) return;
    const draft = drafts.get(name);
    this.#name = name;
    this.#disk = disk;
    this.#version = draft?.version ?? disk.version;
    this.#aside = draft?.aside ?? null;
    memory.set("faq-file", name);
    this.text.value = draft?.text ?? disk.text;
    byId("tried").replaceChildren();
    if (this.#version === disk.version) this.#showAside();
    else this.#showConflict(disk);
    this.#show();
    await tell(this.#check());
    if (line) this.text.goTo(line);
  }

  /** Save the file, unless it is being saved: a second press would find its own first one on the disk. */
  async save() {
    if (this.#isSaving) return;
    this.#isSaving = true;
    try {
      await this.#save(false);
    } finally {
      this.#isSaving = false;
    }
  }

  async #save(acceptsMistakes) {
    const [name, text] = [this.#name, this.text.value];
    const result = await wire.save(name, text, this.#version, acceptsMistakes);
    if (name !== this.#name) return;
    if (result.saved) this.#saved(text, result.version);
    else if (result.disk) this.#showConflict(result.disk);
    else {
      this.remarks.show(this.#name, result.messages);
      if (await this.#isSure(result.messages.length)) await this.#save(true);
    }
  }

  get #isChanged() {
    return this.text.value !== this.#disk.text;
  }

  #changed() {
    this.#keep();
    this.#show();
    this.remarks.wait();
    this.#ageTry();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => tell(this.#check()), CHECK_MS);
  }

  #keep() {
    const isNeeded = this.#isChanged || this.#aside !== null;
    if (!isNeeded) drafts.remove(this.#name);
    this.#isKept = !isNeeded || drafts.set(this.#name, { text: this.text.value, version: this.#version, aside: this.#aside });
  }

  #show() {
    const state = byId("state");
    byId("save").disabled = !this.#isChanged;
    byId("revert").disabled = !this.#isChanged;
    state.textContent = this.#isChanged ? "Non enregistré." : "Enregistré.";
    state.classList.toggle("unsaved", this.#isChanged);
  }

  async #check() {
    clearTimeout(this.#timer);
    await this.remarks.check(this.#name, this.text.value);
  }

  #isSure(count) {
    return ask({
      title: `Il reste ${plural(count, "erreur", "erreurs")}.`,
      text: "Le robot garde l’ancienne FAQ jusqu’à la correction, même s’il redémarre.",
      confirm: "Enregistrer quand même",
      danger: true,
    });
  }

  #saved(text, version) {
    this.#disk = { text, version };
    this.#version = version;
    this.#keep();
    this.#show();
    this.#showAside();
    toast("Enregistré. Le robot lit le fichier.");
  }

  async #revert() {
    const sure = await ask({ title: "Annuler vos changements ?", text: "Le texte enregistré revient.", confirm: "Annuler mes changements", danger: true });
    if (!sure) return;
    this.text.replace(this.#disk.text);
    this.#version = this.#disk.version;
    this.#changed();
  }

  // Back in this window: somebody may have changed the file elsewhere.
  async #look() {
    if (this.#name === null || document.querySelector("dialog[open]")) return;
    const [name, disk] = [this.#name, await wire.open(this.#name)];
    if (name !== this.#name || disk.version === this.#disk.version || disk.version === this.#version) return;
    if (this.#isChanged) this.#showConflict(disk);
    else await this.open(name);
  }

  // The file changed on the disk since it was opened: both texts are kept, the editor chooses.
  #showConflict(disk) {
    const isGone = disk.version === "";
    const choose = (mine) => {
      this.#aside = mine ? disk.text : this.text.value;
      this.#disk = disk;
      this.#version = disk.version;
      if (!mine) this.text.replace(disk.text);
      this.#changed();
      this.#showAside();
      this.text.area.focus();
    };
    this.#bar(isGone ? "Ce fichier a été supprimé du disque. Votre texte est gardé ici."
      : "Ce fichier a changé sur le disque. Votre texte est gardé ici.", [
      ["Garder mon texte", () => choose(true)],
      ...(isGone ? [] : [["Prendre celui du disque", () => choose(false)]]),
    ]);
  }

  #showAside() {
    if (this.#aside === null) {
      byId("conflict").hidden = true;
      return;
    }
    this.#bar("Un autre texte de ce fichier est gardé de côté.", [
      ["Échanger les deux textes", () => {
        const other = this.#aside;
        this.#aside = this.text.value;
        this.text.replace(other);
        this.#changed();
      }],
      ["Oublier l’autre texte", () => {
        this.#aside = null;
        this.#keep();
        this.#showAside();
        this.text.area.focus();
      }],
    ]);
  }

  #bar(words, acts) {
    const bar = byId("conflict");
    bar.replaceChildren(h("p", {}, words), ...acts.map(([label, run]) => h("button", { type: "button", class: "quiet", onclick: run }, label)));
    bar.hidden = false;
  }

  async #goTo(file, line) {
    if (file === this.#name) this.text.goTo(line);
    else if ([...byId("file").options].some(({ value }) => value === file)) await this.open(file, line ?? 1);
    else toast(`Le fichier ${file} n’est pas ici.`, "error");
  }

  // What was tried is no longer what the text says.
  #ageTry() {
    const tried = byId("tried");
    if (!tried.firstChild || tried.querySelector(".tried-old")) return;
    tried.prepend(h("p", { class: "tried-old" }, "Le texte a changé depuis. Essayez à nouveau."));
  }

  async #try(question) {
    if (!question) return;
    const { why, answer, messages } = await wire.tryOut(this.#name, this.text.value, question);
    byId("tried").replaceChildren(...(why ? [
      ...(answer.length ? [h("p", { class: "soft" }, "La personne lirait :"), h("p", { class: "tried-answer" }, answer.join("\n"))] : []),
      ...explained(question, why),
    ] : [h("p", {}, `Il reste ${plural(messages.length, "erreur", "erreurs")}. Corrigez d’abord.`)]));
  }
}

tell(new Editor().start());
