"""Which terms one group of articles uses more than another, with articles as the sample.

articles or Counts  ->  keyness (one row a term), placebo and power of the same comparison
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import xlogy

from .resampling import (
    DRAWS,
    LEVEL,
    REST,
    Moments,
    Paired,
    benjamini_hochberg,
    moments,
    paired,
    rate_test,
    split_weights,
    two_bootstraps,
    two_sides,
    units_of,
)
from .schema import one_of, require
from .terms import Counts, count_terms

PRIOR = 1000.0
RATIOS = (1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0)
_BLOCK = 4_000_000  # resampled counts held at once


def keyness(
    articles: pd.DataFrame,
    *,
    by: str,
    target: str | Sequence[str],
    reference: str | None = None,
    lengths: Sequence[int] = (1,),
    min_articles: int = 5,
    exclude: pd.DataFrame | None = None,
    unit: str | None = None,
    background: pd.Series | None = None,
    prior: float = PRIOR,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Which terms ``target`` uses more, or less, than ``reference``: one row a term, the surest first.

    Parameters
    ----------
    articles : one row an article; wire copies should be out first (`without_copies`)
    by : the column that makes groups, such as ``outlet``; articles without a value are in none
    target, reference : values of ``by``; without ``reference``, all other articles. Several targets are each
        compared, and the table has a first column ``target``
    lengths : words in a term: ``(1,)`` for words, ``(2, 3)`` for phrases
    min_articles : terms in fewer articles of the two groups are left out
    exclude : spans whose words do not count, as in `count_terms`: voices for the outlet's own words, mentions for names
    unit : column whose values are the sample (``story``); by default ``story`` if the articles have it, else articles
    background, prior : counts by term, and how many words of it every group is given beforehand for ``log_odds``;
        by default the counts of all ``articles``. What was used is in ``.attrs["prior"]``; in
        ``.attrs["compared"]``, each target's reference and how many ``articles`` both have
    draws : resamples for the interval; 0 for none
    rng : seed

    Returns
    -------
    ``term``; ``n_target, n_reference`` (occurrences); ``articles_target, articles_reference`` (with the term);
    ``log_ratio`` (log2 of the ratio of rates; positive: more in the target; a count of 0 is taken as 0.5) with ``low,
    high`` (middle 95 % of resamples of the units; missing on the side where a group has none, and for a group of one);
    ``log_odds, z`` (log-odds ratio with informative Dirichlet prior); ``g2`` (log-likelihood ratio over all four
    cells, signed); ``dispersion`` (Gries's DP over both groups' articles: 0 even, 1 in one short article);
    ``p`` (two-sided, of a test on articles: `rate_test`) and ``q`` (Benjamini-Hochberg over all rows).

    Caution: ``z`` and ``g2`` take words as independent and call far too much different; rank by them if you like, but
    decide by ``q``. Intervals are a little too narrow: between halves of 60 articles each that do not differ, 7 %
    (not 5) are without 0 (benchmarks/keyness.py). A word may be typical of a topic rather than of an outlet.

    References: Monroe, Colaresi & Quinn (2008), Political Analysis 16, 372-403 (log-odds). Dunning (1993),
    Computational Linguistics 19(1), 61-74 (G2). Hardie (2014), log ratio. Gries (2008), International Journal of
    Corpus Linguistics 13, 403-437 (DP). Lijffijt et al. (2016), Digital Scholarship in the Humanities 31, 374-397
    (why articles).

    >>> articles = pd.DataFrame({"article_id": list("abcdefgh"), "outlet": list("XXXXYYYY"), "text": [
    ...     "A mob came", "The mob left", "A mob sang", "Mob rule", "A crowd", "The crowd left",
    ...     "A crowd sang", "Crowds"]})
    >>> table = keyness(articles, by="outlet", target="X", reference="Y", min_articles=3)
    >>> table[["term", "n_target", "n_reference", "log_ratio"]].round(2).values.tolist()
    [['mob', 4, 0, 2.71], ['crowd', 0, 3, -2.87], ['a', 2, 2, -0.29]]
    """
    require(articles, ["article_id", "text", by], key=["article_id"], name="articles")
    counts = count_terms(articles, lengths=lengths, min_articles=min_articles, exclude=exclude)
    return keyness_counts(
        counts,
        articles[by],
        target=target,
        reference=reference,
        min_articles=min_articles,
        units=units_of(articles, unit),
        background=background,
        prior=prior,
        draws=draws,
        rng=rng,
    )


