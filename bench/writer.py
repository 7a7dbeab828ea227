"""What a language model writes over the set `community`, and what of it is shown.

    python bench/writer.py --url http://127.0.0.1:8000 --model NAME [--seconds 60] [--only PROJECT ...]

Over the real wire, with the checks and the support model in place: to how many of the questions that Quoth answers the
server writes anything that can be used, of how many sentences, how many of them are shown, why the others are not, and
how long the server takes. What is written goes with what it cites to `bench/out/writer.jsonl`, to be read: no rule can
tell whether a rule that lets a sentence pass is right.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from community_set import answerers, parser
from intervals import share
from tables import OUT, show, write

from bot.cli.writing import order_for
from bot.writing.proof import proven
from bot.writing.protocol import Draft, Sentence
from bot.writing.server import ChatServer, WriterError
from bot.writing.writer import Order
from index.answer.asked import Asked
from index.records import Quote
from index.support.checks import faults
from index.support.support import Support


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence that the model wrote: what it cites, and why it is not shown ("" where it is)."""

    project: str
    question: str
    text: str
    cited: tuple[str, ...]
    support: float | None
    why_not: str


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--url", required=True)
    options.add_argument("--model", required=True)
    options.add_argument("--key", default="")
    options.add_argument("--seconds", type=float, default=60)
    given = options.parse_args()
    outcomes, drafted, seconds = Counter[str](), list[Drafted](), list[float]()
    server, support = ChatServer(given.url, given.model, given.key, given.seconds), Support()
    for project, order in _orders(given):
        if not order.sentences:
            outcomes["not asked: Quoth has no answer"] += 1
            continue
        started = time.monotonic()
        draft = _draft(server, order)
        seconds.append(time.monotonic() - started)
        outcomes[_outcome(draft, order, support)] += 1
        drafted += [] if isinstance(draft, str) else _judged(project, draft, order, support)
        print(f"{sum(outcomes.values())}: {seconds[-1]:.1f} s", flush=True)
    _tell(outcomes, drafted, seconds)


def _orders(given: argparse.Namespace) -> Iterator[tuple[str, Order]]:
    for project, answerer, lines in answerers(given):
        for line in lines:
            yield project, order_for(answerer, Asked(line["question"]))


def _draft(server: ChatServer, order: Order) -> Draft | str:
    """Return what the model writes, or why that cannot be used."""
    try:
        return asyncio.run(server.draft(order.asked.text, order.asked.history, order.sentences))
    except WriterError as error:
        return str(error).rpartition(": ")[2]


def _outcome(draft: Draft | str, order: Order, support: Support) -> str:
    if isinstance(draft, str):
        return f"nothing usable: {draft}"
    if not draft.answered:
        return "the model says that it is not answered"
    shown, _ = proven(draft, order.sentences, order.asked.text, support)
    return "sentences are shown" if shown else "none is proven"


def _judged(project: str, draft: Draft, order: Order, support: Support) -> Iterator[Drafted]:
    """Yield the sentences of a draft; of one whose first is not proven none is shown, whatever the others are."""
    shown = {proved.text: proved for proved in proven(draft, order.sentences, order.asked.text, support)[0]}
    for sentence in draft.sentences:
        proved = shown.get(sentence.text.strip())
        quotes = [order.sentences[n - 1] for n in sentence.cites if 1 <= n <= len(order.sentences)]
        why = "" if proved else _why_not(sentence, quotes, order, support)
        cited = tuple(quote.text for quote in quotes)
        yield Drafted(project, order.asked.text, sentence.text, cited, proved and proved.support, why)


def _why_not(sentence: Sentence, quotes: Sequence[Quote], order: Order, support: Support) -> str:
    if len(quotes) < len(sentence.cites):
        return "a number that was not sent"
    headers = [" › ".join((quote.title, *quote.section)) for quote in quotes]
    if found := faults(sentence.text, [quote.text for quote in quotes], [*headers, order.asked.text]):
        return f"check: {found[0].partition(':')[0]}"
    alone = Draft(answered=True, sentences=[sentence])
    if proven(alone, order.sentences, order.asked.text, support)[0]:
        return "proven, but stands behind one that is not, or is said twice"
    return "model, or form"


def _tell(outcomes: Counter[str], drafted: Sequence[Drafted], seconds: Sequence[float]) -> None:
    show(("question", "count"), outcomes.most_common())
    show(("sentence", "count"), Counter(sentence.why_not or "shown" for sentence in drafted).most_common())
    print(f"shown: {share([not sentence.why_not for sentence in drafted])} of {len(drafted)} sentences")
    print(
        f"the server: {median(seconds):.1f} s (median), {max(seconds):.1f} s at most" if seconds else "none was asked"
    )
    rows = [asdict(sentence) for sentence in drafted]
    (OUT / "writer.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    write("writer", {"outcomes": outcomes, "seconds": seconds, "sentences": len(drafted)})


if __name__ == "__main__":
    main()
