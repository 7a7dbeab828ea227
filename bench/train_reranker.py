"""Trains the reranker on a CPU: a pointer to the tokens that answer, or to none.

    python bench/train_reranker.py [--start WEIGHTS] [--rate 1e-4]
    python bench/train_reranker.py --asked --start bench/out/reranker.safetensors --rate 4e-5 [--without FOLD]

The weights of the default embedding model read question and passage together. One linear head gives every token of the
passage a score, another gives the first token ([CLS]) one for "not here"; a softmax over all of them is the
probability that the answer stands at a token (cross-entropy on the tokens that answer, summed as in "Simple and
Effective Multi-Paragraph Reading Comprehension", Clark and Gardner 2018, arXiv:1710.10723). The input embeddings stay
as they are.

--asked trains on what people asked of the documents that Quoth is measured on (`reranker_asked.py`); with --without,
on those of the other folds alone, and the weights are for measuring.

The result, `bench/out/reranker.safetensors` (`reranker-asked.safetensors`, `reranker-without-FOLD.safetensors`), is
packed for the package by `bench/pack_reranker.py`. Training goes by bfloat16, three times as fast where the processor
multiplies it. glibc gives large blocks back to the system and asks for them again at every step, which costs more than
the mathematics; MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 before the command stops that.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from pack_reranker import unpacked
from reranker_asked import FOLDS, asked
from reranker_examples import Example, by_kind, examples
from safetensors.torch import save_file
from tables import OUT
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from index.encode import model
from index.encode.local import load_encoder

HEAD_RATE = 5e-4
WARM_UP = 0.06
BATCH_TOKENS = 4096
LONGEST = 384
_SAVE_EVERY = 150
_TELL_EVERY = 25

Encoded = tuple[list[int], int, list[bool]]
"""Token ids, where the passage's begin, and for each token whether it answers."""


class Pointer(torch.nn.Module):
    """The model: a score for each token, and the first token's for "not here"."""

    def __init__(self) -> None:
        super().__init__()
        # one pass over the data cannot overfit: without dropout it is faster and learns more
        self.bert = AutoModel.from_pretrained(
            model.locate(model.DEFAULT_MODEL),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.head = torch.nn.Linear(self.bert.config.hidden_size, 2)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.zeros_(self.head.bias)
        self.bert.embeddings.requires_grad_(False)

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return scores of tokens, shape (batch, tokens), and of "not here", shape (batch,)."""
        states = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        scores = self.head(states.float())
        return scores[..., 0], scores[:, 0, 1]


def main() -> None:
    given = _arguments()
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(model.locate(model.DEFAULT_MODEL))
    sample = _examples(given)[: given.limit]
    print(len(sample), by_kind(sample), flush=True)
    encoded = [tokens for tokens in (_encoded(example, tokenizer) for example in sample) if tokens is not None]
    pointer = Pointer()
    if given.start:
        pointer.load_state_dict(unpacked(given.start), strict=False)
    parameters = [p for p in pointer.bert.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": parameters, "lr": given.rate}, {"params": pointer.head.parameters(), "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    batches = list(_batches(encoded))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, len(batches)))
    print(f"{len(encoded)} examples, {sum(len(ids) for ids, _, _ in encoded)} tokens, {len(batches)} steps", flush=True)
    pointer.train()
    started, losses = time.monotonic(), []
    for step, batch in enumerate(batches, 1):
        loss = _loss(pointer, [encoded[i] for i in batch])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % _TELL_EVERY == 0:
            left = (time.monotonic() - started) / step * (len(batches) - step)
            print(
                f"step {step} of {len(batches)}: loss {np.mean(losses[-_TELL_EVERY:]):.3f}, {left / 60:.0f} min left",
                flush=True,
            )
        if step % _SAVE_EVERY == 0 or step == len(batches):
            _save(pointer, _out(given))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, help="train on so many examples")
    parser.add_argument("--start", type=Path, help="go on from these weights, packed or not")
    parser.add_argument("--asked", action="store_true", help="train on what people asked")
    parser.add_argument("--without", type=int, choices=range(FOLDS), help="leave out the documents of this fold")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="the highest rate of learning")
    return parser.parse_args()


def _examples(given: argparse.Namespace) -> list[Example]:
    encoder = load_encoder()
    if not given.asked:
        return examples(encoder)
    sample = [example for fold, example in asked(encoder) if fold != given.without]
    random.Random(0).shuffle(sample)  # noqa: S311 -- a draw, no secret
    return sample


def _out(given: argparse.Namespace) -> Path:
    ending = "" if not given.asked else "-asked" if given.without is None else f"-without-{given.without}"
    return OUT / f"reranker{ending}.safetensors"


def _rate(step: int, steps: int) -> float:
    """Rise for the first steps, then fall evenly to nothing."""
    rising = WARM_UP * steps
    return min((step + 1) / rising, (steps - step) / (steps - rising))


def _encoded(example: Example, tokenizer: PreTrainedTokenizerBase) -> Encoded | None:
    """Return an example as tokens; nothing where its answer is cut off."""
    text = f"{example.title}\n{example.passage}" if example.title else example.passage
    shift = len(text) - len(example.passage)
    tokens = tokenizer(
        example.question, text, truncation="only_second", max_length=LONGEST, return_offsets_mapping=True
    )
    second = tokens.token_type_ids
    first = second.index(1)
    answers = [
        bool(kind) and end > start and any(start - shift < to and end - shift > at for at, to in example.spans)
        for (start, end), kind in zip(tokens.offset_mapping, second, strict=True)
    ]
    if example.spans and not any(answers):
        return None
    return tokens.input_ids, first, answers


def _batches(encoded: list[Encoded]) -> Iterator[list[int]]:
    """Yield examples of like length together, the batches in random order."""
    chance = np.random.default_rng(0)
    noisy = [len(ids) + chance.uniform(0, 8) for ids, _, _ in encoded]
    batches: list[list[int]] = [[]]
    for i in np.argsort(noisy):
        longest = max(len(encoded[j][0]) for j in (*batches[-1], i))
        if longest * (len(batches[-1]) + 1) > BATCH_TOKENS:
            batches.append([])
        batches[-1].append(int(i))
    for i in chance.permutation(len(batches)):
        yield batches[i]


def _loss(pointer: Pointer, batch: list[Encoded]) -> torch.Tensor:
    longest = max(len(ids) for ids, _, _ in batch)
    ids, types, mask, answers = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(4))
    for row, (tokens, first, held) in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        types[row, first : len(tokens)] = 1
        mask[row, : len(tokens)] = 1
        answers[row, : len(tokens)] = torch.tensor(held, dtype=torch.long)
    with torch.autocast("cpu", torch.bfloat16):
        scores, nowhere = pointer(ids, types, mask)
    scores, nowhere = scores.float().masked_fill(types == 0, -1e4), nowhere.float()
    everything = torch.logsumexp(torch.cat([scores, nowhere[:, None]], dim=1), dim=1)
    right = torch.logsumexp(scores.masked_fill(answers == 0, -1e4), dim=1)
    right = torch.where(answers.any(dim=1), right, nowhere)
    return (everything - right).mean()


def _save(pointer: Pointer, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    save_file({name: p.detach() for name, p in pointer.named_parameters() if p.requires_grad}, path)


if __name__ == "__main__":
    main()
