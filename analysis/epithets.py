"""What people get called: expressions attached to persons, groups and bodies.

articles or documents + mentions  ->  epithets (one row an epithet)

The engine gives each word its classes (describes, names a job, joins); Python looks only at the
words around those that can describe. What they are attached to decides: a word before a person's
name or job (premodifier), a noun in a person's place (nominal), one beside a name (appositive), one
said of a subject (predicative).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from . import tokens
from .corpus import documents as as_documents
from .descriptions import Class, Entry, described, vocabulary
from .mentions import mentions as find_mentions
from .schema import frame

_A, _N, _H = int(Class.ADJECTIVE), int(Class.NOUN), int(Class.STANCE_HEAD)
_PERSON, _BODY, _THING = int(Class.PERSON), int(Class.BODY), int(Class.THING)
_BE, _LABEL, _ADVERB, _FUNCTION = int(Class.BE), int(Class.LABEL), int(Class.ADVERB), int(Class.FUNCTION)
_VERB, _FIRST, _DET, _PLURAL = int(Class.VERB), int(Class.FIRST), int(Class.DETERMINER), int(Class.PLURAL)
_PRONOUN, _CAPITAL = int(Class.PRONOUN), int(Class.CAPITAL)
_STATE, _SAID = int(Class.STATE), int(Class.SAID)
_GENERIC = frozenset(
    "figure figures man men woman women person people folk folks guy guys character characters voice voices mind minds"
    " personality personalities soul souls kind force forces lady gentleman boy boys girl girls youth youths kid kids"
    " individual individuals creature creatures player players thinker thinkers politician politicians leader leaders"
    " interests crowd mob family families citizen citizens friend friends enemy enemies".split()
)
_VERB_BEFORE = frozenset(
    "can cannot can't could couldn't will won't would wouldn't shall should shouldn't may might must do does did don't"
    " doesn't didn't i we you they he she who it".split()
)
_CANDIDATE = _A | _N | _H | _FIRST
_SOMEBODY = _PERSON | _BODY | _N | _H
_NEGATIONS = frozenset(
    "not never no neither nor hardly scarcely barely isn't aren't wasn't weren't n't".split()
)
_OFFICE_WORDS = frozenset(
    "former ex acting then late current new old longtime top senior junior big bigger biggest huge great real full-time"
    " local many more most other fellow own leading chief main key young older".split()
)
_LINKS = frozenset(("and", "or", "but", "yet"))
_COMPLEMENTS = frozenset("of in for on to at from with who that".split())
_PREPOSITIONS = frozenset(
    "of in for on to at from with by about against into over under between like".split()
)
_AUXILIARIES = frozenset(
    "has had have will would can could should may might must does did do who himself herself".split()
)
_BETWEEN = frozenset(
    "has have had having will would can could should may might must to not proving proved proven turned out to do does did".split()
)
_DEGREES = frozenset("more most less least very so too as".split())
_QUOTE_GAPS = frozenset(('" ', "” ", "’ ", "' "))
_OBJECTS = {"him": "m", "himself": "m", "her": "f", "herself": "f"}
_FEMALE, _MALE = frozenset(("she", "she's", "herself")), frozenset(("he", "he's", "himself"))


class _Epithet(NamedTuple):
    """An epithet in words: from ``first`` up to ``last``; target as a mention's row, or as written."""

    first: int
    last: int
    entry: Entry
    form: str
    target: str | None
    mention: int
    target_words: tuple[int, int] | None
    negated: bool


