"""Lexicons computed from a corpus, each entry with its evidence.

two sets of articles      ->  lexicon_from_contrast  ->  Learned
labelled sentences        ->  lexicon_from_labels    ->  Learned
articles and two seed lists  ->  lexicon_from_seeds  ->  Learned

A word that one outlet or one event brings is no loaded word. So entries must hold when articles are drawn again, or
when an outlet or a topic is left out, or when other seeds are taken, and they must occur in several of each.
The same input and seed give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats
from scipy.sparse.linalg import LinearOperator, svds
from tqdm import tqdm

from . import bias, tokens
from .lexicons import COLUMNS, Lexicon, lexicon, load_lexicon
from .resampling import percentile_interval
from .schema import require

EVIDENCE = ("weight", "low", "high", "n", "n_articles", "n_topics", "n_outlets")
"""Columns of the evidence beside ``pattern`` and ``category``: the weight (its unit depends on the method), its
interval or spread, occurrences, and how many articles (or sentences), topics and outlets have the word."""
_GROUPS = {"n_topics": "topic", "n_outlets": "outlet"}
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Learned:
    """A computed ``lexicon`` (as any other, for `analysis.lexicons.match`) and its ``evidence``: one row an entry."""

    lexicon: Lexicon
    evidence: pd.DataFrame


def save_learned(learned: Learned, path: str | Path) -> None:
    """Write entries and evidence to ``path`` (.csv) and the provenance to a .toml beside it.

    `analysis.lexicons.load_lexicon` reads the pair as it reads any lexicon; `load_learned` the evidence too.
    """
    path = Path(path)
    if path.suffix != ".csv":
        raise ValueError(f"a lexicon is saved as .csv; got {path.name!r}")
    table = learned.lexicon.entries.merge(learned.evidence, on=["pattern", "category"], validate="1:1")
    table.to_csv(path, index=False, lineterminator="\n")
    given = learned.lexicon
    facts: dict[str, Any] = {"title": given.title, "loaded": list(given.loaded), **given.provenance}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items()]
    path.with_suffix(".toml").write_text("".join(lines), encoding="utf8", newline="\n")


def load_learned(path: str | Path | None = None) -> Learned:
    """What `save_learned` wrote, with its evidence; the bundled lexicon unless a file is given.

    The bundled one was learnt from words that lay readers marked in 1,700 sentences of news (MBIC). It isn't among
    the lexicons that `analysis.lexicons.match` uses by itself: beside those written by hand it finds nothing more.

    Reference: Spinde, T. et al. (2021). MBIC, a media bias annotation dataset including annotator characteristics.

    >>> load_learned().evidence.set_index("pattern").loc["slammed", ["n", "n_outlets"]].astype(int).tolist()
    [11, 3]
    """
    path = bias.FOLDER / "learnt.csv" if path is None else Path(path)
    table = pd.read_csv(path, keep_default_na=False, dtype={"pattern": "str", "category": "str"})
    require(table, ["pattern", "category", *EVIDENCE], name=f"learned lexicon {path.name!r}")
    evidence = table[["pattern", "category", *(c for c in table if c not in COLUMNS)]].copy()
    for column in _GROUPS:
        evidence[column] = pd.to_numeric(evidence[column]).astype("Int64")
    return Learned(load_lexicon(path), evidence)


def _learned(
    name: str,
    evidence: pd.DataFrame,
    *,
    loaded: bool | Iterable[str],
    facts: Mapping[str, str],
    parameters: Mapping[str, Any],
) -> Learned:
    """The lexicon of the words in ``evidence``, the strongest first; strength by thirds of each category's weights."""
    order = evidence.assign(size=evidence["weight"].abs()).sort_values(
        ["category", "size", "pattern"], ascending=[True, False, True], ignore_index=True
    )
    table = order.drop(columns="size")
    rank = order.groupby("category")["size"].rank(pct=True)
    entries = table[["pattern", "category"]].assign(strength=1 + (rank > 1 / 3) + (rank > 2 / 3))
    versions = f"framing-analysis {metadata.version('framing-analysis')}, numpy {np.__version__}"
    record = {
        **facts,
        "parameters": json.dumps(parameters, sort_keys=True),
        "made_with": versions,
        "version": "1",
    }
    kept = lexicon(name, entries.astype("str"), loaded=loaded, provenance=record)
    return Learned(kept, table.round(4))


