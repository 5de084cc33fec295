/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows' shell does both; it may take its time, so each is on another thread, which must have
 * been made ready for the shell's parts. */

#include "gui/kit/outside.h"

#include <windows.h>

#include <shellapi.h>
#include <shlobj.h>

/* ShellExecuteW() returns more than this when it was successful. */
#define LAST_FAILURE 32

static void
take_up (GTask *task, const char *what, GTaskThreadFunc func)
{
  g_task_set_task_data (task, g_utf8_to_utf16 (what, -1, NULL, NULL, NULL), g_free);
  g_task_run_in_thread (task, func);
  g_object_unref (task);
}

static void
answer (GTask *task, gboolean is_done)
{
  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "nothing shows it");
}

static void
open_thread (GTask *task, gpointer source, gpointer what, GCancellable *cancellable)
{
  HRESULT ready = CoInitializeEx (NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);
  INT_PTR status = (INT_PTR) ShellExecuteW (NULL, NULL, what, NULL, NULL, SW_SHOWNORMAL);

  answer (task, status > LAST_FAILURE);
  if (SUCCEEDED (ready))
    CoUninitialize ();
}

/* A file by its path: of its address, programs may not know what to do with. */
void
pl_outside_open_async (const char *uri, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *path = g_filename_from_uri (uri, NULL, NULL);

  take_up (g_task_new (NULL, NULL, callback, user_data), path != NULL ? path : uri, open_thread);
}

gboolean
pl_outside_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
show_thread (GTask *task, gpointer source, gpointer what, GCancellable *cancellable)
{
  HRESULT ready = CoInitializeEx (NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);
  ITEMIDLIST *place = NULL;

  answer (task, SUCCEEDED (SHParseDisplayName (what, NULL, &place, 0, NULL))
                    && SUCCEEDED (SHOpenFolderAndSelectItems (place, 0, NULL, 0)));
  CoTaskMemFree (place);
  if (SUCCEEDED (ready))
    CoUninitialize ();
}

void
pl_outside_show_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (file);

  take_up (g_task_new (NULL, NULL, callback, user_data), path, show_thread);
}

gboolean
pl_outside_show_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
