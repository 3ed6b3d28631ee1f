"""Quotation marks: which stretches of a text stand between them.

text -> quotations, in one pass over its marks

House styles differ (straight, curly, double, single, guillemets, ``''``), copies are damaged (a mark
lost, one turned the wrong way), and apostrophes look like marks. Everything here is decided within
the paragraph, so that a lost mark never swallows the rest of an article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

UNCLOSED = "closing mark missing"
UNOPENED = "opening mark missing"


class Quotation(NamedTuple):
    """A stretch between quotation marks, which it includes: ``[start, end)`` in code points.

    ``continues``: it takes up the quotation before it, which its paragraph left open.
    ``reason``: what is amiss with its marks, if anything.
    """

    start: int
    end: int
    continues: bool = False
    reason: str | None = None


class Paragraph(NamedTuple):
    """A paragraph of a text, without the white space around it: ``[start, end)`` in code points."""

    start: int
    end: int


class _Mark(NamedTuple):
    start: int
    end: int
    double: bool
    can_open: bool
    can_close: bool
    weak: bool
    """It closes, but may be the apostrophe of a possessive."""


# A mark between two letters is an apostrophe, no candidate. Web addresses and tags are matched so
# that marks inside them are passed over; an address gives back the marks and stops it ends with.
_CANDIDATE = re.compile(
    r"https?://(?:[^\s<>]*[^\s<>\"“”„‟‘’«»'`.,;:!?)\]])?|<[a-zA-Z/!](?:[^<>\n]|\n(?![^\S\n]{0,80}\n)){0,500}>"
    r"|'''?|``|[\"“”„‟«»‘‚‛‹›]|(?<![^\W_])['’`]|['’](?![^\W_])"
)
_DOUBLE = frozenset({"“", "”", "„", "‟", "«", "»", '"', "''", "'''", "``"})
_ONLY_OPENS = frozenset({"„", "«", "``", "‚", "‛", "‹", "‘", "`"})
_ONLY_CLOSES = frozenset({"»", "›", "’", "‟"})
_BEFORE_OPENING = frozenset("([{<—–-―/:;,=>*|_•·…\u200b\ufeff“‘\"'«„")
_NEVER_AFTER_OPENING = frozenset(".,;:!?)]}")
_NEVER_BEFORE_CLOSING = frozenset("([{")
# '90s, 'em, 'tis: what an apostrophe at the head of a word may begin.
_ELISION = re.compile(
    r"['’‘`](?:\d\d(?:s|\b)|(?:em|er|til{1,2}|cause|cos|coz|tis|twas|n|round|bout|ere|neath|tude)\b)", re.I
)
_INCHES = re.compile(r"\d\s?['’′]\s?\d{1,2}$")
_SENTENCE_END = re.compile(r"[.!?…]['’\")\]]*\s")
_WORD = re.compile(r"[^\W_]")
_BLANK = re.compile(r"\n\s*")
_MOST_UNMARKED = 4  # paragraphs that a quotation may run over without being opened again
_LONGEST_WEAK = 60  # code points from ‘ to an apostrophe that may be a possessive's


def quotations(text: str) -> list[Quotation]:
    """The stretches of ``text`` between quotation marks, in order; no two overlap.

    Of nested quotations the outermost counts. A quotation that runs over several paragraphs is one
    item a paragraph. Apostrophes, feet and inches, and marks inside web addresses and HTML tags are
    no quotation marks. A mark without its partner gives an item with a ``reason`` that ends (begins)
    with its paragraph or sentence; a closing mark that follows no stop gives nothing.

    Time grows in proportion to the length of the text, whatever the text.

    >>> text = "It's a 'no', the 'Iron' Lady's aide said. “Never!”"
    >>> [text[q.start : q.end] for q in quotations(text)]
    ["'no'", "'Iron'", '“Never!”']
    >>> quotations("“We won, he said.")
    [Quotation(start=0, end=17, continues=False, reason='closing mark missing')]
    """
    marks = [mark for match in _CANDIDATE.finditer(text) if (mark := _read(text, match))]
    if not marks:
        return []
    around = paragraphs(text)
    starts = [p.start for p in around]
    of_paragraph: list[list[_Mark]] = [[] for _ in around]
    for mark in marks:
        of_paragraph[bisect_right(starts, mark.start) - 1].append(mark)
    return [q for q in _across(text, around, of_paragraph) if _WORD.search(text, q.start, q.end)]


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of ``text``: its lines, but for line breaks that merely wrap a line.

    >>> text = "One.\\n\\nTwo, which goes\\non here."
    >>> [text[p.start : p.end] for p in paragraphs(text)]
    ['One.', 'Two, which goes\\non here.']
    """
    cuts, line_start = [0], 0
    for match in _BLANK.finditer(text):
        start, end = match.span()
        if not _wraps(text, line_start, start, end):
            cuts.append(end)
        line_start = end
    cuts.append(len(text))
    found = []
    for start, end in pairwise(cuts):
        body = text[start:end]
        left = len(body) - len(body.lstrip())
        if left < len(body):
            found.append(Paragraph(start + left, start + len(body.rstrip())))
    return found


