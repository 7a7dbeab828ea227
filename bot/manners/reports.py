"""What people tell of something that is not as it should be, without asking: in words without accents."""

from __future__ import annotations

import re

from bot.manners.phrases import any_of, lines

_THING = (
    r"(?:accounts?|address|apps?|argument|backup|bot|build|certificate|clave|cle|client|code|codigo|commande?|compte|config"
    r"|conexion|connection|connexion|contrasena|correo|credentials|cuenta|datei|demande|download|e-?mail|enlace|export"
    r"|file|format|game|import|input|install\w*|jeton|key|kontos?|launcher|lien|licen[cs]e|link|loading|login|lizenz"
    r"|mot de passe|pa(?:ge|iement|go|ssword|sswort)|perfil|plugin|profile?s?|re(?:quest|ply)|schlussel|screen|server"
    r"|session|setup|site|sync|tarjeta|token|update|upload|url|zugang)"
)
"""What works or does not, and is no person."""

_TROUBLE = re.compile(
    r"\b(?:isnt|arent|wasnt|werent|hasnt|havent|couldnt|wouldnt|shouldnt"
    r"|nothing (?:happens|happened|works|loads|loaded|shows|appears|changes|changed|comes)"
    r"|gr[ea]yed out|time[sd]? ?outs?|timing out|out of sync|segfault\w*|exit(?:s|ed)?(?: with)? code"
    r"|flicker\w*|stutter\w*|unresponsive|unreachable|restarts itself|washed out"
    r"|redirects (?:me|us)|(?:i|we) (?:\w+ )?(?:get|got|am|are|getting) redirected"
    r"|(?:stop|hang|die|abort|quit|fail|break|cut)(?:s|ped|ed)? (?:off )?halfway"
    r"|(?:load|spin|hang|buffer|connect|sync|upload|download|install|updat|process)\w* (?:takes )?forever|hangs? at \d+"
    r"|charged twice|paid twice|broke (?:everything|all|it|my|the)|unknown command|command unknown|used up|half of my"
    r"|startet nicht|reagiert nicht|nichts passiert|passiert nichts|tut sich nichts|abgelaufen|ungultig|abgelehnt"
    r"|bricht (?:\w+ ){1,4}ab|no pasa nada cuando|no (?:responde|aparece|sale)|caducad[oa]|rechazad[oa]"
    r"|rien ne se passe|ne (?:repond|s'affiche|demarre)|expiree?)\b"
    rf"|\b(?:invalid|invalide|refused) {_THING}\b"
    rf"|\b{_THING} (?:\w+ ){{0,2}}(?:invalid[aeo]?|refused|refusee?|suspend(?:ed|ido|ida|ue?|iert)|redirects|hangs?)\b"
    r"|^(?:(?:it|this|app|bot|server|client|page|site|console|screen|log|logs|launcher|game|apt|brew|npm|pip|docker|git)"
    r" )?(?:just |only |still |now |always )*says \S"
    r"|\b(?:gets?|getting|gives?|throws?|returns?|shows?) (?:an? |the |only )?(?:http |code )?[45]\d\d\b"
)
"""Words that hardly anybody says of anything else."""

_MAY_BE = any_of(
    lines(
        """
* (and|then|but) (now|it|nothing|nobody|everything|still|the old one|the same) *
* (takes ages|everytime|instead|nothing) *
* (every time|each time|back to|used to|too old|too small|too big|too long|too close|too slow) *
[now] (i|we) [only|just|always|still] (get|see) (a|an|the|only|no|nothing|this|some|two) *
(i|we) (only|always|still) (have|use|run) *
(my|our|the) * (is|are|says|shows|looks|goes|asks|has|have|uses|opens|replies|leads|moved) *
it [just|only|still|always] (says|shows|asks|opens|closes|stops|loads|wants|gives|uses|thinks) *
it should (start|stop|open|show|load|run|work|send|save|connect|update|say) *
* (und jetzt|und nun|und nichts|nur noch|jedes mal|nichts|immer noch) *
(ich|wir) (sehe|bekomme|kriege|sehen|bekommen) (nur|immer|bloss|kein|keine|keinen|nichts) *
* (y ahora|y no|cada vez|nada|sigue) *
(me|nos) (sale|aparece|pide|dice) *
* (et maintenant|chaque fois|rien|toujours pas) *
je (n'ai|ne vois|ne recois|vois toujours|recois toujours) WORD *
je (vois|recois) (un|une|des|seulement|juste) *
"""
    )
)
"""What may be told of what goes wrong, and of a day as well."""


_AT_HOME = re.compile(
    r"\b(?:mom|mum|mother|dad|father|parents|sister|brother|grand(?:ma|pa|mother|father)|aunt|uncle|wife|husband"
    r"|girlfriend|boyfriend|kids?|(?:my|our) son|daughter|cats?|dogs?|hungry|tired|pizzas?|weather"
    r"|mutter|vater|mama|papa|oma|opa|schwester|bruder|frau|mann|hund|katze|kinder|mude|wetter"
    r"|madre|padre|mami|hermana|hermano|abuel[oa]|primo|prima|novi[oa]|hij[oa]|gat[oa]|perr[oa]"
    r"|(?:m[ao]n?|notre) (?:mere|pere|maman|soeur|frere|chat|chien|copain|copine|mari|fils|fille))\b"
)
"""Whom and what people tell of at home."""


def tells_of_trouble(plain: str) -> bool:
    """Tell whether words tell of something that does not do what it should."""
    return bool(_TROUBLE.search(plain))


def may_tell_of_trouble(plain: str) -> bool:
    """Tell whether they may."""
    return bool(_MAY_BE.fullmatch(f"{plain} ")) and not _AT_HOME.search(plain)
