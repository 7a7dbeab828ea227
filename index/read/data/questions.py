"""Questions in data: which fields hold them, and which say that they are not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

QUESTIONS = (
    *("question", "q", "questions", "frage", "pregunta", "domanda", "pergunta", "vraag", "prompt", "ask"),
    *("patterns", "utterances"),
)
"""Names of fields that hold a question, in lower case."""

ANSWERS = (
    *("answer", "a", "answers", "antwort", "respuesta", "réponse", "reponse", "risposta", "resposta", "antwoord"),
    *("response", "responses", "reply", "replies", "completion", "solution"),
)
"""Names of fields that hold an answer, in lower case."""

_SURELY_ASKED = frozenset(QUESTIONS) - {"q", "prompt", "ask", "patterns"}
"""Those that no other records have: prices are asked, too, and settings have prompts."""

_NEVER_SHOWN = ("draft", "hidden", "private", "unpublished", "trashed")
_KEPT_BACK = {
    **dict.fromkeys(("internal", "deleted", "archived", *_NEVER_SHOWN), frozenset(["true", "yes", "1"])),
    **dict.fromkeys(("published", "public", "visible"), frozenset(["false", "no", "0"])),
    "status": frozenset([*_NEVER_SHOWN, "trash"]),
}
"""Fields of a question, without "is" before them, and their values with which it is not shown to anybody.

What may as well be asked about is none: accounts are disabled, and archived by their status.
"""

_SURELY_KEPT_BACK = {name: _KEPT_BACK[name] for name in ("draft", "hidden", "unpublished", "published", "deleted")}
"""Those of a question that its mark alone tells: `visible` may say there whether an answer is unfolded."""

_DELETED = frozenset(["deletedat", "deleted_at", "archivedat", "archived_at", "trashedat", "trashed_at"])
"""Fields that hold when a question was taken back: before that nothing, a word for it, or the first day there is."""

_DATE = re.compile(r"\s*(?!000|1970-01-01)(?:\d{4}([-/.])\d\d?\1\d\d?|\d\d?([-/.])\d\d?\2\d{4}|\d{9,13}\b)")
_ASKING = ("?", "\N{FULLWIDTH QUESTION MARK}")
_IS = re.compile(r"^is[_-]?(?=[a-z])")


def is_kept_back(fields: Mapping[str, str]) -> bool:
    """Tell whether the fields of a record are those of a question and its answer that are not shown, by one of them."""
    written = {name.lower().strip(): value for name, value in fields.items()}
    surely = not written.keys().isdisjoint(_SURELY_ASKED)
    asked = surely or any(written.get(name, "").rstrip().endswith(_ASKING) for name in QUESTIONS)
    if not asked or written.keys().isdisjoint(ANSWERS):
        return False
    values = _KEPT_BACK if surely else _SURELY_KEPT_BACK
    return any(
        value.strip().lower() in values.get(_IS.sub("", name), ()) or (name in _DELETED and _DATE.match(value))
        for name, value in written.items()
    )
