"""Which words make one group of articles score higher than another, with articles as the sample.

articles, scores of words  ->  WordShift (one row a word; contributions add up to the difference)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from .resampling import DRAWS, percentile_interval, two_bootstraps, two_sides, units_of
from .schema import require
from .terms import Counts, count_terms

SIDES = ("target", "reference")
_BLOCK = 4_000_000  # resampled counts held at once


@dataclass(frozen=True)
class WordShift:
    """The difference between two groups' mean scores, and what each word adds to it.

    ``words``: one row a scored word, the largest contribution first: ``term, n_target, n_reference, score,
    share_target, share_reference`` (of the group's scored words), ``contribution``, ``low, high``. ``total``: one
    row: ``difference`` (the sum of the contributions), ``low, high``, ``mean_target, mean_reference, centre,
    coverage_target, coverage_reference`` (share of the group's words that have a score), ``n_articles``.
    """

    words: pd.DataFrame
    total: pd.DataFrame


def word_shift(
    articles: pd.DataFrame,
    scores: Mapping[str, float] | pd.Series,
    *,
    by: str,
    target: str,
    reference: str | None = None,
    centre: float | None = None,
    exclude: pd.DataFrame | None = None,
    unit: str | None = None,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> WordShift:
    """Why ``target``'s words score higher or lower on average than ``reference``'s, word by word.

    A word's contribution is ``(share_target - share_reference) * (score - centre)``: positive if it lifts the
    target, be it a high word used more or a low word used less. They add up to the difference of means whatever the
    ``centre``, which says what counts as high: by default the reference's mean; 0 for VADER's valences, 5 for labMT.

    Parameters
    ----------
    articles : one row an article, with the column ``by``
    scores : number by word, in lower case; words without one are left out of all shares
    target, reference : values of ``by``; without ``reference``, all other articles
    exclude : spans whose words do not count, as in `count_terms`: mentions, to mask names; voices, for own words
    unit, draws, rng : as in `keyness`; intervals are the middle 95 % of resamples, in which the centre is kept

    Caution: look at the coverage; a mean over a tenth of the words speaks for a tenth. A word list does not know
    negation, irony or that "party" is a name.

    Reference: Gallagher, R. J. et al. (2021). Generalized word shift graphs. EPJ Data Science 10:4.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["X", "Y"],
    ...                          "text": ["Good good bad.", "Bad good war."]})
    >>> found = word_shift(articles, {"good": 2, "bad": -1, "war": -3}, by="outlet", target="X", centre=0, draws=0)
    >>> found.words[["term", "n_target", "n_reference", "contribution"]].head(2).round(2).values.tolist()
    [['war', 0, 1, 1.0], ['good', 2, 1, 0.67]]
    >>> found.total.difference.round(2).tolist()
    [1.67]
    """
    require(articles, ["article_id", "text", by], key=["article_id"], name="articles")
    rows = two_sides(articles[by], target, reference)
    data = _scored(count_terms(articles, exclude=exclude), scores, rows)
    means = data.shares @ data.score
    centre = float(means[1]) if centre is None else centre
    low, high, total = np.full(len(data.score), np.nan), np.full(len(data.score), np.nan), [np.nan, np.nan]
    if draws > 0 and min(map(len, rows)) > 1:
        weights = two_bootstraps(rows, units_of(articles, unit), draws=draws, rng=rng)
        low, high, total = _intervals(data.x, data.score - centre, weights)
    columns = {"difference": means[0] - means[1], "low": total[0], "high": total[1]}
    columns |= {"mean_target": means[0], "mean_reference": means[1], "centre": centre}
    columns |= {f"coverage_{side}": share for side, share in zip(SIDES, data.coverage, strict=True)}
    return WordShift(
        _table(data, centre, low, high), pd.DataFrame([columns | {"n_articles": sum(map(len, rows))}])
    )


@dataclass(frozen=True)
class _Scored:
    """Counts of both sides' scored words, the words, their scores, and the share of all words that is scored."""

    x: list[sparse.csr_matrix]
    terms: NDArray[np.object_]
    score: NDArray[np.float64]
    coverage: list[float]

    @property
    def n(self) -> NDArray[np.int64]:
        return np.array([np.asarray(part.sum(0)).ravel() for part in self.x])

    @property
    def shares(self) -> NDArray[np.float64]:
        return self.n / self.n.sum(1, keepdims=True)


def _scored(
    counts: Counts, scores: Mapping[str, float] | pd.Series, rows: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> _Scored:
    score = pd.Series(scores, dtype="float64").reindex(counts.terms).to_numpy()
    present = sum(np.bincount(counts.matrix[r].indices, minlength=len(score)) for r in rows)
    used = np.flatnonzero(~np.isnan(score) & (present > 0))
    x = [counts.matrix[r][:, used] for r in rows]
    if not all(part.nnz for part in x):
        raise ValueError("scores: one of the groups has no scored word")
    coverage = [float(part.sum() / counts.words[r].sum()) for part, r in zip(x, rows, strict=True)]
    return _Scored(x, counts.terms[used], score[used], coverage)


def _table(data: _Scored, centre: float, low: NDArray[np.float64], high: NDArray[np.float64]) -> pd.DataFrame:
    n, shares = data.n, data.shares
    words = pd.DataFrame(
        {
            "term": pd.Series(data.terms, dtype="str"),
            "n_target": n[0],
            "n_reference": n[1],
            "score": data.score,
            "share_target": shares[0],
            "share_reference": shares[1],
            "contribution": (shares[0] - shares[1]) * (data.score - centre),
            "low": low,
            "high": high,
        }
    )
    order = np.lexsort((words["term"], -words["contribution"].abs()))
    return words.iloc[order].reset_index(drop=True)


def _intervals(
    x: list[sparse.csr_matrix],
    values: NDArray[np.float64],
    weights: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[float]]:
    """Bounds of each word's contribution, and of their sum."""
    draws = weights[0].shape[1]
    scored = [np.asarray(part.sum(1)).ravel() @ w.astype(float) for part, w in zip(x, weights, strict=True)]
    columns = [part.T.tocsr().astype(np.float32) for part in x]
    low, high = np.empty((2, len(values)))
    total = np.zeros(draws)
    step = max(1, _BLOCK // draws)
    for first in range(0, len(values), step):
        part = slice(first, first + step)
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = [(c[part] @ w) / s for c, w, s in zip(columns, weights, scored, strict=True)]
        drawn = ((shares[0] - shares[1]) * values[part, None]).T
        low[part], high[part] = percentile_interval(drawn)
        total += drawn.sum(1)
    bounds = percentile_interval(total[:, None])
    return low, high, [float(bound[0]) for bound in bounds]
