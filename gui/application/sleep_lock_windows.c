/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A power request, which `powercfg /requests` shows with its reason. The screen may go dark. */

#include "gui/application/sleep_lock.h"

#include <windows.h>

struct _PlSleepLock
{
  HANDLE request;
};

PlSleepLock *
pl_sleep_lock_new (GtkApplication *app, const char *reason)
{
  PlSleepLock *lock = g_new0 (PlSleepLock, 1);
  g_autofree gunichar2 *words = g_utf8_to_utf16 (reason, -1, NULL, NULL, NULL);
  REASON_CONTEXT context
      = { .Version = POWER_REQUEST_CONTEXT_VERSION, .Flags = POWER_REQUEST_CONTEXT_SIMPLE_STRING };

  context.Reason.SimpleReasonString = (WCHAR *) words;
  lock->request = PowerCreateRequest (&context);
  if (lock->request == INVALID_HANDLE_VALUE
      || !PowerSetRequest (lock->request, PowerRequestSystemRequired))
    {
      g_autofree char *why = g_win32_error_message ((int) GetLastError ());
      g_message ("The computer cannot be kept awake: %s", why);
    }
  return lock;
}

void
pl_sleep_lock_free (PlSleepLock *lock)
{
  if (lock->request != INVALID_HANDLE_VALUE)
    CloseHandle (lock->request);
  g_free (lock);
}
