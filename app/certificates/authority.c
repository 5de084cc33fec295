/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/authority.h"

#include <openssl/err.h>

#include "app/certificates/facts.h"
#include "app/certificates/make.h"
#include "app/certificates/own_hosts.h"
#include "app/certificates/read.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

#define DAY_S (24 * 60 * 60)

/* Phones have to be told of a new one. */
#define AUTHORITY_S (3652 * (gint64) DAY_S)

/* What Apple and Chrome take from authorities at most; and clocks of phones may be behind. */
#define CERTIFICATE_S (397 * (gint64) DAY_S - 1)
#define BACKDATED_S   DAY_S

/* What pl_address_is_private() calls private, as OpenSSL writes networks; and the names that are
 * for homes (RFC 6762, RFC 8375, and what routers use). */
static const char permitted[] = "permitted;DNS:localhost,permitted;DNS:local,"
                                "permitted;DNS:home.arpa,permitted;DNS:lan,"
                                "permitted;IP:127.0.0.0/255.0.0.0,"
                                "permitted;IP:10.0.0.0/255.0.0.0,"
                                "permitted;IP:172.16.0.0/255.240.0.0,"
                                "permitted;IP:192.168.0.0/255.255.0.0,"
                                "permitted;IP:169.254.0.0/255.255.0.0,"
                                "permitted;IP:100.64.0.0/255.192.0.0,"
                                "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,"
                                "permitted;IP:fe80::/ffc0::,"
                                "permitted;IP:fc00::/fe00::";

struct _PlAuthority
{
  PlCertificate *certificate;
  NAME_CONSTRAINTS *constraints; /* (nullable) */
};

static gpointer
fail (GError **error)
{
  char words[256];

  ERR_error_string_n (ERR_peek_last_error (), words, sizeof words);
  ERR_clear_error ();
  g_set_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
               _ ("A certificate cannot be made: %s."), words);
  return NULL;
}

/* Takes @certificate. */
static PlAuthority *
new_from_certificate (PlCertificate *certificate)
{
  PlAuthority *authority = g_new (PlAuthority, 1);

  authority->certificate = certificate;
  authority->constraints
      = X509_get_ext_d2i (pl_certificate_get_x509 (certificate), NID_name_constraints, NULL, NULL);
  return authority;
}

void
pl_authority_free (PlAuthority *authority)
{
  NAME_CONSTRAINTS_free (authority->constraints);
  pl_certificate_unref (authority->certificate);
  g_free (authority);
}

/* Returns: (transfer full) (nullable): of @x509 alone */
static PlCertificate *
wrap (X509 *x509, EVP_PKEY *key, GError **error)
{
  g_autoptr (PlX509Stack) all = sk_X509_new_null ();

  X509_up_ref (x509);
  sk_X509_push (all, x509);
  return pl_certificate_new (all, key, error);
}

/* Making one */

