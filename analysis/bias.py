"""How likely readers are to call a sentence biased, and which of its words make it so.

sentences  ->  features of each word  ->  load of each word (0 to 1)  ->  features of the sentence  ->  probability

Two penalised logistic regressions, one on top of the other. Both are linear, so that every number can be taken
apart: the *load* of a word is the share of readers expected to mark it; a word's *effect* is by how much the
sentence's log-odds fall if the word had no load.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse
from scipy.sparse.linalg import LinearOperator
from scipy.special import expit

from . import corpus, tokens
from .lexicons import Lexicon, Masks, find, load_lexicons, load_masks
from .schema import require

FOLDER = corpus.DATA / "learned"
Floats = NDArray[np.float64]
_LONGEST = 24  # letters of a word that are looked at: hostile words have millions
_MARK = re.compile('["“”]')
_STRIDE = 1 << 40
_SCALES = {"word": 0.7, "part": 0.35, "before": 0.5, "after": 0.5}
"""How freely a kind of feature may take weight; a single word less than the lexicon that it is in."""

_CLASSES = {
    "first person": "i me my we us our ours",
    "second person": "you your yours",
    "report": "said says told according reported announced added",
    "obligation": "must should need needs ought",
    "negation": "not never no nothing none don't doesn't didn't isn't aren't wasn't won't can't cannot couldn't",
    "contrast": "but yet though however instead rather",
    "degree": "most so too very even just only all every any always ever really actually simply course",
    "pointing": "this these those that what why how",
    "date": "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december",
}
_MARKS = {
    "exclamation": "!", "question": r"\?", "dash": "—|–| - ", "money": "[$£€%]", "bracket": r"[(\[]",
    "ellipsis": r"\.\.\.|…", "colon": "[;:]", "quotation": '["“”]',
}  # fmt: skip
LOADS = ("load", "words over .15", "words over .30", "loaded words", "strength")
"""Features of a sentence that its words' loads make; the others are of its grammar and marks."""


@dataclass(frozen=True, eq=False)
class BiasModel:
    """A fitted model. ``words``: weight of each feature of a word, by name. ``sentences``: one row a feature of a
    sentence, by name, with ``mean``, ``sd`` and ``weight``. Both hold an ``intercept``. ``provenance``: what it was
    learnt from and how."""

    words: pd.Series
    sentences: pd.DataFrame
    provenance: Mapping[str, str] = field(default_factory=dict)


# --- Features of words -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Sample:
    """Sentences taken apart: their ``words``, the lexicon entries ``found``, and which words are ``quoted``.

    ``strength`` is that of the loaded lexicon's entry that a word belongs to (1 to 3), 0 if none.
    """

    words: tokens.Words
    batch: tokens.Batch
    quoted: NDArray[np.bool_]
    hits: tuple[NDArray[np.int64], list[str]]
    strength: NDArray[np.int64]


def sample(
    texts: Iterable[str] | pa.Array,
    *,
    lexicons: Iterable[Lexicon] | None = None,
    masks: Masks | None = None,
) -> Sample:
    """The sentences with what the features need; ``lexicons`` and ``masks``: the bundled ones unless given."""
    batch = tokens.encode(texts)
    words = tokens.words(batch)
    chosen = handwritten() if lexicons is None else tuple(lexicons)
    found = find(words, chosen, load_masks() if masks is None else masks)
    size = found.last - found.first
    word = np.repeat(found.first, size) + np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    names = "lexicon:" + found.entries["lexicon"] + ":" + found.entries["category"]
    code, labels = pd.factorize(names)
    pairs = np.unique(word * max(len(labels), 1) + np.repeat(code[found.entry], size))
    strength = np.zeros(len(words.form), np.int64)
    given = found.entries["strength"].to_numpy(np.int64)[found.entry] * found.loaded
    np.maximum.at(strength, word, np.repeat(given, size))
    return Sample(words, batch, _quoted(batch, words), (pairs, list(labels)), strength)


def handwritten() -> tuple[Lexicon, ...]:
    """The bundled lexicons that were written by hand: a model doesn't learn from what was learnt."""
    return tuple(x for x in load_lexicons().values() if "method" not in x.provenance)


def _quoted(batch: tokens.Batch, words: tokens.Words) -> NDArray[np.bool_]:
    """Whether an odd number of double quotation marks stands before the word in its text."""
    marks = [
        text * _STRIDE + mark.start()
        for text, string in enumerate(batch.texts.to_pylist())
        for mark in _MARK.finditer(string)
    ]
    begins = words.text.astype(np.int64) * _STRIDE
    places = np.array(marks, np.int64)
    return (np.searchsorted(places, begins + words.start) - np.searchsorted(places, begins)) % 2 == 1


