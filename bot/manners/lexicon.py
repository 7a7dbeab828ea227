"""The words that small talk is told from questions by: in lower case, without accents, in four languages."""

from __future__ import annotations

import re

LAUGHTER = re.compile(r"(?:[ha]{2,}|[he]{4,}|[ja]{4,}|lo+l+|lmf?ao+|rofl|xd+|ke+k+|mdr+|ptdr|jaja\w*|haha\w*|hihi\w*)")

FILLERS = frozenset(
    # English
    """a ah aha ahh alright all amazing and anyway awesome aw aww bot brilliant btw bye cheers cool congrats correct
    dear day done dude everybody everyone exactly excellent exact fair fine folks for fun gg gj glad
    good goodbye goodnight got gotcha great guys haha hah heh hello hey hi hiya hm hmm hmmm hooray huh i'm ic idk ik
    ikr indeed interesting it
    its it's just kk k lgtm lmao lol love lovely makes man mate mhm mhmm morning much my n/a nah neat never mind nice
    night no nope np nvm o of oh ok okay okey okie oki one ooh oof oops ouch perfect please pls plz pog quoth really
    right rip rofl roger sad same see sec seen sense so sorry sounds ss sup super sure sweet sir team tbh thank thanks
    thankyou thats that's the then there this too ty tysm thx tnx u ugh understood very wait welcome well woah whoa wow
    wtf x xd y ya yay yea yeah yep yes yo you your yup yw omg bro bruh again anytime brb gtg afk cu cya later lot so
    appreciated noted makes works worked working now helpful gm gn bad maybe perhaps true
    first f 1 work phew whew yikes alr aight fr noice wp smh argh aargh helo heyo goodmornin mornin okey dokey
    okie-dokie tyvm thnaks thansk tahnks tahnk thnks thanx thnx tks sry soz wdym """
    # German
    """achso ach alles aha also bis bitte cool danke dankeschon dank das dir doch echt eben euch freut genau gern gerne
    geil gut guten gute hallo hi ja jo jep jup jaja klar klaro klasse krass mach man mal moin morgen nacht na naja ne
    nee nein nett nix okay oki passt prima richtig schade schon schonen sehr servus sicher so stimmt super tag tach top
    toll tschuss tschau und verstanden verstehe viel vielen vielmals wow wunderbar ah perfekt hab's habs gruss gott
    abend leute erledigt alle klappt hat geklappt """
    # Spanish
    """a adios bien buenas buenos buen bueno claro de dias entendido es gracias genial hola igual igualmente jaja jajaja
    listo luego mil muchas muchisimas mucho nada noches ok okey oye perfecto por que tal tardes si sip vale venga ya
    hasta amigo amigos excelente guay chao saludos todo todos """
    # French
    """accord au aurevoir beaucoup ben bien bof bon bonjour bonne bonsoir ca ciao compris coucou d'accord de dac daccord
    genial journee merci merciii mille non nickel nuit oui ouais ouaip parfait pas rien revoir salut super tout tous
    voila ok top cool soiree bcp""".split()
) - {"how", "what", "why"}

THANKS_WORDS = frozenset(
    "thank thanks thankyou ty tysm tyvm thx tnx thnx tks thanx thnaks thansk tahnks tahnk thnks cheers danke dankeschon"
    " dank gracias merci appreciated".split()
)

