/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/opening/opening.h"

#include "app/i18n.h"
#include "app/settings/exposure.h"
#include "app/settings/table.h"
#include "app/system/service_folder.h"

#define SUFFIX ".opening"
#define GROUP  "opening"

/* A clock is put right by so much now and then. One that stands further before the beginning has
 * been lost, as that of a small computer without a battery. */
#define CORRECTION_S (5 * 60)

/* Judging */

static gboolean
refuse (const char *words, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

gboolean
pl_opening_check (const PlOpening *opening, GError **error)
{
  if (!pl_welcome_is_wider (&opening->welcome, &opening->before))
    return refuse (_ ("They may come in anyway, by the settings"), error);
  if (opening->until_s <= opening->begun_s)
    return refuse (_ ("That time is over already"), error);
  if (opening->until_s - opening->begun_s > PL_OPENING_LONGEST_S)
    return refuse (_ ("That is longer than a year: change the settings instead"), error);
  return TRUE;
}

gint64
pl_opening_get_left_s (const PlOpening *opening, gint64 now_s)
{
  gint64 left_s = opening->until_s - now_s;

  if (now_s < opening->begun_s - CORRECTION_S)
    return 0;
  return CLAMP (left_s, 0, opening->until_s - opening->begun_s);
}

gint64
pl_opening_find_midnight (gint64 now_s)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_s);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (tomorrow), g_date_time_get_month (tomorrow),
                               g_date_time_get_day_of_month (tomorrow), 0, 0, 0);

  return g_date_time_to_unix (midnight);
}

/* The file */

char *
pl_opening_dup_path (const char *settings_path)
{
  g_autofree char *kept = pl_service_folder_dup_kept ();
  g_autofree char *folder
      = kept != NULL ? g_steal_pointer (&kept) : g_path_get_dirname (settings_path);
  g_autofree char *settings_name = g_path_get_basename (settings_path);
  g_autofree char *name = g_strconcat (settings_name, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static const char *const *
get_rules (void)
{
  return pl_setting_find ("door", "world")->choices;
}

static void
put (GKeyFile *file, const char *exposure_key, const char *world_key, const PlWelcome *welcome)
{
  g_key_file_set_string (file, GROUP, exposure_key, pl_exposure_names[welcome->exposure]);
  g_key_file_set_string (file, GROUP, world_key, get_rules ()[welcome->world]);
}

char *
pl_opening_dup_data (const PlOpening *opening, gsize *length)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  put (file, "exposure", "world", &opening->welcome);
  put (file, "exposure-before", "world-before", &opening->before);
  g_key_file_set_int64 (file, GROUP, "begun-s", opening->begun_s);
  g_key_file_set_int64 (file, GROUP, "until-s", opening->until_s);
  return g_key_file_to_data (file, length, NULL);
}

static gboolean
get_rule (const char *name, PlDoorRule *rule)
{
  for (guint i = 0; get_rules ()[i] != NULL; i++)
    if (g_str_equal (get_rules ()[i], name))
      {
        *rule = (PlDoorRule) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
get (GKeyFile *file, const char *exposure_key, const char *world_key, PlWelcome *welcome)
{
  g_autofree char *exposure = g_key_file_get_string (file, GROUP, exposure_key, NULL);
  g_autofree char *world = g_key_file_get_string (file, GROUP, world_key, NULL);

  return exposure != NULL && world != NULL && pl_exposure_parse (exposure, &welcome->exposure)
         && get_rule (world, &welcome->world);
}

gboolean
pl_opening_read (const char *data, gsize length, PlOpening *opening)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  PlOpening read = { 0 };

  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL)
      || !get (file, "exposure", "world", &read.welcome)
      || !get (file, "exposure-before", "world-before", &read.before))
    return FALSE;
  read.begun_s = g_key_file_get_int64 (file, GROUP, "begun-s", NULL);
  read.until_s = g_key_file_get_int64 (file, GROUP, "until-s", NULL);
  if (read.begun_s <= 0 || !pl_opening_check (&read, NULL))
    return FALSE;
  *opening = read;
  return TRUE;
}
