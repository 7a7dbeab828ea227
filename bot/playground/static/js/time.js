/** Times as Discord writes them. */

const DAY = 86_400_000;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "short" });
const long = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

const UNITS = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", DAY / 24],
  ["minute", 60_000],
  ["second", 1000],
];

/** Return a day as a number that is the same all day long, where this browser is. */
export function dayOf(date) {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / DAY);
}

/** Return the time of day alone. */
export const timeOfDay = (date) => clock.format(date);

/** Return a day in full. */
export const longDay = (date) => long.format(date);

/** Return day and time in full. */
export const fullTime = (date) => full.format(date);

/** Return when a message was sent, as it stands beside its author. */
export function sentAt(date, now = new Date()) {
  const ago = dayOf(now) - dayOf(date);
  if (ago === 0) return `Today at ${clock.format(date)}`;
  return ago === 1 ? `Yesterday at ${clock.format(date)}` : `${day.format(date)} ${clock.format(date)}`;
}

/** Return a timestamp of a message's text, in one of Discord's styles. */
export function stamped(date, style, now = new Date()) {
  if (style !== "R") return new Intl.DateTimeFormat(undefined, STYLES[style] ?? STYLES.f).format(date);
  const distance = date.getTime() - now.getTime();
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? UNITS.at(-1);
  return relative.format(Math.trunc(distance / size), unit);
}

/** Return milliseconds as a person reads them. */
export function milliseconds(value) {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return value >= 10 ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
}
