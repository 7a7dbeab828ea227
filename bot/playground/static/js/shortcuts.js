/** Getting about by keyboard: links that skip, and F6 from one part of the page to the next. */

/** `parts` are functions that put the focus into a part of the page, by name; false says that it is not there. */
export function shortcuts(skips, parts) {
  skips.addEventListener("click", (event) => {
    const part = event.target.closest("a")?.hash.slice(1);
    if (!parts[part]) return;
    event.preventDefault();
    parts[part]();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    go(Object.values(parts), event.shiftKey ? -1 : 1);
  });
}

function go(parts, step) {
  const places = ["messages", "foot", "panel", "sidebar"];
  const here = places.findIndex((id) => document.getElementById(id)?.contains(document.activeElement));
  for (let count = 1; count <= parts.length; count += 1) {
    if (parts[(Math.max(here, 0) + count * step + parts.length) % parts.length]() !== false) return;
  }
}
