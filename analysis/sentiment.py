"""Tone: VADER's sentiment scores, equal to NLTK's, as array operations on chunk types.

texts  ->  one row a text: neg, neu, pos, compound
articles, voices  ->  sentences (one row a sentence and voice within it)

VADER (Hutto & Gilbert 2014) sums the valence of the words of a lexicon, changed by the words around
them (negations, boosters, "but"), capitals and exclamation marks. Here every distinct chunk is looked
up once, and the rules are applied to all sentences at once.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from vaderSentiment import vaderSentiment as package

from .corpus import documents
from .lexicons import MASKS, Lexicon, find, lexicon, load_lexicon, load_masks
from .schema import frame, require
from .tokens import Batch, Words, batches, by_string, bytes_of, encode, sentences, to_numpy, words

COLUMNS = ["neg", "neu", "pos", "compound"]

# The package calls these boosters as well; NLTK does not.
_NOT_BOOSTERS = {
    *("considerable", "enormous", "exceptional", "extreme", "incredible", "major", "marginal", "occasional"),
    *("scarce", "slight", "total", "tremendous", "utter"),
    *("frackin", "fracking", "fuckin", "fuggin", "fugging"),
}
_BOOSTERS = {word: by for word, by in package.BOOSTER_DICT.items() if word not in _NOT_BOOSTERS}
_CAPITALS, _NEGATION, _DAMPENED = package.C_INCR, package.N_SCALAR, package.B_DECR
_IDIOMS = {
    ("the", "shit"): 3.0,
    ("the", "bomb"): 3.0,
    ("bad", "ass"): 1.5,
    ("yeah", "right"): -2.0,
    ("cut", "the", "mustard"): 2.0,
    ("kiss", "of", "death"): -1.5,
    ("hand", "to", "mouth"): -2.0,
}
_DAMPENERS = [("just", "enough"), ("kind", "of"), ("sort", "of")]
_PUNCTUATION = [*".!?,;:-'\"", "!!", "!!!", "??", "???", "?!?", "!?!", "?!?!", "!?!?"]

# Words that the rules name, as small numbers; 0 is any other word.
_NAMED = sorted(
    {"never", "so", "this", "least", "at", "very", "kind", "of"}
    | {word for idiom in (*_IDIOMS, *_DAMPENERS) for word in idiom}
)
_CODE = {word: code for code, word in enumerate(_NAMED, start=1)}
_SO, _BEFORE_LEAST = [_CODE["so"], _CODE["this"]], [_CODE["at"], _CODE["very"]]
_NEVER, _LEAST, _KIND, _OF = (_CODE[word] for word in ("never", "least", "kind", "of"))
# A rule applies only where one of these stands nearby, a booster or a negation.
_TRIGGERS = {"never", "so", "this", "least", "kind", "sort", "just"}
_TRIGGERS |= {"shit", "bomb", "bad", "yeah", "mustard", "kiss", "mouth"}

# Flags of a chunk. Those from _UPPER on are rare, so that one comparison finds them.
_ITEM, _NEGATES, _SHAPES, _UPPER, _BUT, _HIT, _EMPHASIS = (np.uint8(1 << bit) for bit in range(7))


def vader(texts: Iterable[str], *, corrected: bool = False) -> pd.DataFrame:
    """VADER's scores, one row a text in order: ``neg, neu, pos`` (shares that sum to 1) and ``compound``.

    ``compound`` runs from -1 (negative) to 1 (positive) and saturates: score sentences, not articles.
    All four are 0 for a text without a chunk of two characters. Equal to what
    ``nltk.sentiment.SentimentIntensityAnalyzer().polarity_scores`` returns, to the last digit, unless
    ``corrected`` mends what is wrong for news:

    - NLTK knows no curly quotation marks or apostrophes, no dashes without spaces, and takes only one mark
      off a word, from one side: it misses *“shameless*, *don’t*, *chaos—and* and *"great,"*.
    - NLTK scores a repeated word as where it stood first; here each has its own context.
    - Names are not judgements: *Labour Party* has +1.7, *United States* +1.8, *Chief Justice* +2.4. Those
      listed in ``corpus/masks/vader_names.csv`` and among the parties of the masks score 0, and so do the
      list's words where a capital in mid-sentence shows a name. The list isn't complete.

    ``corrected`` gives another ``compound`` in 15 % of the sentences of NewsMTSC, and comes closer to people:
    r with their ratings rises from .41 to .43 there, and from .49 to .50 in 5,190 snippets of editorials.

    The vaderSentiment package follows other rules than NLTK: it takes all marks off both sides of a word,
    knows 18 more boosters, other idioms, and emoji. In 50,000 sentences of news that gives another
    ``compound`` in 3.7 % and other shares in 33.1 %. (All figures: ``benchmarks/vader_oracle.py``.)

    References
    ----------
    Hutto, C.J. & Gilbert, E.E. (2014). VADER: A parsimonious rule-based model for sentiment analysis
    of social media text. ICWSM-14.

    >>> vader(["A great day.", "Not a great day.", "A chair."])
         neg    neu    pos  compound
    0  0.000  0.196  0.804    0.6249
    1  0.622  0.378  0.000   -0.5096
    2  0.000  1.000  0.000    0.0000
    >>> vader(["The Labour Party’s “shameless” tax."], corrected=True)
         neg    neu  pos  compound
    0  0.375  0.625  0.0     -0.34
    """
    tables = [_of_texts(batch, corrected) for batch in batches(texts)]
    return pd.concat(tables, ignore_index=True) if tables else _table(*np.zeros((4, 0)))


def _of_texts(texts: pa.Array, corrected: bool) -> pd.DataFrame:
    if not corrected:
        batch = encode(texts)
        return score(batch, batch.pointer[:-1], batch.pointer[1:])
    batch = encode(_straightened(texts))
    traits = _traits(batch, _bare, first_counts=False)
    return _scores(batch.ids, batch.pointer, traits, _names(batch))


def score(batch: Batch, first: NDArray[np.int64], stop: NDArray[np.int64]) -> pd.DataFrame:
    """VADER's scores of ranges of chunks, such as the sentences of an encoded batch: one row a range.

    ``first`` and ``stop`` (not included) number the chunks; ranges ascend and do not overlap.

    >>> from analysis.tokens import sentences
    >>> batch = encode(["A great day. Not a great day."])
    >>> score(batch, sentences(batch).first, sentences(batch).stop).compound.tolist()
    [0.6249, -0.5096]
    """
    sizes = stop - first
    edges = np.concatenate(([0], np.cumsum(sizes)))
    ids = batch.ids
    if edges[-1] != len(ids):
        ids = ids[np.arange(edges[-1]) + np.repeat(first - edges[:-1], sizes)]
    return _scores(ids, edges, _traits(batch, _items, first_counts=True))


def sentiment(
    articles: pd.DataFrame, voices: pd.DataFrame | None = None, *, corrected: bool = False
) -> pd.DataFrame:
    """VADER's scores by sentence and voice: one row a sentence, or a stretch of one voice within it.

    ``voices`` is the table of that name; what it does not cover, or all without it, is the outlet's.
    Returns the contract's ``sentences`` in reading order. ``sentence`` numbers the sentences of a field from
    0; a sentence that changes voice has a row for each stretch, scored as a text of its own, so that
    a quotation does not colour the words around it. Rows are trimmed of white space, and what has no
    word (the full stop after a quotation) has no row. Scores are those of ``vader``: NLTK's, unless
    ``corrected``.

    Raises ``ValueError`` if voices overlap.

    >>> story = pd.DataFrame({"article_id": ["a"], "text": ["He is happy. “Awful!” she said."]})
    >>> quotes = {"article_id": ["a"], "field": ["text"], "start": [13], "end": [21], "voice": ["direct"]}
    >>> sentiment(story, pd.DataFrame(quotes))[["sentence", "start", "end", "voice", "compound"]]
       sentence  start  end   voice  compound
    0         0      0   12  outlet    0.5719
    1         1     13   21  direct    0.0000
    2         1     22   31  outlet    0.0000
    """
    table = documents(articles)
    texts = table["text"].tolist()
    row, sentence, start, end, voice = _pieces(encode(texts), _spans(table, voices))
    batch = encode(
        [texts[i][a:b] for i, a, b in zip(row.tolist(), start.tolist(), end.tolist(), strict=True)]
    )
    kept = np.flatnonzero(np.diff(words(batch).pointer))
    first, stop = batch.pointer[kept], batch.pointer[kept + 1]
    first = first + (batch.lengths[batch.ids[first]] == 0)
    last = stop - 1
    scores = (
        vader(batch.texts.take(pa.array(kept)), corrected=True) if corrected else score(batch, first, stop)
    )
    columns: dict[str, object] = {
        "article_id": table["article_id"].to_numpy()[row[kept]],
        "field": table["field"].to_numpy()[row[kept]],
        "sentence": sentence[kept],
        "start": start[kept] + batch.positions[first],
        "end": start[kept] + batch.positions[last] + batch.lengths[batch.ids[last]],
        "voice": voice[kept],
    }
    columns |= {column: scores[column].to_numpy() for column in COLUMNS}
    return frame("sentences", columns)


def _spans(table: pd.DataFrame, voices: pd.DataFrame | None) -> pd.DataFrame:
    """``row`` of the documents, ``start``, ``end``, ``voice`` of each span, in order."""
    if voices is None or not len(voices):
        return pd.DataFrame({"row": [], "start": [], "end": [], "voice": []}).astype(
            {"row": "int64", "start": "int64", "end": "int64", "voice": "str"}
        )
    require(voices, ["article_id", "field", "start", "end", "voice"], name="voices")
    keys = pd.MultiIndex.from_frame(table[["article_id", "field"]])
    spans = voices[["start", "end", "voice"]].assign(
        row=keys.get_indexer(pd.MultiIndex.from_frame(voices[["article_id", "field"]]))
    )
    spans = spans[spans["row"] >= 0]
    spans["end"] = np.minimum(spans["end"], table["text"].str.len().to_numpy()[spans["row"]])
    spans = spans[spans["start"] < spans["end"]].sort_values(["row", "start"])
    after = spans.shift(-1)
    if ((spans["row"] == after["row"]) & (spans["end"] > after["start"])).any():
        raise ValueError("voices overlap; each character has one voice")
    return spans


def _pieces(
    batch: Batch, spans: pd.DataFrame
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.object_]]:
    """Sentences cut where the voice changes: row of the text, number of the sentence, start, end, voice."""
    found = sentences(batch)
    base = np.cumsum(to_numpy(pc.utf8_length(batch.texts)), dtype=np.int64)
    base = np.concatenate(([0], base))[:-1]
    # All texts as one line of characters, cut at sentences and at changes of voice.
    opens = base[spans["row"]] + spans["start"].to_numpy()
    closes = base[spans["row"]] + spans["end"].to_numpy()
    starts, ends = base[found.text] + found.start, base[found.text] + found.end
    cuts = np.unique(np.concatenate((starts, opens, closes)))
    number = np.searchsorted(starts, cuts, side="right") - 1
    inside = (number >= 0) & (cuts < ends[number]) if len(starts) else np.zeros(len(cuts), bool)
    cuts, number = cuts[inside], number[inside]
    stops = np.minimum(np.append(cuts[1:], cuts[-1:]), ends[number])
    stops[-1:] = ends[-1:]
    span = np.searchsorted(opens, cuts, side="right") - 1
    voiced = (span >= 0) & (cuts < np.append(closes, 0)[span])
    voice = np.where(voiced, np.append(spans["voice"].to_numpy(object), "")[span], "outlet")
    text = found.text[number]
    ordinal = number - np.searchsorted(found.text, text)
    return text, ordinal, cuts - base[text], stops - base[text], voice


# --------------------------------------------------------------------------- what a chunk is


@dataclass(frozen=True)
class _Known:
    """All words that VADER knows, in lower case, with what it knows of them; the last row is any other word.

    ``emoticons``: those of the keys that begin or end in punctuation.
    """

    keys: pa.StringArray
    emoticons: pa.StringArray
    valence: NDArray[np.float64]
    boost: NDArray[np.float64]
    code: NDArray[np.int8]
    flags: NDArray[np.uint8]


@cache
def _known() -> _Known:
    # NLTK looks words up in lower case, and so never finds an entry with a capital (:D).
    lexicon = {
        key: by for key, by in package.SentimentIntensityAnalyzer().lexicon.items() if key == key.lower()
    }
    keys = list(dict.fromkeys([*lexicon, *_BOOSTERS, *package.NEGATE, *_NAMED, "but", ""]))
    valence = np.array([lexicon.get(key, 0.0) for key in keys])
    boost = np.array([_BOOSTERS.get(key, 0.0) for key in keys])
    hits = (valence != 0) & (boost == 0)
    negates = np.isin(keys, package.NEGATE)
    shapes = (boost != 0) | negates | np.isin(keys, list(_TRIGGERS))
    flags = hits * _HIT | shapes * _SHAPES | negates * _NEGATES | np.isin(keys, ["but"]) * _BUT
    code = np.array([_CODE.get(key, 0) for key in keys], np.int8)
    emoticons = [key for key in keys if key != key.strip(string.punctuation)]
    return _Known(pa.array(keys[:-1]), pa.array(emoticons), valence, boost, code, flags)


@dataclass(frozen=True)
class _Traits:
    """What VADER sees in each chunk type, without its context; one more row stands for "no chunk".

    ``word``: row of the known words; ``exact``: code of a named word in lower case; ``item``: number of the
    known word as written. ``first_counts``: whether a word that is repeated in a text gets the value of its
    first occurrence.
    """

    first_counts: bool
    flags: NDArray[np.uint8]
    word: NDArray[np.int32]
    exact: NDArray[np.int8]
    item: NDArray[np.int32]
    exclamations: NDArray[np.int64]
    questions: NDArray[np.int64]


def _traits(batch: Batch, read: Callable[[pa.StringArray], pa.StringArray], *, first_counts: bool) -> _Traits:
    """``read`` takes punctuation off chunks."""
    chunks, known = batch.trimmed, _known()
    nearly_lower = pc.utf8_lower(chunks)
    # Most types hold no known word: only the rest is looked at closely.
    stripped = _stripped(nearly_lower)
    near = np.flatnonzero(_is_in(stripped, known.keys) | _is_in(nearly_lower, known.emoticons))
    items = read(chunks.take(pa.array(near)))
    lower = by_string(items, pc.ascii_lower, str.lower)
    word = np.full(len(chunks) + 1, len(known.keys), np.int32)
    word[near] = to_numpy(pc.fill_null(pc.index_in(lower, known.keys), len(known.keys)))
    item, exact = np.zeros(len(word), np.int32), np.zeros(len(word), np.int8)
    item[near] = to_numpy(items.dictionary_encode().indices)
    exact[near] = known.code[word[near]] * to_numpy(pc.equal(items, lower))
    exclamations, questions = _count(batch.types, "!"), _count(batch.types, "?")
    flags = known.flags[word]
    flags[:-1][batch.lengths > 1] |= _ITEM
    flags[:-1][_is_upper(chunks)] |= _UPPER
    flags[:-1][_contracted(batch.types)] |= _NEGATES | _SHAPES
    flags[exclamations + questions > 0] |= _EMPHASIS
    return _Traits(first_counts, flags, word, exact, item, exclamations, questions)


def _count(types: pa.StringArray, mark: str) -> NDArray[np.int64]:
    """How often an ASCII character occurs in each type, and in no chunk."""
    buffer, offsets = bytes_of(types)
    places = np.flatnonzero(buffer == ord(mark))
    return np.bincount(np.searchsorted(offsets, places, side="right") - 1, minlength=len(types) + 1)


def _contracted(types: pa.StringArray) -> NDArray[np.int64]:
    """The types that hold an apostrophe between n and t, in either case."""
    buffer, offsets = bytes_of(types)
    places = np.flatnonzero(buffer[1:-1] == ord("'")) + 1
    places = places[np.isin(buffer[places - 1], list(b"nN")) & np.isin(buffer[places + 1], list(b"tT"))]
    kind = np.searchsorted(offsets, np.stack([places - 1, places + 1]), side="right") - 1
    return kind[0][kind[0] == kind[1]]


def _is_in(strings: pa.StringArray, keys: pa.StringArray) -> NDArray[np.bool_]:
    return to_numpy(pc.is_in(strings, keys))


def _is_upper(chunks: pa.StringArray) -> NDArray[np.bool_]:
    """``str.isupper`` of each chunk; Python is asked only about those with other letters than ASCII's."""
    upper = to_numpy(pc.ascii_is_upper(chunks)).copy()
    other = np.flatnonzero(~to_numpy(pc.string_is_ascii(chunks)))
    upper[other] = False
    no_small = ~to_numpy(pc.match_substring_regex(chunks.take(pa.array(other)), "[a-z]"))
    other = other[no_small]
    upper[other] = [chunk.isupper() for chunk in chunks.take(pa.array(other)).to_pylist()]
    return upper


