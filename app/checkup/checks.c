/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list. To add a check: a function, and a line here. */

#include "app/checkup/checks.h"

#include "app/i18n.h"

/* clang-format off: a table is read by its columns */
static const PlCheck checks[] = {
  { N_ ("Immich answers"), pl_check_ping, FALSE },
  { N_ ("Version and routes fit"), pl_check_layout, FALSE },
  { N_ ("Live connection (WebSocket)"), pl_check_live, TRUE },
  { N_ ("Nothing is held back on the way"), pl_check_promptness, TRUE },
  { N_ ("Parts of a file, for skipping in videos"), pl_check_range, TRUE },
  { N_ ("Uploads are answered while they run"), pl_check_early_answer, TRUE },
  { N_ ("Large uploads are let through"), pl_check_size_limit, TRUE },
  { N_ ("Immich learns which address was typed"), pl_check_host, TRUE },
  { N_ ("Pages work without HTTPS"), pl_check_pages, TRUE },
  { N_ ("Time-outs are long enough"), pl_check_timeouts, FALSE },
  { N_ ("The door is as open as it is set"), pl_check_door, TRUE },
  { N_ ("No way past Porchlight"), pl_check_way_past, FALSE },
  { N_ ("The computer stays awake"), pl_check_sleep, FALSE },
};
/* clang-format on */

const PlCheck *
pl_checks_get (guint *n_checks)
{
  *n_checks = G_N_ELEMENTS (checks);
  return checks;
}
