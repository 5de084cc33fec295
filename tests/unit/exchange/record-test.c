/* SPDX-License-Identifier: GPL-3.0-or-later */

/* net/exchange/record.c: what a record shows of what came, and what it does not. */

#include "net/exchange/record.h"

#include <string.h>

static const struct
{
  const char *name;
  gsize text;   /* its place in PlRecordText */
  gsize record; /* and in PlRecord */
  gsize most;   /* octets */
  gboolean is_masked;
} fields[] = {
#define FIELD(name, most, is_masked)                                                               \
  {                                                                                                \
#name, G_STRUCT_OFFSET(PlRecordText, name), G_STRUCT_OFFSET(PlRecord, name), most, is_masked   \
  }
  FIELD (method, 32, FALSE),      FIELD (target, 1024, TRUE), FIELD (host, 255, FALSE),
  FIELD (user_agent, 256, FALSE), FIELD (referer, 512, TRUE), FIELD (route, 63, FALSE),
};

/* The record of a text that ends where its memory does. */
static PlRecord *
new_record (guint field, const char *bytes, gsize length)
{
  g_autofree char *copy = g_memdup2 (bytes, length);
  PlRecordText text = { 0 };

  G_STRUCT_MEMBER (PlSlice, &text, fields[field].text) = pl_slice (copy, length);
  return pl_record_new (&text);
}

static const char *
get_field (const PlRecord *record, guint field)
{
  return G_STRUCT_MEMBER (const char *, record, fields[field].record);
}

static void
test_new (void)
{
  g_autoptr (PlRecord) record = pl_record_new (&(PlRecordText){ 0 });

  g_assert_cmpint (record->state, ==, PL_RECORD_RUNNING);
  g_assert_cmpint (record->reason, ==, PL_CLOSE_NONE);
  g_assert_cmpuint (record->status, ==, 0);
  g_assert_cmpint (record->connect_us, ==, -1);
  g_assert_cmpint (record->sent_us, ==, -1);
  g_assert_cmpint (record->first_byte_us, ==, -1);
  g_assert_cmpint (record->up_total_bytes, ==, -1);
  g_assert_cmpint (record->down_total_bytes, ==, -1);
  g_assert_cmpuint (record->up_bytes, ==, 0);
  g_assert_cmpuint (record->down_bytes, ==, 0);
  g_assert_null (record->heads);
  g_assert_cmpstr (record->upstream, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (get_field (record, i), ==, "");
}

static void
test_all_texts (void)
{
  PlRecordText text = {
    .method = PL_SLICE ("GET"),
    .target = PL_SLICE ("/api/assets?key=secret&size=thumbnail"),
    .host = PL_SLICE ("photos.lan:8080"),
    .user_agent = PL_SLICE ("Immich_Android_1.118"),
    .referer = PL_SLICE ("http://photos.lan/share?slug=secret"),
    .route = PL_SLICE ("api"),
  };
  g_autoptr (PlRecord) record = pl_record_new (&text);

  g_assert_cmpstr (record->method, ==, "GET");
  g_assert_cmpstr (record->target, ==, "/api/assets?key=***&size=thumbnail");
  g_assert_cmpstr (record->host, ==, "photos.lan:8080");
  g_assert_cmpstr (record->user_agent, ==, "Immich_Android_1.118");
  g_assert_cmpstr (record->referer, ==, "http://photos.lan/share?slug=***");
  g_assert_cmpstr (record->route, ==, "api");
}

static void
test_cut_at_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (gsize length = fields[i].most - 1; length <= fields[i].most + 1; length++)
      {
        g_autofree char *text = g_strnfill (length, 'x');
        g_autoptr (PlRecord) record = new_record (i, text, length);

        g_assert_cmpuint (strlen (get_field (record, i)), ==, MIN (length, fields[i].most));
        g_assert_true (g_str_has_prefix (text, get_field (record, i)));
        g_assert_cmpint (record->target_is_cut, ==,
                         get_field (record, i) == record->target && length > fields[i].most);
      }
}

/* The table of the tests has a row for each of the record's. */
static void
test_every_text_is_tried (void)
{
  guint n_rows = 0;

#define X(name, most, form) n_rows++;
  PL_RECORD_TEXTS (X)
#undef X
  g_assert_cmpuint (n_rows, ==, G_N_ELEMENTS (fields));
}

/* All texts as long as they may be, and longer, and such that they grow when they are escaped: the
 * place where they are composed has room for all, and each stands where it ends itself. */
static void
test_all_too_long (void)
{
  for (guint octet = 0; octet < 2; octet++)
    {
      g_autofree char *endless = g_strnfill (4096, octet == 0 ? 'x' : '\001');
      PlRecordText text;
      g_autoptr (PlRecord) record = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        G_STRUCT_MEMBER (PlSlice, &text, fields[i].text) = pl_slice (endless, 4096);
      record = pl_record_new (&text);
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        g_assert_cmpuint (strlen (get_field (record, i)), <=, fields[i].most);
    }
}

/* What is not printable may be anything, a terminal's commands and the end of a string too. */
static void
test_printable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint octet = 0; octet < 256; octet++)
      {
        char text[] = { 'a', (char) octet, 'z' };
        g_autoptr (PlRecord) record = new_record (i, text, sizeof text);
        const char *shown = get_field (record, i);

        g_assert_cmpuint (strlen (shown), >=, 3);
        g_assert_true (shown[0] == 'a' && g_str_has_suffix (shown, "z"));
        for (gsize j = 0; shown[j] != '\0'; j++)
          g_assert_true (g_ascii_isprint (shown[j]));
        if (g_ascii_isgraph ((char) octet))
          g_assert_cmpmem (shown, strlen (shown), text, sizeof text);
      }
}

