"""From pressing Enter to the answer on the page, in Chromium, with the real bot behind it.

    python bench/page_shown.py [--documents seeds]

seen       from the key to the next frame after the answer stands in the page
itself     what the answer itself took, as its trace has it
over it    the one less the other; the bar is 150 ms
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path

import numpy as np
from page_window import Window, window
from tables import show, write

_ROOT = Path(__file__).resolve().parents[1]
BAR = 150.0
WARM = 3
TERMS = (
    *("a rebuild", "an answer", "a quote", "the index", "votes", "thumbs", "privacy", "the second look", "confidence"),
    *("passages", "sections", "pages", "lines", "documents", "Xiaomi's car", "its battery", "its range", "its price"),
    *("Markdown files", "PDF files", "tables", "a reply", "a thread", "a mention", "an abstention", "the threshold"),
    *("words", "meaning", "names of sources", "what is kept", "what is removed", "moderators", "questions"),
)

_WATCH = """() => {
    window.pressed = 0;
    addEventListener("keydown", event => { if (event.key === "Enter") window.pressed = performance.now(); }, true);
    window.answered = () => new Promise(resolve => {
        const known = new Set([...document.querySelectorAll("article[data-message-id]")].map(one => one.dataset.id));
        const look = () => {
            const answer = [...document.querySelectorAll('article[aria-busy="false"][data-message-id]')]
                .find(one => !known.has(one.dataset.id) && one.querySelector(".badge"));
            if (!answer) return;
            watcher.disconnect();
            requestAnimationFrame(() => resolve([answer.dataset.messageId, performance.now() - window.pressed]));
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.querySelector("#messages"), { attributes: true, childList: true, subtree: true });
    });
    window.ask = () => { window.answer = window.answered(); };
}"""


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=_ROOT / "seeds")
    given = parser.parse_args()
    async with window(given.documents) as shown:
        await shown.page.evaluate(_WATCH)
        times = [await _asked(shown, f"What is said about {term}?") for term in TERMS]
    seen, itself = np.array(times[WARM:]).T
    rows = {"seen": seen, "itself": itself, "over it": seen - itself}
    percentiles = {
        name: {f"p{at}": round(float(np.percentile(row, at)), 1) for at in (50, 95)} for name, row in rows.items()
    }
    show(["ms", "p50", "p95"], [[name, row["p50"], row["p95"]] for name, row in percentiles.items()])
    write("page-shown", {"questions": len(seen), "bar": BAR, "milliseconds": percentiles})


async def _asked(shown: Window, question: str) -> tuple[float, float]:
    """Return how long an answer took to be seen, and by itself (ms)."""
    await shown.type("ask", question)
    await shown.page.evaluate("ask()")
    await shown.send()
    message, seen = await shown.page.evaluate("answer")
    return float(seen), await _itself(shown, int(message))


async def _itself(shown: Window, message: int) -> float:
    """Return what an answer took; its trace may be on its way."""
    world, until = shown.running.game.discord.world, time.monotonic() + 10
    answer = next(known[message] for known in world.messages.values() if message in known)
    while (trace := shown.running.game.traced(answer)["trace"]) is None and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    if trace is None:
        raise SystemExit("No trace of an answer came.")
    return float(trace["total"])


if __name__ == "__main__":
    asyncio.run(main())
