"""Trains the support model on a CPU: a pointer to the words of a statement that what it cites does not bear out, or to none.

    python bench/train_support.py --minutes 50 [--wordnet FOLDER] [--start WEIGHTS]

It is the reranker's model and loss (`train_reranker.py`), with other texts: what is cited stands first, the statement
second, and the tokens pointed to are those that an alteration has changed. "Nowhere" means that the statement is
supported. Training starts from the reranker's weights, which compare two texts already, and goes by time: on a machine
that others use, nobody knows how many steps an hour has. In float32; see `train_reranker.py` for malloc's variables.

The result, `bench/out/support.safetensors`, is packed by
`python bench/pack_reranker.py --trained bench/out/support.safetensors --packed index/support/weights.safetensors`.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from altered import Words
from pack_reranker import unpacked
from support_examples import Claim, by_kind, training_claims
from tables import OUT
from safetensors.torch import save_file
from train_reranker import HEAD_RATE, Encoded, Pointer, batches, loss_of, rate
from transformers import AutoTokenizer, PreTrainedTokenizerBase
from wordnet import FOLDER, wordnet

from index.answer.reranker.pointer import WEIGHTS
from index.encode import model
from index.encode.local import load_encoder

TRAINED = OUT / "support.safetensors"
MADE = OUT / "support-claims.jsonl"
BATCH_TOKENS = 2048
LONGEST = 224
_SAVE_EVERY = 100
_TELL_EVERY = 25


def main() -> None:
    given = _arguments()
    torch.manual_seed(0)
    torch.set_num_threads(given.threads)
    tokenizer = AutoTokenizer.from_pretrained(model.locate(model.DEFAULT_MODEL))
    claims = _claims(given)[: given.limit]
    if given.only_make:
        return
    print(len(claims), by_kind(claims), flush=True)
    encoded = [one for one in (_encoded(claim, tokenizer) for claim in claims) if one is not None]
    pointer = Pointer()
    pointer.load_state_dict(unpacked(given.start), strict=False)
    for layer in pointer.bert.encoder.layer[: given.frozen]:
        layer.requires_grad_(False)
    parameters = [p for p in pointer.bert.parameters() if p.requires_grad]
    groups = [{"params": parameters, "lr": given.rate}, {"params": pointer.head.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    highest = [group["lr"] for group in optimiser.param_groups]
    steps = list(batches(encoded, BATCH_TOKENS))
    print(f"{len(encoded)} claims, {len(steps)} steps", flush=True)
    pointer.train()
    started, losses, seen = time.monotonic(), [], 0
    for step, batch in enumerate(steps, 1):
        done = max((time.monotonic() - started) / (60 * given.minutes), step / len(steps))
        if done >= 1:
            break
        for group, most in zip(optimiser.param_groups, highest, strict=True):
            group["lr"] = most * rate(done, 1.0) if done > 0.06 else most * min(step / 30, 1.0)
        loss = loss_of(pointer, [encoded[i] for i in batch], half=False)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        losses.append(loss.item())
        seen += len(batch)
        if step % _TELL_EVERY == 0:
            spent = time.monotonic() - started
            print(f"step {step}: {seen} claims, loss {np.mean(losses[-100:]):.3f}, {seen / spent:.0f} a second, {done:.0%}", flush=True)
        if step % _SAVE_EVERY == 0:
            _save(pointer)
    _save(pointer)
    print(f"{seen} claims in {(time.monotonic() - started) / 60:.0f} minutes", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=50, help="how long to train at most")
    parser.add_argument("--limit", type=int, help="train on so many claims")
    parser.add_argument("--start", type=Path, default=WEIGHTS, help="go on from these weights, packed or not")
    parser.add_argument("--rate", type=float, default=1e-4, help="the highest rate of learning")
    parser.add_argument("--frozen", type=int, default=2, help="leave so many of the lowest layers as they are")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="make claims of this share of the texts")
    parser.add_argument("--only-make", action="store_true", help="make the claims, and do not train")
    parser.add_argument("--wordnet", type=Path, default=FOLDER)
    return parser.parse_args()


def _claims(given: argparse.Namespace) -> list[Claim]:
    """Return the claims, made once."""
    if not MADE.exists():
        made = training_claims(Words(load_encoder(), wordnet(given.wordnet)), share=given.share)
        MADE.parent.mkdir(exist_ok=True)
        MADE.write_text("".join(json.dumps(asdict(one)) + "\n" for one in made), "utf-8")
    return [Claim(**json.loads(line)) for line in MADE.read_text("utf-8").splitlines()]


def _encoded(claim: Claim, tokenizer: PreTrainedTokenizerBase) -> Encoded | None:
    """Return a claim as tokens; nothing where what is wrong with it is cut off."""
    cited = f"{claim.title}\n{claim.cited}" if claim.title else claim.cited
    tokens = tokenizer(cited, claim.statement, truncation="longest_first", max_length=LONGEST, return_offsets_mapping=True)
    second = tokens.token_type_ids
    wrong = [
        bool(kind) and end > start and any(start < to and end > at for at, to in claim.wrong)
        for (start, end), kind in zip(tokens.offset_mapping, second, strict=True)
    ]
    return (tokens.input_ids, second.index(1), wrong) if any(wrong) or not claim.wrong else None


def _save(pointer: Pointer) -> None:
    """Write all weights but the input embeddings, which are the default model's own."""
    save_file({name: p.detach() for name, p in pointer.named_parameters() if ".embeddings." not in name}, TRAINED)


if __name__ == "__main__":
    main()
