"""Why a reader or a connector leaves a file out, as far as it says so in fixed words: `index` says it in English."""

from __future__ import annotations

from bot.localisation.catalogue import mark

REASONS = (
    mark("`.xml` files are not read, but for a MediaWiki's exports"),
    mark("holds no text"),
    mark("holds no text, perhaps only pictures: run it through OCR first"),
    mark("holds no text: a script draws it in the browser; save the page once it is shown there"),
    mark("is empty"),
    mark("is kept in Git LFS, which is not fetched: commit the file itself"),
    mark("is locked with a password or a licence (DRM): use a copy without one"),
    mark("is locked with a password: save it without one first"),
    mark("is nested more deeply than can be read: make it flatter"),
    mark("is no longer there"),
    mark("is not a Jupyter notebook, or is damaged"),
    mark("is not a MediaWiki's export, or is damaged"),
    mark("is not a PDF, or is damaged"),
    mark("is not an EPUB book, or is damaged"),
    mark("is not text: it seems to be a file of another kind under this name"),
    mark("kept changing while it was read: it is tried again in the next build"),
    mark("may not be opened: give the bot's user the right to read it"),
)
"""They are passed to `say` as they come; any other reason is shown in English."""
