"""The composition root: builds the objects that settings ask for."""

from __future__ import annotations

from functools import lru_cache

from bot.settings import Settings
from index.answer import Answerer
from index.build import Builder, BuildSettings
from index.encoder import Encoder
from index.shelf import Shelf


def shelf(settings: Settings) -> Shelf:
    """Return the generations in the data folder."""
    return Shelf(settings.data)


def encoder(settings: Settings) -> Encoder:
    """Load the embedding model, which takes seconds; the same one again is not loaded twice."""
    return _loaded(settings.model, settings.device)


@lru_cache(maxsize=1)
def _loaded(name: str, device: str) -> Encoder:
    return Encoder.load(name, device)


def builder(settings: Settings, model: Encoder) -> Builder:
    """Return what builds the index."""
    return Builder(
        shelf(settings),
        model,
        BuildSettings(
            passage_tokens=settings.passage_tokens,
            read_seconds=settings.read_seconds,
            read_memory_mib=settings.read_memory_mib,
            keep_generations=settings.keep_generations,
        ),
    )


def answerer(settings: Settings, model: Encoder) -> Answerer:
    """Return what answers from the generation in use; raises `IndexUseError` where there is none that can be used."""
    generation = shelf(settings).open()
    generation.check_model(model.name, model.fingerprint)
    return Answerer(generation, model, quotes=settings.quotes, threshold=settings.threshold)
