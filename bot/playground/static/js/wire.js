/** Discord's numbers. */

export const ChannelKind = { TEXT: 0, DM: 1, PUBLIC_THREAD: 11, PRIVATE_THREAD: 12, FORUM: 15 };
export const MessageKind = {
  DEFAULT: 0,
  THREAD_CREATED: 18,
  SLASH_COMMAND: 20,
  THREAD_STARTER: 21,
  MENU_COMMAND: 23,
};
const Flag = { EPHEMERAL: 1 << 6, LOADING: 1 << 7 };
export const CommandKind = { SLASH: 1, MESSAGE_MENU: 3 };
export const OptionKind = {
  SUBCOMMAND: 1,
  GROUP: 2,
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
};
export const Part = {
  ACTION_ROW: 1,
  BUTTON: 2,
  STRING_SELECT: 3,
  TEXT_INPUT: 4,
  USER_SELECT: 5,
  ROLE_SELECT: 6,
  MENTIONABLE_SELECT: 7,
  CHANNEL_SELECT: 8,
  SECTION: 9,
  TEXT_DISPLAY: 10,
  THUMBNAIL: 11,
  MEDIA_GALLERY: 12,
  FILE: 13,
  SEPARATOR: 14,
  CONTAINER: 17,
  LABEL: 18,
};
export const Interaction = { COMMAND: 2 };
export const Reply = { MODAL: 9 };

export const LONGEST_MESSAGE = 2000;

const EPOCH = 1_420_070_400_000n;

/** Return when what has an id was made. */
export const madeAt = (id) => new Date(Number((BigInt(id) >> 22n) + EPOCH));

/** Order ids by time; they are numbers too large for JavaScript's. */
export function compareIds(one, other) {
  return one.length - other.length || (one < other ? -1 : Number(one > other));
}

export const isThread = (channel) =>
  channel.type === ChannelKind.PUBLIC_THREAD || channel.type === ChannelKind.PRIVATE_THREAD;
export const isEphemeral = (message) => Boolean(message.flags & Flag.EPHEMERAL);
export const isLoading = (message) => Boolean(message.flags & Flag.LOADING);
