/** One's own documents: dropped anywhere on the page or picked, sent to the server on this machine, and indexed. */

import { h, fill, attribute } from "./dom.js";
import { icon } from "./icons.js";
import { named, refusals, said } from "./drop-outcome.js";
import { filesOf, hasFiles } from "./folder.js";
import { bytes } from "./media.js";

/** Shows what becomes of documents in `element`; listens to the whole page for drops. */
export class Drop {
  #store;
  #picker;
  #veil;
  #card = h("section", { class: "documents", "aria-label": "Added documents", hidden: true });
  #told = h("p", { role: "status", class: "documents-told" });
  #bar = h("progress", { "aria-label": "How far the documents are" });
  #lists = h("div", { class: "documents-lists" });
  #close;
  #depth = 0;
  #back = null;

  constructor(element, store) {
    this.#store = store;
    this.#picker = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Documents to add",
      id: "pick-documents",
      on: { change: () => this.#picked() },
    });
    this.#veil = h("section", { class: "veil", "aria-label": "Drop here", hidden: true });
    this.#close = h(
      "button",
      { type: "button", class: "tool", "aria-label": "Put away", on: { click: () => this.#putAway() } },
      icon("close"),
    );
    this.#card.append(
      h("header", {}, icon("file"), h("h2", {}, "Your documents"), this.#close),
      this.#told,
      this.#bar,
      this.#lists,
    );
    element.append(this.#picker, this.#veil, this.#card);
    this.#listen();
    store.on("documents", () => this.#draw());
    store.on("hello", () => attribute(this.#picker, "accept", store.accepts.join(",") || null));
  }

  /** Let files be picked. */
  pick() {
    this.#back = document.activeElement;
    this.#picker.value = "";
    this.#picker.click();
  }

  #listen() {
    addEventListener("dragenter", (event) => {
      if (!hasFiles(event) || document.querySelector("dialog[open]")) return;
      this.#depth += 1;
      this.#lift(true);
    });
    addEventListener("dragleave", (event) => {
      if (!hasFiles(event)) return;
      this.#depth = Math.max(this.#depth - 1, 0);
      if (!this.#depth) this.#lift(false);
    });
    addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
    addEventListener("drop", async (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.#depth = 0;
      this.#lift(false);
      this.#take(await filesOf(event.dataTransfer, this.#store.limits.files));
    });
  }

  #lift(up) {
    this.#veil.hidden = !up;
    const endings = this.#store.accepts.join(" ");
    fill(
      this.#veil,
      up &&
        h(
          "div",
          { class: "veil-card" },
          icon("upload"),
          h("p", {}, "Drop documents to add them"),
          h(
            "p",
            { class: "subtext" },
            "They are copied to a temporary folder on this machine and indexed. Nothing leaves it.",
          ),
          endings && h("p", { class: "subtext" }, endings),
        ),
    );
  }

  #picked() {
    this.#take([...this.#picker.files]);
    this.#back?.focus();
  }

  #take(files) {
    if (!files.length) return;
    const { fitting, refused } = this.#sorted(files);
    this.#put({
      state: fitting.length ? "sending" : "done",
      added: [],
      refused,
      failed: null,
      done: 0,
      total: 0,
      step: "",
      told: "",
    });
    if (fitting.length) this.#send(fitting);
  }

  /** Part those that may be sent from those that are too large or too many. */
  #sorted(files) {
    const { file_bytes: largest = Infinity, files: most = Infinity, total_bytes: room = Infinity } = this.#store.limits;
    const fitting = [];
    const refused = [];
    let size = 0;
    for (const file of files) {
      const why =
        file.size > largest
          ? `It is larger than ${bytes(largest)}.`
          : fitting.length >= most
            ? `At most ${most} files are taken at a time.`
            : size + file.size > room
              ? `Together they are larger than ${bytes(room)}.`
              : null;
      if (why) refused.push({ name: file.name, reason: why });
      else {
        fitting.push(file);
        size += file.size;
      }
    }
    return { fitting, refused };
  }

  /** Send files; by XMLHttpRequest, as fetch does not tell how far it is. What comes of it is pushed. */
  #send(files) {
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => this.#sending(event));
    request.addEventListener(
      "load",
      () => request.status >= 400 && this.#put({ state: "failed", failed: refusal(request) }),
    );
    request.addEventListener("error", () =>
      this.#put({ state: "failed", failed: "The documents could not be sent: the playground does not answer." }),
    );
    request.open("POST", new URL("documents", document.baseURI));
    request.send(body);
  }

  #sending({ loaded, total, lengthComputable }) {
    if (lengthComputable && this.#store.documents?.state === "sending") this.#put({ done: loaded, total });
  }

  #put(told) {
    this.#store.documents = { ...this.#store.documents, ...told };
    this.#store.emit("documents");
  }

  #putAway() {
    const held = this.#card.contains(document.activeElement);
    this.#card.hidden = true;
    this.#store.documents = null;
    if (held) (this.#back?.isConnected ? this.#back : document.getElementById("message"))?.focus();
  }

  #draw() {
    const told = this.#store.documents;
    if (!told) return;
    this.#card.hidden = false;
    this.#card.dataset.state = told.state;
    const going = told.state === "sending" || told.state === "indexing";
    this.#close.hidden = going;
    this.#bar.hidden = !going;
    attribute(this.#bar, "max", told.total || null);
    attribute(this.#bar, "value", told.total ? told.done : null);
    const sentence = said(told);
    // Said again it would be read again.
    if (this.#told.textContent !== sentence) fill(this.#told, sentence);
    fill(this.#lists, named("Added", told.added ?? []), refusals(told.refused ?? []));
  }
}

/** Return why documents were not taken, as the server says it. */
function refusal({ status, responseText }) {
  try {
    return JSON.parse(responseText).error;
  } catch {
    return `The documents were not taken (${status}).`;
  }
}
