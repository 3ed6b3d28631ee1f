import pandas as pd
import pytest

from analysis.schema import TABLES, frame, one_of, require, require_table


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_the_columns_and_dtypes_of_the_contract(name):
    table = frame(name)
    assert {c: str(t) for c, t in table.dtypes.items()} == TABLES[name]
    assert len(table) == 0


def test_columns_come_in_the_order_of_the_contract_and_others_follow():
    given = {"mine": [1], "end": [4], "start": [0], "field": ["text"], "article_id": ["a"], "text": ["said"]}
    table = frame("cues", given)
    assert list(table.columns) == [*TABLES["cues"], "mine"]
    assert table["source"].isna().all()


def test_offsets_cannot_be_missing():
    with pytest.raises(ValueError, match="cues need a 'start'; given were"):
        frame("cues", {"article_id": ["a"], "field": ["text"], "end": [4]})


def test_keys_are_checked_and_not_summed():
    table = pd.DataFrame({"article_id": ["a", "a"], "text": ["x", "y"], "outlet": ["", ""]})
    with pytest.raises(
        ValueError, match=r"articles: expected one row per \('article_id',\), found 1 repeated"
    ):
        require_table(table, "articles")


def test_errors_say_what_was_given_and_what_is_allowed():
    with pytest.raises(ValueError, match=r"hits lacks \['start'\]; it has \['end'\]"):
        require(pd.DataFrame({"end": [1]}), ["start"], name="hits")
    with pytest.raises(ValueError, match=r"voice must be one of \['direct', 'outlet'\]; got 'loud'"):
        one_of("voice", "loud", ("outlet", "direct"))
