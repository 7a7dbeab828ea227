"""RapidOCR with the PP-OCRv6 models from its wheel: the lines of text in a picture. Nothing is ever downloaded."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import UnreadableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_PIXELS = 2000
"""The longest side of a picture that is read; a page of A4 then has 170 pixels an inch.

Above, words are read no better: see `bench/ocr.py`.
"""

_DETECTED_AT = 1280
"""The longest side of the picture in which lines are looked for: a third of the time that all 2,000 pixels take."""

_SMALLEST = 8
"""Pixels that a picture is wide and high at least: no letter fits into less."""

_MOST_LINES = 400
"""More lines than a page of small print has; each takes about a tenth of a second."""


class Seen(NamedTuple):
    """A line of text: what it says, how sure that is (0 to 1), and the corners of its box, from the upper left on.

    Corners are in pixels (x, y) from the upper left of the picture, clockwise.
    """

    text: str
    score: float
    corners: tuple[tuple[float, float], ...]


def lines_in(picture: NDArray[np.uint8]) -> list[Seen]:
    """Return the lines of text in a picture (height, width, 3; blue first), from the top down.

    Raises `MemoryError` where the models do not fit into the memory that the process may use.
    """
    if min(picture.shape[:2]) < _SMALLEST:
        return []
    try:
        result = _engine()(picture)
    except Exception as error:  # named by RapidOCR itself, with ONNX Runtime's message in it
        if _is_memory(error):
            raise MemoryError from error
        raise
    if result.boxes is None or result.txts is None or result.scores is None:
        return []
    every = zip(result.txts, result.scores, result.boxes, strict=True)
    return [Seen(text, float(score), tuple((float(x), float(y)) for x, y in box)) for text, score, box in every]


def _is_memory(error: BaseException) -> bool:
    message = str(error).lower()
    return any(sign in message for sign in ("bad_alloc", "failed to allocate", "insufficient memory", "out of memory"))


@cache
def _engine() -> Callable[[NDArray[np.uint8]], Any]:
    """Load the models: a second or two, once a process."""
    import cv2
    import rapidocr

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    cv2.setNumThreads(1)
    models = Path(rapidocr.__file__).parent / "models"
    paths = [models / "PP-OCRv6_det_small.onnx", models / "PP-OCRv6_rec_small.onnx"]
    if not all(path.is_file() for path in paths):
        raise UnreadableError(NO_MODELS)
    threads = "EngineConfig.onnxruntime"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,  # what is sure enough is decided here
            "Global.max_side_len": MOST_PIXELS,
            "Global.use_cls": False,  # lines upside down: pages are turned as a whole, or not at all
            f"{threads}.intra_op_num_threads": 1,
            f"{threads}.inter_op_num_threads": 1,
            "Det.model_path": str(paths[0]),  # a path is used as it is; without one, a model may be fetched
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_AT,
            "Det.max_candidates": _MOST_LINES,
            "Rec.model_path": str(paths[1]),
            "Rec.rec_batch_num": 1,  # lines of other lengths are not padded: two thirds of the time, and less memory
        }
    )


NO_MODELS = "is a picture, and RapidOCR comes without its models: install the extra `ocr` anew"
"""Why a picture is left out where another version of RapidOCR has been installed."""
