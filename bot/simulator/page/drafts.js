// Texts that are not saved yet, kept in this browser: a reload of the page, or a cut, loses nothing.
// They are files of the FAQ, never what a person wrote.

const keyOf = (name) => `passerelle.faq.${name}`;

export const drafts = {
  /** The draft of a file: {text, version, aside}, or null. */
  get(name) {
    try { return JSON.parse(localStorage.getItem(keyOf(name))); } catch { return null; }
  },
  /** Keep a draft. Returns whether it is kept: storage may be full or forbidden. */
  set(name, draft) {
    try {
      localStorage.setItem(keyOf(name), JSON.stringify(draft));
      return true;
    } catch { return false; }
  },
  remove(name) {
    try { localStorage.removeItem(keyOf(name)); } catch { /* nothing was kept */ }
  },
};
