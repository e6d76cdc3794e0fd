// On a narrow screen the two sides become two tabs; on a wide one they are two regions side by side.

import { arrowKeys, byId } from "./dom.js";

const SIDES = ["phone", "desk"];

export class Tabs {
  /** `onChange`: called after a side is shown. */
  constructor(onChange) {
    this.onChange = onChange;
    this.shown = "phone";
    this.narrow = matchMedia("(max-width: 899px)");
    this.narrow.addEventListener("change", () => this.#layOut());
    byId("tabs").onkeydown = (event) => {
      if (!arrowKeys(event, SIDES.map((side) => byId(`tab-${side}`)))) return;
      this.show(document.activeElement.id.slice("tab-".length));
    };
    for (const side of SIDES) {
      byId(`tab-${side}`).onclick = () => this.show(side);
      byId(`skip-${side}`).onclick = () => this.show(side);
    }
    this.#layOut();
  }

  isVisible(side) {
    return document.visibilityState === "visible" && (!this.narrow.matches || this.shown === side);
  }

  show(side) {
    this.shown = side;
    this.#layOut();
    this.onChange();
  }

  /** Put a number on a tab; 0 takes it away. */
  setUnread(side, count) {
    const badge = byId(`tab-${side}`).querySelector(".badge");
    badge.hidden = !count || this.shown === side;
    badge.textContent = String(count);
    badge.setAttribute("aria-label", `${count} à lire`);
  }

  // A tab panel is no longer a region of its own: the roles follow the layout.
  #layOut() {
    const { matches: narrow } = this.narrow;
    const list = byId("tabs");
    list.hidden = !narrow;
    if (narrow) list.setAttribute("role", "tablist");
    for (const side of SIDES) {
      const tab = byId(`tab-${side}`);
      const pane = byId(side);
      const chosen = side === this.shown;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", String(chosen));
      tab.setAttribute("aria-controls", side);
      tab.tabIndex = chosen ? 0 : -1;
      pane.hidden = narrow && !chosen;
      if (narrow) pane.setAttribute("role", "tabpanel");
      else pane.removeAttribute("role");
      if (chosen) this.setUnread(side, 0);
    }
  }
}
