"""The settings of a server as its managers see them, with what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import discord

from bot import permissions
from bot.cards.escape import escape_line
from bot.cards.settings_card import Option, Setting
from bot.cards.visible import one_line
from bot.localisation.catalogue import LANGUAGES, language_name, mark, say
from bot.preferences.effective import ANYONE, MOST_QUOTES, STAFF, YES, InForce
from bot.preferences.store import Name
from index.answer.confidence import Strictness

TITLES: Mapping[Name, str] = MappingProxyType(
    {
        Name.CHANNELS: mark("Channels that I answer in unasked"),
        Name.THREADS: mark("Answers in threads"),
        Name.STRICTNESS: mark("How sure I must be when asked"),
        Name.UNASKED_STRICTNESS: mark("How sure I must be unasked"),
        Name.QUOTES: mark("Quotes in an answer, at most"),
        Name.HELPER_ROLE: mark("Role of the helpers"),
        Name.SOLVED_TAGS: mark("Tags of posts that are solved"),
        Name.FORUM_SILENCE: mark("Whose answer silences me in a forum post"),
        Name.LANGUAGES: mark("Languages that I speak"),
        Name.DIGEST_CHANNEL: mark("Channel for the weekly digest"),
    }
)

_ABOUT: Mapping[Name, str] = MappingProxyType(
    {
        Name.CHANNELS: mark("Text channels and forums. Elsewhere I answer whoever mentions me."),
        Name.THREADS: mark("Each answer gets a thread of its own."),
        Name.STRICTNESS: mark("Below that I show the closest places, and say that they are no answer."),
        Name.UNASKED_STRICTNESS: mark("Below that I keep silent."),
        Name.QUOTES: mark("After the first, a quote is shown only if it adds something."),
        Name.HELPER_ROLE: mark(
            "The button *Ask a helper* in forums mentions it, once in each post. Where I find nothing, its author gets "
            "it, too."
        ),
        Name.SOLVED_TAGS: mark("The button *Solved* puts them on a post."),
        Name.FORUM_SILENCE: mark("I still answer whoever mentions me. The role of the helpers counts as staff."),
        Name.LANGUAGES: mark("I use the language of whoever asks if it is picked here, and otherwise the first one."),
        Name.DIGEST_CHANNEL: mark("What was asked in vain is posted there once a week."),
    }
)

_STRICTNESS: Mapping[Strictness, str] = MappingProxyType(
    {
        Strictness.STRICT: mark("Strict: only when sure"),
        Strictness.BALANCED: mark("Balanced"),
        Strictness.EAGER: mark("Eager: sooner, and wrong more often"),
    }
)
_LANGUAGE_NAMES = MappingProxyType({"en": "English", "de": "German", "es": "Spanish", "fr": "French"})

_ANSWERED_IN = (discord.ChannelType.text, discord.ChannelType.forum)
_MOST_PICKED = 25

_LONGEST_FORUM = 25
"""Characters of a forum's name in front of a tag's: both fit into an option."""


def settings_of(guild: discord.Guild, held: InForce) -> list[Setting]:
    """Return what holds in a server, a setting each, in the order of the card."""
    laid_out = _Settings(guild, held)
    return [
        laid_out.channels(),
        laid_out.threads(),
        laid_out.strictness(Name.STRICTNESS, held.strictness),
        laid_out.strictness(Name.UNASKED_STRICTNESS, held.unasked_strictness),
        laid_out.quotes(),
        laid_out.helper_role(),
        laid_out.solved_tags(),
        laid_out.forum_silence(),
        laid_out.languages(),
        laid_out.digest_channel(),
    ]


@dataclass(frozen=True, slots=True)
class _Settings:
    """Lays out the settings that are in force in a server."""

    guild: discord.Guild
    held: InForce

    def channels(self) -> Setting:
        known, gone = _split(self.held.channels, {channel.id for channel in self.guild.channels})
        note = _gone(known, gone) or _unwritable(self.guild, known, threads=self.held.threads)
        setting = self._setting(Name.CHANNELS, discord.ComponentType.channel_select, known, note)
        return replace(setting, most=_MOST_PICKED, channel_types=_ANSWERED_IN)

    def threads(self) -> Setting:
        return self._choice(Name.THREADS, [YES if self.held.threads else "no"])

    def strictness(self, name: Name, picked: Strictness) -> Setting:
        return self._choice(name, [picked.value])

    def quotes(self) -> Setting:
        return self._choice(Name.QUOTES, [self.held.quotes])

    def helper_role(self) -> Setting:
        known, gone = _split([self.held.helper_role or 0], {role.id for role in self.guild.roles})
        note = _gone(known, gone) or _unpingable(self.guild, known)
        return self._setting(Name.HELPER_ROLE, discord.ComponentType.role_select, known, note)

    def solved_tags(self) -> Setting:
        tags = _tags(self.guild)
        known = [tag.value for tag in tags if int(tag.value) in self.held.solved_tags]
        note = _gone(known, self.held.solved_tags) or ("" if tags else say("No forum here has tags yet."))
        tagged = [forum.id for forum in self.guild.forums if permissions.sets_tags(forum, self.held.solved_tags)]
        note = note or _unwritable(self.guild, tagged, threads=False, tags=True)
        setting = self._setting(Name.SOLVED_TAGS, discord.ComponentType.string_select, known, note)
        return replace(setting, options=tags, most=_MOST_PICKED)

    def forum_silence(self) -> Setting:
        return self._choice(Name.FORUM_SILENCE, [self.held.forum_silence])

    def languages(self) -> Setting:
        return replace(self._choice(Name.LANGUAGES, self.held.languages), most=len(LANGUAGES))

    def digest_channel(self) -> Setting:
        known, gone = _split([self.held.digest_channel or 0], {channel.id for channel in self.guild.channels})
        note = _gone(known, gone) or _unwritable(self.guild, known, threads=False)
        setting = self._setting(Name.DIGEST_CHANNEL, discord.ComponentType.channel_select, known, note)
        return replace(setting, channel_types=(discord.ChannelType.text,))

    def _choice(self, name: Name, picked: Iterable[object]) -> Setting:
        """Return a setting of which at least one of some options is picked."""
        setting = self._setting(name, discord.ComponentType.string_select, picked)
        return replace(setting, options=_options(name), least=1)

    def _setting(self, name: Name, kind: discord.ComponentType, picked: Iterable[object], note: str = "") -> Setting:
        values = tuple(map(str, picked))
        return Setting(
            name=name.value,
            title=say(TITLES[name]),
            about=say(_ABOUT[name]),
            kind=kind,
            picked=values,
            fixed=name in self.held.fixed,
            shown=escape_line(named_values(self.guild, name, values), 200),
            note=note,
        )


def _split(wanted: Iterable[int], known: set[int]) -> tuple[list[int], list[int]]:
    """Return which ids name something that is there, and which do not."""
    ids = list(wanted)
    return [number for number in ids if number in known], [number for number in ids if number not in known]


def _tags(guild: discord.Guild) -> tuple[Option, ...]:
    return tuple(
        Option(f"{one_line(forum.name, _LONGEST_FORUM)}: {tag.name}", str(tag.id))
        for forum in guild.forums
        for tag in forum.available_tags
    )


def named_values(guild: discord.Guild, name: Name, values: Iterable[str]) -> str:
    """Return values of a setting as a person reads them: what an option is called, and names in place of ids."""
    options = {option.value: option.label for option in _options(name)}
    return ", ".join(dict.fromkeys(options.get(value) or _named(guild, value) for value in values))


def _named(guild: discord.Guild, value: str) -> str:
    if not (value.isascii() and value.isdecimal()):
        return value
    number = int(value)
    channel, role = guild.get_channel(number), guild.get_role(number)
    tags = {tag.id: tag.name for forum in guild.forums for tag in forum.available_tags}
    return f"#{channel.name}" if channel else f"@{role.name}" if role else tags.get(number, say("(deleted)"))


def _options(name: Name) -> tuple[Option, ...]:
    """Return what can be picked of a setting that is no channel, role or tag of the server."""
    match name:
        case Name.THREADS:
            return (Option(say("Off"), "no"), Option(say("On"), YES))
        case Name.STRICTNESS | Name.UNASKED_STRICTNESS:
            return tuple(Option(say(_STRICTNESS[level]), level.value) for level in Strictness)
        case Name.QUOTES:
            return tuple(Option(str(number), str(number)) for number in range(1, MOST_QUOTES + 1))
        case Name.FORUM_SILENCE:
            return (Option(say("Staff"), STAFF), Option(say("Anyone but the author"), ANYONE))
        case Name.LANGUAGES:
            return tuple(Option(language_name(_LANGUAGE_NAMES[code]).capitalize(), code) for code in LANGUAGES)
        case _:
            return ()


def _gone(known: Sequence[object], gone: Collection[int]) -> str:
    """Return a note where all that was picked has been deleted: what is left of it holds."""
    return say("What was picked here has been deleted: pick something else.") if any(gone) and not known else ""


def _unwritable(guild: discord.Guild, channels: Iterable[int], *, threads: bool, tags: bool = False) -> str:
    """Return which permissions the bot lacks in the first of the channels where it does."""
    for number in channels:
        channel = guild.get_channel(number)
        if channel is None:
            continue
        lacking = permissions.missing(channel.permissions_for(guild.me), threads=threads, tags=tags)
        if lacking:
            return say(
                "In {channel} I lack these permissions: {missing}.", channel=channel.mention, missing=", ".join(lacking)
            )
    return ""


def _unpingable(guild: discord.Guild, roles: Iterable[int]) -> str:
    mine = guild.me.guild_permissions
    known = (role for number in roles if (role := guild.get_role(number)) is not None)
    if any(permissions.cannot_mention(mine, role) for role in known):
        return say("I cannot mention this role: allow everybody to, in the settings of the role.")
    return ""
