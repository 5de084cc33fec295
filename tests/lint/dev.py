#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`./dev test` ends with what the tests end with: its exit status is what continuous integration goes by.
Ctrl+C ends it. Played, with functions of bash in the places of all that installs, builds and tests.
Usage: dev.py SOURCE-ROOT"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

# Of every build folder one test is said to have ended as PLAYED_RESULT says. Like meson's, it ends by itself
# when it is interrupted.
ACTORS = {
    "dpkg-query": "echo installed",
    "setarch": 'shift; "$@"',
    "ninja": "exec sleep $PLAYED_BUILD_S",
    "chrt": 'shift 2; "$@"',
    "meson": """
      case $1 in
        setup) mkdir -p "$2/meson-logs"; touch "$2/build.ninja" ;;
        test)
          printf '{"name": "porchlight:wire / played", "result": "%s", "stdout": ""}\\n' "$PLAYED_RESULT" \\
            > "$3/meson-logs/testlog.json"
          case $PLAYED_RESULT in
            OK) ;;
            INTERRUPT) bash -c 'trap "exit 1" INT; echo interrupted in "$1"; kill -INT 0; wait' played "$3" ;;
            *) return 1 ;;
          esac ;;
      esac""",
}


def run_dev(root, home, result, build_s):
    for folder in ("build-test", "build-posix", "build-tsan"):
        shutil.rmtree(home / folder, ignore_errors=True)
    (home / "tests").mkdir(exist_ok=True)
    shutil.copy(root / "dev", home)
    shutil.copy(root / "tests/count.py", home / "tests")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PLAYED_RESULT": result,
                   "PLAYED_BUILD_S": build_s, "PORCHLIGHT_SYSROOT_BUDGET_S": "0"}
    environment |= {f"BASH_FUNC_{name}%%": f"() {{ {body}\n}}" for name, body in ACTORS.items()}
    ended = subprocess.run([home / "dev", "test"], env=environment, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, encoding="utf-8", timeout=30, check=False,
                           start_new_session=True,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    return ended.returncode, ended.stdout.splitlines()


def main(root):
    n_wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for result, build_s, status, last in (
                ("OK", "0", 0, "3 passed, 0 failed"),
                ("OK", "20", 0, "3 passed, 0 failed"),
                ("FAIL", "0", 1, "0 passed, 3 failed"),
                ("INTERRUPT", "20", 130, "interrupted in build-test")):
            ended = run_dev(root, pathlib.Path(folder), result, build_s)
            if ended[0] != status or ended[1][-1] != last:
                print(f"tests that end with {result}, a build of {build_s} s beside them: "
                      f"exit status {ended[0]} in place of {status}", *ended[1], sep="\n  ")
                n_wrong += 1
    return n_wrong


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
