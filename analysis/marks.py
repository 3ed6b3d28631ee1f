"""What is marked in an article and why: annotations -> marks with reasons -> runs of text that do not overlap.

Marks of different layers overlap (a loaded word in a quotation); a page needs pieces that do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from .annotate import Annotations
from .lexicons import load_lexicons
from .pages import signed

LAYERS = {
    "voice": "Voices",
    "epithet": "Epithets",
    "loaded": "Loaded words",
    "cue": "Cues",
    "tone": "Tone",
}
"""The layers that a reader may switch on and off, with the names they go by on a page."""

VOICE_NAMES = {
    "outlet": "the outlet’s own words",
    "direct": "quotation",
    "scare": "scare quotes",
    "indirect": "indirect speech",
    "boilerplate": "boilerplate",
}
_VOICES = {
    "direct": ("Direct quotation", "inside quotation marks, as somebody’s words"),
    "scare": (
        "Scare quotes",
        "inside quotation marks, but nobody’s attributed words: irony, distance, a nickname or a title",
    ),
    "indirect": ("Indirect speech", "reported without marks: a reporting cue attributes it to a source"),
    "boilerplate": ("Boilerplate", "not part of the story: byline, links, sharing or copyright line"),
}
CUE_CLASSES = {
    "neutral": "reports without comment",
    "doubt": "casts doubt on what is reported",
    "strong": "reports with force",
    "concede": "implies reluctance or guilt",
    "reveal": "presupposes that what is reported is true",
    "label": "gives somebody or something a name",
}
KINDS = {
    "ideological": "places the target on a political spectrum",
    "evaluative": "judges character, standing or competence",
    "stance": "ties the target to a policy, cause or person",
    "identity": "marks nationality, ethnicity, religion, sex, sexuality, age or class",
    "legal": "gives legal standing as a description",
}


@dataclass(frozen=True)
class Mark:
    """A stretch of a field and why it is marked.

    ``style`` is what it looks like (a voice, a cue class, a polarity, a sign of tone), ``facts`` are pairs of
    a name and a value, to be read by people.
    """

    layer: str
    start: int
    end: int
    style: str
    heading: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Run:
    """A stretch in which the same marks hold; ``marks`` are their numbers in the list that was cut."""

    start: int
    end: int
    marks: tuple[int, ...]


def marks(found: Annotations, article_id: str, field: str = "text") -> list[Mark]:
    """Every mark of one field of an article with its reasons, by start; of those, the longest first.

    Voices other than the outlet's, epithets, loaded words, reporting cues, and the tone of each sentence's part.

    >>> import pandas as pd
    >>> from .annotate import annotate
    >>> found = annotate(pd.DataFrame({"article_id": ["a"], "text": ['"This is chaos," the embattled mayor said.']}))
    >>> [m.layer for m in marks(found, "a")][:3]
    ['voice', 'tone', 'loaded']
    """
    makers = {
        "voices": _voice,
        "epithets": _epithet,
        "loaded": _loaded,
        "cues": _cue,
        "sentences": _tone,
    }
    every = []
    for name, make in makers.items():
        table = getattr(found, name)
        mine = table[(table["article_id"] == article_id) & (table["field"] == field)]
        every += [make(row) for row in mine.to_dict("records")]
    order = {layer: i for i, layer in enumerate(LAYERS)}
    kept = [m for m in every if m is not None and m.start < m.end]
    return sorted(kept, key=lambda m: (m.start, -m.end, order[m.layer]))


def runs(length: int, marks: Iterable[Mark], *, cuts: Iterable[int] = ()) -> list[Run]:
    """``[0, length)`` cut wherever a mark starts or ends, and at ``cuts``: runs in order, without gap or overlap.

    >>> runs(9, [Mark("voice", 2, 7, "direct", ""), Mark("loaded", 4, 9, "negative", "")])
    [Run(start=0, end=2, marks=()), Run(start=2, end=4, marks=(0,)), Run(start=4, end=7, marks=(0, 1)),
     Run(start=7, end=9, marks=(1,))]
    """
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        start, end = max(mark.start, 0), min(mark.end, length)
        if start < end:
            starts.setdefault(start, []).append(number)
            ends.setdefault(end, []).append(number)
    inside = {c for c in cuts if 0 < c < length}
    points = sorted({0, length} | inside | starts.keys() | ends.keys())
    out, active = [], dict[int, None]()
    for a, b in pairwise(points):
        for number in ends.get(a, ()):
            active.pop(number, None)
        active |= dict.fromkeys(starts.get(a, ()))
        out.append(Run(a, b, tuple(active)))
    return out


_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs of ``text``: parted by blank lines, or by line breaks where no line is blank.

    >>> paragraphs("One.\\n\\nTwo,\\nstill two.\\n")
    [(0, 4), (6, 21)]
    >>> paragraphs("One.\\nTwo.")
    [(0, 4), (5, 9)]
    """
    lines, at = [], 0
    for found in _LINE_BREAK.finditer(text):
        lines.append((at, found.start()))
        at = found.end()
    lines.append((at, len(text)))
    blank = [not text[a:b].strip() for a, b in lines]
    filled = [i for i, empty in enumerate(blank) if not empty]
    if not filled:
        return []
    apart = any(blank[filled[0] : filled[-1]])
    out: list[tuple[int, int]] = []
    for i in filled:
        if apart and out and not blank[i - 1]:
            out[-1] = (out[-1][0], lines[i][1])
        else:
            out.append(lines[i])
    return out


