"""What people say to a bot as if it were a person, in English, German, Spanish and French: a phrase a line.

`bot/manners/phrases.py` says how they are written. "You" may be anybody ("can you sleep in the nether?"), so what
anybody does in a game or with a program is said of the bot only where the phrase ends there, or goes on with "me".
"""

from __future__ import annotations

PRESENCE = """
(test|testing|ping|pong|beep boop|marco) [test|testing|polo] [123|1 2 3|one two three]
[hello] [is] (anyone|anybody|someone|somebody) [else] (home|there|in there|out there|listening|alive|awake)
is (this|that) [bot] thing [still|even] (on|up|down|online|offline|working|broken) [or what]
is (this|the|that) [bot|thing|quoth] [still|even] (alive|dead|awake|asleep|real|sleeping|drunk|human|sentient|ok) [rn]
(are|r|you|u|ur) [you|u] [still|even|really] (there|here|up|on|online|awake|asleep|sleeping|listening|around|home)
(are|r|you|u|ur) [you|u] [still|even|really] (alive|dead|broken|working|functioning|ready|back|offline|down) [today|rn]
(can|do|did) (you|u) [even|actually|still] (hear|see|read|understand|feel|remember|recognize|recognise|know) (me|us)
(can|do|did) (you|u) [even|actually|still] (talk|speak|work|exist|think|listen) [to me|to us|at all]
bist du [noch|schon|auch|eigentlich] (da|wach|online|an|hier|tot|wieder da)
(horst|siehst|verstehst|kennst|liebst|magst|vermisst) du (mich|uns) [noch|eigentlich]
(estas|sigues) (ahi|aqui|despierto|vivo|conectado|dormido|bien|muerto) [todavia|bot]
me (oyes|escuchas|ves|lees|recuerdas|quieres|amas)
(t'es|tu es|es-tu|vous etes) (la|encore la|toujours la|reveille|vivant|mort|en ligne)
tu (m'entends|me vois|m'aimes|me reconnais|me lis)
"""
"""Whether the bot is there, and works."""

