"""Two articles on one story: which sentences say the same, how their wording differs, and what only one tells.

two articles  ->  aligned sentences (one row a pair or a sentence alone)  ->  HTML
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer

from . import tokens
from .annotate import Annotations, annotate
from .cards import stated
from .corpus import documents
from .export import whole_file
from .marks import LAYERS, Mark, marks
from .pages import page
from .reader import CAUTIONS, facts_of, letters, marked, names_of, reasons

ALIKE = 0.25
"""The cosine from which two sentences are taken to say the same; below, on the same story, most pairs do not."""

_ROWS = 500  # of the similarity matrix held at once


def aligned_sentences(articles: pd.DataFrame, *, alike: float = ALIKE) -> pd.DataFrame:
    """The sentences of two articles, those that share most of their words side by side.

    One row a pair of sentences, or a sentence that only one article has: ``a_start, a_end, b_start, b_end,
    similarity``, in the first article's order, then what only the second has. Two sentences are a pair if each is
    the other's nearest by the cosine of their TF-IDF weighted words (stop words left out) and it is at least ``alike``.

    Caution: shared words are not shared meaning. A pair may contradict itself; a paraphrase may stand alone.
    Time grows with the product of the numbers of sentences.

    Raises ``ValueError`` unless there are two articles.

    >>> aligned_sentences(pd.DataFrame({"text": [
    ...     "The mayor raised the levy. It rained.", "Critics groaned. Levy raised by mayor."]})).round(1)
       a_start  a_end  b_start  b_end  similarity
    0        0     26       17     38         1.0
    1       27     37     <NA>   <NA>         NaN
    2     <NA>   <NA>        0     16         NaN
    """
    if len(articles) != 2:
        raise ValueError(f"articles: two are compared; got {len(articles):,}")
    batch = tokens.encode(articles["text"].tolist())
    sentences = tokens.sentences(batch)
    vectors = _vectors(tokens.words(batch), sentences)
    first = np.flatnonzero(sentences.text == 0)
    second = np.flatnonzero(sentences.text == 1)
    pairs = _nearest_pairs(vectors[first], vectors[second], alike)
    spans = np.stack([sentences.start, sentences.end], axis=1)
    return _table(spans[first], spans[second], pairs)


def _vectors(words: tokens.Words, sentences: tokens.Sentences) -> sparse.csr_matrix:
    """TF-IDF weights of the words of each sentence, of unit length: (sentences, vocabulary)."""
    stride = np.int64(1) << 40
    row = (
        np.searchsorted(sentences.text * stride + sentences.start, words.text * stride + words.start, "right")
        - 1
    )
    word = words.folded[words.form]
    known = np.array([w not in ENGLISH_STOP_WORDS for w in words.vocabulary.to_pylist()], bool)
    counted = (row >= 0) & known[word] if len(word) else np.zeros(0, bool)
    shape = (len(sentences.text), len(words.vocabulary))
    counts = sparse.csr_matrix((np.ones(counted.sum()), (row[counted], word[counted])), shape=shape)
    return TfidfTransformer().fit_transform(counts) if min(shape) else counts


def _nearest_pairs(
    first: sparse.csr_matrix, second: sparse.csr_matrix, alike: float
) -> dict[int, tuple[int, float]]:
    """Row of ``first`` -> row of ``second`` and cosine, where each is the other's nearest."""
    if not first.shape[0] or not second.shape[0]:
        return {}
    (near, cosine), (back, _) = _nearest(first, second), _nearest(second, first)
    rows = np.flatnonzero((back[near] == np.arange(len(near))) & (cosine >= alike))
    return {int(i): (int(near[i]), float(cosine[i])) for i in rows}


