"""A short text as a passage or a table of epithets, for the tests of what is read in it."""

from __future__ import annotations

import pandas as pd

from analysis.epithets import epithets
from analysis.mentions import mentions
from analysis.passages import Passage


def passage(text: str) -> Passage:
    documents = pd.DataFrame({"article_id": ["a"], "field": ["text"], "text": [text]})
    return Passage(documents, mentions(documents))


def at(p: Passage, word: str) -> int:
    """The first place of a word in lower case."""
    return next(i for i in range(p.size) if p.full_word(i) == word)


def table(text: str, title: str = "") -> pd.DataFrame:
    return epithets(pd.DataFrame({"article_id": ["a"], "text": [text], "title": [title]}))


def found(text: str, *columns: str) -> list[tuple]:
    columns = columns or ("text", "target", "form")
    return [tuple(row) for row in table(text)[list(columns)].to_numpy()]
