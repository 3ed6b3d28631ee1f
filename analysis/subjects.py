"""Of whom a phrase is said: the subject of *be*, a pronoun's person, those whom "who" takes up.

Referents  ->  Subjects
"""

from __future__ import annotations

import re

from .noun_phrases import (
    ADJECTIVE,
    ADVERB,
    BE,
    CAPITAL,
    DETERMINER,
    FUNCTION,
    LABEL,
    LINKS,
    PERSON,
    PREPOSITIONS,
    PRONOUN,
    SOMEBODY,
    THING,
    VERB,
    Target,
)
from .referents import ANYBODY, STOP, Referents

_REFLEXIVES = frozenset("himself herself itself themselves".split())
_AFTER_IS = frozenset("a an the not no".split())
"""Words after which a noun's 's was *is*: no noun phrase goes on with them."""
_HEDGES = frozenset("nothing anything something than".split())
"""Between *be* and what is said: "little more than a", "nothing but a"."""
_CLAUSE_STARTS = frozenset(("", "that", "and", "but", "because", "if", "when", "as"))
TURNS = re.compile(
    r"(?:turn|morph|evolv|devolv|degenerat|transform|grow|chang|develop|mutat)(?:e|es|s|ed|ing)?$|grew$|grown$"
)
"""Verbs that with "into" say what somebody has become."""
_POSES = re.compile(
    r"(?:pos|operat|act|serv|emerg|masquerad|campaign|reign|function|double|govern|rul|remain)(?:e|es|s|ed|ing)?|came|comes|ran|runs"
)
"""Verbs that with "as" say what somebody is, or wants to seem."""
_SINGULAR = frozenset("is isn't was wasn't".split())
_FEELS = frozenset("feel feels felt".split())
_FIRST_PERSON = frozenset(("i",))
_BESIDE = frozenset((" ", ", ", ") ", "), "))
_SUBJECT_GAPS = frozenset((", ", "] ", " “", ' "', " ‘", " '"))
"""What may stand between a subject and its verb: the mob “has become”."""
LIST_GAP = re.compile(r"[ ,“”\"'‘’]{2,4}")
"""What may stand between the parts of a predicate besides a space: commas and quotation marks."""


