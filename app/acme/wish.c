/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/wish.h"

#include <string.h>

#include "app/certificates/gathering.h"
#include "app/i18n.h"
#include "app/settings/check.h"
#include "app/settings/public_name.h"
#include "app/system/path.h"
#include "net/proxy/proxy.h"

/* https://letsencrypt.org/docs/acme-protocol-updates/, …/docs/staging-environment/ */
#define LETS_ENCRYPT "https://acme-v02.api.letsencrypt.org/directory"
#define STAGING      "https://acme-staging-v02.api.letsencrypt.org/directory"

/* Let's Encrypt takes no more in one certificate. */
#define MOST_NAMES 100

/* What is being read: from where paths begin, and where to say what is wrong. */
typedef struct
{
  const PlSettings *settings;
  const char *folder;
  PlProblems *problems;
  gboolean is_wrong;
} Reading;

/* Takes @words. */
static void
refuse (Reading *reading, const char *key, const char *text, char *words)
{
  g_autofree char *taken = words;
  g_autofree char *plain = NULL;

  reading->is_wrong = TRUE;
  /* Translators: the settings file, a key, its value, and what is wrong with it. */
  pl_problems_add (reading->problems, PL_PROBLEM_ERROR, _ ("%s: [tls] %s=%s cannot be used: %s"),
                   pl_settings_get_name (reading->settings), key, text, taken);
  if (*text != '\0')
    /* Translators: what somebody typed, and what is wrong with it. */
    plain = g_strdup_printf (_ ("“%s” cannot be used: %s"), text, taken);
  pl_problems_explain (reading->problems, plain != NULL ? plain : taken);
}

static char *
dup_text (const Reading *reading, const char *key)
{
  char *text = pl_settings_dup_text (reading->settings, "tls", key);

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* Returns: (transfer full) (nullable): the path of a file that is there */
static char *
dup_file (Reading *reading, const char *key)
{
  g_autofree char *text = dup_text (reading, key);
  g_autofree char *path = text != NULL ? pl_path_dup_whole (text, reading->folder) : NULL;

  if (path == NULL || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);
  refuse (reading, key, text, g_strdup (_ ("there is no such file")));
  return NULL;
}

/* Names */

static void
judge_name (Reading *reading, const PlAcmeWish *wish, const char *name)
{
  if (*name == '*' && wish->dns_hook == NULL)
    refuse (reading, "names", name,
            g_strdup (_ ("a name with * can be proven by DNS alone: name a program with "
                         "dns-hook=, or each name by itself")));
  else if (wish->authorities == NULL && !pl_public_name_is_everywhere (name))
    refuse (reading, "names", name,
            g_strdup (_ ("it leads here from home alone, and no public authority vouches for "
                         "such a name. Use mode=local, or a name that you have registered")));
}

static void
read_names (Reading *reading, PlAcmeWish *wish)
{
  g_auto (GStrv) texts = pl_settings_dup_list (reading->settings, "tls", "names");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_names = g_strv_length (texts);

  for (guint i = 0; i < n_names; i++)
    {
      g_autofree char *name = pl_public_name_read (texts[i], NULL);
      if (name == NULL) /* the review has said why */
        continue;
      judge_name (reading, wish, name);
      g_strv_builder_add (names, name);
    }
  wish->names = g_strv_builder_end (names);
  if (n_names == 0 || n_names > MOST_NAMES)
    refuse (reading, "names", "",
            g_strdup_printf (_ ("name what the certificate is to be for, %d names at most"),
                             MOST_NAMES));
}

/* The authority */

static char *
dup_directory (const Reading *reading)
{
  g_autofree char *text = pl_settings_dup_text (reading->settings, "tls", "directory");

  if (g_str_equal (text, "letsencrypt"))
    return g_strdup (LETS_ENCRYPT);
  if (g_str_equal (text, "staging"))
    return g_strdup (STAGING);
  return g_steal_pointer (&text);
}

/* Whose account it is to be (RFC 8555 §7.3.4): what the authority has given its customer. */
static void
read_binding (Reading *reading, PlAcmeWish *wish)
{
  g_autofree char *path = dup_file (reading, "eab-key-file");
  g_autoptr (GError) error = NULL;

  wish->eab_id = dup_text (reading, "eab-id");
  if (path != NULL && !g_file_get_contents (path, &wish->eab_key, NULL, &error))
    refuse (reading, "eab-key-file", path, g_strdup (error->message));
  else if (path != NULL)
    {
      g_strstrip (wish->eab_key);
      wish->eab_key[strcspn (wish->eab_key, "\r\n=")] = '\0'; /* one line, without padding */
    }
  if (path != NULL && pl_path_is_open_to_others (path))
    pl_problems_add (
        reading->problems, PL_PROBLEM_WARNING,
        _ ("%s: [tls] eab-key-file=%s can be read by everybody with an account on this "
           "computer. Take that right away: chmod o= FILE."),
        pl_settings_get_name (reading->settings), path);
  if ((wish->eab_id == NULL) != (wish->eab_key == NULL) && !reading->is_wrong)
    refuse (reading, "eab-id", wish->eab_id != NULL ? wish->eab_id : "",
            g_strdup (_ ("eab-id and eab-key-file belong together")));
}

/* The way to prove it */

static void
read_hook (Reading *reading, PlAcmeWish *wish)
{
  wish->dns_hook = dup_file (reading, "dns-hook");
  if (wish->dns_hook != NULL && !g_file_test (wish->dns_hook, G_FILE_TEST_IS_EXECUTABLE))
    refuse (reading, "dns-hook", wish->dns_hook,
            g_strdup (_ ("it is no program that can be run (on Linux: chmod +x FILE)")));
}

/* Of a private authority it is not known from where it looks. */
gboolean
pl_acme_is_shut_out (const PlSettings *settings, const PlAcmeWish *wish)
{
  return wish->dns_hook == NULL && wish->authorities == NULL
         && pl_settings_get_choice (settings, "listen", "exposure") != PL_EXPOSURE_INTERNET;
}

static void
warn_of_closed_door (Reading *reading, const PlAcmeWish *wish)
{
  if (!pl_acme_is_shut_out (reading->settings, wish))
    return;
  pl_problems_add (reading->problems, PL_PROBLEM_WARNING,
                   _ ("%s: [tls] mode=acme: nobody comes in from the internet, so the authority "
                      "sees that the names lead here only if another proxy passes it on. Set "
                      "exposure=internet, or name a program with dns-hook= that proves it by DNS."),
                   pl_settings_get_name (reading->settings));
}

gboolean
pl_acme_read_settings (const PlSettings *settings,
                       const char *settings_path,
                       PlAcmeWish **wish,
                       PlProblems *problems)
{
  g_autofree char *folder = g_path_get_dirname (settings_path);
  Reading reading = { .settings = settings, .folder = folder, .problems = problems };
  g_autoptr (PlAcmeWish) read = NULL;

  *wish = NULL;
  if (pl_settings_get_choice (settings, "tls", "mode") != PL_ENCRYPTION_ACME)
    return TRUE;
  read = g_new0 (PlAcmeWish, 1);
  read->directory = dup_directory (&reading);
  read->authorities = dup_file (&reading, "directory-ca-file");
  read->email = dup_text (&reading, "email");
  read_hook (&reading, read);
  read_names (&reading, read);
  read_binding (&reading, read);
  warn_of_closed_door (&reading, read);
  if (reading.is_wrong)
    return FALSE;
  *wish = g_steal_pointer (&read);
  return TRUE;
}
