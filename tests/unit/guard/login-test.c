/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/guard/login.h"

static void
parse (PlHead *head, PlTarget *target, const char *text)
{
  PlHttpFault fault;

  pl_head_init (head, PL_HEAD_REQUEST, (PlHeadLimits){ 4096, PL_HEAD_ANY_NUMBER });
  g_assert_cmpint (pl_head_parse (head, text, strlen (text), &fault), ==, PL_PARSE_DONE);
  g_assert_cmpint (pl_target_parse (head->method, head->target, target), ==, PL_HTTP_FAULT_NONE);
}

static PlLogin
find (const char *line, const char *fields)
{
  g_autofree char *text = g_strdup_printf ("%s HTTP/1.1\r\n%s\r\n", line, fields);
  g_auto (PlHead) head = { 0 };
  PlTarget target;

  parse (&head, &target, text);
  return pl_login_find (&head, &target);
}

static const struct
{
  const char *line;
  const char *fields;
  PlLogin login;
} samples[] = {
  { "POST /api/auth/login", "", PL_LOGIN_PASSWORD },
  { "POST /auth/login", "", PL_LOGIN_PASSWORD },
  { "POST /photos/api/auth/login?x", "", PL_LOGIN_PASSWORD },
  { "POST http://h/api/auth/login", "", PL_LOGIN_PASSWORD },
  { "POST /API/Auth/LOGIN/", "", PL_LOGIN_PASSWORD },
  { "POST //api//auth/./login", "", PL_LOGIN_PASSWORD },
  { "POST /api/auth/x/../log%69n", "", PL_LOGIN_PASSWORD },
  { "POST /api/auth/login;x=1", "", PL_LOGIN_PASSWORD },
  { "POST /api/auth/login", "x-api-key: a\r\n", PL_LOGIN_PASSWORD },
  { "GET /api/shared-links/me?key=k&password=p", "", PL_LOGIN_LINK },
  { "HEAD /api/shared-links/me?password=p&key=k", "", PL_LOGIN_LINK },
  { "GET /api/shared-links/ME/?p%61ssword=p", "", PL_LOGIN_LINK },
  { "GET /api/shared-link/me?password=", "", PL_LOGIN_LINK },
  { "GET /api/shared-links/me?key=k&[password]=p", "", PL_LOGIN_LINK },
  { "GET /api/shared-links/me?key=k&%5Bpassword%5D=p", "", PL_LOGIN_LINK },
  { "GET /api/shared-links/me?key=k&password[]=p", "", PL_LOGIN_LINK },
  { "GET /api/shared-links/me?key=k&+password=p", "", PL_LOGIN_LINK },
  { "POST /api/shared-links/login?key=k", "", PL_LOGIN_LINK },
  { "POST /api/auth/change-password", "", PL_LOGIN_PASSWORD },
  { "POST /api/auth/session/unlock", "", PL_LOGIN_PIN },
  { "POST /api/auth/session/unlock", "x-api-key: a\r\n", PL_LOGIN_PIN },
  { "POST /API/auth/./session/%75nlock/", "", PL_LOGIN_PIN },
  { "PUT /api/auth/pin-code", "", PL_LOGIN_PIN },
  { "DELETE /api/auth/pin-code?x", "", PL_LOGIN_PIN },
  { "POST /api/auth/pin-code", "", PL_LOGIN_NONE },
  { "POST /api/auth/session/lock", "", PL_LOGIN_NONE },
  { "PUT /api/auth/session/unlock", "", PL_LOGIN_NONE },
  { "GET /api/auth/pin-code", "", PL_LOGIN_NONE },
  { "GET /api/users/me", "X-Api-Key: abc\r\n", PL_LOGIN_KEY },
  { "PUT /api/users/me?x=1&ap%69Key=abc", "", PL_LOGIN_KEY },
  { "GET /api/users/me?[apiKey]=abc", "", PL_LOGIN_KEY },
  { "GET /api/shared-links/me?key=k", "", PL_LOGIN_NONE },
  { "GET /api/shared-links/me?key=k&_password=p&[passwords]=p", "", PL_LOGIN_NONE },
  { "GET /api/shared-links/me", "", PL_LOGIN_NONE },
  { "GET /auth/login", "", PL_LOGIN_NONE },
  { "GET /auth/login?password=x", "", PL_LOGIN_NONE },
  { "POST /api/assets", "", PL_LOGIN_NONE },
  { "POST /", "", PL_LOGIN_NONE },
  { "POST /api/auth/login/x", "", PL_LOGIN_NONE },
  { "GET /api/users/me?passwordx=1&apiKe", "Cookie: x\r\n", PL_LOGIN_NONE },
  { "GET /api/assets/1/thumbnail?size=preview&c=a%2Bb", "", PL_LOGIN_NONE },
  { "OPTIONS *", "", PL_LOGIN_NONE },
};

