/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/log/output.h"

#include <errno.h>
#include <string.h>

#include "app/i18n.h"
#include "app/system/descriptor.h"

/* How long a reader that takes nothing, or little by little, may hold up the main thread, the first
 * time. */
#define PATIENCE_MS 500

/**
 * PlOutput:
 * @may_block: see pl_descriptor_may_block()
 * @is_failing: the last write failed, and that was told
 * @is_outdated: it could not be opened anew, and that was told
 * @is_line_open: the last write broke off within a line
 */
struct _PlOutput
{
  char *path;
  int descriptor;
  gboolean may_block;
  gboolean is_failing;
  gboolean is_outdated;
  gboolean is_line_open;
  PlOutputReportFunc report;
  gpointer user_data;
};

static gboolean
is_standard_output (const char *path)
{
  return strcmp (path, "-") == 0;
}

static int
open_path (const char *path)
{
  return is_standard_output (path) ? PL_DESCRIPTOR_STANDARD_OUTPUT : pl_descriptor_open (path);
}

static const char *
explain (int failure)
{
  /* The one says that a pipe stays full, the other that it has no reader at all. */
  return failure == ETIMEDOUT || failure == ENXIO ? _ ("nobody reads it") : g_strerror (failure);
}

static void
close_descriptor (PlOutput *output)
{
  if (!is_standard_output (output->path))
    pl_descriptor_close (output->descriptor);
}

static void
take_descriptor (PlOutput *output, int descriptor)
{
  output->descriptor = descriptor;
  output->may_block = pl_descriptor_may_block (descriptor);
}

static const char *
name_for_people (const PlOutput *output)
{
  return is_standard_output (output->path) ? _ ("standard output") : output->path;
}

PlOutput *
pl_output_new (const char *path, PlOutputReportFunc report, gpointer user_data, GError **error)
{
  int descriptor = open_path (path);

  if (descriptor < 0)
    {
      int failure = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (failure),
                   _ ("%s cannot be written: %s"), path, explain (failure));
      return NULL;
    }
  PlOutput *output = g_new0 (PlOutput, 1);
  output->path = g_strdup (path);
  output->report = report;
  output->user_data = user_data;
  take_descriptor (output, descriptor);
  return output;
}

void
pl_output_free (PlOutput *output)
{
  close_descriptor (output);
  g_free (output->path);
  g_free (output);
}

/* A full pipe would stop the main thread for as long as its reader sleeps. While it is known to
 * sleep, it is not waited for. */
static gboolean
has_room (const PlOutput *output, gint64 until_us)
{
  gint64 left_ms = MAX (until_us - g_get_monotonic_time (), 0) / 1000;

  if (pl_descriptor_await_room (output->descriptor, output->is_failing ? 0 : (guint) left_ms)
      == PL_ROOM_THERE)
    return TRUE;
  errno = ETIMEDOUT;
  return FALSE;
}

/* Returns: how much was written; less than @length: errno says why not more */
static gsize
write_all (const PlOutput *output, const char *bytes, gsize length)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_MS * 1000;
  gsize done = 0;

  while (done < length)
    {
      if (output->may_block && !has_room (output, until_us))
        break;
      gsize written = pl_descriptor_write (output->descriptor, bytes + done, length - done,
                                           output->may_block);
      if (written == 0)
        break;
      done += written;
    }
  return done;
}

static void
tell_failure (PlOutput *output, int failure)
{
  if (output->is_failing)
    return;

  output->is_failing = TRUE;
  g_autofree char *message
      = g_strdup_printf (_ ("%s cannot be written: %s. Requests are served all the same; lines are "
                            "lost until it can be written again."),
                         name_for_people (output), explain (failure));
  output->report (message, FALSE, output->user_data);
}

static void
tell_recovery (PlOutput *output)
{
  if (!output->is_failing)
    return;

  output->is_failing = FALSE;
  g_autofree char *message
      = g_strdup_printf (_ ("%s can be written again."), name_for_people (output));
  output->report (message, TRUE, output->user_data);
}

void
pl_output_write (PlOutput *output, const char *lines, gsize length)
{
  if (length == 0)
    return;
  if (output->is_line_open && write_all (output, "\n", 1) == 1)
    output->is_line_open = FALSE;

  gsize done = write_all (output, lines, length);
  int failure = errno;
  if (done == length)
    {
      tell_recovery (output);
      return;
    }
  if (done > 0)
    output->is_line_open = lines[done - 1] != '\n';
  tell_failure (output, failure);
}

gboolean
pl_output_is_failing (const PlOutput *output)
{
  return output->is_failing || output->is_outdated;
}

void
pl_output_reopen (PlOutput *output)
{
  if (is_standard_output (output->path))
    return;

  int descriptor = open_path (output->path);
  int failure = errno;
  output->is_outdated = descriptor < 0;
  if (output->is_outdated)
    {
      g_autofree char *message = g_strdup_printf (
          _ ("%s cannot be opened again: %s. The file opened before stays in use."), output->path,
          explain (failure));
      output->report (message, FALSE, output->user_data);
      return;
    }
  close_descriptor (output);
  take_descriptor (output, descriptor);
  output->is_line_open = FALSE;
}
