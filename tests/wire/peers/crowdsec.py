# SPDX-License-Identifier: GPL-3.0-or-later
"""CrowdSec in a folder of its own: Debian's package is unpacked, not installed, since to install it makes this
computer known to its makers."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from harness import free_port, wait_until
from programs import find, running

_CONFIG = """\
common: {{daemonize: false, log_media: stdout, log_level: info, working_dir: .}}
config_paths:
  config_dir: {folder}/config/
  data_dir: {folder}/data/
  simulation_path: {folder}/config/simulation.yaml
  hub_dir: {folder}/hub/
  index_path: {folder}/hub/.index.json
  notification_dir: {folder}/config/notifications/
  plugin_dir: {folder}/plugins/
crowdsec_service: {{acquisition_path: {folder}/config/acquis.yaml, parser_routines: 1}}
cscli: {{output: human}}
db_config: {{type: sqlite, db_path: {folder}/data/crowdsec.db}}
api:
  client: {{credentials_path: {folder}/config/credentials.yaml}}
  server: {{listen_uri: "127.0.0.1:{port}", profiles_path: {folder}/config/profiles.yaml}}
prometheus: {{enabled: false}}
"""

# Of its hub what stands before and behind a parser of one's own.
_PARSERS = ("s00-raw/crowdsecurity/syslog-logs.yaml", "s02-enrich/crowdsecurity/dateparse-enrich.yaml")


def _unpack():
    """Where Debian's package is unpacked; the test is skipped where it cannot be had."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "porchlight-tests"
    folder = cache / "crowdsec"
    if folder.exists():
        return folder
    fresh = folder.with_suffix(f".new-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    subprocess.run([find("apt-get"), "download", "crowdsec"], cwd=fresh, capture_output=True, timeout=300,
                   check=False)
    for package in fresh.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, fresh], check=True)
        package.unlink()
    if not (fresh / "usr/bin/cscli").exists():
        shutil.rmtree(fresh)
        pytest.skip("Debian's package of CrowdSec cannot be had")
    fresh.rename(folder)
    return folder


def _lay_out(folder, package, examples, port):
    for name in ("data", "hub", "plugins", "config/notifications", "config/postoverflows"):
        (folder / name).mkdir(parents=True)
    shutil.copy(package / "usr/share/crowdsec/hub/.index.json", folder / "hub")
    shutil.copytree(package / "etc/crowdsec/patterns", folder / "config/patterns")
    for name in ("profiles.yaml", "simulation.yaml"):
        shutil.copy(package / "etc/crowdsec" / name, folder / "config")
    shutil.copytree(examples / "parsers", folder / "config/parsers")
    shutil.copytree(examples / "scenarios", folder / "config/scenarios")
    for name in _PARSERS:
        stage = folder / "config/parsers" / name.split("/", maxsplit=1)[0]
        stage.mkdir(exist_ok=True)
        shutil.copy(package / "usr/share/crowdsec/hub/parsers" / name, stage)
    (folder / "config/acquis.yaml").touch()
    (folder / "config.yaml").write_text(_CONFIG.format(folder=folder, port=port))


class CrowdSec:
    """Its programs, with one configuration."""

    def __init__(self, programs, config):
        self.config = config
        self.environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}

    def run(self, *arguments):
        ended = subprocess.run(["cscli", "-c", self.config, *arguments], env=self.environment, capture_output=True,
                               text=True, timeout=120, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def explain(self, log, kind):
        """For each line in which a parser sees an address: it, and whether the scenario counts it."""
        said = self.run("explain", "--file", log, "--type", kind, "--verbose")
        lines = [part for part in said.split("\nline: ") if "evt.Meta.source_ip" in part]
        return [(re.search(r"evt\.Meta\.source_ip : (\S+)", part)[1], "porchlight/guessing" in part)
                for part in lines]


@contextlib.contextmanager
def running_crowdsec(place, examples):
    """One that has the examples; its parsers want its own server to run."""
    package, port, folder = _unpack(), free_port(), place / "crowdsec"
    _lay_out(folder, package, examples, port)
    crowdsec = CrowdSec(package / "usr/bin", folder / "config.yaml")
    crowdsec.run("machines", "add", "test", "--password", "test", "--force", "-f", folder / "config/credentials.yaml",
                 "-u", f"http://127.0.0.1:{port}")
    log = folder / "log"
    with log.open("w") as output, \
            running(["crowdsec", "-c", crowdsec.config, "-no-cs"], env=crowdsec.environment, stdout=output,
                    stderr=subprocess.STDOUT):
        wait_until(lambda: "CrowdSec Local API listening" in log.read_text(), "CrowdSec's server", 60)
        yield crowdsec
