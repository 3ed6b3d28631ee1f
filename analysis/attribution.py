"""Reporting clauses: which expression attributes which stretch of a sentence to which source.

page + the words that may begin a cue -> reports

A report is found from its cue outwards: back to the subject (*Smith, a lawyer, has repeatedly said*)
or on to it (*said Smith*), and on to the clause that it attributes. Only the words around cues are
looked at. Sentences that go on without a cue stay the outlet's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .expressions import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    NUMBER,
    OBJECT,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    SUBJECT,
    SUBORDINATOR,
    TIME,
    VERB,
    Cue,
    lexicon,
)
from .phrases import (
    OPEN_SUBJECTS,
    Page,
    Phrase,
    Unit,
    acts,
    is_headline,
    leading_phrase,
    phrase_ending,
    phrase_from,
    subject_before,
    word_at,
)


@dataclass
class Report:
    """A cue in its place, words ``[first, last]``, with the phrase that names its source.

    ``before`` and ``after``: the stretches it attributes on either side, ``[start, end)`` in code
    points. ``shared``: the source is that of another clause (*Smith left, saying …*). ``worded``:
    what it attributes is a clause (*said that …*), so that unmarked words in it are the source's too; the
    object of *criticised* is only what somebody's words were about, and *vowed to …* tells what somebody
    means to do. ``label``: it is what somebody calls or sees as (*called Lee a fraud*), or what a noun
    says (*their argument is that*).
    ``block``: the paragraph that the sentence introduces with a colon, if no quotation mark opens it.
    """

    cue: Cue
    first: int
    last: int
    unit: Unit
    source: Phrase | None = None
    before: tuple[int, int] | None = None
    after: tuple[int, int] | None = None
    passive: bool = False
    shared: bool = False
    worded: bool = True
    label: bool = False
    block: tuple[int, int] | None = None


class _Group(NamedTuple):
    """The auxiliaries and adverbs before a verb: their first word, and what they say of it."""

    first: int
    be: bool
    helped: bool
    contracted: bool  # *he's*: is, or has


_CLAUSAL = frozenset({"clause", "person", "ask"})
_PLURAL_SUBJECTS = frozenset(
    "i you we they who some many most others all few both people police that which".split()
)
_POSSESSORS = frozenset("his her their its my our".split())
_STUDIES = re.compile(
    r"(?:poll|surve|stud(?:y|ies)|report|data|research|figure|number|analys|record|document|e-?mail|result|finding|"
    r"estimate|review|investigation|inquiry|audit|statistic|test|evidence|census|committee|panel|jury|court|judge|scientist)"
)
_CALLS = frozenset("conference phone telephone roll video wake-up".split())
_IS = frozenset("is was goes went".split())
_WHENCE = frozenset("when while after before since until although though unless".split())
_NO_THAT = frozenset(("so", "such", "about"))
_SUBORDINATES = frozenset(
    "while when if although though because as after before since whereas unless".split()
)
_ADDS = frozenset("who whose a an".split())
_TOLD = frozenset("story stories truth tale tales joke jokes lie lies".split())
_SEVERAL = frozenset("some many most few several all both these those".split())
_WHEN = frozenset("as while when after before during amid according".split())
_REFLEXIVES = frozenset("himself herself itself themselves myself ourselves".split())
_ASKED = frozenset("whether if who what why how when where which".split())
_DOCUMENTS = re.compile(
    r"(?:statement|letter|e-?mail|tweet|post|message|memo|note|speech|video|release|text|op-ed|column|address)s?"
)
_MOST_EARLIER = 8  # reports of a sentence whose source a later one may share
_LONGEST_OBJECT = 80  # words
_ASSERTS = frozenset("claim pretend profess purport".split())
"""Verbs that before an infinitive say that something is so, not what somebody means to do."""
_LONGEST_ADJUNCT = 30
_MOST_QUOTATIONS = 8  # within one attributed stretch
_PARAGRAPH = re.compile(r"(?P<gap>[:\s]*+)(?P<words>[^\n“\"'‘•*–—-][^\n]*)")
_ENDS_PHRASE = re.compile(r"[,;:—–(]| --? ")
_DASH = re.compile(r" (?:—|–|--?) |—")
_CLOSES_CLAUSE = re.compile(r"[,”\"'’?!»—–]")


def reports(page: Page, candidates: Sequence[int]) -> list[Report]:
    """The reports of a page, in order of their cues. ``candidates``: words that may begin a cue."""
    found: list[Report] = []
    stops = [unit.stop for unit in page.units]
    at, busy = -1, -1
    earlier: list[Report] = []
    for i in candidates:
        number = bisect_right(stops, i)
        if i <= busy or page.quote[i] or number == len(stops) or page.units[number].first > i:
            continue
        if page.tags[i] & CAPITAL and not _capital_verb(page, page.units[number], i):
            continue
        if number != at:
            at, earlier = number, []
        report = _report(page, page.units[number], i, earlier)
        if report:
            busy = report.last
            earlier.append(report)
            del earlier[:-_MOST_EARLIER]
            found.append(report)
    _part(page, found)
    _set_blocks(page, found)
    return found


def _set_blocks(page: Page, found: list[Report]) -> None:
    """Give the paragraph that a sentence introduces to its last report, if that attributes nothing in it."""
    for report, following in zip(found, [*found[1:], None], strict=False):
        unit = report.unit
        if not unit.introduces or (following is not None and following.unit is unit):
            continue
        said = report.before or (report.after and report.worded)
        if said or report.source is None or report.cue.act != "speech" or page.low[unit.first] == "here":
            continue
        paragraph = _PARAGRAPH.match(page.text, unit.close)
        if paragraph and "\n" in paragraph["gap"]:
            report.block = paragraph.span("words")


def _capital_verb(page: Page, unit: Unit, i: int) -> bool:
    """Whether a capitalised word may be a verb: at the head of a sentence or in a headline, not in a name."""
    if i == unit.first:
        return True
    return is_headline(page, unit)


def _report(page: Page, unit: Unit, i: int, earlier: list[Report]) -> Report | None:
    for cue in lexicon()[page.low[i]]:
        last = i + len(cue.rest)
        if cue.rest and (
            last >= unit.stop
            or tuple(page.low[i + 1 : last + 1]) != cue.rest
            or not all(page.joined[i + 1 : last + 1])
        ):
            continue
        found = _READERS[cue.form](page, Report(cue, i, last, unit), earlier)
        if found:
            return found
    return None


def _part(page: Page, found: list[Report]) -> None:
    """End what a cue attributes where the next clause with a cue of its own begins (*…, and Lee said …*)."""
    for i, report in enumerate(found):
        for other in found[i + 1 : i + 4]:  # *knew that …, suggesting …, Lee said*
            if other.unit is report.unit and other.before and other.source and report.after:
                first = min(other.source.first, other.first)
                if report.after[0] < page.start[first] < report.after[1]:
                    report.after = (report.after[0], page.end[first - 1])
    for report, following in pairwise(r for r in found if not _goes_along(page, r)):
        if report.unit is not following.unit or report.after is None:
            continue
        if (
            report.cue.form == "fixed"
            and following.after
            and report.after[0] < following.after[0] < report.after[1]
        ):
            report.after = (report.after[0], following.after[0])
            continue
        first = following.first
        if following.source and not following.shared:
            first = min(first, following.source.first)
        if first and page.start[first] > report.after[0]:
            end = None
            if page.joined[first] and page.tags[first - 1] & CONJUNCTION:
                end = page.end[first - 2]
            elif not page.joined[first] and _ENDS_PHRASE.search(page.gap(first)):
                end = page.end[first - 1]
            if end is not None and report.after[0] < end < report.after[1]:
                report.after = (report.after[0], end)


def _goes_along(page: Page, report: Report) -> bool:
    """Whether a cue begins no clause of its own: it attributes nothing, or is one of two (*watching and laughing*)."""
    if not report.shared:
        return False
    k = report.first - 1
    paired = report.cue.form == "ing" and k > report.unit.first and bool(page.tags[k] & CONJUNCTION)
    return (report.after is None and report.before is None) or (paired and page.low[k - 1].endswith("ing"))


# --------------------------------------------------------------------------- verbs


def _verb(page: Page, report: Report, earlier: list[Report]) -> Report | None:
    """A report whose cue is a verb, if it is one here (*the report says*, not *her claims*)."""
    unit, cue, i = report.unit, report.cue, report.first
    group = _group(page, unit, i)
    j = group.first - 1
    touching = j >= unit.first and page.joined[group.first] and not page.quote[j]
    before, word = (page.tags[j], page.low[j]) if touching else (0, "")
    if cue.form == "ing" and not group.be:
        return _participle(page, report, earlier)
    report.passive = cue.form == "past" and group.be and not group.contracted
    counted = before & NUMBER and page.tags[i] & VERB  # four in ten said
    alone = word in OPEN_SUBJECTS and not (
        cue.form == "s" and word in _SEVERAL
    )  # *many say*, but *many promises*
    noun = before & (DETERMINER | POSSESSIVE | NUMBER) and not before & SUBJECT and not alone
    if noun and not group.helped and not counted:
        return None
    if cue.expression == "call" and word in _CALLS:
        return None  # a conference call
    if word == "to":
        to = cue.form == "base" or group.be  # *refused to say*, *seems to be saying*
        return _infinitive(page, report, earlier) if to else None
    if before & PREPOSITION and not report.passive and not before & (SUBJECT | CAPITAL | DETERMINER):
        return None
    if not touching and not group.helped and _inverted(page, report):
        return report
    source = _subject(page, unit, group)
    if source is None and before & CONJUNCTION:
        source, report.shared = _coordinate(page, unit, i, earlier), True
    if source is None and unit.introduces and group.first > unit.first and page.quote[group.first - 1] > 0:
        source = _quoted_name(page, unit, group.first - 1)
    if report.passive:
        report.source = _agent(page, unit, report.last + 1)
    elif source is None or not _agrees(page, report, source, group.helped):
        return None
    else:
        report.source = source
    return _content(page, report)


def _group(page: Page, unit: Unit, i: int) -> _Group:
    be = helped = contracted = False
    j = i - 1
    while (
        j >= unit.first and page.joined[j + 1] and page.tags[j] & (AUXILIARY | ADVERB) and not page.quote[j]
    ):
        if page.tags[j] & AUXILIARY:
            be = be or (not helped and bool(page.tags[j] & BE))
            helped = True
            if page.tags[j] & SUBJECT:
                contracted = True
                break
        j -= 1
    return _Group(j + 1, be, helped, contracted)


def _subject(page: Page, unit: Unit, group: _Group) -> Phrase | None:
    first = group.first
    if page.tags[first] & SUBJECT and page.tags[first] & AUXILIARY:  # he's
        return Phrase(first, first)
    return subject_before(page, unit, first)


def _quoted_name(page: Page, unit: Unit, last: int) -> Phrase:
    """A pseudonym in quotation marks right before the verb that introduces a paragraph: *“Worried in Rome” wrote:*"""
    first = last
    while first > unit.first and page.quote[first - 1] == page.quote[last]:
        first -= 1
    return Phrase(first, last)


def _agrees(page: Page, report: Report, source: Phrase, helped: bool) -> bool:
    """Whether a verb goes with its subject, and is not a noun (*tax plans*, *a vote to demand answers*)."""
    if helped or report.cue.form not in ("base", "s"):
        return True
    tags, low = page.tags, page.low
    certain = tags[report.first] & VERB or tags[source.last] & SUBJECT
    if report.cue.form == "base":
        if not _is_plural(page, source):
            return False
    elif tags[source.last] & PLURAL and not tags[source.last] & CAPITAL and not certain:
        return False
    elif report.cue.expression == "state" and not _names_one(page, source):
        return False  # *southern states that …*
    if certain:
        return True
    if not any(
        tags[k] & (CAPITAL | DETERMINER | SUBJECT | PLURAL) for k in range(source.first, source.last + 1)
    ):
        return False
    k = report.last + 1
    if k >= report.unit.stop or page.quote[k] or not page.joined[k]:
        return True
    return (
        not tags[k] & (PREPOSITION | AUXILIARY | CONJUNCTION | VERB)
        or low[k] in ("that", "to")
        or (low[k] == "at" and low[k + 1 : k + 2] in (["least"], ["most"]))
    )


def _names_one(page: Page, source: Phrase) -> bool:
    """Whether a subject is a pronoun, a name right before its verb, or a noun after a determiner of one."""
    tags, low = page.tags, page.low
    if tags[source.last] & SUBJECT:
        return True
    if tags[source.first] & (DETERMINER | POSSESSIVE) or low[source.first] in _POSSESSORS:
        return low[source.first] not in _SEVERAL and not tags[source.first + 1] & (NUMBER | CAPITAL)
    before = tags[source.first - 1] if page.joined[source.first] else 0
    return bool(tags[source.last] & CAPITAL) and not before & (PREPOSITION | DETERMINER)


def _is_plural(page: Page, phrase: Phrase) -> bool:
    """Whether a subject goes with a verb's base form: *they*, *critics*, *Lee and Hay*."""
    words = range(phrase.first, phrase.last + 1)
    plural = any(page.tags[k] & PLURAL or page.low[k] == "and" for k in words)
    return plural or page.low[phrase.last] in _PLURAL_SUBJECTS


