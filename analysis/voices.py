"""Whose words are these? Every stretch of an article that is not the outlet's own words.

articles (+ mentions) -> voices (direct, scare, indirect, boilerplate), cues

The parts: :mod:`quotes` pairs marks, :mod:`boilerplate` finds lines that are not part of the story,
:mod:`posts` what was posted elsewhere, :mod:`transcripts` turns of talk,
:mod:`attribution` reads reporting clauses, :mod:`quoted` gives each quotation its clause and
:mod:`speakers` resolves sources to names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from . import tokens
from .attribution import Report, reports
from .boilerplate import Boilerplate, boilerplate
from .corpus import documents
from .expressions import lexicon, tag
from .mentions import mentions as find_mentions
from .phrases import Page, Phrase, Unit, rejoin
from .posts import Post, posts
from .quoted import NO_CUE, NO_SOURCE, attribute
from .quotes import Quotation, quotations
from .schema import TABLES, VOICES, frame
from .speakers import Cast, Mention
from .transcripts import Turn, turns

_STRIDE = 1 << 40  # more than any document is long: document * _STRIDE + offset orders all characters
_EDGES = " \t\n\r\xa0.,;:!?—–-"
_BRACKETS = "()[]\"'’”“‘"


def attributions(
    articles: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``voices`` and ``cues``, found in one pass.

    ``mentions`` is the table of :func:`analysis.mentions.mentions` for the same articles; it is made
    here if it isn't given.

    ``voices`` has one row a span that is not the outlet's own words, in the order of ``articles``,
    then by ``start``; no two overlap, and what no row covers is the outlet's. ``statement`` numbers
    the attributed clauses of a field from 0: pieces of one clause share their number. ``speaker`` is
    the canonical name where the article gives one, else the source as written; where it is missing,
    ``reason`` says why (for boilerplate: of what kind it is).

    Caution: a sentence that goes on with what somebody said, but has no cue, counts as the outlet's.

    >>> text = "Ann Lee was “appalled” at the news, she told reporters. “It’s over,” Lee said."
    >>> found, _ = attributions(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    >>> found[["start", "end", "voice", "statement", "speaker", "cue"]]
       start  end     voice  statement  speaker   cue
    0      0   11  indirect          0  Ann Lee  told
    1     12   22    direct          0  Ann Lee  told
    2     23   34  indirect          0  Ann Lee  told
    3     56   68    direct          1  Ann Lee  said
    """
    parts = documents(articles)
    people = _by_document(find_mentions(parts) if mentions is None else mentions)
    columns: dict[str, list] = {name: [] for name in TABLES["voices"]}
    expressions: dict[str, list] = {name: [] for name in TABLES["cues"]}
    keys = zip(parts["article_id"].tolist(), parts["field"].tolist(), strict=True)
    texts = parts["text"].fillna("").tolist()
    for key, page, candidates, lines, embedded, marked, cast in _pages(texts, people, keys):
        found = reports(page, candidates)
        rows, cues_found = _rows(page, found, lines, embedded, marked, cast)
        for table, new in ((columns, rows), (expressions, cues_found)):
            values = zip(*((*key, *row) for row in new), strict=True)
            for column, more in zip(table.values(), values, strict=False):
                column.extend(more)
    return frame("voices", columns), frame("cues", expressions)


def voices(articles: pd.DataFrame) -> pd.DataFrame:
    """One row a span that is not the outlet's own words: the first table of :func:`attributions`.

    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["The “Iron” Lady won."]})
    >>> voices(articles)[["start", "end", "voice", "reason"]]
       start  end  voice                                            reason
    0      4   10  scare  name, term or distance: attributed to nobody
    """
    return attributions(articles)[0]


def cues(articles: pd.DataFrame) -> pd.DataFrame:
    """One row a reporting expression, with its class and source: the second of :func:`attributions`.

    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["Ann Lee denied that she had lied."]})
    >>> cues(articles)[["text", "cue_class", "source"]]
         text cue_class   source
    0  denied     doubt  Ann Lee
    """
    return attributions(articles)[1]


