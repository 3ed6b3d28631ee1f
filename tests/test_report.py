import json
import re
from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pytest
from test_reader import HOSTILE, Page

from analysis import schema
from analysis.annotate import annotate, batches, options, run_record
from analysis.corpus import checked, load_corpus, load_gold
from analysis.rates import means, rates
from analysis.report import MOST_PLOTTED, accuracy, report, report_tables
from analysis.tally import Tally

VOICES = ["outlet", "direct", "indirect"]


def written(articles, folder, **keywords):
    path = report(batches(articles), options(), folder, **keywords)
    return path.read_text(encoding="utf8")


def data_of(html):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)[1])


@pytest.fixture(scope="module")
def articles():
    return load_corpus()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, articles):
    path = tmp_path_factory.mktemp("report")
    report(batches(articles), options(), path, record=run_record(articles, options()))
    return path


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "report.html").read_text(encoding="utf8")


@pytest.fixture(scope="module")
def found(articles):
    return annotate(articles)


# -- numbers ---------------------------------------------------------------------------------------


def test_loaded_words_are_the_rates_of_the_whole_corpus(folder, articles, found):
    mine = pd.read_csv(folder / "loaded-by-voice.csv")
    whole = rates(found.loaded, found.words, by=["outlet", "voice"], articles=articles)
    assert mine.columns.tolist() == whole.columns.tolist()
    for column in whole:
        if whole[column].dtype.kind == "f":
            np.testing.assert_allclose(mine[column], whole[column], rtol=1e-5)
        else:
            assert mine[column].tolist() == whole[column].tolist()


def test_tone_is_the_mean_of_the_whole_corpus(folder, articles, found):
    mine = pd.read_csv(folder / "tone-by-voice.csv").set_index(["outlet", "voice"])
    sentences = found.sentences[found.sentences[["neg", "neu", "pos"]].sum(axis=1) > 0]
    whole = means(sentences, "compound", by=["outlet", "voice"], articles=articles).set_index(
        ["outlet", "voice"]
    )
    assert mine["n"].to_dict() == whole["n"].to_dict()
    np.testing.assert_allclose(mine["mean"], whole["mean"], atol=1e-6)


def test_cue_classes_of_an_outlet_share_a_base(folder):
    table = pd.read_csv(folder / "cues-by-class.csv")
    for _, mine in table.groupby("outlet"):
        assert mine["base"].nunique() == 1
        assert mine["n"].sum() == mine["base"].iloc[0]
        assert mine["rate"].sum() == pytest.approx(100, abs=1e-3)


def test_outlets_are_counted_by_hand(folder, articles):
    table = pd.read_csv(folder / "outlets.csv").set_index("outlet")
    assert table["articles"].to_dict() == articles["outlet"].value_counts().to_dict()
    gold = {row["article_id"]: sum(row["words"].values()) for row in load_gold()}
    titles = {row["article_id"]: sum(row["headline"]["words"].values()) for row in load_gold()}
    mine = articles["article_id"].map(gold) + articles["article_id"].map(titles)
    expected = mine.groupby(articles["outlet"]).sum().to_dict()
    assert table.filter(like="words_").sum(axis=1).to_dict() == expected


def test_targets_are_epithets_by_mentions(folder, found):
    table = pd.read_csv(folder / "targets.csv")
    assert table["epithets"].tolist() == table[["negative", "neutral", "positive"]].sum(axis=1).tolist()
    assert table["epithets"].sum() == len(found.epithets)
    assert (
        table.set_index("target")["epithets"].to_dict() == found.epithets["target"].value_counts().to_dict()
    )
    some = table[table["mentions"] > 0]
    np.testing.assert_allclose(some["per_100"], 100 * some["epithets"] / some["mentions"], rtol=1e-5)
    assert table.loc[table["mentions"] == 0, "per_100"].isna().all()


def test_loaded_words_add_up(folder, found):
    table = pd.read_csv(folder / "loaded-words.csv")
    assert table["total"].sum() == (found.loaded["voice"] != "boilerplate").sum()
    assert (table["n_articles"] <= table["total"]).all()
    assert table["total"].is_monotonic_decreasing


def test_batches_change_nothing(tmp_path, articles, html):
    small = report(
        batches(articles, characters=4000), options(), tmp_path, record=run_record(articles, options())
    )
    assert small.read_text(encoding="utf8") == html


# -- evidence --------------------------------------------------------------------------------------


