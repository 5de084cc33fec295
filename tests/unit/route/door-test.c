/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What guests may ask for, and what they may not; what of it goes on to Immich. That all other
 * operations of Immich are refused is shown by tests/wire/test_door.py. */

#include "net/route/door.h"

#include <gio/gio.h>

#include "net/route/share_link.h"
#include "tests/unit/route/sample.h"

/* 66 letters and one whose last two bits are nought. */
#define KEY "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"
#define HEX                                                                                        \
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd" \
  "ef0123"
#define UUID "2b3c4d5e-0123-4567-89ab-cdef01234567"

typedef struct
{
  const char *request;
  PlDoorVerdict verdict;
} Case;

static const Case cases[] = {
  /* Pages and what they are made of. */
  { "GET /share/" KEY, PL_DOOR_GUEST },
  { "HEAD /share/" KEY, PL_DOOR_GUEST },
  { "GET /share/" HEX, PL_DOOR_GUEST },
  { "GET /share/" KEY "?fbclid=1", PL_DOOR_GUEST },
  { "GET /share/" KEY "/photos/" UUID, PL_DOOR_GUEST },
  { "GET /s/summer", PL_DOOR_GUEST },
  { "GET /s/so%20m%2Fmer%3F", PL_DOOR_GUEST },
  { "GET /s/%C3%BC/photos/" UUID, PL_DOOR_GUEST },
  { "GET http://photos.example/share/" KEY, PL_DOOR_GUEST },
  { "GET /_app/immutable/nodes/0.Bx-_1.js", PL_DOOR_GUEST },
  { "GET /_app/env.js", PL_DOOR_GUEST },
  { "GET /api/server/config", PL_DOOR_GUEST },

  /* Questions about a link. */
  { "GET /api/shared-links/me?key=" KEY, PL_DOOR_GUEST },
  { "GET /api/shared-links/me?password=x&key=" KEY, PL_DOOR_GUEST },
  { "GET /api/shared-links/me?slug=a%2Fb", PL_DOOR_GUEST },
  { "GET /api/assets/" UUID "/thumbnail?size=preview&key=" KEY "&c=1", PL_DOOR_GUEST },
  { "GET /api/assets/" UUID "/video/playback?key=" KEY, PL_DOOR_GUEST },
  { "POST /api/download/archive?key=" KEY, PL_DOOR_GUEST },
  { "POST /api/assets?key=" KEY, PL_DOOR_UPLOAD },
  { "PUT /api/shared-links/" UUID "/assets?slug=x", PL_DOOR_UPLOAD },

  /* Nothing of Immich's own. */
  { "GET /", PL_DOOR_NOT_SHARED },
  { "GET /photos", PL_DOOR_NOT_SHARED },
  { "GET /auth/login", PL_DOOR_NOT_SHARED },
  { "POST /api/auth/login", PL_DOOR_NOT_SHARED },
  { "GET /api/users/me?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api/server/version", PL_DOOR_NOT_SHARED },
  { "GET /api/socket.io/?transport=websocket", PL_DOOR_NOT_SHARED },
  { "GET /.well-known/immich", PL_DOOR_NOT_SHARED },
  { "POST /api/shared-links/login?key=" KEY, PL_DOOR_GUEST },
  { "POST /api/shared-links/login", PL_DOOR_NO_LINK },
  { "DELETE /api/shared-links/" UUID "/assets?key=" KEY, PL_DOOR_NOT_SHARED },
  { "PUT /api/albums/assets?key=" KEY, PL_DOOR_NOT_SHARED },
  { "POST /share/" KEY, PL_DOOR_NOT_SHARED },
  { "OPTIONS /api/server/config", PL_DOOR_NOT_SHARED },
  { "get /api/server/config", PL_DOOR_NOT_SHARED },
  { "OPTIONS *", PL_DOOR_NOT_SHARED },

  /* Without the link, with half a link, with two. */
  { "GET /api/shared-links/me", PL_DOOR_NO_LINK },
  { "GET /api/shared-links/me?", PL_DOOR_NO_LINK },
  { "GET /api/shared-links/me?password=x", PL_DOOR_NO_LINK },
  { "GET /api/shared-links/me?key=", PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?key", PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?slug=", PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?key=" KEY "&key=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?key=" KEY "&slug=x", PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?key=" KEY "&k%65y=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?k%65y=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?KEY=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?key%5B%5D=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?key[0]=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?+key=" KEY "&slug=x", PL_DOOR_UNCLEAR },
  { "GET /api/shared-links/me?password=x&password=y&key=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/assets/" UUID "?password=x&key=" KEY, PL_DOOR_UNCLEAR },
  { "GET /api/assets/" UUID "?key=" KEY "=", PL_DOOR_UNCLEAR },
  { "GET /api/assets/" UUID "?key=!" KEY, PL_DOOR_UNCLEAR },

  /* Logins in the address, on pages too. */
  { "GET /api/assets/" UUID "?key=" KEY "&apiKey=x", PL_DOOR_LOGIN },
  { "GET /api/assets/" UUID "?key=" KEY "&session%4bey=x", PL_DOOR_LOGIN },
  { "GET /api/assets/" UUID "?sessionkey[]=x&key=" KEY, PL_DOOR_LOGIN },
  { "GET /api/assets/" UUID "?slug=x&userToken=x", PL_DOOR_LOGIN },
  { "GET /api/album/" UUID "?[user%54oken]=x&slug=x", PL_DOOR_LOGIN },
  { "GET /share/" KEY "?apiKey=x", PL_DOOR_LOGIN },
  { "GET /share/" KEY "?key=x", PL_DOOR_UNCLEAR },

  /* Paths that somebody could read otherwise. */
  { "GET /share/" KEY "/", PL_DOOR_NOT_SHARED },
  { "GET /share/" KEY ".", PL_DOOR_NOT_SHARED },
  { "GET //share/" KEY, PL_DOOR_NOT_SHARED },
  { "GET /SHARE/" KEY, PL_DOOR_NOT_SHARED },
  { "GET /%73hare/" KEY, PL_DOOR_NOT_SHARED },
  { "GET /share/" KEY "/../../photos", PL_DOOR_NOT_SHARED },
  { "GET /s/..", PL_DOOR_NOT_SHARED },
  { "GET /s/%2e%2e", PL_DOOR_NOT_SHARED },
  { "GET /s/..;x", PL_DOOR_NOT_SHARED },
  { "GET /s/a%2f..%2f..%2fphotos", PL_DOOR_NOT_SHARED },
  { "GET /s/a\\..\\..\\photos", PL_DOOR_NOT_SHARED },
  { "GET /s/x/y", PL_DOOR_NOT_SHARED },
  { "GET /_app/", PL_DOOR_NOT_SHARED },
  { "GET /_app/../api/users", PL_DOOR_NOT_SHARED },
  { "GET /_app/%2e%2e/api/users", PL_DOOR_NOT_SHARED },
  { "GET /_app//x.js", PL_DOOR_NOT_SHARED },
  { "GET /_app/x;/../y", PL_DOOR_NOT_SHARED },
  { "GET /api/assets/" UUID "/../../users?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api/assets/" UUID "%2f..%2fusers?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api/assets/statistics?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api/Assets/" UUID "?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api//assets/" UUID "?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api/assets/" UUID "/?key=" KEY, PL_DOOR_NOT_SHARED },
  { "GET /api/assets/" UUID ";x?key=" KEY, PL_DOOR_NOT_SHARED },
};

