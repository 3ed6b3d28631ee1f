"""Reporting clauses: which expression attributes which stretch of a sentence to which source.

page (the words of a text with their tags, its quotations and sentences) -> reports

A report is found from its cue outwards: back to the subject (*Smith, a lawyer, has repeatedly said*)
or on to it (*said Smith*), and on to the clause that it attributes. Only the words around cues are
looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from .cues import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    NOT_NOUN,
    NUMBER,
    OBJECT,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    SUBJECT,
    SUBORDINATOR,
    TIME,
    Cue,
    lexicon,
)


class Unit(NamedTuple):
    """A sentence, whose quotations count as one piece: code points and words ``[first, stop)``."""

    start: int
    end: int
    first: int
    stop: int


@dataclass(frozen=True)
class Page:
    """The words of one text. One entry a word: ``low`` (lower case), ``tags``, ``start``, ``end``,
    ``joined`` (no punctuation before it), ``quote`` (1 + number of the quotation it is in, or 0)."""

    text: str
    low: list[str]
    tags: list[int]
    start: list[int]
    end: list[int]
    joined: list[bool]
    quote: list[int]
    quotes: list[tuple[int, int]]
    units: list[Unit]

    def gap(self, word: int) -> str:
        """The characters between a word and the one before it."""
        return self.text[self.end[word - 1] if word else 0 : self.start[word]]


@dataclass
class Report:
    """A cue in its place: words ``[first, last]``; ``source``, words ``[from, to]`` of its source.

    ``before`` and ``after``: the stretches ``[start, end)`` it attributes, on either side.
    """

    cue: Cue
    first: int
    last: int
    unit: Unit
    source: tuple[int, int] | None = None
    before: tuple[int, int] | None = None
    after: tuple[int, int] | None = None
    passive: bool = False
    shared: bool = False


_OPEN_SUBJECTS = frozenset(
    "some many most others all few both this that these those another neither several everyone".split()
)
_PLURAL_SUBJECTS = frozenset(
    "i you we they who some many most others all few both people police that which".split()
)
_LINKS = frozenset("of for at from in with on by to".split())
_STUDIES = re.compile(
    r"(?:poll|surve|stud(?:y|ies)|report|data|research|figure|number|analys|record|document|e?-?mail|result|finding|estimate|"
    r"review|investigation|inquiry|audit|statistic|test|evidence|census|committee|panel|jury|court|judge|researcher|scientist)"
)
_BREAK = re.compile(r"[.;:?!]")
_FINAL = " \t\n\r.,;:!?—–-"
_LONGEST_NAME = 14
_LONGEST_ASIDE = 40


def reports(page: Page, candidates: list[int]) -> list[Report]:
    """The reports of a page, in order. ``candidates``: words that may begin a cue, outside quotations."""
    found: list[Report] = []
    stops = [unit.stop for unit in page.units]
    unit_of, busy, current = 0, -1, []
    for i in candidates:
        if i <= busy:
            continue
        at = bisect_right(stops, i, unit_of)
        if at >= len(page.units) or page.units[at].first > i:
            continue
        if at != unit_of:
            unit_of, current = at, []
        report = _report(page, page.units[at], i, current)
        if report:
            busy = report.last
            current.append(report)
            found.append(report)
    return found


def _report(page: Page, unit: Unit, i: int, earlier: list[Report]) -> Report | None:
    for cue in lexicon().by_word[page.low[i]]:
        last = i + len(cue.rest)
        if cue.rest and (
            last >= unit.stop
            or tuple(page.low[i + 1 : last + 1]) != cue.rest
            or not all(page.joined[i + 1 : last + 1])
        ):
            continue
        found = _READERS[cue.form](page, unit, Report(cue, i, last, unit), earlier)
        if found:
            return found
    return None


# --------------------------------------------------------------------------- verbs


def _verb(page: Page, unit: Unit, report: Report, earlier: list[Report]) -> Report | None:
    """A report whose cue is a verb, if it is one here (*the report says*, not *her claims*)."""
    cue, i = report.cue, report.first
    tags, low, joined = page.tags, page.low, page.joined
    j, be, helped = i - 1, False, False
    while (
        j >= unit.first
        and joined[j + 1]
        and tags[j] & (AUXILIARY | ADVERB)
        and not tags[j] & SUBJECT
        and not page.quote[j]
    ):
        if tags[j] & AUXILIARY:
            be = be or (not helped and bool(tags[j] & BE))
            helped = True
        j -= 1
    if j >= unit.first and joined[j + 1] and tags[j] & SUBJECT and tags[j] & AUXILIARY:
        be, helped = be or (not helped and bool(tags[j] & BE)), True
    touching = j >= unit.first and joined[j + 1] and not page.quote[j]
    before = tags[j] if touching else 0
    word = low[j] if touching else ""
    if cue.form == "past" and be:
        report.passive = True
    if cue.form == "ing" and not be:
        return _participle(page, unit, report, earlier, before)
    if (
        touching
        and not helped
        and j == i - 1
        and before & (DETERMINER | POSSESSIVE | NUMBER)
        and not before & SUBJECT
        and word not in _OPEN_SUBJECTS
    ):
        if not (before & POSSESSIVE and False):
            return None
    if touching and word == "to":
        if cue.form != "base":
            return None
        report.source = earlier[-1].source if earlier else None
        report.shared = True
        return _content(page, unit, report, earlier)
    if touching and before & PREPOSITION and not before & SUBJECT and word not in _OPEN_SUBJECTS:
        return None
    if not touching and not helped and _inverted(page, unit, report):
        return report
    subject = _subject(page, unit, j, i if j == i - 1 else j + 1)
    if subject is None and touching and before & CONJUNCTION and earlier and earlier[-1].source:
        subject, report.shared = earlier[-1].source, True
    if subject is None:
        if cue.form in ("base", "s") or not (touching or helped):
            return None
        if not touching and cue.form == "past" and not helped:
            return None
        if touching and before & CONJUNCTION:
            subject = _first_noun_phrase(page, unit, i)
        if subject is None and not report.passive:
            return None
    report.source = subject
    if not helped and cue.form == "base" and not _takes_base(page, subject):
        return None
    if report.passive:
        report.source = _agent(page, unit, report.last + 1)
    return _content(page, unit, report, earlier)


def _takes_base(page: Page, subject: tuple[int, int] | None) -> bool:
    """Whether a subject is plural, *I* or *you*, as a verb in its base form needs."""
    if subject is None:
        return False
    head = page.low[subject[1]]
    if head in _PLURAL_SUBJECTS or page.tags[subject[1]] & PLURAL:
        return True
    return any(page.tags[k] & PLURAL or page.low[k] == "and" for k in range(subject[0], subject[1]))


def _participle(page: Page, unit: Unit, report: Report, earlier: list[Report], before: int) -> Report | None:
    """*…, saying that it was over*; *by saying*: its source is that of the clause it hangs on."""
    i = report.first
    if before & (DETERMINER | POSSESSIVE) and not before & OBJECT:
        return None
    if (
        page.joined[i]
        and i > unit.first
        and not before
        & (PREPOSITION | CONJUNCTION | SUBORDINATOR | OBJECT | TIME | NUMBER | CAPITAL | ADVERB | PLURAL)
    ):
        if not page.tags[i - 1] & (ADVERB):
            return None
    if page.low[i - 1] == "with" or (before & (CAPITAL | PLURAL) and i > unit.first):
        report.source = _noun_phrase(page, unit, i - 1) if i > unit.first and page.joined[i] else None
    if report.source is None:
        sources = [r.source for r in earlier if r.source]
        report.source = sources[-1] if sources else _first_noun_phrase(page, unit, i)
        report.shared = True
    return _content(page, unit, report, earlier)


def _inverted(page: Page, unit: Unit, report: Report) -> bool:
    """*"…," said Smith* and *…, said Smith*: reads the source after the cue, if that's what it is."""
    cue, k = report.cue, report.last + 1
    if cue.act == "intent" or cue.form == "ing" or k >= unit.stop or not page.joined[k] or page.quote[k]:
        return False
    if (
        page.low[k] in ("that", "it", "there")
        or (page.tags[k] & (PREPOSITION | AUXILIARY | CONJUNCTION | TIME | SUBORDINATOR | OBJECT | ADVERB)
        and not page.tags[k] & (CAPITAL | DETERMINER))
    ):
        return False
    if page.tags[k] & (TIME | PREPOSITION):
        return False
    gap = page.gap(report.first)
    if report.first > unit.first and not any(c in gap for c in ",”\"'’?!»—–"):
        return False
    ends = _noun_phrase_ahead(page, unit, k)
    report.source = (k, ends)
    if report.first > unit.first:
        report.before = (unit.start, page.end[report.first - 1])
    report.after = _resumed(page, unit, ends + 1)
    return bool(
        "clause" in cue.takes or "person" in cue.takes or "ask" in cue.takes or page.quote[report.first - 1]
        if report.first
        else True
    )


