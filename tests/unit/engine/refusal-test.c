/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A port that cannot be had: who has it, and which other one is offered; and that a trouble which
 * is known stays the same. */

#include "app/engine/refusal.h"

#include <string.h>

#include "app/engine/troubles.h"
#include "tests/unit/engine/stage.h"
#include "tests/unit/ports.h"

static PlConfig *
make_config (guint16 port, const char *bind)
{
  const char *const addresses[] = { bind, NULL };
  PlConfig *config = pl_config_new ();

  pl_config_set_listen (config, port, PL_EXPOSURE_NETWORK, 1);
  g_assert_true (pl_config_set_bind (config, addresses, NULL));
  return config;
}

static void
known_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
names_who_has_the_port (void)
{
  gboolean is_known = FALSE;
  guint16 port = 0;
  g_autoptr (GSocketListener) other = port_take (0, &port);
  g_autoptr (PlConfig) config = make_config (port, NULL);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "in use");
  g_autoptr (PlRefusal) refusal = pl_refusal_new (known_cb, &is_known);

  g_assert_false (pl_refusal_is_set (refusal));
  pl_refusal_set (refusal, config, error);
  g_assert_true (pl_refusal_is_set (refusal));
  g_autoptr (PlTrouble) before = pl_refusal_new_trouble (refusal);
  g_assert_cmpint (pl_trouble_get_kind (before), ==, PL_TROUBLE_PORT_TAKEN);
  g_assert_nonnull (strstr (pl_trouble_get_words (before), "another program"));
  while (!is_known)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (PlTrouble) after = pl_refusal_new_trouble (refusal);
  g_autoptr (PlPortOwner) owner = pl_port_owner_find (port);
  if (owner == NULL) /* app-port-owner sees to it that Linux is no such system */
    {
      g_test_skip ("this system does not tell who has a port");
      g_socket_listener_close (other);
      return;
    }
  g_assert_nonnull (strstr (pl_trouble_get_words (after), "(process "));
  g_assert_cmpint (pl_trouble_get_remedy (after, 0)->kind, ==, PL_REMEDY_USE_PORT);
  g_autofree char *words = pl_refusal_dup_words (refusal);
  g_assert_nonnull (strstr (words, "(process "));
  g_assert_nonnull (strstr (words, " is free."));
  pl_refusal_clear (refusal);
  g_assert_false (pl_refusal_is_set (refusal));
  g_socket_listener_close (other);
}

/* Cleared, or freed, while somebody still looks who has the port. */
static void
forgets_who_has_the_port (void)
{
  gboolean is_known = FALSE;
  guint16 port = 0;
  g_autoptr (GSocketListener) other = port_take (0, &port);
  g_autoptr (PlConfig) config = make_config (port, NULL);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "in use");

  for (guint i = 0; i < 20; i++)
    {
      PlRefusal *refusal = pl_refusal_new (known_cb, &is_known);
      pl_refusal_set (refusal, config, error);
      if (i % 2 == 0)
        pl_refusal_clear (refusal);
      pl_refusal_free (refusal);
      g_main_context_iteration (NULL, FALSE);
    }
  for (gint64 end_us = g_get_monotonic_time () + G_USEC_PER_SEC / 5;
       g_get_monotonic_time () < end_us;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (is_known);
  g_socket_listener_close (other);
}

static void
tells_what_is_forbidden (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "denied");
  g_autoptr (PlRefusal) refusal = pl_refusal_new (known_cb, NULL);
  g_autoptr (PlConfig) low_config = make_config (80, NULL);
  gboolean is_kept = pl_port_find_keeper (80) == PL_PORT_KEPT_FOR_PRIVILEGED; /* but on Windows */
  g_autoptr (PlConfig) high_config = make_config (pl_port_find_free (20000), NULL);

  pl_refusal_set (refusal, low_config, error);
  g_autoptr (PlTrouble) low = pl_refusal_new_trouble (refusal);
  g_assert_cmpint (pl_trouble_get_kind (low), ==,
                   is_kept ? PL_TROUBLE_PORT_FORBIDDEN : PL_TROUBLE_NOT_LISTENING);
  pl_refusal_set (refusal, high_config, error);
  g_autoptr (PlTrouble) high = pl_refusal_new_trouble (refusal);
  g_assert_cmpint (pl_trouble_get_kind (high), ==, PL_TROUBLE_NOT_LISTENING);
}