def epithets(articles: pd.DataFrame, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Epithets with their targets: one row an epithet, none overlapping.

    ``target`` is the canonical name of ``mentions`` (found here unless given), else the role or group
    as written, with ``target_start`` and ``target_end`` where that stands in the text. ``rule`` says what
    fired: the list and its entry (or the affix), and the construction. Besides the contract's columns:
    ``negated`` ("is no moderate"). ``voice`` and ``speaker`` are missing here.

    Caution: an epithet is a description in a place where descriptions stand. Whether it is fair is
    for a reader to say.

    >>> found = epithets(pd.DataFrame({"article_id": ["a"], "text": ["The embattled mayor met Ann Fry, a firebrand."]}))
    >>> found[["text", "target", "form", "rule"]].values.tolist()
    [['embattled', 'mayor', 'premodifier', 'evaluative: embattled | before a job'],
     ['firebrand', 'Ann Fry', 'appositive', 'evaluative: firebrand/n | beside a name']]
    """
    documents = as_documents(articles)
    people = find_mentions(documents) if mentions is None else mentions
    reader = _Reader(documents, people)
    return _table(reader, list(_without_overlap(reader.epithets())))


def _without_overlap(found: Iterator[_Epithet]) -> Iterator[_Epithet]:
    """Epithets in order; of two that overlap the longer, then the first."""
    end, kept = -1, None
    for one in sorted(found, key=lambda e: (e.first, -e.last)):
        if kept is None or one.first >= end:
            if kept is not None:
                yield kept
            kept, end = one, one.last
        elif one.last - one.first > kept.last - kept.first:
            kept, end = one, one.last
    if kept is not None:
        yield kept


def _table(reader: _Reader, found: list[_Epithet]) -> pd.DataFrame:
    first = [reader.start[e.first] for e in found]
    last = [reader.end[e.last - 1] for e in found]
    at = [reader.text[e.first] for e in found]
    spans = [reader.target_span(e) for e in found]
    return frame(
        "epithets",
        {
            "article_id": reader.documents["article_id"].to_numpy()[at],
            "field": reader.documents["field"].to_numpy()[at],
            "start": first,
            "end": last,
            "text": [reader.texts[t][s:e] for t, s, e in zip(at, first, last, strict=True)],
            "target": pd.Series([e.target for e in found], dtype="str"),
            "target_start": [s for s, _ in spans],
            "target_end": [e for _, e in spans],
            "kind": [e.entry.kind for e in found],
            "form": [e.form for e in found],
            "polarity": [e.entry.polarity for e in found],
            "rule": [f"{e.entry.source}: {e.entry.pattern} | {_PLACES[e.form]}" for e in found],
            "negated": pd.Series([e.negated for e in found], dtype="bool"),
        },
    )


_PLACES = {
    "premodifier": "before a name or job",
    "nominal": "in a person's place",
    "appositive": "beside a name",
    "predicative": "said of a subject",
}


class _Reader:
    """The words of the documents, their classes, and the mentions among them."""

    def __init__(self, documents: pd.DataFrame, mentions: pd.DataFrame) -> None:
        self.documents = documents
        self.texts: list[str] = documents["text"].fillna("").tolist()
        words = tokens.words(tokens.encode(self.texts))
        folded = words.vocabulary.to_pylist()
        known = [described(word) for word in folded]
        by_word = np.array([int(classes) for classes, _ in known], np.int64)
        capital = np.array([f[:1].isupper() for f in words.forms.to_pylist()], np.int64) * _CAPITAL
        by_form = (by_word[words.folded] if len(folded) else by_word) | capital
        bits = by_form[words.form] if len(words.form) else np.zeros(0, np.int64)
        self.candidates = np.flatnonzero(bits & _CANDIDATE).tolist()
        self.bits: list[int] = bits.tolist()
        self.word: list[int] = words.folded[words.form].tolist() if len(words.form) else []
        self.folded, self.entries = folded, [entry for _, entry in known]
        self.text: list[int] = words.text.tolist()
        self.start: list[int] = words.start.tolist()
        self.end: list[int] = words.end.tolist()
        self.joined: list[bool] = words.joined.tolist()
        self.size = len(self.bits)
        self._place_mentions(words, mentions)

    def _place_mentions(self, words: tokens.Words, mentions: pd.DataFrame) -> None:
        """Rows of the mentions by word: ``name_at`` for every word of a name, ``role_at`` for a description's last."""
        self.mentions = mentions
        self.targets: list[str] = mentions["target"].tolist()
        self.sexes: list[str | None] = [s if isinstance(s, str) else None for s in mentions["sex"]]
        self.kinds: list[str] = mentions["kind"].tolist()
        stride = 1 + max((len(t) for t in self.texts), default=0)
        keys = pd.MultiIndex.from_frame(self.documents[["article_id", "field"]])
        document = keys.get_indexer(pd.MultiIndex.from_frame(mentions[["article_id", "field"]]))
        starts = words.text.astype(np.int64) * stride + words.start
        first = np.searchsorted(starts, document * stride + mentions["start"].to_numpy())
        last = np.searchsorted(starts, document * stride + mentions["end"].to_numpy())
        self.first, self.last = first.tolist(), last.tolist()
        self.name_at, self.role_at = [-1] * self.size, [-1] * self.size
        forms = mentions["form"].tolist()
        self.people: list[int] = []
        for row, (i, j, form) in enumerate(zip(self.first, self.last, forms, strict=True)):
            if form == "role":
                self.role_at[j - 1] = row
            else:
                self.name_at[i:j] = [row] * (j - i)
            if self.kinds[row] == "person":
                self.people.append(row)
        self.people_first = [self.first[row] for row in self.people]

    # ------------------------------------------------------------------ reading

    def epithets(self) -> Iterator[_Epithet]:
        """Every epithet found, in order of its candidate word; some may overlap."""
        done = 0
        for i in self.candidates:
            if i < done:
                continue
            entry, j = self._entry(i)
            if entry is None or not entry.kind:
                done = j if entry else done
            elif (self.name_at[i] < 0 or j > self.last[self.name_at[i]]) and not self._name_like(i, entry):
                if found := self._read(i, j, entry):
                    done = j
                    yield found

    def _entry(self, i: int) -> tuple[Entry | None, int]:
        """The longest entry that begins at word i, and the word after it."""
        if self.bits[i] & _FIRST:
            for words, entry in vocabulary().phrases[self._bare(i)]:
                j = i + len(words)
                if j <= self.size and self._matches(i, words) and (entry.kind or self._cased(i, entry)):
                    if entry.kind == "" and entry.source == "patterns":
                        continue
                    return entry, j
        return self.entries[self.word[i]], i + 1

    def _bare(self, i: int) -> str:
        word = self.folded[self.word[i]]
        return word if word in vocabulary().phrases else word.removesuffix("'s")

    def _matches(self, i: int, words: tuple[str, ...]) -> bool:
        for k, word in enumerate(words):
            at = self.folded[self.word[i + k]]
            if (at != word and at.removesuffix("'s") != word) or (k and not self.joined[i + k]):
                return False
        return True

    def _cased(self, i: int, entry: Entry) -> bool:
        return entry.pattern[0].islower() or bool(self.bits[i] & _CAPITAL)

    def _name_like(self, i: int, entry: Entry) -> bool:
        """Whether a capital makes an ordinary word part of a name: "Liberal", "Blunt"."""
        if not self.bits[i] & _CAPITAL or entry.pattern[0].isupper() or entry.source in ("affix", "form"):
            return False
        return self.joined[i] or not self._opens(i)

    def _opens(self, i: int) -> bool:
        """Whether word i opens a sentence or quotation."""
        if i == 0 or self.text[i - 1] != self.text[i]:
            return True
        gap = self.gap(i)
        return any(c in gap for c in '.!?:;\n"“‘—–')

    def gap(self, i: int) -> str:
        """What stands between word i and the one before it in its text."""
        if i <= 0 or i >= self.size or self.text[i - 1] != self.text[i]:
            return "\n"
        return self.texts[self.text[i]][self.end[i - 1] : self.start[i]]

    def _read(self, i: int, j: int, entry: Entry) -> _Epithet | None:
        classes = self.bits[i] if j == i + 1 else int(entry.classes)
        if j == i + 1:
            classes &= int(entry.classes) | _A | _N | _H
        if classes & _H and not classes & _A:
            return self._stance(i, j, entry)
        head = self._head(j)
        if classes & _N and (head is None or self._descriptive(head)):
            found = self._nominal(i, j, entry) if head is None else None
            if found:
                return found
        if head is None and self._wing(i, j, entry):
            return self._placed(i, j, j, entry)
        if head is not None and not self._descriptive(head):
            return self._premodifier(i, j, entry, head) if self._modifies(i, j, classes, head) else None
        if head is None and (classes & _A or entry.classes & Class.ADJECTIVE):
            return self._predicative(i, j, entry)
        return None

    def _wing(self, i: int, j: int, entry: Entry) -> bool:
        """Whether words i to j name a side of politics as a body: "the far right"."""
        side = (
            j > i + 1 and entry.kind == "ideological" and self.folded[self.word[j - 1]] in ("left", "right")
        )
        return side and self.joined[i] and self.folded[self.word[i - 1]] == "the" and self._ends_phrase(j)

    # ------------------------------------------------------------------ before a name or job

    def _head(self, j: int) -> int | None:
        """The word that heads the noun phrase of which an adjective that ends before j is part, if a person's."""
        head, k = None, j
        while k < min(self.size, j + 6):
            bits = self.bits[k]
            if not self.joined[k] and not (self._listed(k) and head is None):
                break
            if (row := self.name_at[k]) >= 0:
                k = self.last[row]
                if self.kinds[row] == "person" or not self._goes_on(k - 1):
                    thing = self.kinds[row] == "body" and not self._ends_phrase(k)
                    return None if thing else k - 1
                head = k - 1
                continue
            if bits & _FUNCTION and not bits & _A:
                if self.folded[self.word[k]] in _LINKS and head is None and k + 1 < self.size:
                    k += 1
                    if self.bits[k] & _A or not self.bits[k] & (_FUNCTION | _VERB | _CAPITAL | _SOMEBODY):
                        continue
                break
            if bits & _SOMEBODY and not (bits & _A and self._goes_on(k)):
                head = k
            elif bits & _THING:
                head = None
                if not self._goes_on(k):
                    return None
            elif bits & _VERB and not bits & _A:
                break
            elif head is not None:
                break
            k += 1
            if self.folded[self.word[k - 1]].endswith("'s"):
                break
        if head is not None and self.bits[head] & _BODY and not self._ends_phrase(head + 1):
            return None
        return head

    def _goes_on(self, k: int) -> bool:
        """Whether the noun phrase goes on after word k with another noun or name."""
        if k + 1 >= self.size or not self.joined[k + 1]:
            return False
        return bool(self.bits[k + 1] & (_SOMEBODY | _THING)) or self.name_at[k + 1] >= 0

    def _listed(self, k: int) -> bool:
        """Whether a comma before word k joins it to an adjective before: "nasty, bullying"."""
        return self.gap(k) == ", " and bool(self.bits[k] & _A)

    def _descriptive(self, head: int) -> bool:
        """Whether a head describes by itself, so that the whole noun phrase is the epithet."""
        if self.name_at[head] >= 0 or self.bits[head] & (_PERSON | _BODY) and not self.bits[head] & _N:
            return False
        return bool(self.bits[head] & (_N | _H))

    def _premodifier(self, i: int, j: int, entry: Entry, head: int) -> _Epithet | None:
        if self._affiliation(i, entry, head):
            return None
        first = self._phrase_start(i)
        row = self._named_head(head)
        if row < 0 and self.folded[self.word[head]] in _GENERIC and entry.kind != "identity":
            return self._placed(first, head + 1, head + 1, entry)
        if row >= 0:
            target, mention, span = self.targets[row], row, None
        else:
            target, mention, span = self._role_target(first, j, head)
        return _Epithet(i, j, entry, "premodifier", target, mention, span, self._negated(first))

    def _modifies(self, i: int, j: int, classes: int, head: int) -> bool:
        """Whether words i to j modify the head, and are not a noun or verb of their own."""
        before = self.bits[i - 1] if i and self.joined[i] else 0
        word = self.folded[self.word[i]]
        if word.endswith("ing") and "-" not in word and not before:
            return False
        if (
            word.endswith(("ed", "ing"))
            and j == i + 1
            and before
            and not before & (_DET | _A | _ADVERB | _FUNCTION)
            or self._after_what(i)
        ):
            return False
        if i and self.joined[i] and self.folded[self.word[i - 1]] in _VERB_BEFORE:
            return False
        if not classes & _A:
            if self.bits[i] & _SAID:
                return False
            near = self.name_at[head] >= 0 and self.first[self.name_at[head]] == j or head == j
            return near and not self._plural(j - 1)
        if self.entries[self.word[i]] and self.entries[self.word[i]].kind == "legal":
            return not i or not self.joined[i] or bool(before & (_DET | _A))
        return True

    def _after_what(self, i: int) -> bool:
        return i > 0 and self.joined[i] and self.folded[self.word[i - 1]] == "what"

    def _affiliation(self, i: int, entry: Entry, head: int) -> bool:
        """Whether a modifier says only of which country an office or body is: "British officials"."""
        if entry.kind != "identity" or entry.source == "affix":
            return False
        if self.bits[head] & (_BODY | _PLURAL):
            return True
        return entry.pattern[0].isupper() and entry.pattern in _NATIONS

    def _named_head(self, head: int) -> int:
        """The mention in which a noun phrase ends, or -1."""
        row = self.name_at[head]
        if row < 0 and self._goes_on(head):
            row = self.name_at[head + 1]
        return row

    def _role_target(self, first: int, j: int, head: int) -> tuple[str, int, tuple[int, int] | None]:
        """Whom a noun phrase without a name means: its subject, its neighbour, its holder, else its words."""
        if (subject := self._said_of(first)) is not None:
            return subject
        for row in (self._beside(first), self._introduces(head + 1), self._called(first)):
            if row is not None:
                return self.targets[row], row, None
        row = self.role_at[head]
        if row < 0 and self._in_focus(first, head):
            found = self._last_person(first, self._sex_of(head))
            row = -1 if found is None else found
        if row >= 0:
            return self.targets[row], row, None
        return self._written(j, self._office_end(head + 1))

    def _in_focus(self, first: int, head: int) -> bool:
        """Whether a definite singular noun phrase takes up a person named before: "the outspoken prosecutor"."""
        definite = (
            first > 0 and self.joined[first] and self.folded[self.word[first - 1]] in ("the", "this", "that")
        )
        of = head + 1 < self.size and self.joined[head + 1] and self.folded[self.word[head + 1]] == "of"
        return definite and not of and bool(self.bits[head] & _PERSON) and not self._plural(head)

    def _sex_of(self, head: int) -> str | None:
        word = self.folded[self.word[head]].removesuffix("'s")
        if word.endswith(("woman", "mother", "wife", "daughter", "actress", "girl")):
            return "f"
        return "m" if word.endswith(("man", "father", "husband", "son", "boy")) else None

    def _called(self, first: int) -> int | None:
        """The object of which a noun phrase is said: "called Smith a fraud", "described Smith as a fraud"."""
        k = first - 1
        while k >= 0 and first - k < 3 and (self.bits[k] & _DET or self.folded[self.word[k]] == "as"):
            k -= 1
        if k < 1 or k == first - 1 or self.text[k] != self.text[first]:
            return None
        row = self.name_at[k] if self.name_at[k] >= 0 else self.role_at[k]
        before = self.first[row] - 1 if row >= 0 else k - 1
        if before < 0 or not self.bits[before] & _LABEL:
            return None
        if row >= 0:
            return row
        sex = _OBJECTS.get(self.folded[self.word[k]])
        return self._last_person(k, sex) if sex else None

    def _office_end(self, k: int) -> int:
        """The end of an office with the capitalised words after its "of": Chancellor of the Exchequer."""
        last = k
        if (
            self.bits[k - 1] & _CAPITAL
            and k < self.size
            and self.joined[k]
            and self.folded[self.word[k]] == "of"
        ):
            last = k + 1
            while last < self.size and self.joined[last] and self.folded[self.word[last]] == "the":
                last += 1
            while last < self.size and self.joined[last] and self.bits[last] & _CAPITAL:
                last += 1
        return last if last > k + 1 and self.bits[last - 1] & _CAPITAL else k

    def _written(
        self, first: int, last: int, *, whole: bool = False
    ) -> tuple[str, int, tuple[int, int] | None]:
        """The words of a noun phrase as the target, less descriptions at its head unless ``whole``."""
        while not whole and first < last - 1 and (self.bits[first] & _A or self.bits[first] & _FUNCTION):
            first += 1
        text = self.texts[self.text[first]][self.start[first] : self.end[last - 1]]
        for mark in ("'s", "’s"):
            text = text.removesuffix(mark)
        return text, -1, (first, last)

    # ------------------------------------------------------------------ in a person's place

    def _nominal(self, i: int, j: int, entry: Entry) -> _Epithet | None:
        if not self._ends_phrase(j):
            return None
        first = self._phrase_start(i)
        before = first - 1 if first and self.joined[first] else first
        if self.bits[i] & _A and any(self.folded[self.word[k]] in _DEGREES for k in range(before, i)):
            return None
        if not self._is_noun(first, i, j) or (self.bits[i] & _SAID and not self._asserted(first, i)):
            return None
        if entry.kind == "identity" and not self._said_of(first) and not self._beside(first):
            return None
        last = self._with_complement(first, j)
        return self._placed(first, last, j, entry)

    def _is_noun(self, first: int, i: int, j: int) -> bool:
        """Whether a word that may be a verb or a thing is a person's noun here."""
        if first == 0 or not self.joined[first]:
            return True
        before, bits = self.folded[self.word[first - 1]], self.bits[first - 1]
        if before in _VERB_BEFORE:
            return False
        return bool(
            self._plural(j - 1)
            or bits & _DET
            or before in ("as", "from", "like", "and", "or")
            or before.endswith("'s")
        )

    def _asserted(self, first: int, i: int) -> bool:
        """Whether a noun is said of somebody, beside a name, or has a description of its own."""
        if any(self.bits[k] & _A and self.entries[self.word[k]] for k in range(first, i)):
            return True
        return self._said_of(first) is not None or self._beside(first) is not None

    def _stance(self, i: int, j: int, entry: Entry) -> _Epithet | None:
        """A head that needs what it is for: gun-rights advocate, critic of the mayor."""
        if not self._ends_phrase(j):
            return None
        first = self._phrase_start(i)
        said = [k for k in range(first, i) if not self._says_nothing(k)]
        if not said or not self._is_noun(first, i, j):
            return None
        last = self._with_complement(first, j)
        return self._placed(first, last, j, entry)

    def _says_nothing(self, k: int) -> bool:
        """Whether word k before a head tells nothing of what it is for: "former ally", "American allies"."""
        word, entry = self.folded[self.word[k]], self.entries[self.word[k]]
        return word in _OFFICE_WORDS or (entry is not None and entry.pattern in _NATIONS)

    def _ends_phrase(self, j: int) -> bool:
        """Whether a noun phrase can end before word j."""
        if j >= self.size or not self.joined[j]:
            quoted = j < self.size and self.gap(j) in _QUOTE_GAPS and self.bits[j - 1] & _A
            if not quoted:
                return True
        bits = self.bits[j]
        if self.folded[self.word[j - 1]].endswith("'s"):
            return True
        if bits & (_FUNCTION | _VERB | _BE | _ADVERB):
            return True
        if bits & (_SOMEBODY | _THING) or self.name_at[j] >= 0:
            return False
        if self.bits[j - 1] & _A:
            return False
        if self._plural(j - 1):
            return True
        return self.folded[self.word[j]].endswith(("ed", "ing", "ly", "s"))

    def _phrase_start(self, i: int) -> int:
        """The first word, after any determiner, of the noun phrase whose noun is word i."""
        sure, k, known = i, i, True
        while k > 0 and i - k < 6 and (self.joined[k] or (self.gap(k) == ", " and self.bits[k] & _A)):
            bits, word = self.bits[k - 1], self.folded[self.word[k - 1]]
            if bits & _DET or word.endswith("'s"):
                return k
            if word in _LINKS and k > 1 and self.joined[k - 1] and not self.bits[k - 2] & (_FUNCTION | _VERB):
                linked = self.bits[k] & _A and self.bits[k - 2] & _A
                k, known = k - 1, known and bool(linked)
                continue
            if (bits & _FUNCTION or bits & _VERB) and not bits & _A:
                return k if word in _PREPOSITIONS and word != "to" else sure
            k -= 1
            capital = bits & _CAPITAL and self.joined[k]
            known = known and bool(bits & (_A | _SOMEBODY | _THING | _ADVERB) or capital or "-" in word)
            sure = k if known else sure
        return sure

    def _with_complement(self, first: int, j: int) -> int:
        """The end of the noun phrase with what follows its noun, as far as that is short."""
        if j >= self.size or not self.joined[j] or self.folded[self.word[j]] not in ("of",):
            return j
        most = self.end[j - 1] + 1.5 * (self.end[j - 1] - self.start[first])
        k = j + 1
        while k < self.size and self.joined[k] and self.end[k] <= most:
            if self.bits[k] & (_VERB | _BE) or (self.bits[k] & _FUNCTION and not self.bits[k] & _DET):
                break
            k += 1
        while k > j + 1 and self.bits[k - 1] & (_FUNCTION | _DET):
            k -= 1
        if k > j + 1 and self.name_at[k - 1] >= 0:
            k = self.last[self.name_at[k - 1]]
        return k if k > j + 1 else j

    def _placed(self, first: int, last: int, j: int, entry: Entry) -> _Epithet:
        """An epithet that is a noun phrase, with its form and target by where it stands."""
        negated = self._negated(first)
        if (subject := self._said_of(first)) is not None:
            target, mention, span = subject
            return _Epithet(first, last, entry, "predicative", target, mention, span, negated)
        if (row := self._beside(first)) is not None or (row := self._introduces(last)) is not None:
            return _Epithet(first, last, entry, "appositive", self.targets[row], row, None, negated)
        if (row := self._called(first)) is not None:
            return _Epithet(first, last, entry, "nominal", self.targets[row], row, None, negated)
        target, mention, span = self._stands_for(first, j)
        return _Epithet(first, last, entry, "nominal", target, mention, span, negated)

    def _beside(self, first: int) -> int | None:
        """The mention that a phrase in apposition follows: "Smith, a hard-line conservative"."""
        k = first - 1 if first and self.bits[first - 1] & _DET and self.joined[first] else first
        if k <= 0 or self.gap(k).strip() not in (",", "(", "—", "–", "-"):
            return None
        row = self.name_at[k - 1] if self.name_at[k - 1] >= 0 else self.role_at[k - 1]
        return row if row >= 0 and (k < first or self.bits[first - 1] & _DET) else None

    def _introduces(self, last: int) -> int | None:
        """The mention that follows a phrase after a comma: "A fierce critic of the mayor, Smith"."""
        if last >= self.size or self.gap(last) != ", ":
            return None
        row = self.name_at[last]
        return row if row >= 0 and self.kinds[row] == "person" else None

    def _stands_for(self, first: int, j: int) -> tuple[str, int, tuple[int, int] | None]:
        """Whom a nominal means: one definite person named before, else its own words."""
        before = self.folded[self.word[first - 1]] if first and self.joined[first] else ""
        plural = self._plural(j - 1)
        definite = before in ("the", "this", "that") or (before in ("a", "an") and self._labelled(first))
        if definite and not plural:
            row = self._last_person(first, None)
            if row is not None:
                return self.targets[row], row, None
        if (row := self._example(j)) is not None:
            return self.targets[row], row, None
        return self._written(first, j, whole=True)

    def _example(self, j: int) -> int | None:
        """The name given after "such ... as" or "like": "hypocrites like Smith"."""
        for k in range(j, min(j + 5, self.size - 1)):
            if not self.joined[k]:
                return None
            if self.folded[self.word[k]] in ("as", "like"):
                row = self.name_at[k + 1]
                return row if row >= 0 else None
        return None

    def _labelled(self, first: int) -> bool:
        k = first - 2
        return k >= 0 and (self.folded[self.word[k]] == "as" or bool(self.bits[k] & _LABEL))

    # ------------------------------------------------------------------ said of a subject

    def _predicative(self, i: int, j: int, entry: Entry) -> _Epithet | None:
        if entry.kind == "legal" or self.bits[i] & _STATE:  # "was convicted on Monday", "was angry"
            return None
        if j < self.size and self.joined[j] and not self.bits[j] & (_FUNCTION | _ADVERB):
            return None
        if (subject := self._said_of(i)) is None:
            return None
        target, mention, span = subject
        return _Epithet(i, j, entry, "predicative", target, mention, span, self._negated(i))

    def _plural(self, k: int) -> bool:
        return bool(self.bits[k] & _PLURAL) or self.folded[self.word[k]].removesuffix("'s").endswith("s")

    def _said_of(self, first: int) -> tuple[str, int, tuple[int, int] | None] | None:
        """The subject of which the words from ``first`` on are said with a form of *be*, if a person or body."""
        k = first - 1
        while k > 0 and first - k < 8 and (self.joined[k + 1] or self.gap(k + 1) in (", ", " “", ' "', " ‘")):
            bits = self.bits[k]
            if bits & _BE:
                return self._subject(k)
            word = self.folded[self.word[k]]
            listed = self.gap(k + 1) == ", " and not bits & (_SOMEBODY | _THING | _FUNCTION | _CAPITAL)
            adverbial = (
                bits & (_ADVERB | _A | _LABEL)
                or word in _LINKS
                or word == "as"
                or word.endswith("ly")
                or listed
            )
            if not adverbial and not (bits & _DET and k == first - 1):
                return None
            k -= 1
        return None

    def _subject(self, be: int) -> tuple[str, int, tuple[int, int] | None] | None:
        word = self.folded[self.word[be]]
        if "'" in word and self.bits[be] & _PRONOUN:
            return self._pronoun(be)
        k = be - 1
        while k >= 0 and be - k < 6 and self.joined[k + 1] and self._auxiliary(k):
            k -= 1
        if k < 0 or self.text[k] != self.text[be]:
            return None
        elided = self.gap(k + 1) == ", " or self.folded[self.word[k]] in ("and", "but")
        if elided and not self.bits[k] & _PRONOUN and self.name_at[k] < 0:
            row = self._last_person(k, None)
            return None if row is None else (self.targets[row], row, None)
        if not self.joined[k + 1] and self.gap(k + 1) != ", ":
            return None
        if word.endswith("'s") and len(word) > 2 and not self.bits[be] & _PRONOUN:
            return None
        if self.bits[k] & _PRONOUN:
            return self._pronoun(k)
        row = self.name_at[k] if self.name_at[k] >= 0 else self.role_at[k]
        if row < 0 and not self.bits[k] & (_PERSON | _BODY | _N | _H):
            return None
        start = self._phrase_start(self.first[row] if row >= 0 else k)
        if self._governed(start):
            return None
        return (self.targets[row], row, None) if row >= 0 else self._written(start, k + 1)

    def _auxiliary(self, k: int) -> bool:
        """Whether word k can stand between a subject and its *be*: "would never have been"."""
        word, bits = self.folded[self.word[k]], self.bits[k]
        if bits & _PRONOUN:
            return False
        return bool(bits & (_ADVERB | _BE)) or word in _BETWEEN or word.endswith(("ly", "n't"))

    def _governed(self, first: int) -> bool:
        """Whether a noun phrase stands after a preposition, so that it is no subject: "the trial of Smith"."""
        k = first - 1
        while k >= 0 and first - k < 4 and self.joined[k + 1] and self.bits[k] & (_DET | _CAPITAL):
            k -= 1
        return k >= 0 and self.joined[k + 1] and self.folded[self.word[k]] in _PREPOSITIONS

    def _pronoun(self, k: int) -> tuple[str, int, tuple[int, int] | None] | None:
        word = self.folded[self.word[k]].split("'")[0]
        if word == "who":
            at = k - 1
            if at >= 0 and self.text[at] == self.text[k]:
                row = self.name_at[at] if self.name_at[at] >= 0 else self.role_at[at]
                if row >= 0:
                    return self.targets[row], row, None
                if self.bits[at] & (_PERSON | _BODY | _N | _H):
                    return self._written(self._phrase_start(at), k)
            return None
        sex = "f" if word in _FEMALE else "m" if word in _MALE else None
        if sex is None:
            return self._last_group(k)
        row = self._last_person(k, sex)
        return (self.targets[row], row, None) if row is not None else (word, -1, (k, k + 1))

    def _last_person(self, k: int, sex: str | None) -> int | None:
        """The person named before word k in its text, of that sex where known: a subject before others."""
        at = bisect_right(self.people_first, k) - 1
        nearest = None
        for back in range(at, max(at - 10, -1), -1):
            row = self.people[back]
            if self.text[self.first[row]] != self.text[k] or k - self.first[row] > 150:
                break
            if self.last[row] > k or (sex and self.sexes[row] not in (None, sex)):
                continue
            nearest = row if nearest is None else nearest
            if self._is_subject(row):
                return row
        return nearest

    def _last_group(self, k: int) -> tuple[str, int, tuple[int, int] | None]:
        """What *they* before word k most likely are: the last group or plural noun before, else itself."""
        for at in range(k - 1, max(k - 40, -1), -1):
            if self.text[at] != self.text[k]:
                break
            row = self.name_at[at]
            if row >= 0 and self.kinds[row] == "group":
                return self.targets[row], row, None
            if self.bits[at] & _PLURAL and self.bits[at] & _SOMEBODY:
                return self._written(self._phrase_start(at), at + 1)
        return self.folded[self.word[k]].split("'")[0], -1, (k, k + 1)

    def _is_subject(self, row: int) -> bool:
        """Whether a mention is followed by a verb and not governed by a preposition."""
        i, j = self.first[row], self.last[row]
        if j >= self.size or not self.joined[j] or self.folded[self.word[j - 1]].endswith("'s"):
            return False
        if i and self.joined[i] and self.folded[self.word[i - 1]] in _PREPOSITIONS:
            return False
        after = self.folded[self.word[j]]
        if self.bits[j] & _ADVERB and j + 1 < self.size and self.joined[j + 1]:
            after = self.folded[self.word[j + 1]]
        return bool(self.bits[j] & (_VERB | _BE)) or after in _AUXILIARIES or after.endswith("ed")

    def _negated(self, first: int) -> bool:
        for k in range(first - 1, max(first - 4, -1), -1):
            if not self.joined[k + 1]:
                return False
            word = self.folded[self.word[k]]
            if word in _NEGATIONS or word.endswith("n't"):
                return True
            if not self.bits[k] & (_ADVERB | _DET | _BE):
                return False
        return False

    def target_span(self, found: _Epithet) -> tuple[int | None, int | None]:
        """Where the target stands in the text of the epithet, if it does."""
        if found.mention >= 0:
            i, j = self.first[found.mention], self.last[found.mention]
        elif found.target_words:
            i, j = found.target_words
        else:
            return None, None
        return self.start[i], self.end[j - 1]


_NATIONS = frozenset(
    "Irish Scottish Welsh English British American Mexican Cuban Canadian French German Italian Spanish Polish"
    " Russian Ukrainian Chinese Japanese Korean Vietnamese Indian Pakistani Bangladeshi Afghan Iranian Iraqi Syrian"
    " Lebanese Israeli Palestinian Egyptian Saudi Somali Ethiopian Nigerian Kenyan Haitian Salvadoran Guatemalan"
    " Honduran Turkish Romanian Albanian Serbian Filipino Swedish Norwegian Danish Dutch Australian Southern".split()
)
