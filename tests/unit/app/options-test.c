/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line: what contradicts itself or is not allowed, and what it does to settings. */

#include "app/daemon/options.h"

#include "app/settings/build.h"
#include "app/system/path.h"

#define MOST_ARGUMENTS 8

/**
 * WrongCase:
 * @problem: the only problem there is
 */
typedef struct
{
  const char *const arguments[MOST_ARGUMENTS];
  const char *problem;
} WrongCase;

static const WrongCase wrong[] = {
  { { "porchlightd", "--port", "99999" },
    "--port 99999 is not allowed: a whole number from 1 to 65535" },
  { { "porchlightd", "--port=" }, "--port  is not allowed: a whole number from 1 to 65535" },
  { { "porchlightd", "--exposure", "all" },
    "--exposure all is not allowed: computer, network or internet" },
  { { "porchlightd", "--log-format", "xml" }, "--log-format xml is not allowed: combined or json" },
  { { "porchlightd", "--upstream", "http://a", "--server", "http://b" },
    "--upstream says where all of Immich is, --server and --web where its two parts are: use "
    "either the one or the two" },
  { { "porchlightd", "--upstream", "http://a", "--server", "http://b", "--web", "http://c" },
    "--upstream says where all of Immich is, --server and --web where its two parts are: use "
    "either the one or the two" },
  { { "porchlightd", "--server", "http://a" },
    "--server and --web belong together: give both, or --upstream alone" },
  { { "porchlightd", "--web", "http://a" },
    "--server and --web belong together: give both, or --upstream alone" },
  { { "porchlightd", "--demo", "--upstream", "http://a" },
    "--demo brings its own Immich along: leave out --upstream, --server and --web" },
  { { "porchlightd", "--demo", "--check" },
    "--check starts nothing, so there is no demo to look at: leave out --demo" },
  { { "porchlightd", "settings.ini" }, "“settings.ini” is not an option; see --help" },
  { { "porchlightd", "--prot", "80" }, "Unknown option --prot" },
  { { "porchlightd", "--port" }, "Missing argument for --port" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (PlProblems) problems = pl_problems_new ();
      g_autoptr (PlOptions) options = pl_options_new (wrong[i].arguments, problems);

      g_assert_nonnull (options);
      g_assert_cmpuint (pl_problems_get_n (problems), ==, 1);
      g_assert_cmpstr (pl_problems_get (problems, 0)->text, ==, wrong[i].problem);
      g_assert_true (pl_problems_has_errors (problems));
    }
}

static void
test_all_that_is_wrong_is_said (void)
{
  static const char *const arguments[]
      = { "porchlightd", "--port", "0", "--upstream", "ftp://a", "--web", "http://b", NULL };
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlOptions) options = pl_options_new (arguments, problems);

  g_assert_nonnull (options);
  g_assert_cmpuint (pl_problems_get_n (problems), ==, 3);
}

/* The settings of a file that says otherwise, under a good command line. */
static PlSettings *
apply (const char *const *arguments, const char *demo_url)
{
  static const char text[] = "[listen]\nport=1\n[upstream a]\nurls=http://a\n"
                             "[route r]\nupstream=a\npath=/old\n";
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlOptions) options = pl_options_new (arguments, problems);
  PlSettings *settings = pl_settings_new_from_data ("a", text, sizeof text - 1, NULL);

  g_assert_cmpuint (pl_problems_get_n (problems), ==, 0);
  pl_options_apply (options, demo_url, settings);
  return settings;
}

static PlConfig *
build (const PlSettings *settings)
{
  g_autoptr (PlProblems) problems = pl_problems_new ();
  return pl_settings_new_config (settings, problems);
}

static void
test_nothing_given_changes_nothing (void)
{
  static const char *const arguments[] = { "porchlightd", NULL };
  g_autoptr (PlSettings) settings = apply (arguments, NULL);
  g_autoptr (PlConfig) config = build (settings);

  g_assert_cmpuint (config->port, ==, 1);
  g_assert_cmpstr (pl_route_table_get_route (config->routes, 0)->path, ==, "/old");
}

