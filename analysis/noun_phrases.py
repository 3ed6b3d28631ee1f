"""Noun phrases of a batch: where they begin and end, and what heads them.

documents + mentions  ->  Phrases (words with their classes and mentions)  ->  heads, beginnings, ends

No parser: classes of words (:mod:`analysis.descriptions`), the spaces and commas between them, and the
mentions decide. Every walk is over a few words, so that the time is linear in the candidates.
:mod:`referents` says who is meant, :mod:`subjects` of whom a phrase is said, :mod:`passages` beside whom it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import tokens
from .descriptions import Class, Entry, described, vocabulary
from .names import is_party, lists

ADJECTIVE, NOUN, HEAD = int(Class.ADJECTIVE), int(Class.NOUN), int(Class.STANCE_HEAD)
PERSON, BODY, THING = int(Class.PERSON), int(Class.BODY), int(Class.THING)
BE, LABEL, ADVERB, FUNCTION = int(Class.BE), int(Class.LABEL), int(Class.ADVERB), int(Class.FUNCTION)
VERB, FIRST, DETERMINER, PLURAL = int(Class.VERB), int(Class.FIRST), int(Class.DETERMINER), int(Class.PLURAL)
PRONOUN, CAPITAL, STATE, SAID = int(Class.PRONOUN), int(Class.CAPITAL), int(Class.STATE), int(Class.SAID)
PLAIN, METAPHOR = int(Class.PLAIN), int(Class.METAPHOR)
SOMEBODY = PERSON | BODY | NOUN | HEAD
PREPOSITIONS = frozenset("of in for on to at from with by about against into over under between like".split())
LINKS = frozenset(("and", "or", "but", "yet"))
AUXILIARIES = frozenset("has have had will would can could should may might must does did do".split())
_BEFORE_BE = AUXILIARIES | frozenset("having to not proving proved proven turned out".split())
_RAISING = re.compile(
    r"(?:seem|appear|tend|claim|happen|continue|pretend|profess|purport|prove|use|suppose|repute|rumou?r|allege|believe"
    r"|consider|assume|report|deem)(?:s|d|ed|ing)?|said|known|thought|likely|unlikely|bound|going|ought"
)
"""Words that may stand before "to be": "*seems* to be", "was *reputed* to be"."""
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
_NEGATIONS = frozenset("not never no neither nor hardly scarcely barely".split())
_RELATIVES = frozenset("who whose whom which that where when who'd who'll".split())
_TAILS = frozenset("of for in to against within among on".split())
_PARTIES_TOO = frozenset("conservative conservatives liberal liberals".split())
_PAST_TOO = frozenset("hit put cut set read let hurt quit split bet beat shut spread cost".split())
_PLACED = frozenset("in of from".split())
_PLURALS = frozenset("people police men women children youth".split())
_FEMALE_ENDS = ("woman", "mother", "wife", "daughter", "sister", "actress", "girl", "lady")
_MALE_ENDS = ("man", "father", "husband", "son", "brother", "boy", "gentleman")
_QUOTED_GAPS = frozenset(('" ', "” ", "’ ", "' "))
_OPENING_GAPS = frozenset((' "', " “", " ‘", " '"))


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    """Nouns for offices: what the titles before names stand for."""
    return frozenset(title.lower() for title in lists().titles.values())


class Target(NamedTuple):
    """Whom a phrase means: a name or words, the row of ``mentions``, and the words it is written in."""

    name: str
    mention: int = -1
    words: tuple[int, int] | None = None


class Phrases:
    """The words of some documents, their classes (``bits``), and the mentions among them."""

    def __init__(self, documents: pd.DataFrame, mentions: pd.DataFrame) -> None:
        self.texts: list[str] = documents["text"].fillna("").tolist()
        words = tokens.words(tokens.encode(self.texts))
        self.folded: list[str] = words.vocabulary.to_pylist()
        self._bare = [word.removesuffix("'s") for word in self.folded]
        known = [described(word) for word in self.folded]
        self._phrases = vocabulary().phrases
        self.entries: list[Entry | None] = [entry for _, entry in known]
        by_word = np.array([int(classes) for classes, _ in known], np.int64)
        capital = np.array([form[:1].isupper() for form in words.forms.to_pylist()], np.int64) * CAPITAL
        self.bits: list[int] = (by_word[words.folded] | capital)[words.form].tolist()
        self._word: list[int] = words.folded[words.form].tolist()
        self.text: list[int] = words.text.tolist()
        self.start: list[int] = words.start.tolist()
        self.end: list[int] = words.end.tolist()
        self.joined: list[bool] = words.joined.tolist()
        self.size = len(self.bits)
        self._join_initials()
        self._place(words, documents, mentions)

    def _join_initials(self) -> None:
        """Read initials with points as part of their noun phrase: "a U.S. pastor"."""
        short = np.flatnonzero(np.array(self.end, np.int64) - np.array(self.start, np.int64) == 1)
        for i in short[short < self.size - 1].tolist():
            inner = self.gap(i + 1) == "." and self.end[i + 1] - self.start[i + 1] == 1
            last = i and self.gap(i) == "." and self.gap(i + 1) == ". " and not self.bits[i + 1] & FUNCTION
            if self.bits[i] & CAPITAL and (inner or last):
                self.joined[i + 1] = True

    def _place(self, words: tokens.Words, documents: pd.DataFrame, mentions: pd.DataFrame) -> None:
        """Mentions by word: ``name_at`` for every word of a name, ``role_at`` for a description's last."""
        self.targets: list[str] = mentions["target"].tolist()
        self.sexes = [sex if isinstance(sex, str) else None for sex in mentions["sex"]]
        self.kinds: list[str] = mentions["kind"].tolist()
        stride = 1 + max(map(len, self.texts), default=0)
        keys = pd.MultiIndex.from_frame(documents[["article_id", "field"]])
        document = keys.get_indexer(pd.MultiIndex.from_frame(mentions[["article_id", "field"]])).astype(
            np.int64
        )
        starts = words.text.astype(np.int64) * stride + words.start
        self.first = np.searchsorted(
            starts, document * stride + mentions["start"].to_numpy(np.int64)
        ).tolist()
        self.last = np.searchsorted(starts, document * stride + mentions["end"].to_numpy(np.int64)).tolist()
        self.name_at, self.role_at = [-1] * self.size, [-1] * self.size
        for row, (i, j, form) in enumerate(zip(self.first, self.last, mentions["form"], strict=True)):
            if form == "role":
                self.role_at[j - 1] = row
            else:
                self.name_at[i:j] = [row] * (j - i)

    def word(self, i: int) -> str:
        """Word i in lower case, without a possessive 's."""
        return self._bare[self._word[i]]

    def full_word(self, i: int) -> str:
        """Word i in lower case as it stands."""
        return self.folded[self._word[i]]

    def places_of(self, words: frozenset[str]) -> list[int]:
        """Where words stand that are given in lower case."""
        wanted = [number for number, word in enumerate(self.folded) if word in words]
        return np.flatnonzero(np.isin(self._word, wanted)).tolist() if wanted else []

    def entry(self, i: int) -> Entry | None:
        """The entry of the single word i, if it is on a list."""
        return self.entries[self._word[i]]

    def before(self, i: int) -> str:
        """The word that only a space parts from word i, or nothing."""
        return self.full_word(i - 1) if i and self.joined[i] else ""

    def after(self, j: int) -> str:
        """Word j where only a space parts it from the one before, or nothing."""
        return self.full_word(j) if j < self.size and self.joined[j] else ""

    def bits_before(self, i: int) -> int:
        """Classes of the word before i where only a space parts them, or none."""
        return self.bits[i - 1] if i and self.joined[i] else 0

    def bits_after(self, i: int) -> int:
        """Classes of the word after i where only a space parts them, or none."""
        return self.bits[i + 1] if self.after(i + 1) else 0

    def gap(self, i: int) -> str:
        """What stands between word i and the one before it in its text."""
        if i <= 0 or i >= self.size or self.text[i - 1] != self.text[i]:
            return "\n"
        return self.texts[self.text[i]][self.end[i - 1] : self.start[i]]

    def opens(self, i: int) -> bool:
        """Whether word i opens a sentence or quotation, so that its capital says nothing."""
        first = i == 0 or self.text[i - 1] != self.text[i]
        return first or any(mark in self.gap(i) for mark in '.!?:;\n"“‘—–')

    def plural(self, i: int) -> bool:
        """Whether word i is a plural noun, as far as its form tells."""
        word = self.word(i)
        return bool(self.bits[i] & PLURAL) or (word[-1:] == "s" and word[-2:] != "ss") or word in _PLURALS

    def possessive(self, i: int) -> bool:
        """Whether word i ends in a possessive 's, which closes its noun phrase."""
        return self.full_word(i).endswith("'s") and not self.bits[i] & (FUNCTION | PRONOUN)

    def phrase(self, i: int) -> tuple[Entry | None, int]:
        """The longest entry (of one word or several, masks too) that begins at word i, and the word after it."""
        if self.bits[i] & FIRST:
            for words, entry in self._phrases_at(i):
                common = words[0] in _PARTIES_TOO and words[-1] in (words[0], "leader", "leaders")
                party = self.bits[i] & CAPITAL and not (common and self._only_opens(i))
                if entry.kind or entry.pattern[0].islower() or party:
                    return entry, i + len(words)
        return self.entry(i), i + 1

    def _only_opens(self, i: int) -> bool:
        """Whether a word has its capital from its place: it opens a sentence, and the text has it so nowhere else."""
        return self.opens(i) and not is_party(self.texts[self.text[i]], self.full_word(i).capitalize())

    def _phrases_at(self, i: int) -> Iterator[tuple[tuple[str, ...], Entry]]:
        """Listed entries of several words that stand at word i, the longest first; then masks of one word."""
        nexts = {self.full_word(i + 1), self.word(i + 1)} if self.after(i + 1) else set()
        for key in [*sorted(nexts), ""]:
            for word in sorted({self.full_word(i), self.word(i)}):
                for words, entry in self._phrases.get((word, key), ()):
                    if len(words) < 3 or self._matches(i, words):
                        yield words, entry

    def _matches(self, i: int, words: tuple[str, ...]) -> bool:
        if i + len(words) > self.size or not all(self.joined[i + 1 : i + len(words)]):
            return False
        return all(w in (self.full_word(i + k), self.word(i + k)) for k, w in enumerate(words))

    def head(self, j: int, *, linked: bool = True) -> int | None:
        """The word that heads the noun phrase an adjective that ends before word j is part of, if somebody.

        The last word of a name, or the last noun for a person or body; ``None`` where a thing heads it.
        ``linked``: whether "and" may join another adjective.
        """
        head, k = None, j
        if self.gap(j) in _QUOTED_GAPS and self.bits[j] & (PERSON | BODY) and self.ends(j + 1):
            return j  # the “law and order” president
        while k < min(self.size, j + 6) and (
            self.joined[k] or (head is None and self._listed(k) and (k == j or self.bits[k - 1] & ADJECTIVE))
        ):
            bits = self.bits[k]
            if (row := self.name_at[k]) >= 0:
                head, k = self.last[row] - 1, self.last[row]
                if self.kinds[row] == "person" and self.after(k) and self.bits[k] & BODY and self.ends(k + 1):
                    return k  # "the Fry administration"
                if self._heads_name(k):
                    return None  # "hostile Fry coverage"
                if self.kinds[row] == "person" or not self._goes_on(head):
                    more = not self.ends(k) or (bool(self.after(k)) and self.full_word(k).endswith("ing"))
                    return None if self.kinds[row] == "body" and more else head
                continue
            if bits & FUNCTION and not bits & ADJECTIVE:
                if head is not None or not (linked and self._links(k)):
                    break
            elif bits & SOMEBODY and not (
                bits & ADJECTIVE and (not self.ends(k + 1) or self._follows_link(k))
            ):
                head = k
            elif head is not None and (self._names_body(head) or self._views(k)):
                break
            elif bits & THING or self.full_word(k - 1) in ("health", "child", "day"):  # "health care workers"
                head = None
                if not self._goes_on(k):
                    return None
            elif head is not None or (bits & (VERB | BE | LABEL) and not bits & ADJECTIVE):
                break
            elif k > j and self.full_word(k).endswith("ing") and (not bits & ADJECTIVE or self.plural(k - 1)):
                return None  # "ethical questions surrounding Smith"
            k += 1
            if self.possessive(k - 1):
                break
        if head is not None and self.bits[head] & BODY and not self.ends(head + 1):
            return head if self._names_body(head) else None
        if (
            head is not None
            and self.name_at[head] < 0
            and self.bits[head] & PERSON
            and self.gap(head + 1) in _OPENING_GAPS
        ):
            return None  # the hapless minister “reform” law
        return head

    def _names_body(self, head: int) -> bool:
        """Whether a name that no list knows follows a noun for a body: "the leftist *group* Blue Dawn"."""
        unknown = bool(self.after(head + 1)) and self.name_at[head] < 0 and self.name_at[head + 1] < 0
        named = self.bits[head] & BODY and self.bits[head + 1] & ~self.bits[head] & CAPITAL
        return unknown and bool(named) and not self._is_day(head + 1)

    def _is_day(self, k: int) -> bool:
        """Whether a word has its capital without being part of a name: a weekday, a month, "I"."""
        return bool(self.bits[k] & FUNCTION) or self.full_word(k) in _DAYS

    def _heads_name(self, k: int) -> bool:
        """Whether word k is a noun for a thing that a name before it only modifies: "Fry *coverage*"."""
        plain = self.after(k) and not self.bits[k] & (FUNCTION | VERB | ADJECTIVE | SOMEBODY | CAPITAL)
        return bool(plain) and bool(self.bits[k] & THING) and not self.possessive(k - 1) and self.ends(k + 1)

    def _goes_on(self, k: int) -> bool:
        """Whether another noun or name of the same phrase follows word k."""
        if k + 1 >= self.size or not self.joined[k + 1]:
            return False
        return bool(self.bits[k + 1] & (SOMEBODY | THING)) or self.name_at[k + 1] >= 0

    def _follows_link(self, k: int) -> bool:
        """Whether a comma or "and" stands before word k, so that it is one more adjective of a list."""
        return not self.joined[k] or self.full_word(k - 1) in LINKS

    def _listed(self, k: int) -> bool:
        """Whether a comma before word k joins it to an adjective before: "nasty, bullying"."""
        return self.gap(k) == ", " and bool(self.bits[k] & ADJECTIVE)

    def _links(self, k: int) -> bool:
        """Whether word k joins an adjective before it to one after it: "boring and sedate"."""
        if self.full_word(k) not in LINKS or not self.after(k + 1):
            return False
        bits = self.bits[k + 1]
        return bool(bits & ADJECTIVE) or not bits & (FUNCTION | VERB | CAPITAL | SOMEBODY)

    def ends(self, j: int) -> bool:
        """Whether a noun phrase can end before word j."""
        if self.gap(j) == "/":
            return False  # "populist/nationalist agenda"
        after_adjective = self.bits[j - 1] & ADJECTIVE
        quoted = after_adjective and self.gap(j) in _QUOTED_GAPS | _OPENING_GAPS
        if self.gap(j) in _QUOTED_GAPS and self.bits[j] & THING:
            return False  # the “extremist” position
        if not self.after(j) and not quoted:
            return True
        bits = self.bits[j]
        if self.possessive(j - 1):
            return True
        if self._views(j):
            return True
        if bits & THING and not self.plural(j - 1) and not self.plural(j):
            return False  # "sneak attack": the verb of a singular noun would end in -s
        if bits & VERB and not self.plural(j - 1) and self.bits_before(j) & NOUN and self.is_base(j):
            return False  # "a radical change"
        if bits & (FUNCTION | VERB | BE | ADVERB):
            return True
        if bits & (SOMEBODY | THING) or self.name_at[j] >= 0 or after_adjective:
            return False
        return self.plural(j - 1) or self.full_word(j).endswith(("ed", "ing", "ly"))

    def _views(self, j: int) -> bool:
        """Whether word j, a noun too, is a verb between a plural and an object: "voters *view* her so"."""
        noun = self.bits[j] & THING and not self.plural(j)
        if not noun or not self.plural(j - 1) or not self.after(j + 1):
            return False
        known = self.bits[j + 1] & (DETERMINER | PRONOUN) or self.name_at[j + 1] >= 0
        return bool(known) or self.full_word(j + 1) in ("him", "her", "it", "them", "us")

    def is_base(self, j: int) -> bool:
        """Whether a verb is in its base form, which goes with no single subject: its form in -s is listed too."""
        word = self.full_word(j)
        return word not in _PAST_TOO | PREPOSITIONS and bool(int(described(f"{word}s")[0]) & VERB)

    def begin(self, i: int) -> int:
        """The first word, after any determiner, of the noun phrase whose noun is word i.

        Unknown words count only where a determiner or preposition shows that the phrase holds them:
        otherwise they may be the verb before it.
        """
        sure, k, known = i, i, True
        while k > 0 and i - k < 6 and (self.joined[k] or (self._listed(k) and self.bits[k - 1] & ADJECTIVE)):
            bits, word = self.bits[k - 1], self.full_word(k - 1)
            if bits & DETERMINER or self.possessive(k - 1):
                return k
            if word in LINKS and self.joined[k - 1] and self._joins_adjectives(k):
                known = known and bool(self.bits[k] & self.bits[k - 2] & ADJECTIVE)
                k -= 1
                continue
            if bits & (FUNCTION | VERB | LABEL) and not bits & ADJECTIVE:
                verb = (
                    self.full_word(k).endswith("ing") and not self.bits[k] & ADJECTIVE
                )  # "like helping old people"
                return k if word in PREPOSITIONS and word != "to" and not verb else sure
            noun = bits & (SOMEBODY | THING) or (word.endswith("s") and not bits & CAPITAL)
            if noun and self.bits[k] & ADJECTIVE and not bits & (ADJECTIVE | ADVERB):
                return sure  # no adjective follows a noun: "targets illegal immigrants"
            if k < i + 1 and (self._like_verb(k - 1) or self._called_so(k - 1, i)):
                return sure
            k -= 1
            plain = bits & (ADJECTIVE | SOMEBODY | THING | ADVERB) or "-" in word
            known = known and bool(plain or (bits & CAPITAL and self.joined[k]) or self.name_at[k] >= 0)
            sure = k if known else sure
        return sure

    def _called_so(self, k: int, i: int) -> bool:
        """Whether a plural before another is no part of its phrase: "called their *opponents* traitors"."""
        judged = self.plural(i) and self.bits[i] & NOUN and not self.bits[i] & HEAD
        person = self.bits[k] & PERSON and self.full_word(k).endswith("s") and self.plural(k)
        full = (
            (row := self.name_at[k]) >= 0
            and self.kinds[row] == "person"
            and self.last[row] - self.first[row] > 1
        )
        return bool(judged) and bool(person or full)

    def _like_verb(self, k: int) -> bool:
        """Whether an unknown word may be the verb before a noun: "connects supporters", "members attacked critics"."""
        word = self.full_word(k)
        if self.bits[k] & (SOMEBODY | THING | ADJECTIVE | ADVERB | CAPITAL) or "-" in word:
            return False
        if word.endswith("ing"):
            return bool(self.bits_before(k) & (SOMEBODY | THING))  # "the drama involving radical defendants"
        finite = word.endswith("s") and not word.endswith("ss")
        return finite or (word.endswith("ed") and self.before(k) != "" and self.plural(k - 1))

    def _joins_adjectives(self, k: int) -> bool:
        """Whether the "and" before word k joins two adjectives, as far as can be told: "tired and broken"."""
        one, other = self.bits[k - 2], self.bits[k]
        noun = SOMEBODY | THING | FUNCTION | VERB
        return bool(
            (one & ADJECTIVE or not one & noun)
            and (other & ADJECTIVE or not other & noun)
            and (one | other) & ADJECTIVE
        )

    def complement(self, first: int, j: int) -> int:
        """The end of a noun phrase with an "of ..." after its noun, as far as that is short."""
        if self.after(j) != "of":
            return j
        most = self.end[j - 1] + max(2 * (self.end[j - 1] - self.start[first]), 32)
        k = j + 1
        while k - j < 12 and self.after(k) and not self._closes(k, j):
            if self.end[k] > most and not self._unfinished(k):
                break
            k += 1
        while k > j + 1 and (
            self.bits[k - 1] & (FUNCTION | DETERMINER | ADVERB) or self.full_word(k - 1).endswith("ly")
        ):
            k -= 1
        if k > j + 1 and self.name_at[k - 1] >= 0:
            k = self.last[self.name_at[k - 1]]
        return k if k > j + 1 else j

    def _closes(self, k: int, j: int) -> bool:
        """Whether word k is no part of the "of ..." after a noun that ends before word j: a verb, another name."""
        bits = self.bits[k]
        word = self.full_word(k)
        if (
            bits & (VERB | BE)
            or word == "as"
            or (word.endswith("ed") and self.plural(k - 1) and not bits & ADJECTIVE)
        ):
            return True
        if bits & FUNCTION and not bits & (DETERMINER | ADVERB):
            return True
        new = self.name_at[k] >= 0 and self.first[self.name_at[k]] == k and k > j + 1
        return new and not self.bits[k - 1] & (FUNCTION | DETERMINER | PERSON)

    def _unfinished(self, k: int) -> bool:
        """Whether word k must follow the one before it: after an adjective or possessive, in a compound."""
        bits = self.bits[k - 1]
        if self.bits[k] & (PERSON | BODY) and not bits & FUNCTION and not self.plural(k - 1):
            return True
        return self.possessive(k - 1) or bool(bits & ADJECTIVE and not bits & (SOMEBODY | THING | FUNCTION))

    def rest(self, first: int, last: int) -> int:
        """The end of what goes on after a noun phrase without punctuation: "star *in the party*".

        At most twice as long as the phrase itself, and up to a relative clause.
        """
        k, most = last, self.end[last - 1] + 2 * (self.end[last - 1] - self.start[first])
        while self.after(k) and self.end[k] <= most and self.word(k) not in _RELATIVES:
            if self.bits[k] & BE or (k == last and self.bits[k] & VERB) or self.full_word(k) == "by":
                break
            if "'" in self.full_word(k) and self.bits[k] & PRONOUN:
                break
            if self.full_word(k) in LINKS and self.after(k + 1) and self._begins_again(k + 1):
                break  # "a father of two and a critic of ...": two descriptions
            k += 1
        while k > last and self.bits[k - 1] & (FUNCTION | DETERMINER):
            k -= 1
        return k

    def tail(self, first: int, last: int) -> int:
        """The end of a predicate with the phrase that says what of or for whom: "threat *to the country*"."""
        if self.after(last) not in _TAILS:
            return last
        end = self.rest(first, last)
        for k in range(last + 1, end):
            if self.full_word(k) in LINKS or self.bits[k] & (VERB | BE):
                end = k
                break
        while end > last and self.bits[end - 1] & (FUNCTION | DETERMINER | ADVERB):
            end -= 1
        return end

    def _begins_again(self, k: int) -> bool:
        """Whether another description begins with word k: "*a* critic", "*former* aide"."""
        return bool(self.bits[k] & DETERMINER) or self.full_word(k) in ("former", "current", "ex", "then")

    def is_office(self, head: int) -> bool:
        """Whether a noun is an office, which is no part of a description: "is a leftist *senator*"."""
        return self.word(head) in _offices()

    def office_end(self, k: int) -> int:
        """The end of an office that ends before word k, with capitals after its "of": Chancellor of the Exchequer."""
        last = k
        if self.bits[k - 1] & CAPITAL and self.after(k) == "of":
            last = k + 1 + (self.after(k + 1) == "the")
            while self.after(last) and self.bits[last] & CAPITAL:
                last += 1
        return last if last > k and self.bits[last - 1] & CAPITAL else k

    def group_end(self, j: int) -> int:
        """The end of what tells which group is meant, after its noun: "wives *and children*", "people *of Iraq*"."""
        k = j + 1
        if self.after(j) == "and" and self.plural(j - 1) and self.after(k) and self.plural(k):
            another = self.bits[k] & SOMEBODY and not self.bits[k] & (FUNCTION | ADJECTIVE | CAPITAL)
            entry = self.entry(k)  # "and liars", "and progressives" are others
            judged = entry is not None and (entry.polarity == "negative" or entry.kind == "ideological")
            return k + 1 if another and not judged and self.ends(k + 1) else j
        if self.after(j) not in _PLACED or (self.is_office(j - 1) and not self.plural(j - 1)):
            return j
        k += self.after(k) == "the"
        last = k
        while self.after(last) and self.bits[last] & CAPITAL:
            last += 1
        return last if last > k and self.ends(last) else j

    def written(self, first: int, last: int, *, whole: bool = False) -> Target:
        """The words of a noun phrase as a target, less descriptions at its head unless ``whole``."""
        while not whole and first < last - 1 and (self.bits[first] & FUNCTION or self._describes(first)):
            first += 1
        text = self.texts[self.text[first]][self.start[first] : self.end[last - 1]]
        return Target(text.removesuffix("'s").removesuffix("’s"), -1, (first, last))

    def capitals(self, first: int) -> Target | None:
        """The words in capitals from ``first`` on, which no list knows for a name."""
        k = first
        while k - first < 8 and self.after(k) and self.bits[k] & CAPITAL and self.name_at[k] < 0:
            if self._is_day(k):
                break
            k += 1
        return self.written(first, k, whole=True) if k > first else None

    def _describes(self, i: int) -> bool:
        return bool(self.bits[i] & ADJECTIVE) and self.entry(i) is not None

    def sex(self, k: int) -> str | None:
        """The sex that the noun at word k tells: f, m or nothing."""
        word = self.word(k)
        return "f" if word.endswith(_FEMALE_ENDS) else "m" if word.endswith(_MALE_ENDS) else None

    def negated(self, first: int) -> bool:
        """Whether "not", "never", "no" and the like stand before a phrase: "is no moderate"."""
        k = first
        while k > 0 and first - k < 5 and self.joined[k]:
            k -= 1
            if self.full_word(k) in _NEGATIONS or self.full_word(k).endswith("n't"):
                return True
            if not self.bits[k] & DETERMINER and not self._before_be(k):
                return False
        return False

    def _before_be(self, k: int) -> bool:
        """Whether word k can stand between a subject and its *be*: "would never have been"."""
        word, bits = self.full_word(k), self.bits[k]
        if self.after(k + 1) == "to" and self.after(k + 2) == "be" and _RAISING.fullmatch(word):
            return True
        return not bits & PRONOUN and (
            bool(bits & (ADVERB | BE)) or word in _BEFORE_BE or word.endswith(("ly", "n't"))
        )

    def country(self, k: int, *, possessive: bool = False) -> Target | None:
        """The country whose name ends with word k, where it can act: not after a preposition or as a possessive."""
        if not self.bits[k] & CAPITAL or self.possessive(k) != possessive:
            return None
        for first in (max(k - 1, 0), k):
            at = self.texts[self.text[k]][self.start[first] : self.end[k]]
            at = at[:-2] if possessive else at
            if self.text[first] == self.text[k] and at in lists().categories["country"]:
                return (
                    None
                    if self._governed(first) and not possessive
                    else self.written(first, k + 1, whole=True)
                )
        return None

    def _governed(self, first: int) -> bool:
        """Whether a noun phrase stands after a preposition, so that it is no subject: "the trial of Smith"."""
        k = first
        while k > 0 and first - k < 3 and self.bits_before(k) & (DETERMINER | CAPITAL):
            k -= 1
        return self.before(k) in PREPOSITIONS
