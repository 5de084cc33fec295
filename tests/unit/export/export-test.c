/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests as files: what a hostile client sends must not become a formula, a command or a broken
 * file, and no secret may be in any of them. */

#include "app/export/export.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/unit/model/sample.h"

#define SECRET "s3cr3t"

static const char request_in[] = "GET /api/assets/a/original?key=" SECRET " HTTP/1.1\r\n"
                                 "Host: photos.lan:8080\r\nCookie: token=" SECRET "\r\n"
                                 "x-api-key: " SECRET "\r\nX-Quote: it's\r\n"
                                 "CF-Access-Client-Secret: " SECRET "\r\nX-Empty:\r\n"
                                 "Referer: http://photos.lan/share/?key=" SECRET "\r\n\r\n";
static const char response_in[] = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n"
                                  "Set-Cookie: token=" SECRET "\r\n\r\n";

static GBytes *
new_octets (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* The record takes the heads over, as the engine has it. */
static PlRecord *
new_captured (void)
{
  PlRecord *record = sample_record (1, "GET", "/api/assets/a/original?key=" SECRET "&b=%20c",
                                    "Immich_iOS_1.135.3");

  record->sent_us = 5000;
  pl_record_ensure_heads (record);
  record->heads->request_in = new_octets (request_in);
  record->heads->request_out = new_octets (request_in);
  record->heads->response_in = new_octets (response_in);
  record->heads->response_out = new_octets (response_in);
  return record;
}

static PlRecord *
new_hostile (void)
{
  PlRecord *record
      = sample_record (2, "=1+1", "/a',\"b\"{c}\\;`id`$(id)", "=cmd|' /C calc'!A0,\"x\"");

  record->status = 0;
  record->reason = PL_CLOSE_REQUEST_MALFORMED;
  record->connect_us = -1;
  record->first_byte_us = -1;
  return record;
}

static GListStore *
new_list (PlRecord *record)
{
  GListStore *list = g_list_store_new (PL_TYPE_REQUEST_ITEM);
  g_autoptr (PlRequestItem) item = pl_request_item_new (record);

  g_list_store_append (list, item);
  pl_record_unref (record);
  return list;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pl_export_save_finish (result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (user_data);
}

static char *
dup_named_export (PlExportFormat format, GListStore *list, PlDeviceList *devices)
{
  g_autofree char *folder = g_dir_make_tmp ("porchlight-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "export", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  char *text = NULL;

  pl_export_save_async (format, G_LIST_MODEL (list), devices, file, NULL, saved_cb, loop);
  g_main_loop_run (loop);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return text;
}

static char *
dup_export (PlExportFormat format, GListStore *list)
{
  g_autoptr (PlDeviceList) devices = pl_device_list_new ();

  return dup_named_export (format, list, devices);
}

static void
has_no_secret (void)
{
  g_autoptr (GListStore) list = new_list (new_captured ());
  g_autoptr (PlRequestItem) item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *curl = pl_export_dup_curl (item);

  g_assert_null (strstr (curl, SECRET));
  for (PlExportFormat format = PL_EXPORT_HAR; format <= PL_EXPORT_COMBINED; format++)
    {
      g_autofree char *text = dup_export (format, list);
      g_assert_null (strstr (text, SECRET));
    }
}

static JsonObject *
get_entry (JsonParser *parser, guint index)
{
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonObject *log = json_object_get_object_member (root, "log");

  g_assert_cmpstr (json_object_get_string_member (log, "version"), ==, "1.2");
  return json_array_get_object_element (json_object_get_array_member (log, "entries"), index);
}

static void
is_har (void)
{
  g_autoptr (GListStore) list = new_list (new_captured ());
  g_autofree char *text = dup_export (PL_EXPORT_HAR, list);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  JsonObject *entry = get_entry (parser, 0);
  JsonObject *request = json_object_get_object_member (entry, "request");
  JsonObject *response = json_object_get_object_member (entry, "response");
  JsonObject *timings = json_object_get_object_member (entry, "timings");
  g_assert_cmpstr (json_object_get_string_member (entry, "startedDateTime"), ==,
                   "2025-11-23T12:13:20.000Z");
  g_assert_cmpfloat (json_object_get_double_member (entry, "time"), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (request, "url"), ==,
                   "http://photos.lan:8080/api/assets/a/original?key=***&b=%20c");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (request, "queryString")),
                    ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (request, "headers")), ==,
                    7);
  g_assert_cmpint (json_object_get_int_member (response, "status"), ==, 200);
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (response, "content"), "mimeType"),
                   ==, "image/jpeg");
  g_assert_cmpfloat (json_object_get_double_member (timings, "connect"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (timings, "send"), ==, 4);
  g_assert_cmpfloat (json_object_get_double_member (timings, "wait"), ==, 4);
  g_assert_cmpfloat (json_object_get_double_member (timings, "receive"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (entry, "pageref"), ==, "page_1");
}

static JsonObject *
get_encryption (JsonParser *parser, PlRecord *record)
{
  g_autoptr (GListStore) list = new_list (record);
  g_autofree char *text = dup_export (PL_EXPORT_HAR, list);

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  JsonObject *entry = get_entry (parser, 0);
  return json_object_has_member (entry, "_securityDetails")
             ? json_object_get_object_member (entry, "_securityDetails")
             : NULL;
}

static void
says_how_it_was_encrypted (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  PlRecord *record = new_captured ();
  JsonObject *encryption;

  g_assert_null (get_encryption (parser, new_captured ()));
  record->tls_version = "TLSv1.3";
  record->tls_cipher = "TLS_AES_128_GCM_SHA256";
  record->tls_protocol = "h2";
  encryption = get_encryption (parser, record);
  g_assert_cmpstr (json_object_get_string_member (encryption, "protocol"), ==, "TLS 1.3");
  g_assert_cmpstr (json_object_get_string_member (encryption, "cipher"), ==,
                   "TLS_AES_128_GCM_SHA256");
  g_assert_cmpstr (json_object_get_string_member (encryption, "alpn"), ==, "h2");
}

static void
is_har_whatever_comes (void)
{
  g_autoptr (GListStore) list = new_list (new_hostile ());
  g_autofree char *text = dup_export (PL_EXPORT_HAR, list);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  const char *url = json_object_get_string_member (
      json_object_get_object_member (get_entry (parser, 0), "request"), "url");
  g_assert_true (g_uri_is_valid (url, G_URI_FLAGS_NONE, &error));
  g_assert_no_error (error);
  g_assert_null (strpbrk (url, "\"{}\\`"));
}

static void
is_empty (void)
{
  g_autoptr (GListStore) list = g_list_store_new (PL_TYPE_REQUEST_ITEM);
  g_autofree char *har = dup_export (PL_EXPORT_HAR, list);
  g_autofree char *csv = dup_export (PL_EXPORT_CSV, list);
  g_autofree char *combined = dup_export (PL_EXPORT_COMBINED, list);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, har, -1, NULL));
  g_assert_true (g_str_has_prefix (csv, "\xef\xbb\xbftime,name,device,"));
  g_assert_true (g_str_has_suffix (csv, "duration_ms\r\n"));
  g_assert_cmpstr (combined, ==, "");
}