def _resumed(page: Page, unit: Unit, k: int) -> tuple[int, int] | None:
    """What goes on after *…, said Smith, …*: only where a quotation or *that* takes it up."""
    end = min(k + 25, unit.stop)
    for m in range(k, end):
        if page.quote[m]:
            return page.quotes[page.quote[m] - 1][0], _unit_end(page, unit)
    return None


# --------------------------------------------------------------------------- subjects


def _subject(page: Page, unit: Unit, j: int, edge: int) -> tuple[int, int] | None:
    """The noun phrase that ends at word ``j``, or before the aside that ends there."""
    if j < unit.first or edge <= unit.first:
        return None
    if page.quote[j]:
        return None
    if page.joined[edge]:
        return _noun_phrase(page, unit, j)
    gap = page.gap(edge)
    if _BREAK.search(gap.replace(".", "", 1) if gap[:1] == "." else gap):
        return None
    if ")" in gap:
        opens = [k for k in range(j, max(unit.first, j - _LONGEST_ASIDE), -1) if "(" in page.gap(k)]
        return _noun_phrase(page, unit, opens[0] - 1) if opens else None
    for dash in "—–":
        if dash in gap:
            opens = [k for k in range(j, max(unit.first, j - _LONGEST_ASIDE), -1) if dash in page.gap(k)]
            return _noun_phrase(page, unit, opens[0] - 1) if opens else None
    if "," not in gap:
        return _noun_phrase(page, unit, j) if not gap.strip(" \t.’'\"”") else None
    return _before_aside(page, unit, j)


