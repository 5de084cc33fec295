/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thread of the system's own pool waits for many handles and puts a packet into the port. One
 * such wait is used again and again for GLib's handle for waking. Handles beside it are rare, and
 * may be closed between two waits: each gets a wait of its own for this once, which is slow, but
 * right. */

#include "net/io/afd_bells.h"

#include <windows.h>

/* @waking: GLib's own handle, 0 as long as it is not known; @bell watches it while @is_watched;
 * @others: PTP_WAIT of this wait alone. */
struct _PlAfdBells
{
  PlAfd *afd;
  gintptr waking;
  PTP_WAIT bell;
  gboolean is_watched;
  GPtrArray *others;
};

static VOID CALLBACK
ring_cb (PTP_CALLBACK_INSTANCE instance, PVOID afd, PTP_WAIT bell, TP_WAIT_RESULT result)
{
  pl_afd_wake (afd);
}

static PTP_WAIT
make_bell (PlAfd *afd)
{
  PTP_WAIT bell = CreateThreadpoolWait (ring_cb, afd, NULL);

  if (bell == NULL)
    g_error ("CreateThreadpoolWait: %lu", GetLastError ());
  return bell;
}

/* It has rung, or never will. */
static void
free_bell (gpointer data)
{
  PTP_WAIT bell = data;

  SetThreadpoolWait (bell, NULL, NULL);
  WaitForThreadpoolWaitCallbacks (bell, TRUE);
  CloseThreadpoolWait (bell);
}

PlAfdBells *
pl_afd_bells_new (PlAfd *afd)
{
  PlAfdBells *bells = g_new0 (PlAfdBells, 1);

  bells->afd = afd;
  bells->bell = make_bell (afd);
  bells->others = g_ptr_array_new_with_free_func (free_bell);
  return bells;
}

void
pl_afd_bells_free (PlAfdBells *bells)
{
  free_bell (bells->bell);
  g_ptr_array_unref (bells->others);
  g_free (bells);
}

static void
watch (PlAfdBells *bells, gintptr handle)
{
  if (handle != bells->waking)
    {
      g_ptr_array_add (bells->others, make_bell (bells->afd));
      SetThreadpoolWait (bells->others->pdata[bells->others->len - 1], (HANDLE) handle, NULL);
    }
  else if (!bells->is_watched)
    {
      SetThreadpoolWait (bells->bell, (HANDLE) handle, NULL);
      bells->is_watched = TRUE;
    }
}

void
pl_afd_bells_hang (PlAfdBells *bells, const GPollFD *fds, guint n_fds)
{
  if (n_fds == 1 && bells->waking == 0)
    bells->waking = (gintptr) fds[0].fd;
  for (guint i = 0; i < n_fds; i++)
    watch (bells, (gintptr) fds[i].fd);
}

/* A bell that rang is silent until it is hung again. Which one it was is not asked: all are looked
 * at; and where there are others, they are in any case, since a short wait is over before they
 * ring. */
void
pl_afd_bells_take_down (PlAfdBells *bells, gboolean has_rung, GPollFD *fds, guint n_fds)
{
  g_ptr_array_set_size (bells->others, 0);
  for (guint i = 0; i < n_fds; i++)
    fds[i].revents = 0;
  if (!has_rung && n_fds == 1)
    return;
  bells->is_watched &= !has_rung;
  (void) g_poll (fds, n_fds, 0);
}
