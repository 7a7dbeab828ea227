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

_KEPT_BACK = {
    **dict.fromkeys(("draft", "hidden", "internal", "private", "unpublished"), frozenset(["true", "yes", "1"])),
    **dict.fromkeys(("published", "public", "visible"), frozenset(["false", "no", "0"])),
    "status": frozenset(["draft", "hidden", "private", "unpublished"]),
}
"""Fields of a question, without "is" before them, and their values with which it is not shown to anybody."""

_IS = re.compile(r"^is[_-]?(?=[a-z])")


def is_kept_back(fields: Mapping[str, str]) -> bool:
    """Tell whether the fields of a record are those of a question and its answer that are not shown, by one of them."""
    written = {name.lower().strip(): value for name, value in fields.items()}
    if written.keys().isdisjoint(_SURELY_ASKED) or written.keys().isdisjoint(ANSWERS):
        return False
    return any(value.strip().lower() in _KEPT_BACK.get(_IS.sub("", name), ()) for name, value in written.items())
