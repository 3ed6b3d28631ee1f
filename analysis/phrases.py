"""A text as words, quotations and sentences, and the noun phrases in it.

text + words of the engine -> Page -> noun phrases around a word

There is no parser behind this. A noun phrase is what stands between the words that cannot be part of
one (auxiliaries, conjunctions, finite verbs, punctuation), read outwards from a known edge.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .expressions import (
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    NUMBER,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    SUBJECT,
    SUBORDINATOR,
    TIME,
    VERB,
)


class Unit(NamedTuple):
    """A sentence, of which a quotation is one piece: code points ``[start, end)``, words ``[first, stop)``.

    ``close``: its end without the final stop; ``introduces``: whether it ends in a colon.
    """

    start: int
    end: int
    first: int
    stop: int
    close: int
    introduces: bool


class Phrase(NamedTuple):
    """Words ``[first, last]``, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Page:
    """One text. Of each word: ``low`` (in lower case), ``tags``, ``start``, ``end``, ``joined`` (no
    punctuation before it) and ``quote`` (1 + the number of its quotation, 0 outside, -1 in boilerplate)."""

    text: str
    low: Sequence[str]
    tags: Sequence[int]
    start: Sequence[int]
    end: Sequence[int]
    joined: list[bool]
    quote: list[int]
    quotes: Sequence[tuple[int, int]]
    units: list[Unit]

    def gap(self, word: int) -> str:
        """The characters between a word and the one before it."""
        return self.text[self.end[word - 1] if word else 0 : self.start[word]]

    def span(self, phrase: Phrase) -> tuple[int, int]:
        """Code points ``[start, end)`` of a phrase."""
        return self.start[phrase.first], self.end[phrase.last]

    def words(self, phrase: Phrase) -> Sequence[str]:
        """The words of a phrase in lower case."""
        return self.low[phrase.first : phrase.last + 1]

    def quoted_from(self, word: int) -> int:
        """Where the quotation that holds a word begins, or the word, if none does."""
        number = self.quote[word]
        return self.quotes[number - 1][0] if number > 0 else self.start[word]


OPEN_SUBJECTS = frozenset(
    "some many most others all few both this that these those another neither several everyone one".split()
)
"""Determiners that may stand alone as a subject (*many say*)."""

_LEADING = frozenset(
    "that and but as if while when because although though since after before so yet or still then now".split()
)
_LINKS = frozenset("of for at from in with on by to".split())
_BOUNDARY = re.compile(r"[;:?!]|\.(?!\w)")
_CLOSED = AUXILIARY | CONJUNCTION | PREPOSITION | SUBORDINATOR | VERB
_LONGEST = 24  # words of a noun phrase
_LONGEST_ASIDE = 40  # words of *, a lawyer from Reno who …,*


def subject_before(page: Page, unit: Unit, word: int) -> Phrase | None:
    """The noun phrase that ends just before ``word``, or before the aside that ends there.

    *Smith* of *Smith said*; of *Smith, a lawyer, said*; of *Smith (R-Tex.) said*.
    """
    last = word - 1
    if last < unit.first or page.quote[last] < 0:
        return None
    if page.joined[word]:
        return phrase_ending(page, unit, last)
    gap = page.gap(word)
    for close, opening in ((")", "("), ("—", "—"), ("–", "–"), ("--", "--")):
        if close in gap:
            before = range(last, max(unit.first, last - _LONGEST_ASIDE), -1)
            at = next((k for k in before if opening in page.gap(k)), None)
            return phrase_ending(page, unit, at - 1) if at else None
    if "," in gap:
        return _before_aside(page, unit, last)
    return None if page.quote[last] or gap.strip(" \t.’'") else phrase_ending(page, unit, last)


def _before_aside(page: Page, unit: Unit, last: int) -> Phrase | None:
    """Of the commas before ``last``, the one that opens the aside follows a name or noun, and is not
    one of a place or party within it (*Smith, a Republican from Reno, Nev., said*)."""
    nearest = None
    for k in range(last, max(unit.first, last - _LONGEST_ASIDE), -1):
        if page.joined[k] or (page.quote[k - 1] > 0 and page.quote[k - 1] == page.quote[k]):
            continue
        gap = page.gap(k)
        if "," not in gap:
            if _BOUNDARY.search(gap):
                break
            continue
        phrase = phrase_ending(page, unit, k - 1)
        if phrase is None:
            continue
        phrase = _before_description(page, unit, phrase)
        nearest = nearest or phrase
        tags = page.tags[k]
        if page.low[k] in ("who", "which", "whose") or tags & (DETERMINER | NUMBER | PREPOSITION):
            return phrase
        if not tags & (CAPITAL | CONJUNCTION):
            return phrase
    return nearest


def _before_description(page: Page, unit: Unit, phrase: Phrase) -> Phrase:
    """*Smith* of *Smith, head of the union*: the name before a description set off by a comma."""
    first = phrase.first
    if first > unit.first and not page.tags[first] & (CAPITAL | SUBJECT) and "," in page.gap(first):
        name = phrase_ending(page, unit, first - 1)
        if name and page.tags[name.last] & CAPITAL:
            return name
    return phrase


