"""The model: which one it is, and what it makes of texts."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from index.answer.reranker.cross_encoder import PairReranker
from index.answer.reranker.pointer import Pointer
from index.encode import centring, device, model
from index.encode.bert_encoder import BertEncoder
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.encode.transformer_encoder import TransformerEncoder
from index.errors import ModelError
from index.records import PassageText

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parents[3]

_TEXT = "Cats sleep all day. Rockets fly to the moon. Bread is baked in ovens."
_SENTENCES = ((0, 19), (20, 44), (45, 69))


def _encoded(encoder: Encoder, *texts: PassageText) -> list[tuple[np.ndarray, np.ndarray]]:
    encoded = {i: (vector, sentences) for i, vector, sentences in encoder.passages(texts)}
    return [encoded[i] for i in range(len(texts))]


@pytest.mark.usefixtures("encoder")
def test_numpy_starts_no_threads_beside_those_of_the_model() -> None:
    own = [pool for pool in ThreadpoolController().info() if pool.get("threading_layer") == "pthreads"]
    assert {pool["num_threads"] for pool in own} <= {1}


def test_a_passage_is_encoded_as_sentence_transformers_does_with_its_header(
    encoder: Encoder, transformer: SentenceTransformer
) -> None:
    """So are questions, of which there may be none."""
    vector, _ = _encoded(encoder, PassageText("Title › Section", _TEXT, _SENTENCES))[0]
    wanted = transformer.encode([f"Title › Section\n{_TEXT}", "Who?"], show_progress_bar=False)
    np.testing.assert_allclose(vector, wanted[0], atol=1e-5)
    np.testing.assert_allclose(encoder.questions(["Who?"])[0], wanted[1], atol=1e-5)
    assert encoder.questions([]).shape == (0, encoder.dimension)


def test_questions_are_cut_where_sentence_transformers_cuts_them(
    encoder: Encoder, transformer: SentenceTransformer
) -> None:
    asked = ["Who " + "and who else " * 400 + "came?", "Who came?", "?"]
    wanted = transformer.encode(asked, show_progress_bar=False)
    np.testing.assert_allclose(encoder.questions(asked), wanted, atol=1e-5)


def test_words_are_like_each_other_as_their_vectors_are(encoder: Encoder) -> None:
    ids, others = encoder.word_ids("boats"), encoder.token_ids("ships sail; stones do not")[0]
    wanted = encoder.vocabulary.vectors(ids) @ encoder.vocabulary.vectors(others).T
    np.testing.assert_allclose(encoder.likeness(ids, others), wanted, atol=1e-5)


def test_a_sentence_has_a_vector_of_its_own(encoder: Encoder) -> None:
    _, sentences = _encoded(encoder, PassageText("Title", _TEXT, _SENTENCES))[0]
    np.testing.assert_allclose(np.linalg.norm(sentences, axis=1), 1, atol=1e-5)
    asked = encoder.questions(["What do cats do?", "Where do rockets fly?", "How is bread made?"])
    assert (asked @ sentences.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_sentence_is_pooled_from_its_own_tokens(encoder: Encoder, transformer: SentenceTransformer) -> None:
    """They are counted off here: the header's come first, after the one that every text begins with."""
    header = "A title of other things altogether"
    _, sentences = _encoded(encoder, PassageText(header, _TEXT, _SENTENCES))[0]
    states = transformer.encode(
        f"{header}\n{_TEXT}", output_value="token_embeddings", convert_to_numpy=False, show_progress_bar=False
    ).numpy()
    first = 1 + len(encoder.token_spans(header))
    for vector, (start, end) in zip(sentences, _SENTENCES, strict=True):
        last = first + len(encoder.token_spans(_TEXT[start:end]))
        pooled = states[first:last].mean(axis=0)
        np.testing.assert_allclose(vector, pooled / np.linalg.norm(pooled), atol=1e-5)
        first = last


def test_batches_give_each_text_what_it_gets_alone(encoder: Encoder) -> None:
    texts = [PassageText("T", "word " * n + "end.", ((0, 5 * n + 4),)) for n in (1, 150, 3, 40, 120)] * 6
    for text, (vector, sentences) in zip(texts[:5], _encoded(encoder, *texts), strict=False):
        alone, alone_sentences = _encoded(encoder, text)[0]
        np.testing.assert_allclose(vector, alone, atol=1e-4)
        np.testing.assert_allclose(sentences, alone_sentences, atol=1e-4)


def test_any_model_is_run_by_sentence_transformers_and_in_half_precision_on_a_graphics_card(encoder: Encoder) -> None:
    """Here on a CPU, which runs the same layers."""
    whole = TransformerEncoder.of_folder(model.locate(encoder.name), encoder.name, "cpu")
    half = TransformerEncoder.of_folder(model.locate(encoder.name), encoder.name, "cpu")
    half.transformer.half()
    text = PassageText("Title › Section", _TEXT, _SENTENCES)
    for other, least in ((whole, 0.99999), (half, 0.9999)):
        for vectors, wanted in zip(_encoded(other, text)[0], _encoded(encoder, text)[0], strict=True):
            assert (vectors * wanted).sum(axis=-1).min() > least
        assert float((other.questions(["Who?"]) @ encoder.questions(["Who?"]).T).item()) > least
    assert whole.description == encoder.description


