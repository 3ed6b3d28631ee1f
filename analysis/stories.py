"""Wire copies and near-duplicates: found, and counted once.

articles  ->  copies (one row an article to leave out)  ->  articles without them
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from .corpus import documents
from .schema import require
from .terms import Running, running_words

LENGTH = 5
"""Words in a sequence: long enough to be nobody's stock phrase."""
SHARED = 0.5
NEAR = 12
"""Of many articles with one sequence, each is compared with so many before it."""
_PAIRS = 20_000  # candidate pairs verified at once


def copies(
    articles: pd.DataFrame, *, shared: float = SHARED, exclude: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Articles that repeat another's text: one row each, ``article_id, copy_of, shared, words, rule``.

    ``shared`` is the part of the shorter text's distinct five-word sequences that the other has too, counted exactly;
    from the option of that name on, the article is a copy. So a wire story that was cut is found, and so is one
    with a new first paragraph. ``copy_of`` is an article that stays: the earliest by ``date`` where articles have
    dates, else the first in the table. ``rule`` is ``same words`` or ``shared wording``; ``words`` are the copy's.
    ``outlet`` and ``outlet_kept`` follow where the articles have outlets. Titles are not looked at.

    ``exclude``: spans left out, as in `count_terms`, such as boilerplate, which can make up most of a short item.
    Texts of fewer than five words are never copies, nor are articles without text.

    Caution: a copy is not an outlet's own wording, yet choosing it was the outlet's decision; and the one that is
    kept is not proven to be the source. A round-up counts as a copy if most of it stands in another article.

    Time and memory grow with the number of words, not with pairs of articles.

    Reference: Broder, A. (1997). On the resemblance and containment of documents. Proc. SEQUENCES (containment).

    >>> wire = "the council of the town voted late on friday to raise the levy by a tenth"
    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "text": [wire + " after debate", wire, "Rain fell."]})
    >>> copies(articles)[["article_id", "copy_of", "shared", "words", "rule"]].values.tolist()
    [['b', 'a', 1.0, 16, 'shared wording']]
    """
    require(articles, ["article_id", "text"], key=["article_id"], name="articles")
    if not 0 < shared <= 1:
        raise ValueError(f"shared must be more than 0 and at most 1; got {shared}")
    ordered = articles.iloc[np.argsort(_rank(articles))].reset_index(drop=True)
    docs = documents(ordered[["article_id", "text"]])
    found = running_words(docs, np.arange(len(docs), dtype=np.int32), exclude=exclude)
    pairs = _copies(_sequences(found, len(docs)), shared)
    table = _table(ordered, np.bincount(found.article, minlength=len(docs)), pairs)
    place = pd.Index(articles["article_id"].astype("str")).get_indexer(table["article_id"])
    return table.iloc[np.argsort(place)].reset_index(drop=True)


def _table(
    articles: pd.DataFrame, words: NDArray[np.int64], pairs: list[tuple[int, int, float]]
) -> pd.DataFrame:
    row, kept, share = (np.array([pair[i] for pair in pairs]) for i in range(3))
    row, kept = row.astype(int), kept.astype(int)
    ids = articles["article_id"].astype("str")
    table = pd.DataFrame({"article_id": ids.iloc[row].array, "copy_of": ids.iloc[kept].array})
    table["shared"], table["words"] = share.astype(float), words[row]
    same = (share == 1) & (words[row] == words[kept])
    table["rule"] = pd.Series(np.where(same, "same words", "shared wording"), dtype="str")
    if "outlet" in articles.columns:
        table["outlet"] = articles["outlet"].iloc[row].array
        table["outlet_kept"] = articles["outlet"].iloc[kept].array
    return table


def without_copies(articles: pd.DataFrame, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """The articles less those in the table of `copies` (made here unless given), each story's text once.

    The table of what was left out is in ``.attrs["copies"]``.

    >>> text = "The council voted late on Friday to raise the levy."
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "text": [text, text]})
    >>> without_copies(articles).article_id.tolist()
    ['a']
    """
    found = copies(articles) if found is None else found
    require(found, ["article_id"], key=["article_id"], name="found")
    kept = articles[~articles["article_id"].astype("str").isin(found["article_id"])].reset_index(drop=True)
    kept.attrs = {**articles.attrs, "copies": found}
    return kept


@dataclass(frozen=True)
class _Sequences:
    """Which sequences each article has, of those that two or more have: (articles, sequences), 1 or 0.

    ``size``: all distinct sequences of each article.
    """

    matrix: sparse.csr_matrix
    size: NDArray[np.int64]

    def of(self, rows: NDArray[np.int64]) -> _Sequences:
        """Those of some of the articles."""
        matrix = self.matrix[rows]
        often = np.bincount(matrix.indices, minlength=matrix.shape[1]) > 1
        return _Sequences(matrix[:, often], self.size[rows])

    def shares(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """What part of the shorter one's sequences each pair of articles shares: counted exactly."""
        shares = np.zeros(len(pairs))
        for start in range(0, len(pairs), _PAIRS):
            a, b = pairs[start : start + _PAIRS].T
            both = np.asarray(self.matrix[a].multiply(self.matrix[b]).sum(1), float).ravel()
            shares[start : start + len(a)] = both / np.minimum(self.size[a], self.size[b])
        return shares