def _coordinate(page: Page, unit: Unit, i: int, earlier: list[Report]) -> Phrase | None:
    """The source of *… and said*: that of the cue before it, or the subject of the sentence."""
    return next((r.source for r in reversed(earlier) if r.source), None) or leading_phrase(page, unit, i)


def _infinitive(page: Page, report: Report, earlier: list[Report]) -> Report | None:
    """*refused to say*: its source is that of the clause it hangs on."""
    report.source, report.shared = _coordinate(page, report.unit, report.first, earlier), True
    return _content(page, report)


def _participle(page: Page, report: Report, earlier: list[Report]) -> Report | None:
    """*…, saying that it was over*, *by saying*, *with Smith saying*."""
    unit, i = report.unit, report.first
    if i > unit.first and page.joined[i]:
        before = page.tags[i - 1]
        if before & (DETERMINER | POSSESSIVE) and not before & OBJECT:
            return None
        if not before & (
            PREPOSITION | CONJUNCTION | SUBORDINATOR | OBJECT | TIME | NUMBER | CAPITAL | ADVERB | PLURAL
        ):
            phrase = phrase_ending(page, unit, i - 1)
            if phrase is None or not page.tags[phrase.first] & (DETERMINER | NUMBER | CAPITAL):
                return None
            report.source = None if _DOCUMENTS.fullmatch(page.low[phrase.last]) else phrase
        elif before & (CAPITAL | PLURAL):
            phrase = phrase_ending(page, unit, i - 1)
            if phrase and not _DOCUMENTS.fullmatch(page.low[phrase.last]):
                led = phrase.first == unit.first or page.low[phrase.first - 1] in (
                    "with",
                    "of",
                    "and",
                    "from",
                )
                report.source = phrase if led else None
    if report.source is None:
        report.source, report.shared = _coordinate(page, unit, i, earlier), True
    return _content(page, report)