def _nearest(rows: sparse.csr_matrix, others: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    parts = [(rows[i : i + _ROWS] @ others.T).toarray() for i in range(0, rows.shape[0], _ROWS)]
    return np.concatenate([p.argmax(1) for p in parts]), np.concatenate([p.max(1) for p in parts])


def _table(first: np.ndarray, second: np.ndarray, pairs: dict[int, tuple[int, float]]) -> pd.DataFrame:
    nothing = (pd.NA, pd.NA)
    rows: list[tuple[Any, ...]] = []
    for i, span in enumerate(first.tolist()):
        j, cosine = pairs.get(i, (None, np.nan))
        rows.append((*span, *(nothing if j is None else second[j].tolist()), cosine))
    paired = {j for j, _ in pairs.values()}
    rows += [(*nothing, *span, np.nan) for j, span in enumerate(second.tolist()) if j not in paired]
    table = pd.DataFrame(rows, columns=["a_start", "a_end", "b_start", "b_end", "similarity"])
    whole = dict.fromkeys(table.columns[:4], "Int64")
    return table.astype(whole | {"similarity": "float64"})


def differing_words(first: str, second: str) -> list[tuple[int, int]]:
    """Spans in ``first`` of words that ``second`` does not have, neighbours together; stop words only between others.

    >>> differing_words("The embattled mayor left.", "The mayor left the hall.")
    [(4, 13)]
    """
    words = tokens.words(tokens.encode([first, second]))
    folded, mine = words.folded[words.form], words.text == 0
    shared = np.isin(folded[mine], folded[~mine])
    stop = np.array([w in ENGLISH_STOP_WORDS for w in words.vocabulary.to_pylist()], bool)
    telling = ~shared & ~stop[folded[mine]] if mine.any() else ~shared
    stretch = np.cumsum(shared)[telling]  # the same number: no shared word between them
    begins = np.flatnonzero(np.diff(stretch, prepend=-1))
    ends = np.append(begins[1:], len(stretch)) - 1
    start, end = words.start[mine][telling], words.end[mine][telling]
    return list(zip(start[begins].tolist(), end[ends].tolist(), strict=True)) if len(stretch) else []


# -- the page --------------------------------------------------------------------------------------


def side_by_side(articles: pd.DataFrame | Annotations, *, blind: bool = False) -> str:
    """Two articles as one HTML page: aligned sentences side by side, differing words and all other layers marked.

    Raises ``ValueError`` unless there are two articles.

    >>> html = side_by_side(pd.DataFrame({"text": ["The mayor raised the levy.", "The levy was raised by the mayor."]}))
    >>> html.count('class="pair"')
    1
    """
    found = articles if isinstance(articles, Annotations) else annotate(articles)
    table = _without_boilerplate(aligned_sentences(found.articles), found)
    sides = [_side(found, article, i, table) for i, article in enumerate(found.articles.to_dict("records"))]
    order = _in_order(table)
    pairs = [[_cell(side, key, i) for side, key in zip(sides, "ab", strict=True)] for i in order]
    both = table["similarity"].notna()
    values = {
        "title": "The same story, twice",
        "sides": sides,
        "pairs": pairs,
        "n_pairs": int(both.sum()),
        "only": [int((~both & table[f"{key}_start"].notna()).sum()) for key in "ab"],
        "layers": {"differs": "Differing words"} | LAYERS,
        "off": ("tone", "voice"),
        "blind": blind,
        "cautions": [CAUTION, *CAUTIONS, *stated(found.record)],
    }
    return page("compare.html", styles=["page.css", "marked.css"], scripts=["marked.js"], values=values)


CAUTION = (
    "Sentences stand side by side because they share words: check that they say the same before you compare."
)


def write_side_by_side(
    articles: pd.DataFrame | Annotations, path: str | Path, *, blind: bool = False
) -> Path:
    """Write `side_by_side`'s page to ``path``, whole or not at all; returns the path."""
    html = side_by_side(articles, blind=blind)
    with whole_file(Path(path)) as file:
        file.write(html)
    return Path(path)


def _without_boilerplate(table: pd.DataFrame, found: Annotations) -> pd.DataFrame:
    """The rows less those sentences that only one article has and that are no part of its story."""
    out = np.zeros(len(table), bool)
    for key, article_id in zip("ab", found.articles["article_id"], strict=True):
        mine = (found.voices["article_id"] == article_id) & (found.voices["field"] == "text")
        for row in found.voices[mine & (found.voices["voice"] == "boilerplate")].to_dict("records"):
            start = table[f"{key}_start"]
            out |= (start.ge(row["start"]) & start.lt(row["end"])).fillna(False).to_numpy(bool)
    return table[~(out & table["similarity"].isna())].reset_index(drop=True)


def _side(found: Annotations, article: dict[str, Any], number: int, table: pd.DataFrame) -> dict[str, Any]:
    """One article: its sentences as runs, by row of ``table``, and the reasons of its marks."""
    key, name, text = "ab"[number], f"a{number + 1}", article["text"]
    mine = table[table[f"{key}_start"].notna()]
    spans = list(zip(mine[f"{key}_start"].tolist(), mine[f"{key}_end"].tolist(), strict=True))
    order = sorted(range(len(spans)), key=lambda i: spans[i])
    every = [
        *marks(found, article["article_id"]),
        *_differences(found.articles["text"].tolist(), table, number),
    ]
    every.sort(key=lambda m: (m.start, -m.end))
    names = list(names_of(article))
    shown = marked(text, every, f"{name}t", names, spans=[spans[i] for i in order])
    sentences = dict(zip((int(mine.index[i]) for i in order), shown, strict=True))
    titles = documents(found.articles[found.articles["article_id"] == article["article_id"]])
    title = titles[titles["field"] == "title"]["text"].tolist()
    return {
        "id": name,
        "letter": letters(number),
        "facts": facts_of(article),
        "title": title[0] if title else "",
        "sentences": sentences,
        "reasons": list(reasons(text, every, shown, f"{name}t", names)),
    }


def _differences(texts: list[str], table: pd.DataFrame, number: int) -> list[Mark]:
    """Marks of layer ``differs``: in each pair, the words that the other sentence does not have."""
    out = []
    mine, other = ("a", "b") if number == 0 else ("b", "a")
    for row in table[table["similarity"].notna()].to_dict("records"):
        start = row[f"{mine}_start"]
        here = texts[number][start : row[f"{mine}_end"]]
        there = texts[1 - number][row[f"{other}_start"] : row[f"{other}_end"]]
        facts = (("Why", "the sentence beside it does not have these words"),)
        out += [
            Mark("differs", start + a, start + b, "", "Differing wording", facts)
            for a, b in differing_words(here, there)
        ]
    return out


def _in_order(table: pd.DataFrame) -> list[int]:
    """Rows of ``table`` for reading: by the first article, each of the second's own sentences after its neighbour."""
    after: dict[int, int] = {}  # end of a sentence of the second article -> row where it stands
    paired = table[table["b_start"].notna() & table["a_start"].notna()]
    for i, start in zip(paired.index, paired["b_start"], strict=True):
        after[int(start)] = int(i)
    places = {int(i): (float(i), -1) for i in table.index[table["a_start"].notna()]}
    starts = np.array(sorted(after), np.int64)
    for i, start in table.loc[table["a_start"].isna(), "b_start"].items():
        before = int(np.searchsorted(starts, start)) - 1
        row = after[int(starts[before])] if before >= 0 else -1
        places[int(i)] = (row + 0.5, int(start))
    return sorted(places, key=places.__getitem__)


def _cell(side: dict[str, Any], key: str, row: int) -> dict[str, Any]:
    return {"letter": side["letter"], "runs": side["sentences"].get(row)}
