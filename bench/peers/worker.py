"""One environment's systems, built and asked on request: JSON lines on the standard streams, all timed here.

    python worker.py quoth|peers

{"do": "build", "system": NAME, "documents": DIR}       -> {"seconds": S, "passages": N}
{"do": "encode", "system": NAME}                        -> {"seconds": S}, bare, of the passages of that system
{"do": "ask", "system": NAME, "question": Q, "count": N} -> {"seconds": S, "results": [TEXT, ...]}

The system "bare" is `SentenceTransformer.encode` of the question, without results.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

BARE = "bare encode(question)"


def _peers() -> dict[str, Any]:
    from with_langchain import LangChain
    from with_llama_index import LlamaIndex
    from with_txtai import Txtai

    return {
        "LangChain, FAISS, 1000 characters": LangChain(1000, 200),
        "LangChain, FAISS, 300 characters": LangChain(300, 60),
        "LlamaIndex, FAISS, 256 tokens": LlamaIndex(256, 20),
        "LlamaIndex, FAISS, 64 tokens": LlamaIndex(64, 10),
        "txtai, hybrid, paragraphs": Txtai(hybrid=True),
        "txtai, dense, paragraphs": Txtai(hybrid=False),
    }


def _quoth() -> dict[str, Any]:
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from held_out import HeldOut
    from with_quoth import Quoth

    systems: dict[str, Any] = {"Quoth, first look": Quoth(None)}
    try:
        systems["Quoth"] = Quoth(HeldOut())
    except FileNotFoundError as error:
        print(f"Quoth's second look is left out: {error}", file=sys.stderr)
    return systems


class Worker:
    """Builds and asks the systems of one environment."""

    def __init__(self, systems: dict[str, Any]) -> None:
        from sentence_transformers import SentenceTransformer
        from system import model

        self._systems = systems
        self._bare = SentenceTransformer(model(), device="cpu")

    def names(self) -> list[str]:
        return list(self._systems)

    def build(self, system: str, documents: str) -> dict[str, Any]:
        peer = self._systems[system]
        _, seconds = _timed(lambda: peer.build(Path(documents)))
        return {"seconds": seconds, "passages": len(peer.passages())}

    def encode(self, system: str) -> dict[str, Any]:
        passages = self._systems[system].passages()
        _, seconds = _timed(lambda: self._bare.encode(passages, show_progress_bar=False))
        return {"seconds": seconds}

    def ask(self, system: str, question: str, count: int) -> dict[str, Any]:
        if system == BARE:
            _, seconds = _timed(lambda: self._bare.encode(question))
            return {"seconds": seconds, "results": []}
        results, seconds = _timed(lambda: self._systems[system].ask(question, count))
        return {"seconds": seconds, "results": results}


def _timed(step: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = step()
    return result, time.perf_counter() - started


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the systems print goes where it disturbs nothing
    worker = Worker({"peers": _peers, "quoth": _quoth}[sys.argv[1]]())
    print(json.dumps({"systems": worker.names()}), file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        do = {"build": worker.build, "encode": worker.encode, "ask": worker.ask}[request.pop("do")]
        print(json.dumps(do(**request)), file=answers, flush=True)


if __name__ == "__main__":
    main()
