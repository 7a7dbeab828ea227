"""The names and descriptions of commands, as Discord shows them to people of other languages."""

from __future__ import annotations

from discord import Locale, app_commands

from bot.localisation.catalogue import ENGLISH, LANGUAGES, language_of, load, mark, translated

OPTIONS = (
    mark("question"),
    mark("source"),
    mark("private"),
    mark("name"),
    mark("section"),
    mark("line"),
    mark("page"),
    mark("file"),
    mark("days"),
    mark("address"),
    mark("channel"),
    mark("style"),
)
"""The names of options: discord.py reads them from the signatures of commands, where they are not marked."""


class Dictionary(app_commands.Translator):
    """Hands Discord what the catalogue has; what it lacks stays English."""

    async def load(self) -> None:
        """Read the catalogue."""
        load()

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return `string` in the language of `locale`, or None."""
        del context
        code = locale.value.partition("-")[0]
        return translated(string.message, language_of(locale.value)) if code in LANGUAGES and code != ENGLISH else None
