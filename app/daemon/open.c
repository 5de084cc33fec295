/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlightd --open: gives an order to the one that runs, and says what became of it. */

#include "app/daemon/control.h"
#include "app/daemon/daemon.h"
#include "app/daemon/say.h"
#include "app/daemon/source.h"
#include "app/opening/wish.h"

static PlExit
get_exit (PlControlResult result)
{
  switch (result)
    {
    case PL_CONTROL_DONE:
      return PL_EXIT_FINE;
    case PL_CONTROL_FAILED:
      return PL_EXIT_NOT_STARTED;
    case PL_CONTROL_NOT_ALLOWED:
      return PL_EXIT_NOT_ALLOWED;
    }
  g_return_val_if_reached (PL_EXIT_NOT_STARTED);
}

PlExit
pl_daemon_open (const PlOptions *options)
{
  g_autoptr (PlSource) source = pl_source_new (options);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  PlControlResult result;
  PlOpeningWish wish;

  /* Until when that is, is for the one that runs to say: its clock may be another. */
  if (!pl_opening_wish_parse (options->open, g_get_real_time () / G_USEC_PER_SEC, &wish, &error))
    {
      pl_say ("%s", error->message);
      return PL_EXIT_NOT_ALLOWED;
    }
  if (!pl_control_ask (pl_source_get_path (source), options->open, &result, &words, &error))
    {
      pl_say ("%s", error->message);
      return PL_EXIT_NOT_STARTED;
    }
  if (result == PL_CONTROL_DONE)
    pl_say_result ("%s\n", words);
  else
    pl_say ("%s", words);
  return get_exit (result);
}
