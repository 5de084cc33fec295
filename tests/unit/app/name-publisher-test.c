/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names on Windows, with a dnsapi.dll that this file plays: Wine lacks what registers. */

#include "app/system/name_publisher.h"

#include "app/system/dns_service_windows.h"
#include "app/system/own_addresses.h"

#define PENDING    9506
#define PATIENCE_S 20

/* 192.168.1.20 is ours. */
#define OURS   (guint32) GUINT32_TO_BE (0xc0a80114)
#define THEIRS (guint32) GUINT32_TO_BE (0xc0a80115)

/* Windows */

static struct
{
  gboolean is_missing;
  DWORD status;    /* of the next registrations */
  guint32 address; /* that the name leads to by itself; 0: to nobody */
  gint n_entered;
  gint n_instances;
  gint n_calls;
} windows;

static gpointer
end_call (gpointer data)
{
  PDNS_SERVICE_REGISTER_REQUEST request = data;

  g_usleep (20 * 1000);
  request->pRegisterCompletionCallback (windows.status, request->pQueryContext, NULL);
  return NULL;
}

/* It ends on another thread, as in Windows. */
static DWORD
begin_call (PDNS_SERVICE_REGISTER_REQUEST request, gint change)
{
  g_assert_cmpuint (request->Version, ==, DNS_QUERY_REQUEST_VERSION1);
  g_atomic_int_inc (&windows.n_calls);
  if (windows.status == ERROR_SUCCESS)
    g_atomic_int_add (&windows.n_entered, change);
  g_thread_unref (g_thread_new (NULL, end_call, request));
  return PENDING;
}

static DWORD WINAPI
enter (PDNS_SERVICE_REGISTER_REQUEST request, PDNS_SERVICE_CANCEL cancel)
{
  return begin_call (request, 1);
}

static DWORD WINAPI
leave (PDNS_SERVICE_REGISTER_REQUEST request, PDNS_SERVICE_CANCEL cancel)
{
  return begin_call (request, -1);
}

static PDNS_SERVICE_INSTANCE WINAPI
new_instance (PCWSTR name,
              PCWSTR host,
              PIP4_ADDRESS ipv4,
              PIP6_ADDRESS ipv6,
              WORD port,
              WORD priority,
              WORD weight,
              DWORD n_properties,
              PCWSTR *keys,
              PCWSTR *values)
{
  g_autofree char *service = g_utf16_to_utf8 ((const gunichar2 *) name, -1, NULL, NULL, NULL);
  g_autofree char *computer = g_utf16_to_utf8 ((const gunichar2 *) host, -1, NULL, NULL, NULL);

  g_assert_true (g_str_equal (service, "Immich (porchlight)._http._tcp.local")
                 || g_str_equal (service, "Immich (porchlight)._https._tcp.local"));
  g_assert_cmpstr (computer, ==, "porchlight.local");
  g_assert_cmpuint (*ipv4, ==, OURS);
  g_assert_null (ipv6);
  g_assert_cmpuint (port, ==, 8080);
  g_atomic_int_inc (&windows.n_instances);
  return g_new0 (DNS_SERVICE_INSTANCE, 1);
}

static VOID WINAPI
free_instance (PDNS_SERVICE_INSTANCE instance)
{
  g_atomic_int_add (&windows.n_instances, -1);
  g_free (instance);
}

const PlDnsService *
pl_dns_service_find (void)
{
  static const PlDnsService service = { enter, leave, new_instance, free_instance };

  return windows.is_missing ? NULL : &service;
}

GArray *
pl_dns_service_ask (const char *host)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 address = g_atomic_int_get (&windows.n_entered) > 0 ? OURS : windows.address;

  if (address != 0)
    g_array_append_val (addresses, address);
  return addresses;
}

/* The publisher */

typedef struct
{
  PlNamePublisher *publisher;
  guint n_told;
  PlNameFate fate;
} Room;

static void
told_cb (PlNameFate fate, gpointer user_data)
{
  Room *room = user_data;

  room->fate = fate;
  room->n_told++;
}

