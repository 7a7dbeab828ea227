"""What `tests.bot.forked` has ready in each process: what builds and refreshes import, and the models that they load.

Nothing is computed with the models here: they may start threads for it, which a fork does not take along.
"""

from importlib import import_module

from bot import compose
from index.encode.device import may_have_accelerator
from index.encode.model import DEFAULT_MODEL
from index.text import language

for module in [
    "bot.cli.main",
    "bot.rebuilding.gaps",
    "bot.rebuilding.report",
    "bot.terminal.progress",
    "index.answer.answerer",
    "index.answer.reranker.pointer",
    "index.library.connectors.web.connector",
    "nupunkt",
    "scipy.cluster.hierarchy",
]:
    import_module(module)
if not may_have_accelerator():  # one cannot be used after a fork
    compose._loaded(DEFAULT_MODEL, "auto")
language.load()
