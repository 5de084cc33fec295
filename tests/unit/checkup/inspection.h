/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check-up of a place made for the test, and what came of it. */

#pragma once

#include "app/checkup/checkup.h"
#include "app/checkup/checks.h"
#include "tests/unit/finder/fake.h"

/** GOOD: an Immich that does all that is asked of it. */
#define GOOD (FAKE_NOW | FAKE_SOCKET | FAKE_EARLY)

/** new_site: (transfer full): reached at @local_url, with Immich at @upstream_url; in a "network"
 * that is this computer's loopback. */
PlCheckSite *new_site (const char *local_url, const char *upstream_url);

/** new_immich: (transfer full): its own address is 127.0.0.2, so that it is not open at the
 * "network's" 127.0.0.1, where nobody else gets the same port. */
Fake *new_immich (FakeFlags flags);

/** run: (transfer full): all checks of @site (transfer full), when they are done. */
PlCheckup *run (PlCheckSite *site);

/** assert_item: @words need only be found in what it says; %NULL: any. */
void assert_item (PlCheckup *checkup, guint check, PlCheckState state, const char *words);

/** assert_advice: the same of what is advised. */
void assert_advice (PlCheckup *checkup, guint check, const char *advice);
void assert_remedy (PlCheckup *checkup, guint check, PlCheckRemedy remedy);