PASSING = frozenset(
    " ".join(phrase.split())
    for phrase in """how are you|how are you doing|how's it going|how is it going|what's up|whats up|sup|you there
    |are you there
    |are you a bot|is this a bot|who are you|really|seriously|are you serious|is that so|you ok|u ok|are you ok|you good
    |can i thank you|who cares|what a day|why not|guess what|what the hell|what the heck|what|huh|how nice|how cool
    |how sweet|what a nice bot|what a great bot|i see|i know|me too|same here|no idea|not bad|no problem|no worries
    |all good|never mind|my bad|my pleasure|good bot|bad bot|good job|well done|well played|let's go|lets go
    |have a nice day|back|have a good one|take care|see you|see you later|talk to you later|be right back|in a minute
    |will do|will try|i'll try|i will try|i'll try that|let me try|let me check|give me a sec|one sec|hold on|on my way
    |wie geht's|wie gehts|wie geht es dir|wie geht es euch|wer bist du|bist du ein bot|bist du da|na wie geht's|was geht
    |was los|echt jetzt|wirklich|im ernst|ach so|alles klar|alles gut|kein problem|keine ahnung|macht nichts|schon gut
    |guter bot|gut gemacht|bis spater|bis dann|bis morgen|ich auch|ich probier's|ich probiere es|mach ich|warte kurz
    |einen moment|weiss ich|ich weiss|warum nicht
    |como estas|que tal|que tal estas|como va|como andas|quien eres|eres un bot|estas ahi|en serio|de verdad|no se
    |ya veo|yo tambien|sin problema|no pasa nada|de nada|hasta luego|hasta manana|buen bot|buen trabajo|bien hecho
    |por que no|voy a probar|lo pruebo|un momento|lo intentare
    |ca va|comment ca va|comment vas-tu|comment allez-vous|tu es la|tu es un bot|t'es un bot|qui es-tu|c'est vrai
    |vraiment|serieux|serieusement|ah bon|je vois|je sais|je sais pas|je ne sais pas|moi aussi|pas de souci
    |pas de probleme|de rien|bon bot|bien joue|a plus|a bientot|a demain|pourquoi pas|je vais essayer|j'essaie
    |un instant|c'est bon|c'est note|ca marche|quoi de neuf""".split("|")
)
"""Whole messages that are said in passing, some of them in the form of a question."""

THANKS = re.compile(
    r"(?:(?:ok|okay|oh|ah|great|perfect|cool|nice|super|yes|vale|alles klar|genial|top|parfait|ja|wow|awesome"
    r"|haha|lol)"
    r" )*(?:many |big |huge )?(?:thank|thanks|thankyou|ty|tysm|thx|tnx|cheers|much appreciated|appreciate|danke"
    r"|dankeschon|(?:(?:vielen|tausend|besten|herzlichen|lieben) )+dank|gracias|muchas gracias|mil gracias|merci"
    r"|un grand merci|mille mercis)"
    r"(?=$| (?:so|very|a (?:lot|bunch|ton|million)|for|to|that|this|it|you|u|y'all|everyone|everybody|all|again"
    r"|anyway|mate"
    r"|man|bro|guys|folks|friend|team|bot|quoth|in advance|i|i'm|i'll|we|and|but|now|much|works|sir|dude|kindly"
    r"|appreciate"
    r"|sehr|schon|fur|dir|euch|ihnen|das|ich|jetzt|nochmal|und|an alle|por|a (?:todos|ti|tous|toi|vous)|muy|ya"
    r"|eso|y|lo"
    r"|pour|beaucoup|bien|c'est|ca|j'ai|je|d'avance|infiniment|et|mais|de (?:ton|votre|l'aide)|of|oh|haha|lol)\b)"
)

GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|yo|hallo|moin|servus|hola|buenas|buenos dias|buenas tardes|buenas noches|bonjour|salut"
    r"|coucou|bonsoir|good (?:morning|evening|afternoon|night|day)|guten (?:morgen|tag|abend)|gute nacht|gruss gott"
    r"|bonne nuit|bonne journee)\b)"
    r"(?:(?: [^ ]+)?|.* (?:i am|i'm|im|my name is|new here|nice to meet you|ich bin|ich heisse|soy|me llamo|je suis"
    r"|je m'appelle)\b.*)"
)

