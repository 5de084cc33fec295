/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/gathering.h"

#include <string.h>

#include "app/certificates/local.h"
#include "app/certificates/own_hosts.h"
#include "app/certificates/staple.h"
#include "app/i18n.h"

/* Wishes */

PlCertificateWish *
pl_certificate_wish_new (PlEncryption mode, const char *folder, GArray *files)
{
  PlCertificateWish *wish = g_new0 (PlCertificateWish, 1);

  wish->mode = mode;
  wish->folder = g_strdup (folder);
  wish->files = files != NULL ? g_array_ref (files) : NULL;
  return wish;
}

PlCertificateWish *
pl_certificate_wish_new_acme (const char *folder)
{
  g_autoptr (GArray) files = pl_certificate_files_new_array ();
  PlCertificateFiles one = { .certificate = g_build_filename (folder, PL_ACME_FOLDER,
                                                              PL_ACME_CERTIFICATE_FILE, NULL) };

  g_array_append_val (files, one);
  return pl_certificate_wish_new (PL_ENCRYPTION_ACME, folder, files);
}

void
pl_certificate_wish_free (PlCertificateWish *wish)
{
  g_free (wish->folder);
  g_clear_pointer (&wish->files, g_array_unref);
  g_free (wish->called);
  g_free (wish);
}

PlCertificateWish *
pl_certificate_wish_copy (const PlCertificateWish *wish)
{
  PlCertificateWish *copy = pl_certificate_wish_new (wish->mode, wish->folder, wish->files);

  copy->called = g_strdup (wish->called);
  return copy;
}

static gboolean
are_files_equal (const GArray *a, const GArray *b)
{
  guint n_a = a != NULL ? a->len : 0;
  guint n_b = b != NULL ? b->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    {
      const PlCertificateFiles *one = &g_array_index (a, PlCertificateFiles, i);
      const PlCertificateFiles *other = &g_array_index (b, PlCertificateFiles, i);
      if (g_strcmp0 (one->certificate, other->certificate) != 0
          || g_strcmp0 (one->key, other->key) != 0
          || g_strcmp0 (one->password, other->password) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
pl_certificate_wish_equal (const PlCertificateWish *a, const PlCertificateWish *b)
{
  return a->mode == b->mode && g_strcmp0 (a->folder, b->folder) == 0
         && are_files_equal (a->files, b->files);
}

/* Gathering */

static PlGathering *
new_empty (void)
{
  PlGathering *gathering = g_new0 (PlGathering, 1);

  gathering->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_certificate_unref);
  gathering->remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) pl_remark_free);
  return gathering;
}

void
pl_gathering_free (PlGathering *gathering)
{
  g_ptr_array_unref (gathering->certificates);
  g_ptr_array_unref (gathering->remarks);
  g_clear_pointer (&gathering->authority, pl_certificate_unref);
  g_free (gathering->problem);
  g_free (gathering);
}

static void
remark_exposed (PlGathering *gathering, const PlCertificateFiles *files)
{
  g_autofree char *exposed = pl_certificate_files_dup_exposed (files);

  if (exposed != NULL)
    g_ptr_array_add (gathering->remarks, pl_remark_new_exposed (exposed));
}

static gint
compare_remarks (gconstpointer a, gconstpointer b)
{
  const PlRemark *first = *(const PlRemark *const *) a;
  const PlRemark *second = *(const PlRemark *const *) b;

  return (gint) first->kind - (gint) second->kind;
}

static PlGathering *
gather_local (const PlCertificateWish *wish, gint64 now_s, GError **error)
{
  g_auto (GStrv) hosts = pl_own_hosts_read (wish->called);
  g_autofree char *authority = g_build_filename (wish->folder, PL_LOCAL_AUTHORITY_FILE, NULL);
  PlCertificateFiles files = { .certificate = authority };
  g_autoptr (PlLocal) local = pl_local_prepare (wish->folder, g_get_host_name (),
                                                (const char *const *) hosts, now_s, error);
  PlGathering *gathering;

  if (local == NULL)
    return NULL;
  gathering = new_empty ();
  g_ptr_array_add (gathering->certificates, pl_certificate_ref (local->certificate));
  gathering->authority = pl_certificate_ref (local->authority);
  gathering->problem = g_steal_pointer (&local->problem);
  remark_exposed (gathering, &files);
  return gathering;
}