def _inverted(page: Page, report: Report) -> bool:
    """*"…," said Smith* and *…, said Smith*: reads the source after the cue, if that's what it is."""
    unit, k = report.unit, report.last + 1
    if (
        report.cue.form == "ing"
        or report.cue.act == "intent"
        or k >= unit.stop
        or not page.joined[k]
        or page.quote[k]
    ):
        return False
    tags = page.tags[k]
    closed = PREPOSITION | AUXILIARY | CONJUNCTION | SUBORDINATOR | OBJECT | ADVERB
    if (
        page.low[k] in ("that", "this", "it", "there", "to")
        or tags & TIME
        or (tags & closed and not tags & (CAPITAL | DETERMINER))
    ):
        return False
    first = report.first
    if first > unit.first and not _CLOSES_CLAUSE.search(page.gap(first)):
        return False
    after_quote = first > unit.first and page.quote[first - 1] > 0
    phrase = phrase_from(page, unit, k)
    ends = phrase.last + 1 >= unit.stop or not page.joined[phrase.last + 1]
    if (not (after_quote and "clause" in report.cue.takes) and not ends) or not report.cue.takes & {
        "clause",
        "ask",
        "object",
    }:
        return False
    objects = "object" in report.cue.takes and "clause" not in report.cue.takes
    if objects and first > unit.first and not (after_quote and _ends_quotation(page, first)):
        return False
    if not after_quote and first > unit.first and not _ends_clause(page, report):
        return False  # *The mayor, Ann Lee, announced a plan*
    if report.cue.form == "base" and not _is_plural(page, phrase):
        return False
    report.source = phrase
    if first > unit.first:
        report.before = (_quotation_alone(page, unit, first), page.end[first - 1])
    resumed = next(
        (m for m in range(phrase.last + 1, min(phrase.last + 30, unit.stop)) if page.quote[m] > 0), None
    )
    if resumed is not None:
        report.after = (page.quoted_from(resumed), unit.close)
    return True


