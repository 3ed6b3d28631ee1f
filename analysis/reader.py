"""Read one to four annotated articles side by side, in one self-contained HTML page.

Annotations  ->  HTML: every voice, epithet, loaded word and cue marked, each with its reason
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from .annotate import Annotations, annotate
from .cards import stated
from .corpus import documents
from .export import whole_file
from .marks import LAYERS, VOICE_NAMES, Mark, Run, counts_by_voice, identities, marks, paragraphs, runs
from .pages import page, web_address

MOST_ARTICLES = 4
CAUTIONS = (
    "Framing is not falsity: a loaded sentence may be true, a plain one may not.",
    "A label may be accurate; a count is not intent.",
    "A quotation is its source’s voice, though selecting it is the outlet’s choice.",
    "Absence of a marked word is not absence of bias: most bias is in what is told and left out.",
    "One text says nothing about an outlet.",
    "The marks come from lists and rules that err; every reason is there so that you can disagree.",
)
"""What every page says beside its marks."""

_CARD_ORDER = ("differs", "epithet", "loaded", "cue", "voice", "tone")
_EXCERPT = 90  # characters of a mark that its list entry repeats


def reader(articles: pd.DataFrame | Annotations, *, blind: bool = False) -> str:
    """One to four articles, marked, as one HTML page that needs no network and runs no script but its own.

    ``articles`` are annotated unless they are annotations already. ``blind``: start with outlet, author, date,
    links and boilerplate hidden until the reader reveals them (they are in the page's source).

    Raises ``ValueError`` for no article or more than four.

    >>> html = reader(pd.DataFrame({"text": ["The <b>embattled</b> mayor left."]}))
    >>> "&lt;b&gt;" in html, "<b>embattled" in html
    (True, False)
    """
    found = articles if isinstance(articles, Annotations) else annotate(articles)
    n = len(found.articles)
    if not 1 <= n <= MOST_ARTICLES:
        raise ValueError(
            f"articles: a page holds 1 to {MOST_ARTICLES}; got {n:,}: choose some, as in articles.head({MOST_ARTICLES})"
        )
    sheets = [_sheet(found, row, i) for i, row in enumerate(found.articles.to_dict("records"))]
    values = {
        "title": "Whose words, and which are loaded?",
        "articles": sheets,
        "layers": LAYERS | {"headline": "Headline"},
        "off": ("tone",),
        "blind": blind,
        "cautions": [*CAUTIONS, *stated(found.record)],
    }
    return page("reader.html", styles=["page.css", "marked.css"], scripts=["marked.js"], values=values)


def write_reader(articles: pd.DataFrame | Annotations, path: str | Path, *, blind: bool = False) -> Path:
    """Write `reader`'s page to ``path``, whole or not at all; returns the path."""
    html = reader(articles, blind=blind)
    with whole_file(Path(path)) as file:
        file.write(html)
    return Path(path)


def html_fragment(found: Annotations) -> str:
    """What a notebook shows for annotations: the first articles, marked, in a frame of their own.

    Neither styles nor scripts nor any text of an article can reach the notebook around it.

    >>> html_fragment(annotate(pd.DataFrame({"text": ["It rained."]}))).startswith("<p>")
    True
    """
    first = found.articles.head(MOST_ARTICLES)
    line = (
        f"Articles: {len(found.articles):,}; words: {int(found.words['n'].sum()):,}; "
        f"loaded words: {len(found.loaded):,}; epithets: {len(found.epithets):,}"
    )
    if len(found.articles) > len(first):
        line += f"; the first {len(first)} articles are shown"
    if first.empty:
        return f"<p>{escape(line)}</p>"
    return (
        f'<p>{escape(line)}</p><iframe sandbox="allow-scripts allow-popups" title="Annotated articles" '
        f'style="width:100%;height:42rem;border:1px solid #8886;border-radius:8px;resize:vertical" '
        f'srcdoc="{escape(reader(_only(found, first)))}"></iframe>'
    )


def _only(found: Annotations, articles: pd.DataFrame) -> Annotations:
    """The annotations of some of the articles."""
    ids = set(articles["article_id"])
    tables = {name: t[t["article_id"].isin(ids)] for name, t in found.tables.items() if name != "articles"}
    return Annotations(articles=articles, record=found.record, **tables)


# -- one article -----------------------------------------------------------------------------------


def _sheet(found: Annotations, article: dict[str, Any], number: int) -> dict[str, Any]:
    """What the template shows of one article."""
    name = f"a{number + 1}"
    article_id = article["article_id"]
    names = list(names_of(article))
    fields = dict(zip(*_fields(found.articles, article_id), strict=True))
    title = fields.get("title", _text(article.get("title")))
    of_title = marks(found, article_id, "title")
    of_text = marks(found, article_id)
    body = marked(article["text"], of_text, f"{name}t", names)
    head = marked(title, of_title, f"{name}h", names, spans=[(0, len(title))])
    skipped = found.skipped[found.skipped["article_id"] == article_id]["reason"].tolist()
    return {
        "id": name,
        "letter": letters(number),
        "facts": facts_of(article),
        "url": web_address(_text(article.get("url")).strip()),
        "title": head[0] if head else [],
        "paragraphs": body,
        "counts": list(_counts(found, article_id)),
        "skipped": skipped[0] if skipped else "",
        "reasons": [
            *reasons(title, of_title, head, f"{name}h", names),
            *reasons(article["text"], of_text, body, f"{name}t", names),
        ],
    }


def letters(number: int) -> str:
    """What an article is called whose outlet may be hidden: A, B, C or D."""
    return "ABCD"[number]


def facts_of(article: dict[str, Any]) -> list[str]:
    """What tells an article's origin: outlet, authors, date, id; those that are given."""
    given = [*map(_text, map(article.get, ("outlet", "authors", "date"))), article["article_id"]]
    return [fact for fact in given if fact]


def _fields(articles: pd.DataFrame, article_id: str) -> tuple[list[str], list[str]]:
    parts = documents(articles[articles["article_id"] == article_id])
    return parts["field"].tolist(), parts["text"].tolist()


def names_of(article: dict[str, Any]) -> Iterator[str]:
    """Names by which an article's text may give its outlet or authors away.

    >>> list(names_of({"outlet": "The Echo (Web)", "authors": "Ann Lee and Bo Day"}))
    ['The Echo (Web)', 'The Echo', 'Echo', 'Ann Lee', 'Bo Day']
    """
    outlet = _text(article.get("outlet"))
    short = outlet.split(" (")[0].split(" - ")[0]
    yield from dict.fromkeys(n for n in (outlet, short, short.removeprefix("The ")) if n)
    authors = _text(article.get("authors"))
    for mark in (" and ", ";", "&", "|"):
        authors = authors.replace(mark, ",")
    yield from (a.strip() for a in authors.split(",") if " " in a.strip())


def marked(
    text: str,
    found: Sequence[Mark],
    name: str,
    names: Iterable[str] = (),
    *,
    spans: Sequence[tuple[int, int]] | None = None,
) -> list[list[dict[str, Any]]]:
    """The runs of each span of ``text`` (its paragraphs unless given), as the template ``marked.html`` takes them.

    ``name`` begins the ids of the runs and of the reasons they refer to; ``names`` are hidden in blind mode.
    """
    spans = paragraphs(text) if spans is None else spans
    every = [*found, *identities(text, names)]
    pieces = runs(len(text), every, cuts=[edge for span in spans for edge in span])
    out, at, begun = [], 0, set[int]()
    for start, end in spans:
        while at < len(pieces) and pieces[at].start < start:
            at += 1
        paragraph = []
        while at < len(pieces) and pieces[at].end <= end:
            new = [i for i in pieces[at].marks if i not in begun or pieces[at].start == start]
            begun.update(new)
            paragraph.append(_run(text, pieces[at], every, name, new))
            at += 1
        out.append(paragraph)
    return out


def _run(text: str, run: Run, every: Sequence[Mark], name: str, new: Sequence[int]) -> dict[str, Any]:
    """One run; ``new`` are the marks that begin here, or go on here in a new paragraph: where the keyboard stops."""
    shown = [i for i in run.marks if every[i].layer in _CARD_ORDER]
    shown.sort(key=lambda i: _CARD_ORDER.index(every[i].layer))
    tone = next((every[i] for i in shown if i in new and every[i].layer == "tone"), None)
    return {
        "text": text[run.start : run.end],
        "id": f"{name}-{run.start}",
        "classes": " ".join(dict.fromkeys(c for i in run.marks for c in _classes(every[i], run))),
        "marks": " ".join(f"{name}m{i}" for i in shown),
        "starts": " ".join(dict.fromkeys(every[i].layer for i in shown if i in new)),
        "tone": tone.facts[0][1].split(" ")[0] if tone else "",
    }


def _classes(mark: Mark, run: Run) -> Iterator[str]:
    """How a run under ``mark`` looks."""
    if mark.layer == "voice":
        yield f"v-{mark.style}"
        if mark.style == "boilerplate":
            yield "secret"
    elif mark.layer == "epithet":
        yield "ep"
        if mark.start == run.start:
            yield "ep-a"
        if mark.end == run.end:
            yield "ep-z"
    else:
        yield {"identity": "secret"}.get(mark.layer, mark.layer)


def reasons(
    text: str,
    found: Sequence[Mark],
    shown: Sequence[Sequence[dict[str, Any]]],
    name: str,
    names: Iterable[str] = (),
) -> Iterator[dict[str, Any]]:
    """The list of marks with their reasons, as the template ``marked.html`` takes it; each refers to its first run.

    What tells who published or wrote the text (``names``) is ``secret``: hidden in blind mode.
    """
    place: dict[str, str] = {}
    names = list(names)
    for run in (r for paragraph in shown for r in paragraph):
        for mark in run["marks"].split():
            place.setdefault(mark, run["id"])
    for i, mark in enumerate(found):
        if f"{name}m{i}" not in place:
            continue
        words = " ".join(text[mark.start : min(mark.end, mark.start + _EXCERPT)].split())
        words += "…" if mark.end - mark.start > _EXCERPT else ""
        yield {
            "id": f"{name}m{i}",
            "place": place[f"{name}m{i}"],
            "layer": mark.layer,
            "heading": mark.heading,
            "excerpt": words,
            "secret": mark.style == "boilerplate" or _tells(words, names),
            "facts": [{"name": n, "value": v, "secret": _tells(v, names)} for n, v in mark.facts],
        }


def _tells(text: str, names: Iterable[str]) -> bool:
    return next(identities(text, names), None) is not None


def _counts(found: Annotations, article_id: str) -> Iterator[dict[str, Any]]:
    for row in counts_by_voice(found, article_id).to_dict("records"):
        voice = row["voice"]
        yield row | {
            "name": {"outlet": "the outlet"}.get(voice, VOICE_NAMES.get(voice, voice)),
            "style": "" if voice in ("outlet", "headline") else f"v-{voice}",
        }


def _text(value: object) -> str:
    """The text, or nothing where it is missing."""
    return value if isinstance(value, str) else ""