def _before_aside(page: Page, unit: Unit, j: int) -> tuple[int, int] | None:
    """*Smith, a lawyer from Reno, Nev., said*: the noun phrase before the comma that opens the aside."""
    nearest = None
    for k in range(j, max(unit.first, j - _LONGEST_ASIDE), -1):
        if page.joined[k] or page.quote[k - 1]:
            continue
        gap = page.gap(k)
        if "," not in gap:
            if _BREAK.search(gap) and not gap.startswith("."):
                break
            continue
        phrase = _noun_phrase(page, unit, k - 1)
        if phrase is None:
            continue
        nearest = nearest or phrase
        after = page.tags[k]
        if (
            after & (DETERMINER | NUMBER | PREPOSITION)
            or page.low[k] in ("who", "which", "whose")
            or not after & (CAPITAL | CONJUNCTION)
        ):
            return phrase
    return nearest


def _noun_phrase(page: Page, unit: Unit, j: int) -> tuple[int, int] | None:
    """The noun phrase whose last word is ``j``: back over names, nouns, determiners, *of* and the like."""
    tags, low, joined = page.tags, page.low, page.joined
    if j < unit.first or page.quote[j]:
        return None
    if tags[j] & SUBJECT and low[j] not in ("who", "which"):
        return j, j
    if low[j] in ("who", "which", "that"):
        if low[j] == "that" and not (j > unit.first and joined[j]):
            return j, j
        phrase = _noun_phrase(page, unit, j - 1) if j > unit.first and not page.quote[j - 1] else None
        return phrase or (j, j)
    if low[j] in _OPEN_SUBJECTS:
        return j, j
    if tags[j] & (AUXILIARY | CONJUNCTION | PREPOSITION | SUBORDINATOR | NOT_NOUN) and not tags[j] & CAPITAL:
        return None
    while tags[j] & (TIME | ADVERB) and not (tags[j] & CAPITAL and not tags[j] & TIME):
        if j <= unit.first or not joined[j]:
            return None
        j -= 1
        if low[j] in ("on", "in", "at", "last", "this", "next"):
            j -= 1
        if j < unit.first or tags[j] & (AUXILIARY | CONJUNCTION | PREPOSITION):
            return None
    first, bare = j, 0
    lowest = max(unit.first, j - _LONGEST_NAME)
    while first > lowest and joined[first] and not page.quote[first - 1]:
        k = first - 1
        here = tags[first]
        if (here & DETERMINER and not here & CAPITAL) or low[first] in ("the", "a", "an"):
            if low[k] in _LINKS and k > lowest and joined[k] and _nominal(page, k - 1):
                first = k - 1
                continue
            break
        if tags[k] & (SUBJECT | AUXILIARY | TIME | SUBORDINATOR | NOT_NOUN) and not (tags[k] & DETERMINER):
            break
        if tags[k] & CONJUNCTION:
            if (
                low[k] == "and"
                and k > lowest
                and joined[k]
                and _nominal(page, k - 1)
                and here & (CAPITAL | DETERMINER)
                and tags[k - 1] & (CAPITAL | PLURAL)
            ):
                first = k - 1
                continue
            break
        if tags[k] & PREPOSITION:
            if low[k] in _LINKS and k > lowest and joined[k] and _nominal(page, k - 1):
                first = k - 1
                continue
            break
        if not tags[k] & (CAPITAL | DETERMINER | POSSESSIVE | NUMBER):
            bare += 1
            if (
                bare > 4
                or (low[k] in lexicon().by_word
                and lexicon().by_word[low[k]][0].form in ("past", "s")
                and not tags[k] & DETERMINER
                and low[k].endswith(("ed", "said", "says"))
                and not _has_determiner(page, k, lowest))
            ):
                break
        first = k
    return first, j


