# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in other languages, from right to left, and in letters twice as large on a small
screen."""

import pathlib
import re

import pytest

from desk import BELIEVED, Stage, Visitor, settings_for, wait_until
from desk.session import Session
from harness import TimedOut

GTK_IN_HEBREW = pathlib.Path("/usr/share/locale/he/LC_MESSAGES/gtk30.mo")
PAGES = {"de": ["Start", "Anfragen", "Prüfung", "Einstellungen"],
         "he": ["בית", "בקשות", "בדיקה", "הגדרות"],
         "en": ["Home", "Requests", "Check-up", "Settings"]}
ROLES_OF_WORDS = ["label", "label", "label", "heading"]
WORDS = {
    "de": ["Deine Fotos lassen sich an diesem Computer öffnen", "Noch keine Anfragen",
           "Antwort von Immich", "Wo Einstellungen gespeichert sind"],
    "he": ["אפשר לפתוח את התמונות שלך במחשב הזה", "אין עדיין בקשות", "התשובה של Immich",
           "היכן ההגדרות נשמרות"],
}


def start(stage, language, *keys, **options):
    return stage.start(settings_for(stage.demo().url, *keys),
                       environment={"LANGUAGE": language}, **options)


def get_center(control):
    x, _, width, _ = control.place
    return x + width // 2


@pytest.mark.parametrize("language", WORDS)
def test_every_page_speaks_the_language(stage, language):
    start(stage, language)

    for page, role, words in zip(PAGES[language], ROLES_OF_WORDS, WORDS[language]):
        stage.show(page)
        assert stage.window.find(role, words, hidden=True)


def test_no_english_is_left_in_german(stage):
    """Single words may be the same in both."""
    english = read_all(stage, "en")
    stage.finish()
    german = read_all(stage, "de")

    assert {text for text in english & german if text[:1].isalpha() and " " in text} == set()


def read_all(stage, language):
    """Every word on every page, but for those that differ from start to start."""
    start(stage, language)
    texts = set()
    for page in PAGES[language]:
        stage.show(page)
        wait_until(lambda: stage.window.all("heading") or stage.window.all("label"), "the page")
        for role in ("label", "push button", "toggle button", "check box", "heading"):
            texts |= {control.name for control in stage.window.all(role, hidden=True)}
    return texts


@pytest.fixture
def right_to_left():
    if not GTK_IN_HEBREW.exists():
        pytest.skip(f"GTK does not know Hebrew here: there is no {GTK_IN_HEBREW}")


def test_hebrew_is_laid_out_from_right_to_left(stage, right_to_left):
    start(stage, "he")
    frame = stage.window.find("frame")
    pages = [get_center(stage.window.find("radio button", page)) for page in PAGES["he"]]
    assert pages == sorted(pages, reverse=True)

    choices = [get_center(stage.window.find("radio button", name))
               for name in ("המחשב הזה", "הרשת שלי", "האינטרנט")]
    assert choices == sorted(choices, reverse=True)
    menu = stage.window.find("toggle button", "תפריט")
    assert get_center(menu) < get_center(frame)


def test_the_log_is_laid_out_from_right_to_left(stage, right_to_left):
    start(stage, "he")
    stage.show(PAGES["he"][1])
    Visitor(stage.program.port).list_pictures()
    stage.window.find("table cell", "200")

    def find_centers():
        """Once the row has its place."""
        centers = [get_center(cell) for cell in stage.window.all("table cell")[:6]]
        return centers if len(centers) == 6 and min(centers) > 0 else None

    centers = wait_until(find_centers, "a row in its place")
    assert centers == sorted(centers, reverse=True)


def test_the_language_is_a_setting(stage):
    start(stage, "en")
    stage.show("Settings")
    stage.window.find("combo box", "Language", hidden=True).choose("Deutsch")
    stage.program.wait_for_setting("window", "language", "de")
    stage.program.finish()

    start(stage, "en", "[window]", "language=de")
    stage.show("Einstellungen")
    chooser = stage.window.find("combo box", "Sprache", hidden=True)
    chooser.choose(chooser.children[0].children[0].name)
    wait_until(lambda: not stage.program.read_setting("window", "language"), "no language set")


def test_a_setting_goes_before_the_system(stage):
    start(stage, "de", "[window]", "language=he")

    assert stage.window.find("radio button", PAGES["he"][1])


def test_an_unknown_language_is_english(stage):
    start(stage, "tlh")

    assert stage.window.find("radio button", "Requests")


# Letters twice as large on a small screen

SCREEN = (800, 600)
BORDER = 2
LARGE = {"GDK_DPI_SCALE": "2"}
ROLES = ("push button", "toggle button", "radio button", "check box", "combo box", "text", "label",
         "heading", "list box", "table", "image", "progress bar")


@pytest.fixture(scope="module")
def small_session():
    session = Session(SCREEN)
    yield session
    session.finish()


@pytest.fixture
def small_stage(small_session, tmp_path):
    with Stage(small_session, tmp_path) as made:
        yield made


def start_large(stage, language, settings=None):
    stage.start(settings, environment={"LANGUAGE": language, **LARGE})


def fill_screen(stage):
    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")
    stage.session.run("xdotool", "getactivewindow", "windowsize", *map(str, SCREEN), "windowmove",
                      "0", "0")
    wait_until(lambda: stage.window.find("frame").place[:2] == (0, 0), "the window in its place")


def assert_fits(window, find=None):
    """It comes to rest no larger than the screen but for its border, and nothing in it reaches
    beyond its sides or is wider than the room it has. What is further down is scrolled to."""
    misfits = []

    def fits():
        misfits[:] = (find or find_misfits)(window)
        return not misfits

    try:
        wait_until(fits, "everything in its place")
    except TimedOut as late:
        raise AssertionError("\n".join(misfits)) from late


def find_misfits(window):
    left, top, width, height = window.place
    if width <= 1:
        yield f"{window!r} has no size yet"
    if (min(left, top) < -BORDER or left + width > SCREEN[0] + BORDER
            or top + height > SCREEN[1] + BORDER):
        yield f"{window!r} at {window.place}"
    for role in ROLES:
        for control in window.all(role):
            if not control.is_scrolled_away:
                yield from find_misfits_of(control, left, left + width)


def find_misfits_of(control, left, right):
    x, _, width, _ = control.place
    if x < left or x + width > right:
        yield f"{control!r} at {control.place} reaches outside"
    if control.role == "label" and control.name:
        text_x, _, text_width, _ = control.text_place
        if text_x < x - 1 or text_x + text_width > x + width + 1:
            yield f"{control!r} at {control.place} is cut off: {control.text_place}"


@pytest.mark.parametrize("language", PAGES)
def test_every_page_fits(small_stage, language):
    start_large(small_stage, language, settings_for(small_stage.demo().url, exposure="internet"))
    fill_screen(small_stage)

    for page in PAGES[language]:
        small_stage.show(page)
        wait_until(lambda: small_stage.window.find("radio button", page).is_("checked"), page)
        assert_fits(small_stage.window.find("frame"))


# A narrow window, so high that all of Home is in sight

NARROW = (420, 2300)

GUESS = "/api/shared-links/me?slug=grandparents&password=wrong"


@pytest.fixture(scope="module")
def high_session():
    session = Session((800, 2400))
    yield session
    session.finish()


@pytest.fixture
def high_stage(high_session, tmp_path):
    with Stage(high_session, tmp_path) as made:
        yield made


@pytest.mark.parametrize("language", PAGES)
def test_home_fits_a_narrow_window(high_stage, language):
    start_narrow(high_stage, language)

    assert_fits(high_stage.window, find_narrow_misfits)


def start_narrow(stage, language):
    """With two addresses of Immich, the internet let in, a phone that has come, and somebody who guesses."""
    demos = ";".join(stage.demo().url for _ in range(2))
    stage.start(settings_for(demos, *BELIEVED, exposure="internet"), environment={"LANGUAGE": language})
    Visitor(stage.program.port, address="192.168.1.23").get("/api/server/ping")
    stranger = Visitor(stage.program.port, "firefox", address="203.0.113.9")
    assert [stranger.get(GUESS)[0] for _ in range(6)] == [401] * 5 + [429]
    wait_until(lambda: stage.window.all("list item", re.compile(r"203\.0\.113\.9")), "who guesses")
    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")
    stage.session.run("xdotool", "getactivewindow", "windowsize", *map(str, NARROW), "windowmove",
                      "0", "0")


def find_narrow_misfits(window):
    """Also what can be scrolled sideways."""
    place = window.find("frame").place
    if place != (0, 0, *NARROW):
        yield f"the window at {place}"
    for bar in window.all("scroll bar"):
        _, _, width, height = bar.place
        if width > height:
            yield f"a bar to scroll sideways at {bar.place}"
    for role in ROLES:
        for control in window.all(role):
            yield from find_misfits_of(control, 0, NARROW[0])


@pytest.mark.parametrize("language", PAGES)
def test_trouble_fits(small_stage, language):
    start_large(small_stage, language, settings_for("http://127.0.0.1:9"))
    fill_screen(small_stage)
    small_stage.window.find("info bar")

    assert_fits(small_stage.window.find("frame"))


@pytest.mark.parametrize("language", PAGES)
def test_the_assistant_fits(small_stage, language):
    start_large(small_stage, language)

    wait_until(lambda: len(small_stage.window.children) == 2, "the assistant")
    assert_fits(small_stage.window.children[-1])


@pytest.mark.parametrize("language, choice", [("en", "The internet"), ("de", "Internet")])
def test_a_question_fits(small_stage, language, choice):
    start_large(small_stage, language, settings_for(small_stage.demo().url))
    small_stage.window.find("radio button", choice).press()

    assert_fits(small_stage.window.find("alert"))
