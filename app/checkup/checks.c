/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list. To add a check: a function, and a line here. A title names the subject and claims
 * nothing, because it stands over good news and bad. */

#include "app/checkup/checks.h"

#include "app/i18n.h"

/* A table is read by its columns. */
/* clang-format off */
static const PlCheck checks[] = {
  { N_ ("Immich’s answer"), pl_check_ping, FALSE },
  { N_ ("Version and routes"), pl_check_layout, FALSE },
  { N_ ("Live connection (WebSocket)"), pl_check_live, TRUE },
  { N_ ("Delay on the way"), pl_check_promptness, TRUE },
  { N_ ("Parts of files, for skipping in videos"), pl_check_range, TRUE },
  { N_ ("Answers during uploads"), pl_check_early_answer, TRUE },
  { N_ ("Size of uploads"), pl_check_size_limit, TRUE },
  { N_ ("The address Immich is told"), pl_check_host, TRUE },
  { N_ ("Pages without HTTPS"), pl_check_pages, TRUE },
  { N_ ("Time-outs"), pl_check_timeouts, FALSE },
  { N_ ("Who gets in"), pl_check_door, TRUE },
  { N_ ("Ways past Porchlight"), pl_check_way_past, FALSE },
  { N_ ("Sleep of this computer"), pl_check_sleep, FALSE },
};
/* clang-format on */

const PlCheck *
pl_checks_get (guint *n_checks)
{
  *n_checks = G_N_ELEMENTS (checks);
  return checks;
}
