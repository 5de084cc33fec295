/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/checks.h"

#include <string.h>

#include "app/finder/ask.h"
#include "app/i18n.h"

#define TIMEOUT_MS 5000

/* Of what Immich gives to everybody, these are files, and one or the other is in every version. */
static const char *const files[] = { "/favicon.ico", "/favicon.png", "/apple-icon-180.png", "/" };

typedef struct
{
  PlCheckRun *run;
  guint file;
} RangeCheck;

static void ask_through (RangeCheck *check);
static void ask_past (RangeCheck *check);

static void
end_range (RangeCheck *check, PlCheckState state, const char *words, char *advice)
{
  pl_check_run_end (check->run, state, g_strdup (words), advice);
  g_free (check);
}

static guint
finish_part (GAsyncResult *result)
{
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);

  return body != NULL ? soup_message_get_status (pl_ask_get_message (result)) : 0;
}

static void
try_next_file (RangeCheck *check)
{
  if (++check->file < G_N_ELEMENTS (files))
    ask_through (check);
  else
    end_range (check, PL_CHECK_SKIPPED,
               _ ("Nothing Immich shows without a login comes in parts, so it cannot be seen."),
               NULL);
}

static void
asked_past_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RangeCheck *check = user_data;
  const char *upstream = pl_check_run_get_upstream (check->run);

  if (finish_part (result) == SOUP_STATUS_PARTIAL_CONTENT)
    end_range (check, PL_CHECK_FAULT, _ ("Whole files come where a part was asked for."),
               g_strdup_printf (_ ("Immich at %s does send parts, so they are lost on the way. "
                                   "Videos will not skip, and downloads start anew."),
                                upstream));
  else
    try_next_file (check);
}

/* A whole file says nothing: unknown paths lead to Immich's start page. So it is asked for again,
 * where nothing is in between. Not where the web part is elsewhere, for that is not known. */
static void
asked_through_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RangeCheck *check = user_data;
  PlCheckSite *site = check->run->site;
  guint status = finish_part (result);

  pl_check_run_add_detail (check->run,
                           g_strdup_printf ("GET %s, bytes=0-0: %u", files[check->file], status));
  if (status == SOUP_STATUS_PARTIAL_CONTENT)
    end_range (check, PL_CHECK_PASS, _ ("They come as asked for."), NULL);
  else if (status == SOUP_STATUS_OK && !site->strips_api)
    ask_past (check);
  else
    try_next_file (check);
}

static void
ask_part (RangeCheck *check, SoupSession *session, const char *url, GAsyncReadyCallback callback)
{
  g_autoptr (SoupMessage) message = pl_ask_new_message (url, files[check->file]);
  SoupMessageHeaders *fields = soup_message_get_request_headers (message);

  soup_message_headers_append (fields, "Range", "bytes=0-0");
  soup_message_headers_append (fields, "Accept-Encoding", "identity");
  pl_ask_async (session, message, TIMEOUT_MS, check->run->cancellable, callback, check);
}

static void
ask_through (RangeCheck *check)
{
  ask_part (check, check->run->through_session, check->run->site->local_url, asked_through_cb);
}

static void
ask_past (RangeCheck *check)
{
  ask_part (check, check->run->straight_session, pl_check_run_get_upstream (check->run),
            asked_past_cb);
}

void
pl_check_range (PlCheckRun *run)
{
  RangeCheck *check = g_new0 (RangeCheck, 1);

  check->run = run;
  ask_through (check);
}

/* Whether the page tells browsers to ask for all that is in it by HTTPS, in a field or in itself.
 */
static gboolean
demands_https (SoupMessage *message, GBytes *body)
{
  SoupMessageHeaders *fields = soup_message_get_response_headers (message);
  const char *policy = soup_message_headers_get_list (fields, "Content-Security-Policy");

  return (policy != NULL && strstr (policy, "upgrade-insecure-requests") != NULL)
         || strstr (g_bytes_get_data (body, NULL), "upgrade-insecure-requests") != NULL;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);

  if (body == NULL)
    pl_check_run_end (run, PL_CHECK_FAULT, g_strdup (_ ("The start page does not come.")),
                      g_strdup (_ ("Look at it on the Requests page.")));
  else if (demands_https (pl_ask_get_message (result), body))
    pl_check_run_end (
        run, run->site->exposure == PL_EXPOSURE_COMPUTER ? PL_CHECK_WARNING : PL_CHECK_FAULT,
        g_strdup (_ ("Immich tells browsers to load everything by HTTPS, so on other devices the "
                     "page stays empty.")),
        g_strdup (_ ("Take IMMICH_HELMET_FILE=true out of Immich’s settings (.env), then run "
                     "“docker compose up -d”.")));
  else
    pl_check_run_end (run, PL_CHECK_PASS, g_strdup (_ ("Nothing in them asks for HTTPS.")), NULL);
}

void
pl_check_pages (PlCheckRun *run)
{
  g_autoptr (SoupMessage) message = pl_ask_new_message (run->site->local_url, "/");

  soup_message_headers_append (soup_message_get_request_headers (message), "Accept", "text/html");
  pl_ask_async (run->through_session, message, TIMEOUT_MS, run->cancellable, page_cb, run);
}