static void
is_csv (void)
{
  g_autoptr (GListStore) list = new_list (new_hostile ());
  g_autofree char *text = dup_export (PL_EXPORT_CSV, list);
  const char *row = strstr (text, "\r\n") + 2;

  g_assert_cmpstr (row, ==,
                   "2025-11-23T12:13:20.000Z,,'=cmd|',192.168.1.23,'=1+1,photos.lan:8080,"
                   "\"/a',\"\"b\"\"{c}\\;`id`$(id)\",page,0,request-malformed,"
                   "the request was malformed,,,0,0,,,,12.000\r\n");
}

/* What the user calls a device stands beside what it says of itself; what web servers write has no
 * place for it. */
static void
has_given_names (void)
{
  g_autoptr (GListStore) list = new_list (new_captured ());
  g_autoptr (PlDeviceList) devices = pl_device_list_new ();
  g_autoptr (PlRecord) record = sample_record (1, "GET", "/", "Immich_iOS_1.135.3");

  pl_device_list_note (devices, record, 0, 0);
  pl_device_list_rename (devices, pl_device_list_find (devices, &record->client),
                         "=Anna's \"phone\"");
  g_autofree char *csv = dup_named_export (PL_EXPORT_CSV, list, devices);
  g_autofree char *har = dup_named_export (PL_EXPORT_HAR, list, devices);
  g_autofree char *combined = dup_named_export (PL_EXPORT_COMBINED, list, devices);

  g_assert_nonnull (strstr (csv, ",\"'=Anna's \"\"phone\"\"\",Immich app (iOS),192.168.1.23,GET,"));
  g_assert_nonnull (strstr (har, "=Anna's \\\"phone\\\", 192.168.1.23: finished"));
  g_assert_null (strstr (combined, "Anna"));
  g_assert_true (g_str_has_prefix (combined, "192.168.1.23 - - ["));
}