def _ends_clause(page: Page, report: Report) -> bool:
    """Whether a clause that a cue can attribute stands before it: one with a verb; *say* needs none."""
    if "object" in report.cue.takes:
        return False
    unit = report.unit
    words = range(max(unit.first, report.first - _LONGEST_OBJECT), report.first)
    return report.cue.expression == "say" or any(
        not page.quote[m] and _is_verbal(page, unit, m) for m in words
    )


def _agent(page: Page, unit: Unit, k: int) -> Phrase | None:
    """*was condemned by critics*: the noun phrase after *by*, soon after a passive."""
    for m in range(k, min(unit.stop - 1, k + 12)):
        if page.quote[m]:
            continue
        if "," in page.gap(m):
            return None
        if page.low[m] == "by" and not page.quote[m + 1]:
            return phrase_from(page, unit, m + 1)
    return None


# --------------------------------------------------------------------------- what is attributed


def _content(page: Page, report: Report) -> Report | None:
    """The report with what its cue attributes; ``None`` if there is nothing that it could."""
    unit, cue, k = report.unit, report.cue, report.last + 1
    clausal = bool(cue.takes & _CLAUSAL)
    start = _start_after(page, report, k) if k < unit.stop else None
    if start is not None:
        end = unit.close
        end = end if clausal else _phrase_end(page, unit, start, end)
        report.after = (start, end) if start < end else None
        means = page.text.startswith("to ", start) and cue.expression not in _ASSERTS
        report.worded = clausal and not means and _is_clause(page, report, start)
    labels = (cue.act == "speech" and not clausal) or ("as" in cue.takes and not report.passive)
    said = _complement(page, report, k) if labels and k < unit.stop else None
    unnamed = report.passive and cue.cue_class in ("strong", "label") and page.low[k : k + 1] == ["as"]
    if said is not None and (report.source or unnamed):
        report.after, report.worded = (page.start[said], _label_end(page, report, said)), True
        report.label = True
    if clausal and cue.act != "intent" and _may_follow(page, report):
        assert report.source
        first = min(report.source.first, report.first)
        resumes = report.after is None or page.gap(k).strip()[:1] in (",", "—", "–")
        if first > unit.first and resumes and _CLOSES_CLAUSE.search(page.gap(first)):
            if _leads_up(page, report, first):
                report.before = (_quotation_alone(page, unit, first), page.end[first - 1])
        elif (
            first > unit.first
            and report.after
            and _ends_quotation(page, first)
            and not _reopens(page, report.after[0], k)
        ):
            report.before, report.after = (_quotation_alone(page, unit, first), page.end[first - 1]), None
    elif cue.act == "speech" and report.after is None and _may_follow(page, report):
        assert report.source
        first = min(report.source.first, report.first)
        if first > unit.first and _ends_quotation(page, first):
            report.before = (_quotation_alone(page, unit, first), page.end[first - 1])
    if report.after:
        if clausal and (ends := _main_clause(page, report)):
            report.after = (report.after[0], page.end[ends - 1])
        report.after = (report.after[0], _within_brackets(page, *report.after))
        report.after = (report.after[0], _whole_quotation(page, unit.stop, *report.after))
        if clausal and not report.label:
            report.after = (report.after[0], _without_aside(page, unit, *report.after))
    if report.after or report.before or unit.introduces:
        return report
    # Nothing is attributed, but somebody spoke: *was condemned*, *Smith agreed*.
    verb = cue.form == "past" or (cue.form == "s" and page.tags[report.first] & VERB)
    spoke = report.passive or (clausal and report.source and not report.shared and verb)
    return report if cue.act == "speech" and spoke else None


def _leads_up(page: Page, report: Report, first: int) -> bool:
    """Whether what stands before a source and its cue can be attributed, not an adjunct (*In April, Lee said, …*)."""
    unit, k = report.unit, report.last + 1
    if page.quote[first - 1] > 0:
        return True
    ends = k >= unit.stop or not page.joined[k] or bool(page.tags[k] & TIME)
    if report.cue.act == "evidence" and not ends:
        return False  # *Soon, he found a job*
    introduces = unit.introduces and k >= unit.stop
    if not introduces and (report.after is None or not page.quote[k] > 0):
        return True
    opener, closer = unit.first, page.low[first - 1]
    if page.low[opener] == "asked" or closer in ("later", "earlier", "ago"):
        return False
    words = range(max(opener, first - _LONGEST_OBJECT), first)
    adjunct = page.tags[opener] & (PREPOSITION | TIME) or page.low[opener] == "as"
    return not adjunct or any(page.quote[m] > 0 or _is_verbal(page, unit, m) for m in words)


def _quotation_alone(page: Page, unit: Unit, word: int) -> int:
    """Where what ends before a word begins: with its quotation where a colon, dash or bracket opens that."""
    number = page.quote[word - 1]
    if number > 0 and _ends_quotation(page, word):
        start = page.quotes[number - 1][0]
        if page.text[unit.start : start].rstrip().endswith((":", "—", "–", " -", "--", "(")):
            return start
    return unit.start