def test_every_number_leads_to_sentences(html):
    cells = data_of(html)["cells"]
    buttons = [a for a in Page(html).of("button") if "data-cell" in a]
    assert len(buttons) > 100
    bare = [a for a in buttons if a["data-cell"] not in cells]
    assert {a.get("data-ratio", "").split(" in ")[0] for a in bare} <= {"0"}
    linked = re.findall(r'<td data-v="([^"]+)">(?!<button)', html)
    assert {float(v) for v in linked} <= {0.0}


def test_totals_are_the_numbers_shown(html):
    cells = data_of(html)["cells"]
    for attrs in Page(html).of("button"):
        if (
            attrs.get("data-cell", "").startswith(("loaded", "epithets", "cues"))
            and attrs["data-cell"] in cells
        ):
            assert cells[attrs["data-cell"]][0] == int(attrs["data-ratio"].split(" in ")[0].replace(",", ""))


def test_every_sentence_is_in_its_article(html, articles):
    data = data_of(html)
    texts = {r["article_id"]: r["title"] + "\n" + r["text"] for r in articles.to_dict("records")}
    assert len(data["rows"]) > 100
    for article, left, match, right, _ in data["rows"]:
        text = texts[data["articles"][article][3]]
        assert (left + match + right).strip("…") in text


def test_samples_hold_at_most_five_and_all_where_there_are_fewer(html):
    for total, *rows in data_of(html)["cells"].values():
        assert len(rows) == len(set(rows)) == min(total, 5)


def test_the_evidence_file_has_the_sentences_of_the_page(html, folder):
    table = pd.read_csv(folder / "evidence.csv", keep_default_na=False)
    cells = data_of(html)["cells"]
    assert table.groupby("cell").size().to_dict() == {cell: len(rows) for cell, (_, *rows) in cells.items()}


def test_evidence_shrinks_to_fit(tmp_path, articles, monkeypatch):
    monkeypatch.setattr("analysis.report.EVIDENCE_BYTES", 66_000)
    html = written(articles, tmp_path)
    data = data_of(html)
    assert len(json.dumps(data, ensure_ascii=False).encode()) <= 66_000
    assert max(len(rows) - 1 for rows in data["cells"].values()) < 5


# -- the page --------------------------------------------------------------------------------------


def test_the_page_needs_nothing_else(html):
    page = Page(html)
    addresses = [a.get(k) for _, a in page.tags for k in ("src", "href", "action") if a.get(k)]
    assert {a.split(":")[0] if ":" in a else a[0] for a in addresses} == {"#", "data"}
    assert len(page.ids) == len(set(page.ids))
    assert {a["href"][1:] for a in page.of("a") if a["href"].startswith("#")} <= set(page.ids)
    assert not re.search(r"<[^>]+ style=", html)  # the policy would drop it


def test_figures_have_words_and_tables(html, folder):
    images = [a["aria-label"] for a in Page(html).of("div", role="img")]
    assert len(images) == 3
    assert images[0].startswith("Loaded words per 1,000 words by outlet and voice, highest first. ")
    assert all("The Daily Bulldog: own words" in alt for alt in images)
    links = {a["download"]: a["href"] for a in Page(html).of("a") if "download" in a}
    assert {p.name for p in folder.glob("*.csv")} - {"evidence.csv", "dropped.csv"} == set(links)


def test_cautions_accuracy_and_record_are_there(html, articles):
    text = unescape(re.sub("<[^>]+>", " ", html))
    for caution in ("Framing is not falsity", "a count is not intent", "Tone is not stance"):
        assert caution in text
    assert "fifteen invented articles" in text
    assert run_record(articles, options())["corpus"] in text


def test_the_record_is_written_beside_it(folder, articles):
    record = json.loads((folder / "run.json").read_text(encoding="utf8"))
    assert record == json.loads(json.dumps({**run_record(articles, options()), "seed": 0}))


def test_hostile_names_and_texts_stay_text(tmp_path):
    rows = [{"text": HOSTILE + " The embattled mayor left.", "outlet": HOSTILE, "title": HOSTILE}] * 3
    html = written(checked(pd.DataFrame(rows)), tmp_path)
    page = Page(html)
    assert [a.get("type") for a in page.of("script")] == ["application/json", None]
    assert page.of("img") == []
    assert [a for _, a in page.tags if any(k.startswith("on") for k in a)] == []
    assert "\0" not in html
    assert data_of(html)["articles"][0][0].startswith("<script>alert(1)</script>")


def test_formulas_in_names_do_not_run_in_spreadsheets(tmp_path):
    written(checked(pd.DataFrame({"text": ["It rained."], "outlet": ["=1+1"]})), tmp_path)
    assert "\n'=1+1," in (tmp_path / "outlets.csv").read_text()


