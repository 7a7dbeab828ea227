/** Dialogs that ask for one thing before something is done. */

import { h, uid } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Show a dialog; returns its element. `content` is what it holds, `actions` are its buttons, and `send`, where there is
 * one, is called when it is submitted and closes it unless it returns false (or a promise of it).
 */
export function openDialog(title, content, actions, { send = null, kind = "", back = document.activeElement } = {}) {
  const named = uid("dialog");
  const form = h(
    "form",
    { method: "dialog", novalidate: true, on: { submit } },
    h(
      "header",
      {},
      h("h2", { id: named }, title),
      h(
        "button",
        { type: "button", class: "tool", "aria-label": "Close", on: { click: () => dialog.close() } },
        icon("close"),
      ),
    ),
    h("div", { class: "dialog-content" }, content),
    h("footer", {}, actions),
  );
  const dialog = h("dialog", { class: ["dialog", kind], "aria-labelledby": named }, form);

  let sending = false;

  async function submit(event) {
    event.preventDefault();
    if (sending) return;
    sending = true;
    if ((await send?.(dialog)) !== false) dialog.close();
    sending = false;
  }

  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && kind !== "modal") dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Return the button that leaves a dialog without doing anything. */
export const cancel = () =>
  h(
    "button",
    {
      type: "button",
      class: "button quiet",
      on: { click: (event) => event.currentTarget.closest("dialog").close() },
    },
    "Cancel",
  );

/** Return the button that sends a dialog. */
export const confirm = (label, style = "primary") => h("button", { type: "submit", class: ["button", style] }, label);

/** Ask before a link is followed. */
export function askToLeave(address) {
  const link = h(
    "a",
    {
      class: "button primary",
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      on: { click: (event) => event.currentTarget.closest("dialog").close() },
    },
    "Open it",
  );
  openDialog(
    "This link leads elsewhere",
    [h("p", {}, "It opens in a new tab:"), h("p", { class: "address" }, address)],
    [cancel(), link],
  );
}

/** Ask for the name of a thread. */
export function askForThread(suggested, make) {
  const field = h("input", {
    type: "text",
    id: uid("field"),
    maxlength: 100,
    required: true,
    value: suggested,
    autocomplete: "off",
  });
  openDialog(
    "Create Thread",
    h("div", { class: "field" }, h("label", { for: field.id }, "Thread Name"), field),
    [cancel(), confirm("Create Thread")],
    {
      send: () => (field.value.trim() ? void make(field.value.trim()) : (field.focus(), false)),
    },
  );
  field.select();
}

/** Ask before a message is deleted. */
export function askToDelete(preview, remove) {
  openDialog(
    "Delete Message",
    [h("p", {}, "This cannot be undone."), h("blockquote", { class: "preview" }, preview)],
    [cancel(), confirm("Delete", "danger")],
    { send: () => void remove() },
  );
}
