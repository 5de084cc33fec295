/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/io/deadline.h"

struct _PlDeadlineList
{
  guint duration_ms;
  PlDeadline *first, *last; /* the first passes first */
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

static void
append (PlDeadlineList *list, PlDeadline *deadline)
{
  deadline->list = list;
  deadline->next = NULL;
  deadline->previous = list->last;
  if (list->last != NULL)
    list->last->next = deadline;
  else
    list->first = deadline;
  list->last = deadline;
}

static void
take_out (PlDeadline *deadline)
{
  PlDeadlineList *list = deadline->list;

  if (deadline->previous != NULL)
    deadline->previous->next = deadline->next;
  else
    list->first = deadline->next;
  if (deadline->next != NULL)
    deadline->next->previous = deadline->previous;
  else
    list->last = deadline->previous;
  deadline->list = NULL;
}

void
pl_deadline_set (PlDeadline *deadline, PlReactor *reactor, guint duration_ms)
{
  PlDeadlineList *list = deadline->list;

  pl_deadline_lift (deadline);
  if (list == NULL || list->duration_ms != duration_ms)
    list = get_list (reactor, duration_ms);
  deadline->expires_us = reactor->now_us + (gint64) duration_ms * 1000;
  append (list, deadline);
}

void
pl_deadline_lift (PlDeadline *deadline)
{
  deadline->passed = FALSE;
  if (deadline->list != NULL)
    take_out (deadline);
}

static void
expire_list (PlReactor *reactor, PlDeadlineList *list)
{
  PlDeadline *deadline;

  while ((deadline = list->first) != NULL && deadline->expires_us <= reactor->now_us)
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
      const PlDeadline *first = list->first;

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
