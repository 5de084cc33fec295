/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with settings or a command line, gathered, so that all of it can be said at once.
 */

#pragma once

#include <glib.h>

/**
 * PlProblemKind:
 * @PL_PROBLEM_WARNING: worth knowing, stops nothing
 * @PL_PROBLEM_ERROR: the settings cannot be used
 */
typedef enum
{
  PL_PROBLEM_WARNING,
  PL_PROBLEM_ERROR,
} PlProblemKind;

/**
 * PlProblem:
 * @text: one line for people: valid UTF-8, no control characters
 * @plain: (nullable): the same for who does not look at the file, but at a field
 */
typedef struct
{
  PlProblemKind kind;
  char *text;
  char *plain;
} PlProblem;

typedef struct _PlProblems PlProblems;

PlProblems *pl_problems_new (void);
void pl_problems_free (PlProblems *problems);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlProblems, pl_problems_free)

/** pl_problems_dup_showable: (transfer full): @text, fit to be shown on a terminal: a control
 * character in it could move the cursor or recolour what stands there. */
char *pl_problems_dup_showable (const char *text);

/**
 * pl_problems_add:
 *
 * Adds one; whatever the arguments hold, the text kept is fit to be shown on a terminal.
 */
void pl_problems_add (PlProblems *problems, PlProblemKind kind, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** pl_problems_explain: sets `plain` of the one that was added last. */
void pl_problems_explain (PlProblems *problems, const char *plain);

/** pl_problems_has_errors: whether one of them is a %PL_PROBLEM_ERROR. */
gboolean pl_problems_has_errors (const PlProblems *problems);

/** pl_problems_get_n: how many there are. */
guint pl_problems_get_n (const PlProblems *problems);

/** pl_problems_get: (transfer none): the one at @index, in the order they were added. */
const PlProblem *pl_problems_get (const PlProblems *problems, guint index);
