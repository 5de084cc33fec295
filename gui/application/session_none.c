/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A signal tells of it. */

#include "gui/application/session.h"

PlSession *
pl_session_watch (GSourceOnceFunc ends, gpointer user_data)
{
  return NULL;
}

void
pl_session_free (PlSession *session)
{
}