static void
test_values_go_over_the_file (void)
{
  static const char *const arguments[]
      = { "porchlightd",  "--port=9000",       "--exposure=network", "--upstream=http://b:1",
          "--access-log", "/tmp/\xC3\xA4.log", "--log-format=json",  NULL };
  g_autoptr (PlSettings) settings = apply (arguments, NULL);
  g_autoptr (PlConfig) config = build (settings);
  g_autofree char *access_log = pl_settings_dup_text (settings, "log", "access-log");
  g_autofree char *expected_log = pl_path_dup_whole ("/tmp/\xC3\xA4.log", NULL);

  g_assert_cmpuint (config->port, ==, 9000);
  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_NETWORK);
  g_assert_cmpuint (config->n_upstreams, ==, 1);
  g_assert_cmpstr (config->upstreams[0].endpoints[0].label, ==, "b:1");
  g_assert_null (config->upstreams[0].health_path);
  g_assert_cmpstr (pl_route_table_get_route (config->routes, 0)->path, ==, "/");
  g_assert_cmpstr (access_log, ==, expected_log);
  g_assert_cmpuint (pl_settings_get_choice (settings, "log", "format"), ==, 1);
}

static void
test_a_relative_file_is_meant_from_here (void)
{
  static const char *const arguments[] = { "porchlightd", "--access-log=a/b.log", NULL };
  static const char *const standard_output[] = { "porchlightd", "--access-log=-", NULL };
  g_autoptr (PlSettings) settings = apply (arguments, NULL);
  g_autoptr (PlSettings) other_settings = apply (standard_output, NULL);
  g_autofree char *access_log = pl_settings_dup_text (settings, "log", "access-log");
  g_autofree char *other = pl_settings_dup_text (other_settings, "log", "access-log");
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *expected = g_build_filename (here, "a", "b.log", NULL);

  g_assert_cmpstr (access_log, ==, expected);
  g_assert_cmpstr (other, ==, "-");
}

/* Whatever stands where in the line: what is no option belongs to the order. */
static void
test_an_order_is_one (void)
{
  static const char *const rows[][8] = {
    { "porchlightd", "--open", "world=links", "2h", NULL },
    { "porchlightd", "--config", "a.ini", "--open", "world=links", "2h", NULL },
    { "porchlightd", "--open=world=links", "2h", "--config=a.ini", NULL },
    { "porchlightd", "--open", "world=links 2h", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PlProblems) problems = pl_problems_new ();
      g_autoptr (PlOptions) options = pl_options_new (rows[i], problems);

      g_assert_cmpuint (pl_problems_get_n (problems), ==, 0);
      g_assert_cmpstr (options->open, ==, "world=links 2h");
    }
}

static void
test_two_parts (void)
{
  static const char *const arguments[]
      = { "porchlightd", "--server=http://s:3001", "--web=http://w:3000", NULL };
  g_autoptr (PlSettings) settings = apply (arguments, NULL);
  g_autoptr (PlConfig) config = build (settings);
  const PlRoute *api = pl_route_table_get_route (config->routes, 0);

  g_assert_cmpuint (pl_route_table_get_n_routes (config->routes), ==, 2);
  g_assert_cmpstr (api->path, ==, "/api");
  g_assert_true (api->strip_prefix);
  g_assert_cmpstr (config->upstreams[api->upstream].endpoints[0].label, ==, "s:3001");
}

static void
test_demo (void)
{
  static const char *const arguments[] = { "porchlightd", "--demo", NULL };
  g_autoptr (PlSettings) settings = apply (arguments, "http://127.0.0.1:4000");
  g_autoptr (PlConfig) config = build (settings);

  g_assert_cmpuint (config->n_upstreams, ==, 1);
  g_assert_cmpstr (config->upstreams[0].endpoints[0].label, ==, "127.0.0.1:4000");
  g_assert_cmpstr (config->upstreams[0].health_path, ==, "/api/server/ping");
}

