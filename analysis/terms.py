"""Words and phrases counted by article, and where they stand.

articles  ->  Counts (articles x terms)  ->  what compares them;  articles, terms  ->  occurrences
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from . import tokens
from .corpus import documents
from .schema import require

LONGEST = 3
_STRIDE = (
    np.int64(1) << 40
)  # more than any document is long: document * _STRIDE + offset orders all characters


@dataclass(frozen=True)
class Counts:
    """How often each term occurs in each article.

    ``matrix``: (articles, terms), sparse; ``terms``: strings, in lower case with straight apostrophes, a phrase's
    words parted by a space; ``words``: words of each article, of which the counts are so many; ``article_id``.
    """

    matrix: sparse.csr_matrix
    terms: NDArray[np.object_]
    words: NDArray[np.int64]
    article_id: NDArray[np.object_]


@dataclass(frozen=True)
class Running:
    """All words of all documents in reading order: ``word``, row of ``vocabulary``; ``article``, its number;
    ``joined``, whether only white space without a blank line parts it from the word before."""

    word: NDArray[np.int32]
    article: NDArray[np.int32]
    joined: NDArray[np.bool_]
    vocabulary: pa.StringArray


def count_terms(
    articles: pd.DataFrame,
    *,
    lengths: Sequence[int] = (1,),
    min_articles: int = 1,
    exclude: pd.DataFrame | None = None,
) -> Counts:
    """Words, and phrases of two or three, of each article, title included.

    Parameters
    ----------
    articles : one row an article, or documents
    lengths : words in a term: ``(1,)``, ``(2, 3)``, ... The words of a phrase have only white space between them:
        no punctuation, no blank line
    min_articles : terms in fewer articles are left out (but their words count in ``words``)
    exclude : spans (``article_id, start, end``, and ``field`` where not the text) whose words are not there:
        the table of voices for an outlet's own words, that of mentions to mask names. No phrase reaches across one.

    >>> found = count_terms(pd.DataFrame({"article_id": ["a"], "text": ["The mob, the mob left."]}), lengths=(1, 2))
    >>> dict(zip(found.terms, found.matrix.toarray()[0].tolist(), strict=True))
    {'the': 2, 'mob': 2, 'left': 1, 'the mob': 2, 'mob left': 1}
    """
    if not set(lengths) <= set(range(1, LONGEST + 1)) or not lengths:
        raise ValueError(f"lengths must be among {list(range(1, LONGEST + 1))}; got {list(lengths)}")
    docs = documents(articles)
    ids = pd.Index(docs["article_id"].unique())
    article = ids.get_indexer(docs["article_id"]).astype(np.int32)
    text = running_words(docs, article, exclude=exclude)
    # A phrase is in no more articles than its words: what is too rare at one length cannot be frequent at the next.
    row = text.word
    counted, names = _matrix(text.article, row, len(ids), len(text.vocabulary), min_articles)
    strings = text.vocabulary.take(pa.array(names))
    parts, terms = ([counted] if 1 in lengths else []), ([strings] if 1 in lengths else [])
    row = first = _renumbered(row, names, len(text.vocabulary))
    for length in range(2, max(lengths) + 1):
        row, heads, tails = _extended(row, first, text.joined, length)
        counted, kept = _matrix(text.article, row, len(ids), len(heads), min_articles)
        one_word = text.vocabulary.take(pa.array(names))
        strings = pc.binary_join_element_wise(
            strings.take(pa.array(heads[kept])), one_word.take(pa.array(tails[kept])), " "
        )
        if length in lengths:
            parts.append(counted)
            terms.append(strings)
        row = _renumbered(row, kept, len(heads))
    matrix = sparse.hstack(parts, format="csr") if len(parts) > 1 else parts[0]
    words = np.bincount(text.article, minlength=len(ids)).astype(np.int64)
    return Counts(matrix, _objects(terms), words, ids.to_numpy(dtype=object))


def counts_of(matrix: Any, terms: Sequence[str], *, words: ArrayLike | None = None) -> Counts:
    """`Counts` from a matrix (articles, terms) made elsewhere, dense or sparse, such as scikit-learn's.

    ``words`` of each article are the sums of its counts, unless given. Articles are numbered from 0.

    >>> counts_of([[1, 0], [2, 3]], ["mob", "crowd"]).words.tolist()
    [1, 5]
    """
    counts = sparse.csr_matrix(matrix, copy=True)
    counts.sum_duplicates()
    counts.eliminate_zeros()
    if counts.shape[1] != len(terms) or len(set(terms)) != len(terms):
        raise ValueError(
            f"terms: expected {counts.shape[1]} different ones; got {len(set(terms))} in {len(terms)}"
        )
    if (counts.data < 0).any():
        raise ValueError("matrix: counts must not be negative")
    sizes = np.asarray(counts.sum(1)).ravel() if words is None else np.asarray(words)
    if len(sizes) != counts.shape[0]:
        raise ValueError(
            f"words: expected one number for each of {counts.shape[0]} articles; got {len(sizes)}"
        )
    ids = np.array([str(i) for i in range(len(sizes))], dtype=object)
    return Counts(counts, np.array(terms, dtype=object), sizes, ids)


def _objects(strings: list[pa.StringArray]) -> NDArray[np.object_]:
    return np.array([s for part in strings for s in part.to_pylist()], dtype=object)


def running_words(
    docs: pd.DataFrame, article: NDArray[np.int32], *, exclude: pd.DataFrame | None = None
) -> Running:
    """The words of documents in one numbering; ``article`` says which article each document belongs to.

    >>> docs = documents(pd.DataFrame({"article_id": ["a", "b"], "text": ["A mob, a mob", "Mob"]}))
    >>> found = running_words(docs, np.arange(2, dtype=np.int32))
    >>> found.word.tolist(), found.article.tolist(), found.vocabulary.to_pylist()
    ([0, 1, 0, 1, 1], [0, 0, 0, 0, 1], ['a', 'mob'])
    """
    spans = None if exclude is None else _spans(docs, exclude)
    word, of, joined, vocabularies, before = [], [], [], [], 0
    for batch in tokens.batches(pa.array(docs["text"], pa.large_string())):
        words = tokens.words(tokens.encode(batch))
        kept, joins = _outside(words, spans, before)
        word.append(words.folded[words.form[kept]])
        of.append(article[before + words.text[kept]])
        joined.append(joins)
        vocabularies.append(words.vocabulary)
        before += len(batch)
    if not word:
        nothing = np.zeros(0, np.int32)
        return Running(nothing, nothing, nothing > 0, pa.array([], pa.string()))
    merged = pa.chunked_array(vocabularies).combine_chunks().dictionary_encode()
    number = np.split(tokens.to_numpy(merged.indices), np.cumsum([len(v) for v in vocabularies])[:-1])
    word = [new[old] for new, old in zip(number, word, strict=True)]
    return Running(np.concatenate(word), np.concatenate(of), np.concatenate(joined), merged.dictionary)


def _spans(docs: pd.DataFrame, exclude: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts of the spans in order, and for each how far it or any before it reaches."""
    require(exclude, ["article_id", "start", "end"], name="exclude")
    exclude = exclude if "field" in exclude.columns else exclude.assign(field="text")
    rows = pd.MultiIndex.from_frame(docs[["article_id", "field"]])
    number = rows.get_indexer(pd.MultiIndex.from_frame(exclude[["article_id", "field"]])).astype(np.int64)
    known = number >= 0
    start = number[known] * _STRIDE + exclude["start"].to_numpy(np.int64)[known]
    end = number[known] * _STRIDE + exclude["end"].to_numpy(np.int64)[known]
    order = np.argsort(start, kind="stable")
    return start[order], np.maximum.accumulate(end[order])


