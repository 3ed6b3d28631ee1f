"""Beside whom a phrase stands: in apposition, as the object of "called", as the example of "such as".

documents + mentions (+ voices)  ->  Passage
"""

from __future__ import annotations

from .expressions import lexicon
from .noun_phrases import (
    ADJECTIVE,
    ADVERB,
    BE,
    BODY,
    CAPITAL,
    DETERMINER,
    FUNCTION,
    LABEL,
    LINKS,
    PERSON,
    PREPOSITIONS,
    SOMEBODY,
    VERB,
    Target,
)
from .subjects import LIST_GAP, TURNS, Subjects

_ASIDE = frozenset((",", "(", "—", "–", "-"))
_QUOTE_OPENS = frozenset((" ", " “", ' "', " ‘", " '"))
_QUOTED_AND = frozenset((", “", ', "'))
_MASSES = frozenset(
    "bunch pack gang group party crowd bevy cabal clique coterie crew band mob horde herd den nest collection"
    " coalition parade army team generation cadre circle family nation country handful lot bag breed brand kind sort"
    " type piece house club society".split()
)
"""Nouns before "of" that say of those after it how many or what for: "a bunch of crooks"."""
_MAKES = frozenset("make makes made making".split())
_LONGEST_LIST = 7
_OBJECTS = {
    "him": "m",
    "himself": "m",
    "her": "f",
    "herself": "f",
    "them": "",
    "themselves": "",
    "me": "",
    "us": "",
}
_SEES = frozenset(
    "establish established lampoon lampooned perceive perceives perceived reveal reveals revealed treat treats"
    " treated".split()
)
"""Verbs that, besides reporting verbs with an object, say what that is where "as" follows it."""
_DEPICTIONS = frozenset(
    "portrayal portrait description depiction characterisation characterization image view".split()
)


