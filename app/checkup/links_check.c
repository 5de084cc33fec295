/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the links begin with that people are sent. Immich takes its External domain for it, else the
 * address at which its page is open; and that, at home, is one that leads here from nowhere else.
 */

#include "app/checkup/checks.h"

#include <string.h>

#include "app/finder/ask.h"
#include "app/finder/ask_json.h"
#include "app/i18n.h"
#include "app/model/address_kind.h"

#define TIMEOUT_MS 5000
#define PATH       "/api/server/config"

/* (nullable) (transfer full): %NULL: it is not said */
static char *
dup_external_domain (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = pl_ask_parse_object (body, parser);
  JsonNode *node
      = object != NULL ? pl_ask_find_value (object, "externalDomain", G_TYPE_STRING) : NULL;

  return node != NULL ? json_node_dup_string (node) : NULL;
}

static gboolean
leads_here_at_home_only (const char *domain)
{
  const char *separator = strstr (domain, "://");
  const char *host = separator != NULL ? separator + strlen ("://") : domain;
  g_autofree char *origin = g_strndup (domain, (gsize) (host - domain) + strcspn (host, "/"));
  PlAddressKind kind = pl_address_kind_of_url (origin);

  return kind == PL_ADDRESS_HOME || kind == PL_ADDRESS_LOCAL_NAME
         || strpbrk (origin + (host - domain), ".[") == NULL;
}

/* (nullable) (transfer none): a name that leads here from outside, as far as it shows */
static const char *
find_name (const PlCheckSite *site)
{
  for (guint i = 0; site->addresses[i] != NULL; i++)
    if (pl_address_kind_of_url (site->addresses[i]) == PL_ADDRESS_NAME)
      return site->addresses[i];
  return NULL;
}

static char *
dup_advice (const PlCheckSite *site)
{
  const char *name = find_name (site);

  if (name == NULL)
    /* Translators: Administration, Settings, Server Settings and External domain as Immich has
     * them */
    return g_strdup (_ ("In Immich, under Administration › Settings › Server Settings, set "
                        "External domain to the address that leads here from outside, such as "
                        "https://photos.example.org."));
  return g_strdup_printf (_ ("In Immich, under Administration › Settings › Server Settings, set "
                             "External domain to the address that leads here from outside: %s."),
                          name);
}

/* @words: (transfer full) */
static void
advise (PlCheckRun *run, char *words)
{
  pl_check_run_end_with (run, PL_CHECK_WARNING, PL_CHECK_REMEDY_OPEN, words,
                         dup_advice (run->site));
}

static void
judge (PlCheckRun *run, const char *domain)
{
  const char *name = find_name (run->site);

  if (*domain == '\0' && name != NULL)
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup_printf (_ ("A link that you copy begins with the address you have "
                                          "Immich open at. For links to send, open it at %s."),
                                       name),
                      NULL);
  else if (*domain == '\0')
    advise (run, g_strdup (_ ("A link that you copy begins with the address you have Immich open "
                              "at: one copied at home leads nowhere from outside.")));
  else if (leads_here_at_home_only (domain))
    advise (run, g_strdup_printf (_ ("They begin with %s, as Immich is set: from outside that "
                                     "leads nowhere."),
                                  domain));
  else
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup_printf (_ ("They begin with %s, as Immich is set. Whether that "
                                          "leads here from outside was not tried."),
                                       domain),
                      NULL);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  g_autoptr (GBytes) body = pl_ask_finish (result, NULL);
  g_autofree char *domain = body != NULL ? dup_external_domain (body) : NULL;

  if (domain != NULL)
    judge (run, domain);
  else
    pl_check_run_end (run, PL_CHECK_SKIPPED,
                      g_strdup (_ ("This Immich does not say what its links begin with.")), NULL);
}

void
pl_check_links (PlCheckRun *run)
{
  g_autoptr (SoupMessage) message = NULL;

  if (run->site->exposure != PL_EXPOSURE_INTERNET)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED,
                        g_strdup (_ ("Nobody gets in from the internet, as it is set.")), NULL);
      return;
    }
  message = pl_ask_new_message (run->site->local_url, PATH);
  pl_ask_async (run->through_session, message, TIMEOUT_MS, run->cancellable, asked_cb, run);
}
