/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs when something it waits for has come: one task a connection, however many sockets
 * and deadlines it has. Sockets and deadlines only mark and queue; the reactor then runs each
 * queued task once. So a task may free anything it owns, itself included, and nothing that
 * runs after it can meet a freed thing. */

#pragma once

#include <glib.h>

typedef struct _PlTask PlTask;

/** PlTaskFunc: runs @task; may queue, wait, or free its owner. */
typedef void (*PlTaskFunc) (PlTask *task);

/**
 * PlTask:
 * @run: what to do
 *
 * To be embedded in its owner; zeroed but for @run it is ready. The rest is the reactor's.
 */
struct _PlTask
{
  PlTaskFunc run;
  GQueue *queue; /* the run queue it stands in, or NULL */
  GList link;
};
