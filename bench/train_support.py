"""Trains the support model: a small head over the token states of the embedding model.

    python bench/train_support.py [--wordnet FOLDER] [--claims 65000] [--share 0.5]

Statement and cited sentences are encoded by the default model, each by itself, and their tokens compared
(`index/support/alignment.py`). The head gives each token of the statement a score that what is cited does not bear it
out, and all together one for "nothing is wrong". A softmax over all of them, trained by cross-entropy on the tokens
that an alteration has changed (as the reranker is, `train_reranker.py`), gives the chance of support. The states
stay as they are, so what is trained has some 130,000 weights and takes six minutes; encoding takes half an hour on two
cores. (The head in place saw statements drawn by this recipe in two goes, which no run draws to the letter again.)
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from altered import Words
from safetensors.torch import save_file
from support_examples import TRUE, Claim, by_kind, training_claims
from tables import OUT
from wordnet import FOLDER, wordnet

from index.encode.local import load_encoder
from index.encode.threads import one_for_numpy
from index.support.alignment import FEATURES, HEAD, WIDTH, Aligner, Encoded, compared

MADE = OUT / "support-claims.jsonl"
_EPOCHS = 11
_BATCH = 128
_AT_ONCE = 256
"""Claims encoded in one pass: a text that several of them cite is encoded once."""

_HIDDEN, _PROJECTED = 128, 48
_DROPPED = 0.3
_HELD = 0.05


class Head(torch.nn.Module):
    """Projections of differences and of states, two layers over a token and its neighbours, and "nothing is wrong"."""

    def __init__(self) -> None:
        super().__init__()
        self.project = torch.nn.Linear(WIDTH, _PROJECTED)
        self.says = torch.nn.Linear(WIDTH, _PROJECTED)
        self.hidden = torch.nn.Linear(3 * (FEATURES + 2 * _PROJECTED), _HIDDEN)
        self.further = torch.nn.Linear(3 * _HIDDEN, _HIDDEN)
        self.score = torch.nn.Linear(_HIDDEN, 1)
        self.nowhere = torch.nn.Linear(2 * FEATURES + _HIDDEN, 1)
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("scale", torch.ones(FEATURES))

    def forward(self, rows: Sequence[Row], drop: float = 0.0) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of the tokens of some statements, shape (statements, tokens), and of "nothing is wrong"."""
        sizes = [len(row.features) for row in rows]
        plain = (torch.cat([row.features for row in rows]) - self.mean) / self.scale
        differences, states = (
            _without(torch.cat([getattr(row, name) for row in rows]).float(), drop)
            for name in ("differences", "states")
        )
        own = torch.cat([plain, torch.relu(self.project(differences)), torch.relu(self.says(states))], dim=1)
        hidden = torch.relu(self.hidden(_beside(own, sizes)))
        hidden = hidden + torch.relu(self.further(_without(_beside(hidden, sizes), drop)))
        scores = self.score(_without(hidden, drop))[:, 0]
        stated = [
            torch.cat([known.mean(dim=0), known.amin(dim=0), inner.mean(dim=0)])
            for known, inner in zip(plain.split(sizes), hidden.split(sizes), strict=True)
        ]
        return _padded(scores.split(sizes)), self.nowhere(torch.stack(stated))[:, 0]


def _without(rows: torch.Tensor, share: float) -> torch.Tensor:
    """Return rows without a share of what is known, the same for all of a batch: a draw for each takes far longer."""
    return rows * (torch.rand(1, rows.shape[1]) >= share) / (1 - share)


def _beside(rows: torch.Tensor, sizes: Sequence[int]) -> torch.Tensor:
    """Return each token with its neighbours in the same statement."""
    first, last, ends = torch.ones(len(rows), 1), torch.ones(len(rows), 1), np.cumsum(sizes)
    first[ends - sizes] = 0
    last[ends - 1] = 0
    return torch.cat([rows.roll(1, 0) * first, rows, rows.roll(-1, 0) * last], dim=1)


def _padded(rows: Sequence[torch.Tensor]) -> torch.Tensor:
    return torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=-1e4)