# -- corpora that are not as usual -----------------------------------------------------------------


def test_no_articles_make_a_page_that_says_so(tmp_path):
    html = written(checked(pd.DataFrame({"text": pd.Series([], dtype="str")})), tmp_path)
    assert "0 articles of 0 outlets, 0 words." in html
    assert data_of(html) == {"articles": [], "rows": [], "cells": {}}


@pytest.mark.parametrize("text", ["", "It rained.", "“Chaos,” said Ann Lee."])
def test_one_article_makes_a_page(tmp_path, text):
    html = written(checked(pd.DataFrame({"text": [text]})), tmp_path)
    assert "1 articles of 1 outlets" in html
    assert "(no outlet)" in html


def test_what_was_left_out_is_said(tmp_path):
    texts = ["It rained.", "It rained.", "", "Es regnet.", "Il pleut."]
    table = checked(
        pd.DataFrame({"text": texts, "language": ["en", "en", "en", "de", "fr"], "outlet": "Echo"})
    )
    written(table, tmp_path)
    dropped = pd.read_csv(tmp_path / "dropped.csv").set_index("what")["n"].to_dict()
    assert dropped["not annotated: language is de, not en"] == 1
    assert dropped["not annotated: language is fr, not en"] == 1
    assert dropped["no text: counted as articles, without words"] == 1
    assert dropped["repeats another article’s text: counted all the same"] == 1
    assert pd.read_csv(tmp_path / "outlets.csv")["articles"].tolist() == [5]


def test_notes_of_the_reading_are_said(tmp_path):
    table = checked(pd.DataFrame({"text": ["It rained."], "date": ["soon"]}))
    html = written(table, tmp_path, record=run_record(table, options()))
    assert "1 dates unreadable or ambiguous: left empty" in html


def test_many_outlets_are_cut_with_a_word(tmp_path):
    texts = [f"The embattled mayor Ann Lee left town{i}. The regime fell. It rained." for i in range(120)]
    table = checked(pd.DataFrame({"text": texts, "outlet": [f"Outlet {i:03}" for i in range(120)]}))
    html = written(table, tmp_path)
    assert "The 100 outlets with most articles are shown" in html
    assert "The 40 outlets at the two ends; 60 between them" in html
    assert html.count('class="plot-row"') == 3 * MOST_PLOTTED
    assert len(pd.read_csv(tmp_path / "outlets.csv")) == 120


def test_outlets_of_few_articles_are_not_in_the_figures(tmp_path):
    names = ["Echo"] * 10 + ["Post"] * 11 + ["Tiny"] * 2
    texts = [f"The regime fell in town{i}. It rained." for i in range(len(names))]
    html = written(checked(pd.DataFrame({"text": texts, "outlet": names})), tmp_path)
    assert "Outlets of fewer than ten articles (1) are in the table only." in html
    assert set(re.findall(r'class="plot-name"><bdi>([^<]+)', html)) == {"Echo", "Post"}


def test_tables_of_an_empty_tally():
    tables = report_tables(Tally())
    assert tables["outlets"].empty
    assert tables["dropped"]["n"].tolist() == [0, 0, 0]


# -- accuracy --------------------------------------------------------------------------------------


def test_accuracy_by_hand():
    gold = [
        {
            "article_id": "1",
            "voices": [],
            "cues": [],
            "epithets": [],
            "loaded": [
                {"start": 0, "end": 5, "state": "core"},
                {"start": 10, "end": 15, "state": "core"},
                {"start": 20, "end": 25, "state": "debatable"},
            ],
        }
    ]
    spans = {
        "start": [4, 20, 30, 40],
        "end": [6, 22, 35, 45],
        "article_id": ["1"] * 4,
        "field": ["text"] * 3 + ["title"],
    }
    found = replace(annotate(pd.DataFrame({"text": ["x" * 50]})), loaded=schema.frame("loaded", spans))
    row = accuracy(found, gold).set_index("layer").loc["loaded words"]
    assert (row["core"], row["recall"], row["found"]) == (2, 0.5, 3)
    assert row["precision"] == pytest.approx(2 / 3)


def test_nothing_found_of_nothing_has_no_accuracy():
    gold = [{"article_id": "1", "voices": [], "cues": [], "epithets": [], "loaded": []}]
    table = accuracy(annotate(pd.DataFrame({"text": ["It rained."]})), gold)
    assert table["recall"].isna().all()
    assert table[["core", "found"]].to_numpy().sum() == 0
