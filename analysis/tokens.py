"""The engine: texts to chunks, words and sentences, looking at each distinct chunk once.

texts  ->  Batch (chunk ids and chunk types)  ->  Words, Sentences  ->  counts

A *chunk* is a run of characters that are not white space, with the white space that follows it.
News repeats itself: a batch of a million words has some 7 % as many distinct chunks. All linguistics
are done once for each distinct chunk (a *type*) and gathered by id; nothing loops over words.

Offsets are code points into the text as given. White space is what ``str.split`` splits at, in all
of Unicode, and words are what Python's ``re`` finds with ``WORD``. The unit of work is a batch: at
most 2 GiB of text, and some megabytes are fastest (see ``batches``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

WORD = r"[^\W_]+(?:[-’'][^\W_]+)*"
"""A word, for Python's ``re``: letters and digits, joined by hyphens or apostrophes."""

_JOINERS = "-’'"
_MOST_BYTES = 2**31 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHITE = [code for code in range(0x3001) if chr(code).isspace()]
_WHITE_TWO_BYTES = [chr(code).encode()[1] for code in _WHITE if 0x80 <= code < 0x800]
_WHITE_THREE_BYTES = [int.from_bytes(chr(code).encode(), "big") for code in _WHITE if code >= 0x800]


# --------------------------------------------------------------------------- chunks


