# SPDX-License-Identifier: GPL-3.0-or-later
"""What is saved of requests: HAR, CSV, the combined log; without secrets, and such that others read it."""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

import pytest

from desk import BELIEVED
from desk.requests import Page
from desk.services import offer_file_manager
from harness.packages import install_packages

IMPORTERS = pathlib.Path(__file__).resolve().parent / "importers"
HAR_SCHEMA = pathlib.Path("/usr/share/nodejs/har-schema/lib")


@pytest.fixture
def page(stage):
    return Page(stage, *BELIEVED)


def export(page, kind, name):
    """Saves what is shown by way of the menu and the file chooser."""
    path = page.stage.folder / name
    page.window.find("toggle button", "Export the requests shown").press()
    page.window.find("push button", re.compile(kind)).press()
    chooser = page.window.find("file chooser")
    chooser.find("text", "Name:").type(str(path))
    chooser.find("push button", "Save").press()
    page.window.find("notification", f"Saved as {name}")
    return path.read_bytes().decode()


def test_what_was_saved_is_shown_in_its_folder(page):
    page.visit()

    with offer_file_manager(page.stage.session.environment["DBUS_SESSION_BUS_ADDRESS"]) as files:
        export(page, "^CSV", "log.csv")
        page.window.find("push button", "Show in Folder").press()
        files.wait_for("ShowItems")
        assert files.get_calls("ShowItems")[0][0] == [(page.stage.folder / "log.csv").as_uri()]

    export(page, "^CSV", "again.csv")
    page.window.find("push button", "Show in Folder").press()
    page.window.find("notification", "No program shows folders here.")


def test_har_is_valid(page):
    jsonschema = pytest.importorskip(
        "jsonschema", reason="Debian package missing: python3-jsonschema")
    if not HAR_SCHEMA.exists():
        pytest.skip("Debian package missing: node-har-schema")
    page.visit()

    text = export(page, "^HAR", "log.har")

    archive = json.loads(text)
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8"))
               for path in HAR_SCHEMA.glob("*.json")}
    resolver = jsonschema.RefResolver("", schemas["har.json"], store={
        **schemas, **{f"{name}#": schema for name, schema in schemas.items()}})
    jsonschema.Draft6Validator(schemas["har.json"], resolver=resolver).validate(archive)
    entries = archive["log"]["entries"]
    assert archive["log"]["version"] == "1.2"
    assert [entry["response"]["status"] for entry in entries] == [200, 200, 201, 200, 401, 404]
    assert entries[3]["request"]["method"] == "GET"
    assert all(entry["time"] >= 0 for entry in entries)
    assert "do-not-tell" not in text


def test_export_is_what_is_shown(page):
    page.visit()
    page.press_chip("Errors")
    page.wait_for(2)

    rows = list(csv.reader(export(page, "^CSV", "log.csv").splitlines()))

    assert len(rows) == 3
    assert len(set(map(len, rows))) == 1
    assert [row[rows[0].index("status")] for row in rows[1:]] == ["401", "404"]
    assert "do-not-tell" not in str(rows)


def test_har_is_read_by_an_importer(page):
    """One that does not forgive what the format lets be left out."""
    program = shutil.which("node")
    if not program:
        pytest.skip("node is not installed")
    modules = install_packages(IMPORTERS)
    page.visit()

    export(page, "^HAR", "imported.har")

    said = subprocess.run([program, IMPORTERS / "pagexray.js", page.stage.folder / "imported.har"],
                          env={**os.environ, "NODE_PATH": str(modules)}, check=True, text=True,
                          stdout=subprocess.PIPE, timeout=60)
    pages = json.loads(said.stdout)
    assert len(pages) == 1
    assert pages[0]["requests"] == 6
    assert pages[0]["responseCodes"] == {"200": 3, "201": 1, "401": 1, "404": 1}
    assert all(asset["timings"]["connect"] >= 0 for asset in pages[0]["assets"])


def test_an_upload_is_no_wait(page):
    upload = page.phone.begin_upload("IMG_2041.MOV", 2_000_000)
    upload.send(1_000_000)
    time.sleep(1.2)
    details = page.open("^POST upload")
    upload.give_up()
    details.read("1.0 MB")

    archive = json.loads(export(page, "^HAR", "upload.har"))
    timings = archive["log"]["entries"][-1]["timings"]
    assert timings["send"] > 1000
    assert timings["wait"] + timings["receive"] + timings["connect"] < 500


def test_combined_log(page):
    page.visit()

    lines = export(page, "Combined", "access.log").splitlines()

    pattern = re.compile(r'^192\.168\.1\.2[34] - - \[[^]]+ [+-]\d{4}\] "(GET|POST) \S+ HTTP/1\.1" '
                         r'\d{3} \d+ "[^"]*" "[^"]*"$')
    assert len(lines) == 6
    assert all(pattern.match(line) for line in lines), lines
    assert "do-not-tell" not in str(lines)
