"""The words with which people are described: lists and affixes, as classes of the words of a batch.

corpus/epithet_patterns.csv + the loaded lexicons and masks  ->  Vocabulary  ->  class bits of each word

A list says what a word can do (describe somebody, name a job, join two others); where it does, is for
:mod:`analysis.epithets` to find out. Of words that no list holds, ``corpus/word_classes.csv`` says which are
nouns for things and which are verbs, so that a noun phrase is read to its end.
"""

from __future__ import annotations

import csv
import re
from enum import IntFlag
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from . import lexicons
from .corpus import DATA
from .patterns import expand, inflections, words_of
from .schema import KINDS


class Class(IntFlag):
    """What a word can be; a word may be several."""

    ADJECTIVE = 1  # describes the noun it stands before, or a subject
    NOUN = 2  # describes the person it stands for
    STANCE_HEAD = 4  # does so together with what it is for: gun-rights advocate
    PERSON = 8
    BODY = 16
    THING = 32
    BE = 64
    LABEL = 128
    ADVERB = 256
    FUNCTION = 512
    VERB = 1024
    FIRST = 2048  # may begin an entry of several words
    DETERMINER = 4096
    PLURAL = 8192
    PRONOUN = 16384
    CAPITAL = 32768  # of the form as written, not of the word
    STATE = 65536  # an adjective that describes before a noun only: the angry mayor, not "was angry"
    SAID = 131072  # a noun that describes only where it is said of somebody: "is a disaster"
    METAPHOR = 524288  # a thing that describes where it is said of a person: "is a nightmare"
    PLAIN = 262144  # a standing or job, which does not describe the name after it: lobbyist Ann Fry


class Entry(NamedTuple):
    """An entry of a list that describes: ``pattern`` as listed, ``source`` the list; mask: ``kind`` is ""."""

    pattern: str
    kind: str
    polarity: str
    classes: Class
    source: str


class Vocabulary(NamedTuple):
    """All lists: classes and entries of single words, entries of several by their first two words, affixes.

    ``ordinary``: nouns for things and verbs, for words that no list holds.
    """

    classes: dict[str, Class]
    entries: dict[str, Entry]
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]]
    suffixes: dict[str, Entry]
    prefixes: dict[str, Entry]
    ordinary: dict[str, Class]


_CATEGORIES = {
    "adjective": Class.ADJECTIVE,
    "state": Class.ADJECTIVE | Class.STATE,
    "noun": Class.NOUN,
    "noun_said": Class.NOUN | Class.SAID,
    "stance_head": Class.STANCE_HEAD,
    "metaphor": Class.METAPHOR | Class.THING,
    "person": Class.PERSON,
    "body": Class.BODY,
    "thing": Class.THING,
    "modifier": Class.ADJECTIVE,  # and no entry: it tells nothing
    "be": Class.BE,
    "label": Class.LABEL,
    "adverb": Class.ADVERB,
    "function": Class.FUNCTION,
    "verb": Class.VERB,
}
_NOUNS = Class.NOUN | Class.STANCE_HEAD | Class.PERSON | Class.BODY | Class.THING
_KNOWN = Class.FUNCTION | Class.PERSON | Class.BODY | Class.THING | Class.VERB
_DESCRIBES = Class.ADJECTIVE | Class.NOUN | Class.STANCE_HEAD | Class.METAPHOR
_DETERMINERS = frozenset(
    "a an the this that these those his her its their our your my some many most such no every each another any"
    " several few both all one two three four five hundred hundreds dozens thousands million whose certain various"
    " numerous countless".split()
)
_PRONOUNS = frozenset("he she they who he's she's they're who's himself herself".split())
_SIDE = re.compile(r"\b(?:left|right)(?=[- ]|wing|ist|$|/)")
_INFLECTION = re.compile(r"/[vna]\b")
_ABSTRACT = re.compile(r"^\S*(?:isms?|ity|ness|cy|tion|ance|ence|ery|dom|ude|ment)$", re.IGNORECASE)
"""Single words for qualities and doctrines: in a lexicon, but nobody is called them."""
_AGENT = re.compile(r"[a-z]+(?:-[a-z]+)*-[a-z]{3,}(?:ers?|ors?)$")
"""By form alone: someone who does something to something, such as ``bridge-builder``."""
_FORMAL = re.compile(
    r"(?:co|vice|ex|then|acting|former|future|deputy|soon|would|sub|non|re|pre|inter|multi|counter|post|mid|all|attorney|cross|over|under|by|one|two|three|four)-|.*-(?:year|quarter"
    r"|order|over|under|after|ever|other|number|letter|paper|power|summer|winter|water|october|november|december"
    r"|september|dinner|offer|center|color|career|cover|chapter|member|master|minister|owner|winner|earner|worker"
    r"|officer|maker|taker|tier|floor|door|holder|keeper|leader|former|corner|border|computer|counter|header|mother"
    r"|father|brother|sister|daughter|teacher|manager|player|producer|producers|runner|seeker|goer|user|hour|hours|meter|raiser|scraper|printer|filter|dryer|cooler|heater|charger|chamber|timer|sector|kilometer|getter|reader|trailer|grader|gamer|ledger)s?$"
)
_PEOPLE = re.compile(r"[a-z]{4,}(?:ologist|ician|arian|iatrist|onomist|ographer)s?$")
"""By form alone: people of a trade or persuasion."""
_ADJECTIVE = re.compile(r"[a-z]+(?:-[a-z]+)*(?:ous|ful|less|ish|ive|able|ible|some|esque|like)$")
"""By form alone: an adjective with an ending that judges more often than it sorts."""
_BAD = re.compile(r"(?:un|in|im|ir|il|dis|mis|over|ill-|ob|de)[a-z-]+|.*(?:less|ish)$")
_GOOD = re.compile(r".*ful$")
_AFFIX = re.compile(r"-|crats?$|tards?$|^über|esque$|(?:ist|ian|er)s?$")


