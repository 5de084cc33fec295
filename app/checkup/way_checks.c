/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether what goes on to Immich is encrypted, and to whom; and the clock that all certificates are
 * judged by. */

#include "app/checkup/checks.h"

#include "app/i18n.h"
#include "app/model/words.h"

static gboolean
is_on_this_computer (PlCheckRun *run, const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  return pl_interfaces_has (run->site->interfaces, g_uri_get_host (uri));
}

/* The way to Immich */

/* (nullable) (transfer none): the first address that begins like that */
static const char *
find_url (PlCheckRun *run, const char *scheme)
{
  char **urls = run->site->upstream_urls;

  for (; *urls != NULL; urls++)
    if (g_str_has_prefix (*urls, scheme))
      return *urls;
  return NULL;
}

static void
judge_plain_way (PlCheckRun *run, const char *url)
{
  if (is_on_this_computer (run, url))
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup (_ ("Immich is on this computer: what goes there needs no "
                                   "encryption.")),
                      NULL);
  else
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("What goes on to %s is not encrypted. In a network of your own that "
                            "will do."),
                         url),
        NULL);
}

static void
judge_encrypted_way (PlCheckRun *run, const char *url)
{
  const PlProof *proof = run->site->proof;

  if (proof != NULL && !proof->verifies)
    pl_check_run_end_with (
        run, PL_CHECK_WARNING, PL_CHECK_REMEDY_SETTINGS,
        g_strdup_printf (_ ("What goes on to %s is encrypted, but nobody checks that Immich is "
                            "there: whoever is on the way may pretend to be it."),
                         url),
        g_strdup (_ ("Turn “Check who Immich is” on, in the advanced settings of Immich. For a "
                     "certificate of your own, name the file of its authority there.")));
  else if (proof != NULL)
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("What goes on to %s is encrypted. Who is there is checked "
                            "by the authority in %s."),
                         url, run->site->ca_file),
        NULL);
  else
    pl_check_run_end (
        run, PL_CHECK_PASS,
        g_strdup_printf (_ ("What goes on to %s is encrypted. Who is there is checked "
                            "by the authorities that this computer knows."),
                         url),
        NULL);
}

void
pl_check_way_to_immich (PlCheckRun *run)
{
  const char *encrypted = find_url (run, "https://");
  const char *plain = find_url (run, "http://");

  if (encrypted != NULL)
    judge_encrypted_way (run, encrypted);
  else if (plain != NULL)
    judge_plain_way (run, plain);
  else
    pl_check_run_end (run, PL_CHECK_SKIPPED,
                      g_strdup (_ ("Porchlight was not told where Immich is.")), NULL);
}

/* The clock */

/* Certificates are good from a minute to a minute; phones tell within some of them. */
#define TOLERANCE_S (5 * 60)

void
pl_check_clock (PlCheckRun *run)
{
  const PlProbe *behind = run->behind;
  gint64 ahead_s = behind != NULL ? behind->asked_s - behind->date_s : 0;
  g_autofree char *duration = pl_words_dup_duration (ABS (ahead_s) * G_USEC_PER_SEC);

  if (behind == NULL || behind->date_s == 0)
    pl_check_run_end (run, PL_CHECK_SKIPPED,
                      g_strdup (_ ("Not tried: Immich does not say what time it is.")), NULL);
  else if (is_on_this_computer (run, behind->url))
    pl_check_run_end (run, PL_CHECK_SKIPPED,
                      g_strdup (_ ("Not tried: Immich is on this computer, and goes by the same "
                                   "clock.")),
                      NULL);
  else if (ABS (ahead_s) > TOLERANCE_S)
    pl_check_run_end (
        run, PL_CHECK_WARNING,
        g_strdup_printf (ahead_s > 0
                             ? _ ("It is %s ahead of the clock at %s: one of them is wrong.")
                             : _ ("It is %s behind the clock at %s: one of them is wrong."),
                         duration, behind->url),
        g_strdup (_ ("Have both computers set their clock by the internet: by a wrong one good "
                     "certificates are taken for expired.")));
  else
    pl_check_run_end (run, PL_CHECK_PASS,
                      g_strdup_printf (_ ("It agrees with the clock at %s."), behind->url), NULL);
}
