"""Articles in: reading, checking, and the parts of an article that are annotated.

articles (one row an article)  ->  documents (one row an article and field)
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .schema import frame, require

_HERE = Path(__file__).resolve().parent
DATA = _HERE / "_corpus" if (_HERE / "_corpus").is_dir() else _HERE.parent / "corpus"
"""The folder of bundled data: beside the package in a checkout, inside it when installed from a wheel."""


def documents(articles: pd.DataFrame) -> pd.DataFrame:
    """One row an article and field, in the order of ``articles``: ``article_id, field, text``.

    The title comes before the text, and is left out where it is empty or where the text begins
    with it, so that its words count once. A table that has a ``field`` column is returned as it is.

    >>> documents(pd.DataFrame({"article_id": ["a"], "text": ["It rained."], "title": ["Rain"]}))
      article_id  field        text
    0          a  title        Rain
    1          a   text  It rained.
    """
    if "field" in articles.columns:
        require(articles, ["article_id", "field", "text"], key=["article_id", "field"], name="documents")
        return articles
    require(articles, ["article_id", "text"], key=["article_id"], name="articles")
    ids = articles["article_id"].astype("str").tolist()
    texts = articles["text"].fillna("").astype("str").tolist()
    titles = articles["title"].fillna("").astype("str").tolist() if "title" in articles else [""] * len(ids)
    rows = []
    for article_id, title, text in zip(ids, titles, texts, strict=True):
        if title.strip() and not text.lstrip().startswith(title.strip()):
            rows.append((article_id, "title", title))
        rows.append((article_id, "text", text))
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return frame("documents", dict(zip(("article_id", "field", "text"), map(list, columns), strict=True)))