def _has_determiner(page: Page, k: int, lowest: int) -> bool:
    return k - 1 >= lowest and page.joined[k] and bool(page.tags[k - 1] & (DETERMINER | POSSESSIVE))


def _nominal(page: Page, k: int) -> bool:
    """Whether a word can end a noun phrase."""
    tags = page.tags[k]
    return bool(tags & CAPITAL) or not tags & (
        AUXILIARY | CONJUNCTION | PREPOSITION | SUBORDINATOR | ADVERB | NOT_NOUN | TIME | SUBJECT | DETERMINER
    )


def _noun_phrase_ahead(page: Page, unit: Unit, k: int) -> int:
    """The last word of the noun phrase that begins at ``k``."""
    last = k
    if page.tags[k] & SUBJECT:
        return k
    while last + 1 < min(unit.stop, k + _LONGEST_NAME):
        following = last + 1
        if (
            (not page.joined[following]
            and page.gap(following).strip() not in (".", "'", "’"))
            or page.quote[following]
        ):
            break
        tags = page.tags[following]
        if tags & PREPOSITION:
            linked = (
                page.low[following] in ("of", "for", "at", "from")
                and following + 1 < unit.stop
                and page.joined[following + 1]
            )
            if not linked or page.tags[following + 1] & (TIME | SUBJECT | PREPOSITION):
                break
        elif tags & CONJUNCTION:
            if not (
                page.low[following] == "and"
                and following + 1 < unit.stop
                and page.tags[following + 1] & CAPITAL
            ):
                break
        elif (
            (tags & (AUXILIARY | SUBORDINATOR | SUBJECT | ADVERB | TIME | NOT_NOUN)
            and not tags & CAPITAL)
            or tags & TIME
        ):
            break
        last = following
    while (
        last > k
        and page.tags[last] & (PREPOSITION | CONJUNCTION | DETERMINER)
        and not page.tags[last] & CAPITAL
    ):
        last -= 1
    return last


