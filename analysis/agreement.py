"""How far two annotations agree: two span tables -> alpha, span F1, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .schema import one_of, require

_PLACE = ["article_id", "field"]
_NOTHING = ""
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Agreement:
    """Two annotations compared.

    ``alpha``: Krippendorff's, nominal: 1 full agreement, 0 what chance gives, below 0 worse; NaN where all is
    labelled alike, so that there is nothing to agree on. ``n_items``: what it was computed over. ``n_a``, ``n_b``:
    spans of each; ``n_both``: pairs that share at least half of the shorter. ``precision`` and ``recall``: shares
    of the spans of ``b`` and of ``a`` that have such a partner; ``f1``: their harmonic mean, which is the same
    whichever comes first; ``f1_exact``: the same for spans with equal ends. ``disagreements``: one row a span
    without a partner (``differs``: "only a", "only b") or a pair with two labels ("label"), in reading order:
    ``article_id, field, start, end, label_a, label_b, differs``.
    """

    alpha: float
    n_items: int
    n_a: int
    n_b: int
    n_both: int
    precision: float
    recall: float
    f1: float
    f1_exact: float
    disagreements: pd.DataFrame


def agreement(
    a: pd.DataFrame, b: pd.DataFrame, *, documents: pd.DataFrame | None = None, label: str | None = None
) -> Agreement:
    """Compare two span tables (``article_id, field, start, end``) of the same texts.

    With ``documents`` (``article_id, field, text``), alpha is over the words of all documents, each labelled by
    the span it begins in or by none, so that what both left alone counts as agreement. Without, it is over the
    pairs of spans that both marked, and says only whether they are labelled alike. ``label``: the column
    compared; without it a span is just marked.

    Caution: alpha over words depends on how rare marking is, and a span of ten words weighs ten times one of one;
    report F1 beside it. Experts who mark sentences as biased reach .40 (Spinde et al. 2021).

    References: Krippendorff, K. (2004). Content Analysis, 2nd ed., ch. 11; NLTK's ``AnnotationTask.alpha``.

    >>> spans = pd.DataFrame({"article_id": "x", "field": "text", "start": [0, 10], "end": [5, 15]})
    >>> found = agreement(spans, spans.head(1), documents=pd.DataFrame(
    ...     {"article_id": ["x"], "field": ["text"], "text": ["chaos and fury here"]}))
    >>> found.n_both, round(found.f1, 2), round(found.alpha, 2), found.disagreements["differs"].tolist()
    (1, 0.67, 0.53, ['only a'])
    """
    both = [_by_place(table, label, name) for table, name in ((a, "a"), (b, "b"))]
    places = list(dict.fromkeys([*both[0], *both[1]]))
    rows: list[tuple[str, str, int, int, str, str, str]] = []
    names: list[tuple[str, str]] = []
    exact = 0
    for place in places:
        mine, theirs = both[0].get(place, []), both[1].get(place, [])
        exact += len({span[:2] for span in mine} & {span[:2] for span in theirs})
        pairs, only_a, only_b = _partners(mine, theirs)
        names += [(x[2], y[2]) for x, y in pairs]
        rows += [(*place, *x[:2], x[2], y[2], "label") for x, y in pairs if x[2] != y[2]]
        rows += [(*place, *x[:2], x[2], _NOTHING, "only a") for x in only_a]
        rows += [(*place, *y[:2], _NOTHING, y[2], "only b") for y in only_b]
    items = names if documents is None else _word_labels(documents, both[0], both[1])
    n_a, n_b, n_both = len(a), len(b), len(names)
    return Agreement(
        alpha=_alpha(items),
        n_items=len(items),
        n_a=n_a,
        n_b=n_b,
        n_both=n_both,
        precision=n_both / n_b if n_b else float("nan"),
        recall=n_both / n_a if n_a else float("nan"),
        f1=2 * n_both / (n_a + n_b) if n_a + n_b else float("nan"),
        f1_exact=2 * exact / (n_a + n_b) if n_a + n_b else float("nan"),
        disagreements=_table(rows, places),
    )


def _table(
    rows: list[tuple[str, str, int, int, str, str, str]], places: list[tuple[str, str]]
) -> pd.DataFrame:
    order = {place: number for number, place in enumerate(places)}
    rows = sorted(rows, key=lambda row: (order[row[0], row[1]], *row[2:4]))
    columns = [*_PLACE, "start", "end", "label_a", "label_b", "differs"]
    table = pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})
    table[["label_a", "label_b"]] = table[["label_a", "label_b"]].replace(_NOTHING, None)
    return table


def _by_place(table: pd.DataFrame, label: str | None, name: str) -> dict[tuple[str, str], list[Span]]:
    """The spans of each article and field, in reading order."""
    require(table, [*_PLACE, "start", "end"], name=name)
    if label is not None:
        one_of("label", label, table.columns)
    if (table["end"] <= table["start"]).any():
        raise ValueError(f"{name}: every span must end after it starts")
    names = ["marked"] * len(table) if label is None else table[label].fillna("none").astype("str").tolist()
    columns = (table[c].tolist() for c in (*_PLACE, "start", "end"))
    found: dict[tuple[str, str], list[Span]] = {}
    for article, field, start, end, named in zip(*columns, names, strict=True):
        found.setdefault((article, field), []).append((start, end, named))
    return {place: sorted(spans) for place, spans in found.items()}


def _partners(
    mine: Sequence[Span], theirs: Sequence[Span]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Spans paired one to one, those that share most first; and what is left of each."""
    candidates = []
    begin = 0
    for i, x in enumerate(mine):
        while begin < len(theirs) and theirs[begin][1] <= x[0]:
            begin += 1
        for j in range(begin, len(theirs)):
            y = theirs[j]
            if y[0] >= x[1]:
                break
            shared = min(x[1], y[1]) - max(x[0], y[0])
            if 2 * shared >= min(x[1] - x[0], y[1] - y[0]):
                whole = max(x[1], y[1]) - min(x[0], y[0])
                candidates.append((-shared / whole, i, j))
    used_a, used_b, pairs = set(), set(), []
    for _, i, j in sorted(candidates):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((mine[i], theirs[j]))
    only_a = [x for i, x in enumerate(mine) if i not in used_a]
    return pairs, only_a, [y for j, y in enumerate(theirs) if j not in used_b]


