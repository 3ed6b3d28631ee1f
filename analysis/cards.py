"""How good the lists in use are: the report cards of the bundled lexicons as measured, and in one sentence.

Lexicons + masks  ->  the figures of `analysis.validate_lexicon` that `corpus/lexicons/cards.csv` has of just these
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from .lexicons import FOLDER, Lexicon, Masks, load_lexicons, load_masks

CARDS = FOLDER / "cards.csv"
COLUMNS = ("lexicon", "digest", "source", "figure", "value", "low", "high", "n")
UNKNOWN = "Nobody has measured these lists: analysis.validate_lexicon makes their card from marked sentences."
SOURCES = {
    "babe": "sentences that experts marked (BABE)",
    "basil": "sentences with lexical bias marked (BASIL)",
    "ptc": "articles with loaded language and name-calling marked (PTC)",
}


def digest(lexicons: Iterable[Lexicon], masks: Masks) -> str:
    """A hash of what makes loaded words: the lists that have any (or all, if none has), and the masks.

    >>> from analysis.lexicons import load_lexicons, load_masks
    >>> lists, masks = load_lexicons(), load_masks()
    >>> digest(lists.values(), masks) == digest([x for x in lists.values() if x.loaded], masks)
    True
    """
    chosen = list(lexicons)
    hashes = sorted(x.sha256 for x in chosen if x.loaded) or sorted(x.sha256 for x in chosen)
    return hashlib.sha256("\n".join([*hashes, masks.sha256]).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _cards() -> pd.DataFrame:
    return pd.read_csv(CARDS, dtype={"digest": "str"})


def report_card(lexicons: Iterable[Lexicon] | None = None, masks: Masks | None = None) -> pd.DataFrame:
    """The measured card of the bundled lexicons together, or of those given: ``source, figure, value, low, high, n``.

    Figures as in `analysis.validate_lexicon`, measured by ``benchmarks/lexicons.py`` on the sources of ``SOURCES``.
    No rows for lists or masks that are not, to the letter, the bundled ones: nobody has measured those.

    >>> from analysis.lexicons import lexicon
    >>> report_card([lexicon("mine", pd.DataFrame({"pattern": ["calm"]}))]).empty
    True
    """
    chosen = load_lexicons().values() if lexicons is None else lexicons
    cards = _cards()
    mine = cards[cards["digest"] == digest(chosen, load_masks() if masks is None else masks)]
    return mine.drop(columns=["lexicon", "digest"]).reset_index(drop=True)


def in_words(lexicons: Iterable[Lexicon], masks: Masks) -> str:
    """The card in a sentence, for the foot of whatever shows loaded words.

    >>> from analysis.lexicons import lexicon, load_masks
    >>> in_words([lexicon("mine", pd.DataFrame({"pattern": ["calm"]}), loaded=True)], load_masks())
    'Nobody has measured these lists: analysis.validate_lexicon makes their card from marked sentences.'
    """
    chosen = list(lexicons)
    if not any(x.loaded for x in chosen):
        return "No list in use says that a word is loaded."
    card = report_card(chosen, masks)
    card = card[card["source"] == "babe"].set_index("figure")
    if card.empty:
        return UNKNOWN
    n, (precision, recall) = int(card.at["sentences_hit", "n"]), card.loc[["precision", "recall"], "value"]
    return (
        f"The lists against {n:,} {SOURCES['babe']}: precision {precision:.2f}, recall {recall:.2f}; "
        f"experts among themselves: alpha {card.at['experts_alpha', 'value']:.2f}."
    )


def stated(record: Mapping[str, Any]) -> list[str]:
    """The sentence of `in_words` that a run record holds, as a list of one, or of none for a record without.

    >>> stated({"report_card": "Nobody has measured these lists."}), stated({})
    (['Nobody has measured these lists.'], [])
    """
    return [record["report_card"]] if "report_card" in record else []
