import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.annotate import annotate
from analysis.corpus import load_corpus
from analysis.marks import Mark, paragraphs
from analysis.pages import visible
from analysis.reader import facts_of, html_fragment, marked, names_of, reader, reasons, write_reader

TEXT = "The embattled mayor left. “This regime is a disgrace,” Jane Moss said.\n\nNobody came."
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7 * 7 }} {% raw %} ${8*8} javascript:alert(3) "
    "</style><!-- ]]> &lt;b&gt; “The </span> regime & a \0 disgrace \x1b[31m,” 'said' \"onclick=\" `x` \u202e Ann."
)


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.texts = [], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "img"):
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for number, (_, attrs) in enumerate(self.open):
            for name in attrs.get("class", "").split() if number else ():
                self.texts[name] = self.texts.get(name, "") + data

    def of(self, tag, **wanted):
        return [a for t, a in self.tags if t == tag and all(a.get(k) == v for k, v in wanted.items())]

    @property
    def ids(self):
        return [a["id"] for _, a in self.tags if "id" in a]


def table(*texts, **columns):
    return pd.DataFrame({"article_id": [f"n{i}" for i in range(len(texts))], "text": list(texts), **columns})


@pytest.fixture(scope="module")
def teaching():
    return annotate(load_corpus())


@pytest.fixture(scope="module")
def four(teaching):
    return reader(load_corpus().head(4))


# -- what a page holds -----------------------------------------------------------------------------


def test_the_text_on_the_page_is_the_articles_text():
    for row in load_corpus().to_dict("records"):
        page = Page(reader(pd.DataFrame([row])))
        shown = "".join(page.texts["body"].split())
        whole = "".join("".join(row["text"][a:b] for a, b in paragraphs(row["text"])).split())
        assert shown == whole
        assert "".join(page.texts["headline"].split()) == "".join(row["title"].split())


def test_every_mark_is_on_the_page_with_its_reason(teaching, four):
    page = Page(four)
    rows = [a for a in page.of("li") if "data-layer" in a]
    counts = Counter(a["data-layer"] for a in rows)
    first = teaching.articles["article_id"].head(4)
    expected = {
        layer: int(getattr(teaching, name)["article_id"].isin(first).sum())
        for layer, name in (
            ("voice", "voices"),
            ("loaded", "loaded"),
            ("epithet", "epithets"),
            ("cue", "cues"),
        )
    }
    assert {layer: counts[layer] for layer in expected} == expected
    referred = {m for _, a in page.tags for m in a.get("data-m", "").split()}
    assert referred == {a["id"] for a in rows}


def test_ids_are_unique_and_links_lead_somewhere(four):
    page = Page(four)
    assert len(page.ids) == len(set(page.ids))
    inside = [a["href"][1:] for a in page.of("a") if a["href"].startswith("#")]
    assert inside
    assert set(inside) <= set(page.ids)


def test_every_mark_begins_at_one_stop_of_the_keyboard(four):
    page = Page(four)
    stops = [a for _, a in page.tags if "data-s" in a]
    reached = {m for a in stops for m in a["data-m"].split()}
    assert reached == {a["id"] for a in page.of("li") if "data-layer" in a}


def test_overlapping_layers_share_a_run():
    page = Page(reader(table("“This regime is a disgrace,” Jane Moss said.")))
    both = [a for a in page.of("span") if {"v-direct", "loaded"} <= set(a.get("class", "").split())]
    assert len(both) >= 1
    layers = {a["id"]: a["data-layer"] for a in page.of("li") if "data-layer" in a}
    assert [layers[m] for m in both[0]["data-m"].split()] == ["loaded", "voice", "tone"]


def test_layers_can_be_switched_and_tone_is_off():
    boxes = {a["id"]: "checked" in a for a in Page(reader(table(TEXT))).of("input")}
    assert boxes == {
        "layer-voice": True, "layer-epithet": True, "layer-loaded": True, "layer-cue": True, "layer-tone": False,
        "layer-headline": True, "blind": False,
    }  # fmt: skip


