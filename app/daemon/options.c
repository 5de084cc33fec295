/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GOption reads; a table says which setting an option stands for, and which variable of the
 * environment stands for the option where that is not given. */

#include "app/daemon/options.h"

#include "app/i18n.h"
#include "app/settings/check.h"
#include "app/settings/destination.h"
#include "app/settings/location.h"

/**
 * Override: an option that stands for a setting.
 * @variable: of the environment. Not `PORCHLIGHT_PORT`: Kubernetes sets that for a service of this
 *   name, to something that is no port
 * @field: where in PlOptions its value is
 */
typedef struct
{
  const char *option;
  const char *group;
  const char *key;
  const char *variable;
  gsize field;
} Override;

static const Override overrides[] = {
  { "--port", "listen", "port", "PORCHLIGHT_LISTEN_PORT", G_STRUCT_OFFSET (PlOptions, port) },
  { "--exposure", "listen", "exposure", "PORCHLIGHT_EXPOSURE",
    G_STRUCT_OFFSET (PlOptions, exposure) },
  { "--access-log", "log", "access-log", "PORCHLIGHT_ACCESS_LOG",
    G_STRUCT_OFFSET (PlOptions, access_log) },
  { "--log-format", "log", "format", "PORCHLIGHT_LOG_FORMAT",
    G_STRUCT_OFFSET (PlOptions, log_format) },
};

/* These become upstreams and routes together, see pl_settings_point_at(). */
static const Override destinations[] = {
  { "--upstream", "upstream immich", "urls", "PORCHLIGHT_UPSTREAM",
    G_STRUCT_OFFSET (PlOptions, upstream) },
  { "--server", "upstream server", "urls", "PORCHLIGHT_SERVER",
    G_STRUCT_OFFSET (PlOptions, server) },
  { "--web", "upstream web", "urls", "PORCHLIGHT_WEB", G_STRUCT_OFFSET (PlOptions, web) },
};

static const char *
get_value (const PlOptions *options, const Override *override)
{
  return G_STRUCT_MEMBER (char *, options, override->field);
}

/* Its words need no quotes. @rest: with the program's name */
static void
join_order (PlOptions *options, char **rest)
{
  g_autofree char *first = options->open;
  g_autofree char *others = g_strjoinv (" ", rest[0] != NULL ? rest + 1 : rest);

  options->open = g_strstrip (g_strconcat (first, " ", others, NULL));
}

static void
read_arguments (PlOptions *options, const char *const *arguments, PlProblems *problems)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config,
      N_ ("The settings file, instead of the usual one"), N_ ("FILE") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
      N_ ("Bring a small Immich along, to try the program with nothing else installed"), NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &options->check,
      N_ ("Look the settings through, say what is wrong, and end"), NULL },
    { "ping", 0, 0, G_OPTION_ARG_NONE, &options->ping,
      N_ ("Ask the porchlightd that runs with these settings whether it answers, and end"), NULL },
    { "open", 0, 0, G_OPTION_ARG_STRING, &options->open,
      N_ ("Tell the porchlightd that runs with these settings who may come in for a while, and "
          "end: "
          "--open world=links 2h"),
      N_ ("WHOM FOR") },
    { "upstream", 0, 0, G_OPTION_ARG_STRING, &options->upstream,
      N_ ("Where Immich is, such as http://127.0.0.1:2283"), N_ ("URL") },
    { "server", 0, 0, G_OPTION_ARG_STRING, &options->server,
      N_ ("Immich up to 1.87: where its server part is (with --web)"), N_ ("URL") },
    { "web", 0, 0, G_OPTION_ARG_STRING, &options->web,
      N_ ("Immich up to 1.87: where its web part is (with --server)"), N_ ("URL") },
    { "port", 0, 0, G_OPTION_ARG_STRING, &options->port,
      N_ ("The port that phones and browsers connect to"), N_ ("N") },
    { "exposure", 0, 0, G_OPTION_ARG_STRING, &options->exposure,
      N_ ("Who may come in: computer, network or internet"), N_ ("E") },
    { "access-log", 0, 0, G_OPTION_ARG_FILENAME, &options->access_log,
      N_ ("A file to write every request to; - for standard output"), N_ ("FILE") },
    { "log-format", 0, 0, G_OPTION_ARG_STRING, &options->log_format,
      N_ ("How a line of that file looks: combined or json"), N_ ("F") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version,
      N_ ("Say which version this is, and end"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv ((char **) arguments);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _ ("The reverse proxy for Immich at home."));
  g_option_context_set_description (
      context,
      _ ("Where an option is not given, PORCHLIGHT_UPSTREAM, PORCHLIGHT_SERVER, "
         "PORCHLIGHT_WEB,\nPORCHLIGHT_LISTEN_PORT, PORCHLIGHT_EXPOSURE, PORCHLIGHT_ACCESS_LOG "
         "and\nPORCHLIGHT_LOG_FORMAT stand for it."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &rest, &error))
    pl_problems_add (problems, PL_PROBLEM_ERROR, "%s", error->message);
  else if (options->open != NULL)
    join_order (options, rest);
  else if (rest[0] != NULL && rest[1] != NULL)
    pl_problems_add (problems, PL_PROBLEM_ERROR, _ ("“%s” is not an option; see --help"), rest[1]);
}