def word_features(words: tokens.Words) -> list[list[str]]:
    """Names of the features of each word of the vocabulary: the word itself, and its parts of 3 to 5 letters.

    >>> word_features(tokens.words(tokens.encode(["Mob"])))
    [['word:mob', 'part:^mo', 'part:mob', 'part:ob$', 'part:^mob', 'part:mob$', 'part:^mob$']]
    """
    return [["word:" + word[:_LONGEST], *_parts(word)] for word in words.vocabulary.to_pylist()]


def _parts(word: str) -> list[str]:
    edged = f"^{word[:_LONGEST]}$"
    return list(
        dict.fromkeys("part:" + edged[i : i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1))
    )


def are_names(words: tokens.Words) -> NDArray[np.bool_]:
    """Whether each word of the vocabulary is mostly written with a capital, the first words of texts aside.

    >>> are_names(tokens.words(tokens.encode(["The mob met Ann, and Ann met the mob"]))).tolist()
    [False, False, False, True, False]
    """
    capital = pc.match_substring_regex(words.forms, r"^\p{Lu}").to_numpy(zero_copy_only=False)[words.form]
    inside = np.ones(len(words.form), bool)
    inside[words.pointer[:-1][np.diff(words.pointer) > 0]] = False
    folded, size = words.folded[words.form][inside], len(words.vocabulary)
    large = np.bincount(folded, capital[inside], size)
    return large > np.bincount(folded, minlength=size) / 2


