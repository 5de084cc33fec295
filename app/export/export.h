/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests as files for other programs. Secrets are masked in all of them. */

#pragma once

#include "app/model/device_list.h"
#include "app/model/request_item.h"

/**
 * PlExportFormat:
 * @PL_EXPORT_HAR: HTTP Archive 1.2 (JSON), which browsers' tools read
 * @PL_EXPORT_CSV: RFC 4180, with a first row of names, for spreadsheets
 * @PL_EXPORT_COMBINED: as web servers write their logs; finished requests alone
 */
typedef enum
{
  PL_EXPORT_HAR,
  PL_EXPORT_CSV,
  PL_EXPORT_COMBINED,
} PlExportFormat;

/** pl_export_dup_file_name: (transfer full): to be proposed: `porchlight-2026-11-23-1403.har`. */
char *pl_export_dup_file_name (PlExportFormat format);

/**
 * pl_export_save_async:
 * @items: a model of #PlRequestItem, such as a #PlRequestFilter
 * @devices: by whose names people know who asked; web servers know addresses alone
 *
 * Writes what is in @items now to @file, which, if it is on this computer, is replaced whole or not
 * at all. Nothing is waited for: words are made and written on another thread.
 */
void pl_export_save_async (PlExportFormat format,
                           GListModel *items,
                           PlDeviceList *devices,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean pl_export_save_finish (GAsyncResult *result, GError **error);

/** pl_export_dup_curl: (transfer full): @item as a command for a POSIX shell. Quoted so that
 * nothing a client sent can become a command. */
char *pl_export_dup_curl (PlRequestItem *item);
