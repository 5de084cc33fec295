/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/proxy/listeners.c: whose the port is. A worker accepts beside the test; what another program
 * would find is tried from here. */

#include "net/proxy/listeners.h"

#include <unistd.h>

#include "net/io/inet_address.h"
#include "tests/unit/ports.h"

/* Of the platform that tests run on; @platform is what the worker has. */
typedef struct
{
  PlPlatform platform;
  PlOutbox *outbox;
  PlDoubts *doubts;
  PlWorker *worker;
  PlWorker *workers[1];
  PlListeners *listeners;
  guint16 port;
} Porch;

static void
records_cb (GPtrArray *records, guint64 n_dropped, gpointer user_data)
{
}

static void
doubt_cb (const char *upstream, const char *endpoint, gpointer user_data)
{
}

static PlAddress
get_address (const char *text, guint16 port)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  address.port = port;
  return address;
}

/* What another program finds; it closes again what it got. */
static gboolean
can_be_taken (Porch *porch, const char *text, gboolean shared)
{
  const PlPlatform *platform = pl_worker_get_platform (porch->worker);
  PlAddress address = get_address (text, porch->port);
  g_autoptr (GError) error = NULL;
  PlHandle handle = platform->listen (&address, shared, &error);

  if (handle == PL_HANDLE_NONE)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
      return FALSE;
    }
  platform->close_handle (handle);
  return TRUE;
}

static void
porch_open_on (Porch *porch, const PlPlatform *platform)
{
  g_autoptr (GError) error = NULL;

  porch->platform = *platform;
  porch->outbox = pl_outbox_new (records_cb, NULL);
  porch->doubts = pl_doubts_new (doubt_cb, NULL);
  porch->worker = porch->workers[0]
      = pl_worker_new (0, &porch->platform, porch->outbox, porch->doubts, NULL, NULL, &error);
  g_assert_no_error (error);
  pl_worker_start (porch->worker, porch->workers);
  porch->listeners = pl_listeners_new (porch->worker);
  porch->port = port_find_free ();
}

static void
porch_open (Porch *porch)
{
  porch_open_on (porch, pl_platform_get_default ());
}

/* As Windows is: a port that is taken at one address is taken at all. */
static void
porch_open_without_sharing (Porch *porch)
{
  PlPlatform platform = *pl_platform_get_default ();

  platform.share = NULL;
  porch_open_on (porch, &platform);
}

static void
porch_close (Porch *porch)
{
  pl_listeners_free (porch->listeners);
  pl_worker_free (porch->worker);
  pl_doubts_free (porch->doubts);
  pl_outbox_free (porch->outbox);
}

static void
apply (Porch *porch, PlExposure exposure)
{
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (GError) error = NULL;

  pl_config_set_listen (config, porch->port, exposure, 1);
  pl_worker_apply (porch->worker, config);
  pl_listeners_apply (porch->listeners, config, &error);
  g_assert_no_error (error);
  pl_worker_settle (porch->worker);
}

static guint
count_addresses (Porch *porch)
{
  g_auto (GStrv) addresses = pl_listeners_dup_addresses (porch->listeners);

  return g_strv_length (addresses);
}

/* Ports are shared while one of ours is being opened beside another. Afterwards they are as closed
 * as any (docs/adr/005-listening.md): who comes then and would share them, too, is refused. */
static void
test_shared_ports_are_closed_again (void)
{
  Porch porch;

  porch_open (&porch);
  for (guint i = 0; i < 3; i++)
    {
      apply (&porch, PL_EXPOSURE_COMPUTER);
      g_assert_false (can_be_taken (&porch, "127.0.0.1", TRUE));
      g_assert_false (can_be_taken (&porch, "127.0.0.1", FALSE));
      apply (&porch, PL_EXPOSURE_NETWORK);
      g_assert_cmpuint (count_addresses (&porch), >=, 2);
      g_assert_false (can_be_taken (&porch, "127.0.0.1", TRUE));
      g_assert_false (can_be_taken (&porch, "0.0.0.0", TRUE));
      g_assert_false (can_be_taken (&porch, "0.0.0.0", FALSE));
    }
  porch_close (&porch);
}

