/** Code within a line, and fences. Pure. */

const FENCE = "```";
const LANGUAGE = /^([\w+#.-]*)\n/;

/** Return the fence, the code or else the mere backticks that begin at `at`. */
export function codeAt(text, at) {
  const fence = text.startsWith(FENCE, at) ? fenceAt(text, at) : null;
  if (fence) return fence;
  const inside = at + runLength(text, at);
  const mark = text.slice(at, inside);
  for (let closes = text.indexOf(mark, inside); closes >= 0;) {
    const run = runLength(text, closes);
    if (run === mark.length) {
      // One blank at each side stands there so that code may begin or end with a backtick.
      const code = text.slice(inside, closes).replace(/^ (?=`)|(?<=`) $/g, "");
      return { node: { type: "code", text: code }, end: closes + run };
    }
    closes = text.indexOf(mark, closes + run);
  }
  return { node: { type: "text", text: mark }, end: inside };
}

function fenceAt(text, at) {
  const closes = text.indexOf(FENCE, at + FENCE.length);
  if (closes < 0) return null;
  const said = text.slice(at + FENCE.length, closes);
  const language = LANGUAGE.exec(said);
  const code = said.slice(language?.[0].length ?? 0).replace(/\n$/, "");
  if (!code) return null;
  return { node: { type: "fence", language: language?.[1] ?? "", text: code }, end: closes + FENCE.length };
}

function runLength(text, at) {
  let end = at;
  while (text[end] === "`") end += 1;
  return end - at;
}
