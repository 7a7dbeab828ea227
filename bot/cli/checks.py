"""Checks everything that the bot needs; each finding says what to do or to click."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
import discord

from bot import compose, permissions, tuned
from bot.access.homes import HomeServers, HomeServersError
from bot.access.rules import faults
from bot.cli import machine_checks, server_checks
from bot.connector_status import rows_or_fault
from bot.phrasing import count
from bot.settings import ENV_FILE, Settings, variable
from index.build.survey import survey
from index.encode import model, probes
from index.errors import IndexUseError, QuothError
from index.read.ocr.mode import INSTALL, Mode, mode_of
from index.store.fallback import open_sound

_PORTAL = "discord.com/developers/applications"


class State(StrEnum):
    """The result of a check."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, the result, and a text that says what was found or what to do."""

    what: str
    state: State
    message: str


def examine_index(settings: Settings) -> Iterator[Finding]:
    """Check documents, model, index and, if there is one, the remote encoder; loads no model."""
    if ENV_FILE.is_dir():
        yield Finding("settings", State.WARNING, f"{ENV_FILE} is a folder: no settings are read from it")
    try:
        listing = compose.library(settings).listing()
        message = f"{count(len(listing.files), 'file')} to read in {settings.documents}"
        advice = "" if listing.files else f": put documents there, or set {variable('documents')}."
        yield Finding("documents", State.BAD if advice else State.GOOD, f"{message}{advice}")
    except QuothError as error:
        yield Finding("documents", State.BAD, str(error))
    told, will_do = machine_checks.of_data(settings)
    yield Finding("data", State.GOOD if will_do else State.BAD, told)
    if (lacking := machine_checks.want_of_room(settings)) is not None:
        yield Finding("room", State.WARNING, lacking)
    try:
        folder = model.locate(settings.model)
        fingerprint = model.checked(folder, settings.model)
        yield Finding("model", State.GOOD, f"{settings.model}, as published")
        yield _index(settings, fingerprint)
        if settings.encoder_url is not None:
            yield examine_encoder(settings)
    except QuothError as error:
        yield Finding("model", State.BAD, str(error))
    yield from (Finding(what, State.BAD, told) for what, told in machine_checks.faults_of_models(settings))
    yield from _ocr(settings)
    yield _chat_names(settings)
    yield from _writer(settings)
    yield from _connectors(settings)
    yield from _threshold(settings)
    yield from (
        Finding("access", State.WARNING, message) for message in faults(settings.access, compose.library(settings))
    )


def _ocr(settings: Settings) -> Iterator[Finding]:
    """Tell whether text in pictures is read, and whether what it takes is installed."""
    wanted = {"QUOTH_OCR": settings.ocr, "QUOTH_OCR_QUESTIONS": settings.ocr_questions}
    on = " and ".join(name for name, is_on in wanted.items() if is_on)
    mode = mode_of(wanted=bool(on))
    if mode is Mode.OFF:
        yield Finding("text in pictures", State.GOOD, "not read: QUOTH_OCR is off")
    elif mode is Mode.MISSING:
        yield Finding("text in pictures", State.BAD, f"not read, though {on} asks for it: {INSTALL}")
    else:
        yield Finding("text in pictures", State.GOOD, f"read, as {on} asks for it; the extra `ocr` is installed")


def _chat_names(settings: Settings) -> Finding:
    """Tell whether the names of authors in exported chats are kept."""
    message = "kept, as QUOTH_CHAT_NAMES asks for it" if settings.chat_names else "left out: QUOTH_CHAT_NAMES is off"
    return Finding("names in exported chats", State.GOOD, message)


def _writer(settings: Settings) -> Iterator[Finding]:
    """Ask the writer's server for a sentence, where one is set."""
    if settings.writer_url is not None:
        from bot.writing.examine import examine

        fault = asyncio.run(examine(compose.chat_server(settings)))
        success = f"{settings.writer_model} at {settings.writer_url} answers as it should"
        yield Finding("writer", State.GOOD if fault is None else State.BAD, fault or success)