class Row(NamedTuple):
    """What the head sees of the tokens of a statement, and which of them are wrong."""

    features: torch.Tensor
    differences: torch.Tensor
    states: torch.Tensor
    wrong: torch.Tensor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=65000, help="how many to train on")
    parser.add_argument("--minutes", type=float, default=60, help="encode so long at most")
    parser.add_argument("--share", type=float, default=0.5, help="make claims of this share of the texts")
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    given = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    one_for_numpy()
    claims = _claims(given)[: given.claims]
    print(len(claims), by_kind(claims), flush=True)
    rows = _rows(claims, given.minutes)
    held = int(len(rows) * _HELD)
    _save(_trained(rows[held:], rows[:held], claims[:held]))


def _claims(given: argparse.Namespace) -> list[Claim]:
    """Return the claims, made once."""
    if not MADE.exists():
        made = training_claims(Words(load_encoder(), wordnet(given.wordnet)), share=given.share)
        MADE.parent.mkdir(exist_ok=True)
        MADE.write_text("".join(json.dumps(asdict(claim)) + "\n" for claim in made), "utf-8")
    return [Claim(**json.loads(line)) for line in MADE.read_text("utf-8").splitlines()]


def _rows(claims: list[Claim], minutes: float) -> list[Row | None]:
    """Return what the head sees of the claims that can be encoded so long; None of a statement that is too long."""
    aligner, rows = Aligner(), []
    started = time.monotonic()
    for at in range(0, len(claims), _AT_ONCE):
        if time.monotonic() - started > 60 * minutes:
            break
        some = claims[at : at + _AT_ONCE]
        cited = [f"{claim.title}\n{claim.cited}" if claim.title else claim.cited for claim in some]
        texts = list(dict.fromkeys([*cited, *(claim.statement for claim in some)]))
        encoded = dict(zip(texts, aligner.encoded(texts), strict=True))
        for claim, text in zip(some, cited, strict=True):
            rows.append(_row(aligner, claim, encoded[claim.statement], encoded[text]))
        if at % 2560 == 0:
            print(f"{at} of {len(claims)} encoded, {at / (time.monotonic() - started):.1f} a second", flush=True)
    return rows


def _row(aligner: Aligner, claim: Claim, said: Encoded, cited: Encoded) -> Row | None:
    if not aligner.reads_whole(claim.statement):
        return None
    features, differences = compared(said, cited)
    offsets = aligner.offsets(claim.statement)
    wrong = [any(start < to and end > at for at, to in claim.wrong) for start, end in offsets]
    shown = (torch.tensor(rows).half() for rows in (differences, said.states))
    return Row(torch.tensor(features), *shown, torch.tensor(wrong))


def _trained(rows: list[Row | None], held: list[Row | None], claims: list[Claim]) -> Head:
    usable = [row for row in rows if row is not None]
    head = Head()
    every = torch.cat([row.features for row in usable])
    head.mean.copy_(every.mean(dim=0))
    head.scale.copy_(every.std(dim=0).clamp(min=1e-3))
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.03)
    steps = _EPOCHS * (len(usable) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps + 1)
    for epoch in range(_EPOCHS):
        losses = []
        order = torch.randperm(len(usable)).tolist()
        for at in range(0, len(order), _BATCH):
            loss = _loss(head, [usable[i] for i in order[at : at + _BATCH]])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {_right(head, held, claims)}", flush=True)
    return head


def _loss(head: Head, rows: Sequence[Row]) -> torch.Tensor:
    scores, nowhere = head(rows, _DROPPED)
    wrong = _padded([row.wrong.float() for row in rows]) > 0
    everything = torch.logsumexp(torch.cat([scores, nowhere[:, None]], dim=1), dim=1)
    right = torch.logsumexp(scores.masked_fill(~wrong, -1e4), dim=1)
    return (everything - torch.where(wrong.any(dim=1), right, nowhere)).mean()


@torch.no_grad()
def _right(head: Head, held: list[Row | None], claims: list[Claim]) -> str:
    pairs = [(row, claim) for row, claim in zip(held, claims, strict=True) if row is not None]
    scores, nowhere = head([row for row, _ in pairs])
    judged = (nowhere > torch.logsumexp(scores, dim=1)).numpy()
    known = np.array([claim.kind == TRUE for _, claim in pairs])
    return f"balanced accuracy {(judged[known].mean() + (~judged[~known]).mean()) / 2:.3f} over {len(judged)}"


def _save(head: Head) -> None:
    save_file({name: tensor.contiguous() for name, tensor in head.state_dict().items()}, HEAD)
    print(f"{HEAD}: {HEAD.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
