"""What people say to whoever is there, and not to the bot, in English, German, Spanish and French: a phrase a line.

`bot/manners/phrases.py` says how they are written. Put to the bot they are questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from bot.manners.phrases import any_of, lines
from bot.manners.wording import words_of

ASKED = """
anyone [else] [here|online|around|awake|there|up|alive|in here] [right now|atm|rn]
(is|are) (anyone|anybody|someone|somebody) [else] (here|online|around|awake|there|up|alive) [in here|right now|atm|rn]
(any|are there any) (update|updates|news|progress|luck|ideas|takers) [on|about] [this|that|it|here] [yet|so far]
any (update|updates|news|progress|word) (from|by) (the|any) (dev|devs|mod|mods|team|staff|admin|admins)
(did|has) (it|that|this) (work|worked|help|helped) [out|already] [for you] [in the end]
(did|have) (you|u) [already|even|ever] (try|tried) (turning|restarting|rebooting|reinstalling|updating|that|it|this) *
(what|which) (version|os|browser|device|system|distro) (are you|r u|are u|do you) [on|using|running|use|have]
(can|could) (you|u) [please|maybe] (send|post|share|paste) [us|me] (a screenshot|your logs|your log|your config)
[please] (send|post|share|paste) [us|me] (a screenshot|logs|a log|your logs|your log|your config)
(what|wdym|say what|come again) [do you mean] [by that|with that]
(lol|wait|hold up|excuse me) (what|wut|why|how)
(anyone|anybody|who|who's) (wanna|wants to|want to|up for|down for|down to) (play|a game|a round|a match|hang out|vc) *
(are you|r u|you|u) [really|so|100%] sure [about that|about this]
[is] (jemand|einer|wer) [noch|sonst] (da|hier|online|wach) [noch]
(noch jemand|sonst jemand|noch wer|sonst noch jemand)
(gibt es|gibt's) (schon) (was neues|neuigkeiten|news)
[schon] (was neues|neuigkeiten)
(hay alguien|alguien) [mas] [aqui|por aqui|despierto|conectado|ahi]
(hay|alguna|algun) (novedad|novedades|noticia|noticias|avance) [de|sobre] [esto|eso]
(y a quelqu'un|il y a quelqu'un|quelqu'un|personne) [d'autre] [ici|la|dispo|en ligne]
(des|du) (nouvelles|nouveau|news)
"""
"""Questions to whoever is there, about nothing that a document could say."""

WAITING = """
bump [bump] [again|up|please]
[i'm|im|we're|were] [still] waiting [for a reply|for an answer|on this|for this|here|patiently]
still nothing
no (fix|solution|answer|reply) yet
[i have|i'm having|im having|having|we have|got|i got] [the] [exact|exactly] same (issue|problem|error|bug|question)
[the] same [exact] (issue|problem|error|bug|thing) [as you|as above|as him|as her|as op] [here|too|as well|for me]
same (issue|problem|error|bug|thing|question) here no (fix|solution|answer|luck) [yet|so far]
(i have|i'm having|im having|having|we have|got|i got) [the] [exact] same (issue|problem|error|bug) as (you|above|op)
[this|that|it] [is|was] [also] (happens|happening|happened) (to|for) (me|us) [too|as well|also]
[this|that|it] [is] also (happens|happening|happened) (to|for) (me|us)
[it|that|this] (doesn't|doesnt|does not|didn't|didnt|did not) work for me either
(me|us) (2|three|neither|as well)
(gleiches|dasselbe|selbes|das gleiche|gleiche) (problem|hier|bei mir) [hier|auch]
(mismo|el mismo) (problema|error) [aqui|tambien]
(meme|le meme) (probleme|souci|erreur) [ici|aussi|pour moi]
"""
"""What is said to have somebody look again, or to join in: it names nothing."""

OF_BOT = """
(are|r) (you|u) [a|an|really] (alive|real|human|awake|single|sentient|conscious|bot|robot)
(are|r) (you|u) [a|an|really] (person|ai|machine|kidding|kidding me|joking|drunk|stupid|dumb)
do (you|u) (like|love|hate|sleep|dream|eat|feel|drink|miss) [WORD] [WORD]
do (you|u) [even] have (feelings|a soul|friends|a girlfriend|a boyfriend)
who (made|created|built|programmed) (you|u)
how old are (you|u)
how [do] (you|u) know [so much|everything|all of this|all this|that]
(what's|whats|what is) your (name|favorite WORD|favourite WORD)
where (do you live|are you from)
how (are|r) (you|u) [doing|feeling]
[can|could] [you|u] (tell|give|sing) (me|us) a (joke|story|secret|kiss|hug|song)
will you marry me
bist du [ein|eine] (echt|mensch|roboter|lebendig|maschine|ki|echter mensch)
(wie alt bist du|wie heisst du|wer hat dich gemacht|wer hat dich programmiert|woher weisst du das)
(wie geht's|wie gehts|wie geht es) (dir|euch|ihnen)
eres [un|una] (humano|real|robot|persona|maquina|ia|persona real|persona de verdad)
(cuantos anos tienes|como te llamas|quien te creo|quien te hizo)
(tu es|es-tu) [un|une] (humain|robot|machine|ia|vrai|vraie personne)
(quel age as-tu|comment tu t'appelles|comment t'appelles-tu|qui t'a cree|qui t'a fait)
"""
"""Questions to the bot about itself."""

INTERJECTIONS = frozenset(
    """
aber ach achso ah ahh ahhh alright also and anyway aww bah ben bon bro bruh bueno but cool damn desole doch dude
eh en et gosh great guys ha haha hahaha heh hey hm hmm hmmm huh ja jaja jajaja jo lmao lmfao lol man mate mdr na
nah naja nee nein nevermind nice no nope nvm of oh ohh oje ok okay omg oof oops ouch oui pff phew pues right
rofl si so sorry sure then uf ugh und update vale voila wait well welp whoa wow xd y yay yea yeah yep yes yikes
yup""".split()
)
"""What may go before a clause."""

CLOSERS = """
again all alle amigo amigos anyway auch aussi bot bro btw doch dude everybody everyone folks friend friends guys
haha hahaha here heute hoy indeed jetzt leute lmao lol maintenant man mate mdr now please pls plz quoth rofl sir tbh
team then there though today todos together tomorrow tonight too tous xd zusammen
"""
"""What may go after one."""

_AFTER = frozenset(CLOSERS.split())
_ASKED, _WAITING = any_of(lines(ASKED)), any_of(lines(WAITING))
_OF_BOT = any_of(lines(OF_BOT))
_BETWEEN = re.compile(r"[.,;:!?\u2026\n()\"]+|\s[-\u2013\u2014]+\s")

_MOST_CLAUSES = 16
"""Nobody says more in passing, at once."""

_LONGEST, _MOST_AROUND = 25, 4
"""Words of a clause, and of those before and after a phrase in it: nobody says as many in passing without a pause."""


def is_among_people(text: str, is_passing: Callable[[list[str]], bool]) -> bool:
    """Tell whether every clause is asked of people about nothing that a document says, or waits, or `is_passing`."""
    clauses = [words for clause in _BETWEEN.split(text) if (words := words_of(clause))]
    return len(clauses) <= _MOST_CLAUSES and all(is_passing(words) or _is_said(words) for words in clauses)


def is_of_bot(words: list[str]) -> bool:
    """Tell whether a clause asks the bot about itself, in a phrase that is known."""
    return _is_one(words, _OF_BOT)


def _is_said(words: list[str]) -> bool:
    return _is_one(words, _ASKED) or _is_one(words, _WAITING)


def _is_one(words: list[str], phrases: re.Pattern[str]) -> bool:
    """Tell whether a clause is a phrase, with any of the words before and after it that may go there."""
    before = min(sum(1 for _ in takewhile(INTERJECTIONS.__contains__, words)), _MOST_AROUND)
    after = min(sum(1 for _ in takewhile(_AFTER.__contains__, reversed(words))), _MOST_AROUND)
    return len(words) <= _LONGEST and any(
        phrases.fullmatch(" ".join([*words[first:last], ""]))
        for first in range(before + 1)
        for last in range(len(words), max(len(words) - after, first) - 1, -1)
    )
