"""What people say who are not content with the bot, or with an answer of its; `bot/manners/phrases.py` has the form."""

from __future__ import annotations

from itertools import dropwhile

from bot.manners.lexicon import OBJECTION
from bot.manners.phrases import any_of, lines

REPROACHING = """
[what a|such a|you] (stupid|dumb|useless|terrible|garbage|awful|horrible|bad|trash|crap|shitty) (bot|answer|reply)
[the|what the] worst (bot|answer) [ever]
(this|the|that|your) (bot|answer|reply) [really|just|always] (sucks|lies)
(this|the|that|your) (bot|answer|reply) is [so|really|just|completely|totally] (useless|dumb|stupid|trash|garbage)
(this|the|that|your) (bot|answer|reply) is [so|really|just|completely|totally] (terrible|broken|worthless|a joke|bad)
(you're|you are|ur|u are|you) [so|really|just|completely|totally] (suck|useless|dumb|stupid|trash|an idiot|wrong)
(shut up|thanks for nothing|not helpful) *
i hate (you|this bot|the bot)
[so ein|du] (dummer|bloder|doofer|nutzloser|schlechter|mieser) bot
(der|dieser) bot ist [so|echt|total|vollig] (nutzlos|dumm|blod|doof|schlecht|kaputt)
(schlechte|bescheuerte|nutzlose) antwort
[este|el|que] bot [es] [muy|tan] (tonto|inutil|malo|estupido)
(mala respuesta|eres inutil|no sirves)
[ce|le|quel] bot [est] [tres|vraiment] (nul|inutile|bete|stupide)
(reponse nulle|tu es nul|tu sers a rien)
"""

OFF_THE_MARK = """
not (quite|really|exactly|even close|that|that one|this|this one|it|relevant|related)
[that's|this is|it's|that is] [the] (wrong|outdated|old|incorrect|other) (page|version|link|section|one|document|file)
[that's|this is|it's|that is] [the] (wrong|other|different) (game|product|channel|quote|thing|answer|info|topic)
(the|that|this|your|both|these) (link|links|page|pages|url|section) (is|are|was|seems|looks) [WORD] (dead|broken)
(the|that|this|your) (link|page|url|section|quote|answer|info|document) (is|seems|looks) [WORD] (gone|old|outdated)
(the|that|this|your) (link|page|url|section|quote|answer|info|document) (is|was) [WORD] (deleted|removed|irrelevant|404)
(that|this|it|that's|this is|it's) [is|was] [just] (from|for|about) (the|an|a) (old|older|other|previous|wrong) WORD
(that|this|it|that's|this is|it's) [is|was] [just] (from|for|about) (another|a different|some other) WORD
[that's|that is|it is|it's] no longer (true|correct|valid|the case)
[this|that|it] [still|just|also] (doesn't|doesnt|does not|didn't|didnt|did not|won't|wont) (work|help) [for me] [at all]
[i] [already] tried (that|this|it) [already] [and|but] [it|that] [still] (didn't|didnt|doesn't|doesnt) (work|help)
(no luck|still nothing|still broken|still the same|still same|same result|same issue|same problem|same error)
nicht (ganz|wirklich|das|genau)
[das ist] [die] falsche (seite|version|stelle|antwort)
(der|dieser) link (ist tot|geht nicht|ist kaputt)
das ist (von|aus|fur) der alten version
[das|es|hat] (geht|klappt|funktioniert|hilft|geholfen) [bei mir] [leider|immer noch|trotzdem] nicht
no (exactamente|del todo|es eso)
[es la] (pagina|version) equivocada
(el|ese|este) enlace (esta roto|no funciona)
es de (la|una) version (vieja|anterior|antigua)
[eso|esto] [sigue|todavia] (sin funcionar|no funciona|no me funciona|no me sirve)
pas (tout a fait|vraiment|exactement|ca)
[c'est la] mauvaise (page|version)
(le|ce) lien (est mort|ne marche pas|est casse)
c'est (pour|de) l'ancienne version
ca [ne] (marche|fonctionne) [toujours] pas
"""
"""What says of an answer that it is not the one; of nothing else, so only in reply to one."""

_OPENING = frozenset("ah aber but hm hmm mais nah ne nein no non nope oh pero sorry uh um well".split())  # noqa: SIM905
_REPROACHING = any_of(lines(REPROACHING))
_OFF_THE_MARK = any_of(lines(OFF_THE_MARK))


def objects(plain: str, *, answers_bot: bool) -> bool:
    """Tell whether words, without accents, say that something is wrong; `answers_bot`: in reply to an answer."""
    words = plain.split()
    said = [" ".join([*some, ""]) for some in (words, dropwhile(_OPENING.__contains__, words))]
    if OBJECTION.search(plain) or any(map(_REPROACHING.fullmatch, said)):
        return True
    return answers_bot and any(map(_OFF_THE_MARK.fullmatch, said))
