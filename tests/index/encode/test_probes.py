"""Probes tell a model from others, and from itself with another window or in too little precision."""

from __future__ import annotations

import numpy as np
import pytest

from index.encode import probes
from index.encode.encoder import Encoder
from index.encode.local import load_encoder


def test_the_packaged_probes_are_those_of_the_packaged_model(encoder: Encoder) -> None:
    assert probes.likeness(encoder.probes, probes.packaged()) > 0.99999


def test_probes_come_back_from_a_manifest_as_they_were(encoder: Encoder) -> None:
    written = probes.written(encoder.probes)
    assert len(written) < 10_000
    restored = probes.read(written)
    assert restored is not None
    assert probes.likeness(restored, encoder.probes) > 0.99999
    assert probes.read(None) is None


def test_another_window_is_told_and_so_are_another_model_and_another_length(
    encoder: Encoder, other_model: Encoder, cls_model: Encoder
) -> None:
    assert probes.likeness(encoder.probes, other_model.probes) < probes.SAME
    assert probes.likeness(other_model.probes, cls_model.probes) < probes.SAME
    assert probes.likeness(encoder.probes, encoder.probes[:, :100]) == 0


def test_half_precision_is_taken_and_a_byte_a_number_is_not(encoder: Encoder) -> None:
    half = encoder.probes.astype(np.float16).astype(np.float32)
    assert probes.likeness(encoder.probes, half / np.linalg.norm(half, axis=1, keepdims=True)) > probes.SAME
    coarse = np.round(encoder.probes * 40)
    coarse /= np.linalg.norm(coarse, axis=1, keepdims=True)
    assert probes.likeness(encoder.probes, coarse) < probes.SAME


def test_those_of_an_index_of_the_same_files_are_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_encoder(device="cpu")
    monkeypatch.setattr(type(loaded), "vectors", None)
    loaded.expect(None)
    loaded.expect(probes.packaged())
    assert probes.written(loaded.probes) == probes.written(probes.packaged())
