/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/log/output.h"

#include <errno.h>

#include "app/i18n.h"
#include "app/log/spool.h"
#include "app/settings/location.h"
#include "app/system/descriptor.h"

/**
 * PlOutput:
 * @path: (nullable): %NULL: it is standard output
 * @is_standard: @spool is that of standard output, and stays
 * @is_failing: lines are lost, and that was told
 * @is_outdated: it could not be opened anew, and that was told
 */
struct _PlOutput
{
  char *path;
  PlSpool *spool;
  gboolean is_standard;
  gboolean is_failing;
  gboolean is_outdated;
  PlOutputReportFunc report;
  gpointer user_data;
};

static const char *
explain (int failure)
{
  /* That is what opening a pipe without a reader fails with. */
  return failure == ENXIO ? _ ("nobody reads it") : g_strerror (failure);
}

static const char *
name_for_people (const PlOutput *output)
{
  return output->is_standard ? _ ("standard output") : output->path;
}

static void
tell_failure (PlOutput *output, const PlSpoolStatus *status)
{
  const char *why
      = status->state == PL_SPOOL_FULL ? _ ("nobody reads it") : explain (status->failure);

  output->is_failing = TRUE;
  g_autofree char *message
      = g_strdup_printf (_ ("%s cannot be written: %s. Requests are served all the same; lines are "
                            "lost until it can be written again."),
                         name_for_people (output), why);
  output->report (message, FALSE, output->user_data);
}

static void
tell_recovery (PlOutput *output, guint n_lost)
{
  output->is_failing = FALSE;
  g_autofree char *message
      = g_strdup_printf (ngettext ("%s can be written again; %u line was lost.",
                                   "%s can be written again; %u lines were lost.", n_lost),
                         name_for_people (output), n_lost);
  output->report (message, TRUE, output->user_data);
}

static void
status_cb (const PlSpoolStatus *status, gpointer user_data)
{
  PlOutput *output = user_data;

  if (status->state != PL_SPOOL_WELL && !output->is_failing)
    tell_failure (output, status);
  else if (status->state == PL_SPOOL_WELL && (output->is_failing || status->n_lost > 0))
    tell_recovery (output, status->n_lost);
}

static void
use_spool (PlOutput *output, PlSpool *spool)
{
  output->spool = spool;
  pl_spool_watch (spool, status_cb, output);
}

static void
leave_spool (PlOutput *output)
{
  if (output->is_standard)
    pl_spool_watch (output->spool, NULL, NULL);
  else
    pl_spool_release (output->spool);
}

/* Takes @descriptor. */
static PlOutput *
new_output (int descriptor, const char *path, PlOutputReportFunc report, gpointer user_data)
{
  PlOutput *output = g_new0 (PlOutput, 1);

  output->path = g_strdup (path);
  output->is_standard = path == NULL;
  output->report = report;
  output->user_data = user_data;
  use_spool (output, output->is_standard ? pl_spool_get_standard (descriptor)
                                         : pl_spool_new (descriptor, NULL));
  return output;
}

PlOutput *
pl_output_new_standard (PlOutputReportFunc report, gpointer user_data)
{
  return new_output (PL_DESCRIPTOR_STANDARD_OUTPUT, NULL, report, user_data);
}

PlOutput *
pl_output_new (const char *path, PlOutputReportFunc report, gpointer user_data, GError **error)
{
  if (pl_location_is_standard_output (path))
    return pl_output_new_standard (report, user_data);

  int descriptor = pl_descriptor_open (path);
  if (descriptor >= 0)
    return new_output (descriptor, path, report, user_data);
  int failure = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (failure), _ ("%s cannot be written: %s"),
               path, explain (failure));
  return NULL;
}

void
pl_output_free (PlOutput *output)
{
  leave_spool (output);
  g_free (output->path);
  g_free (output);
}

gboolean
pl_output_write (PlOutput *output, const char *lines, gsize length)
{
  return length == 0 || pl_spool_put (output->spool, lines, length);
}

gboolean
pl_output_is_failing (const PlOutput *output)
{
  return output->is_failing || output->is_outdated;
}

void
pl_output_reopen (PlOutput *output)
{
  if (output->is_standard)
    return;

  int descriptor = pl_descriptor_open (output->path);
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
  PlSpool *spool = pl_spool_new (descriptor, output->spool);
  leave_spool (output);
  use_spool (output, spool);
}