# --------------------------------------------------------------------------- reading


def _by_document(mentions: pd.DataFrame) -> dict[tuple[str, str], list[Mention]]:
    """The mentions of each document in order of their start."""
    found: dict[tuple[str, str], list[Mention]] = {}
    if len(mentions):
        sexes = mentions["sex"].astype("object").where(mentions["sex"].notna(), None).tolist()
        columns = [mentions[name].tolist() for name in Mention._fields[:-1]]
        keys = zip(mentions["article_id"].tolist(), mentions["field"].tolist(), strict=True)
        for key, *fields in zip(keys, *columns, sexes, strict=True):
            found.setdefault(key, []).append(Mention._make(fields))
    return found


def _pages(texts: Sequence[str], people: dict, keys: Iterator[tuple[str, str]]) -> Iterator[tuple]:
    for batch in tokens.batches(texts):
        for text, words in zip(batch.to_pylist(), _words(batch), strict=True):
            key = next(keys)
            posted = posts(text)
            lines = _with_signatures(boilerplate(text), posted)
            embedded = _embedded(posted, turns(text))
            marked = _outside(quotations(text), lines)
            page = _page(text, words, lines, marked)
            yield key, page, words.candidates, lines, embedded, marked, Cast(page, people.get(key, ()))


def _embedded(posted: list[Post], taken: list[Turn]) -> list[Post | Turn]:
    """Posts and, where they leave them, the turns of transcripts, in order."""
    ends = [post.end for post in posted]
    free = [
        turn
        for turn in taken
        if (k := bisect_right(ends, turn.start)) == len(posted) or posted[k].start >= turn.end
    ]
    return sorted([*posted, *free])


def _with_signatures(lines: list[Boilerplate], embedded: list[Post]) -> list[Boilerplate]:
    """The boilerplate and, where it leaves them, the signatures of posts."""
    if not embedded:
        return lines
    ends = [line.end for line in lines]
    kept = list(lines)
    for post in embedded:
        k = bisect_right(ends, post.sign)
        if k == len(lines) or lines[k].start >= post.sign_end:
            kept.append(Boilerplate(post.sign, post.sign_end, "signature of a post"))
    return sorted(kept)


class _Words(NamedTuple):
    """The words of one text, and its sentences."""

    low: list[str]
    tags: list[int]
    start: list[int]
    end: list[int]
    joined: list[bool]
    loose: list[int]
    candidates: list[int]
    sentences: list[tuple[int, int]]


def _words(texts: pa.Array) -> Iterator[_Words]:
    """The words of each text of a batch. What depends on the form alone is looked up once a form."""
    batch = tokens.encode(texts)
    words, sentences = tokens.words(batch), tokens.sentences(batch)
    vocabulary = words.vocabulary.to_pylist()
    folded = words.folded.tolist()
    forms = words.forms.to_pylist()
    tags = np.array([tag(form, vocabulary[f]) for form, f in zip(forms, folded, strict=True)], np.int32)
    begins = np.array([vocabulary[f] in lexicon() for f in folded], bool)
    low = words.vocabulary.take(pa.array(words.folded[words.form])).to_pylist()
    columns = [
        low,
        tags[words.form].tolist(),
        words.start.tolist(),
        words.end.tolist(),
        words.joined.tolist(),
    ]
    places = [np.flatnonzero(~words.joined), np.flatnonzero(begins[words.form])]
    cuts = [np.searchsorted(place, words.pointer) for place in places]
    spans = list(zip(sentences.start.tolist(), sentences.end.tolist(), strict=True))
    first = np.searchsorted(sentences.text, np.arange(len(texts) + 1)).tolist()
    for i, (a, b) in enumerate(zip(words.pointer.tolist(), words.pointer[1:].tolist(), strict=False)):
        local = [(place[cut[i] : cut[i + 1]] - a).tolist() for place, cut in zip(places, cuts, strict=True)]
        yield _Words._make([*(column[a:b] for column in columns), *local, spans[first[i] : first[i + 1]]])


