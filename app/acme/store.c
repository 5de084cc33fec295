/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "app/acme/acme.h"
#include "app/certificates/gathering.h"
#include "app/certificates/secret.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

#define ACCOUNT_FILE "account.pem"
#define STATE_FILE   "state.ini"

#define GROUP "renewal"

static char *
dup_path (const PlAcmeStore *store, const char *name)
{
  return g_build_filename (store->folder, name, NULL);
}

char *
pl_acme_store_dup_folder (const char *certificates)
{
  return g_build_filename (certificates, PL_ACME_FOLDER, NULL);
}

/* The state */

PlAcmeStore *
pl_acme_store_new (const char *folder)
{
  PlAcmeStore *store = g_new0 (PlAcmeStore, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = NULL;

  store->folder = g_strdup (folder);
  path = dup_path (store, STATE_FILE);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return store;
  store->directory = g_key_file_get_string (file, GROUP, "directory", NULL);
  store->names = g_key_file_get_string_list (file, GROUP, "names", NULL, NULL);
  store->n_failures = (guint) MAX (g_key_file_get_integer (file, GROUP, "failures", NULL), 0);
  store->retry_s = g_key_file_get_int64 (file, GROUP, "retry-s", NULL);
  store->barred_until_s = g_key_file_get_int64 (file, GROUP, "barred-until-s", NULL);
  store->words = g_key_file_get_string (file, GROUP, "words", NULL);
  store->issuer = g_key_file_get_string (file, GROUP, "issuer", NULL);
  store->renew_s = g_key_file_get_int64 (file, GROUP, "renew-s", NULL);
  store->ask_s = g_key_file_get_int64 (file, GROUP, "ask-s", NULL);
  return store;
}

void
pl_acme_store_free (PlAcmeStore *store)
{
  g_free (store->folder);
  g_free (store->directory);
  g_strfreev (store->names);
  g_free (store->words);
  g_free (store->issuer);
  g_free (store);
}

void
pl_acme_store_begin_anew (PlAcmeStore *store, const char *directory, const char *const *names)
{
  g_free (store->directory);
  store->directory = g_strdup (directory);
  g_strfreev (store->names);
  store->names = g_strdupv ((char **) names);
  store->n_failures = 0;
  store->retry_s = 0;
  store->barred_until_s = 0;
  g_clear_pointer (&store->words, g_free);
}

static void
set_text (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
}

static gboolean
make_folder (const PlAcmeStore *store, GError **error)
{
  if (g_mkdir_with_parents (store->folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The folder “%s” cannot be made: %s."), store->folder, g_strerror (errno));
  return FALSE;
}

static gboolean
write_file (const PlAcmeStore *store, const char *name, GBytes *octets, GError **error)
{
  g_autofree char *path = dup_path (store, name);
  g_autoptr (GError) failure = NULL;

  if (!make_folder (store, error))
    return FALSE;
  if (pl_certificate_write_secret (path, octets, &failure))
    return TRUE;
  g_set_error (error, failure->domain, failure->code, _ ("“%s” cannot be written: %s."), path,
               failure->message);
  return FALSE;
}

gboolean
pl_acme_store_save (const PlAcmeStore *store, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) octets = NULL;
  gsize length;
  char *text;

  set_text (file, "directory", store->directory);
  if (store->names != NULL)
    g_key_file_set_string_list (file, GROUP, "names", (const char *const *) store->names,
                                g_strv_length (store->names));
  g_key_file_set_integer (file, GROUP, "failures", (int) store->n_failures);
  g_key_file_set_int64 (file, GROUP, "retry-s", store->retry_s);
  g_key_file_set_int64 (file, GROUP, "barred-until-s", store->barred_until_s);
  set_text (file, "words", store->words);
  set_text (file, "issuer", store->issuer);
  g_key_file_set_int64 (file, GROUP, "renew-s", store->renew_s);
  g_key_file_set_int64 (file, GROUP, "ask-s", store->ask_s);
  text = g_key_file_to_data (file, &length, NULL);
  octets = g_bytes_new_take (text, length);
  return write_file (store, STATE_FILE, octets, error);
}

/* The account */

static GBytes *
make_account (const PlAcmeStore *store, GError **error)
{
  g_autoptr (GBytes) key = pl_acme_new_account_key (error);

  if (key == NULL || !write_file (store, ACCOUNT_FILE, key, error))
    return NULL;
  return g_steal_pointer (&key);
}

GBytes *
pl_acme_store_read_account (const PlAcmeStore *store, GError **error)
{
  g_autofree char *path = dup_path (store, ACCOUNT_FILE);
  g_autofree char *octets = NULL;
  gsize n_octets;
  g_autoptr (GError) failure = NULL;
  GBytes *key;

  if (!g_file_get_contents (path, &octets, &n_octets, &failure))
    {
      if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return make_account (store, error);
      g_set_error (error, failure->domain, failure->code,
                   _ ("The key of the account with the certificate authority, “%s”, cannot be "
                      "read: %s."),
                   path, failure->message);
      return NULL;
    }
  key = pl_secret_new (octets, n_octets);
  OPENSSL_cleanse (octets, n_octets);
  return key;
}

/* The certificate */

PlCertificate *
pl_acme_store_read_certificate (const PlAcmeStore *store)
{
  g_autofree char *path = dup_path (store, PL_ACME_CERTIFICATE_FILE);
  PlCertificateFiles files = { .certificate = path };

  return pl_certificate_load (&files, NULL);
}

gboolean
pl_acme_store_write_certificate (const PlAcmeStore *store,
                                 const PlCertificate *certificate,
                                 GError **error)
{
  g_autoptr (GBytes) pem = pl_certificate_to_pem (certificate);

  return write_file (store, PL_ACME_CERTIFICATE_FILE, pem, error);
}