static gboolean
add_files (PlGathering *gathering,
           const PlCertificateFiles *files,
           const PlJudgement *by,
           GError **error)
{
  g_autoptr (PlCertificate) certificate = pl_certificate_load (files, error);
  g_autoptr (GPtrArray) remarks = NULL;
  PlRemark *of_staple;

  if (certificate == NULL)
    return FALSE;
  remarks = pl_certificate_judge (certificate, by);
  g_ptr_array_extend_and_steal (gathering->remarks, g_steal_pointer (&remarks));
  remark_exposed (gathering, files);
  of_staple = pl_staple_load (certificate, files->certificate, by->now_s);
  if (of_staple != NULL)
    g_ptr_array_add (gathering->remarks, of_staple);
  g_ptr_array_add (gathering->certificates, g_steal_pointer (&certificate));
  return TRUE;
}

static PlGathering *
gather_files (const PlCertificateWish *wish, gint64 now_s, GError **error)
{
  g_autoptr (PlGathering) gathering = new_empty ();
  g_autoptr (X509_STORE) known = pl_judge_new_known ();
  PlJudgement by = { .now_s = now_s, .known = known };

  for (guint i = 0; wish->files != NULL && i < wish->files->len; i++)
    if (!add_files (gathering, &g_array_index (wish->files, PlCertificateFiles, i), &by, error))
      return NULL;
  if (gathering->certificates->len == 0)
    {
      g_set_error_literal (error, PL_CERTIFICATE_ERROR, PL_CERTIFICATE_ERROR_NO_CERTIFICATE,
                           _ ("No certificate is named. Name its file and that of its key."));
      return NULL;
    }
  g_ptr_array_sort (gathering->remarks, compare_remarks);
  return g_steal_pointer (&gathering);
}

/* Who renews it has its own words for when that fails. */
static void
drop_end_soon (PlGathering *gathering)
{
  for (guint i = gathering->remarks->len; i > 0; i--)
    if (((const PlRemark *) gathering->remarks->pdata[i - 1])->kind == PL_REMARK_ENDS_SOON)
      g_ptr_array_remove_index (gathering->remarks, i - 1);
}

/* What cannot be read is as good as not there, and made anew. */
static PlGathering *
gather_acme (const PlCertificateWish *wish, gint64 now_s, GError **error)
{
  g_autoptr (PlGathering) made = new_empty ();
  g_autoptr (X509_STORE) known = pl_judge_new_known ();
  PlJudgement by = { .now_s = now_s, .known = known, .is_whole = TRUE };
  gboolean is_there
      = add_files (made, &g_array_index (wish->files, PlCertificateFiles, 0), &by, NULL);
  const PlCertificate *certificate = is_there ? made->certificates->pdata[0] : NULL;
  PlGathering *stand_in;

  if (is_there && pl_certificate_get_not_after_s (certificate) > now_s)
    {
      drop_end_soon (made);
      return g_steal_pointer (&made);
    }
  stand_in = gather_local (wish, now_s, error);
  if (stand_in != NULL)
    g_ptr_array_insert (stand_in->remarks, 0, pl_remark_new_stand_in (certificate));
  return stand_in;
}

PlGathering *
pl_gathering_new (const PlCertificateWish *wish, gint64 now_s, GError **error)
{
  switch (wish->mode)
    {
    case PL_ENCRYPTION_OFF:
      return new_empty ();
    case PL_ENCRYPTION_LOCAL:
      return gather_local (wish, now_s, error);
    case PL_ENCRYPTION_FILES:
      return gather_files (wish, now_s, error);
    case PL_ENCRYPTION_ACME:
      return gather_acme (wish, now_s, error);
    }
  g_return_val_if_reached (NULL);
}

gboolean
pl_gathering_shows_same (const PlGathering *a, const PlGathering *b)
{
  if (a->certificates->len != b->certificates->len)
    return FALSE;
  for (guint i = 0; i < a->certificates->len; i++)
    if (!pl_certificate_is_same (a->certificates->pdata[i], b->certificates->pdata[i]))
      return FALSE;
  return TRUE;
}

const PlRemark *
pl_gathering_find_grave (const PlGathering *gathering)
{
  for (guint i = 0; i < gathering->remarks->len; i++)
    {
      const PlRemark *remark = gathering->remarks->pdata[i];
      if (pl_remark_is_grave (remark->kind))
        return remark;
    }
  return NULL;
}
