"""What people tell of something that is not as it should be, without asking: in words without accents."""

from __future__ import annotations

import re

from bot.manners.phrases import any_of, lines

_TROUBLE = re.compile(
    r"\b(?:isnt|arent|wasnt|werent|hasnt|havent|couldnt|wouldnt|shouldnt"
    r"|nothing (?:happens|happened|works|loads|loaded|shows|appears|changes|changed|comes)"
    r"|gr[ea]yed out|time[sd]? ?outs?|timing out|invalid|refused|out of sync|segfault\w*|exit(?:s|ed)?(?: with)? code"
    r"|flicker\w*|stutter\w*|redirect\w*|unresponsive|unreachable|restarts itself|washed out|halfway|forever"
    r"|charged twice|paid twice|broke (?:everything|all|it|my|the)|unknown command|command unknown|used up|half of my"
    r"|startet nicht|reagiert nicht|nichts passiert|passiert nichts|tut sich nichts|abgelaufen|ungultig|abgelehnt"
    r"|no pasa nada cuando|no (?:responde|aparece|sale)|caducad[oa]|invalid[oa]|rechazad[oa]"
    r"|rien ne se passe|ne (?:repond|s'affiche|demarre)|expiree?|invalide|refusee?)\b"
    r"|^(?:(?:it|this|app|bot|server|client|page|site|console|screen|log|logs|launcher|game|apt|brew|npm|pip|docker|git)"
    r" )?(?:just |only |still |now |always )*says \S"
    r"|\b(?:gets?|getting|gives?|throws?|returns?|shows?) (?:an? |the |only )?(?:http |code )?[45]\d\d\b"
)
"""Words that hardly anybody says of anything else."""

_MAY_BE = any_of(
    lines(
        """
* (and|then|but) (now|it|nothing|nobody|everything|still|the old one|the same) *
* (only|twice|takes ages|everytime|instead|nothing|nobody|still) *
* (every time|each time|back to|used to|too old|too small|too big|too long|too close|too slow) *
[now] (i|we) [only|just|always|still] (get|see) (a|an|the|only|no|nothing|this|some|two) *
(i|we) (was|were|set|get) WORD WORD *
(i|we) (only|always|still) (have|use|run) *
(my|our|the) * (is|are|says|shows|looks|goes|asks|has|have|uses|opens|replies|leads|moved) *
it [just|only|still|always] (says|shows|asks|takes|opens|closes|stops|should|goes|loads|needs|wants|gives|uses|thinks) *
* (und jetzt|und nun|und nichts|nur noch|jedes mal|zweimal|nichts|immer noch) *
(ich|wir) (sehe|bekomme|kriege|sehen|bekommen) [nur|immer] WORD WORD *
* (y ahora|y no|cada vez|dos veces|nada|todavia|sigue) *
(me|nos) (sale|aparece|pide|dice) *
* (et maintenant|chaque fois|deux fois|rien|toujours) *
je (vois|recois|n'ai) WORD *
"""
    )
)
"""What may be told of what goes wrong, and of a day as well."""


def tells_of_trouble(plain: str) -> bool:
    """Tell whether words tell of something that does not do what it should."""
    return bool(_TROUBLE.search(plain))


def may_tell_of_trouble(plain: str) -> bool:
    """Tell whether they may."""
    return bool(_MAY_BE.fullmatch(f"{plain} "))