/* Octets that take three when they are escaped do not make a text longer than it may be, and a
 * secret stays one wherever the cut falls. */
static void
test_cut_does_not_uncover (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (gsize before = fields[i].most - 40; fields[i].is_masked && before < fields[i].most;
         before++)
      for (guint filling = 0; filling < 2; filling++)
        {
          g_autofree char *path = g_strnfill (before, filling == 0 ? 'x' : '\001');
          g_autofree char *text = g_strdup_printf ("/%s?a=b&key=SECRET&password=SECRET", path);
          g_autoptr (PlRecord) record = new_record (i, text, strlen (text));

          g_assert_cmpuint (strlen (get_field (record, i)), <=, fields[i].most);
          g_assert_null (strchr (get_field (record, i), 'S'));
          if (strlen (text) > fields[i].most)
            g_assert_cmpint (record->target_is_cut, ==, get_field (record, i) == record->target);
        }
}

static void
test_upstream (void)
{
  g_autofree char *endless = g_strnfill (300, 'x');
  g_autoptr (PlRecord) record = new_record (0, "GET", 3);

  pl_record_set_upstream (record, "[2001:db8::7]:2283");
  g_assert_cmpstr (record->upstream, ==, "[2001:db8::7]:2283");
  pl_record_set_upstream (record, endless);
  g_assert_cmpuint (strlen (record->upstream), ==, 63);
  g_assert_cmpstr (record->method, ==, "GET");
  pl_record_set_upstream (record, "nas:80");
  g_assert_cmpstr (record->upstream, ==, "nas:80");
}

/* Copies */

static void
test_copy_is_independent (void)
{
  PlRecord *record = new_record (1, "/api", 4);
  g_autoptr (PlRecord) copy = NULL;

  record->id = 7;
  record->up_bytes = 100;
  record->reused = TRUE;
  pl_record_set_upstream (record, "first:80");
  copy = pl_record_copy (record);
  record->up_bytes = 200;
  record->state = PL_RECORD_FINISHED;
  record->reason = PL_CLOSE_CLIENT_GONE;
  pl_record_set_upstream (record, "second:80");
  g_assert_cmpstr (record->target, ==, "/api");
  pl_record_unref (record);

  g_assert_cmpuint (copy->id, ==, 7);
  g_assert_cmpuint (copy->up_bytes, ==, 100);
  g_assert_true (copy->reused);
  g_assert_cmpint (copy->state, ==, PL_RECORD_RUNNING);
  g_assert_cmpint (copy->reason, ==, PL_CLOSE_NONE);
  g_assert_cmpstr (copy->upstream, ==, "first:80");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (get_field (copy, i), ==, i == 1 ? "/api" : "");
}

/* The original may have had many owners; each copy has one. */
static void
test_copy_counts_anew (void)
{
  PlRecord *record = new_record (0, "GET", 3), *copy;

  pl_record_ref (record);
  copy = pl_record_copy (record);
  pl_record_unref (copy);
  pl_record_unref (record);
  g_assert_cmpstr (record->method, ==, "GET");
  pl_record_unref (record);
}

static void
assert_head (GBytes *head, const char *text)
{
  gsize length;
  const char *bytes;

  g_assert_nonnull (head);
  bytes = g_bytes_get_data (head, &length);
  g_assert_cmpmem (bytes, length, text, strlen (text));
}

static void
test_heads (void)
{
  PlRecord *record = new_record (0, "GET", 3);
  g_autofree char *bytes = g_strdup ("GET / HTTP/1.1\r\nCookie: a\r\n\r\n");
  g_autofree char *expected = g_strdup (bytes);
  PlRecordHeads *heads = pl_record_ensure_heads (record);
  g_autoptr (PlRecord) copy = NULL;

  g_assert_true (pl_record_ensure_heads (record) == heads);
  g_assert_true (record->heads == heads);
  g_assert_null (heads->request_in);
  pl_record_keep_head (&heads->request_in, pl_slice (bytes, strlen (bytes)));
  pl_record_keep_head (&heads->request_out, PL_SLICE ("first try"));
  memset (bytes, 'x', strlen (bytes));
  assert_head (heads->request_in, expected);

  /* A retry sends another head; what was said of the first try stays as it was. */
  copy = pl_record_copy (record);
  pl_record_keep_head (&heads->request_out, PL_SLICE ("second try"));
  pl_record_keep_head (&heads->response_in, PL_SLICE ("HTTP/1.1 200 OK\r\n\r\n"));
  assert_head (heads->request_out, "second try");
  pl_record_unref (record);
  assert_head (copy->heads->request_in, expected);
  assert_head (copy->heads->request_out, "first try");
  g_assert_null (copy->heads->response_in);
  g_assert_null (copy->heads->response_out);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/record/new", test_new);
  g_test_add_func ("/exchange/record/all-texts", test_all_texts);
  g_test_add_func ("/exchange/record/cut-at-limits", test_cut_at_limits);
  g_test_add_func ("/exchange/record/every-text-is-tried", test_every_text_is_tried);
  g_test_add_func ("/exchange/record/all-too-long", test_all_too_long);
  g_test_add_func ("/exchange/record/printable", test_printable);
  g_test_add_func ("/exchange/record/cut-does-not-uncover", test_cut_does_not_uncover);
  g_test_add_func ("/exchange/record/upstream", test_upstream);
  g_test_add_func ("/exchange/record/copy-is-independent", test_copy_is_independent);
  g_test_add_func ("/exchange/record/copy-counts-anew", test_copy_counts_anew);
  g_test_add_func ("/exchange/record/heads", test_heads);
  return g_test_run ();
}
