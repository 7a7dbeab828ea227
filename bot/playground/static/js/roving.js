/** One stop for the Tab key in a list, and arrow keys within it. */

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const SIDEWAYS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Let arrow keys, Home and End move between the elements in `container` that match `selector`. `sideways` lets left and
 * right do so too, `around` goes from the last to the first. Call `rove.refresh()` when the elements have changed.
 */
export function rove(container, selector, { sideways = false, around = false } = {}) {
  const items = () => [...container.querySelectorAll(selector)];
  const focus = (item) => {
    if (!item) return;
    stop(item);
    item.focus();
  };
  const stop = (chosen) => {
    for (const item of items()) item.tabIndex = item === chosen ? 0 : -1;
  };
  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = items();
    const at = all.indexOf(event.target);
    if (at < 0) return;
    const found = target(all, at, event.key, { sideways, around });
    if (!found) return;
    event.preventDefault();
    focus(found);
  });
  container.addEventListener("focusin", (event) => items().includes(event.target) && stop(event.target));
  return {
    /** See that exactly one element is a stop: `preferred` if there, else the one that was, else the last or first. */
    refresh(preferred = null, { last = false } = {}) {
      const all = items();
      const kept = all.find((item) => item.tabIndex === 0 && item.dataset.roved);
      const chosen = preferred ?? kept ?? (last ? all.at(-1) : all[0]);
      for (const item of all) {
        item.dataset.roved = "yes";
        item.tabIndex = item === chosen ? 0 : -1;
      }
    },
    focus,
  };
}

function target(all, at, key, { sideways, around }) {
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  const step = STEPS[key] ?? (sideways ? SIDEWAYS[key] : undefined);
  if (!step) return null;
  return all[around ? (at + step + all.length) % all.length : at + step] ?? null;
}
