"""Who and what is in the playground's server: three people to be, three roles, five channels."""

from __future__ import annotations

from dataclasses import dataclass

from bot.standin.driver.person import Person
from bot.standin.payload import Json
from bot.standin.permission import NOTHING, Permission
from bot.standin.standin import StandIn
from bot.standin.state.channel import Channel, Tag
from bot.standin.state.role import Role

_MODERATES = Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS
_COLOURS = {"Moderator": "#e67e22", "Staff": "#1abc9c", "Helper": "#3498db"}


@dataclass(frozen=True)
class Character:
    """Somebody that a visitor can be."""

    person: Person
    about: str
    roles: tuple[Role, ...] = ()

    def as_json(self) -> Json:
        """Return what the page is told of them."""
        user = self.person.user
        roles = [_as_json(role) for role in self.roles]
        return {"id": str(user.id), "name": user.display_name, "about": self.about, "roles": roles}


@dataclass(frozen=True)
class Cast:
    """The people, with the moderator, and the channels and roles that settings refer to."""

    characters: tuple[Character, ...]
    moderator: Person
    moderation: Role
    staff: Role
    helpers: Role
    """Those whom *Ask a helper* mentions."""
    solved: Tag
    staff_room: Channel
    moderators: Channel
    open_channels: tuple[Channel, ...]
    """Those where the bot answers unasked."""

    def character(self, user_id: int) -> Character | None:
        """Return the character with that user's id."""
        return next((character for character in self.characters if character.person.user.id == user_id), None)

    def roles_as_json(self) -> list[Json]:
        """Return what the page is told of the roles."""
        return [_as_json(role) for role in (self.moderation, self.staff, self.helpers)]


def _as_json(role: Role) -> Json:
    return {"id": str(role.id), "name": role.name, "color": _COLOURS[role.name]}


def enter(discord: StandIn) -> Cast:
    """Furnish the stand-in's server, and have the people join it."""
    discord.world.bot.display_name = "Quoth"
    questions, general = discord.text_channel("questions"), discord.channel
    questions.position, general.position = general.position, questions.position
    forum, solved = discord.forum("help-forum"), Tag(discord.world.ids.make(), "Solved")
    forum.tags += [solved, Tag(discord.world.ids.make(), "Question")]
    moderation, staff = discord.role("Moderator", _MODERATES), discord.role("Staff")
    helpers = discord.role("Helper")
    helpers.mentionable = True
    bot_role = next(role for role in discord.guild.roles.values() if role.bot_id is not None)
    bot_role.permissions |= Permission.MANAGE_THREADS  # to set the tag of solved posts
    moderators = _closed(discord, "moderators", moderation)
    staff_room = _closed(discord, "staff-room", moderation, staff)
    for channel, topic in (
        (questions, "Ask the documents: Quoth answers here without being mentioned, where it is sure."),
        (general, "Everything else. Mention Quoth, or use /ask."),
        (forum, "A post for each question."),
        (moderators, "For those who look after the server: /settings, and /index rebuild, status and rollback."),
        (staff_room, "Here, what is closed to others is quoted, too."),
    ):
        channel.topic = topic
    mo = _join(discord, "mo", moderation)
    characters = (
        Character(_join(discord, "ada"), "A member. Sees what everybody sees."),
        Character(mo, "A moderator. May rebuild the index, and sees every channel.", (moderation,)),
        Character(
            _join(discord, "kim", staff, helpers),
            "A member of the staff, who helps. Sees #staff-room and what is closed.",
            (staff, helpers),
        ),
    )
    return Cast(characters, mo, moderation, staff, helpers, solved, staff_room, moderators, (questions, forum))


def _join(discord: StandIn, name: str, *roles: Role) -> Person:
    person = discord.person(name, *roles)
    person.user.display_name = name.title()
    discord.world.dm(person.user)
    return person


def _closed(discord: StandIn, name: str, *roles: Role) -> Channel:
    """Make a channel that some roles and the bot alone see."""
    channel = discord.text_channel(name)
    channel.overwrite(discord.guild.everyone.id, allow=NOTHING, deny=Permission.VIEW_CHANNEL)
    for target in (*(role.id for role in roles), discord.world.bot.id):
        channel.overwrite(target, allow=Permission.VIEW_CHANNEL)
    return channel
