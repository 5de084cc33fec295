/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers and words are checked here; whatever the engine has a reader for (addresses, networks,
 * routes) is given to that reader, so that nothing passes here that is refused there. */

#include "app/settings/check.h"

#include <string.h>

#include "app/i18n.h"
#include "app/settings/immich_address.h"
#include "app/settings/public_name.h"
#include "app/system/local_name.h"
#include "net/proxy/proxy.h"

char **
pl_setting_dup_list (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (kept, parts[i]);
  return g_strv_builder_end (kept);
}

static gboolean
refuse (GError **error, const char *allowed)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, allowed);
  return FALSE;
}

/* "computer, network or internet" */
static char *
dup_choices (const char *const *choices)
{
  g_autoptr (GString) list = g_string_new (choices[0]);

  for (guint i = 1; choices[i] != NULL; i++)
    {
      g_string_append (list, choices[i + 1] != NULL ? ", " : _ (" or "));
      g_string_append (list, choices[i]);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
check_choice (const PlSetting *setting, const char *text, GError **error)
{
  if (g_strv_contains (setting->choices, text))
    return TRUE;

  g_autofree char *allowed = dup_choices (setting->choices);
  return refuse (error, allowed);
}

static gboolean
check_number (const PlSetting *setting, const char *text, GError **error)
{
  if (setting->choices != NULL && g_strv_contains (setting->choices, text))
    return TRUE;

  /* g_ascii_string_to_unsigned() takes digits alone: no sign, no space, no 0x. */
  if (g_ascii_string_to_unsigned (text, 10, (guint64) setting->minimum, (guint64) setting->maximum,
                                  NULL, NULL))
    return TRUE;

  g_autoptr (GString) allowed = g_string_new (NULL);
  if (setting->choices != NULL)
    {
      g_autofree char *words = dup_choices (setting->choices);
      g_string_append_printf (allowed, "%s%s", words, _ (" or "));
    }
  g_string_append_printf (allowed, _ ("a whole number from %d to %d"), setting->minimum,
                          setting->maximum);
  if (setting->unit != NULL)
    g_string_append_printf (allowed, " (%s)", _ (setting->unit));
  return refuse (error, allowed->str);
}

static gboolean
check_switch (const char *text, GError **error)
{
  return strcmp (text, "true") == 0 || strcmp (text, "false") == 0
         || refuse (error, _ ("true or false"));
}

/* Of several, the one that is wrong is named. */
static gboolean
check_url (PlUpstreamConfig *upstream, const char *url, gboolean is_only, GError **error)
{
  g_autoptr (PlImmichAddress) address = pl_immich_address_read (url, error);

  if (address == NULL && !is_only)
    g_prefix_error (error, "“%s”: ", url);
  return address != NULL && pl_upstream_config_add (upstream, address->host, address->port, error);
}

static gboolean
check_urls (const char *text, GError **error)
{
  g_auto (GStrv) urls = pl_setting_dup_list (text);
  g_autoptr (PlConfig) scratch = pl_config_new ();
  PlUpstreamConfig *upstream = pl_config_add_upstream (scratch, "scratch");

  if (urls[0] == NULL)
    return refuse (error, _ ("one address or more, such as http://127.0.0.1:2283"));
  for (guint i = 0; urls[i] != NULL; i++)
    if (!check_url (upstream, urls[i], urls[1] == NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_addresses (const char *text, GError **error)
{
  g_auto (GStrv) addresses = pl_setting_dup_list (text);
  g_autoptr (PlConfig) scratch = pl_config_new ();
  return pl_config_set_bind (scratch, (const char *const *) addresses, error);
}

static gboolean
check_networks (const char *text, GError **error)
{
  g_auto (GStrv) networks = pl_setting_dup_list (text);
  g_autoptr (PlTrust) scratch = pl_trust_new ();

  for (guint i = 0; networks[i] != NULL; i++)
    if (!pl_trust_add (scratch, networks[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_operations (const char *text, GError **error)
{
  g_auto (GStrv) operations = pl_setting_dup_list (text);
  g_autoptr (PlDoor) scratch = pl_door_new ();

  for (guint i = 0; operations[i] != NULL; i++)
    if (!pl_door_also (scratch, operations[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_route (const char *host, const char *path, GError **error)
{
  g_autoptr (PlRouteTable) scratch = pl_route_table_new ();
  return pl_route_table_add (scratch, "scratch", host, path, FALSE, 0, error);
}

/* RFC 1123 §2.1. */
static gboolean
check_label (const char *text, GError **error)
{
  gsize length = strlen (text);
  gboolean fits
      = length == 0
        || (length <= PL_LOCAL_NAME_MOST_OCTETS && text[0] != '-' && text[length - 1] != '-');

  for (const char *at = text; *at != '\0'; at++)
    fits &= g_ascii_isalnum (*at) || *at == '-';
  return fits
         || refuse (error, _ ("one word of letters, digits and hyphens, such as porchlight, or "
                              "nothing"));
}

/* It is put into a request line as it is. */
static gboolean
check_request (const char *text, GError **error)
{
  gboolean fits = *text == '\0' || *text == '/';

  for (const char *at = text; *at != '\0'; at++)
    fits &= g_ascii_isgraph (*at) && *at != '#';
  return fits || refuse (error, _ ("a path such as /api/server/ping, or nothing"));
}

static gboolean
check_names (const char *text, GError **error)
{
  g_auto (GStrv) names = pl_setting_dup_list (text);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = pl_public_name_read (names[i], error);
      if (name == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_directory (const PlSetting *setting, const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autofree char *words = NULL;
  g_autofree char *allowed = NULL;

  if (g_strv_contains (setting->choices, text)
      || (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https")
          && *g_uri_get_host (uri) != '\0'))
    return TRUE;
  words = dup_choices (setting->choices);
  /* Translators: behind words that may stand there: “letsencrypt or staging”. */
  allowed
      = g_strdup_printf (_ ("%s, or the address of another one that begins with https://"), words);
  return refuse (error, allowed);
}

gboolean
pl_setting_check (const PlSetting *setting, const char *text, GError **error)
{
  switch (setting->kind)
    {
    case PL_SETTING_NUMBER:
      return check_number (setting, text, error);
    case PL_SETTING_CHOICE:
      return check_choice (setting, text, error);
    case PL_SETTING_SWITCH:
      return check_switch (text, error);
    case PL_SETTING_TEXT:
      return TRUE;
    case PL_SETTING_URLS:
      return check_urls (text, error);
    case PL_SETTING_ADDRESSES:
      return check_addresses (text, error);
    case PL_SETTING_NETWORKS:
      return check_networks (text, error);
    case PL_SETTING_PATH:
      return check_route (NULL, text, error);
    case PL_SETTING_HOST:
      return *text == '\0' || check_route (text, "/", error);
    case PL_SETTING_LABEL:
      return check_label (text, error);
    case PL_SETTING_REQUEST:
      return check_request (text, error);
    case PL_SETTING_NAMES:
      return check_names (text, error);
    case PL_SETTING_DIRECTORY:
      return check_directory (setting, text, error);
    case PL_SETTING_OPERATIONS:
      return check_operations (text, error);
    }
  g_return_val_if_reached (FALSE);
}
