# SPDX-License-Identifier: GPL-3.0-or-later
"""How a package is built and installed into an image of its own, by each of the build systems."""

import os
import signal
import subprocess

from .cross import HOST

# Debian's patches touch files that automake made from others: they are not made again.
AS_SHIPPED = ["ACLOCAL=:", "AUTOCONF=:", "AUTOMAKE=:", "AUTOHEADER=:"]

# To be counted up when what is below builds something else from the same entry of the recipe.
GENERATION = 1

# For `steps`: a command that is to find its compiler by itself; a .pc file for a library without one.
STEPS_PRELUDE = """
set -euo pipefail
by_itself() {
  env -u CC -u CXX -u AR -u RANLIB -u STRIP -u RC -u WINDRES -u CPPFLAGS -u CFLAGS -u CXXFLAGS \
    -u LDFLAGS "$@"
}
write_pc() { # NAME DESCRIPTION REQUIRES LIBS
  printf 'prefix=%s\\nlibdir=${prefix}/lib\\nincludedir=${prefix}/include\\n\\nName: %s\\nDescription: %s
Version: %s\\nRequires: %s\\nLibs: -L${libdir} %s\\nCflags: -I${includedir}\\n' \
    "$PREFIX" "$1" "$2" "$VERSION" "$3" "$4" >"$IMAGE/lib/pkgconfig/$1.pc"
}
"""


class BuildError(Exception):
    """A command failed; the log has why."""


class Job:
    """One package on its way: `source` is its tree, `destination` what DESTDIR is, `image` the prefix
    inside of it. All that the commands say goes to `log`."""

    def __init__(self, package, version, cross, work, log, jobs):
        self.package = package
        self.version = version
        self.cross = cross
        self.source = work / "source"
        self.build_folder = work / "build"
        self.destination = work / "image"
        self.image = self.destination / str(cross.prefix).lstrip("/")
        self.log = log
        self.jobs = jobs

    def run(self, *command, cwd=None, env=None):
        """Runs one command in a process group of its own, which an interruption ends whole."""
        words = [str(word) for word in command]
        self.log.write("+ " + " ".join(words) + "\n")
        self.log.flush()
        process = subprocess.Popen(
            words, cwd=cwd or self.source, env=dict(os.environ, LC_ALL="C.UTF-8", **(env or {})),
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            process_group=0,
        )  # fmt: skip
        try:
            status = process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            raise
        if status != 0:
            raise BuildError(f"{self.package.name}: “{' '.join(words)[:100]}” failed")


def meson(job):
    arguments = [
        "--cross-file", job.cross.meson_file, "--prefix", job.cross.prefix, "--libdir", "lib",
        "--buildtype", "release", "-Doptimization=2", "-Ddefault_library=shared",
        "--wrap-mode", "nodownload",
    ]  # fmt: skip
    extra = []
    if job.package.c_args:
        words = [*job.cross.compile_args, *job.package.c_args]
        extra = ["-Dc_args=" + " ".join(words)]
    job.run("meson", "setup", job.build_folder, *arguments, *extra, *job.package.options)
    job.run("ninja", "-C", job.build_folder, "-j", job.jobs)
    environment = {"DESTDIR": str(job.destination)}
    job.run("meson", "install", "-C", job.build_folder, "--no-rebuild", "--quiet", env=environment)


def autotools(job):
    environment = job.cross.environment(job.package.c_args)
    folder = job.source / job.package.folder
    job.run(
        "./configure", f"--host={HOST}", f"--prefix={job.cross.prefix}", "--enable-shared",
        "--disable-static", "--disable-dependency-tracking", *job.package.options,
        cwd=folder, env=environment,
    )  # fmt: skip
    for targets in job.package.make:
        job.run("make", f"-j{job.jobs}", *AS_SHIPPED, *targets.split(), cwd=folder, env=environment)
    for targets in job.package.install:
        words = [*AS_SHIPPED, f"DESTDIR={job.destination}", *targets.split()]
        job.run("make", *words, cwd=folder, env=environment)


def cmake(job):
    job.run(
        "cmake", "-S", job.source, "-B", job.build_folder, "-G", "Ninja",
        f"-DCMAKE_TOOLCHAIN_FILE={job.cross.cmake_file}", f"-DCMAKE_INSTALL_PREFIX={job.cross.prefix}",
        f"-DCMAKE_INSTALL_LIBDIR={job.cross.prefix}/lib", "-DCMAKE_BUILD_TYPE=Release",
        *job.package.options,
    )  # fmt: skip
    job.run("ninja", "-C", job.build_folder, "-j", job.jobs)
    job.run("ninja", "-C", job.build_folder, "install", env={"DESTDIR": str(job.destination)})


def steps(job):
    environment = job.cross.environment(job.package.c_args) | {
        "HOST": HOST,
        "PREFIX": str(job.cross.prefix),
        "IMAGE": str(job.image),
        "DESTDIR": str(job.destination),
        "JOBS": str(job.jobs),
        "VERSION": job.version,
    }
    for line in job.package.steps:
        job.run("bash", "-c", STEPS_PRELUDE + line, env=environment)


SYSTEMS = {"meson": meson, "autotools": autotools, "cmake": cmake, "steps": steps}


def build(job):
    """Builds and installs into the image."""
    job.image.mkdir(parents=True)
    SYSTEMS[job.package.build](job)