def _main_clause(page: Page, report: Report) -> int | None:
    """The first word of the main clause after what a subordinate clause attributes, if one stands there.

    *While Lee says it is over, **they** go on*; *Lee, who said it was over, **left***.
    """
    assert report.after
    unit, source = report.unit, report.source
    if source is None or report.shared or "," in page.gap(report.last + 1):
        return None  # *As Lee said, it is over, …*
    near = range(max(unit.first, report.first - 3), report.first)
    relative = any(page.low[m] in ("who", "which") and page.gap(m) == ", " for m in near)
    k = source.first - 1
    leads = k >= unit.first and (page.low[k] in _SUBORDINATES)
    subordinate = leads and (k - unit.first < 2 or bool(page.tags[k - 1] & CONJUNCTION))
    if not relative and not subordinate:
        return None
    first = word_at(page, unit, report.after[0])
    stop = bisect_left(page.start, report.after[1], first, min(unit.stop, first + _LONGEST_OBJECT))
    breaks = [m for m in range(first + 1, stop) if page.gap(m) == ", " and not page.quote[m]]
    closed = CONJUNCTION | PREPOSITION | SUBORDINATOR | AUXILIARY | ADVERB
    last = None
    for m, following in pairwise([*breaks, stop]):
        tags = page.tags[m]
        if relative:
            if page.tags[m] & (AUXILIARY | VERB) or page.low[m].endswith("ed"):
                return m
            continue
        led = page.low[m] == "whose" or page.low[m].endswith("ing") or "whom" in page.low[m : m + 4]
        if led or (tags & closed and not tags & (SUBJECT | DETERMINER | CAPITAL)):
            continue
        last = m
        subject = tags & SUBJECT and not tags & SUBORDINATOR
        if subject or any(_is_verbal(page, unit, k) for k in range(m + 1, following)):
            return m
    return last


def _without_aside(page: Page, unit: Unit, start: int, end: int) -> int:
    """The end of a stretch less what is added about the last name in it: *said that it was Lee, a lawyer from Rome*.

    Such supplements are as a rule the writer's, not the speaker's (Potts 2005).
    """
    first, stop = word_at(page, unit, start), bisect_left(page.start, end, unit.first, unit.stop)
    first = max(first, stop - _LONGEST_ADJUNCT)
    m = next((k for k in range(stop - 1, first, -1) if not page.joined[k]), first)
    if m == first or page.gap(m) != ", " or any(page.quote[m - 1 : stop]) or not page.tags[m - 1] & CAPITAL:
        return end
    return page.end[m - 1] if page.low[m] in _ADDS and stop - m > 1 else end


def _within_brackets(page: Page, start: int, end: int) -> int:
    """The end of a stretch, or the bracket that closes before it what was opened before the stretch."""
    closes = page.text.find(")", start, end)
    return end if closes < 0 or page.text.find("(", start, closes) >= 0 else max(closes, start + 1)


def _whole_quotation(page: Page, stop: int, start: int, end: int) -> int:
    """The end of a stretch, or of a quotation in it after which the writer goes on.

    So it is where a whole quotation opens the stretch and a preposition follows (*said “It is over!” to us, the pesky
    few*), and where a dash follows that is the last (*said “no” — a lie*, but not *the “mob” — his word — was*).
    """
    first = bisect_left(page.quotes, (start, 0))
    for number in range(first, min(first + _MOST_QUOTATIONS, len(page.quotes))):
        opens, closes = page.quotes[number]
        if closes > end:
            break
        if dash := _DASH.match(page.text, closes, end):
            return end if _DASH.search(page.text, dash.end(), min(end, dash.end() + 300)) else closes
        k = bisect_left(page.start, closes, 0, stop)
        whole = opens == start and page.text[closes - 2 : closes - 1] in ("!", "?", ".")
        if whole and k < stop and page.tags[k] & PREPOSITION:
            return closes
    return end


def _complement(page: Page, report: Report, k: int) -> int | None:
    """The first word of what a label says of its object: *called Lee a fraud*, *accused Lee of being a fraud*."""
    unit, low = report.unit, page.low
    m = k if report.passive else _past_recipient(page, unit, k)
    if low[k] in _REFLEXIVES:
        return None  # how somebody presents himself is the outlet's telling
    if (m == k and not report.passive) or m + 1 >= unit.stop or page.quote[m] or not page.joined[m]:
        return None
    if low[m] == "as":
        clause = page.tags[m + 1] & (SUBJECT | SUBORDINATOR) and not page.tags[m + 1] & DETERMINER
        return None if page.quote[m + 1] or clause else m + 1
    if low[m] == "of":
        return m + 1 if low[m + 1] == "being" else None
    named = report.cue.cue_class == "label" or report.cue.expression == "consider"
    return m if named and page.tags[m] & DETERMINER else None


def _label_end(page: Page, report: Report, first: int) -> int:
    """The end of a label: before its agent (*called a fraud by Lee*), the next verb or a comma, but not of a list."""
    unit = report.unit
    end = _phrase_end(page, unit, page.start[first], unit.close)
    for k in range(first + 1, unit.stop):
        if page.start[k] >= end:
            if not _lists_on(page, unit, k, page.low[first]):
                break
            end = _phrase_end(page, unit, page.start[k], unit.close)
        agent = report.passive and page.low[k] == "by"
        joins = page.tags[k] & CONJUNCTION and k + 1 < unit.stop and acts(page, k + 1, first)
        joins = joins or page.low[k] in _WHENCE  # *dismissed as false when it hurt*
        if not page.quote[k] and (agent or joins):
            return page.end[k - 1]
    return end


