"""The pages in real Chromium: every control by mouse and keyboard, narrow and wide, light and dark.

Needs the program ``chromium`` (Debian: ``apt install chromium``). Without it these tests fail in CI and are
skipped elsewhere, with a line that says so.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as NotShown
from playwright.sync_api import expect, sync_playwright
from test_reader import HOSTILE

from analysis.annotate import annotate, batches, options
from analysis.corpus import checked, load_corpus
from analysis.reader import html_fragment, reader
from analysis.report import report
from analysis.side_by_side import side_by_side

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]
NARROW, WIDE = 360, 1280
PAGES = ("one", "four", "two", "report")


def the_browser():
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None and os.environ.get("CI"):
        pytest.fail("no Chromium: CI must install it (apt-get install chromium)")
    if path is None:
        pytest.skip("no Chromium here: controls, contrast and requests of the pages were NOT tested")
    return path


@pytest.fixture(scope="module")
def browser():
    path = the_browser()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The pages, each in a file."""
    path = tmp_path_factory.mktemp("pages")
    articles = load_corpus()
    levy = articles[articles["story"] == "levy"]
    pages = {
        "one": reader(articles.head(1)),
        "four": reader(articles.head(4)),
        "blind": reader(articles.head(2), blind=True),
        "two": side_by_side(levy.iloc[[0, 2]]),
        "hostile": reader(
            checked(
                pd.DataFrame(
                    {"text": [HOSTILE, HOSTILE], "title": HOSTILE, "outlet": HOSTILE, "url": "javascript:x"}
                )
            )
        ),
        "hebrew": reader(
            checked(pd.DataFrame({"text": ["ראש העיר עזב. “Chaos”, אמר.\n\nThe regime fell."]}))
        ),
        "frame": "<!doctype html><title>x</title>" + html_fragment(annotate(articles.head(2))),
    }
    for name, html in pages.items():
        (path / f"{name}.html").write_text(html, encoding="utf8")
    report(batches(articles), options(), path / "report")
    for made in (path / "report").iterdir():
        made.rename(path / made.name)
    return path


@pytest.fixture
def visit(browser, folder):
    """Opens a page; at the end of the test nothing may have been requested, complained of or alerted."""
    contexts, troubles = [], []

    def open_page(name, *, width=WIDE, scheme="light", **options):
        height = 740 if width == NARROW else 800
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        own = (folder / f"{name}.html").as_uri()
        page.on(
            "request",
            lambda r: troubles.append(r.url) if r.url.split("#")[0] != own and not local(r) else None,
        )
        page.on("console", lambda m: troubles.append(f"console: {m.text}"))
        page.on("pageerror", lambda e: troubles.append(f"error: {e}"))
        page.on("dialog", lambda d: troubles.append(f"alert: {d.message}") or d.dismiss())
        page.goto(own)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def local(request):
    return request.url.startswith(("data:", "about:"))


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]


def card(page):
    return page.locator("#card")


def style(locator, name):
    return locator.evaluate("(e, name) => getComputedStyle(e)[name]", name)


# -- all pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(visit, name, width, scheme):
    page = visit(name, width=width, scheme=scheme)
    for part in page.locator("summary").all():
        part.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_and_light_differ(visit, scheme):
    paper = style(visit("one", scheme=scheme).locator("body"), "backgroundColor")
    lightness = sum(map(int, re.findall(r"\d+", paper)[:3]))
    assert (lightness > 600) == (scheme == "light")


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_reason_with_all_layers_on_is_accessible(visit, width, scheme):
    page = visit("one", width=width, scheme=scheme)
    page.locator("#layer-tone").check()
    page.locator(".body .m.loaded[data-s]").first.click()
    expect(card(page)).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("name", ["hostile", "hebrew", "frame", "blind"])
def test_unusual_pages_raise_nothing(visit, name):
    page = visit(name)
    assert page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE


