"""Uncertainty from articles, not words: arrays in, arrays out.

An outlet's articles are the sample; words in one article hang together (burstiness), so intervals
that treat words as independent are too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, special, stats

from .schema import one_of, require

DRAWS = 1000
LEVEL = 0.95
REST = "all others"
"""The name of a reference that is every other group."""
_BLOCK = 2_000_000  # cells of the weight matrix held at once


def bootstrap_ratios(
    numerator: ArrayLike | sparse.csr_matrix,
    denominator: ArrayLike,
    *,
    of: ArrayLike | None = None,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> NDArray[np.float64]:
    """Ratios of sums over articles drawn with replacement: an array ``(draws, items)``.

    ``numerator`` is ``(articles, items)``, an array or sparse; ``denominator`` the same, or ``(articles,)``, which
    serves every item, or ``(articles, parts)`` with ``of``, the part that serves each item. A draw whose denominator
    is 0 gives NaN. The same draw of articles is used for every item: differences may be taken row by row.

    Reference: Efron, B. (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.

    >>> bootstrap_ratios([[1], [1], [1]], [10, 10, 10], draws=2).tolist()
    [[0.1], [0.1]]
    """
    top: Any = numerator if sparse.issparse(numerator) else np.asarray(numerator, float)
    bottom = np.asarray(denominator, float)
    bottom = bottom[:, None] if bottom.ndim == 1 else bottom
    n = len(bottom)
    if top.ndim != 2 or top.shape[0] != n or n == 0:
        raise ValueError(
            f"need (articles, items) with at least one article; got {top.shape} and {bottom.shape}"
        )
    part: Any = slice(None) if of is None else np.asarray(of)
    rng = np.random.default_rng(rng)
    ratios = np.empty((draws, top.shape[1]))
    step = max(1, _BLOCK // n)
    for first in range(0, draws, step):
        size = min(step, draws - first)
        # How often each article is drawn: the same as indexing with n random integers, but one matrix product.
        weights = rng.multinomial(n, np.full(n, 1 / n), size=size).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = (weights @ top) / (weights @ bottom)[:, part]
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


# -- units and weights ---------------------------------------------------------------------------


def units_of(articles: pd.DataFrame, unit: str | None = None) -> NDArray[np.object_] | None:
    """Each article's unit of sampling: the value of ``unit`` (default: ``story`` where there is one), else itself.

    None where articles are the units.

    >>> units_of(pd.DataFrame({"article_id": ["a", "b", "c"], "story": ["s", "s", None]})).tolist()
    ['s', 's', ('c',)]
    """
    if unit is None:
        unit = "story" if "story" in articles.columns else "article_id"
    require(articles, [unit], name="articles")
    values = articles[unit].to_numpy(object)
    alone = pd.isna(values) | (values == "")
    if unit == "article_id" or alone.all():
        return None
    units = values.copy()
    # A tuple is no story's name.
    units[alone] = np.fromiter(((i,) for i in articles["article_id"][alone]), object, int(alone.sum()))
    return units


def bootstrap_weights(n: int, *, draws: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """How often each of ``n`` units is drawn with replacement: an array ``(n, draws)``; columns add up to ``n``.

    A table of counts times such weights is the table resampled, whatever its size: one product for all items.

    >>> bootstrap_weights(3, draws=2, rng=np.random.default_rng(0)).sum(0).tolist()
    [3.0, 3.0]
    """
    weights = np.empty((n, draws), np.float32)
    for draw in range(draws):
        weights[:, draw] = np.bincount(rng.integers(0, n, n), minlength=n)
    return weights


def two_sides(
    groups: ArrayLike, target: str, reference: str | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows whose group is the target, and the reference's or, without one, those of all other groups.

    A missing or empty group is none.

    >>> [rows.tolist() for rows in two_sides(["X", "Y", "", "X", "Z"], "X")]
    [[0, 3], [1, 4]]
    """
    groups = np.asarray(groups, object)
    known = ~(pd.isna(groups) | (groups == ""))
    names = set(groups[known])
    one_of("target", target, names)
    if reference is not None:
        one_of("reference", reference, names - {target})
    theirs = known & (groups != target) if reference is None else groups == reference
    if not theirs.any():
        raise ValueError(f"reference: no articles besides those of {target!r}")
    return np.flatnonzero(groups == target), np.flatnonzero(theirs)


def two_bootstraps(
    rows: tuple[NDArray[np.int64], NDArray[np.int64]],
    units: ArrayLike | None,
    *,
    draws: int,
    rng: int | np.random.Generator,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How often each of both sides' articles is drawn, (articles, draws) each: articles within their side, or, with
    ``units``, stories for both sides at once.

    >>> a, b = two_bootstraps((np.array([0, 1]), np.array([2, 3])), ["s", "t", "s", "t"], draws=9, rng=0)
    >>> bool((a == b).all())
    True
    """
    rng = np.random.default_rng(rng)
    if units is None:
        first, second = (bootstrap_weights(len(side), draws=draws, rng=rng) for side in rows)
        return first, second
    unit, names = pd.factorize(np.asarray(units, object)[np.concatenate(rows)])
    weights = bootstrap_weights(len(names), draws=draws, rng=rng)
    return weights[unit[: len(rows[0])]], weights[unit[len(rows[0]) :]]


def split_weights(n: int, size: int, *, draws: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Which ``size`` of ``n`` units fall to one side of a random split, 1 or 0: an array ``(n, draws)``.

    >>> split_weights(4, 2, draws=3, rng=np.random.default_rng(0)).sum(0).tolist()
    [2.0, 2.0, 2.0]
    """
    weights = np.zeros((n, draws), np.float32)
    for draw in range(draws):
        weights[rng.permutation(n)[:size], draw] = 1
    return weights


def band_scale(n: ArrayLike, target: ArrayLike, reference: ArrayLike) -> NDArray[np.float64]:
    """By how much a placebo's band shrinks, or grows, for a comparison of other numbers of articles.

    Chance between halves of ``n`` articles goes with ``sqrt(2 / n + 2 / n)``, between a ``target`` and a
    ``reference`` number with ``sqrt(1 / target + 1 / reference)``; this is their ratio.

    >>> band_scale(100, 100, 100).round(3).item(), band_scale(100, 50, 50).item()
    (0.707, 1.0)
    """
    n, target, reference = (np.asarray(v, float) for v in (n, target, reference))
    return np.sqrt((1 / target + 1 / reference) * n / 4)


# -- a test of two groups of articles --------------------------------------------------------------


@dataclass(frozen=True)
class Moments:
    """What a test of rates has to know about one group of articles (or of stories): sums over its articles.

    ``x`` is an article's count of an item and ``n`` its size; ``xxn`` is the sum of x²n, and so on. ``articles`` are
    those with any size, ``present`` those with any count. Arrays that broadcast to one shape, the last axis items.
    """

    x: NDArray[np.float64]
    n: NDArray[np.float64]
    xx: NDArray[np.float64]
    xn: NDArray[np.float64]
    nn: NDArray[np.float64]
    xxx: NDArray[np.float64]
    xxn: NDArray[np.float64]
    xnn: NDArray[np.float64]
    nnn: NDArray[np.float64]
    articles: NDArray[np.float64]
    present: NDArray[np.float64]

    def residuals(self, rate: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sums of squares and of cubes of ``x - rate * n``."""
        squares = self.xx - 2 * rate * self.xn + rate**2 * self.nn
        cubes = self.xxx - 3 * rate * self.xxn + 3 * rate**2 * self.xnn - rate**3 * self.nnn
        return np.maximum(squares, 0), cubes

    def __sub__(self, other: Moments) -> Moments:
        """Moments of the articles that are in these and not in the other."""
        return Moments(**{f.name: getattr(self, f.name) - getattr(other, f.name) for f in fields(self)})

    def times(self, ratio: float) -> Moments:
        """The moments if every count were ``ratio`` times as large."""
        power = {f.name: ratio ** f.name.count("x") for f in fields(self) if set(f.name) <= {"x", "n"}}
        return replace(self, **{name: getattr(self, name) * factor for name, factor in power.items()})


def moments(x: Any, n: NDArray[Any], weights: NDArray[Any] | None = None) -> Moments:
    """Moments of counts ``x`` (articles, items; an array or CSR) and sizes ``n`` (articles,) or, by an array, as ``x``.

    With ``weights`` (articles, draws) those of each weighted sample, one row a draw.

    >>> found = moments(np.array([[1.0, 0.0], [2.0, 4.0]]), np.array([10.0, 20.0]))
    >>> found.xx.tolist(), found.n.tolist(), found.present.tolist()
    ([5.0, 16.0], [30.0], [2.0, 1.0])
    """
    sizes = np.asarray(n, float)
    column = sizes[:, None] if sizes.ndim == 1 else sizes
    columns = np.ones(len(sizes)) if weights is None else weights

    def total(values: Any) -> NDArray[np.float64]:
        return np.asarray((values.T @ columns).T, float)

    def product(a: int, b: int) -> NDArray[np.float64]:
        if not a:
            return total(column**b)
        if not sparse.issparse(x):
            return total(x**a * column**b)
        data = x.data.astype(float) ** a * np.repeat(sizes**b, np.diff(x.indptr))
        return total(sparse.csr_matrix((data, x.indices, x.indptr), shape=x.shape))

    names = [f.name for f in fields(Moments)][:-2]
    sums = {name: product(name.count("x"), name.count("n")) for name in names}
    return Moments(**sums, articles=total((column > 0).astype(float)), present=total((x != 0).astype(float)))


@dataclass(frozen=True)
class RateTest:
    """Two groups' rates, their ``difference`` (target less reference), the ``error`` of none, ``z`` and ``p``."""

    target: NDArray[np.float64]
    reference: NDArray[np.float64]
    difference: NDArray[np.float64]
    error: NDArray[np.float64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]


PRESENT = 10  # articles with the item, in each group, from which a group's own spread is worth estimating


def rate_test(
    target: Moments,
    reference: Moments,
    *,
    counts: bool | NDArray[np.bool_] = True,
    paired: Paired | None = None,
) -> RateTest:
    """Whether two groups of articles differ in rate (sum of counts by sum of sizes), item by item.

    The statistic is what the target's articles have beyond the common rate, ``sum(x - rate * n)``; its standard
    error is from the scatter of whole articles around that rate, so that words that come in bursts are no news.
    Scatter is pooled over both groups (in proportion to size), as a group where the item is rare shows none of it;
    where both have it in ``PRESENT`` articles, it is not below what each group's own scatter gives, brought to the
    common rate (scatter of ``counts`` is in proportion to their rate; that of other measures, such as tone, is not).
    ``p`` is
    two-sided: the tails of a Pearson type III with the statistic's skewness, which is large for a few articles against
    many (close to the mid-p of all relabellings), and no smaller than the chance that a random relabelling puts all
    articles that have the item on that side again: one article full of a word is no evidence.
    With stories as units, ``paired`` takes out what groups share by covering the same stories.

    References: Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data.
    Biometrics 48, 577-585 (ratio estimates with units as clusters). Mielke, P. W. & Berry, K. J. (2007). Permutation
    methods: a distance function approach (Pearson type III for permutation distributions).

    >>> counts, sizes = np.array([[3.0], [4.0], [3.0], [4.0]]), np.full(4, 100)
    >>> found = rate_test(moments(counts, sizes), moments(counts - 2, sizes))
    >>> found.difference.round(3).tolist(), found.p.round(3).tolist()
    ([0.02], [0.018])
    """
    size = target.n + reference.n
    with np.errstate(divide="ignore", invalid="ignore"):
        share, rate = target.n / size, (target.x + reference.x) / size
        rates = target.x / target.n, reference.x / reference.n
        variance, skewness = _spread(target, reference, share, rate, rates, counts)
        if paired is not None:
            variance = variance - 2 * share * (1 - share) * paired.covariance(rate)
        articles = target.articles + reference.articles
        variance = variance * articles / (articles - 1)
        z = np.where(variance > 0, (target.x - share * (target.x + reference.x)) / np.sqrt(variance), 0.0)
        error = np.sqrt(variance) * size / (target.n * reference.n)
    p = np.maximum(two_sided(z, skewness), _rarest(target, reference, z, paired))
    known = np.isfinite(rates[0] - rates[1]) & (articles > 2)
    blank = [np.where(known, values, np.nan) for values in (rates[0] - rates[1], error, z, p)]
    return RateTest(*rates, *blank)


def _spread(
    target: Moments,
    reference: Moments,
    share: NDArray[np.float64],
    rate: NDArray[np.float64],
    rates: tuple[NDArray[np.float64], NDArray[np.float64]],
    counts: bool | NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Variance and skewness of ``sum(x - rate * n)`` over the target."""
    squares, cubes = (a + b for a, b in zip(target.residuals(rate), reference.residuals(rate), strict=True))
    pooled = share * (1 - share) * squares
    first, second = (side.residuals(r)[0] for side, r in zip((target, reference), rates, strict=True))
    # Of a count, the spread at the common rate; of anything else, as it is.
    own = [a * np.where(counts & (r > 0), rate / r, 1) for a, r in zip((first, second), rates, strict=True)]
    apart = (1 - share) ** 2 * own[0] + share**2 * own[1]
    enough = np.minimum(target.present, reference.present) >= PRESENT
    variance = np.where(enough, np.maximum(pooled, apart), pooled)
    skewness = share * (1 - share) * (1 - 2 * share) * cubes / np.where(pooled > 0, pooled, 1) ** 1.5
    return variance, skewness


def two_sided(z: NDArray[np.float64], skewness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the smaller tail beyond ``z`` of a Pearson type III (mean 0, variance 1): normal if not skewed.

    >>> two_sided(np.array([1.96, 1.96]), np.array([0.0, 1.0])).round(3).tolist()
    [0.05, 0.089]
    """
    z, skewness = np.broadcast_arrays(z, skewness)
    z = np.where(skewness < 0, -z, z)
    skew = np.maximum(np.abs(skewness), 1e-4)
    shape = 4 / skew**2
    gamma = shape + z * np.sqrt(shape)
    upper = np.where(gamma > 0, special.gammaincc(shape, np.maximum(gamma, 0)), 1.0)
    lower = special.gammainc(shape, np.maximum(gamma, 0))
    skewed = 2 * np.minimum(upper, lower)
    return np.minimum(np.where(np.abs(skewness) < 1e-3, 2 * special.ndtr(-np.abs(z)), skewed), 1.0)


@dataclass(frozen=True)
class Paired:
    """What both groups have for covering the same ``stories``: sums over these
    of the target's count times the reference's, and so on."""

    xx: NDArray[np.float64]
    xn: NDArray[np.float64]
    nn: NDArray[np.float64]
    stories: int

    def covariance(self, rate: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over stories of the product of both groups' ``x - rate * n``."""
        return self.xx - rate * self.xn + rate**2 * self.nn


def paired(x: tuple[Any, Any], n: tuple[NDArray[Any], NDArray[Any]]) -> Paired:
    """`Paired` sums of counts and sizes (target's, reference's) whose rows are the same stories.

    >>> both = paired((np.array([[1.0], [2.0]]), np.array([[3.0], [0.0]])), (np.array([10, 10]), np.array([20, 0])))
    >>> both.xx.tolist(), both.xn.tolist(), both.nn.tolist(), both.stories
    ([3.0], [50.0], [200.0], 1)
    """
    sizes = [np.asarray(v, float) for v in n]
    sizes = [v[:, None] if v.ndim == 1 else v for v in sizes]

    def summed(a: Any, b: Any) -> NDArray[np.float64]:
        product = a.multiply(b) if sparse.issparse(a) else a * b
        return np.asarray(product.sum(0), float).ravel()

    crossed = summed(x[0], sizes[1]) + summed(x[1], sizes[0])
    together = (sizes[0] > 0).any(1) & (sizes[1] > 0).any(1)
    return Paired(summed(x[0], x[1]), crossed, summed(sizes[0], sizes[1]), int(together.sum()))


def _rarest(
    target: Moments, reference: Moments, z: NDArray[np.float64], paired: Paired | None
) -> NDArray[np.float64]:
    """How likely those articles that have the item are to fall to the side that has more of it."""
    pairs = 0 if paired is None else paired.stories
    more = np.where(z > 0, target.articles, reference.articles)
    present = np.where(z > 0, target.present, reference.present)
    alone, swapped = np.maximum(present - pairs, 0), np.minimum(present, pairs)
    rest = target.articles + reference.articles - 2 * pairs
    # Of the articles without a partner, `more - pairs` are on that side: those present must be among them.
    ways = _log_choose(rest - alone, more - pairs - alone) - _log_choose(rest, more - pairs)
    return np.exp(np.minimum(ways - swapped * np.log(2), 0))


def _log_choose(n: NDArray[np.float64], k: NDArray[np.float64]) -> NDArray[np.float64]:
    return special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """The smallest false discovery rate at which each test would be called a discovery: ``q``, as many as ``p``.

    Missing values stay missing and do not count as tests.

    Reference: Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57(1), 289-300.

    >>> benjamini_hochberg([0.01, 0.04, 0.03, np.nan]).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    p = np.asarray(p, float)
    q = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    if len(tested):
        q[tested] = stats.false_discovery_control(p[tested])
    return q
