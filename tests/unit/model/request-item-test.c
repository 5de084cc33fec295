/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row and its detail pane say of an exchange. */

#include "app/model/request_item.h"
#include "tests/unit/model/sample.h"

typedef struct
{
  const char *method;
  const char *target;
  guint status;
  PlCloseReason reason;
  PlTone tone;
  gboolean is_error;
} ToneCase;

static const ToneCase tones[] = {
  { "GET", "/", 200, PL_CLOSE_DONE, PL_TONE_GOOD, FALSE },
  { "GET", "/", 304, PL_CLOSE_DONE, PL_TONE_NEUTRAL, FALSE },
  { "GET", "/", 404, PL_CLOSE_DONE, PL_TONE_WARNING, TRUE },
  { "GET", "/", 500, PL_CLOSE_DONE, PL_TONE_BAD, TRUE },
  { "GET", "/", 503, PL_CLOSE_UPSTREAM_DOWN, PL_TONE_BAD, TRUE },
  { "GET", "/", 0, PL_CLOSE_SHUTTING_DOWN, PL_TONE_BAD, TRUE },
  { "GET", "/api/assets/a/thumbnail", 200, PL_CLOSE_CLIENT_GONE, PL_TONE_NEUTRAL, FALSE },
  { "POST", "/api/assets", 0, PL_CLOSE_CLIENT_GONE, PL_TONE_WARNING, TRUE },
  { "GET", "/", 200, PL_CLOSE_RESPONSE_TRUNCATED, PL_TONE_BAD, TRUE },
  { "GET", "/", 400, PL_CLOSE_REQUEST_MALFORMED, PL_TONE_WARNING, TRUE },
  { "GET", "/api/socket.io/", 101, PL_CLOSE_TUNNEL_CLOSED, PL_TONE_GOOD, FALSE },
};

static void
has_a_tone (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      g_autoptr (PlRecord) record = sample_record (1, tones[i].method, tones[i].target, "");
      record->status = (guint16) tones[i].status;
      record->reason = tones[i].reason;
      g_autoptr (PlRequestItem) item = pl_request_item_new (record);

      g_test_message ("%s %s %u", tones[i].method, tones[i].target, tones[i].status);
      g_assert_cmpint (pl_request_item_get_tone (item), ==, tones[i].tone);
      g_assert_cmpint ((pl_request_item_get_flags (item) & PL_REQUEST_ERROR) != 0, ==,
                       tones[i].is_error);
    }
}

static void
says_what_is_asked (void)
{
  g_autoptr (PlRecord) record
      = sample_record (7, "GET", "/api/assets/8f/original?key=secret", "Immich_iOS_1.135.3");
  g_autoptr (PlRequestItem) item = pl_request_item_new (record);
  g_autofree char *client = pl_request_item_dup_client (item);
  g_autofree char *url = pl_request_item_dup_url (item);
  g_autofree char *time = pl_request_item_dup_time (item);
  g_autofree char *full_time = pl_request_item_dup_full_time (item);

  g_assert_cmpuint (pl_request_item_get_id (item), ==, 7);
  g_assert_cmpstr (pl_request_item_get_device (item), ==, "Immich app (iOS)");
  g_assert_cmpstr (pl_request_item_get_path_words (item), ==, "original");
  g_assert_cmpstr (client, ==, "192.168.1.23");
  g_assert_cmpstr (url, ==, "http://photos.lan:8080/api/assets/8f/original?key=***");
  g_assert_cmpuint (strlen (time), ==, strlen ("14:03:07"));
  g_assert_nonnull (strstr (full_time, time));
  g_assert_cmpstr (pl_request_item_get_protocol (item), ==, "HTTP/1.1");
  g_assert_nonnull (pl_request_item_get_no_heads_words (item));
  g_assert_null (pl_request_item_new_diff (item, PL_HEAD_REQUEST));
}

static void
has_the_address_that_was_typed (void)
{
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/photos", "");
  g_autoptr (PlRequestItem) item = pl_request_item_new (record);
  g_autofree char *plain = pl_request_item_dup_url (item);
  g_autofree char *encrypted = NULL;

  record->tls_version = "TLSv1.3";
  encrypted = pl_request_item_dup_url (item);
  g_assert_true (g_str_has_prefix (plain, "http://"));
  g_assert_true (g_str_has_prefix (encrypted, "https://"));
}