static void
test_finds_logins (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_test_message ("%s", samples[i].line);
      g_assert_cmpint (find (samples[i].line, samples[i].fields), ==, samples[i].login);
    }
}

static void
test_judges_by_the_answer (void)
{
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PASSWORD, 201), ==, PL_LOGIN_SUCCEEDED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PASSWORD, 401), ==, PL_LOGIN_FAILED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PASSWORD, 400), ==, PL_LOGIN_FAILED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PASSWORD, 404), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PASSWORD, 502), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PASSWORD, 101), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_LINK, 401), ==, PL_LOGIN_FAILED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_LINK, 400), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_LINK, 304), ==, PL_LOGIN_SUCCEEDED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_KEY, 401), ==, PL_LOGIN_FAILED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_KEY, 200), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PIN, 400), ==, PL_LOGIN_FAILED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PIN, 204), ==, PL_LOGIN_SUCCEEDED);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PIN, 401), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_PIN, 403), ==, PL_LOGIN_UNKNOWN);
  g_assert_cmpint (pl_login_judge (PL_LOGIN_NONE, 401), ==, PL_LOGIN_UNKNOWN);
}

static guint32
hash (const char *text)
{
  g_auto (PlHead) head = { 0 };
  PlTarget target;

  parse (&head, &target, text);
  return pl_login_hash_key (&head, &target);
}

static void
test_tells_keys_apart (void)
{
  guint32 one = hash ("GET / HTTP/1.1\r\nx-api-key: one\r\n\r\n");

  g_assert_cmpuint (one, !=, 0);
  g_assert_cmpuint (one, ==, hash ("GET /?apiKey=one HTTP/1.1\r\n\r\n"));
  g_assert_cmpuint (one, !=, hash ("GET / HTTP/1.1\r\nx-api-key: two\r\n\r\n"));
  g_assert_cmpuint (one, ==, hash ("GET /?apiKey=one HTTP/1.1\r\nx-api-key:\r\n\r\n"));
  g_assert_cmpuint (hash ("GET / HTTP/1.1\r\n\r\n"), ==, 0);
}

static guint32
hash_query (const char *before, const char *key, const char *after)
{
  g_autofree char *text
      = g_strconcat ("GET /?", before, key, after, " HTTP/1.1\r\nx-api-key:\r\n\r\n", NULL);

  return hash (text);
}

/* A guess is none the less one beside a key that stays the same, under a name that is not its own
 * to Immich. */
static void
test_keys_do_not_hide_beside_others (void)
{
  static const struct
  {
    const char *before, *after;
  } cases[] = {
    { "+apiKey=x&apiKey=", "&c" },    { "APIKEY=x&apiKey=", "" },   { "apiKey.x=x&apiKey=", "" },
    { "apiKey=x&apiKey=", "" },       { "apiKey=", "&c&APIKEY=x" }, { "apiKey=", "&apiKey[]=x" },
    { "apiKey&apiKey=", "&apiKey=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint32 one = hash_query (cases[i].before, "one", cases[i].after);

      g_test_message ("%s%s", cases[i].before, cases[i].after);
      g_assert_cmpuint (one, ==, hash_query (cases[i].before, "one", cases[i].after));
      g_assert_cmpuint (one, !=, hash_query (cases[i].before, "two", cases[i].after));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login/finds-logins", test_finds_logins);
  g_test_add_func ("/login/judges-by-the-answer", test_judges_by_the_answer);
  g_test_add_func ("/login/tells-keys-apart", test_tells_keys_apart);
  g_test_add_func ("/login/keys-do-not-hide-beside-others", test_keys_do_not_hide_beside_others);
  return g_test_run ();
}