def _word_labels(
    documents: pd.DataFrame,
    a: dict[tuple[str, str], list[Span]],
    b: dict[tuple[str, str], list[Span]],
) -> list[tuple[str, str]]:
    """The two labels of each word of all documents (runs without white space)."""
    require(documents, [*_PLACE, "text"], key=_PLACE, name="documents")
    columns = (documents[c].tolist() for c in (*_PLACE, "text"))
    texts = {(article, field): text for article, field, text in zip(*columns, strict=True)}
    if missing := [place for place in (*a, *b) if place not in texts]:
        raise ValueError(f"documents must hold every annotated text; {missing[0]} is not among them")
    items: list[tuple[str, str]] = []
    for place, text in texts.items():
        words = np.array([word.end() for word in re.finditer(r"\S+", text)], np.int64)
        starts = np.array([word.start() for word in re.finditer(r"\S+", text)], np.int64)
        labels = [_labels_at(starts, words, spans.get(place, [])) for spans in (a, b)]
        items += zip(*labels, strict=True)
    return items


def _labels_at(starts: np.ndarray, ends: np.ndarray, spans: Sequence[Span]) -> list[str]:
    """The label of each word: that of the last span to begin that covers some of it."""
    labels = np.full(len(starts), _NOTHING, dtype=object)
    for start, end, label in spans:
        labels[np.searchsorted(ends, start, "right") : np.searchsorted(starts, end, "left")] = label
    return labels.tolist()


def _alpha(items: list[tuple[str, str]]) -> float:
    if len({label for pair in items for label in pair}) < 2:
        return float("nan")
    from nltk.metrics.agreement import AnnotationTask  # here, since NLTK takes a second to load

    data = [(coder, number, pair[i]) for number, pair in enumerate(items) for i, coder in enumerate("ab")]
    return float(AnnotationTask(data).alpha())