def named_ending(page: Page, unit: Unit, last: int) -> Phrase | None:
    """As :func:`phrase_ending`, but the name of *Smith, head of the union*."""
    phrase = phrase_ending(page, unit, last)
    return _before_description(page, unit, phrase) if phrase else None


def phrase_ending(page: Page, unit: Unit, last: int, *, relative: bool = True) -> Phrase | None:
    """The noun phrase whose last word is ``last``, with what hangs on it (*a spokesman for the mayor*)."""
    if last < unit.first or page.quote[last]:
        return None
    word, tags = page.low[last], page.tags[last]
    if word in ("who", "which", "that"):
        follows = relative and _follows_noun(page, unit, last)
        before = phrase_ending(page, unit, last - 1, relative=False) if follows else None
        return before or (Phrase(last, last) if word != "which" else None)
    if tags & SUBJECT or word in OPEN_SUBJECTS:
        return Phrase(last, last)
    if tags & (TIME | ADVERB) and not (tags & CAPITAL and not tags & TIME):
        return _before_time(page, unit, last)
    if tags & _CLOSED and not tags & CAPITAL:
        return None
    first = last
    lowest = max(unit.first, last - _LONGEST)
    while first > lowest and page.joined[first] and not page.quote[first - 1]:
        further = _further(page, first, lowest, last)
        if further is None:
            break
        first = further
    bare = not any(page.tags[k] & (DETERMINER | CAPITAL | POSSESSIVE) for k in range(first, last + 1))
    hangs = relative and bare and first > unit.first and page.joined[first]
    if hangs and (owner := _before_relative(page, unit, first)):
        return owner
    while first < last and _only_leads(page, unit, first):
        first += 1
    return Phrase(first, last)


def _only_leads(page: Page, unit: Unit, first: int) -> bool:
    """Whether a word before a noun phrase is no part of it (*Meanwhile Smith*, *while Smith*)."""
    tags = page.tags[first]
    if first == unit.first:
        leads = ADVERB | CONJUNCTION | SUBORDINATOR | PREPOSITION
        return bool(tags & leads) and (page.low[first] == "that" or not tags & (DETERMINER | SUBJECT))
    return page.low[first] in _LEADING and not tags & CAPITAL


def _before_relative(page: Page, unit: Unit, word: int) -> Phrase | None:
    """*an aide who spoke to discuss strategy said*: the noun phrase before *who*, if one is near."""
    for k in range(word - 1, max(unit.first, word - 16), -1):
        if not page.joined[k] or page.quote[k]:
            return None
        if page.low[k] == "who":
            return phrase_ending(page, unit, k - 1, relative=False)
    return None


def _follows_noun(page: Page, unit: Unit, word: int) -> bool:
    if word <= unit.first or page.quote[word - 1] or (page.low[word] == "that" and not page.joined[word]):
        return False
    return page.joined[word] or "," in page.gap(word)


def _before_time(page: Page, unit: Unit, last: int) -> Phrase | None:
    """*Smith on Monday*, *Smith last week*: the noun phrase before the time."""
    k = last
    while k >= unit.first and page.tags[k] & (TIME | ADVERB) and (k == last or page.joined[k + 1]):
        k -= 1
    if k >= unit.first and page.low[k] in ("on", "in", "at", "this", "next") and page.joined[k + 1]:
        k -= 1
    if (
        k < unit.first
        or not page.joined[k + 1]
        or (page.tags[k] & (_CLOSED | TIME | ADVERB) and not page.tags[k] & CAPITAL)
    ):
        return None
    return phrase_ending(page, unit, k)


def _further(page: Page, first: int, lowest: int, last: int) -> int | None:
    """One step back in a noun phrase that begins at ``first`` so far; ``None`` where it begins there."""
    low, tags = page.low, page.tags
    k = first - 1
    here, there = tags[first], tags[k]
    links = low[k] in _LINKS or low[k] == "and"
    if links and k > lowest and page.joined[k] and may_end(page, k - 1):
        if low[k] != "and" or (
            here & (CAPITAL | DETERMINER) and (tags[k - 1] & (CAPITAL | PLURAL) or not tags[last] & CAPITAL)
        ):
            return k - 1
        return None
    if low[first] in ("the", "a", "an") or (here & DETERMINER and not here & CAPITAL and low[first] != "one"):
        return None
    if there & (
        SUBJECT | AUXILIARY | TIME | SUBORDINATOR | CONJUNCTION | PREPOSITION | VERB
    ) and not there & (DETERMINER | CAPITAL):
        return None
    if there & (TIME | AUXILIARY) or low[k] in (
        "that",
        "as",
        "and",
        "but",
        "in",
        "on",
        "at",
        "for",
        "after",
        "when",
        "if",
    ):
        return None
    if not there & (CAPITAL | DETERMINER | POSSESSIVE | NUMBER):
        if last - k > 9 and not here & CAPITAL:
            return None
        if acts(page, k, lowest):
            return None
    return k


