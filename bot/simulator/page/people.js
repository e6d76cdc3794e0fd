// The lists of people one can be: choosing one, adding one.

import { ask, h, tell } from "./dom.js";

const LANGUAGES = [["fr", "français"], ["ar", "arabe"], ["en", "anglais"], ["es", "espagnol"], ["pt", "portugais"],
  ["ru", "russe"], ["uk", "ukrainien"], ["tr", "turc"], ["ro", "roumain"], ["fa", "persan"], ["zh", "chinois"]];

/** "français" for "fr"; "" when unknown. */
export const languageName = (code) => LANGUAGES.find(([known]) => known === code)?.[1] ?? "";

/** Fill a <select> with people, only when they changed (an open list must not close under the reader). */
export function fillSelect(select, people, chosen) {
  const wanted = JSON.stringify([people.map(({ id, first_name: name, status }) => [id, name, status]), chosen]);
  if (select.dataset.shown === wanted) return;
  select.dataset.shown = wanted;
  select.replaceChildren(...people.map((one) =>
    h("option", { value: one.id, selected: one.id === chosen }, isGone(one) ? `${one.first_name} (hors du groupe)` : one.first_name)));
  select.disabled = !people.length;
}

/** Whether a caseworker is no longer in the group. */
export const isGone = (worker) => worker.status === "left" || worker.status === "kicked";

/** A field named "name". */
export function nameField(label = "Prénom") {
  return h("label", {}, label, h("input", { name: "name", required: true, maxlength: "60", autocomplete: "off" }));
}

function languageField() {
  return h("label", {}, "Langue du téléphone",
    h("select", { name: "language" }, LANGUAGES.map(([code, name]) => h("option", { value: code }, name))));
}

/** Ask for a new beneficiary; resolves to her id, or undefined. */
export async function addPerson(wire) {
  const values = await ask({ title: "Ajouter une personne", confirm: "Ajouter", body: [nameField(), languageField()] });
  if (!values) return undefined;
  const user = await tell(wire.act({ act: "add_person", text: values.name.trim(), language: values.language }));
  return user?.id;
}

/** Ask for a new caseworker, who joins the group; resolves to the id, or undefined. */
export async function addCaseworker(wire) {
  const values = await ask({ title: "Ajouter un travailleur social", confirm: "Ajouter", body: [nameField()] });
  if (!values) return undefined;
  const user = await tell(wire.act({ act: "add_caseworker", text: values.name.trim() }));
  return user?.id;
}