def _first_noun_phrase(page: Page, unit: Unit, before: int) -> tuple[int, int] | None:
    """The sentence's first noun phrase that is not in a prepositional phrase: a guess at its subject."""
    k = unit.first
    while k < min(before, unit.first + 30):
        tags = page.tags[k]
        if (
            page.quote[k]
            or (tags & (CONJUNCTION | ADVERB | SUBORDINATOR)
            and not tags & (DETERMINER | SUBJECT))
        ):
            k += 1
        elif tags & (PREPOSITION | TIME):
            k += 1
            while k < before and page.joined[k]:
                k += 1
        elif tags & AUXILIARY and not tags & SUBJECT:
            k += 1
        else:
            return k, min(_noun_phrase_ahead(page, unit, k), before - 1)
    return None


def _agent(page: Page, unit: Unit, k: int) -> tuple[int, int] | None:
    """*was condemned by critics*: the noun phrase after *by*, soon after a passive."""
    for m in range(k, min(unit.stop - 1, k + 3)):
        if page.low[m] == "by" and page.joined[m] and not page.quote[m + 1]:
            return m + 1, _noun_phrase_ahead(page, unit, m + 1)
    return None


# --------------------------------------------------------------------------- what is attributed


def _unit_end(page: Page, unit: Unit) -> int:
    """The end of a sentence without its final stop."""
    body = page.text[unit.start : unit.end]
    return unit.start + len(body.rstrip(_FINAL))


def _content(page: Page, unit: Unit, report: Report, earlier: list[Report]) -> Report | None:
    """Add what the cue attributes; ``None`` if there is nothing that it could."""
    cue, k = report.cue, report.last + 1
    takes = cue.takes
    start = _after_cue(page, unit, k, report)
    if start is not None:
        end = _unit_end(page, unit)
        if not takes & {"clause", "person", "ask"}:
            end = _phrase_end(page, unit, start, end)
        if start < end:
            report.after = (start, end)
    if takes & {"clause", "person", "ask"} and cue.act != "intent" and report.source and not report.shared:
        first = min(report.source[0], report.first)
        gap = page.gap(first) if first > unit.first else ""
        resumes = (
            report.after is None or page.gap(k).strip()[:1] in (",", "—", "–") if k < unit.stop else True
        )
        if first > unit.first and resumes and any(c in gap for c in ",”\"'’?!»—–"):
            report.before = (unit.start, page.end[first - 1])
    if report.after or report.before:
        return report
    return None