static void
set_up (Room *room, gconstpointer data)
{
  windows.is_missing = FALSE;
  windows.status = ERROR_SUCCESS;
  windows.address = 0;
  windows.n_calls = 0;
  room->publisher = pl_name_publisher_new (told_cb, room);
}

/* Whatever goes on there has come to its end when nothing is left of it. */
static void
wait_until_nothing_is_left (void)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (g_atomic_int_get (&windows.n_entered) > 0 || g_atomic_int_get (&windows.n_instances) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
tear_down (Room *room, gconstpointer data)
{
  windows.status = ERROR_SUCCESS;
  pl_name_publisher_free (room->publisher);
  wait_until_nothing_is_left ();
}

static void
publish (Room *room)
{
  const PlOwnAddress own = { .interface = 2,
                             .kind = PL_INTERFACE_NETWORK,
                             .family = G_SOCKET_FAMILY_IPV4,
                             .octets = { 192, 168, 1, 20 } };
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));
  const PlPublication publication = { .host = (char *) "porchlight.local",
                                      .service = (char *) "Immich (porchlight)",
                                      .addresses = addresses,
                                      .port = 8080,
                                      .has_http = TRUE,
                                      .has_https = TRUE };

  g_array_append_val (addresses, own);
  pl_name_publisher_publish (room->publisher, &publication);
}

static PlNameFate
wait_until_told (Room *room)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  guint n_told = room->n_told;

  while (room->n_told == n_told)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  return room->fate;
}

static void
test_there (Room *room, gconstpointer data)
{
  publish (room);
  g_assert_cmpuint (room->n_told, ==, 0);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_THERE);
  g_assert_cmpint (windows.n_entered, ==, 2);

  pl_name_publisher_publish (room->publisher, NULL);
  wait_until_nothing_is_left ();
  g_assert_cmpuint (room->n_told, ==, 1);
}

static void
test_other_addresses (Room *room, gconstpointer data)
{
  publish (room);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_THERE);
  publish (room);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_THERE);
  g_assert_cmpint (windows.n_entered, ==, 2);
  g_assert_cmpint (windows.n_calls, ==, 6);
}

/* What comes while a task is under way is done after it; only of the last is told. */
static void
test_in_a_hurry (Room *room, gconstpointer data)
{
  publish (room);
  pl_name_publisher_publish (room->publisher, NULL);
  publish (room);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_THERE);
  g_assert_cmpuint (room->n_told, ==, 1);
  g_assert_cmpint (windows.n_entered, ==, 2);
}

/* The rest of it is for tear_down(): what is under way is taken back. */
static void
test_freed_meanwhile (Room *room, gconstpointer data)
{
  publish (room);
  while (g_atomic_int_get (&windows.n_calls) == 0)
    g_usleep (1000);
}

static void
test_somebody_has_it (Room *room, gconstpointer data)
{
  windows.address = THEIRS;
  publish (room);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_TAKEN);
  g_assert_cmpint (windows.n_calls, ==, 0);
}

static void
test_it_is_refused (Room *room, gconstpointer data)
{
  windows.status = ERROR_ACCESS_DENIED;
  publish (room);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_REFUSED);
}

static void
test_nothing_publishes (Room *room, gconstpointer data)
{
  windows.is_missing = TRUE;
  publish (room);
  g_assert_cmpint (wait_until_told (room), ==, PL_NAME_ABSENT);
}

#define ADD(name, func) g_test_add (name, Room, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/name-publisher/there", test_there);
  ADD ("/name-publisher/other-addresses", test_other_addresses);
  ADD ("/name-publisher/in-a-hurry", test_in_a_hurry);
  ADD ("/name-publisher/freed-meanwhile", test_freed_meanwhile);
  ADD ("/name-publisher/somebody-has-it", test_somebody_has_it);
  ADD ("/name-publisher/it-is-refused", test_it_is_refused);
  ADD ("/name-publisher/nothing-publishes", test_nothing_publishes);
  return g_test_run ();
}
