/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/settings/public_name.h"

#include <string.h>

#include "app/i18n.h"

/* RFC 1035 §2.3.4, without the root. */
#define MOST_OCTETS       253
#define MOST_LABEL_OCTETS 63

#define WILDCARD "*."

static gboolean
refuse (GError **error, const char *words)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

/* RFC 1123 §2.1. */
static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > MOST_LABEL_OCTETS || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (; *label != '\0'; label++)
    if (!g_ascii_isalnum (*label) && *label != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_name (const char *name)
{
  g_auto (GStrv) labels = g_strsplit (name, ".", -1);
  guint n_labels = g_strv_length (labels);

  if (strlen (name) > MOST_OCTETS || n_labels == 0)
    return FALSE;
  for (guint i = 0; i < n_labels; i++)
    if (!is_label (labels[i]))
      return FALSE;
  return strspn (labels[n_labels - 1], "0123456789") < strlen (labels[n_labels - 1]);
}

static gboolean
check (const char *text, const char *name, GError **error)
{
  if (g_hostname_is_ip_address (text) || *text == '[')
    return refuse (error, _ ("a name such as photos.example, not an address"));
  if (strpbrk (text, "/:@ ") != NULL)
    return refuse (error, _ ("the name alone, such as photos.example"));
  return (name != NULL && is_name (name))
         || refuse (error, _ ("names such as photos.example, with ; between"));
}

char *
pl_public_name_read (const char *text, GError **error)
{
  gboolean is_wildcard = g_str_has_prefix (text, WILDCARD);
  const char *rest = is_wildcard ? text + strlen (WILDCARD) : text;
  g_autofree char *ascii = g_hostname_to_ascii (rest);
  g_autofree char *name = ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;

  if (name != NULL && g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';
  if (!check (rest, name, error))
    return NULL;
  return is_wildcard ? g_strconcat (WILDCARD, name, NULL) : g_steal_pointer (&name);
}

/* RFC 6761, RFC 6762, RFC 8375, and those that routers hand out and nobody will ever delegate. */
gboolean
pl_public_name_is_everywhere (const char *name)
{
  static const char *const at_home[]
      = { ".local", ".lan", ".home.arpa",   ".internal", ".localhost", ".home",
          ".corp",  ".box", ".localdomain", ".test",     ".example",   ".invalid" };

  if (g_str_has_prefix (name, WILDCARD))
    name += strlen (WILDCARD);
  for (guint i = 0; i < G_N_ELEMENTS (at_home); i++)
    if (g_str_has_suffix (name, at_home[i]))
      return FALSE;
  return strchr (name, '.') != NULL;
}
