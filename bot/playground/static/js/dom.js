/** Elements made from values. Data only ever becomes text or an attribute's value, never markup. */

let made = 0;

/** Return an id that no other element has. */
export function uid(prefix) {
  made += 1;
  return `${prefix}-${made}`;
}

/**
 * Return an element. `properties` are attributes, and three that are not: `class` (a name or a list of names, false
 * ones left out), `style` (an object of CSS properties) and `on` (an object of listeners).
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) set(element, name, value);
  element.append(...present(children));
  return element;
}

/** Put `children` in place of what an element holds; what is null or false among them is left out. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Set or, for null and false, take away an attribute. */
export function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") element.className = [value].flat().filter(Boolean).join(" ");
  else if (name === "style") {
    for (const [property, given] of Object.entries(value)) element.style.setProperty(property, given);
  } else if (name === "on") {
    for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  } else attribute(element, name, value);
}
