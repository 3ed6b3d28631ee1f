"""Where a describing word stands, and what it is there: premodifier, nominal, appositive, predicative or nothing.

Passage  ->  Epithets in words
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .descriptions import Class, Entry
from .noun_phrases import (
    ADJECTIVE,
    ADVERB,
    AUXILIARIES,
    BE,
    BODY,
    CAPITAL,
    DETERMINER,
    FIRST,
    FUNCTION,
    HEAD,
    LABEL,
    LINKS,
    METAPHOR,
    NOUN,
    PERSON,
    PLAIN,
    PREPOSITIONS,
    PRONOUN,
    SAID,
    STATE,
    THING,
    VERB,
    Target,
)
from .passages import Passage

_CANDIDATE = ADJECTIVE | NOUN | HEAD | FIRST | METAPHOR
_GENERIC = frozenset(
    "figure figures man men woman women person people folk folks guy guys character characters"
    " personality personalities kind force forces lady gentleman boy boys girl girls youth"
    " youths kid kids individual individuals creature creatures player players thinker thinkers politician"
    " politicians leader leaders interests crowd mob family families citizen citizens friend friends enemy"
    " enemies".split()
)
"""Heads that say so little that an adjective and its head describe together: "a divisive figure"."""
_BODIES = frozenset("group outfit organisation organization organisation movement party firm company".split())
_BEFORE_VERBS = frozenset(
    "can cannot can't could couldn't will won't would wouldn't shall should shouldn't may might must do does did"
    " don't doesn't didn't i we you they he she who it".split()
)
_EMPTY = frozenset(
    "former ex acting then late current new old longtime top senior junior big bigger biggest huge great real"
    " full-time local many more most other fellow own leading chief main key young older"
    " next final first second last only another remaining some certain".split()
)
"""Words before "ally" or "critic" that do not say whose."""
_COLLECTIVE = frozenset(
    "minority audience crowd staff team squad faction pair couple duo trio clan family cohort mob troops people"
    " police youth rabble mob brigade lobby elite cabal gang junta regime clique left right".split()
)
_THE_GROUPS = frozenset("privileged powerful super-rich ultra-rich mega-rich ultra-wealthy indigent".split())
"""Adjectives that name a class of people after "the" alone."""
_CLOSED = FUNCTION | VERB | BE | ADVERB | DETERMINER | LABEL | PERSON
_DEGREES = frozenset("more most less least very so too as".split())
_DEGREE = frozenset("more most less least too very".split())
_MANNER = re.compile(r"[a-z]{3,}ly$")
_NO_DEGREE = frozenset(
    "apparently allegedly reportedly supposedly ostensibly purportedly probably possibly arguably certainly clearly"
    " obviously surely customarily usually typically generally normally frequently occasionally rarely recently lately"
    " currently presently previously formerly originally initially finally eventually suddenly already only simply"
    " merely really actually likely family early daily weekly monthly friendly unlikely publicly privately".split()
)
"""Adverbs of when, whether and who says so, which are no part of a description."""
_GOES_ON = frozenset("due enough because today again compared regardless despite amid given".split())
_MASS = frozenset("opposition leadership resistance competition management".split())
"""Bodies that without a determiner are none: "it met fierce opposition"."""
_GIANTS = frozenset(("giant", "behemoth"))
_PAIRS = frozenset("couple pair duo".split())
_PERFECT = frozenset("have has had i've we've they've you've he'd she'd".split())
_BEFORE_GERUNDS = frozenset("never keep keeps kept stop stops stopped avoid".split())
_DEFINING = frozenset(("who", "that", "whose"))
_POSSESSIVES = frozenset("his her their its our".split())
_DEFINITE = frozenset(("the", "this", "that"))
_NEW = frozenset(("a", "an", "another", "the"))
_NATIONS = frozenset(
    "Irish Scottish Welsh English British American Mexican Cuban Canadian French German Italian Spanish Polish"
    " Russian Ukrainian Chinese Japanese Korean Vietnamese Indian Pakistani Bangladeshi Afghan Iranian Iraqi"
    " Syrian Lebanese Israeli Palestinian Egyptian Saudi Somali Ethiopian Nigerian Kenyan Haitian Salvadoran"
    " Guatemalan Honduran Turkish Romanian Albanian Serbian Filipino Swedish Norwegian Danish Dutch Australian"
    " Southern".split()
)
_IN_MARKS = Entry("in marks", "evaluative", "negative", Class.NOUN, "form")
"""A plain noun for a person in quotation marks of its own, which say that it is none: the “experts”."""


_SIDE = Entry("the left", "ideological", "neutral", Class.NOUN, "patterns")
_SIDES = frozenset(("left", "right", "left's", "right's"))
_DIRECTIONS = frozenset("on to from at in by".split())


class Epithet(NamedTuple):
    """An epithet in words: ``first`` up to ``last``."""

    first: int
    last: int
    entry: Entry
    form: str
    target: Target
    negated: bool


class Finder:
    """Reads each candidate of a passage in its place."""

    def __init__(self, passage: Passage) -> None:
        self.p = passage

    def found(self) -> Iterator[Epithet]:
        """Every epithet, in order of its candidate word; some may overlap."""
        p, done = self.p, 0
        candidates = np.flatnonzero(np.array(p.bits, np.int64) & _CANDIDATE)
        for i in candidates.tolist():
            if i < done:
                continue
            entry, j = p.phrase(i)
            if entry is None:
                continue
            within = p.name_at[i] >= 0 and j <= p.last[p.name_at[i]]
            if not entry.kind:
                done = j
            elif not within and not self._name_like(i, entry):
                one = self._read(i, j, entry)
                if one is None and entry.kind == "identity" and j > i + 1 and (alone := p.entry(i)):
                    one = self._read(i, i + 1, alone) if alone.kind else None  # "a *black* man"
                if one is not None:
                    done = j
                    yield one
        people = np.flatnonzero(np.array(p.bits, np.int64) & PERSON)
        yield from (self._disowned(i) for i in people.tolist() if p.entry(i) is None and self._in_marks(i))
        yield from (self._side(i) for i in p.places_of(_SIDES) if self._is_side(i))

    def _name_like(self, i: int, entry: Entry) -> bool:
        """Whether a capital makes an ordinary word part of a name: "Liberal", "Blunt"."""
        if not self._capital(i) or entry.pattern[0].isupper():
            return False
        made_up = (entry.pattern[0] in "*-" or entry.pattern[-1] in "*-") and entry.pattern != "-ous"
        if entry.pattern == "-er":  # "Twitter-screamer", not "Clarion-Ledger"
            made_up = (
                self.p.texts[self.p.text[i]][self.p.start[i] : self.p.end[i]].rpartition("-")[2].islower()
            )
        p = self.p
        title = bool(p.after(i + 1)) and p.bits[i + 1] & CAPITAL and p.name_at[i + 1] < 0
        title = title and not p.bits[i + 1] & (
            PERSON | BODY | ADJECTIVE | NOUN | FIRST
        )  # "Desperate Housewives"
        return not made_up and (not p.opens(i) or bool(title))

    def _capital(self, i: int) -> bool:
        p = self.p
        return p.texts[p.text[i]][p.start[i]].isupper()

    def _read(self, i: int, j: int, entry: Entry) -> Epithet | None:
        """The epithet that the words i to j make where they stand, if they make one."""
        single = self.p.bits[i] if j == i + 1 else 0
        classes = int(entry.classes) | single & (ADJECTIVE | NOUN | HEAD | SAID | STATE | PLAIN)
        if classes & METAPHOR:
            return self._metaphor(i, j, entry)
        if classes & HEAD and not classes & ADJECTIVE:
            return self._stance(i, j, entry)
        if classes & NOUN and self.p.bits[j - 1] & FUNCTION:
            return self._nominal(i, j, entry, classes)
        governs = bool(self.p.bits[j - 1] & FUNCTION)  # "soft on", "skeptical of"
        head = None if governs else self.p.head(j, linked=bool(classes & ADJECTIVE))
        if head is not None and not classes & ADJECTIVE and not self._next(j, head):
            head = None  # "conservatives hope Smith wins"
        if head is None:
            if classes & ADJECTIVE and self.p.labelled_so(i):
                return self._predicative(i, j, entry, classes)
            if classes & NOUN and (one := self._nominal(i, j, entry, classes)):
                return one
            if self._is_wing(i, j, entry):
                return self._placed(i, j, j, entry)
            return self._predicative(i, j, entry, classes) if classes & ADJECTIVE else None
        if self._descriptive(head) or not self._modifies(i, j, entry, classes, head):
            return None
        return self._premodifier(i, j, entry, head)

    def _is_wing(self, i: int, j: int, entry: Entry) -> bool:
        """Whether words i to j name a side of politics as a body: "the far right"."""
        side = j > i + 1 and entry.kind == "ideological" and self.p.word(j - 1) in ("left", "right")
        return side and self.p.before(i) == "the" and self.p.ends(j)

    def _is_side(self, i: int) -> bool:
        """Whether the word at i names one side of politics: "the left", but not "on the left", "the right to"."""
        p = self.p
        if p.before(i) != "the" or p.before(i - 1) in _DIRECTIONS or p.bits_before(i - 1) & ADJECTIVE:
            return False
        adverb = p.bits_after(i) & ADVERB or p.after(i + 1).endswith("ly")
        return p.possessive(i) or self._acts(i + 1) or bool(adverb and self._acts(i + 2))

    def _acts(self, k: int) -> bool:
        """Whether word k is a finite verb, and no noun too: "the left *was* late", not "the right *call*"."""
        p = self.p
        if not p.after(k) or p.bits[k] & (CAPITAL | THING | ADJECTIVE):
            return False
        word = p.full_word(k)
        finite = word.endswith("ed") or (p.bits[k] & VERB and not p.is_base(k) and not word.endswith("ing"))
        return bool(finite or p.bits[k] & BE) or word in AUXILIARIES

    def _side(self, i: int) -> Epithet:
        return Epithet(i, i + 1, _SIDE, "nominal", self.p.written(i, i + 1), False)

    def _descriptive(self, head: int) -> bool:
        """Whether a head describes by itself, so that its whole noun phrase is the epithet."""
        bits = self.p.bits[head]
        if self.p.name_at[head] >= 0 or (bits & (PERSON | BODY) and not bits & NOUN):
            return False
        entry = self.p.entry(head)
        if entry is not None and entry.kind == "identity" and self.p.plural(head):
            return False  # "desperate refugees": who they are is no epithet by itself
        return bool(bits & (NOUN | HEAD))

    def _disowned(self, i: int) -> Epithet:
        return Epithet(i, i + 1, _IN_MARKS, "nominal", self._stands_for(i, i + 1), self.p.negated(i))

    def _in_marks(self, i: int) -> bool:
        """Whether a noun for a person stands alone in quotation marks, which disown it: the “experts”."""
        p = self.p
        before, after = p.gap(i), p.gap(i + 1) if i + 1 < p.size else ""
        opened = before[-1:] in ("“", "‘") or before[-2:] in (' "', " '")
        if not opened or p.bits[i] & CAPITAL or before.strip("“‘\"'") not in ("", " ") or not after:
            return False
        if i + 1 < p.size and p.bits[i + 1] & DETERMINER:
            return False  # a verb: “forces” the agency
        return after[:1] in "”’\"'" and after[1:2] == " " and p.gap(i)[:1] == " " and not p.labelled_so(i)

    def _modifies(self, i: int, j: int, entry: Entry, classes: int, head: int) -> bool:
        """Whether words i to j modify the head, and are not a noun or verb of their own."""
        p, before = self.p, self.p.bits_before(i)
        if p.before(i) in _BEFORE_VERBS or not self._is_adjective(i, j):
            return False
        if not classes & ADJECTIVE and p.before(i) == "to":
            return False  # a verb: "to hack Smith's mail"
        if not classes & ADJECTIVE:
            return self._next(j, head) and not classes & PLAIN and not p.plural(j - 1)
        if entry.kind == "legal":
            plain = p.full_word(i) != "accused" and (not p.before(i) or p.before(i) in PREPOSITIONS)
            return plain or bool(before & (DETERMINER | ADJECTIVE))
        return not self._affiliation(entry)

    def _next(self, j: int, head: int) -> bool:
        """Whether a head, or the name that it ends, begins at word j."""
        row = self.p.name_at[head]
        return head == j or (row >= 0 and self.p.first[row] == j)

    def _is_adjective(self, i: int, j: int) -> bool:
        """Whether a word in -ed or -ing is no verb: "he accused", "what worried", ", inspiring politicians"."""
        p, word = self.p, self.p.full_word(i)
        if p.full_word(j - 1).endswith("ed") and self._after_subject(i):
            return False
        if j > i + 1 or "-" in word or not word.endswith(("ed", "ing")):
            return True
        before = p.before(i)
        if not before:
            return word.endswith("ed")
        if before in _PERFECT | _BEFORE_GERUNDS or (word.endswith("ing") and before in PREPOSITIONS):
            return False
        before_name = j < p.size and p.name_at[j] >= 0  # "the shooting that wounded Sen. Fry"
        relative = before in ("this", "that") and (before_name or not p.joined[i - 1])
        if before in ("what", "which", "who") or relative:
            return False
        if before.endswith("ly"):
            return bool(p.bits_before(i - 1) & DETERMINER)
        return p.name_at[i - 1] < 0 and not p.bits[i - 1] & (PERSON | BODY | NOUN | THING)

    def _after_subject(self, i: int) -> bool:
        """Whether a plural, or an adverb without a determiner before it, makes a word in -ed a verb."""
        p, k = self.p, i
        while p.bits_before(k) & ADVERB and not p.bits_before(k) & DETERMINER:
            k -= 1
        if p.bits_before(k) & (DETERMINER | ADJECTIVE) or p.possessive(k - 1) or not p.before(k):
            return False
        return k < i or (p.plural(k - 1) and not p.bits[k - 1] & FUNCTION)

    def _affiliation(self, entry: Entry) -> bool:
        """Whether a modifier tells only somebody's country: "the German minister"."""
        return entry.kind == "identity" and entry.source != "affix" and entry.pattern in _NATIONS

    def _premodifier(self, i: int, j: int, entry: Entry, head: int) -> Epithet | None:
        p = self.p
        first, row = p.begin(i), self._named_head(head)
        if p.word(head) in ("majority", "minority") and entry.kind == "evaluative":
            return None  # how many, not of what sort
        determined = p.bits_before(first) & DETERMINER or p.possessive(first - 1)
        if row < 0 and p.word(head) in _MASS and p.before(first) and not determined:
            return None  # "guarantees fierce opposition"
        beside = p.word(head) in _BODIES and (p.beside(first) is not None or p.said_of(first) is not None)
        plain = all(p.bits[k] & (ADJECTIVE | FUNCTION | THING | BODY) for k in range(j, head))
        opened = p.before(first) in ("a", "an", "the") or (
            p.before(first) in ("most", "and") and p.before(first - 1) != ""
        )
        said = opened and not p.is_office(head)
        said = said and (p.said_of(first) is not None or p.beside(first) is not None)
        generic = (p.word(head) in _GENERIC or beside) and entry.kind != "identity"
        party = row >= 0 and p.kinds[row] == "group" and said and p.word(head) != "people"
        if (row < 0 and (said or (plain and generic))) or party:
            first -= p.before(first) == "most"
            one = self._placed(first, head + 1, head + 1, entry)
            vague = p.word(head) in ("force", "forces") and entry.kind == "evaluative"
            abstract = vague and one.form == "nominal" and one.target.mention < 0
            return None if abstract else one
        if (
            p.bits[head] & BODY
            and i > first
            and (whole := p.name_at[i - 1]) >= 0
            and p.kinds[whole] == "body"
        ):
            return Epithet(
                i, j, entry, "premodifier", p.named(whole), p.negated(first)
            )  # "the IS extremist group"
        target = p.named(row) if row >= 0 else self._holder(first, j, head)
        start = self._compound(i) if entry.classes & NOUN else self._with_degree(i)
        return Epithet(start, j, entry, "premodifier", target, p.negated(first))

    def _compound(self, i: int) -> int:
        """Where the compound begins whose last part is the noun at word i: "*Iraq War* veteran Ann Fry".

        Places are none: "New York billionaire Ann Fry".
        """
        p, k = self.p, i
        if not p.bits_before(i) & THING:
            return i
        while p.before(k) and i - k < 4 and not p.bits[k - 1] & (FUNCTION | PERSON | DETERMINER):
            if not (p.bits[k - 1] & (THING | CAPITAL) or "-" in p.full_word(k - 1)) or p.possessive(k - 1):
                break
            k -= 1
        return k

    def _named_head(self, head: int) -> int:
        """The mention in which a noun phrase ends, or -1."""
        p = self.p
        if p.name_at[head] < 0 and p.after(head + 1):
            return p.name_at[head + 1]
        return p.name_at[head]

    def _holder(self, first: int, j: int, head: int) -> Target:
        """Whom a job without a name means: subject, neighbour, holder, person in focus, else its words."""
        p = self.p
        if subject := p.said_of(first) or p.one_of(first) or p.is_named(first, head + 1):
            return subject
        if p.bits[head] & BODY and (named := p.capitals(head + 1)):
            return named  # "the leftist group Blue Dawn"
        mass = p.mass_before(first)
        if mass < first and (called := p.said_of(mass) or p.labelled(mass)):
            return called  # "is a group of disaffected bankers"
        for row in (
            p.beside(first),
            self._introduced(first, head),
            p.name_after(head + 1),
            p.role_at[head],
        ):
            if row is not None and row >= 0:
                return p.all_of(row, head)
        if self._is_pair(first, head) and (two := p.both(first)):
            return two
        if called := p.labelled(first):
            return called
        a_nation = p.word(head) in ("nation", "country") and p.before(first) in _DEFINITE
        if a_nation and (country := p.country_before(first)):
            return country
        if p.bits[head] & BODY and first > 0 and p.name_at[first - 1] >= 0 and p.joined[first]:
            return p.named(p.name_at[first - 1])  # "the Islamic State extremist group"
        single = p.bits[head] & PERSON and not p.plural(head) and p.word(head) not in _COLLECTIVE
        singular = single and p.after(head + 1) != "of"
        owned = p.possessive(first - 1) or p.before(first) in _POSSESSIVES
        defined = p.after(head + 1) in _DEFINING
        sexed = p.full_word(j - 1) in ("female", "male") and p.sex(head) is None
        if (
            singular
            and not defined
            and not sexed
            and (p.before(first) in _DEFINITE or owned)
            and (one := p.holder(first, head, known_only=owned))
        ):
            return one
        if singular and p.before(first) in _NEW and (one := p.named_later(first, head)):
            return one
        if p.plural(head) and (named := p.example(head + 1)):
            return named  # "centrist writers like Ann Fry"
        return p.written(j, max(p.office_end(head + 1), p.complement(head, head + 1), p.group_end(head + 1)))

    def _introduced(self, first: int, head: int) -> int | None:
        """The person named after a job and a comma; after a body no person is its apposition."""
        p = self.p
        if p.bits[head] & BODY and not p.bits[head] & PERSON:
            return None
        return p.introduces(p.rest(first, head + 1) if p.after(head + 1) == "of" else head + 1)

    def _is_pair(self, first: int, head: int) -> bool:
        """Whether a phrase takes up two who were named: "the couple", "these two bankers"."""
        p = self.p
        if p.word(head) in _PAIRS:
            return p.before(first) in _DEFINITE
        words = {p.full_word(k) for k in range(max(first - 2, 0), first + 1)}
        return "two" in words and p.plural(head) and bool(words & {"the", "these", "those"})

    def _nominal(self, i: int, j: int, entry: Entry, classes: int) -> Epithet | None:
        p, first = self.p, self.p.begin(i)
        open_ended = bool(p.bits[j - 1] & FUNCTION)  # "daughter of a ..."
        opens = not p.before(first) and first == i and p.plural(j - 1)  # "Conservatives hope ..."
        if not (open_ended or opens or p.ends(j)) or not self._is_noun(first, j):
            return None
        if open_ended and p.beside(first) is None:
            return None
        if p.before(first) in ("these", "those") and not p.plural(j - 1):
            return None  # "these phony attacks"
        verb = first < i and p.plural(i - 1) and p.bits[i - 1] & PERSON and not p.plural(j - 1)
        if verb:
            return None  # "school administrators cheat"
        if classes & ADJECTIVE and any(p.full_word(k) in _DEGREES for k in range(max(first - 1, 0), i)):
            return None  # "one of the more liberal"
        if classes & ADJECTIVE and not p.before(first) and not p.plural(j - 1) and not p.beside(first):
            return None  # a word alone in quotation marks is no person's noun
        if self._one_more_adjective(j):
            return None
        if p.full_word(i) in _THE_GROUPS and j == i + 1 and (first < i or p.before(i) != "the"):
            return None
        if classes & SAID and not self._asserted(first, i):
            return None
        if self._of_thing(first) or (p.bits[j - 1] & BODY and self._placed_politically(first, i)):
            return None
        the_one = p.before(first) in _DEFINITE and not p.plural(j - 1)
        if entry.kind == "identity" and not the_one and p.said_of(first) is None and p.beside(first) is None:
            return None
        return self._placed(first, p.complement(first, j), j, self._with_kind(first, i, entry))

    def _placed_politically(self, first: int, i: int) -> bool:
        """Whether adjectives before a body say where it stands, which are epithets themselves: "*liberal* lobby"."""
        entries = (self.p.entry(k) for k in range(first, i) if self.p.bits[k] & ADJECTIVE)
        return any(entry is not None and entry.kind == "ideological" for entry in entries)

    def _of_thing(self, first: int) -> bool:
        """Whether "as a" before a phrase says it of a thing: "attacked it as a disaster", "the drug as a cure"."""
        p = self.p
        if first < 4 or p.before(first) not in ("a", "an") or p.full_word(first - 2) != "as":
            return False
        k = first - 3
        if p.full_word(k) in ("it", "this", "that"):
            return True
        determined = p.full_word(k - 1) in ("the", "this", "that", "a", "an")
        return determined and p.name_at[k] < 0 and not p.bits[k] & (PERSON | BODY | NOUN | HEAD | CAPITAL)

    def _one_more_adjective(self, j: int) -> bool:
        """Whether another adjective and its noun follow: "his long-shot, bold strategy"."""
        p = self.p
        if p.after(j) in LINKS:
            j += 1
        elif p.gap(j) != ", ":
            return False
        if j >= p.size or not p.bits[j] & ADJECTIVE or (p.bits[j] & (FUNCTION | NOUN) and p.ends(j + 1)):
            return False
        return bool(p.after(j + 1)) and bool(p.bits[j + 1] & THING) and p.ends(j + 2)

    def _is_noun(self, first: int, j: int) -> bool:
        """Whether the words first to j can be a person's noun: no verb, no mass noun."""
        before = self.p.before(first)
        asks = before in ("do", "did") and self.p.before(first - 1) in ("", *LINKS)
        if not before or (asks and self.p.plural(j - 1)):
            return True
        if before in _BEFORE_VERBS:
            return False
        determined = self.p.bits_before(first) & DETERMINER or self.p.possessive(first - 1)
        return bool(determined) or self.p.plural(j - 1) or before in ("as", "from", "like", "and", "or")

    def _asserted(self, first: int, i: int) -> bool:
        """Whether a noun is said of somebody, beside a name, or has a description of its own."""
        p = self.p
        if any(p.bits[k] & ADJECTIVE and p.entry(k) for k in range(first, i)):
            return True
        if p.plural(i) is False and p.after(i + 1) == "like" and p.example(i + 1) is not None:
            return True
        return any(find(first) is not None for find in (p.said_of, p.beside, p.labelled))

    def _stance(self, i: int, j: int, entry: Entry) -> Epithet | None:
        """A head that needs what it is for: gun-rights advocate, Trump critic."""
        p, first = self.p, self.p.begin(i)
        row = p.name_at[j] if p.after(j) else -1
        named = row >= 0 and p.first[row] == j and p.kinds[row] == "person"
        if not named and (not p.ends(j) or not self._is_noun(first, j)):
            return None
        leads = named or (p.plural(i) and i > 0 and p.opens(i - 1))
        if leads and first == i and p.before(i) and not p.bits[i - 1] & _CLOSED and p.name_at[i - 1] < 0:
            first = i - 1  # an unknown noun: "*lockdown* proponent Smith", "*Vaping* advocates say"
        telling = [k for k in range(first, i) if not self._is_empty(k)]
        if not telling and not self._for_something(first, j):
            return None
        if named:  # "lockdown *proponent* Smith"
            told = [k for k in telling if not (p.bits[k] & ADJECTIVE and self._judges(k))]
            if not told or p.possessive(first - 1):
                return None  # "convicted activist Smith": the adjective is the epithet
            entry = self._with_kind(first, i, entry)
            return Epithet(first, j, entry, "premodifier", p.named(row), p.negated(first))
        judged = [
            e for k in telling if (e := p.entry(k)) and e.kind == "evaluative" and p.bits[k] & ADJECTIVE
        ]
        entry = self._with_kind(first, i, entry)
        bare = judged and len(judged) == len(telling) and not self._for_something(first, j)
        if bare and entry.kind == "stance":
            entry = entry._replace(
                kind="evaluative"
            )  # "prominent supporters" says no more of what they support
        return self._placed(first, p.complement(first, j), j, entry)

    def _judges(self, k: int) -> bool:
        """Whether word k judges somebody or gives a legal standing, and tells nothing of what somebody is for."""
        entry = self.p.entry(k)
        return entry is not None and entry.kind in ("evaluative", "legal")

    def _for_something(self, first: int, j: int) -> bool:
        """Whether a head said of somebody tells after it what it is for: "is a critic *of the scheme*"."""
        p = self.p
        return p.after(j) in ("of", "for") and p.complement(first, j) > j + 1

    def _metaphor(self, i: int, j: int, entry: Entry) -> Epithet | None:
        """A thing that a person is said to be: "is a nightmare", "called him a threat to democracy"."""
        p, first = self.p, self.p.begin(i)
        if not p.ends(j) and p.after(j) not in PREPOSITIONS:
            return None
        one = self._placed(first, p.complement(first, j), j, entry)
        said = one.form != "nominal" or p.labelled(first) is not None
        return one if said and self._is_somebody(one.target) else None

    def _is_somebody(self, target: Target) -> bool:
        """Whether a target is a name, a pronoun, a job or a country."""
        if target.mention >= 0:
            return True
        if target.words is None:
            return False
        last = target.words[1] - 1
        return bool(self.p.bits[last] & (PERSON | BODY | PRONOUN)) or self.p.country(last) is not None

    def _with_kind(self, first: int, i: int, entry: Entry) -> Entry:
        """The entry with kind and polarity of its noun phrase, as far as an adjective before the noun decides them.

        A legal or ideological adjective gives the kind; where the noun is neutral, the adjective nearest to it that
        is not gives the polarity.
        """
        p = self.p
        before = [e for k in range(first, i) if (e := p.entry(k)) and p.bits[k] & ADJECTIVE]
        if entry.polarity == "neutral":
            tone = next((e.polarity for e in reversed(before) if e.polarity != "neutral"), "neutral")
            entry = entry._replace(polarity=tone)
        for kind in ("legal", "ideological"):
            if kind in {e.kind for e in before} and entry.kind in ("evaluative", "stance"):
                return entry._replace(kind=kind)
        return entry

    def _is_empty(self, k: int) -> bool:
        """Whether word k before a head tells nothing of what it is for: "former ally", "American allies"."""
        entry = self.p.entry(k)
        return self.p.full_word(k) in _EMPTY or (entry is not None and entry.pattern in _NATIONS)

    def _placed(self, first: int, last: int, j: int, entry: Entry) -> Epithet:
        """A noun phrase (its noun ends before j) as an epithet, with form and target by where it stands."""
        p = self.p
        if (mass := p.mass_before(first)) < first and (p.said_of(mass) or p.labelled(mass)):
            first = mass  # "is a bunch of crooks"
        negated = p.negated(first)
        if subject := p.said_of(first):
            return Epithet(first, p.tail(first, last), entry, "predicative", subject, negated)
        if (row := p.beside(first)) is not None:
            return Epithet(first, p.rest(first, last), entry, "appositive", p.named(row), negated)
        if called := p.labelled(first):
            return Epithet(first, p.rest(first, last), entry, "nominal", called, negated)
        if last > j and p.after(last) and p.name_at[last] >= 0 and p.kinds[p.name_at[last]] != "group":
            holder = p.named(p.name_at[last])  # "darling of the right Ann Fry"
            return Epithet(first, last, entry, "appositive", holder, negated)
        if (row := p.introduces(p.rest(first, last))) is not None:
            return Epithet(first, p.rest(first, last), entry, "appositive", p.named(row), negated)
        target = self._stands_for(first, j)
        if last > j and target.mention < 0 and target.words and target.words[0] == first:
            target = p.written(first, last, whole=True)  # "supporters of the bill" are not any supporters
        return Epithet(first, last, entry, "nominal", target, negated)

    def _stands_for(self, first: int, j: int) -> Target:
        """Whom a nominal means: one definite person named before, an example named after, else its words."""
        p = self.p
        if one := p.one_of(first) or p.full_of(first) or p.is_named(first, j):
            return one
        as_object = first > 1 and (p.full_word(first - 2) == "as" or p.bits[first - 2] & LABEL)
        definite = p.before(first) in _DEFINITE or (p.before(first) in ("a", "an") and as_object)
        single = not p.plural(j - 1) and p.word(j - 1) not in _COLLECTIVE | _THE_GROUPS
        if (row := p.name_after(j)) is not None:
            return p.named(row)
        as_one = first > 1 and p.before(first) in ("a", "an") and p.full_word(first - 2) == "as" and single
        if as_one and (one := self._as_opens(first, j) or p.in_focus(first, None, near=True)):
            return one  # "campaigned as a firebrand"
        if p.word(j - 1) in _GIANTS and definite and (body := p.main_body(first)):
            return body  # "the social-media giant"
        if p.bits[j - 1] & (BODY | THING) and not p.bits[j - 1] & PERSON:
            return p.possessor(first) or p.example(j) or p.written(first, j)
        defined = p.after(j) in _DEFINING
        if definite and single and not defined and (one := p.holder(first, j - 1)):
            return one
        if p.word(j - 1) in _PAIRS and definite and (two := p.both(first)):
            return two
        if single and p.before(first) in _NEW and (one := p.named_later(first, j - 1)):
            return one
        return p.example(j) or p.written(first, p.group_end(j), whole=p.word(j - 1) not in _GENERIC)

    def _as_opens(self, first: int, j: int) -> Target | None:
        """Whom the phrase after an "As" that opens a sentence is said of: "As a fan, *I* ..."."""
        p, k = self.p, self.p.rest(first, j)
        if not p.opens(first - 2) or p.gap(k) != ", ":
            return None
        if p.name_at[k] >= 0:
            return p.named(p.name_at[k])
        return p.pronoun(k)

    def _predicative(self, i: int, j: int, entry: Entry, classes: int) -> Epithet | None:
        p = self.p
        if entry.kind == "legal" or classes & STATE:  # "was convicted on Monday", "was angry"
            return None
        governs = p.full_word(j - 1) in PREPOSITIONS
        if p.after(j) and not governs and not (p.bits[j] & (FUNCTION | ADVERB) or p.full_word(j) in _GOES_ON):
            return None
        word, after = p.full_word(j - 1), p.after(j)
        if (word.endswith("ed") and after == "by") or (word.endswith("ing") and after and after not in LINKS):
            return None  # "was mocked by", "is promising to"
        if (subject := p.said_of(i) or p.labelled_so(i) or self._likened(i, j)) is None:
            return None
        if subject.name == "I" and entry.kind == "evaluative":
            return None  # a mood, not what anybody is called: "I am careful"
        first = i
        if p.before(i) in LINKS and p.bits_before(i - 1) & ADJECTIVE and p.before(i - 2):
            first = i - 2  # "weak and wimpy" is one description
        last = self._object_end(j) if governs else j
        if (
            p.before(i)
            and p.after(j) in LINKS
            and p.after(j + 1)
            and p.bits[j + 1] & ADJECTIVE
            and p.entry(j + 1)
            and p.ends(j + 2)
        ):
            last = j + 2  # "slick and *effective*"
        return Epithet(self._with_degree(first), last, entry, "predicative", subject, p.negated(first))

    def _likened(self, i: int, j: int) -> Target | None:
        """Whom an adjective between "as" and "as" is said of: "as corrupt as *Smith*"."""
        p = self.p
        if p.before(i) != "as" or p.after(j) != "as" or not p.after(j + 1):
            return None
        return p.named(p.name_at[j + 1]) if p.name_at[j + 1] >= 0 else None

    def _with_degree(self, first: int) -> int:
        """Where a predicate begins with the adverbs that say how much: "*woefully* weak", "*too* timid"."""
        p = self.p
        while p.before(first) and first > 0:
            word = p.full_word(first - 1)
            how = word in _DEGREE or _MANNER.match(word)
            if not how or word in _NO_DEGREE:
                break
            first -= 1
        return first

    def _object_end(self, j: int) -> int:
        """The end of the few words that a preposition before word j needs: "mired in *scandal*"."""
        p, k = self.p, j
        while (
            p.after(k)
            and k - j < 4
            and (k == j or not p.bits[k] & (FUNCTION | VERB) or p.bits[k - 1] & DETERMINER)
        ):
            k += 1
        return k