ITSELF = """
(are|r|you|u|ur) [you|u] [all|just|really|actually|ever|feeling] (ok|okay|good|fine|well|busy|bored|tired|sad|happy|mad)
(are|r|you|u|ur) [you|u] [just|really|actually|ever|even] (angry|hungry|lonely|single|drunk|high|serious|jealous|scared)
(are|r|you|u|ur) [you|u] [just|really|actually|ever|even] (deaf|blind|dumb|stupid|smart|real|human|crazy|insane|proud)
(are|r|you|u|ur) [you|u] [just|really|actually|ever|even] (kidding|joking|trolling|lying|conscious|sentient) [me|to me]
(are|r) (you|u) [like|just|really|actually] [a|an|the|my] [WORD] (bot|robot|person|human|ai|machine|llm|chatgpt|gpt)
(are|r) (you|u) [like|just|really|actually] [a|an|the|my] [real] (boy|girl|man|woman|friend|god|npc|clanker|skynet|cat)
(are|r) (you|u) (smarter|better|faster|dumber|cooler|stronger|older|funnier|nicer|cheaper) than WORD [WORD]
(do|did|don't|dont) (you|u) [ever|even|really|actually|also|guys] (like|love|hate|miss|enjoy) *
(do|did|don't|dont) (you|u) [ever|even|really|actually] (sleep|dream|eat|drink|feel|cry|laugh) [at all|too|well]
(do|did|don't|dont) (you|u) [ever|even|really|actually] (lie|breathe|poop|swear|lift|care) [at all|too|bro]
(do|did) (you|u) [ever|even|really|actually] get (tired|bored|paid|lonely|sad|angry|jealous|drunk) [of me|of this|too]
do (you|u) [even|really|actually|ever] have [a|any|some] (feelings|emotions|soul|heart|brain|life|friends|family|kids)
do (you|u) [even|really|actually|ever] have [a|any|some] (girlfriend|boyfriend|gf|bf|name|hobbies|hobby|dreams|fun|pet)
do (you|u) [even|really|actually] have [a|any|some] (favorite|favourite) *
(can|could|will|would|won't) (you|u) [please|pls|ever] (marry|hug|kiss|carry|forgive|adopt|date|roast|love|miss) (me|us)
(can|could|will|would|won't) (you|u) [please|pls|ever] (be my|be nice|be quiet|shut up|sing|dance|rap|meow|bark) *
can i (pet|hug|kiss|marry|touch|adopt|keep|ask out) (you|u) [please|pls]
who (made|created|built|programmed|coded|invented|raised) (you|u)
(who's|whos|who is) (a|the|my) [very] (good|best|bad|cutest|smartest|clever|pretty) *
(who's|whos|who is|what's|whats|what is) your (name|age|job|purpose|problem|deal|gender|favorite *|favourite *)
(who's|whos|who is|what's|whats|what is) your (creator|maker|daddy|dad|mom|father|mother|boss|owner|god|opinion on me)
what (are|r) (you|u) [doing|up to|wearing|thinking|thinking about|drinking|cooking] [today|tonight|rn|right now|later]
how (old|tall|smart|clever|big|strong|fast) (are|r) (you|u) [really]
how (are|r) (you|u) [doing|feeling|holding up] [today|tonight|rn|this morning|these days|over there]
(how's|hows|how is|how was|how goes) [your|the] (day|night|morning|evening|week|weekend|life|it) [going|been|so far]
(what's|whats|what is) (good|poppin|popping|cooking|cracking|crackin|the vibe|wrong with you|the meaning of life)
what (do|did) (you|u) think (about|of) (me|us|yourself|humans|life|that|this|him|her|them|it)
(you|u) [really|clearly] know (nothing|everything|too much|it all|things|me|all)
do (you|u) [even|really] know (anything|everything|that|me)
(are|r) (you|u) [a bit|so|also|still] (jealous|afraid|scared|proud|tired|sick|fond) of WORD
(what's|whats|what is) (two|[0-9]+) [plus|minus|times|x] (two|[0-9]+)
[can|could] [you|u] count to WORD
(you're|youre|you are|ur) [so|too|really|very|a bit] (slow|late|quiet|loud|annoying) [today|lately|rn]
(do|don't) (you|u) (wanna|want to) (play|be|hang out|chat|talk|fight|dance|party) [with] (me|us|friends) [now|later]
where (do you live|are you from|do you come from)
[will you] marry me
bist du [ein|eine|noch|auch|eigentlich|wirklich] (echt|mensch|echter mensch|roboter|lebendig|bot|ki|single|verliebt)
bist du [noch|auch|eigentlich] (blod|dumm|doof|betrunken|mude|sauer|traurig|glucklich|schlauer *|klug) [auf mich]
(schlafst|traumst|isst|lebst|lugst|lachst|weinst|trinkst) du [nie|auch|eigentlich|manchmal|mal|je|uberhaupt|nachts]
magst du WORD
(wie alt bist du|wie heisst du|wer hat dich gemacht|wer hat dich programmiert|wer hat dich gebaut)
was (machst|treibst|denkst) du [so|gerade|heute|da|denn]
wie (war|ist|lauft|geht) (dein|der) (tag|abend|wochenende|morgen) [so]
[na] [du|ihr] alles (fit|frisch|klar|gut|roger|paletti|ok|okay|senkrecht) [bei dir|bei euch]
na (du|ihr|bot)
eres [un|una] (humano|real|robot|persona|ia|maquina|inteligente|tonto|gay)
(cuantos anos tienes|como te llamas|quien te creo|quien te hizo|quien te programo|donde vives)
(duermes|suenas|comes|sientes|lloras|bebes) [alguna vez|nunca|algo|mucho]
(te gusta|te gustan) [el|la|los|las] WORD
como (va|fue|estuvo|te va|va todo|te fue) [tu|el|hoy] [dia|noche]
que (haces|cuentas|onda|hay|hay de nuevo|tal todo|tal tu dia)
(tu es|t'es|es-tu|vous etes) [un|une] (humain|robot|ia|vrai|bot|machine|celibataire|serieux|con|bete)
(quel age as-tu|tu as quel age|comment tu t'appelles|qui t'a cree|qui t'a fait|tu viens d'ou|tu habites ou)
tu (dors|reves|manges|bois|pleures|penses|vis) [jamais|parfois|aussi|la nuit|bien|quand meme]
tu (vas bien|fais quoi|t'ennuies|rigoles|deconnes|plaisantes) [aujourd'hui|ce soir|la]
(tu aimes|aimes-tu) [le|la|les] WORD
quoi de (neuf|beau|bon)
"""
"""What the bot is, likes and does: no document says that."""