def _after_cue(page: Page, unit: Unit, k: int, report: Report) -> int | None:
    """Where the attributed stretch after a cue begins, ``k`` being the word after the cue."""
    cue = report.cue
    takes = cue.takes
    if k >= unit.stop:
        return None
    gap = page.gap(k).strip()
    if page.quote[k]:
        return page.quotes[page.quote[k] - 1][0]
    if ":" in gap:
        return page.start[k]
    if gap and gap[0] in ".;?!)":
        return None
    if gap and gap[0] in ",—–(":
        return page.start[k] if takes & {"clause"} and cue.act == "speech" and gap[0] in ",—" else None
    that = _that(page, unit, k)
    if that is not None:
        return page.start[that]
    tags, word = page.tags[k], page.low[k]
    if takes & {"clause", "person", "ask"}:
        m = k
        if "person" in takes or "ask" in takes or cue.expression in ("show",):
            m = _past_recipient(page, unit, k)
        m = _past_adjuncts(page, unit, m)
        if m is not None and m < unit.stop:
            if page.quote[m]:
                return page.quotes[page.quote[m] - 1][0]
            if cue.act == "evidence" and not _is_study(page, report.source):
                return None
            if "ask" in takes:
                return page.start[k]
            if not page.joined[m] and m > k:
                return None
            return page.start[m]
    if "to" in takes:
        for m in range(k, min(unit.stop, k + 9)):
            if m > k and not page.joined[m]:
                break
            if page.low[m] == "to":
                return page.start[k]
    if "as" in takes:
        for m in range(k, min(unit.stop, k + 12)):
            if page.low[m] == "as" and m > k:
                return page.start[k]
    if "object" in takes and not (
        tags & (PREPOSITION | AUXILIARY | CONJUNCTION) and not tags & (DETERMINER | OBJECT | CAPITAL)
    ):
        return page.start[k]
    return None


def _that(page: Page, unit: Unit, k: int) -> int | None:
    """The *that* which begins the clause after a cue, over a recipient or an adjunct (*told CNN on Monday that*)."""
    for m in range(k, min(unit.stop, k + 14)):
        if page.quote[m] or (m > k and not page.joined[m] and "," not in page.gap(m)):
            return None
        if page.low[m] == "that" and m + 1 < unit.stop:
            return m
        if page.tags[m] & (AUXILIARY | NOT_NOUN) or (page.tags[m] & SUBJECT and not page.tags[m] & OBJECT):
            return None
    return None


def _past_recipient(page: Page, unit: Unit, k: int) -> int:
    """The word after whom was told: *reporters*, *the crowd*, *Fox News's Ann Lee*."""
    tags = page.tags[k]
    if tags & OBJECT and not (
        tags & DETERMINER
        and page.joined[k]
        and k + 1 < unit.stop
        and not page.tags[k + 1] & (DETERMINER | SUBJECT | SUBORDINATOR)
    ):
        return k + 1
    if tags & (PREPOSITION | SUBORDINATOR | TIME):
        return k
    m = k + 1 if tags & (DETERMINER | NUMBER) else k
    while m < unit.stop and (m == k or page.joined[m]) and not page.quote[m]:
        if page.tags[m] & (DETERMINER | SUBJECT | SUBORDINATOR | AUXILIARY | PREPOSITION | TIME) and not (
            page.tags[m] & CAPITAL and page.tags[m - 1] & CAPITAL
        ):
            break
        m += 1
        if page.tags[m - 1] & PLURAL and not page.tags[m - 1] & CAPITAL:
            break
    return m


def _past_adjuncts(page: Page, unit: Unit, k: int) -> int | None:
    """The word after the times, places and occasions that follow a cue: *on Monday*, *in an interview*."""
    while k < unit.stop and not page.quote[k] and (page.joined[k] or page.gap(k).strip(" ,") == ""):
        tags = page.tags[k]
        if tags & (TIME | ADVERB) and not tags & (SUBORDINATOR | DETERMINER):
            k += 1
        elif tags & PREPOSITION and not tags & SUBORDINATOR and page.low[k] not in ("about", "like"):
            m = k + 1
            while m < unit.stop and page.joined[m] and not page.quote[m]:
                if m > k + 1 and (
                    (page.tags[m] & (SUBJECT | SUBORDINATOR)
                    and not page.tags[m] & OBJECT)
                    or (page.tags[m] & DETERMINER
                    and not page.tags[m - 1] & (PREPOSITION | CONJUNCTION))
                ):
                    break
                m += 1
            k = m
        else:
            return k
    return k if k < unit.stop else None


