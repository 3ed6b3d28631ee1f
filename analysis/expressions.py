"""Reporting expressions, and the small words of English that tell where a clause begins and ends.

``corpus/cues.csv`` -> for each distinct word of a batch: its tags, and the expressions it may begin

``corpus/cues.csv`` has one row an expression and part of speech: ``class`` as in the annotation guide;
``act`` (speech, thought, intent, or evidence such as *the poll shows*); ``takes``, what may follow (clause,
that: a clause only right after the cue and with the word *that*, person, ask, to, object, as);
``per_million``, how often these rules find it in a million words of 2,400 AllSides articles (Baly et al.
2020); ``polnear``, in how many annotated cues of PolNeAR (Newell et al. 2018) it occurs.
``corpus/word_classes.csv`` has the words in lower case that stand as finite verbs at least half the time
in MASC (American National Corpus), with their count and that share.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from .corpus import DATA
from .patterns import inflections, spellings

(
    CAPITAL,
    DETERMINER,
    SUBJECT,
    OBJECT,
    AUXILIARY,
    BE,
    ADVERB,
    PREPOSITION,
    CONJUNCTION,
    SUBORDINATOR,
    TIME,
    PLURAL,
    NUMBER,
    POSSESSIVE,
    VERB,
    VERB,
) = (1 << n for n in range(16))
"""Tags of a word; one may have several (*her* is a determiner and an object)."""

_TAGGED = {
    DETERMINER: "a an the this that these those his her its their my our your whose some any no every each another"
    " either such many"
    " several few all both most more one two three four five six seven eight nine ten dozens hundreds thousands",
    SUBJECT: "he she they we i you it who which there everyone nobody someone anyone everybody somebody",
    OBJECT: "him her them me us it you himself herself themselves itself myself ourselves yourself",
    AUXILIARY: "is are was were be been being am has have had having do does did will would can could may might"
    " must shall should"
    " 's 've 'd 'll isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't"
    " cannot couldn't"
    " shouldn't mustn't he's she's it's they're we're i'm you're i've we've they've you've he'd she'd they'd we'd"
    " i'd you'd he'll"
    " she'll they'll we'll i'll you'll that's there's who's who've who'd ain't",
    BE: "is are was were be been being am isn't aren't wasn't weren't he's she's it's they're we're i'm you're"
    " that's who's ain't",
    ADVERB: "also not never always often repeatedly again then now still even just only further once already ever"
    " once too later earlier"
    " first long soon since thus therefore instead rather perhaps maybe indeed however meanwhile nonetheless"
    " nevertheless"
    " together back online aloud overnight both quite very far well almost sometimes twice much",
    PREPOSITION: "of in on at by for with from to about into over after before during against between among through"
    " under"
    " within without across toward towards upon near amid despite regarding concerning like via per than as until"
    " since",
    CONJUNCTION: "and but or nor yet so plus",
    SUBORDINATOR: "that if whether how why what who which when where because although though while as since unless"
    " until whereas whom",
    TIME: "monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september"
    " october november december jan feb aug sept oct nov dec today yesterday tonight tomorrow morning afternoon"
    " evening"
    " night week month year weekend last earlier later recently",
    VERB: "left felt saw set put cut hit let quit shut split cost bet beat read led fed held met paid"
    " told sold built sent spent lent bent meant kept slept wept swept leapt dealt heard made had stood understood",
}
_CONTRACTED_SUBJECTS = ("he'", "she'", "it'", "they'", "we'", "i'", "you'", "who'", "there'")


class Cue(NamedTuple):
    """An entry of ``corpus/cues.csv`` in one of its forms.

    ``form``: "base", "s", "past" or "ing" of a verb; "noun" or "phrase". ``takes``: what follows it,
    of "clause", "that", "person", "ask", "to", "object". ``rest``: the words after the first.
    """

    expression: str
    cue_class: str
    act: str
    takes: frozenset[str]
    form: str
    rest: tuple[str, ...] = ()


@cache
def lexicon() -> dict[str, tuple[Cue, ...]]:
    """The reporting expressions of ``corpus/cues.csv`` by their first word, longest first.

    >>> [(cue.expression, cue.form, cue.cue_class) for cue in lexicon()["pointed"]]
    [('point out', 'past', 'reveal'), ('point to', 'past', 'neutral')]
    """
    found: dict[str, list[Cue]] = {}
    with (DATA / "cues.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            takes = frozenset(row["takes"].split())
            for form, words in _forms(row["expression"], row["part"]):
                cue = Cue(row["expression"], row["class"], row["act"], takes, form, tuple(words[1:]))
                found.setdefault(words[0], []).append(cue)
    return {
        word: tuple(sorted(cues, key=lambda c: (-len(c.rest), c.form != "adjective")))
        for word, cues in found.items()
    }


def _forms(expression: str, part: str) -> list[tuple[str, list[str]]]:
    """Each form of an expression with its words: the first word of a verb is inflected."""
    first, *rest = expression.split()
    if part == "noun":
        return [("noun", [word]) for form in inflections(first, "n") for word in spellings(form)]
    if part in ("fixed", "adjective"):
        return [(part, [first, *rest])]
    return [
        (_form(first, form), [word, *rest]) for form in inflections(first, "v") for word in spellings(form)
    ]


def _form(lemma: str, form: str) -> str:
    if form.endswith("ing") and form != lemma:
        return "ing"
    if form == lemma:
        return "past" if lemma in ("cast", "read", "put", "let", "bet") else "base"
    return "s" if form.endswith("s") and form != lemma else "past"


@cache
def _tags() -> dict[str, int]:
    tags: dict[str, int] = {}
    for tag, words in _TAGGED.items():
        for word in words.split():
            tags[word] = tags.get(word, 0) | tag
    with (DATA / "word_classes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["finite"]:
                tags[row["word"]] = tags.get(row["word"], 0) | VERB
    return tags


def _is_plural(word: str) -> bool:
    if word in ("people", "men", "women", "police", "children"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def tag(form: str, folded: str) -> int:
    """The tags of a word as written and in lower case.

    >>> bool(tag("Her", "her") & DETERMINER), bool(tag("quietly", "quietly") & ADVERB)
    (True, True)
    """
    tags = _tags().get(folded, 0)
    first = form[0]
    if first.isupper():
        tags |= CAPITAL
    elif first.isdigit():
        tags |= NUMBER
    if folded.endswith("ly") and len(folded) > 4 and not tags & ~ADVERB:
        tags |= ADVERB
    if folded.endswith(("'s", "s'")) and not tags & AUXILIARY:
        tags |= POSSESSIVE
    elif not tags & ~CAPITAL and _is_plural(folded):
        tags |= PLURAL
    if folded.startswith(_CONTRACTED_SUBJECTS) and tags & AUXILIARY:
        tags |= SUBJECT
    return tags
