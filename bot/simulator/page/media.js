// What a message carries beside words: pictures, sounds, files, places, contacts, stickers.

import { h, icon } from "./dom.js";
import { link } from "./entities.js";

const fileUrl = (file) => `sim/file/${encodeURIComponent(file.file_id)}`;
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const inWords = (seconds) => (seconds === 1 ? "1 seconde" : `${seconds} secondes`);

/** A file size in French ("1,2 Mo"); "" when unknown. */
export function size(bytes) {
  if (!bytes) return "";
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "ko"] : [bytes / 1e6, "Mo"];
  return `${value.toLocaleString("fr-FR", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

function photo(sizes, who) {
  const best = sizes.reduce((one, two) => (two.width * two.height > one.width * one.height ? two : one));
  const image = h("img", {
    src: fileUrl(best), width: best.width, height: best.height, loading: "lazy", decoding: "async",
    alt: `Photo envoyée par ${who}`,
    onerror: (event) => event.target.replaceWith(h("span", { class: "missing" }, "Photo (sans aperçu)")),
  });
  return h("a", { class: "photo", href: fileUrl(best), target: "_blank", rel: "noopener" }, image);
}

function voice(sound) {
  const audio = new Audio();
  audio.preload = "none";
  const bar = h("progress", { max: "1", value: "0", "aria-hidden": "true" });
  const time = h("span", { class: "time" }, clock(sound.duration ?? 0));
  const words = `message vocal, ${inWords(sound.duration ?? 0)}`;
  const button = h("button", { type: "button", class: "play", "aria-label": `Écouter le ${words}` }, icon("play"));
  const show = (playing) => {
    button.replaceChildren(icon(playing ? "pause" : "play"));
    button.setAttribute("aria-label", `${playing ? "Arrêter" : "Écouter"} le ${words}`);
  };
  button.onclick = () => {
    if (!audio.src) audio.src = fileUrl(sound);
    if (audio.paused) audio.play().catch(() => time.replaceChildren("son illisible"));
    else audio.pause();
  };
  audio.onplay = () => show(true);
  audio.onpause = () => show(false);
  audio.ontimeupdate = () => {
    bar.value = audio.duration ? audio.currentTime / audio.duration : 0;
    time.replaceChildren(clock(audio.currentTime));
  };
  audio.onended = () => {
    bar.value = 0;
    time.replaceChildren(clock(sound.duration ?? audio.duration));
  };
  return h("div", { class: "voice" }, button, bar, time);
}

function fileCard(file) {
  const name = file.file_name ?? "document";
  return h("a", { class: "file", href: fileUrl(file), download: name },
    h("span", { class: "file-mark" }, icon("file")),
    h("span", { class: "file-words" }, h("span", { class: "file-name" }, name), h("span", { class: "soft" }, size(file.file_size))));
}

const moving = (file, label, loop = false) =>
  h("video", { src: fileUrl(file), controls: true, preload: "metadata", playsinline: true, loop, "aria-label": label });

function place({ latitude, longitude }) {
  const at = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return h("div", { class: "file" },
    h("span", { class: "file-mark" }, icon("place")),
    h("span", { class: "file-words" }, h("span", { class: "file-name" }, "Position"), link(map, at)));
}

const contact = ({ first_name: first, last_name: last, phone_number: number }) =>
  h("div", { class: "file" },
    h("span", { class: "file-mark" }, icon("person")),
    h("span", { class: "file-words" },
      h("span", { class: "file-name" }, [first, last].filter(Boolean).join(" ")),
      link(`tel:${number.replace(/[^+\d]/g, "")}`, number)));

function sticker(drawn) {
  if (drawn.emoji) return h("span", { class: "sticker", role: "img", "aria-label": `Autocollant ${drawn.emoji}` }, drawn.emoji);
  return h("img", { class: "sticker", src: fileUrl(drawn), alt: "Autocollant" });
}

// kind -> (its value, the sender's name) -> node. `animation` before `document`: a GIF bears both fields.
const SHOW = {
  photo,
  voice,
  sticker,
  location: place,
  contact,
  animation: (file) => moving(file, "Image animée", true),
  video: (file) => moving(file, "Vidéo"),
  video_note: (file) => moving(file, "Message vidéo"),
  audio: (file) => h("audio", { src: fileUrl(file), controls: true, preload: "none", "aria-label": file.title ?? "Son" }),
  document: fileCard,
};
const NAMES = {
  photo: "Photo", voice: "Message vocal", sticker: "Autocollant", location: "Position", contact: "Contact",
  animation: "Image animée", video: "Vidéo", video_note: "Message vidéo", audio: "Son", document: "Document",
};

/** The kind of media a message bears, or undefined for plain text. */
export const kindOf = (message) => Object.keys(SHOW).find((kind) => message[kind] !== undefined);

/** Words that stand for a message where there is room for one line only. */
export function excerpt(message) {
  const kind = kindOf(message);
  const words = message.text ?? message.caption ?? "";
  if (!kind) return words;
  return words ? `${NAMES[kind]} : ${words}` : NAMES[kind];
}

/** The media of a message as a node, or null. */
export function media(message, who) {
  const kind = kindOf(message);
  return kind ? SHOW[kind](message[kind], who) : null;
}
