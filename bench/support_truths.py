"""What follows from a sentence, made by rule: shortened, split, reordered, reworded, or from a question's answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from altered import Words

_LEADING = re.compile(r"^((?:In|On|During|By|At|From|Since|Until|For|Between|After|Before) [^,;:]{2,40}), (?=[a-zA-Z])")
_DROPPED = (
    re.compile(r"\s*\([^()]*\)"),
    re.compile(r",? which [^,;.]{4,80}(?=[,.])"),
    re.compile(r", (?:including|such as|like) [^;.]{4,80}(?=\.$)"),
    re.compile(r", (?:who|where) [^,;.]{4,80},"),
    re.compile(r", \w+ing [^,;.]{6,80}(?=\.$)"),
    re.compile(
        r"\b(?:also|however|therefore|then|thus|indeed|in fact|of course|additionally|furthermore),? ", re.IGNORECASE
    ),
)
_CLAUSE = re.compile(r"(?:;|, (?:and|but|while|whereas|although)) (?=(?:it|he|she|they|this|these|the|[A-Z])\b)")
_SHORT_FORMS = {
    "do not": "don't", "does not": "doesn't", "did not": "didn't", "is not": "isn't", "are not": "aren't",
    "was not": "wasn't", "were not": "weren't", "cannot": "can't", "will not": "won't", "it is": "it's",
}  # fmt: skip
_NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "twelve": "12", "twenty": "20", "thirty": "30", "hundred": "100", "percent": "%",
}  # fmt: skip
_AGAIN = {
    "begin": "start", "begins": "starts", "began": "started", "use": "employ", "uses": "employs", "large": "big",
    "also called": "known as", "because": "since", "located in": "situated in", "built": "constructed",
    "several": "a number of", "many": "numerous", "such as": "like", "about": "approximately", "must": "has to",
    "need to": "have to", "may": "might", "allows": "lets", "however": "but", "in order to": "to",
    "a lot of": "much", "approximately": "around", "roughly": "about", "every": "each", "can": "is able to",
}  # fmt: skip
_FEWEST = 4
_IRREGULAR = {
    "become": "became", "begin": "began", "build": "built", "buy": "bought", "come": "came", "die": "died", "do": "did",
    "fall": "fell", "fight": "fought", "find": "found", "get": "got", "give": "gave", "go": "went", "grow": "grew",
    "have": "had", "hold": "held", "keep": "kept", "know": "knew", "lead": "led", "leave": "left", "lose": "lost",
    "make": "made", "mean": "meant", "meet": "met", "pay": "paid", "run": "ran", "say": "said", "see": "saw",
    "sell": "sold", "send": "sent", "sing": "sang", "speak": "spoke", "spend": "spent", "take": "took",
    "teach": "taught", "tell": "told", "think": "thought", "win": "won", "write": "wrote",
}  # fmt: skip
_SUBJECT = re.compile(
    r"^(?:who|what|which [\w-]+|what [\w-]+|how many [\w-]+) "
    r"(?=(?:\w+ed|\w+s|can|will|has|had|have|made|won|led|wrote|built|became|took|gave|is|was|are|were) )",
    re.IGNORECASE,
)
_BEING = re.compile(r"^(what|who|where|when|how many|how much) (is|was|are|were) (.+?)\??$", re.IGNORECASE)
_DOING = re.compile(r"^(where|when|what|who|how) (did|does|do) (.+?) (\w+)( .+?)?\??$", re.IGNORECASE)

_NOT_REWORDED = frozenset(
    "second minute hour day week month year decade century seconds minutes hours days weeks months years decades "
    "centuries miles million billion thousand hundred dozen percent feet game first last next most before after three "
    "four five seven eight nine".split()
)
"""Words whose likes mean another time, amount or thing."""

_DETERMINERS = frozenset("the a an his her its their this that these those most some all many each how".split())

Rule = Callable[[str, random.Random], str]


class Rewriter:
    """Rewrites a sentence so that it still says nothing else; `chance` decides how."""

    def __init__(self, words: Words, chance: random.Random) -> None:
        """Take words that mean the same from `words`."""
        self._words = words
        self._chance = chance
        self._rules: Sequence[Callable[[str], str]] = (
            self._shortened, self._shortened, self._clause, self._moved, self._synonym, self._synonym, self._said_again,
            self._short_form, self._numeral, self._plain,
        )  # fmt: skip

    def rewritten(self, sentence: str) -> str:
        """Return `sentence` after one to three rules; those that do not apply leave it as it is."""
        text = sentence
        for rule in self._chance.sample(self._rules, self._chance.choice((1, 2, 3))):
            text = rule(text)
        return text

    def statement(self, question: str, answer: str) -> str | None:
        """Return what question and answer say together, where a rule knows how."""
        asked, answer = question.strip(), answer.strip().rstrip(".")
        if being := _BEING.match(asked):
            wh, verb, rest = being.groups()
            if re.search(r"\w{3}ing\b", rest):
                return None
            participle = re.search(r" \w+ed$", rest)
            at = participle.start() if participle else len(rest)
            return _sentence(f"{rest[:at]} {verb}{rest[at:]} {_placed(wh, answer)}")
        if subject := _SUBJECT.match(asked):
            return _sentence(f"{answer} {asked[subject.end() :].rstrip('?')}")
        if (doing := _DOING.match(asked)) and doing[3].lower() not in _DETERMINERS and " " not in doing[3]:
            wh, did, who, verb, rest = doing.groups()
            form = _IRREGULAR.get(verb, _past(verb)) if did.lower() == "did" else verb + "s" * (did.lower() == "does")
            return _sentence(f"{who} {form}{rest or ''} {_placed(wh, answer)}")
        return None

    def joined(self, text: str, other: str) -> str:
        """Return two sentences as one."""
        return f"{text.rstrip(' .')}{self._chance.choice((', and ', '; ', ' and '))}{lowered(other)}"

    def _shortened(self, text: str) -> str:
        ways = [pattern.sub("", text, count=1) for pattern in _DROPPED]
        shortened = [_sentence(way) for way in ways if way != text and len(way.split()) >= _FEWEST]
        return self._chance.choice(shortened) if shortened else text

    def _clause(self, text: str) -> str:
        if re.match(r"(?:If|Unless|When|Although|While|Because|Not only)\b", text):
            return text
        parts = _CLAUSE.split(text, maxsplit=1)
        clauses = [part for part in parts if len(part.split()) >= _FEWEST + 1]
        return _sentence(self._chance.choice(clauses)) if len(parts) > 1 and clauses else text

    def _moved(self, text: str) -> str:
        leading = _LEADING.match(text)
        if not leading:
            return text
        rest = text[leading.end() :].rstrip(" .")
        return _sentence(rest if self._chance.random() < 0.3 else f"{rest} {lowered(leading[1])}")

    def _synonym(self, text: str) -> str:
        ways = [
            text[: match.start()] + other + text[match.end() :]
            for match in re.finditer(r"\b[a-z]{4,}\b", text)
            if match.group() not in _NOT_REWORDED
            for other in self._words.synonyms(match.group())[:1]
        ]
        return self._chance.choice(ways) if ways else text

    def _said_again(self, text: str) -> str:
        there = [(phrase, other) for phrase, other in _AGAIN.items() if re.search(rf"\b{phrase}\b", text)]
        if not there:
            return text
        phrase, other = self._chance.choice(there)
        return re.sub(rf"\b{phrase}\b", other, text, count=1)

    def _short_form(self, text: str) -> str:
        for phrase, other in _SHORT_FORMS.items():
            text = re.sub(rf"\b{phrase}\b", other, text)
        return text

    def _numeral(self, text: str) -> str:
        for word, other in _NUMBER_WORDS.items():
            text = re.sub(rf"(?<!\w )\b{word}\b" if word == "hundred" else rf"\b{word}\b", other, text)
        return text.replace(" %", "%")

    def _plain(self, text: str) -> str:
        return self._chance.choice((text.rstrip("."), text.replace('"', ""), text, text))


def lowered(text: str) -> str:
    """Return `text` with a small first letter, unless a name begins it."""
    first = text.split(" ", 1)[0]
    small = {"The", "A", "An", "In", "On", "It", "He", "She", "They", "This", "These", "There", "Its", "His", "Her",
             "At", "By", "During", "From", "Since", "For", "After", "Before", "If", "When", "While", "Some", "Most",
             "Many", "All", "You", "We", "Their", "As", "Between", "Until"}  # fmt: skip
    return text[0].lower() + text[1:] if first in small else text


def _placed(wh: str, answer: str) -> str:
    """Return an answer with the word that leads to it, where it has none itself."""
    has_one = re.match(
        r"(?:in|on|at|by|to|from|near|during|since|until|after|before|between|around|about)\b", answer, re.IGNORECASE
    )
    return answer if has_one or wh.lower() not in ("where", "when") else f"in {answer}"


def _past(verb: str) -> str:
    return verb + "d" if verb.endswith("e") else verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else verb + "ed"


def _sentence(text: str) -> str:
    text = re.sub(r"\s+([,.;])", r"\1", re.sub(r"\s{2,}", " ", text)).strip(" ,;")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