def _lists_on(page: Page, unit: Unit, k: int, opener: str) -> bool:
    """Whether a comma is followed by another of the same kind: *a fraud, a liar and …*, and no clause."""
    if page.gap(k) != ", " or page.quote[k]:
        return False
    at = k + bool(page.low[k] in ("and", "or"))
    if at < unit.stop and page.tags[k - 1] & page.tags[at] & PLURAL:
        alone = at + 1 >= unit.stop or not page.joined[at + 1] or page.low[at + 1] in ("and", "or")
        return alone and not page.quote[at]  # *as nativists, isolationists and …*
    if at >= unit.stop or opener not in ("a", "an") or page.low[at] not in ("a", "an"):
        return at > k and at < unit.stop and page.low[at] == "something"
    stop = min(unit.stop, at + 12)
    last = next((m for m in range(at + 1, stop) if not page.joined[m]), stop)
    return not any(_is_verbal(page, unit, m) for m in range(at + 1, last) if page.low[m] != "who")


def _is_clause(page: Page, report: Report, start: int) -> bool:
    """Whether what follows is a clause, and no object: it has *that*, a quotation or a finite verb near its head."""
    takes, first = report.cue.takes, word_at(page, report.unit, start)
    if "ask" in takes and "clause" not in takes:
        return page.quote[first] > 0 or page.low[first] in _ASKED | {"to", "that"}
    if "person" in takes:  # *told the sad story of …*
        relative = page.low[first] in ("who", "which", "whose", "when", "where")
        told = page.low[report.last + 1 : first] if relative else []
        if page.tags[first] & DETERMINER and page.low[first] != "that":
            told = page.low[first + 1 : first + 2]
        if not _TOLD.isdisjoint(told):
            return False
    if report.cue.act == "thought" or "person" in takes or "ask" in takes or report.cue.expression == "say":
        return True
    if page.tags[first] & SUBJECT and first + 1 < report.unit.stop and page.joined[first + 1]:
        helped = page.tags[first + 1] & (AUXILIARY | VERB | ADVERB)
        if helped or not page.tags[first] & OBJECT or page.low[first + 1].endswith(("s", "ed")):
            return True  # *she left*, *it fell*, but not *it in Cairo*
    for k in range(first, min(report.unit.stop, first + 20)):
        if page.quote[k] or page.low[k] == "that":
            return True
        if k > first and _leaves_object(page, report.unit, k):
            return False
        if page.tags[k] & (AUXILIARY | VERB) or acts(page, k, first):
            return True
    return False


def _leaves_object(page: Page, unit: Unit, k: int) -> bool:
    """Whether a verb after word k is none of a clause that began before: *claimed victory, but lost*."""
    if not page.joined[k]:
        return bool(_ENDS_PHRASE.search(page.gap(k)))
    if page.tags[k] & CONJUNCTION and k + 1 < unit.stop:
        return (
            page.low[k] == "but"
            or bool(page.tags[k + 1] & (AUXILIARY | VERB))
            or page.low[k + 1].endswith("ing")
        )
    return bool(page.tags[k] & SUBORDINATOR)


def _may_follow(page: Page, report: Report) -> bool:
    """Whether a clause can follow what it attributes (*…, she said*, but not *…, who said*)."""
    if report.source is None or report.shared or report.passive:
        return False
    return page.low[report.source.last] not in ("who", "which", "that", "whose")


def _ends_quotation(page: Page, word: int) -> bool:
    """Whether a quotation that ends in a comma or other stop stands right before a word."""
    number = page.quote[word - 1]
    if number <= 0:
        return False
    end = page.quotes[number - 1][1]
    return any(mark in page.text[page.end[word - 1] : end] for mark in ",?!—-") and not page.text[
        end : page.start[word]
    ].strip(" \n,")


def _reopens(page: Page, start: int, k: int) -> bool:
    """Whether what follows a cue is attributed although a quotation went before it."""
    return page.quote[k] > 0 or page.low[k] == "that" or (page.start[k] < start and ":" in page.gap(k))


def _start_after(page: Page, report: Report, k: int) -> int | None:
    """Where the stretch attributed after a cue begins; ``k`` is the word after the cue."""
    unit, takes = report.unit, report.cue.takes
    gap = page.gap(k).strip()
    proves = report.cue.act != "evidence" or _is_study(page, report.source)
    if page.quote[k] > 0:
        return page.quoted_from(k) if proves else None
    if page.quote[k] < 0 or (page.tags[k] & CONJUNCTION and page.low[k] not in ("yet", "so") and not gap):
        return None  # *acknowledged and apologised for it*
    if ":" in gap:
        return page.start[k]
    if gap and gap[0] in ".;?!)(":
        return None
    if gap and gap[0] in ",—–":
        goes_on = "clause" in takes and report.cue.act == "speech" and not _is_aside(page, report, k)
        return page.start[k] if goes_on else None
    that = _that(page, unit, k)
    if that == unit.stop - 1 and unit.introduces:
        return None  # *argued that:*
    aims = report.shared and report.cue.form == "base"  # *to show that they can govern*
    if that is not None and (proves or not aims):
        return page.start[that]
    if takes & _CLAUSAL:
        m = _past_recipient(page, unit, k) if takes & {"person", "ask"} else k
        m = _past_adjuncts(page, unit, m)
        if m < unit.stop:
            return _clause_start(page, report, k, m)
    if page.low[k] == "as" and report.cue.act == "speech" and "object" in takes:  # condemned as
        return page.start[k]
    reads = _OTHERS.items()
    return next((page.start[k] for kind, fits in reads if kind in takes and fits(page, unit, k)), None)