def test_the_packaged_model_is_encoded_with_and_asked_without_torch() -> None:
    program = (
        "import sys; from index.answer.reranker.pointer import Pointer; from index.encode.local import load_encoder\n"
        "load_encoder(device='cpu').questions(['Who?']); Pointer('cpu')\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'scipy'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ended.stdout == "[]\n"


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("config.json", {"hidden_act": "gelu_new"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}),
        ("sentence_bert_config.json", {"max_seq_length": 1024}),
    ],
)
def test_a_model_that_is_another_in_one_thing_is_left_to_sentence_transformers(
    model_copy: Path, tmp_path: Path, file: str, settings: dict[str, object]
) -> None:
    folder = shutil.copytree(model_copy, tmp_path / "model", symlinks=True)
    assert BertEncoder.of_folder(folder, "it") is not None
    (folder / file).write_text(json.dumps({**json.loads((folder / file).read_text()), **settings}))
    assert BertEncoder.of_folder(folder, "it") is None


def test_an_accelerator_is_looked_for_where_there_may_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(metadata, "version", lambda _package: "2.13.0")
    assert not device.may_have_accelerator(tmp_path)
    (tmp_path / "nvidia0").touch()
    assert device.may_have_accelerator(tmp_path)
    monkeypatch.setattr(metadata, "version", lambda _package: "2.13.0+cpu")
    assert not device.may_have_accelerator(tmp_path)
    assert [device.resolved(name) for name in ("auto", "cpu", "cpu:0")] == ["cpu", "cpu", "cpu"]


@pytest.mark.parametrize("name", ["cuda:99", "hpu", "xla", "meta", "musa:0", "nonsense"])
def test_a_device_that_torch_refuses_is_told_in_one_sentence(name: str) -> None:
    """Each is refused by an error of another kind."""
    for load in (load_encoder, Pointer, partial(PairReranker.load, model.DEFAULT_MODEL)):
        with pytest.raises(ModelError, match=rf"^No model can run on {name} \(.+\): set QUOTH_DEVICE to auto.*\.$"):
            load(device=name)


def test_a_header_gives_way_to_the_text(encoder: Encoder) -> None:
    """A long title must not push the passage out of the window; what lies outside gets the passage's vector."""
    text = "word " * 240 + "The last sentence is about volcanoes."
    header = "title " * 400
    (with_header, inside), (without, _) = _encoded(
        encoder, PassageText(header, text, ((1200, len(text)),)), PassageText("", text, ((0, 4),))
    )
    assert with_header @ without > 0.95
    assert not np.allclose(inside[0], with_header, atol=1e-3)
    longer = text + " more" * 300
    vector, outside = _encoded(encoder, PassageText("", longer, ((len(text) + 1000, len(longer)),)))[0]
    np.testing.assert_allclose(outside[0], vector, atol=1e-5)


def test_a_model_that_does_not_pool_by_the_mean_encodes_each_sentence(encoder: Encoder, cls_model: Encoder) -> None:
    """What its statements have in common is taken from each."""
    _, sentences = _encoded(cls_model, PassageText("Title", _TEXT, _SENTENCES))[0]
    pieces = [_TEXT[start:end] for start, end in _SENTENCES]
    wanted, common = (
        cls_model.transformer.encode(list(texts), show_progress_bar=False) for texts in (pieces, centring.STATEMENTS)
    )
    np.testing.assert_allclose(sentences, centring.without(wanted, centring.mean(common)), atol=1e-5)
    _, pooled = _encoded(encoder, PassageText("Title", _TEXT, _SENTENCES))[0]
    assert not np.allclose(sentences, pooled, atol=1e-2)


def test_the_fingerprint_is_of_names_and_contents(tmp_path: Path) -> None:
    def made(**files: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, content in files.items():
            (folder / name.replace("_", ".")).write_text(content)
        return model.fingerprint(folder)

    same = made(model_safetensors="w", config_json="c")
    assert made(model_safetensors="w", config_json="c", README_md="x") == same
    others = [
        made(model_safetensors="v", config_json="c"),
        made(model_safetensors="w", config_json="d"),
        made(model_safetensors="w", other_json="c"),
        made(model_safetensors="w"),
    ]
    assert len({same, *others}) == 5
    with pytest.raises(ModelError, match="QUOTH_MODEL"):
        made(config_json="c", pytorch__model_bin="pickled")


def test_altered_weights_of_the_packaged_model_are_refused(tmp_path: Path) -> None:
    weights = Path(shutil.copy(model.locate(model.DEFAULT_MODEL) / "model.safetensors", tmp_path))
    model.check_weights(tmp_path)
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x01")
    with pytest.raises(ModelError, match="reinstall"):
        model.check_weights(tmp_path)
    weights.unlink()
    with pytest.raises(ModelError, match="reinstall"):
        model.check_weights(tmp_path)


def test_the_packaged_model_is_checked_when_it_is_loaded(model_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is made to hold other weights: those of a folder where only the first bytes are there."""
    altered = model_copy.parent / "altered"
    altered.mkdir(exist_ok=True)
    (altered / "model.safetensors").write_bytes(b"\0" * 64)
    monkeypatch.setattr(model, "_packaged", lambda: altered)
    with pytest.raises(ModelError, match="not the published ones"):
        load_encoder()


def test_what_is_no_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="QUOTH_MODEL"):
        load_encoder(str(tmp_path), "cpu")
    for name in ("no/such-model", "not a name at all", str(tmp_path / "missing")):
        with pytest.raises(ModelError, match="neither a folder nor could it be fetched"):
            load_encoder(name, "cpu")