static void
says_why_there_are_no_heads (void)
{
  g_autoptr (PlRecord) readable = sample_record (1, "GET", "/", "");
  g_autoptr (PlRecord) unreadable = sample_record (2, "", "", "");
  g_autoptr (PlRecord) tls = sample_record (3, "", "", "");

  unreadable->reason = PL_CLOSE_REQUEST_MALFORMED;
  tls->reason = PL_CLOSE_TLS_SPOKEN;
  g_autoptr (PlRequestItem) item = pl_request_item_new (readable);
  g_autoptr (PlRequestItem) other = pl_request_item_new (unreadable);
  g_autoptr (PlRequestItem) hello = pl_request_item_new (tls);
  g_assert_true (g_str_has_prefix (pl_request_item_get_no_heads_words (item), "Headers are kept"));
  readable->reason = PL_CLOSE_NOT_SHARED;
  g_assert_true (
      g_str_has_prefix (pl_request_item_get_no_heads_words (item), "Of what is turned away"));
  g_assert_true (
      g_str_has_prefix (pl_request_item_get_no_heads_words (other), "There was no head"));
  g_assert_cmpstr (pl_request_item_get_unread_words (other), ==, "(not readable)");
  g_assert_cmpstr (pl_request_item_get_unread_words (hello), ==,
                   "(tried https://; type http:// for now)");
  tls->reason = PL_CLOSE_TLS_UNTRUSTED;
  g_assert_cmpstr (pl_request_item_get_unread_words (hello), ==, "(no encryption was agreed on)");
  pl_record_ensure_heads (readable)->request_in = g_bytes_new_static ("GET / HTTP/1.1\r\n\r\n", 18);
  g_assert_null (pl_request_item_get_no_heads_words (item));
}

/* The same status from Immich is another thing than from here. */
static void
says_who_is_not_ready (void)
{
  g_autoptr (PlRecord) theirs = sample_record (1, "GET", "/", "");
  g_autoptr (PlRecord) ours = sample_record (2, "GET", "/", "");

  theirs->status = ours->status = 503;
  ours->reason = PL_CLOSE_UPSTREAM_DOWN;
  g_autoptr (PlRequestItem) item = pl_request_item_new (theirs);
  g_assert_cmpstr (pl_request_item_get_status_words (item), ==,
                   "Immich says it is not ready (503)");
  g_autoptr (PlRequestItem) own = pl_request_item_new (ours);
  g_assert_cmpstr (pl_request_item_get_status_words (own), ==, "Immich does not answer now");
}

static void
assert_turned_away (guint status, PlCloseReason why)
{
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/api/users/me", "");

  record->status = status;
  record->reason = why;
  g_autoptr (PlRequestItem) item = pl_request_item_new (record);
  g_autofree char *reason = pl_request_item_dup_reason (item);
  g_assert_cmpstr (pl_request_item_get_status_words (item), ==, "turned away at the door");
  g_assert_cmpstr (reason, ==, pl_close_get_words (why));
  g_assert_cmpint (pl_request_item_get_tone (item), ==, PL_TONE_WARNING);
  g_assert_true ((pl_request_item_get_flags (item) & PL_REQUEST_ERROR) != 0);
}

/* Nobody there was asked whether there is such a thing, or whether they may. */
static void
says_who_was_turned_away (void)
{
  assert_turned_away (404, PL_CLOSE_NOT_SHARED);
  assert_turned_away (403, PL_CLOSE_DEVICE_TURNED_AWAY);
}

typedef struct
{
  const char *name;
  gint64 connect_us, sent_us, first_byte_us, duration_us;
  PlTiming timing;
} TimingCase;

static const TimingCase timings[] = {
  { "usual", 1000, 3000, 9000, 12000, { 1000, 2000, 6000, 3000 } },
  { "not answered", 1000, 3000, -1, 12000, { 1000, 2000, 9000, 0 } },
  { "given up while sending", 1000, -1, -1, 12000, { 1000, 11000, 0, 0 } },
  { "no connection", -1, -1, -1, 12000, { 12000, 0, 0, 0 } },
  { "no time", 0, 0, 0, 0, { 0, 0, 0, 0 } },
  { "answered early", 1000, 11000, 4000, 12000, { 1000, 3000, 0, 8000 } },
  { "answered early, never sent", 1000, -1, 4000, 12000, { 1000, 3000, 0, 8000 } },
  { "moments that do not fit", 5000, 2000, 4000, 6000, { 5000, 0, 0, 1000 } },
  { "later than the end", 5000, 7000, 8000, 6000, { 5000, 1000, 0, 0 } },
};