static PlDoorVerdict
judge (const PlDoor *door, PlCircle circle, const char *request)
{
  g_autofree char *octets = sample_copy (request);
  PlSlice line = pl_slice (octets, strlen (request));
  PlSlice method = pl_slice (line.bytes, pl_slice_find (line, ' '));
  PlTarget target;

  g_assert_cmpint (pl_target_parse (method, pl_slice_from (line, method.length + 1), &target), ==,
                   PL_HTTP_FAULT_NONE);
  return pl_door_judge (door, circle, method, &target);
}

static void
test_links_alone (void)
{
  g_autoptr (PlDoor) door = pl_door_new ();

  pl_door_set_rule (door, PL_CIRCLE_WORLD, PL_DOOR_LINKS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlDoorVerdict verdict = judge (door, PL_CIRCLE_WORLD, cases[i].request);

      if (verdict != cases[i].verdict)
        g_error ("%s: %d instead of %d", cases[i].request, verdict, cases[i].verdict);
      g_assert_cmpint (judge (door, PL_CIRCLE_HOME, cases[i].request), ==, PL_DOOR_OPEN);
      g_assert_cmpint (judge (door, PL_CIRCLE_COMPUTER, cases[i].request), ==, PL_DOOR_OPEN);
    }
}

static void
test_uploads_where_they_are_allowed (void)
{
  g_autoptr (PlDoor) door = pl_door_new ();

  pl_door_set_rule (door, PL_CIRCLE_WORLD, PL_DOOR_LINKS);
  pl_door_set_guest_uploads (door, TRUE);
  g_assert_cmpint (judge (door, PL_CIRCLE_WORLD, "POST /api/assets?key=" KEY), ==, PL_DOOR_GUEST);
  g_assert_cmpint (judge (door, PL_CIRCLE_WORLD, "POST /api/assets"), ==, PL_DOOR_NO_LINK);
}

