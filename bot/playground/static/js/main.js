/** Puts the page together: what is known, what is done, what is seen. */

import { Actions } from "./actions.js";
import { Banner } from "./banner.js";
import { Channels } from "./channels.js";
import { Composer } from "./composer.js";
import { askForThread, askToDelete, askToLeave } from "./dialog.js";
import { Drawer } from "./drawer.js";
import { Drop } from "./drop.js";
import { editBox } from "./edit-box.js";
import { Forum } from "./forum.js";
import { Header } from "./header.js";
import { oneLine } from "./markdown-view.js";
import { MessageMenu } from "./message-menu.js";
import { Messages } from "./messages.js";
import { Modals } from "./modal.js";
import { channelName, mentionNames } from "./names.js";
import { Panel } from "./panel.js";
import { People } from "./people.js";
import { flattened } from "./plain.js";
import { hear } from "./pushes.js";
import { remembered } from "./remembered.js";
import { shortcuts } from "./shortcuts.js";
import { Socket } from "./socket.js";
import { Store } from "./store.js";
import { toasts } from "./toasts.js";
import { typingLine } from "./typing.js";
import { welcome } from "./welcome.js";
import { ChannelKind } from "./wire.js";

const LONGEST_NAME = 60;

const place = Object.fromEntries([...document.querySelectorAll("[id]")].map((element) => [element.id, element]));
const address = new URL("socket", document.baseURI);
address.protocol = address.protocol.replace("http", "ws");

const store = new Store();
const socket = new Socket(address);
const actions = new Actions(store, socket);
const open = (id) => actions.open(id, { focus: true });
const names = mentionNames(store, open);
const drawer = new Drawer({ app: place.app, sidebar: place.sidebar, main: place.main, panel: place.panel });
const drop = new Drop(place.dropped, store);

new Channels(place.sidebar, store, actions, () => drawer.close());
new People(place.sidebar, store, actions);
const header = new Header(place.header, store, actions, {
  drawer: () => drawer.toggle(),
  documents: () => drop.pick(),
  panel: () => (panel.open ? panel.close() : panel.show()),
});
new Banner(place.banner, store, actions);

const messages = new Messages(
  place.stage,
  store,
  {
    names,
    open,
    press: (message, customId, values) => actions.press(message, customId, values),
    react: (message, emoji) => actions.react(message, emoji),
    dismiss: (id) => actions.dismiss(id),
    leave: askToLeave,
    jump: (id) => messages.jump(id) || tell("That message is no longer shown here."),
    channelName: () => channelName(store.channel, store),
    focusComposer: () => composer.focus(),
  },
  welcome(store, actions, names),
);
new Forum(place.stage, store, actions);

typingLine(place.foot, store);
const composer = new Composer(place.foot, store, actions, {
  editLast,
  documents: () => drop.pick(),
  thread: () => askForThread("", (name) => actions.thread(name)),
  toEnd: () => messages.toEnd(true),
});
new MessageMenu(place.messages ?? document.getElementById("messages"), store, actions, names, {
  reply: (message) => composer.replyTo(message),
  thread: (message) =>
    askForThread(oneLine(flattened(message), names).slice(0, LONGEST_NAME), (name) => actions.thread(name, message)),
  edit,
  remove: (message) => askToDelete(oneLine(flattened(message), names).slice(0, 300), () => actions.delete(message)),
  explain: (message) => panel.show(message),
});
new Modals(store, actions, names, () => composer.focus());

const panel = new Panel(
  place.panel,
  store,
  actions,
  (shown) => {
    header.showPanel(shown);
    place.app.classList.toggle("with-panel", shown);
    remembered.panelOpen = shown;
    document.querySelector('.skips a[href="#panel"]').parentElement.hidden = !shown;
    drawer.fit();
  },
  (id) => {
    if (drawer.narrow) panel.close();
    messages.jump(id);
  },
);

const tell = toasts(place.toasts);
actions.on("told", tell);

store.on("open", () => {
  const forum = store.channel?.type === ChannelKind.FORUM;
  document.getElementById("messages").hidden = forum;
  place.foot.hidden = forum;
});

shortcuts(place.skips, {
  messages: () => messages.focusLast(),
  composer: () => composer.focus(),
  panel: () => (panel.open ? place.panel.focus() : false),
  sidebar: () => {
    if (drawer.narrow) return false;
    return place.sidebar.querySelector('button[tabindex="0"]')?.focus();
  },
});

// A masked link does not say where it leads: asked before it is followed, as Discord does.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-masked]");
  if (!link) return;
  event.preventDefault();
  askToLeave(link.href);
});

function edit(message) {
  const box = editBox(
    message,
    store,
    async (text) => {
      // What could not be saved is not lost.
      if (!(await actions.edit(message, text))) return;
      messages.edit(message.id, null);
      composer.focus();
    },
    () => {
      messages.edit(message.id, null);
      composer.focus();
    },
  );
  messages.edit(message.id, box.element);
  box.focus();
}

/** Change one's last message; says whether there is one. */
function editLast() {
  const last = store
    .shown()
    .reverse()
    .find((message) => message.author.id === store.me?.id && message.content);
  if (last) edit(last);
  return Boolean(last);
}

socket.on("push", hear(store, actions));
socket.on("up", () => {
  store.failures = 0;
});
socket.on("down", (failures) => {
  store.connected = false;
  store.failures = failures;
  store.emit("connected");
  actions.documentsLost();
});
if (remembered.panelOpen && !drawer.narrow) panel.show(null, { focus: false });
socket.start();
