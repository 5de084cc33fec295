# SPDX-License-Identifier: GPL-3.0-or-later
"""What every catalogue has to hold. `po/update` mends those that lag behind the source."""

import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import catalogue

ROOT = Path(__file__).parents[2]
PO = ROOT / "po"
LANGUAGES = [line for line in (PO / "LINGUAS").read_text().split("\n") if line and line[0] != "#"]
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "he": "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);",
}
FORMS = {"de": 2, "he": 3}
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
MARKS = re.compile(r'\b(?:_|N_|ngettext) ?\(\s*"|translatable="yes"')
ENDS = re.compile(r"(\s*…|[.:?!]?\s*)$")


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """What is marked in the source now."""
    path = tmp_path_factory.mktemp("i18n") / "porchlight.pot"
    arguments = (PO / "xgettext.args").read_text().split()
    command = ["xgettext", *arguments, "--files-from=po/POTFILES.in", f"--output={path}"]
    warnings = subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.PIPE, text=True)
    assert warnings.stderr == ""
    return catalogue.read(path)[1]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def header(language):
    return catalogue.read(PO / f"{language}.po")[0]


@pytest.fixture
def messages(language):
    return catalogue.read(PO / f"{language}.po")[1]


def marked_files():
    for folder in ("net", "app", "gui", "resources"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".c", ".h", ".ui") and MARKS.search(path.read_text("utf-8")):
                yield str(path.relative_to(ROOT))


def test_every_marked_file_is_listed():
    assert (PO / "POTFILES.in").read_text().split() == sorted(marked_files())


def test_every_catalogue_is_a_language():
    assert LANGUAGES == sorted(path.stem for path in PO.glob("*.po"))


def test_whole_directives(template):
    """A macro such as G_GUINT64_FORMAT ends, for xgettext, the string before it."""
    for message in template:
        without = catalogue.DIRECTIVE.sub("", message.text)
        is_date = re.search(r"%[aAbBeHMSxY]", message.text)
        assert is_date or "%" not in without, message.text


def test_nothing_is_missing_or_left_over(template, messages):
    wanted = {(message.text, message.plural) for message in template}
    there = {(message.text, message.plural) for message in messages}
    assert sorted(map(str, wanted - there)) == []
    assert sorted(map(str, there - wanted)) == []


def test_everything_is_translated(messages):
    assert [m.text for m in messages if "fuzzy" in m.flags or "" in (m.translations or [""])] == []


def test_gettext_finds_no_fault(language, tmp_path):
    command = ["msgfmt", "--check", "--statistics", "--output-file", tmp_path / "x.mo"]
    result = subprocess.run(
        [*command, PO / f"{language}.po"], env={"LC_ALL": "C"}, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"\d+ translated messages\.\n", result.stderr)


def test_plural_forms(language, header, messages):
    assert header["Language"] == language
    assert header["Plural-Forms"] == PLURALS[language]
    for message in messages:
        assert len(message.translations) == (FORMS[language] if message.plural else 1), message.text


def test_directives_match(messages):
    """A form for one number alone, such as "one device", may do without it."""
    for message in messages:
        for text, translation in message.pairs():
            wanted, got = catalogue.directives(text), catalogue.directives(translation)
            if message.plural:
                assert got.items() <= wanted.items(), translation
            else:
                assert got == wanted, translation


def test_last_plural_form_says_the_number(messages):
    for message in messages:
        if message.plural:
            wanted = catalogue.directives(message.plural)
            assert catalogue.directives(message.translations[-1]) == wanted, message.plural


def test_ends_alike(messages):
    """A full stop, an ellipsis, a colon, a line's end."""
    for message in messages:
        for text, translation in message.pairs():
            wanted, got = ENDS.search(text).group().strip(" "), ENDS.search(translation).group()
            assert got.strip(" ") == wanted, translation
            assert text.endswith(" ") == translation.endswith(" "), translation
            assert text.startswith(" ") == translation.startswith(" "), translation


def test_mnemonics(messages):
    for message in messages:
        for text, translation in message.pairs():
            letter = catalogue.mnemonic(translation)
            assert (letter is None) == (catalogue.mnemonic(text) is None), translation
            assert letter is None or letter.isalpha(), translation


def clashes(messages, translate):
    """For each file how many mnemonics it has that another text of it has too."""
    letters = {}
    for message in messages:
        letter = catalogue.mnemonic(translate(message))
        for place in message.places if letter else ():
            letters.setdefault(place, []).append(letter)
    return {place: len(found) - len(set(found)) for place, found in letters.items()}


def test_mnemonics_are_told_apart(messages):
    """No worse than in English: what is never seen together may share a letter."""
    in_english = clashes(messages, lambda message: message.text)
    for place, number in clashes(messages, lambda message: message.translations[0]).items():
        assert number <= in_english[place], place


def test_technical_names_stay(messages):
    """Options, addresses, settings and commands are the same in every language."""
    names = re.compile(r"--[a-z]+|https?://[\w.:/]*\w|\w+_\w+_\w+|\[[a-z]+ %s\]|[A-Z]{4,}_\w+=\w+")
    for message in messages:
        for text, translation in message.pairs():
            assert Counter(names.findall(translation)) == Counter(names.findall(text)), translation


def test_direction(language, messages):
    """The first letter of a line decides in which direction all of it is laid out; what is put in
    may begin with a Latin one."""
    if language not in RIGHT_TO_LEFT:
        pytest.skip("this language is written from left to right")
    for line in (line for m in messages for t in m.translations for line in t.split("\n")):
        letters = [unicodedata.bidirectional(c) for c in catalogue.DIRECTIVE.sub("s", line)]
        strong = [kind for kind in letters if kind in ("L", "R", "AL")]
        if "R" in strong or "AL" in strong:
            assert strong[0] != "L", line
