// Entry of the page: two people talking through the bot, and why it answered so.

import { ask, byId, tell, toast } from "./dom.js";
import { Desk } from "./desk.js";
import { Phone } from "./phone.js";
import { Presses } from "./presses.js";
import { Tabs } from "./tabs.js";
import { Why } from "./why.js";
import { Wire } from "./wire.js";

const wire = new Wire();
const presses = new Presses(wire);
const why = new Why(wire);
const tabs = new Tabs(() => wire.state && showAll());
const phone = new Phone(wire, presses, { onShown: () => why.show(phone.lastQuestion), onWhy: (text) => why.explain(text) });
const desk = new Desk(wire, presses, { isVisible: () => tabs.isVisible("desk"), onUnread: (count) => tabs.setUnread("desk", count) });
let read = null; // how many messages of the phone were on the screen

function showAll() {
  const { state } = wire;
  phone.update(state);
  desk.update(state);
  byId("to-faq").hidden = !state.has_editor;
  presses.update(state, (id) => id === undefined || id === phone.personId || id === desk.workerId);
  if (read === null || tabs.isVisible("phone")) read = phone.messages.length;
  tabs.setUnread("phone", Math.max(0, phone.messages.length - read));
  why.show(phone.lastQuestion);
  document.documentElement.dataset.revision = state.revision;
}

function showLink(online) {
  const node = byId("link");
  node.classList.toggle("lost", !online);
  node.textContent = online ? "" : "Connexion perdue. Nouvel essai…";
}

async function reset() {
  const sure = await ask({ title: "Tout recommencer ?", confirm: "Tout effacer", danger: true,
    text: "Les messages, les demandes et les personnes ajoutées seront effacés. On ne peut pas revenir en arrière." });
  if (!sure) return;
  const done = await tell(wire.reset().then(() => true));
  if (done) toast("C’est fait. Tout est vide.");
}

wire.addEventListener("state", showAll);
wire.addEventListener("online", ({ detail }) => showLink(detail));
wire.addEventListener("typing", ({ detail }) => {
  phone.typing(detail);
  desk.typing(detail);
});
document.addEventListener("visibilitychange", () => wire.state && showAll());
byId("reset").onclick = reset;
wire.start();