def _outside(found: list[Quotation], lines: list[Boilerplate]) -> list[Quotation]:
    """Quotations that no boilerplate touches."""
    kept, i = [], 0
    for quotation in found:
        while i < len(lines) and lines[i].end <= quotation.start:
            i += 1
        if i == len(lines) or lines[i].start >= quotation.end:
            kept.append(quotation)
    return kept


def _page(text: str, words: _Words, lines: list[Boilerplate], marked: list[Quotation]) -> Page:
    quote = [0] * len(words.low)
    numbered = [(q.start, q.end, n) for n, q in enumerate(marked, start=1)] + [
        (b.start, b.end, -1) for b in lines
    ]
    for start, end, number in numbered:
        first, stop = bisect_left(words.start, start), bisect_left(words.start, end)
        quote[first:stop] = [number] * (stop - first)
    units = _units(text, words, marked)
    spans = [(q.start, q.end) for q in marked]
    page = Page(text, words.low, words.tags, words.start, words.end, words.joined, quote, spans, units)
    rejoin(page, words.loose)
    return page


def _units(text: str, words: _Words, marked: list[Quotation]) -> list[Unit]:
    """The sentences, those joined that a quotation runs over or that it leads (*"Why?" Smith asked*)."""
    units: list[Unit] = []
    i, start = 0, None
    for k, (begin, end) in enumerate(words.sentences):
        start = begin if start is None else start
        while i < len(marked) and marked[i].end <= end - 3:
            i += 1
        over = marked[i] if i < len(marked) and marked[i].start < end else None
        if over and k + 1 < len(words.sentences) and _goes_on(text, words, over, end, words.sentences[k + 1]):
            continue
        body = text[start:end].rstrip()
        first, stop = bisect_left(words.start, start), bisect_left(words.start, end)
        units.append(Unit(start, end, first, stop, start + len(body.rstrip(_EDGES)), body.endswith(":")))
        start = None
    return units


def _goes_on(text: str, words: _Words, over: Quotation, end: int, following: tuple[int, int]) -> bool:
    """Whether the sentence that ends at ``end``, in or with a quotation, goes on in the following one."""
    if over.end > following[0]:
        return True
    if "\n" in text[end : following[0]]:
        return False
    return over.end > end or _leads(text, words, over, following)


def _leads(text: str, words: _Words, quotation: Quotation, following: tuple[int, int]) -> bool:
    """Whether a sentence after a quotation's question or exclamation names its speaker and no more."""
    if text[quotation.end - 2 : quotation.end - 1] not in "?!—-…":
        return False
    first, stop = bisect_left(words.start, following[0]), bisect_left(words.start, following[1])
    near = words.candidates[
        bisect_left(words.candidates, first) : bisect_left(words.candidates, min(stop, first + 8))
    ]
    return any(c + 1 >= stop or not words.joined[c + 1] or c + 6 >= stop for c in near)


# --------------------------------------------------------------------------- rows

_NOTHING = (None,) * 7