@cache
def vocabulary() -> Vocabulary:
    """The bundled lists: those of ``corpus/epithet_patterns.csv``, the lexicons of the five kinds, masks."""
    found = Vocabulary({}, {}, {}, {}, {}, _ordinary())
    own = _own_patterns()
    for category in ("function", *(c for c in own if c not in ("function", "plain", "ignored"))):
        for row in own[category]:
            _add_pattern(found, row)
    ignored = {row["pattern"].lower() for row in own["ignored"]}
    for name, lexicon in lexicons.load_lexicons().items():
        for pattern, polarity in _mirrored(lexicon.entries) if name in KINDS else ():
            if _INFLECTION.sub("", pattern).lower() not in ignored and not _ABSTRACT.search(pattern):
                _add_entry(found, pattern, name, polarity, _classes_of(found, pattern), name)
    for pattern in lexicons.load_masks().entries["pattern"]:
        _add_entry(found, pattern, "", "neutral", Class(0), "mask")
    for row in own["plain"]:
        for word in inflections(row["pattern"], "n"):
            if found.classes.get(word, Class(0)) & Class.NOUN:
                found.classes[word] |= Class.SAID | Class.PLAIN
    for phrases in found.phrases.values():
        phrases.sort(key=lambda p: -len(p[0]))
    return found


