/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classes and no colours: those are the stylesheet's. */

#include "gui/requests/chip.h"

#include "app/i18n.h"

const char *
pl_chip_get_class (PlTone tone)
{
  static const char *const classes[] = {
    [PL_TONE_RUNNING] = "pl-running", [PL_TONE_GOOD] = "pl-good", [PL_TONE_NEUTRAL] = "pl-neutral",
    [PL_TONE_WARNING] = "pl-warning", [PL_TONE_BAD] = "pl-bad",
  };

  g_return_val_if_fail (tone < G_N_ELEMENTS (classes), classes[PL_TONE_NEUTRAL]);

  return classes[tone];
}

double
pl_chip_get_fraction (PlRequestItem *item)
{
  return pl_request_item_is_running (item) ? pl_request_item_get_fraction (item) : -1;
}

char *
pl_chip_dup_text (PlRequestItem *item)
{
  double fraction = pl_chip_get_fraction (item);
  guint status = pl_request_item_get_status (item);

  if (fraction >= 0)
    /* Translators: how much of a transfer is done */
    return g_strdup_printf (_ ("%d %%"), (int) (fraction * 100));
  if (status != 0)
    return g_strdup_printf ("%u", status);
  return g_strdup (pl_request_item_is_running (item) ? "…" : "–");
}
