"""Checks everything that the bot needs, and says what to do or to click where something is missing."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
import discord

from bot import compose, permissions
from bot.access.rules import faults
from bot.phrasing import count
from bot.settings import Settings
from index.build.survey import survey
from index.encode import model, probes
from index.errors import IndexUseError, QuothError
from index.store.fallback import open_sound

_PORTAL = "discord.com/developers/applications"


class State(StrEnum):
    """How a check came out."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, how it came out, and in words what is so or what to do."""

    what: str
    state: State
    told: str


def examine_index(settings: Settings) -> Iterator[Finding]:
    """Check documents, model, index and the encoder elsewhere, where there is one; loads no model."""
    try:
        listing = compose.library(settings).listing()
        told = f"{count(len(listing.files), 'file')} to read in {settings.documents}"
        yield Finding("documents", State.GOOD if listing.files else State.BAD, told)
    except QuothError as error:
        yield Finding("documents", State.BAD, str(error))
    try:
        folder = model.locate(settings.model)
        if settings.model == model.DEFAULT_MODEL:
            model.check_weights(folder)
        yield Finding("model", State.GOOD, f"{settings.model}, as published")
        yield _index(settings, model.fingerprint(folder))
        if settings.encoder_url is not None:
            yield examine_encoder(settings)
    except QuothError as error:
        yield Finding("model", State.BAD, str(error))
    yield from (Finding("access", State.WARNING, told) for told in faults(settings.access, compose.library(settings)))


def examine_encoder(settings: Settings) -> Finding:
    """Ask the encoder elsewhere for vectors, and compare them with those of the model and of the index in use."""
    try:
        encoder = compose.elsewhere(settings)
        with contextlib.suppress(IndexUseError), closing(compose.shelf(settings).open()) as generation:
            if generation.manifest.recipe.fingerprint == encoder.fingerprint:
                encoder.expect(probes.read(generation.manifest.probes))
        encoder.probes  # noqa: B018 -- to be asked is all
        began = time.perf_counter()
        encoder.questions(["Are you there?"])
        told = f"{encoder.server.url} answers in {1000 * (time.perf_counter() - began):.0f} ms"
    except QuothError as error:
        return Finding("encoder", State.BAD, str(error))
    if encoder.is_known:
        return Finding("encoder", State.GOOD, f"{told}, with the vectors of {settings.model}")
    told += f"; whether with the vectors of {settings.model} cannot be told until an index has been built with them."
    return Finding("encoder", State.WARNING, told)


def _index(settings: Settings, fingerprint: str) -> Finding:
    try:
        opened = open_sound(compose.shelf(settings))
        generation = opened.generation
        generation.check_model(settings.model, fingerprint)
        documents = count(generation.manifest.counts.documents, "document")
        news = survey(compose.library(settings), generation.manifest).is_news
        generation.close()
    except QuothError as error:
        return Finding("index", State.BAD, str(error))
    if opened.damage is not None:
        return Finding("index", State.BAD, f"{opened.damage.message()} `quoth index build` makes it anew.")
    if news:
        return Finding("index", State.WARNING, f"{documents}; they have changed since: run `quoth index build`.")
    return Finding("index", State.GOOD, f"{generation.name}, {documents}, up to date")


async def examine_discord(settings: Settings) -> AsyncIterator[Finding]:
    """Check token, intents, commands, and the permissions in every channel, over Discord's HTTP API alone."""
    if settings.discord_token is None:
        yield Finding("token", State.BAD, f"QUOTH_DISCORD_TOKEN is not set: copy the token from {_PORTAL}, page Bot.")
        return
    client = discord.Client(intents=discord.Intents.none())
    try:
        async with client:
            await client.login(settings.discord_token.get_secret_value().strip())
            async for finding in _logged_in(client, settings):
                yield finding
    except discord.LoginFailure:
        told = f"Discord does not know this token: make a new one at {_PORTAL}, page Bot, and set QUOTH_DISCORD_TOKEN."
        yield Finding("token", State.BAD, told)
    except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
        yield Finding("discord", State.BAD, f"Discord cannot be reached ({error}): check the network.")


async def _logged_in(client: discord.Client, settings: Settings) -> AsyncIterator[Finding]:
    application = await client.application_info()
    yield Finding("token", State.GOOD, f"logged in as {application.name}")
    yield _content(application)
    yield await _commands(client)
    servers = [guild async for guild in client.fetch_guilds()]
    if not servers:
        link = permissions.invite(application.id, threads=settings.threads)
        yield Finding("servers", State.BAD, f"the bot is on no server: invite it with {link}")
    for server in servers:
        yield await _server(client, server.id, settings)


def _content(application: discord.AppInfo) -> Finding:
    flags = application.flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding("message content intent", State.GOOD, "switched on")
    told = (
        "switched off: everything works but answering unasked in QUOTH_CHANNELS. To switch it on: "
        f"{_PORTAL}, page Bot, Message Content Intent."
    )
    return Finding("message content intent", State.WARNING, told)


async def _commands(client: discord.Client) -> Finding:
    found = await discord.app_commands.CommandTree(client).fetch_commands()
    if found:
        return Finding("commands", State.GOOD, f"{count(len(found), 'command')} known to Discord")
    return Finding("commands", State.WARNING, "none known to Discord yet: they are when the bot has started once.")


async def _server(client: discord.Client, number: int, settings: Settings) -> Finding:
    server = await client.fetch_guild(number)
    me = await server.fetch_member(client.application_id or 0)
    lacking = []
    for channel in await server.fetch_channels():
        if isinstance(channel, discord.TextChannel | discord.ForumChannel):
            absent = permissions.missing(channel.permissions_for(me), threads=settings.threads)
            if absent:
                lacking.append(f"#{channel.name}: {', '.join(absent)}")
    what = f"permissions on {server.name}"
    if not lacking:
        return Finding(what, State.GOOD, "in every channel")
    told = f"missing in {'; '.join(lacking)}. Allow them under Edit Channel, Permissions, for the bot's role."
    return Finding(what, State.WARNING, told)
