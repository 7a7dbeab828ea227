"""Limits numpy's products to one thread, because the model has its own threads."""

from __future__ import annotations


def one_for_numpy() -> None:
    """Have OpenBLAS compute in the calling thread.

    OpenBLAS's threads wait for work in a loop that occupies a core, and so do torch's. As a question goes from one to
    the other, each waits for a core that the other holds. On two busy cores this change cut a whole answer from 13.7 to
    3.9 ms at best (`bench/RESULTS.md`). Products of this size gain little from two cores.
    """
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().select(threading_layer="pthreads").limit(limits=1)