static void
parts_its_time (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (timings); i++)
    {
      g_autoptr (PlRecord) record = sample_record (1, "GET", "/", "");
      g_test_message ("%s", timings[i].name);
      record->connect_us = timings[i].connect_us;
      record->sent_us = timings[i].sent_us;
      record->first_byte_us = timings[i].first_byte_us;
      record->duration_us = timings[i].duration_us;
      g_autoptr (PlRequestItem) item = pl_request_item_new (record);
      PlTiming timing = pl_request_item_get_timing (item);

      g_assert_cmpint (timing.connect_us, ==, timings[i].timing.connect_us);
      g_assert_cmpint (timing.upload_us, ==, timings[i].timing.upload_us);
      g_assert_cmpint (timing.wait_us, ==, timings[i].timing.wait_us);
      g_assert_cmpint (timing.transfer_us, ==, timings[i].timing.transfer_us);
    }
}

/* They began long ago by the wall's clock, which does not count. */
static void
takes_longer_while_it_runs (void)
{
  g_autoptr (PlRecord) running = sample_running (1, "/api/assets", 250, 0);
  g_autoptr (PlRequestItem) item = pl_request_item_new (running);
  gint64 before_us = pl_request_item_get_duration_us (item);

  g_usleep (20000);
  gint64 after_us = pl_request_item_get_duration_us (item);
  PlTiming timing = pl_request_item_get_timing (item);

  g_assert_cmpint (before_us, >=, running->duration_us);
  g_assert_cmpint (after_us, >=, before_us + 20000);
  g_assert_cmpint (after_us, <, G_TIME_SPAN_HOUR);
  g_assert_cmpint (timing.connect_us + timing.upload_us + timing.wait_us + timing.transfer_us, >=,
                   after_us);
}

static void
count_cb (PlRequestItem *item, guint *n_changes)
{
  ++*n_changes;
}

static void
goes_on (void)
{
  g_autoptr (PlRecord) running = sample_running (1, "/api/assets", 250, 0);
  g_autoptr (PlRecord) ended = sample_record (1, "POST", "/api/assets", "");
  running->up_total_bytes = 1000;
  ended->up_bytes = 340000000;
  ended->status = 0;
  ended->reason = PL_CLOSE_CLIENT_GONE;
  g_autoptr (PlRequestItem) item = pl_request_item_new (running);
  guint n_changes = 0;

  g_signal_connect (item, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (pl_request_item_is_running (item));
  g_assert_cmpint (pl_request_item_get_tone (item), ==, PL_TONE_RUNNING);
  g_assert_cmpfloat (pl_request_item_get_fraction (item), ==, 0.25);
  g_assert_cmpstr (pl_request_item_get_status_words (item), ==, "not answered yet");
  pl_request_item_update (item, ended);
  g_assert_cmpint (pl_request_item_get_duration_us (item), ==, 12000);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpfloat (pl_request_item_get_fraction (item), ==, -1);
  g_autofree char *reason = pl_request_item_dup_reason (item);
  g_assert_cmpstr (reason, ==, "the device went away at 340 MB");
  g_assert_cmpstr (pl_request_item_get_status_words (item), ==, "not answered");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-item/tone", has_a_tone);
  g_test_add_func ("/request-item/asked", says_what_is_asked);
  g_test_add_func ("/request-item/timing", parts_its_time);
  g_test_add_func ("/request-item/takes-longer", takes_longer_while_it_runs);
  g_test_add_func ("/request-item/goes-on", goes_on);
  g_test_add_func ("/request-item/no-heads", says_why_there_are_no_heads);
  g_test_add_func ("/request-item/address", has_the_address_that_was_typed);
  g_test_add_func ("/request-item/who-is-not-ready", says_who_is_not_ready);
  g_test_add_func ("/request-item/turned-away", says_who_was_turned_away);
  return g_test_run ();
}
