/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who counts on the access log must know when it is not whole. */

#include "app/log/access_keeper.h"

#include "app/i18n.h"
#include "app/settings/location.h"

#define STANDARD_OUTPUT "-"

/* Gaps are told at most this often. */
#define GAP_INTERVAL_US (10 * G_USEC_PER_SEC)

/**
 * PlAccessKeeper:
 * @log: (nullable)
 * @path: of @log; empty: there is none
 * @n_missing: requests the log lacks and nobody was told of yet
 * @has_gap: somebody was told, and not yet that it goes on without one
 * @gap_told_us: when somebody was last told; monotonic
 */
struct _PlAccessKeeper
{
  PlAccessLog *log;
  char *path;
  PlLogFormat format;
  guint64 n_missing;
  gboolean has_gap;
  gint64 gap_told_us;
  PlOutputReportFunc report;
  gpointer user_data;
};

PlAccessKeeper *
pl_access_keeper_new (PlOutputReportFunc report, gpointer user_data)
{
  PlAccessKeeper *keeper = g_new0 (PlAccessKeeper, 1);
  keeper->path = g_strdup ("");
  keeper->gap_told_us = -GAP_INTERVAL_US;
  keeper->report = report;
  keeper->user_data = user_data;
  return keeper;
}

void
pl_access_keeper_free (PlAccessKeeper *keeper)
{
  g_clear_pointer (&keeper->log, pl_access_log_free);
  g_free (keeper->path);
  g_free (keeper);
}

gboolean
pl_access_keeper_apply (PlAccessKeeper *keeper,
                        const PlSettings *settings,
                        const char *settings_path,
                        GError **error)
{
  g_autofree char *path = pl_location_dup_access_log (settings, settings_path);
  PlLogFormat format = (PlLogFormat) pl_settings_get_choice (settings, "log", "format");

  if (g_str_equal (path, keeper->path) && format == keeper->format)
    {
      if (keeper->log != NULL)
        pl_access_log_reopen (keeper->log);
      return TRUE;
    }

  PlAccessLog *log = NULL;
  if (*path != '\0')
    {
      PlOutput *output = pl_output_new (path, keeper->report, keeper->user_data, error);
      if (output == NULL)
        return FALSE;
      log = pl_access_log_new (output, format);
    }
  g_clear_pointer (&keeper->log, pl_access_log_free);
  keeper->log = log;
  keeper->has_gap = FALSE;
  g_free (keeper->path);
  keeper->path = g_steal_pointer (&path);
  keeper->format = format;
  return TRUE;
}

gboolean
pl_access_keeper_is_standard_output (const PlAccessKeeper *keeper)
{
  return g_str_equal (keeper->path, STANDARD_OUTPUT);
}

gboolean
pl_access_keeper_is_failing (const PlAccessKeeper *keeper)
{
  return keeper->log != NULL && (keeper->has_gap || pl_access_log_is_failing (keeper->log));
}

static void
tell_gap (PlAccessKeeper *keeper)
{
  gint64 now_us = g_get_monotonic_time ();

  if (keeper->n_missing == 0 || now_us - keeper->gap_told_us < GAP_INTERVAL_US)
    return;

  g_autofree char *message = g_strdup_printf (
      ngettext ("The access log lacks %u request: more came than could be written.",
                "The access log lacks %u requests: more came than could be written.",
                (gulong) keeper->n_missing),
      (guint) keeper->n_missing);
  keeper->n_missing = 0;
  keeper->has_gap = TRUE;
  keeper->gap_told_us = now_us;
  keeper->report (message, FALSE, keeper->user_data);
}

static void
tell_end_of_gap (PlAccessKeeper *keeper)
{
  gboolean is_over = keeper->has_gap && keeper->n_missing == 0
                     && g_get_monotonic_time () - keeper->gap_told_us >= GAP_INTERVAL_US;

  if (!is_over || pl_access_log_is_failing (keeper->log))
    return;
  keeper->has_gap = FALSE;
  keeper->report (_ ("The access log has every request again."), TRUE, keeper->user_data);
}

void
pl_access_keeper_add (PlAccessKeeper *keeper, GPtrArray *records, guint64 n_dropped)
{
  if (keeper->log == NULL)
    return;
  pl_access_log_add (keeper->log, records);
  keeper->n_missing += n_dropped;
  tell_gap (keeper);
  tell_end_of_gap (keeper);
}