def _threshold(settings: Settings) -> Iterator[Finding]:
    """Advise `quoth tune` where nobody has fitted the confidence to the model and the reranker in use."""
    if not tuned.is_fitted(settings):
        message = (
            "the confidence was fitted with another model or reranker, so no answer is called sure: "
            "once there are votes, run `quoth tune --write`"
        )
        yield Finding("threshold", State.WARNING, message)


def _connectors(settings: Settings) -> Iterator[Finding]:
    """Tell of each connector what its last run came to."""
    if settings.connectors is not None and machine_checks.is_missing(settings.connectors.parent):
        message = f"{variable('connectors')} names {settings.connectors}, whose folder is not there: is it spelt right?"
        yield Finding("connectors", State.WARNING, message)
    rows, fault = rows_or_fault(compose.connectors(settings))
    if fault is not None:
        yield Finding("connectors", State.BAD, fault)
    for row in rows:
        yield Finding("connectors", State.WARNING if row.state.error else State.GOOD, f"{row.name}: {row.summary}")


def examine_encoder(settings: Settings) -> Finding:
    """Ask the remote encoder for vectors, and compare them with those of the model and of the index in use."""
    try:
        encoder = compose.encoder_client(settings)
        with contextlib.suppress(IndexUseError), closing(compose.shelf(settings).open()) as generation:
            if generation.manifest.recipe.fingerprint == encoder.fingerprint:
                encoder.expect(probes.read(generation.manifest.probes))
        encoder.probes  # noqa: B018 -- to be asked is all
        began = time.perf_counter()
        encoder.questions(["Are you there?"])
        message = f"{encoder.server.url} answers in {1000 * (time.perf_counter() - began):.0f} ms"
    except QuothError as error:
        return Finding("encoder", State.BAD, str(error))
    if encoder.is_known:
        return Finding("encoder", State.GOOD, f"{message}, with the vectors of {settings.model}")
    message += f"; whether with the vectors of {settings.model} cannot be told until an index has been built with them."
    return Finding("encoder", State.WARNING, message)


def _index(settings: Settings, fingerprint: str) -> Finding:
    try:
        opened = open_sound(compose.shelf(settings))
        generation = opened.generation
        generation.check_model(settings.model, fingerprint)
        documents = count(generation.manifest.counts.documents, "document")
        now = survey(compose.library(settings), generation.manifest)
        generation.close()
    except QuothError as error:
        return Finding("index", State.BAD, str(error))
    if opened.damage is not None:
        return Finding("index", State.BAD, f"{opened.damage.message()} `quoth index build` makes it anew.")
    if now.is_news and not (now.fresh or now.unchanged):
        return Finding("index", State.WARNING, f"{documents}; what it was built from is there no more.")
    if now.is_news:
        return Finding("index", State.WARNING, f"{documents}; they have changed since: run `quoth index build`.")
    return Finding("index", State.GOOD, f"{generation.name}, {documents}, up to date")


async def examine_discord(settings: Settings) -> AsyncIterator[Finding]:
    """Check token, intents, commands and the permissions in every channel, using only Discord's HTTP API."""
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
        message = (
            f"Discord does not know this token: make a new one at {_PORTAL}, page Bot, and set QUOTH_DISCORD_TOKEN."
        )
        yield Finding("token", State.BAD, message)
    except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
        yield Finding("discord", State.BAD, f"Discord cannot be reached ({error}): check the network.")


async def _logged_in(client: discord.Client, settings: Settings) -> AsyncIterator[Finding]:
    application = await client.application_info()
    yield Finding("token", State.GOOD, f"logged in as {application.name}")
    yield _content(application)
    for finding in _openings(application, settings):
        yield finding
    yield await _commands(client)
    link = permissions.invite(application.id)
    yield Finding("invite link", State.GOOD, link)
    servers = [guild async for guild in client.fetch_guilds()]
    if not servers:
        yield Finding("servers", State.BAD, f"the bot is on no server: invite it with {link}")
    yield _homes(settings, {server.id: server.name for server in servers})
    for server in servers:
        yield await _server(client, server.id, settings)
        yield await _settings_of(client, server.id, settings)


