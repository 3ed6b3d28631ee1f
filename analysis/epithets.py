"""What people get called: expressions attached to persons, groups and bodies.

articles or documents + mentions  ->  epithets (one row an epithet)

Words that can describe (:mod:`analysis.descriptions`) are the candidates; where each stands decides
(:mod:`analysis.places`): before a person's name or job it is a premodifier, in a person's place a
nominal, beside a name an appositive, said of a subject a predicative; elsewhere it is no epithet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import tokens
from .corpus import documents as as_documents
from .mentions import mentions as find_mentions
from .noun_phrases import Target
from .passages import Passage
from .places import Epithet, Finder
from .schema import frame

_PLACES = {
    "premodifier": "before a name or job",
    "nominal": "in a person's place",
    "appositive": "beside a name",
    "predicative": "said of a subject",
}


def epithets(
    articles: pd.DataFrame, mentions: pd.DataFrame | None = None, voices: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Epithets with their targets: one row an epithet, none overlapping.

    ``target`` is the canonical name of ``mentions`` (found here unless given), else the role or group as
    written, with ``target_start`` and ``target_end`` where that stands in the text. ``rule`` says what
    fired: the list (or "affix", "form") and its entry, then the place. Besides the contract's columns:
    ``negated`` ("is no moderate"). ``voice`` and ``speaker`` are missing here, but where the table ``voices`` is
    given, nobody is the "he" of his own quotation.

    Caution: an epithet is a description in a place where descriptions stand; whether it is fair is for a
    reader to say. Raises ``ValueError`` where columns are missing.

    >>> text = "The embattled mayor met Ann Fry, a firebrand."
    >>> found = epithets(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    >>> found[["text", "target", "form", "rule"]].values.tolist()
    [['embattled', 'mayor', 'premodifier', 'evaluative: embattled | before a name or job'],
     ['firebrand', 'Ann Fry', 'appositive', 'evaluative: firebrand/n | beside a name']]
    """
    documents = as_documents(articles)
    people = find_mentions(documents) if mentions is None else mentions
    passage = Passage(documents, people, voices)
    return _table(passage, documents, _without_overlap(Finder(passage).found()))


def explain(rows: pd.DataFrame | pd.Series, articles: pd.DataFrame) -> str:
    """Why each row of ``epithets`` is one: the rule with the sentence, as text to print.

    ``rows`` are a table or one row of it, ``articles`` what they were found in (or documents).

    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["It rained. The embattled mayor left."]})
    >>> print(explain(epithets(articles), articles))
    embattled -> mayor (evaluative, negative, premodifier)
      evaluative: embattled | before a name or job
      a: The [embattled] mayor left.
    """
    table = rows.to_frame().T if isinstance(rows, pd.Series) else rows
    documents = as_documents(articles)
    keys = zip(documents["article_id"], documents["field"], strict=True)
    texts = dict(zip(keys, documents["text"].fillna(""), strict=True))
    return "\n".join(_explanation(row, texts[row.article_id, row.field]) for row in table.itertuples())


def _explanation(row: NamedTuple, text: str) -> str:
    start, end = int(row.start), int(row.end)  # type: ignore[attr-defined]
    found = tokens.sentences(tokens.encode([text]))
    n = max(int(np.searchsorted(found.start, start, "right")) - 1, 0)
    first, last = int(found.start[n]), max(int(found.end[n]), end)
    sentence = f"{text[first:start]}[{text[start:end]}]{text[end:last]}".replace("\n", " ")
    about = f"{row.kind}, {row.polarity}, {row.form}"  # type: ignore[attr-defined]
    negated = ", negated" if getattr(row, "negated", False) else ""
    target = row.target if isinstance(row.target, str) else "nobody in particular"  # type: ignore[attr-defined]
    return f"{text[start:end]} -> {target} ({about}{negated})\n  {row.rule}\n  {row.article_id}: {sentence}"  # type: ignore[attr-defined]


def _table(passage: Passage, documents: pd.DataFrame, found: list[Epithet]) -> pd.DataFrame:
    first = [passage.start[e.first] for e in found]
    last = [passage.end[e.last - 1] for e in found]
    at = [passage.text[e.first] for e in found]
    spans = [_target_span(passage, e.target) for e in found]
    return frame(
        "epithets",
        {
            "article_id": documents["article_id"].to_numpy()[at],
            "field": documents["field"].to_numpy()[at],
            "start": first,
            "end": last,
            "text": [passage.texts[t][s:e] for t, s, e in zip(at, first, last, strict=True)],
            "target": pd.Series([e.target.name for e in found], dtype="str"),
            "target_start": [s for s, _ in spans],
            "target_end": [e for _, e in spans],
            "kind": [e.entry.kind for e in found],
            "form": [e.form for e in found],
            "polarity": [e.entry.polarity for e in found],
            "rule": [f"{e.entry.source}: {e.entry.pattern} | {_PLACES[e.form]}" for e in found],
            "negated": pd.Series([e.negated for e in found], dtype="bool"),
        },
    )


def _target_span(passage: Passage, target: Target) -> tuple[int | None, int | None]:
    """Where the target is written; a mention stands in the same article by construction."""
    if target.mention >= 0:
        i, j = passage.first[target.mention], passage.last[target.mention]
    elif target.words:
        i, j = target.words
    else:
        return None, None
    return passage.start[i], passage.end[j - 1]


def _without_overlap(found: Iterable[Epithet]) -> list[Epithet]:
    """Epithets in order; of those that overlap the longest."""
    kept: list[Epithet] = []
    for one in sorted(found, key=lambda e: (e.first, -e.last)):
        if not kept or one.first >= kept[-1].last:
            kept.append(one)
        elif one.last - one.first > kept[-1].last - kept[-1].first:
            kept[-1] = one
    return kept
