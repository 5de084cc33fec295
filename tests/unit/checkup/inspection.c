/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/checkup/inspection.h"

#include <string.h>

#include "tests/unit/ports.h"

/* This computer's loopback address, taken for one in a network. */
static GArray *
new_interfaces (void)
{
  static const PlInterface interface = { PL_INTERFACE_NETWORK, 0x7f000001, 0xff000000 };
  GArray *interfaces = g_array_new (FALSE, FALSE, sizeof (PlInterface));

  return g_array_append_val (interfaces, interface);
}

PlCheckSite *
new_site (const char *local_url, const char *upstream_url)
{
  const char *const upstreams[] = { upstream_url, NULL };
  const char *const none[] = { NULL };
  PlCheckSite *site = g_new0 (PlCheckSite, 1);

  site->local_url = g_strdup (local_url);
  site->port = 1;
  site->exposure = PL_EXPOSURE_COMPUTER;
  site->addresses = g_strdupv ((char **) none);
  site->upstream_urls = g_strdupv ((char **) upstreams);
  site->response_timeout_s = 600;
  site->interfaces = new_interfaces ();
  return site;
}

PlCheckup *
run (PlCheckSite *site)
{
  PlCheckup *checkup = pl_checkup_new ();

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (checkup)), ==, PL_CHECK_N_IDS);
  pl_checkup_start (checkup, site);
  while (pl_checkup_get_running (checkup))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (pl_checkup_get_progress (checkup), ==, 1);
  return checkup;
}

void
assert_item (PlCheckup *checkup, guint check, PlCheckState state, const char *words)
{
  g_autoptr (PlCheckItem) item = g_list_model_get_item (G_LIST_MODEL (checkup), check);

  g_test_message ("%s: %s; %s", pl_check_item_get_title (item), pl_check_item_get_words (item),
                  pl_check_item_get_advice (item));
  g_assert_cmpint (pl_check_item_get_state (item), ==, state);
  if (words != NULL)
    g_assert_nonnull (strstr (pl_check_item_get_words (item), words));
}

void
assert_advice (PlCheckup *checkup, guint check, const char *advice)
{
  g_autoptr (PlCheckItem) item = g_list_model_get_item (G_LIST_MODEL (checkup), check);

  g_assert_nonnull (strstr (pl_check_item_get_advice (item), advice));
}

void
assert_remedy (PlCheckup *checkup, guint check, PlCheckRemedy remedy)
{
  g_autoptr (PlCheckItem) item = g_list_model_get_item (G_LIST_MODEL (checkup), check);

  g_assert_cmpint (pl_check_item_get_remedy (item), ==, remedy);
}

Fake *
new_immich (FakeFlags flags)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (Fake) fake = fake_new_at (flags, "127.0.0.2", 0);

      g_assert_nonnull (fake);
      if (port_hold ("127.0.0.1", fake_get_port (fake)) != 0)
        return g_steal_pointer (&fake);
    }
  g_assert_not_reached ();
}
