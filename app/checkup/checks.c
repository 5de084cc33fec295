/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list. To add a check: a function, its name in PlCheckId, and a line here. A title names the
 * subject and claims nothing, because it stands over good news and bad. */

#include "app/checkup/checks.h"

#include "app/i18n.h"

/* A table is read by its columns. */
/* clang-format off */
static const PlCheck checks[PL_CHECK_N_IDS] = {
  [PL_CHECK_ID_PING] = { N_ ("Immich’s answer"), pl_check_ping, FALSE },
  [PL_CHECK_ID_LAYOUT] = { N_ ("Version and routes"), pl_check_layout, FALSE },
  [PL_CHECK_ID_LIVE] = { N_ ("Live connection (WebSocket)"), pl_check_live, TRUE },
  [PL_CHECK_ID_PROMPTNESS] = { N_ ("Delay on the way"), pl_check_promptness, TRUE },
  [PL_CHECK_ID_RANGE] = { N_ ("Parts of files, for skipping in videos"), pl_check_range, TRUE },
  [PL_CHECK_ID_EARLY_ANSWER] = { N_ ("Answers during uploads"), pl_check_early_answer, TRUE },
  [PL_CHECK_ID_SIZE_LIMIT] = { N_ ("Size of uploads"), pl_check_size_limit, TRUE },
  [PL_CHECK_ID_HOST] = { N_ ("The address Immich is told"), pl_check_host, TRUE },
  [PL_CHECK_ID_PAGES] = { N_ ("Pages without HTTPS"), pl_check_pages, TRUE },
  [PL_CHECK_ID_TIMEOUTS] = { N_ ("Time-outs"), pl_check_timeouts, FALSE },
  [PL_CHECK_ID_ENCRYPTION] = { N_ ("Encryption"), pl_check_encryption, FALSE },
  [PL_CHECK_ID_CERTIFICATE] = { N_ ("Certificate"), pl_check_certificate, FALSE },
  [PL_CHECK_ID_WAY_TO_IMMICH] = { N_ ("Encryption on to Immich"), pl_check_way_to_immich, FALSE },
  [PL_CHECK_ID_CLOCK] = { N_ ("This computer’s clock"), pl_check_clock, FALSE },
  [PL_CHECK_ID_DOOR] = { N_ ("Who gets in"), pl_check_door, TRUE },
  [PL_CHECK_ID_NAME] = { N_ ("Name at home"), pl_check_name, FALSE },
  [PL_CHECK_ID_WORLD] = { N_ ("What the internet may see"), pl_check_world, FALSE },
  [PL_CHECK_ID_LINKS] = { N_ ("Links that you share"), pl_check_links, TRUE },
  [PL_CHECK_ID_WAY_PAST] = { N_ ("Ways past Porchlight"), pl_check_way_past, FALSE },
  [PL_CHECK_ID_SLEEP] = { N_ ("Sleep of this computer"), pl_check_sleep, FALSE },
};
/* clang-format on */

const PlCheck *
pl_check_get (PlCheckId id)
{
  return &checks[id];
}
