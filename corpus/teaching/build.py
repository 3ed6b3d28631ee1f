"""Make articles.csv and gold.jsonl from the marked-up articles in sources/.

Usage: python corpus/teaching/build.py

Nothing is annotated by offset: each source is an article with its annotation written round the words, and
offsets are counted here. The markup and the columns are described in corpus/README.md.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
COLUMNS = (
    *("article_id", "outlet", "lean", "register", "story", "topic", "genre"),
    *("date", "title", "authors", "url", "language", "text"),
)
VOICES = ("direct", "scare", "indirect", "boilerplate")
VOCABULARY = {
    "kind": ("ideological", "evaluative", "stance", "identity", "legal"),
    "form": ("premodifier", "nominal", "appositive", "predicative"),
    "polarity": ("negative", "neutral", "positive"),
    "cue_class": ("neutral", "doubt", "strong", "concede", "reveal", "label"),
    "reason": ("title", "irony", "nickname", "term", "unattributed"),
    "state": ("debatable",),
}
WORDS_ALLOWED = {
    **dict.fromkeys(VOICES, ("reason", "state")),
    "epithet": ("kind", "form", "polarity", "state"),
    "cue": ("cue_class", "state"),
    "loaded": ("state",),
    "not": (),
}
TAG = re.compile(r"<(/?)([a-z]+)(?: ([^<>]*))?>")
WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


class Span(NamedTuple):
    """A marked stretch of text: the tag, what the tag says, and where it stands."""

    tag: str
    said: dict[str, Any]
    start: int
    end: int


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside this module."""
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CAST = {row["key"]: row["name"] for row in rows_of("cast.csv")}
NAMES = {row["text"]: row["why"] for row in rows_of("names.csv")}
NAME = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(NAMES, key=len, reverse=True)))})(?!\w)")


def parse_tag(tag: str, words: str) -> dict[str, Any]:
    """What an opening tag says: a number is the statement, a known word its column, any other the person.

    >>> parse_tag("cue", "hope strong 3")
    {'who': 'Alison Hope', 'cue_class': 'strong', 'statement': 3}
    >>> parse_tag("direct", "=senior_official 1")
    {'who': 'senior official', 'statement': 1}
    """
    said: dict[str, Any] = {}
    value: Any
    if tag == "not":
        return {"why": words}
    for word in words.split():
        column = next((c for c in WORDS_ALLOWED[tag] if word in VOCABULARY[c]), "who")
        column, value = ("statement", int(word)) if word.isdigit() else (column, word)
        if column == "who":
            value = word[1:].replace("_", " ") if word.startswith("=") else CAST[word]
        if column in said:
            raise ValueError(f"<{tag} {words}> gives {column} twice")
        said[column] = value
    return said


def parse(marked: str) -> tuple[str, list[Span]]:
    """The bare text and its spans, in order of their start; raises ``ValueError`` on a tag that does not close.

    >>> parse("The <epithet hope evaluative premodifier positive>able</epithet> mayor")[0]
    'The able mayor'
    """
    text, done, stack, last = "", [], [], 0
    for match in TAG.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        closing, tag, words = match.groups()
        if not closing:
            stack.append((tag, parse_tag(tag, words or ""), len(text)))
            continue
        opened = stack.pop() if stack else ("nothing", {}, 0)
        if opened[0] != tag:
            raise ValueError(f"</{tag}> closes <{opened[0]}> near {text[-40:]!r}")
        done.append(Span(*opened, len(text)))
    if stack:
        raise ValueError(f"<{stack[-1][0]}> is not closed")
    return text + marked[last:], sorted(done, key=lambda s: (s.start, -s.end))


def pieces(text: str, span: Span, inner: Iterable[Span]) -> list[tuple[int, int]]:
    """The stretches of ``span`` outside ``inner`` that hold a word, without white space and commas around them."""
    edges = [span.start, *(edge for s in inner for edge in (s.start, s.end)), span.end]
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(" \n,;:—"))
        bare = piece.strip(" \n,;:—")
        if WORD.search(bare):
            found.append((start + left, start + left + len(bare)))
    return found


def voice_rows(text: str, spans: list[Span]) -> list[dict[str, Any]]:
    """One row a stretch that is not the outlet's own words; indirect speech is cut at the quotations inside it."""
    voices = [s for s in spans if s.tag in VOICES]
    cues = {s.said["statement"]: s for s in reversed(spans) if s.tag == "cue" and "statement" in s.said}
    rows = []
    for span in voices:
        inner = [s for s in voices if s is not span and span.start <= s.start and s.end <= span.end]
        whole = [(span.start, span.end)]
        cue = cues.get(span.said.get("statement"))
        for start, end in pieces(text, span, inner) if span.tag == "indirect" else whole:
            row = {"start": start, "end": end, "text": text[start:end], "voice": span.tag}
            row |= {"statement": span.said.get("statement"), "speaker": span.said.get("who")}
            row |= {"cue": text[cue.start : cue.end] if cue else None}
            row |= {"cue_start": cue.start if cue else None, "cue_end": cue.end if cue else None}
            row |= {"cue_class": cue.said["cue_class"] if cue else None}
            row |= {"reason": span.said.get("reason"), "state": span.said.get("state", "core")}
            rows.append(row)
    return sorted(rows, key=lambda r: r["start"])


