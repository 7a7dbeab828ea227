/** On a narrow window: the channels as a drawer, the panel as a sheet; what lies below cannot be reached meanwhile. */

const NARROW = matchMedia("(max-width: 760px)");
const TIGHT = matchMedia("(max-width: 1100px)");

export class Drawer {
  #app;
  #sidebar;
  #main;
  #panel;
  #open = false;

  constructor({ app, sidebar, main, panel }) {
    this.#app = app;
    this.#sidebar = sidebar;
    this.#main = main;
    this.#panel = panel;
    for (const query of [NARROW, TIGHT]) query.addEventListener("change", () => this.fit());
    main.addEventListener("pointerdown", () => this.close());
    app.addEventListener("pointerdown", (event) => event.target === app && this.close());
    sidebar.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.fit();
  }

  get narrow() {
    return NARROW.matches;
  }

  toggle() {
    if (this.#open) this.close();
    else {
      this.#open = true;
      this.fit();
      this.#sidebar.querySelector('button[tabindex="0"]')?.focus();
    }
  }

  close() {
    if (!this.#open) return;
    const held = this.#sidebar.contains(document.activeElement);
    this.#open = false;
    this.fit();
    if (held) document.getElementById("open-drawer")?.focus();
  }

  /** See that what is covered cannot be reached. */
  fit() {
    const sheet = !this.#panel.hidden && TIGHT.matches;
    const drawer = NARROW.matches && this.#open;
    this.#app.classList.toggle("drawn", drawer);
    this.#sidebar.inert = (NARROW.matches && !this.#open) || (sheet && NARROW.matches);
    // Not the main part itself: it has to be found, empty as it then is.
    for (const part of this.#main.children) part.inert = (sheet && NARROW.matches) || drawer;
    document.getElementById("open-drawer")?.setAttribute("aria-expanded", String(drawer));
  }
}
