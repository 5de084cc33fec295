/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/checkup/report.h"

#include "app/checkup/check_item.h"
#include "app/i18n.h"

#define MASK "•••"

static const char *const signs[PL_CHECK_N_STATES] = {
  [PL_CHECK_PENDING] = " ", [PL_CHECK_RUNNING] = " ", [PL_CHECK_PASS] = "✓",
  [PL_CHECK_WARNING] = "!", [PL_CHECK_FAULT] = "✗",   [PL_CHECK_SKIPPED] = "–",
};

static char *
dup_replaced (const char *text, const char *pattern, const char *replacement)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);

  return g_regex_replace (regex, text, -1, 0, replacement, 0, NULL);
}

static gboolean
is_public (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  const guint8 *bytes;

  if (address == NULL || g_inet_address_get_is_any (address)
      || g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address)
      || g_inet_address_get_is_site_local (address))
    return FALSE;
  /* Addresses for one's own network that are newer than GLib's notion of them: RFC 6598, 4193. */
  bytes = g_inet_address_to_bytes (address);
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return !(bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
  return (bytes[0] & 0xfe) != 0xfc;
}

static gboolean
mask_address_cb (const GMatchInfo *match, GString *result, gpointer user_data)
{
  g_autofree char *address = g_match_info_fetch (match, 0);

  g_string_append (result, is_public (address) ? MASK : address);
  return FALSE;
}

/* What looks like an address; whether it is one is for mask_address_cb(). */
static char *
dup_without_public (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (
      "\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}", G_REGEX_CASELESS, 0, NULL);

  return g_regex_replace_eval (regex, text, -1, 0, 0, mask_address_cb, NULL, NULL);
}

char *
pl_report_dup_masked (const char *text)
{
  g_autofree char *without_users = dup_replaced (text, "://[^/@\\s]+@", "://" MASK "@");
  g_autofree char *without_secrets = dup_replaced (
      without_users, "([?&;](?:key|slug|apiKey|sessionKey|password)=)[^&;\\s]+", "\\1" MASK);

  return dup_without_public (without_secrets);
}

static void
append_indented (GString *report, const char *text)
{
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : g_new0 (char *, 1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (report, "    %s\n", lines[i]);
}

static void
append_item (GString *report, PlCheckItem *item)
{
  PlCheckState state = pl_check_item_get_state (item);
  const char *words = pl_check_item_get_words (item);

  g_string_append_printf (report, "%s %s (%s)%s%s\n", signs[state], pl_check_item_get_title (item),
                          pl_check_state_get_words (state), words != NULL ? ": " : "",
                          words != NULL ? words : "");
  append_indented (report, pl_check_item_get_advice (item));
  append_indented (report, pl_check_item_get_details (item));
}

char *
pl_report_dup (GListModel *items, const char *summary)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%F %R");

  /* Translators: the first line of a report: version, then day and time */
  g_string_append_printf (report, _ ("Porchlight %s, check-up of %s"), PL_VERSION, time);
  g_string_append_printf (report, "\n%s\n\n", summary);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (PlCheckItem) item = g_list_model_get_item (items, i);
      append_item (report, item);
    }
  return pl_report_dup_masked (report->str);
}