static void
test_what_newer_pages_need (void)
{
  static const char *const bad[] = {
    "",
    "GET",
    "GET api/x",
    "GET /api//x",
    "GET /api/../x",
    "GET /api/x y",
    "DELETE /api/x",
    "GET /api/{names}",
    "GET /api/{what}",
    "GET /api/%41",
    "get /api/x",
    "GET /",
  };
  g_autoptr (PlDoor) door = pl_door_new ();

  pl_door_set_rule (door, PL_CIRCLE_WORLD, PL_DOOR_LINKS);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (pl_door_also (door, bad[i], &error))
        g_error ("“%s” was taken", bad[i]);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  g_assert_true (pl_door_also (door, "GET /api/assets/{id}/tiles", NULL));
  g_assert_true (pl_door_also (door, "GET /fonts/{name}", NULL));
  g_assert_cmpint (judge (door, PL_CIRCLE_WORLD, "GET /api/assets/" UUID "/tiles?key=" KEY), ==,
                   PL_DOOR_GUEST);
  g_assert_cmpint (judge (door, PL_CIRCLE_WORLD, "GET /api/assets/" UUID "/tiles"), ==,
                   PL_DOOR_NO_LINK);
  g_assert_cmpint (judge (door, PL_CIRCLE_WORLD, "GET /fonts/a.woff2"), ==, PL_DOOR_GUEST);
  g_assert_cmpint (judge (door, PL_CIRCLE_WORLD, "GET /fonts/a/b"), ==, PL_DOOR_NOT_SHARED);
}

static void
test_keys (void)
{
  static const char *const bad[] = {
    "",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01R", /* spare bits */
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+_01Q",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-/01Q",
    "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"
    "ef0123",
    "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"
    "ef0123",
  };
  guint8 key[PL_SHARE_KEY_BYTES], same[PL_SHARE_KEY_BYTES];
  GString *digits = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (pl_share_key_read (pl_slice_from_string (bad[i]), key));
  g_assert_true (pl_share_key_read (PL_SLICE (KEY), key));
  for (guint i = 0; i < sizeof key; i++)
    g_string_append_printf (digits, "%02x", key[i]);
  g_assert_true (pl_share_key_read (pl_slice (digits->str, digits->len), same));
  g_assert_cmpmem (key, sizeof key, same, sizeof same);
  g_string_free (digits, TRUE);
}