PRAISE = re.compile(
    r"(?:[a-z]+ )?(?:works like a charm|exactly what i|exactement ce que|genau was ich|justo lo que)\b"
    r"|(?:that's a |that is a |a )?(?:great|good|nice|excellent|amazing|lovely|gute|super|buen|bon) (?:work|job"
    r"|point|idea|question|stuff|one|arbeit"
    r"|idee|frage|trabajo|travail)(?: everyone| everybody| all| guys| team)?$"
    r"|(?:nice|pleased|great|good) to (?:meet|see|hear|know)\b|hope (?:you|that|everyone)\b"
    r"|let's (?!say\b)\w+(?: \w+){0,4}$"
    r"|(?:super )?das war's|(?:jetzt|nun) lauft es|es lauft"
    r"|(?:(?:ha)+ |lol |lmao |omg |xd |wow |oh |ok |okay |ah )*(?:(?:that|this|it|you|what a|the bot|quoth|das|du"
    r"|der bot|es|esto|eso|eres|c'est|ca|tu|t'es|le bot) )"
    r"(?:[a-z']+ ){0,3}?(?:is|are|was|'s|re|ist|bist|war|es|est|esta)? ?(?:so |really |very |pretty |just |sehr "
    r"|echt "
    r"|muy |tres |trop |vraiment )*(?:great|cool|awesome|amazing|helpful|useful|nice|good|the best|brilliant|perfect"
    r"|neat|fun|funny|love|worked|works now|helped|helps|toll|super|klasse|hilfreich|geholfen|hat geklappt|genial"
    r"|util|bueno|funciono|ayudo|pratique|utile|marche|a marche|top)\b"
)

OBJECTION = re.compile(
    r"^(?:no |nope |nah |but |well |sorry |hm |hmm |um |i think |i'm afraid |i am afraid |nein |ne |aber |hmm "
    r"|ich glaube "
    r"|no no |pero |creo que |non |mais |je crois que |je pense que )*"
    r"(?:(?:that|this|it|your answer|the answer|that answer|this answer|the quote|the bot|you)(?:'s| is| are|'re"
    r"| was)"
    r" (?:just |simply |totally |completely |all |so |plain |clearly )*(?:wrong|incorrect|not (?:right|correct"
    r"|true|it"
    r"|what i (?:asked|meant|wanted)|the (?:answer|question)|helpful|my question)|false|nonsense|outdated|rubbish"
    r"|bullshit|old|out of date|useless|unrelated)"
    r"|(?:that|this|it) (?:isn't|is not|wasn't|ain't|isnt) (?:right|correct|true|it|what i (?:asked|meant|wanted)"
    r"|the answer|helpful|my question)"
    r"|(?:that|this|it) (?:doesn't|does not|didn't|did not|doesnt|didnt) (?:answer|help)\b"
    r"|(?:doesn't|does not|didn't|not) (?:helpful|help|what i asked|what i meant|my question|the answer)\b"
    r"|you misunderstood|wrong(?: answer| bot| one)?$|incorrect$|false$|nonsense$|not true$|not correct$|not right$"
    r"|(?:das|es|die antwort|deine antwort)(?: ist| war|'s)? (?:doch |aber |leider |einfach |total |ganz "
    r"|so )*(?:falsch"
    r"|nicht (?:richtig|korrekt|wahr|die antwort|meine frage|was ich (?:meinte|wollte|gefragt habe))|unsinn|quatsch"
    r"|veraltet|verkehrt)|das stimmt (?:so |aber |leider |doch )*nicht|stimmt (?:so |aber )?nicht"
    r"|falsch(?:e antwort)?$"
    r"|das hilft (?:mir )?(?:leider )?nicht|das war nicht (?:meine frage|gefragt)|das beantwortet"
    r"|(?:eso |esto |la respuesta |tu respuesta )?(?:no )?(?:es|esta) (?:incorrect[oa]|mal\b|fals[oa]|equivocad[oa]"
    r"|erroneo|desactualizad[oa]|correct[oa]$|verdad$|lo que (?:pregunte|queria|preguntaba))"
    r"|no es (?:correcto|cierto|verdad|asi|lo que (?:pregunte|queria|preguntaba))|te equivocas|respuesta equivocada"
    r"|eso no (?:es|me ayuda|responde)"
    r"|(?:c'est|cela est|la reponse est|ta reponse est|votre reponse est) (?:faux|fausse|incorrect|incorrecte|errone"
    r"|pas (?:ca|vrai|juste|correct|bon|exact|ma question|ce que j'ai demande|la (?:bonne )?reponse)|n'importe quoi"
    r"|obsolete|depasse)|ce n'est pas (?:ca|vrai|juste|correct|bon|exact|ma question|ce que|la)|tu te trompes"
    r"|vous vous trompez|mauvaise reponse|faux$|ca (?:ne )?(?:m'aide|repond|aide) pas)"
)