/* Settings as they are with a variable of the environment, which is gone again afterwards. */
static PlSettings *
apply_with (const char *variable, const char *value, const char *const *arguments)
{
  g_setenv (variable, value, TRUE);
  PlSettings *settings = apply (arguments, NULL);
  g_unsetenv (variable);
  return settings;
}

static void
test_variables_go_over_the_file (void)
{
  static const char *const arguments[] = { "porchlightd", NULL };
  g_autoptr (PlSettings) told = apply_with ("PORCHLIGHT_UPSTREAM", "immich-server:2283", arguments);
  g_autoptr (PlSettings) open = apply_with ("PORCHLIGHT_EXPOSURE", "network", arguments);
  g_autoptr (PlSettings) empty = apply_with ("PORCHLIGHT_UPSTREAM", "", arguments);
  g_autoptr (PlConfig) config = build (told);
  g_autoptr (PlConfig) open_config = build (open);
  g_autoptr (PlConfig) empty_config = build (empty);

  g_assert_cmpstr (config->upstreams[0].endpoints[0].label, ==, "immich-server:2283");
  g_assert_cmpint (open_config->exposure, ==, PL_EXPOSURE_NETWORK);
  g_assert_cmpstr (empty_config->upstreams[0].endpoints[0].label, ==, "a:80");
}

static void
test_arguments_go_over_variables (void)
{
  static const char *const closed[] = { "porchlightd", "--exposure=computer", NULL };
  static const char *const parts[] = { "porchlightd", "--server=http://s", "--web=http://w", NULL };
  g_autoptr (PlSettings) settings = apply_with ("PORCHLIGHT_EXPOSURE", "network", closed);
  g_autoptr (PlSettings) of_parts = apply_with ("PORCHLIGHT_UPSTREAM", "http://b", parts);
  g_autoptr (PlConfig) config = build (settings);
  g_autoptr (PlConfig) parts_config = build (of_parts);

  g_assert_cmpint (config->exposure, ==, PL_EXPOSURE_COMPUTER);
  g_assert_cmpuint (parts_config->n_upstreams, ==, 2);
}

static void
test_a_variable_is_checked (void)
{
  static const char *const arguments[] = { "porchlightd", NULL };
  g_autoptr (PlProblems) problems = pl_problems_new ();

  g_setenv ("PORCHLIGHT_EXPOSURE", "all", TRUE);
  g_autoptr (PlOptions) options = pl_options_new (arguments, problems);
  g_unsetenv ("PORCHLIGHT_EXPOSURE");

  g_assert_nonnull (options);
  g_assert_cmpuint (pl_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (pl_problems_get (problems, 0)->text, ==,
                   "PORCHLIGHT_EXPOSURE all is not allowed: computer, network or internet");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/options/wrong", test_wrong);
  g_test_add_func ("/app/options/all-that-is-wrong-is-said", test_all_that_is_wrong_is_said);
  g_test_add_func ("/app/options/nothing-given", test_nothing_given_changes_nothing);
  g_test_add_func ("/app/options/values-go-over-the-file", test_values_go_over_the_file);
  g_test_add_func ("/app/options/relative-file", test_a_relative_file_is_meant_from_here);
  g_test_add_func ("/app/options/order", test_an_order_is_one);
  g_test_add_func ("/app/options/two-parts", test_two_parts);
  g_test_add_func ("/app/options/demo", test_demo);
  g_test_add_func ("/app/options/variables", test_variables_go_over_the_file);
  g_test_add_func ("/app/options/arguments-over-variables", test_arguments_go_over_variables);
  g_test_add_func ("/app/options/variable-is-checked", test_a_variable_is_checked);
  return g_test_run ();
}