TEASING = """
[now|please] (tell|give|send|show|write) (me|us) (a|an|some|another|your) [WORD] (joke|jokes|story|secret|kiss)
[now|please] (tell|give|send|show|write) (me|us) (a|an|some|another|your) [WORD] (hug|poem|meme|riddle|rap)
[now|please] (tell|give|send|show|write) (me|us) (a|an|some|another) [WORD] (compliment|cookie|pickup line)
[now|please] (tell|give) (me|us) (a fun fact|a high five|the lottery numbers|your number|your password|money)
[please|pls] tell (me|us) (something|sth) (funny|nice|interesting|cool|new|random|good|smart|sweet)
[please|pls] tell (me|us) (i'm|im|you|that you) (pretty|love|smart|cute|beautiful|handsome) *
[can you|please|pls] (say|scream|yell) (hi|hello|hey|sorry|bye|goodbye|meow|woof|cheese) *
[can you|please|pls] say (my name|please|that again|it again|happy birthday) *
(do|say|write) (something|anything) [funny|nice|cool|useful|smart]
[please|pls] (make|bring|get|buy|fetch|cook) (me|us) [a|some] (sandwich|coffee|tea|beer|pizza|drink|snack|burger)
[please|pls] make (me|us|her|him) (laugh|smile|happy|rich|famous|proud|sad|cry)
[here|go] (have|take|here's|heres|want|get) (a|some|your|another) (cookie|treat|biscuit|beer|break|nap|rest|medal|seat)
[here|go] (have|take|here's|heres|want|get) (a|some|your|another) (day off|hike|chill pill|life|job|room|grip|hobby)
get (lost|good|gud|rekt|wrecked|some sleep|some rest|out of here|him|her|back to work)
rate (me|us|my|this|his|her) WORD [WORD]
(roast|insult|hug|hugs|kiss|slap|slaps|poke|pokes|boop|boops|pet|pets|pat|pats|bonk|bonks) (me|him|her|you|bot|the bot)
(roast|hug|hugs|kiss|slap|slaps|boop|boops|pet|pets|pat|pats|bonk|bonks|gives|hands) (quoth|this bot|head|bot) *
do (a|the) [WORD] (flip|backflip|barrel roll|dance|trick|kickflip|handstand|roll)
do (your thing|your magic|your job|better|it again|it for me)
(play|wanna play|want to play) (a game|with me|with us|rock paper scissors|something|tic tac toe|dead)
(sing|dance|rap|meow|bark|wake up|go to sleep|go to bed|go away|go home|go outside|go touch grass)
(sing|dance|rap|play) (for|with|to) (me|us)
sing [me|us|for us] [a|some] [WORD] [song]
(be|act) (nice|quiet|honest|my WORD|gentle|normal|cool|good|careful|ashamed) [to me|to us|please|to him|to her]
[please|pls] (don't|dont|do not) (die|cry|leave me|leave us|judge me|hurt me|kill me|take over *|be WORD|get cocky)
[please|pls] (don't|dont|do not) (take|steal) (my|our) (job|jobs|girl|gf)
guess (what|who|who's|whos) [back|back again|happened|passed *|won *]
(sag|gib) [mal] (hallo|hi|tschuss|pfotchen|high five)
(erzahl|erzahle|sag) [mir|uns] [mal] [noch] (was|etwas|einen|eine) [WORD] (witz|lustiges|schones|geschichte|nettes)
(erzahl|erzahle) [mir|uns] [mal] [noch] (einen witz|eine geschichte|witz)
(cuentame|cuenta|dime|cuentanos) [un|otro|algo|una] [WORD] (chiste|gracioso|divertido|bonito|historia|poema)
(di|dile) (hola|algo|adios) [a *]
(raconte|raconte-moi|dis-moi|dis|fais) [nous|moi] (une|un|quelque chose|encore une) [de|WORD] (blague|histoire|drole)
(dis bonjour|dis coucou|chante|danse) *
"""
"""What the bot is told to do in fun."""

