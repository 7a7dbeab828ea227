/** The slash commands that are offered, down to their subcommands. Pure. */

import { CommandKind, OptionKind } from "./wire.js";

/** Return what can be used, as `{path: "source find", description, options}`, from Discord's command objects. */
export function usable(commands) {
  return commands
    .filter((command) => command.type === CommandKind.SLASH)
    .flatMap((command) => leaves(command, command.name));
}

function leaves(one, path) {
  const options = one.options ?? [];
  const nested = options.filter((option) => option.type === OptionKind.SUBCOMMAND || option.type === OptionKind.GROUP);
  if (nested.length) return nested.flatMap((option) => leaves(option, `${path} ${option.name}`));
  return [{ path, description: one.description, options }];
}

/** Return those commands that what was typed behind the slash may mean, the likeliest first. */
export function matching(commands, typed) {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ path, description }) => {
    if (path.startsWith(wanted)) return 0;
    if (path.split(" ").some((word) => word.startsWith(wanted))) return 1;
    if (path.includes(wanted)) return 2;
    return description.toLowerCase().includes(wanted) ? 3 : 4;
  };
  const found = commands.filter((command) => rank(command) < 4);
  return found.sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
}

/** Return the command that a text begins with, and the words behind it; null where there is none or no blank behind. */
export function begun(commands, text) {
  const said = text.slice(1);
  const longest = [...commands].sort((one, other) => other.path.length - one.path.length);
  const command = text.startsWith("/") && longest.find(({ path }) => said.startsWith(`${path} `));
  return command ? { command, rest: said.slice(command.path.length + 1) } : null;
}