def _stripped(chunks: pa.StringArray) -> pa.StringArray:
    return pc.ascii_trim(chunks, string.punctuation)


def _items(chunks: pa.StringArray) -> pa.StringArray:
    """The chunks as NLTK reads them: one mark, or one of a few runs of marks, is taken off one side.

    That is done only if what is left has two characters or more and no punctuation.
    """
    marks = "(?:" + "|".join("".join(rf"\x{ord(c):02x}" for c in mark) for mark in _PUNCTUATION) + ")"
    plain = r"[^!-/:-@\[-`{-~]{2,}"
    marked = pc.match_substring_regex(chunks, f"^(?:{marks}{plain}|{plain}{marks})$")
    return pc.if_else(marked, _stripped(chunks), chunks)


# --------------------------------------------------------------------------- corrected for news


def _bare(chunks: pa.StringArray) -> pa.StringArray:
    """The chunks without punctuation around, except emoticons and what would have no two characters left."""
    bare = _stripped(chunks)
    whole = pc.or_(pc.is_in(pc.utf8_lower(chunks), _known().keys), pc.less(pc.utf8_length(bare), 2))
    return pc.if_else(whole, chunks, bare)


def _straightened(texts: pa.Array) -> pa.Array:
    """Texts with straight quotation marks and apostrophes, and spaces for dashes and ellipses within words."""
    for found, instead in (
        ("[‘’‚‛]", "'"),
        ("[“”„‟«»]", '"'),
        ("[–—―…]|\\b(?:--+|\\.\\.+)|(?:--+|\\.\\.+)\\b", " "),
    ):
        texts = pc.replace_substring_regex(texts, found, instead)
    return texts