class Subjects(Referents):
    """Referents with the subjects of predicates."""

    def said_of(self, first: int) -> Target | None:
        """The subject of which the words from ``first`` on are said with a form of *be*, if somebody."""
        subject = self._said_of(first) or ((other := self.conjunct(first)) and self._said_of(other))
        return subject or self._asked_of(first)

    def _asked_of(self, first: int) -> Target | None:
        """The subject of a question with *be* at its head: "Is *Smith* really a crook?"."""
        k = first - 1
        while k > 0 and first - k < 4 and self.joined[k + 1] and self.bits[k] & (DETERMINER | ADVERB):
            k -= 1
        if k < 1 or self.text[k] != self.text[first] or not self.joined[k + 1]:
            return None
        row = self.name_at[k]
        be = (self.first[row] if row >= 0 else k) - 1
        noun = row < 0 and self.bits[k] & SOMEBODY
        while noun and be > k - 5 and be > 0 and self.joined[be + 1] and self._inside(be):
            be -= 1
        if be < 0 or not self.joined[be + 1] or not self.bits[be] & BE or not self.opens(be):
            return None
        if noun:
            return self.written(self.begin(k), k + 1)
        if row >= 0:
            return self.named(row)
        if self.bits[k] & PRONOUN:
            return self.pronoun(k)
        return Target("I", -1, (k, k + 1)) if self.full_word(k) in _FIRST_PERSON else None

    def _inside(self, k: int) -> bool:
        """Whether word k may stand inside a noun phrase before its noun."""
        bits = self.bits[k]
        return (
            bool(bits & (DETERMINER | ADJECTIVE)) or self.possessive(k) or not bits & (FUNCTION | VERB | BE)
        )

    def conjunct(self, first: int) -> int | None:
        """Where the noun phrase begins that "and" joins to the one at ``first``: "a *lawyer* and a bully"."""
        k = first
        while k > 1 and self.joined[k] and self.bits[k - 1] & (DETERMINER | ADVERB) and first - k < 3:
            k -= 1
        if k < 2 or not self.joined[k] or self.full_word(k - 1) not in LINKS:
            return None
        inner = None
        for at in range(k - 2, max(k - 8, 0), -1):
            if self.text[at] != self.text[k] or not (self.joined[at + 1] or at == k - 2):
                break
            heads = at == k - 2 or self.after(at + 1) in PREPOSITIONS
            if heads and self.bits[at] & SOMEBODY and self.name_at[at] < 0:
                inner = self.begin(at)
                if not self._governed(inner):
                    return inner  # the "critic", not the "mayor", of "a critic of the mayor and a bully"
            elif self.bits[at] & (VERB | BE):
                break
        return inner

    def _said_of(self, first: int) -> Target | None:
        return self._said_in_list(first, 3)

    def _said_in_list(self, first: int, depth: int) -> Target | None:
        """The subject; of "is a liar, a bully and a fool" over as many noun phrases as ``depth``."""
        k, listed = first - 1, False
        while k >= 0 and first - k < 10 and (self.joined[k + 1] or LIST_GAP.fullmatch(self.gap(k + 1))):
            bits, word = self.bits[k], self.full_word(k)
            if bits & BE:
                return self._subject(k)
            if self._contracted(k):
                return self._subject(k + 1)
            listed = listed or "," in self.gap(k + 1)
            another = k < first - 1 and self.bits[k + 1] & DETERMINER and self.gap(k + 1) == ", "
            if depth and another and bits & SOMEBODY and self.name_at[k] < 0:
                return self._said_in_list(self.begin(k), depth - 1)
            unknown = listed and not bits & (SOMEBODY | THING | FUNCTION | CAPITAL | VERB)
            passes = (
                bits & (ADVERB | ADJECTIVE | LABEL)
                or word in LINKS
                or word in ("as", "neither")
                or word.endswith("ly")
            )
            edge = bits & DETERMINER or self.possessive(k)
            if word in _REFLEXIVES and self.joined[k + 1]:
                near = self._acting(k)
                return near or (self.group_in_focus(k) if word == "themselves" else self.pronoun(k))
            hedges = word in _HEDGES or (word == "of" and self.before(k) in ("something", "bit"))
            if word == "into" and self.joined[k] and TURNS.match(self.full_word(k - 1)):
                return self._subject(k - 1)
            if word == "as" and self.joined[k] and _POSES.fullmatch(self.full_word(k - 1)):
                return self._subject(k - 1)
            if not (passes or unknown or hedges) and not (edge and k >= first - 2):
                return None
            k -= 1
        return None

    def _contracted(self, k: int) -> bool:
        """Whether the 's of word k is *is*: "Smith's *a* crook", but not "Smith's very weak deputy"."""
        return self.possessive(k) and self.after(k + 1) in _AFTER_IS

    def _subject(self, be: int) -> Target | None:
        """The subject of the *be* at word ``be``, if a person, group or body."""
        if "'" in self.full_word(be) and self.bits[be] & PRONOUN:
            return self.pronoun(be)
        if self.full_word(be) == "i'm":
            return Target("I", -1, (be, be + 1))
        k = be - 1
        if k >= 0 and self.joined[be] and self.full_word(k) in ("did", "does", "do"):
            return None  # "what he did is"
        if self.full_word(be) in _FEELS and self.after(be + 1) and self.bits[be + 1] & DETERMINER:
            return None  # "felt her pain"
        while k >= 0 and be - k < 6 and self.joined[k + 1] and self._before_be(k):
            k -= 1
        if k < 0 or self.text[k] != self.text[be]:
            return None
        if self.full_word(k) == "that" and self.joined[k + 1]:
            return self._antecedent(k)
        if self.full_word(k) in _REFLEXIVES:  # "the mayor himself is", but "to take it himself is"
            if (
                k < 1
                or not self.joined[k]
                or (self.at(k - 1) < 0 and not self.bits[k - 1] & (SOMEBODY | PRONOUN))
            ):
                return None
            k -= 1
        if self.bits[k] & PRONOUN and self.joined[k + 1]:
            return self.pronoun(k)
        if self.full_word(k).split("'")[0] in _FIRST_PERSON and self.joined[k + 1]:
            return Target("I", -1, (k, k + 1))
        row = self.at(k)
        if row < 0 and self.full_word(be) in _SINGULAR and self.plural(k) and self.bits[k] & SOMEBODY:
            return None  # "asking the voters is a scandal"
        if self.full_word(k) in ("this", "it", "these", "there", "what", "which"):
            return None
        if self.full_word(k) in ("left", "right") and self.before(k) == "the":
            return self.written(k, k + 1)
        if row < 0 and (self.gap(k + 1) == ", " or self.full_word(k) in LINKS):
            return self.in_focus(k, None)
        if not self.joined[k + 1] and self.gap(k + 1) not in _SUBJECT_GAPS:
            return None
        if row < 0 and (country := self.country(k)):
            return country
        if row < 0 and not self.bits[k] & SOMEBODY:
            thing = self.bits_before(k) & DETERMINER and self.before(k - 1) in _CLAUSE_STARTS  # "the idea is"
            return self._headed(k) if self.joined[k + 1] and not thing else None
        first = self.begin(self.first[row] if row >= 0 else k)
        if self._governed(first) or self._in_pair(first):
            return self._headed(k) if self.joined[k + 1] else None
        if row >= 0:
            return self.named(row)
        definite = self.bits[k] & PERSON and self.before(first) == "the" and not self.plural(k)
        return (self.holder(first, k) if definite else None) or self.written(first, k + 1)

    def _in_pair(self, first: int) -> bool:
        """Whether a phrase is the second of two after a preposition: "talks between the union and *lawmakers* are"."""
        other = self.conjunct(first)
        return other is not None and self._governed(other)

    def pronoun(self, k: int) -> Target | None:
        """Whom the pronoun at word k means, if it is one."""
        word = self.full_word(k).split("'")[0]
        if word in _FIRST_PERSON:
            return Target("I", -1, (k, k + 1))
        if not self.bits[k] & PRONOUN:
            return None
        if word == "who":
            return self._antecedent(k)
        if word == "they":
            return self.group_in_focus(k)
        if word == "itself":
            return None
        sex = "f" if word in ("she", "herself") else "m"
        named = self.in_focus(k, sex)
        if named is None or self.sexes[named.mention] != sex:
            return self._unnamed(k, sex) or named or Target(word, -1, (k, k + 1))
        return named

    def _acting(self, k: int) -> Target | None:
        """The mention that acts on itself, a few words before the "himself" or "itself" at word k."""
        for at in range(k - 1, max(k - 6, -1), -1):
            if not self.joined[at + 1]:
                return None
            if (row := self.name_at[at]) >= 0 and at == self.last[row] - 1:
                return None if self._is_governed(row) else self.named(row)
            if self.bits[at] & PERSON and not self.plural(at):
                return (self.holder(at, at) if self.before(at) == "the" else None) or self.written(
                    self.begin(at), at + 1
                )
        return None

    def _unnamed(self, k: int, sex: str) -> Target | None:
        """Somebody without a name whose noun tells that sex, close before word k: "the *woman* he met"."""
        for at in range(k - 1, max(k - 25, -1), -1):
            if self.text[at] != self.text[k]:
                return None
            if self.bits[at] & PERSON and self.at(at) < 0 and self.sex(at) == sex:
                return self._restricted(self.begin(at), at)
        return None

    def _antecedent(self, k: int) -> Target | None:
        """Whom the "who" or "that" at word k takes up: the words just before it."""
        if k == 0 or self.gap(k) not in _BESIDE:
            return None
        if (row := self.at(k - 1)) >= 0:
            return self.named(row)
        if self.bits[k - 1] & SOMEBODY:
            first = self.begin(k - 1)
            return self._named_before(first) or self.written(first, k)
        return self._headed(k - 1)

    def _named_before(self, first: int) -> Target | None:
        """The person beside whose name a phrase stands: "Ann Fry, the former *leader*, who ..."."""
        k = first
        while k > 0 and first - k < 2 and self.bits_before(k) & DETERMINER:
            k -= 1
        row = self.name_at[k - 1] if 0 < k < first and self.gap(k) == ", " else -1
        return self.named(row) if row >= 0 and self.kinds[row] == "person" else None

    def _headed(self, k: int) -> Target | None:
        """Somebody whose phrase goes on up to word k: "the *leader* of the revolt", "*those* who voted against it"."""
        for at in range(k, max(k - 12, 0), -1):
            if self.text[at - 1] != self.text[k] or STOP.search(self.gap(at)):
                return None
            word = self.full_word(at)
            if word.endswith(("ing", "ed")) and self.word(at - 1) in ANYBODY:
                return self._restricted(self.begin(at - 1), at - 1)
            if word == "who" or (word in PREPOSITIONS and self.joined[at]):
                if (row := self.at(at - 1)) >= 0 or self.bits[at - 1] & SOMEBODY:
                    first = self.begin(self.first[row] if row >= 0 else at - 1)
                    if self._governed(first):
                        continue
                    return self.named(row) if row >= 0 else self._restricted(first, at - 1)
                if word != "who" and self.bits[at - 1] & THING:
                    return None
        return None
