"""The colours at the side of cards."""

from __future__ import annotations

import discord

SURE = discord.Colour(0x3BA55D)
PROBABLE = discord.Colour(0x3E7BD6)
GUESS = discord.Colour(0xE0A030)
NOTHING = discord.Colour(0x80848E)
"""Of answers: green, blue, amber and grey."""

DONE = discord.Colour(0x3BA55D)
UNANSWERED = discord.Colour(0xB9822B)
PLAIN = discord.Colour(0x4F6D9E)
BUSY = discord.Colour(0x5865F2)
FAILED = discord.Colour(0xC03B3B)
