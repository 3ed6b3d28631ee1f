"""How often, of how much: hits and a base -> rates with intervals over articles.

hits (one row an event), words or mentions (what is counted against)  ->  rates (one row a group and item)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from .resampling import DRAWS, bootstrap_ratios, percentile_interval
from .schema import require

NONE = "(none)"
"""The group of rows that lack a value of ``by``."""


def rates(
    hits: pd.DataFrame,
    base: pd.DataFrame,
    *,
    by: str | Sequence[str],
    articles: pd.DataFrame | None = None,
    per: int = 1000,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """How many ``hits`` there are per ``per`` of ``base``, in each group: one row a group and item.

    Parameters
    ----------
    hits : one row an event, with ``article_id``; a column ``n`` is summed, without it each row counts 1
    base : what is counted against, with ``article_id``: words (``n`` of each article and voice) or mentions
    by : columns that make the groups. One that both tables have (``voice``) splits both; one that only
        ``articles`` has (``outlet``) is joined to both; one that only ``hits`` has (``category``) names items
        that share a base. Every item is given for every group, with ``n`` 0 where it has none.
    articles : one row an article, for the columns that are joined
    per : 1,000 words or 100 mentions

    Returns
    -------
    The columns of ``by``, then ``n, base, per, rate, low, high, n_articles``: ``rate = per * n / base``; ``low``
    and ``high`` hold the middle 95 % of ``draws`` resamples of the group's articles (ratio of sums). They are missing
    where they cannot be had: fewer than two articles, or no hit at all (no resample of nothing has one).
    ``n_articles`` counts articles with any base. A missing value of a ``by`` column is the group "(none)"; hits in
    articles without any base are in no group.

    Caution: with few articles (under ten or so) such intervals are too narrow. Words are never the sample.

    >>> hits = pd.DataFrame({"article_id": ["a", "a", "b"], "voice": ["outlet", "direct", "outlet"]})
    >>> words = hits.assign(n=[60, 40, 90])
    >>> rates(hits, words, by="voice", per=100)[["voice", "n", "base", "rate", "n_articles"]].round(2)
        voice  n  base  rate  n_articles
    0  direct  1    40  2.50           1
    1  outlet  2   150  1.33           2
    """
    by = [by] if isinstance(by, str) else list(by)
    table = _ratios(hits, base, by, articles, draws, rng)
    table[["rate", "low", "high"]] *= per
    # No resample of nothing holds a hit, so a bootstrap says [0, 0]: it does not know.
    table.loc[table["top"] == 0, ["low", "high"]] = np.nan
    table = table.assign(n=table["top"].round().astype(int), base=table["bottom"].astype(int), per=per)
    return table[[*by, "n", "base", "per", "rate", "low", "high", "n_articles"]]


def means(
    values: pd.DataFrame,
    column: str,
    *,
    by: str | Sequence[str],
    articles: pd.DataFrame | None = None,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """The mean of ``column`` over the rows of each group: the columns of ``by``, ``n, mean, low, high, n_articles``.

    ``n`` counts rows that have a value.
    The interval resamples articles, not rows; ``by``, ``articles``, ``draws`` and the caution as in `rates`.

    >>> tone = pd.DataFrame({"article_id": ["a", "a", "b"], "voice": ["outlet"] * 3, "compound": [0.0, 0.5, 0.1]})
    >>> means(tone, "compound", by="voice")[["voice", "n", "mean", "n_articles"]]
        voice  n  mean  n_articles
    0  outlet  3   0.2           2
    """
    by = [by] if isinstance(by, str) else list(by)
    require(values, ["article_id", column], name="values")
    rows = values.drop(columns="n", errors="ignore").dropna(subset=[column])
    table = _ratios(rows.assign(n=rows[column]), rows, by, articles, draws, rng)
    table = table.assign(n=table["bottom"].astype(int)).rename(columns={"rate": "mean"})
    return table[[*by, "n", "mean", "low", "high", "n_articles"]]


def averaged_rates(
    hits: pd.DataFrame,
    base: pd.DataFrame,
    *,
    over: str,
    by: str | Sequence[str],
    articles: pd.DataFrame | None = None,
    per: int = 100,
    least: int = 3,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Rates averaged over targets beside the pooled one: one row a group.

    ``rate`` pools (all labels over all mentions: those most mentioned weigh most); ``averaged`` is the mean of the
    rates of the values of ``over`` (targets) with at least ``least`` of the base in the group, each weighing the same.
    Hits on a target that its article does not mention have no denominator and are left out.
    The two have reversed a published finding on labels in the press, so look at both.
    Columns: ``by``, ``n, base, per, rate, low, high, averaged, averaged_low, averaged_high, n_targets, n_articles``;
    intervals resample articles, as in `rates`.

    Source: Nunberg, G. (2002) on labels of politicians, and B. Boyd's re-analysis.

    >>> base = pd.DataFrame({"article_id": ["a"] * 8 + ["b"] * 4, "group": "g", "target": ["X"] * 8 + ["Y"] * 4})
    >>> hits = pd.DataFrame({"article_id": ["b", "b"], "group": "g", "target": ["Y", "Y"]})
    >>> averaged_rates(hits, base, over="target", by="group")[["rate", "averaged", "n_targets"]].round(1)
       rate  averaged  n_targets
    0  16.7      25.0          2
    """
    by = [by] if isinstance(by, str) else list(by)
    require(hits, ["article_id", over], name="hits")
    require(base, ["article_id", over], name="base")
    known = set(base.columns) | set(() if articles is None else articles.columns)
    if lacking := [c for c in by if c not in known]:
        raise ValueError(f"by: an average needs a base for every group; {lacking[0]!r} is in hits only")
    hits = hits.merge(base[["article_id", over]].drop_duplicates(), on=["article_id", over])
    table = rates(hits, base, by=by, articles=articles, per=per, draws=draws, rng=rng)
    hits, base = _joined(hits, by, articles, "hits"), _joined(base, by, articles, "base")
    rng = np.random.default_rng(rng)
    rows = []
    for key, mine in base.groupby(by, sort=True):
        sizes = mine.groupby(over)["n"].sum()
        targets = pd.DataFrame({over: sizes.index[sizes >= least]})
        theirs = hits.loc[(hits[by] == list(key)).all(axis=1) & hits[over].isin(targets[over])]
        ids = mine["article_id"].unique()
        below = _sums(mine, pd.Index(ids), targets, [over]).toarray()
        above = _sums(theirs, pd.Index(ids), targets, [over]).toarray()
        rows.append(dict(zip(by, key, strict=True)) | _average(above, below, draws, rng, per))
    averages = pd.DataFrame(rows, columns=[*by, "averaged", "averaged_low", "averaged_high", "n_targets"])
    table = table.merge(averages, on=by, how="left")
    return table[[c for c in table if c != "n_articles"] + ["n_articles"]]


