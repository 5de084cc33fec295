/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each trouble: what happened, then what to do, with the best remedy first. */

#include "app/engine/diagnosis.h"

#include "app/i18n.h"
#include "app/model/words.h"

PlTrouble *
pl_diagnosis_new_settings (const char *problem, gboolean has_earlier, gboolean can_restore)
{
  g_autofree char *words = g_strdup_printf (
      has_earlier ? _ ("The settings file cannot be used; your earlier settings hold. %s")
                  : _ ("The settings file cannot be used. %s"),
      problem);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_SETTINGS_BROKEN, words);

  if (can_restore)
    pl_trouble_add_remedy (trouble, PL_REMEDY_RESTORE_SETTINGS, _ ("_Use the Last Good Ones"), 0);
  pl_trouble_add_remedy (trouble, PL_REMEDY_OPEN_SETTINGS, _ ("_Open the File"), 0);
  return trouble;
}

PlTrouble *
pl_diagnosis_new_upstream (PlUpstreamItem *item)
{
  g_autofree char *words
      = g_strdup_printf (_ ("Immich does not answer at %s. It may be starting; trying again every "
                            "few seconds."),
                         pl_upstream_item_get_endpoint (item));
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_IMMICH_DOWN, words);

  pl_trouble_add_remedy (trouble, PL_REMEDY_CHANGE_IMMICH, _ ("_Change…"), 0);
  return trouble;
}

PlTrouble *
pl_diagnosis_new_leads_back (const char *endpoint)
{
  g_autofree char *words = g_strdup_printf (
      /* Translators: an address, such as 127.0.0.1:8080 */
      _ ("%s leads back to Porchlight itself. Say where Immich is."), endpoint);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_LEADS_BACK, words);

  pl_trouble_add_remedy (trouble, PL_REMEDY_CHANGE_IMMICH, _ ("_Change…"), 0);
  return trouble;
}

PlTrouble *
pl_diagnosis_new_not_immich (const char *endpoint, const char *words)
{
  /* Translators: an address, and who is there: "Something answers there, but it is no Immich." */
  g_autofree char *all = g_strdup_printf (_ ("Looked at %s: %s"), endpoint, words);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_NOT_IMMICH, all);

  pl_trouble_add_remedy (trouble, PL_REMEDY_CHANGE_IMMICH, _ ("_Change…"), 0);
  return trouble;
}

PlTrouble *
pl_diagnosis_new_maintenance (void)
{
  PlTrouble *trouble
      = pl_trouble_new (PL_TROUBLE_MAINTENANCE,
                        _ ("Immich is in maintenance; its admin can end it there. Until then it "
                           "shows no photos."));

  pl_trouble_add_remedy (trouble, PL_REMEDY_OPEN_IMMICH, _ ("_Open Immich"), 0);
  return trouble;
}

PlTrouble *
pl_diagnosis_new_network (void)
{
  return pl_trouble_new (PL_TROUBLE_NO_NETWORK,
                         _ ("This computer is in no network, so no other device can come in. It "
                            "will be let in as soon as there is one."));
}

PlTrouble *
pl_diagnosis_new_demo (const GError *error)
{
  g_autofree char *words
      = g_strdup_printf (_ ("The demo could not be started: %s"), error->message);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_NO_DEMO, words);

  pl_trouble_add_remedy (trouble, PL_REMEDY_RETRY, _ ("_Try Again"), 0);
  pl_trouble_add_remedy (trouble, PL_REMEDY_CHANGE_IMMICH, _ ("_Choose an Immich…"), 0);
  return trouble;
}

static char *
dup_saving_words (const GError *error, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return g_strdup_printf (_ ("The disk is full: your settings hold until the program ends, but "
                               "could not be written to %s."),
                            path);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM))
    return g_strdup_printf (_ ("Your settings hold until the program ends, but could not be kept: "
                               "this program may not write in %s."),
                            folder);
  return g_strdup_printf (_ ("Your settings hold until the program ends, but could not be written: "
                             "%s"),
                          error->message);
}

PlTrouble *
pl_diagnosis_new_saving (const GError *error, const char *path)
{
  g_autofree char *words = dup_saving_words (error, path);
  PlTrouble *trouble = pl_trouble_new (PL_TROUBLE_NOT_SAVED, words);

  pl_trouble_add_remedy (trouble, PL_REMEDY_RETRY, _ ("_Try Again"), 0);
  return trouble;
}

PlTrouble *
pl_diagnosis_new_access_log (const char *message)
{
  return pl_trouble_new (PL_TROUBLE_NO_ACCESS_LOG, message);
}

PlTrouble *
pl_diagnosis_new_no_access_log (const char *message)
{
  g_autofree char *words = g_strdup_printf (
      _ ("No access log is written; requests are served all the same. %s."), message);
  return pl_trouble_new (PL_TROUBLE_NO_ACCESS_LOG, words);
}

PlTrouble *
pl_diagnosis_new_certificate (const char *words)
{
  return pl_trouble_new (PL_TROUBLE_CERTIFICATE, words);
}

char *
pl_diagnosis_dup_problems (const PlProblems *problems)
{
  g_autofree char *first = NULL;
  guint n_errors = 0;

  for (guint i = 0; i < pl_problems_get_n (problems); i++)
    {
      const PlProblem *problem = pl_problems_get (problems, i);
      if (problem->kind != PL_PROBLEM_ERROR)
        continue;
      if (n_errors == 0)
        first = problem->plain != NULL ? pl_words_dup_sentence (problem->plain)
                                       : g_strdup (problem->text);
      n_errors++;
    }
  if (n_errors <= 1)
    return first != NULL ? g_steal_pointer (&first) : g_strdup ("");
  /* Translators: what is wrong, and how many more things are */
  return g_strdup_printf (ngettext ("%s (and %u more)", "%s (and %u more)", n_errors - 1), first,
                          n_errors - 1);
}