@dataclass(frozen=True)
class Batch:
    """Texts cut into chunks. Arrays are read-only by convention.

    ``texts``: the texts, an Arrow string array. One entry a chunk: ``ids``, row of ``types``;
    ``starts``, first byte in the buffer that the texts share. ``pointer``: first chunk of each
    text, and their number at the end. ``types``: the distinct chunks, with trailing white space.
    Only the first chunk of a text can be all white space.

    >>> batch = encode(["No, no, no! No,"])
    >>> batch.types.to_pylist(), batch.ids.tolist()
    (['No, ', 'no, ', 'no! ', 'No,'], [0, 1, 2, 3])
    """

    texts: pa.StringArray
    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    pointer: NDArray[np.int64]
    types: pa.StringArray

    @cached_property
    def positions(self) -> NDArray[np.int32]:
        """Code point at which each chunk starts in its text."""
        size = to_numpy(pc.utf8_length(self.types))[self.ids]
        # A batch has less than 2**31 bytes, and so fewer code points.
        starts = np.cumsum(size, dtype=np.int32) - size
        texts = np.diff(self.pointer)
        return starts - np.repeat(starts[self.pointer[:-1][texts > 0]], texts[texts > 0])

    @cached_property
    def trimmed(self) -> pa.StringArray:
        """``types`` without white space."""
        return pc.utf8_trim_whitespace(self.types)

    @cached_property
    def lengths(self) -> NDArray[np.int32]:
        """Code points of each type without its white space: 0 if it is all white space."""
        return to_numpy(pc.utf8_length(self.trimmed))

    @cached_property
    def breaks(self) -> NDArray[np.int32]:
        """Line breaks in each type: CR LF is one, and what starts a page or a paragraph counts as two."""
        breaks = np.zeros(len(self.types), np.int32)
        # Most types end in one space, which is no line break.
        other = np.flatnonzero(~(to_numpy(pc.ends_with(self.types, " ")) & (self._white == 1)))
        types = self.types.take(pa.array(other))
        breaks[other] = to_numpy(
            pc.count_substring_regex(types, "\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
        )
        breaks[other] += to_numpy(pc.count_substring_regex(types, "[\x0c\u2029]"))
        return breaks

    @property
    def _white(self) -> NDArray[np.int32]:
        """Bytes of white space in each type."""
        return to_numpy(pc.subtract(pc.binary_length(self.types), pc.binary_length(self.trimmed)))


def encode(texts: Iterable[str] | pa.Array) -> Batch:
    """Cut texts into chunks; the start of everything that reads text.

    The texts' bytes are not copied if they come as an Arrow array. Raises ``ValueError`` for a
    text that is missing or that holds half a surrogate pair (which comes from a decoding error), and
    for more than 2 GiB in one batch; ``TypeError`` for what is no text.

    >>> batch = encode(["It rained.", "", "It rained and rained."])
    >>> batch.pointer.tolist(), len(batch.ids), len(batch.types)
    ([0, 2, 2, 6], 6, 4)
    """
    strings = _within_a_batch(_strings(texts))
    buffer, offsets = bytes_of(strings)
    starts = _chunk_starts(buffer, offsets)
    chunks = _slices(buffer, np.append(starts, np.int32(len(buffer))))
    encoded = chunks.dictionary_encode()
    pointer = np.searchsorted(starts, offsets).astype(np.int64)
    return Batch(strings, to_numpy(encoded.indices), starts, pointer, encoded.dictionary)


def batches(texts: Iterable[str] | pa.Array, *, size: int = 8_000_000) -> Iterator[pa.Array]:
    """The texts in consecutive Arrow arrays of about ``size`` bytes, for work in bounded memory.

    None has fewer than one text, so that a single long text may exceed ``size``. Raises as ``encode`` does.

    >>> [part.to_pylist() for part in batches(["one", "two", "three"], size=6)]
    [['one', 'two'], ['three']]
    """
    strings = _strings(texts)
    _, offsets = bytes_of(strings)
    number = offsets[:-1] // size
    cuts = np.flatnonzero(np.diff(number, prepend=-1, append=-1)).tolist()
    return (strings.slice(start, stop - start) for start, stop in pairwise(cuts))


def to_numpy(values: pa.Array) -> NDArray[Any]:
    """An Arrow array without missing values as a numpy array."""
    return values.to_numpy(zero_copy_only=False)


def by_string(
    values: pa.StringArray, arrow: Callable[[pa.StringArray], pa.Array], python: Callable[[str], Any]
) -> pa.Array:
    """Apply a function of strings: Arrow's to those in ASCII, Python's own to the others.

    Arrow and Python differ on some letters (``"İ".lower()``); this is Python's result at Arrow's speed.

    >>> by_string(pa.array(["ABC", "ΣΟΦΟΣ"]), pc.ascii_lower, str.lower).to_pylist()
    ['abc', 'σοφος']
    """
    result = arrow(values)
    other = np.flatnonzero(~to_numpy(pc.string_is_ascii(values)))
    if not len(other):
        return result
    chosen = np.zeros(len(values), bool)
    chosen[other] = True
    exact = pa.array([python(text) for text in values.take(pa.array(other)).to_pylist()], result.type)
    return pc.replace_with_mask(result, pa.array(chosen), exact)


def _strings(texts: Iterable[str] | pa.Array) -> pa.Array:
    """The texts as an Arrow array of (large) strings, none of them missing."""
    if isinstance(texts, str):
        raise TypeError("texts must be a list of strings; got one string")
    strings = texts if isinstance(texts, pa.Array) else _from_python(list(texts))
    if not (pa.types.is_string(strings.type) or pa.types.is_large_string(strings.type)):
        raise TypeError(f"texts must be strings; got {strings.type}")
    if strings.null_count:
        raise ValueError(f"texts must not be missing; text {pc.index(strings.is_null(), True)} is")
    return strings


def _from_python(texts: list[str]) -> pa.Array:
    try:
        strings = pa.array(texts)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        raise _refusal(texts) from None
    if pa.types.is_null(strings.type):
        return strings.cast(pa.string())
    if isinstance(strings, pa.ChunkedArray):  # more than 2 GiB
        return pa.array(texts, pa.large_string())
    if not pa.types.is_string(strings.type):
        raise _refusal(texts)
    return strings


def _refusal(texts: list[str]) -> Exception:
    """What is wrong with texts that Arrow does not take as strings."""
    for number, text in enumerate(texts):
        if pd.api.types.is_scalar(text) and pd.isna(text):
            return ValueError(f"texts must not be missing; text {number} is")
        if not isinstance(text, str):
            return TypeError(f"texts must be strings; text {number} is {type(text).__name__}")
        if half := _SURROGATE.search(text):
            return ValueError(
                f"text {number} has half a surrogate pair, U+{ord(half[0]):04X}, at {half.start()}: "
                "it was decoded wrongly and has no UTF-8"
            )
    return TypeError("texts must be strings")


def _within_a_batch(strings: pa.Array) -> pa.StringArray:
    buffer, offsets = bytes_of(strings)
    if len(buffer) > _MOST_BYTES:
        raise ValueError(
            f"a batch holds at most {_MOST_BYTES:,} bytes of text; got {len(buffer):,}: see batches"
        )
    return _slices(buffer, offsets.astype(np.int32))


def bytes_of(strings: pa.Array) -> tuple[NDArray[np.uint8], NDArray[Any]]:
    """The bytes of a string array, without a copy, and the ``len + 1`` offsets into them."""
    width = np.int64 if pa.types.is_large_string(strings.type) else np.int32
    _, offsets_buffer, data = strings.buffers()
    if not len(strings) or data is None:
        return np.zeros(0, np.uint8), np.zeros(len(strings) + 1, width)
    offsets = np.frombuffer(offsets_buffer, width)[strings.offset : strings.offset + len(strings) + 1]
    return np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]], offsets - offsets[0]


