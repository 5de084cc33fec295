/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets in, and whether there is a second door. All of it is asked from this computer, over its
 * address in the network: that passes no firewall, which the words must not hide. */

#include "app/checkup/checks.h"

#include "app/checkup/probe_all.h"
#include "app/i18n.h"

#define TIMEOUT_MS 2000

/* The addresses this computer has in its networks, at @port. */
static char **
dup_network_urls (PlCheckRun *run, guint16 port)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  const GArray *interfaces = run->site->interfaces;

  for (guint i = 0; i < interfaces->len; i++)
    {
      const PlInterface *interface = &g_array_index (interfaces, PlInterface, i);
      g_autofree char *host = pl_ipv4_dup_text (interface->address);
      g_autofree char *url = g_strdup_printf ("http://%s:%u", host, port);
      if (interface->kind == PL_INTERFACE_NETWORK)
        g_strv_builder_add (urls, url);
    }
  return g_strv_builder_end (urls);
}

/* Where only what was shared by link is shown there is an answer, but not Immich's. */
static gboolean
is_let_in (PlCheckRun *run, const PlProbe *probe)
{
  return pl_probe_is_of_immich (probe)
         || (probe->kind == PL_PROBE_OTHER && pl_check_site_sees_links (run->site, probe->url));
}

/* (nullable) (transfer none): the first address at which one is let in, or is not */
static const char *
find_door (PlCheckRun *run, GPtrArray *probes, gboolean is_open)
{
  for (guint i = 0; i < probes->len; i++)
    {
      const PlProbe *probe = g_ptr_array_index (probes, i);
      if (is_let_in (run, probe) == is_open)
        return probe->url;
    }
  return NULL;
}

/* (nullable) (transfer none): the first address at which there is an Immich */
static const char *
find_immich (GPtrArray *probes)
{
  for (guint i = 0; i < probes->len; i++)
    {
      const PlProbe *probe = g_ptr_array_index (probes, i);
      if (pl_probe_is_of_immich (probe))
        return probe->url;
    }
  return NULL;
}

static const char *
get_answer (PlCheckRun *run, const PlProbe *probe)
{
  if (pl_probe_is_of_immich (probe))
    return _ ("Immich answers");
  return is_let_in (run, probe) ? _ ("Porchlight answers, and shows only what was shared by link")
                                : probe->remark;
}

static void
add_details (PlCheckRun *run, GPtrArray *probes)
{
  for (guint i = 0; i < probes->len; i++)
    {
      const PlProbe *probe = g_ptr_array_index (probes, i);
      pl_check_run_add_detail (run,
                               g_strdup_printf ("%s: %s", probe->url, get_answer (run, probe)));
    }
}

static void
judge_closed (PlCheckRun *run, GPtrArray *probes)
{
  const char *open = find_immich (probes);

  if (open == NULL)
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup (_ ("Only this computer gets in, as it is set.")), NULL);
  else
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_EXPOSURE,
        g_strdup_printf (_ ("Your photos can be reached at %s, though only this computer is "
                            "meant to get in."),
                         open),
        g_strdup (_ ("Another program lets others in at this port. Close it, or choose another "
                     "port for Porchlight.")));
}

/* What is asked from here says nothing of that. */
static void
judge_kept_out (PlCheckRun *run, const char *open)
{
  const PlCheckSite *site = run->site;

  pl_check_run_end (
      run, PL_CHECK_WARNING,
      g_strdup_printf (_ ("%s answers this computer, but others do not get as far as that."), open),
      g_strjoin (site->firewall_commands != NULL ? "\n" : NULL, site->firewall_words,
                 site->firewall_commands, NULL));
}

static void
judge_open (PlCheckRun *run, GPtrArray *probes)
{
  const char *open = find_door (run, probes, TRUE);
  const char *closed = find_door (run, probes, FALSE);

  if (open == NULL)
    pl_check_run_end_with (
        run, PL_CHECK_FAULT, PL_CHECK_REMEDY_SETTINGS,
        g_strdup_printf (_ ("Nobody answers at %s, even from this computer."), closed),
        g_strdup (_ ("Look at the addresses Porchlight listens on, in the advanced settings.")));
  else if (closed != NULL)
    pl_check_run_end (run, PL_CHECK_WARNING,
                      g_strdup_printf (_ ("%s answers, %s does not."), open, closed),
                      g_strdup (_ ("Use the address that answers on your other devices.")));
  else if (run->site->firewall_words != NULL)
    judge_kept_out (run, open);
  else
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup_printf (_ ("%s answers, asked from this computer; whether a "
                                          "firewall keeps others out, only a phone can tell."),
                                       open),
                      NULL);
}