def test_hostile_text_is_shown_and_does_nothing(visit):
    page = visit("hostile")
    expect(page.locator(".body").first).to_contain_text(
        "<script>alert(1)</script> <img src=x onerror=alert(2)>"
    )
    assert page.locator("img, .body script, .body style").count() == 0
    for mark in page.locator(".m[data-m]").all()[:12]:
        mark.hover()
    page.locator("#blind").check()
    assert page.locator("a[href^='javascript']").count() == 0


@pytest.mark.parametrize("name", ["one", "report"])
def test_a_script_that_got_in_would_not_run(browser, folder, name):
    context = browser.new_context()
    page = context.new_page()
    refused, asked = [], []
    page.on("console", lambda m: refused.append(m.text))
    page.on("requestfinished", lambda r: asked.append(r.url))
    page.on("requestfailed", lambda r: asked.append(r.url) if r.failure != "csp" else None)
    page.goto((folder / f"{name}.html").as_uri())
    asked.clear()
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
            const box = document.createElement("div");
            box.innerHTML = "<img src='https://example.org/a.png' onerror='window.ran = 2'>";
            document.body.append(box);
            return fetch("https://example.org/").catch(() => 0);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert asked == []
    assert sum("Content Security Policy" in text for text in refused) >= 3
    context.close()


def test_the_skip_link_leads_to_the_text(visit):
    page = visit("one")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#articles")).to_be_focused()


# -- reasons by mouse, touch and keyboard ----------------------------------------------------------


def test_pointing_at_a_mark_shows_its_reason_and_leaving_hides_it(visit):
    page = visit("one")
    mark = page.locator(".body .m.loaded").first
    mark.hover()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text("Loaded word")
    expect(card(page)).to_contain_text("Lexicon")
    page.locator("h1").hover()
    expect(card(page)).to_be_hidden()


def test_a_reason_stays_while_pointed_at(visit):
    page = visit("one")
    page.locator(".body .m.loaded").first.hover()
    card(page).hover()
    page.wait_for_timeout(400)
    expect(card(page)).to_be_visible()


def test_a_click_keeps_the_reason_and_another_closes_it(visit):
    page = visit("one")
    mark = page.locator(".body .m.loaded[data-s]").first
    mark.click()
    page.locator("h1").hover()
    page.wait_for_timeout(400)
    expect(card(page)).to_be_visible()
    mark.click()
    expect(card(page)).to_be_hidden()
    mark.click()
    page.locator("#card-close").click()
    expect(card(page)).to_be_hidden()
    expect(mark).to_be_focused()
    mark.click()
    page.locator("h1").click()
    expect(card(page)).to_be_hidden()


def test_a_tap_docks_the_reason_below(visit):
    page = visit("one", width=NARROW, has_touch=True, is_mobile=True)
    page.locator(".body .m.loaded[data-s]").first.tap()
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW
    assert 700 < box["y"] + box["height"] <= 740


@pytest.mark.parametrize("width", [700, WIDE])
def test_a_reason_is_never_outside_the_window(visit, width):
    page = visit("four", width=width)
    for mark in page.locator(".body .m.loaded[data-s]").all()[::4]:
        mark.scroll_into_view_if_needed()
        mark.hover()
        box = card(page).bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 800


def test_arrow_keys_go_from_mark_to_mark(visit):
    page = visit("one")
    stops = page.locator(".body .m[role=button]")
    first, second, last = stops.first, stops.nth(1), stops.last
    page.locator("#blind").focus()
    while not page.evaluate("document.activeElement.matches('.body .m')"):
        page.keyboard.press("Tab")
    expect(first).to_be_focused()
    expect(card(page)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    page.keyboard.press("End")
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Space")
    expect(card(page)).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator(".list summary")).to_be_focused()


def test_the_keyboard_reaches_every_mark_once(visit):
    page = visit("one")
    stops = page.locator(".body .m[role=button]").count()
    page.locator(".body .m[role=button]").first.focus()
    seen = set()
    for _ in range(stops):
        seen.add(page.evaluate("document.activeElement.id"))
        page.keyboard.press("ArrowRight")
    assert len(seen) == stops > 20


