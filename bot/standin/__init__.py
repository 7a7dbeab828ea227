"""A stand-in Discord on loopback, as strict as the real one, for tests and for trying the bot in.

    async with playground() as discord:                     # one server, one channel, no people yet
        with redirected(discord.addresses):                 # discord.py of this process; `redirect` for good
            client = MyClient(...)
            running = asyncio.create_task(client.start(discord.token))
            ...
            ada = discord.person("ada")
            asked = ada.slash(discord.channel, "ask", question="When does it open?")
            seen = await asked.answer()                     # what Ada sees once it is more than "thinking"
            seen.text, seen.ephemeral, seen.buttons, seen.pings, seen.files
            asked.seconds, asked.versions, asked.followups  # first response's time; how it looked over time
            more = await ada.click(seen, "Context").answer()
            choices = await ada.autocomplete(discord.channel, "source show", "source", "op")
            said = ada.ask(discord.channel, "when?")        # a mention; also say, reply, dm, post (forum)
            (await said.answer()).text
            await ada.menu(said, "Answer this").answer()
            (await ada.click(seen, "Feedback").modal()).submit(comment="Good.")
            discord.api.faults.fail("POST /channels/*", 429, times=2)
            await discord.gateway.drop()                    # the bot resumes
            discord.clock.advance(15 * 60)                  # tokens die
            assert not discord.api.violations

`bot.standin.state` is what there is, `wire` how it looks in JSON, `rules` what Discord refuses, `posting` what
people and bot do alike, `api` and `gateway` the two sides of the wire, `driver` what people do and see.
"""

from __future__ import annotations

from bot.standin.driver.errors import ClientRefusesError, DriverError, NoAnswerError
from bot.standin.driver.person import Person
from bot.standin.driver.response import Modal, Response
from bot.standin.driver.said import Said
from bot.standin.driver.seen import Button, Seen
from bot.standin.permission import Permission
from bot.standin.redirect import Addresses, redirect, redirected
from bot.standin.standin import TOKEN, StandIn, playground

__all__ = [
    "TOKEN",
    "Addresses",
    "Button",
    "ClientRefusesError",
    "DriverError",
    "Modal",
    "NoAnswerError",
    "Permission",
    "Person",
    "Response",
    "Said",
    "Seen",
    "StandIn",
    "playground",
    "redirect",
    "redirected",
]