@cache
def _name_lists() -> tuple[Lexicon, pa.StringArray]:
    """Names of more than one word, and VADER's words in the listed names, of one word too."""
    listed = load_lexicon(MASKS / "vader_names.csv").entries
    masks = load_masks().entries
    names = pd.concat([listed[listed["category"] != "word"], masks[masks["category"] == "party"]])
    names = names.drop_duplicates(["pattern", "category"], ignore_index=True)
    spoken = set(" ".join(listed["pattern"]).lower().split())
    return lexicon("names", names), pa.array(sorted(spoken.intersection(_known().keys.to_pylist())))


def _names(batch: Batch) -> NDArray[np.int64]:
    """The chunks that hold a word of VADER's as (part of) a name."""
    names, ambiguous = _name_lists()
    found = words(batch)
    listed = find(found, [names])
    depth = np.bincount(listed.first, minlength=len(found.form) + 1)
    depth -= np.bincount(listed.last, minlength=len(found.form) + 1)
    is_name = (np.cumsum(depth[:-1]) > 0) | _capital_of_name(found)
    is_name &= _is_in(found.vocabulary, ambiguous)[found.folded][found.form]
    size = np.int64(1) << 40  # more than any text is long
    chunk_text = np.repeat(np.arange(len(batch.texts)), np.diff(batch.pointer))
    place = found.text[is_name].astype(np.int64) * size + found.start[is_name]
    return np.searchsorted(chunk_text * size + batch.positions, place, side="right") - 1