def counts_by_voice(found: Annotations, article_id: str) -> pd.DataFrame:
    """One row a voice with words in the text, and one for the headline: ``voice, words, loaded, epithets, cues``."""
    mine = {
        name: table[table["article_id"] == article_id].assign(n=table.get("n", 1))
        for name, table in found.tables.items()
        if name in ("words", "loaded", "epithets")
    }
    mine["cues"] = with_voices(found).query("article_id == @article_id").assign(n=1)
    counts = {}
    for name, table in mine.items():
        part = table["voice"].where(table["field"] == "text", "headline")
        counts[name] = table["n"].groupby(part).sum().reindex(["headline", *VOICE_NAMES], fill_value=0)
    table = pd.DataFrame(counts).astype(int)
    return table[table.sum(axis=1) > 0].rename_axis("voice").reset_index()


def with_voices(found: Annotations) -> pd.DataFrame:
    """The cues with the ``voice`` at the first character of each, which their table does not say."""
    stride = np.int64(1) << 40
    documents = pd.MultiIndex.from_frame(
        pd.concat(
            [found.cues[["article_id", "field"]], found.voices[["article_id", "field"]]]
        ).drop_duplicates()
    )
    starts, ends, at = (
        documents.get_indexer(pd.MultiIndex.from_frame(t[["article_id", "field"]])) * stride
        + t[edge].to_numpy()
        for t, edge in ((found.voices, "start"), (found.voices, "end"), (found.cues, "start"))
    )
    order = np.argsort(starts)
    row = np.searchsorted(starts[order], at, "right") - 1
    inside = (row >= 0) & (at < np.append(ends[order], 0)[row])
    voice = np.append(found.voices["voice"].to_numpy(object)[order], "outlet")
    return found.cues.assign(
        voice=pd.Series(voice[np.where(inside, row, -1)], index=found.cues.index, dtype="str")
    )


_ADDRESS = r"(?:https?://|www\.)[^\s<>\"]{1,2000}|[\w.+-]{0,64}@\w[\w.-]{1,200}"


def identities(text: str, names: Iterable[str]) -> Iterator[Mark]:
    """Marks of layer ``identity``: places that tell who published or wrote ``text``: ``names`` and web addresses.

    >>> [(m.start, m.end) for m in identities("By Ann Lee, The Echo. www.echo.example", ["Ann Lee", "The Echo"])]
    [(3, 10), (12, 20), (22, 38)]
    """
    pattern = _identity_pattern(tuple(sorted({n.strip() for n in names if len(n.strip()) > 2})))
    for found in pattern.finditer(text):
        yield Mark("identity", found.start(), found.end(), "", "")