ASKING = re.compile(
    r"^(?:(?:ok|okay|yes|no|thanks|danke|gracias|merci|vale|gut|cool|great) )*(?:and|und|y|et|what about|how about"
    r"|or|oder|o|ou|same|only|but|aber|pero|mais)\s+(?:for|in|on|with|without"
    r"|after|before|if|when|fur|bei|mit|ohne|im|in der|am|nach|wenn|para|con|sin|en|si|pour|avec|sans|dans|the|a)\b"
    r"|\bhow (?:to|do(?! you know)|can|does|many|much|long|often)\b"
    r"|\b(?:wie|wo|wann|warum) (?:kann|mache?|muss|komme|finde|viele?|lange|oft|geht(?!'s| es (?:dir|euch|ihnen)))\b"
    r"|\b(?:como|donde|cuando) (?:puedo|se|hago|tengo)\b"
    r"|\b(?:comment|ou|quand) (?:faire|je|est|on|dois|puis)\b"
)
"""How a question begins that goes on from the one before it, and what asks the way wherever it stands.

So do 101 of the 3,283 requests in bench/manners/asks.txt, and 3 of the 2,169 pieces of small talk in talk.txt.
"""

LED = re.compile(
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|should|may|must|will|has|have)"
    r" \S+"
)
"""How a sentence begins that asks."""

OF_OTHERS = re.compile(r"(?:they|he|she) ")
"""How a sentence begins that tells of others: 17 pieces of small talk in bench/manners/talk.txt do, and 4 requests."""

CALLS_FOR_HELP = re.compile(
    r"(?<!happy to )(?<!glad to )(?<!here to )(?<!love to )"
    r"\b(?:help|hilfe|helfen|helft|ayuda|ayudar|ayudarme|ayudame|ayudenme|aide|aider|aidez|secours|socorro|auxilio)\b"
)
"""What somebody calls for: whatever else they say, they want something."""

THANKED = re.compile(
    r"\bpour l'aide\b"
    r"|\b(?:for|fur|por|pour|de) (?:all |all of |alle |toda |toute )?(?:the|your|that|this|die|deine|eure|eure|la"
    r"|tu|su"
    r"|ta|votre|ton|l'aide|das)? ?(?:\w+ )?(?:help|hilfe|ayuda|aide|l'aide|answer|reply|explanation|info|tip|hint"
    r"|quick"
    r" answer)\b"
)
"""What somebody gives thanks for, which is no call for help."""

AMISS = re.compile(
    r"\b(?:not|no|never|none|without|\w+n't|nicht|keine?[nmrs]?|nie|ohne|nunca|sin|ne|pas|sans|aucune?"
    r"|how|where|which|when|why|who|wie|wo|welche[nmrs]?|wann|warum|como|donde|cual|cuando|comment|quand|quel|quelle)\b"
)
"""What a few words have in them that say that something is not there, or ask after it at their end."""

NO_QUESTION = re.compile(
    r"^(?:what a |how (?:nice|cool|sweet|funny|lovely|great) |was fur ein|que (?:bueno|bonito|guay|genial|pasada)\b"
    r"|quelle (?:belle|bonne)|can't (?:wait|believe)\b|cannot (?:wait|believe)\b|not gonna lie\b|who knew\b"
    r"|do you even\b.*\bbro$|you know what$"
    r"|how are you|how's it going|wie geht'?s|como estas|comment (?:ca va|vas-tu|allez-vous)"
    r"|(?:isn't|is) (?:that|this|it) (?:great|cool|nice|funny|awesome)$)"
)

