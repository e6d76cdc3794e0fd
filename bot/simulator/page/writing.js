// "… écrit": the sign that an answer is being prepared. It is decoration: never announced, it leaves by itself.

const LASTS_MS = 5000;

export class Writing {
  #timer;

  constructor(node) {
    this.node = node;
  }

  show(name) {
    clearTimeout(this.#timer);
    this.node.textContent = `${name} écrit…`;
    this.#timer = setTimeout(() => this.hide(), LASTS_MS);
  }

  hide() {
    clearTimeout(this.#timer);
    this.node.textContent = "";
  }
}