def _outside(
    words: tokens.Words, spans: tuple[NDArray[np.int64], NDArray[np.int64]] | None, before: int
) -> tuple[NDArray[np.bool_] | slice, NDArray[np.bool_]]:
    """Which words begin outside all spans, and whether each of these is joined to the one before."""
    if spans is None or not len(spans[0]):
        return slice(None), words.joined
    starts, reach = spans
    place = (words.text + np.int64(before)) * _STRIDE + words.start
    last = np.searchsorted(starts, place, "right") - 1
    outside = (last < 0) | (reach[np.maximum(last, 0)] <= place)
    follows = np.zeros(len(outside), bool)
    follows[1:] = outside[:-1]
    return outside, (words.joined & follows)[outside]


def _matrix(
    article: NDArray[np.int32], term: NDArray[np.int32], n_articles: int, n_terms: int, min_articles: int
) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
    """Counts of the terms in at least so many articles, and which these are. Words with ``term`` -1 are none."""
    width = np.int64(max(n_terms, 1))
    often = np.bincount(term[term >= 0], minlength=n_terms) >= max(min_articles, 1)
    use = term >= 0
    use[use] = often[term[use]]
    key = article[use] * width + term[use]
    if len(key) and np.any(key[1:] < key[:-1]):
        key = _sorted_by_article(key, article[use])
    first = np.flatnonzero(np.diff(key, prepend=-1))
    count = np.diff(first, append=len(key)).astype(np.int32)
    row, column = np.divmod(key[first], width)
    kept = np.flatnonzero(np.bincount(column, minlength=n_terms) >= max(min_articles, 1))
    column = _renumbered(column, kept, n_terms)
    held = column >= 0
    pointer = np.concatenate(([0], np.cumsum(np.bincount(row[held], minlength=n_articles))))
    return sparse.csr_matrix((count[held], column[held], pointer), shape=(n_articles, len(kept))), kept


