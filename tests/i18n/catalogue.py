# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads catalogues, and templates, of gettext."""

import ast
import re
from dataclasses import dataclass, field

LINE = re.compile(r'^(#[:,]|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*(.*)$')
DIRECTIVE = re.compile(r"%(?:(\d+)\$)?[-+ #0']*(?:\d+|\*)?(?:\.\d+)?((?:hh|h|ll|l|z)?[diouxXfgescp]|%)")


@dataclass
class Message:
    text: str = ""
    plural: str | None = None
    translations: list = field(default_factory=list)
    places: list = field(default_factory=list)
    flags: set = field(default_factory=set)

    def pairs(self):
        """Each translation beside what it translates."""
        for number, translation in enumerate(self.translations):
            yield self.text if number == 0 or self.plural is None else self.plural, translation


def add_line(message, keyword, text):
    if keyword == "#:":
        message.places += text.split()
    elif keyword == "#,":
        message.flags |= {flag.strip() for flag in text.split(",")}
    elif keyword == "msgid":
        message.text += ast.literal_eval(text)
    elif keyword == "msgid_plural":
        message.plural = (message.plural or "") + ast.literal_eval(text)
    elif keyword:
        number = int(keyword[len("msgstr[") : -1] or 0) if "[" in keyword else 0
        message.translations += [""] * (number + 1 - len(message.translations))
        message.translations[number] += ast.literal_eval(text)


def read_message(block):
    message, keyword = Message(), None
    for line in block.splitlines():
        if line.startswith("#") and not line.startswith(("#:", "#,")):
            continue
        key, text = LINE.match(line).groups()
        keyword = key or keyword
        add_line(message, keyword, text)
    return message


def read(path):
    """The header's fields, and the messages in their order. Obsolete ones are comments."""
    blocks = path.read_text("utf-8").strip().split("\n\n")
    header, *messages = [read_message(block) for block in blocks if "\nmsgid" in "\n" + block]
    lines = header.translations[0].strip().splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line), messages


def directives(text):
    """What printf() takes from its arguments, by their place: `{1: "s", 2: "u"}`."""
    found, place = {}, 0
    for number, kind in DIRECTIVE.findall(text):
        if kind != "%":
            place = int(number) if number else place + 1
            found[place] = kind
    return found


def mnemonic(text):
    """The letter behind the only underscore. Names such as client_max_body_size have more."""
    letters = re.findall(r"_([^\W_])", text)
    return letters[0].lower() if len(letters) == text.count("_") == 1 else None