def _phrase_end(page: Page, unit: Unit, start: int, end: int) -> int:
    """The end of an object or infinitive: at the next comma, semicolon or dash outside quotations."""
    k = bisect_left(page.start, start, unit.first, unit.stop)
    for m in range(k + 1, unit.stop):
        if not page.joined[m] and not (page.quote[m] and page.quote[m] == page.quote[m - 1]):
            gap = page.gap(m)
            if any(c in gap for c in ",;—–:("):
                return page.end[m - 1]
    return end


def _is_study(page: Page, source: tuple[int, int] | None) -> bool:
    return bool(source) and any(_STUDIES.match(word) for word in page.low[source[0] : source[1] + 1])


# --------------------------------------------------------------------------- other cues


def _noun(page: Page, unit: Unit, report: Report, earlier: list[Report]) -> Report | None:
    """*her claim that …*, *the promise to …*"""
    k = report.last + 1
    if k >= unit.stop or not page.joined[k] or page.quote[k]:
        return None
    if page.low[k] != "that" and not (page.low[k] == "to" and report.cue.takes & {"to"}):
        return None
    i = report.first
    if (
        i > unit.first
        and page.joined[i]
        and page.tags[i - 1] & (SUBJECT | AUXILIARY)
        and not page.tags[i - 1] & (DETERMINER | BE)
    ):
        return None
    m = i - 1
    while m >= unit.first and m > i - 5 and page.joined[m + 1]:
        if page.tags[m] & POSSESSIVE:
            report.source = _noun_phrase(page, unit, m)
            break
        if page.low[m] in ("his", "her", "their", "its", "my", "our"):
            report.source = (m, m)
            break
        if page.tags[m] & (DETERMINER | AUXILIARY | PREPOSITION):
            break
        m -= 1
    end = _unit_end(page, unit)
    report.after = (page.start[k], _phrase_end(page, unit, page.start[k], end))
    return report


def _fixed(page: Page, unit: Unit, report: Report, earlier: list[Report]) -> Report | None:
    """*according to*: its source follows, and what it attributes stands around."""
    k = report.last + 1
    if report.cue.expression != "according to":
        return _content(page, unit, report, earlier)
    if k >= unit.stop or page.quote[k]:
        return None
    last = _noun_phrase_ahead(page, unit, k)
    report.source = (k, last)
    end = _unit_end(page, unit)
    leads = all(page.tags[m] & (CONJUNCTION | ADVERB) for m in range(unit.first, report.first))
    comma = next((m for m in range(last + 1, min(unit.stop, last + 30)) if "," in page.gap(m)), None)
    if leads:
        at = comma if comma is not None else last + 1
        if at < unit.stop:
            start = page.quotes[page.quote[at] - 1][0] if page.quote[at] else page.start[at]
            report.after = (start, end)
        return report if report.after else None
    report.before = (unit.start, page.end[report.first - 1])
    if (
        comma is not None
        and "," in page.gap(report.first)
        and page.tags[comma] & (AUXILIARY | ADVERB | SUBORDINATOR | CONJUNCTION)
    ):
        report.after = (page.start[comma], end)
    return report


def _adjective(page: Page, unit: Unit, report: Report, earlier: list[Report]) -> Report | None:
    """*was convinced that*"""
    i = report.first
    j = i - 1
    while j >= unit.first and page.joined[j + 1] and page.tags[j] & ADVERB:
        j -= 1
    if j < unit.first or not page.joined[j + 1] or not page.tags[j] & BE:
        return None
    while (
        j >= unit.first
        and page.joined[j + 1]
        and page.tags[j] & (AUXILIARY | ADVERB)
        and not page.tags[j] & SUBJECT
    ):
        j -= 1
    report.source = _subject(page, unit, j, j + 1)
    return _content(page, unit, report, earlier) if report.source else None


_READERS = {
    "base": _verb,
    "s": _verb,
    "past": _verb,
    "ing": _verb,
    "noun": _noun,
    "fixed": _fixed,
    "adjective": _adjective,
}
