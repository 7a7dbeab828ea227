"""Packs trained weights for the package: matrices as int8, one scale for each row, the rest as they are.

python bench/pack_reranker.py [--trained bench/out/reranker.safetensors]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tables import OUT

from index.answer.reranker.pointer import WEIGHTS

TRAINED = OUT / "reranker.safetensors"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trained", type=Path, default=TRAINED)
    parser.add_argument("--packed", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    packed: dict[str, torch.Tensor] = {}
    for trained, values in load_file(given.trained).items():
        name = trained.removeprefix("bert.")
        is_matrix = name.endswith("weight") and values.dim() > 1 and not name.startswith("head")
        packed |= quantised(name, values) if is_matrix else {name: values}
    save_file(packed, given.packed)
    print(f"{given.packed}: {given.packed.stat().st_size / 1e6:.1f} MB")


def unpacked(path: Path) -> dict[str, torch.Tensor]:
    """Return weights as they are trained, from a file of packed or of trained ones."""
    stored = load_file(path)
    scales = {name.removesuffix(".scale"): stored.pop(name) for name in list(stored) if name.endswith(".scale")}
    whole = {
        name: values.float() * scales[name][:, None] if name in scales else values for name, values in stored.items()
    }
    return {name if name.startswith(("bert.", "head.")) else f"bert.{name}": values for name, values in whole.items()}


def quantised(name: str, matrix: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return a matrix as int8 and the scales of its rows, under its name and `name.scale`."""
    scale = matrix.abs().amax(dim=1).clamp(min=1e-9) / 127
    return {name: (matrix / scale[:, None]).round().to(torch.int8), f"{name}.scale": scale}


if __name__ == "__main__":
    main()
