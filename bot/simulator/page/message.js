// One message as a node. It is made of slots that are replaced one by one, so that an edit, a reaction or a new
// keyboard never takes the focus, the scroll or a sound that is being played away from the reader.

import { h, icon, toast } from "./dom.js";
import { formatted, link } from "./entities.js";
import { excerpt, media } from "./media.js";

const WAIT_MS = 8000;
const HOUR = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long" });

const dateOf = (message) => new Date(message.date * 1000);
export const dayOf = (message) => DAY.format(dateOf(message));

/** Who wrote it, as the other side sees it. */
export function authorOf(message) {
  if (message.sender_chat) return message.author_signature ?? message.sender_chat.title ?? "Groupe";
  return message.from?.first_name ?? "Inconnu";
}

const names = (users) => users.map((user) => user.first_name).join(", ");

/** The line of a service message ("Sujet fermé"), or null for a message that somebody wrote. */
export function serviceLine(message) {
  const who = authorOf(message);
  if (message.forum_topic_created) return `Sujet créé : ${message.forum_topic_created.name}`;
  if (message.forum_topic_edited) {
    const { name } = message.forum_topic_edited;
    return name ? `Sujet renommé : ${name}` : "Icône du sujet changée";
  }
  if (message.forum_topic_closed) return `${who} a fermé le sujet`;
  if (message.forum_topic_reopened) return `${who} a rouvert le sujet`;
  if (message.pinned_message) return `${who} a épinglé un message`;
  if (message.new_chat_members) return `${names(message.new_chat_members)} rejoint le groupe`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} quitte le groupe`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "Le groupe a changé de numéro";
  if (message.group_chat_created || message.supergroup_chat_created) return "Groupe créé";
  return null;
}

function quote(message, view) {
  const original = message.reply_to_message;
  // In a topic, every message formally replies to the one that opened it: that is not a quote.
  if (!original || original.forum_topic_created) return null;
  const words = message.quote?.text ?? (excerpt(original) || "Message");
  return h("button", { type: "button", class: "quote", onclick: () => view.show(original.message_id) },
    h("span", { class: "quote-who" }, original.from?.id === view.me ? "Vous" : authorOf(original)), h("span", { class: "quote-words" }, words));
}

function content(message, view) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const shown = media(message, authorOf(message));
  const nothing = !shown && text === undefined;
  return [
    message.forward_origin ? h("p", { class: "soft forwarded" }, "Message transféré") : null,
    quote(message, view),
    shown,
    text === undefined ? null : h("div", { class: "words", dir: "auto" }, ...formatted(text, entities)),
    nothing ? h("p", { class: "soft" }, "Ce type de message ne s’affiche pas ici.") : null,
  ];
}

function markWaiting(button) {
  button.classList.add("waiting");
  setTimeout(() => button.classList.remove("waiting"), WAIT_MS);
}

function inlineButton(message, button, key, view) {
  const style = ["primary", "success", "danger"].includes(button.style) ? button.style : "";
  if (button.url) {
    const node = link(button.url, button.text, icon("out"));
    node.className = `key ${style}`;
    return node;
  }
  const run = (event) => {
    if (button.callback_data !== undefined) {
      markWaiting(event.currentTarget);
      view.press(message, button.callback_data);
    } else if (button.copy_text) {
      navigator.clipboard.writeText(button.copy_text.text).then(() => toast("Copié."), () => toast(button.copy_text.text));
    } else toast("Ce bouton n’existe pas dans cet essai.");
  };
  return h("button", { type: "button", class: `key ${style}`, "data-key": key, onclick: run }, button.text);
}

const buttons = (message, view) =>
  (message.reply_markup?.inline_keyboard ?? []).map((row, line) =>
    h("div", { class: "key-row" }, row.map((button, column) => inlineButton(message, button, `${line}-${column}`, view))));

function reactions(message, view) {
  const counts = Map.groupBy(message._reactions ?? [], (reaction) => reaction.emoji);
  return [...counts].map(([emoji, given]) => {
    const who = given.map(({ from_id: id }) => view.nameOf(id)).join(", ");
    return h("span", { class: "reaction", title: who, role: "img", "aria-label": `${emoji} de ${who}` },
      emoji, given.length > 1 ? ` ${given.length}` : "");
  });
}

const foot = (message) => [
  message._edited || message.edit_date ? h("span", {}, "modifié") : null,
  h("time", { datetime: dateOf(message).toISOString() }, HOUR.format(dateOf(message))),
];

const SLOTS = { content, buttons, reactions, foot };
// What each slot depends on, as text: a slot is rebuilt only when it differs.
const signatures = (message) => {
  const { reply_markup: markup, _reactions: given, _answers, _edited: edited, edit_date: at, _keyboard, _pinned, ...rest } = message;
  return {
    content: JSON.stringify(rest),
    buttons: JSON.stringify(markup?.inline_keyboard ?? null),
    reactions: JSON.stringify(given ?? []),
    foot: JSON.stringify([message.date, edited, at]),
  };
};

const NODE_OF = { content: "div", buttons: "div", reactions: "div", foot: "p" };

/**
 * Bring `node` (made by `makeMessage`) up to date with `message`; only what changed is rebuilt, and a focused button
 * that is replaced gives the focus to the one in its place, or to the message.
 */
export function fillMessage(node, message, view) {
  const wanted = signatures(message);
  for (const [name, build] of Object.entries(SLOTS)) {
    const slot = node.slots[name];
    if (slot.signature === wanted[name]) continue;
    slot.signature = wanted[name];
    const focused = slot.contains(document.activeElement) ? document.activeElement : null;
    slot.replaceChildren(...build(message, view).filter(Boolean));
    if (focused) (slot.querySelector(`[data-key="${focused.dataset.key}"]`) ?? node).focus();
  }
}

/** A new node for a message that somebody wrote. `view` gives: me, botId, side, nameOf, press, show, openActions. */
export function makeMessage(message, view) {
  const mine = message.from?.id === view.me && !message.sender_chat;
  const who = mine ? "Vous" : authorOf(message);
  const id = `${view.side}-m${message.message_id}`;
  const slots = Object.fromEntries(Object.entries(NODE_OF).map(([name, tag]) => [name, h(tag, { class: `slot-${name}`, id: `${id}-${name}` })]));
  slots.reactions.setAttribute("aria-live", "off");
  const robot = message.from?.id === view.botId && view.side === "desk";
  const label = h("p", { class: mine || view.side === "phone" ? "who unseen" : "who", id: `${id}-who` }, who,
    robot ? h("span", { class: "tag" }, "robot") : null);
  const more = h("button", { type: "button", class: "round more", tabindex: "-1", "aria-haspopup": "menu", "aria-label": "Répondre ou réagir", title: "Répondre ou réagir" }, icon("more"));
  const node = h("article", {
    class: `msg ${mine ? "mine" : "theirs"} ${robot ? "robot" : ""}`, id, tabindex: "-1",
    "aria-labelledby": `${id}-who ${id}-content ${id}-foot`,
  }, h("div", { class: "bubble" }, label, slots.content, slots.reactions, slots.foot), more, slots.buttons);
  more.onclick = () => view.openActions(more, message.message_id);
  node.slots = slots;
  fillMessage(node, message, view);
  return node;
}
