"""How often, of how much: hits and a base -> rates with intervals over articles.

hits (one row an event), words or mentions (what is counted against)  ->  rates (one row a group and item)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .resampling import DRAWS, bootstrap_ratios, percentile_interval
from .schema import require


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
    ``n_articles`` counts articles with any base.

    Caution: with few articles (under ten or so) such intervals are too narrow. Words are never the sample.

    >>> hits = pd.DataFrame({"article_id": ["a", "a", "b"], "voice": ["outlet", "direct", "outlet"]})
    >>> words = pd.DataFrame({"article_id": ["a", "a", "b"], "voice": ["outlet", "direct", "outlet"], "n": [60, 40, 90]})
    >>> rates(hits, words, by="voice", per=100)[["voice", "n", "base", "rate", "n_articles"]].round(2)
        voice  n  base  rate  n_articles
    0  direct  1    40  2.50           1
    1  outlet  2   150  1.33           2
    """
    by = [by] if isinstance(by, str) else list(by)
    hits, base = _joined(hits, by, articles, "hits"), _joined(base, by, articles, "base")
    if "article_id" in by:
        raise ValueError("by: rates of single articles have no interval over articles; group the table instead")
    require(hits, ["article_id", *by], name="hits")
    shared = [c for c in by if c in base.columns]
    of_articles = [c for c in shared if articles is not None and c in articles.columns]
    inside = [c for c in shared if c not in of_articles]
    own = [c for c in by if c not in shared]

    rng = np.random.default_rng(rng)
    items = _items(hits, base, inside, own)
    rows = []
    groups = base.groupby(of_articles, sort=True) if of_articles else [((), base)]
    for key, mine in groups:
        in_group = hits["article_id"].isin(mine["article_id"].unique())
        rows.append(_group_rates(hits[in_group], mine, items, inside, own, draws, rng, per).assign(**dict(zip(of_articles, key, strict=True))))
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=[*by])
    table = table[[*by, "n", "base", "per", "rate", "low", "high", "n_articles"]]
    return table.sort_values(by, ignore_index=True)


def _joined(table: pd.DataFrame, by: list[str], articles: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """The table with ``n``, and with the columns of ``by`` that only ``articles`` has."""
    require(table, ["article_id"], name=name)
    table = table if "n" in table.columns else table.assign(n=1)
    extra = [c for c in by if c not in table.columns and articles is not None and c in articles.columns]
    if not extra or articles is None:
        return table
    return table.merge(articles[["article_id", *extra]], on="article_id", how="left", validate="many_to_one")


def _items(hits: pd.DataFrame, base: pd.DataFrame, inside: list[str], own: list[str]) -> pd.DataFrame:
    """Every pairing of a part of the base (voice) with an item of the hits (category) that occurs."""
    parts = base[inside].drop_duplicates().sort_values(inside) if inside else pd.DataFrame(index=[0])
    kinds = hits[own].drop_duplicates().sort_values(own) if own else pd.DataFrame(index=[0])
    return parts.merge(kinds, how="cross")


def _group_rates(
    hits: pd.DataFrame, base: pd.DataFrame, items: pd.DataFrame, inside: list[str], own: list[str], draws: int, rng: np.random.Generator, per: int
) -> pd.DataFrame:
    ids = base["article_id"].unique()
    below = _by_article(base, ids, items, inside)
    above = _by_article(hits, ids, items, inside + own)
    n, size = above.sum(0), below.sum(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(size > 0, per * n / size, np.nan)
    low = high = np.full(len(items), np.nan)
    if len(ids) > 1:
        low, high = percentile_interval(per * bootstrap_ratios(above, below, draws=draws, rng=rng))
    known = (n > 0) & ((below > 0).sum(0) > 1)
    table = items.assign(n=n.astype(int), base=size.astype(int), per=per, rate=rate)
    return table.assign(low=np.where(known, low, np.nan), high=np.where(known, high, np.nan), n_articles=(below > 0).sum(0))


def _by_article(table: pd.DataFrame, ids: np.ndarray, items: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Sums of ``n``: an array (articles, items)."""
    out = np.zeros((len(ids), len(items)))
    if not len(table):
        return out
    row = pd.Index(ids).get_indexer(table["article_id"])
    if not keys:
        return out + np.bincount(row, weights=table["n"], minlength=len(ids))[:, None]
    # An item of the hits stands in several rows of `items` when only its base part is asked for.
    column = items[keys].drop_duplicates().reset_index(drop=True)
    at = table[keys].merge(column.assign(_at=range(len(column))), on=keys, how="left")["_at"].to_numpy()
    sums = np.zeros((len(ids), len(column)))
    found = ~np.isnan(at.astype(float))
    np.add.at(sums, (row[found], at[found].astype(int)), table["n"].to_numpy()[found])
    where = items[keys].merge(column.assign(_at=range(len(column))), on=keys, how="left")["_at"].to_numpy()
    return sums[:, where]
