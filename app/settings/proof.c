/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/proof.h"

#include "app/i18n.h"

static gboolean
read_authorities (const char *path, GBytes **authorities, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;

  *authorities = NULL;
  if (*path == '\0')
    return TRUE;
  if (!g_path_is_absolute (path))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("Name it with all the folders it is in"));
      return FALSE;
    }
  file = g_mapped_file_new (path, FALSE, error);
  if (file == NULL)
    return FALSE;
  *authorities = g_bytes_new (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  return TRUE;
}

PlProof *
pl_settings_new_proof (const PlSettings *settings, const char *group, GError **error)
{
  g_autofree char *path = pl_settings_dup_text (settings, group, "ca-file");
  gboolean verifies = pl_settings_get_switch (settings, group, "verify-tls");
  g_autoptr (GBytes) authorities = NULL;

  if (!read_authorities (path, &authorities, error))
    return NULL;
  return pl_proof_new (verifies, authorities, error);
}

PlProof *
pl_settings_find_proof (const PlSettings *settings, const char *group)
{
  g_autofree char *path = pl_settings_dup_text (settings, group, "ca-file");
  gboolean verifies = pl_settings_get_switch (settings, group, "verify-tls");

  return verifies && *path == '\0' ? NULL : pl_settings_new_proof (settings, group, NULL);
}