def _neighbours(words: tokens.Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each word the vocabulary's row of the word before and after it in its text; one past the end if none."""
    none = len(words.vocabulary)
    folded = words.folded[words.form].astype(np.int64)
    before, after = np.full(len(folded), none), np.full(len(folded), none)
    same = words.text[1:] == words.text[:-1]
    before[1:] = np.where(same, folded[:-1], none)
    after[:-1] = np.where(same, folded[1:], none)
    return before, after


Block = tuple[NDArray[np.int64], sparse.csr_matrix]
"""Features of words: the row of a matrix (rows x columns of the model) for each word."""


def _blocks(taken: Sample, columns: Mapping[str, int]) -> list[Block]:
    """The features of every word in the model's ``columns``, as a sum of blocks."""
    words = taken.words
    vocabulary = words.vocabulary.to_pylist()
    before, after = _neighbours(words)
    edge = [*vocabulary, ""]
    return [
        (words.folded[words.form].astype(np.int64), _named(word_features(words), columns)),
        (before, _named([["before:" + w[:_LONGEST]] for w in edge], columns)),
        (after, _named([["after:" + w[:_LONGEST]] for w in edge], columns)),
        (np.arange(len(words.form)), _listed(taken, columns)),
        _shapes(taken, columns),
    ]


def _named(rows: Sequence[Sequence[str]], columns: Mapping[str, int]) -> sparse.csr_matrix:
    """A matrix of 0 and 1 from the names of each row's features; names that are no column are left out."""
    indices = [[columns[name] for name in row if name in columns] for row in rows]
    pointer = np.cumsum([0, *map(len, indices)])
    flat = np.array([column for row in indices for column in row], np.int64)
    return sparse.csr_matrix((np.ones(len(flat)), flat, pointer), shape=(len(rows), len(columns)))


def _listed(taken: Sample, columns: Mapping[str, int]) -> sparse.csr_matrix:
    pairs, labels = taken.hits
    word, code = np.divmod(pairs, max(len(labels), 1))
    column = np.array([columns.get(name, -1) for name in labels], np.int64)[code]
    kept = column >= 0
    shape = (len(taken.words.form), len(columns))
    return sparse.csr_matrix((np.ones(kept.sum()), (word[kept], column[kept])), shape=shape)


_SHAPES = (
    "capital",
    "capital at the start",
    "digit",
    "hyphen",
    "long",
    "quoted",
    "listed",
    "strong",
    "violent",
)


def _shapes(taken: Sample, columns: Mapping[str, int]) -> Block:
    """Shape and place as bits: every combination that there can be is one row of the matrix."""
    words = taken.words
    first = np.zeros(len(words.form), bool)
    first[words.pointer[:-1][np.diff(words.pointer) > 0]] = True
    of_form = [
        pc.match_substring_regex(words.forms, pattern).to_numpy(zero_copy_only=False)[words.form]
        for pattern in (r"^\p{Lu}", r"\p{N}", "-", "^.{8}")
    ]
    capital, digit, hyphen, long = of_form
    bits = [capital & ~first, capital & first, digit, hyphen, long, taken.quoted]
    bits += [taken.strength >= least for least in (1, 2, 3)]
    code = sum(bit.astype(np.int64) << i for i, bit in enumerate(bits))
    rows = [
        [f"shape:{name}" for i, name in enumerate(_SHAPES) if row >> i & 1] for row in range(1 << len(bits))
    ]
    return np.asarray(code, np.int64), _named(rows, columns)


def loads(taken: Sample, weights: pd.Series) -> Floats:
    """The load of each word (0 to 1): the share of readers expected to mark it."""
    names = [name for name in weights.index if name != "intercept"]
    values = weights[names].to_numpy(float)
    logits = features(taken, {name: i for i, name in enumerate(names)}) @ values
    return expit(logits + float(weights["intercept"]))


def feature_columns(taken: Sample, *, least: int = 2, parts: int = 8, near: int = 15) -> dict[str, int]:
    """Features that a model may use: words that occur at least ``least`` times, parts in at least ``parts`` different
    words, neighbours that occur at least ``near`` times, and all lexicons and shapes. Names of persons, parties and
    outlets are no features: that one of them is in a sentence makes it no more biased."""
    words = taken.words
    count = np.bincount(words.folded[words.form], minlength=len(words.vocabulary))
    count[are_names(words)] = 0
    named = list(zip(word_features(words), count.tolist(), strict=True))
    spread = pd.Series([part for row, n in named if n for part in row[1:]], dtype="str").value_counts()
    names = sorted(row[0] for row, n in named if n >= least)  # no order of any text
    names += sorted(spread.index[spread >= parts])
    vocabulary = zip(words.vocabulary.to_pylist(), count.tolist(), strict=True)
    common = sorted(word[:_LONGEST] for word, n in vocabulary if n >= near)
    names += [f"{side}:{word}" for side in ("before", "after") for word in [*common, ""]]
    names += [*taken.hits[1], *(f"shape:{name}" for name in _SHAPES)]
    return {name: i for i, name in enumerate(dict.fromkeys(names))}


def features(
    taken: Sample, columns: Mapping[str, int], *, units: sparse.csr_matrix | None = None
) -> LinearOperator:
    """The features of every word, (words x columns), for products only.

    The matrix itself would hold some twenty numbers a word; most depend on which word it is, and are kept once for
    each of the vocabulary. ``units`` (units x words) sums the words' features to those of sentences.
    """
    if units is None:
        units = sparse.identity(len(taken.words.form), format="csr")
    blocks = []
    for row, matrix in _blocks(taken, columns):
        member = sparse.csr_matrix(
            (np.ones(len(row)), row, np.arange(len(row) + 1)), (len(row), matrix.shape[0])
        )
        summed = (units @ member).tocsr()
        blocks.append((summed, matrix, summed.T.tocsr(), matrix.T.tocsr()))

    def forward(values: Floats) -> Floats:
        return np.sum([summed @ (matrix @ np.ravel(values)) for summed, matrix, *_ in blocks], axis=0)

    def back(values: Floats) -> Floats:
        return np.sum([turned @ (apart @ np.ravel(values)) for *_, apart, turned in blocks], axis=0)

    shape = (units.shape[0], len(columns))
    return LinearOperator(shape, matvec=forward, rmatvec=back, dtype=np.float64)


# --- Regression ------------------------------------------------------------------------------------------


def logistic(
    matrix: LinearOperator | sparse.csr_matrix | Floats,
    share: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    penalty: float = 1.0,
    scale: ArrayLike | None = None,
    start: Floats | None = None,
    iterations: int = 200,
) -> Floats:
    """Weights of a logistic regression with a squared penalty, the intercept last and without one.

    ``matrix``: rows x columns. ``share`` is between 0 and 1 (of readers who said yes); ``weight`` counts a row
    several times, or not at all. The penalty of a
    column is ``penalty / scale ** 2``. ``start``: weights to begin from.

    >>> logistic(np.array([[0.0], [1.0]]), [0.2, 0.8], penalty=1e-9).round(2).tolist()
    [2.77, -1.39]
    """
    share = np.asarray(share, float)
    weight = np.ones(len(share)) if weight is None else np.asarray(weight, float)
    scale = np.ones(matrix.shape[1]) if scale is None else np.asarray(scale, float)
    free = np.append(1 / scale**2, 0.0) * penalty

    def loss(values: Floats) -> tuple[float, Floats]:
        logits = matrix @ values[:-1] + values[-1]
        cost = weight @ (np.logaddexp(0, logits) - share * logits) + free @ values**2 / 2
        residual = weight * (expit(logits) - share)
        return cost, np.append(matrix.T @ residual, residual.sum()) + free * values

    first = np.zeros(matrix.shape[1] + 1) if start is None else start
    return optimize.minimize(
        loss, first, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "ftol": 1e-6}
    ).x