def test_a_screen_reader_is_told_the_reason(visit):
    page = visit("one")
    mark = page.locator(".body .m.loaded[role=button]").first
    ids = mark.get_attribute("aria-describedby").split()
    told = " ".join(page.locator(f"#{i}").text_content() for i in ids)
    mark.focus()
    for row in card(page).locator("li").all():
        assert row.text_content() in told


def test_without_scripts_the_reasons_are_a_list(visit):
    page = visit("one", java_script_enabled=False)
    page.locator(".list summary").click()
    expect(page.locator(".reasons li[data-layer=loaded]").first).to_be_visible()
    page.locator("#layer-loaded").uncheck()
    expect(page.locator(".reasons li[data-layer=loaded]").first).to_be_hidden()


# -- switches --------------------------------------------------------------------------------------

LOOKS = {
    "voice": (".body .v-direct", "backgroundColor"),
    "epithet": (".body .ep", "borderTopWidth"),
    "loaded": (".body .loaded", "textDecorationLine"),
    "cue": (".body .cue", "borderBottomStyle"),
}


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
@pytest.mark.parametrize("layer", LOOKS)
def test_a_layer_can_be_switched_off_and_on(visit, layer, how):
    page = visit("one")
    where, look = LOOKS[layer]
    mark, box = page.locator(where).first, page.locator(f"#layer-{layer}")
    before = style(mark, look)

    def switch():
        if how == "mouse":
            page.locator(f"label:has(#layer-{layer})").click()
        else:
            box.focus()
            page.keyboard.press("Space")

    switch()
    expect(box).not_to_be_checked()
    assert style(mark, look) != before
    mark.hover()
    assert page.locator(f"#card:not([hidden]) li[data-layer={layer}]").count() == 0
    switch()
    assert style(mark, look) == before


def test_tone_shows_numbers_when_switched_on(visit):
    page = visit("one")
    mark = page.locator(".body [data-tone]").first
    shown = "e => getComputedStyle(e, '::before').content"
    assert mark.evaluate(shown) == "none"
    page.locator("#layer-tone").check()
    assert re.fullmatch(r'"[−+]?\d\.\d\d"', mark.evaluate(shown))


def test_marks_of_layers_that_are_off_are_no_stops(visit):
    page = visit("one")
    for layer in ("voice", "epithet", "cue"):
        page.locator(f"#layer-{layer}").uncheck()
    stops = page.locator(".body .m[role=button]")
    assert stops.count() == page.locator(".body .m[data-s~=loaded]").count()
    page.locator("#layer-loaded").uncheck()
    assert page.locator(".body .m[role=button]").count() == 0


def test_the_headline_can_be_hidden(visit):
    page = visit("one")
    expect(page.locator(".headline")).to_be_visible()
    page.locator("#layer-headline").uncheck()
    expect(page.locator(".headline")).to_be_hidden()


# -- blind mode ------------------------------------------------------------------------------------


def test_blind_mode_hides_who_wrote_it_until_revealed(visit):
    page = visit("blind")
    tells = load_corpus().head(2)[["outlet", "authors", "date"]].to_numpy().ravel().tolist()
    shown = page.locator("body").inner_text().lower()
    assert [t for t in tells if t.lower() in shown] == []
    sheets = page.locator(".sheet")
    sheets.first.locator(".reveal").click()
    expect(sheets.first).to_contain_text(tells[0])
    expect(sheets.first).to_be_focused()
    expect(sheets.first.locator(".fact").first).to_be_visible()
    expect(sheets.nth(1).locator(".fact").first).to_be_hidden()
    page.locator("#blind").uncheck()
    expect(sheets.nth(1).locator(".fact").first).to_be_visible()
    page.locator("#blind").check()
    expect(sheets.first.locator(".fact").first).to_be_hidden()


