# SPDX-License-Identifier: GPL-3.0-or-later
"""The check-up, from its page through the whole program: that all is well, and every fault of what
stands behind or around it that can be made up."""

import re
import signal
import socket
import subprocess

import pytest

from desk import faults, lan, settings_for
from desk.checkup import (ANSWER, CLOCK, DELAY, DOOR, EARLY, HOST, LAYOUT, LINKS, LIVE, LOCK, NAME,
                          ONWARD, PAGES, PARTS, PAST, Page, SHOWN, SIZE, SLEEP, TIMES, TITLES)
from desk.encrypted import encrypt
from desk.faults import Between
from desk.services import offer_login
from harness import free_port
from harness.network import within
from harness.tls import make_certificate

# Not tried without encryption, where Immich has the same clock, without Avahi, and where no link leads.
LEFT_OUT = {SHOWN, CLOCK, NAME, LINKS}


@pytest.fixture(scope="module")
def computer():
    computer = lan.build_or_skip()
    yield computer
    computer.remove()


@pytest.fixture(scope="module")
def system_bus(session):
    return session.start_bus("system-bus")


class Site:
    """A demo, something between, Porchlight, and the page."""

    def __init__(self, stage):
        self.stage = stage
        self.demo = stage.demo()
        self.between = Between(self.demo)

    def open(self, fault=None, **options):
        self.between.fault = fault
        options.setdefault("settings", settings_for(self.between.url))
        self.stage.start(options.pop("settings"), **options)
        return Page(self.stage)


@pytest.fixture
def site(stage):
    site = Site(stage)
    yield site
    site.between.finish()


@pytest.fixture
def immich(stage):
    """Makes one that refuses uploads of guests at once: the demo does not, and the check-up would
    wait."""
    made = []

    def make(era="now", namespace=None):
        where = {"make_socket": lambda: within(namespace, socket.socket)} if namespace else {}
        made.append(Between(stage.demo(era, namespace=namespace), **where))
        return made[-1]

    yield make
    for between in made:
        between.finish()


# All is well

def test_where_all_is_well(stage, computer, system_bus):
    demo = stage.demo(namespace=computer.namespace)
    with (Between(demo, make_socket=computer.make_socket) as between,
          offer_login(system_bus, "ignore", 0)):
        stage.start(settings_for(between.url, exposure="network"), namespace=computer.namespace,
                    environment={"DBUS_SYSTEM_BUS_ADDRESS": system_bus})
        page = Page(stage)

        lines = page.wait()

        assert list(lines) == TITLES
        assert {title for title, line in lines.items() if line.state != "pass"} == LEFT_OUT
        assert all(lines[title].state == "left out" for title in LEFT_OUT)
        assert page.window.find("notification", f"{len(TITLES) - len(LEFT_OUT)} pass")
        assert all(line.advice == line.remedy == "" for line in lines.values())
        assert lines[ANSWER].words.startswith("It came in ")
        assert lines[DOOR].words.startswith(
            f"http://{computer.address}:{stage.program.port} answers")
        assert lines[HOST].words == f"127.0.0.1:{stage.program.port}, as it was typed."


def test_where_all_is_well_at_the_port_that_is_not_said(stage, computer, immich):
    here = immich(namespace=computer.namespace)
    stage.start(settings_for(here.url, exposure="network"), namespace=computer.namespace, port=80)

    lines = Page(stage).wait()

    assert {title: line for title, line in lines.items()
            if line.state not in ("pass", "left out")} == {}
    assert lines[HOST].words == "127.0.0.1, as it was typed."


# Nobody there, or somebody else

def test_immich_is_down(stage):
    port = free_port()
    stage.start(settings_for(f"http://127.0.0.1:{port}"))

    lines = Page(stage).wait()

    assert lines[ANSWER].state == lines[LAYOUT].state == "wrong"
    assert lines[ANSWER].words == f"No ping came back from http://127.0.0.1:{port}."
    assert "docker compose ps" in lines[ANSWER].advice
    assert lines[ANSWER].remedy == "Find Immich…"
    for title in (LIVE, DELAY, PARTS, EARLY, SIZE, HOST, PAGES, DOOR, PAST):
        assert lines[title].state == "left out"
        assert lines[title].words == "Cannot be seen while Immich does not answer."


def test_something_else_is_there(site):
    lines = site.open(faults.be_something_else).wait()

    assert lines[ANSWER].state == "wrong"
    assert (lines[LAYOUT].state, lines[LAYOUT].words) == (
        "wrong", f"What is at {site.between.url} is not Immich’s server.")
    assert lines[LAYOUT].remedy == "Find Immich…"


