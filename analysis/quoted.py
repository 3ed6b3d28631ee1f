"""Quotations in their place: whose words, by which reporting clause, or nobody's, and why.

page, its quotations and reports  ->  one attribution a quotation
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .attribution import Report
from .expressions import (
    AUXILIARY,
    CAPITAL,
    DETERMINER,
    OBJECT,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    SUBJECT,
    VERB,
    Cue,
)
from .names import lists
from .phrases import (
    Page,
    Phrase,
    Unit,
    acts,
    is_headline,
    leading_phrase,
    may_end,
    named_ending,
    phrase_ending,
    phrase_from,
    word_at,
)
from .quotes import Quotation

TITLE = "title of a work or programme"
TERM = "name, term or distance: attributed to nobody"
NO_CUE = "no reporting expression"
NO_SOURCE = "reporting expression without a source"


class Attribution(NamedTuple):
    """What a quotation is (``direct`` or ``scare``), by which report or whose words, or why not."""

    voice: str
    report: Report | None = None
    source: Phrase | None = None
    reason: str | None = None


class _Reports(NamedTuple):
    """The reports of a page, and the first word of each."""

    found: Sequence[Report]
    firsts: list[int]

    def near(self, word: int, unit: Unit) -> list[Report]:
        """Those of a sentence that stand near a word."""
        at = bisect_left(self.firsts, word)
        around = self.found[max(0, at - _MOST_NEAR) : at + _MOST_NEAR]
        return [report for report in around if report.unit.first == unit.first]


class _Place(NamedTuple):
    """A quotation in its sentence, ``near``: the reports of the sentence.

    ``first`` is its first word, ``stop`` the first after it, ``inside`` what its marks enclose.
    """

    page: Page
    quotation: Quotation
    unit: Unit
    near: list[Report]
    first: int
    stop: int
    inside: str

    @property
    def leads(self) -> bool:
        """Whether the quotation is at the head of its sentence."""
        return self.first <= self.unit.first


_MOST_NEAR = 12
_MARKS = "\"'“”‘’«»„‟`‹›‚‛"
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_SMALL = frozenset("a an the and of in on to for with at by from or but is vs as it".split())
# What comes just before the title of a work, or after it.
_WORKS = frozenset(
    "pamphlet hymn anthem play played plays playing sing sings sang singing leaflet manifesto show film movie "
    "documentary book books novel memoir biography autobiography song album single hit play musical opera series "
    "sitcom drama comedy program programme podcast article essay column editorial op-ed piece poem magazine blog "
    "video ad spot "
    "commercial episode segment game painting exhibition headlined star stars starred host hosts hosted co-host "
    "anchor author "
    "co-author co-editor writer director creator editor watch watching watched aired abc's nbc's cbs's cbs' cnn's "
    "msnbc's fox's hbo's "
    "bbc's pbs's cnbc's netflix's network's channel's 4's thriller bestseller best-seller remake sequel "
    "adaptation".split()
)
_TITLED = frozenset("titled entitled called named dubbed headlined".split())
_MAKERS = frozenset(
    "star stars host hosts co-host creator creators actor actress director author anchor fans cast character "
    "episode series "
    "co-star singer writer producer moderator franchise movie film show program album song".split()
)
_SPEECH = frozenset(
    "comment comments remark remarks line quip tweet claim claims quote joke jibe label tag slur charge speech "
    "statement attack "
    "warning insult response answer message call".split()
)
_OUTCRIES = frozenset(
    "chant chants cry cries shout shouts call calls scream screams yell yells accusation accusations charge charges "
    "claim claims "
    "warning warnings talk message messages slogan slogans promise promises".split()
)
_POSSESSORS = frozenset("his her their its my our".split())
_BY_FORM = Cue("", "neutral", "speech", frozenset({"clause"}), "past")
_DASH = re.compile(r"\s*[-–—―~]{1,2}\s?")


def attribute(page: Page, quotations: Sequence[Quotation], found: Sequence[Report]) -> list[Attribution]:
    """The attribution of each quotation, in order: its own sentence's, else one from around it."""
    reports = _Reports(found, [report.first for report in found])
    starts = [unit.start for unit in page.units]
    result: list[Attribution] = []
    waiting: list[int] = []  # quotations at the head of a paragraph, whose speaker is named after them
    at = 0
    for n, quotation in enumerate(quotations):
        last_at, at = at, bisect_right(starts, quotation.start) - 1
        place = _place(page, quotation, page.units[at], reports)
        same = n > 0 and "\n" not in page.text[quotations[n - 1].end : quotation.start]
        waiting = waiting if same else []
        previous = result[-1] if result else None
        attribution = _own(place, previous)
        if attribution is None:
            attribution = _around(place, at, reports, previous, follows=n > 0 and at - last_at <= 1)
            if place.leads and attribution.voice == "direct" and (not same or waiting):
                waiting.append(n)
        elif attribution.report and attribution.report.before and waiting:
            for earlier in waiting:
                result[earlier] = attribution
            waiting = []
        result.append(attribution)
    return result