static void
test_fields (void)
{
  static const struct
  {
    const char *line;
    const char *passes; /* %NULL: not at all */
  } fields[] = {
    { "Accept: */*", "*/*" },
    { "Range: bytes=0-1", "bytes=0-1" },
    { "X-Empty:", "" },
    { "Cookie: immich_access_token=x; immich_shared_link_token=abc,def; a=b",
      "immich_shared_link_token=abc,def" },
    { "Cookie: immich_access_token=x", NULL },
    { "Cookie: Immich_Shared_Link_Token=x", NULL },
    { "Cookie: immich_shared_link_token=x; immich_shared_link_token=y", NULL },
    { "Authorization: Bearer x", NULL },
    { "x-api-key: x", NULL },
    { "X_Api_Key: x", NULL },
    { "x-immich-user-token: x", NULL },
    { "x-immich-session-token: x", NULL },
    { "x-immich-share-key: x", NULL },
    { "x-immich-share-slug: x", NULL },
    { "X-Auth-Token: x", NULL },
    { "X-HTTP-Method-Override: DELETE", NULL },
    { "x_original_url: /api/users", NULL },
    { "X-Origin: x", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = g_strconcat ("GET / HTTP/1.1\n", fields[i].line, "\n\n", NULL);
      g_autoptr (SampleHead) sample = sample_head_new (PL_HEAD_REQUEST, text);
      PlSlice value;
      gboolean passes = pl_door_guest_field_passes (&sample->head.fields[0], &value);

      g_test_message ("%s", fields[i].line);
      g_assert_cmpint (passes, ==, fields[i].passes != NULL);
      if (passes)
        {
          g_autofree char *passed = pl_slice_dup_string (value);

          g_assert_cmpstr (passed, ==, fields[i].passes);
        }
    }
}

static PlDoor *
new_door_without (const char *first, const char *second)
{
  PlDoor *door = pl_door_new ();

  g_assert_true (first == NULL || pl_door_turn_away (door, first, NULL));
  g_assert_true (second == NULL || pl_door_turn_away (door, second, NULL));
  return door;
}

static gboolean
turns_away (const PlDoor *door, const char *text)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  return pl_door_turns_away (door, &address);
}

static void
test_devices_are_turned_away (void)
{
  g_autoptr (PlDoor) nobody = new_door_without (NULL, NULL);
  g_autoptr (PlDoor) door = new_door_without ("192.168.1.23", "2001:db8::/64");
  g_autoptr (PlDoor) all = new_door_without ("0.0.0.0/0", "::/0");
  g_autoptr (GError) error = NULL;

  g_assert_false (turns_away (nobody, "192.168.1.23"));
  g_assert_true (turns_away (door, "192.168.1.23:50000"));
  g_assert_true (turns_away (door, "::ffff:192.168.1.23"));
  g_assert_true (turns_away (door, "2001:db8::7"));
  g_assert_false (turns_away (door, "192.168.1.24"));
  g_assert_false (turns_away (door, "2001:db8:1::7"));
  g_assert_true (turns_away (all, "203.0.113.9"));
  g_assert_false (turns_away (all, "127.0.0.1"));
  g_assert_false (turns_away (all, "::1"));
  g_assert_false (pl_door_turn_away (nobody, "the phone", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* The copy of a configuration has a copy of its door, which outlives it. */
static void
test_a_copy_turns_away_by_itself (void)
{
  PlDoor *door = pl_door_new ();
  g_autoptr (PlDoor) copy = NULL;

  g_assert_true (pl_door_turn_away (door, "192.168.1.23", NULL));
  copy = pl_door_dup (door);
  pl_door_free (door);
  g_assert_true (turns_away (copy, "192.168.1.23"));
  g_assert_false (turns_away (copy, "192.168.1.24"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/door/links-alone", test_links_alone);
  g_test_add_func ("/route/door/uploads-where-they-are-allowed",
                   test_uploads_where_they_are_allowed);
  g_test_add_func ("/route/door/what-newer-pages-need", test_what_newer_pages_need);
  g_test_add_func ("/route/door/keys", test_keys);
  g_test_add_func ("/route/door/fields", test_fields);
  g_test_add_func ("/route/door/devices-are-turned-away", test_devices_are_turned_away);
  g_test_add_func ("/route/door/copied", test_a_copy_turns_away_by_itself);
  return g_test_run ();
}
