// A conversation: an ordered list of messages that keeps its nodes, its scroll and its focus between two states.

import { arrowKeys, h, openMenu } from "./dom.js";
import { dayOf, fillMessage, makeMessage, serviceLine } from "./message.js";

const NEAR_PX = 60;
const EMOJIS = [["👍", "pouce levé"], ["❤", "cœur"], ["🙏", "merci"], ["😢", "triste"]];
const STAY_ON = "button, a, input, textarea, audio, video, summary";

export class Log {
  #nodes = new Map(); // key -> {node, nature: what it can never change into}
  #key = null; // which conversation is shown
  #quiet; // timer: the live region is silent until then
  #scrolled = 0; // last scrollTop seen
  #messages = new Map();

  /**
   * `root`: the element with role=log. `hooks`: press(message, data), reply(message), edit(message), react(message, emoji),
   * remove(message), why(message) (optional), nameOf(id); `side`: "phone" or "desk".
   */
  constructor(root, side, hooks) {
    this.root = root;
    this.side = side;
    this.hooks = hooks;
    this.jump = root.parentElement.querySelector(".jump");
    this.list = h("div", { class: "log-list" });
    root.append(this.list);
    this.jump.onclick = () => this.#toEnd();
    root.addEventListener("keydown", (event) => this.#onKey(event));
    this.list.addEventListener("focusin", (event) => this.#rove(event.target.closest("article")));
    // A picture that loads late, a smaller window: stay at the end if the reader was there.
    this.following = true;
    new ResizeObserver(() => { if (this.following) this.#toEnd(); }).observe(this.list);
    new ResizeObserver(() => { if (this.following) this.#toEnd(); }).observe(root);
    root.addEventListener("scroll", () => this.#onScroll());
  }

  /**
   * Show `messages` of the conversation `key` as user `me` reads them. `empty`: node shown when there are none.
   * Returns the messages that were not there before (none when another conversation was shown).
   */
  update(key, messages, { me, botId, empty }) {
    const changed = key !== this.#key;
    const view = { me, botId, side: this.side, nameOf: this.hooks.nameOf, press: this.hooks.press,
      show: (id) => this.show(id), openActions: (anchor, id) => this.#openActions(anchor, id) };
    if (changed) this.#clear(key);
    this.me = me;
    this.#messages = new Map(messages.map((message) => [message.message_id, message]));
    const follow = changed || this.following;
    const items = this.#items(messages);
    const fresh = this.#reconcile(items, view);
    this.#showEmpty(items.length ? null : empty);
    if (follow || fresh.some((message) => message?.from?.id === me)) this.#toEnd();
    else if (fresh.length) this.jump.hidden = false;
    return changed ? [] : fresh.filter(Boolean);
  }

  /** Forget what is shown, so that the next update lays everything out anew (somebody else reads). */
  forget() {
    this.#key = null;
  }

  /** Scroll to a message and put the focus on it (nothing when it is no longer there). */
  show(id) {
    const entry = this.#nodes.get(`m${id}`);
    if (!entry) return;
    entry.node.scrollIntoView({ block: "center" });
    entry.node.focus();
  }

  /** The newest message of user `id` that bears words, or undefined: what ↑ edits. */
  lastOf(id) {
    return [...this.#messages.values()].findLast((one) => one.from?.id === id && (one.text ?? one.caption) !== undefined);
  }

  // Another conversation is a new page, not news: the live region stays silent while it is laid out.
  #clear(key) {
    this.#key = key;
    this.root.setAttribute("aria-live", "off");
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.root.setAttribute("aria-live", "polite"), 300);
    this.#nodes.clear();
    this.list.replaceChildren();
    this.jump.hidden = true;
  }

  #items(messages) {
    const items = [];
    let day = null;
    for (const [index, message] of messages.entries()) {
      if (dayOf(message) !== day) {
        day = dayOf(message);
        items.push({ key: `d${day}`, line: day });
      }
      const line = serviceLine(message);
      const album = message.media_group_id;
      const joined = Boolean(album) && album === messages[index - 1]?.media_group_id;
      items.push({ key: `m${message.message_id}`, message, line, joined });
    }
    return items;
  }

  // Make the list equal to `items`, keeping the nodes that stay. Returns the messages that were not there before.
  #reconcile(items, view) {
    const keys = new Set(items.map((item) => item.key));
    for (const [key, { node }] of this.#nodes) {
      if (keys.has(key)) continue;
      if (node.contains(document.activeElement)) this.#neighbour(node)?.focus();
      node.remove();
      this.#nodes.delete(key);
    }
    const fresh = [];
    let before = null;
    for (const item of items) {
      const nature = item.line ?? `${item.message.from?.id}`;
      let entry = this.#nodes.get(item.key);
      if (entry && entry.nature !== nature) { // after « Tout recommencer » another message bears this id
        entry.node.remove();
        entry = undefined;
      }
      if (!entry) {
        entry = { nature, node: item.line ? h("p", { class: "line" }, item.line) : makeMessage(item.message, view) };
        this.#nodes.set(item.key, entry);
        fresh.push(item.message);
      } else if (!item.line) fillMessage(entry.node, item.message, view);
      if (!item.line) entry.node.classList.toggle("joined", item.joined);
      const place = before ? before.nextSibling : this.list.firstChild;
      if (place !== entry.node) this.list.insertBefore(entry.node, place);
      before = entry.node;
    }
    this.#rove(this.list.querySelector('article[tabindex="0"]') ?? this.#articles().at(-1));
    return fresh;
  }

  #showEmpty(node) {
    this.root.querySelector(".empty")?.remove();
    if (node) this.root.append(h("div", { class: "empty" }, node));
  }

  #articles = () => [...this.list.querySelectorAll("article")];
  #neighbour = (node) => node.nextElementSibling?.closest("article") ?? node.previousElementSibling?.closest("article");
  #isAtEnd = () => this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR_PX;

  // Only the reader who scrolls back leaves the end; a taller content or a smaller window does not count.
  #onScroll() {
    const back = this.root.scrollTop < this.#scrolled;
    this.#scrolled = this.root.scrollTop;
    if (this.#isAtEnd()) {
      this.following = true;
      this.jump.hidden = true;
    } else if (back) this.following = false;
  }

  #toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
    this.jump.hidden = true;
    this.following = true;
  }

  // One message at a time is in the tab order; the arrows go to the others.
  #rove(article) {
    if (!article) return;
    for (const other of this.list.querySelectorAll('article[tabindex="0"]')) {
      other.tabIndex = -1;
      other.querySelector(".more").tabIndex = -1;
    }
    article.tabIndex = 0;
    article.querySelector(".more").tabIndex = 0;
  }

  #onKey(event) {
    const article = event.target.closest("article");
    if (!article || event.target.closest(STAY_ON)) return;
    if (event.key === "Enter" || event.key === "ContextMenu") {
      event.preventDefault();
      article.querySelector(".more").click();
    } else arrowKeys(event, this.#articles(), { wrap: false });
  }

  #openActions(anchor, id) {
    const message = this.#messages.get(id);
    if (!message) return;
    const { reply, edit, react, remove, why } = this.hooks;
    const own = message.from?.id === this.me && (message.text ?? message.caption) !== undefined;
    openMenu(anchor, [
      { row: EMOJIS.map(([label, name]) => ({ label, name: `Réagir : ${name}`, run: () => react(message, label) })) },
      { label: "Répondre", run: () => reply(message) },
      ...(why && own && message.text ? [{ label: "Pourquoi cette réponse ?", run: () => why(message) }] : []),
      ...(own ? [{ label: "Modifier", run: () => edit(message) }] : []),
      ...(message.from?.id === this.me ? [{ label: "Supprimer", danger: true, run: () => remove(message) }] : []),
      ...((message._reactions ?? []).some(({ from_id: who }) => who === this.me)
        ? [{ label: "Retirer ma réaction", run: () => react(message, "") }] : []),
    ], "Actions sur ce message");
  }
}
