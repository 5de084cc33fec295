/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authority of this computer's own: what it may vouch for, when it issues anew, and what
 * becomes of it when the clock goes wrong or files do. OpenSSL says what is valid. */

#include "app/certificates/facts.h"
#include "app/certificates/local.h"
#include "app/certificates/make.h"
#include "app/certificates/own_hosts.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/system/own_addresses.h"
#include "app/system/path.h"

#define DAY_S (24 * 60 * 60)
#define NOW_S G_GINT64_CONSTANT (1800000000)

static const char *const hosts[]
    = { "localhost", "porch", "porch.local", "192.168.1.20", "fd00::20", "203.0.113.7", NULL };

typedef struct
{
  char *folder;
  char *authority_path;
  char *certificate_path;
} Room;

static void
set_up (Room *room, gconstpointer data)
{
  room->folder = g_dir_make_tmp ("porchlight-XXXXXX", NULL);
  room->authority_path = g_build_filename (room->folder, PL_LOCAL_AUTHORITY_FILE, NULL);
  room->certificate_path = g_build_filename (room->folder, PL_LOCAL_CERTIFICATE_FILE, NULL);
}

static void
tear_down (Room *room, gconstpointer data)
{
  g_unlink (room->authority_path);
  g_unlink (room->certificate_path);
  g_rmdir (room->folder);
  g_free (room->folder);
  g_free (room->authority_path);
  g_free (room->certificate_path);
}

static PlLocal *
prepare (Room *room, const char *const *for_hosts, gint64 now_s)
{
  g_autoptr (GError) error = NULL;
  PlLocal *local = pl_local_prepare (room->folder, "Porch", for_hosts, now_s, &error);

  g_assert_no_error (error);
  return local;
}

/* Returns: what OpenSSL says of @own, as a client that trusts @root would ask */
static int
verify (X509 *root, X509 *own, const char *host, gint64 now_s)
{
  g_autoptr (X509_STORE) store = X509_STORE_new ();
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();
  X509_VERIFY_PARAM *parameters;

  X509_STORE_add_cert (store, root);
  X509_STORE_CTX_init (context, store, own, NULL);
  X509_STORE_CTX_set_purpose (context, X509_PURPOSE_SSL_SERVER);
  parameters = X509_STORE_CTX_get0_param (context);
  X509_VERIFY_PARAM_set_time (parameters, now_s);
  X509_VERIFY_PARAM_set_flags (parameters, X509_V_FLAG_X509_STRICT);
  if (g_hostname_is_ip_address (host))
    X509_VERIFY_PARAM_set1_ip_asc (parameters, host);
  else
    X509_VERIFY_PARAM_set1_host (parameters, host, 0);
  X509_verify_cert (context);
  return X509_STORE_CTX_get_error (context);
}

static int
verify_local (const PlLocal *local, const char *host, gint64 now_s)
{
  return verify (pl_certificate_get_x509 (local->authority),
                 pl_certificate_get_x509 (local->certificate), host, now_s);
}

static void
test_first (Room *room, gconstpointer data)
{
  g_autoptr (PlLocal) local = prepare (room, hosts, NOW_S);
  const PlCertificate *own = local->certificate;

  g_assert_true (local->is_new);
  g_assert_null (local->problem);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (verify_local (local, hosts[i], NOW_S), ==, X509_V_OK);
  g_assert_cmpint (verify_local (local, "203.0.113.7", NOW_S), ==, X509_V_ERR_IP_ADDRESS_MISMATCH);
  g_assert_cmpint (verify_local (local, "localhost", NOW_S + 398 * DAY_S), ==,
                   X509_V_ERR_CERT_HAS_EXPIRED);
  g_assert_cmpint (pl_certificate_get_not_after_s (own) - pl_certificate_get_not_before_s (own), <,
                   397 * DAY_S);
  g_assert_cmpstr (pl_certificate_get_issuer (own), ==, "Porchlight on Porch");
  g_assert_false (pl_path_is_open_to_others (room->authority_path));
  g_assert_false (pl_path_is_open_to_others (room->certificate_path));
}

