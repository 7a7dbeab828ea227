"""Imports pymilvus without its side effects."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

_DISABLED = "PYTHON_DOTENV_DISABLED"


@contextmanager
def _untouched() -> Iterator[None]:
    """Keep pymilvus from loading the nearest `.env` into the environment, which our child processes would inherit."""
    before = os.environ.get(_DISABLED)
    os.environ[_DISABLED] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_DISABLED]
        else:
            os.environ[_DISABLED] = before


with _untouched():
    from grpc import RpcError, StatusCode
    from pymilvus import DataType, Function, FunctionType, MilvusClient, MilvusException

for _name in ("pymilvus", "pymilvus.milvus_client"):
    # it logs every error with its traceback before raising it; we report it in one sentence
    logging.getLogger(_name).setLevel(logging.CRITICAL)

__all__ = ["DataType", "Function", "FunctionType", "MilvusClient", "MilvusException", "RpcError", "StatusCode"]
