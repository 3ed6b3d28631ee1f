"""From any row of any table back to the sentence it was counted in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import tokens
from .corpus import documents
from .schema import require


def contexts(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """``rows`` (with ``article_id, start, end``) in their sentences: one row each, in the order given.

    Adds ``left``, ``match`` and ``right``, which joined give the text from the start of the sentence in which the row
    starts to the end of the one in which it ends, and ``outlet`` where the articles have one. ``field`` is
    ``text`` where the rows do not say.

    Raises ``ValueError`` for an article that is not there and for a span outside its text.

    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["It rained. The embattled mayor left. Nobody came."]})
    >>> found = contexts(pd.DataFrame({"article_id": ["a"], "start": [15], "end": [24]}), articles)
    >>> found[["left", "match", "right"]].values.tolist()
    [['The ', 'embattled', ' mayor left.']]
    """
    require(rows, ["article_id", "start", "end"], name="rows")
    rows = rows if "field" in rows.columns else rows.assign(field="text")
    docs = documents(articles)
    docs = docs[docs["article_id"].isin(rows["article_id"].unique())].reset_index(drop=True)
    number = pd.MultiIndex.from_frame(docs[["article_id", "field"]]).get_indexer(
        pd.MultiIndex.from_frame(rows[["article_id", "field"]])
    )
    if (number < 0).any():
        lost = rows.iloc[int(np.flatnonzero(number < 0)[0])]
        raise ValueError(f"rows: no {lost['field']!r} of article {lost['article_id']!r} in articles")
    texts = docs["text"].tolist()
    starts, ends = rows["start"].to_numpy(), rows["end"].to_numpy()
    length = np.array([len(t) for t in texts], np.int64)
    if ((starts < 0) | (starts > ends) | (ends > length[number])).any():
        raise ValueError("rows: a span lies outside its text")
    low, high = _sentence_bounds(texts, number, starts, ends)
    spans = list(
        zip(number.tolist(), low.tolist(), starts.tolist(), ends.tolist(), high.tolist(), strict=True)
    )
    out = rows.assign(
        left=pd.Series([texts[n][a:b] for n, a, b, _, _ in spans], index=rows.index, dtype="str"),
        match=pd.Series([texts[n][b:c] for n, _, b, c, _ in spans], index=rows.index, dtype="str"),
        right=pd.Series([texts[n][c:d] for n, _, _, c, d in spans], index=rows.index, dtype="str"),
    )
    if "outlet" in articles.columns and "outlet" not in out.columns:
        out = out.assign(outlet=out["article_id"].map(articles.set_index("article_id")["outlet"]))
    return out


def _sentence_bounds(
    texts: list[str], number: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Start of the sentence that holds each span's first character, end of the one that holds its last."""
    found = tokens.sentences(tokens.encode(texts))
    stride = np.int64(1) << 40
    low_keys = found.text.astype(np.int64) * stride + found.start
    high_keys = found.text.astype(np.int64) * stride + found.end
    first = np.searchsorted(low_keys, number * stride + starts, "right") - 1
    last = np.searchsorted(high_keys, number * stride + ends, "left")
    inside = (first >= 0) & (found.text[np.maximum(first, 0)] == number) if len(found.text) else first >= 0
    low = np.where(inside, found.start[np.maximum(first, 0)], starts) if len(found.text) else starts
    near = np.minimum(last, max(len(found.text) - 1, 0))
    same = (last < len(found.text)) & (found.text[near] == number) if len(found.text) else inside
    high = np.where(same, found.end[near], ends) if len(found.text) else ends
    return np.minimum(low, starts), np.maximum(high, ends)