def balanced(share: ArrayLike) -> Floats:
    """Weights of rows with which yes and no count the same in sum."""
    share = np.asarray(share, float)
    yes, no = max(share.sum(), 1e-9), max((1 - share).sum(), 1e-9)
    return len(share) * (share / yes + (1 - share) / no) / 2


def scales(columns: Iterable[str]) -> Floats:
    """How freely each feature may take weight."""
    return np.array([_SCALES.get(name.split(":", 1)[0], 1.0) for name in columns])


# --- Features of sentences -------------------------------------------------------------------------------


def _per_text(words: tokens.Words, values: NDArray) -> Floats:
    return np.bincount(words.text, values, minlength=len(words.pointer) - 1).astype(float)


def _pieces(taken: Sample, load: Floats) -> Floats:
    """What each word adds to the features in ``LOADS`` before their logarithm: (words x 5)."""
    strength = taken.strength
    return np.stack([load, load > 0.15, load > 0.3, strength > 0, strength], axis=1).astype(float)


def sentence_features(taken: Sample, load: Floats) -> pd.DataFrame:
    """Features of each sentence, one row each: those in ``LOADS``, then grammar and marks; logarithms of counts."""
    words, pieces = taken.words, _pieces(taken, load)
    size = np.maximum(np.diff(words.pointer), 1)
    folded, vocabulary = words.folded[words.form], words.vocabulary
    counts = {name: _per_text(words, pieces[:, i]) for i, name in enumerate(LOADS)}
    for name, listed in _CLASSES.items():
        among = pc.is_in(vocabulary, value_set=pa.array(listed.split())).to_numpy(zero_copy_only=False)
        counts[name] = _per_text(words, among[folded])
    for name, pattern in (("adverb", "..ly$"), ("superlative", "...est$"), ("number", r"\d")):
        among = pc.match_substring_regex(vocabulary, pattern).to_numpy(zero_copy_only=False)
        counts[name] = _per_text(words, among[folded])
    for name, pattern in _MARKS.items():
        counts[name] = tokens.to_numpy(pc.match_substring_regex(taken.batch.texts, pattern))
    capital = pc.match_substring_regex(words.forms, r"^\p{Lu}").to_numpy(zero_copy_only=False)
    table = np.log1p(pd.DataFrame(counts, dtype=float))
    table["length"] = np.log(size)
    table["capitals"] = _per_text(words, capital[words.form]) / size
    table["quoted"] = _per_text(words, taken.quoted) / size
    return table


def _logits(table: pd.DataFrame, model: BiasModel) -> Floats:
    rows = model.sentences.drop(index="intercept")
    scaled = (table[rows.index] - rows["mean"]) / rows["sd"]
    return scaled.to_numpy() @ rows["weight"].to_numpy() + float(model.sentences.loc["intercept", "weight"])


def _effects(taken: Sample, load: Floats, table: pd.DataFrame, model: BiasModel) -> Floats:
    """By how much the sentence's log-odds fall if a word had no load, for each word."""
    rows = model.sentences.loc[list(LOADS)]
    whole = np.expm1(table[list(LOADS)].to_numpy())[taken.words.text]
    change = np.log1p(whole) - np.log1p(np.maximum(whole - _pieces(taken, load), 0))
    return change @ (rows["weight"] / rows["sd"]).to_numpy()


# --- Scores ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _bundled_model() -> BiasModel:
    return load_model(FOLDER / "bias")


