"""Two groups of articles compared in every measure at once, with articles or stories as the sample.

tables of annotations -> article_measures (one row an article and measure) -> comparisons, their placebo and power
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from .resampling import (
    DRAWS,
    LEVEL,
    REST,
    Moments,
    Paired,
    benjamini_hochberg,
    moments,
    paired,
    percentile_interval,
    rate_test,
    split_weights,
    two_bootstraps,
    two_sides,
    units_of,
)
from .schema import frame, one_of, require


def article_measures(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What is compared, article by article: one row an article and measure, ``article_id, measure, n, base, per``.

    Takes the tables of `annotate` (``found.tables``). The measures, in the outlet's own words where they can be:
    ``loaded words`` per 1,000 words; ``epithets`` per 100 mentions; ``tone`` (mean compound of sentences);
    ``quoted share`` (words in quotation per 100 of story); ``reporting verbs: CLASS`` per 100 reporting cues.
    Tables of the same columns made by hand may be joined to it: anything that is ``n`` of ``base``.

    >>> words = pd.DataFrame({"article_id": "a", "voice": ["outlet", "direct"], "n": [60, 40]})
    >>> article_measures({"words": words})
      article_id       measure   n  base   per
    0          a  quoted share  40   100   100
    """
    parts = []
    if "words" in tables:
        words = tables["words"]
        own, story = _own(words), words[words["voice"] != "boilerplate"]
        parts.append(_measure("quoted share", words[words["voice"] == "direct"], story, 100))
        if "loaded" in tables:
            parts.append(_measure("loaded words", _own(tables["loaded"]), own, 1000))
    if {"epithets", "mentions"} <= set(tables):
        parts.append(_measure("epithets", _own(tables["epithets"]), _own(tables["mentions"]), 100))
    if "sentences" in tables:
        sentences = _own(tables["sentences"])
        parts.append(_measure("tone", sentences.assign(n=sentences["compound"]), sentences, 1))
    if "cues" in tables:
        cues = tables["cues"]
        parts += [
            _measure(f"reporting verbs: {name}", cues[cues["cue_class"] == name], cues, 100)
            for name in sorted(cues["cue_class"].dropna().unique())
        ]
    if not parts:
        raise ValueError(
            f"tables: nothing to measure in {sorted(tables)}; `annotate(articles).tables` has all"
        )
    return pd.concat(parts, ignore_index=True)


def _own(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["voice"] == "outlet"]


def _measure(name: str, hits: pd.DataFrame, base: pd.DataFrame, per: int) -> pd.DataFrame:
    below = base["n"] if "n" in base else pd.Series(1, index=base.index)
    above = hits["n"] if "n" in hits else pd.Series(1, index=hits.index)
    sums = below.groupby(base["article_id"]).sum()
    sums = sums[sums > 0]
    n = above.groupby(hits["article_id"]).sum().reindex(sums.index, fill_value=0)
    columns = {
        "article_id": sums.index,
        "measure": name,
        "n": n.to_numpy(),
        "base": sums.to_numpy(),
        "per": per,
    }
    return pd.DataFrame(columns)