static char *
dup_constraints (const char *host_name)
{
  g_auto (GStrv) names = pl_own_hosts_dup_names (host_name);
  g_autoptr (GString) list = g_string_new ("critical");

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (list, ",permitted;DNS:%s", names[i]);
  g_string_append_printf (list, ",%s", permitted);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
describe_authority (X509 *x509, const PlMaking *making, const char *host_name)
{
  g_autofree char *constraints = dup_constraints (host_name);

  return pl_make_add (x509, making, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
         && pl_make_add (x509, making, NID_key_usage, "critical,keyCertSign,cRLSign")
         && pl_make_add (x509, making, NID_subject_key_identifier, "hash")
         && pl_make_add (x509, making, NID_name_constraints, constraints);
}

PlAuthority *
pl_authority_new (const char *host_name, gint64 now_s, GError **error)
{
  g_autofree char *name = g_strdup_printf ("Porchlight on %.40s", host_name);
  PlMaking making
      = { .name = name, .begin_s = now_s - 2 * BACKDATED_S, .end_s = now_s + AUTHORITY_S };
  g_autoptr (EVP_PKEY) key = pl_make_key ();
  g_autoptr (X509) x509 = key != NULL ? pl_make_begin (&making, key) : NULL;
  PlCertificate *certificate;

  if (x509 == NULL || !describe_authority (x509, &making, host_name)
      || !pl_make_sign (x509, &making, key))
    return fail (error);
  certificate = wrap (x509, key, error);
  return certificate != NULL ? new_from_certificate (certificate) : NULL;
}

PlAuthority *
pl_authority_read (GBytes *pem, GError **error)
{
  PlCertificate *certificate = pl_certificate_read (pem, NULL, NULL, error);
  return certificate != NULL ? new_from_certificate (certificate) : NULL;
}

GBytes *
pl_authority_to_pem (const PlAuthority *authority)
{
  return pl_certificate_to_pem (authority->certificate);
}

PlCertificate *
pl_authority_get_certificate (const PlAuthority *authority)
{
  return authority->certificate;
}

/* Vouching */

/* What OpenSSL would say of a certificate for @host: it is asked with one that nobody signs, whose
 * extensions it has to take note of first. */
gboolean
pl_authority_permits (const PlAuthority *authority, const char *host)
{
  PlMaking making = { .name = "Porchlight" };
  g_autofree char *hosts = pl_make_dup_hosts ((const char *[]){ host, NULL });
  g_autoptr (X509) x509 = X509_new ();
  gboolean is_permitted = FALSE;

  if (x509 != NULL && pl_make_add (x509, &making, NID_subject_alt_name, hosts))
    {
      X509_check_purpose (x509, -1, 0);
      is_permitted = authority->constraints == NULL
                     || NAME_CONSTRAINTS_check (x509, authority->constraints) == X509_V_OK;
    }
  ERR_clear_error ();
  return is_permitted;
}

static GStrv
dup_permitted (const PlAuthority *authority, const char *const *hosts)
{
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (; *hosts != NULL; hosts++)
    if (pl_authority_permits (authority, *hosts))
      g_strv_builder_add (kept, *hosts);
  return g_strv_builder_end (kept);
}

static gboolean
describe_server (X509 *x509, const PlMaking *making, const char *const *hosts)
{
  g_autofree char *names = pl_make_dup_hosts (hosts);

  return pl_make_add (x509, making, NID_basic_constraints, "critical,CA:FALSE")
         && pl_make_add (x509, making, NID_key_usage, "critical,digitalSignature")
         && pl_make_add (x509, making, NID_ext_key_usage, "serverAuth")
         && pl_make_add (x509, making, NID_subject_key_identifier, "hash")
         && pl_make_add (x509, making, NID_authority_key_identifier, "keyid:always")
         && pl_make_add (x509, making, NID_subject_alt_name, names);
}

/* An authority is not made anew when its time seems to be over: phones trust this one, and a clock
 * goes wrong more often than ten years go by. */
static gboolean
check_clock (const PlAuthority *authority, gint64 now_s, GError **error)
{
  gint64 begin_s = pl_certificate_get_not_before_s (authority->certificate);
  gint64 end_s = pl_certificate_get_not_after_s (authority->certificate);

  if (now_s < begin_s)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
                         _ ("By this computer's clock its certificate authority is not made yet. "
                            "Set the clock."));
  else if (now_s >= end_s)
    g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
                         _ ("By this computer's clock its certificate authority has ended. Set the "
                            "clock; if it is right, remove authority.pem, and a new one is made, "
                            "which phones have to be told to trust."));
  return begin_s <= now_s && now_s < end_s;
}

PlCertificate *
pl_authority_issue (const PlAuthority *authority,
                    const char *const *hosts,
                    gint64 now_s,
                    GError **error)
{
  PlCertificate *own = authority->certificate;
  gint64 begin_s = MAX (now_s - BACKDATED_S, pl_certificate_get_not_before_s (own));
  PlMaking making = { .name = "Porchlight",
                      .begin_s = begin_s,
                      .end_s = MIN (begin_s + CERTIFICATE_S, pl_certificate_get_not_after_s (own)),
                      .issuer = pl_certificate_get_x509 (own),
                      .issuer_key = pl_certificate_get_key (own) };
  g_auto (GStrv) kept = dup_permitted (authority, hosts);
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) x509 = NULL;

  if (!check_clock (authority, now_s, error))
    return NULL;
  key = pl_make_key ();
  x509 = key != NULL ? pl_make_begin (&making, key) : NULL;
  if (x509 == NULL || kept[0] == NULL
      || !describe_server (x509, &making, (const char *const *) kept)
      || !pl_make_sign (x509, &making, key))
    return fail (error);
  return wrap (x509, key, error);
}

static gboolean
lacks_host (const PlAuthority *authority,
            const PlCertificate *certificate,
            const char *const *hosts)
{
  for (; *hosts != NULL; hosts++)
    if (!pl_certificate_fits (certificate, *hosts) && pl_authority_permits (authority, *hosts))
      return TRUE;
  return FALSE;
}

gboolean
pl_authority_should_renew (const PlAuthority *authority,
                           const PlCertificate *certificate,
                           const char *const *hosts,
                           gint64 now_s)
{
  X509 *own = pl_certificate_get_x509 (authority->certificate);
  gint64 begin_s = pl_certificate_get_not_before_s (certificate);
  gint64 life_s = pl_certificate_get_not_after_s (certificate) - begin_s;

  return X509_verify (pl_certificate_get_x509 (certificate), X509_get0_pubkey (own)) != 1
         || now_s < begin_s || now_s > begin_s + life_s / 3 * 2
         || lacks_host (authority, certificate, hosts);
}
