# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons of the window as PNG: nothing reads SVG there. All stand in the theme hicolor, which GTK
looks into whatever theme is set."""

import re
import shutil
import subprocess
from pathlib import Path

SYMBOLIC_SIZES = (16, 24, 32, 48)
COLOUR_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256)
WORDS = re.compile(r"[a-z]+(?:-[a-z]+)+")

# What the theme says of its folders; theirs is `folder/SIZExSIZE/CONTEXT`.
INDEX_HEAD = "[Icon Theme]\nName=Hicolor\nComment=What Porchlight shows\nHidden=true\nDirectories={}\n"
INDEX_FOLDER = "\n[{folder}]\nSize={size}\nContext={context}\nType=Threshold\n"
CONTEXTS = {"actions": "Actions", "apps": "Applications", "categories": "Categories",
            "devices": "Devices", "emblems": "Emblems", "mimetypes": "MimeTypes", "places": "Places",
            "status": "Status", "ui": "Actions", "legacy": "Legacy"}  # fmt: skip


def draw(svg, size, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["rsvg-convert", "-w", str(size), "-h", str(size), "-o", str(target), str(svg)], check=True
    )


def encode(svg, size, folder):
    """GTK's own form of a symbolic icon without SVG: NAME.symbolic.png, its colours coded."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["gtk-encode-symbolic-svg", "-o", str(folder), str(svg), f"{size}x{size}"], check=True)


def draw_own(source, target):
    """Porchlight's own, from the SVGs in `source`."""
    for svg in sorted(source.glob("scalable/*/*.svg")):
        for size in COLOUR_SIZES:
            draw(svg, size, target / f"{size}x{size}" / svg.parent.name / f"{svg.stem}.png")
    for svg in sorted(source.glob("symbolic/*/*.svg")):
        for size in SYMBOLIC_SIZES:
            encode(svg, size, target / f"{size}x{size}" / svg.parent.name)


def names_in(folders):
    """Every word in the sources that may be the name of an icon."""
    names = set()
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.suffix in (".c", ".h", ".ui"):
                names |= set(WORDS.findall(path.read_text("utf-8")))
    return names


def context_of(path):
    """`actions` and the like: a theme has SIZE/CONTEXT/NAME or symbolic/CONTEXT/NAME."""
    return path.parent.name if path.parent.name in CONTEXTS else "actions"


def take_from_theme(theme, names, target):
    """The symbolic icons of these names: the theme's PNGs, else drawn from its SVGs."""
    taken = set()
    for size in SYMBOLIC_SIZES:
        for path in sorted(theme.glob(f"{size}x{size}/*/*.symbolic.png")):
            name = path.name.removesuffix(".symbolic.png")
            if name in names:
                folder = target / f"{size}x{size}" / context_of(path)
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, folder / path.name)
                taken.add(name)
    for svg in sorted(theme.glob("symbolic/*/*-symbolic.svg")):
        if svg.stem in names - taken:
            for size in SYMBOLIC_SIZES:
                encode(svg, size, target / f"{size}x{size}" / context_of(svg))
            taken.add(svg.stem)
    return taken


def write_index(target):
    folders = sorted(path for path in target.glob("*x*/*") if path.is_dir())
    names = [path.relative_to(target).as_posix() for path in folders]
    text = INDEX_HEAD.format(",".join(names))
    for path, name in zip(folders, names):
        size = path.parent.name.partition("x")[0]
        text += INDEX_FOLDER.format(folder=name, size=size, context=CONTEXTS[path.name])
    (target / "index.theme").write_text(text, "utf-8")


def add(source, theme, target):
    """Puts all icons into the folder `target`, for the sources of Porchlight in `source`."""
    hicolor = target / "hicolor"
    draw_own(source / "resources/icons/hicolor", hicolor)
    folders = [source / "gui", source / "app", source / "resources"]
    take_from_theme(theme, names_in(folders), hicolor)
    write_index(hicolor)
