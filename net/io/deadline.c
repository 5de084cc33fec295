/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/deadline.h"

struct _PlDeadlineList
{
  guint duration_ms;
  GQueue deadlines; /* of PlDeadline, the first to pass first */
};

/* There are a dozen lists at most, so the simplest search is the fastest. */
static PlDeadlineList *
get_list (PlReactor *reactor, guint duration_ms)
{
  PlDeadlineList *list;

  for (guint i = 0; i < reactor->deadline_lists->len; i++)
    {
      list = reactor->deadline_lists->pdata[i];
      if (list->duration_ms == duration_ms)
        return list;
    }
  list = g_new0 (PlDeadlineList, 1);
  list->duration_ms = duration_ms;
  g_ptr_array_add (reactor->deadline_lists, list);
  return list;
}

void
pl_deadline_set (PlDeadline *deadline, PlReactor *reactor, guint duration_ms)
{
  PlDeadlineList *list = deadline->list;

  pl_deadline_lift (deadline);
  if (list == NULL || list->duration_ms != duration_ms)
    list = get_list (reactor, duration_ms);
  deadline->list = list;
  deadline->expires_us = reactor->now_us + (gint64) duration_ms * 1000;
  deadline->link.data = deadline;
  g_queue_push_tail_link (&list->deadlines, &deadline->link);
}

void
pl_deadline_lift (PlDeadline *deadline)
{
  deadline->passed = FALSE;
  if (deadline->list == NULL)
    return;
  g_queue_unlink (&deadline->list->deadlines, &deadline->link);
  deadline->list = NULL;
}

static void
expire_list (PlReactor *reactor, PlDeadlineList *list)
{
  PlDeadline *deadline;

  while ((deadline = g_queue_peek_head (&list->deadlines)) != NULL
         && deadline->expires_us <= reactor->now_us)
    {
      pl_deadline_lift (deadline);
      deadline->passed = TRUE;
      pl_reactor_queue (reactor, deadline->task);
    }
}

void
pl_deadlines_expire (PlReactor *reactor)
{
  for (guint i = 0; i < reactor->deadline_lists->len; i++)
    expire_list (reactor, reactor->deadline_lists->pdata[i]);
}

gint64
pl_deadlines_get_next_us (PlReactor *reactor)
{
  gint64 next_us = -1;

  for (guint i = 0; i < reactor->deadline_lists->len; i++)
    {
      PlDeadlineList *list = reactor->deadline_lists->pdata[i];
      const PlDeadline *first = g_queue_peek_head (&list->deadlines);

      if (first != NULL && (next_us < 0 || first->expires_us < next_us))
        next_us = first->expires_us;
    }
  return next_us;
}

void
pl_deadlines_free_lists (PlReactor *reactor)
{
  g_ptr_array_set_free_func (reactor->deadline_lists, g_free);
  g_ptr_array_unref (reactor->deadline_lists);
}
