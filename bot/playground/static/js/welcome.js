/** What stands at the beginning of a channel: what this is, what can be asked, and how it differs from Discord. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { beginning } from "./dividers.js";
import { channelName } from "./names.js";
import { ChannelKind, isThread } from "./wire.js";

/** Return a function that gives what stands above the messages of the channel that is shown. */
export function welcome(store, actions, names) {
  return () => {
    const { channel } = store;
    if (!channel) return null;
    if (isThread(channel))
      return beginning(
        channelName(channel, store),
        "The start of this thread. Questions in it are understood after those before.",
        names,
      );
    const asks = channel.type === ChannelKind.DM || (channel.type === ChannelKind.TEXT && isFirst(store, channel));
    if (asks && store.welcome) return card(store, actions, channel);
    const name = `${channel.type === ChannelKind.TEXT ? "#" : ""}${channelName(channel, store)}`;
    return beginning(`Welcome to ${name}`, channel.topic || `This is the start of ${name}.`, names);
  };
}

function isFirst(store, channel) {
  const first = [...store.channels.values()]
    .filter((one) => one.type === ChannelKind.TEXT)
    .sort((one, other) => (one.position ?? 0) - (other.position ?? 0))[0];
  return first?.id === channel.id;
}

function card(store, actions, channel) {
  const { title, text, questions, notice } = store.welcome;
  const ready = store.botState.state === "ready";
  return h(
    "section",
    { class: "welcome", "aria-label": "Welcome" },
    h("div", { class: "welcome-mark", "aria-hidden": "true" }, "”"),
    h("h2", {}, title),
    h("p", {}, text),
    questions?.length > 0 && [
      h("h3", {}, ready ? "Try one of these" : "Try one of these, as soon as the bot is ready"),
      h(
        "ul",
        { class: "questions" },
        questions.map((question) =>
          h(
            "li",
            {},
            h(
              "button",
              {
                type: "button",
                class: "question",
                disabled: !ready,
                on: { click: () => ask(store, actions, channel, question) },
              },
              h("span", {}, question),
              icon("send"),
            ),
          ),
        ),
      ),
    ],
    h(
      "details",
      { class: "differs" },
      h("summary", {}, icon("right"), "This is a stand-in: how it differs from Discord"),
      paragraphs(notice),
    ),
  );
}

/** Ask as a person would: in private the words alone, elsewhere with the bot mentioned. */
function ask(store, actions, channel, question) {
  const direct = channel.type === ChannelKind.DM;
  actions.send(direct ? question : `<@${store.bot.id}> ${question}`);
}

function paragraphs(text) {
  const lines = Array.isArray(text)
    ? text
    : String(text ?? "")
        .split("\n")
        .filter((line) => line.trim());
  const listed = lines.filter((line) => /^[-•] /.test(line));
  if (listed.length !== lines.length) return lines.map((line) => h("p", {}, line.replace(/^[-•] /, "")));
  return h(
    "ul",
    {},
    lines.map((line) => h("li", {}, line.slice(2))),
  );
}
