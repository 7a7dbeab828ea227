"""What people say in passing, in English, German, Spanish and French: a phrase a line, each a whole clause.

`bot/manners/phrases.py` says how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile

from bot.manners.lexicon import calls
from bot.manners.phrases import OPEN, any_of, lines

AGREEING = """
[i|i'd] [really|much|highly] (appreciate|appreciated) [it|that|this|you|you all]
[i] [totally|completely|fully] (agree|agreed) [with you|with that|with this]
[i] (couldn't|couldnt) agree more
true [that]
(fact|facts|same|based|bet|deal|word|mood)
(preach|this|fr|absolutely|definitely|exactly|obviously|certainly|of course)
[that's|thats|a] (fair|good|great|nice|valid) (enough|point|call|question|idea)
sure [thing]
you bet
sounds (good|great|fair|fun|like a plan)
[that|it|this] makes [a lot of|total|perfect|much|more|so much] sense [to me]
i (see|know|guess|think so|suppose|agree|understand|see what you did there)
(works|fine) (for|by|with) me
(same|big) (energy|mood)
(no cap|big if true|say less|for sure|for real|skill issue)
(genau|eben|klar|stimmt|einverstanden|meinetwegen|von mir aus|logisch)
(seh|sehe|finde|find|denke|denk) ich (auch|genauso) [so]
das (stimmt|glaube ich auch|macht sinn|ergibt sinn)
(claro|exacto|tal cual|por supuesto|de acuerdo|totalmente)
(claro que si|tienes razon|tiene sentido|yo tambien|estoy de acuerdo)
[je suis] d'accord
(exactement|tout a fait|en effet|bien sur|carrement|grave|moi aussi|c'est vrai|tu as raison)
"""

SHRUGGING = """
[i'm|im] not [really|so|too|100] sure
(probably|possibly|presumably|likely|hopefully) [not|so|yes]
no (way|luck|dice|cap)
(found|got) it
works on my (machine|end|side|pc|phone)
[i] (dunno|idk|have no idea)
[i] (don't|dont) [really] (know|care|mind)
(no clue|no idea|beats me|whatever|who knows|who cares|never mind|nevermind|nvm|scratch that)
whatever (you say|you like|you want|works)
if you (say so|insist|like)
(it is what it is|that's life|such is life|so be it)
[it|that] (doesn't|doesnt) matter [anymore|any more]
(forget|ignore) (it|that|this|me|about it|about that)
[that's|thats|it's|its|it is|all|it's all|its all] (fine|good|ok|okay)
no (rush|hurry|pressure|biggie|stress|worries|problem|prob|probs|need)
take (your|ur) time
(don't|dont|do not) (worry|bother|mind|stress) [about it|about that|about this]
[that|it|this|man] sucks
[that] feels bad
[i] feel (you|ya|that)
been there [done that]
poor (guy|thing|man|girl|dude|you|him|her|them|soul)
rip *
(egal|ist egal|ist doch egal|macht nichts|keine ahnung)
(keine ursache|keine sorge|keine eile|weiss nicht|schon ok|schon okay)
kein (stress|ding|problem|thema)
[ist] [schon] alles [wieder] (gut|klar|bestens)
passt [schon|so]
(da igual|no importa|no pasa nada|ni idea|no te preocupes|sin prisa|tranquilo|no se)
(peu importe|tant pis|aucune idee|pas grave|c'est pas grave|t'inquiete|je sais pas|je ne sais pas)
pas de (souci|soucis|probleme)
"""

REMARKING = """
[i] [totally|completely|just|almost] forgot [it|about it|about that|that]
[i] (didn't|didnt|never|did not) (know|knew|notice|noticed|realise|realize|expect|expected) [that|this|it]
[i] (didn't|didnt|never) (see that coming|thought of that|think of that)
[i] (didn't|didnt|never) (heard of that|thought of it|thought about that)
who (knew|would have thought)
[that|this] settles it
good to (know|hear|see)
[duly] noted
til *
now i (get|see|understand) [it|that]
[i] (get|got) (it|you|ya)
that (explains|clears|clarifies) [it|that|a lot|everything|things] [up]
[that's|thats|it's|this is|what a] (classic|hilarious|interesting|brilliant)
[it] happens [to *]
[it] happened to *
(i'm|im|i am) [so|too|very|really|such a|a|an|still|just] (dead|dying|crying|dumb|idiot|stupid|blind)
(i'm|im|i am) [so|too|very|really|such a|a|an|still|just] (tired|bored|hungry|happy|excited|back|sad|proud)
(silly me|oh dear|dear me|my bad|my mistake|my fault)
(typo|mein fehler|war mein fehler|vertippt|culpa mia|mi culpa|ma faute)
[oops|sorry] wrong (chat|channel|server|window|person|thread)
first [try]
(let's|lets) (go|goo|do it|see)
gg [ez|wp|all]
(glhf|ez|w|l|f|pog|poggers|pogchamp)
(sheesh|cringe|copium|ratio|kekw|bruh moment|touch grass|long time no see|chef's kiss)
(at last|at long last|about time|finally|thank god|endlich|por fin|enfin)
you (too|rock|rule|legend)
[right] back at (you|ya)
[i'm|im] (glad|happy) (it|that|you|you're|to|i|we) *
(anytime|any time|happy to help|consider it done)
hope (it|that|this|you) *
[i'm|im] on it
(will|i'll|i will) (do|try|check|see|report back|let you know|keep you posted) [it|that|this] [out] [later|tomorrow]
(will|i'll|i will) (do|try|check|see|report back|let you know|keep you posted) [it|that|this] [out] [soon|tonight]
(one|just a|gimme a|give me a) (moment|sec|second|minute|min)
(i'll|i will|let me|lemme|gonna|going to) (try|check|look into) [it|that|this] [out] [later|tomorrow|soon]
(i'll|i will|let me|lemme|gonna|going to) (see|think about) [it|that|this] [out] [later|tomorrow|soon]
(i'll|i will|let me|lemme|gonna|going to) (have a look at|take a look at) [it|that|this] [out] [later|tomorrow|soon]
(let me|lemme) know [how it goes|how it went]
keep (me|us) (posted|updated)
(test|testing) [test|testing] [123|one two three]
(ping|pong|beep boop|hello world)
[i] (love|loved|loving) (it|that|this|the|your|you) *
[the|this|that|what] (best|worst) WORD ever
(proud of you|told you|told ya|told you so)
(falscher|falsches) (chat|kanal|fenster)
(gut zu wissen|wusste ich nicht|wusste ich gar nicht|ach so|achso|aha|hab ich vergessen|ich auch|freut mich)
(canal equivocado|no lo sabia|bueno saberlo|me alegro)
(mauvais salon|mauvais canal|bon a savoir|je savais pas|je ne savais pas|content pour toi)
"""

DONE = """
[it's|its|it is] [now|all|already] (fixed|solved|sorted|resolved) [it] [out] [again|now|fine|great]
(that's|thats|everything's) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] [again|now|fine|great]
[it's|its|it is] [now|all|already] (done|working|works|running) [it] [out] [again|now|fine|great]
(that's|thats|everything's) [now|all|already] (done|working|works|running) [it] [out] [again|now|fine|great]
[it's|its|it is] [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (perfectly|myself)
(that's|thats|everything's) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (perfectly|myself)
[it's|its|it is] [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (by myself|already|for me)
(that's|thats|everything's) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (by myself|already|for me)
[it's|its|it is] [now|all|already] (done|working|works|running) [it] [out] (perfectly|myself)
(that's|thats|everything's) [now|all|already] (done|working|works|running) [it] [out] (perfectly|myself)
[it's|its|it is] [now|all|already] (done|working|works|running) [it] [out] (by myself|already|for me)
(that's|thats|everything's) [now|all|already] (done|working|works|running) [it] [out] (by myself|already|for me)
(everything is|problem|issue) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] [again|now|fine|great]
(everything is|problem|issue) [now|all|already] (done|working|works|running) [it] [out] [again|now|fine|great]
(got it|mine is|i got it|all) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] [again|now|fine|great]
(got it|mine is|i got it|all) [now|all|already] (done|working|works|running) [it] [out] [again|now|fine|great]
(everything is|problem|issue) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (perfectly|myself)
(everything is|problem|issue) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (by myself|already|for me)
(everything is|problem|issue) [now|all|already] (done|working|works|running) [it] [out] (perfectly|myself)
(everything is|problem|issue) [now|all|already] (done|working|works|running) [it] [out] (by myself|already|for me)
(got it|mine is|i got it|all) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (perfectly|myself)
(got it|mine is|i got it|all) [now|all|already] (fixed|solved|sorted|resolved) [it] [out] (by myself|already|for me)
(got it|mine is|i got it|all) [now|all|already] (done|working|works|running) [it] [out] (perfectly|myself)
(got it|mine is|i got it|all) [now|all|already] (done|working|works|running) [it] [out] (by myself|already|for me)
[i] [finally|already|just] (fixed|solved|sorted) (it|that|this) [out|working] [myself|already|now|eventually|anyway]
[i] [finally|already|just] (figured|worked|got|found) (it|that|this) [out|working] [myself|already]
[i] [finally|already|just] (figured|worked|got|found) (it|that|this) [out|working] (now|eventually|anyway)
[i] [finally|already|just] (found|got) it (in|on|at|by|thanks to) *
[i] [finally] got it [working|to work]
figured it out
[i] [also] had (the|that|this|a) [same|similar|exact same] (issue|problem|error|thing|bug) [once|before|too]
[i] [also] had (the|that|this|a) [same|similar|exact same] (issue|problem|error|thing|bug) (as well|yesterday)
[i] [also] had (the|that|this|a) [same|similar|exact same] (issue|problem|error|thing|bug) (last *|a while ago)
same (issue|problem|thing) here (last|once|a while|some time|years) *
* (fixed|solved|sorted) (it|that|this|everything|the problem|the issue) [for me|out]
* (did|does) the (trick|job)
* (rebooting|restarting|reinstalling|updating|reboot) [it] (helped|worked|works) [for me|great|perfectly|a lot]
* (restart|reinstall|update|that|this|it) [it] (helped|worked|works) [for me|great|perfectly|a lot]
(restarted|rebooted|reinstalled) * (it|it's|its|everything|all) [is] (works|fine|good|ok|okay|working)
(updated|replaced|changed) * (it|it's|its|everything|all) [is] (works|fine|good|ok|okay|working)
[it] (turns|turned) out *
(it|that) was [just|only] (my|me|a|an|the) *
[it|that] (works|worked) [now|again|great|fine|perfectly|like a charm|for me]
[hat sich|schon|ist|alles] (erledigt|gelost|behoben|geklart)
[es] (lauft|geht|funktioniert|klappt) [es] (jetzt|wieder|nun|endlich) [wieder|super|gut]
(jetzt|nun|endlich) (lauft|lauft's|geht|geht's|funktioniert|funktioniert's|klappt|klappt's) [es|alles] [wieder]
hat (geklappt|geholfen|funktioniert)
[es] (lag|war) [nur] (am|an|mein|meine) *
[ya|todo] [esta|va] (arreglado|solucionado|resuelto|listo)
ya (esta|funciona|va|lo tengo|me funciona|lo entiendo) [bien|todo]
(era|fue) (el|la|mi) *
funciono
c'est (regle|resolu|repare|arrange|bon)
[tout|ca] [re] (marche|remarche|fonctionne|refonctionne) (maintenant|bien|enfin|nickel)
ca a (marche|fonctionne)
c'etait (le|la|mon|ma|un|une) *
(resolu|regle)
"""

LEAVING = """
(brb|afk|bbl|gtg|g2g|ttyl) *
[i'm|im|i] (gotta|got to|have to|need to|must) (go|run|leave|sleep|bounce) [now|soon|to bed|to sleep|to work|home]
[i'm|im] (going|off|heading) [to] (bed|sleep|work|school|lunch|dinner|class|home)
[be] [right] back in (a bit|a minute|a sec|five|ten|[0-9]+) [min|mins|minutes]
(lunch|dinner|coffee|bed) (time|break)
(talk|speak|see|catch) [to] [you|ya|u] [all|guys] (later|soon|tomorrow|around|then)
until (then|tomorrow|next time)
[ich] (muss|geh|gehe) [jetzt|mal|dann|gleich] (los|weg|schlafen|ins bett|essen|off)
[ich] bin [mal|dann] (gleich|kurz|bald|dann|mal) (weg|off|wieder da|zuruck)
bis (morgen|bald|dann|spater|nachher|gleich|denne|die tage)
me voy [a dormir|a casa|a comer|a trabajar]
(nos vemos|hasta) [manana|luego|pronto|despues|el lunes]
[ahora|ya] vuelvo
je (vais|dois|file) (dormir|manger|partir|y aller|me coucher|au lit|au travail)
je reviens
a (plus|demain|bientot|tantot|ce soir|tout a l'heure|la prochaine) [tard]
"""

WISHING = """
(good|best of) luck *
have (fun|a good|a nice|a great|a lovely) [WORD]
enjoy [your|the|it|yourself] [WORD]
(sleep well|sleep tight|sweet dreams|take care|stay safe|get well|get well soon|cheers)
happy birthday *
(happy|merry) (new year|easter|holidays|christmas|xmas|halloween|thanksgiving|friday|monday|weekend)
[big] (congrats|congratulations|congratz|grats|gz) *
well (done|played|said)
(good|great|nice) (job|work|stuff|one|game|try|catch|save|shot) [on *|with *|by *]
(amazing|awesome|fantastic|excellent) (job|work|stuff|one|game|try|catch|save|shot) [on *|with *|by *]
welcome [back|home|aboard|to *]
greetings [from *]
(good|gm|gn) (morning|evening|afternoon|night|day)
(morning|evening|afternoon|night|gn8)
[we] missed you
(nice|good|great) to (meet|see|have) you *
gute (nacht|besserung|reise|fahrt|arbeit|idee|frage)
guten (morgen|tag|abend|appetit|rutsch|hunger)
(schon|schonen|schones|schone) (tag|abend|wochenende|feierabend|ferien|urlaub|woche) [noch]
[herzlichen] gluckwunsch *
alles (gute|liebe) *
viel (spass|gluck|erfolg) *
(mahlzeit|willkommen|frohe weihnachten|frohes neues)
feliz (cumpleanos|navidad|ano|ano nuevo|dia|finde|fin de semana) *
(felicidades|enhorabuena|felicitations|bravo|bienvenido|bienvenue) *
buen (provecho|viaje|fin de semana|finde|trabajo|dia)
[buena|mucha] suerte
que (descanses|aproveche|te mejores)
(bon|bonne) (appetit|anniversaire|nuit|journee|soiree|chance|courage|continuation|annee|route|week-end|vacances) *
(joyeux|joyeuse|joyeuses) (noel|anniversaire|paques|fetes)
bon jeu
"""

EXCLAIMING = """
(what|such) (a|an) *
how [very|so] NICE
[that's|thats|that is|it's|its|this is|you're|das ist] [so|too|very|really|pretty] NICE
[that's|thats|that is|it's|its|this is|you're|das ist] (super|mega|total|voll|echt|sehr) NICE
(das war|ist|war|c'est|eso es|es|esta|est) [so|too|very|really|pretty|super|mega|total|voll|echt|sehr] NICE
[that's|thats|that is|it's|its|this is|you're|das ist] (zu|ja|doch|ja echt|such) NICE
[that's|thats|that is|it's|its|this is|you're|das ist] (quite|muy|que|trop|tres|vraiment) NICE
(das war|ist|war|c'est|eso es|es|esta|est) (zu|ja|doch|ja echt|such|quite|muy|que|trop|tres|vraiment) NICE
was (fur|fur ein|fur eine) *
que NICE
(vaya|menudo|menuda) WORD
(quel|quelle) (match|jeu|but|journee|surprise|idee|bot|bonheur|honte|dommage) *
na (toll|super|klasse)
"""

CHATTING = """
(are|r) (you|u) [a|an|really] (alive|real|human|awake|single|sentient|conscious|bot|robot)
(are|r) (you|u) [a|an|really] (person|ai|machine|kidding|kidding me|joking|drunk|stupid|dumb)
do (you|u) (like|love|hate|sleep|dream|eat|feel|drink|miss|even) *
how [do] (you|u) know [so much|everything|all of this|all this]
how (are|r) (you|u) [doing|feeling]
do (you|u) have (feelings|a soul|friends|a girlfriend|a boyfriend)
who (made|created|built|programmed) (you|u)
how old are (you|u)
(what's|what is) your (name|favorite WORD|favourite WORD)
where (do you live|are you from)
(tell|give) (me|us) a (joke|story|secret|kiss|hug)
sing [me|us|for us] [a song]
[will you] marry me
i (love|hate|miss) (you|u)
(good boy|good girl|pet the bot|clanker)
bist du [ein|eine] (echt|mensch|roboter|lebendig|maschine|ki)
(wie geht's|wie gehts|wie geht es) (dir|euch|ihnen)
(wie alt bist du|wie heisst du|ich liebe dich)
(erzahl mir einen witz|erzahl einen witz|wer hat dich gemacht|wer hat dich programmiert)
eres [un|una] (humano|real|robot|persona|maquina|persona real|persona de verdad)
(cuantos anos tienes|cuentame un chiste|como te llamas|te quiero|quien te creo)
(tu es humain|tu es un robot|quel age as-tu|raconte une blague|comment tu t'appelles|je t'aime|qui t'a cree)
"""
"""Questions to the bot about itself, which no document answers."""

AMONG_PEOPLE = """
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

INTERJECTIONS = """
aber ach achso ah ahh ahhh alright also and anyway aww bah ben bon bro bruh bueno but cool damn desole doch dude
eh en et gosh great guys ha haha hahaha heh hey hm hmm hmmm huh ja jaja jajaja jo lmao lmfao lol man mate mdr na
nah naja nee nein nevermind nice no nope nvm of oh ohh oje ok okay omg oof oops ouch oui pff phew pues right
rofl si so sorry sure then uf ugh und update vale voila wait well welp whoa wow xd y yay yea yeah yep yes yikes
yup
"""
"""What may go before a clause."""

CLOSERS = """
again all alle amigo amigos anyway auch aussi bot bro btw doch dude everybody everyone folks friend friends guys
haha hahaha here heute hoy indeed jetzt leute lmao lol maintenant man mate mdr now please pls plz quoth rofl sir tbh
team then there though today todos together tomorrow tonight too tous xd zusammen
"""
"""What may go after one."""

BEFORE, _AFTER = frozenset(INTERJECTIONS.split()), frozenset(CLOSERS.split())


class _Sayings:
    """What is said in passing: in whole, with more words in it, and with a question mark."""

    def __init__(self, *chatting: str) -> None:
        said = lines(AGREEING, SHRUGGING, REMARKING, LEAVING, WISHING, EXCLAIMING, DONE, *chatting)
        self.whole = any_of(phrase for phrase in said if OPEN not in phrase)
        self.told = any_of(phrase for phrase in said if OPEN in phrase)
        self.chatting = any_of(lines(*chatting))


_SAYINGS = {True: _Sayings(CHATTING), False: _Sayings(CHATTING, AMONG_PEOPLE, WAITING)}
"""By whether they are addressed to the bot: what people ask each other is a question where it is put to the bot."""

_CONTRAST = re.compile(
    r"\b(?:but|except|however|unless|until|only|still|how|why|when|where|which|if|nothing|never|none|not|no|\w+n't|cannot"
    r"|aber|ausser|trotzdem|nur|wie|warum|wenn|nicht|nichts|nie|kein\w*|pero|salvo|todavia|como|cuando|nada|nunca|mais"
    r"|sauf|encore|comment|pourquoi|quand|pas|rien|jamais|ne)\b"
)
"""Where a phrase goes on with one of these, more is said than the phrase."""

_JOINED = re.compile(r" (?:and|und|y|et) ")


_LONGEST = 25
"""Words: nobody says as many in passing without a pause."""


_MOST_AROUND = 5
"""Words that may go before and after a phrase: each more is tried with each."""


def is_aside(clause: str, *, addressed: bool = False) -> bool:
    """Tell whether a clause, in words without accents, says in passing what no document answers.

    `addressed` tells that it is said to the bot.
    """
    return _is_made_of(partial(_says, _SAYINGS[addressed]), clause)


def is_chat(clause: str, *, addressed: bool = False) -> bool:
    """Tell whether a clause asks the bot about itself, or people about nothing that a document says."""
    if len(clause.split()) > _LONGEST:
        return False
    return any(_SAYINGS[addressed].chatting.fullmatch(f"{bare} ") for bare in _bare(clause))


def _is_made_of(says: Callable[[str], bool], clause: str) -> bool:
    if len(clause.split()) > _LONGEST:
        return False
    if any(says(f"{bare} ") for bare in _bare(clause)):
        return True
    parts = _JOINED.split(clause)
    return len(parts) > 1 and all(any(says(f"{bare} ") for bare in _bare(part)) for part in parts)


def _says(sayings: _Sayings, clause: str) -> bool:
    if clause == " " or sayings.whole.fullmatch(clause):
        return True
    return sayings.told.fullmatch(clause) is not None and _is_plain(clause)


def _is_plain(clause: str) -> bool:
    return not (_CONTRAST.search(clause) or calls(clause))


def _bare(clause: str) -> Iterator[str]:
    """Yield a clause with more and more of what may go before and after it taken away."""
    words = clause.split()
    before = sum(1 for _ in takewhile(BEFORE.__contains__, words[:_MOST_AROUND]))
    after = sum(1 for _ in takewhile(_AFTER.__contains__, words[: -_MOST_AROUND - 1 : -1]))
    for first in range(before + 1):
        for last in range(len(words), max(len(words) - after, first) - 1, -1):
            yield " ".join(words[first:last])
