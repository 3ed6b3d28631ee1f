"""Quotations in their place: whose words, by which reporting clause, or nobody's, and why.

page, its quotations and reports  ->  one attribution a quotation
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from .attribution import Report
from .cues import (
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    SUBJECT,
    TIME,
    VERB,
    Cue,
)
from .phrases import (
    Page,
    Phrase,
    Unit,
    acts,
    leading_phrase,
    phrase_ending,
    phrase_from,
    subject_before,
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


_SMALL = frozenset("a an the and of in on to for with at by from or but is & vs vs. as it".split())
_WORK = re.compile(
    r"(?:show|film|movie|documentary|book|novel|memoir|biography|autobiography|song|album|single|hit|play|musical|opera|series|sitcom|drama|"
    r"comedy|program(?:me)?|podcast|article|essay|column|editorial|op-ed|piece|story|poem|paper|report|study|magazine|blog|video|ad|spot|"
    r"commercial|episode|segment|speech|game|painting|exhibition|titled|entitled|called|named|dubbed|headlined|star|stars|starred|host|hosts|"
    r"hosted|co-host|anchor|author|co-author|writer|director|creator|editor|watch|watching|watched|aired|reading|read|sang|wrote|"
    r"abc's|nbc's|cbs's|cnn's|msnbc's|fox's|hbo's|bbc's|news's|radio's|pbs's|cbs'|nbc'|abc'|channel's|4's|show's|network's|cnbc's|netflix's)"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_SENTENCE_LIKE = ".,?!…—-;"
_MARKS = "\"'“”‘’«»„‟`‹›‚‛"
_POSSESSORS = frozenset("his her their its my our".split())
_OPEN = Cue("", "neutral", "speech", frozenset({"clause"}), "past")


def attribute(page: Page, quotations: Sequence[Quotation], found: Sequence[Report]) -> list[Attribution]:
    """The attribution of each quotation, in order."""
    by_unit: dict[int, list[Report]] = {}
    for report in found:
        by_unit.setdefault(report.unit.first, []).append(report)
    starts = [unit.start for unit in page.units]
    result: list[Attribution] = []
    waiting: list[int] = []  # quotations of a paragraph whose speaker is named after them
    for n, quotation in enumerate(quotations):
        at = bisect_right(starts, quotation.start) - 1
        unit = page.units[at]
        place = _Place(
            page, quotation, unit, word_at(page, unit, quotation.start), by_unit.get(unit.first, [])
        )
        before = quotations[n - 1] if n else None
        same = before is not None and "\n" not in page.text[before.end : quotation.start]
        if waiting and not same:
            waiting = []
        attribution = _own(place, quotation, result[-1] if result else None)
        if attribution is None:
            attribution = _borrowed(place, at, by_unit, result, same)
            if attribution.report is None and attribution.voice == "direct" and place.alone and not same:
                waiting.append(n)
        elif attribution.report is not None and waiting and attribution.report.before:
            for earlier in waiting:
                result[earlier] = attribution
            waiting = []
        result.append(attribution)
    return result


class _Place(NamedTuple):
    """A quotation in its sentence; ``first``: its first word; ``near``: the reports of the sentence."""

    page: Page
    quotation: Quotation
    unit: Unit
    first: int
    near: list[Report]

    @property
    def stop(self) -> int:
        return word_at(self.page, self.unit, self.quotation.end)

    @property
    def inside(self) -> str:
        return self.page.text[self.quotation.start : self.quotation.end].strip(_MARKS + " ")

    @property
    def alone(self) -> bool:
        """Nothing but the quotation is in its sentence up to its end."""
        return self.first <= self.unit.first


def _own(place: _Place, quotation: Quotation, previous: Attribution | None) -> Attribution | None:
    """What the quotation's own sentence says of it, if anything."""
    if quotation.continues and previous and previous.voice == "direct":
        return previous
    report = _governing(place)
    if _is_title(place) and not (report and report.last + 1 == place.first and "clause" in report.cue.takes):
        return Attribution("scare", reason=TITLE)
    if report:
        return Attribution("direct", report, report.source)
    return _by_form(place)


def _governing(place: _Place) -> Report | None:
    """The report that attributes the quotation: of those that cover it, the nearest."""
    page, quotation = place.page, place.quotation
    best, least = None, 1 << 60
    for report in place.near:
        for piece in (report.before, report.after):
            if not piece or not piece[0] <= quotation.start < max(piece[1], piece[0] + 1):
                continue
            if page.end[report.last] <= quotation.start:
                distance = 2 * (quotation.start - page.end[report.last])
            else:
                edge = min(report.first, report.source.first if report.source else report.first)
                distance = page.start[edge] - quotation.end
            if distance < least:
                best, least = report, distance
    return best


