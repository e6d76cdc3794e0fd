// The wire between the page and the simulator: state, live events, acts.

const TROUBLE = "Le programme ne répond pas. Vérifiez qu’il est lancé.";
const RETRY_MS = 2000;

/** Read a JSON answer; any failure becomes an Error with a French sentence. */
async function fetchJson(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(TROUBLE);
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body?.ok === false) throw new Error(body?.error ?? TROUBLE);
  return body;
}

const post = (path, body) =>
  fetchJson(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/**
 * Events: "state" (a new `state` is there), "typing" (detail {typing: chat id, topic}), "online" (detail true|false).
 */
export class Wire extends EventTarget {
  state = null;
  #fetching = null; // the promise of the fetch under way
  #again = false;

  start() {
    this.#listen();
    this.refresh();
  }

  /** Fetch the whole state; calls made meanwhile are merged into one more fetch. Resolves when `state` is newer than the call. */
  refresh() {
    this.#again = true;
    this.#fetching ??= this.#fetch();
    return this.#fetching;
  }

  async #fetch() {
    do {
      this.#again = false;
      try {
        this.state = await fetchJson("sim/state");
        this.#emit("state", this.state);
      } catch (error) {
        this.#emit("online", false);
        console.warn(error);
      }
    } while (this.#again);
    this.#fetching = null;
  }

  /** Do what a person does; resolves to the engine's result, or throws a French sentence. */
  async act(act) {
    const { result } = await post("sim/act", act);
    this.refresh();
    return result;
  }

  async reset() {
    await post("sim/reset", {});
    this.refresh();
  }

  why(text) {
    return fetchJson(`sim/why?text=${encodeURIComponent(text)}`);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  // EventSource reconnects by itself after a cut, but gives up for ever on an HTTP error: then we start a new one.
  #listen() {
    const source = new EventSource("sim/events");
    source.onopen = () => {
      this.#emit("online", true);
      this.refresh();
    };
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.typing !== undefined) this.#emit("typing", event);
      else if (event.revision !== this.state?.revision) this.refresh();
    };
    source.onerror = () => {
      this.#emit("online", false);
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => this.#listen(), RETRY_MS);
    };
  }
}

const result = async (answer) => (await answer).result;

/** What the page of the FAQ asks; each resolves to the program's answer, or throws a French sentence. */
export const faqWire = {
  files: () => result(fetchJson("sim/faq/files")),
  open: (name) => result(fetchJson(`sim/faq/file?name=${encodeURIComponent(name)}`)),
  check: (name, text) => result(post("sim/faq/check", { name, text })),
  advise: (name, text) => result(post("sim/faq/advise", { name, text })),
  tryOut: (name, text, question) => result(post("sim/faq/try", { name, text, question })),
  save: (name, text, version, acceptsMistakes) =>
    result(post("sim/faq/save", { name, text, version, accepts_mistakes: acceptsMistakes })),
};