def corpus_hash(texts: Iterable[str]) -> str:
    """SHA-256 over the texts in order; each with its length before it, so that where one ends matters.

    >>> corpus_hash(["a", "b"]) == corpus_hash(["ab"])
    False
    """
    digest = hashlib.sha256()
    for text in texts:
        data = str(text).encode("utf8")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def _bar(work: Iterable[Any], what: str, total: int | None = None) -> Iterator[Any]:
    """A bar on standard error for work of more than two seconds, where somebody watches."""
    yield from tqdm(work, desc=what, total=total, delay=2, disable=None, leave=False)


# --- Where words occur -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Counts:
    """How often each word of the vocabulary occurs in each article, and what is known of the articles."""

    matrix: sparse.csr_matrix
    vocabulary: Sequence[str]
    articles: pd.DataFrame

    def spread(self) -> pd.DataFrame:
        """Occurrences, articles, topics and outlets of each word; topics and outlets missing if not known."""
        present = self.matrix.astype(bool)
        table = pd.DataFrame(
            {"pattern": list(self.vocabulary), "n": np.asarray(self.matrix.sum(0)).ravel().astype(np.int64)}
        )
        table["n_articles"] = np.asarray(present.sum(0)).ravel()
        for name, column in _GROUPS.items():
            table[name] = (
                self._groups(present, column)
                if column in self.articles
                else pd.array([None] * len(table), "Int64")
            )
        return table

    def _groups(self, present: sparse.csr_matrix, column: str) -> pd.Series:
        code, labels = pd.factorize(self.articles[column])
        known = np.flatnonzero(code >= 0)
        shape = (len(labels), present.shape[0])
        member = sparse.csr_matrix((np.ones(len(known)), (code[known], known)), shape=shape)
        return pd.Series(np.asarray(((member @ present) > 0).sum(0)).ravel(), dtype="Int64")


def _counts(articles: pd.DataFrame, *, name: str = "articles") -> _Counts:
    """Words of articles. Rows that share an ``article_id`` (sentences of one article) are counted as one."""
    require(articles, ["text"], name=name)
    words = tokens.words(tokens.encode(articles["text"].tolist()))
    matrix, vocabulary = tokens.document_term_matrix(words)
    table = articles.drop(columns="text").reset_index(drop=True)
    if "article_id" in table:
        code, ids = pd.factorize(table["article_id"])
        member = sparse.csr_matrix(
            (np.ones(len(code), np.int64), (code, np.arange(len(code)))), shape=(len(ids), len(code))
        )
        matrix, table = (member @ matrix).tocsr(), table.drop_duplicates("article_id", ignore_index=True)
    return _Counts(matrix.astype(np.float64), vocabulary.to_pylist(), table)


def _in_range(table: pd.DataFrame, articles: int, topics: int, outlets: int) -> pd.Series:
    """Whether a word occurs in enough articles, topics and outlets; what isn't known isn't asked."""
    enough = table["n_articles"] >= articles
    for name, least in (("n_topics", topics), ("n_outlets", outlets)):
        enough &= table[name].fillna(least) >= least
    return enough.astype(bool)


# --- Contrast --------------------------------------------------------------------------------------------


