/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/local.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/certificates/load.h"
#include "app/certificates/write.h"
#include "app/i18n.h"
#include "app/system/service_folder.h"

void
pl_local_free (PlLocal *local)
{
  pl_certificate_unref (local->certificate);
  pl_certificate_unref (local->authority);
  g_free (local->problem);
  g_free (local);
}

char *
pl_local_dup_folder (const char *settings_path)
{
  g_autofree char *kept = pl_service_folder_dup_kept ();
  g_autofree char *folder
      = kept != NULL ? g_steal_pointer (&kept) : g_path_get_dirname (settings_path);

  return g_build_filename (folder, "certificates", NULL);
}

static gboolean
write_secret (const char *path, GBytes *secret, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (pl_certificate_write_secret (path, secret, &failure))
    return TRUE;
  g_set_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
               /* Translators: a file, and the system's words for why it cannot be written. */
               _ ("“%s” cannot be written: %s."), path, failure->message);
  return FALSE;
}

/* The authority */

static PlAuthority *
make_authority (const char *path, const char *host_name, gint64 now_s, GError **error)
{
  g_autoptr (PlAuthority) authority = pl_authority_new (host_name, now_s, error);
  g_autoptr (GBytes) pem = authority != NULL ? pl_authority_to_pem (authority) : NULL;

  if (pem == NULL || !write_secret (path, pem, error))
    return NULL;
  return g_steal_pointer (&authority);
}

static PlAuthority *
read_authority (const char *path, GError **error)
{
  g_autofree char *octets = NULL;
  gsize n_octets = 0;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) pem = NULL;
  PlAuthority *authority = NULL;

  if (g_file_get_contents (path, &octets, &n_octets, &failure))
    {
      pem = g_bytes_new_static (octets, n_octets);
      authority = pl_authority_read (pem, &failure);
      OPENSSL_cleanse (octets, n_octets);
    }
  if (authority == NULL)
    g_set_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
                 _ ("The certificate authority of this computer, “%s”, cannot be used: %s Put it "
                    "back from a copy; or remove it, and a new one is made, which phones have to "
                    "be told to trust."),
                 path, failure->message);
  return authority;
}

static PlAuthority *
find_authority (const char *folder, const char *host_name, gint64 now_s, GError **error)
{
  g_autofree char *path = g_build_filename (folder, PL_LOCAL_AUTHORITY_FILE, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_AUTHORITY,
                   /* Translators: a folder, and the system's words for why it cannot be made. */
                   _ ("The folder “%s” cannot be made: %s."), folder, g_strerror (errno));
      return NULL;
    }
  return g_file_test (path, G_FILE_TEST_EXISTS) ? read_authority (path, error)
                                                : make_authority (path, host_name, now_s, error);
}

/* The certificate */

/* One that cannot be read is made anew: nobody was told to trust it. */
static PlCertificate *
find_certificate (const char *path, const PlAuthority *authority)
{
  PlCertificateFiles files = { .certificate = (char *) path };
  PlCertificate *certificate = pl_certificate_load (&files, NULL);
  X509 *issuer = pl_certificate_get_x509 (pl_authority_get_certificate (authority));

  if (certificate != NULL
      && X509_verify (pl_certificate_get_x509 (certificate), X509_get0_pubkey (issuer)) != 1)
    g_clear_pointer (&certificate, pl_certificate_unref);
  return certificate;
}

/* Stored, so that the next start shows the same; served even if it cannot be. */
static void
take_new (PlLocal *local, const char *path, PlCertificate *certificate)
{
  g_autoptr (GBytes) pem = pl_certificate_to_pem (certificate);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&local->certificate, pl_certificate_unref);
  local->certificate = certificate;
  local->is_new = TRUE;
  if (!write_secret (path, pem, &error))
    local->problem = g_strdup (error->message);
}

PlLocal *
pl_local_prepare (const char *folder,
                  const char *host_name,
                  const char *const *hosts,
                  gint64 now_s,
                  GError **error)
{
  g_autoptr (PlAuthority) authority = find_authority (folder, host_name, now_s, error);
  g_autofree char *path = g_build_filename (folder, PL_LOCAL_CERTIFICATE_FILE, NULL);
  g_autoptr (GError) failure = NULL;
  PlCertificate *issued = NULL;
  PlLocal *local;

  if (authority == NULL)
    return NULL;
  local = g_new0 (PlLocal, 1);
  local->authority = pl_certificate_ref (pl_authority_get_certificate (authority));
  local->certificate = find_certificate (path, authority);
  if (local->certificate != NULL
      && !pl_authority_should_renew (authority, local->certificate, hosts, now_s))
    return local;
  issued = pl_authority_issue (authority, hosts, now_s, &failure);
  if (issued != NULL)
    take_new (local, path, issued);
  else if (local->certificate != NULL)
    local->problem = g_strdup (failure->message);
  else
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      pl_certificate_unref (local->authority);
      g_free (local);
      return NULL;
    }
  return local;
}