def loaded_spans(spans: list[Span]) -> list[Span]:
    """What is marked as loaded, and every epithet that is loaded by its kind and holds no such mark."""
    marked = [s for s in spans if s.tag == "loaded"]
    for span in spans:
        if span.tag == "epithet" and not any(span.start <= m.start and m.end <= span.end for m in marked):
            pejorative = span.said["polarity"] == "negative" and span.said["kind"] in (
                "ideological",
                "stance",
            )
            if (pejorative or span.said["kind"] == "evaluative") and not any(
                m.start <= span.start and span.end <= m.end for m in marked
            ):
                marked.append(span)
    return sorted(marked, key=lambda s: s.start)


def negative_rows(text: str, spans: list[Span]) -> list[dict[str, Any]]:
    """What must not be taken for a label: marked spans, and names of names.csv outside labels and marks."""
    taken = [s for s in spans if s.tag in ("not", "epithet", "loaded")]
    rows = [
        {"start": s.start, "end": s.end, "text": text[s.start : s.end], **s.said}
        for s in taken
        if s.tag == "not"
    ]
    for match in NAME.finditer(text):
        start, end = match.span()
        if all(end <= s.start or s.end <= start for s in taken):
            rows.append({"start": start, "end": end, "text": match[0], "why": NAMES[match[0]]})
    return sorted(rows, key=lambda r: r["start"])


def within(voices: list[dict[str, Any]], start: int, column: str) -> Any:
    """What the voice that holds ``start`` has in ``column``; nothing where the outlet speaks for itself."""
    return next((v[column] for v in voices if v["start"] <= start < v["end"]), None)


def word_counts(text: str, voices: list[dict[str, Any]]) -> dict[str, int]:
    """The number of words in each voice; a word is in the voice of its first character."""
    words = dict.fromkeys(("outlet", *VOICES), 0)
    for match in WORD.finditer(text):
        words[within(voices, match.start(), "voice") or "outlet"] += 1
    return words


def gold(marked: str) -> tuple[str, dict[str, Any]]:
    """The bare text and its annotation, one list of rows a layer."""
    text, spans = parse(marked)
    voices = voice_rows(text, spans)

    def row(span: Span, **columns: Any) -> dict[str, Any]:
        place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
        return place | columns | {"state": span.said.get("state", "core")}

    def voiced(span: Span) -> dict[str, Any]:
        voice, speaker = (within(voices, span.start, column) for column in ("voice", "speaker"))
        return {"voice": voice or "outlet", "speaker": speaker}

    epithets = [
        row(s, target=s.said["who"], **{c: s.said[c] for c in ("kind", "form", "polarity")}, **voiced(s))
        for s in spans
        if s.tag == "epithet"
    ]
    cues = [row(s, cue_class=s.said["cue_class"], source=s.said.get("who")) for s in spans if s.tag == "cue"]
    quoted = ("start", "end", "text", "voice", "speaker", "cue", "state")
    quotes = [{c: v[c] for c in quoted} for v in voices if v["voice"] in ("direct", "scare")]
    loaded = [row(s, **voiced(s)) for s in loaded_spans(spans)]
    layers = {"words": word_counts(text, voices), "quotes": quotes, "voices": voices, "cues": cues}
    return text, layers | {"epithets": epithets, "loaded": loaded, "negatives": negative_rows(text, spans)}


def article(path: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """The row of articles.csv and the object of gold.jsonl made from one source."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    title, headline = gold(fields["title"])
    text, layers = gold(body.strip("\n"))
    row = {"article_id": path.stem, "url": "", "language": "en", **fields, "title": title, "text": text}
    return row, {"article_id": path.stem, **layers, "headline": {"text": title, **headline}}


def build(folder: Path) -> None:
    """Write articles.csv and gold.jsonl into ``folder``, articles in order of their file names."""
    made = [article(path) for path in sorted((HERE / "sources").glob("*.txt"))]
    with open(folder / "articles.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row, _ in made)
    with open(folder / "gold.jsonl", "w", encoding="utf-8", newline="") as file:
        file.writelines(json.dumps(layers, ensure_ascii=False) + "\n" for _, layers in made)


if __name__ == "__main__":
    build(HERE)
