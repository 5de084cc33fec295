/* SPDX-License-Identifier: GPL-3.0-or-later */

/* app/engine/encryption.c: which addresses are https, which names lead here, and what is said. */

#include "app/engine/encryption.h"

#include <string.h>

#include "app/certificates/authority.h"

#define NOW_S G_GINT64_CONSTANT (1800000000)

/* A certificate for @hosts, by somebody else's authority or by one of this computer's own. */
static PlGathering *
new_gathering (const char *const *hosts, gboolean is_own)
{
  g_autoptr (PlAuthority) authority = pl_authority_new ("photos.example", NOW_S, NULL);
  g_autoptr (PlCertificateWish) off = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);
  PlGathering *gathering = pl_gathering_new (off, NOW_S, NULL);

  g_ptr_array_add (gathering->certificates, pl_authority_issue (authority, hosts, NOW_S, NULL));
  if (is_own)
    gathering->authority = pl_certificate_ref (pl_authority_get_certificate (authority));
  return gathering;
}

static void
test_urls (void)
{
  static const char *const hosts[] = { "192.168.1.20", "fd00::20", NULL };
  static const char *const urls[]
      = { "http://192.168.1.20:8080", "http://192.168.1.21:8080", "http://[fd00::20]:8080", NULL };
  static const char *const expected[] = { "https://192.168.1.20:8080", "http://192.168.1.21:8080",
                                          "https://[fd00::20]:8080", NULL };
  g_autoptr (PlGathering) gathering = new_gathering (hosts, TRUE);
  static const char *const alone[]
      = { "https://192.168.1.20:8080", "https://[fd00::20]:8080", NULL };
  g_auto (GStrv) secured = pl_encryption_dup_urls (gathering, urls, FALSE);
  g_auto (GStrv) served = pl_encryption_dup_urls (gathering, urls, TRUE);

  g_assert_cmpstrv (secured, expected);
  g_assert_cmpstrv (served, alone);
}

static void
test_names (void)
{
  static const char *const hosts[]
      = { "photos.example", "*.photos.example", "192.168.1.20", "porch.lan", NULL };
  static const char *const usual[] = { "https://photos.example", "https://porch.lan", NULL };
  static const char *const other[]
      = { "https://photos.example:8080", "https://porch.lan:8080", NULL };
  g_autoptr (PlGathering) others = new_gathering (hosts, FALSE);
  g_autoptr (PlGathering) own = new_gathering (hosts, TRUE);
  g_auto (GStrv) at_443 = pl_encryption_dup_names (others, 443);
  g_auto (GStrv) at_8080 = pl_encryption_dup_names (others, 8080);
  g_auto (GStrv) none = pl_encryption_dup_names (own, 443);

  g_assert_cmpstrv (at_443, usual);
  g_assert_cmpstrv (at_8080, other);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
assert_state (const PlGathering *gathering, const char *part, const char *other_part)
{
  g_autofree char *words = pl_encryption_dup_state (gathering, FALSE, NOW_S);

  if (strstr (words, part) == NULL || strstr (words, other_part) == NULL)
    g_error ("“%s” and “%s” should be in: %s", part, other_part, words);
}

static void
test_state (void)
{
  static const char *const hosts[] = { "photos.example", NULL };
  g_autoptr (PlGathering) others = new_gathering (hosts, FALSE);
  g_autoptr (PlGathering) own = new_gathering (hosts, TRUE);
  g_autoptr (PlCertificateWish) off = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);
  g_autoptr (PlGathering) none = pl_gathering_new (off, NOW_S, NULL);

  assert_state (own, "is renewed by itself", "for photos.example");
  assert_state (others, "is from Porchlight on photos.example", "in 395 days");
  assert_state (none, "are not encrypted", "own authority");
}

/* What runs is given the certificates, and pages in any case: what is below them is never sent on.
 */
static void
test_equip (void)
{
  static const char *const hosts[] = { "photos.example", NULL };
  g_autoptr (PlGathering) own = new_gathering (hosts, TRUE);
  g_autoptr (PlCertificateWish) off = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);
  g_autoptr (PlGathering) none = pl_gathering_new (off, NOW_S, NULL);
  g_autoptr (PlConfig) encrypted = pl_config_new ();
  g_autoptr (PlConfig) plain = pl_config_new ();
  g_autoptr (GPtrArray) none_asked = g_ptr_array_new ();

  g_assert_true (pl_encryption_equip (encrypted, own, none_asked, NULL));
  g_assert_true (pl_encryption_equip (plain, none, none_asked, NULL));
  g_assert_nonnull (encrypted->tls);
  g_assert_null (plain->tls);
  g_assert_nonnull (encrypted->own_pages);
  g_assert_nonnull (plain->own_pages);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encryption/urls", test_urls);
  g_test_add_func ("/encryption/names", test_names);
  g_test_add_func ("/encryption/state", test_state);
  g_test_add_func ("/encryption/equip", test_equip);
  return g_test_run ();
}
