// Presses of inline buttons, and the toasts that the bot answers them with.

import { tell, toast } from "./dom.js";

const ofMessage = (chat, message) => `${chat}/${message.message_id}`;

export class Presses {
  #counts = null; // answers already seen, per message; null before the first state

  constructor(wire) {
    this.wire = wire;
  }

  press(act) {
    return tell(this.wire.act({ act: "press", ...act }));
  }

  /** Show the answers that came since the last state to those whom `isShown(user id)` says are on the page. */
  update(state, isShown) {
    const counts = new Map();
    for (const [chat, messages] of Object.entries(state.chats)) {
      for (const message of messages) {
        const answers = message._answers ?? [];
        if (!answers.length) continue;
        const key = ofMessage(chat, message);
        counts.set(key, answers.length);
        const seen = this.#counts === null ? answers.length : (this.#counts.get(key) ?? 0);
        for (const answer of answers.slice(seen)) {
          const text = answer.text ?? answer;
          if (text && isShown(answer.from_id)) toast(text);
        }
        for (const button of document.querySelectorAll(`[id$="-m${message.message_id}"] .waiting`)) button.classList.remove("waiting");
      }
    }
    this.#counts = counts;
  }
}