def _capital_of_name(found: Words) -> NDArray[np.bool_]:
    """Words with a capital in mid-clause, unless the text looks like a headline in Title Case."""
    capital = to_numpy(pc.match_substring_regex(found.forms, r"^\p{Lu}.*\p{Ll}"))
    ordinary = to_numpy(pc.match_substring_regex(found.forms, r"^\p{Ll}{4}"))
    texts = len(found.pointer) - 1
    n = np.bincount(found.text, weights=ordinary[found.form], minlength=texts)
    return capital[found.form] & found.joined & (n > 1)[found.text]


# --------------------------------------------------------------------------- what its context makes of it


def _scores(
    ids: NDArray[np.int32],
    edges: NDArray[np.int64],
    traits: _Traits,
    neutral: NDArray[np.int64] | None = None,
) -> pd.DataFrame:
    """Scores of the chunks between edges, where those that are ``neutral`` have no valence of their own."""
    flags = traits.flags[ids]
    if neutral is not None:
        flags[neutral] &= ~_HIT
    emphasis = _emphasis(ids, flags, edges, traits)
    # From here on, chunks of one character are gone, as in NLTK.
    kept = (flags & _ITEM) != 0
    edges = edges - np.searchsorted(np.flatnonzero(~kept), edges)
    values, sentence = _valences(ids[kept], flags[kept], edges, traits)
    return _summed(values, sentence, np.diff(edges), emphasis)