def lexicon_from_contrast(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    background: pd.DataFrame | None = None,
    name: str = "contrast",
    prior: float = 10_000,
    draws: int = 500,
    discovery: float = 0.05,
    least_articles: int = 5,
    least_topics: int = 3,
    least_outlets: int = 2,
    rng: int | np.random.Generator = 0,
) -> Learned:
    """Words that set two sets of articles apart, in the categories ``target`` and ``reference``.

    Parameters
    ----------
    target, reference : one row an article (or a sentence of the article ``article_id``) with ``text``; ``topic`` and
        ``outlet``, where given, are for the range filter
    background : articles that tell how frequent words are in general; both sets together unless given
    prior : words of background that are mixed into each set (alpha_0); more of it shrinks rare words more
    discovery : share of false entries that is allowed (Benjamini-Hochberg)
    least_articles, least_topics, least_outlets : in how many of the side that it is typical of a word must occur

    Returns
    -------
    Learned. ``weight`` is the log-odds ratio with an informative Dirichlet prior (positive: target), ``low`` and
    ``high`` the middle 95 % over resampled articles; ``q`` the adjusted p-value. An entry needs ``q`` under
    ``discovery``, an interval without 0, and the range.

    P-values come from the spread of weights when *articles* are dealt at random to the two sides, with a t distribution
    (as many degrees of freedom as articles that have the word, less one): those from word counts call one word in
    seven significant where there is nothing to find.

    Reference: Monroe, B., Colaresi, M. & Quinn, K. (2008). Fightin' Words. Political Analysis 16(4), 372-403.

    >>> wild = pd.DataFrame({"text": ["a mob ran", "the mob sang", "one mob sat", "no mob ate", "my mob left"]})
    >>> calm = wild.assign(text=wild.text.str.replace("mob", "crowd"))
    >>> lexicon_from_contrast(wild, calm, prior=10).lexicon.entries[["pattern", "category"]].values.tolist()
    [['crowd', 'reference'], ['mob', 'target']]
    """
    sides = [_counts(target, name="target"), _counts(reference, name="reference")]
    if min(len(s.articles) for s in sides) < 2:
        raise ValueError("a contrast needs at least two articles on each side")
    other = sides if background is None else [_counts(background, name="background")]
    spread, matrices, common = _candidates(sides, other, (least_articles, least_topics, least_outlets))
    alpha = prior * common / max(float(sum(s.matrix.sum() for s in other)), 1)
    totals = [np.asarray(s.matrix.sum(1)).ravel() for s in sides]
    columns = _contrast(matrices, totals, alpha, prior, draws, np.random.default_rng(rng))
    weight, spread["low"], spread["high"], shuffled = columns
    spread["weight"] = weight
    spread["q"] = _adjusted(weight, shuffled, spread["n_articles_both"].to_numpy())
    spread["category"] = np.where(spread["weight"] > 0, "target", "reference")
    kept = (spread["q"] <= discovery) & ((spread["low"] > 0) | (spread["high"] < 0)) & spread["in_range"]
    texts = [*target["text"], *reference["text"]]
    facts = {
        "definition": "Words that set apart two sets of articles.",
        "method": "log-odds ratio with informative Dirichlet prior, articles resampled",
        "literature": "Monroe, Colaresi & Quinn 2008",
        "corpus_sha256": corpus_hash(texts),
        "corpus": f"{len(sides[0].articles)} and {len(sides[1].articles)} articles",
    }
    parameters = {"prior": prior, "draws": draws, "discovery": discovery}
    parameters |= {
        "least_articles": least_articles,
        "least_topics": least_topics,
        "least_outlets": least_outlets,
    }
    evidence = spread.loc[kept, ["pattern", "category", *EVIDENCE, "q"]]
    return _learned(name, evidence, loaded=False, facts=facts, parameters=parameters)