static void
asked_door_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  g_autoptr (GPtrArray) probes = pl_probe_all_finish (result, NULL);

  if (probes == NULL)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED, NULL, NULL);
      return;
    }
  add_details (run, probes);
  if (run->site->exposure == PL_EXPOSURE_COMPUTER)
    judge_closed (run, probes);
  else
    judge_open (run, probes);
}

void
pl_check_door (PlCheckRun *run)
{
  gboolean is_closed = run->site->exposure == PL_EXPOSURE_COMPUTER;
  g_auto (GStrv) urls
      = is_closed ? dup_network_urls (run, run->site->port) : g_strdupv (run->site->addresses);

  if (urls[0] != NULL)
    pl_probe_all_async (run->through_session, (const char *const *) urls, TIMEOUT_MS,
                        run->cancellable, asked_door_cb, run);
  else if (is_closed)
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup (_ ("This computer is in no network, so nobody else gets in.")),
                      NULL);
  else
    pl_check_run_end (run, PL_CHECK_FAULT, g_strdup (_ ("This computer is in no network.")),
                      g_strdup (_ ("Connect it, and run the check-up again.")));
}

/* What the container listens on behind a published port (that of its own server, or of the proxy
 * that old versions brought along). */
static guint
get_container_port (const PlProbe *behind)
{
  if (behind->kind == PL_PROBE_SERVER)
    return 3001;
  if (!pl_probe_is_at_least (behind, 0, 1) || pl_probe_is_at_least (behind, 1, 118))
    return 2283;
  return pl_probe_is_at_least (behind, 1, 88) ? 3001 : 8080;
}

static guint16
get_upstream_port (PlCheckRun *run)
{
  g_autoptr (GUri) uri = g_uri_parse (pl_check_run_get_upstream (run), SOUP_HTTP_URI_FLAGS, NULL);

  return g_uri_get_port (uri);
}

static void
asked_past_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  PlCheckRun *run = user_data;
  g_autoptr (GPtrArray) probes = pl_probe_all_finish (result, NULL);
  const char *open = probes != NULL ? find_immich (probes) : NULL;
  guint port = get_upstream_port (run);

  if (probes == NULL)
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED, NULL, NULL);
      return;
    }
  add_details (run, probes);
  if (open == NULL)
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("Immich’s own port %u cannot be reached from your network."), port),
        NULL);
  else
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup_printf (_ ("Immich’s own port %u is open to your whole network, past Porchlight."),
                         port),
        g_strdup_printf (_ ("In docker-compose.yml write “127.0.0.1:%u:%u” instead of "
                            "“%u:%u” under “ports”, then run “docker compose up -d”. Docker "
                            "publishes ports past the firewall of this computer."),
                         port, get_container_port (run->behind), port,
                         get_container_port (run->behind)));
}

static gboolean
is_on_this_computer (PlCheckRun *run)
{
  g_autoptr (GUri) uri = g_uri_parse (pl_check_run_get_upstream (run), SOUP_HTTP_URI_FLAGS, NULL);

  return pl_interfaces_has (run->site->interfaces, g_uri_get_host (uri));
}

void
pl_check_way_past (PlCheckRun *run)
{
  if (run->behind == NULL || !pl_probe_is_of_immich (run->behind))
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED,
                        g_strdup (_ ("Cannot be seen while Immich does not answer.")), NULL);
      return;
    }
  if (!is_on_this_computer (run))
    {
      pl_check_run_end (run, PL_CHECK_SKIPPED,
                        g_strdup (_ ("Immich is not on this computer, so its own port must be "
                                     "open to this one.")),
                        NULL);
      return;
    }

  g_auto (GStrv) urls = dup_network_urls (run, get_upstream_port (run));
  if (urls[0] == NULL)
    pl_check_run_end (run, PL_CHECK_SKIPPED, g_strdup (_ ("This computer is in no network.")),
                      NULL);
  else
    pl_probe_all_async (run->straight_session, (const char *const *) urls, TIMEOUT_MS,
                        run->cancellable, asked_past_cb, run);
}