def test_reasons_do_not_tell_in_blind_mode(visit):
    page = visit("blind")
    names = [
        n.lower()
        for n in load_corpus().head(2)["outlet"].tolist() + load_corpus().head(2)["authors"].tolist()
    ]
    for part in page.locator(".list summary").all():
        part.click()
    shown = page.locator("body").inner_text().lower()
    assert [n for n in names if n in shown] == []
    for mark in page.locator(".body .m[role=button]").all()[:15]:
        mark.focus()
        assert [n for n in names if n in card(page).inner_text().lower()] == []


def test_reveal_works_by_keyboard(visit):
    page = visit("blind")
    page.locator(".reveal").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sheet").nth(1).locator(".fact").first).to_be_visible()


# -- other readers ---------------------------------------------------------------------------------


def test_paper_has_the_reasons_and_no_switches(visit):
    page = visit("one", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".reasons li[data-layer=loaded]").first).to_be_visible()
    assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".reasons li[data-layer=loaded]").first).to_be_hidden()


def test_paragraphs_run_in_the_direction_of_their_language(visit):
    page = visit("hebrew")
    directions = [style(p, "direction") for p in page.locator(".body p").all()]
    assert directions == ["rtl", "ltr"]


def test_articles_stand_side_by_side_where_there_is_room(visit):
    wide, narrow = visit("four"), visit("four", width=NARROW)
    tops = [[round(s.bounding_box()["y"]) for s in p.locator(".sheet").all()] for p in (wide, narrow)]
    assert len(set(tops[0])) == 2
    assert len(set(tops[1])) == 4


def test_a_notebook_shows_the_reader_in_a_frame(visit):
    page = visit("frame")
    inside = page.frame_locator("iframe")
    inside.locator(".body .m.loaded[data-s]").first.click()
    expect(inside.locator("#card")).to_be_visible()
    inside.locator("#layer-voice").uncheck()
    expect(inside.locator("#card")).to_be_hidden()


NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "cells": [
        {
            "cell_type": "code", "id": "a", "execution_count": None, "metadata": {}, "outputs": [],
            "source": "from IPython.display import HTML\nfrom analysis.annotate import annotate\n"
            "from analysis.corpus import load_corpus\nfrom analysis.reader import html_fragment\n"
            "HTML(html_fragment(annotate(load_corpus().head(1))))",
        }
    ],
}  # fmt: skip


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab of our own, with one notebook in it."""
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "one.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    settings = {name: str(tmp_path / name.lower()) for name in homes}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
        *(
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token=x",
            f"--ServerApp.root_dir={tmp_path / 'root'}",
        ),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **settings, "PYTHONPATH": path}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.25)
        yield f"http://127.0.0.1:{port}/lab/tree/one.ipynb?token=x&reset"
    finally:
        server.terminate()
        server.wait(30)


def run_first_cell(page, shown):
    """Run the cell until its output is ``shown``: on a busy machine JupyterLab loses a key pressed too early."""
    for _ in range(5):
        page.locator(".jp-Notebook-cell .cm-content").first.click()
        page.keyboard.press("Control+Enter")
        try:
            return shown.wait_for(timeout=25_000)
        except NotShown:
            continue
    return shown.wait_for(timeout=25_000)


def test_jupyterlab_runs_a_notebook_and_shows_the_article_in_colour(browser, lab):
    context = browser.new_context(viewport={"width": WIDE, "height": 900})
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(lab)
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').first.wait_for(state="attached")
    inside = page.frame_locator("iframe[srcdoc]")
    quotation = inside.locator(".body .v-direct").first
    run_first_cell(page, quotation)
    assert style(quotation, "backgroundColor") not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    inside.locator(".body .m.loaded[data-s]").first.click()
    expect(inside.locator("#card")).to_contain_text("Lexicon")
    context.close()


# -- the comparison --------------------------------------------------------------------------------


def test_pairs_stand_side_by_side_and_below_each_other_on_a_phone(visit):
    for width, beside in ((WIDE, True), (NARROW, False)):
        cells = visit("two", width=width).locator(".pair").first.locator(".cell")
        a, b = cells.first.bounding_box(), cells.nth(1).bounding_box()
        assert (a["y"] == b["y"]) == beside


def test_what_only_one_tells_can_be_hidden(visit):
    page = visit("two")
    expect(page.locator(".alone").first).to_be_visible()
    page.locator("#only-pairs").check()
    assert page.locator(".alone:visible").count() == 0
    expect(page.locator(".pair").first).to_be_visible()


def test_differing_words_can_be_switched_off_and_say_why(visit):
    page = visit("two")
    # The middle of a word that runs over two lines may lie outside of it.
    whole = "[...document.querySelectorAll('.pair .differs')].findIndex(e => e.getClientRects().length === 1)"
    word = page.locator(".pair .differs").nth(page.evaluate(whole))
    word.hover()
    expect(card(page)).to_contain_text("Differing wording")
    page.locator("#layer-differs").uncheck()
    assert style(word, "boxShadow") == "none"


def test_one_button_reveals_both_articles(visit):
    page = visit("two")
    page.locator("#blind").check()
    assert page.locator(".fact:visible").count() == 0
    page.locator(".reveal").click()
    assert page.locator(".fact:visible").count() >= 6


# -- the report ------------------------------------------------------------------------------------


def names(page, table):
    return page.locator(f"#{table} tbody tr:visible th").all_inner_texts()


def values(page, table, column):
    return page.locator(f"#{table} tbody tr").evaluate_all(
        "(rows, at) => rows.map(r => r.cells[at].dataset.v).filter(Boolean).map(Number)", column
    )


def test_every_number_opens_its_sentences(visit):
    page = visit("report")
    dialog = page.locator("#evidence")
    for number in page.locator(".number").all()[::9]:
        number.click()
        expect(dialog).to_be_visible()
        assert page.locator("#evidence-list li").count() or "Nothing" in dialog.inner_text()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(number).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_sentences_fit_and_are_accessible(visit, width, scheme):
    page = visit("report", width=width, scheme=scheme)
    page.locator(".number[data-cell^='loaded:']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence mark").first).to_be_visible()
    box = page.locator("#evidence").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= (740 if width == NARROW else 800)
    assert violations(page) == []


def test_the_sentences_close_by_button_and_outside(visit):
    page = visit("report")
    number, dialog = page.locator(".number").first, page.locator("#evidence")
    number.click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    number.click()
    page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_tables_sort_by_any_column_both_ways(visit, how):
    page = visit("report")

    def press(column):
        button = page.locator("#outlets-table thead button").nth(column)
        if how == "mouse":
            button.click()
        else:
            button.focus()
            page.keyboard.press("Enter")

    for column in (2, 4, 9):
        press(column)
        assert values(page, "outlets-table", column) == sorted(
            values(page, "outlets-table", column), reverse=True
        )
        assert page.locator("#outlets-table th[aria-sort=descending]").count() == 1
        press(column)
        assert values(page, "outlets-table", column) == sorted(values(page, "outlets-table", column))
    press(0)
    assert names(page, "outlets-table") == sorted(names(page, "outlets-table"))
    assert page.locator("#outlets-table th[aria-sort=ascending]").count() == 1


def test_tables_filter(visit):
    page = visit("report")
    box = page.get_by_label("Filter").first
    box.click()
    page.keyboard.type("FENMARK")
    assert all("Fenmark" in n for n in names(page, "outlets-table"))
    expect(page.locator(".filter output").first).to_have_text("2 of 5")
    box.fill("")
    assert len(names(page, "outlets-table")) == 5
    box.fill("no such outlet")
    expect(page.locator(".filter output").first).to_have_text("0 of 5")


def test_tables_of_a_figure_can_be_saved(visit, tmp_path):
    page = visit("report")
    with page.expect_download() as download:
        page.locator("a[download='loaded-by-voice.csv']").click()
    path = tmp_path / "saved.csv"
    download.value.save_as(path)
    table = pd.read_csv(path)
    assert table.columns[:4].tolist() == ["outlet", "voice", "n", "base"]
    assert table["outlet"].nunique() == 5


def test_the_report_opens_within_two_seconds(visit):
    page = visit("report")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") < 2000
