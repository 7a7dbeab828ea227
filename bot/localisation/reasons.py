"""Why a reader or a connector leaves something out, or fails: `index` says it in English, and here it is known again.

The terminal shows it as it is. On Discord `explanation` says it in each language, and names nothing of the machine.

What names a value has it in braces: `{n}` is a number, `{url}` an address, `{reason}` a reason in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.localisation.catalogue import mark

REASONS = (
    mark("`.xml` files are not read, but for a MediaWiki's exports"),
    mark("holds no text"),
    mark("holds no text, perhaps only pictures: run it through OCR first"),
    mark("lists the people of a chat with their names: it is not read"),
    mark("is a template of a site, and no page"),
    mark("holds no text: a script draws it in the browser; save the page once it is shown there"),
    mark("is a draft ({setting}): remove that line to have it read"),
    mark("is a draft of the site: move it out of “_drafts” to have it read"),
    mark("is empty"),
    mark("is kept in Git LFS, which is not fetched: commit the file itself"),
    mark("is locked with a password or a licence (DRM): use a copy without one"),
    mark("is locked with a password: save it without one first"),
    mark("is nested more deeply than can be read: make it flatter"),
    mark("is no longer there"),
    mark("is not there"),
    mark("is shown in itself"),
    mark("lies outside the documents folder"),
    mark("shows other files that were not read (put them in the documents folder)"),
    mark("is not a Jupyter notebook, or is damaged"),
    mark("is not a MediaWiki's export, or is damaged"),
    mark("is not a PDF, or is damaged"),
    mark("is not a PowerPoint presentation, or is damaged"),
    mark("is not a Word document, or is damaged"),
    mark("is not a ZIP archive, or is damaged"),
    mark("is not an EPUB book, or is damaged"),
    mark("is not an Excel workbook, or is damaged"),
    mark("is not an OpenDocument presentation, or is damaged"),
    mark("is not an OpenDocument spreadsheet, or is damaged"),
    mark("is not an OpenDocument text, or is damaged"),
    mark("is not text: it seems to be a file of another kind under this name"),
    mark("kept changing while it was read: it is tried again in the next build"),
    mark("holds more than {n} lines: split it into smaller files"),
    mark("holds more than {n} cells: split it into smaller files"),
    mark("holds more than {n} values: split it into smaller files"),
    mark("holds more than {n} parts: split it into smaller files"),
    mark("is larger than {size}: split it into smaller files"),
    mark("is not JSON in line {n}"),
    mark("lies in more than {n} folders: move it up"),
    mark("needs more than {n} MiB of memory to read"),
    mark("took longer than {n} s to read"),
    mark("unpacks to more than {n} MiB: save it anew, or split it into smaller files"),
)
"""Why a file of a folder is left out."""

OF_PICTURES = (
    mark("is a picture of more than {n} million pixels: save it smaller"),
    mark("is a picture without text that can be read"),
    mark("its lower part was not read for want of time: cut it into smaller pictures"),
    mark("is not a picture, or is damaged"),
    mark("page {pages} holds a picture alone, which is not read: run the file through OCR first"),
    mark("pages {pages} hold pictures alone, which are not read: run the file through OCR first"),
    mark("page {pages} holds a picture alone, in which no text can be read"),
    mark("pages {pages} hold pictures alone, in which no text can be read"),
    mark("some lines on page {pages} cannot be read with certainty and are marked as illegible"),
    mark("some lines on pages {pages} cannot be read with certainty and are marked as illegible"),
    mark("some lines cannot be read with certainty and are marked as illegible"),
    mark("the letters on page {pages} cannot be told: run the file through OCR first"),
    mark("holds a picture, which is not read: write down beside it what it says"),
    mark("holds {n} pictures, which are not read: write down beside them what they say"),
    mark("holds pictures, which are not read: write down beside them what they say"),
)
"""Why text in pictures is not read; pages are numbers."""

OF_DOCUMENTS = (
    mark("answers with status {status}"),
    mark("asks not to be gathered (noindex)"),
    mark("cannot be reached"),
    mark("cannot be reached ({reason})"),
    mark("does not come whole ({reason})"),
    mark("has a name that begins with a dot"),
    mark("has a name that is too long or cannot be shown"),
    mark("has a path that leads out of its folder"),
    mark("is called as a folder is in which another document lies, or the other way round"),
    mark("is a link that leads out of the repository"),
    mark("is a link that leads to no file"),
    mark("is a repository of its own (a submodule), which is not fetched: add a connector for it"),
    mark("is larger than {n} MiB"),
    mark("is not public (status {status})"),
    mark("is of a kind that is not read ({kind})"),
    mark("is redirected to no address"),
    mark("is redirected without end"),
    mark("is what the site answers for pages that are not there"),
    mark("it does not answer in time"),
    mark("leads elsewhere, to {place}"),
    mark("lies in more than {n} folders"),
    mark("was listed twice: the first one counts"),
)
"""Why a connector does not fetch a document."""

OF_REPOSITORIES = (
    mark("its host is not known: check the address and the network"),
    mark("its certificate cannot be trusted"),
    mark("there is no repository there"),
    mark("its host does not answer"),
    mark("its host is too slow"),
    mark("the disk is full"),
    mark("its protocol is not one of https, ssh and a local path"),
)
"""Why a repository cannot be read."""

OF_CONNECTORS = (
    mark("git could not be started."),
    mark("It could not be removed ({reason}): nothing has changed."),
    mark("It could not be saved ({reason}): nothing has changed."),
    mark("It is too late to undo that: what is removed is kept for an hour."),
    mark("It was removed while it was being read: nothing of it is quoted."),
    mark("The certificate of {url} cannot be trusted: nothing has changed."),
    mark("The clone of the repository is damaged: remove the connector and add it again."),
    mark("The connectors are being changed by somebody else: try again."),
    mark("The disk is full: nothing has changed."),
    mark("The history of {version} was rewritten (force-pushed): the documents are those of now."),
    mark("The location of a web site has to be an address such as https://docs.example.org/."),
    mark("The robots.txt of {host} does not let {url} be read."),
    mark("The site answers 200 for pages that are not there: what looks like that answer is left out."),
    mark("The site's robots.txt forbids {n} pages."),
    mark("The sitemap does not come whole: nothing has changed."),
    mark("The sitemap is compressed, and damaged: nothing has changed."),
    mark("The sitemap is larger than the 50 MiB that one may have: nothing has changed."),
    mark("The sitemap is no XML: nothing has changed."),
    mark("What lies at {url} is no sitemap: nothing has changed."),
    mark("What lies there is no sitemap: nothing has changed."),
    mark("The sitemap lists {n} pages of another host or path, which are left out."),
    mark("The sitemap {url} {reason}: nothing has changed."),
    mark("There are more than {n} sitemaps: nothing has changed."),
    mark("There is a connector {name} already: remove it first, or choose another name."),
    mark("There is no document to fetch ({name}: {reason}): nothing has changed."),
    mark("There is no document to fetch: nothing has changed."),
    mark("What came of it could not be written down ({reason})."),
    mark("What it reads cannot be reached ({reason}): nothing has changed."),
    mark("What {name} has fetched could not be removed ({reason}): that is tried again."),
    mark("{url} has stopped answering: {page} {reason}."),
    mark(
        "{url} is busy and asks to come back in {n} minutes: nothing has changed, and the next run goes on from here."
    ),
    mark("{name} is being refreshed already: wait until that is done."),
    mark("{url} cannot be read: its robots.txt {reason}."),
    mark("{url} says that it has not changed, and there is no copy of it."),
    mark("{url} {reason}: nothing has changed."),
    mark("{place} has no branch or tag {version}: there are {others}."),
    mark("{place} is empty: it has no commit yet."),
    mark("{place} is larger than 4 GiB, which is not cloned."),
    mark("{place} took longer than half an hour to clone."),
    mark("{place} cannot be read: {reason}."),
)
"""Why a connector's run fails, and what it has to say; the first that fits counts."""