def _slices(buffer: NDArray[np.uint8], offsets: NDArray[np.int32]) -> pa.StringArray:
    """Consecutive slices of a buffer as a string array, without a copy."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(offsets)), pa.py_buffer(buffer)]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)


def _chunk_starts(buffer: NDArray[np.uint8], offsets: NDArray[Any]) -> NDArray[np.int32]:
    """Bytes that start a chunk: the first of a text, and the first after white space."""
    white = _white_space(buffer)
    start = np.empty(len(buffer), bool)
    np.greater(white[:-1], white[1:], out=start[1:])
    start[offsets[:-1][np.diff(offsets) > 0]] = True
    return np.flatnonzero(start).astype(np.int32)


def _white_space(buffer: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """For each byte, whether it belongs to a white space character."""
    white = (buffer - np.uint8(0x1C) <= 0x20 - 0x1C) | (buffer - np.uint8(0x09) <= 0x0D - 0x09)
    # Other white space: U+0085 and U+00A0 in two bytes, all else in three (E1, E2 or E3 first).
    two = np.flatnonzero(buffer == 0xC2)
    two = two[np.isin(buffer[two + 1], _WHITE_TWO_BYTES)]
    three = np.flatnonzero(buffer - np.uint8(0xE1) <= 0xE3 - 0xE1)
    codes = buffer[three].astype(np.int32) << 16 | buffer[three + 1].astype(np.int32) << 8 | buffer[three + 2]
    three = three[np.isin(codes, _WHITE_THREE_BYTES)]
    for place in (two, two + 1, three, three + 1, three + 2):
        white[place] = True
    return white


# --------------------------------------------------------------------------- words


@dataclass(frozen=True)
class Words:
    """The words of a batch, in reading order.

    One entry a word: ``form``, row of ``forms``; ``text``, number of its text; ``start`` and
    ``end``, code points in the text; ``joined``, whether only spaces, tabs or one line break stand
    between the previous word of the same text and this one (no punctuation, no blank line).
    ``pointer``: first word of each text, and their number at the end, so that ``np.diff(pointer)``
    is the words of each text. ``forms``: distinct words as written; ``folded``: for each form,
    its row of ``vocabulary``, which is in lower case with straight apostrophes.
    """

    form: NDArray[np.int32]
    text: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    joined: NDArray[np.bool_]
    pointer: NDArray[np.int64]
    forms: pa.StringArray
    folded: NDArray[np.int32]
    vocabulary: pa.StringArray


@dataclass(frozen=True)
class _TypeWords:
    """The words within each type: one entry a word, offsets in code points from the chunk's start.

    ``first``: whether it is its type's first word; ``pointer``: first word of each type, and their number.
    """

    form: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    first: NDArray[np.bool_]
    pointer: NDArray[np.int32]
    forms: pa.StringArray


def words(batch: Batch) -> Words:
    """The words of a batch: matches of ``WORD``, found once in each distinct chunk.

    >>> found = words(encode(["Don’t panic: well-read mobs don't."]))
    >>> found.forms.take(pa.array(found.form)).to_pylist()
    ['Don’t', 'panic', 'well-read', 'mobs', "don't"]
    >>> found.start.tolist(), found.joined.tolist()
    ([0, 6, 13, 23, 28], [False, True, False, True, True])
    >>> found.vocabulary.take(pa.array(found.folded[found.form])).to_pylist()
    ["don't", 'panic', 'well-read', 'mobs', "don't"]
    """
    inside = _type_words(batch.types)
    count = np.diff(inside.pointer)[batch.ids]
    before = np.concatenate(([0], np.cumsum(count, dtype=np.int32)))
    chunk = np.repeat(np.arange(len(count), dtype=np.int32), count)
    # The words of a chunk are the words of its type, in the same order.
    row = np.arange(len(chunk), dtype=np.int32) + (inside.pointer[batch.ids] - before[:-1])[chunk]
    pointer = before[batch.pointer].astype(np.int64)
    position = batch.positions[chunk]
    folded = _fold(inside.forms).dictionary_encode()
    return Words(
        form=inside.form[row],
        text=np.repeat(np.arange(len(batch.texts), dtype=np.int32), np.diff(pointer)),
        start=(position + inside.start[row]).astype(np.int64),
        end=(position + inside.end[row]).astype(np.int64),
        joined=_joined_chunks(batch, inside)[chunk] & inside.first[row],
        pointer=pointer,
        forms=inside.forms,
        folded=to_numpy(folded.indices),
        vocabulary=folded.dictionary,
    )


def document_term_matrix(words: Words) -> tuple[sparse.csr_matrix, pa.StringArray]:
    """How often each word of the vocabulary occurs in each text: (texts x vocabulary), and the vocabulary.

    Words are counted in lower case with straight apostrophes.

    >>> matrix, vocabulary = document_term_matrix(words(encode(["The mob, the mob.", "A crowd"])))
    >>> vocabulary.to_pylist(), matrix.toarray().tolist()
    (['the', 'mob', 'a', 'crowd'], [[2, 2, 0, 0], [0, 0, 1, 1]])
    """
    shape = (len(words.pointer) - 1, len(words.vocabulary))
    key = words.text * np.int64(max(shape[1], 1))
    key += words.folded[words.form]
    key.sort()
    starts = np.ones(len(key), bool)
    np.not_equal(key[1:], key[:-1], out=starts[1:])
    first = np.flatnonzero(starts)
    count = np.diff(first, append=len(key)).astype(np.int32)
    row, column = np.divmod(key[first], max(shape[1], 1))
    pointer = np.searchsorted(row, np.arange(shape[0] + 1))
    matrix = sparse.csr_matrix((count, column.astype(np.int32), pointer), shape=shape)
    return matrix, words.vocabulary


def _fold(forms: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring(by_string(forms, pc.ascii_lower, str.lower), "’", "'")


def _type_words(types: pa.StringArray) -> _TypeWords:
    """Find words in all types at once, in their characters as one array of code points.

    ``WORD`` is simple enough for that: a character belongs to a word if it is a letter or digit,
    or if it is a joiner and both its neighbours are.
    """
    buffer, _ = bytes_of(types)
    codes = np.frombuffer(buffer.tobytes().decode("utf-8").encode("utf-32-le"), "<u4")
    edges = np.concatenate(([0], np.cumsum(to_numpy(pc.utf8_length(types)), dtype=np.int64)))
    letter = _in_codes(codes, str.isalnum)
    before, after = _shifted(letter, edges)
    inside = letter | (before & after & _in_codes(codes, _JOINERS.__contains__))
    before, after = _shifted(inside, edges)
    starts, last = np.flatnonzero(inside & ~before), np.flatnonzero(inside & ~after)
    pointer = np.searchsorted(starts, edges).astype(np.int32)
    first = np.zeros(len(starts), bool)
    first[pointer[:-1][np.diff(pointer) > 0]] = True
    shift = np.repeat(edges[:-1], np.diff(pointer))
    encoded = _between(buffer, codes, starts, last + 1).dictionary_encode()
    return _TypeWords(
        form=to_numpy(encoded.indices),
        start=(starts - shift).astype(np.int32),
        end=(last + 1 - shift).astype(np.int32),
        first=first,
        pointer=pointer,
        forms=encoded.dictionary,
    )


def _in_codes(codes: NDArray[np.uint32], test: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Whether each code point passes a test of one character, which is put once to each that occurs."""
    present = np.flatnonzero(np.bincount(codes, minlength=1))
    table = np.zeros(len(present) and present[-1] + 1, bool)
    table[present] = [test(chr(code)) for code in present.tolist()]
    return table[codes]


