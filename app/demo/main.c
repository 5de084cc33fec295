/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo upstream as a program of its own: porchlight-demo [--port N] [--era now|split]
 * [--maintenance]. */

#include <locale.h>

#include "app/demo/demo_signals.h"

typedef struct
{
  int port;
  PlDemoEra era;
  gboolean in_maintenance;
} Options;

static gboolean
parse_era (const char *option, const char *value, gpointer user_data, GError **error)
{
  Options *options = user_data;
  if (g_str_equal (value, "now"))
    options->era = PL_DEMO_ERA_NOW;
  else if (g_str_equal (value, "split"))
    options->era = PL_DEMO_ERA_SPLIT;
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "%s: %s is neither now nor split", option, value);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, "Port to listen on (0: any)", "N" },
    { "era", 'e', 0, G_OPTION_ARG_CALLBACK, parse_era, "Which Immich to be: now or split", "ERA" },
    { "maintenance", 'm', 0, G_OPTION_ARG_NONE, &options->in_maintenance,
      "Begin in maintenance mode", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new ("- a small server that speaks like an Immich");
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, options, NULL);
  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->port >= 0 && options->port <= G_MAXUINT16)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "--port: %d is not between 0 and 65535", options->port);
  return FALSE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  Options options = { 2283, PL_DEMO_ERA_NOW, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (PlDemo) demo = NULL;
  if (parse_options (&options, &argc, &argv, &error))
    demo = pl_demo_new (options.era, options.port, &error);
  if (demo == NULL)
    {
      g_printerr ("porchlight-demo: %s\n", error->message);
      return 1;
    }
  pl_demo_set_maintenance (demo, options.in_maintenance);

  /* Whoever reads that it listens may send signals. */
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  pl_demo_heed_signals (demo, loop);
  g_printerr ("porchlight-demo: listening on %s\n", pl_demo_get_url (demo));
  g_main_loop_run (loop);
  return 0;
}