static void
is_one_command (void)
{
  g_autoptr (GListStore) list = new_list (new_hostile ());
  g_autoptr (PlRequestItem) item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *command = pl_export_dup_curl (item);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  g_shell_parse_argv (command, NULL, &words, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (words[0], ==, "curl");
  g_assert_cmpstr (words[1], ==, "--globoff");
  g_assert_cmpstr (words[2], ==, "--path-as-is");
  g_assert_cmpstr (words[3], ==, "--request");
  g_assert_cmpstr (words[4], ==, "=1+1");
  g_assert_true (g_str_has_prefix (words[5], "http://photos.lan:8080/a"));
  g_assert_cmpstr (words[6], ==, "--header");
  g_assert_cmpstr (words[7], ==, "User-Agent: =cmd|' /C calc'!A0,\"x\"");
  g_assert_null (words[8]);
}

static void
is_like_what_came (void)
{
  g_autoptr (GListStore) list = new_list (new_captured ());
  g_autoptr (PlRequestItem) item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autofree char *command = pl_export_dup_curl (item);

  g_assert_cmpstr (
      command, ==,
      "curl --globoff --path-as-is"
      " 'http://photos.lan:8080/api/assets/a/original?key=***&b=%20c'"
      " --header 'Cookie: ***' --header 'x-api-key: ***'"
      " --header 'X-Quote: it'\\''s' --header 'CF-Access-Client-Secret: ***' --header 'X-Empty;'"
      " --header 'Referer: http://photos.lan/share/?key=***'");
}

static void
is_saved (void)
{
  g_autoptr (PlDeviceList) devices = pl_device_list_new ();
  g_autofree char *folder = g_dir_make_tmp ("porchlight-export-XXXXXX", NULL);
  g_autofree char *name = pl_export_dup_file_name (PL_EXPORT_CSV);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) list = new_list (new_captured ());
  g_autofree char *expected = dup_export (PL_EXPORT_CSV, list);
  g_autofree char *written = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  pl_export_save_async (PL_EXPORT_CSV, G_LIST_MODEL (list), devices, file, NULL, saved_cb, loop);
  g_list_store_remove_all (list);
  g_main_loop_run (loop);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, expected);
  g_remove (path);
  g_rmdir (folder);
}

static void
failed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pl_export_save_finish (result, &error));
  g_assert_nonnull (error);
  g_main_loop_quit (user_data);
}

/* A disk that is full, as far as a process may have it so: a file may not grow. */
static void
is_saved_whole_or_not_at_all (void)
{
  g_autoptr (PlDeviceList) devices = pl_device_list_new ();
  g_autofree char *folder = g_dir_make_tmp ("porchlight-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "porchlight.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) list = new_list (new_captured ());
  g_autofree char *present = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  struct rlimit unlimited, limited;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  limited = (struct rlimit){ 100, unlimited.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limited), ==, 0);
  pl_export_save_async (PL_EXPORT_CSV, G_LIST_MODEL (list), devices, file, NULL, failed_cb, loop);
  g_main_loop_run (loop);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  signal (SIGXFSZ, SIG_DFL);

  g_assert_true (g_file_get_contents (path, &present, NULL, NULL));
  g_assert_cmpstr (present, ==, "before");
  g_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/secrets", has_no_secret);
  g_test_add_func ("/export/har", is_har);
  g_test_add_func ("/export/har-encrypted", says_how_it_was_encrypted);
  g_test_add_func ("/export/har-hostile", is_har_whatever_comes);
  g_test_add_func ("/export/empty", is_empty);
  g_test_add_func ("/export/csv", is_csv);
  g_test_add_func ("/export/given-names", has_given_names);
  g_test_add_func ("/export/curl-hostile", is_one_command);
  g_test_add_func ("/export/curl", is_like_what_came);
  g_test_add_func ("/export/save", is_saved);
  g_test_add_func ("/export/save-whole", is_saved_whole_or_not_at_all);
  return g_test_run ();
}
