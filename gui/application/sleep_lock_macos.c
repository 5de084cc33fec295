/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A power assertion, which `pmset -g assertions` shows with its reason. The screen may go dark.
 * GTK's own way to ask answers on macOS as if it had asked, and does nothing. */

#include "gui/application/sleep_lock.h"

#include <CoreFoundation/CoreFoundation.h>
#include <IOKit/pwr_mgt/IOPMLib.h>

struct _PlSleepLock
{
  IOPMAssertionID assertion;
  gboolean is_held;
};

PlSleepLock *
pl_sleep_lock_new (GtkApplication *app, const char *reason)
{
  PlSleepLock *lock = g_new0 (PlSleepLock, 1);
  CFStringRef words
      = CFStringCreateWithCString (kCFAllocatorDefault, reason, kCFStringEncodingUTF8);

  lock->is_held = words != NULL
                  && IOPMAssertionCreateWithName (kIOPMAssertionTypePreventUserIdleSystemSleep,
                                                  kIOPMAssertionLevelOn, words, &lock->assertion)
                         == kIOReturnSuccess;
  if (words != NULL)
    CFRelease (words);
  return lock;
}

void
pl_sleep_lock_free (PlSleepLock *lock)
{
  if (lock->is_held)
    IOPMAssertionRelease (lock->assertion);
  g_free (lock);
}
