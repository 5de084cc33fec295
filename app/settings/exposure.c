/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/exposure.h"

#include <string.h>

const char *const pl_exposure_names[PL_EXPOSURE_COUNT + 1] = {
  [PL_EXPOSURE_COMPUTER] = "computer",
  [PL_EXPOSURE_NETWORK] = "network",
  [PL_EXPOSURE_INTERNET] = "internet",
};

gboolean
pl_exposure_parse (const char *name, PlExposure *exposure)
{
  for (PlExposure at = PL_EXPOSURE_COMPUTER; at < PL_EXPOSURE_COUNT; at++)
    if (strcmp (name, pl_exposure_names[at]) == 0)
      {
        *exposure = at;
        return TRUE;
      }
  return FALSE;
}
