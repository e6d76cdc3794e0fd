// Things to send: files chosen on the disk, and ready-made examples for who has none at hand.

import { quoted } from "./dom.js";

const MAX_BYTES = 20e6;
const RATE = 8000; // samples per second of the example sound
const LETTER = ["Courrier", "", "Madame, Monsieur,", "", "Votre dossier est incomplet.", "Il manque un papier.",
  "Envoyez-le avant le 15 du mois.", "", "Exemple sans valeur."];

function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** A Blob as the wire wants it: {name, mime, base64}. Throws a French sentence when it is too big. */
export async function asFile(blob, name) {
  if (blob.size > MAX_BYTES) throw new Error(`${quoted(name)} est trop gros. La limite est de 20 Mo.`);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { name, mime: blob.type || "application/octet-stream", base64: base64(bytes) };
}

/** Which kind of message a chosen file makes. */
export function kindOfFile(file, wanted) {
  if (wanted !== "photo") return wanted;
  return file.type.startsWith("image/") && file.type !== "image/svg+xml" ? "photo" : "document";
}

/** An example picture: a short administrative letter, drawn here. */
export function samplePhoto() {
  const canvas = document.createElement("canvas");
  canvas.width = 480;
  canvas.height = 600;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#8b6b4c";
  pen.fillRect(0, 0, 480, 600);
  pen.rotate(-0.03);
  pen.fillStyle = "#fdfbf5";
  pen.fillRect(40, 50, 400, 510);
  pen.fillStyle = "#2a2a2a";
  LETTER.forEach((line, index) => {
    pen.font = index ? "20px serif" : "bold 30px serif";
    pen.fillText(line, 70, 110 + index * 46);
  });
  const letters = atob(canvas.toDataURL("image/png").split(",")[1]);
  return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], { type: "image/png" });
}

/** An example voice note: three seconds of a calm tune, as a WAV file (mono, 16 bits). */
export function sampleVoice() {
  const tune = [392, 440, 523.25, 440];
  const count = RATE * 3;
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const write = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, count * 2, true);
  for (let at = 0; at < count; at += 1) {
    const within = (at % (count / 4)) / (count / 4);
    const loudness = Math.sin(Math.PI * within) * 9000;
    view.setInt16(44 + at * 2, Math.sin((2 * Math.PI * tune[Math.floor((at * 4) / count)] * at) / RATE) * loudness, true);
  }
  return new Blob([view], { type: "audio/wav" });
}
