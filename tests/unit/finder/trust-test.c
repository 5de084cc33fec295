/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which certificates are taken where Immich is asked how it is, and what it is: those that requests
 * would meet. By whatever GIO has TLS from on this system. */

#include "net/upstream/trust.h"

#include "app/finder/ask.h"
#include "app/finder/belief.h"
#include "net/upstream/health-check.h"
#include "tests/unit/certificates/https_site.h"

#define TIMEOUT_MS 20000
#define PING       "/api/server/ping"
#define HERE       "IP:127.0.0.1"

/* Whom the proof names as authorities. */
typedef enum
{
  NAMES_NOBODY,
  NAMES_ITS_OWN,
  NAMES_ANOTHER,
} Names;

typedef struct
{
  const char *name;
  const char *hosts;
  gboolean system_trusts;
  gboolean verifies;
  Names names;
  gboolean is_taken;
} Case;

static const Case cases[] = {
  { "system", HERE, TRUE, TRUE, NAMES_NOBODY, TRUE },
  { "nobody", HERE, FALSE, TRUE, NAMES_NOBODY, FALSE },
  { "own-authority", HERE, FALSE, TRUE, NAMES_ITS_OWN, TRUE },
  { "own-authority-and-system", HERE, TRUE, TRUE, NAMES_ITS_OWN, TRUE },
  { "other-authority", HERE, FALSE, TRUE, NAMES_ANOTHER, FALSE },
  { "other-authority-but-system", HERE, TRUE, TRUE, NAMES_ANOTHER, FALSE },
  { "other-host", "DNS:photos.example", FALSE, TRUE, NAMES_ITS_OWN, FALSE },
  { "other-host-and-system", "DNS:photos.example", TRUE, TRUE, NAMES_ITS_OWN, FALSE },
  { "anybody", "DNS:photos.example", FALSE, FALSE, NAMES_NOBODY, TRUE },
};

typedef struct
{
  HttpsSite site;
  PlProof *proof;
  gboolean done;
  PlEndpointHealth health;
  char *error;
} Fixture;

static void
answer_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC,
                                    "{\"res\":\"pong\"}", strlen ("{\"res\":\"pong\"}"));
}

static GBytes *
dup_another_authority (void)
{
  MadeCertificate as = { .name = "Another", .is_authority = TRUE, .end_s = DAY_S };
  EVP_PKEY *key = make_key ();
  X509 *x509 = make_certificate (&as, key);
  GBytes *pem = to_pem ((X509 *[]){ x509, NULL }, NULL, NULL);

  X509_free (x509);
  EVP_PKEY_free (key);
  return pem;
}

static GBytes *
dup_authorities (const HttpsSite *site, Names names)
{
  switch (names)
    {
    case NAMES_NOBODY:
      return NULL;
    case NAMES_ITS_OWN:
      return g_bytes_ref (site->authority);
    case NAMES_ANOTHER:
      return dup_another_authority ();
    }
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Case *it = data;
  g_autoptr (GBytes) authorities = NULL;
  g_autoptr (GError) error = NULL;

  https_site_set_up (&fixture->site);
  soup_server_add_handler (fixture->site.server, NULL, answer_cb, NULL, NULL);
  https_site_listen (&fixture->site, it->hosts);
  trust_only (it->system_trusts ? fixture->site.authority_path : NULL);
  authorities = dup_authorities (&fixture->site, it->names);
  fixture->proof = pl_proof_new (it->verifies, authorities, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  https_site_tear_down (&fixture->site);
  pl_proof_unref (fixture->proof);
  g_free (fixture->error);
}

static void
wait_until_done (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
checked_cb (PlEndpointHealth health, gint64 response_us, const char *error, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->health = health;
  fixture->error = g_strdup (error);
  fixture->done = TRUE;
}

static void
test_health_check (Fixture *fixture, gconstpointer data)
{
  const Case *it = data;
  g_autoptr (SoupSession) session = pl_health_check_new_session ();
  PlEndpointConfig endpoint = { .host = (char *) "127.0.0.1",
                                .port = fixture->site.port,
                                .encrypts = TRUE,
                                .label = (char *) "it" };

  pl_health_check_start (session, &endpoint, fixture->proof, PING, TIMEOUT_MS, checked_cb, fixture);
  wait_until_done (fixture);
  g_assert_cmpstr (fixture->error, ==,
                   it->is_taken ? NULL : "the certificate of it is not to be trusted");
  g_assert_cmpint (fixture->health, ==, it->is_taken ? PL_HEALTH_WELL : PL_HEALTH_NOT_WELL);
}

static void
asked_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = pl_ask_finish (result, &error);

  fixture->error = error != NULL ? pl_ask_dup_failure (error) : NULL;
  fixture->done = TRUE;
}

static void
test_finder (Fixture *fixture, gconstpointer data)
{
  const Case *it = data;
  g_autoptr (SoupSession) session = pl_ask_new_session (PL_ASK_STRAIGHT);
  g_autoptr (SoupMessage) message = pl_ask_new_message (fixture->site.url, PING);

  pl_belief_give (session, fixture->proof);
  pl_ask_async (session, message, TIMEOUT_MS, NULL, asked_cb, fixture);
  wait_until_done (fixture);
  if (it->is_taken)
    g_assert_cmpstr (fixture->error, ==, NULL);
  else
    g_assert_nonnull (strstr (fixture->error, "certificate"));
}

static void
add (const char *group, const Case *it, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/trust/%s/%s", group, it->name);

  g_test_add (path, Fixture, it, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (is_without_https ())
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("health-check", &cases[i], test_health_check);
      add ("finder", &cases[i], test_finder);
    }
  return g_test_run ();
}