@lru_cache(maxsize=64)
def _identity_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    # A name of one word may be an ordinary word in lower case; names of several are found in capitals too.
    longest_first = sorted(names, key=len, reverse=True)
    parts = [f"(?i:{re.escape(n)})" if " " in n else re.escape(n) for n in longest_first]
    named = [rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"] if parts else []
    return re.compile("|".join([*named, _ADDRESS]))


# -- reasons ---------------------------------------------------------------------------------------


def _voice(row: dict[str, Any]) -> Mark | None:
    if row["voice"] not in _VOICES:
        return None
    heading, why = _VOICES[row["voice"]]
    speaker = _given(row["speaker"])
    reason = _given(row["reason"])
    if row["voice"] == "indirect" and not _given(row["cue"]):
        why = "posted elsewhere: signed with a name and a handle, without quotation marks"
    facts = [("Why", why)]
    if row["voice"] in ("direct", "indirect"):
        facts.append(("Speaker", speaker or "none" + (f": {reason}" if reason else " found")))
    elif reason:
        facts.append(("Kind", reason))
    if cue := _given(row["cue"]):
        facts.append(("Cue", _cue_words(cue, row["cue_class"])))
    return Mark("voice", row["start"], row["end"], row["voice"], heading, tuple(facts))


def _epithet(row: dict[str, Any]) -> Mark:
    kind = row["kind"]
    facts = [
        ("Target", _given(row["target"]) or "not resolved"),
        ("Kind", kind + (f": {KINDS[kind]}" if kind in KINDS else "")),
        ("Form", _given(row["form"])),
        ("Towards the target", _given(row["polarity"])),
        ("Rule", _given(row["rule"])),
        ("Whose words", _whose(row)),
    ]
    style = _given(row["polarity"]) or "neutral"
    return Mark("epithet", row["start"], row["end"], style, "Epithet", _filled(facts))


def _loaded(row: dict[str, Any]) -> Mark:
    lexicon = load_lexicons().get(row["lexicon"])
    entry = _given(row.get("entry"))
    facts = [
        ("Lexicon", lexicon.title if lexicon else row["lexicon"]),
        ("Entry", entry),
        ("Category", row["category"]),
        ("Polarity", _given(row.get("polarity"))),
        ("Negated", "a negation stands before it" if row.get("negated") is True else ""),
        ("Whose words", _whose(row)),
    ]
    style = _given(row.get("polarity")) or "neutral"
    return Mark("loaded", row["start"], row["end"], style, "Loaded word", _filled(facts))


def _cue(row: dict[str, Any]) -> Mark:
    facts = [
        ("Class", _cue_words("", row["cue_class"])),
        ("Source", _given(row["source"]) or "none found"),
    ]
    return Mark("cue", row["start"], row["end"], row["cue_class"], "Reporting cue", tuple(facts))


def _tone(row: dict[str, Any]) -> Mark | None:
    if row["neg"] + row["neu"] + row["pos"] == 0:  # only marks or spaces: nothing that could have a tone
        return None
    compound = row["compound"]
    style = "negative" if compound <= -0.05 else "positive" if compound >= 0.05 else "neutral"
    shares = ", ".join(f"{row[part]:.0%} {name}" for part, name in _PARTS.items())
    facts = (
        ("Compound", f"{signed(compound)} on a scale of −1 to 1 (VADER)"),
        ("Of its words", shares),
        ("Whose words", VOICE_NAMES[row["voice"]]),
        ("Caution", "tone is not stance: a fire is bad news whoever reports it"),
    )
    return Mark("tone", row["start"], row["end"], style, f"Tone: {style}", facts)


_PARTS = {"neg": "negative", "neu": "neutral", "pos": "positive"}


def _cue_words(cue: str, cue_class: object) -> str:
    name = _given(cue_class)
    what = f"{name}: {CUE_CLASSES[name]}" if name in CUE_CLASSES else name
    return f"{cue} ({what})" if cue and what else cue or what


def _whose(row: dict[str, Any]) -> str:
    voice = VOICE_NAMES.get(row["voice"], "")
    return f"{voice} of {_given(row['speaker'])}" if _given(row["speaker"]) else voice


def _given(value: object) -> str:
    """The text, or nothing where it is missing."""
    return value if isinstance(value, str) else ""


def _filled(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)