def _shifted(
    flags: NDArray[np.bool_], edges: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The flags of the character before and after each, False beyond the edges of its type."""
    before, after = np.zeros_like(flags), np.zeros_like(flags)
    before[1:], after[:-1] = flags[:-1], flags[1:]
    before[edges[:-1]], after[edges[1:] - 1] = False, False
    return before, after


def _between(
    buffer: NDArray[np.uint8], codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> pa.StringArray:
    """The strings between code points ``starts`` and ``ends`` (ascending, not overlapping) of a buffer."""
    size = 1 + (codes >= 0x80).astype(np.int8) + (codes >= 0x800) + (codes >= 0x10000)
    byte = np.concatenate(([0], np.cumsum(size, dtype=np.int32)))
    # What lies between is cut out too, and then left: gap, word, gap, word, ..., gap.
    cuts = np.zeros(2 * len(starts) + 2, np.int32)
    cuts[1:-1:2], cuts[2:-1:2], cuts[-1] = byte[starts], byte[ends], len(buffer)
    return _slices(buffer, cuts).take(pa.array(np.arange(1, len(cuts) - 1, 2)))


def _joined_chunks(batch: Batch, inside: _TypeWords) -> NDArray[np.bool_]:
    """Whether only white space without a blank line parts each chunk's first word from the word before."""
    some = np.diff(inside.pointer) > 0
    opens, closes = np.zeros(len(some), np.uint8), np.zeros(len(some), np.uint8)
    opens[some] = inside.start[inside.pointer[:-1][some]] == 0
    closes[some] = inside.end[inside.pointer[1:][some] - 1] == batch.lengths[some]
    closes[batch.breaks > 1] = 0
    flags = (opens | closes << 1)[batch.ids]
    joined = np.zeros(len(batch.ids), bool)
    joined[1:] = (flags[1:] & 1) & (flags[:-1] >> 1)
    joined[batch.pointer[:-1][np.diff(batch.pointer) > 0]] = False
    return joined


# --------------------------------------------------------------------------- sentences


@dataclass(frozen=True)
class Sentences:
    """The sentences of a batch, in reading order.

    One entry a sentence: ``text``, number of its text; ``start`` and ``end``, code points in the
    text, without white space around; ``first`` and ``stop``, its chunks, ``stop`` not included.
    """

    text: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.int64]
    stop: NDArray[np.int64]


