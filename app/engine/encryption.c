/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/encryption.h"

#include <string.h>

#include "app/certificates/write.h"
#include "app/i18n.h"
#include "app/trust/trust.h"

#define HTTPS_PORT 443

#define CHALLENGE_PATH "/.well-known/acme-challenge/"

static void
clear_pair (gpointer data)
{
  PlTlsCertificate *pair = data;

  g_bytes_unref (pair->chain);
  g_bytes_unref (pair->key);
  g_clear_pointer (&pair->staple, g_bytes_unref);
}

/* Challenges */

/* RFC 8555 §8.3. */
static void
add_answer (PlOwnPages *pages, const PlAcmeChallenge *challenge)
{
  g_autofree char *path = g_strconcat (CHALLENGE_PATH, challenge->token, NULL);
  g_autoptr (GBytes) answer = g_bytes_new (challenge->answer, strlen (challenge->answer));

  pl_own_pages_add_open (pages, path, "application/octet-stream", answer);
}

static void
add_answers (PlOwnPages *pages, const GPtrArray *challenges)
{
  for (guint i = 0; i < challenges->len; i++)
    {
      const PlAcmeChallenge *challenge = challenges->pdata[i];
      if (challenge->kind == PL_ACME_CHALLENGE_HTTP)
        add_answer (pages, challenge);
    }
}

static gboolean
add_handshakes (PlConfig *config, const GPtrArray *challenges, GError **error)
{
  for (guint i = 0; i < challenges->len; i++)
    {
      const PlAcmeChallenge *challenge = challenges->pdata[i];
      PlTlsCertificate pair = { .chain = challenge->chain, .key = challenge->key };
      if (challenge->kind == PL_ACME_CHALLENGE_TLS_ALPN
          && !pl_config_add_challenge (config, challenge->name, &pair, error))
        return FALSE;
    }
  return TRUE;
}

/* Certificates */

gboolean
pl_encryption_equip (PlConfig *config,
                     const PlGathering *gathering,
                     const GPtrArray *challenges,
                     GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (PlTlsCertificate));
  g_autoptr (PlOwnPages) pages = NULL;

  g_array_set_clear_func (pairs, clear_pair);
  for (guint i = 0; i < gathering->certificates->len; i++)
    {
      const PlCertificate *certificate = gathering->certificates->pdata[i];
      PlTlsCertificate pair = { .chain = pl_certificate_chain_to_pem (certificate),
                                .key = pl_certificate_key_to_pem (certificate) };
      GBytes *staple = pl_certificate_get_staple (certificate, &pair.staple_until_s);

      if (staple != NULL)
        pair.staple = g_bytes_ref (staple);
      g_array_append_val (pairs, pair);
    }
  pages = pl_trust_new_pages (gathering->authority, config->plain != PL_PLAIN_REFUSE);
  add_answers (pages, challenges);
  pl_config_set_own_pages (config, pages);
  return pairs->len == 0
         || (pl_config_set_tls (config, (const PlTlsCertificate *) (gpointer) pairs->data,
                                pairs->len, error)
             && add_handshakes (config, challenges, error));
}

gboolean
pl_encryption_covers (const PlGathering *gathering, const char *host)
{
  for (guint i = 0; i < gathering->certificates->len; i++)
    if (pl_certificate_fits (gathering->certificates->pdata[i], host))
      return TRUE;
  return FALSE;
}

/* Addresses */

/* Without a port that goes without saying. */
static char *
dup_url (const char *name, guint16 port)
{
  return port == HTTPS_PORT ? g_strdup_printf ("https://%s", name)
                            : g_strdup_printf ("https://%s:%u", name, port);
}

/* A name such as *.example leads nowhere by itself, and addresses are among @urls. */
static void
add_names (GStrvBuilder *urls, const PlCertificate *certificate, guint16 port)
{
  const char *const *hosts = pl_certificate_get_hosts (certificate);

  for (; *hosts != NULL; hosts++)
    {
      g_autofree char *url = dup_url (*hosts, port);
      if (**hosts != '*' && !g_hostname_is_ip_address (*hosts))
        g_strv_builder_add (urls, url);
    }
}

static char *
dup_secured (const PlGathering *gathering, const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_str_has_prefix (url, "http://")
      && pl_encryption_covers (gathering, g_uri_get_host (uri)))
    return g_strconcat ("https", url + strlen ("http"), NULL);
  return g_strdup (url);
}

GStrv
pl_encryption_dup_urls (const PlGathering *gathering,
                        const char *const *urls,
                        gboolean refuses_plain)
{
  gboolean wants_https = refuses_plain && gathering->certificates->len > 0;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  for (; *urls != NULL; urls++)
    {
      g_autofree char *url = dup_secured (gathering, *urls);
      if (!wants_https || g_str_has_prefix (url, "https://"))
        g_strv_builder_add (all, url);
    }
  return g_strv_builder_end (all);
}

GStrv
pl_encryption_dup_names (const PlGathering *gathering, guint16 port)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  for (guint i = 0; gathering->authority == NULL && i < gathering->certificates->len; i++)
    add_names (all, gathering->certificates->pdata[i], port);
  return g_strv_builder_end (all);
}

/* Words */

char *
pl_encryption_dup_words (const PlCertificate *certificate, gint64 now_s)
{
  g_autofree char *hosts = g_strjoinv (", ", (char **) pl_certificate_get_hosts (certificate));
  g_autofree char *end = pl_certificate_dup_end_words (certificate, now_s);

  /* Translators: names and addresses, the authority, and “ends on 3 May 2027, in 60 days”. */
  return g_strdup_printf (_ ("for %s, from %s, %s"), hosts, pl_certificate_get_issuer (certificate),
                          end);
}

/* The names and addresses of them all, in a line. */
static char *
dup_hosts (const PlGathering *gathering)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < gathering->certificates->len; i++)
    {
      g_autofree char *hosts = g_strjoinv (
          ", ", (char **) pl_certificate_get_hosts (gathering->certificates->pdata[i]));
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", hosts);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

char *
pl_encryption_dup_state (const PlGathering *gathering, gboolean stands_in, gint64 now_s)
{
  const PlCertificate *first
      = gathering->certificates->len > 0 ? gathering->certificates->pdata[0] : NULL;
  g_autofree char *hosts = dup_hosts (gathering);
  g_autofree char *end = NULL;

  if (first == NULL)
    return g_strdup (_ ("Connections are not encrypted. For phones at home this computer’s own "
                        "authority will do. With a name of your own, have an authority on the "
                        "internet make a certificate, or use the one you have; with Tailscale, "
                        "use the one it makes."));
  if (stands_in)
    /* Translators: names and addresses. */
    return g_strdup_printf (_ ("Connections can be encrypted by https. Until the authority on the "
                               "internet has made a certificate, this computer’s own stands in. It "
                               "is for %s."),
                            hosts);
  end = pl_certificate_dup_end_words (first, now_s);
  if (gathering->authority != NULL)
    /* Translators: “ends on 3 May 2027, in 60 days”; names and addresses. */
    return g_strdup_printf (_ ("Connections can be encrypted by https. The certificate %s, and is "
                               "renewed by itself. It is for %s."),
                            end, hosts);
  /* Translators: the authority; “ends on 3 May 2027, in 60 days”; names and addresses. */
  return g_strdup_printf (
      _ ("Connections can be encrypted by https. The certificate is from %s and "
         "%s. It is for %s."),
      pl_certificate_get_issuer (first), end, hosts);
}