def _content(application: discord.AppInfo) -> Finding:
    flags = application.flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding("message content intent", State.GOOD, "switched on")
    message = (
        "switched off: everything works but answering unasked in QUOTH_CHANNELS. To switch it on: "
        f"{_PORTAL}, page Bot, Message Content Intent."
    )
    return Finding("message content intent", State.WARNING, message)


def _openings(application: discord.AppInfo, settings: Settings) -> Iterator[Finding]:
    """Yield what lets strangers at the bot, as its application is set up."""
    if application.bot_public:
        message = f"switched on: anybody can add the bot to their server. Switch it off: {_PORTAL}, page Bot."
        yield Finding("public bot", State.WARNING, message)
    else:
        yield Finding("public bot", State.GOOD, "switched off")
    if application.user_integration_config is None:
        yield Finding("user install", State.GOOD, "switched off")
    elif not settings.answer_elsewhere:
        message = f"switched on: anybody can add the bot to their account. Switch it off: {_PORTAL}, page Installation."
        yield Finding("user install", State.WARNING, message)
    if application.interactions_endpoint_url:
        message = (
            f"set: commands and buttons go there, and not to this bot. To remove it: {_PORTAL}, page General "
            "Information, Interactions Endpoint URL."
        )
        yield Finding("interactions endpoint URL", State.WARNING, message)


def _homes(settings: Settings, servers: Mapping[int, str]) -> Finding:
    """Tell which servers are the bot's home, and which of those that it is in are not."""
    try:
        homes = HomeServers(settings.data, settings.servers)
    except HomeServersError as error:
        return Finding("home servers", State.BAD, str(error))
    if not homes.are_known:
        message = "none yet: the servers that the bot is in become so when it starts. QUOTH_SERVERS names them."
        return Finding("home servers", State.WARNING, message)
    strange = [f"{name} ({number})" for number, name in servers.items() if number not in homes]
    named = ", ".join(f"{servers.get(number, 'not joined')} ({number})" for number in sorted(homes.ids))
    if strange and not settings.answer_elsewhere:
        message = f"{named}; the bot is also in {', '.join(strange)}, and answers nobody there."
        return Finding("home servers", State.WARNING, message)
    absent = homes.ids - servers.keys()
    return Finding("home servers", State.WARNING if absent else State.GOOD, named)


async def _commands(client: discord.Client) -> Finding:
    commands = await discord.app_commands.CommandTree(client).fetch_commands()
    if commands:
        return Finding("commands", State.GOOD, f"{count(len(commands), 'command')} known to Discord")
    return Finding("commands", State.WARNING, "none known to Discord yet: they are when the bot has started once.")


async def _settings_of(client: discord.Client, number: int, settings: Settings) -> Finding:
    """Tell what the managers of a server have set, and whether something that it names has been deleted."""
    server = await client.fetch_guild(number)
    message, whole = await server_checks.describe(server, settings)
    advice = "" if whole else ". Something has been deleted: pick another in `/settings`."
    return Finding(f"settings of {server.name}", State.GOOD if whole else State.WARNING, f"{message}{advice}")


async def _server(client: discord.Client, number: int, settings: Settings) -> Finding:
    """Tell which permissions are missing for what the settings and the managers of a server ask for."""
    server = await client.fetch_guild(number)
    me = await server.fetch_member(client.application_id or 0)
    held = server_checks.in_force(server, settings)
    lacking = "; ".join(server_checks.lacking(await server.fetch_channels(), me, held))
    missing = (
        f"missing in {lacking}. Allow them under Edit Channel, Permissions, for the bot's role." if lacking else ""
    )
    message = " ".join(filter(None, (missing, server_checks.unmentionable(server, me, held))))
    what = f"permissions on {server.name}"
    return Finding(what, State.WARNING if message else State.GOOD, message or "in every channel")
