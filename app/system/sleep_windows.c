/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plan that is in use says after how long, in seconds, the computer sleeps or hibernates on
 * mains power; 0 is never. */

#include "app/system/sleep.h"

#include <windows.h>

#include <powrprof.h>

/* winnt.h declares those of GUIDs, but only a library of a newer mingw-w64 has all of them. */
static const GUID subgroup
    = { 0x238c9fa8, 0x0aad, 0x41ed, { 0x83, 0xf4, 0x97, 0xbe, 0x24, 0x2c, 0x8f, 0x20 } };
static const GUID standby
    = { 0x29f6c1db, 0x86da, 0x48c5, { 0x9f, 0xdb, 0xf2, 0xb6, 0x7b, 0x1f, 0x44, 0xda } };
static const GUID hibernation
    = { 0x9d7815a6, 0x7ee4, 0x497e, { 0x88, 0x88, 0x51, 0x5a, 0x05, 0xf0, 0x23, 0x64 } };

static PlSleep
read_plan (void)
{
  const GUID *const settings[] = { &standby, &hibernation };
  PlSleep sleep = { 0 };
  GUID *plan = NULL;

  if (PowerGetActiveScheme (NULL, &plan) != ERROR_SUCCESS)
    return sleep;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      DWORD after_s = 0;
      if (PowerReadACValueIndex (NULL, plan, &subgroup, settings[i], &after_s) != ERROR_SUCCESS)
        continue;
      sleep.is_known = TRUE;
      if (after_s > 0 && (!sleep.sleeps || after_s < sleep.after_s))
        sleep = (PlSleep){ TRUE, TRUE, after_s };
    }
  LocalFree (plan);
  return sleep;
}

void
pl_sleep_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  PlSleep sleep = read_plan ();

  g_task_set_source_tag (task, pl_sleep_async);
  g_task_return_pointer (task, g_memdup2 (&sleep, sizeof sleep), g_free);
}

PlSleep
pl_sleep_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_sleep_async), (PlSleep){ 0 });

  g_autofree PlSleep *sleep = g_task_propagate_pointer (G_TASK (result), NULL);
  return sleep != NULL ? *sleep : (PlSleep){ FALSE, FALSE, 0 };
}