_OPENING_MARKS = "\"“”„‘’'«»‹›([{*_¿¡—–-"
_OPENING = r"""["“”„‘’'«»‹›(\[{*_¿¡—–-]*"""
_CLOSING = r"""["“”’'»›)\]}*_]*"""
_TERMINAL = ".!?…‽。！？؟۔।॥"

_BEFORE_NAME = (
    "Mr Mrs Ms Mx Messrs Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Sgt Cpl Pvt Maj Capt Cmdr Adm "
    "Brig Supt Insp Det Pres Atty Amb Sec Rev Fr Hon Msgr St Ste Mt Ft vs v cf viz e.g i.e approx ca"
)
_MAY_END = (
    "Jr Sr Esq Inc Corp Co Cos Ltd Bros Assn Dept Univ etc al a.m p.m A.M P.M Ph.D M.D B.A M.A "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev "
    "Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ave Blvd Rd min max est"
)
_BEFORE_NUMBER = "No Nos no nos Art Fig Vol vol p pp par Ch ch Nr"
_STARTERS = (
    "A After All Also Although An And Another As At Because Before Both But By Despite During Each Even "
    "Every For From He Her Here His How However I If In Instead It Its Last Later Many Meanwhile More Most "
    "My No Nor Not Now On Once One Only Or Other Our Over She Since So Some Still Such That The Their Then "
    "There These They This Those Though Through To Today Under Until We What When Where Which While Who "
    "Why With Without Yet You Your"
)

# What a chunk says about the boundary after it, and about the one before it.
_GOES_ON, _ENDS, _ABBREVIATES, _NUMBERS, _LINE, _PARAGRAPH = range(6)
_LOWER, _SYMBOL, _DIGIT, _CAPITAL, _STARTER = range(5)
_BOUNDARY = np.zeros((6, 5), bool)
_BOUNDARY[_ENDS, [_DIGIT, _CAPITAL, _STARTER]] = True
_BOUNDARY[_ABBREVIATES, _STARTER] = True
_BOUNDARY[_NUMBERS, [_CAPITAL, _STARTER]] = True
_BOUNDARY[_LINE] = True
_BOUNDARY[_LINE, _LOWER] = False  # the line is only wrapped
_BOUNDARY[_PARAGRAPH] = True


