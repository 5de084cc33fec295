/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows tells on a thread of its own; a source whose time has come brings it over. */

#include "app/system/waking.h"

#include <windows.h>

#include <powrprof.h>

/* Of powerbase.h, which the headers of mingw-w64 lack; since Windows 8. */
#define NOTIFY_CALLBACK 2
#define RESUMED         0x12 /* PBT_APMRESUMEAUTOMATIC: whoever woke it, and a person or not */

typedef ULONG CALLBACK TellFunc (void *user_data, ULONG kind, void *setting);

typedef struct
{
  TellFunc *func;
  void *user_data;
} Subscription;

DWORD WINAPI PowerRegisterSuspendResumeNotification (DWORD flags,
                                                     HANDLE subscription,
                                                     void **registration);
DWORD WINAPI PowerUnregisterSuspendResumeNotification (void *registration);

struct _PlWaking
{
  GSource *source;
  Subscription subscription; /* Windows keeps where it is */
  void *registration;
};

static ULONG CALLBACK
told_cb (void *user_data, ULONG kind, void *setting)
{
  PlWaking *waking = user_data;

  if (kind == RESUMED)
    g_source_set_ready_time (waking->source, 0);
  return ERROR_SUCCESS;
}

static gboolean
dispatch (GSource *source, GSourceFunc func, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  return func (user_data);
}

static GSourceFuncs funcs = { .dispatch = dispatch };

PlWaking *
pl_waking_watch (GSourceFunc func, gpointer user_data)
{
  PlWaking *waking = g_new0 (PlWaking, 1);

  waking->source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (waking->source, func, user_data, NULL);
  g_source_attach (waking->source, g_main_context_get_thread_default ());
  waking->subscription = (Subscription){ told_cb, waking };
  if (PowerRegisterSuspendResumeNotification (NOTIFY_CALLBACK, &waking->subscription,
                                              &waking->registration)
      != ERROR_SUCCESS)
    waking->registration = NULL;
  return waking;
}

void
pl_waking_free (PlWaking *waking)
{
  if (waking->registration != NULL)
    PowerUnregisterSuspendResumeNotification (waking->registration);
  g_source_destroy (waking->source);
  g_source_unref (waking->source);
  g_free (waking);
}
