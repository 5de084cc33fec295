/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/account.h"

#include "app/acme/failure.h"
#include "app/acme/json.h"
#include "app/acme/jws.h"
#include "app/i18n.h"

static void
tell (const PlAcmeRun *run)
{
  const char *terms = pl_acme_talk_get_directory (run->talk)->terms;
  g_autofree char *shown = terms != NULL ? pl_acme_dup_quotable (terms) : NULL;

  pl_acme_run_tell (run, PL_ACME_STEP_ACCOUNT,
                    shown != NULL
                        ? g_strdup_printf (
                            _ ("The certificate authority gets to know this computer. Its terms of "
                               "service, which you agree to by using it: %s"),
                            shown)
                        : g_strdup (_ ("The certificate authority gets to know this computer.")));
}

static gboolean
fail (const char *words, GError **error)
{
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_REFUSED, 0, words));
  return FALSE;
}

/* Adds the proof that the account which the authority has already is ours. */
static gboolean
bind (const PlAcmeRun *run, GString *payload, GError **error)
{
  const PlAcmeDirectory *directory = pl_acme_talk_get_directory (run->talk);
  PlAcmeProblem missing = { .kind = PL_ACME_PROBLEM_BINDING };
  g_autofree char *binding = NULL;

  if (run->wish->eab_id == NULL || run->wish->eab_key == NULL)
    {
      if (directory->wants_binding)
        g_propagate_error (error, pl_acme_problem_to_error (&missing, 0));
      return !directory->wants_binding;
    }
  binding = pl_jws_bind (run->key, run->wish->eab_id, run->wish->eab_key, directory->new_account);
  if (binding == NULL)
    return fail (_ ("The account's key is not one: a certificate authority gives it as letters, "
                    "digits, “-” and “_”. Enter it anew."),
                 error);
  g_string_append_printf (payload, ",\"externalAccountBinding\":%s", binding);
  return TRUE;
}

static void
add_contact (const PlAcmeRun *run, GString *payload)
{
  g_autofree char *address = NULL;
  g_autofree char *quoted = NULL;

  if (run->wish->email == NULL)
    return;
  address = g_strconcat ("mailto:", run->wish->email, NULL);
  quoted = pl_acme_json_dup_quoted (address);
  g_string_append_printf (payload, ",\"contact\":[%s]", quoted);
}

gboolean
pl_acme_account_open (const PlAcmeRun *run, GError **error)
{
  const char *url = pl_acme_talk_get_directory (run->talk)->new_account;
  g_autoptr (GString) payload = g_string_new ("{\"termsOfServiceAgreed\":true");
  g_autoptr (PlAcmeAnswer) answer = NULL;

  tell (run);
  add_contact (run, payload);
  if (!bind (run, payload, error))
    return FALSE;
  g_string_append_c (payload, '}');
  answer = pl_acme_talk_post (run->talk, url, payload->str, error);
  if (answer == NULL)
    return FALSE;
  if (answer->location == NULL || !pl_acme_json_is_url (answer->location))
    return pl_acme_fail_unknown (error);
  pl_acme_talk_set_account (run->talk, answer->location);
  return TRUE;
}