def _is_title(place: _Place) -> bool:
    """Whether it is the title of a work: capitals throughout, and a word before it that says so or links it."""
    words = _WORD.findall(place.inside[:120])
    if (
        not words
        or len(words) > 12
        or not all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in words)
    ):
        return False
    if place.inside[-1] in ".?!" and len(words) > 3 and place.first <= place.unit.first:
        return False
    k = place.first - 1
    if k < place.unit.first:
        return False
    linked = place.page.quote[k] == 0 and "," not in place.page.gap(place.first)
    named = any(_WORK.fullmatch(w) for w in place.page.low[max(place.unit.first, k - 3) : k + 1])
    if len(words) == 1:
        return named
    tags = place.page.tags[k]
    return named or (
        linked
        and bool(tags & (PREPOSITION | POSSESSIVE))
        and place.page.low[k] not in ("as", "to", "of", "like")
    )


def _by_form(place: _Place) -> Attribution | None:
    """*"…," reacted Smith*; *"…," Smith deadpans*; *Smith: "…"*: attribution by form, whatever the verb."""
    page, unit, k = place.page, place.unit, place.stop
    ends = place.inside[-1:]
    if (
        k < unit.stop
        and ends
        and ends in ",?!—"
        or (k < unit.stop and page.gap(k).strip(_MARKS + " ")[:1] == ",")
    ):
        if page.tags[k] & (CAPITAL | SUBJECT | DETERMINER):
            phrase = phrase_from(page, unit, k)
            verb = phrase.last + 1
            if verb < unit.stop and page.joined[verb] and acts(page, verb, k):
                return Attribution(
                    "direct",
                    Report(_OPEN, verb, verb, unit, phrase, before=(unit.start, page.end[k - 1])),
                    phrase,
                )
        elif k + 1 < unit.stop and page.joined[k + 1] and (page.low[k].endswith("ed") or page.tags[k] & VERB):
            phrase = phrase_from(page, unit, k + 1)
            if page.tags[k + 1] & (CAPITAL | DETERMINER):
                return Attribution(
                    "direct", Report(_OPEN, k, k, unit, phrase, before=(unit.start, page.end[k - 1])), phrase
                )
    if place.first > unit.first and ":" in page.gap(place.first):
        nearest = [report for report in place.near if report.last < place.first]
        if nearest:
            return Attribution("direct", nearest[-1], nearest[-1].source)
        return Attribution("direct", None, _named_before_colon(place))
    return None


def _named_before_colon(place: _Place) -> Phrase | None:
    """*by Boston's Ann Lee: "…"*, *Lee was blunter: "…"*"""
    page, unit, k = place.page, place.unit, place.first
    ending = phrase_ending(page, unit, k - 1)
    if ending and page.tags[ending.last] & CAPITAL:
        return ending
    return leading_phrase(page, unit, k)


def _borrowed(
    place: _Place, at: int, by_unit: dict[int, list[Report]], result: list[Attribution], same: bool
) -> Attribution:
    """An attribution from the sentences around, for a quotation whose own says nothing of it."""
    page, unit = place.page, place.unit
    words = len(_WORD.findall(place.inside[:200]))
    ends = place.inside[-1:]
    whole = place.alone and (words > 3 or ends in ".?!,…")
    previous = result[-1] if result else None
    if not whole:
        return _fragment(place, words)
    if same and previous and previous.voice == "direct" and (previous.report or previous.source):
        return Attribution("direct", previous.report, previous.source)
    if at:
        before = page.units[at - 1]
        introduced = page.text[before.start : before.end].endswith(":")
        near = by_unit.get(before.first, [])
        if introduced:
            if near:
                return Attribution("direct", near[-1], near[-1].source)
            return Attribution("direct", None, leading_phrase(page, before, before.stop))
        if near and near[-1].source:
            return Attribution("direct", None, near[-1].source, None)
        if previous and previous.source and previous.voice == "direct":
            return Attribution("direct", None, previous.source, None)
        return Attribution("direct", None, leading_phrase(page, before, before.stop), None)
    return Attribution("direct", reason=NO_CUE)


def _fragment(place: _Place, words: int) -> Attribution:
    """Part of a sentence that no cue attributes: somebody's words, or nobody's?"""
    page, unit, k = place.page, place.unit, place.first - 1
    if k >= unit.first and page.joined[place.first] is False and page.gap(place.first).strip() in _MARKS:
        if page.tags[k] & POSSESSIVE:
            return Attribution("direct", None, phrase_ending(page, unit, k))
        if page.low[k] in _POSSESSORS:
            return Attribution("direct", None, Phrase(k, k))
    if words >= 4 or place.inside[-1:] in ".?!" and words >= 3:
        return Attribution("direct", None, leading_phrase(page, unit, place.first))
    return Attribution("scare", reason=TERM)