def test_blind_only_ticks_the_box():
    plain, blind = (reader(table(TEXT, outlet=["Echo"]), blind=b) for b in (False, True))
    assert plain.replace('id="blind"', 'id="blind" checked') == blind


def test_what_tells_the_outlet_is_marked_to_be_hidden():
    text = "By ANN LEE\n\nThe Echo has learned of “chaos”. Write to tips@echo.example."
    html = reader(
        table(
            text,
            outlet=["The Echo"],
            authors=["Ann Lee"],
            url=["https://echo.example/1"],
            date=["2024-01-02"],
        )
    )
    page = Page(html)
    secret = page.texts["secret"]
    for tell in ("ANN LEE", "The Echo", "tips@echo.example", "2024-01-02", "original", "n0"):
        assert tell in secret
    assert "chaos" not in secret
    assert page.of("a", href="https://echo.example/1")[0]["rel"] == "noopener noreferrer"
    assert "Echo" not in re.search("<title>(.*?)</title>", html)[1]


def test_names_of_outlets_and_authors():
    row = {"outlet": "CNN - Editorial", "authors": "Ann Lee; Bo Day & Staff"}
    assert list(names_of(row)) == ["CNN - Editorial", "CNN", "Ann Lee", "Bo Day"]
    assert list(names_of({"outlet": "", "authors": None})) == []


def test_facts_leave_out_what_is_missing():
    assert facts_of({"article_id": "x", "outlet": "", "authors": float("nan"), "date": None}) == ["x"]


def test_one_article_is_small_and_needs_nothing_else(four):
    html = reader(load_corpus().head(1))
    assert len(html.encode()) < 150_000
    addresses = [
        a.get(k) for _, a in Page(four).tags for k in ("src", "href", "action", "srcset", "data") if a.get(k)
    ]
    outside = [a for a in addresses if not a.startswith(("#", "data:"))]
    assert outside == load_corpus()["url"].head(4).tolist()  # links to follow, nothing that loads


def test_the_same_articles_give_the_same_page(four):
    assert reader(load_corpus().head(4)) == four


def test_annotations_are_shown_as_they_are():
    found = replace(annotate(table(TEXT)), loaded=schema.frame("loaded"))
    rows = [a["data-layer"] for a in Page(reader(found)).of("li") if "data-layer" in a]
    assert "loaded" not in rows
    assert "voice" in rows


# -- text that is not as usual ---------------------------------------------------------------------


def test_hostile_text_stays_text():
    article = table(
        HOSTILE, title=[HOSTILE], outlet=[HOSTILE], authors=[HOSTILE], url=["javascript:alert(4)"]
    )
    html = reader(article)
    page = Page(html)
    assert len(page.of("script")) == len(page.of("style")) == 1
    assert page.of("img") == []
    assert [a for _, a in page.tags if any(k.startswith("on") for k in a)] == []
    assert [a["href"] for a in page.of("a") if "javascript" in a["href"]] == []
    assert "".join(page.texts["body"].split()) == "".join(visible(HOSTILE).split())
    assert "7 * 7" in html
    assert "49" not in page.texts["body"]
    assert "\0" not in html
    assert "\x1b" not in html


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&\"'“”{}%#/ab. \n\0\u202e\u05d0"), max_size=80))
def test_any_text_comes_back_whole(text):
    page = Page(reader(table(text)))
    shown = page.texts.get("body", "")
    kept = "".join(text[a:b] for a, b in paragraphs(text))
    if not kept:
        assert "This article has no text." in shown
    else:
        assert "".join(shown.split()) == "".join(visible(kept).split())


def test_text_from_right_to_left_sets_its_own_direction():
    page = Page(reader(table("ראש העיר עזב.\n\nThe mayor left.", title=["חדשות"])))
    assert [a["dir"] for a in page.of("p") if "dir" in a] == ["auto", "auto"]
    assert page.of("h2")[0]["dir"] == "auto"
    assert page.of("bdi")


