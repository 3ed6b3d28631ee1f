"""Noun phrases of a batch: where they begin and end, what heads them, of whom they are said.

documents + mentions  ->  Passage (words with their classes and mentions)  ->  heads, subjects, people in focus

No parser: classes of words (:mod:`analysis.descriptions`), the spaces and commas between them, and the
mentions decide. Every walk is over a few words, so that the time is linear in the candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import tokens
from .descriptions import Class, Entry, described, vocabulary
from .names import lists

ADJECTIVE, NOUN, HEAD = int(Class.ADJECTIVE), int(Class.NOUN), int(Class.STANCE_HEAD)
PERSON, BODY, THING = int(Class.PERSON), int(Class.BODY), int(Class.THING)
BE, LABEL, ADVERB, FUNCTION = int(Class.BE), int(Class.LABEL), int(Class.ADVERB), int(Class.FUNCTION)
VERB, FIRST, DETERMINER, PLURAL = int(Class.VERB), int(Class.FIRST), int(Class.DETERMINER), int(Class.PLURAL)
PRONOUN, CAPITAL, STATE, SAID = int(Class.PRONOUN), int(Class.CAPITAL), int(Class.STATE), int(Class.SAID)
PLAIN, METAPHOR = int(Class.PLAIN), int(Class.METAPHOR)
SOMEBODY = PERSON | BODY | NOUN | HEAD

PREPOSITIONS = frozenset("of in for on to at from with by about against into over under between like".split())
LINKS = frozenset(("and", "or", "but", "yet"))
_AUXILIARIES = frozenset(
    "has have had will would can could should may might must does did do who himself herself".split()
)
_BEFORE_BE = _AUXILIARIES - {"who", "himself", "herself"} | frozenset(
    "having to not proving proved proven turned out".split()
)
_NEGATIONS = frozenset("not never no neither nor hardly scarcely barely".split())
_RELATIVES = frozenset("who whose whom which that where when who'd who'll".split())
_SAID = frozenset("said says added wrote writes tweeted replied".split())
_ANYBODY = frozenset("people those person man woman men women".split())
_RESTRICTS = frozenset("who he she they we".split())
_REFLEXIVES = frozenset("himself herself itself themselves".split())
_HEDGES = frozenset("nothing anything something than".split())
"""Between *be* and what is said: "little more than a", "nothing but a"."""
_CLAUSE_STARTS = frozenset(("", "that", "and", "but", "because", "if", "when", "as"))
_TAILS = frozenset("of for in to against within among on".split())
_PLURALS = frozenset("people police men women children youth".split())
_TURNS = re.compile(
    r"(?:turn|morph|evolve|devolve|degenerate|transform|grow|change|develop|mutate)(?:s|d|ed|ing)?$|grew$|grown$"
)
"""Verbs that with "into" say what somebody has become."""
_FIRST_PERSON = frozenset(("i",))
_FEMALE_ENDS = ("woman", "mother", "wife", "daughter", "sister", "actress", "girl", "lady")
_MALE_ENDS = ("man", "father", "husband", "son", "brother", "boy", "gentleman")
_QUOTED_GAPS = frozenset(('" ', "” ", "’ ", "' "))
_OPENING_GAPS = frozenset((' "', " “", " ‘", " '"))
_BESIDE = frozenset((" ", ", ", ") ", "), "))
_STOP = re.compile(r"[.!?;:\n“”\"]")
"""What may and may not stand between a noun and what is said of it."""
_SENTENCE_END = re.compile(r"[.!?][”’\")]*\s")
_LIST_GAP = re.compile(r"[ ,“”\"'‘’]{2,4}")
"""What may stand between the parts of a predicate besides a space: commas and quotation marks."""


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    """Nouns for offices: what the titles before names stand for."""
    return frozenset(title.lower() for title in lists().titles.values())


_STRIDE = 1 << 40  # more than any document is long


class Target(NamedTuple):
    """Whom a phrase means: a name or words, the row of ``mentions``, and the words it is written in."""

    name: str
    mention: int = -1
    words: tuple[int, int] | None = None


class Passage:
    """The words of some documents, their classes (``bits``), and the mentions among them.

    ``voices``: a table of `voices`, where it is known who speaks inside which quotation marks.
    """

    def __init__(
        self, documents: pd.DataFrame, mentions: pd.DataFrame, voices: pd.DataFrame | None = None
    ) -> None:
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
        self._speakers: list[str] = []
        self._spoken = np.zeros((2, 0), np.int64)
        if voices is not None and len(voices):
            self._place_speakers(documents, voices)

    def _place_speakers(self, documents: pd.DataFrame, voices: pd.DataFrame) -> None:
        """Quotations with a speaker: where each starts and ends, as one number over all documents."""
        rows = voices[(voices["voice"] == "direct") & voices["speaker"].notna()]
        self._speakers = rows["speaker"].tolist()
        keys = pd.MultiIndex.from_frame(documents[["article_id", "field"]])
        document = keys.get_indexer(pd.MultiIndex.from_frame(rows[["article_id", "field"]])).astype(np.int64)
        places = [document * _STRIDE + rows[edge].to_numpy(np.int64) for edge in ("start", "end")]
        self._spoken = np.array(places).reshape(2, -1)

    def speaker(self, k: int) -> str:
        """Who says word k in quotation marks, or nothing."""
        at = self.text[k] * _STRIDE + self.start[k]
        row = int(np.searchsorted(self._spoken[0], at, "right")) - 1
        return self._speakers[row] if row >= 0 and at < self._spoken[1, row] else ""

    def _speaks(self, row: int, k: int) -> bool:
        """Whether the person of a mention says word k, and so is neither the "he" nor the "mayor" in it."""
        speaker = self.speaker(k) if self._speakers else ""
        return bool(speaker) and speaker.split()[-1] == self.targets[row].split()[-1]

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
        self._people = [row for row, kind in enumerate(self.kinds) if kind == "person"]
        self._named: dict[tuple[int, str], list[int]] | None = None
        self._called: dict[tuple[int, str], frozenset[str]] = {}
        self._people_first = [self.first[row] for row in self._people]

    # ------------------------------------------------------------------ words

    def word(self, i: int) -> str:
        """Word i in lower case, without a possessive 's."""
        return self._bare[self._word[i]]

    def full_word(self, i: int) -> str:
        """Word i in lower case as it stands."""
        return self.folded[self._word[i]]

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

    def gap(self, i: int) -> str:
        """What stands between word i and the one before it in its text."""
        if i <= 0 or i >= self.size or self.text[i - 1] != self.text[i]:
            return "\n"
        return self.texts[self.text[i]][self.end[i - 1] : self.start[i]]

    def opens(self, i: int) -> bool:
        """Whether word i opens a sentence or quotation, so that its capital says nothing."""
        return any(mark in self.gap(i) for mark in '.!?:;\n"“‘—–')

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
                if entry.kind or entry.pattern[0].islower() or self.bits[i] & CAPITAL:
                    return entry, i + len(words)
        return self.entry(i), i + 1

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

    # ------------------------------------------------------------------ phrases

    def head(self, j: int, *, linked: bool = True) -> int | None:
        """The word that heads the noun phrase an adjective that ends before word j is part of, if somebody.

        The last word of a name, or the last noun for a person or body; ``None`` where a thing heads it.
        ``linked``: whether "and" may join another adjective.
        """
        head, k = None, j
        if self.gap(j) in _QUOTED_GAPS and self.bits[j] & (PERSON | BODY) and self.ends(j + 1):
            return j  # the “law and order” president
        while k < min(self.size, j + 6) and (self.joined[k] or (head is None and self._listed(k))):
            bits = self.bits[k]
            if (row := self.name_at[k]) >= 0:
                head, k = self.last[row] - 1, self.last[row]
                if self.kinds[row] == "person" and self.after(k) and self.bits[k] & BODY and self.ends(k + 1):
                    return k  # "the Fry administration"
                if self.kinds[row] == "person" or not self._goes_on(head):
                    return None if self.kinds[row] == "body" and not self.ends(k) else head
                continue
            if bits & FUNCTION and not bits & ADJECTIVE:
                if head is not None or not (linked and self._links(k)):
                    break
            elif bits & SOMEBODY and not (
                bits & ADJECTIVE and (not self.ends(k + 1) or self._follows_link(k))
            ):
                head = k
            elif bits & THING:
                head = None
                if not self._goes_on(k):
                    return None
            elif head is not None or (bits & (VERB | BE | LABEL) and not bits & ADJECTIVE):
                break
            k += 1
            if self.possessive(k - 1):
                break
        if head is not None and self.bits[head] & BODY and not self.ends(head + 1):
            return None
        if (
            head is not None
            and self.name_at[head] < 0
            and self.bits[head] & PERSON
            and self.gap(head + 1) in _OPENING_GAPS
        ):
            return None  # the hapless minister “reform” law
        return head

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
        if bits & THING and not self.plural(j - 1) and not self.plural(j):
            return False  # "sneak attack": the verb of a singular noun would end in -s
        if bits & (FUNCTION | VERB | BE | ADVERB):
            return True
        if bits & (SOMEBODY | THING) or self.name_at[j] >= 0 or after_adjective:
            return False
        return self.plural(j - 1) or self.full_word(j).endswith(("ed", "ing", "ly"))

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
            if k < i + 1 and self._like_verb(k - 1):
                return sure
            k -= 1
            plain = bits & (ADJECTIVE | SOMEBODY | THING | ADVERB) or "-" in word
            known = known and bool(plain or (bits & CAPITAL and self.joined[k]) or self.name_at[k] >= 0)
            sure = k if known else sure
        return sure

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
        most = self.end[j - 1] + max(2 * (self.end[j - 1] - self.start[first]), 20)
        k = j + 1
        while k - j < 12 and self.after(k) and not self._closes(k, j):
            if self.end[k] > most and not self._unfinished(k):
                break
            k += 1
        while k > j + 1 and self.bits[k - 1] & (FUNCTION | DETERMINER):
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
            if self.bits[k] & BE or (k == last and self.bits[k] & VERB):
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

    def written(self, first: int, last: int, *, whole: bool = False) -> Target:
        """The words of a noun phrase as a target, less descriptions at its head unless ``whole``."""
        while not whole and first < last - 1 and (self.bits[first] & FUNCTION or self._describes(first)):
            first += 1
        text = self.texts[self.text[first]][self.start[first] : self.end[last - 1]]
        return Target(text.removesuffix("'s").removesuffix("’s"), -1, (first, last))

    def _describes(self, i: int) -> bool:
        return bool(self.bits[i] & ADJECTIVE) and self.entry(i) is not None

    # ------------------------------------------------------------------ who is meant

    def named(self, row: int) -> Target:
        """The target of a mention."""
        return Target(self.targets[row], row)

    def at(self, k: int) -> int:
        """The mention that word k is part of (of a description: its last word), or -1."""
        return self.name_at[k] if self.name_at[k] >= 0 else self.role_at[k]

    def said_of(self, first: int) -> Target | None:
        """The subject of which the words from ``first`` on are said with a form of *be*, if somebody."""
        return self._said_of(first) or ((other := self.conjunct(first)) and self._said_of(other)) or None

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
        while k > 0 and first - k < 10 and (self.joined[k + 1] or _LIST_GAP.fullmatch(self.gap(k + 1))):
            bits, word = self.bits[k], self.full_word(k)
            if bits & BE:
                return self._subject(k)
            listed = listed or "," in self.gap(k + 1)
            another = k < first - 1 and self.bits[k + 1] & DETERMINER and self.gap(k + 1) == ", "
            if depth and another and bits & SOMEBODY and self.name_at[k] < 0:
                return self._said_in_list(self.begin(k), depth - 1)
            unknown = listed and not bits & (SOMEBODY | THING | FUNCTION | CAPITAL | VERB)
            passes = (
                bits & (ADVERB | ADJECTIVE | LABEL) or word in LINKS or word == "as" or word.endswith("ly")
            )
            edge = bits & DETERMINER or self.possessive(k)
            if word in _REFLEXIVES and self.joined[k + 1]:
                near = self._acting(k)
                return near or (self.group_in_focus(k) if word == "themselves" else self._pronoun(k))
            hedges = word in _HEDGES or (word == "of" and self.before(k) in ("something", "bit"))
            if word == "into" and self.joined[k] and _TURNS.match(self.full_word(k - 1)):
                return self._subject(k - 1)
            if not (passes or unknown or hedges) and not (edge and k >= first - 2):
                return None
            k -= 1
        return None

    def _subject(self, be: int) -> Target | None:
        """The subject of the *be* at word ``be``, if a person, group or body."""
        if "'" in self.full_word(be) and self.bits[be] & PRONOUN:
            return self._pronoun(be)
        if self.full_word(be) == "i'm":
            return Target("I", -1, (be, be + 1))
        k = be - 1
        while k >= 0 and be - k < 6 and self.joined[k + 1] and self._before_be(k):
            k -= 1
        if k < 0 or self.text[k] != self.text[be]:
            return None
        if self.full_word(k) == "that" and self.joined[k + 1]:
            return self._antecedent(k)
        if self.bits[k] & PRONOUN and self.joined[k + 1]:
            return self._pronoun(k)
        if self.full_word(k) in _FIRST_PERSON and self.joined[k + 1]:
            return Target(self.full_word(k)[0].upper(), -1, (k, k + 1))
        row = self.at(k)
        if self.full_word(k) in ("this", "it", "these", "there", "what", "which"):
            return None
        if self.full_word(k) in ("left", "right") and self.before(k) == "the":
            return self.written(k, k + 1)
        if row < 0 and (self.gap(k + 1) == ", " or self.full_word(k) in LINKS):
            return self.in_focus(k, None)
        if not self.joined[k + 1] and self.gap(k + 1) != ", ":
            return None
        if row < 0 and (country := self.country(k)):
            return country
        if row < 0 and not self.bits[k] & SOMEBODY:
            thing = self.bits_before(k) & DETERMINER and self.before(k - 1) in _CLAUSE_STARTS  # "the idea is"
            return self._headed(k) if self.joined[k + 1] and not thing else None
        first = self.begin(self.first[row] if row >= 0 else k)
        if self._governed(first):
            return self._headed(k) if self.joined[k + 1] else None
        if row >= 0:
            return self.named(row)
        definite = self.bits[k] & PERSON and self.before(first) == "the" and not self.plural(k)
        return (self.holder(first, k) if definite else None) or self.written(first, k + 1)

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

    def _before_be(self, k: int) -> bool:
        """Whether word k can stand between a subject and its *be*: "would never have been"."""
        word, bits = self.full_word(k), self.bits[k]
        return not bits & PRONOUN and (
            bool(bits & (ADVERB | BE)) or word in _BEFORE_BE or word.endswith(("ly", "n't"))
        )

    def _governed(self, first: int) -> bool:
        """Whether a noun phrase stands after a preposition, so that it is no subject: "the trial of Smith"."""
        k = first
        while k > 0 and first - k < 3 and self.bits_before(k) & (DETERMINER | CAPITAL):
            k -= 1
        return self.before(k) in PREPOSITIONS

    def _pronoun(self, k: int) -> Target | None:
        word = self.full_word(k).split("'")[0]
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

    def _restricted(self, first: int, head: int) -> Target:
        """A noun phrase as written, with what tells which people are meant: "people *who moved away*"."""
        k = head + 1
        if self.word(head) in _ANYBODY and (
            self.after(k) in _RESTRICTS or self.after(k).endswith(("ing", "ed"))
        ):
            while (
                k - head < 7
                and self.after(k)
                and not self.bits[k] & BE
                and (k < head + 3 or not self.bits[k] & VERB)
            ):
                k += 1
        return self.written(first, k, whole=k > head + 1)

    def _headed(self, k: int) -> Target | None:
        """Somebody whose phrase goes on up to word k: "the *leader* of the revolt", "*those* who voted against it"."""
        for at in range(k, max(k - 12, 0), -1):
            if self.text[at - 1] != self.text[k] or _STOP.search(self.gap(at)):
                return None
            word = self.full_word(at)
            if word.endswith(("ing", "ed")) and self.word(at - 1) in _ANYBODY:
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
        return not _STOP.search(between) and ", who " not in between

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

    def in_focus(self, k: int, sex: str | None, *, near: bool = False) -> Target | None:
        """The person named before word k in its text, of that sex where known: a subject before others.

        ``near``: the last named who does not stand after a preposition comes first, subject or not.
        """
        best, rank = -1, -1
        at = bisect_right(self._people_first, k) - 1
        for row in reversed(self._people[max(at - 9, 0) : at + 1]):
            if self.text[self.first[row]] != self.text[k] or k - self.first[row] > 150:
                break
            if self.last[row] > k or (sex and self.sexes[row] not in (None, sex)) or self._attributive(row):
                continue
            if self._speaks(row, k):
                continue
            stands_out = self._is_subject(row) or (near and not self._is_governed(row))
            fits = 2 * (sex is not None and self.sexes[row] == sex) + stands_out
            if fits > rank:
                best, rank = row, fits
        return self.named(best) if best >= 0 else None

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

    def _attributive(self, row: int) -> bool:
        """Whether a name modifies the noun after it, so that nobody is in focus: "the *Fry* strike"."""
        j = self.last[row]
        if self.gap(j) == "/":
            return True  # a picture's credit: "(Ann Fry/Reuters)"
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
        after = self.after(j + 1) if self.bits[j] & ADVERB and self.after(j + 1) else self.full_word(j)
        return bool(self.bits[j] & (VERB | BE)) or after in _AUXILIARIES or after.endswith("ed")

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