def acts(page: Page, k: int, lowest: int) -> bool:
    """Whether a word in lower case is a finite verb, by its ending and the word before it (*Smith vowed*)."""
    if page.tags[k] & VERB:
        return True
    if not page.low[k].endswith("ed") or len(page.low[k]) < 5 or "-" in page.low[k]:
        return False
    if k <= lowest or not page.joined[k]:
        return False
    return may_end(page, k - 1) and not page.tags[k - 1] & (DETERMINER | ADVERB | POSSESSIVE)


def may_end(page: Page, k: int) -> bool:
    """Whether a word can be the last of a noun phrase."""
    tags = page.tags[k]
    if page.quote[k]:
        return False
    return bool(tags & CAPITAL and not tags & (TIME | PREPOSITION)) or not tags & (
        _CLOSED | ADVERB | TIME | SUBJECT | DETERMINER
    )


def phrase_from(page: Page, unit: Unit, first: int, *, stop_at_verbs: bool = True) -> Phrase:
    """The noun phrase that begins at ``first``, without the asides that follow it."""
    if page.tags[first] & SUBJECT:
        return Phrase(first, first)
    last = first
    while last + 1 < min(unit.stop, first + _LONGEST) and _goes_on(
        page, unit, last + 1, first, stop_at_verbs
    ):
        last += 1
    while (
        last > first
        and page.tags[last] & (PREPOSITION | CONJUNCTION | DETERMINER)
        and not page.tags[last] & CAPITAL
    ):
        last -= 1
    return Phrase(first, last)


def _goes_on(page: Page, unit: Unit, k: int, first: int, stop_at_verbs: bool) -> bool:
    """Whether word ``k`` still belongs to the noun phrase that began at ``first``."""
    if not page.joined[k] or page.quote[k]:
        return False
    tags, word = page.tags[k], page.low[k]
    follows = k + 1 < unit.stop and page.joined[k + 1] and not page.quote[k + 1]
    if word == "by" and not stop_at_verbs:
        return follows and bool(page.tags[k + 1] & (CAPITAL | DETERMINER))
    if word in ("of", "for", "at", "from", "with", "in"):
        return (
            follows
            and not page.tags[k + 1] & (TIME | SUBJECT | PREPOSITION | NUMBER)
            and (word in ("of", "for", "from", "at") or bool(page.tags[k + 1] & DETERMINER))
        )
    if word == "and":
        return follows and bool(page.tags[k + 1] & CAPITAL) and bool(page.tags[k - 1] & CAPITAL)
    if tags & CAPITAL and not tags & (TIME | AUXILIARY | SUBJECT):
        return True
    if tags & VERB and page.tags[k - 1] & DETERMINER:  # the left, the lost
        return True
    if tags & (_CLOSED | ADVERB | TIME | SUBJECT):
        return False
    if tags & DETERMINER and not page.tags[k - 1] & PREPOSITION:
        return False
    return not (stop_at_verbs and acts(page, k, first))


def leading_phrase(page: Page, unit: Unit, before: int) -> Phrase | None:
    """The sentence's first noun phrase outside a leading *In …,* or *When …,*: most often its subject."""
    k, stop = unit.first, min(before, unit.first + 40)
    while k < stop:
        tags = page.tags[k]
        if page.quote[k] or (tags & (CONJUNCTION | ADVERB) and not tags & (DETERMINER | SUBJECT)):
            k += 1
        elif (
            (tags & (PREPOSITION | TIME | SUBORDINATOR) and not tags & SUBJECT)
            or (page.low[k].endswith("ing") and k == unit.first)
            or (page.low[k].endswith("ed") and k == unit.first)
        ):
            k = next((m for m in range(k + 1, stop) if "," in page.gap(m) and not page.quote[m]), stop)
        elif tags & AUXILIARY and not tags & SUBJECT:
            k += 1
        else:
            phrase = phrase_from(page, unit, k)
            after = phrase.last + 1
            if (
                after < stop
                and page.joined[after]
                and page.low[after] in ("later", "earlier", "ago", "before", "after")
            ):
                k = next((m for m in range(after, stop) if "," in page.gap(m) and not page.quote[m]), stop)
                continue
            return Phrase(k, min(phrase.last, before - 1))
    return None


def is_headline(page: Page, unit: Unit) -> bool:
    """Whether most words of a sentence are capitalised (*Senator Blasts “Shameful” Bill*)."""
    words = [k for k in range(unit.first, min(unit.stop, unit.first + 24)) if not page.quote[k]]
    capitals = sum(1 for k in words if page.tags[k] & CAPITAL)
    return len(words) > 3 and 100 * capitals >= 65 * len(words)


def rejoin(page: Page, loose: Sequence[int]) -> None:
    """Count words as joined over the full stop of an abbreviation (*Mr. Smith*, *U.S. officials*)."""
    stops = {unit.first for unit in page.units}
    for k in loose:
        if k and k not in stops and page.gap(k) in (". ", ".", "’ ", "' ", "&", " & ", "/", ".\xa0"):
            page.joined[k] = True


def word_at(page: Page, unit: Unit, position: int) -> int:
    """The first word of a sentence that starts at or after a code point."""
    return bisect_left(page.start, position, unit.first, unit.stop)