/* Windows refuses what it keeps, and what a program has for itself alone, with one error. */
static void
tells_kept_ports_from_taken_ones (void)
{
  g_autoptr (GError) denied
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "denied");
  g_autoptr (GError) taken = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "in use");
  const struct
  {
    const GError *error;
    PlPortKeeper keeper;
    gboolean is_free;
    PlRefusalReason reason;
  } cases[] = {
    { taken, PL_PORT_KEPT_FOR_PRIVILEGED, FALSE, PL_REFUSED_TAKEN },
    { denied, PL_PORT_KEPT_FOR_PRIVILEGED, TRUE, PL_REFUSED_PRIVILEGED },
    { denied, PL_PORT_KEPT_BY_WINDOWS, TRUE, PL_REFUSED_RESERVED },
    { denied, PL_PORT_KEPT_BY_NOBODY, FALSE, PL_REFUSED_TAKEN },
    { denied, PL_PORT_KEPT_BY_NOBODY, TRUE, PL_REFUSED_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (pl_refusal_reason_of (cases[i].error, cases[i].keeper, cases[i].is_free), ==,
                     cases[i].reason);
}

/* An address that is nobody's (RFC 5737). */
static void
names_an_address_that_is_not_there (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no such thing");
  g_autoptr (PlRefusal) refusal = pl_refusal_new (known_cb, NULL);
  g_autoptr (PlConfig) config = make_config (8080, "192.0.2.1");
  g_autoptr (PlConfig) own = make_config (8080, "127.0.0.1");

  g_assert_null (pl_bind_find_missing (own));
  pl_refusal_set (refusal, config, error);
  g_autoptr (PlTrouble) trouble = pl_refusal_new_trouble (refusal);
  g_assert_cmpint (pl_trouble_get_kind (trouble), ==, PL_TROUBLE_NOT_LISTENING);
  g_assert_cmpstr (pl_trouble_get_words (trouble), ==,
                   "This computer does not have the address 192.0.2.1 now (no such thing). Devices "
                   "are let in as soon as it does.");
}

static void
offers_another_port (void)
{
  g_assert_cmpuint (pl_port_find_free (80), >=, 8080);
  g_assert_cmpuint (pl_port_find_free (20000), >, 20000);
  g_assert_cmpuint (pl_port_find_free (G_MAXUINT16 - 1), !=, G_MAXUINT16 - 1);
  g_assert_cmpuint (pl_port_find_free (G_MAXUINT16), <, G_MAXUINT16 - 1);
}

static void
keeps_known_troubles (void)
{
  g_autoptr (PlTroubles) troubles = pl_troubles_new ();
  PlTrouble *first = pl_trouble_new (PL_TROUBLE_NOT_SAVED, "The disk is full.");

  pl_troubles_set (troubles, PL_TROUBLE_NOT_SAVED, first);
  g_assert_false (pl_troubles_has_fault (troubles));
  pl_troubles_set (troubles, PL_TROUBLE_NOT_SAVED,
                   pl_trouble_new (PL_TROUBLE_NOT_SAVED, "The disk is full."));
  g_assert_true (pl_troubles_get (troubles, PL_TROUBLE_NOT_SAVED) == first);
  pl_troubles_set (troubles, PL_TROUBLE_IMMICH_DOWN,
                   pl_trouble_new (PL_TROUBLE_IMMICH_DOWN, "It is down."));
  g_assert_true (pl_troubles_has_fault (troubles));
  g_assert_cmpint (pl_trouble_get_kind (pl_troubles_get_gravest (troubles)), ==,
                   PL_TROUBLE_IMMICH_DOWN);
  pl_troubles_set (troubles, PL_TROUBLE_IMMICH_DOWN, NULL);
  g_assert_true (pl_troubles_get_gravest (troubles) == first);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusal/owner", names_who_has_the_port);
  g_test_add_func ("/refusal/forgotten", forgets_who_has_the_port);
  g_test_add_func ("/refusal/forbidden", tells_what_is_forbidden);
  g_test_add_func ("/refusal/kept", tells_kept_ports_from_taken_ones);
  g_test_add_func ("/refusal/no-address", names_an_address_that_is_not_there);
  g_test_add_func ("/refusal/other-port", offers_another_port);
  g_test_add_func ("/refusal/troubles", keeps_known_troubles);
  return g_test_run ();
}
