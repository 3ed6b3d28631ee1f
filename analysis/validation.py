"""How good a lexicon is: its report card on sentences that people have marked.

labelled (one row a sentence)  ->  report card (one row a figure)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from . import tokens
from .corpus import checked, documents
from .lexicons import FOLDER, Found, Lexicon, Masks, find, load_masks
from .schema import VOICES, require
from .voices import VoiceLookup, voices

CEILING = 0.40
"""Krippendorff's alpha of experts on whether a sentence is biased (Spinde et al. 2021, BABE)."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
_TOP = 100
_NONE = (np.nan, np.nan)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def validate_lexicon(
    lexicon: Lexicon | Iterable[Lexicon] | Mapping[str, Lexicon],
    labelled: pd.DataFrame,
    *,
    masks: Masks | None = None,
    draws: int = 200,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """The report card of a lexicon (or of several as one), on sentences that people have marked.

    Parameters
    ----------
    lexicon : judged by its loaded categories if it has any, else by all
    labelled : one row a sentence: ``text``; ``marked``, a list of ``[start, end)`` in it; and, for the figures that
        need them, ``biased`` (whether the sentence is) and ``outlet``
    draws : resamplings of sentences, for intervals and stability

    Returns
    -------
    One row a figure: ``figure, value, low, high, n``. Intervals (95 %) come from resampling sentences, and are
    missing where there is none. Figures:

    - ``precision, recall, f1``: of words found, against words marked (``n``: words found, marked, and the sum of both)
    - ``sentence_auc``: chance that a biased sentence has more distinct words found than another; .5 is none
    - ``sentence_auc_within_outlets``: the same among sentences of one outlet, so that telling outlets apart is
      no help; mean over outlets by number of sentences
    - ``f1_without_an_outlet``: mean of F1 with each outlet left out in turn; ``low`` and ``high`` are the extremes
    - ``sentences_hit, entries_hit``: coverage, shares of sentences and of entries
    - ``per_1000_words``: hits; and ``per_1000_words_outlet`` … by voice, as far as sentences alone tell it, for each
      voice that has words (``n``: words of that voice)
    - ``symmetry``: of the hits before and after the names of parties and politicians of left and right change
      places (``corpus/lexicons/swaps.csv``), the share that stands in both; 1 is even-handed
    - ``stability``: share that the hundred most frequent entries of two resamplings have in common (Jaccard)
    - ``experts_alpha``: the ceiling, .40 whatever the sentences: so far BABE's experts agree (Spinde et al. 2021)

    Caution: marks are of one place and time; a list is not bad for finding what these people left unmarked.

    Raises ``ValueError`` for marks that are no spans of their sentence, ``TypeError`` for what is no lexicon.

    >>> from analysis.lexicons import lexicon
    >>> mine = lexicon("mine", pd.DataFrame({"pattern": ["slam/v", "calm"]}), loaded=True)
    >>> sentences = pd.DataFrame({"text": ["He slammed her", "A calm day"], "marked": [[(3, 10)], []]})
    >>> validate_lexicon(mine, sentences).set_index("figure").value[["precision", "recall"]].tolist()
    [0.5, 1.0]
    """
    require(labelled, ["text", "marked"], name="labelled")
    if labelled.empty:
        raise ValueError("labelled: a report card needs at least one sentence; got none")
    _check_marks(labelled)
    several = lexicon.values() if isinstance(lexicon, Mapping) else lexicon
    chosen = (several,) if isinstance(several, Lexicon) else tuple(several)
    if not all(isinstance(one, Lexicon) for one in chosen):
        raise TypeError(f"lexicon: a Lexicon or several; got {type(lexicon).__name__}")
    masks = load_masks() if masks is None else masks
    rng = np.random.default_rng(rng)
    judged = _judge(chosen, labelled, masks)
    weights = rng.multinomial(len(labelled), np.full(len(labelled), 1 / len(labelled)), draws)
    rows = [
        *_by_word(judged, weights),
        *_by_sentence(judged, labelled, weights),
        *_by_outlet(judged, labelled),
    ]
    rows += _coverage(judged)
    rows += _by_voice(judged, labelled, weights)
    rows.append(("symmetry", *_symmetry(chosen, labelled, masks, judged)))
    rows.append(("stability", *_stability(judged, weights)))
    rows.append(("experts_alpha", CEILING, np.nan, np.nan, 0))
    return pd.DataFrame(rows, columns=["figure", "value", "low", "high", "n"]).astype({"n": "int64"})


def _check_marks(labelled: pd.DataFrame) -> None:
    """Refuse marks that are no list of ``[start, end)`` within their text (as text, say, read back from a CSV)."""
    for row, text, marked in zip(labelled.index, labelled["text"], labelled["marked"], strict=True):
        if not isinstance(marked, list | tuple | np.ndarray) or not all(
            isinstance(span, list | tuple | np.ndarray)
            and len(span) == 2
            and 0 <= span[0] <= span[1] <= len(text)
            for span in marked
        ):
            raise ValueError(
                f"labelled, row {row}: 'marked' must be a list of [start, end) in its text; got {marked!r}"
            )


@dataclass(frozen=True)
class _Judged:
    """Words of the sentences: which are marked and found; and the hits, with their sentence, first word and entry."""

    words: tokens.Words
    marked: Bools
    found: Bools
    hits: Found
    sentence: NDArray[np.int64]
    first: NDArray[np.int64]
    entry: NDArray[np.int64]
    n_entries: int

    def per_sentence(self, flags: Bools) -> Floats:
        """How many words of each sentence are flagged."""
        return np.bincount(self.words.text[flags], minlength=len(self.words.pointer) - 1).astype(float)


def _judge(lexicons: tuple[Lexicon, ...], labelled: pd.DataFrame, masks: Masks) -> _Judged:
    words = tokens.words(tokens.encode(labelled["text"]))
    hits = find(words, lexicons, masks)
    counts = hits.loaded if any(x.loaded for x in lexicons) else np.ones(len(hits.first), bool)
    first, last = hits.first[counts], hits.last[counts]
    depth = np.bincount(first, minlength=len(words.form) + 1) - np.bincount(
        last, minlength=len(words.form) + 1
    )
    pairs = [(i, start, end) for i, spans in enumerate(labelled["marked"]) for start, end in spans]
    marks = np.array(pairs, np.int64).reshape(-1, 3)
    place = words.text.astype(np.int64) * (1 << 40)
    low = np.searchsorted(place + words.end, marks[:, 0] * (1 << 40) + marks[:, 1], "right")
    high = np.searchsorted(place + words.start, marks[:, 0] * (1 << 40) + marks[:, 2], "left")
    covered = np.bincount(low, minlength=len(words.form) + 1) - np.bincount(
        high, minlength=len(words.form) + 1
    )
    n_entries = int(hits.entries["loaded"].sum()) if any(x.loaded for x in lexicons) else len(hits.entries)
    return _Judged(
        words=words,
        marked=np.cumsum(covered)[:-1] > 0,
        found=np.cumsum(depth)[:-1] > 0,
        hits=hits,
        sentence=words.text[first].astype(np.int64),
        first=first,
        entry=hits.entry[counts],
        n_entries=n_entries,
    )


Row = tuple[str, float, float, float, int]


def _by_word(judged: _Judged, weights: NDArray[np.int64]) -> list[Row]:
    both = judged.per_sentence(judged.marked & judged.found)
    found, marked = judged.per_sentence(judged.found), judged.per_sentence(judged.marked)
    pairs = {"precision": (both, found), "recall": (both, marked), "f1": (2 * both, found + marked)}
    return [
        (
            name,
            _ratio(top.sum(), bottom.sum()),
            *_interval(_ratio(weights @ top, weights @ bottom)),
            int(bottom.sum()),
        )
        for name, (top, bottom) in pairs.items()
    ]


def _by_sentence(judged: _Judged, labelled: pd.DataFrame, weights: NDArray[np.int64]) -> list[Row]:
    if "biased" not in labelled:
        return []
    if gone := int(labelled["biased"].isna().sum()):
        raise ValueError(f"labelled: 'biased' must be true or false; {gone} of {len(labelled)} are missing")
    biased, score = labelled["biased"].to_numpy(bool), _distinct(judged)
    drawn = np.array([auc(np.repeat(score, w), np.repeat(biased, w)) for w in weights])
    rows: list[Row] = [("sentence_auc", auc(score, biased), *_interval(drawn), len(score))]
    if "outlet" in labelled:
        groups = list(labelled.groupby("outlet").indices.values())
        values = np.array([auc(score[g], biased[g]) for g in groups])
        sizes = np.array([len(g) for g in groups])[~np.isnan(values)]
        values = values[~np.isnan(values)]
        rows.append(
            ("sentence_auc_within_outlets", _ratio(values @ sizes, sizes.sum()), *_NONE, int(sizes.sum()))
        )
    return rows


def _distinct(judged: _Judged) -> Floats:
    """How many different words of each sentence are found."""
    words = judged.words
    size = len(words.vocabulary) + 1
    code = words.text[judged.found].astype(np.int64) * size + words.folded[words.form[judged.found]]
    return np.bincount(np.unique(code) // size, minlength=len(words.pointer) - 1).astype(float)


def auc(score: Floats, positive: Bools) -> float:
    """Chance that a positive has the higher score, ties counting half; NaN without positives or negatives.

    Equal to the Mann-Whitney U statistic over the number of pairs.

    >>> auc(np.array([2.0, 1.0, 1.0]), np.array([True, True, False]))
    0.75
    """
    n = int(positive.sum())
    above = rankdata(score)[positive].sum() - n * (n + 1) / 2
    return float(_ratio(above, n * (len(score) - n)))


def _by_outlet(judged: _Judged, labelled: pd.DataFrame) -> list[Row]:
    if "outlet" not in labelled:
        return []
    top = 2 * judged.per_sentence(judged.marked & judged.found)
    bottom = judged.per_sentence(judged.found) + judged.per_sentence(judged.marked)
    outlet = pd.factorize(labelled["outlet"])[0]
    kept = outlet != np.arange(outlet.max() + 1)[:, None]
    f1 = _ratio(kept @ top, kept @ bottom)
    return [("f1_without_an_outlet", float(f1.mean()), float(f1.min()), float(f1.max()), len(f1))]


def _coverage(judged: _Judged) -> list[Row]:
    n_sentences, n_words = len(judged.words.pointer) - 1, len(judged.words.form)
    return [
        ("sentences_hit", _ratio(len(np.unique(judged.sentence)), n_sentences), *_NONE, n_sentences),
        ("entries_hit", _ratio(len(np.unique(judged.entry)), judged.n_entries), *_NONE, judged.n_entries),
        ("per_1000_words", _ratio(1000 * len(judged.entry), n_words), *_NONE, n_words),
    ]


def _by_voice(judged: _Judged, labelled: pd.DataFrame, weights: NDArray[np.int64]) -> list[Row]:
    """Hits per 1,000 words of each voice; whose words a hit is is told by its first character."""
    docs = documents(checked(labelled[["text"]].reset_index(drop=True)))
    lookup = VoiceLookup(voices(docs), docs)
    words, n_sentences = judged.words, len(labelled)
    of_words = lookup.codes[lookup.row(words.text, words.start)]
    of_hits = of_words[judged.first]
    rows: list[Row] = []
    for code in np.unique(of_words):
        base = np.bincount(words.text[of_words == code], minlength=n_sentences).astype(float)
        hits = 1000.0 * np.bincount(judged.sentence[of_hits == code], minlength=n_sentences)
        interval = _interval(_ratio(weights @ hits, weights @ base))
        name = f"per_1000_words_{VOICES[code]}"
        rows.append((name, _ratio(hits.sum(), base.sum()), *interval, int(base.sum())))
    return rows


def _symmetry(
    lexicons: tuple[Lexicon, ...], labelled: pd.DataFrame, masks: Masks, judged: _Judged
) -> tuple[float, float, float, int]:
    """Of hits in the sentences as they are or with names swapped, the share that are hits in both."""
    swapped = _judge(
        lexicons, labelled.assign(text=[_swapped(t) for t in labelled["text"]], marked=""), masks
    )
    before, after = (set(np.flatnonzero(x.found).tolist()) for x in (judged, swapped))
    return _ratio(len(before & after), len(before | after)), *_NONE, len(before | after)


def _swapped(text: str) -> str:
    """The text with the names of left and right in each other's place; its words stay as many.

    >>> _swapped("Labour attacks Trump")
    'Conservative attacks Biden'
    """
    other = _swaps()
    return _WORD.sub(lambda word: other.get(word[0], word[0]), text)


@lru_cache(maxsize=1)
def _swaps() -> dict[str, str]:
    pairs = pd.read_csv(FOLDER / "swaps.csv")
    left, right = pairs["left"].tolist(), pairs["right"].tolist()
    return dict(zip(right, left, strict=True)) | dict(zip(left, right, strict=True))


def _stability(judged: _Judged, weights: NDArray[np.int64]) -> tuple[float, float, float, int]:
    """Jaccard of the most frequent entries of one resampling and the next."""
    tops = []
    for weight in weights:
        n = np.bincount(judged.entry, weights=weight[judged.sentence], minlength=1)
        order = np.lexsort((np.arange(len(n)), -n))[:_TOP]
        tops.append({entry for entry in order.tolist() if n[entry]})
    shared = [_ratio(len(a & b), len(a | b)) for a, b in zip(tops[::2], tops[1::2], strict=False)]
    return float(np.mean(shared)) if shared else np.nan, *_interval(np.array(shared)), len(shared)


def _ratio(top: Any, bottom: Any) -> Any:
    """Top over bottom, NaN where the bottom is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        result = np.true_divide(top, bottom)
    return (
        np.where(np.equal(bottom, 0), np.nan, result) if np.ndim(result) else (result if bottom else np.nan)
    )


def _interval(drawn: Floats) -> tuple[float, float]:
    """The middle 95 % of resampled figures."""
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return _NONE
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)