def _is_aside(page: Page, report: Report, k: int) -> bool:
    """Whether a comma is followed by no more than how or when a quotation was said: *“…,” he said, smiling*."""
    first = report.source.first if report.source else report.first
    first = min(first, report.first)
    if first <= report.unit.first or page.quote[first - 1] <= 0 or page.tags[k] & CAPITAL:
        return False
    return page.low[k] in _WHEN or (page.low[k].endswith("ing") and page.low[k] != "including")


def _clause_start(page: Page, report: Report, k: int, m: int) -> int | None:
    """The start of a clause without *that* at word ``m``, behind recipient and adjuncts from word ``k``."""
    if page.quote[m] > 0:
        return page.quoted_from(m)
    if report.cue.act == "evidence" and not _is_study(page, report.source):
        return None
    if "ask" in report.cue.takes:
        return _question(page, report.unit, k)
    if m > k and not page.joined[m]:
        return None
    return page.start[m]


def _question(page: Page, unit: Unit, k: int) -> int | None:
    """Where what is asked begins: *whether …*, *who …*, *to …*, over whom it is asked of; an object is none."""
    for m in range(k, min(unit.stop, k + _LONGEST_ADJUNCT)):
        if page.quote[m] > 0:
            return page.quoted_from(m)
        if (page.tags[m] & SUBORDINATOR and page.low[m] != "that") or page.low[m] in _ASKED:
            return page.start[m]
        if page.low[m] == "to" and _is_infinitive(page, unit, m):
            return page.start[m]
    return None


def _infinitive_follows(page: Page, unit: Unit, k: int) -> bool:
    """*wants to*, *wants Congress to*"""
    for m in range(k, min(unit.stop, k + 9)):
        if m > k and not page.joined[m]:
            return False
        if page.low[m] == "to":
            return _is_infinitive(page, unit, m)
    return False


def _is_infinitive(page: Page, unit: Unit, to: int) -> bool:
    """Whether a verb follows *to*, and not a noun phrase."""
    k = to + 1
    if k >= unit.stop or not page.joined[k] or page.quote[k]:
        return k < unit.stop and page.quote[k] > 0
    nominal = (
        DETERMINER | OBJECT | SUBJECT | CAPITAL | NUMBER | POSSESSIVE | PLURAL | PREPOSITION | CONJUNCTION
    )
    return not page.tags[k] & nominal


def _as_follows(page: Page, unit: Unit, k: int) -> bool:
    """*sees it as*"""
    return "as" in page.low[k + 1 : min(unit.stop, k + 12)]


def _object_follows(page: Page, unit: Unit, k: int) -> bool:
    tags = page.tags[k]
    return not tags & (PREPOSITION | AUXILIARY | CONJUNCTION) or bool(tags & (DETERMINER | OBJECT | CAPITAL))


_OTHERS: dict[str, Callable[[Page, Unit, int], bool]] = {
    "to": _infinitive_follows,
    "as": _as_follows,
    "object": _object_follows,
}


def _that(page: Page, unit: Unit, k: int) -> int | None:
    """The *that* of the clause after a cue, over a recipient or an adjunct (*told CNN on Monday that*)."""
    for m in range(k, min(unit.stop, k + 14)):
        if page.quote[m] or (m > k and not page.joined[m] and "," not in page.gap(m)):
            return None
        if page.low[m] == "that":
            return m
        if page.low[m] in _NO_THAT or (page.low[m] in _ASKED and not page.tags[m] & PREPOSITION):
            return None  # *found him so weak that …*, *asked what that …*, *asked about rules that …*
        if page.tags[m] & (AUXILIARY | VERB) or (page.tags[m] & SUBJECT and not page.tags[m] & OBJECT):
            return None
    return None


def _past_recipient(page: Page, unit: Unit, k: int) -> int:
    """The word after whom was told: *reporters*, *the crowd*, *Fox News's Ann Lee*."""
    tags = page.tags
    if tags[k] & OBJECT:
        follows = tags[k + 1] if k + 1 < unit.stop and page.joined[k + 1] else DETERMINER
        if not tags[k] & DETERMINER or follows & (DETERMINER | SUBJECT | SUBORDINATOR):
            return k + 1
    if tags[k] & (PREPOSITION | SUBORDINATOR | TIME):
        return k
    m = k + 1 if tags[k] & (DETERMINER | NUMBER) else k
    ends = DETERMINER | SUBJECT | SUBORDINATOR | AUXILIARY | PREPOSITION | TIME
    while m < min(unit.stop, k + _LONGEST_ADJUNCT) and (m == k or page.joined[m]) and not page.quote[m]:
        if tags[m] & ends and not (tags[m] & CAPITAL and tags[m - 1] & CAPITAL):
            break
        m += 1
        if tags[m - 1] & PLURAL and not tags[m - 1] & CAPITAL:
            break
    return m


def _past_adjuncts(page: Page, unit: Unit, k: int) -> int:
    """The word after the times, places and occasions that follow a cue: *on Monday*, *in an interview*."""
    tags, stop = page.tags, min(unit.stop, k + _LONGEST_ADJUNCT)
    while k < stop and not page.quote[k] and page.gap(k).strip(" ,") == "":
        if tags[k] & (TIME | ADVERB) and not tags[k] & (SUBORDINATOR | DETERMINER):
            k += 1
        elif page.low[k] == "to" and _is_infinitive(page, unit, k):
            break
        elif tags[k] & PREPOSITION and not tags[k] & SUBORDINATOR and page.low[k] not in ("about", "like"):
            k += 1
            while k < stop and page.joined[k] and not page.quote[k] and not _begins_clause(page, k):
                k += 1
        else:
            break
    return k