def _valences(
    ids: NDArray[np.int32], flags: NDArray[np.uint8], edges: NDArray[np.int64], traits: _Traits
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The valence of each word of the lexicon where it stands, and the range that it stands in."""
    places = np.flatnonzero(flags >= _UPPER)
    sentence, found, sizes = _range_of(places, edges), flags[places], np.diff(edges)
    capitals = np.bincount(sentence[found & _UPPER > 0], minlength=len(sizes))
    mixed = (capitals > 0) & (capitals < sizes)
    buts, in_sentence = places[found & _BUT > 0], sentence[found & _BUT > 0]
    hit = np.flatnonzero(found & _HIT)
    hits, sentence, shouted = places[hit], sentence[hit], (found[hit] & _UPPER > 0) & mixed[sentence[hit]]
    values = _known().valence[traits.word[ids[hits]]]
    shaped = np.flatnonzero(_near_shapers(flags, hits) | shouted)
    if len(shaped):
        around = _around(ids, hits[shaped], sentence[shaped], edges, traits)
        values[shaped] = _in_context(around, mixed[sentence[shaped]], traits)
        if traits.first_counts:
            values = _as_first(values, sentence, traits.item[ids[hits]], shaped)
    if len(buts):
        values = _around_but(values, hits, sentence, buts, in_sentence)
    return values, sentence


def _range_of(places: NDArray[np.int64], edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """In which range each of the (ascending) places is."""
    return np.repeat(np.arange(len(edges) - 1), np.diff(np.searchsorted(places, edges)))


def _emphasis(
    ids: NDArray[np.int32], flags: NDArray[np.uint8], edges: NDArray[np.int64], traits: _Traits
) -> NDArray[np.float64]:
    """What exclamation and question marks add to each range's sum."""
    places = np.flatnonzero(flags >= _EMPHASIS)
    sentence, ids, n = _range_of(places, edges), ids[places], len(edges) - 1
    exclamations = np.bincount(sentence, weights=traits.exclamations[ids], minlength=n)
    questions = np.bincount(sentence, weights=traits.questions[ids], minlength=n)
    asked = np.where(questions > 3, 0.96, np.where(questions > 1, questions * 0.18, 0.0))
    return np.minimum(exclamations, 4) * 0.292 + asked


def _near_shapers(flags: NDArray[np.uint8], hits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a word that changes others stands within three words before a hit, two after, or is it."""
    around = np.zeros(len(flags) + 5, np.uint8)
    around[3:-2] = flags
    seen = np.zeros(len(hits), np.uint8)
    for step in range(6):
        seen |= around[hits + step]
    return seen & _SHAPES > 0


def _around(
    ids: NDArray[np.int32],
    hits: NDArray[np.int64],
    sentence: NDArray[np.int64],
    edges: NDArray[np.int64],
    traits: _Traits,
) -> dict[int, NDArray[np.int32]]:
    """The types of the three chunks before each hit in its range (-3, -2, -1), of itself (0), and of two after."""
    nothing = np.int32(len(traits.flags) - 1)
    around = {0: ids[hits]}
    for step in (1, 2, 3):
        there = hits - step >= edges[sentence]
        around[-step] = np.where(there, ids[np.maximum(hits - step, 0)], nothing)
    for step in (1, 2):
        there = hits + step < edges[sentence + 1]
        around[step] = np.where(there, ids[np.minimum(hits + step, len(ids) - 1)], nothing)
    return around


def _in_context(
    around: dict[int, NDArray[np.int32]], mixed: NDArray[np.bool_], traits: _Traits
) -> NDArray[np.float64]:
    """The valence of hits after NLTK's rules, in NLTK's order; ``mixed``: where only some words are in capitals."""
    nothing, known = len(traits.flags) - 1, _known()
    exact = {step: traits.exact[ids] for step, ids in around.items()}
    row = {step: traits.word[around[step]] for step in (-3, -2, -1, 0, 1)}
    value = known.valence[row[0]]
    shouted = np.flatnonzero(mixed & (traits.flags[around[0]] & _UPPER > 0))
    value[shouted] += np.where(value[shouted] > 0, _CAPITALS, -_CAPITALS)
    for step, weaker in ((1, 1.0), (2, 0.95), (3, 0.9)):
        # Words of the lexicon do not shape others.
        free = (around[-step] != nothing) & (known.valence[row[-step]] == 0)
        boost, flags = known.boost[row[-step]], traits.flags[around[-step]]
        at = np.flatnonzero(free & (boost != 0))
        value[at] += _boost(value[at], boost[at], mixed[at] & (flags[at] & _UPPER > 0)) * weaker
        # "So" and "this" next to a hit count once there is a third word before it, whichever.
        so = np.isin(exact[-1], _SO) if step == 3 else False
        at = np.flatnonzero(free & ((flags & _SHAPES > 0) | so))
        value[at] *= _negation(step, flags[at], {place: codes[at] for place, codes in exact.items()})
    at = np.flatnonzero(free)
    value[at] = _idioms(value[at], {place: codes[at] for place, codes in exact.items()})
    lower = {step: known.code[row[step]] for step in (-2, -1, 0, 1)}
    value[(lower[-1] == _LEAST) & ~np.isin(lower[-2], _BEFORE_LEAST)] *= _NEGATION
    value[(lower[0] == _KIND) & (lower[1] == _OF)] = 0.0
    return value


def _boost(
    value: NDArray[np.float64], boost: NDArray[np.float64], shouted: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """What a booster adds to a value: away from zero, and more if it alone is in capitals."""
    boost = np.where(value < 0, -boost, boost)
    return boost + np.where(shouted, np.where(value > 0, _CAPITALS, -_CAPITALS), 0.0)


def _negation(step: int, flags: NDArray[np.uint8], exact: dict[int, NDArray[np.int8]]) -> NDArray[np.float64]:
    """By what a word ``step`` words before multiplies; "never so" and "never this" make stronger."""
    negated = np.where(flags & _NEGATES > 0, _NEGATION, 1.0)
    if step == 1:
        return negated
    so = {place: np.isin(exact[place], _SO) for place in (-1, -2)}
    never = exact[-step] == _NEVER
    if step == 2:
        return np.where(never & so[-1], 1.5, negated)
    return np.where((never & so[-2]) | so[-1], 1.25, negated)


def _idioms(value: NDArray[np.float64], exact: dict[int, NDArray[np.int8]]) -> NDArray[np.float64]:
    def found(idiom: tuple[str, ...], start: int) -> NDArray[np.bool_]:
        return np.logical_and.reduce([exact[start + i] == _CODE[word] for i, word in enumerate(idiom)])

    # Later places overrule earlier ones: first those that NLTK tries last.
    for places in ({2: -3}, {3: -3}, {2: -2}, {3: -2}, {2: -1}, {2: 0}, {3: 0}):
        for idiom, valence in _IDIOMS.items():
            if len(idiom) in places:
                value[found(idiom, places[len(idiom)])] = valence
    dampened = [found(pair, start) for pair in _DAMPENERS for start in (-3, -2)]
    return value + np.where(np.logical_or.reduce(dampened), _DAMPENED, 0.0)


def _as_first(
    values: NDArray[np.float64],
    sentence: NDArray[np.int64],
    item: NDArray[np.int32],
    shaped: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Give a word that is repeated in a sentence the value of its first occurrence, as NLTK does."""
    affected = np.zeros(len(values) and sentence[-1] + 1, bool)
    affected[sentence[shaped]] = True
    among = np.flatnonzero(affected[sentence])
    key = sentence[among] * (int(item.max()) + 1) + item[among]
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    values[among] = values[among[first]][same]
    return values


def _around_but(
    values: NDArray[np.float64],
    hits: NDArray[np.int64],
    sentence: NDArray[np.int64],
    buts: NDArray[np.int64],
    in_sentence: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Halve what stands before the first "but" of a sentence, and raise what stands after it by half."""
    first = np.full(max(in_sentence[-1], sentence[-1] if len(sentence) else 0) + 1, -1)
    first[in_sentence[::-1]] = buts[::-1]
    first = first[sentence]
    return values * np.where(first < 0, 1.0, np.where(hits < first, 0.5, 1.5))


def _summed(
    values: NDArray[np.float64],
    sentence: NDArray[np.int64],
    sizes: NDArray[np.int64],
    emphasis: NDArray[np.float64],
) -> pd.DataFrame:
    n = len(sizes)
    up, down = values > 0, values < 0
    # bincount adds in order, as NLTK does.
    pos = np.bincount(sentence[up], weights=values[up] + 1, minlength=n)
    neg = np.bincount(sentence[down], weights=1 - values[down], minlength=n)
    neu = sizes - np.bincount(sentence[up | down], minlength=n)
    more, less = pos > neg, pos < neg
    pos, neg = pos + np.where(more, emphasis, 0.0), neg + np.where(less, emphasis, 0.0)
    total = np.where(sizes > 0, pos + neg + neu, 1.0)
    compound = _compound(values, sentence, emphasis)
    return _table(*(_rounded(share / total, 3) for share in (neg, neu, pos)), _rounded(compound, 4))


def _compound(
    values: NDArray[np.float64], sentence: NDArray[np.int64], emphasis: NDArray[np.float64]
) -> NDArray[np.float64]:
    total = np.asarray(np.bincount(sentence, weights=values, minlength=len(emphasis)), np.float64)
    # From Python 3.12 on, `sum` compensates for rounding, which takes three numbers to show. It shows where
    # the result is next to zero or to a tie of rounding: there, Python itself adds.
    several = np.bincount(sentence, minlength=len(emphasis)) > 2
    close = several & ((abs(total) < 1e-6) | _near_tie(_normalised(total, emphasis) * 1e4))
    edges = np.searchsorted(sentence, np.stack([np.flatnonzero(close), np.flatnonzero(close) + 1]))
    total[close] = [sum(values[a:b].tolist()) for a, b in edges.T.tolist()]
    return _normalised(total, emphasis)


def _normalised(total: NDArray[np.float64], emphasis: NDArray[np.float64]) -> NDArray[np.float64]:
    total = total + np.sign(total) * emphasis
    return total / np.sqrt(total * total + 15)


def _near_tie(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    return abs(values - np.floor(values) - 0.5) < 1e-6


def _rounded(values: NDArray[np.float64], digits: int) -> NDArray[np.float64]:
    """Values rounded as Python's ``round`` does, which looks at more digits than numpy's."""
    scaled = values * 10**digits
    result = np.rint(scaled) / 10**digits
    ties = np.flatnonzero(_near_tie(scaled))
    result[ties] = [round(value, digits) for value in values[ties].tolist()]
    return result


def _table(*columns: NDArray[np.float64]) -> pd.DataFrame:
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