def test_an_article_in_another_language_is_shown_with_the_reason():
    page = Page(reader(table("Der Bürgermeister ging.", language=["de"])))
    assert page.texts["skipped"] == "Not annotated: language is de, not en."
    assert "Bürgermeister" in page.texts["body"]


def test_an_empty_article_says_so():
    assert Page(reader(table(""))).texts["skipped"] == "This article has no text."


@pytest.mark.parametrize("n", [0, 5, 15])
def test_a_page_holds_one_to_four_articles(n):
    message = rf"articles: a page holds 1 to 4; got {n}: choose some, as in articles.head\(4\)"
    with pytest.raises(ValueError, match=message):
        reader(load_corpus().head(n))


# -- parts -----------------------------------------------------------------------------------------


def test_a_mark_over_two_paragraphs_is_reached_in_both():
    text = "“One.\n\nTwo.”"
    shown = marked(text, [Mark("voice", 0, len(text), "direct", "")], "x")
    assert [[r["text"] for r in p] for p in shown] == [["“One."], ["Two.”"]]
    assert [[r["starts"] for r in p] for p in shown] == [["voice"], ["voice"]]
    assert [r["place"] for r in reasons(text, [Mark("voice", 0, len(text), "direct", "")], shown, "x")] == [
        "x-0"
    ]


def test_an_epithet_cut_by_another_mark_has_one_left_and_one_right_edge():
    every = [Mark("epithet", 0, 9, "", ""), Mark("loaded", 3, 5, "", "")]
    [[a, b, c]] = marked("far-right", every, "x")
    assert (a["classes"], b["classes"], c["classes"]) == ("ep ep-a", "ep loaded", "ep ep-z")


def test_a_mark_outside_the_spans_shown_has_no_reason_listed():
    every = [Mark("loaded", 0, 3, "", "a"), Mark("loaded", 4, 7, "", "b")]
    shown = marked("abc def", every, "x", spans=[(4, 7)])
    assert [r["heading"] for r in reasons("abc def", every, shown, "x")] == ["b"]


def test_a_long_mark_is_cut_in_the_list():
    text = "“" + "word " * 60 + "”"
    [row] = reasons(text, [m := Mark("voice", 0, len(text), "direct", "")], marked(text, [m], "x"), "x")
    assert len(row["excerpt"]) <= 91
    assert row["excerpt"].endswith("…")


# -- files and notebooks ---------------------------------------------------------------------------


def test_write_reader_writes_the_page(tmp_path):
    path = write_reader(table(TEXT), tmp_path / "page.html")
    assert path.read_text(encoding="utf8") == reader(table(TEXT))
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_a_page_that_cannot_be_made_leaves_the_old_one(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(ValueError, match="a page holds 1 to 4"):
        write_reader(load_corpus(), path)
    assert path.read_text() == "old"


def test_the_fragment_is_a_frame_that_holds_the_page(teaching):
    page = Page(html_fragment(teaching))
    [frame] = page.of("iframe")
    assert frame["srcdoc"] == reader(load_corpus().head(4))
    assert frame["sandbox"] == "allow-scripts allow-popups"
    assert frame["title"]
    assert {t for t, _ in page.tags} == {"p", "iframe"}


def test_the_fragment_says_that_it_shows_the_first_of_many(teaching):
    words = int(teaching.words["n"].sum())
    assert html_fragment(teaching).startswith(f"<p>Articles: 15; words: {words:,}; loaded words: ")
    assert "; the first 4 articles are shown</p>" in html_fragment(teaching)


def test_the_fragment_of_nothing_is_a_line():
    assert Page(html_fragment(annotate(table()))).of("iframe") == []


def test_hostile_text_cannot_leave_the_frame():
    html = html_fragment(annotate(table('"></iframe><script>alert(1)</script>', outlet=['"><script>'])))
    assert {t for t, _ in Page(html).tags} == {"p", "iframe"}
