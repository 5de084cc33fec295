/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of sentences. Values from a file are quoted in them, so each is made fit for a terminal
 * here, once, instead of wherever one is written. */

#include "app/settings/problems.h"

struct _PlProblems
{
  GPtrArray *list;
  gboolean has_errors;
};

static void
problem_free (PlProblem *problem)
{
  g_free (problem->text);
  g_free (problem->plain);
  g_free (problem);
}

PlProblems *
pl_problems_new (void)
{
  PlProblems *problems = g_new0 (PlProblems, 1);
  problems->list = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  return problems;
}

void
pl_problems_free (PlProblems *problems)
{
  g_ptr_array_unref (problems->list);
  g_free (problems);
}

char *
pl_problems_dup_showable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      g_string_append_unichar (shown, g_unichar_iscntrl (character) ? '?' : character);
    }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

void
pl_problems_add (PlProblems *problems, PlProblemKind kind, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  PlProblem *problem = g_new0 (PlProblem, 1);
  problem->kind = kind;
  problem->text = pl_problems_dup_showable (text);
  g_ptr_array_add (problems->list, problem);
  problems->has_errors |= kind == PL_PROBLEM_ERROR;
}

void
pl_problems_explain (PlProblems *problems, const char *plain)
{
  PlProblem *last;

  g_return_if_fail (problems->list->len > 0);

  last = problems->list->pdata[problems->list->len - 1];
  g_free (last->plain);
  last->plain = pl_problems_dup_showable (plain);
}

gboolean
pl_problems_has_errors (const PlProblems *problems)
{
  return problems->has_errors;
}

guint
pl_problems_get_n (const PlProblems *problems)
{
  return problems->list->len;
}

const PlProblem *
pl_problems_get (const PlProblems *problems, guint index)
{
  return g_ptr_array_index (problems->list, index);
}
