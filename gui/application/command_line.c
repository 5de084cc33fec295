/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/application/command_line.h"

#include "app/i18n.h"
#include "app/settings/exposure.h"
#include "gui/application/actions.h"
#include "gui/window/window.h"

/* sysexits(3) calls it EX_USAGE; shells and scripts know 2. */
#define STATUS_NOT_ALLOWED 2

static const GOptionEntry known[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("The settings file, instead of the usual one"),
    N_ ("FILE") },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the built-in demo in place of your Immich"),
    NULL },
  { "exposure", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Who may come in: computer, network or internet"), N_ ("E") },
  { "show", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Show a page: home, requests, checkup or settings"), N_ ("PAGE") },
  { "hidden", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start without a window"), NULL },
  { "quit", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("End the program that runs"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Say which version this is, and end"), NULL },
  { NULL },
};

void
pl_command_line_add_options (GApplication *application)
{
  g_application_add_main_option_entries (application, known);
  g_application_set_option_context_summary (
      application, _ ("The reverse proxy for Immich at home. What is started a second time does as "
                      "it is told to the program that runs, and ends."));
}

int
pl_command_line_check (GVariantDict *options)
{
  PlWishes wishes = pl_command_line_read (options);
  PlExposure exposure;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("porchlight %s\n", PL_VERSION);
      return 0;
    }
  if (wishes.exposure != NULL && !pl_exposure_parse (wishes.exposure, &exposure))
    {
      g_printerr (_ ("--exposure cannot be “%s”: it is computer, network or internet.\n"),
                  wishes.exposure);
      return STATUS_NOT_ALLOWED;
    }
  if (wishes.page != NULL && !pl_window_has_page (wishes.page))
    {
      g_printerr (_ ("--show cannot be “%s”: it is home, requests, checkup or settings.\n"),
                  wishes.page);
      return STATUS_NOT_ALLOWED;
    }
  return -1;
}

char *
pl_command_line_dup_config (GVariantDict *options)
{
  const char *config = pl_command_line_read (options).config;

  return config != NULL ? g_canonicalize_filename (config, NULL) : NULL;
}

char *
pl_command_line_find_config (const char *const *arguments)
{
  char *config = NULL;
  const GOptionEntry entries[]
      = { { "config", 0, 0, G_OPTION_ARG_FILENAME, &config, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) copy = g_strdupv ((char **) arguments);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_parse_strv (context, &copy, NULL);
  return config;
}

GVariant *
pl_command_line_pack (GVariantDict *options)
{
  GVariantDict packed = G_VARIANT_DICT_INIT (NULL);

  for (const GOptionEntry *entry = known; entry->long_name != NULL; entry++)
    {
      g_autoptr (GVariant) value = g_variant_dict_lookup_value (options, entry->long_name, NULL);
      if (value != NULL)
        g_variant_dict_insert_value (&packed, entry->long_name, value);
    }
  return g_variant_ref_sink (g_variant_dict_end (&packed));
}

PlWishes
pl_command_line_read (GVariantDict *options)
{
  PlWishes wishes = { 0 };

  wishes.quit = g_variant_dict_contains (options, "quit");
  wishes.hidden = g_variant_dict_contains (options, "hidden");
  wishes.demo = g_variant_dict_contains (options, "demo");
  g_variant_dict_lookup (options, "show", "&s", &wishes.page);
  g_variant_dict_lookup (options, "exposure", "&s", &wishes.exposure);
  g_variant_dict_lookup (options, "config", "^&ay", &wishes.config);
  return wishes;
}
