# SPDX-License-Identifier: GPL-3.0-or-later
"""A zip that is the same for the same files, whenever and wherever it is made."""

import time
import zipfile

REGULAR_FILE = 0o100644 << 16


def write(folder, target, epoch):
    """Packs the folder, its own name included; each file is as old as the commit."""
    date = time.gmtime(epoch)[:6]
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), date)
            entry.external_attr = REGULAR_FILE
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return len(paths)
