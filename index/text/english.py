"""English word lists: stop words, and words that show which type of answer a question asks for."""

from __future__ import annotations

import re

STOP_WORDS = frozenset(
    """
    a about after again against all also am an and any are as at be because been before being between both but by can
    could d did do does done down during each few for from had has have having he her here him his how i if in into is
    it its just ll many may me might more most much must my no nor not of off on once only or other our out over own re
    s same shall she should so some such t than that the their them then there these they this those through to too
    under up us ve very was we were what when where which while who whom whose why will with would you your
    ain aren couldn didn doesn don hadn hasn haven isn m mustn needn shouldn wasn weren wouldn
    """.split()
)

DATE_WORDS = frozenset(
    """
    january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday century centuries decade decades
    """.split()
)

NUMBER_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half
    third quarter twice once several couple
    """.split()
)

YEAR = re.compile(r"(1\d{3}|20\d\d)s?$")

ASKS_FOR_DATE = re.compile(r"\b(when|(what|which) (year|date|day|month|century|decade))\b", re.IGNORECASE)

ASKS_FOR_NUMBER = re.compile(
    r"\bhow (many|much|long|far|old|tall|big|large|high|often|fast|deep|wide|heavy)\b"
    r"|\bwhat (percent|percentage|number|proportion|amount|fraction)\b",
    re.IGNORECASE,
)

ASKS_FOR_NAME = re.compile(
    r"\b(who|whom|whose|where)\b|\b(what|which) (city|country|state|place|town|region|area|location)\b", re.IGNORECASE
)
