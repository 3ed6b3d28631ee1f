import pandas as pd
import pytest

from analysis.annotate import annotate
from analysis.contexts import contexts
from analysis.corpus import load_corpus

TEXT = "Mr. Hope spoke. “It rained 🙂 on us,” he said.\n\nNobody came"
ARTICLES = pd.DataFrame(
    {"article_id": ["a", "b"], "text": [TEXT, "Dry."], "title": [None, "Sun and rain"], "outlet": ["X", "Y"]}
)


def spans(*rows):
    return pd.DataFrame(rows, columns=["article_id", "field", "start", "end"])


def test_the_sentence_around_a_span_by_hand():
    at = TEXT.index("rained")
    found = contexts(spans(("a", "text", at, at + 6), ("a", "text", 0, 8), ("b", "title", 8, 12)), ARTICLES)
    assert found[["left", "match", "right"]].values.tolist() == [
        ["“It ", "rained", " 🙂 on us,” he said."],
        ["", "Mr. Hope", " spoke."],
        ["Sun and ", "rain", ""],
    ]
    assert found["outlet"].tolist() == ["X", "X", "Y"]


def test_a_span_that_ends_its_sentence_has_nothing_to_its_right():
    [row] = contexts(spans(("a", "text", 9, 15)), ARTICLES)[["left", "match", "right"]].values.tolist()
    assert row == ["Mr. Hope ", "spoke.", ""]


def test_a_span_over_two_sentences_gives_both():
    found = contexts(spans(("a", "text", 9, TEXT.index("came"))), ARTICLES)
    [row] = found[["left", "match", "right"]].values.tolist()
    assert "".join(row) == TEXT


@pytest.mark.parametrize("layer", ["voices", "cues", "mentions", "hits", "epithets", "sentences"])
def test_every_row_of_every_table_leads_back_to_its_text(layer):
    articles = load_corpus()
    rows = getattr(annotate(articles), layer)
    assert len(rows)
    found = contexts(rows, articles)
    text = articles.set_index("article_id")["text"]
    title = articles.set_index("article_id")["title"]
    for row in found.itertuples():
        whole = (text if row.field == "text" else title)[row.article_id]
        assert row.match == whole[row.start : row.end]
        assert row.left + row.match + row.right in whole
        if "text" in found and layer != "voices":
            assert row.text == row.match


def test_order_and_index_are_the_rows_own():
    rows = spans(("b", "text", 0, 3), ("a", "text", 0, 2)).set_index(pd.Index([7, 3]))
    assert contexts(rows, ARTICLES).index.tolist() == [7, 3]
    assert contexts(rows, ARTICLES)["match"].tolist() == ["Dry", "Mr"]


def test_no_rows_give_no_rows():
    assert len(contexts(spans(), ARTICLES)) == 0


def test_errors_say_what_was_wrong():
    with pytest.raises(ValueError, match="rows: no 'text' of article 'z' in articles"):
        contexts(spans(("z", "text", 0, 1)), ARTICLES)
    with pytest.raises(ValueError, match="rows: a span lies outside its text"):
        contexts(spans(("b", "text", 0, 99)), ARTICLES)
