"""One FAQ as people write it down: a list, terms, panels, a table, paragraphs, labels."""

from __future__ import annotations

from collections.abc import Callable

PAIRS = (
    ("How long may I borrow a kayak?", "Three hours, counted from the moment you leave the jetty.", "kayak time limit"),
    ("Can I bring my dog?", "Yes, dogs are welcome on every boat but the racing shells.", "are dogs allowed on boats"),
    (
        "Why is the slipway closed?",
        "The concrete is being renewed until the end of April.",
        "why cant i use the slipway",
    ),
    ("Where do I leave the paddles?", "Hang them on the green rack behind the boathouse.", "where to put paddles back"),
    ("Who may steer the big canoe?", "Members who have passed the blue test, and nobody else.", "who steers the canoe"),
    ("What happens if I capsize?", "A warden picks you up; dry clothes lie in the sauna.", "what if my boat tips over"),
)
"""Question, answer, and the question in other words."""

_Pairs = tuple[tuple[str, str, str], ...]


def _lines(form: str, between: str = "\n") -> Callable[[_Pairs], str]:
    return lambda pairs: between.join(form.format(asked, said) for asked, said, _ in pairs)


FORMS: dict[str, tuple[str, Callable[[_Pairs], str]]] = {
    "nested list": ("faq.md", _lines("- {}\n  - {}")),
    "items": ("faq.md", _lines("- **{}** {}")),
    "steps": ("faq.md", _lines("1. {}\n\n   {}", "\n\n")),
    "bold lines": ("faq.md", _lines("**{}**\n{}", "\n\n")),
    "bold paragraphs": ("faq.md", _lines("**{}**\n\n{}", "\n\n")),
    "headings": ("faq.md", _lines("## {}\n\n{}", "\n\n")),
    "labels": ("faq.txt", _lines("Q: {}\nA: {}", "\n\n")),
    "numbered labels": ("faq.txt", _lines("Q1. {}\n\nA. {}", "\n\n")),
    "table": ("faq.md", lambda pairs: "| Question | Answer |\n| --- | --- |\n" + _lines("| {} | {} |")(pairs)),
    "terms": ("faq.html", lambda pairs: f"<h1>FAQ</h1><dl>{_lines('<dt>{}</dt><dd>{}</dd>')(pairs)}</dl>"),
    "panels": ("faq.html", _lines("<details><summary>{}</summary><p>{}</p></details>")),
}
"""The name of the file and what makes its content, for each way to write it."""