def sentences(batch: Batch) -> Sentences:
    """The sentences of a batch.

    A sentence ends at a blank line; at a line break, unless the next line starts in lower case;
    and where a chunk ends in terminal punctuation (quotation marks and brackets may follow) and the
    next starts with a capital, a digit or a letter of a script without capitals. Titles and other
    abbreviations before a name (``Sen.``) do not end it; others (``U.S.``, ``Inc.``, ``p.m.``,
    initials) do where a word follows that often starts a sentence (``The``); ``No.`` does not before
    a digit. Meant for English; a list of abbreviations is never complete, and "made by Apple Inc.
    Tim Cook said" stays one sentence.

    >>> found = sentences(encode(["Sen. Paul left the U.S. on Jan. 6. “Why?” he said.\\n\\nThe end"]))
    >>> list(zip(found.start.tolist(), found.end.tolist()))
    [(0, 34), (35, 50), (52, 59)]
    """
    starts = np.zeros(len(batch.ids), bool)
    after, before = _after(batch) * np.int8(_BOUNDARY.shape[1]), _before(batch)
    starts[1:] = _BOUNDARY.ravel()[after[batch.ids[:-1]] + before[batch.ids[1:]]]
    heads = batch.pointer[:-1][np.diff(batch.pointer) > 0]
    starts[heads] = True
    # White space at the head of a text is a chunk of its own, and no sentence.
    blank = heads[batch.lengths[batch.ids[heads]] == 0]
    starts[blank[blank + 1 < len(starts)] + 1] = True
    first = np.flatnonzero(starts)
    stop = np.append(first[1:], len(starts))
    kept = batch.lengths[batch.ids[first]] > 0
    first, stop = first[kept], stop[kept]
    return Sentences(
        text=(np.searchsorted(batch.pointer, first, side="right") - 1).astype(np.int32),
        start=batch.positions[first].astype(np.int64),
        end=(batch.positions[stop - 1] + batch.lengths[batch.ids[stop - 1]]).astype(np.int64),
        first=first,
        stop=stop,
    )


def _after(batch: Batch) -> NDArray[np.int8]:
    """What each type says about the boundary after it."""
    after = np.zeros(len(batch.types), np.int8)
    ends = np.flatnonzero(_matches(batch.trimmed, f"[{_TERMINAL}]{_CLOSING}$"))
    after[ends] = _ENDS
    chunks = batch.trimmed.take(pa.array(ends))
    after[ends[_matches(chunks, rf"^{_OPENING}(?:(?:\pL\.)+\pL|[^\PLI]|{_either(_MAY_END)})\.$")]] = (
        _ABBREVIATES
    )
    after[ends[_matches(chunks, rf"^{_OPENING}{_either(_BEFORE_NUMBER)}\.$")]] = _NUMBERS
    after[ends[_matches(chunks, rf"^{_OPENING}{_either(_BEFORE_NAME)}\.$")]] = _GOES_ON
    after[batch.breaks == 1] = _LINE
    after[batch.breaks > 1] = _PARAGRAPH
    return after


def _before(batch: Batch) -> NDArray[np.int8]:
    """What each type says about the boundary before it."""
    opened = pc.utf8_ltrim(batch.trimmed, _OPENING_MARKS)
    initial = pc.utf8_slice_codeunits(opened, 0, 1).dictionary_encode()
    kinds = np.array([_kind_of_start(first) for first in initial.dictionary.to_pylist()], np.int8)
    before = kinds[to_numpy(initial.indices)] if len(kinds) else np.zeros(0, np.int8)
    capital = np.flatnonzero(before == _CAPITAL)
    starters = _matches(opened.take(pa.array(capital)), rf"^{_either(_STARTERS)}(?:[^\pL\pN]|$)")
    before[capital[starters]] = _STARTER
    return before


def _kind_of_start(first: str) -> int:
    """What a chunk whose first letter (or digit, or other character) is ``first`` says."""
    if first.islower():
        return _LOWER
    if first.isalpha():
        return _CAPITAL  # or a letter of a script without capitals
    return _DIGIT if first.isnumeric() else _SYMBOL


def _either(terms: str) -> str:
    return "(?:" + "|".join(term.replace(".", r"\.") for term in terms.split()) + ")"


def _matches(strings: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    return to_numpy(pc.match_substring_regex(strings, pattern))
