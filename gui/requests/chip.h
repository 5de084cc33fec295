/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands on the chip of a request, and the style class that colours it. */

#pragma once

#include "app/model/request_item.h"

/** pl_chip_get_class: (transfer none): `pl-good`, `pl-warning`, … */
const char *pl_chip_get_class (PlTone tone);

/** pl_chip_dup_text: (transfer full): how far a transfer is, or the status: `62 %`, `200`. */
char *pl_chip_dup_text (PlRequestItem *item);

/** pl_chip_get_fraction: how much of the chip is filled; below 0: it does not tell of progress. */
double pl_chip_get_fraction (PlRequestItem *item);