def _rank(articles: pd.DataFrame) -> NDArray[np.int64]:
    """What articles are ordered by: date, undated ones last, then place in the table."""
    if "date" not in articles.columns:
        return np.arange(len(articles))
    dates = articles["date"].astype("str").to_numpy(object)
    dated = ~(articles["date"].isna().to_numpy() | (dates == ""))
    order = np.lexsort((np.arange(len(dates)), np.where(dated, dates, "").astype(str), ~dated))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _sequences(words: Running, n_articles: int) -> _Sequences:
    """Every five words in a row, as one number, in each article once."""
    n = len(words.word) - LENGTH + 1
    if n <= 0:
        return _Sequences(
            sparse.csr_matrix((n_articles, 0), dtype=np.float32), np.zeros(n_articles, np.int64)
        )
    key = np.zeros(n, np.uint64)
    for i in range(LENGTH):
        key = _mixed(key + _mixed(words.word[i : i + n].astype(np.uint64) + np.uint64(1)))
    within = words.article[:n] == words.article[LENGTH - 1 :]
    key, article = key[within], words.article[:n][within]
    order = np.argsort(key, kind="stable")
    key, article = key[order], article[order]
    new = np.append(True, key[1:] != key[:-1])[: len(key)]
    first_in_article = new | np.append(True, article[1:] != article[:-1])[: len(key)]
    number, article = np.cumsum(new)[first_in_article] - 1, article[first_in_article]
    size = np.bincount(article, minlength=n_articles)
    often = np.bincount(number) > 1 if len(number) else np.zeros(0, bool)
    held = often[number]
    column = (np.cumsum(often) - 1)[number[held]]
    shape = (n_articles, int(often.sum()))
    ones = np.ones(int(held.sum()), np.float32)
    return _Sequences(sparse.csr_matrix((ones, (article[held], column)), shape=shape), size)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A one-to-one scrambling of 64-bit numbers (the finaliser of SplitMix64), so that sums of them do not meet."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _copies(sequences: _Sequences, shared: float) -> list[tuple[int, int, float]]:
    """Each copy, the one that stays, and what they share. Repeated with those that stay until none is a copy."""
    kept_for: dict[int, int] = {}
    rows = np.arange(len(sequences.size))
    while True:
        left = sequences.of(rows)
        pairs = _candidates(left, shared)
        share = left.shares(pairs)
        found = _dropped(pairs[share >= shared], share[share >= shared])
        if not found:
            break
        kept_for |= {int(rows[a]): int(rows[b]) for a, b in found.items()}
        rows = np.delete(rows, list(found))
    ends = np.array([(a, _last(kept_for, a)) for a in sorted(kept_for)], np.int64).reshape(-1, 2)
    return list(zip(*ends.T.tolist(), sequences.shares(ends).tolist(), strict=True)) if len(ends) else []


def _last(kept_for: dict[int, int], row: int) -> int:
    while row in kept_for:
        row = kept_for[row]
    return row


def _candidates(sequences: _Sequences, shared: float) -> NDArray[np.int64]:
    """Pairs of articles worth a look: an array (pairs, 2), the earlier first.

    All pairs of the articles that have a sequence, unless they are many, which would give the square of their number:
    then each with the first and with the ``NEAR`` before it. Copies share hundreds of sequences, and what is looked
    for is a pair with one that stays, which is first in most of them.
    """
    by_sequence = sequences.matrix.tocsc()
    by_sequence.sort_indices()
    article, pointer = by_sequence.indices.astype(np.int64), by_sequence.indptr
    n = np.int64(max(sequences.matrix.shape[0], 1))
    first = np.repeat(pointer[:-1], np.diff(pointer))
    place = np.arange(len(article)) - first
    pairs, met = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for back in range(NEAR + 1):
        later = np.flatnonzero(place >= back if back else place > NEAR)
        earlier = later - back if back else first[later]
        found, times = np.unique(article[earlier] * n + article[later], return_counts=True)
        pairs, both = np.unique(np.concatenate([pairs, found]), return_inverse=True)
        met = np.bincount(both, np.concatenate([met, times]), minlength=len(pairs)).astype(np.int64)
    ends = np.stack(np.divmod(pairs, n), axis=1)
    least = sequences.size[ends].min(1, initial=np.iinfo(np.int64).max)
    return ends[met >= np.maximum(1, shared * least / 5)]


def _dropped(pairs: NDArray[np.int64], share: NDArray[np.float64]) -> dict[int, int]:
    """From the first article on: each that shares enough with one that stays goes, and which one that is.

    No chains: two articles that only share with a third are both measured against it.
    """
    near: dict[int, list[tuple[float, int]]] = {}
    for (earlier, later), value in zip(pairs.tolist(), share.tolist(), strict=True):
        near.setdefault(later, []).append((value, -earlier))
    gone: dict[int, int] = {}
    for row in sorted(near):
        staying = [pair for pair in near[row] if -pair[1] not in gone]
        if staying:
            gone[row] = -max(staying)[1]
    return gone
