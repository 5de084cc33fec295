/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who guesses passwords and has to wait (#PlWaiting), in words. */

#pragma once

#include "app/model/device_list.h"
#include "net/proxy/proxy.h"

/**
 * pl_waiting_dup_who: (transfer full):
 * @devices: (nullable): who may have been given a name
 *
 * Returns: `203.0.113.9`, or where several count as one `203.0.113.0/24`, `2001:db8::/48`; of an
 *   IPv6 address its /64, which is one household's; with a name `Anna’s phone (192.168.1.23)`
 */
char *pl_waiting_dup_who (const PlWaiting *waiting, PlDeviceList *devices);

/** pl_waiting_dup_words: (transfer full): `Somebody at 203.0.113.9 is guessing passwords: 40
 * tries`, or what else is guessed; tries that came too early count, too. @devices: as above. */
char *pl_waiting_dup_words (const PlWaiting *waiting, PlDeviceList *devices);

/** pl_waiting_dup_since: (transfer full): `Since 14:02`: when the first try failed that is counted;
 * @now_us: wall clock. */
char *pl_waiting_dup_since (const PlWaiting *waiting, gint64 now_us);

/** pl_waiting_dup_left: (transfer full): `The next try has to wait for 12 min`. */
char *pl_waiting_dup_left (const PlWaiting *waiting);

/** pl_waiting_is_same: whether both tell of the same kind of tries, from the same place. */
gboolean pl_waiting_is_same (const PlWaiting *a, const PlWaiting *b);
