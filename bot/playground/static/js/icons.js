/** Line icons, drawn here. They are decoration: whatever they stand on has a name of its own. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: ["M9 4 7 20", "M17 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  forum: ["M4 5h12a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9l-4 3.5V14H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z", "M21 9v8.5L18.5 16"],
  thread: ["M6 3v7a4 4 0 0 0 4 4h10", "M16 10l4 4-4 4"],
  at: ["M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0z", "M15.5 8.5V13a2.5 2.5 0 0 0 5 0v-1a8.5 8.5 0 1 0-3.6 7"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  menu: ["M4 6h16", "M4 12h16", "M4 18h16"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  plus: ["M12 5v14", "M5 12h14"],
  reply: ["M10 6 4 12l6 6", "M4 12h10a6 6 0 0 1 6 6v1"],
  smile: ["M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0z", "M8.5 14.5a4 4 0 0 0 7 0", "M9 9.5v.6", "M15 9.5v.6"],
  more: [
    "M5.6 12a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0z",
    "M12.6 12a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0z",
    "M19.6 12a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0z",
  ],
  pencil: ["M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z", "M13.5 7l3.5 3.5"],
  bin: ["M5 7h14", "M9 7V4.5h6V7", "M7 7l1 13h8l1-13", "M10.5 11v5.5", "M13.5 11v5.5"],
  look: ["M4 19V9", "M9.5 19V5", "M15 19v-7", "M20.5 19v-4"],
  apps: ["M4 4h6v6H4z", "M14 4h6v6h-6z", "M4 14h6v6H4z", "M14 14h6v6h-6z"],
  copy: ["M9 9h11v11H9z", "M15 9V4H4v11h5"],
  eye: [
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z",
    "M14.8 12a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0z",
  ],
  sun: [
    "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z",
    "M12 3v1.5",
    "M12 19.5V21",
    "M3 12h1.5",
    "M19.5 12H21",
    "M5.6 5.6l1 1",
    "M17.4 17.4l1 1",
    "M5.6 18.4l1-1",
    "M17.4 6.6l1-1",
  ],
  moon: ["M20 14.2A8 8 0 1 1 9.8 4a6.5 6.5 0 0 0 10.2 10.2z"],
  down: ["M6 9l6 6 6-6"],
  right: ["M9 6l6 6-6 6"],
  outside: ["M14 4h6v6", "M20 4l-9 9", "M18 14v6H4V6h6"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4", "M9 12h6", "M9 16h6"],
  upload: ["M12 15V4", "M7.5 8.5 12 4l4.5 4.5", "M4 15v5h16v-5"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  warning: ["M12 4 2.5 20h19z", "M12 10v4.5", "M12 17.2v.1"],
  send: ["M4 12h14", "M12.5 6l6 6-6 6"],
};

/** Return an icon by its name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 24 24",
    class: "icon",
    "aria-hidden": "true",
    focusable: "false",
  })) {
    svg.setAttribute(key, value);
  }
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
