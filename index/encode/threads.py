"""Threads of numpy's products: one, for the model has its own."""

from __future__ import annotations


def one_for_numpy() -> None:
    """Have OpenBLAS compute in the thread that asks.

    Its own threads wait for more in a loop that takes a core for itself, as do those of torch: by turns, as a question
    goes from one to the other, each waits for a core that the other's hold. A whole answer took 13.7 ms so, and 3.9 ms
    since, at best, on two busy cores (`bench/RESULTS.md`). Products of this size gain little from two cores.
    """
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().select(threading_layer="pthreads").limit(limits=1)