/* With the key of such an authority nobody can pretend to be a bank. */
static void
test_bounds (void)
{
  static const char *const refused[] = { "bank.example", "local.example", "notporch", "8.8.8.8",
                                         "172.32.0.1",   "2001:db8::1",   NULL };
  static const char *const allowed[]
      = { "porch.home.arpa", "a.lan",   "10.1.2.3", "172.31.0.1",        "100.100.1.1",
          "169.254.3.4",     "fe80::1", "::1",      "porch.example.org", NULL };
  g_autoptr (PlAuthority) authority = pl_authority_new ("porch.example.org", NOW_S, NULL);
  PlCertificate *root = pl_authority_get_certificate (authority);

  for (guint i = 0; refused[i] != NULL; i++)
    {
      g_autofree char *names = pl_make_dup_hosts ((const char *[]){ refused[i], NULL });
      PlMaking making = { "forged", NOW_S, NOW_S + DAY_S, pl_certificate_get_x509 (root),
                          pl_certificate_get_key (root) };
      g_autoptr (EVP_PKEY) key = pl_make_key ();
      g_autoptr (X509) forged = pl_make_begin (&making, key);

      g_assert_false (pl_authority_permits (authority, refused[i]));
      g_assert_true (pl_make_add (forged, &making, NID_authority_key_identifier, "keyid:always"));
      g_assert_true (pl_make_add (forged, &making, NID_subject_alt_name, names));
      g_assert_true (pl_make_sign (forged, &making, key));
      g_assert_cmpint (verify (pl_certificate_get_x509 (root), forged, refused[i], NOW_S + 1), ==,
                       X509_V_ERR_PERMITTED_VIOLATION);
    }
  for (guint i = 0; allowed[i] != NULL; i++)
    {
      g_autoptr (PlCertificate) own
          = pl_authority_issue (authority, (const char *[]){ allowed[i], NULL }, NOW_S, NULL);
      g_assert_cmpint (
          verify (pl_certificate_get_x509 (root), pl_certificate_get_x509 (own), allowed[i], NOW_S),
          ==, X509_V_OK);
    }
}

static gboolean
is_same (const PlLocal *one, const PlLocal *other)
{
  return pl_certificate_is_same (one->certificate, other->certificate);
}

static void
test_again (Room *room, gconstpointer data)
{
  g_autoptr (PlLocal) first = prepare (room, hosts, NOW_S);
  g_autoptr (PlLocal) later = prepare (room, hosts, NOW_S + 263 * DAY_S);
  g_autoptr (PlLocal) renewed = prepare (room, hosts, NOW_S + 264 * DAY_S);

  g_assert_true (is_same (first, later));
  g_assert_false (later->is_new);
  g_assert_true (renewed->is_new);
  g_assert_false (is_same (first, renewed));
  g_assert_true (pl_certificate_is_same (first->authority, renewed->authority));
  g_assert_cmpint (verify_local (renewed, "porch", NOW_S + 400 * DAY_S), ==, X509_V_OK);
}

static void
test_new_address (Room *room, gconstpointer data)
{
  static const char *const fewer[] = { "localhost", NULL };
  static const char *const moved[] = { "localhost", "10.0.0.7", NULL };
  g_autoptr (PlLocal) first = prepare (room, hosts, NOW_S);
  g_autoptr (PlLocal) without = prepare (room, fewer, NOW_S);
  g_autoptr (PlLocal) elsewhere = prepare (room, moved, NOW_S);

  g_assert_true (is_same (first, without));
  g_assert_true (elsewhere->is_new);
  g_assert_true (pl_certificate_fits (elsewhere->certificate, "10.0.0.7"));
}

/* A clock without a battery, one that was far ahead, and one that goes right again: the authority
 * stays, and whenever the clock is right the certificate is valid. */
static void
test_clock (Room *room, gconstpointer data)
{
  g_autoptr (PlLocal) first = prepare (room, hosts, NOW_S);
  g_autoptr (PlLocal) in_1970 = prepare (room, hosts, 5000);
  g_autoptr (PlLocal) ahead = prepare (room, hosts, NOW_S + 2000 * DAY_S);
  g_autoptr (PlLocal) far_ahead = prepare (room, hosts, NOW_S + 5000 * DAY_S);
  g_autoptr (PlLocal) right = prepare (room, hosts, NOW_S + 2 * DAY_S);

  g_assert_true (is_same (first, in_1970));
  g_assert_nonnull (in_1970->problem);
  g_assert_true (ahead->is_new);
  g_assert_nonnull (far_ahead->problem);
  g_assert_true (right->is_new);
  g_assert_cmpint (verify_local (right, "porch", NOW_S + 2 * DAY_S), ==, X509_V_OK);
  g_assert_true (pl_certificate_is_same (first->authority, right->authority));
}

