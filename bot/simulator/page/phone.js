// The left side: the phone of one person, in private conversation with the bot.

import { Composer } from "./composer.js";
import { byId, h, icon, memory, openMenu, tell } from "./dom.js";
import { Log } from "./log.js";
import { addPerson, fillSelect, languageName } from "./people.js";
import { Writing } from "./writing.js";

// The reply keyboard that a message brought (or took away), wherever the simulator put it; undefined for none.
function boardOf({ _keyboard: board, reply_markup: markup }) {
  return board ?? (markup && !markup.inline_keyboard ? markup : undefined);
}

export class Phone {
  #state = null;
  #answers = null; // {hidden: bool, markup} of the keyboard in force

  /** `wire`: the Wire; `pressed`: the Presses; `onShown`: called when another person is chosen; `onWhy(text)`. */
  constructor(wire, pressed, { onShown, onWhy }) {
    Object.assign(this, { wire, pressed, onShown });
    this.personId = Number(memory.get("person")) || null;
    const act = (act) => wire.act(act);
    this.composer = new Composer(byId("phone-composer"), { side: "phone", label: "Votre message", act,
      target: () => this.#target(), last: () => this.log.lastOf(this.personId) });
    this.log = new Log(byId("phone-log"), "phone", {
      nameOf: (id) => this.#nameOf(id),
      press: (message, data) => pressed.press({ ...this.#target(), message_id: message.message_id, data }),
      reply: (message) => this.composer.reply(message),
      why: (message) => onWhy(message.text),
      edit: (message) => this.composer.edit(message),
      remove: (message) => tell(act({ act: "delete", ...this.#target(), message_id: message.message_id })),
      react: (message, emoji) => tell(act({ act: "react", ...this.#target(), message_id: message.message_id, emoji, text: emoji })),
    });
    this.writing = new Writing(byId("phone-writing"));
    this.#listen();
  }

  update(state) {
    this.#state = state;
    const people = state.people.filter(({ role }) => role === "person");
    if (!people.some(({ id }) => id === this.personId)) this.personId = people[0]?.id ?? null;
    fillSelect(byId("person"), people, this.personId);
    byId("bot-name").textContent = state.bot.first_name;
    this.#show();
  }

  typing({ typing }) {
    if (typing === this.personId) this.writing.show(this.#state.bot.first_name);
  }

  /** The messages of the person shown, oldest first. */
  get messages() {
    return this.#state?.chats[this.personId] ?? [];
  }

  /** The last thing she typed herself: neither a keyboard word nor a command nor a menu number. Or null. */
  get lastQuestion() {
    const words = new Set(this.messages.flatMap((message) => (boardOf(message)?.keyboard ?? []).flat().map((key) => key.text ?? key)));
    const typed = this.messages.findLast(({ from, text }) =>
      from?.id === this.personId && text && !text.startsWith("/") && !words.has(text) && !/^\d$/.test(text.trim()));
    return typed?.text ?? null;
  }

  get person() {
    return this.#state?.people.find(({ id }) => id === this.personId);
  }

  choose(id) {
    if (id === this.personId) return;
    this.personId = id;
    memory.set("person", id);
    this.composer.clear();
    this.writing.hide();
    if (this.#state) this.update(this.#state);
    this.onShown();
  }

  #target = () => ({ user: this.personId, chat: this.personId, topic: null });

  #nameOf(id) {
    if (id === this.#state.bot.id) return this.#state.bot.first_name;
    return this.#state.people.find((person) => person.id === id)?.first_name ?? "quelqu’un";
  }

  #listen() {
    const more = byId("phone-more");
    more.append(icon("more"));
    more.onclick = () => openMenu(more, [this.person?.blocked
      ? { label: "Débloquer le robot", run: () => this.#act("unblock") }
      : { label: "Bloquer le robot", run: () => this.#act("block"), danger: true }], "Options de la conversation");
    byId("unblock").onclick = async () => {
      await this.#act("unblock");
      this.composer.text.focus();
    };
    byId("person").onchange = (event) => this.choose(Number(event.target.value));
    byId("add-person").onclick = async () => {
      const id = await addPerson(this.wire);
      if (id === undefined) return;
      await this.wire.refresh();
      this.choose(id);
    };
  }

  #act = (act) => tell(this.wire.act({ act, ...this.#target() }));

  #say(text) {
    return tell(this.wire.act({ act: "say", ...this.#target(), text }));
  }

  #show() {
    const { bot } = this.#state;
    const blocked = Boolean(this.person?.blocked);
    const fresh = this.log.update(this.personId, this.messages, { me: this.personId, botId: bot.id, empty: this.#welcome() });
    if (fresh.some(({ from }) => from?.id === bot.id)) this.writing.hide();
    byId("phone-blocked").hidden = !blocked;
    byId("phone-composer").hidden = blocked || this.personId === null;
    const language = languageName(this.person?.language);
    byId("bot-mood").textContent = language && language !== "français" ? `robot · téléphone en ${language}` : "robot";
    this.#showKeyboard(blocked);
  }

  // Telegram shows a lone button before the first word; so do we.
  #welcome() {
    if (this.personId === null) return h("p", {}, "Ajoutez une personne pour commencer.");
    if (this.person.blocked) return h("p", {}, "Aucun message ici.");
    if (this.#start?.dataset.person === String(this.personId)) return this.#start;
    this.#start = h("div", { "data-person": this.personId },
      h("p", {}, `${this.person.first_name} n’a encore rien écrit.`),
      h("button", { type: "button", class: "main", onclick: () => {
        this.#say("/start");
        this.composer.text.focus();
      } }, "Commencer"));
    return this.#start;
  }

  #start = null;

  #showKeyboard(blocked) {
    const box = byId("phone-keyboard");
    const bearer = this.messages.findLast(boardOf);
    const markup = bearer && boardOf(bearer);
    const used = markup?.one_time_keyboard && this.messages.some(({ message_id: id, from }) => id > bearer.message_id && from?.id === this.personId);
    box.hidden = blocked || used || !markup?.keyboard;
    this.composer.setPlaceholder(markup?.input_field_placeholder ?? "Votre message");
    const wanted = JSON.stringify([this.personId, markup?.keyboard]);
    if (this.#answers === wanted || box.hidden) return;
    this.#answers = wanted;
    box.replaceChildren(...markup.keyboard.map((row) => h("div", { class: "key-row" }, row.map((key) => this.#key(key)))));
  }

  #key(key) {
    const text = key.text ?? key;
    const send = (kind) => tell(this.wire.act({ act: "send", ...this.#target(), kind }));
    const run = key.request_contact ? () => send("contact") : key.request_location ? () => send("location") : () => this.#say(text);
    return h("button", { type: "button", class: "key", onclick: run }, text);
  }
}
