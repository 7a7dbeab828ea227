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
this bot is useless
stupid bot
""".strip().splitlines()

NOT_IT = """
this doesn't work
still doesn't work for me
tried that already, didn't work
same error
klappt leider nicht
sigue sin funcionar
ça marche toujours pas
hmm not quite
wrong page
that link is dead
the page is outdated
that is from the old version
not really
no longer true
falsche Seite
nicht ganz
página equivocada
le lien est mort
""".strip().splitlines()
"""What objects to an answer, and to nothing else."""

QUESTIONS = """
bot isnt responding
says invalid token
says "connection refused"
it just says loading forever
i get 403 when i open the page
getting timeout
update broke everything
the export button is greyed out
just installed it and nothing happens
i pressed save and nothing happened
one folder is out of sync
led strip flickers
video stutters
exit code 137
segfault
i was charged twice
my invite is used up
i get redirected to the home page
upload stops halfway
der dienst startet nicht
el bot no responde
rien ne se passe quand je clique
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

CHATTER = """
ty!!
tyvm
thnaks
tahnk you
nvm found it
same issue
same problem here
same issue here, no fix yet
i have the same problem
having the same issue as above
also happening to me
doesn't work for me either
me 2
anyone else?
anyone here?
is anyone alive in here
anybody up for a game tonight?
who wants to play later?
any news?
any update on this
any news on this?
any progress?
any luck?
did it work?
did you try turning it off and on again?
have you tried restarting?
what version are you on?
can you send a screenshot?
can you post your logs?
send logs pls
bump
still waiting
no luck
no way
works on my machine
not sure tbh
probably
will try later
one moment pls
gimme a sec
wait what
lol what
wdym?
what do you mean?
are you sure?
alr
fr fr
noice
okey dokey
jemand da?
noch jemand?
gleiches Problem hier
alguien más?
mismo problema
personne ?
même problème ici
merci bcp
yeah fair
lmao same
rip my weekend
oh that's hilarious
you're a lifesaver
that fixed it, cheers
worked like a charm
ok it was the cable after all
turns out I had a typo
nvm found it in the pinned messages
nevermind got it working
ignore me, wrong channel
oops wrong chat
my bad, typo
forget it
doesn't matter anymore
all sorted now
problem solved, ty!
sorted, thank you
solved it myself
update: it was my firewall, works now
restarted the router and now it's fine
ah, reinstalling did the trick
yep that was it
I see what you did there
fair point
agreed
couldn't agree more
this
+1
true that
facts
no cap
sheesh
bruh moment
big if true
touch grass
poggers
let's gooo
first try!!
gg ez
good luck everyone
have fun tonight!
enjoy your dinner
sleep well
see you all tomorrow
gotta run, talk later
going to bed
afk for a bit
back in 5
lunch time
brb coffee
I'm so tired today
work was awful
it's raining here again
my internet is so slow today lol
what a game last night
did you guys see the match??
who's up for a round later?
anyone wanna play tonight?
happy new year all!
merry christmas everyone 🎄
congrats on the release
amazing work on the new version
the new update looks sick
love the new logo
that screenshot looks gorgeous
nice setup
sweet build dude
haha classic
oh no
oh dear
poor guy
that sucks
feels bad man
ouch, that hurts
I feel you
been there
same problem here last year, a reboot helped
it happened to me too once, went away by itself
happened to a friend of mine
idk man
dunno
no clue tbh
beats me
whatever you say
if you say so
sure thing
consider it done
on it
I'll look into it tomorrow
will report back
let me know how it goes
keep me posted
take your time
no rush
don't worry about it
it's fine
it's all good
np, glad it helped
anytime mate
you too!
right back at you
back at ya
thanks for nothing
dumb bot
you are useless
worst bot ever
shut up bot
bad answer
not helpful at all
I hate this bot
clanker
are you alive?
do you like pizza?
tell me a joke
who made you?
do you have feelings?
marry me
good boy
pet the bot
beep boop
test
testing testing 123
ping
hello world
hi bot, I'm Tom
Hey all, new here, glad to have found this place
just joined, looks great
greetings from Finland
morning!
evening folks
gn8
yo what's good
sup nerds
long time no see
welcome back
glad you're back
we missed you
I'm bored
I'm hungry
lol I forgot about that
I totally forgot
didn't see that coming
never thought of that
good to know
noted, thanks
that's interesting
TIL
huh, interesting
makes total sense
that explains it
ohhh now I get it
ah gotcha
ah ok that clears it up
perfect timing
best community ever
this server is the best
we should do this more often
I told him already
she already left
Dave said he'd bring the snacks
meeting is at 5 now
stream starts in ten minutes
we won 3:1
passt, danke dir
läuft wieder
hat sich erledigt
alles wieder gut
war mein Fehler
bin gleich wieder da
muss los, bis morgen
mega geil
na toll
ist ja witzig
keine Ursache
gute Besserung
herzlichen Glückwunsch!
jetzt geht's, lag am Router
dummer Bot
ya está, gracias
ya funciona
qué bueno
qué risa
me voy a dormir
feliz cumpleaños!
nos vemos mañana
perfecto, muchísimas gracias
era el cable, ya está arreglado
vaya partido
bot tonto
super, ça marche maintenant
c'est réglé, merci
trop bien
trop drôle
bon appétit
je vais dormir
bon anniversaire !
à tout à l'heure
désolé, mauvais salon
ah oui en effet
quel match hier
bot nul
haha you got me there
alright, that settles it
cheers mate, that did it
ok restarting helped
nah I'm good
man I love this place
who invited this guy lol
can't believe we won
so proud of you all
that's what she said
yo that's fire
I'm heading out, cya
wish me luck!
dinner's ready, bbl
thx, sorted
oh it was a typo lol
not gonna lie, that was fun
I owe you one
you the best
W bot
danke, hat funktioniert
super, jetzt klappt es
ach egal
schönes Wochenende euch!
ok, jetzt hab ich's verstanden
jajaja qué fuerte
listo, muchas gracias
hasta mañana!
ah d'accord, merci
haha trop fort
""".strip().splitlines()
"""Further messages in passing, written before the rules for them; the last thirty after."""