def test_pings_come_late(site):
    lines = site.open(faults.answer_pings_late).wait()

    assert lines[ANSWER].state == "wrong"
    assert lines[ANSWER].words == (f"Immich at {site.between.url} takes more than 5 seconds to "
                                   "answer, and phones give up by then.")
    assert lines[LAYOUT].state == "pass"


def test_routes_are_for_another_era(stage, immich):
    old = immich("split")
    stage.start(settings_for(old.url, ping="/server-info/ping"))

    lines = Page(stage).wait()

    assert lines[LAYOUT].state == "wrong"
    assert "is in two parts, but its server gets every request" in lines[LAYOUT].words
    assert lines[LAYOUT].advice.startswith("Say again where Immich is")
    assert lines[LAYOUT].remedy == "Find Immich…"


def test_routes_fit_an_old_immich(stage, immich):
    old = immich("split")
    stage.start("\n".join((
        "[listen]", "port=PORT", "exposure=computer",
        "[upstream server]", f"urls={old.url}", "health-path=/server-info/ping",
        "[upstream web]", f"urls={old.url}",
        "[route api]", "path=/api", "strip-prefix=true", "upstream=server",
        "[route web]", "path=/", "upstream=web")))

    lines = Page(stage).wait()

    assert {title: line for title, line in lines.items() if line.state == "wrong"} == {}
    assert "in two parts; each gets what is its own" in lines[LAYOUT].words


# Faults on the way

@pytest.mark.parametrize("fault, title, state, words, advice", [
    (faults.refuse_live, LIVE, "wrong", "It is refused, with status 400.", "“Server offline”"),
    (faults.mute_live, LIVE, "wrong", "It opens, but nothing comes through.", "“Upgrade”"),
    (faults.gather_live, DELAY, "to look at", "A message is only answered after ",
     "turn buffering off"),
    (faults.lose_ranges, PARTS, "wrong", "Whole files come where a part was asked for.",
     "does send parts, so they are lost on the way"),
    (faults.gather_uploads, EARLY, "wrong", "Uploads are held back on the way to Immich.",
     "turn request buffering off"),
    (faults.break_uploads, EARLY, "wrong", "An upload meets an error (500).",
     "docker compose logs"),
    (faults.refuse_large, SIZE, "wrong", "Large uploads are refused as too large.",
     "client_max_body_size 50000M"),
    (faults.demand_https, PAGES, "to look at", "Immich tells browsers to load everything by HTTPS",
     "IMMICH_HELMET_FILE=true"),
], ids=lambda value: getattr(value, "__name__", None))
def test_fault_on_the_way(site, fault, title, state, words, advice):
    lines = site.open(fault).wait()

    assert lines[title].state == state
    assert lines[title].words.startswith(words)
    assert advice in lines[title].advice
    assert lines[ANSWER].state == lines[LAYOUT].state == "pass"


def test_without_a_live_connection_its_delay_is_left_out(site):
    lines = site.open(faults.refuse_live).wait()

    assert lines[DELAY].state == "left out"
    assert lines[DELAY].words == "Cannot be seen without a live connection."


def test_pages_that_demand_https_are_wrong_where_others_come_in(site):
    page = site.open(faults.demand_https,
                     settings=settings_for(site.between.url, exposure="internet"))

    assert page.wait()[PAGES].state == "wrong"


def test_links_that_lead_nowhere_from_outside_are_to_be_looked_at(stage):
    """The demo has no External domain, and this computer no name."""
    stage.start(settings_for(stage.demo().url, exposure="internet"))

    line = Page(stage).wait()[LINKS]

    assert line.state == "to look at"
    assert "one copied at home leads nowhere from outside" in line.words
    assert "set External domain to the address that leads here from outside" in line.advice
    assert line.remedy == "Open Immich"


# Settings, the door, and the computer

@pytest.mark.parametrize("seconds, state, words", [
    (600, "pass", "10 min"), (300, "to look at", "5 min"), (30, "wrong", "30 s")])
def test_patience_for_an_answer(stage, immich, seconds, state, words):
    stage.start(settings_for(immich().url, "[upstream immich]",
                             f"response-timeout-s={seconds}"))

    line = Page(stage).wait()[TIMES]

    assert line.state == state
    assert words in line.words
    assert (line.remedy, "600 seconds" in line.advice) == (
        ("", False) if state == "pass" else ("Open Settings", True))


def test_the_remedy_leads_to_the_settings(stage, immich):
    stage.start(settings_for(immich().url, "[upstream immich]", "response-timeout-s=30"))
    page = Page(stage)
    page.wait()

    page.window.find("push button", "Open Settings", hidden=True).press()

    assert page.window.find("heading", "Where settings are stored", hidden=True)


