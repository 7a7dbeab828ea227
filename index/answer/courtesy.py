"""What people say around a question in English, German, French and Spanish: greetings, thanks, and lead-ins."""

from __future__ import annotations

import re

_WHO = r"(?:\s+(?:all|everyone|everybody|guys|folks|there|team|people|y'?all|friends|devs?))*"

GREETING = re.compile(
    rf"\s*(?:(?:hi|hiya|hey|heya|hello|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|dear){_WHO}"
    r"|(?:hallo|hi|moin|servus|guten (?:morgen|tag|abend)|bonjour|bonsoir|salut|hola|buen[ao]s)"
    r"(?: tardes| noches| d[ií]as)?(?: (?:zusammen|leute|ihr lieben|à tous|tout le monde|a todos))?)"
    r"\s*[,.!\-:–—]+\s*",
    re.IGNORECASE,
)
"""How a message begins."""

COURTESY = re.compile(
    rf"(?>(?:(?:hiya|hi|heya|hey|hello|greetings|good (?:morning|afternoon|evening|day)){_WHO}"
    r"|(?:so|very) much|ok(?:ay)?|so|well|sorry|and|many|big|a lot|in advance"
    r"|(?:quick|dumb) question|(?:noob|newbie) here|i have a (?:quick |small |stupid |dumb )?question"
    r"|thanks?(?: you)?|thx|tysm|ty|tia|cheers|for (?:the|your|any) (?:help|time|reply)|(?:kind |best )?regards"
    r"|any (?:help|ideas?|advice|hints?)(?: (?:is|would be|are))?(?: (?:much|greatly))?(?: (?:appreciated|welcome))?"
    r"|(?:i hope|(?:i['\u2019]?m |i am )?not sure if) (?:this|it) is the right (?:place|channel)(?: to ask)?"
    r"|(?:sorry|apologies) (?:if|for) [^\n,.:;!?]{1,60}"
    r"|(?:can|could) (?:anyone|someone|somebody|anybody) (?:please |pls )?help|help(?: me)?(?: out)?|please|pls"
    r"|(?:vielen )?dank(?:e(?:schön)?)?|im voraus|bitte|(?:viele |liebe )?grüße|lg|mfg"
    r"|merci|d['\u2019]avance|beaucoup|svp|s['\u2019]il (?:vous|te) pla[iî]t|cordialement"
    r"|(?:muchas )?gracias|de antemano|por favor|saludos"
    r")\b[\s,!.:;)(-]*)++\??",
    re.IGNORECASE,
)
"""A sentence of nothing else. Nothing is tried twice (atomic groups): a message of a thousand pleas takes no time."""

OPENING = re.compile(
    r"\s*(?:(?:just |real(?:ly)? |a |an |one |another |maybe |probably |possibly |sorry,? )*"
    r"(?:quick|dumb|stupid|silly|noob(?:ie)?|newbie|newb|beginner(?:['\u2019]s)?|random|simple|basic|small|short|weird)"
    r"(?: (?:quick|little))? (?:question|q|one|thing)|question(?: for (?:you|everyone|the (?:devs|experts)))?"
    r"|(?:total |complete )?(?:noob|newbie|beginner|new (?:guy|user|member)) here"
    r"|(?:i['\u2019]?m |i am )?not sure if (?:this|it) is the right (?:place|channel)(?: to ask| for this)?"
    r"|(?:sorry|apologies)(?: (?:if|for|to) [^\n,.:;!?]{1,60})?"
    r"|(?:ich habe? )?(?:nur |mal )?(?:ne |eine? )?(?:kurze |dumme |schnelle )?frage|(?:petite |une )?question"
    r"|(?:una )?(?:pregunta|duda)(?: rápida)?)"
    r"(?:\s*(?:[,:;\u2013\u2014-]|\.\.+)+\s*|\s+(?=but\b))(?:but\s+)?(?=\w+\W+\w+\W+\w)",
    re.IGNORECASE,
)
"""What somebody says of a question before they ask it, in the same sentence: three words at least are left."""

_ANYONE = r"(?:any ?(?:one|body)|some ?(?:one|body)|(?:any|one) of you|you guys|y'?all|you|u)(?: here)?"
_PLEASE = r"(?: (?:please|pls|plz|maybe|kindly|just))?"
_AM = r"(?:i(?:['\u2019]?m| am| was)|we(?:['\u2019]?re| are| were))?"
_WANT = r"(?:i(?:['\u2019]?d| would)?|we)(?: just)? (?:like|want|need|love|wanted) to|i(?: just)? wanna"
ASKING = re.compile(
    r"\s*(?:(?:yo|so|ok(?:ay)?|well|and|but|hey|hi|also|(?:quick )?question)\b[\s,:]*)*+"
    rf"(?:(?:do|does|did|would) {_ANYONE}(?: happen to)? (?:know|remember|have (?:an|any) ideas?)|anyone knows?"
    rf"|(?:can|could|would|will) {_ANYONE}{_PLEASE} (?:tell|explain to|remind|let|help) (?:me|us)(?: know| understand)?"
    r"|(?:please |pls )?tell (?:me|us)|(?:my|the) (?:\w+ )?question is"
    rf"|(?:what )?(?:{_WANT}) (?:know|ask)(?: is)?|{_AM}(?: just)? ?(?:wondering|curious)|i(?: just)? wonder(?:ed)?"
    r"|idk|(?:i have )?no (?:idea|clue)|any ideas?"
    r"|wei(?:ß|ss) (?:hier )?(?:jemand|einer|wer)(?: von euch)?|meine frage (?:ist|lautet)"
    r"|kann mir (?:bitte )?(?:jemand|einer|wer) (?:bitte )?sagen"
    r"|(?:est-ce que )?quelqu['\u2019]un (?:sait|saurait|peut me dire|pourrait me dire)"
    r"|(?:je voudrais|j['\u2019]aimerais) savoir|ma question est|¿?alguien (?:sabe|(?:me )?puede decir(?:me)?)"
    r"|(?:quisiera|me gustaría) saber|mi pregunta es)"
    rf"{_PLEASE}(?: about)?(?:[\s,:]+(?:if|whether|that)\b)?[\s,:.-]+(?=\w+\W+\w+\W+\w)",
    re.IGNORECASE,
)
"""How a question is led up to: three words at least are left."""

TAIL = re.compile(
    r"(?<=\w)[\s,]+(?:please|pls|plz|thanks|thx|ty|tia|lol|lmao|anyone|guys)(?=\s*[?!.]*\s*$)", re.IGNORECASE
)
"""How a sentence ends."""
