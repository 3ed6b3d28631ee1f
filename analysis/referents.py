"""Who is meant: the person in focus, the holder of a role, those called by a noun, the group that *they* are.

Phrases + mentions (+ voices)  ->  Referents
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
import pandas as pd

from .names import lists
from .noun_phrases import (
    ADVERB,
    AUXILIARIES,
    BE,
    BODY,
    CAPITAL,
    DETERMINER,
    FUNCTION,
    PLURAL,
    PREPOSITIONS,
    SOMEBODY,
    THING,
    VERB,
    Phrases,
    Target,
)

_ACTS = AUXILIARIES | frozenset(("who", "himself", "herself"))
_SAID = frozenset("said says added wrote writes tweeted replied".split())
ANYBODY = frozenset("people those person man woman men women".split())
_RESTRICTS = frozenset("who he she they we".split())
STOP = re.compile(r"[.!?;:\n“”\"]")
"""What may and may not stand between a noun and what is said of it."""
_SENTENCE_END = re.compile(r"[.!?][”’\")]*\s")
_SIGNS = re.compile(r"[”\"] ?(?:—|–|--?) ?$")
_STRIDE = 1 << 40  # more than any document is long


class Referents(Phrases):
    """Phrases with the people of their texts. ``voices``: who speaks inside which quotation marks, where known."""

    def __init__(
        self, documents: pd.DataFrame, mentions: pd.DataFrame, voices: pd.DataFrame | None = None
    ) -> None:
        super().__init__(documents, mentions)
        self._people = [row for row, kind in enumerate(self.kinds) if kind == "person"]
        self._named: dict[tuple[int, str], list[int]] | None = None
        self._called: dict[tuple[int, str], frozenset[str]] = {}
        self._people_first = [self.first[row] for row in self._people]
        self._main_bodies: dict[int, int] | None = None
        self._speakers: list[str] = []
        self._spoken = np.zeros((2, 0), np.int64)
        if voices is not None and len(voices):
            self._place_speakers(documents, voices)

    def named(self, row: int) -> Target:
        """The target of a mention."""
        return Target(self.targets[row], row)

    def at(self, k: int) -> int:
        """The mention that word k is part of (of a description: its last word), or -1."""
        return self.name_at[k] if self.name_at[k] >= 0 else self.role_at[k]

    def speaker(self, k: int) -> str:
        """Who says word k in quotation marks, or nothing."""
        at = self.text[k] * _STRIDE + self.start[k]
        row = int(np.searchsorted(self._spoken[0], at, "right")) - 1
        return self._speakers[row] if row >= 0 and at < self._spoken[1, row] else ""

    def _speaks(self, row: int, k: int) -> bool:
        """Whether the person of a mention says word k, and so is neither the "he" nor the "mayor" in it."""
        speaker = self.speaker(k) if self._speakers else ""
        return bool(speaker) and speaker.split()[-1] == self.targets[row].split()[-1]

    def _place_speakers(self, documents: pd.DataFrame, voices: pd.DataFrame) -> None:
        """Quotations with a speaker: where each starts and ends, as one number over all documents."""
        rows = voices[(voices["voice"] == "direct") & voices["speaker"].notna()]
        self._speakers = rows["speaker"].tolist()
        keys = pd.MultiIndex.from_frame(documents[["article_id", "field"]])
        document = keys.get_indexer(pd.MultiIndex.from_frame(rows[["article_id", "field"]])).astype(np.int64)
        places = [document * _STRIDE + rows[edge].to_numpy(np.int64) for edge in ("start", "end")]
        self._spoken = np.array(places).reshape(2, -1)

    def holder(self, first: int, head: int, *, known_only: bool = False) -> Target | None:
        """Whom a definite phrase means: of those named before it, one who is called by its head, else one in focus.

        The subject of the clause that the phrase stands in is not meant: "Smith said the embattled senator ...".
        ``known_only``: nobody who is not called by that head somewhere in the text.
        """
        sex, word = self.sex(head), self.word(head)
        best, rank = -1, 0 if known_only else -1
        seen: set[str] = set()
        at = bisect_right(self._people_first, first) - 1
        for row in reversed(self._people[max(at - 29, 0) : at + 1]):
            if self.text[self.first[row]] != self.text[first]:
                break
            if (
                self.last[row] > first
                or (sex and self.sexes[row] not in (None, sex))
                or self._speaks(row, first)
                or self._attributive(row)
            ):
                continue
            if not seen and self._acts(row, first):
                seen.add(self.targets[row])
                continue
            if self.targets[row] in seen:
                continue
            seen.add(self.targets[row])
            fits = 4 * (word in self.called(row)) + (sex is not None and self.sexes[row] == sex)
            near = first - self.first[row] < 150
            fits += 2 * (near and not self._is_governed(row)) + (near and self._is_subject(row))
            fits += 2 * (len(seen) == 1) + 2 * (first - self.last[row] < 2)  # the last named; right before
            if fits > rank and (word in self.called(row) or (near and not known_only)):
                best, rank = row, fits
        return self.named(best) if best >= 0 else None

    def named_later(self, first: int, head: int) -> Target | None:
        """Whom a phrase without a name means that opens a text: the person first named in the next sentences.

        "A far-right activist was arrested. Tommy Hale, 35, ...": somebody called by that head, or where nobody has
        been named before the phrase, the first to act.
        """
        at, sex, word = bisect_right(self._people_first, first), self.sex(head), self.word(head)
        new = at == 0 or self.text[self.first[self._people[at - 1]]] != self.text[first]
        for row in self._people[at : at + 3]:
            if self.text[self.first[row]] != self.text[first] or self.first[row] - first > 60:
                return None
            start, end = self.end[head], self.start[self.first[row]]
            apart = end - start < 1000 and _SENTENCE_END.search(self.texts[self.text[first]], start, end)
            fits = not sex or self.sexes[row] in (None, sex)
            if apart and fits and (word in self.called(row) or (new and self._is_subject(row))):
                return self.named(row)
        return None

    def both(self, first: int) -> Target | None:
        """The two persons named last before a phrase such as "the couple", as one target."""
        names: list[str] = []
        at = bisect_right(self._people_first, first) - 1
        for row in reversed(self._people[max(at - 5, 0) : at + 1]):
            if self.text[self.first[row]] != self.text[first]:
                break
            if self.targets[row] not in names:
                names.append(self.targets[row])
                last = row
            if len(names) == 2:
                return Target(f"{names[1]} and {names[0]}", last)
        return None

    def _acts(self, row: int, first: int) -> bool:
        """Whether a mention is the subject of the clause that the words from ``first`` on stand in."""
        if not self._is_subject(row) or self.gap(first - 1) == ", ":
            return False
        start, end = self.end[self.last[row] - 1], self.start[first]
        if first - self.last[row] < 2 or end - start > 200:
            return False
        between = self.texts[self.text[first]][start:end]
        return not STOP.search(between) and ", who " not in between

    def called(self, row: int) -> frozenset[str]:
        """The nouns by which the person of a mention is called beside a name in the same text: "senator"."""
        key = (self.text[self.first[row]], self.targets[row])
        if self._named is None:
            self._named = {}
            for other in self._people:
                where = (self.text[self.first[other]], self.targets[other])
                self._named.setdefault(where, []).append(other)
        found = self._called.get(key)
        if found is None:
            words = {w for other in self._named[key][:12] for w in self._nouns_beside(other)}
            found = self._called[key] = frozenset(
                words | {c for w in words for c in lists().classes.get(w, ())}
            )
        return found

    def _nouns_beside(self, row: int) -> Iterator[str]:
        """Nouns for a person in a name's title, right before it, in apposition, or said of it."""
        i, j = self.first[row], self.last[row]
        for k in range(i, j - 1):
            yield lists().titles.get(self.texts[self.text[k]][self.start[k] : self.end[k]], self.word(k))
            if (
                title := lists().titles.get(f"{self.texts[self.text[k]][self.start[k] : self.end[k]]}.")
            ) is not None:
                yield title
        k = i
        while (
            k > 0 and i - k < 5 and self.joined[k] and not self.bits[k - 1] & (FUNCTION | VERB | DETERMINER)
        ):
            k -= 1
            if k > 1 and self.joined[k] and self.full_word(k - 1) == "and" and self.bits[k - 2] & SOMEBODY:
                k -= 1  # "researcher and activist Ann Fry"
            if self.bits[k] & SOMEBODY and self.before(k) != "shadow":
                yield self.word(k)
        beside = self.gap(j) in (", ", " — ", " – ", " - ") or (self.after(j) and self.bits[j] & BE)
        k = j + bool(beside and self.after(j))
        if not beside or k >= self.size or not (self.bits[k] & DETERMINER or self.possessive(k)):
            return
        for n in range(k + 1, min(k + 8, self.size)):
            if not self.joined[n] or self.bits[n] & (VERB | BE):
                break
            if self.bits[n] & SOMEBODY and self.before(n) != "shadow":
                yield self.word(n)

    def in_focus(self, k: int, sex: str | None, *, near: bool = False, other: bool = False) -> Target | None:
        """The person named before word k in its text, of that sex where known: a subject before others.

        ``near``: the last named who does not stand after a preposition comes first, subject or not. ``other``:
        nobody who is the subject of the clause that word k stands in: "Smith called *him* a liar".
        """
        best, rank = -1, -1
        at = bisect_right(self._people_first, k) - 1
        for row in reversed(self._people[max(at - 9, 0) : at + 1]):
            if self.text[self.first[row]] != self.text[k] or k - self.first[row] > 150:
                break
            beside = k - self.last[row] == 1 and self._is_subject(row)  # "Smith called him"
            if other and self.last[row] <= k and (beside or self._acts(row, k)):
                other = False
                continue
            if self.last[row] > k or (sex and self.sexes[row] not in (None, sex)) or self._attributive(row):
                continue
            if self._speaks(row, k):
                continue
            stands_out = self._is_subject(row) or (near and not self._is_governed(row))
            fits = 2 * (sex is not None and self.sexes[row] == sex) + stands_out
            if fits > rank:
                best, rank = row, fits
        return self.named(best) if best >= 0 else None

    def country_before(self, k: int) -> Target | None:
        """The country named last before word k in its text."""
        for at in range(k - 1, max(k - 60, -1), -1):
            if self.text[at] != self.text[k]:
                return None
            for possessive in (False, True):
                if country := self.country(at, possessive=possessive):
                    return country
        return None

    def main_body(self, k: int) -> Target | None:
        """The body that the text of word k names most, if it has named it before."""
        if self._main_bodies is None:
            named: dict[int, dict[str, list[int]]] = {}
            for row, kind in enumerate(self.kinds):
                if kind == "body":
                    named.setdefault(self.text[self.first[row]], {}).setdefault(self.targets[row], []).append(
                        row
                    )
            self._main_bodies = {t: max(rows.values(), key=len)[0] for t, rows in named.items()}
        main = self._main_bodies.get(self.text[k])
        return self.named(main) if main is not None and self.first[main] < k else None

    def group_in_focus(self, k: int) -> Target:
        """What *they* at word k most likely are: the last group or plural noun before, else the word itself."""
        for at in range(k - 1, max(k - 40, -1), -1):
            if self.text[at] != self.text[k]:
                break
            row = self.name_at[at]
            if row >= 0 and self.kinds[row] == "group":
                return self.named(row)
            if (self.bits[at] & PLURAL or self.word(at) == "people") and self.bits[at] & SOMEBODY:
                return self._restricted(self.begin(at), at)
        return Target("they", -1, (k, k + 1))

    def _restricted(self, first: int, head: int) -> Target:
        """A noun phrase as written, with what tells which people are meant: "people *who moved away*"."""
        k = head + 1
        if self.word(head) in ANYBODY and (
            self.after(k) in _RESTRICTS or self.after(k).endswith(("ing", "ed"))
        ):
            while (
                k - head < 7
                and self.after(k)
                and not self.bits[k] & BE
                and (k < head + 3 or not self.bits[k] & VERB)
            ):
                k += 1
            while self.after(k) and self.bits[k - 1] & self.bits[k] & CAPITAL:
                k += 1  # "at Fort *Hood*"
        return self.written(first, k, whole=k > head + 1)

    def _attributive(self, row: int) -> bool:
        """Whether a name modifies the noun after it, so that nobody is in focus: "the *Fry* strike"."""
        j = self.last[row]
        if self.gap(j) == "/":
            return True  # a picture's credit: "(Ann Fry/Reuters)"
        if _SIGNS.search(self.gap(self.first[row])):
            return True  # the name under a quotation: “…” — Ann Fry
        if self.before(self.first[row]) == "the" and self.after(j) and not self.bits[j] & FUNCTION:
            return True
        return bool(self.after(j) and self.bits[j] & (THING | BODY) and not self.bits[j] & (VERB | FUNCTION))

    def _is_governed(self, row: int) -> bool:
        """Whether a mention stands after a preposition or is a possessive."""
        before = self.before(self.first[row])
        return (before in PREPOSITIONS and before != "by") or self.possessive(self.last[row] - 1)

    def _is_subject(self, row: int) -> bool:
        """Whether a mention opens its sentence, follows "said", or is followed by a verb or "who"."""
        i, j = self.first[row], self.last[row]
        if self._is_governed(row):
            return False
        if (
            self.opens(i)
            or self.before(i) in _SAID
            or self.bits_before(i) & BE
            or (self.gap(j) == ", " and self.full_word(j) == "who")
        ):
            return True
        if not self.after(j):
            return False
        j += bool(self.bits[j] & ADVERB and not self.bits[j] & (VERB | BE) and self.after(j + 1))
        after = self.full_word(j)
        return bool(self.bits[j] & (VERB | BE)) or after in _ACTS or after.endswith("ed")