def bias_score(sentences: pd.DataFrame | Iterable[str], *, model: BiasModel | None = None) -> pd.DataFrame:
    """How likely expert readers are to call each sentence biased, and the words that drove it: one row a sentence.

    ``sentences``: a table with ``text``, or strings. ``probability`` is for a set of which half is biased; where
    fewer are, it is too high (subtract ``log((1 - share) / share)`` from its log-odds). ``words``: up to five words
    that raise it most, the strongest first; missing if none does. ``model``: the bundled one unless given.

    Caution: learnt from sentences of news on fourteen topics of 2017 to 2020, in English. It is for
    sentences, not articles; experts themselves agree on bias only with an alpha of about .40. On BABE's
    sentences with their outlet left out of learning, macro-F1 is .72 and AUC .79; the outlet's name alone, without a
    word read, gets .66 (benchmarks/learning.py). Raises ``ValueError`` for text that is missing.

    Reference: Spinde, T. et al. (2021). MBIC, a media bias annotation dataset including annotator characteristics.

    >>> scored = bias_score(["The council meets on Monday.", "The council's shameless cronies ruined the city."])
    >>> (scored.probability > 0.5).tolist(), scored.words[1]
    ([False, True], 'shameless; cronies; ruined')
    """
    model = _bundled_model() if model is None else model
    parts = [_scored(part, model) for part in tokens.batches(_texts(sentences))]
    empty = pd.DataFrame({"probability": pd.Series(dtype="float64"), "words": pd.Series(dtype="str")})
    return pd.concat([score for score, _ in parts], ignore_index=True) if parts else empty


def driving_words(sentences: pd.DataFrame | Iterable[str], *, model: BiasModel | None = None) -> pd.DataFrame:
    """Every word that raises a sentence's probability of `bias_score`: one row a word, in reading order.

    ``sentence`` (its number), ``start``, ``end``, ``text``, ``load`` (share of readers expected to mark the word)
    and ``effect`` (by how much the sentence's log-odds would fall if the word had no load; words' effects do not
    add up, since two loaded words count less than twice one).

    >>> driving_words(["A shameless mob."])[["start", "end", "text"]].values.tolist()
    [[2, 11, 'shameless'], [12, 15, 'mob']]
    """
    model = _bundled_model() if model is None else model
    first, parts = 0, []
    for part in tokens.batches(_texts(sentences)):
        table = _scored(part, model)[1]
        parts.append(table.assign(sentence=table["sentence"] + first))
        first += len(part)
    columns = {"sentence": "int64", "start": "int64", "end": "int64", "text": "str"}
    columns |= {"load": "float64", "effect": "float64"}
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns).astype(columns)


def _texts(sentences: pd.DataFrame | Iterable[str]) -> Iterable[str]:
    if isinstance(sentences, pd.DataFrame):
        require(sentences, ["text"], name="sentences")
        return sentences["text"].tolist()
    return sentences


_LEAST_EFFECT = 0.1  # of log-odds: below that, a word is not named as a driver
_MOST_WORDS = 5


def _scored(texts: pa.Array, model: BiasModel) -> tuple[pd.DataFrame, pd.DataFrame]:
    taken = sample(texts)
    load = loads(taken, model.words)
    table = sentence_features(taken, load)
    effect = _effects(taken, load, table, model)
    kept = np.flatnonzero(effect >= _LEAST_EFFECT)
    words = taken.words
    drivers = pd.DataFrame(
        {
            "sentence": words.text[kept].astype(np.int64),
            "start": words.start[kept],
            "end": words.end[kept],
            "text": words.forms.take(pa.array(words.form[kept])).to_pandas().astype("str"),
            "load": load[kept],
            "effect": effect[kept],
        }
    )
    named = drivers.sort_values(["sentence", "effect"], ascending=[True, False], kind="stable")
    named = named.groupby("sentence").head(_MOST_WORDS).groupby("sentence")["text"].agg("; ".join)
    probability = expit(_logits(table, model))
    score = pd.DataFrame({"probability": probability})
    return score.assign(words=named.astype("str").reindex(score.index)), drivers


# --- Learning --------------------------------------------------------------------------------------------


def fit_bias_model(
    sentences: pd.DataFrame,
    marks: pd.DataFrame,
    *,
    lexicons: Iterable[Lexicon] | None = None,
    folds: int = 5,
    provenance: Mapping[str, str] | None = None,
) -> BiasModel:
    """A ``BiasModel`` from sentences with ``text`` and ``label`` (share of readers who call it biased, 0 to 1), and
    the words that readers ``marks`` (columns ``text, phrase, share``).

    The second regression is fitted on loads that the first gave to sentences it hadn't seen (every ``folds``-th
    sentence is left out in turn); else it would trust them too much. Deterministic.
    """
    require(sentences, ["text", "label"], key=["text"], name="sentences")
    taken = sample(sentences["text"].tolist(), lexicons=lexicons)
    share = marked_shares(taken, sentences["text"], marks)
    columns = feature_columns(taken)
    matrix = features(taken, columns)
    whole = fit_words(matrix, share, columns)
    fold = (np.arange(len(sentences)) % folds)[taken.words.text]
    load = np.zeros(len(share))
    for left_out in range(folds):
        values = fit_words(matrix, share, columns, weight=fold != left_out, start=whole)
        held = fold == left_out
        load[held] = expit(matrix @ values[:-1] + values[-1])[held]
    return BiasModel(
        words=_series(whole, columns),
        sentences=_fit_sentences(sentence_features(taken, load), sentences["label"].to_numpy(float)),
        provenance=dict(provenance or {}),
    )


