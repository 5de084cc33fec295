# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a program finds its catalogues: where it was built, and on a stick."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DAEMON = Path(os.environ["PORCHLIGHTD"])
CATALOGUES = Path(os.environ["CATALOGUES"])
WORDS = {
    "": "The port that phones and browsers connect to",
    "de": "Der Port, mit dem sich Telefone und Browser verbinden",
    "he": "הפורט שטלפונים ודפדפנים מתחברים אליו",
}


def help_of(program, language):
    return subprocess.run(
        [program, "--help"],
        env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language},
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout


@pytest.mark.parametrize("language", WORDS)
def test_where_it_was_built(language):
    assert WORDS[language] in help_of(DAEMON, language)


@pytest.mark.parametrize("language", WORDS)
def test_on_a_stick(language, tmp_path):
    shutil.copy(DAEMON, tmp_path)
    shutil.copytree(CATALOGUES, tmp_path / "locale")
    assert WORDS[language] in help_of(tmp_path / DAEMON.name, language)


def test_without_catalogues(tmp_path):
    shutil.copy(DAEMON, tmp_path)
    assert WORDS[""] in help_of(tmp_path / DAEMON.name, "de")
