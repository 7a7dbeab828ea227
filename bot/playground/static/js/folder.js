/** What was dropped on the page, as files: folders are gone through. */

/** Return the files of a drop, those within folders too, at most `most`. */
export async function filesOf(transfer, most) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.());
  if (!entries.length || entries.some((entry) => !entry)) return [...transfer.files];
  const found = [];
  for (const entry of entries) await gather(entry, found, most);
  return found;
}

/** Say whether something that is dragged holds files. */
export const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

async function gather(entry, found, most) {
  if (found.length > most) return;
  if (entry.isFile) {
    found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives some at a time, and none when it is through.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const inside of some) await gather(inside, found, most);
  }
}
