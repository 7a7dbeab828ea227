/** Colours that can be read on the page's backgrounds, in both themes. */

const GROUNDS = { light: [0xff, 0xff, 0xff], dark: [0x31, 0x33, 0x38] };
const ENOUGH = 4.8; // WCAG AA asks for 4.5 to 1; names also stand on rows that are hovered over
const HUES = [212, 152, 28, 338, 262, 188];

/** Return the CSS colour of "#rrggbb" for a number as Discord has it; null for 0, which is none. */
export function hex(number) {
  return number ? `#${number.toString(16).padStart(6, "0")}` : null;
}

/** Return a CSS colour for a name: a role's colour, a number or "#rrggbb", made darker or lighter until it can be read. */
export function readable(colour) {
  const number = typeof colour === "string" ? parseInt(colour.slice(1), 16) : colour;
  const rgb = [number >> 16, (number >> 8) & 255, number & 255];
  return `light-dark(${mixed(rgb, GROUNDS.light, 0)}, ${mixed(rgb, GROUNDS.dark, 255)})`;
}

/** Return the hue, in degrees, that stands for a name. */
export function hueOf(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return HUES[sum % HUES.length];
}

function mixed(rgb, ground, towards) {
  for (let share = 0; share < 1; share += 0.05) {
    const found = rgb.map((channel) => Math.round(channel + (towards - channel) * share));
    if (contrast(found, ground) >= ENOUGH) return `rgb(${found.join(" ")})`;
  }
  return `rgb(${towards} ${towards} ${towards})`;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(rgb) {
  const [red, green, blue] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
