/** An interaction that waits for its answer, in the place where the answer will stand. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { thinking } from "./message.js";
import { alone, usedLine } from "./message-edges.js";
import { avatar, nameOf, namePlate } from "./names.js";

/** Put an interaction that waits, or that nobody answered, into its article. */
export function fillWaiting(article, entry, store, dismiss) {
  const { bot } = store;
  const user = store.me ?? entry.user;
  article.classList.add("ephemeral");
  article.setAttribute("aria-label", `${nameOf(bot)}, ${entry.failed ? "no answer" : "waiting for an answer"}`);
  article.setAttribute("aria-busy", String(!entry.failed));
  fill(
    article,
    usedLine(user, entry.name, Boolean(entry.message)),
    h("div", { class: "side" }, avatar(bot)),
    h(
      "div",
      { class: "body" },
      h("div", { class: "head" }, namePlate(bot, store)),
      entry.failed
        ? [
            h("p", { class: "failure", role: "alert" }, icon("warning"), "The application did not respond"),
            alone(() => dismiss(entry.id)),
          ]
        : thinking(nameOf(bot)),
    ),
  );
}