def _wraps(text: str, line_start: int, start: int, end: int) -> bool:
    """Whether the line break ``[start, end)`` only wraps a line: one break, in mid-sentence."""
    if end == len(text) or text.find("\n", start + 1, end) >= 0:
        return False
    last = text[start - 1 : start]
    return text[end].islower() or (50 <= start - line_start <= 110 and (last.isalnum() or last == ","))


def _read(text: str, match: re.Match[str]) -> _Mark | None:
    """The candidate as a mark with what its neighbours allow, or ``None`` if it is no mark."""
    glyph = match[0]
    if glyph[0] == "h" or glyph[0] == "<":
        return None
    start, end = match.span()
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    at_edge = before.isspace() or before in _BEFORE_OPENING
    can_open = (
        at_edge and not after.isspace() and (after not in _NEVER_AFTER_OPENING or text.startswith("..", end))
    )
    can_close = not before.isspace() and before not in _NEVER_BEFORE_CLOSING
    if glyph in _ONLY_OPENS:
        can_open, can_close = not after.isspace(), False
    elif glyph in _ONLY_CLOSES:
        can_open = False
    elif glyph == "“":  # turned the wrong way, it closes
        can_open = not after.isspace() and (at_edge or after.isalnum())
        can_close = can_close and not can_open
    elif (
        glyph == '"' and not at_edge and before in ".?!" and after.isalnum()
    ):  # glued: "It rained."It stopped
        can_open = True
    elif glyph == '"' and before.isspace() and after.isspace():  # loose: " It rained. "
        can_open = can_close = start > 0 and end < len(text)
    if can_open and glyph in "'‘`" and _ELISION.match(text, start):
        can_open = False
    if can_close and before.isdigit() and _measures(text, start, glyph, after):
        return None
    if not (can_open or can_close):
        return None
    weak = glyph in "'’" and before in "snS" and after == " " and text[end + 1 : end + 2].islower()
    return _Mark(start, end, glyph in _DOUBLE, can_open, can_close, weak)


def _measures(text: str, start: int, glyph: str, after: str) -> bool:
    """Whether a mark after a digit stands for feet (6'2, 6' 2") or, after feet, for inches."""
    if glyph in "'’":
        return after.isdigit() or (after == " " and text[start + 2 : start + 3].isdigit())
    return glyph in '"”' and bool(_INCHES.search(text[max(0, start - 8) : start]))


class _Paired(NamedTuple):
    """Of one paragraph: outermost pairs, and the double marks (and a first single) without a partner."""

    pairs: list[tuple[int, int]]
    openers: list[_Mark]
    closers: list[_Mark]


def _across(text: str, around: list[Paragraph], of_paragraph: list[list[_Mark]]) -> list[Quotation]:
    """Pair the marks of each paragraph, and carry a quotation that one leaves open into the next."""
    found: list[Quotation] = []
    carried, unmarked = False, 0  # unmarked: over how many more paragraphs a quotation runs unmarked
    for i, (paragraph, marks) in enumerate(zip(around, of_paragraph, strict=True)):
        floor, begin = paragraph.start, 0
        if unmarked:
            unmarked -= 1
            if unmarked:
                found.append(Quotation(*paragraph, continues=True))
                continue
            begin = next(j for j, m in enumerate(marks) if m.double) + 1
            floor = marks[begin - 1].end
            found.append(Quotation(paragraph.start, floor, continues=True))
        paired = _pair(marks, begin)
        last = paired.openers[-1] if paired.openers else None
        reopened = last is not None and _opens(of_paragraph, around, i + 1, last.double)
        if (
            last
            and last.double
            and not reopened
            and not any(start > last.start for start, _ in paired.pairs[-1:])
        ):
            unmarked = _runs_over(of_paragraph, i + 1)
        rows = _rows(text, Paragraph(floor, paragraph.end), paired, runs_on=reopened or unmarked > 0)
        if carried and rows and rows[0].start == paragraph.start:
            rows[0] = rows[0]._replace(continues=True)
        found += rows
        carried = reopened
    return found