def _contrast(
    matrices: Sequence[sparse.csc_matrix],
    totals: Sequence[Floats],
    alpha: Floats,
    prior: float,
    draws: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Each word's log-odds ratio and its interval over resampled articles; and ratios with articles shuffled."""
    sums = [np.asarray(m.sum(0)) for m in matrices], [t.sum(keepdims=True) for t in totals]
    weight = _log_odds(*sums, alpha, prior)[0]
    if not len(weight):
        return (weight,) * 4
    resampled = _drawn_log_odds(matrices, totals, alpha, prior, _resampled(totals, draws, rng))
    everything = [np.concatenate(totals)] * 2
    shuffled = _drawn_log_odds(_pooled(matrices), everything, alpha, prior, _shuffled(totals, draws, rng))
    return (weight, *percentile_interval(resampled), shuffled)


def _candidates(
    sides: Sequence[_Counts], other: Sequence[_Counts], least: tuple[int, int, int]
) -> tuple[pd.DataFrame, list[sparse.csc_matrix], Floats]:
    """Words in enough articles of both sides together to be tested: where they occur, counts, and background counts.

    Columns of evidence are those of the side where the word is more frequent.
    """
    spreads = [s.spread().set_index("pattern") for s in sides]
    words = spreads[0].index.union(spreads[1].index, sort=True)
    both = [s.reindex(words).astype("Int64").fillna({"n": 0, "n_articles": 0}) for s in spreads]
    sizes = [max(float(s.matrix.sum()), 1) for s in sides]
    first = (both[0]["n"] / sizes[0] >= both[1]["n"] / sizes[1]).to_numpy(bool)
    table = pd.DataFrame({c: np.where(first, both[0][c], both[1][c]) for c in both[0]}, index=words).assign(
        n_articles_both=(both[0]["n_articles"] + both[1]["n_articles"]).astype("int64"),
        in_range=np.where(first, _in_range(both[0], *least), _in_range(both[1], *least)),
    )
    table = table.astype(dict.fromkeys(_GROUPS, "Int64") | {"n": "int64", "n_articles": "int64"})
    table = table[table["n_articles_both"] >= least[0]].reset_index(names="pattern")
    matrices = [_columns(s, table["pattern"]) for s in sides]
    background = [np.asarray(_columns(s, table["pattern"]).sum(0)).ravel() for s in other]
    return table, matrices, np.sum(background, axis=0) + 0.5


def _columns(counts: _Counts, wanted: Iterable[str]) -> sparse.csc_matrix:
    """The counts of the words ``wanted``, in their order; zero for words that don't occur."""
    place = pd.Index(counts.vocabulary).get_indexer(pd.Index(list(wanted)))
    width = len(counts.vocabulary)
    chosen = sparse.csr_matrix(
        (np.ones((place >= 0).sum()), (place[place >= 0], np.flatnonzero(place >= 0))),
        shape=(width, len(place)),
    )
    return (counts.matrix @ chosen).tocsc()


def _log_odds(counts: Sequence[Floats], totals: Sequence[Floats], alpha: Floats, prior: float) -> Floats:
    """Log-odds of each word (columns) in the target less those in the reference, prior counts added to both."""
    odds = [
        np.log(count + alpha) - np.log(np.maximum(total[:, None] + prior - count - alpha, 1e-9))
        for count, total in zip(counts, totals, strict=True)
    ]
    return odds[0] - odds[1]


Times = Iterator[list[Floats]]
"""How often each article counts in target and reference, (draws x articles) each, some draws at a time."""


def _resampled(totals: Sequence[Floats], draws: int, rng: np.random.Generator) -> Times:
    """Articles of each side drawn with replacement."""
    for size in _blocks_of(draws):
        block = []
        for total in totals:
            n = len(total)
            drawn = rng.integers(0, n, (size, n)) + n * np.arange(size)[:, None]
            block.append(np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(float))
        yield block


def _shuffled(totals: Sequence[Floats], draws: int, rng: np.random.Generator) -> Times:
    """All articles dealt at random to two sides of the sizes that there are: what chance alone would do."""
    first, n = len(totals[0]), sum(map(len, totals))
    for size in _blocks_of(draws):
        target = np.zeros((size, n))
        chosen = np.argpartition(rng.random((size, n)), first - 1, axis=1)[:, :first]
        np.put_along_axis(target, chosen, 1.0, axis=1)
        yield [target, 1 - target]


def _blocks_of(draws: int, size: int = 50) -> list[int]:
    return [min(size, draws - first) for first in range(0, draws, size)]


def _pooled(matrices: Sequence[sparse.csc_matrix]) -> list[sparse.csr_matrix]:
    return [sparse.vstack(matrices).tocsr()] * 2


def _drawn_log_odds(
    matrices: Sequence[sparse.spmatrix], totals: Sequence[Floats], alpha: Floats, prior: float, times: Times
) -> Floats:
    """The log-odds ratio (draws x words) for each draw of articles."""
    turned = [m.T.tocsr() for m in matrices]
    parts = []
    for block in _bar(times, "drawing articles"):
        counts = [(matrix @ n.T).T for matrix, n in zip(turned, block, strict=True)]
        sums = [n @ total for n, total in zip(block, totals, strict=True)]
        parts.append(_log_odds(counts, sums, alpha, prior))
    return np.concatenate(parts)


def _adjusted(weight: Floats, chance: Floats, n_articles: NDArray[np.int64]) -> Floats:
    """Benjamini-Hochberg adjusted p-values of weights, given those (draws x words) where articles were shuffled."""
    if not len(weight):
        return np.zeros(0)
    ratio = np.abs(weight - chance.mean(0)) / np.maximum(chance.std(0, ddof=1), 1e-9)
    return stats.false_discovery_control(2 * stats.t.sf(ratio, np.maximum(n_articles - 1, 1)))


# --- Labels ----------------------------------------------------------------------------------------------


def lexicon_from_labels(
    sentences: pd.DataFrame,
    marks: pd.DataFrame | None = None,
    *,
    lexicons: Iterable[Lexicon] | None = None,
    name: str = "labels",
    least_weight: float = 0.1,
    least_sentences: int = 3,
    least_topics: int = 2,
    least_outlets: int = 2,
    folds: int = 4,
) -> Learned:
    """Words that make readers call a sentence biased, in one category that is loaded.

    Parameters
    ----------
    sentences : one row a sentence, ``text`` and ``label`` (True and False, or the share who said yes); ``outlet`` and
        ``topic`` where known
    marks : words that readers marked (``text, phrase, share``); with them, single words are learnt from
        single words and ``label`` isn't needed
    lexicons : whose entries are features too; the bundled ones that were written by hand unless given
    least_weight : in log-odds; weights from marks are larger than those from labels
    least_sentences, least_topics, least_outlets : in how many of each a word must occur
    folds : outlets and topics are left out in so many parts each, the largest ones alone

    Returns
    -------
    Learned. ``weight``: by how much a word (itself, its parts, lexicons that list it) raises the log-odds, against a
    word of which nothing is known: the mean over fits with a part of the outlets or topics left out; ``low`` and
    ``high`` their range, which holds no 0 in any entry: a word whose sign depends on an outlet isn't learnt. Words
    before and after, capitals, quotation marks are allowed for; names are left out.

    A word that only one outlet or one event has can still be in it where ``topic`` and ``outlet`` aren't given.

    Reference: Recasens, M., Danescu-Niculescu-Mizil, C. & Jurafsky, D. (2013). Linguistic models for analyzing and
    detecting biased language. ACL 2013.

    >>> texts = [f"The {noun} {verb}." for noun in ("mob", "crowd") for verb in ("sang", "ran", "left", "sat")]
    >>> table = pd.DataFrame({"text": texts, "label": [True] * 4 + [False] * 4})
    >>> lexicon_from_labels(table).lexicon.entries.pattern.tolist()
    ['mob']
    """
    require(sentences, ["text", *([] if marks is not None else ["label"])], name="sentences")
    table = sentences.reset_index(drop=True)
    taken = bias.sample(table["text"].tolist(), lexicons=lexicons)
    columns = bias.feature_columns(taken)
    matrix, share, unit = _problem(taken, columns, table, marks)
    counted = _Counts(tokens.document_term_matrix(taken.words)[0], taken.words.vocabulary.to_pylist(), table)
    spread = counted.spread()
    weights = np.stack(
        [
            _own_weights(taken, columns, values, lexicons)
            for values in _fits(matrix, share, columns, _left_out(table, folds), unit)
        ]
    )
    mean = weights.mean(0)
    spread["weight"], spread["low"], spread["high"] = mean, weights.min(0), weights.max(0)
    kept = (spread["low"] > 0) & (mean >= least_weight) & ~bias.are_names(taken.words)
    kept &= _in_range(spread, least_sentences, least_topics, least_outlets)
    facts = {
        "definition": "Words that readers mark, or that make them call a sentence biased.",
        "method": "penalised logistic regression; signs stable with outlets and topics left out",
        "literature": "Recasens, Danescu-Niculescu-Mizil & Jurafsky 2013",
        "corpus_sha256": corpus_hash(table["text"]),
        "corpus": f"{len(table)} sentences",
    }
    parameters = {"least_weight": least_weight, "least_sentences": least_sentences, "folds": folds}
    parameters |= {"least_topics": least_topics, "least_outlets": least_outlets, "marks": marks is not None}
    evidence = spread[kept].assign(category=name)[["pattern", "category", *EVIDENCE]]
    return _learned(name, evidence, loaded=bool(kept.any()), facts=facts, parameters=parameters)


def _problem(
    taken: bias.Sample, columns: Mapping[str, int], table: pd.DataFrame, marks: pd.DataFrame | None
) -> tuple[LinearOperator, Floats, NDArray[np.int64]]:
    """What is regressed on what: features of words or of sentences, their labels, and the sentence of each row."""
    words = taken.words
    if marks is not None:
        share = bias.marked_shares(taken, table["text"], marks)
        return bias.features(taken, columns), share, words.text.astype(np.int64)
    size = np.diff(words.pointer)
    place = (np.repeat(1 / np.sqrt(np.maximum(size, 1)), size), np.arange(len(words.text)), words.pointer)
    mean = sparse.csr_matrix(place, shape=(len(table), len(words.text)))
    whole = bias.features(taken, columns, units=mean)
    return whole, table["label"].astype(float).to_numpy(), np.arange(len(table))


def _left_out(table: pd.DataFrame, folds: int) -> list[NDArray[np.bool_]]:
    """Which sentences to leave out: the largest outlets and topics one by one, the others together; else every n-th."""
    parts = []
    for column in ("outlet", "topic"):
        if column in table and table[column].nunique() > 1:
            order = table[column].value_counts().sort_index(kind="stable").sort_values(kind="stable")
            number = {value: min(i, folds - 1) for i, value in enumerate(order.index[::-1])}
            part = table[column].map(number).fillna(-1).to_numpy()
            parts += [part == i for i in range(min(folds, len(number)))]
    return parts or [np.arange(len(table)) % folds == i for i in range(folds)]


def _fits(
    matrix: LinearOperator,
    share: Floats,
    columns: Mapping[str, int],
    left_out: Sequence[NDArray[np.bool_]],
    unit: NDArray[np.int64],
) -> Iterator[Floats]:
    """Weights with each part left out; each fit begins where that with everything ended."""
    by_word = matrix.shape[0] != len(left_out[0])
    weight = np.ones(len(share)) if by_word else bias.balanced(share)
    whole = bias.fit_words(matrix, share, columns, weight=weight)
    for part in _bar(left_out, "leaving out", len(left_out)):
        yield bias.fit_words(matrix, share, columns, weight=weight * ~part[unit], start=whole)


def _own_weights(
    taken: bias.Sample, columns: Mapping[str, int], values: Floats, lexicons: Iterable[Lexicon] | None
) -> Floats:
    """What each word of the vocabulary adds by itself."""
    alone = bias.sample(taken.words.vocabulary, lexicons=lexicons)
    names = [n for n in columns if not n.startswith(("before:", "after:"))]
    own = bias.features(alone, {n: i for i, n in enumerate(names)})
    return own @ values[[columns[n] for n in names]]


# --- Seeds -----------------------------------------------------------------------------------------------


def lexicon_from_seeds(
    articles: pd.DataFrame,
    first: Sequence[str],
    second: Sequence[str],
    *,
    names: tuple[str, str] = ("first", "second"),
    name: str = "seeds",
    loaded: bool | Iterable[str] = False,
    dimensions: int = 100,
    window: int = 4,
    neighbours: int = 25,
    beta: float = 0.9,
    draws: int = 50,
    least: int = 5,
    least_articles: int = 3,
    margin: float = 0.1,
    rng: int | np.random.Generator = 0,
) -> Learned:
    """Words near to one of two opposed lists of seed words, in the categories ``names``.

    Parameters
    ----------
    articles : the corpus, one row an article (or a sentence) with ``text``
    first, second : seed words, in lower case; those that the corpus doesn't have are named in the provenance
    dimensions, window : of the word vectors: positive pointwise mutual information of words up to ``window``
        apart in a sentence, reduced by singular value decomposition
    neighbours, beta : each word is linked to its nearest, and takes ``beta`` of its score from them
    draws : how often half of the seeds of each list are drawn at random
    least, least_articles : how often, and in how many articles, a word must occur that is no seed; the most frequent
        20,000 are taken at most
    margin : how far the mean score must be from the middle

    Returns
    -------
    Learned. ``weight`` is the mean over draws of a score from -1 (second) to 1 (first), ``low`` and ``high`` the middle
    95 % of draws, without 0 in any entry; ``sd`` the spread; ``seed``: the word was given, not found.

    Antonyms have the same neighbours, which is why there are two lists; check with seeds left out
    whether they come back. A corpus under a million words gives noise.

    Reference: Hamilton, W. et al. (2016). Inducing domain-specific sentiment lexicons from unlabeled corpora. EMNLP.

    >>> texts = [f"the {a} {b} left" for a in ("vile", "nasty", "mean") for b in ("mob", "gang", "thug")]
    >>> texts += [f"one {a} {b} came" for a in ("kind", "gentle", "sweet") for b in ("nurse", "aunt", "friend")]
    >>> found = lexicon_from_seeds(
    ...     pd.DataFrame({"text": texts}), ["vile", "mob"], ["kind", "nurse"], dimensions=4, neighbours=3, least=3)
    >>> side = found.lexicon.entries.set_index("pattern").category
    >>> side[["nasty", "thug", "gentle", "friend"]].tolist()
    ['first', 'first', 'second', 'second']
    """
    counts = _counts(articles)
    spread = counts.spread()
    first, second = ([str(word).lower() for word in words] for words in (first, second))
    spread["seed"] = spread["pattern"].isin([*first, *second])
    often = (spread["n"] >= least) & (spread["n_articles"] >= least_articles)
    often &= spread["n"].rank(method="first", ascending=False) <= _MOST_WORDS
    rows = spread[often | spread["seed"]].sort_values("pattern", ignore_index=True)
    seeds = [_places(rows["pattern"], words, side) for words, side in ((first, "first"), (second, "second"))]
    rng_ = np.random.default_rng(rng)
    vectors = _vectors(articles, rows["pattern"].tolist(), window, dimensions)
    scores = _propagated(_graph(vectors, neighbours), seeds, beta, draws, rng_)
    rows["weight"], rows["sd"] = scores.mean(0), scores.std(0, ddof=1)
    rows["low"], rows["high"] = percentile_interval(scores)
    rows["category"] = np.where(rows["weight"] > 0, *names)
    kept = (rows["weight"].abs() >= margin) & ((rows["low"] > 0) | (rows["high"] < 0))
    missing = sorted({*first, *second} - set(rows["pattern"]))
    facts = {
        "definition": f"Words near to {names[0]} or {names[1]} seed words.",
        "method": "label propagation (SentProp) over PPMI-SVD vectors, seeds resampled",
        "literature": "Hamilton et al. 2016",
        "corpus_sha256": corpus_hash(articles["text"]),
        "corpus": f"{len(counts.articles)} articles, {len(rows)} words",
        "seeds": "; ".join(
            f"{label}: {' '.join(words)}" for label, words in zip(names, (first, second), strict=True)
        ),
        "seeds_missing": " ".join(missing),
    }
    parameters = {
        "dimensions": dimensions,
        "window": window,
        "neighbours": neighbours,
        "beta": beta,
        "draws": draws,
    }
    parameters |= {"least": least, "least_articles": least_articles, "margin": margin}
    evidence = rows.loc[kept, ["pattern", "category", *EVIDENCE, "sd", "seed"]]
    return _learned(name, evidence, loaded=loaded, facts=facts, parameters=parameters)


_MOST_WORDS = 20_000  # every word is compared with every other


def _places(vocabulary: pd.Series, words: Sequence[str], side: str) -> NDArray[np.int64]:
    place = pd.Index(vocabulary).get_indexer(pd.Index(words, dtype="object"))
    found = np.unique(place[place >= 0])
    if len(found) < 2:
        raise ValueError(
            f"at least two {side} seeds must be in the corpus; of {list(words)} there are {len(found)}"
        )
    return found


def _vectors(articles: pd.DataFrame, vocabulary: Sequence[str], window: int, dimensions: int) -> Floats:
    """Vectors of length 1 for each word of ``vocabulary``."""
    counts = _together(articles, vocabulary, window)
    size = counts.shape[0]
    most = max(1, min(dimensions, size - 1))
    if size < 2:
        raise ValueError(f"too few words that occur often enough to compare: {size}")
    start = np.random.default_rng(0).standard_normal(
        size
    )  # any start leads to the same vectors; this one to the same bytes
    left, value, _ = svds(_ppmi(counts), k=most, v0=start)
    vectors = left * np.sqrt(value)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _together(articles: pd.DataFrame, vocabulary: Sequence[str], window: int) -> sparse.csr_matrix:
    """How often two words of the vocabulary stand up to ``window`` words apart in one sentence."""
    size = len(vocabulary)
    total = sparse.csr_matrix((size, size))
    for part in _bar(tokens.batches(articles["text"].tolist()), "counting neighbours"):
        batch = tokens.encode(part)
        words, found = tokens.words(batch), tokens.sentences(batch)
        place = pd.Index(vocabulary).get_indexer(pd.Index(words.vocabulary.to_pylist()))[
            words.folded[words.form]
        ]
        key = found.text.astype(np.int64) << 40 | found.start
        sentence = np.searchsorted(key, words.text.astype(np.int64) << 40 | words.start, side="right")
        for apart in range(1, window + 1):
            near = (sentence[apart:] == sentence[:-apart]) & (place[apart:] >= 0) & (place[:-apart] >= 0)
            code, n = np.unique(place[:-apart][near] * size + place[apart:][near], return_counts=True)
            total += sparse.csr_matrix((n.astype(float), np.divmod(code, size)), shape=(size, size))
    return (total + total.T).tocsr()


def _ppmi(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information, contexts smoothed by the power .75 (Levy, Goldberg & Dagan 2015)."""
    cells = counts.tocoo()
    word = np.asarray(counts.sum(1)).ravel()
    context = word**0.75
    expected = word[cells.row] * context[cells.col] / max(context.sum(), 1e-12)
    values = np.maximum(np.log(cells.data / np.maximum(expected, 1e-12)), 0)
    return sparse.csr_matrix((values, (cells.row, cells.col)), shape=counts.shape)


def _graph(vectors: Floats, neighbours: int, *, block: int = 1000) -> sparse.csr_matrix:
    """Each word's nearest others, weighted by arccos(-cosine), rows and columns normed (as SentProp does)."""
    size = len(vectors)
    k = min(neighbours, size - 1)
    single = vectors.astype(np.float32)
    rows, columns, weights = [], [], []
    for low in _bar(range(0, size, block), "linking words", (size + block - 1) // block):
        cosine = single[low : low + block] @ single.T
        own = np.arange(len(cosine))
        cosine[own, low + own] = -2
        near = np.sort(np.argpartition(-cosine, k - 1, axis=1)[:, :k], axis=1)
        rows.append(np.repeat(low + own, k))
        columns.append(near.ravel())
        weights.append(np.arccos(-np.clip(np.take_along_axis(cosine, near, 1), -1, 1)).ravel())
    place = (np.concatenate(rows), np.concatenate(columns))
    links = sparse.csr_matrix((np.concatenate(weights).astype(float), place), shape=(size, size))
    links = links.maximum(links.T)
    degree = 1 / np.sqrt(np.maximum(np.asarray(links.sum(1)).ravel(), 1e-12))
    return sparse.diags(degree) @ links @ sparse.diags(degree)


def _propagated(
    links: sparse.csr_matrix,
    seeds: Sequence[NDArray[np.int64]],
    beta: float,
    draws: int,
    rng: np.random.Generator,
    *,
    steps: int = 50,
) -> Floats:
    """Scores from -1 (near the second seeds) to 1 (near the first), (draws x words), half of the seeds a draw."""
    size = links.shape[0]
    reached = []
    for side in seeds:
        start = np.zeros((size, draws))
        for draw in range(draws):
            chosen = rng.choice(side, max(1, (len(side) + 1) // 2), replace=False)
            start[chosen, draw] = 1 / len(chosen)
        walk = start
        for _ in range(steps):
            walk = beta * (links @ walk) + (1 - beta) * start
        reached.append(walk)
    first, second = reached
    return ((first - second) / np.maximum(first + second, 1e-300)).T