CHEERING = (
    """
(you|u|ur|you're|youre|you are|he's|hes|bro|bro is|bro's|this guy) [WORD] [a|an|the|my] [WORD] BEING
(this bot|this bot is|the bot is|bot|quoth|bot is|quoth is|man|man is|dude|my man|my guy|my boy) [WORD] [a|the|my] BEING
(what|such) (a|an) [WORD] BEING
[i] (love|luv|adore|hate|miss|missed|trust|need|want|respect) (you|u|ya) [so much|too|all|more|bot]
[i] [really|just|still|kinda] (love|luv|adore|respect|like|trust|fear|stan) (this|the|our) (bot|thing|guy)
(it|he|she|bot|quoth|the bot|this bot) [actually|really|even|just|finally] (answered|replied|responded) [me|us|lol]
(it|he|she|bot|quoth|the bot|this bot) [really|just] (knows|knew|slaps|rocks|rules|slays|cooked|ate) [everything|us all]
(bot|quoth|the bot|this bot|bro|he) [just] (said|chose|is like|be like) (no|yes|nah|nope|hi|bye|peace|violence) [WORD]
[it|that|this|you] [actually|really|just|finally] (did it|did the trick|did the job|saved me|saved my WORD|made my day)
[it|that] (worked|works) [on the|on|at|the] (first|1st|second|2nd) (try|time|attempt|go)
[you|u] [really|just|totally] (saved|saving) (me|my WORD|us|the day|lives|my life) [today|again|a lot of time]
[we should|somebody|someone|please|pls|can we] (give|get|buy) (this|that|the) (bot|man|guy|dude|one) *
(perfect|[0-9]+) [out of] (5|10|100) [would|bot|answer|service|recommend|no notes] [again|ask again|recommend]
(big|huge|mega|such|absolute|total|massive|pure) (w|l|win|fail|legend|respect|brain|thanks|vibe|vibes|cinema|facts)
(respect|props|kudos|hats off|shoutout|shout out) to *
(respect|kudos|hats off)
(mind blown|my hero|my savior|my man|my guy|take my money|shut up and take my money|chef kiss|take a bow)
(called it|i knew it|knew it|say no more|you don't say|no shit|good enough|fair play|close enough|if only|welp)
[i'm|im|i] (not|ain't|aint) [gonna|going to] (reading|read) [all] (that|this|all that)
(what|wtf|what the hell) (is|was|even is|kind of) (this|that|an) (answer|reply|bot|response|nonsense)
(tldr|tl dr|too long|wall of text|that's a lot|thats a lot) [of text|of words|didn't read|didnt read|to read]
(just|i was just|i'm just|im just) (testing|checking|trying|curious|playing|messing) [you|u|this|it|out|around|the bot]
(stfu|gtfo|fuck you|fuck off|screw you|piss off|ok boomer|cope|cry about it|cry more|boo|bite me|eat me) *
(nobody|no one|noone|who) [even] (asked|cares|cared) [you|u|lol]
[i] (didn't|didnt) ask [you|u]
(you're|youre|you are|ur) (fired|banned lol|hired|welcome|grounded|cancelled|canceled|forgiven|next|done)
du bist [so|echt|ja|der|die|das|ein|eine|mein|voll|total|einfach] [echte|wahre|absolute|wahrer|absoluter|der] GUT
(guter|starker|super|mega|toller|klasse|top|geiler|netter|feiner) (job|bot|service|tipp|move|mann|typ|junge|kerl|witz)
ich (liebe|hasse|mag|feier|feiere|vermisse) (dich|euch|den bot|diesen bot) [so|sehr|total]
(halt|halts) [s|die|den|dein] (klappe|mund|maul|rand|fresse)
eres [el|la|lo|un|una|muy|tan|mi] [WORD] BIEN
que (maquina|crack|grande|pro|genio|idolo|risa|majo|bot|figura) [eres|es] [tio|bot]
(te amo|te odio|te adoro|te extrano|callate|largate|que crack|que grande|menudo crack) [mucho|bot]
(buena|buen) (esa|bot|noche|rollo|respuesta|chico|dato|punto|tio)
(t'es|tu es|vous etes|c'est) [vraiment|trop|tellement|super|quand meme] [le|la|un|une|mon] [vrai] MEILLEUR
je (t'aime|t'adore|te deteste|te kiffe|t'adore trop) [bot|trop|bien]
pas (mal|bete|con) [du tout]
(ferme-la|tais-toi|la ferme|ta gueule|degage|trop fort|trop bien|bien joue|bien vu|bien ouej|chapeau|respect)
""".replace(
        "BEING",
        "(best|worst|legend|goat|king|queen|beast|hero|genius|lifesaver|life saver|angel|saint|star|gem|god"
        "|champ|wizard|savior|saviour|menace|clown|idiot|moron|troll|loser|fast|quick|smart|clever|speedy"
        "|wild|built different|him|cooking|cooked|tripping|trippin|goated|based|cracked|on fire|on point"
        "|on a roll|on drugs|high|drunk|unhinged|wasted|useless|trash|garbage|mid|lit|sus|savage|ruthless"
        "|rock|rule|slay|suck|sucks|stink|smell|cute|sweet|funny|hilarious|adorable|amazing|awesome|brilliant"
        "|great|perfect|good|nice|lovely|pro|mvp|boss|machine|cheater|liar|weirdo|friend|bestie|wilding"
        "|tweaking|bugging|vibing|dreaming|dummy|silly|goober|good boy|good bot|smartass|wholesome|spitting"
        "|dumb|stupid|an L|a W) [ever|alive|here|today|now|lol|man|bro|of all time|in town|i know|around"
        "|as always]",
    )
    .replace(
        "GUT",
        "(beste|bester|held|legende|genie|konig|schatz|engel|lustig|toll|super|cool|klug|schlau|schnell|dumm|blod|doof"
        "|nutzlos|suss|lieb|ehrenmann|gott|maschine|idiot|trottel|witzig|hammer|boss|komisch)",
    )
    .replace(
        "BIEN",
        "(mejor|crack|maquina|grande|genio|idolo|maestro|rey|leyenda|tonto|inutil|gracioso|listo|lindo|increible|bueno|malo"
        "|amor|jefe|rapido|pro|genial|guapo)",
    )
    .replace(
        "MEILLEUR",
        "(meilleur|meilleure|boss|genie|genial|roi|reine|fort|bete|drole|nul|inutile|rapide|con|sympa|mignon|gentil|top"
        "|legende|champion|machine|malin|chou|trop fort)",
    )
)
"""How people like the bot or its answer, and how not."""