def _place(page: Page, quotation: Quotation, unit: Unit, reports: _Reports) -> _Place:
    first, stop = word_at(page, unit, quotation.start), word_at(page, unit, quotation.end)
    inside = page.text[quotation.start : quotation.end].strip(_MARKS + " ")
    return _Place(page, quotation, unit, reports.near(first, unit), first, stop, inside)


# --------------------------------------------------------------------------- in its own sentence


def _own(place: _Place, previous: Attribution | None) -> Attribution | None:
    """What the quotation's own sentence says of it, if anything."""
    if place.quotation.continues and previous and previous.voice == "direct":
        return previous
    report = _governing(place)
    said = report is not None and report.last + 1 == place.first and "person" not in report.cue.takes
    if not said and _is_title(place, previous):
        return Attribution("scare", reason=TITLE)
    if not said and _is_subject(place):
        return Attribution("scare", reason=TERM)
    if not report:
        return _by_form(place)
    if not said and _is_term(place, report):
        return Attribution("scare", reason=TERM)
    return Attribution("direct", report, report.source)


def _governing(place: _Place) -> Report | None:
    """The report that attributes the quotation: of those that cover it, the nearest."""
    page, quotation = place.page, place.quotation
    best, least = None, (True, True, 1 << 60)
    for report in place.near:
        for piece in (report.before, report.after):
            if not piece or not piece[0] <= quotation.start < max(piece[1], piece[0] + 1):
                continue
            if page.end[report.last] <= quotation.start:
                distance = 2 * (quotation.start - page.end[report.last])
            else:
                edge = min(report.first, report.source.first if report.source else report.first)
                distance = page.start[edge] - quotation.end
            # Words that somebody thought or meant to do are put in marks by whoever told of it; "according to" says
            # where it was told, where another clause has the speaker.
            rank = (report.cue.act not in ("speech", "evidence"), report.cue.form == "fixed", distance)
            if rank < least:
                best, least = report, rank
    return best


def _is_title(place: _Place, previous: Attribution | None) -> bool:
    """Whether it is the title of a work: capitals throughout, and words around it that say so."""
    page, unit, k = place.page, place.unit, place.first - 1
    inside = place.inside.rstrip(",")
    words = _WORD.findall(inside[:150])
    if place.stop + 1 < unit.stop and page.low[place.stop] == "by" and page.tags[place.stop + 1] & CAPITAL:
        return (
            place.quotation.end + 2 > page.start[place.stop] - 2 and words[:1] != [] and words[0][0].isupper()
        )
    if (
        not words
        or len(words) > 12
        or not all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in words)
    ):
        return False
    if (
        place.stop < unit.stop
        and page.low[place.stop] in _MAKERS
        and not page.gap(place.stop).strip(_MARKS + " ")
    ):
        return True
    if k < unit.first or is_headline(page, unit) or (page.low[k] == "of" and page.low[k - 1] in _OUTCRIES):
        return False
    gap = page.gap(place.first)
    if page.quote[k] > 0:
        return bool(previous and previous.reason == TITLE) and not gap.strip(_MARKS + " ,")
    if page.low[k] in ("and", "or") and previous and previous.reason == TITLE and page.quote[k - 1] > 0:
        return True
    if any(w in _WORKS for w in page.low[max(unit.first, k - 2) : k + 1]) and ":" not in gap:
        return True
    if page.low[k] in _TITLED and k > unit.first and not page.tags[k - 1] & (SUBJECT | CAPITAL):
        return True
    linked = page.tags[k] & (PREPOSITION | POSSESSIVE) and page.low[k] not in ("as", "to", "like")
    linked = linked or page.low[k] in _POSSESSORS or page.low[k] in ("told", "tells", "telling")
    return len(words) > 1 and bool(linked) and "," not in gap and ":" not in gap


def _is_subject(place: _Place) -> bool:
    """Whether it is a plural of one word that acts itself: *some “experts” claimed*, *the “experts” who …*"""
    page, first, k = place.page, place.first, place.stop
    if (
        k != first + 1
        or k >= place.unit.stop
        or page.gap(k).strip(_MARKS + " ")
        or place.inside[-1:] in ",.?!"
    ):
        return False
    if not page.tags[first] & PLURAL or page.tags[first] & CAPITAL:
        return False
    if first > place.unit.first and page.tags[first - 1] & OBJECT and not page.tags[first - 1] & DETERMINER:
        return False  # "called them “experts” who ..."
    return page.low[k] == "who" or bool(page.tags[k] & (AUXILIARY | VERB)) or acts(page, k, first)


