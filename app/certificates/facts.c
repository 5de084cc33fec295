/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/facts.h"

#include <gio/gio.h>

#include "app/i18n.h"

/* A name is shown in a line; RFC 5280 allows 64 characters. */
#define NAME_CHARACTERS 64

gint64
pl_facts_get_time_s (const ASN1_TIME *time)
{
  struct tm parts;
  g_autoptr (GDateTime) moment = NULL;

  if (ASN1_TIME_to_tm (time, &parts) != 1)
    return 0;
  moment = g_date_time_new_utc (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                                parts.tm_hour, parts.tm_min, MIN (parts.tm_sec, 59));
  return moment != NULL ? g_date_time_to_unix (moment) : 0;
}

/* Returns: (transfer full): @octets as a line of text */
static char *
dup_line (const guint8 *octets, gsize n_octets)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) octets, n_octets);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_characters = 0;

  for (const char *at = valid; *at != '\0' && n_characters < NAME_CHARACTERS;
       at = g_utf8_next_char (at), n_characters++)
    {
      gunichar character = g_utf8_get_char (at);
      g_string_append_unichar (line, g_unichar_isprint (character) ? character : ' ');
    }
  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

/* Returns: (transfer full) (nullable): what @name says of @nid */
static char *
dup_part (const X509_NAME *name, int nid)
{
  int place = X509_NAME_get_index_by_NID (name, nid, -1);
  unsigned char *octets = NULL;
  char *text;
  int n_octets;

  if (place < 0)
    return NULL;
  n_octets
      = ASN1_STRING_to_UTF8 (&octets, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, place)));
  if (n_octets < 0)
    return NULL;
  text = dup_line (octets, n_octets);
  OPENSSL_free (octets);
  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

char *
pl_facts_dup_name (const X509_NAME *name)
{
  char *text = dup_part (name, NID_commonName);

  if (text == NULL)
    text = dup_part (name, NID_organizationName);
  return text != NULL ? text : g_strdup (_ ("(no name)"));
}

/* Returns: (transfer full) (nullable): %NULL for what is no host, or cannot be read as one */
static char *
dup_host (const GENERAL_NAME *name)
{
  int type;
  const ASN1_STRING *value = GENERAL_NAME_get0_value (name, &type);

  if (type == GEN_DNS && ASN1_STRING_length (value) > 0)
    {
      const char *text = (const char *) ASN1_STRING_get0_data (value);
      for (int i = 0; i < ASN1_STRING_length (value); i++)
        if (!g_ascii_isgraph (text[i]))
          return NULL;
      return g_strndup (text, ASN1_STRING_length (value));
    }
  if (type == GEN_IPADD && (ASN1_STRING_length (value) == 4 || ASN1_STRING_length (value) == 16))
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (
          ASN1_STRING_get0_data (value),
          ASN1_STRING_length (value) == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
      return g_inet_address_to_string (address);
    }
  return NULL;
}

GStrv
pl_facts_dup_hosts (const X509 *certificate)
{
  g_autoptr (GStrvBuilder) hosts = g_strv_builder_new ();
  g_autoptr (GENERAL_NAMES) names
      = X509_get_ext_d2i (certificate, NID_subject_alt_name, NULL, NULL);

  for (int i = 0; i < sk_GENERAL_NAME_num (names); i++)
    {
      g_autofree char *host = dup_host (sk_GENERAL_NAME_value (names, i));
      if (host != NULL)
        g_strv_builder_add (hosts, host);
    }
  return g_strv_builder_end (hosts);
}

char *
pl_facts_dup_fingerprint (const X509 *certificate)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int n_octets = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  X509_digest (certificate, EVP_sha256 (), digest, &n_octets);
  for (guint i = 0; i < n_octets; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
pl_facts_is_self_signed (X509 *certificate)
{
  return X509_self_signed (certificate, 1) == 1;
}