def test_the_own_address_cannot_be_reached(stage, computer, immich):
    here = immich(namespace=computer.namespace)
    stage.start(settings_for(here.url, exposure="network"), namespace=computer.namespace)
    page = Page(stage)
    assert page.wait()[DOOR].state == "pass"

    computer.lose_itself()
    try:
        line = page.run_again()[DOOR]
    finally:
        computer.find_itself()

    assert line.state == "wrong"
    assert line.words.startswith(f"Nobody answers at http://{computer.address}:")
    assert line.remedy == "Open Settings"


def test_immich_can_be_reached_past_porchlight(stage, computer):
    demo = stage.demo(namespace=computer.namespace)
    with Between(demo, host="0.0.0.0", make_socket=computer.make_socket) as open_one:
        stage.start(settings_for(open_one.url), namespace=computer.namespace)

        line = Page(stage).wait()[PAST]

    assert line.state == "to look at"
    assert line.words == (f"Immich’s own port {open_one.port} is open to your whole network, past "
                          "Porchlight.")
    assert f"127.0.0.1:{open_one.port}:2283" in line.advice


def test_another_program_lets_others_in(stage, computer, immich):
    """At the same port, at the address in the network."""
    here, port = immich(namespace=computer.namespace), free_port()
    with Between(stage.demo(namespace=computer.namespace), host=computer.address, port=port,
                 make_socket=computer.make_socket):
        stage.start(settings_for(here.url), namespace=computer.namespace, port=port)

        line = Page(stage).wait()[DOOR]

    assert line.state == "wrong"
    assert line.words.startswith(f"Your photos can be reached at http://{computer.address}:{port}")
    assert line.remedy == "Who May Come In"


def test_without_a_network(stage, computer, immich):
    alone = f"{computer.namespace}-alone"
    subprocess.run(("ip", "netns", "add", alone), check=True)
    try:
        subprocess.run(("ip", "-n", alone, "link", "set", "lo", "up"), check=True)
        stage.start(settings_for(immich(namespace=alone).url, exposure="network"), namespace=alone)

        lines = Page(stage).wait()
    finally:
        subprocess.run(("ip", "netns", "del", alone), check=True)

    assert (lines[DOOR].state, lines[DOOR].words) == ("wrong", "This computer is in no network.")
    assert lines[PAST].state == "left out"


def test_the_computer_goes_to_sleep(stage, system_bus, immich):
    with offer_login(system_bus, "suspend", 1200 * 10**6):
        stage.start(settings_for(immich().url),
                    environment={"DBUS_SYSTEM_BUS_ADDRESS": system_bus})

        line = Page(stage).wait()[SLEEP]

    assert line.state == "to look at"
    assert line.words.startswith("It goes to sleep after 20 min")
    assert "power settings" in line.advice


def test_paused_it_says_so(stage):
    stage.start(settings_for(stage.demo().url))
    stage.window.find("push button", "Pause").press()
    stage.window.read("^Paused")

    lines = Page(stage).wait()

    assert (lines[ANSWER].state, lines[ANSWER].words) == (
        "to look at", "Porchlight is paused, on your wish.")


# The page

def test_it_can_be_stopped(site):
    page = site.open(faults.answer_pings_late)

    assert page.window.find("progress bar", "Progress of the check-up")
    page.window.find("push button", "Stop").press()
    lines = page.wait()

    assert {(line.state, line.words) for line in lines.values()} == {
        ("left out", "The check-up was stopped.")}
    page.window.wait_until_gone("progress bar")


def test_what_is_wrong_comes_first_and_is_counted(site):
    page = site.open(faults.refuse_live, settings=settings_for(
        site.between.url, "[upstream immich]", "response-timeout-s=300"))

    lines = page.wait()

    findings = [title for title, line in lines.items() if line.state in ("wrong", "to look at")]
    assert list(lines)[:len(findings)] == findings
    assert findings[0] == LIVE and TIMES in findings
    rest = list(lines)[len(findings):]
    assert rest == [title for title in TITLES if title in rest]
    assert page.window.find("radio button", f"Check-up ({len(findings)})")

    page.stage.show("Home")
    assert page.window.find("radio button", f"Check-up ({len(findings)})")
    page.stage.show(f"Check-up ({len(findings)})")


def test_in_maintenance_it_does_not_doubt_immich(stage):
    demo = stage.demo()
    demo.process.send_signal(signal.SIGUSR1)
    stage.start(settings_for(demo.url))

    lines = Page(stage).wait()

    assert (lines[ANSWER].state, lines[ANSWER].words) == (
        "to look at", "Immich is in maintenance.")
    assert "Its admin can end it there" in lines[ANSWER].advice
    assert lines[ANSWER].remedy == "Open Immich"
    assert lines[LAYOUT].state != "wrong"
    assert lines[LIVE].words == "Cannot be seen while Immich is in maintenance."


