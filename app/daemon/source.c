/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that was there once and is gone is a mistake, not a wish for the initial settings: the
 * running ones must not silently be lost to it. So it is needed from its first reading on. */

#include "app/daemon/source.h"

#include "app/demo/demo.h"
#include "app/i18n.h"
#include "app/settings/location.h"

struct _PlSource
{
  const PlOptions *options;
  char *path;
  PlDemo *demo; /* (nullable) */
  gboolean is_file_needed;
};

PlSource *
pl_source_new (const PlOptions *options)
{
  PlSource *source = g_new0 (PlSource, 1);
  source->options = options;
  source->path
      = options->config != NULL ? g_strdup (options->config) : pl_location_dup_settings_path ();
  source->is_file_needed = options->config != NULL;
  return source;
}

void
pl_source_free (PlSource *source)
{
  g_free (source->path);
  g_clear_pointer (&source->demo, pl_demo_free);
  g_free (source);
}

gboolean
pl_source_start_demo (PlSource *source, GError **error)
{
  g_autoptr (GError) failure = NULL;

  source->demo = pl_demo_new (PL_DEMO_ERA_NOW, 0, &failure);
  if (source->demo != NULL)
    return TRUE;
  g_set_error (error, failure->domain, failure->code, _ ("The demo could not be started: %s"),
               failure->message);
  return FALSE;
}

const char *
pl_source_get_path (const PlSource *source)
{
  return source->path;
}

gboolean
pl_source_has_file (const PlSource *source)
{
  return source->is_file_needed || g_file_test (source->path, G_FILE_TEST_EXISTS);
}

static PlSettings *
read_file (PlSource *source, PlProblems *problems)
{
  g_autoptr (GError) error = NULL;

  if (!pl_source_has_file (source))
    return pl_settings_new ();

  PlSettings *settings = pl_settings_new_from_file (source->path, &error);
  if (settings != NULL)
    source->is_file_needed = TRUE;
  else
    pl_problems_add (problems, PL_PROBLEM_ERROR, "%s", error->message);
  return settings;
}

PlSettings *
pl_source_read (PlSource *source, PlConfig **config, PlProblems *problems)
{
  g_autoptr (PlSettings) settings = read_file (source, problems);
  if (settings == NULL)
    return NULL;

  pl_options_apply (source->options, source->demo != NULL ? pl_demo_get_url (source->demo) : NULL,
                    settings);
  g_autoptr (PlConfig) built = pl_settings_new_config (settings, problems);
  if (built == NULL)
    return NULL;
  *config = g_steal_pointer (&built);
  return g_steal_pointer (&settings);
}
