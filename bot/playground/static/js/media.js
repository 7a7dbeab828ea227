/** Pictures and files of a message; only those that come from this page's own server are loaded. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { ownAddress, webAddress } from "./address.js";

const ATTACHED = "attachment://";
const KILO = 1024; // as Discord counts

/** Return a picture, or where it lies elsewhere, a note with its address. */
export function picture(media, description, { message, leave }, kind = "") {
  const file = attached(media.url, message);
  const address = ownAddress(file?.url ?? media.url);
  if (address)
    return h("img", {
      class: ["picture", kind],
      src: address,
      alt: description ?? file?.description ?? "",
      loading: "lazy",
    });
  const outside = webAddress(media.url);
  return h(
    "button",
    {
      type: "button",
      class: ["picture", "elsewhere", kind],
      disabled: !outside,
      on: { click: () => leave(outside, description) },
    },
    icon("outside"),
    h("span", {}, description || "A picture from elsewhere, which is not loaded here"),
  );
}

/** Return the card of a file that can be saved. */
export function fileCard(part, { message }) {
  const found = attached(part.file.url, message);
  return attachment(
    found ?? { filename: part.name ?? part.file.url.split("/").at(-1), size: part.size ?? 0, url: part.file.url },
  );
}

/** Return an attachment: a picture as such, anything else as a file. */
export function attachment(file) {
  const address = ownAddress(file.url);
  if (address && /^image\/(png|jpeg|gif|webp)$/.test(file.content_type ?? "")) {
    return h("img", { class: "picture", src: address, alt: file.description ?? file.filename, loading: "lazy" });
  }
  return h(
    "div",
    { class: "file" },
    icon("file"),
    address ? h("a", { href: address, download: file.filename }, file.filename) : h("span", {}, file.filename),
    h("span", { class: "subtext" }, bytes(file.size)),
  );
}

/** Return a size in words. */
export function bytes(size) {
  if (size < KILO) return `${size} bytes`;
  return size < KILO ** 2 ? `${Math.round(size / KILO)} KB` : `${Number((size / KILO ** 2).toFixed(1))} MB`;
}

function attached(url, message) {
  if (!url.startsWith(ATTACHED)) return null;
  return (message.attachments ?? []).find((file) => file.filename === url.slice(ATTACHED.length)) ?? null;
}
