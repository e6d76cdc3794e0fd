// Telegram's message entities as real nodes. Offsets and lengths count UTF-16 units, as JavaScript's strings do.

import { h } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address, if it is one that a click may follow (never javascript:, data: …). */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A real link that opens aside, or only its words when the address is not safe. */
export function link(address, ...children) {
  const href = safeUrl(address);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : h("span", {}, ...children);
}

const withScheme = (text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);

// entity type -> (children, the covered text, the entity) -> node
const WRAP = {
  bold: (kids) => h("strong", {}, ...kids),
  italic: (kids) => h("em", {}, ...kids),
  underline: (kids) => h("u", {}, ...kids),
  strikethrough: (kids) => h("s", {}, ...kids),
  code: (kids) => h("code", {}, ...kids),
  pre: (kids) => h("pre", {}, ...kids),
  blockquote: (kids) => h("blockquote", {}, ...kids),
  expandable_blockquote: (kids) => h("blockquote", {}, ...kids),
  spoiler: (kids) => h("span", { class: "spoiler", tabindex: "0" }, ...kids),
  text_link: (kids, _, entity) => link(entity.url, ...kids),
  url: (kids, text) => link(withScheme(text), ...kids),
  email: (kids, text) => link(`mailto:${text}`, ...kids),
  phone_number: (kids, text) => link(`tel:${text.replace(/[^+\d]/g, "")}`, ...kids),
};
const plain = (kids) => h("span", {}, ...kids);

// Nodes of text[from, to); `entities` sorted so that what contains comes before what is contained.
function build(text, entities, from, to) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < end) next += 1;
    if (start < end) {
      if (at < start) nodes.push(text.slice(at, start));
      const inner = build(text, entities.slice(index + 1, next), start, end);
      nodes.push((WRAP[entity.type] ?? plain)(inner, text.slice(start, end), entity));
      at = end;
    }
    index = next;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

/** Nodes (strings and elements) of a text with its entities. */
export function formatted(text, entities = []) {
  const sorted = [...entities].sort((one, two) => one.offset - two.offset || two.length - one.length);
  return build(text, sorted, 0, text.length);
}
