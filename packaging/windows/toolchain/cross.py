# SPDX-License-Identifier: GPL-3.0-or-later
"""The cross toolchain: its versions, and the files by which meson, cmake and pkg-config find it."""

import shutil
import subprocess

from .debian import installed_version

HOST = "x86_64-w64-mingw32"

# Programs of this computer that work on text alone, so it does not matter for which system.
NATIVE_TOOLS = ("glib-compile-resources", "glib-compile-schemas", "glib-genmarshal", "glib-mkenums",
                "gdbus-codegen", "gdk-pixbuf-csource", "gtk-update-icon-cache")  # fmt: skip
VERSION_PACKAGES = ("gcc-mingw-w64-x86-64", "g++-mingw-w64-x86-64", "binutils-mingw-w64-x86-64",
                    "mingw-w64-x86-64-dev", "meson", "libglib2.0-dev-bin")  # fmt: skip

# A DLL carries no time of its making, and libgcc with it: its own DLL is not shipped for its sake.
LINK_ARGS = ["-static-libgcc", "-Wl,--no-insert-timestamp"]

PKG_CONFIG = """#!/bin/sh
# pkg-config of this computer, which sees the sysroot alone.
export PKG_CONFIG_LIBDIR={prefix}/lib/pkgconfig:{prefix}/share/pkgconfig
unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
exec pkg-config "$@"
"""

MESON = """# Made by packaging/windows/sysroot.
[binaries]
c = {c}
cpp = {cpp}
ar = '{host}-gcc-ar'
strip = '{host}-strip'
windres = '{host}-windres'
pkgconfig = '{pkg_config}'
{tools}

[properties]
needs_exe_wrapper = true

[built-in options]
c_args = {compile}
cpp_args = {compile}
c_link_args = {link}
cpp_link_args = {cpp_link}

[host_machine]
system = 'windows'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'
"""

CMAKE = """# Made by packaging/windows/sysroot.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER {host}-gcc)
set(CMAKE_CXX_COMPILER {host}-g++)
set(CMAKE_RC_COMPILER {host}-windres)
set(CMAKE_FIND_ROOT_PATH {prefix} /usr/{host})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_SHARED_LINKER_FLAGS_INIT "{link}")
"""


def quoted(words):
    return "[" + ", ".join(f"'{word}'" for word in words) + "]"


def toolchain_versions():
    """What a built package depends on beside its own source."""
    return {package: installed_version(package) for package in VERSION_PACKAGES}


class Cross:
    """The toolchain for one prefix. GLib looks for libintl by the compiler alone, hence -I and -L."""

    def __init__(self, cache):
        self.prefix = cache / "prefix"
        self.pkg_config = cache / "bin/pkg-config"
        self.meson_file = cache / "cross.ini"
        self.cmake_file = cache / "toolchain.cmake"
        self.compile_args = [f"-I{self.prefix}/include"]
        self.link_args = [*LINK_ARGS, f"-L{self.prefix}/lib"]

    def write(self):
        """Writes the files anew; what is unchanged keeps its time."""
        self.prefix.mkdir(parents=True, exist_ok=True)
        self._write_file(self.pkg_config, PKG_CONFIG.format(prefix=self.prefix), mode=0o755)
        ccache = ["ccache"] if shutil.which("ccache") else []
        tools = [f"{name} = '{shutil.which(name)}'" for name in NATIVE_TOOLS if shutil.which(name)]
        self._write_file(
            self.meson_file,
            MESON.format(
                host=HOST, pkg_config=self.pkg_config, tools="\n".join(tools),
                c=quoted([*ccache, HOST + "-gcc"]), cpp=quoted([*ccache, HOST + "-g++"]),
                compile=quoted(self.compile_args), link=quoted(self.link_args),
                cpp_link=quoted([*self.link_args, "-static-libstdc++"]),
            ),
        )  # fmt: skip
        self._write_file(
            self.cmake_file,
            CMAKE.format(host=HOST, prefix=self.prefix, link=" ".join(self.link_args)),
        )

    def _write_file(self, path, content, mode=0o644):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != content:
            path.write_text(content, "utf-8")
        path.chmod(mode)

    def environment(self, c_args=()):
        """For configure and make."""
        flags = " ".join(["-O2", *c_args])
        return {
            "CC": HOST + "-gcc",
            "CXX": HOST + "-g++",
            "AR": HOST + "-ar",
            "RANLIB": HOST + "-ranlib",
            "STRIP": HOST + "-strip",
            "RC": HOST + "-windres",
            "WINDRES": HOST + "-windres",
            "PKG_CONFIG": str(self.pkg_config),
            "CPPFLAGS": " ".join(self.compile_args),
            "CFLAGS": flags,
            "CXXFLAGS": flags,
            "LDFLAGS": " ".join(self.link_args),
        }


def compiler_answers():
    """Whether the cross compiler is there at all."""
    return subprocess.run([HOST + "-gcc", "--version"], capture_output=True).returncode == 0