def compare(
    values: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    target: str | Sequence[str],
    reference: str | None = None,
    unit: str | None = None,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """How far ``target`` is from ``reference`` in each measure: a `comparisons` table, one row a measure and pair.

    Parameters
    ----------
    values : one row an article and measure: ``article_id, measure, n, base, per``, see `article_measures`
    articles : one row an article, with the column ``by``
    by, target, reference, unit, draws, rng : as in `keyness`; several targets are each compared

    Returns
    -------
    ``measure, target, reference``; ``estimate``: the target's rate less the reference's, ``per`` so many of the base
    (ratio of sums); ``low, high``: middle 95 % of resamples of articles, or of stories; ``p`` of a test on articles
    (`rate_test`) and ``q`` (Benjamini-Hochberg over all rows); ``n_target, n_reference``: what was counted (of a mean:
    how many it is of); ``n_articles``: with any base; ``rate_target, rate_reference``, ``articles_target,
    articles_reference`` and ``per``.

    Caution: a difference between outlets that cover different events is a difference of events as well. Few articles
    give intervals that are too narrow; ``p`` knows better. Look at `placebo` and `power` before believing either way.

    >>> values = pd.DataFrame({"article_id": list("abcd"), "measure": "loaded", "n": [9, 7, 2, 0], "base": 500,
    ...                        "per": 1000})
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("XXYY")})
    >>> compare(values, articles, by="outlet", target="X")[["estimate", "rate_target", "rate_reference", "n_articles"]]
       estimate  rate_target  rate_reference  n_articles
    0      14.0         16.0             2.0           4
    """
    data = _data(values, articles, by, unit)
    targets = [target] if isinstance(target, str) else list(target)
    if not targets:
        raise ValueError("target: name at least one group")
    tables = [
        _comparison(data, two_sides(data.group, name, reference), name, reference, draws, rng)
        for name in targets
    ]
    table = pd.concat(tables, ignore_index=True)
    table["q"] = benjamini_hochberg(table["p"])
    table = frame("comparisons", {name: table[name] for name in table})
    first = ["measure", "target", "reference"]
    return table[first + [c for c in table if c not in first]]


@dataclass(frozen=True)
class _Data:
    """Counts and bases (articles, measures), each article's group and unit."""

    measures: list[str]
    x: NDArray[np.float64]
    n: NDArray[np.float64]
    per: NDArray[np.int64]
    group: NDArray[np.object_]
    story: NDArray[np.int64] | None

    @property
    def counts(self) -> NDArray[np.bool_]:
        """Which measures are counts, and not means of anything."""
        whole: NDArray[np.bool_] = ((self.x >= 0) & (self.x == np.round(self.x))).all(0)
        return whole

    def summed(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Counts and bases of these articles, or of each story in them."""
        if self.story is None:
            return self.x[rows], self.n[rows]
        stories = int(self.story.max()) + 1
        sums = np.zeros((2, stories, len(self.measures)))
        np.add.at(sums[0], self.story[rows], self.x[rows])
        np.add.at(sums[1], self.story[rows], self.n[rows])
        return sums[0], sums[1]

    def moments(
        self, sides: tuple[NDArray[np.int64], NDArray[np.int64]]
    ) -> tuple[Moments, Moments, Paired | None]:
        (x, n), (y, m) = (self.summed(rows) for rows in sides)
        both = None if self.story is None else paired((x, y), (n, m))
        return moments(x, n), moments(y, m), both


def _data(values: pd.DataFrame, articles: pd.DataFrame, by: str, unit: str | None) -> _Data:
    require(
        values, ["article_id", "measure", "n", "base", "per"], key=["article_id", "measure"], name="values"
    )
    require(articles, ["article_id", by], key=["article_id"], name="articles")
    measures = list(dict.fromkeys(values["measure"]))
    row = pd.Index(articles["article_id"].astype(str)).get_indexer(values["article_id"].astype(str))
    if (row < 0).any():
        lost = values["article_id"].iloc[int(np.flatnonzero(row < 0)[0])]
        raise ValueError(f"values: article {lost!r} is not in articles")
    column = pd.Index(measures).get_indexer(values["measure"])
    x, n = np.zeros((2, len(articles), len(measures)))
    x[row, column], n[row, column] = values["n"], values["base"]
    per = values.groupby("measure", sort=False)["per"]
    if (per.nunique() > 1).any():
        raise ValueError("values: per must be the same in all rows of a measure")
    units = units_of(articles, unit)
    story = None if units is None else pd.factorize(units)[0].astype(np.int64)
    return _Data(measures, x, n, per.first().to_numpy(), articles[by].to_numpy(object), story)


def _comparison(
    data: _Data,
    sides: tuple[NDArray[np.int64], NDArray[np.int64]],
    target: str,
    reference: str | None,
    draws: int,
    rng: int | np.random.Generator,
) -> pd.DataFrame:
    first, second, both = data.moments(sides)
    test = rate_test(first, second, counts=data.counts, paired=both)
    low, high = percentile_interval(_resampled(data, sides, draws, rng))
    articles = [(data.n[rows] > 0).sum(0) for rows in sides]
    several = np.minimum(*articles) > 1
    what = [np.where(data.counts, data.x[rows].sum(0), data.n[rows].sum(0)).round() for rows in sides]
    return pd.DataFrame(
        {
            "measure": data.measures,
            "target": target,
            "reference": REST if reference is None else reference,
            "estimate": data.per * test.difference,
            "low": np.where(several, data.per * low, np.nan),
            "high": np.where(several, data.per * high, np.nan),
            "p": test.p,
            "n_target": what[0],
            "n_reference": what[1],
            "n_articles": articles[0] + articles[1],
            "rate_target": data.per * test.target,
            "rate_reference": data.per * test.reference,
            "articles_target": articles[0],
            "articles_reference": articles[1],
            "per": data.per,
        }
    )


def _resampled(
    data: _Data,
    sides: tuple[NDArray[np.int64], NDArray[np.int64]],
    draws: int,
    rng: int | np.random.Generator,
) -> NDArray[np.float64]:
    """Differences of rates (draws, measures): articles drawn within each group, or stories for both at once."""
    weights = two_bootstraps(sides, data.story, draws=draws, rng=rng)
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = ((w.T @ data.x[rows]) / (w.T @ data.n[rows]) for w, rows in zip(weights, sides, strict=True))
    return np.where(np.isfinite(a - b), a - b, np.nan)


# -- what the same comparison finds where nothing is to be found, and what it could find -----------


def placebo(
    values: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    group: str,
    unit: str | None = None,
    halves: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """`compare` between random halves of one group's articles (or stories): one row a measure.

    ``measure``; ``low, high``: the middle 95 % of the estimates, a band that chance alone fills; ``found``: share of
    halves with p < .05 (about .05 if the test is right); ``n_articles`` with any base; ``per``. Halves have half
    the articles: chance between two whole groups of that size is smaller.

    >>> values = pd.DataFrame({"article_id": list("abcd"), "measure": "loaded", "n": 5, "base": 500, "per": 1000})
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X"})
    >>> placebo(values, articles, by="outlet", group="X")[["measure", "low", "high", "found"]].values.tolist()
    [['loaded', 0.0, 0.0, 0.0]]
    """
    data = _data(values, articles, by, unit)
    one_of("group", group, set(articles[by].dropna()))
    rows = np.flatnonzero(data.group == group)
    x, n = data.summed(rows)
    held = (n > 0).any(1)
    x, n = x[held], n[held]
    if len(x) < 4:
        raise ValueError(f"group: halves of {len(x)} articles or stories say nothing; at least 4 are needed")
    rng = np.random.default_rng(rng)
    half = moments(x, n, split_weights(len(x), len(x) // 2, draws=halves, rng=rng))
    test = rate_test(half, moments(x, n) - half, counts=data.counts)
    low, high = percentile_interval(test.difference, level=LEVEL)
    return pd.DataFrame(
        {
            "measure": data.measures,
            "low": data.per * low,
            "high": data.per * high,
            "found": (test.p < 0.05).mean(0),
            "n_articles": (data.n[rows] > 0).sum(0),
            "per": data.per,
        }
    )


def power(
    values: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    target: str,
    reference: str | None = None,
    ratio: float = 2.0,
    chance: float = 0.8,
    level: float = 0.05,
    unit: str | None = None,
    draws: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """What difference as many articles as these can show: one row a measure, ``measure, rate, detectable, power, per``.

    ``detectable`` is the difference of rates that would have ``p < level`` with ``chance``, by the normal
    approximation; ``rate`` is that of both groups together. ``power`` is the chance to find the target at ``ratio``
    times the reference's rate, from dealing the articles out anew at random and multiplying one side's counts;
    missing for what is no count, as a mean has no ratio. Words: see `keyness_power`.

    >>> values = pd.DataFrame({"article_id": range(8), "measure": "loaded", "n": [4, 6] * 4, "base": 500, "per": 1000})
    >>> articles = pd.DataFrame({"article_id": range(8), "outlet": list("XXYY") * 2})
    >>> power(values, articles, by="outlet", target="X").round(2)
      measure  rate  detectable  power   per
    0  loaded  10.0        4.24    1.0  1000
    """
    data = _data(values, articles, by, unit)
    sides = two_sides(data.group, target, reference)
    first, second, both = data.moments(sides)
    test = rate_test(first, second, counts=data.counts, paired=both)
    sums = [data.summed(rows) for rows in sides]
    kept = [(n > 0).any(1) for _, n in sums]
    x, n = (np.concatenate([pair[i][k] for pair, k in zip(sums, kept, strict=True)]) for i in (0, 1))
    dealt = split_weights(len(x), int(kept[0].sum()), draws=draws, rng=np.random.default_rng(rng))
    one = moments(x, n, dealt)
    found = rate_test(one.times(ratio), moments(x, n) - one, counts=data.counts).p < level
    needed = norm.ppf(1 - level / 2) + norm.ppf(chance)
    return pd.DataFrame(
        {
            "measure": data.measures,
            "rate": data.per * (first.x + second.x) / (first.n + second.n),
            "detectable": data.per * needed * test.error,
            "power": np.where(data.counts, found.mean(0), np.nan),
            "per": data.per,
        }
    )
