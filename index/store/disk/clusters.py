"""Approximate search for large indexes: FAISS's inverted lists over scalar quantisation, one or two bytes a component.

How many vectors a search looks at is measured during the build: as few as reach the recall that
`index/build/recall.py` asks for.
"""

from __future__ import annotations

import math
from typing import Any

import faiss
import numpy as np

from index.arrays import Rows, Vectors

_LISTS = 4
"""Clusters, as a multiple of the square root of the number of vectors. Finding the nearest clusters then costs about as
much as looking through them."""

_TRAINED_ON = 50
"""Vectors to train each cluster on; FAISS asks for at least 39."""

_ITERATIONS = 8
"""Iterations of k-means; more gain no recall."""

_SEED = 1

_TYPES = {1: faiss.ScalarQuantizer.QT_8bit, 2: faiss.ScalarQuantizer.QT_fp16}

_RANGE = 4.0
"""The range that a byte covers, in standard deviations from the mean; it cuts off one in 16,000 of a normal
distribution. A wider range is coarser. With this one, at most 0.985 of the ten nearest among 400,000 are found; with
the sample's own range, which grows with the sample, plus a fifth, 0.98. Five deviations are as good
(`bench/ranges.py`)."""


def lists_for(count: int) -> int:
    """Return the number of clusters for `count` vectors."""
    return max(1, min(round(_LISTS * math.sqrt(count)), count // _TRAINED_ON))


def sample_for(count: int) -> Rows:
    """Return the rows, out of `count`, to train the clusters on."""
    wanted = min(count, _TRAINED_ON * lists_for(count))
    return np.sort(np.random.default_rng(_SEED).choice(count, wanted, replace=False)).astype(np.int64)


def trained(sample: Vectors, count: int, size: int = 1) -> Any:
    """Return an empty index for `count` vectors, trained on `sample`, shape (n, dimension) and of unit length.

    `size` is 1 or 2 bytes a component, which hold its difference from the centre of its cluster.
    """
    dimension = sample.shape[1]
    quantizer = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, dimension, lists_for(count), _TYPES[size], faiss.METRIC_INNER_PRODUCT
    )
    index.sq.rangestat, index.sq.rangestat_arg = faiss.ScalarQuantizer.RS_meanstd, _RANGE
    index.cp.niter, index.cp.seed, index.cp.spherical = _ITERATIONS, _SEED, True
    index.cp.max_points_per_centroid = _TRAINED_ON
    index.train(sample)
    return index


def renumbered(index: Any, came_from: Rows) -> Rows:
    """Renumber the vectors of an index in memory and drop those no longer wanted; return the new rows still missing.

    `came_from` has the old row of each new one, or -1. Codes stay the same, bit for bit. If two rows came from the same
    one, the second is among those missing.
    """
    moved = np.full(index.ntotal, -1, np.int64)
    known = np.flatnonzero(came_from >= 0)
    moved[came_from[known][::-1]] = known[::-1]
    for number in range(index.nlist):
        _renumber_list(index.invlists, number, index.code_size, moved)
    there = np.zeros(len(came_from), bool)
    there[moved[moved >= 0]] = True
    index.ntotal = int(there.sum())
    return np.flatnonzero(~there)


def _renumber_list(lists: Any, number: int, code_size: int, moved: Rows) -> None:
    size = lists.list_size(number)
    if not size:
        return
    ids = faiss.rev_swig_ptr(lists.get_ids(number), size)
    ids[:] = moved[ids]
    kept = np.flatnonzero(ids >= 0)
    if len(kept) < size:
        codes = faiss.rev_swig_ptr(lists.get_codes(number), size * code_size).reshape(size, code_size)
        codes[: len(kept)] = codes[kept]
        ids[: len(kept)] = ids[kept]
        lists.resize(number, len(kept))


_LIST_BITS = 32
"""FAISS's direct map holds each row's list in the upper half and its position in that list in the lower half."""


class Clusters:
    """Searches clusters, nearest first, until it has looked at as many vectors as the measured recall needs.

    With a filter it looks at twice as many of the filtered vectors, which may be far from the question and scattered
    unevenly. If there are no more of them than that, it looks at all.
    """

    def __init__(self, index: Any) -> None:
        """`index` is a FAISS index whose `nprobe` is the number of clusters that was enough."""
        self._index = index
        self._centroids = index.quantizer.reconstruct_n(0, index.nlist)
        index.make_direct_map()
        self._list_of = faiss.vector_to_array(index.direct_map.array) >> _LIST_BITS
        self._sizes = np.bincount(self._list_of, minlength=index.nlist)
        if isinstance(index.invlists, faiss.OnDiskInvertedLists):
            index.invlists.prefetch_nthread = 0  # it would start 32 threads for each search

    def sizes_of(self, rows: Rows) -> Rows:
        """Return how many of `rows` are in each cluster."""
        return np.bincount(self._list_of[rows], minlength=self._index.nlist)

    def search(self, vector: Vectors, limit: int, selector: Any, sizes: Rows | None) -> tuple[Vectors, Rows]:
        """Return cosines and rows, (1, limit) each, padded with -1; only of rows that `selector` takes, if given."""
        near = self._centroids @ vector
        enough = int(self._index.nprobe * math.ceil(len(self._list_of) / self._index.nlist))
        lists = self._nearest(near, self._sizes, enough) if sizes is None else self._nearest(near, sizes, 2 * enough)
        near = np.ascontiguousarray(near[lists])
        question = np.ascontiguousarray(vector, np.float32)
        scores, rows = np.empty((1, limit), np.float32), np.full((1, limit), -1, np.int64)
        if not len(lists):
            return scores, rows
        parameters = faiss.SearchParametersIVF(nprobe=len(lists), sel=selector)  # type: ignore[call-arg]
        arrays = [faiss.swig_ptr(array) for array in (question, lists, near, scores, rows)]
        # FAISS's own wrapper of this takes no parameters
        self._index.search_preassigned_c(1, arrays[0], limit, *arrays[1:], False, parameters)
        return scores, rows

    def _nearest(self, near: Vectors, sizes: Rows, enough: int) -> Rows:
        order = np.argsort(-near, kind="stable")
        order = order[sizes[order] > 0]
        seen = np.cumsum(sizes[order])
        return order[: int(np.searchsorted(seen, enough)) + 1]
