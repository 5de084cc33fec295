# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured: each module holds works of one kind, ALL has them in the order of the table."""

from works import encrypted, idle, requests, scaling, transfers

PLAIN = (
    requests.JUDGED + transfers.JUDGED + idle.JUDGED
    + requests.ALSO + transfers.ALSO + idle.ALSO + scaling.ALSO
)  # fmt: skip

# Each part has tables of its own.
PARTS = {"plain": PLAIN, "encrypted": encrypted.JUDGED + encrypted.ALSO}
ALL = tuple(work for works in PARTS.values() for work in works)