def _begins_clause(page: Page, k: int) -> bool:
    tags = page.tags[k]
    if tags & (SUBJECT | SUBORDINATOR) and not tags & OBJECT:
        return not page.tags[k - 1] & PREPOSITION or bool(tags & SUBORDINATOR)
    return bool(tags & DETERMINER) and not page.tags[k - 1] & (PREPOSITION | CONJUNCTION)


def _phrase_end(page: Page, unit: Unit, start: int, end: int) -> int:
    """The end of an object or infinitive: the next comma, semicolon or dash outside quotations."""
    first = word_at(page, unit, start)
    stop = min(unit.stop, first + _LONGEST_OBJECT)
    for m in range(first + 1, stop):
        inside = page.joined[m] or (page.quote[m] and page.quote[m] == page.quote[m - 1])
        if not inside and _ENDS_PHRASE.search(page.gap(m)):
            return page.end[m - 1]
    return min(end, page.end[stop - 1]) if first < stop else end


def _is_study(page: Page, source: Phrase | None) -> bool:
    return source is not None and any(map(_STUDIES.match, page.words(source)))


# --------------------------------------------------------------------------- other cues


def _noun(page: Page, report: Report, earlier: list[Report]) -> Report | None:
    """*her claim that …*, *the promise to …*"""
    unit, i, k = report.unit, report.first, report.last + 1
    if k >= unit.stop or not page.joined[k] or page.quote[k]:
        return None
    linked = page.low[k] in _IS and k + 1 < unit.stop and page.low[k + 1] == "that" and page.joined[k + 1]
    if linked:  # their argument is that
        k, report.label = k + 1, report.cue.cue_class != "reveal"
    elif page.low[k] == "of" and "as" in report.cue.takes:
        return _depiction(page, report, k + 1) if k + 1 < unit.stop else None
    if page.low[k] != "that" and not (page.low[k] == "to" and "to" in report.cue.takes):
        return None
    if any(r.after and r.after[0] <= page.start[k] < r.after[1] for r in earlier):
        return None
    report.source = _possessor(page, unit, i)
    start = page.start[k]
    report.after = (start, unit.close if linked else _phrase_end(page, unit, start, unit.close))
    return report


def _possessor(page: Page, unit: Unit, i: int) -> Phrase | None:
    """Whose a noun is: *Lee's*, *her*."""
    for m in range(i - 1, max(unit.first - 1, i - 5), -1):
        if not page.joined[m + 1] or page.quote[m]:
            break
        if page.tags[m] & POSSESSIVE or page.low[m] in _POSSESSORS:
            return phrase_ending(page, unit, m) if page.tags[m] & POSSESSIVE else Phrase(m, m)
        if page.tags[m] & (DETERMINER | AUXILIARY | PREPOSITION | SUBJECT):
            break
    return None


def _depiction(page: Page, report: Report, k: int) -> Report | None:
    """*Lee's portrayal of Hale as a hero*"""
    report.source = _possessor(page, report.unit, report.first)
    m = _past_recipient(page, report.unit, k)
    if not report.source or m + 1 >= report.unit.stop or page.low[m] != "as" or page.quote[m + 1]:
        return None
    last = phrase_from(page, report.unit, m + 1).last
    report.after, report.label = (page.start[m + 1], page.end[last]), True
    return report


def _fixed(page: Page, report: Report, earlier: list[Report]) -> Report | None:
    """*according to*: its source follows, and what it attributes stands around."""
    unit, k = report.unit, report.last + 1
    if report.cue.expression != "according to":
        report.source = subject_before(page, unit, report.first)
        return _content(page, report)
    if k >= unit.stop or page.quote[k]:
        return None
    report.source = phrase_from(page, unit, k, stop_at_verbs=False)
    after = report.source.last + 1
    comma = next((m for m in range(after, min(unit.stop, after + 30)) if "," in page.gap(m)), None)
    end = unit.close
    if all(page.tags[m] & (CONJUNCTION | ADVERB) for m in range(unit.first, report.first)):
        begin = after if comma is None else comma
        if begin < unit.stop:
            report.after = (page.quoted_from(begin), end)
        return report if report.after else None
    report.before = (unit.start, page.end[report.first - 1])
    goes_on = AUXILIARY | ADVERB | SUBORDINATOR | CONJUNCTION
    adjunct = report.first - unit.first < _LONGEST_ADJUNCT and not any(
        _is_verbal(page, unit, m) for m in range(unit.first, report.first)
    )
    if comma is not None and "," in page.gap(report.first) and (adjunct or page.tags[comma] & goes_on):
        report.after = (page.start[comma], end)
    return report


def _is_verbal(page: Page, unit: Unit, k: int) -> bool:
    """Whether a word is a verb or the subject of one, and no month or name (*May*, *Hope*)."""
    if page.tags[k] & (TIME | CAPITAL):
        return False
    return bool(page.tags[k] & (AUXILIARY | SUBJECT)) or acts(page, k, unit.first)


def _adjective(page: Page, report: Report, earlier: list[Report]) -> Report | None:
    """*was convinced that*"""
    group = _group(page, report.unit, report.first)
    if not group.be:
        return None
    report.source = _subject(page, report.unit, group)
    return _content(page, report) if report.source else None


_READERS = {
    "base": _verb,
    "s": _verb,
    "past": _verb,
    "ing": _verb,
    "noun": _noun,
    "fixed": _fixed,
    "adjective": _adjective,
}
