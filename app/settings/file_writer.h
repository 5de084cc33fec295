/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that is written again and again while nobody waits for the disk. */

#pragma once

#include <gio/gio.h>

/** PlFileWrittenFunc: @error: (nullable): %NULL: it is on the disk. */
typedef void (*PlFileWrittenFunc) (const GError *error, gpointer user_data);

typedef struct _PlFileWriter PlFileWriter;

/** pl_file_writer_new: (transfer full): @on_written: (nullable): called on the thread-default main
 * context of the caller. */
PlFileWriter *
pl_file_writer_new (const char *path, PlFileWrittenFunc on_written, gpointer user_data);

/** pl_file_writer_free: waits until what was put is on the disk. Nothing is called any more. */
void pl_file_writer_free (PlFileWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlFileWriter, pl_file_writer_free)

/** pl_file_writer_put: @data: (transfer full): the whole file, written as pl_file_write() does.
 * What was put before and is not yet being written is passed over. */
void pl_file_writer_put (PlFileWriter *writer, char *data, gsize length);

/** pl_file_writer_flush: waits until what was put is on the disk. %FALSE with @error when the last
 * of it could not be written. */
gboolean pl_file_writer_flush (PlFileWriter *writer, GError **error);

/** pl_file_writer_is_busy: whether something that was put is not on the disk yet, so that what is
 * there may be older. */
gboolean pl_file_writer_is_busy (PlFileWriter *writer);
