"""Whose words are these? Every stretch of an article that is not the outlet's own words.

articles -> voices (direct, scare, indirect, boilerplate), cues
"""

from __future__ import annotations

import pandas as pd

from . import schema
from .boilerplate import boilerplate
from .corpus import documents
from .quotes import Quotation, quotations


def attributions(
    articles: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``voices`` and ``cues`` of ``articles``."""
    parts = documents(articles)
    rows = []
    for article_id, field, text in zip(parts["article_id"], parts["field"], parts["text"], strict=True):
        rows += [(article_id, field, *row) for row in _of_text(text)]
    names = ["article_id", "field", "start", "end", "voice", "reason"]
    return schema.frame("voices", pd.DataFrame(rows, columns=names).to_dict("series")), schema.frame("cues")


def voices(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per span that is not the outlet's own words; no two overlap."""
    return attributions(articles)[0]


def cues(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per reporting expression."""
    return attributions(articles)[1]


def _of_text(text: str) -> list[tuple[int, int, str, str | None]]:
    lines = boilerplate(text)
    rows = [(b.start, b.end, "boilerplate", b.kind) for b in lines]
    taken = iter(lines)
    line = next(taken, None)
    for quotation in quotations(text):
        while line and line.end <= quotation.start:
            line = next(taken, None)
        if not (line and line.start < quotation.end):
            rows.append((quotation.start, quotation.end, _kind(text, quotation), quotation.reason))
    return sorted(rows)


def _kind(text: str, quotation: Quotation) -> str:
    inside = text[quotation.start : quotation.end].strip("\"'“”‘’«»„")
    return "direct" if len(inside.split()) > 3 or inside[-1] in ",.?!" else "scare"