static void
test_damaged (Room *room, gconstpointer data)
{
  g_autoptr (PlLocal) first = prepare (room, hosts, NOW_S);
  g_autoptr (PlLocal) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (g_file_set_contents (room->certificate_path, "nonsense", -1, NULL));
  second = prepare (room, hosts, NOW_S);
  g_assert_true (second->is_new);
  g_assert_true (pl_certificate_is_same (first->authority, second->authority));

  g_assert_true (g_file_set_contents (room->authority_path, "nonsense", -1, NULL));
  g_assert_null (pl_local_prepare (room->folder, "Porch", hosts, NOW_S, &error));
  g_assert_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY);
  g_assert_nonnull (strstr (error->message, room->authority_path));
  g_assert_true (g_file_get_contents (room->authority_path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "nonsense");
}

/* Names */

static void
assert_names (const char *host_name, const char *const *expected)
{
  g_auto (GStrv) names = pl_own_hosts_dup_names (host_name);
  g_assert_cmpstrv (names, expected);
}

static void
test_names (void)
{
  assert_names ("Porch", (const char *[]){ "porch", NULL });
  assert_names ("nas.home.example", (const char *[]){ "nas", "nas.home.example", NULL });
  assert_names ("my computer", (const char *[]){ NULL });
  assert_names ("a,IP:8.8.8.8", (const char *[]){ NULL });
  assert_names ("-a", (const char *[]){ NULL });
  assert_names ("", (const char *[]){ NULL });
  assert_names ("a..b", (const char *[]){ NULL });
}

static void
test_addresses (void)
{
  const PlOwnAddress all[] = {
    { 1, PL_INTERFACE_LOOPBACK, G_SOCKET_FAMILY_IPV4, { 127, 0, 0, 1 }, 8 },
    { 2, PL_INTERFACE_NETWORK, G_SOCKET_FAMILY_IPV4, { 192, 168, 1, 20 }, 24 },
    { 2, PL_INTERFACE_NETWORK, G_SOCKET_FAMILY_IPV6, { 0xfe, 0x80, [15] = 1 }, 64 },
    { 3, PL_INTERFACE_BRIDGE, G_SOCKET_FAMILY_IPV4, { 172, 17, 0, 1 }, 16 },
  };
  static const char *const expected[]
      = { "localhost",        "porch",     "porch.local", "porch.lan",    "porch.home.arpa",
          "porchlight.local", "127.0.0.1", "::1",         "192.168.1.20", NULL };
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));
  g_auto (GStrv) found = NULL;

  g_array_append_vals (addresses, all, G_N_ELEMENTS (all));
  found = pl_own_hosts_of ("porch", "porchlight.local", addresses);
  g_assert_cmpstrv (found, expected);
}

static void
test_folder (void)
{
  g_autofree char *beside = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *expected = NULL;

  g_unsetenv ("STATE_DIRECTORY");
  beside = pl_local_dup_folder ("a" G_DIR_SEPARATOR_S "porchlight.ini");
  g_assert_cmpstr (beside, ==, "a" G_DIR_SEPARATOR_S "certificates");
  g_setenv ("STATE_DIRECTORY", "/var/lib/porchlight:/other", TRUE);
  kept = pl_local_dup_folder ("/etc/porchlight/porchlight.ini");
  expected = g_build_filename ("/var/lib/porchlight", "certificates", NULL);
  g_assert_cmpstr (kept, ==, expected);
  g_unsetenv ("STATE_DIRECTORY");
}

#define ADD(name, func) g_test_add (name, Room, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/local/first", test_first);
  ADD ("/local/again", test_again);
  ADD ("/local/new-address", test_new_address);
  ADD ("/local/clock", test_clock);
  ADD ("/local/damaged", test_damaged);
  g_test_add_func ("/local/bounds", test_bounds);
  g_test_add_func ("/local/names", test_names);
  g_test_add_func ("/local/addresses", test_addresses);
  g_test_add_func ("/local/folder", test_folder);
  return g_test_run ();
}
