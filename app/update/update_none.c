/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where nobody has said whom to ask. */

#include "app/i18n.h"
#include "app/update/update.h"

gboolean
pl_update_is_offered (void)
{
  return FALSE;
}

void
pl_update_look_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (NULL, callback, user_data, pl_update_look_async, G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           _ ("this copy of Porchlight was built without a place to ask"));
}

gboolean
pl_update_look_finish (GAsyncResult *result, PlAnnouncement **newer, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
