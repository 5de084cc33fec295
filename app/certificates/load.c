/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/load.h"

#include <string.h>

#include "app/certificates/read.h"
#include "app/certificates/secret.h"
#include "app/i18n.h"
#include "app/system/path.h"

/* A chain has some thousand octets; whatever is larger was named by mistake. */
#define MAX_FILE_BYTES (1024 * 1024)

static gboolean
is_named (const char *path)
{
  return path != NULL && *path != '\0';
}

static void
clear_files (PlCertificateFiles *files)
{
  g_free (files->certificate);
  g_free (files->key);
  g_free (files->password);
}

/* Lists */

static GStrv
split_list (const char *list)
{
  GStrv parts = g_strsplit (list, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  for (guint n = g_strv_length (parts); n > 0 && *parts[n - 1] == '\0'; n--)
    g_clear_pointer (&parts[n - 1], g_free);
  return parts;
}

static char *
dup_path_at (const GStrv parts, guint index, const char *folder)
{
  if (index >= g_strv_length (parts) || *parts[index] == '\0')
    return NULL;
  return pl_path_dup_whole (parts[index], folder);
}

GArray *
pl_certificate_files_new_array (void)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (PlCertificateFiles));

  g_array_set_clear_func (all, (GDestroyNotify) clear_files);
  return all;
}

GArray *
pl_certificate_files_read_lists (const char *certificates,
                                 const char *keys,
                                 const char *passwords,
                                 const char *folder,
                                 GError **error)
{
  g_autoptr (GArray) all = pl_certificate_files_new_array ();
  g_auto (GStrv) certificate_parts = split_list (certificates);
  g_auto (GStrv) key_parts = split_list (keys);
  g_auto (GStrv) password_parts = split_list (passwords);
  guint n_files = g_strv_length (certificate_parts);

  if (g_strv_length (key_parts) > n_files || g_strv_length (password_parts) > n_files
      || g_strv_contains ((const char *const *) certificate_parts, ""))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("There are more keys or passwords than certificates: the first key "
                              "belongs to the first certificate, and so on."));
      return NULL;
    }
  for (guint i = 0; i < n_files; i++)
    {
      PlCertificateFiles files = { .certificate = dup_path_at (certificate_parts, i, folder),
                                   .key = dup_path_at (key_parts, i, folder),
                                   .password = dup_path_at (password_parts, i, folder) };
      g_array_append_val (all, files);
    }
  return g_steal_pointer (&all);
}

/* Files */

static GBytes *
fail_unreadable (const char *path, const char *reason, GError **error)
{
  g_set_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_UNREADABLE,
               /* Translators: a file, and why it cannot be read. */
               _ ("“%s” cannot be read: %s."), path, reason);
  return NULL;
}

/* GIO's own words name the file once more. */
static const char *
explain (const GError *failure)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return _ ("there is no such file");
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return _ ("Porchlight may not read it");
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return _ ("it is a folder");
  return failure->message;
}

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &failure);
  g_autofree char *octets = NULL;
  gsize n_octets = 0;
  gboolean is_read;

  if (stream == NULL)
    return fail_unreadable (path, explain (failure), error);
  octets = g_malloc (MAX_FILE_BYTES);
  is_read = g_input_stream_read_all (G_INPUT_STREAM (stream), octets, MAX_FILE_BYTES, &n_octets,
                                     NULL, &failure);
  g_autoptr (GBytes) bytes = pl_secret_new (octets, n_octets);
  OPENSSL_cleanse (octets, n_octets);
  if (!is_read)
    return fail_unreadable (path, explain (failure), error);
  if (n_octets == MAX_FILE_BYTES)
    return fail_unreadable (path, _ ("it is too large for a certificate"), error);
  return g_steal_pointer (&bytes);
}

/* Returns: (transfer full) (nullable): the first line of @path; to be cleared */
static char *
read_password (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (path, error);
  gsize n_octets;
  const char *octets;
  gsize length = 0;

  if (bytes == NULL)
    return NULL;
  octets = g_bytes_get_data (bytes, &n_octets);
  while (length < n_octets && strchr ("\r\n", octets[length]) == NULL)
    length++;
  return g_strndup (octets, length);
}

/* Says which file an error is of, unless it does. */
static void
name_file (GError **error, const PlCertificateFiles *files)
{
  const char *path = files->certificate;

  if (error == NULL
      || g_error_matches (*error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_UNREADABLE))
    return;
  if (is_named (files->key)
      && (g_error_matches (*error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_KEY)
          || g_error_matches (*error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_LOCKED)
          || g_error_matches (*error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_MISMATCH)
          || g_error_matches (*error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_PASSWORD)))
    path = files->key;
  g_prefix_error (error, "“%s”: ", path);
}

PlCertificate *
pl_certificate_load (const PlCertificateFiles *files, GError **error)
{
  g_autoptr (GBytes) certificates = NULL;
  g_autoptr (GBytes) keys = NULL;
  PlCertificate *certificate = NULL;
  char *password = NULL;
  GError *failure = NULL;

  certificates = read_file (files->certificate, &failure);
  if (failure == NULL && is_named (files->key))
    keys = read_file (files->key, &failure);
  if (failure == NULL && is_named (files->password))
    password = read_password (files->password, &failure);
  if (failure == NULL)
    certificate = pl_certificate_read (certificates, keys, password, &failure);
  if (failure != NULL)
    {
      name_file (&failure, files);
      g_propagate_error (error, failure);
    }
  if (password != NULL)
    OPENSSL_cleanse (password, strlen (password));
  g_free (password);
  return certificate;
}

char *
pl_certificate_files_dup_exposed (const PlCertificateFiles *files)
{
  const char *path = is_named (files->key) ? files->key : files->certificate;

  return pl_path_is_open_to_others (path) ? g_strdup (path) : NULL;
}