def _sorted_by_article(key: NDArray[np.int64], article: NDArray[np.int32]) -> NDArray[np.int64]:
    """The keys in order. They come article by article, and short sorts are quicker than a long one."""
    if np.any(article[1:] < article[:-1]):
        return np.sort(key)
    cuts = np.searchsorted(article, np.arange(0, int(article[-1]) + 1, 500))[1:]
    return np.concatenate([np.sort(part) for part in np.split(key, cuts)])


def _renumbered(values: NDArray[np.integer], kept: NDArray[np.int64], n: int) -> NDArray[np.int32]:
    """The place of each value among ``kept``, -1 for those that are not."""
    place = np.full(n + 1, -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    return place[values]


def _extended(
    row: NDArray[np.int32], word: NDArray[np.int32], joined: NDArray[np.bool_], length: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Terms one word longer: the number of the one that starts at each word, and each one's head and last word."""
    longer = np.full(len(row), -1, np.int32)
    reach = length - 1
    n = len(row) - reach
    if n <= 0:
        return longer, np.zeros(0, np.int64), np.zeros(0, np.int64)
    use = np.flatnonzero((row[:n] >= 0) & (row[1 : n + 1] >= 0) & (word[reach:] >= 0) & joined[reach:])
    width = np.int64(word.max(initial=0) + 1)
    encoded = pa.array(row[use] * width + word[use + reach]).dictionary_encode()
    longer[use] = tokens.to_numpy(encoded.indices)
    heads, tails = np.divmod(tokens.to_numpy(encoded.dictionary), width)
    return longer, heads, tails


# -- back to the text ------------------------------------------------------------------------------


def occurrences(
    articles: pd.DataFrame, terms: str | Iterable[str], *, exclude: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Where ``terms`` stand: one row an occurrence, for `contexts`: ``article_id, field, start, end, text, term``.

    Terms are words or phrases as in `count_terms`, in any case; the rows are as many as were counted there. Those
    of one term do not hide those of another. In document order.

    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["The mob. A mob left."]})
    >>> occurrences(articles, ["mob", "mob left"])[["start", "end", "text", "term"]].values.tolist()
    [[4, 7, 'mob', 'mob'], [11, 14, 'mob', 'mob'], [11, 19, 'mob left', 'mob left']]
    """
    wanted = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
    folded = {term: term.lower().replace("’", "'").split() for term in wanted}
    docs = documents(articles)
    spans = None if exclude is None else _spans(docs, exclude)
    parts, before = [], 0
    for batch in tokens.batches(pa.array(docs["text"], pa.large_string())):
        words = tokens.words(tokens.encode(batch))
        kept, joined = _outside(words, spans, before)
        parts += [
            _rows(docs, batch, words, kept, at, len(folded[term]), term, before)
            for term, at in _places(words, kept, joined, folded)
        ]
        before += len(batch)
    columns = ["article_id", "field", "start", "end", "text", "term"]
    if not parts:
        return pd.DataFrame(
            {c: pd.Series(dtype="int64" if c in ("start", "end") else "str") for c in columns}
        )
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["document", "start", "end"], kind="stable", ignore_index=True)[columns]


def _places(
    words: tokens.Words,
    kept: NDArray[np.bool_] | slice,
    joined: NDArray[np.bool_],
    folded: dict[str, list[str]],
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """For each term that occurs, at which of the kept words it starts."""
    needed = pa.array(dict.fromkeys(w for parts in folded.values() for w in parts), pa.string())
    number = dict(zip(needed.to_pylist(), pc.index_in(needed, words.vocabulary).to_pylist(), strict=True))
    word = words.folded[words.form[kept]]
    for term, parts in folded.items():
        n = len(word) - len(parts) + 1
        if not parts or n <= 0 or any(number[part] is None for part in parts):
            continue
        at = np.flatnonzero(word[:n] == number[parts[0]])
        for i, part in enumerate(parts[1:], 1):
            at = at[(word[at + i] == number[part]) & joined[at + i]]
        if len(at):
            yield term, at


def _rows(
    docs: pd.DataFrame,
    batch: pa.Array,
    words: tokens.Words,
    kept: NDArray[np.bool_] | slice,
    at: NDArray[np.int64],
    length: int,
    term: str,
    before: int,
) -> pd.DataFrame:
    text, start, end = words.text[kept][at], words.start[kept][at], words.end[kept][at + length - 1]
    of = docs.iloc[before + text]
    written = [
        batch[t].as_py()[a:b] for t, a, b in zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    ]
    return pd.DataFrame(
        {
            "article_id": of["article_id"].to_numpy(),
            "field": of["field"].to_numpy(),
            "start": start,
            "end": end,
            "text": pd.Series(written, dtype="str"),
            "term": term,
            "document": before + text,
        }
    )
