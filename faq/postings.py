"""Vectors of many rows, kept by feature: one message is compared with all of them at once."""

from itertools import pairwise

import numpy as np

from faq.weighing import Floats, Ints, Rows

DENSE_FEATURES = 1_024  # the most used features, multiplied as one matrix (BLAS): rows x this
_STEP = 256  # rows multiplied together by `products`


class Postings:
    """For each feature, the rows that have it and their weights."""

    def __init__(self, vectors: Rows, row_count: int, feature_count: int) -> None:
        """`vectors`: rows from 0 to `row_count` - 1, features from 0 to `feature_count` - 1."""
        order = np.argsort(vectors.features, kind="stable")
        self.row_count = row_count
        self._rows: Ints = vectors.rows[order]
        self._weights: Floats = vectors.weights[order]
        ends = np.cumsum(np.bincount(vectors.features, minlength=feature_count))
        self._bounds: Ints = np.concatenate(([0], ends)).astype(np.int32)

    def scores(self, features: Ints, weights: Floats) -> Floats:
        """The product of one vector with each row; features that no row has count for nothing."""
        known = features < len(self._bounds) - 1
        features, weights = features[known], weights[known]
        if not len(features):
            return np.zeros(self.row_count)
        starts, ends = self._bounds[features], self._bounds[features + 1]
        # Run by run: gathering by place takes twice as long on a message of a whole page.
        runs = list(map(slice, starts.tolist(), ends.tolist()))
        rows = np.concatenate([self._rows[run] for run in runs], dtype=np.intp)
        products = np.concatenate([self._weights[run] for run in runs], dtype=np.float64)
        products *= np.repeat(weights, ends - starts)
        sums = np.bincount(rows, products, minlength=self.row_count)
        return np.asarray(sums, dtype=np.float64)  # mypy believes that sums are whole numbers

    def products(self, vectors: Rows) -> Floats:
        """The product of each row with each row; `vectors`: those that made this object.

        Common features go through one dense matrix, the rare ones through their postings.
        """
        uses = np.diff(self._bounds)
        common = np.sort(np.argsort(uses, kind="stable")[-DENSE_FEATURES:])
        column = np.full(len(uses), -1, dtype=np.int32)
        column[common] = np.arange(len(common))
        is_common = column[vectors.features] >= 0
        result = self._dense_products(vectors.where(is_common), column)
        rare = vectors.where(~is_common)
        firsts = range(0, self.row_count + _STEP, _STEP)
        for first, (start, end) in zip(
            firsts, pairwise(np.searchsorted(rare.rows, firsts)), strict=False
        ):
            step = rare.where(slice(start, end))
            result[first : first + _STEP] += self._rare_products(step, first)
        return result

    def _dense_products(self, vectors: Rows, column: Ints) -> Floats:
        dense = np.zeros((self.row_count, int(column.max(initial=-1)) + 1), dtype=np.float32)
        dense[vectors.rows, column[vectors.features]] = vectors.weights
        found: Floats = dense @ dense.T
        return found

    def _rare_products(self, vectors: Rows, first: int) -> Floats:
        """Of the rows from `first` on, one step of them, with all."""
        height = min(_STEP, self.row_count - first)
        lengths = np.diff(self._bounds)[vectors.features]
        places = ranges(self._bounds[vectors.features], lengths)
        cells = np.repeat((vectors.rows - first) * self.row_count, lengths) + self._rows[places]
        values = self._weights[places] * np.repeat(vectors.weights, lengths)
        added = np.bincount(cells, values, minlength=height * self.row_count)
        return added.reshape(height, self.row_count).astype(np.float32)


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """starts[0], starts[0] + 1, … lengths[0] of them, then the same from starts[1]."""
    before = np.cumsum(lengths) - lengths
    places: Ints = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return places