def test_it_can_be_run_again(site):
    page = site.open(faults.refuse_live)
    assert page.wait()[LIVE].state == "wrong"
    assert page.window.find("notification", re.compile(" 1 wrong$"))

    site.between.fault = None

    assert page.run_again()[LIVE].state == "pass"
    assert page.window.find("notification", re.compile(r"^\d+ pass( · \d+ to look at)?$"))


def test_left_and_come_back_to_it_is_as_it_was(site):
    page = site.open(faults.refuse_live)
    page.wait()
    site.between.fault = None

    page.stage.show("Home")
    page.stage.show(re.compile("^Check-up"))

    assert page.wait()[LIVE].state == "wrong"


def test_the_report_tells_all_but_secrets(stage, computer, immich):
    here = immich(namespace=computer.namespace)
    with Between(stage.demo(namespace=computer.namespace), faults.send_away, host=computer.address,
                 port=here.port, make_socket=computer.make_socket):
        stage.start(settings_for(here.url, "[upstream immich]", "response-timeout-s=30"),
                    namespace=computer.namespace)
        page = Page(stage)
        page.wait()

    report = page.copy_report()

    assert report.startswith("Porchlight ")
    assert all(title in report for title in TITLES)
    assert "✗ Time-outs (wrong): Immich is given up on after 30 s" in report
    assert f"    GET http://127.0.0.1:{stage.program.port}/api/server/ping: pong" in report
    assert f"http://{computer.address}:{here.port}: Something answers there" in report
    assert "it sends visitors on to http://•••@•••/?key=•••" in report
    assert "do-not-tell" not in report
    assert "8.8.4.4" not in report


def test_encryption_is_asked_as_a_phone_asks_that_trusts_us(stage, computer, immich):
    here = immich(namespace=computer.namespace)
    stage.start(settings_for(here.url, "[tls]", "mode=local", exposure="network"),
                namespace=computer.namespace)

    lines = Page(stage).wait()

    assert lines[LOCK].state == lines[DOOR].state == "pass"
    assert lines[SHOWN].state == "to look at"
    assert lines[SHOWN].words.startswith(f"The certificate fits https://{computer.address}:")
    assert "does not trust it yet" in lines[SHOWN].words
    assert lines[LOCK].words.startswith("Connections can be encrypted by https.")
    assert lines[DOOR].words.startswith(f"https://{computer.address}:{stage.program.port} answers")


def test_where_nobody_comes_in_without_encryption_all_is_asked_with_it(stage, computer):
    demo = stage.demo(namespace=computer.namespace)
    with Between(demo, make_socket=computer.make_socket) as between:
        stage.start(settings_for(between.url, "[tls]", "mode=local", "plain=refuse",
                                 exposure="network"), namespace=computer.namespace)

        lines = Page(stage).wait()

        asked = (ANSWER, LIVE, PARTS, EARLY, SIZE, HOST, DOOR)
        assert {title: lines[title].state for title in asked} == dict.fromkeys(asked, "pass")


@pytest.mark.parametrize("names, words", [
    ("IP:192.168.1.2", "Not tried: the certificate is for no address"),
    ("IP:ADDRESS", "fits https://ADDRESS:.* nobody it knows vouches for it"),
])
def test_the_certificate_is_judged_as_it_is_shown(stage, computer, immich, tmp_path, names, words):
    here = immich(namespace=computer.namespace)
    names, words = (text.replace("ADDRESS", computer.address) for text in (names, words))
    certificate = make_certificate(tmp_path, names=names)
    stage.start(settings_for(here.url, certificate.settings, exposure="network"),
                namespace=computer.namespace)

    assert re.search(words, Page(stage).wait()[SHOWN].words)


@pytest.mark.parametrize("key, state, words", [
    ("verify-tls=false", "to look at", "nobody checks that Immich is there"),
    ("ca-file=CHAIN", "pass", "checked by the authority in CHAIN"),
])
def test_who_immich_is_is_asked_as_its_settings_say(stage, immich, tmp_path, key, state, words):
    certificate = make_certificate(tmp_path)
    with encrypt(immich(), certificate) as url:
        key, words = (text.replace("CHAIN", str(certificate.chain)) for text in (key, words))
        stage.start(settings_for(url, "[upstream immich]", key))
        lines = Page(stage).wait()

        assert (lines[LAYOUT].state, lines[ONWARD].state) == ("pass", state)
        assert words in lines[ONWARD].words
        stage.show("Home")
        stage.window.read(r"^1\.135\.3 · healthy", hidden=True)
        stage.show("Settings")
        for expander in stage.window.all("toggle button", "Advanced", hidden=True):
            expander.press()
        other = url.replace("127.0.0.1", "localhost")
        stage.window.find("text", "Address of Immich", hidden=True).type(other).press("Activate")
        stage.program.wait_for_setting("upstream immich", "urls", other)