TERSE = """
we upgraded yesterday and now the map is empty
my screen goes white when i open settings
i only get a spinning wheel
my saves are from last week
i set the port to 8080 and it still uses 22000
i see a yellow triangle next to the folder
my cpu is at 100%
i renamed my server and now nobody gets in
i closed the window and it went away
i changed the name and the old one is still there
it should start with windows
my menu looks different
it takes ages to load
it asks me to log in every time
ich sehe nur noch einen grauen kreis
me sale una pantalla gris
je vois un triangle jaune
whats the default port
port?
cant connect
server wont start after update
nether portal
install on raspberry pi
default password
config file location
max players
how 2 install
linux support
discount for students
refund
opening hours
api key where
api rate limit
backup restore
restore from backup
dark theme
reset password
delete account
change username
two factor
2fa lost phone
invite link expired
bot offline
bot not responding
no sound
no audio in voice channel
black screen on launch
fps drops
memory leak
high cpu usage
stuck on loading
stuck at 99%
update fails
error 500
error code 0x80070005
ECONNREFUSED 127.0.0.1:5432
Traceback (most recent call last): File "main.py", line 3 import discord ModuleNotFoundError: No module named 'discord'
java.lang.OutOfMemoryError: Java heap space
TypeError: Cannot read properties of undefined (reading 'send')
permission denied /dev/ttyUSB0
npm ERR! code ERESOLVE
segmentation fault (core dumped)
FATAL: password authentication failed for user "postgres"
bind: address already in use
SSL certificate problem: self signed certificate
Missing Access
Unknown interaction
GLIBC_2.34 not found
docker compose example
docker image
docker volumes permission
nginx reverse proxy
reverse proxy setup
behind cloudflare
run as a service
run on startup
auto start on boot
windows 11
mac m1 version
android app
ios version
minimum requirements
system requirements
supported file types
max file size
file size limit
upload limit
how much ram
ram needed
price for teams
pricing
free tier limits
trial length
cancel subscription
payment declined
invoice
shipping to canada
return policy
dogs allowed
parking
wheelchair access
wifi password
checkout time
breakfast
membership fee
next meeting
minutes of the last meeting
rules about spoilers
rules for trading
how do ranks work
xp per message
level roles
self assign roles
mod application
ban appeal
appeal a ban
unban
report a player
whitelist
whitelist add player
op command
gamemode command
keep inventory
spawn protection
villager trading
redstone repeater
ender pearl damage
fall damage rules
fireball damage
long rest
death saving throws
grapple rules
multiclassing
concentration check
spell slots wizard level 5
sync two folders
ignore patterns
conflict files
folder not syncing
device disconnected
relay servers
versioning
led strip not lighting up
wrong colors
esp32 pins
flash firmware
brew install specific version
uninstall formula
slash commands not showing
slash command permissions
embed colors
collect reactions
sharding
intents
deprecated?
alternatives to x
difference between lts and stable
lts vs stable
python or node
which version
version 3 release date
changelog
roadmap
docs for webhooks
webhook signature
oauth scopes
env variables
environment variables list
proxy settings
timeout setting
increase timeout
disable notifications
turn off autosave
mute notifications
import csv
export data
export to pdf
keyboard shortcuts
language setting
translate to german
works with bluetooth?
compatible with v2
works on steam deck
play on console
crossplay
the app crashes when I open it
my world is gone
my account got hacked
my order never arrived
it says invalid token
screen flickers
game freezes every 5 min
login loop
email not received
no verification email
can no longer log in
lost my key
need more storage
want to move to another server
moving to a new machine
migrating from v1
upgrade from 1.19 to 1.20
downgrade
rollback an update
someone is impersonating me
im new, where to start
where start
getting started
beginner guide
tutorial
first steps
Standardport
server startet nicht
server startet nicht nach update
Passwort zurücksetzen
Öffnungszeiten
Hunde erlaubt
Konto löschen
installieren auf raspberry pi
keine Verbindung
Bild bleibt schwarz
Rückgabe
Mindestalter
puerto por defecto
no conecta
el servidor no arranca
horario de apertura
instalar en windows
recuperar contraseña
precio
pantalla negra
perros permitidos
port par défaut
le serveur ne démarre pas
impossible de se connecter
installer sur linux
mot de passe perdu
horaires
tarifs
écran noir au démarrage
sauvegarde
nginx config
ip ban vs timeout
plugin folder
map reset when
my inventory disappeared
bot won't join vc
creative mode permission
raid protection settings
set home limit
server ip
discord.errors.LoginFailure: Improper token has been passed.
seed map
lost all my roles
audio desync
cant hear anyone
verification captcha not loading
refund took 3 weeks
webhook url
cheapest plan
change region
sync stuck on scanning
postgres support
spell components
armor class barbarian
formula not found
wifi reconnect loop
Bot kommt nicht online
Rollen vergeben
cambiar idioma
réinitialiser la carte
""".strip().splitlines()
"""What is asked in a few words, or by pasting an error; written as those above."""
