"""The playground: the whole bot in a browser, with no Discord account.

A page server on loopback beside the stand-in Discord, and the real bot in a process of its own that logs in to it.

`address` is where the page is and who may ask for it, `server` and `socket` what it is served by, `visit` what somebody
does there, `shown` and `pushes` what they see; `cast` is who and what is in the server; `keeper` starts the bot and
hears what it reports, `child` is the bot's process; `workspace` is the folder that is played in.
"""