/* What is left is free, and what is not stays as it was. */
static void
test_left_addresses_are_free (void)
{
  Porch porch;
  guint n_at_home;

  porch_open (&porch);
  apply (&porch, PL_EXPOSURE_COMPUTER);
  n_at_home = count_addresses (&porch);
  apply (&porch, PL_EXPOSURE_INTERNET);
  /* Where ports are not shared, one for all addresses takes the place of one for this computer. */
  g_assert_cmpuint (count_addresses (&porch), >=,
                    n_at_home + (porch.platform.share != NULL ? 1 : 0));
  apply (&porch, PL_EXPOSURE_COMPUTER);
  g_assert_cmpuint (count_addresses (&porch), ==, n_at_home);
  g_assert_true (can_be_taken (&porch, "127.0.0.2", FALSE));
  g_assert_false (can_be_taken (&porch, "127.0.0.1", FALSE));
  porch_close (&porch);
}

/* A port of somebody else's is no port of ours, and what we had we have still. */
static void
test_taken_port_changes_nothing (void)
{
  Porch porch;
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = NULL;
  const PlPlatform *platform;
  PlAddress address;
  PlHandle handle;

  porch_open (&porch);
  apply (&porch, PL_EXPOSURE_COMPUTER);
  platform = pl_worker_get_platform (porch.worker);
  address = get_address ("127.0.0.1", 0);
  handle = platform->listen (&address, FALSE, NULL);
  g_assert_true (platform->get_local_address (handle, &address));

  pl_config_set_listen (config, address.port, PL_EXPOSURE_COMPUTER, 1);
  g_assert_false (pl_listeners_apply (porch.listeners, config, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  prefix = g_strdup_printf ("127.0.0.1:%u: ", address.port);
  g_assert_true (g_str_has_prefix (error->message, prefix));
  g_assert_false (can_be_taken (&porch, "127.0.0.1", FALSE));
  platform->close_handle (handle);
  porch_close (&porch);
}

static gboolean
listens_on (Porch *porch, const char *text)
{
  g_auto (GStrv) addresses = pl_listeners_dup_addresses (porch->listeners);
  g_autofree char *address = g_strdup_printf ("%s:%u", text, porch->port);

  return g_strv_contains ((const char *const *) addresses, address);
}

/* Each exposure has the port for itself, in both directions. */
static void
test_without_sharing_one_makes_room_for_the_other (void)
{
  Porch porch;

  porch_open_without_sharing (&porch);
  for (guint i = 0; i < 3; i++)
    {
      apply (&porch, PL_EXPOSURE_COMPUTER);
      g_assert_true (listens_on (&porch, "127.0.0.1"));
      g_assert_false (listens_on (&porch, "0.0.0.0"));
      g_assert_false (can_be_taken (&porch, "127.0.0.1", FALSE));
      g_assert_true (can_be_taken (&porch, "127.0.0.2", FALSE));
      apply (&porch, PL_EXPOSURE_NETWORK);
      g_assert_true (listens_on (&porch, "0.0.0.0"));
      g_assert_false (listens_on (&porch, "127.0.0.1"));
      g_assert_false (can_be_taken (&porch, "127.0.0.1", FALSE));
      g_assert_false (can_be_taken (&porch, "127.0.0.2", FALSE));
    }
  porch_close (&porch);
}

/* Another program sits on one address of the computer: all of them cannot be had, and loopback,
 * which closed for that, is back. */
static void
test_without_sharing_a_refusal_puts_back_what_was (void)
{
  Porch porch;
  g_autoptr (PlConfig) config = pl_config_new ();
  g_autoptr (GError) error = NULL;
  PlAddress address;
  PlHandle handle;

  porch_open_without_sharing (&porch);
  apply (&porch, PL_EXPOSURE_COMPUTER);
  address = get_address ("127.0.0.2", porch.port);
  handle = porch.platform.listen (&address, FALSE, &error);
  g_assert_no_error (error);

  pl_config_set_listen (config, porch.port, PL_EXPOSURE_NETWORK, 1);
  g_assert_false (pl_listeners_apply (porch.listeners, config, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  pl_worker_settle (porch.worker);
  g_assert_true (listens_on (&porch, "127.0.0.1"));
  g_assert_false (listens_on (&porch, "0.0.0.0"));
  g_assert_false (can_be_taken (&porch, "127.0.0.1", FALSE));

  porch.platform.close_handle (handle);
  apply (&porch, PL_EXPOSURE_NETWORK);
  g_assert_true (listens_on (&porch, "0.0.0.0"));
  porch_close (&porch);
}

/* Somebody who started the program has opened a port for it; on all addresses, or on one. */
static PlListening
give (Porch *porch, const char *text)
{
  PlAddress address = get_address (text, porch->port);
  g_autoptr (GSocketAddress) at = pl_address_to_socket_address (&address);
  g_autoptr (GSocket) gsocket = g_socket_new (g_socket_address_get_family (at),
                                              G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GError) error = NULL;
  PlListening given;
  int descriptor;

  g_socket_bind (gsocket, at, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_listen (gsocket, NULL));
  descriptor = dup (g_socket_get_fd (gsocket));
  g_assert_true (pl_listening_inspect (descriptor, &given));
  pl_listeners_take (porch->listeners, descriptor, &given);
  return given;
}

static void
test_what_is_given_is_not_opened_again (void)
{
  Porch porch;

  porch_open (&porch);
  give (&porch, "0.0.0.0");
  for (guint i = 0; i < 2; i++)
    {
      apply (&porch, PL_EXPOSURE_COMPUTER);
      g_assert_true (listens_on (&porch, "0.0.0.0"));
      g_assert_false (listens_on (&porch, "127.0.0.1"));
      apply (&porch, PL_EXPOSURE_NETWORK);
      g_assert_true (listens_on (&porch, "0.0.0.0"));
      g_assert_false (listens_on (&porch, "127.0.0.1"));
    }

  /* Another port is opened beside it, and it stays. */
  porch.port = port_find_free ();
  apply (&porch, PL_EXPOSURE_COMPUTER);
  g_assert_true (listens_on (&porch, "127.0.0.1"));
  g_assert_cmpuint (count_addresses (&porch), >=, 2);
  porch_close (&porch);
}

/* It is for one address alone: the others are opened beside it. */
static void
test_what_is_given_stands_for_its_address (void)
{
  Porch porch;
  guint n_before;

  porch_open (&porch);
  give (&porch, "127.0.0.1");
  apply (&porch, PL_EXPOSURE_COMPUTER);
  n_before = count_addresses (&porch);
  apply (&porch, PL_EXPOSURE_NETWORK);
  g_assert_cmpuint (count_addresses (&porch), >, n_before);
  g_assert_true (listens_on (&porch, "0.0.0.0"));
  g_assert_true (listens_on (&porch, "127.0.0.1"));
  porch_close (&porch);
}

/* One socket of IPv6 may take IPv4 as well. */
static void
test_what_is_given_for_both_families_has_both (void)
{
  Porch porch;
  PlListening given;

  porch_open (&porch);
  given = give (&porch, "::");
  apply (&porch, PL_EXPOSURE_COMPUTER);
  g_assert_true (given.takes_ipv4);
  g_assert_cmpuint (count_addresses (&porch), ==, 2);
  g_assert_true (listens_on (&porch, "0.0.0.0"));
  g_assert_true (listens_on (&porch, "[::]"));
  porch_close (&porch);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proxy/listeners/shared-ports-are-closed-again",
                   test_shared_ports_are_closed_again);
  g_test_add_func ("/proxy/listeners/left-addresses-are-free", test_left_addresses_are_free);
  g_test_add_func ("/proxy/listeners/taken-port-changes-nothing", test_taken_port_changes_nothing);
  g_test_add_func ("/proxy/listeners/without-sharing-one-makes-room",
                   test_without_sharing_one_makes_room_for_the_other);
  g_test_add_func ("/proxy/listeners/without-sharing-a-refusal-puts-back",
                   test_without_sharing_a_refusal_puts_back_what_was);
  /* A system without shared ports, which is Windows, has nobody who gives any. */
  if (pl_platform_get_default ()->share == NULL)
    return g_test_run ();
  g_test_add_func ("/proxy/listeners/given/is-not-opened-again",
                   test_what_is_given_is_not_opened_again);
  g_test_add_func ("/proxy/listeners/given/stands-for-its-address",
                   test_what_is_given_stands_for_its_address);
  g_test_add_func ("/proxy/listeners/given/for-both-families-has-both",
                   test_what_is_given_for_both_families_has_both);
  return g_test_run ();
}
