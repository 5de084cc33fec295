/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/limits.c: the table is sound, and what the environment may change of it. The limits
 * are read once, so each change is tried in a process of its own. */

#include "net/exchange/limits.h"

#include <string.h>

typedef struct
{
  const char *name;
  gsize offset;
  guint value, least, most;
  const char *reason;
} Row;

static const Row rows[] = {
#define X(field, name, value, least, most, reason)                                                 \
  { name, G_STRUCT_OFFSET (PlLimits, field), value, least, most, reason },
  PL_LIMITS (X)
#undef X
};

static guint
get_limit (const Row *row)
{
  return G_STRUCT_MEMBER (guint, pl_limits_get (), row->offset);
}

static void
test_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (g_regex_match_simple ("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", rows[i].name, 0, 0));
      g_assert_true (g_hash_table_add (names, (gpointer) rows[i].name));
      g_assert_cmpuint (rows[i].least, <=, rows[i].value);
      g_assert_cmpuint (rows[i].value, <=, rows[i].most);
      g_assert_cmpuint (strlen (rows[i].reason), >, 0);
    }
}

/* @text: of the environment variable, %NULL: unset; @request_fields, @linger_timeout_ms: then; 0:
 * as in the table; @left_out: what is warned of. */
typedef struct
{
  const char *name;
  const char *text;
  guint request_fields;
  guint linger_timeout_ms;
  const char *left_out[3];
} Change;

static const Change changes[] = {
  { "unset", NULL, 0, 0, { NULL } },
  { "empty", "", 0, 0, { NULL } },
  { "one", "request-fields=500", 500, 0, { NULL } },
  { "two", "request-fields=32,linger-timeout-ms=60000", 32, 60000, { NULL } },
  { "the-last-counts", "request-fields=32,request-fields=300", 300, 0, { NULL } },
  { "too-little", "request-fields=31,linger-timeout-ms=99", 0, 99, { "request-fields=31" } },
  { "too-much",
    "request-fields=300,linger-timeout-ms=60001",
    300,
    0,
    { "linger-timeout-ms=60001" } },
  { "far-too-much", "request-fields=99999999999999999999", 0, 0, { "request-fields=9" } },
  { "unknown", "lines=9,request-fields=300", 300, 0, { "lines=9" } },
  { "not-a-number",
    "request-fields=many,linger-timeout-ms=",
    0,
    0,
    { "many", "linger-timeout-ms=" } },
  { "not-a-pair", "request-fields,=", 0, 0, { "request-fields", "=" } },
  { "signed", "request-fields=+300,linger-timeout-ms=-5", 0, 0, { "+300", "-5" } },
  { "spaced", "request-fields= 300, linger-timeout-ms=99", 0, 0, { "300", "99" } },
  { "hexadecimal", "request-fields=0x400", 0, 0, { "0x400" } },
  { "field-name", "request_fields=300", 0, 0, { "request_fields" } },
};

static guint
get_expected (const Row *row, const Change *change)
{
  if (g_str_equal (row->name, "request-fields") && change->request_fields > 0)
    return change->request_fields;
  if (g_str_equal (row->name, "linger-timeout-ms") && change->linger_timeout_ms > 0)
    return change->linger_timeout_ms;
  return row->value;
}

static void
check_change (const Change *change)
{
  g_unsetenv ("PORCHLIGHT_LIMITS");
  if (change->text != NULL)
    g_setenv ("PORCHLIGHT_LIMITS", change->text, TRUE);
  for (guint i = 0; change->left_out[i] != NULL; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("PORCHLIGHT_LIMITS:*%s*", change->left_out[i]);

      g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, pattern);
    }
  pl_limits_get ();
  g_test_assert_expected_messages ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (get_limit (&rows[i]), ==, get_expected (&rows[i], change));

  /* Whoever has looked has seen all there is to see. */
  g_setenv ("PORCHLIGHT_LIMITS", "request-fields=512", TRUE);
  g_assert_cmpuint (pl_limits_get ()->request_fields, !=, 512);
}

static void
test_change (gconstpointer data)
{
  if (g_test_subprocess ())
    {
      check_change (data);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/limits/table", test_table);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/limits/change/%s", changes[i].name);

      g_test_add_data_func (path, &changes[i], test_change);
    }
  return g_test_run ();
}
