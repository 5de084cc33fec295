/* SPDX-License-Identifier: GPL-3.0-or-later */

/* porchlightd --check: first the settings are read, then it is looked who answers where Immich is
 * said to be. Who does not answer now may do so when the program runs; who leads back to Porchlight
 * never will. */

#include "app/daemon/daemon.h"
#include "app/daemon/say.h"
#include "app/daemon/source.h"
#include "app/finder/judge.h"
#include "app/i18n.h"
#include "app/acme/wish.h"
#include "app/settings/encryption.h"
#include "app/settings/immich_address.h"
#include "app/settings/proof.h"

/**
 * Look: at all addresses of Immich at once.
 * @has_parts: there are several upstreams, so that each may be a part of an old Immich
 * @n_waiting: how many have not been judged yet
 * @leads_back: one of them is Porchlight itself
 */
typedef struct
{
  GMainLoop *loop;
  gboolean has_parts;
  guint n_waiting;
  gboolean leads_back;
} Look;

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (PlJudgment) judgment = pl_judge_finish (result, NULL);

  if (judgment->kind == PL_VERDICT_IMMICH)
    pl_say_result ("%s: %s\n", judgment->url, judgment->words);
  else if (judgment->kind != PL_VERDICT_PART || !look->has_parts)
    pl_say ("%s: %s", judgment->url, judgment->words);
  look->leads_back |= judgment->kind == PL_VERDICT_PORCHLIGHT;
  if (--look->n_waiting == 0)
    g_main_loop_quit (look->loop);
}

/* Each is judged as what it means to the program, which looks for no other port. */
static void
begin (Look *look, const PlSettings *settings, const char *group)
{
  g_auto (GStrv) urls = pl_settings_dup_list (settings, group, "urls");
  guint16 port = (guint16) pl_settings_get_number (settings, "listen", "port");
  PlProof *proof = pl_settings_find_proof (settings, group);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autofree char *url = pl_immich_address_dup_url (urls[i]);
      look->n_waiting++;
      pl_judge_async (url, port, proof, NULL, judged_cb, look);
    }
  g_clear_pointer (&proof, pl_proof_unref);
}

/* Returns: %FALSE when one of the addresses leads back */
static gboolean
look_at_immich (const PlSettings *settings)
{
  g_auto (GStrv) groups = pl_settings_dup_groups (settings, "upstream");
  Look look = { .loop = g_main_loop_new (NULL, FALSE), .has_parts = g_strv_length (groups) > 1 };

  for (guint i = 0; groups[i] != NULL; i++)
    begin (&look, settings, groups[i]);
  if (look.n_waiting > 0)
    g_main_loop_run (look.loop);
  g_main_loop_unref (look.loop);
  return !look.leads_back;
}

/* No authority is asked for a look. */
static void
look_at_renewal (const PlSettings *settings, const char *path, PlProblems *problems)
{
  g_autoptr (PlAcmeWish) wish = NULL;
  g_autofree char *names = NULL;

  if (!pl_acme_read_settings (settings, path, &wish, problems) || wish == NULL)
    return;
  names = g_strjoinv (", ", wish->names);
  pl_say_result (_ ("a certificate for %s would be asked of %s\n"), names, wish->directory);
  if (wish->dns_hook == NULL)
    pl_say_result (_ ("the authority looks there at port 443, then at port 80: the router has to "
                      "lead one of them to port %u of this computer\n"),
                   pl_settings_get_number (settings, "listen", "port"));
}

/* What is made by this computer itself is not made for a look. */
static void
look_at_certificates (const PlSettings *settings, const char *path, PlProblems *problems)
{
  g_autoptr (PlCertificateWish) wish = pl_settings_new_certificate_wish (settings, path, problems);
  g_autoptr (PlGathering) gathering = NULL;
  g_autoptr (GError) error = NULL;

  if (wish == NULL || wish->mode != PL_ENCRYPTION_FILES)
    return;
  gathering = pl_gathering_new (wish, g_get_real_time () / G_USEC_PER_SEC, &error);
  if (gathering == NULL)
    pl_problems_add (problems, PL_PROBLEM_ERROR, "[tls] %s", error->message);
  for (guint i = 0; gathering != NULL && i < gathering->remarks->len; i++)
    pl_problems_add (problems, PL_PROBLEM_WARNING, "[tls] %s",
                     ((const PlRemark *) gathering->remarks->pdata[i])->words);
}

PlExit
pl_daemon_check (const PlOptions *options)
{
  g_autoptr (PlSource) source = pl_source_new (options);
  g_autoptr (PlProblems) problems = pl_problems_new ();
  g_autoptr (PlConfig) config = NULL;
  g_autoptr (PlSettings) settings = pl_source_read (source, &config, problems);

  if (settings != NULL)
    {
      look_at_certificates (settings, pl_source_get_path (source), problems);
      look_at_renewal (settings, pl_source_get_path (source), problems);
    }
  pl_say_problems (problems);
  if (pl_problems_has_errors (problems) || !look_at_immich (settings))
    return PL_EXIT_NOT_ALLOWED;
  if (pl_source_has_file (source))
    pl_say_result (_ ("%s is fine\n"), pl_source_get_path (source));
  else
    pl_say_result (_ ("There is no %s; what holds without it is fine\n"),
                   pl_source_get_path (source));
  return PL_EXIT_FINE;
}