def _opens(of_paragraph: list[list[_Mark]], around: list[Paragraph], i: int, double: bool) -> bool:
    """Whether paragraph ``i`` begins with an opening mark of that kind."""
    if i >= len(around) or not of_paragraph[i]:
        return False
    first = of_paragraph[i][0]
    return first.start == around[i].start and first.can_open and first.double == double


def _runs_over(of_paragraph: list[list[_Mark]], i: int) -> int:
    """How many paragraphs on stands the closing mark of a quotation that is not opened again; else 0."""
    for ahead, marks in enumerate(of_paragraph[i : i + _MOST_UNMARKED], start=1):
        first = next((m for m in marks if m.double), None)
        if first:
            return 0 if first.can_open else ahead
    return 0


def _pair(marks: list[_Mark], begin: int) -> _Paired:
    """Pair the marks of a paragraph from the ``begin``-th on."""
    closing = _single_closers(marks)
    pairs: list[tuple[int, int]] = []
    stack: list[_Mark] = []
    strays: list[_Mark] = []
    i = begin
    while i < len(marks):
        mark, closer = marks[i], closing[i]
        in_double = bool(stack) and stack[-1].double
        i += 1
        if not mark.double:
            if mark.can_open and closer and not in_double:
                pairs.append((mark.start, marks[closer].end))
                i = closer + 1
            elif mark.can_open and i == 1:
                stack.append(mark)
        elif mark.can_close and in_double:
            opener = stack.pop()
            while pairs and pairs[-1][0] > opener.start:
                pairs.pop()
            pairs.append((opener.start, mark.end))
        elif mark.can_open:
            stack.append(mark)
        else:
            strays.append(mark)
    return _Paired(pairs, stack, strays)


def _single_closers(marks: list[_Mark]) -> list[int]:
    """For each single opening mark the place in ``marks`` of the mark that closes it; 0 for none.

    That is the next that can, unless it looks like a possessive (the workers’ rights) and a better
    one follows before another quotation opens.
    """
    found = [0] * len(marks)
    following = better = 0
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        if mark.double:
            continue
        if mark.can_open:
            near = following and (
                not marks[following].weak or marks[following].end - mark.start < _LONGEST_WEAK
            )
            found[i] = better or (following if near else 0)
            better = 0
        if mark.can_close:
            following = i
            better = better if mark.weak else i
    return found


def _rows(text: str, paragraph: Paragraph, paired: _Paired, *, runs_on: bool) -> list[Quotation]:
    """The quotations of a paragraph in order; ``runs_on``: its last unpaired opening mark goes to its end."""
    rows: list[Quotation] = []
    pairs, openers, strays = paired
    if runs_on:
        last = openers[-1].start
        openers, pairs = openers[:-1], [pair for pair in pairs if pair[0] < last]
        rows.append(Quotation(last, paragraph.end))
        paragraph = Paragraph(paragraph.start, last)
    rows += [Quotation(start, end) for start, end in pairs]
    ends = sorted([start for start, *_ in rows] + [m.start for m in openers] + [paragraph.end])
    for mark in openers:
        if mark.double:
            limit = ends[bisect_right(ends, mark.start)] if mark.start < ends[-1] else paragraph.end
            rows.append(Quotation(mark.start, _cut(text, mark, limit, paragraph), reason=UNCLOSED))
    rows.sort()
    for mark in strays:
        before = bisect_right(rows, (mark.start,))
        floor = rows[before - 1].end if before else paragraph.start
        start = _begin(text, floor, mark.start)
        if start is not None and mark.start < paragraph.end:
            rows.insert(before, Quotation(start, mark.end, reason=UNOPENED))
    return rows


def _cut(text: str, opener: _Mark, limit: int, paragraph: Paragraph) -> int:
    """Where an unclosed quotation ends: with its paragraph if they begin together, else its sentence."""
    whole = opener.start == paragraph.start and limit == paragraph.end
    stop = None if whole else _SENTENCE_END.search(text, opener.end, limit)
    end = stop.end() if stop else limit
    return opener.start + len(text[opener.start : end].rstrip())


def _begin(text: str, floor: int, end: int) -> int | None:
    """Where a quotation without opening mark begins: with its sentence; nowhere if no stop precedes its end."""
    if end - floor < 2 or text[end - 1] not in ".,?!…—":
        return None
    last = floor
    for stop in _SENTENCE_END.finditer(text, floor, end):
        last = stop.end()
    return last + len(text[last:end]) - len(text[last:end].lstrip())
