"""The teaching corpus: its grid, its gold, its facts, and that the built files are what the sources give."""

import csv
import doctest
import importlib.util
import json
import re
import sys
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "teaching"
spec = importlib.util.spec_from_file_location("teaching_build", FOLDER / "build.py")
assert spec
assert spec.loader
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)


def table(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ARTICLES = table("articles.csv")
CAST = table("cast.csv")
GOLD = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
BY_ID = {a["article_id"]: a for a in ARTICLES}
LAYERS = ("quotes", "voices", "cues", "epithets", "loaded", "negatives")
OUTLETS = ("The Meridian", "Streetlight", "Fenmark News Agency", "The Fenmark Ledger", "The Daily Bulldog")
STORIES = ("levy", "ward", "subsidy")
PAIRS = [pytest.param(BY_ID[g["article_id"]], g, id=g["article_id"]) for g in GOLD]
TITLES = [pytest.param({"text": g["headline"]["text"]}, g["headline"], id=g["article_id"]) for g in GOLD]
each_article = pytest.mark.parametrize(("article", "gold"), PAIRS)
each_text = pytest.mark.parametrize(("article", "gold"), PAIRS + TITLES)


def overlapping(rows, others):
    return [
        (a["text"], b["text"])
        for a in rows
        for b in others
        if a["start"] < b["end"] and b["start"] < a["end"]
    ]


def core(rows):
    return [r for r in rows if r["state"] == "core"]


# The grid


def test_every_outlet_tells_every_story_once():
    assert Counter((a["outlet"], a["story"]) for a in ARTICLES) == {
        (o, s): 1 for o in OUTLETS for s in STORIES
    }
    assert [a["article_id"] for a in ARTICLES] == [g["article_id"] for g in GOLD]


def test_an_outlet_has_one_lean_and_register_and_the_leans_are_two_one_two():
    kinds = {(a["outlet"], a["lean"], a["register"]) for a in ARTICLES}
    assert len(kinds) == 5
    assert Counter(lean for _, lean, _ in kinds) == {"left": 2, "centre": 1, "right": 2}


def test_opinion_is_as_frequent_on_either_side():
    assert Counter(a["lean"] for a in ARTICLES if a["genre"] == "opinion") == {"left": 1, "right": 1}


@each_article
def test_columns_are_filled_and_plain(article, gold):
    assert tuple(article) == build.COLUMNS
    assert all(article.values())
    assert date.fromisoformat(article["date"]).year == 2025
    assert re.fullmatch(r"https://[a-z]+\.example/[a-z-]+", article["url"])
    assert article["language"] == "en"


@each_article
def test_text_is_clean_and_of_the_stated_length(article, gold):
    text = article["text"]
    assert not re.search(r"[<>]|[ \t]{2}| \n|\n{3}|^\s|\s$", text)
    assert unicodedata.normalize("NFC", text) == text
    assert 250 <= len(re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", text)) <= 450


# The built files


def test_built_files_are_what_the_sources_give(tmp_path):
    build.build(tmp_path)
    for name in ("articles.csv", "gold.jsonl"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), f"run build.py: {name} is old"


def test_examples_in_the_builder_run():
    result = doctest.testmod(build)
    assert result.attempted >= 3
    assert result.failed == 0


# Offsets and spans


@each_text
def test_every_row_has_its_text_at_its_offsets(article, gold):
    for layer in LAYERS:
        for row in gold[layer]:
            assert 0 <= row["start"] < row["end"] <= len(article["text"])
            assert article["text"][row["start"] : row["end"]] == row["text"]
            assert row["text"] == row["text"].strip()


@each_text
@pytest.mark.parametrize("layer", LAYERS)
def test_rows_of_a_layer_are_in_order_and_do_not_overlap(article, gold, layer):
    rows = gold[layer]
    assert [r["text"] for a, r in pairwise(rows) if r["start"] < a["end"]] == []


@each_text
def test_negatives_meet_no_core_label_or_loaded_word(article, gold):
    assert overlapping(gold["negatives"], core(gold["epithets"]) + core(gold["loaded"])) == []


@each_text
def test_labels_cross_no_border_between_voices(article, gold):
    for row in gold["epithets"] + gold["loaded"]:
        voices = [v for v in gold["voices"] if v["start"] < row["end"] and row["start"] < v["end"]]
        assert [v["voice"] for v in voices] == ([] if row["voice"] == "outlet" else [row["voice"]])
        assert all(v["start"] <= row["start"] and row["end"] <= v["end"] for v in voices)
        assert row["speaker"] == (voices[0]["speaker"] if voices else None)


@each_text
def test_values_are_those_of_the_definitions(article, gold):
    for row in gold["epithets"]:
        assert row["kind"] in ("ideological", "evaluative", "stance", "identity", "legal")
        assert row["form"] in ("premodifier", "nominal", "appositive", "predicative")
        assert row["polarity"] in ("negative", "neutral", "positive")
        assert row["target"]
    assert {r["cue_class"] for r in gold["cues"]} <= {
        "neutral",
        "doubt",
        "strong",
        "concede",
        "reveal",
        "label",
    }
    assert {r["voice"] for r in gold["voices"]} <= {"direct", "scare", "indirect", "boilerplate"}
    assert {r["state"] for layer in LAYERS[:-1] for r in gold[layer]} <= {"core", "debatable"}
    assert all(r["why"] for r in gold["negatives"])


@each_text
def test_loaded_kinds_of_epithet_are_loaded_words_too(article, gold):
    for row in gold["epithets"]:
        pejorative = row["polarity"] == "negative" and row["kind"] in ("ideological", "stance")
        if row["kind"] == "evaluative" or pejorative:
            assert overlapping([row], gold["loaded"]), row["text"]


@each_article
def test_words_by_voice_add_up(article, gold):
    text = article["text"]
    counted: Counter[str] = Counter()
    for match in re.finditer(r"[^\W_]+(?:[-’'][^\W_]+)*", text):
        inside = [v["voice"] for v in gold["voices"] if v["start"] <= match.start() < v["end"]]
        counted[inside[0] if inside else "outlet"] += 1
    assert {v: n for v, n in gold["words"].items() if n} == counted


# Voices


@each_article
def test_quotations_begin_and_end_with_marks(article, gold):
    voices = [v for v in gold["voices"] if v["voice"] in ("direct", "scare")]
    for row, following in zip(voices, [*voices[1:], None], strict=True):
        left, right = row["text"][0], row["text"][-1]
        goes_on = following and article["text"][row["end"] : following["start"]] == "\n\n"
        assert left + right in ("“”", "‘’", '""', "''") or (left == "“" and goes_on), row["text"]


@each_article
def test_no_quotation_mark_is_left_outside_a_quotation(article, gold):
    text = list(article["text"])
    for row in gold["quotes"]:
        text[row["start"] : row["end"]] = "_" * (row["end"] - row["start"])
    assert re.findall(r"[“”\"«»]|(?<!\w)['‘’]|(?<!s)['’](?!\w)", "".join(text)) == []


@each_article
def test_quotes_are_the_quotations_among_the_voices(article, gold):
    quotations = [v for v in gold["voices"] if v["voice"] in ("direct", "scare")]
    assert gold["quotes"] == [{key: v[key] for key in gold["quotes"][0]} for v in quotations]


@each_article
def test_who_speaks_is_given_for_speech_alone_and_a_reason_for_scare_quotes(article, gold):
    for row in gold["voices"]:
        assert bool(row["speaker"]) == (row["voice"] in ("direct", "indirect")), row["text"]
        assert bool(row["reason"]) == (row["voice"] == "scare"), row["text"]


@each_article
def test_statements_share_speaker_and_cue_and_the_cue_is_marked(article, gold):
    cues = {(c["start"], c["end"]): c for c in gold["cues"]}
    statements: dict[int, tuple[str, int]] = {}
    for row in gold["voices"]:
        if row["cue"]:
            cue = cues[row["cue_start"], row["cue_end"]]
            assert (cue["text"], cue["cue_class"]) == (row["cue"], row["cue_class"])
            assert cue["source"] == row["speaker"], row["text"]
        if row["statement"]:
            key = (row["speaker"], row["cue_start"])
            assert statements.setdefault(row["statement"], key) == key
    assert all(cue["source"] for cue in gold["cues"])


@each_article
def test_common_cues_outside_quotations_are_all_marked(article, gold):
    held = [v for v in gold["voices"] if v["voice"] != "indirect"] + gold["cues"]
    for match in re.finditer(
        r"(?i)\b(said|says|added|wrote|writes|according to|claimed|denied)\b", article["text"]
    ):
        assert any(r["start"] <= match.start() < r["end"] for r in held), article["text"][
            match.start() - 40 :
        ][:80]


def boilerplate_of(article, gold):
    return [v["text"] for v in gold["voices"] if v["voice"] == "boilerplate"]


@each_article
def test_boilerplate_is_whole_lines(article, gold):
    lines = boilerplate_of(article, gold)
    assert lines
    assert set(lines) <= set(article["text"].split("\n"))


def test_every_house_style_and_every_case_is_there():
    quotes = {
        o: [q["text"] for g in GOLD if BY_ID[g["article_id"]]["outlet"] == o for q in g["quotes"]]
        for o in OUTLETS
    }
    assert [{t[0] for t in quotes[o]} for o in OUTLETS] == [{"‘"}, {'"'}, {"“"}, {"“"}, {"'"}]
    voices = [v for g in GOLD for v in g["voices"]]
    assert {v["reason"] for v in voices if v["voice"] == "scare"} >= {"title", "irony", "nickname", "term"}
    assert sum(v["text"][0] == "“" and v["text"][-1] != "”" for v in voices) >= 2, (
        "quotations over paragraphs"
    )
    assert any("[" in v["text"] for v in voices if v["voice"] == "direct")
    assert any("“" in v["text"][1:] and v["text"][0] == "‘" for v in voices), "a quotation within one"
    assert {c["cue_class"] for g in GOLD for c in g["cues"]} == {
        *("neutral", "doubt", "strong", "concede", "reveal", "label")
    }


# Balance


def labels(lean=None, side=None, polarity=None):
    sides = {(row["story"], row["name"]): row["side"] for row in CAST}
    anywhere = {row["name"]: row["side"] for row in CAST}
    found = []
    for g in GOLD:
        article = BY_ID[g["article_id"]]
        for row in core(g["epithets"]):
            towards = sides.get((article["story"], row["target"]), anywhere.get(row["target"]))
            if (
                lean in (None, article["lean"])
                and side in (None, towards)
                and polarity in (None, row["polarity"])
            ):
                found.append(row)
    return len(found)


@pytest.mark.parametrize("polarity", ["negative", "positive"])
def test_both_sides_are_labelled_alike(polarity):
    left, right = labels(side="left", polarity=polarity), labels(side="right", polarity=polarity)
    assert 15 <= left <= 30
    assert 15 <= right <= 30
    assert 0.75 <= left / right <= 1.34


@pytest.mark.parametrize(("own", "other"), [("left", "right"), ("right", "left")])
def test_each_side_praises_its_own_attacks_the_other_and_now_and_then_the_reverse(own, other):
    assert labels(own, other, "negative") >= 15
    assert labels(own, own, "positive") >= 12
    assert 1 <= labels(own, own, "negative") <= 5
    assert 1 <= labels(own, other, "positive") <= 5


def test_the_wire_is_sober_but_labels_both_sides():
    assert 1 <= labels("centre", "left", "negative") <= 3
    assert labels("centre", "right", "negative") == labels("centre", "left", "negative")
    assert labels("centre") < min(labels("left"), labels("right")) / 2


def test_every_kind_and_form_occurs():
    rows = [e for g in GOLD for e in core(g["epithets"])]
    kinds, forms = Counter(e["kind"] for e in rows), Counter(e["form"] for e in rows)
    assert len(kinds) == 5
    assert min(kinds.values()) >= 5
    assert len(forms) == 4
    assert min(forms.values()) >= 10
    assert {e["voice"] for e in rows} >= {"outlet", "direct", "indirect"}


@pytest.mark.parametrize(
    "name", ["Fair Work", "Free Enterprise", "Radical Union", "Hope", "Justice", "Loveless", "Savage"]
)
def test_names_that_mislead_are_negatives(name):
    negatives = [n["text"] for g in GOLD for n in g["negatives"]]
    assert any(name in n for n in negatives)
    assert not any(re.fullmatch(name, e["text"]) for g in GOLD for e in g["epithets"] + g["loaded"])


REAL = """Albanese Anderson Badenoch Biden Blair Blunt Boris Braverman Bush Cameron Carney Clinton Corbyn Cruz Davey
Desantis Farage Gove Harris Hunt Johnson Macron McConnell Merkel Miliband Modi Obama Pelosi Pence Polanski Putin Rayner
Reeves Rees-Mogg Reform Republican Republicans Sanders Starmer Streeting Sturgeon Sunak Thatcher Trudeau Trump Truss
Vance Warren Yousaf Zelensky Labour Conservative Tory Democrat Democrats""".split()


@each_article
def test_no_real_politician_or_party_is_named(article, gold):
    everything = " ".join(article.values())
    assert [name for name in REAL if re.search(rf"\b{name}\b", everything)] == []


def test_nobody_in_the_cast_bears_a_real_politicians_name():
    assert [row["name"] for row in CAST if set(row["name"].split()) & set(REAL)] == []
    assert len({row["key"] for row in CAST}) == len(CAST)
    vocabulary = {word for words in build.VOCABULARY.values() for word in words}
    assert {row["key"] for row in CAST} & vocabulary == set()


# Facts


def facts(story):
    return (FOLDER / "facts" / f"{story}.md").read_text(encoding="utf-8")


def told(story):
    """(fact, wordings, outlet, whether it is said to be told) from the table of the fact sheet."""
    rows = [
        [c.strip() for c in line.strip("|\n").split("|")]
        for line in facts(story).splitlines()
        if line[:1] == "|"
    ]
    assert tuple(rows[0][2:]) == OUTLETS
    return [(r[0], r[1].split(" / "), o, c) for r in rows[2:] for o, c in zip(OUTLETS, r[2:], strict=True)]


@pytest.mark.parametrize("story", STORIES)
def test_facts_are_told_by_the_outlets_that_the_sheet_says(story):
    texts = {a["outlet"]: a["text"] for a in ARTICLES if a["story"] == story}
    for fact, wordings, outlet, cell in told(story):
        expected = "yes" if any(w in texts[outlet] for w in wordings) else "–"
        assert cell == expected, f"{fact}: {outlet}"


@pytest.mark.parametrize("story", STORIES)
def test_key_facts_are_told_by_all_and_others_left_out_by_some(story):
    by_fact = Counter(fact for fact, _, _, cell in told(story) if cell == "yes")
    assert sum(n == 5 for n in by_fact.values()) >= 2
    assert sum(n >= 4 for n in by_fact.values()) >= 5
    assert sum(n <= 3 for n in by_fact.values()) >= 5
    missed = Counter(outlet for _, _, outlet, cell in told(story) if cell == "–")
    assert all(missed[o] for o in OUTLETS)


def bare(text):
    straight = text.translate(str.maketrans("‘’“”\n", "''\"\" "))
    return re.sub(r"['\"]", "", straight).casefold()


@each_article
def test_every_quotation_stands_in_the_fact_sheet(article, gold):
    sheet = bare(facts(article["story"]))
    for row in gold["quotes"]:
        if row["voice"] == "direct":
            assert bare(row["text"]).strip(" .,!?") in sheet, row["text"]


@pytest.mark.parametrize("story", STORIES)
def test_every_speaker_of_the_cast_is_in_the_fact_sheet(story):
    persons = [row for row in CAST if row["story"] == story and row["kind"] == "person"]
    names = {row["name"] for row in persons if row["role"] != "unnamed"}
    assert sorted(name for name in names if name not in facts(story)) == []


# The builder


def test_gold_of_a_sentence_counted_by_hand():
    text, gold = build.gold(
        "The <epithet hope evaluative premodifier positive>able</epithet> mayor, Alison Hope, "
        "<cue hope neutral 1>said</cue> <indirect hope 1>that it was "
        "<direct hope 1>“<loaded>chaos</loaded>”</direct> here</indirect>."
    )
    assert text == "The able mayor, Alison Hope, said that it was “chaos” here."
    assert [(v["start"], v["end"], v["voice"], v["cue"]) for v in gold["voices"]] == [
        (34, 45, "indirect", "said"),
        (46, 53, "direct", "said"),
        (54, 58, "indirect", "said"),
    ]
    [epithet] = gold["epithets"]
    assert (epithet["start"], epithet["end"], epithet["target"], epithet["voice"]) == (
        4,
        8,
        "Alison Hope",
        "outlet",
    )
    assert [(w["text"], w["start"], w["voice"]) for w in gold["loaded"]] == [
        ("able", 4, "outlet"),
        ("chaos", 47, "direct"),
    ]
    assert [(n["text"], n["start"], n["why"]) for n in gold["negatives"]] == [("Hope", 23, "surname")]
    assert gold["words"] == {"outlet": 6, "direct": 1, "scare": 0, "indirect": 4, "boilerplate": 0}


def test_a_name_inside_a_label_is_no_negative():
    _, gold = build.gold("a <epithet hope stance nominal neutral>Fair Work loyalist</epithet> of Fair Work")
    assert [n["start"] for n in gold["negatives"]] == [24]


def test_a_label_with_a_marked_word_inside_is_not_counted_twice():
    _, gold = build.gold("<epithet farr legal nominal negative>convicted <loaded>cheat</loaded></epithet>")
    assert [w["text"] for w in gold["loaded"]] == ["cheat"]


@pytest.mark.parametrize(
    ("marked", "error", "message"),
    [
        ("<loaded>chaos", ValueError, "<loaded> is not closed"),
        ("<loaded>chaos</cue>", ValueError, "</cue> closes <loaded> near 'chaos'"),
        ("chaos</cue>", ValueError, "</cue> closes <nothing> near 'chaos'"),
        ("<cue hope rich neutral>said</cue>", ValueError, "<cue hope rich neutral> gives who twice"),
        ("<cue nobody neutral>said</cue>", KeyError, "'nobody'"),
        ("<label hope>said</label>", KeyError, "'label'"),
    ],
)
def test_slips_in_the_markup_are_errors(marked, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build.parse(marked)


# The two annotators


def annotator(name):
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


each_annotator = pytest.mark.parametrize("name", ["first", "second"])


@each_annotator
def test_annotators_marked_every_article_with_offsets_and_labels_alone(name):
    records = annotator(name)
    assert [r["article_id"] for r in records] == list(BY_ID)
    for record in records:
        assert set(record) == {"article_id", "epithets", "loaded", "quotes", "cues"}
        assert all("text" not in row for layer in set(record) - {"article_id"} for row in record[layer])


@each_annotator
def test_annotators_spans_hold_words_in_order_and_do_not_overlap(name):
    for record in annotator(name):
        text = BY_ID[record["article_id"]]["text"]
        for layer in ("epithets", "loaded", "quotes", "cues"):
            ends = 0
            for row in record[layer]:
                assert ends <= row["start"] < row["end"] <= len(text)
                assert re.fullmatch(r"\S(?:[^\n]*\S)?", text[row["start"] : row["end"]])
                ends = row["end"]


@each_annotator
def test_annotators_used_the_values_of_the_definitions(name):
    for record in annotator(name):
        for row in record["epithets"]:
            assert all(row[c] in build.VOCABULARY[c] for c in ("kind", "form", "polarity"))
        for row in record["epithets"] + record["loaded"] + record["quotes"]:
            assert row["voice"] in ("outlet", *build.VOICES)
        for row in record["quotes"] + record["cues"]:
            assert row["cue_class"] in (None, *build.VOCABULARY["cue_class"])
        states = {row["state"] for layer in ("epithets", "loaded", "quotes", "cues") for row in record[layer]}
        assert states <= {"core", "debatable"}


def test_annotators_differ_and_the_gold_is_neither():
    spans = [
        {(r["article_id"], row["start"], row["end"]) for r in records for row in r["loaded"]}
        for records in (annotator("first"), annotator("second"), GOLD)
    ]
    assert all(a - b for a in spans for b in spans if a is not b)


# The benchmark


@pytest.fixture(scope="module")
def benchmark():
    folder = FOLDER.parents[1] / "benchmarks"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("benchmark_teaching", folder / "teaching.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


def span(start, end, state="core", **labels):
    return {"start": start, "end": end, "state": state, **labels}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Alison Hope", "hope", True),
        ("A pal", "pal", True),
        ("Alison Hope", "Owen Hope", False),
        ("Alison Hope", None, False),
        (None, float("nan"), True),
        ("legal", "stance", False),
        (True, False, False),
    ],
)
def test_names_are_alike_without_case_and_determiners(benchmark, a, b, expected):
    assert benchmark.alike(a, b) is benchmark.alike(b, a) is expected


def test_items_counted_by_hand(benchmark):
    gold = [
        span(0, 4, kind="legal"),
        span(10, 14, kind="stance"),
        span(20, 24, "debatable", kind="legal"),
        span(50, 54, kind="legal"),
    ]
    system = [span(0, 4, kind="legal"), span(9, 14, kind="legal"), span(20, 24), span(30, 34), span(30, 34)]
    assert list(benchmark.items(system, gold, "kind")) == [
        ("precision", 2, 3),
        ("recall", 2, 3),
        ("F1", 4, 6),
        ("right kind", 1, 2),
    ]


def test_items_of_one_voice(benchmark):
    gold = [span(0, 4, voice="outlet"), span(10, 14, voice="direct")]
    system = [span(10, 14, voice="outlet"), span(20, 24, voice="direct")]
    assert list(benchmark.items(system, gold, voice="outlet")) == [
        ("precision", 0, 0),
        ("recall", 0, 1),
        ("F1", 0, 1),
    ]


def test_agreement_counted_by_hand(benchmark):
    first = [span(0, 4, kind="legal", target="Mayor Hope"), span(10, 14, kind="stance", target="Sharp")]
    second = [span(0, 4, kind="legal", target="Hope"), span(10, 15, kind="legal", target="Hope")]
    second += [span(30, 35, kind="legal", target="Hope")]
    rows = {
        measure: (n, of, alpha)
        for measure, n, of, alpha in benchmark.agreement(first, second, "kind", "target")
    }
    assert rows["core found by the other"] == (4, 5, "")
    assert rows["identical span"] == (1, 2, "")
    assert rows["same target"] == (1, 2, "")
    # Labels legal-legal and stance-legal: 1 of 2 disagree; of 3 legal and 1 stance 2*3*1/(4*3) would by chance.
    assert rows["same kind"] == (1, 2, "0.000")


def test_an_annotator_agrees_with_itself(benchmark):
    rows = benchmark.read("first", "cues")
    for _, n, of, alpha in benchmark.agreement(rows, rows, "cue_class"):
        assert (n, alpha) in ((of, ""), (of, "1.000"))


def test_both_tables_are_printed(benchmark, capsys):
    benchmark.main()
    tables = [t.splitlines() for t in capsys.readouterr().out.split("\n\n")]
    assert [t[0] for t in tables] == [
        "| layer | agreement | n | of | share | alpha |",
        "| layer | system | n | of | share |",
    ]
    rows = [re.split(r" ?\| ?", line)[1:-1] for t in tables for line in t[2:] if line]
    assert {r[0] for r in rows} == {"epithets", "loaded", "quotes", "cues", "characters", "negatives"}
    for _, measure, n, of, share, *_ in rows:
        n, of = (int(x.replace(",", "")) for x in (n, of))
        assert 0 <= n <= of, measure
        assert share == f"{n / of:.3f}"


# The page about it


def test_readme_explains_every_column_and_field():
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    fields = {key for g in GOLD for key in g} | {
        key for g in GOLD for layer in LAYERS for r in g[layer] for key in r
    }
    named = set(re.findall(r"`([a-z_]+)`", readme))
    assert (fields | set(build.COLUMNS)) - named - {"start", "end"} == set()
    for outlet in OUTLETS:
        assert f"| {outlet} |" in readme
