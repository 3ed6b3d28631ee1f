import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.annotate import annotate
from analysis.corpus import load_corpus
from analysis.figures import (
    FIGURES,
    article_in_colour,
    comparison_dots,
    cue_classes,
    draw_all,
    keyness_dots,
    loaded_by_category,
    loaded_by_voice,
    loaded_drivers,
    mirror,
    reliability,
    save,
    space_to_speak,
    tone_by_voice,
    word_shift,
)

NAMES = [draw.__name__.replace("_", "-") for draw in FIGURES]


@pytest.fixture(scope="module")
def found():
    return annotate(load_corpus())


@pytest.fixture(scope="module")
def folder(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    list(draw_all(found, folder))
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_has_its_four_files(folder, name):
    ET.parse(folder / f"{name}.svg")  # noqa: S314 (our own file)
    assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert len(pd.read_csv(folder / f"{name}.csv"))
    assert len((folder / f"{name}.alt.txt").read_text(encoding="utf8")) > 80


def test_a_second_run_gives_the_same_bytes(found, folder, tmp_path):
    list(draw_all(found, tmp_path))
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_the_committed_figures_are_those_of_the_bundled_corpus(folder):
    from pathlib import Path

    committed = Path(__file__).resolve().parent.parent / "figures"
    for path in sorted(folder.glob("*.csv")) + sorted(folder.glob("*.alt.txt")):
        assert path.read_text(encoding="utf8") == (committed / path.name).read_text(encoding="utf8"), (
            path.name
        )


def test_the_table_is_what_is_counted(found):
    table = loaded_by_voice(found).table.set_index(["outlet", "voice"])
    outlet = found.articles["outlet"].iloc[0]
    ids = found.articles[found.articles["outlet"] == outlet]["article_id"]
    mine = found.loaded[found.loaded["article_id"].isin(ids) & (found.loaded["voice"] == "outlet")]
    assert table.loc[(outlet, "outlet"), "n"] == len(mine)
    assert table.loc[(outlet, "outlet"), "n_articles"] == len(ids) == 3


def test_tone_is_the_mean_of_sentences(found):
    row = tone_by_voice(found).table.query("voice == 'direct'").iloc[0]
    ids = found.articles[found.articles["outlet"] == row["outlet"]]["article_id"]
    mine = found.sentences[found.sentences["article_id"].isin(ids) & (found.sentences["voice"] == "direct")]
    assert row["mean"] == pytest.approx(mine["compound"].mean())
    assert row["n"] == len(mine)


def test_categories_count_the_outlets_own_words_only(found):
    table = loaded_by_category(found).table
    own = found.loaded[found.loaded["voice"] == "outlet"]
    shown = own[own["category"].isin(table["category"])]
    assert table["n"].sum() == len(shown) > 0


def test_the_space_to_speak_is_that_of_direct_quotation(found):
    table = space_to_speak(found).table
    quoted = found.voices[found.voices["voice"] == "direct"]
    spoken = quoted.groupby("speaker")["n_words"].sum()
    assert table.groupby("speaker")["n"].sum().to_dict() == spoken[table["speaker"].unique()].to_dict()


def test_cue_classes_of_an_outlet_add_up(found):
    assert cue_classes(found).table.groupby("outlet")["rate"].sum().tolist() == pytest.approx([100] * 5)


def test_drivers_show_the_most_frequent_entries(found):
    table = loaded_drivers(found).table
    assert (table.groupby("outlet")["n"].diff().dropna() <= 0).all()
    assert table.groupby("outlet").size().max() == 5


def test_the_article_in_colour_tells_every_character_and_loaded_word(found):
    drawing = article_in_colour(found, "levy-bulldog")
    text = found.articles.set_index("article_id").loc["levy-bulldog", "text"]
    table = drawing.table
    assert table["start"].iloc[0] == 0
    assert table["end"].iloc[-1] == len(text)
    assert (table["end"].iloc[:-1].to_numpy() == table["start"].iloc[1:].to_numpy()).all()
    mine = found.loaded.query("article_id == 'levy-bulldog' and field == 'text'")
    assert sum(len(cell.split("; ")) for cell in table["loaded"] if cell) == len(mine)


@pytest.mark.parametrize(
    "articles",
    [
        pd.DataFrame({"text": ["It rained."]}),
        pd.DataFrame({"text": ["$x$ & <b>\\frac{1}" * 40, ""], "outlet": ["A $1$ _b_ <i>", ""]}),
        pd.DataFrame({"text": ["שלום עולם 🙂 \x00\x07 " * 50], "outlet": ["=1+1"]}),
    ],
    ids=["one", "markup", "unicode"],
)
def test_any_corpus_can_be_drawn(articles, tmp_path):
    found = annotate(articles)
    for draw in FIGURES:
        ET.parse(save(draw(found), tmp_path))  # noqa: S314 (our own file)


def test_outlets_whose_intervals_meet_are_not_told_apart_in_the_title():
    texts = ["A shameless mob. It rained.", "It rained on a mob.", "It rained here all day long."]
    articles = pd.DataFrame({"text": texts * 2, "outlet": ["One"] * 3 + ["Two"] * 3})
    [title] = loaded_by_voice(annotate(articles)).figure.texts[:1]
    assert "do not tell the outlets apart" in title.get_text().replace("\n", " ")


def test_outlets_that_do_not_fit_are_said_to_be_left_out(tmp_path):
    articles = pd.DataFrame(
        {"text": ["A shameless mob."] * 30, "outlet": [f"Outlet {i:02}" for i in range(30)]}
    )
    drawing = loaded_by_voice(annotate(articles))
    assert drawing.table["outlet"].nunique() == 20
    said = " ".join(t.get_text().replace("\n", " ") for t in drawing.figure.texts)
    assert "The 20 outlets with most articles; 10 more are not shown." in said


def test_the_mirror_counts_labels_of_either_side(found):
    table = mirror(found).table
    own = found.epithets[found.epithets["voice"] == "outlet"]
    both = analysis.mirrored(own).drop_duplicates(["article_id", "field", "start"])
    assert table["n"].sum() == len(both) > 0
    assert set(table["voice"]) == {"labels of the left", "labels of the right"}


def test_reliability_says_the_largest_gap(tmp_path):
    table = pd.DataFrame({"predicted": [0.2, 0.8], "biased": [0.1, 0.83], "n": [10, 20]})
    drawing = reliability(table)
    assert drawing.alt.startswith("A probability of bias is off by at most 0.10 in any tenth of the scale")
    assert save(reliability(), tmp_path).name == "bias-reliability.svg"


# -- two groups compared ------------------------------------------------------------------------------


def groups(n=20):
    rng = np.random.default_rng(1)
    texts = [
        "the mob " * int(rng.integers(1, 4)) + "came $5" if i < n // 2 else "the crowd came" for i in range(n)
    ]
    return pd.DataFrame(
        {
            "article_id": [str(i) for i in range(n)],
            "outlet": ["Bell"] * (n // 2) + ["Horn"] * (n // 2),
            "text": texts,
        }
    )


def test_keyness_is_drawn_with_its_band_and_said_in_words(tmp_path):
    table = analysis.keyness(groups(), by="outlet", target="Bell")
    band = analysis.keyness_placebo(groups().assign(everyone="all"), by="everyone", group="all", halves=20)
    drawing = keyness_dots(table, band)
    assert drawing.table.placebo_low.notna().all()
    assert "mob" in drawing.alt
    assert "q < .05" in drawing.alt
    one, two = (
        save(keyness_dots(table, band), tmp_path / name).read_bytes()
        for name in ("a", "b")
        if (tmp_path / name).mkdir() is None
    )
    assert one == two


def test_no_terms_is_a_figure_too():
    table = analysis.keyness(groups(), by="outlet", target="Bell", min_articles=99)
    assert keyness_dots(table).alt.endswith("no term is in enough articles.")


def test_several_targets_must_be_chosen_from():
    table = analysis.keyness(groups(), by="outlet", target=["Bell", "Horn"], draws=5)
    with pytest.raises(ValueError, match="table: of several targets; choose one"):
        keyness_dots(table)
    assert "of 5 terms tell Horn from all others" in keyness_dots(table[table.target == "Horn"]).alt


def test_the_shift_says_its_total():
    found = analysis.word_shift(
        groups(), {"mob": -1.0, "crowd": 1.0}, by="outlet", target="Bell", centre=0, draws=50
    )
    drawing = word_shift(found)
    assert drawing.table.term.tolist() == ["mob", "crowd"] or drawing.table.term.tolist() == ["crowd", "mob"]
    assert "a difference of -2.00" in drawing.alt
    no_interval = analysis.word_shift(
        groups(), {"mob": -1.0, "crowd": 1.0}, by="outlet", target="Bell", draws=0
    )
    assert "no sure difference" in word_shift(no_interval).alt


def test_measures_are_drawn_in_units_of_their_placebo():
    rng = np.random.default_rng(2)
    values = pd.DataFrame(
        {
            "article_id": [str(i) for i in range(20)],
            "measure": "loaded words",
            "n": rng.poisson(5, 20),
            "base": 100,
            "per": 1000,
        }
    )
    values = pd.concat([values, values.assign(measure="tone", n=rng.normal(0, 1, 20), per=1)])
    articles = groups().assign(everyone="all")
    table = analysis.compare(values, articles, by="outlet", target="Bell")
    band = analysis.placebo(values, articles, by="everyone", group="all")
    drawing = comparison_dots(table, band)
    row = drawing.table.set_index("measure").loc["tone"]
    assert row.scaled == pytest.approx(row.estimate / ((row.placebo_high - row.placebo_low) / 2))
    plain = band.set_index("measure").loc["tone"]
    assert row.placebo_high == pytest.approx(plain.high)  # halves of 20 are 10 and 10: as many
    assert "measures tell Bell from all others" in drawing.alt


def test_categories_that_do_not_fit_are_said_to_be_left_out(found):
    drawing = loaded_by_category(found)
    counted = found.loaded.query("voice == 'outlet'")["category"].nunique()
    said = " ".join(t.get_text().replace("\n", " ") for t in drawing.figure.texts)
    assert f"The {drawing.table['category'].nunique()} of {counted} categories with most hits." in said


def test_the_article_in_colour_has_the_highest_rate_of_the_long_ones_or_of_all():
    short, calm, loud = (
        "A shameless mob.",
        "It rained all day. " * 30,
        "A shameless mob met the council. " * 30,
    )
    for texts, outlet in (([short, calm, loud], "C"), (["It rained.", short], "B")):
        table = pd.DataFrame({"text": texts, "outlet": list("ABC")[: len(texts)]})
        drawing = article_in_colour(annotate(table))
        said = " ".join(t.get_text() for t in drawing.figure.texts)
        assert f"{outlet}: whose words" in said
        assert ("of 100 or more own words" in said) is (outlet == "C")