_QUESTION_WORDS = (
    "how|how's|what|what's|whats|when|when's|where|where's|wheres|who|who's|whos|whom|whose|which|why|why's|can|could"
    "|may|might|must|shall|should|would|will|is|isn't|are|aren't|am|was|wasn't|were|weren't|do|don't|does|doesn't|did"
    "|didn't|has|hasn't|have|haven't|had|anyone|anybody|any|explain|tell|show|give|list|describe|define|find|compare"
    "|wie|was|wann|wo|woher|wohin|womit|wofur|wozu|woran|worauf|wodurch|wer|wen|wem|wessen|welche|welcher|welches"
    "|welchen|welchem|warum|wieso|weshalb|kann|kannst|konnen|konnt|konnte|konntet|darf|durfen|muss|mussen|soll|sollte"
    "|sollen|ist|sind|gibt|hat|haben|habt|wird|werden|geht|braucht|weiss|wieviel|erklare|zeig|nenne|sag"
    "|como|que|cual|cuales|cuando|cuanto|cuanta|cuantos|cuantas|donde|adonde|quien|quienes|porque|puedo|puede|pueden"
    "|podemos|podria|podrian|puedes|hay|existe|tengo que|debo|hace falta|explica|dime|muestra|necesito|esta permitido"
    "|comment|combien|quand|ou|qui|quoi|quel|quelle|quels|quelles|pourquoi|est-ce|est-il|est-elle|y|peut|peut-on"
    "|puis-je|peux|peux-tu|pouvez|pouvez-vous|pourrait|faut|faut-il|dois|dois-je|doit|a-t-il|a-t-on|existe-t-il"
    "|explique|montre|dis|qu'est-ce|qu'est|qu'en|ai-je|avez-vous|as-tu|sont"
)
_OPENERS = (
    r"(?:(?:ok|okay|and|but|so|also|then|now|hi|hello|hey|please|pls|um|hm|hmm|well|btw|by the way|thanks"
    r"|thank you|thx"
    r"|ty|great|cool|perfect|all right|alright|yes|yeah|no|one more thing|another question|quick question|question"
    r"|sorry|und|aber|also|dann|bitte|hallo|danke|ach|ja|noch eine frage|kurze frage|frage|y|pero|entonces|hola"
    r"|gracias"
    r"|vale|por favor|una pregunta|pregunta|et|mais|alors|donc|bonjour|salut|merci|svp|s'il vous plait|une question"
    r"|guys|everyone|everybody|all|there|zusammen|leute|a todos|a tous|tout le monde|for the|oh|quoth|bot) )*"
)
_OPENS = re.compile(rf"{_OPENERS}(?:{_QUESTION_WORDS})\b")
_CALLS = re.compile(
    r"\b(?:how (?:to|do|does|can|many|much|long|often|come)|what (?:is|are|does|if|about|happens)|how about"
    r"|where (?:is"
    r"|are|do|can)|why (?:is|are|do|does|can't|won't)|can (?:i|we|you|someone|anyone)|could (?:i|we|you|someone"
    r"|anyone)"
    r"|should i|do i|does (?:it|anyone|somebody)|is (?:there|it possible)|are there|tell me|show me|explain|help"
    r"|wonder"
    r"|wondering|looking for|need|needs|want to|wants to|would like|i'd like|trying|tried|try to|stuck|issue|problem"
    r"|problems|trouble|error|errors|bug|fails?|failed|failing|broken|crash\w*|can't|cannot|cant|couldn't|unable"
    r"|won't|wont|doesn't|doesnt|don't (?:know|understand|see|get|have)|dont (?:know|understand|see|get|have)|didn't"
    r"|isn't|not (?:working|able|sure|showing|found|connecting|starting|clear|\w+ing)|no longer|keeps|missing|confused"
    r"|stays?|black|blank|confus\w*|banned|muted|kicked|hacked|stole|stolen|removed|deleted|gone|blink\w*|frozen"
    r"|freez\w*|lag\w*"
    r"|slow\w*|closes|disappear\w*|vanish\w*|dead|corrupt\w*|expired|blocked|locked|spam\w*|disconnect\w*|wrongly"
    r"|but the"
    r"|impersonat\w*|harass\w*|bull(?:y|ies|ied|ying)|threaten\w*|scam\w*|insult\w*|belastigt|beleidigt|bedroht"
    r"|acosa\w*|amenaza\w*|estafa\w*|insulta\w*|harcel\w*|menac\w*|arnaqu\w*"
    r"|schwarz|blinkt|hangt|hangen|langsam|gesperrt|gebannt|gestohlen|verschwunden|sturzt|kaputt|leer"
    r"|negra|negro|cierra|cuelga|lent[oa]|robad[oa]|banead[oa]|bloquead[oa]|desaparec\w*|rot[oa]"
    r"|noir|plante|lent|gele|bloque\w*|vole|banni|casse|disparu"
    r"|question|what now|now what|does not|do not|did not|is not|are not|was not|will not|would be (?:nice|great"
    r"|good|cool)"
    r"|i want|we want|not work\w*|what's the|refuses|denied|stopped|lost my|forgot"
    r"|hilfe|hilf|brauche|braucht|suche|mochte|wurde gern\w*|will (?:wissen|ich|ein)|versuche|problem\w*|fehler\w*"
    r"|geht nicht|funktioniert|klappt nicht|kann (?:ich|man|nicht|mir)|kann\b.*\bnicht|weiss nicht|verstehe nicht"
    r"|frage|fragen|wie (?:ich|man|viel\w*|lange|oft)|was (?:ist|passiert)|wo (?:ich|man|ist)|ob (?:ich|man|es)"
    r"|ayuda|ayudarme|necesito|busco|quiero|quisiera|me gustaria|intento|intentando|problema\w*|no (?:funciona|puedo"
    r"|me deja|entiendo|se como|encuentro|arranca|carga)|como (?:puedo|se|hago|hacer)|que (?:es|pasa|significa)"
    r"|donde (?:esta|puedo)|si (?:puedo|se puede)|pregunta"
    r"|aide|aider|besoin|cherche|voudrais|veux|aimerais|essaie de|essaye|probleme\w*|erreur\w*|ne (?:marche"
    r"|fonctionne|peux|comprends|trouve|sais)|n'arrive|arrive pas|marche pas|comment (?:je|on|faire)|ce que c'est"
    r"|si (?:je|on) peu\w*|question)\b"
)

FOLLOW_UP = re.compile(
    r"(?:no |yes |sorry |well |but |nein |ja |no |si |non |oui )*(?:i (?:mean|meant|am on|use|have|run|asked"
    r"|was asking)"
    r"|i'm (?:on|using|running|asking)|i've got|we (?:use|have|run)|it (?:says|shows|gives)|my \w+ (?:says|shows"
    r"|is a)"
    r"|ich (?:meine|meinte|habe|nutze|benutze|verwende)|quiero decir|me refiero|yo uso|uso|tengo|je (?:veux|parle"
    r"|suis"
    r" sur|utilise)|j'ai un|j'utilise)\b"
)


_ASKED_LAST = re.compile(r"\b\w+ (?:for what|what|where|when|which|who|whom|how|why)$")


def asks(plain: str) -> bool:
    """Tell whether words are a question or a call for help without a question mark."""
    return bool(_OPENS.match(plain) or calls(plain) or ASKING.search(plain) or _ASKED_LAST.search(plain))


def calls(plain: str) -> bool:
    """Tell whether words tell of a need or of something that is wrong."""
    return bool(_CALLS.search(plain))
