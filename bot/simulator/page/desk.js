// The right side: the team's group, its topics, one topic open, seen by one caseworker.

import { Composer } from "./composer.js";
import { ask, byId, h, icon, memory, openMenu, quoted, tell, toast, unseen } from "./dom.js";
import { Log } from "./log.js";
import { excerpt } from "./media.js";
import { serviceLine } from "./message.js";
import { addCaseworker, fillSelect, isGone, nameField } from "./people.js";
import { TopicList } from "./topics.js";
import { Writing } from "./writing.js";

const GENERAL = "general"; // the key of the topic that has no id
const topicOf = (message) => (message.is_topic_message ? message.message_thread_id : GENERAL);
const plural = (count, one, many) => `${count} ${count > 1 ? many : one}`;

export class Desk {
  #state = null;
  #byTopic = new Map();
  #seen = null; // topic key -> highest message id read; null before the first state

  /** `isVisible()`: whether this side is on the screen; `onUnread(count)`: unread messages in all topics. */
  constructor(wire, pressed, { isVisible, onUnread }) {
    Object.assign(this, { wire, isVisible, onUnread });
    this.workerId = Number(memory.get("caseworker")) || null;
    this.topic = GENERAL;
    const act = (act) => wire.act(act);
    this.composer = new Composer(byId("desk-composer"), { side: "desk", label: "Écrire dans ce sujet", act,
      target: () => this.#target(), last: () => this.log.lastOf(this.workerId) });
    this.log = new Log(byId("desk-log"), "desk", {
      nameOf: (id) => this.#nameOf(id),
      press: (message, data) => pressed.press({ ...this.#target(), message_id: message.message_id, data }),
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      remove: (message) => tell(act({ act: "delete", ...this.#target(), message_id: message.message_id })),
      react: (message, emoji) => tell(act({ act: "react", ...this.#target(), message_id: message.message_id, emoji, text: emoji })),
    });
    this.writing = new Writing(byId("desk-writing"));
    this.list = new TopicList((key) => {
      this.open(key);
      if (byId("topics").offsetParent === null) byId("topic-name").focus(); // narrow: the list gave its place
    });
    this.#listen();
  }

  update(state) {
    this.#state = state;
    const workers = state.people.filter(({ role }) => role === "caseworker");
    if (!workers.some(({ id }) => id === this.workerId)) this.workerId = workers[0]?.id ?? null;
    fillSelect(byId("caseworker"), workers, this.workerId);
    this.#sort(state.chats[state.group?.id] ?? []);
    if (this.topic !== GENERAL && !this.#current) {
      toast("Ce sujet a été supprimé.");
      this.open(GENERAL);
      return;
    }
    this.#showTopic();
    this.#showList();
  }

  typing({ typing, topic }) {
    if (typing === this.#state?.group?.id && (topic ?? GENERAL) === this.topic) this.writing.show(this.#state.bot.first_name);
  }

  /** Open a topic ("general" or its id). */
  open(topic) {
    this.topic = topic;
    this.composer.clear();
    this.writing.hide();
    byId("office").dataset.view = "topic";
    if (this.#state) this.update(this.#state);
  }

  #target = () => ({ user: this.workerId, chat: this.#state.group.id, topic: this.topic === GENERAL ? null : this.topic });

  get #topics() {
    return this.#state?.group?.topics ?? [];
  }

  get #current() {
    return this.#topics.find(({ id }) => id === this.topic);
  }

  #nameOf(id) {
    if (id === this.#state.bot.id) return this.#state.bot.first_name;
    return this.#state.people.find((person) => person.id === id)?.first_name ?? "quelqu’un";
  }

  // Messages per topic; what is in a topic on the screen counts as read, and everything there at the first state too.
  #sort(messages) {
    this.#byTopic = Map.groupBy(messages, topicOf);
    if (this.#seen === null) this.#seen = new Map([...this.#byTopic].map(([key, list]) => [key, list.at(-1).message_id]));
    // After « Tout recommencer » the ids start again from one.
    for (const [key, id] of this.#seen) this.#seen.set(key, Math.min(id, this.#byTopic.get(key)?.at(-1)?.message_id ?? 0));
    if (this.isVisible() && byId("desk-log").offsetParent) this.#seen.set(this.topic, this.#byTopic.get(this.topic)?.at(-1)?.message_id ?? 0);
  }

  #unread(key) {
    const from = this.#seen.get(key) ?? 0;
    return (this.#byTopic.get(key) ?? []).filter((one) => one.message_id > from && one.from?.id !== this.workerId && !serviceLine(one)).length;
  }

  #listen() {
    byId("back").append(icon("back"));
    byId("topic-more").append(icon("more"));
    byId("back").onclick = () => {
      byId("office").dataset.view = "list";
      this.list.focus();
    };
    byId("topic-more").onclick = () => openMenu(byId("topic-more"), this.#topicActions(), "Actions du sujet");
    byId("caseworker").onchange = (event) => this.#be(Number(event.target.value));
    byId("add-caseworker").onclick = async () => {
      const id = await addCaseworker(this.wire);
      if (id === undefined) return;
      await this.wire.refresh();
      this.#be(id);
    };
    byId("pinned").onclick = () => this.log.show(Number(byId("pinned").dataset.message));
  }

  #be(id) {
    this.workerId = id;
    memory.set("caseworker", id);
    this.log.forget();
    this.update(this.#state);
  }

  #topicActions() {
    const act = (act) => tell(this.wire.act({ act, ...this.#target() }));
    const current = this.#current;
    if (!current) {
      const worker = this.#state.people.find(({ id }) => id === this.workerId);
      return [
        { label: "Créer un sujet", run: () => this.#create() },
        isGone(worker) ? { label: `${worker.first_name} revient dans le groupe`, run: () => act("join") }
          : { label: `${worker.first_name} quitte le groupe`, danger: true, run: () => act("leave") },
      ];
    }
    return [
      current.closed ? { label: "Rouvrir le sujet", run: () => act("reopen_topic") } : { label: "Fermer le sujet", run: () => act("close_topic") },
      { label: "Supprimer le sujet", danger: true, run: () => this.#remove(current) },
    ];
  }

  async #create() {
    const values = await ask({ title: "Créer un sujet", confirm: "Créer", body: [nameField("Nom du sujet")] });
    if (!values) return;
    const id = await tell(this.wire.act({ act: "create_topic", ...this.#target(), text: values.name.trim() }));
    if (id === undefined) return;
    await this.wire.refresh();
    this.open(id);
  }

  async #remove(topic) {
    const sure = await ask({ title: "Supprimer ce sujet ?", confirm: "Supprimer", danger: true,
      text: `${quoted(topic.name)} et ses messages disparaîtront du groupe.` });
    if (!sure) return;
    const target = this.#target();
    this.open(GENERAL);
    await tell(this.wire.act({ act: "delete_topic", ...target }));
  }

  #showTopic() {
    const { group, bot } = this.#state;
    const current = this.#current;
    const messages = this.#byTopic.get(this.topic) ?? [];
    byId("topic-name").textContent = current?.name ?? "Général";
    byId("topic-mood").textContent = current ? (current.closed ? "sujet fermé" : "sujet ouvert") : "discussion de l’équipe";
    byId("desk-closed").hidden = !current?.closed;
    byId("desk-composer").hidden = !group || this.workerId === null;
    const fresh = this.log.update(this.topic, messages, { me: this.workerId, botId: bot.id, empty: h("p", {}, "Aucun message ici.") });
    if (fresh.some(({ from }) => from?.id === bot.id)) this.writing.hide();
    this.#showPinned(current, messages);
  }

  #showPinned(current, messages) {
    const pins = (current ?? this.#state.group ?? {}).pinned;
    const card = pins ? messages.find(({ message_id: id }) => id === pins[0]) : messages.findLast((message) => message._pinned);
    const bar = byId("pinned");
    bar.hidden = !card;
    if (!card) return;
    bar.dataset.message = card.message_id;
    bar.replaceChildren(icon("pin"), unseen("Message épinglé : "), h("span", {}, excerpt(card).split("\n").slice(0, 2).join(" · ")));
  }

  #showList() {
    const { group } = this.#state;
    byId("group-title").textContent = group?.title ?? "Groupe de l’équipe";
    byId("group-count").textContent = plural(this.#topics.filter(({ closed }) => !closed).length, "sujet ouvert", "sujets ouverts");
    const topics = this.#topics.toSorted((one, two) => this.#newest(two) - this.#newest(one));
    const rows = [{ id: GENERAL, name: "Général" }, ...topics].map(({ id, name, icon: sign, closed = false }) => ({
      id, name, sign, closed, here: id === this.topic, unread: this.#unread(id), last: this.#lastWords(id),
    }));
    this.onUnread(rows.reduce((sum, { unread }) => sum + unread, 0));
    this.list.update(rows);
  }

  // The topic that moved last comes first, as in any messaging application.
  #newest = ({ id }) => this.#byTopic.get(id)?.at(-1)?.message_id ?? id;

  #lastWords = (id) => excerpt(this.#byTopic.get(id)?.findLast((message) => excerpt(message)) ?? {});
}