def _ordinary() -> dict[str, Class]:
    """Words of ``corpus/word_classes.csv`` that are nouns for things or verbs."""
    found: dict[str, Class] = {}
    with open(DATA / "word_classes.csv", encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["noun"]:
                found[row["word"]] = Class.THING
            elif row["verb"]:
                found[row["word"]] = Class.VERB
    return found


def _own_patterns() -> dict[str, list[dict[str, str]]]:
    """The rows of ``corpus/epithet_patterns.csv`` by category, in the file's order."""
    rows: dict[str, list[dict[str, str]]] = {}
    with open(DATA / "epithet_patterns.csv", encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows.setdefault(row["category"], []).append(row)
    return rows


def _mirrored(entries: pd.DataFrame) -> list[tuple[str, str]]:
    """Patterns with their polarity, and the same for the other side where a list names one side only."""
    given = dict(zip(entries["pattern"], entries["polarity"], strict=True))
    other = {_SIDE.sub(_other_side, pattern): polarity for pattern, polarity in given.items()}
    return list((other | given).items())


def _other_side(found: re.Match[str]) -> str:
    return "right" if found.group() == "left" else "left"


def _add_pattern(found: Vocabulary, row: dict[str, str]) -> None:
    pattern, category = row["pattern"], row["category"]
    if category == "mask":
        _add_entry(found, pattern, "", "neutral", Class(0), "mask")
        return
    if category in ("suffix", "prefix"):
        entry = Entry(pattern, row["kind"], row["polarity"], Class.ADJECTIVE, "affix")
        (found.suffixes if category == "suffix" else found.prefixes)[pattern.replace("–", "-")] = entry
        return
    classes = _CATEGORIES[category]
    if row["kind"]:
        noun = "/n" if classes & _NOUNS else ""
        _add_entry(found, pattern + noun, row["kind"], row["polarity"], classes, "patterns")
        return
    words = [pattern.lower()]
    if classes & _NOUNS:
        words = inflections(words[0], "n")
    for word in words:
        if " " in word:
            _add_phrase(found, tuple(word.split()), Entry(word, "", "neutral", classes, "patterns"))
        else:
            found.classes[word] = found.classes.get(word, Class(0)) | classes
    if classes & _NOUNS:
        for word in words[1:]:
            if " " not in word and word != words[0]:
                found.classes[word] |= Class.PLURAL


def _classes_of(found: Vocabulary, pattern: str) -> Class:
    """Adjective or noun, as a lexicon's pattern shows: nouns are marked in it."""
    last = words_of(pattern)[-1]
    if last[1] == "v":
        return Class(0)
    known = found.classes.get(last[0].lower(), Class(0))
    several = len(pattern.split()) > 1 and known & (Class.PERSON | Class.BODY)
    noun = last[1] == "n" or known & Class.NOUN or several
    return Class.NOUN if noun else Class.ADJECTIVE


def _add_entry(
    found: Vocabulary, pattern: str, kind: str, polarity: str, classes: Class, source: str
) -> None:
    if kind and not classes & _DESCRIBES:
        return
    last = words_of(pattern)[-1][0].lower()
    if kind and source != "patterns" and found.classes.get(last, Class(0)) & Class.FUNCTION:
        return  # "advocate for": the noun is an entry of its own
    entry = Entry(pattern, kind, polarity, classes, source)
    plurals = _plurals(pattern) if classes & _NOUNS else frozenset()
    for sequence in expand(pattern):
        words = tuple(w.lower() for w in sequence)
        if pattern.endswith("/a") and words[-1].endswith("ly") and not pattern.endswith("ly/a"):
            continue  # the adverb describes what was done
        if "*" in "".join(words):
            _add_affix(found, words, entry)
        elif len(words) > 1 or not kind:
            _add_phrase(found, words, entry)
        else:
            known = found.entries.get(words[0])
            found.classes[words[0]] = found.classes.get(words[0], Class(0)) | classes
            if words[-1] in plurals:
                found.classes[words[0]] |= Class.PLURAL
            if known is None or (source != "patterns" and known.kind == kind):
                known_tone = known.polarity if known else "neutral"
                found.entries[words[0]] = (
                    entry._replace(polarity=known_tone) if polarity == "neutral" else entry
                )


def _plurals(pattern: str) -> frozenset[str]:
    word, inflection = words_of(pattern)[-1]
    return frozenset(inflections(word.lower(), "n")[1:]) if inflection == "n" else frozenset()


def _add_affix(found: Vocabulary, words: tuple[str, ...], entry: Entry) -> None:
    if len(words) == 1 and words[0].startswith("*"):
        found.suffixes[words[0][1:]] = entry
    elif len(words) == 1 and words[0].endswith("-*"):
        found.prefixes[words[0][:-1]] = entry


def _add_phrase(found: Vocabulary, words: tuple[str, ...], entry: Entry) -> None:
    if entry.kind or entry.source == "mask":
        found.phrases.setdefault((words[0], words[1] if len(words) > 1 else ""), []).append((words, entry))
    found.classes[words[0]] = found.classes.get(words[0], Class(0)) | Class.FIRST


@lru_cache(maxsize=1 << 17)
def described(word: str) -> tuple[Class, Entry | None]:
    """Classes of a word in lower case, and the entry by which it describes: from a list, or by its affix.

    >>> described("tax-hiking")[1].kind, described("anti-widget")[1].kind, described("table")[1]
    ('stance', 'stance', None)
    """
    known = vocabulary()
    bare = word[:-2] if word.endswith("'s") else word
    classes = known.classes.get(word, Class(0)) or known.classes.get(bare, Class(0))
    entry = known.entries.get(word) or known.entries.get(bare)
    if bare in _DETERMINERS:
        classes |= Class.DETERMINER
    if bare in _PRONOUNS or word in _PRONOUNS:
        classes |= Class.PRONOUN
    if entry is None and not classes & _KNOWN and _AFFIX.search(bare):
        if entry := _by_affix(known, bare):
            classes |= Class.NOUN if entry.pattern.startswith(("-crat", "-tard")) else entry.classes
        elif _PEOPLE.match(bare):
            classes |= Class.PERSON | (Class.PLURAL if bare.endswith("s") else Class(0))
        elif _AGENT.match(bare) and not _FORMAL.match(bare):
            entry = Entry("-er", "evaluative", "neutral", Class.NOUN, "form")
            classes |= Class.NOUN | (Class.PLURAL if bare.endswith("s") else Class(0))
    if entry is None and not classes and len(bare) > 5 and _ADJECTIVE.match(bare):
        entry = Entry("-ous", "evaluative", _tone(bare), Class.ADJECTIVE, "form")
        classes = Class.ADJECTIVE
    if entry is None and not classes:
        classes = known.ordinary.get(bare, Class(0))
    return classes, entry


def _tone(word: str) -> str:
    """The polarity that an adjective's form suggests: "un-" and "-less" negative, "-ful" positive."""
    return "negative" if _BAD.match(word) else "positive" if _GOOD.match(word) else "neutral"


_LONGEST_WORD = 60  # no longer word is one: every cut of it would be looked up


def _by_affix(known: Vocabulary, word: str) -> Entry | None:
    if word[0].isdigit() or len(word) > _LONGEST_WORD:
        return None
    for at in range(1, len(word) - 1):
        if entry := known.suffixes.get(word[at:]) or known.suffixes.get("-" + word[at:]):
            hyphen = word[at] == "-" or entry.pattern.startswith(("-crat", "-tard", "-esque"))
            if hyphen:
                return entry
    for at in range(len(word) - 2, 2, -1):
        if entry := known.prefixes.get(word[:at]):
            return entry
    return None