def _is_term(place: _Place, report: Report) -> bool:
    """Whether a word or two inside an attributed clause are a name or term, and not what was said.

    *the “Partygate” scandal*: a name after *the*; or a word or two that nobody in particular said.
    """
    page, k = place.page, place.first - 1
    words = _WORD.findall(place.inside[:80])
    if k >= place.unit.first and not page.quote[k]:
        if page.low[k] == "so-called":
            return True
        if (page.tags[k] & POSSESSIVE or page.low[k] in _POSSESSORS) and _modifies(place, len(words)):
            return True
    if len(words) > 4 or place.inside[-1:] in ",.?!" or k < place.unit.first:
        return False
    if report.source is None and report.last + 1 < place.first and len(words) <= 3:
        return True
    follows = place.stop < place.unit.stop and not page.gap(place.stop).strip(_MARKS + " ")
    capitals = all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in words)
    return (
        capitals
        and follows
        and page.low[k] in ("the", "a", "an", "so-called")
        and not page.tags[place.stop] & (PREPOSITION | VERB)
    )


def _by_form(place: _Place) -> Attribution | None:
    """*"…," reacted Smith*; *"…," Smith deadpans*; *Smith: "…"*: attribution by form, whatever the verb."""
    page, unit, k = place.page, place.unit, place.stop
    stopped = place.inside[-1:] in ",?!—" or (k < unit.stop and page.gap(k).strip(_MARKS + " ")[:1] == ",")
    if signed := _signed(place):
        return Attribution("direct", None, signed)
    known = any(report.first <= k + 1 and k <= report.last for report in place.near)
    if k + 1 < unit.stop and stopped and not known and page.joined[k + 1] and not page.quote[k + 1]:
        before = (unit.start, page.end[k - 1])
        if page.low[k].endswith("ed") or page.tags[k] & VERB:
            if page.tags[k + 1] & (CAPITAL | DETERMINER):
                phrase = phrase_from(page, unit, k + 1)
                return Attribution("direct", Report(_BY_FORM, k, k, unit, phrase, before), phrase)
        elif page.tags[k] & (CAPITAL | SUBJECT | DETERMINER):
            phrase = phrase_from(page, unit, k)
            verb = phrase.last + 1
            if verb < unit.stop and page.joined[verb] and not page.quote[verb] and acts(page, verb, k):
                return Attribution("direct", Report(_BY_FORM, verb, verb, unit, phrase, before), phrase)
    if place.first > unit.first and ":" in page.gap(place.first):
        nearest = [report for report in place.near if report.last < place.first]
        if nearest:
            return Attribution("direct", nearest[-1], nearest[-1].source)
        return Attribution("direct", None, _before_colon(place))
    return None


def _signed(place: _Place) -> Phrase | None:
    """*“…” — Ann Lee*: a dash and a name to the end of the line."""
    page, unit, k = place.page, place.unit, place.stop
    if not (place.leads and k < unit.stop <= k + 8 and page.tags[k] & CAPITAL):
        return None
    return (
        phrase_from(page, unit, k) if _DASH.fullmatch(page.text, place.quotation.end, page.start[k]) else None
    )


def _before_colon(place: _Place) -> Phrase | None:
    """*by Boston's Ann Lee: "…"*, *Lee was blunter: "…"*"""
    if name := _introduced(place):
        return name
    ending = named_ending(place.page, place.unit, place.first - 1)
    if ending and place.page.tags[ending.last] & CAPITAL:
        return ending
    return leading_phrase(place.page, place.unit, place.first)


def _introduced(place: _Place) -> Phrase | None:
    """*Ann Lee, director of the trust: "…"*: the name at the head of a line that has no verb."""
    page, first = place.page, place.unit.first
    last = first
    while last + 1 < place.first and page.joined[last + 1] and page.tags[last + 1] & CAPITAL:
        last += 1
    if (
        not page.tags[first] & CAPITAL
        or last == first
        or last + 1 >= place.first
        or page.gap(last + 1) != ", "
    ):
        return None
    rest = range(last + 1, place.first)
    if len(rest) > 14 or any(
        page.tags[k] & (VERB | AUXILIARY | SUBJECT) or acts(page, k, last) for k in rest
    ):
        return None
    return Phrase(first, last)


# --------------------------------------------------------------------------- from the sentences around


