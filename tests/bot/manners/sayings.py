"""Messages as people write them: what is said in passing, and what is asked without the form of a question."""

from __future__ import annotations

SMALL_TALK = """
Thanks!
thank you so much
ty
tysm that helped a lot
Thanks, that was exactly what I was looking at yesterday
thx mate
ok
okay cool
alright
k
kk
got it
Got it, thank you!
lol
LMAO
hahahaha
hahaha that is funny
xD
😂😂
👍
👀
hi
Hello everyone
hey there
good morning all
good night folks
gm
bye
see you later
brb
np
no problem
you're welcome
never mind
nvm, sorry
oops my bad
yes
no
yep
nope
maybe later
hmm
wow
nice
nice one
Great!
perfect, works now
awesome bot
good bot
that's so cool
this bot is really helpful
I love this bot
what a day
how are you?
what's up
are you a bot?
really?
seriously?
same here
me too
I see
makes sense
sounds good
will do
let me check
I'll try that
one sec
it works now
It worked, great
that did it
finally it is running
I am back
we played until three yesterday
my cat walked over the keyboard
he said he would come later
I finished the second chapter today
just had lunch
she is on holiday this week
everyone liked the stream
I think we should meet on Friday
they changed the colour of the logo
can't wait for the weekend
congrats!
happy birthday Tom
sorry
sorry for the noise
welcome to the server
danke
Danke dir!
vielen dank, das hat geholfen
alles klar
okay super
guten Morgen zusammen
ach so
verstanden
haha stimmt
passt
ich bin wieder da
wir haben gestern bis drei gespielt
das ist echt toll
wie geht's?
kein Problem
bis später
gracias!
muchas gracias por la ayuda
vale, entendido
buenos días a todos
jajaja
genial
de nada
hasta luego
qué tal
eso es muy útil
ya estoy de vuelta
merci beaucoup !
ok merci
super, merci pour l'aide
bonjour à tous
d'accord
mdr
c'est génial
ça marche
de rien
bonne nuit
je suis de retour
on a joué toute la nuit
""".strip().splitlines()

OBJECTIONS = """
that's wrong
That is not correct.
no, this is wrong
wrong
that's not what I asked
this doesn't answer my question
Your answer is outdated
that isn't right
I think that's incorrect
you misunderstood
das ist falsch
Das stimmt nicht!
nein, das stimmt so nicht
das war nicht meine frage
deine antwort ist veraltet
eso no es correcto
no es lo que pregunté
te equivocas
está mal
c'est faux
ce n'est pas ça
ce n'est pas ma question
tu te trompes
""".strip().splitlines()

QUESTIONS = """
When do quiet hours begin?
when do quiet hours begin
may cats come in
can i bring my dog
who bakes the rye bread
quiet hours
rye bread opening time
docker permission denied
error 403 on login
install on windows 11
password reset
wifi keeps dropping
my printer does not print
I can't log in
I can't see the #rules channel
it says token invalid
it does not start after the update
I need help with my account
I want to change my nickname
I would like to know the price
looking for the download link
trying to install the plugin but it fails
not working on mac
I lost my recovery codes
I forgot my password
we are stuck on the second puzzle
thanks, but how do I undo it
Thanks! And for children?
ok and on linux
and for groups?
what about sundays
how about refunds
why
why?
how?
where
since when
is it free
isn't that dangerous
does it run on a pi
do I have to pay twice
hello, how do I join the beta
hi all, where is the changelog
hey can someone explain the ranks
quick question, is there a dark mode
sorry, one more thing: how long is the trial
anyone know the max upload size
any idea why it crashes
explain the scoring rules
tell me about the refund policy
show me the list of commands
list all ports
define kerning
difference between plan A and plan B
best settings for low latency
max players per match
what is love
what does 👍 do?
I mean the second one
no, I meant the blue version
I'm on windows
we use the free plan
help
help please
that doesn't work for me
it still fails with the same error
that's not working
the page is missing
how nice must a post be to be featured
is this great wall open on sundays
that command is not found
this page says 404, what now
wie lange dauert der Test
wann beginnt die Nachtruhe?
dürfen Hunde rein
kann ich meinen Namen ändern
ich kann mich nicht anmelden
ich brauche Hilfe beim Einrichten
ich suche das Handbuch
es funktioniert nicht mehr
das geht nicht
Fehler 403 beim Anmelden
und für Kinder?
und am Sonntag
danke, aber wie mache ich das rückgängig
hallo, wo finde ich die Regeln
gibt es einen dunklen Modus
was kostet das
Passwort vergessen
ich möchte meinen Account löschen
weiß jemand, wie man das ausschaltet
cómo cambio mi nombre
¿Cuánto cuesta?
cuánto dura la prueba
puedo llevar a mi perro
no puedo entrar
no funciona
necesito ayuda con mi cuenta
quiero borrar mi cuenta
busco el manual
gracias, pero cómo lo deshago
y para niños
hola, dónde están las reglas
hay modo oscuro
tengo un problema con el pago
comment changer mon nom
combien ça coûte
est-ce que les chiens sont admis
je n'arrive pas à me connecter
ça ne marche pas
j'ai besoin d'aide
je voudrais supprimer mon compte
je cherche le manuel
merci, mais comment annuler
et pour les enfants
bonjour, où sont les règles
y a-t-il un mode sombre
mot de passe oublié
erreur 403
""".strip().splitlines()
