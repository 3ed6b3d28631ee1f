"""Uncertainty from articles, not words: arrays in, arrays out.

An outlet's articles are the sample; words in one article hang together (burstiness), so intervals
that treat words as independent are too narrow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRAWS = 1000
LEVEL = 0.95
_BLOCK = 2_000_000  # cells of the weight matrix held at once


def bootstrap_ratios(
    numerator: ArrayLike, denominator: ArrayLike, *, draws: int = DRAWS, rng: int | np.random.Generator = 0
) -> NDArray[np.float64]:
    """Ratios of sums over articles drawn with replacement: an array ``(draws, items)``.

    ``numerator`` and ``denominator`` are ``(articles, items)``; a denominator of shape ``(articles,)`` serves
    every item. A draw whose denominator is 0 gives NaN. The same draw of articles is used for every item, so
    differences between items may be taken row by row.

    Reference: Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.

    >>> bootstrap_ratios([[1], [1], [1]], [10, 10, 10], draws=2).tolist()
    [[0.1], [0.1]]
    """
    top = np.asarray(numerator, float)
    bottom = np.asarray(denominator, float)
    bottom = bottom[:, None] if bottom.ndim == 1 else bottom
    n = len(top)
    if top.ndim != 2 or len(bottom) != n or n == 0:
        raise ValueError(
            f"need (articles, items) with at least one article; got {top.shape} and {bottom.shape}"
        )
    rng = np.random.default_rng(rng)
    ratios = np.empty((draws, top.shape[1]))
    step = max(1, _BLOCK // n)
    for first in range(0, draws, step):
        size = min(step, draws - first)
        # How often each article is drawn: the same as indexing with n random integers, but one matrix product.
        weights = rng.multinomial(n, np.full(n, 1 / n), size=size).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = (weights @ top) / (weights @ bottom)
        ratios[first : first + size] = np.where(np.isfinite(ratio), ratio, np.nan)
    return ratios


def percentile_interval(
    draws: ArrayLike, *, level: float = LEVEL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The middle ``level`` of the draws of each item (axis 0 are the draws): ``low, high``. NaN draws are left out.

    >>> low, high = percentile_interval(np.arange(101.0)[:, None])
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([2.5], [97.5])
    """
    values = np.asarray(draws, float)
    tails = [(1 - level) / 2, (1 + level) / 2]
    empty = np.isnan(values).all(0)
    filled = np.where(empty, 0.0, values)
    low, high = np.nanquantile(filled, tails, axis=0)
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)