def keyness_counts(
    counts: Counts,
    groups: ArrayLike,
    *,
    target: str | Sequence[str],
    reference: str | None = None,
    min_articles: int = 5,
    units: ArrayLike | None = None,
    background: pd.Series | None = None,
    prior: float = PRIOR,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """`keyness` of counts made elsewhere: ``groups`` and ``units`` (None: articles) hold one value an article.

    >>> from analysis.terms import counts_of
    >>> counts = counts_of(np.array([[3, 1], [3, 1], [1, 3], [1, 3]]), ["mob", "crowd"])
    >>> table = keyness_counts(counts, ["X", "X", "Y", "Y"], target="X", min_articles=1, draws=0)
    >>> table[["term", "log_ratio", "g2"]].round(2)
        term  log_ratio    g2
    0    mob       1.58  4.19
    1  crowd      -1.58 -4.19
    """
    if prior <= 0:
        raise ValueError(f"prior must be more than 0 words; got {prior}")
    groups = np.asarray(groups, object)
    several = not isinstance(target, str)
    targets = [target] if isinstance(target, str) else list(target)
    if not targets:
        raise ValueError("target: name at least one group")
    priors = prior * _background(counts, background)
    tables, compared = [], {}
    for name in targets:
        sides = _sides(counts, groups, name, reference, units, min_articles)
        compared[name] = {
            "reference": REST if reference is None else reference,
            "articles": (len(sides.target.words), len(sides.reference.words)),
        }
        tables.append(_keyness(sides, priors[sides.kept], prior, draws, rng).assign(target=name))
    table = pd.concat(tables, ignore_index=True)
    table["q"] = benjamini_hochberg(table["p"])
    order = np.lexsort((table["term"], -table["g2"].abs(), table["p"]))
    table = table.iloc[order].reset_index(drop=True)
    table.attrs["prior"] = {
        "words": prior,
        "background": "all articles" if background is None else "as given",
    }
    table.attrs["compared"] = compared
    return table[["target", *COLUMNS] if several else list(COLUMNS)]


COLUMNS = (
    *("term", "n_target", "n_reference", "articles_target", "articles_reference", "log_ratio", "low", "high"),
    *("log_odds", "z", "g2", "dispersion", "p", "q"),
)


# -- two sides of a comparison ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    """One group's articles: counts (articles, terms), words of each, number of each one's unit."""

    x: sparse.csr_matrix
    words: NDArray[np.float64]
    unit: NDArray[np.int64]

    @property
    def n(self) -> NDArray[np.int64]:
        return np.asarray(self.x.sum(0)).ravel()

    @property
    def articles(self) -> NDArray[np.int64]:
        return np.bincount(self.x.indices, minlength=self.x.shape[1])


@dataclass(frozen=True)
class _Sides:
    """Target and reference, their ``terms`` (columns ``kept`` of all), and whether units span articles."""

    target: _Side
    reference: _Side
    terms: NDArray[np.object_]
    kept: NDArray[np.int64]
    stories: int

    def moments(self) -> tuple[Moments, Moments, Paired | None]:
        """What the test needs: sums over articles, or over what each story has in each group."""
        sides = self.target, self.reference
        if not self.stories:
            first, second = (moments(s.x, s.words) for s in sides)
            return first, second, None
        x = [_by_story(s.x, s.unit, self.stories) for s in sides]
        words = [np.bincount(s.unit, s.words, self.stories) for s in sides]
        first, second = (moments(a, n) for a, n in zip(x, words, strict=True))
        return first, second, paired((x[0], x[1]), (words[0], words[1]))


def _by_story(x: sparse.csr_matrix, story: NDArray[np.int64], stories: int) -> sparse.csr_matrix:
    rows = np.arange(len(story))
    return (sparse.csr_matrix((np.ones(len(story)), (story, rows)), shape=(stories, len(story))) @ x).tocsr()


def _sides(
    counts: Counts,
    groups: NDArray[np.object_],
    target: str,
    reference: str | None,
    units: ArrayLike | None,
    min_articles: int,
) -> _Sides:
    """The articles of both groups, and the terms that enough of them have."""
    if len(groups) != counts.matrix.shape[0]:
        raise ValueError(
            f"groups: expected one for each of {counts.matrix.shape[0]} articles; got {len(groups)}"
        )
    rows = two_sides(groups, target, reference)
    number = np.arange(len(groups))
    stories = 0
    if units is not None:
        number, found = pd.factorize(np.asarray(units, object))
        stories = len(found)
    parts = [counts.matrix[r] for r in rows]
    present = sum(np.bincount(x.indices, minlength=x.shape[1]) for x in parts)
    kept = np.flatnonzero(present >= max(min_articles, 1))
    sides = [
        _Side(x[:, kept], counts.words[r].astype(float), number[r]) for x, r in zip(parts, rows, strict=True)
    ]
    return _Sides(sides[0], sides[1], counts.terms[kept], kept, stories)


# -- measures --------------------------------------------------------------------------------------


def _keyness(
    sides: _Sides, priors: NDArray[np.float64], prior: float, draws: int, rng: int | np.random.Generator
) -> pd.DataFrame:
    a, b = sides.target, sides.reference
    n, size = (a.n, b.n), (a.words.sum(), b.words.sum())
    first, second, both = sides.moments()
    low, high = _interval(sides, draws, rng)
    log_odds, z = log_odds_ratio(n, size, priors, prior)
    return pd.DataFrame(
        {
            "term": pd.Series(sides.terms, dtype="str"),
            "n_target": n[0],
            "n_reference": n[1],
            "articles_target": a.articles,
            "articles_reference": b.articles,
            "log_ratio": log_ratio(n, size),
            "low": np.where(n[0] > 0, low, np.nan),
            "high": np.where(n[1] > 0, high, np.nan),
            "log_odds": log_odds,
            "z": z,
            "g2": signed_g2(n, size),
            "dispersion": _dispersion(sides),
            "p": rate_test(first, second, paired=both).p,
        }
    )


def log_ratio(n: tuple[ArrayLike, ArrayLike], size: tuple[Any, Any]) -> NDArray[np.float64]:
    """Log2 of the ratio of two rates, ``n`` of ``size``; a count of 0 is taken as 0.5 (Hardie 2014).

    Missing if a size is 0.

    >>> log_ratio(([8, 0], [2, 4]), (10, 10)).tolist()
    [2.0, -3.0]
    """
    a, b = (np.where(np.asarray(v) > 0, v, 0.5) for v in n)
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.log2(np.divide(size[0], size[1]))
    return np.log2(a / b) - np.where(np.isfinite(sizes), sizes, np.nan)


def signed_g2(n: tuple[ArrayLike, ArrayLike], size: tuple[Any, Any]) -> NDArray[np.float64]:
    """Log-likelihood ratio of each term's table (term, other words) x (a, b), all four cells; negative: more in b.

    >>> signed_g2(([8], [2]), (10, 10)).round(2).tolist()
    [7.71]
    """
    a, b = (np.asarray(v, float) for v in n)
    observed = np.array([[a, b], [size[0] - a, size[1] - b]])
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = observed.sum(0, keepdims=True) * observed.sum(1, keepdims=True) / observed.sum((0, 1))
        g2 = 2 * (xlogy(observed, observed) - xlogy(observed, expected)).sum((0, 1))
        return np.abs(g2) * np.sign(a / size[0] - b / size[1])


def log_odds_ratio(
    n: tuple[ArrayLike, ArrayLike], size: tuple[Any, Any], priors: ArrayLike, prior: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratio with informative Dirichlet prior, and that by its standard deviation: ``log_odds, z``.

    ``priors`` are the terms' shares of the ``prior`` words that each group is given beforehand.
    Monroe, Colaresi & Quinn (2008), equations 16, 19 and 22.

    >>> [v.round(3).tolist() for v in log_odds_ratio(([8], [2]), (10, 10), [5.0], 10.0)]
    [[1.238], [2.641]]
    """
    (a, b), alpha = (np.asarray(v, float) for v in n), np.asarray(priors, float)
    odds = [(y + alpha) / (total + prior - y - alpha) for y, total in zip((a, b), size, strict=True)]
    difference = np.log(odds[0]) - np.log(odds[1])
    return difference, difference / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))


def _background(counts: Counts, background: pd.Series | None) -> NDArray[np.float64]:
    """Each term's share of the background's words. One that the background lacks counts as half a word of it."""
    if background is None:
        return np.asarray(counts.matrix.sum(0)).ravel() / max(counts.words.sum(), 1)
    found = background.reindex(counts.terms).fillna(0).to_numpy(float)
    return np.where(found > 0, found, 0.5) / background.sum()


def _dispersion(sides: _Sides) -> NDArray[np.float64]:
    """Gries's DP: half the sum of the differences between each article's share of the term and of all words."""
    x = sparse.vstack([sides.target.x, sides.reference.x], format="csr")
    words = np.concatenate([sides.target.words, sides.reference.words])
    of_words = np.repeat(words / max(words.sum(), 1), np.diff(x.indptr))
    of_term = x.data / np.asarray(x.sum(0)).ravel()[x.indices]
    shared = np.bincount(x.indices, np.minimum(of_words, of_term), minlength=x.shape[1])
    return 1.0 - shared.astype(float)


def _interval(
    sides: _Sides, draws: int, rng: int | np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The middle of resampled log ratios: articles drawn within each group, or stories for both at once."""
    low, high = np.full((2, len(sides.terms)), np.nan)
    if draws < 1 or min(len(sides.target.words), len(sides.reference.words)) < 2:
        return low, high
    first = len(sides.target.words)
    rows = np.arange(first), np.arange(first, first + len(sides.reference.words))
    stories = np.concatenate([sides.target.unit, sides.reference.unit]) if sides.stories else None
    weights = two_bootstraps(rows, stories, draws=draws, rng=rng)
    size = [
        w.T.astype(float) @ s.words for w, s in zip(weights, (sides.target, sides.reference), strict=True)
    ]
    held = (size[0] > 0) & (size[1] > 0)  # draws with words on both sides
    if not held.any():
        return low, high
    weights, shift = (weights[0][:, held], weights[1][:, held]), np.log2(size[0][held] / size[1][held])
    counts = [s.x.T.tocsr().astype(np.float32) for s in (sides.target, sides.reference)]
    step = max(1, _BLOCK // draws)
    for first in range(0, len(low), step):
        part = slice(first, first + step)
        n = [np.maximum(x[part] @ w, np.float32(0.5)) for x, w in zip(counts, weights, strict=True)]
        ratios = np.log2(n[0] / n[1]) - shift.astype(np.float32)
        low[part], high[part] = np.quantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1)
    return low, high


# -- what the same comparison finds where nothing is to be found, and what it could find --------------


@dataclass(frozen=True)
class Placebo:
    """`keyness` of random halves of one group. ``terms``: one row a term, ``term, n, articles``, ``low, high`` (middle
    95 % of the log ratios between halves: the band that chance alone fills) and ``found`` (share of halves with p <
    .05). ``halves``: one row a split, ``terms`` tested, share with ``p < .05`` and number with ``q < .05``.
    ``n_articles``: how many (or stories) were dealt out."""

    terms: pd.DataFrame
    halves: pd.DataFrame
    n_articles: int


def keyness_placebo(
    articles: pd.DataFrame,
    *,
    by: str,
    group: str,
    lengths: Sequence[int] = (1,),
    min_articles: int = 5,
    exclude: pd.DataFrame | None = None,
    unit: str | None = None,
    halves: int = 200,
    rng: int | np.random.Generator = 0,
) -> Placebo:
    """The comparison of `keyness` between random halves of the articles (or stories) of one ``group``.

    A finding that its own outlet's halves show as well is none. Halves have half the articles, so the band is wider
    than chance between two whole outlets of that size (see `band_scale`). Options as in `keyness`.

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "text": "a mob"})
    >>> found = keyness_placebo(articles, by="outlet", group="X", min_articles=2, halves=10)
    >>> found.terms.values.tolist()
    [['a', 4, 4, 0.0, 0.0, 0.0], ['mob', 4, 4, 0.0, 0.0, 0.0]]
    """
    require(articles, ["article_id", "text", by], key=["article_id"], name="articles")
    one_of("group", group, set(articles[by].dropna()))
    articles = articles[articles[by] == group].reset_index(drop=True)
    counts = count_terms(articles, lengths=lengths, min_articles=min_articles, exclude=exclude)
    x, words = _units(counts.matrix, counts.words, units_of(articles, unit))
    if len(words) < 4:
        raise ValueError(
            f"group: halves of {len(words)} articles or stories say nothing; at least 4 are needed"
        )
    blocks = _split_tests(x, words, len(words) // 2, halves, rng, (1.0,))
    found = [(ratios.astype(np.float32), p < 0.05, _discoveries(p)) for ratios, (p,) in blocks]
    ratios, below, discoveries = (np.concatenate(part) for part in zip(*found, strict=True))
    low, high = np.quantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    terms = {"term": pd.Series(counts.terms, dtype="str"), "n": np.asarray(counts.matrix.sum(0)).ravel()}
    terms |= {
        "articles": np.bincount(counts.matrix.indices, minlength=len(counts.terms)),
        "low": low,
        "high": high,
    }
    by_half = {
        "terms": len(counts.terms),
        "p < .05": below.sum(1) / max(len(counts.terms), 1),
        "q < .05": discoveries,
    }
    return Placebo(pd.DataFrame(terms | {"found": below.mean(0)}), pd.DataFrame(by_half), len(words))


def _discoveries(p: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.array([(benjamini_hochberg(row) < 0.05).sum() for row in p])


def keyness_power(
    articles: pd.DataFrame,
    *,
    by: str,
    target: str,
    reference: str | None = None,
    ratio: float = 2.0,
    chance: float = 0.8,
    level: float = 0.05,
    lengths: Sequence[int] = (1,),
    min_articles: int = 5,
    exclude: pd.DataFrame | None = None,
    unit: str | None = None,
    draws: int = 200,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """What difference in a term's rate as many articles as these can show: one row a term of `keyness`.

    The articles of both groups are dealt out anew at random, ``draws`` times, and the target's counts of the term are
    multiplied. ``power`` is the share of deals in which the test then has ``p < level`` at ``ratio`` times the rate;
    ``detectable`` is the ratio (above 1) that would be found with ``chance``, missing above 16. ``n`` and ``articles``
    are the term's in both groups. A term with low power that shows no difference is an open question, not an even one.

    >>> articles = pd.DataFrame({"article_id": range(40), "outlet": ["X", "Y"] * 20, "text": "a mob came"})
    >>> keyness_power(articles, by="outlet", target="X").round(2).values.tolist()
    [['a', 40, 40, 1.0, 1.19], ['mob', 40, 40, 1.0, 1.19], ['came', 40, 40, 1.0, 1.19]]
    """
    require(articles, ["article_id", "text", by], key=["article_id"], name="articles")
    counts = count_terms(articles, lengths=lengths, min_articles=min_articles, exclude=exclude)
    groups, units = articles[by].to_numpy(object), units_of(articles, unit)
    sides = _sides(counts, groups, target, reference, units, min_articles)
    parts = [_units(s.x, s.words, s.unit if sides.stories else None) for s in (sides.target, sides.reference)]
    x, words = sparse.vstack([x for x, _ in parts], format="csr"), np.concatenate([n for _, n in parts])
    ratios = sorted({ratio, *RATIOS})
    found = np.zeros((len(ratios), len(sides.terms)))
    for _, p in _split_tests(x, words, len(parts[0][1]), draws, rng, ratios):
        found += np.array([(values < level).sum(0) for values in p]) / draws
    return pd.DataFrame(
        {
            "term": pd.Series(sides.terms, dtype="str"),
            "n": sides.target.n + sides.reference.n,
            "articles": sides.target.articles + sides.reference.articles,
            "power": found[ratios.index(ratio)],
            "detectable": _crossing(np.log(ratios), found, chance, level),
        }
    )


def _units(
    x: sparse.csr_matrix, words: NDArray[Any], units: ArrayLike | None
) -> tuple[sparse.csr_matrix, NDArray[np.float64]]:
    """Counts and words of each unit."""
    if units is None:
        return x, words.astype(float)
    number, found = pd.factorize(np.asarray(units, object))
    return _by_story(x, number, len(found)), np.bincount(number, words, len(found)).astype(float)


def _split_tests(
    x: sparse.csr_matrix,
    words: NDArray[np.float64],
    size: int,
    draws: int,
    rng: int | np.random.Generator,
    ratios: Sequence[float],
) -> Iterator[tuple[NDArray[np.float64], list[NDArray[np.float64]]]]:
    """Random splits, some at a time: log ratios (draws, terms), and for each ratio p, were one side's counts so many
    times as large."""
    rng = np.random.default_rng(rng)
    everything = moments(x, words)
    step = max(1, _BLOCK // (8 * max(x.shape[1], 1)))
    for first in range(0, draws, step):
        weights = split_weights(len(words), size, draws=min(step, draws - first), rng=rng).astype(float)
        target = moments(x, words, weights)
        rest = everything - target
        ratio_of_rates = log_ratio((target.x, rest.x), (target.n, rest.n))
        yield ratio_of_rates, [rate_test(target.times(ratio), rest).p for ratio in ratios]


def _crossing(
    steps: NDArray[np.float64], found: NDArray[np.float64], chance: float, level: float
) -> NDArray[np.float64]:
    """The ratio at which the share found (steps, terms) first reaches ``chance``, between steps of log ratios."""
    steps, found = np.append(0.0, steps), np.vstack([np.full(found.shape[1], level), found])
    reached = found >= chance
    after = np.maximum(reached.argmax(0), 1)
    columns = np.arange(found.shape[1])
    below, above = found[after - 1, columns], found[after, columns]
    part = (chance - below) / np.where(above > below, above - below, 1)
    ratio = np.exp(steps[after - 1] + part * (steps[after] - steps[after - 1]))
    return np.where(reached.any(0), ratio, np.nan)