def _rows(
    page: Page,
    found: list[Report],
    lines: list[Boilerplate],
    embedded: list[Post | Turn],
    marked: list[Quotation],
    cast: Cast,
) -> tuple[list[tuple], list[tuple]]:
    """The rows of one text for ``voices`` and ``cues``, without article and field."""
    given = attribute(page, marked, found)
    expressions = []
    for report in found:
        name = cast.speaker(report.source) if report.source else None
        start, end = page.start[report.first], page.end[report.last]
        expressions.append((start, end, page.text[start:end], report.cue.cue_class, name))
    clauses = _with_embedded(_clauses(page, found), embedded, len(found))
    # Each row with its clause: the number of an outermost report, then of a post or turn, or one of its own below 0.
    rows: list[tuple] = []
    for start, end, number in _unmarked(page, clauses, marked, lines):
        if number < len(found):
            said = _said(page, cast, found[number], found[number].source)
        else:
            said = _signed(page, cast, embedded[number - len(found)])
        rows.append((start, end, "indirect", number, *said))
    begins = [start for start, *_ in clauses]
    for n, (quotation, attribution) in enumerate(zip(marked, given, strict=True)):
        at = bisect_right(begins, quotation.start) - 1
        covered = at >= 0 and quotation.start < clauses[at][1]
        clause = None if attribution.voice == "scare" else clauses[at][2] if covered else -1 - n
        said = _said(page, cast, attribution.report, attribution.source, attribution.reason)
        rows.append((quotation.start, quotation.end, attribution.voice, clause, *said))
    rows += [(line.start, line.end, "boilerplate", None, *_NOTHING, line.kind) for line in lines]
    rows.sort(key=lambda row: row[0])
    numbers: dict[int, int] = {}
    for row in rows:
        if row[3] is not None:
            numbers.setdefault(row[3], len(numbers))
    return [(*row[:3], numbers.get(row[3]), *row[4:]) for row in rows], expressions


def _said(
    page: Page, cast: Cast, report: Report | None, source: Phrase | None, reason: str | None = None
) -> tuple:
    """A row from ``speaker`` to ``reason``."""
    speaker = cast.speaker(source) if source else None
    span = page.span(source) if source else (None, None)
    cue: tuple = (None,) * 4
    if report:
        start, end = page.start[report.first], page.end[report.last]
        cue = (page.text[start:end], start, end, report.cue.cue_class)
    if speaker is None and reason is None:
        reason = NO_SOURCE if report else NO_CUE
    return speaker, *span, *cue, reason


def _told(page: Page, report: Report, piece: tuple[int, int]) -> bool:
    """Whether a source has said it: what somebody thinks, hopes or means is the outlet's telling.

    Some verbs report only before *that*: *they maintain that it fell*, *they maintain the bridge*.
    """
    source = page.low[report.source.last] if report.source else ""
    if source in ("i", "my") or (report.label and source in ("we", "our")):
        return False  # outside quotation marks "I" is the author, so that the words are the outlet's
    if report.label:
        return True
    if report.cue.act not in ("speech", "evidence") or report.source is None:
        return False
    if "that" not in report.cue.takes:
        return True
    between = page.text[page.end[report.last] : piece[0]]
    return page.text[piece[0] : piece[0] + 5].lower() == "that " and not between.strip()


def _signed(page: Page, cast: Cast, words: Post | Turn) -> tuple:
    """The row of a post or turn from ``speaker`` to ``reason``."""
    name = page.text[words.name : words.name_end]
    speaker = cast.labelled(name) if isinstance(words, Turn) else name
    return (speaker, words.name, words.name_end, *(None,) * 5)


def _with_embedded(
    clauses: list[tuple[int, int, int]], embedded: list[Post | Turn], first: int
) -> list[tuple[int, int, int]]:
    """The clauses, those that touch a post or turn left out, and these, which are numbered from ``first``."""
    if not embedded:
        return clauses
    ends = [words.end for words in embedded]
    kept = [
        clause
        for clause in clauses
        if (k := bisect_right(ends, clause[0])) == len(embedded) or embedded[k].start >= clause[1]
    ]
    return sorted(kept + [(words.start, words.end, first + n) for n, words in enumerate(embedded)])


