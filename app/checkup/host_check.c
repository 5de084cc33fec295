/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nobody behind the proxy says which Host came to them. But the log knows every request as it was
 * sent on: so one is sent that can be told from all others, and looked up. */

#include "app/checkup/checks.h"

#include <string.h>

#include "app/finder/ask.h"
#include "app/i18n.h"

#define TIMEOUT_MS 5000

/* A record comes into the log at most some thirtieths of a second after its exchange. */
#define RECORD_TIMEOUT_MS 2000

typedef struct
{
  PlCheckRun *run;
  char *path;
  gulong handler;
  guint timer;
} HostCheck;

static PlRequestLog *
get_log (HostCheck *check)
{
  return pl_engine_get_log (check->run->site->engine);
}

static void
end (HostCheck *check, PlCheckState state, char *words, char *advice)
{
  PlCheckRun *run = check->run;

  g_clear_signal_handler (&check->handler, get_log (check));
  g_clear_handle_id (&check->timer, g_source_remove);
  pl_engine_unwatch_heads (run->site->engine);
  g_free (check->path);
  g_free (check);
  pl_check_run_end (run, state, words, advice);
}

static const PlHeaderRow *
find_host (PlHeaderDiff *diff)
{
  for (guint i = 0; i < pl_header_diff_get_n_rows (diff); i++)
    {
      const PlHeaderRow *row = pl_header_diff_get_row (diff, i);
      if (g_ascii_strcasecmp (row->name, "Host") == 0)
        return row;
    }
  return NULL;
}

/* The port is part of it, but for the one that goes without saying (RFC 9110 §4.2.1). */
static char *
dup_expected (PlCheckRun *run)
{
  gboolean is_secure = g_str_has_prefix (run->site->local_url, "https://");
  const char *authority = strstr (run->site->local_url, "://") + strlen ("://");
  const char *usual = is_secure ? ":443" : ":80";
  gboolean goes_without_saying
      = run->site->port == (is_secure ? 443 : 80) && g_str_has_suffix (authority, usual);

  return g_strndup (authority, strlen (authority) - (goes_without_saying ? strlen (usual) : 0));
}

static void
judge (HostCheck *check, PlRequestItem *item)
{
  g_autofree char *expected = dup_expected (check->run);
  g_autoptr (PlHeaderDiff) diff = pl_request_item_new_diff (item, PL_HEAD_REQUEST);
  const PlHeaderRow *row = diff != NULL ? find_host (diff) : NULL;

  if (row == NULL)
    end (check, PL_CHECK_SKIPPED, g_strdup (_ ("The request was not kept, so it cannot be seen.")),
         NULL);
  else if (g_strcmp0 (row->value_out, expected) == 0)
    end (check, PL_CHECK_PASS, g_strdup_printf (_ ("%s, as it was typed."), expected), NULL);
  else
    end (check, PL_CHECK_FAULT,
         g_strdup_printf (_ ("%s instead of %s, as it was typed."),
                          row->value_out != NULL ? row->value_out : "–", expected),
         g_strdup (_ ("Links that Immich makes will lead to the wrong place.")));
}

static gboolean
try_find (HostCheck *check)
{
  PlRequestLog *log = get_log (check);

  for (guint i = pl_request_log_get_n (log); i > 0; i--)
    {
      PlRequestItem *item = pl_request_log_get (log, i - 1);
      if (!g_str_equal (pl_request_item_get_target (item), check->path)
          || pl_request_item_is_running (item))
        continue;
      judge (check, item);
      return TRUE;
    }
  return FALSE;
}

static void
log_changed_cb (HostCheck *check)
{
  try_find (check);
}

static gboolean
not_seen_cb (gpointer user_data)
{
  HostCheck *check = user_data;

  check->timer = 0;
  end (check, PL_CHECK_SKIPPED,
       g_strdup (_ ("The log stands still, so it cannot be seen: let it go on on the Requests "
                    "page.")),
       NULL);
  return G_SOURCE_REMOVE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HostCheck *check = user_data;
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);

  if (body == NULL)
    {
      end (check, PL_CHECK_SKIPPED, g_strdup (_ ("No answer came.")), NULL);
      return;
    }
  if (try_find (check))
    return;
  check->timer = g_timeout_add (RECORD_TIMEOUT_MS, not_seen_cb, check);
  check->handler = g_signal_connect_swapped (get_log (check), "items-changed",
                                             G_CALLBACK (log_changed_cb), check);
}

void
pl_check_host (PlCheckRun *run)
{
  HostCheck *check;
  g_autofree char *mark = g_uuid_string_random ();
  g_autoptr (SoupMessage) message = NULL;

  if (run->site->engine == NULL)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED, g_strdup (_ ("There is no log to see it in.")),
                        NULL);
      return;
    }
  check = g_new0 (HostCheck, 1);
  check->run = run;
  check->path = g_strconcat (run->through->health_path, "?check=", mark, NULL);
  message = pl_ask_new_message (run->site->local_url, check->path);
  pl_engine_watch_heads (run->site->engine);
  pl_ask_async (run->through_session, message, TIMEOUT_MS, run->cancellable, asked_cb, check);
}
