/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/account.h"
#include "app/acme/json.h"
#include "app/acme/jws.h"
#include "app/acme/order.h"
#include "app/acme/thread.h"
#include "app/certificates/read.h"
#include "app/certificates/write.h"
#include "app/i18n.h"

/* What the thread is given. */
typedef struct
{
  PlAcmeWish *wish;
  GBytes *account_key;
  PlAcmeFuncs funcs;
  gpointer funcs_data;
  GMainContext *home;
} Obtaining;

static void
obtaining_free (Obtaining *obtaining)
{
  pl_acme_wish_free (obtaining->wish);
  g_bytes_unref (obtaining->account_key);
  g_main_context_unref (obtaining->home);
  g_free (obtaining);
}

static gboolean
fail (const char *words, GError **error)
{
  g_propagate_error (error, pl_acme_error_new (PL_ACME_ERROR_REFUSED, 0, words));
  return FALSE;
}

static gboolean
is_name (const char *name)
{
  const char *rest = g_str_has_prefix (name, "*.") ? name + 2 : name;

  return *rest != '\0' && rest[strspn (rest, "abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0'
         && !g_hostname_is_ip_address (rest);
}

/* What no authority would be asked in vain. */
static gboolean
check_names (const PlAcmeWish *wish, GError **error)
{
  if (wish->names == NULL || *wish->names == NULL)
    return fail (_ ("There is no name to have a certificate for. Enter one that leads to this "
                    "computer."),
                 error);
  for (guint i = 0; wish->names[i] != NULL; i++)
    {
      g_autofree char *shown = pl_acme_dup_quotable (wish->names[i]);
      g_autofree char *words = NULL;

      if (!is_name (wish->names[i]))
        words = g_strdup_printf (_ ("“%s” is no name that a certificate authority knows. Enter one "
                                    "such as photos.example.org."),
                                 shown);
      else if (*wish->names[i] == '*' && wish->dns_hook == NULL)
        words
            = g_strdup_printf (_ ("A certificate for %s takes a proof by DNS. Name a program that "
                                  "writes the record (dns-hook), or enter names without “*”."),
                               shown);
      if (words != NULL)
        return fail (words, error);
    }
  return TRUE;
}

static gboolean
check (const PlAcmeWish *wish, GError **error)
{
  if (!pl_acme_json_is_url (wish->directory))
    return fail (_ ("The directory of a certificate authority is an address that begins with "
                    "https://."),
                 error);
  return check_names (wish, error);
}

static EVP_PKEY *
read_account_key (GBytes *pem, GError **error)
{
  g_autoptr (EVP_PKEY) key = pl_certificate_read_key (pem, NULL, NULL);

  if (key != NULL && pl_jws_is_fit (key))
    return g_steal_pointer (&key);
  fail (
      _ ("The key of this computer's account with the certificate authority cannot be used. Delete "
         "it, and a new account is made."),
      error);
  return NULL;
}

static PlCertificate *
obtain (const Obtaining *obtaining, GCancellable *cancellable, GError **error)
{
  g_autoptr (EVP_PKEY) key = read_account_key (obtaining->account_key, error);
  g_autoptr (PlAcmeTalk) talk = NULL;
  PlAcmeRun run = { .wish = obtaining->wish,
                    .key = key,
                    .home = obtaining->home,
                    .funcs = &obtaining->funcs,
                    .funcs_data = obtaining->funcs_data };

  if (key == NULL || !check (obtaining->wish, error))
    return NULL;
  talk = pl_acme_talk_new (obtaining->wish, key, cancellable, error);
  run.talk = talk;
  return talk != NULL && pl_acme_account_open (&run, error) ? pl_acme_order_fulfil (&run, error)
                                                            : NULL;
}

static void
thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  PlCertificate *certificate = obtain (task_data, cancellable, &error);

  if (certificate != NULL)
    g_task_return_pointer (task, certificate, (GDestroyNotify) pl_certificate_unref);
  else
    g_task_return_error (task, error);
}

void
pl_acme_obtain_async (const PlAcmeWish *wish,
                      GBytes *account_key,
                      const PlAcmeFuncs *funcs,
                      gpointer funcs_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Obtaining *obtaining = g_new (Obtaining, 1);

  obtaining->wish = pl_acme_wish_copy (wish);
  obtaining->account_key = g_bytes_ref (account_key);
  obtaining->funcs = *funcs;
  obtaining->funcs_data = funcs_data;
  obtaining->home = g_main_context_ref_thread_default ();
  g_task_set_source_tag (task, pl_acme_obtain_async);
  g_task_set_task_data (task, obtaining, (GDestroyNotify) obtaining_free);
  pl_acme_thread_run (task, thread);
}

gboolean
pl_acme_obtain_finish (GAsyncResult *result, GBytes **chain, GBytes **key, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, pl_acme_obtain_async), FALSE);

  g_autoptr (PlCertificate) certificate = g_task_propagate_pointer (G_TASK (result), error);
  if (certificate == NULL)
    return FALSE;
  *chain = pl_certificate_chain_to_pem (certificate);
  *key = pl_certificate_key_to_pem (certificate);
  return TRUE;
}
