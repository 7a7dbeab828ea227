"""The device that a model runs on, found without importing torch on a machine that plainly has nothing but a CPU."""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from pathlib import Path

from index.errors import ModelError

AUTO = "auto"

_DEVICES = ("nvidia*", "kfd", "dxg")
"""What Linux shows under /dev for NVIDIA's cards, AMD's, and those of Windows around it."""


def resolved(device: str) -> str:
    """Return the device that `auto` stands for, as torch names it, or `device` itself; of CPUs there is one.

    Raises `ModelError` where no model can run on it.
    """
    if device == AUTO:
        return _found_by_torch() if may_have_accelerator() else "cpu"
    if device.partition(":")[0] == "cpu":
        return "cpu"
    _try(device)
    return device


def may_have_accelerator(devices: Path = Path("/dev")) -> bool:
    """Return whether this machine may have an accelerator that the installed torch can use."""
    try:
        if metadata.version("torch").endswith("+cpu"):
            return False
    except metadata.PackageNotFoundError:
        return False
    if sys.platform == "linux":
        return any(True for name in _DEVICES for _ in devices.glob(name))
    return sys.platform != "darwin" or platform.machine() == "arm64"


def _try(device: str) -> None:
    import torch

    try:
        torch.zeros(1, device=device).cpu()
    except (RuntimeError, AssertionError, ImportError) as error:
        why = str(error).partition("\n")[0].partition(". ")[0].rstrip(".")
        raise ModelError(f"No model can run on {device} ({why}): set QUOTH_DEVICE to auto, cpu or cuda.") from error


def _found_by_torch() -> str:
    from sentence_transformers.util import get_device_name

    return str(get_device_name())
