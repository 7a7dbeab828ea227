/** A message's words alone, for previews and for copying. */

import { Part } from "./wire.js";

/** Return all that a message says, its parts one below the other. */
export function flattened(message) {
  const said = [message.content, ...texts(message.components ?? [])];
  return said.filter(Boolean).join("\n");
}

function texts(parts) {
  return parts.flatMap((part) => (part.type === Part.TEXT_DISPLAY ? [part.content] : texts(part.components ?? [])));
}
