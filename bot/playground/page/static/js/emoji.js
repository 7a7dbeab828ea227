/** The emoji that can be picked, with their names. */
export const EMOJI = [
  ["👍", "thumbs up"], ["👎", "thumbs down"], ["❤️", "red heart"], ["😂", "tears of joy"], ["😮", "astonished"], ["😢", "crying"],
  ["🎉", "party popper"], ["🙏", "folded hands"], ["👀", "eyes"], ["✅", "check mark"], ["❌", "cross mark"], ["❓", "question mark"],
  ["🔥", "fire"], ["💯", "hundred"], ["🤔", "thinking"], ["😄", "smile"], ["🙌", "raised hands"], ["👏", "clapping"],
  ["💡", "light bulb"], ["📌", "pin"], ["📚", "books"], ["🔍", "magnifying glass"], ["⚠️", "warning"], ["🚀", "rocket"],
];