def _around(
    place: _Place, at: int, reports: _Reports, previous: Attribution | None, *, follows: bool
) -> Attribution:
    """An attribution from the sentences around, for a quotation whose own says nothing of it.

    ``at``: its sentence; ``previous``: the last attribution before it, in the sentence before if ``follows``.
    """
    page = place.page
    words = len(_WORD.findall(place.inside[:200]))
    if not place.leads or not (words > 3 or place.inside[-1:] in ".?!,…"):
        return _fragment(place, words)
    if signed := _signature(place, at):
        return Attribution("direct", None, signed)
    if not at:
        return Attribution("direct", reason=NO_CUE)
    before = page.units[at - 1]
    near = [report for report in reports.near(before.stop, before) if report.source]
    if before.introduces and near:
        return Attribution("direct", near[-1], near[-1].source)
    spoken = previous if previous and previous.voice == "direct" and previous.source else None
    if follows and spoken:
        return Attribution("direct", spoken.report, spoken.source)
    if near:
        return Attribution("direct", None, near[-1].source)
    leading = leading_phrase(page, before, before.stop)
    here = "\n" not in page.text[before.end : place.unit.start]
    if leading and (here or not spoken) and page.tags[leading.last] & (CAPITAL | SUBJECT):
        return Attribution("direct", None, leading)
    return Attribution("direct", None, spoken.source if spoken else leading)


def _signature(place: _Place, at: int) -> Phrase | None:
    """*“…” / — Ann Lee*: a paragraph that is a dash and a name, after one that is a quotation."""
    page = place.page
    if (
        at + 1 >= len(page.units)
        or place.stop < place.unit.stop
        or page.text[place.quotation.end : place.unit.end].strip()
    ):
        return None
    line = page.units[at + 1]
    if line.first >= line.stop or line.stop - line.first > 8 or not page.tags[line.first] & CAPITAL:
        return None
    if _DASH.fullmatch(page.text, place.unit.end, page.start[line.first]):
        return phrase_from(page, line, line.first)
    return _named_line(page, line) if place.inside[-1:] in ".?!" else None


def _named_line(page: Page, line: Unit) -> Phrase | None:
    """A line that is a person's name, and no more than where he writes: *Ann Lee, The Herald*."""
    text = page.text[line.start : line.end].strip()
    alone = "\n" in page.text[line.start - 2 : line.start] and page.text[line.end : line.end + 1] in (
        "\n",
        "",
    )
    if (
        not alone
        or text[-1:] in ".?!:;"
        or page.text[page.start[line.first] : page.end[line.first]] not in lists().first
    ):
        return None
    if not all(page.tags[k] & CAPITAL or page.low[k] in _SMALL for k in range(line.first, line.stop)):
        return None
    last = line.first
    while last + 1 < line.stop and page.joined[last + 1]:
        last += 1
    return Phrase(line.first, last) if line.first < last <= line.first + 3 else None


def _modifies(place: _Place, words: int) -> bool:
    """*her “fair shares” budget*: a term before a noun, unless that is one of speech (*her “sorry” remark*)."""
    page, k = place.page, place.stop
    if words > 3 or k >= place.unit.stop or place.inside[-1:] in ",.?!" or page.gap(k).strip(_MARKS + " "):
        return False
    return page.low[k] not in _SPEECH and may_end(page, k) and not page.tags[k] & DETERMINER


def _fragment(place: _Place, words: int) -> Attribution:
    """Part of a sentence that no cue attributes: somebody's words, or nobody's?"""
    page, unit, k = place.page, place.unit, place.first - 1
    if k >= unit.first and not page.gap(place.first).strip(_MARKS + " ") and not page.quote[k]:
        if page.low[k] == "so-called" or _modifies(place, words):
            return Attribution("scare", reason=TERM)
        if page.tags[k] & POSSESSIVE and (source := phrase_ending(page, unit, k)):
            return Attribution("direct", None, source)
        if page.low[k] in _POSSESSORS:
            return Attribution("direct", None, Phrase(k, k))
        if page.low[k] == "of" and k > unit.first and page.low[k - 1] in _OUTCRIES:
            return Attribution("direct", None, leading_phrase(page, unit, place.first))
    # A word or two in the sentence of somebody who is being quoted anyway are most often theirs too.
    told = [report for report in place.near if report.source and report.cue.act == "speech"]
    if told and not _modifies(place, words):
        return Attribution("direct", None, min(told, key=lambda r: abs(r.last - place.first)).source)
    if words >= 4 or (place.inside[-1:] in ".?!" and words >= 3) or is_headline(page, unit):
        return Attribution("direct", None, leading_phrase(page, unit, place.first))
    return Attribution("scare", reason=TERM)