def fit_words(
    matrix: LinearOperator,
    share: Floats,
    columns: Mapping[str, int],
    *,
    weight: ArrayLike | None = None,
    start: Floats | None = None,
) -> Floats:
    """Weights of the features of words (``logistic``), with the scales of their kinds.

    A fit that starts from that of nearly the same rows is near its end after a few steps.
    """
    iterations = 100 if start is None else 25
    return logistic(matrix, share, scale=scales(columns), weight=weight, start=start, iterations=iterations)


def _series(values: Floats, columns: Mapping[str, int]) -> pd.Series:
    """Weights by name, rounded as they are saved; those that are nothing are left out."""
    weights = pd.Series(values.round(3), index=[*columns, "intercept"], name="weight")
    return weights[(weights.abs() >= 0.01) | (weights.index == "intercept")]


def _fit_sentences(table: pd.DataFrame, label: Floats) -> pd.DataFrame:
    """The second regression. Its intercept is set so that half of the sentences are expected to be biased: lay readers
    called two thirds of MBIC's biased, experts half of the same sentences."""
    mean, sd = table.mean(), table.std(ddof=0).replace(0.0, 1.0)
    scaled = ((table - mean) / sd).to_numpy()
    values = logistic(scaled, label, weight=balanced(label), penalty=80.0)
    values[-1] = optimize.brentq(lambda shift: expit(scaled @ values[:-1] + shift).mean() - 0.5, -50, 50)
    rows = pd.DataFrame({"mean": mean, "sd": sd, "weight": values[:-1]})
    rows.loc["intercept"] = [0.0, 1.0, values[-1]]
    return rows.rename_axis("feature").round(4)


def marked_shares(taken: Sample, texts: Iterable[str], marks: pd.DataFrame) -> Floats:
    """The share of readers who marked each word, from marked phrases: one row a phrase, ``text, phrase, share``.

    A phrase counts where it first stands in its text, less the longer it is (share / sqrt of its words): who marks a
    clause means all of it a little. Phrases that don't stand in their text are left out; shares add up to 1 at most.
    """
    require(marks, ["text", "phrase", "share"], name="marks")
    number = {text: i for i, text in enumerate(texts)}
    words, shares = taken.words, np.zeros(len(taken.words.form))
    for text, phrase, share in marks[["text", "phrase", "share"]].itertuples(index=False):
        row, at = number.get(text), str(text).find(str(phrase).strip())
        if row is None or at < 0 or not str(phrase).strip():
            continue
        low, high = words.pointer[row], words.pointer[row + 1]
        first = low + np.searchsorted(words.end[low:high], at, side="right")
        last = low + np.searchsorted(words.start[low:high], at + len(str(phrase).strip()))
        shares[first:last] += share / max(last - first, 1) ** 0.5
    return np.minimum(shares, 1.0)


# --- Files -----------------------------------------------------------------------------------------------


def save_model(model: BiasModel, path: str | Path) -> None:
    """Write ``path-words.csv``, ``path-sentences.csv`` and ``path.toml`` (provenance)."""
    path = Path(path)
    model.words.rename_axis("feature").to_csv(path.with_name(path.name + "-words.csv"), lineterminator="\n")
    model.sentences.to_csv(path.with_name(path.name + "-sentences.csv"), lineterminator="\n")
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in model.provenance.items()]
    path.with_name(path.name + ".toml").write_text("".join(lines), encoding="utf8", newline="\n")


def load_model(path: str | Path) -> BiasModel:
    """The model that `save_model` wrote."""
    path = Path(path)
    read = [
        pd.read_csv(path.with_name(f"{path.name}-{part}.csv"), index_col="feature", keep_default_na=False)
        for part in ("words", "sentences")
    ]
    facts = tomllib.loads(path.with_name(path.name + ".toml").read_text(encoding="utf8"))
    return BiasModel(read[0]["weight"], read[1], facts)
