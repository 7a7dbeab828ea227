/** What is kept when the page is loaded again: who one is and where, in this tab; the looks, in this browser. */

const TAB = { get: (key) => sessionStorage.getItem(key), set: (key, value) => keep(sessionStorage, key, value) };
const BROWSER = { get: (key) => localStorage.getItem(key), set: (key, value) => keep(localStorage, key, value) };

function keep(storage, key, value) {
  if (value === null || value === "") storage.removeItem(key);
  else storage.setItem(key, value);
}

export const remembered = {
  get person() {
    return TAB.get("person");
  },
  set person(id) {
    TAB.set("person", id);
  },
  /** The channel that a person was in. */
  channel: (person) => TAB.get(`channel of ${person}`),
  keepChannel: (person, id) => TAB.set(`channel of ${person}`, id),
  /** What a person had begun to write in a channel. */
  draft: (person, channel) => TAB.get(`draft of ${person} in ${channel}`) ?? "",
  keepDraft: (person, channel, text) => TAB.set(`draft of ${person} in ${channel}`, text),
  /** Failed interactions and messages for one person alone that were put away. */
  get dismissed() {
    return new Set(JSON.parse(TAB.get("dismissed") ?? "[]"));
  },
  dismiss: (id) => TAB.set("dismissed", JSON.stringify([...remembered.dismissed, id].slice(-500))),
  get theme() {
    return BROWSER.get("theme");
  },
  set theme(name) {
    BROWSER.set("theme", name);
  },
  get panelOpen() {
    return BROWSER.get("panel") === "open";
  },
  set panelOpen(open) {
    BROWSER.set("panel", open ? "open" : null);
  },
};
