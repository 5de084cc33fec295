/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/encryption.h"

#include "app/certificates/local.h"

static PlCertificateWish *
new_files_wish (const PlSettings *settings, const char *settings_path, PlProblems *problems)
{
  g_autofree char *folder = g_path_get_dirname (settings_path);
  g_autofree char *certificates = pl_settings_dup_text (settings, "tls", "certificate");
  g_autofree char *keys = pl_settings_dup_text (settings, "tls", "key");
  g_autofree char *passwords = pl_settings_dup_text (settings, "tls", "password-file");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) files
      = pl_certificate_files_read_lists (certificates, keys, passwords, folder, &error);

  if (files == NULL)
    {
      pl_problems_add (problems, PL_PROBLEM_ERROR, "[tls] key: %s", error->message);
      return NULL;
    }
  return pl_certificate_wish_new (PL_ENCRYPTION_FILES, NULL, files);
}

PlCertificateWish *
pl_settings_new_certificate_wish (const PlSettings *settings,
                                  const char *settings_path,
                                  PlProblems *problems)
{
  g_autofree char *folder = NULL;

  switch ((PlEncryption) pl_settings_get_choice (settings, "tls", "mode"))
    {
    case PL_ENCRYPTION_OFF:
      return pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);
    case PL_ENCRYPTION_LOCAL:
      folder = pl_local_dup_folder (settings_path);
      return pl_certificate_wish_new (PL_ENCRYPTION_LOCAL, folder, NULL);
    case PL_ENCRYPTION_FILES:
      return new_files_wish (settings, settings_path, problems);
    case PL_ENCRYPTION_ACME:
      folder = pl_local_dup_folder (settings_path);
      return pl_certificate_wish_new_acme (folder);
    }
  g_return_val_if_reached (NULL);
}