def _average(
    above: np.ndarray, below: np.ndarray, draws: int, rng: np.random.Generator, per: int
) -> dict[str, float | int]:
    """The mean of the ratios of sums over columns, with its interval over rows."""
    names = ("averaged", "averaged_low", "averaged_high")
    if not below.shape[1]:
        return dict.fromkeys(names, np.nan) | {"n_targets": 0}
    value, low, high = float((above.sum(0) / below.sum(0)).mean()), np.nan, np.nan
    # Articles that do not mention these targets say nothing of how their rates vary.
    if (below.sum(1) > 0).sum() > 1 and above.any():
        ratios = bootstrap_ratios(above, below, draws=draws, rng=rng)
        known = ~np.isnan(ratios).all(1)
        [low], [high] = percentile_interval(np.nanmean(ratios[known], axis=1, keepdims=True))
    return dict(zip(names, (per * value, per * low, per * high), strict=True)) | {"n_targets": below.shape[1]}


def drivers(
    hits: pd.DataFrame,
    base: pd.DataFrame,
    *,
    by: str,
    item: str = "entry",
    articles: pd.DataFrame | None = None,
    per: int = 1000,
) -> pd.DataFrame:
    """Which items make a group's rate: one row a group and item, the most frequent first.

    ``by, item, n, share, rate_all, rate_without, n_articles``: ``share`` is the item's part of the group's hits,
    ``rate_all`` the group's rate per ``per`` of ``base``, ``rate_without`` that rate if the item were no hit;
    ``n_articles`` counts articles that have the item. Where one article or one entry makes most of a rate, the rate
    says little of the outlet.

    >>> hits = pd.DataFrame({"article_id": ["a", "a", "b"], "group": "g", "entry": ["mob", "mob", "chaos"]})
    >>> words = pd.DataFrame({"article_id": ["a", "b"], "group": "g", "n": [100, 100]})
    >>> drivers(hits, words, by="group")[["entry", "n", "share", "rate_all", "rate_without", "n_articles"]].round(2)
       entry  n  share  rate_all  rate_without  n_articles
    0    mob  2   0.67      15.0           5.0           1
    1  chaos  1   0.33      15.0          10.0           1
    """
    hits, base = _joined(hits, [by], articles, "hits"), _joined(base, [by], articles, "base")
    require(hits, ["article_id", by, item], name="hits")
    require(base, [by], name="base")
    hits = hits[hits["article_id"].isin(base["article_id"])]
    hits = hits.assign(**{item: hits[item].astype("object").where(hits[item].notna(), NONE)})
    table = hits.groupby([by, item]).agg(n=("n", "sum"), n_articles=("article_id", "nunique")).reset_index()
    total = table.groupby(by)["n"].transform("sum")
    size = base.groupby(by)["n"].sum().reindex(table[by]).to_numpy(float)
    table = table.assign(
        share=table["n"] / total,
        rate_all=per * total / size,
        rate_without=per * (total - table["n"]) / size,
    )
    table = table[[by, item, "n", "share", "rate_all", "rate_without", "n_articles"]]
    return table.sort_values([by, "n", item], ascending=[True, False, True], ignore_index=True)


