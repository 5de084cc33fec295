/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A signal tells of the end, and after a sleep the networks come anew, which is noticed by itself
 * (app/system/network_watch.h). */

#include "gui/application/session.h"

PlSession *
pl_session_watch (const PlSessionFuncs *funcs, gpointer user_data)
{
  return NULL;
}

void
pl_session_free (PlSession *session)
{
}