class Passage(Subjects):
    """The words of some documents, their phrases, and whom each phrase means, is said of or stands beside."""

    def beside(self, first: int) -> int | None:
        """The mention that a phrase in apposition follows: "Smith (R-Ohio), a lawyer and hard-line conservative"."""
        row = self._follows(first)
        if row is None and (other := self.conjunct(first)) is not None:
            return self._follows(other)
        return row

    def _follows(self, first: int) -> int | None:
        k = first
        while self.before(k) and first - k < 5:
            k -= 1
            if self.full_word(k) == "of" and self.before(k) == "one":
                k -= 1  # "Ann Fry, one of the city's most able lawyers"
                break
            if not (self.bits[k] & (DETERMINER | ADJECTIVE | ADVERB) or self.possessive(k)):
                return None
        opens = any(self.bits[at] & DETERMINER or self.possessive(at) for at in range(k, first))
        opens = opens or self.gap(k) == " ("  # "Ann Fry (former hedge-fund boss)"
        if self._after_adjunct(k, first):
            return None
        if not opens or k <= 0 or self.gap(k).strip(" ").lstrip(".)") not in _ASIDE:
            return None
        for at in range(k - 1, max(k - 7, -1), -1):
            if (row := self.at(at)) >= 0:
                close = at == k - 1 or self.full_word(at + 1) in PREPOSITIONS or "(" in self.gap(at + 1)
                return row if close and (self.kinds[row] != "body" or self._of_body(first)) else None
            if not self.joined[at] and "(" not in self.gap(at):
                return None
        return None

    def _after_adjunct(self, k: int, first: int) -> bool:
        """Whether the comma before word k ends what opens the sentence: "For many voters, the *bully* won"."""
        at = k - 1
        while at > 0 and k - at < 6 and self.joined[at] and not self.opens(at):
            at -= 1
        if k < 1 or self.gap(k) != ", " or not self.opens(at) or self.full_word(at) not in PREPOSITIONS:
            return False
        end = first
        while end < self.size - 1 and end - first < 8 and self.joined[end + 1]:
            end += 1
        return self.gap(end + 1) != ", " if end + 1 < self.size else True

    def _of_body(self, first: int) -> bool:
        """Whether a noun for a body heads the phrase that begins at ``first``: "a free-market advocacy *group*"."""
        k = first
        while (
            k < self.size and k - first < 6 and (k == first or self.joined[k]) and not self.bits[k] & FUNCTION
        ):
            if self.bits[k] & BODY:
                return True
            k += 1
        return False

    def introduces(self, last: int) -> int | None:
        """The person named after a phrase and a comma: "A fierce critic of the mayor, former senator Ann Smith"."""
        if self.after(last) == "by":  # "dubbed a liar by Jones, Smith"
            start = last
            while last < self.size - 1 and self.joined[last] and last - start < 7:
                last += 1
        name = last
        if self.gap(last) != ", ":
            return None
        while (
            name < self.size - 1
            and name - last < 5
            and (self.name_at[name] < 0 or self.kinds[self.name_at[name]] == "body")
            and self.joined[name + 1]
            and (self.bits[name] & (CAPITAL | PERSON) or self.full_word(name) == "former")
            and not self.bits[name] & (FUNCTION | VERB)
        ):
            name += 1  # ", U.S. Rep. Smith"
        if name >= self.size or self.name_at[name] < 0 or self.kinds[self.name_at[name]] != "person":
            return None
        alone = self.plural(last - 1) and not self._and_another(self.name_at[name])
        return None if alone else self.name_at[name]

    def _and_another(self, row: int) -> int | None:
        """The mention of a person that "and" joins to one."""
        k = self.last[row]
        joins = (
            self.after(k) == "and" and k + 1 < self.size and self.joined[k + 1] and self.name_at[k + 1] >= 0
        )
        return self.name_at[k + 1] if joins else None

    def all_of(self, row: int, head: int) -> Target:
        """The target of a mention, with the one that "and" joins to it where the head is a plural."""
        other = self._and_another(row) if self.plural(head) else None
        if other is None:
            return self.named(row)
        return Target(f"{self.targets[row]} and {self.targets[other]}", row)

    def name_after(self, last: int) -> int | None:
        """The person whose name a phrase gives: "a wise man named Smith"."""
        if self.after(last) in ("named", "called") and last + 1 < self.size and self.name_at[last + 1] >= 0:
            return self.name_at[last + 1]
        return None

    def labelled(self, first: int) -> Target | None:
        """The object of which a noun phrase is said, alone or in a list: "called Smith a fraud, a liar and a bully"."""
        for _ in range(_LONGEST_LIST):
            if called := self._labelled(first):
                return called
            if (before := self._item_before(first)) is None:
                break
            first = before
        return None

    def _item_before(self, first: int) -> int | None:
        """Where the item of a list begins that stands before the one at ``first``: "a “fraud,” a “liar”"."""
        k = first
        if k > 0 and self.bits[k - 1] & DETERMINER and self.gap(k) in _QUOTE_OPENS:
            k -= 1
        if k > 1 and self.full_word(k - 1) in LINKS:
            k -= 1
        same = k > 0 and self.text[k - 1] == self.text[first]
        if not same or not (LIST_GAP.fullmatch(self.gap(k)) or (k < first and self.gap(k) == " ")):
            return None
        return self.begin(k - 1) if self.bits[k - 1] & SOMEBODY and self.name_at[k - 1] < 0 else None

    def _labelled(self, first: int) -> Target | None:
        k = first - 1
        while (
            k >= 0
            and first - k < 4
            and (self.bits[k] & (DETERMINER | ADVERB) or self.full_word(k) in ("as", "into"))
        ):
            if self.full_word(k) in _OBJECTS and (
                k < first - 1 or self.plural(first) or self.full_word(k) == "them"
            ):
                break
            k -= 1
        if k < 1 or self.text[k] != self.text[first]:
            return None
        if self.bits[k] & LABEL:
            return self._relative(k)
        named = k < first - 1 or self.full_word(k) in _OBJECTS
        return self._object(k) if named or self.plural(first) else None

    def _relative(self, verb: int) -> Target | None:
        """Whom a "whom" before a verb that calls takes up: "Smith, *whom* critics call a fraud"."""
        for k in range(verb - 1, max(verb - 5, 0), -1):
            if self.text[k] != self.text[verb] or not self.joined[k + 1]:
                return None
            if self.full_word(k) == "whom":
                return self._antecedent(k)
        return None

    def _calls(self, verb: int, k: int) -> bool:
        """Whether a verb says that its object, which ends with word k, is something: "called", "see ... as"."""
        if self.after(k + 1) == "into":
            return bool(TURNS.match(self.full_word(verb)))
        if self.after(k + 1) != "as":
            return bool(self.bits[verb] & LABEL) or self.full_word(verb) in _MAKES
        depicted = (
            self.full_word(verb) == "of" and self.before(verb) in _DEPICTIONS
        )  # "portrayal of Smith as"
        refers = self.full_word(verb) == "to" and self.before(verb).startswith("refer")
        word = self.full_word(verb)
        judged = word in _SEES or any({"object", "as"} & cue.takes for cue in lexicon().get(word, ()))
        return bool(self.bits[verb] & LABEL) or depicted or refers or judged

    def _object(self, k: int) -> Target | None:
        """The object that ends with word k of a verb that calls or shows it to be something."""
        if (word := self.full_word(k)) in _OBJECTS:
            if not self._calls(k - 1, k) or not self.joined[k]:
                return None
            if word in ("them", "themselves"):
                return self.group_in_focus(k)
            return (
                Target("I" if word == "me" else "we", -1, (k, k + 1))
                if word in ("me", "us")
                else self.in_focus(k, _OBJECTS[word], other=word in ("him", "her"))
            )
        row, country = self.at(k), self.country(k)
        if row < 0 and not self.bits[k] & SOMEBODY and country is None:
            return None
        first = self.first[row] if row >= 0 else self.begin(k)
        while first > 1 and self.possessive(first - 1):  # "see Smith's Britain as"
            first = self.first[self.at(first - 1)] if self.at(first - 1) >= 0 else first - 1
        verb = first - 1 - bool(self.bits[first - 1] & DETERMINER)
        if verb > 1 and self.full_word(verb) == "and" and self.name_at[verb - 1] >= 0 and self.joined[verb]:
            other, row = row, self.name_at[verb - 1]  # "attacked *Smith* and her team as"
            first = self.first[row]
            if other >= 0 and self._calls(first - 1, k) and self.joined[first]:
                return Target(f"{self.targets[row]} and {self.targets[other]}", row)
            verb = first - 1
        if verb < 0 or self.text[verb] != self.text[k] or not self.joined[first] or not self._calls(verb, k):
            return None
        return self.named(row) if row >= 0 else country or self.written(first, k + 1)

    def labelled_so(self, i: int) -> Target | None:
        """The object of which an adjective is said: "called Smith divisive", "labelled him “divisive”"."""
        if i < 2 or self.gap(i) not in _QUOTE_OPENS | _QUOTED_AND:
            return None
        k = i - 1
        if self.full_word(k) in LINKS and self.bits[k - 1] & ADJECTIVE and self.gap(k).strip("’”'\"") == " ":
            i, k = k - 1, k - 2  # “reckless” and “dangerous”
        while (
            k > 1
            and i - k < 4
            and (self.full_word(k) == "as" or self.bits[k] & ADVERB)
            and self.gap(k) in _QUOTE_OPENS
        ):
            k -= 1
        return self._object(k)

    def possessor(self, first: int) -> Target | None:
        """The country or name in a possessive right before a noun for a body: "China's dictatorship"."""
        k = first - 1
        if k < 0 or not self.possessive(k) or not self.joined[first]:
            return None
        return self.named(self.name_at[k]) if self.name_at[k] >= 0 else self.country(k, possessive=True)

    def one_of(self, first: int) -> Target | None:
        """Whom "one of the nation's ..." before a phrase is said of."""
        for k in range(first - 1, max(first - 5, 0), -1):
            if not self.joined[k + 1]:
                return None
            if self.full_word(k) == "of" and self.before(k) == "one":
                as_one = self.before(k - 1) == "as"
                return self.said_of(k - 1) or (self.in_focus(k, None) if as_one else None)
        return None

    def mass_before(self, first: int) -> int:
        """Where the phrase begins that counts those named by the one at ``first``: "a *bunch* of crooks"."""
        k = first - 1
        if self.before(first) != "of" or self.before(k) not in _MASSES:
            return first
        while self.bits_before(k - 1) & ADJECTIVE and not self.bits_before(k - 1) & DETERMINER:
            k -= 1
        return k - 1

    def is_named(self, first: int, j: int) -> Target | None:
        """Who a definite phrase that ends before word j is said to be: "the alleged thief here is *Smith*"."""
        k = j + bool(self.after(j) in ("here", "now", "today"))
        if self.before(first) != "the" or not self.after(k) or not self.bits[k] & BE or not self.after(k + 1):
            return None
        row = self.name_at[k + 1]
        return self.named(row) if row >= 0 and self.kinds[row] == "person" else None

    def full_of(self, first: int) -> Target | None:
        """Whom "is full of ..." before a phrase is said of."""
        k = first - 1 if self.bits_before(first) & DETERMINER else first
        opened = k == first and self.gap(k) in _QUOTE_OPENS and self.full_word(k - 1) == "of"
        full = (self.before(k) == "of" or opened) and self.before(k - 1) in (
            "full",
            "typical",
            "representative",
        )
        return self.said_of(k - 2) if full else None

    def example(self, j: int) -> Target | None:
        """The name given after "such ... as" or "like": "hypocrites like Smith"."""
        for k in range(j, min(j + 5, self.size - 1)):
            if not self.joined[k] and not (
                k == j and self.gap(k) == ", " and self.full_word(k) == "including"
            ):
                return None
            if self.full_word(k) in ("as", "like", "including"):
                k += 1 + self.possessive(k + 1)  # "such as India's Narendra Modi"
                if k < self.size and self.name_at[k] >= 0:
                    return self.named(self.name_at[k])
                return (
                    (k < self.size and self.country(k)) or (k + 1 < self.size and self.country(k + 1)) or None
                )
        return None
