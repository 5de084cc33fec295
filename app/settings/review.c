/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of settings laid over a file. */

#include "app/settings/review.h"

#include "app/i18n.h"
#include "app/settings/check.h"
#include "app/settings/immich_address.h"
#include "app/settings/table.h"

/* A path behind an address of Immich stops nothing, but who wrote it expects something of it. */
static void
warn_of_rest (const PlSettings *settings,
              const char *group,
              const char *key,
              const char *text,
              PlProblems *problems)
{
  g_auto (GStrv) urls = pl_setting_dup_list (text);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autoptr (PlImmichAddress) address = pl_immich_address_read (urls[i], NULL);
      if (address->has_rest)
        pl_problems_add (problems, PL_PROBLEM_WARNING,
                         _ ("%s: [%s] %s=%s: what stands behind the address has no effect; "
                            "requests go to %s"),
                         pl_settings_get_name (settings), group, key, urls[i], address->urls[0]);
    }
}

static void
review_key (const PlSettings *settings, const char *group, const char *key, PlProblems *problems)
{
  const PlSetting *setting = pl_setting_find (group, key);
  g_autoptr (GError) error = NULL;

  if (setting == NULL)
    {
      g_autofree char *known = pl_setting_dup_known_keys (group);
      pl_problems_add (problems, PL_PROBLEM_WARNING,
                       _ ("%s: [%s] %s is not known and has no effect; known here: %s"),
                       pl_settings_get_name (settings), group, key, known);
      return;
    }

  g_autofree char *text = pl_settings_dup_checked (settings, group, key, &error);
  if (text == NULL)
    pl_problems_add (problems, PL_PROBLEM_ERROR, "%s", error->message);
  else if (setting->kind == PL_SETTING_URLS)
    warn_of_rest (settings, group, key, text, problems);
}

static void
review_missing (const PlSettings *settings, const char *group, PlProblems *problems)
{
  guint n_settings = 0;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      gboolean is_needed
          = table[i].initial == NULL && pl_setting_find (group, table[i].key) == &table[i];
      if (is_needed && !pl_settings_has (settings, group, table[i].key))
        pl_problems_add (problems, PL_PROBLEM_ERROR, _ ("%s: [%s] %s= is missing: %s"),
                         pl_settings_get_name (settings), group, table[i].key,
                         _ (table[i].explanation));
    }
}

static void
review_unknown_group (const PlSettings *settings, const char *group, PlProblems *problems)
{
  if (pl_setting_group_needs_name (group))
    {
      pl_problems_add (problems, PL_PROBLEM_ERROR,
                       _ ("%s: [%s] needs a name of your choice behind it, such as [%s photos]"),
                       pl_settings_get_name (settings), group, group);
      return;
    }

  g_autofree char *known = pl_setting_dup_known_groups ();
  pl_problems_add (problems, PL_PROBLEM_WARNING,
                   _ ("%s: [%s] is not known and has no effect; known are: %s"),
                   pl_settings_get_name (settings), group, known);
}

void
pl_settings_review (const PlSettings *settings, PlProblems *problems)
{
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (!pl_setting_group_is_known (groups[i]))
        {
          review_unknown_group (settings, groups[i], problems);
          continue;
        }
      g_auto (GStrv) keys = pl_settings_dup_keys (settings, groups[i]);
      for (guint k = 0; keys[k] != NULL; k++)
        review_key (settings, groups[i], keys[k], problems);
      review_missing (settings, groups[i], problems);
    }
}