/* Typed in a folder, it is meant from there; in the settings file, from the file's folder. */
static void
complete_access_log (PlOptions *options)
{
  g_autofree char *typed = options->access_log;

  if (typed != NULL)
    options->access_log = pl_location_dup_completed_log (typed, NULL);
}

/* @name: of the option or the variable that @value was given by */
static void
check_value (const Override *override, const char *name, const char *value, PlProblems *problems)
{
  const PlSetting *setting = pl_setting_find (override->group, override->key);
  g_autoptr (GError) wrong = NULL;

  if (!pl_setting_check (setting, value, &wrong))
    pl_problems_add (problems, PL_PROBLEM_ERROR, _ ("%s %s is not allowed: %s"), name, value,
                     wrong->message);
}

static void
check_values (const PlOptions *options,
              const Override *table,
              guint n_entries,
              PlProblems *problems)
{
  for (guint i = 0; i < n_entries; i++)
    {
      const char *value = get_value (options, &table[i]);
      if (value != NULL)
        check_value (&table[i], table[i].option, value, problems);
    }
}

/* An empty one is as none: that is how a line of a compose file is switched off. */
static void
take_variables (PlOptions *options, const Override *table, guint n_entries, PlProblems *problems)
{
  for (guint i = 0; i < n_entries; i++)
    {
      char **value = &G_STRUCT_MEMBER (char *, options, table[i].field);
      const char *given = g_getenv (table[i].variable);

      if (*value != NULL || given == NULL || *given == '\0')
        continue;
      *value = g_strdup (given);
      check_value (&table[i], table[i].variable, given, problems);
    }
}

/* Where Immich is is one thing, in however many options: who says it says all of it. */
static gboolean
has_destination (const PlOptions *options)
{
  return options->demo || options->upstream != NULL || options->server != NULL
         || options->web != NULL;
}

static void
check_contradictions (const PlOptions *options, PlProblems *problems)
{
  gboolean has_parts = options->server != NULL || options->web != NULL;

  if (options->upstream != NULL && has_parts)
    pl_problems_add (problems, PL_PROBLEM_ERROR,
                     _ ("--upstream says where all of Immich is, --server and --web where its two "
                        "parts are: use either the one or the two"));
  else if (has_parts && (options->server == NULL || options->web == NULL))
    pl_problems_add (problems, PL_PROBLEM_ERROR,
                     _ ("--server and --web belong together: give both, or --upstream alone"));
  if (options->demo && (options->upstream != NULL || has_parts))
    pl_problems_add (problems, PL_PROBLEM_ERROR,
                     _ ("--demo brings its own Immich along: leave out --upstream, --server and "
                        "--web"));
  if (options->demo && options->check)
    pl_problems_add (
        problems, PL_PROBLEM_ERROR,
        _ ("--check starts nothing, so there is no demo to look at: leave out --demo"));
}

PlOptions *
pl_options_new (const char *const *arguments, PlProblems *problems)
{
  PlOptions *options = g_new0 (PlOptions, 1);

  read_arguments (options, arguments, problems);
  check_values (options, overrides, G_N_ELEMENTS (overrides), problems);
  check_values (options, destinations, G_N_ELEMENTS (destinations), problems);
  take_variables (options, overrides, G_N_ELEMENTS (overrides), problems);
  if (!has_destination (options))
    take_variables (options, destinations, G_N_ELEMENTS (destinations), problems);
  complete_access_log (options);
  check_contradictions (options, problems);
  return options;
}

void
pl_options_free (PlOptions *options)
{
  g_free (options->config);
  g_free (options->upstream);
  g_free (options->server);
  g_free (options->web);
  g_free (options->port);
  g_free (options->exposure);
  g_free (options->access_log);
  g_free (options->log_format);
  g_free (options->open);
  g_free (options);
}

void
pl_options_apply (const PlOptions *options, const char *demo_url, PlSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (overrides); i++)
    {
      const char *value = get_value (options, &overrides[i]);
      if (value != NULL)
        pl_settings_set (settings, overrides[i].group, overrides[i].key, value, NULL);
    }
  if (demo_url != NULL)
    pl_settings_point_at (settings, demo_url, PL_SETTINGS_PING);
  else if (options->upstream != NULL)
    pl_settings_point_at (settings, options->upstream, NULL);
  else if (options->server != NULL)
    pl_settings_point_at_parts (settings, options->server, options->web);
}
