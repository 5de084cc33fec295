/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What whoever comes over https is shown, at the address that is used: asked for, and judged by
 * what this system knows, as a browser on this computer would. */

#include "app/checkup/checks.h"

#include "app/finder/ask.h"
#include "app/i18n.h"

#define TIMEOUT_MS 5000

typedef struct
{
  PlCheckRun *run;
  char *url;
  GTlsCertificateFlags errors;
} Look;

static void
look_free (Look *look)
{
  g_free (look->url);
  g_free (look);
}

/* Time and name */
static char *
dup_fault (const Look *look)
{
  if ((look->errors & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    return g_strdup_printf (_ ("The certificate at %s is not good yet, going by this computer’s "
                               "clock."),
                            look->url);
  if ((look->errors & G_TLS_CERTIFICATE_EXPIRED) != 0)
    return g_strdup_printf (_ ("The certificate at %s has ended, going by this computer’s clock."),
                            look->url);
  if ((look->errors & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return g_strdup_printf (_ ("The certificate is not for the address %s."), look->url);
  return NULL;
}

static void
judge (const Look *look)
{
  PlCheckRun *run = look->run;
  char *fault = dup_fault (look);

  if (fault != NULL)
    pl_check_run_end_with (run, PL_CHECK_FAULT, PL_CHECK_REMEDY_SETTINGS, fault,
                           g_strdup (_ ("Look at Encryption in the settings, and at the clock of "
                                        "this computer.")));
  else if ((look->errors & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0 && run->site->is_awaited)
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup (
            _ ("This computer’s own certificate stands in until the authority on the internet "
               "has made one: until then browsers warn.")),
        NULL);
  else if ((look->errors & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0 && run->site->is_for_home)
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup_printf (_ ("The certificate fits %s and is good now. This computer does not trust "
                            "it yet, so its browsers warn; other devices were not asked."),
                         look->url),
        g_strdup (_ ("Open “Trust on a Phone…” on Home: the address there tells this computer’s "
                     "browsers, too, how to trust it.")));
  else if ((look->errors & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    pl_check_run_end_with (
        run, PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
        g_strdup_printf (_ ("The certificate fits %s and is good now, but this computer does not "
                            "trust it: nobody it knows vouches for it, or the chain is not whole."),
                         look->url),
        g_strdup (_ ("Name a file with the full chain. For an authority of your own, tell each "
                     "device to trust it.")));
  else
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("It fits %s, its chain is whole, it is good now, and this "
                            "computer trusts it."),
                         look->url),
        NULL);
}

static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  Look *look = user_data;

  look->errors = errors;
  return TRUE;
}

static void
asked_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = pl_ask_finish (result, &error);

  g_signal_handlers_disconnect_by_data (pl_ask_get_message (result), look);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pl_check_run_end (look->run, PL_CHECK_SKIPPED, NULL, NULL);
  else if (soup_message_get_tls_peer_certificate (pl_ask_get_message (result)) == NULL)
    {
      g_autofree char *failure
          = error != NULL ? pl_ask_dup_failure (error) : g_strdup (_ ("it is not shown"));
      pl_check_run_end (look->run, PL_CHECK_SKIPPED,
                        g_strdup_printf (_ ("Not seen at %s: %s."), look->url, failure), NULL);
    }
  else
    judge (look);
  look_free (look);
}

/* (nullable) (transfer none): what is typed elsewhere goes before what only this computer uses */
static const char *
find_url (const PlCheckSite *site)
{
  for (char **address = site->addresses; *address != NULL; address++)
    if (g_str_has_prefix (*address, "https://"))
      return *address;
  return g_str_has_prefix (site->local_url, "https://") ? site->local_url : NULL;
}

void
pl_check_certificate (PlCheckRun *run)
{
  const char *url = find_url (run->site);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (SoupMessage) message = NULL;
  Look *look;

  if (!run->site->is_encrypted)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED, g_strdup (_ ("Connections are not encrypted.")),
                        NULL);
      return;
    }
  if (url == NULL)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED,
                        g_strdup (_ ("Not tried: the certificate is for no address that this "
                                     "computer has.")),
                        NULL);
      return;
    }
  look = g_new0 (Look, 1);
  look->run = run;
  look->url = g_strdup (url);
  session = pl_ask_new_session (PL_ASK_THROUGH);
  message = pl_ask_new_message (url, "/.porchlight/certificate");
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), look);
  pl_ask_async (session, message, TIMEOUT_MS, run->cancellable, asked_cb, look);
}
