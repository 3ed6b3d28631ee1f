"""How well wording tells two groups apart, without the bias of finite samples.

articles or Counts  ->  one row: the leave-out estimate with interval and placebo
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.stats import norm

from .resampling import LEVEL, two_sides, units_of
from .schema import require
from .terms import Counts, count_terms

BLOCKS = 40
"""Into how many parts the articles are cut for the jackknife."""


def partisanship(
    articles: pd.DataFrame,
    *,
    by: str,
    target: str,
    reference: str | None = None,
    lengths: Sequence[int] = (1,),
    min_articles: int = 5,
    exclude: pd.DataFrame | None = None,
    unit: str | None = None,
    relabellings: int = 199,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """How sure one could be of a term's group on hearing it: one row, ``estimate`` .5 (not at all) to 1 (always).

    With equal chances of either group beforehand, a term heard from the target is rightly given to it with probability
    rho = q_target / (q_target + q_reference); the estimate averages over the terms of each article, with q from the
    *other* articles (or stories: the story is left out of both groups). The ``plug_in`` estimate, with q from all, is
    biased upwards: .58 on average for ten articles a side of one outlet, where it should be .50
    (benchmarks/keyness.py). Compare it with nothing.

    Returns ``estimate``; ``low, high`` (95 %, jackknife over blocks of articles or stories); ``null_low, null_high``
    (middle 95 % under random relabelling: the placebo) and one-sided ``p``; ``plug_in``; ``n_terms, n_target,
    n_reference`` (terms, articles or stories). Options as in `keyness`.

    Caution: it measures topics as much as slant where outlets cover different events. Below .5 is chance.

    Reference: Gentzkow, M., Shapiro, J. & Taddy, M. (2019). Measuring group differences in high-dimensional choices.
    Econometrica 87(4), 1307-1340.

    >>> articles = pd.DataFrame({"article_id": range(8), "outlet": list("XXXXYYYY"),
    ...                          "text": ["a mob"] * 4 + ["a crowd"] * 4})
    >>> partisanship(articles, by="outlet", target="X", min_articles=2)[["estimate", "plug_in"]].round(2)
       estimate  plug_in
    0      0.75     0.75
    """
    require(articles, ["article_id", "text", by], key=["article_id"], name="articles")
    counts = count_terms(articles, lengths=lengths, min_articles=min_articles, exclude=exclude)
    return partisanship_counts(
        counts,
        articles[by],
        target=target,
        reference=reference,
        min_articles=min_articles,
        units=units_of(articles, unit),
        relabellings=relabellings,
        rng=rng,
    )


def partisanship_counts(
    counts: Counts,
    groups: ArrayLike,
    *,
    target: str,
    reference: str | None = None,
    min_articles: int = 1,
    units: ArrayLike | None = None,
    relabellings: int = 199,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """`partisanship` of counts made elsewhere: ``groups`` and ``units`` (None: articles) hold one value an article.

    >>> from analysis.terms import counts_of
    >>> counts = counts_of([[1, 0], [1, 0], [0, 1], [0, 1]], ["mob", "crowd"])
    >>> partisanship_counts(counts, list("xxyy"), target="x").estimate
    0    1.0
    Name: estimate, dtype: float64
    """
    data = _choices(counts, two_sides(groups, target, reference), units, min_articles)
    sizes = data.is_target.sum(), (~data.is_target).sum()
    if min(sizes) < 2:
        raise ValueError(
            f"articles: at least 2 a side (or stories) must have terms; got {sizes[0]} and {sizes[1]}"
        )
    rng = np.random.default_rng(rng)
    estimate = _leave_out(data, data.is_target)
    error = _jackknife(data, rng)
    null = np.array([_leave_out(data, _relabelled(data, rng)) for _ in range(relabellings)])
    bounds = np.quantile(null, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if relabellings else [np.nan, np.nan]
    reach = norm.ppf((1 + LEVEL) / 2) * error
    row = {"estimate": estimate, "low": estimate - reach, "high": estimate + reach}
    row |= {"null_low": bounds[0], "null_high": bounds[1]}
    row |= {"p": (1 + (null >= estimate).sum()) / (1 + relabellings) if relabellings else np.nan}
    row |= {
        "plug_in": _plug_in(data),
        "n_terms": data.x.shape[1],
        "n_target": sizes[0],
        "n_reference": sizes[1],
    }
    return pd.DataFrame([row])


@dataclass(frozen=True)
class _Choices:
    """Counts of terms (rows: articles, or what a story has in one group), and of the row on the same story opposite.

    ``partner``: that row's number, or -1; ``opposite``: its counts at the places of ``x.data``.
    """

    x: sparse.csr_matrix
    is_target: NDArray[np.bool_]
    partner: NDArray[np.int64]
    opposite: NDArray[np.float64]
    row: NDArray[np.int64]
    n: NDArray[np.float64]


def _choices(
    counts: Counts,
    sides: tuple[NDArray[np.int64], NDArray[np.int64]],
    units: ArrayLike | None,
    min_articles: int,
) -> _Choices:
    rows, first = np.concatenate(sides), len(sides[0])
    x = counts.matrix[rows].astype(float)
    x = x[:, np.bincount(x.indices, minlength=x.shape[1]) >= max(min_articles, 1)]
    is_target = np.arange(len(rows)) < first
    unit = rows if units is None else pd.factorize(np.asarray(units, object))[0][rows]
    cell, names = pd.factorize(2 * unit + ~is_target)
    x = (sparse.csr_matrix((np.ones(len(rows)), (cell, np.arange(len(rows))))) @ x).tocsr()
    held = np.diff(x.indptr) > 0
    return _with_partners(x[held], np.asarray(names)[held])


def _with_partners(x: sparse.csr_matrix, names: NDArray[np.int64]) -> _Choices:
    """``names``: twice the unit's number, and 1 more for the reference's side of it."""
    x.sort_indices()
    partner = pd.Index(names).get_indexer(names ^ 1).astype(np.int64)
    row = np.repeat(np.arange(x.shape[0]), np.diff(x.indptr))
    width = max(x.shape[1], 1)
    key, wanted = row * width + x.indices, partner[row] * width + x.indices
    place = np.minimum(np.searchsorted(key, wanted), len(key) - 1) if len(key) else row
    opposite = np.where(key[place] == wanted, x.data[place], 0.0) if len(key) else x.data
    n = np.asarray(x.sum(1)).ravel()
    return _Choices(x, names % 2 == 0, partner, opposite, row, n)


def _leave_out(data: _Choices, is_target: NDArray[np.bool_], kept: NDArray[np.bool_] | None = None) -> float:
    """Mean over both groups' articles of the chance that a term of theirs is given to their group by the others'."""
    kept = np.ones(len(data.n), bool) if kept is None else kept
    mine = [(is_target & kept), (~is_target & kept)]
    sums = np.array([data.x.T @ side.astype(float) for side in mine])
    sizes = np.array([data.n[side].sum() for side in mine])
    side, column = (~is_target).astype(int), data.x.indices
    other_n = np.where(data.partner >= 0, data.n[data.partner], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        same = (sums[side[data.row], column] - data.x.data) / (sizes[side] - data.n)[data.row]
        other = (sums[1 - side[data.row], column] - data.opposite) / (sizes[1 - side] - other_n)[data.row]
        # A term that nobody else has says nothing.
        rho = np.where(same + other > 0, same / (same + other), 0.5)
    score = np.bincount(data.row, data.x.data * rho, len(data.n)) / data.n
    return float(np.mean([score[s].mean() for s in mine]))


def _plug_in(data: _Choices) -> float:
    q = np.array([data.x.T @ side.astype(float) for side in (data.is_target, ~data.is_target)])
    q /= q.sum(1, keepdims=True)
    return float((q**2 / q.sum(0)).sum() / 2)


def _relabelled(data: _Choices, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Groups dealt out anew: swapped at random within a story that both cover, shuffled over the others."""
    labels = data.is_target.copy()
    alone = np.flatnonzero(data.partner < 0)
    labels[alone] = rng.permutation(labels[alone])
    pairs = np.flatnonzero((data.partner >= 0) & data.is_target)
    swapped = pairs[rng.random(len(pairs)) < 0.5]
    labels[swapped], labels[data.partner[swapped]] = False, True
    return labels


def _jackknife(data: _Choices, rng: np.random.Generator) -> float:
    """Standard error from leaving out one block of stories (or articles) after the other."""
    first = np.where(
        data.partner >= 0, np.minimum(data.partner, np.arange(len(data.n))), np.arange(len(data.n))
    )
    block = np.empty(len(data.n), int)
    for side in (data.is_target, ~data.is_target):
        block[side] = rng.permutation(side.sum()) % BLOCKS
    block = block[first]
    found = []
    for left_out in np.unique(block):
        kept = block != left_out
        if min((data.is_target & kept).sum(), (~data.is_target & kept).sum()) >= 2:
            found.append(_leave_out(data, data.is_target, kept))
    blocks = len(found)
    return float(np.sqrt((blocks - 1) * np.var(found))) if blocks > 1 else np.nan