PUBLIC_REASONS: Mapping[str, str] = MappingProxyType(
    {
        (
            "The documents folder holds no document (of {n} files none could be read, the first being {name}: "
            "{reason}): put some in it, or set QUOTH_DOCUMENTS or --documents."
        ): mark("No file in the documents folder could be read ({n} in all). The first: {reason}"),
        "The documents folder holds no document: put some in it, or set QUOTH_DOCUMENTS or --documents.": mark(
            "The documents folder holds no document."
        ),
        "There is no folder {place}: {advice}.": mark(
            "The documents folder is not there: whoever runs the bot can mend that."
        ),
        "Nothing can be written to {place} ({reason}): set QUOTH_DATA.": mark(
            "The index could not be written ({reason})."
        ),
        "The index could not be written ({reason}); the one that was there is unchanged.": mark(
            "The index could not be written ({reason})."
        ),
        "Another build is under way in {place}: wait until it is done.": mark("Another build is under way."),
        "may not be opened: give the bot's user the right to read it": mark(
            "may not be opened: whoever runs the bot can give me the right to read it"
        ),
        "is a picture, which is not read: install the extra by `pip install -e '.[ocr]'`": mark(
            "is a picture, which is not read: whoever runs the bot can have it read"
        ),
        "is a picture, and RapidOCR comes without its models: install the extra `ocr` anew": mark(
            "is a picture, and what reads pictures is incomplete: whoever runs the bot can mend that"
        ),
        "holds no text, perhaps only pictures: install the extra by `pip install -e '.[ocr]'`": mark(
            "holds no text, perhaps only pictures: whoever runs the bot can have them read"
        ),
        ("page {pages} holds a picture alone, which is not read: install the extra by `pip install -e '.[ocr]'`"): mark(
            "page {pages} holds a picture alone, which is not read: whoever runs the bot can have it read"
        ),
        ("pages {pages} hold pictures alone, which are not read: install the extra by `pip install -e '.[ocr]'`"): mark(
            "pages {pages} hold pictures alone, which are not read: whoever runs the bot can have them read"
        ),
        (
            "page {pages} holds a picture alone and was not read for want of time: raise QUOTH_READ_SECONDS and "
            "run `quoth index build --fresh`"
        ): mark(
            "page {pages} holds a picture alone and was not read for want of time: whoever runs the bot can give "
            "it more"
        ),
        (
            "pages {pages} hold pictures alone and were not read for want of time: raise QUOTH_READ_SECONDS and "
            "run `quoth index build --fresh`"
        ): mark(
            "pages {pages} hold pictures alone and were not read for want of time: whoever runs the bot can give "
            "them more"
        ),
        (
            "page {pages} holds a picture alone and was not read for want of memory: raise QUOTH_READ_MEMORY_MIB "
            "and run `quoth index build --fresh`"
        ): mark(
            "page {pages} holds a picture alone and was not read for want of memory: whoever runs the bot can "
            "give it more"
        ),
        (
            "pages {pages} hold pictures alone and were not read for want of memory: raise QUOTH_READ_MEMORY_MIB "
            "and run `quoth index build --fresh`"
        ): mark(
            "pages {pages} hold pictures alone and were not read for want of memory: whoever runs the bot can "
            "give them more"
        ),
        "the letters on page {pages} cannot be told: install the extra by `pip install -e '.[ocr]'`": mark(
            "the letters on page {pages} cannot be told: whoever runs the bot can have it read as a picture"
        ),
        "is one of more than {n} documents: `most_documents` sets the limit": mark(
            "is one of more than {n} documents: whoever runs the bot can raise that limit"
        ),
        "this machine does not know its host's key: run `ssh` to it once as this user": mark(
            "its host's key is not known here: whoever runs the bot can see to that"
        ),
        "it asks for a login, or is not there: check the address and this user's rights": mark(
            "it asks for a login, or is not there: check the address, or have whoever runs the bot log in to it"
        ),
        "it does not let us in: check the credentials that git has for it": mark(
            "it does not let us in: whoever runs the bot can see to its password"
        ),
        "it does not let us in: check this user's rights and keys": mark(
            "it does not let us in: whoever runs the bot can see to its key"
        ),
        "it belongs to another user: name it in git's safe.directory": mark(
            "it belongs to another user: whoever runs the bot can allow it to be read"
        ),
        "git is not installed on this machine: install it, such as by `apt install git`.": mark(
            "What reads repositories is missing here (git). Whoever runs the bot can install it."
        ),
        (
            "It took longer than {n} minutes: nothing has changed, and the next run goes on from here; "
            "`most_minutes` sets the limit."
        ): mark(
            "It took longer than {n} minutes: nothing has changed, and the next run goes on from here. Whoever "
            "runs the bot can raise that limit."
        ),
        "It failed ({reason}): nothing has changed.": mark(
            "It failed: nothing has changed. Whoever runs the bot finds the reason in its log."
        ),
        "There are more than {n} pages: `most_documents` sets the limit.": mark(
            "There are more than {n} pages. Whoever runs the bot can raise that limit."
        ),
        "{url} is inside this machine or its network: name it in QUOTH_WEB_HOSTS if that is meant.": mark(
            "{url} is inside the network that I run in. Whoever runs the bot can allow that."
        ),
        (
            "no file sets it up any more, or that file is missing: its documents stay until it is back, or until "
            "`quoth connector remove {name}`"
        ): mark("it is set up no more, and its documents stay: whoever runs the bot can set it up again, or remove it"),
        "{place} has no folder {folder} in {version}: check `folder`.": mark(
            "{place} has no folder {folder} in {version}. Whoever runs the bot can name another."
        ),
    }
)
"""Reasons with what whoever runs the bot can do about them, and how they are put on Discord.

Those who read them there can set no variable, edit no file and type no command on the machine.
"""

ALL = (*PUBLIC_REASONS, *REASONS, *OF_PICTURES, *OF_DOCUMENTS, *OF_REPOSITORIES, *OF_CONNECTORS)