def quoted_share(
    voices: pd.DataFrame,
    words: pd.DataFrame,
    *,
    by: str | Sequence[str],
    articles: pd.DataFrame | None = None,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Who gets the space to speak: words in direct quotation per 100 words of story, as a `rates` table.

    ``voices`` with ``n_words`` and ``words`` as `analysis.annotate` returns them; ``by`` may name ``speaker``
    (each speaker's share of the group's words), ``outlet`` or other columns. Boilerplate is no story and is left
    out. Quotations without a speaker count only where ``speaker`` is not among ``by``.

    >>> voices = pd.DataFrame({"article_id": ["a", "a"], "voice": "direct", "speaker": ["Hope", None],
    ...                        "n_words": [30, 10]})
    >>> words = pd.DataFrame({"article_id": "a", "voice": ["outlet", "direct", "boilerplate"], "n": [60, 40, 9]})
    >>> quoted_share(voices, words, by="speaker")[["speaker", "n", "base", "rate"]].values.tolist()
    [['Hope', 30, 100, 30.0]]
    """
    by = [by] if isinstance(by, str) else list(by)
    quoted = voices[voices["voice"] == "direct"].assign(n=lambda table: table["n_words"])
    quoted = quoted.dropna(subset=[c for c in by if c == "speaker"])
    story = words[words["voice"] != "boilerplate"].drop(columns="voice")
    return rates(quoted, story, by=by, articles=articles, per=100, draws=draws, rng=rng)


def cue_profile(
    cues: pd.DataFrame,
    *,
    by: str | Sequence[str],
    item: str = "cue_class",
    articles: pd.DataFrame | None = None,
    draws: int = DRAWS,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """How speech is reported: of 100 reporting cues of each group, how many are of each class, as a `rates` table.

    ``by`` may name ``outlet``, ``source`` or other columns; ``item`` is ``cue_class``, or ``text`` for the verbs.

    >>> cues = pd.DataFrame({"article_id": ["a", "a", "b", "b"], "outlet": "X",
    ...                      "cue_class": ["neutral", "doubt", "neutral", "neutral"]})
    >>> cue_profile(cues, by="outlet")[["cue_class", "n", "base", "rate"]].values.tolist()
    [['doubt', 1, 4, 25.0], ['neutral', 3, 4, 75.0]]
    """
    by = [by] if isinstance(by, str) else list(by)
    base = cues.drop(columns=item)
    return rates(cues, base, by=[*by, item], articles=articles, per=100, draws=draws, rng=rng)


def _ratios(
    hits: pd.DataFrame,
    base: pd.DataFrame,
    by: list[str],
    articles: pd.DataFrame | None,
    draws: int,
    rng: int | np.random.Generator,
) -> pd.DataFrame:
    """``top, bottom, rate, low, high, n_articles`` of every group and item, sorted by ``by``."""
    if draws < 1:
        raise ValueError(f"draws must be at least 1; got {draws}")
    if "article_id" in by:
        raise ValueError("by: a single article has no interval over articles; name columns that hold several")
    hits, base = _joined(hits, by, articles, "hits"), _joined(base, by, articles, "base")
    require(hits, ["article_id", *by], name="hits")
    shared = [c for c in by if c in base.columns]
    of_articles = [c for c in shared if articles is not None and c in articles.columns]
    inside = [c for c in shared if c not in of_articles]
    own = [c for c in by if c not in shared]
    items = _items(hits, base, inside, own)
    rng = np.random.default_rng(rng)
    rows = [pd.DataFrame(columns=[*by, "top", "bottom", "rate", "low", "high", "n_articles"])]
    for key, mine in base.groupby(of_articles, sort=True) if of_articles else [((), base)]:
        theirs = hits[hits["article_id"].isin(mine["article_id"].unique())]
        group = _group_ratios(theirs, mine, items, inside, own, draws, rng)
        rows.append(group.assign(**dict(zip(of_articles, key, strict=True))))
    table = pd.concat(rows[1:] or rows, ignore_index=True)
    return table.sort_values(by, ignore_index=True)


def _joined(table: pd.DataFrame, by: list[str], articles: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """The table with ``n``, and with the columns of ``by`` that only ``articles`` has; no key is missing."""
    require(table, ["article_id"], name=name)
    table = table if "n" in table.columns else table.assign(n=1)
    extra = [c for c in by if c not in table.columns and articles is not None and c in articles.columns]
    if extra and articles is not None:
        keys = articles[extra].assign(article_id=_ids(articles))
        table = table.merge(keys, on="article_id", how="left", validate="many_to_one")
    given = {
        c: table[c].astype("object").where(table[c].notna(), NONE)
        for c in by
        if c in table and table[c].isna().any()
    }
    return table.assign(**given)


def _ids(articles: pd.DataFrame) -> pd.Series:
    """The ids that `analysis.annotate` gives these articles: theirs as text, or their number."""
    if "article_id" not in articles.columns:
        return pd.Series([str(i + 1) for i in range(len(articles))], index=articles.index, dtype="str")
    return articles["article_id"].astype("str")


def _items(hits: pd.DataFrame, base: pd.DataFrame, inside: list[str], own: list[str]) -> pd.DataFrame:
    """Every pairing of a part of the base (voice) with an item of the hits (category) that occurs."""
    parts = base[inside].drop_duplicates().sort_values(inside) if inside else pd.DataFrame(index=[0])
    kinds = hits[own].drop_duplicates().sort_values(own) if own else pd.DataFrame(index=[0])
    return parts.merge(kinds, how="cross")


def _group_ratios(
    hits: pd.DataFrame,
    base: pd.DataFrame,
    items: pd.DataFrame,
    inside: list[str],
    own: list[str],
    draws: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    ids = pd.Index(base["article_id"].unique())
    parts = items[inside].drop_duplicates() if inside else items.iloc[:1][[]]
    part = _places(items, parts, inside)
    below = _sums(base, ids, parts, inside).toarray()
    above = _sums(hits, ids, items, inside + own)
    top, bottom = np.asarray(above.sum(0)).ravel(), below.sum(0)[part]
    n_articles = (below > 0).sum(0)[part]
    low, high = np.full((2, len(items)), np.nan)
    # Items that the group lacks have no interval, so that a thousand of them cost nothing.
    asked = np.flatnonzero((above.getnnz(axis=0) > 0) & (n_articles > 1))
    if len(asked):
        ratios = bootstrap_ratios(above[:, asked], below, of=part[asked], draws=draws, rng=rng)
        low[asked], high[asked] = percentile_interval(ratios)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(bottom > 0, top / bottom, np.nan)
    return items.assign(top=top, bottom=bottom, rate=rate, low=low, high=high, n_articles=n_articles)


def _places(rows: pd.DataFrame, distinct: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """For each of ``rows``, the row of ``distinct`` with its ``keys``; -1 where there is none."""
    if not keys:
        return np.zeros(len(rows), np.int64)
    return pd.MultiIndex.from_frame(distinct[keys]).get_indexer(pd.MultiIndex.from_frame(rows[keys]))


def _sums(table: pd.DataFrame, ids: pd.Index, items: pd.DataFrame, keys: list[str]) -> sparse.csr_matrix:
    """Sums of ``n``: (articles, items). Rows of other articles and items are left out: they have no base."""
    article, column = ids.get_indexer(table["article_id"]), _places(table, items, keys)
    known = (article >= 0) & (column >= 0)
    shape = (len(ids), max(len(items), int(not keys)))
    values = table["n"].to_numpy(float)[known]
    return sparse.csr_matrix((values, (article[known], column[known])), shape=shape)