def _clauses(page: Page, found: list[Report]) -> list[tuple[int, int, int]]:
    """What the reports attribute, ``(start, end, number of the report)``, without overlap: of nested
    stretches the outermost counts."""
    spans = sorted(
        (
            (*piece, n)
            for n, report in enumerate(found)
            for piece in (report.before, report.after, report.block)
            if piece and (report.worded or piece is report.block) and _told(page, report, piece)
        ),
        key=lambda span: (span[0], -span[1], span[2]),
    )
    clauses, cursor = [], 0
    for start, end, n in spans:
        if end > cursor:
            clauses.append((max(start, cursor), end, n))
            cursor = end
    return clauses


def _unmarked(
    page: Page, clauses: list[tuple[int, int, int]], marked: list[Quotation], lines: list[Boilerplate]
) -> Iterator[tuple[int, int, int]]:
    """The pieces of the clauses that stand neither in quotation marks nor in boilerplate."""
    taken = sorted([(q.start, q.end) for q in marked] + [(line.start, line.end) for line in lines])
    k = 0
    for start, end, n in clauses:
        while start < end:
            while k < len(taken) and taken[k][1] <= start:
                k += 1
            blocked = k < len(taken) and taken[k][0] < end
            stop = max(start, taken[k][0]) if blocked else end
            body = page.text[start:stop]
            if body.strip(_EDGES + _BRACKETS):
                left = start + len(body) - len(body.lstrip(_EDGES))
                yield left, start + len(body.rstrip()), n
            start = taken[k][1] if blocked else end


# --------------------------------------------------------------------------- looking up


class VoiceLookup:
    """The voice, and the speaker, at any character of ``docs``: by the rows of a `voices` table of the same.

    ``codes`` has the number in ``schema.VOICES`` of each row's voice and, last, of the outlet's.

    >>> docs = documents(pd.DataFrame({"article_id": ["a"], "text": ["The “Iron” Lady won."]}))
    >>> lookup = VoiceLookup(voices(docs), docs)
    >>> [VOICES[code] for code in lookup.codes[lookup.row(np.array([0, 0]), np.array([3, 4]))]]
    ['outlet', 'scare']
    """

    def __init__(self, voices: pd.DataFrame, docs: pd.DataFrame) -> None:
        self._documents = pd.MultiIndex.from_frame(docs[["article_id", "field"]])
        self._starts, self._ends = self.places(voices, "start"), self.places(voices, "end")
        code = pd.Index(VOICES).get_indexer(voices["voice"])
        self.codes = np.append(code, 0)  # row -1, no span: the outlet's own words
        self._speakers = pd.concat([voices["speaker"].astype("object"), pd.Series([None])]).to_numpy()

    def _number(self, spans: pd.DataFrame) -> np.ndarray:
        if not len(spans):
            return np.zeros(0, np.int64)
        return self._documents.get_indexer(pd.MultiIndex.from_frame(spans[["article_id", "field"]])).astype(
            np.int64
        )

    def places(self, spans: pd.DataFrame, edge: str) -> np.ndarray:
        """Where each of ``spans`` starts or ends, as one number that orders all characters of the batch."""
        return self._number(spans) * _STRIDE + spans[edge].to_numpy()

    def row(self, document: np.ndarray, start: np.ndarray) -> np.ndarray:
        """The row of ``voices`` that holds the character ``start`` of ``document``, or -1."""
        at = document.astype(np.int64) * _STRIDE + start
        row = np.searchsorted(self._starts, at, "right") - 1
        if not len(self._ends):
            return np.full(len(at), -1)
        return np.where((row >= 0) & (at < self._ends[row]), row, -1)

    def join(self, spans: pd.DataFrame, *, speaker: bool = True) -> pd.DataFrame:
        """``spans`` with ``voice``, and ``speaker`` where asked for, at each one's first character."""
        row = self.row(self._number(spans), spans["start"].to_numpy())
        voice = pd.Series(np.array(VOICES, object)[self.codes[row]], index=spans.index, dtype="str")
        spans = spans.assign(voice=voice)
        if speaker:
            spans = spans.assign(speaker=pd.Series(self._speakers[row], index=spans.index, dtype="str"))
        return spans
