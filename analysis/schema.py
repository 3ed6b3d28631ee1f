"""What each table must look like, and the only place that words errors about tables.

Every table is a pandas DataFrame with a stated grain. Offsets are Unicode code points into the
field's text as given, ``[start, end)``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

VERSION = "1"

VOICES = ("outlet", "direct", "scare", "indirect", "boilerplate")
CUE_CLASSES = ("neutral", "doubt", "strong", "concede", "reveal", "label")
KINDS = ("ideological", "evaluative", "stance", "identity", "legal")
FORMS = ("premodifier", "nominal", "appositive", "predicative")
POLARITIES = ("negative", "neutral", "positive")

TEXT, INTEGER, OPTIONAL, NUMBER = "str", "int64", "Int64", "float64"

_SPAN = {"article_id": TEXT, "field": TEXT, "start": INTEGER, "end": INTEGER}
_HIT = _SPAN | {"text": TEXT, "lexicon": TEXT, "category": TEXT, "voice": TEXT, "speaker": TEXT}

TABLES: dict[str, dict[str, str]] = {
    "articles": {"article_id": TEXT, "outlet": TEXT, "text": TEXT},
    "documents": {"article_id": TEXT, "field": TEXT, "text": TEXT},
    "voices": _SPAN
    | {
        "voice": TEXT,
        "statement": OPTIONAL,
        "speaker": TEXT,
        "source_start": OPTIONAL,
        "source_end": OPTIONAL,
    }
    | {"cue": TEXT, "cue_start": OPTIONAL, "cue_end": OPTIONAL, "cue_class": TEXT, "reason": TEXT},
    "cues": _SPAN | {"text": TEXT, "cue_class": TEXT, "source": TEXT},
    "mentions": _SPAN | {"text": TEXT, "target": TEXT, "voice": TEXT},
    "hits": _HIT,
    "loaded": _HIT,
    "epithets": _SPAN
    | {
        "text": TEXT,
        "target": TEXT,
        "target_start": OPTIONAL,
        "target_end": OPTIONAL,
        "kind": TEXT,
        "form": TEXT,
    }
    | {"voice": TEXT, "speaker": TEXT, "polarity": TEXT, "rule": TEXT},
    "sentences": {"article_id": TEXT, "field": TEXT, "sentence": INTEGER, "start": INTEGER, "end": INTEGER}
    | {"voice": TEXT, "neg": NUMBER, "neu": NUMBER, "pos": NUMBER, "compound": NUMBER},
    "rates": {"n": INTEGER, "base": INTEGER, "per": INTEGER, "rate": NUMBER, "low": NUMBER, "high": NUMBER}
    | {"n_articles": INTEGER},
    "comparisons": {"estimate": NUMBER, "low": NUMBER, "high": NUMBER, "p": NUMBER, "q": NUMBER}
    | {"n_target": INTEGER, "n_reference": INTEGER, "n_articles": INTEGER},
}
"""Columns and dtypes of each table. Text that is not there (no speaker, no cue) is missing (NaN), never ``""``."""

KEYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "documents": ("article_id", "field"),
    "voices": ("article_id", "field", "start"),
    "epithets": ("article_id", "field", "start"),
}
"""Columns that identify a row, for the tables where no two rows may share them."""


def frame(name: str, columns: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """A table of the contract from columns of equal length; none gives an empty table.

    The contract's columns come first, in its order and dtype; any others follow. Columns of the
    contract that are not given (such as ``voice``, which is joined later) are missing throughout.

    >>> frame("cues", {"article_id": ["a"], "field": ["text"], "start": [5], "end": [9], "text": ["said"]}).cue_class
    0    NaN
    Name: cue_class, dtype: str
    """
    given = dict(columns or {})
    table = pd.DataFrame(given)
    for column, dtype in TABLES[name].items():
        if column not in table:
            if dtype in (INTEGER, NUMBER) and len(table):
                raise ValueError(f"{name} need a {column!r}; given were {list(given)}")
            table[column] = pd.Series([None] * len(table), dtype="Int64" if dtype == OPTIONAL else dtype)
        else:
            table[column] = table[column].astype(dtype)
    return table[[*TABLES[name], *(c for c in table if c not in TABLES[name])]]


def require(
    table: pd.DataFrame, columns: Collection[str], *, key: Collection[str] = (), name: str = "table"
) -> None:
    """Check that ``table`` has ``columns`` and one row per ``key``; raise ``ValueError`` if not."""
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise ValueError(f"{name} lacks {missing}; it has {list(table.columns)}")
    if key and (repeats := int(table.duplicated(list(key)).sum())):
        raise ValueError(f"{name}: expected one row per {tuple(key)}, found {repeats} repeated")


def require_table(table: pd.DataFrame, name: str) -> None:
    """Check that ``table`` has the columns and key of the contract's table ``name``."""
    require(table, list(TABLES[name]), key=KEYS.get(name, ()), name=name)


def one_of(name: str, value: object, allowed: Iterable[object]) -> None:
    """Check that an option is one of ``allowed``; raise ``ValueError`` if not."""
    allowed = list(allowed)
    if value not in allowed:
        raise ValueError(f"{name} must be one of {sorted(map(str, allowed))}; got {value!r}")
