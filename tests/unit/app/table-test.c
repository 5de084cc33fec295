/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of settings has words for everything that the window shows of it, and README tells of
 * the same settings, in the same order, with the same initial values. */

#include "app/settings/table.h"

#include <string.h>

#define README_HEADING "| setting | if not set | what it does |"

static void
check_title (const PlSetting *setting)
{
  g_assert_nonnull (setting->title);
  g_assert_cmpuint (strlen (setting->title), >, 0);
  g_assert_true (g_ascii_isupper (*(setting->title + strspn (setting->title, "_"))));
}

static void
check_choices (const PlSetting *setting)
{
  if (setting->kind != PL_SETTING_CHOICE)
    {
      g_assert_null (setting->choice_titles);
      return;
    }
  g_assert_nonnull (setting->choice_titles);
  g_assert_cmpuint (g_strv_length ((char **) setting->choice_titles), ==,
                    g_strv_length ((char **) setting->choices));
}

static void
test_the_window_has_words_for_every_row (void)
{
  guint n_settings;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      g_test_message ("[%s] %s", table[i].group, table[i].key);
      check_title (&table[i]);
      check_choices (&table[i]);
      g_assert_cmpuint (table[i].topic, <, PL_TOPIC_COUNT);
      g_assert_nonnull (table[i].explanation);
      g_assert_true (g_str_has_suffix (table[i].explanation, "."));
    }
}

static void
test_a_row_is_found_by_its_key (void)
{
  guint n_settings;
  const PlSetting *table = pl_setting_table (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      g_autofree char *group = pl_setting_group_needs_name (table[i].group)
                                   ? g_strconcat (table[i].group, " name", NULL)
                                   : g_strdup (table[i].group);
      g_assert_true (pl_setting_find (group, table[i].key) == &table[i]);
    }
}

/* README */

/* The cells of a row of a table in Markdown, without the spaces and marks of code around them. */
static char **
split_row (const char *line)
{
  char **cells = g_strsplit (line, "|", -1);

  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_strstrip (cells[i]);
      gsize length = strlen (cells[i]);
      if (length > 1 && cells[i][0] == '`' && strcspn (cells[i] + 1, "`") == length - 2)
        {
          memmove (cells[i], cells[i] + 1, length - 2);
          cells[i][length - 2] = '\0';
        }
    }
  return cells;
}

/* What README says of a row, but for its heading: setting, initial value, meaning. */
static void
compare_row (const PlSetting *setting, const char *line)
{
  g_auto (GStrv) cells = split_row (line);

  g_test_message ("%s", line);
  g_assert_cmpuint (g_strv_length (cells), ==, 5);
  g_assert_cmpstr (cells[1], ==, setting->key);
  g_assert_cmpstr (cells[2], ==, setting->initial != NULL ? setting->initial : "");
  g_assert_cmpuint (strlen (cells[3]), >, 0);
}

static void
compare_heading (const PlSetting *setting, const char *line)
{
  g_autofree char *heading
      = g_strdup_printf ("| **[%s%s]** |", setting->group,
                         pl_setting_group_needs_name (setting->group) ? " NAME" : "");

  g_assert_true (g_str_has_prefix (line, heading));
}

static void
test_readme_tells_of_the_same (gconstpointer path)
{
  g_autofree char *text = NULL;
  guint n_settings;
  const PlSetting *table = pl_setting_table (&n_settings);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  const char *heading = strstr (text, README_HEADING);
  g_assert_nonnull (heading);
  g_auto (GStrv) lines = g_strsplit (heading, "\n", -1);
  char **line = lines + 2;

  for (guint i = 0; i < n_settings; i++)
    {
      if (i == 0 || strcmp (table[i].group, table[i - 1].group) != 0)
        compare_heading (&table[i], *line++);
      compare_row (&table[i], *line++);
    }
  g_assert_false (g_str_has_prefix (*line, "|"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_test_add_func ("/table/the-window-has-words-for-every-row",
                   test_the_window_has_words_for_every_row);
  g_test_add_func ("/table/a-row-is-found-by-its-key", test_a_row_is_found_by_its_key);
  g_test_add_data_func ("/table/readme-tells-of-the-same", argv[1], test_readme_tells_of_the_same);
  return g_test_run ();
}
