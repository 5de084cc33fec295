# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured: each module holds works of one kind, ALL has them in the order of the table."""

from works import idle, requests, scaling, transfers

JUDGED = requests.JUDGED + transfers.JUDGED + idle.JUDGED
ALSO = requests.ALSO + transfers.ALSO + idle.ALSO + scaling.ALSO
ALL = JUDGED + ALSO
