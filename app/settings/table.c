/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings as data. A row of this table is all that a new setting needs to be read from the
 * file, checked, written and shown in the window; what it changes is done by whoever asks for it.
 */

#include "app/settings/table.h"

#include <string.h>

#include "app/i18n.h"
#include "app/settings/exposure.h"

/* Where the engine has an enumeration for a choice, the values stand in its order. What people call
 * them stands below, in the same order. */
static const char *const exposure_titles[]
    = { N_ ("This computer"), N_ ("My network"), N_ ("The internet"), NULL };

static const char *const balances[] = { "round-robin", "least-used", "first", NULL };
static const char *const balance_titles[]
    = { N_ ("Each in turn"), N_ ("The least busy one"), N_ ("The first that answers"), NULL };

/* In the order of PlEncryption. */
static const char *const tls_modes[] = { "off", "local", "files", "acme", NULL };
static const char *const tls_mode_titles[]
    = { N_ ("Off"), N_ ("By this computer’s own authority"), N_ ("By certificates of your own"),
        N_ ("By an authority on the internet"), NULL };

static const char *const directories[] = { "letsencrypt", "staging", NULL };

/* In the order of PlPlainRule. */
static const char *const plain_rules[] = { "home", "redirect", "refuse", NULL };
static const char *const plain_rule_titles[]
    = { N_ ("Devices at home"), N_ ("Devices at home, but pages are sent on to https"),
        N_ ("Nobody"), NULL };

/* In the order of PlDoorRule. */
static const char *const door_rules[] = { "everything", "links", NULL };
static const char *const door_rule_titles[]
    = { N_ ("Everything"), N_ ("Only what I shared by link"), NULL };

static const char *const log_formats[] = { "combined", "json", NULL };
static const char *const log_format_titles[]
    = { N_ ("Combined, as web servers write it"), N_ ("JSON, a line each"), NULL };

static const char *const automatic[] = { "auto", NULL };

/* Groups of which there may be many, each with a name: [upstream NAME]. */
static const char *const named_groups[] = { "upstream", "route", NULL };

/* A table is read by its columns. */
/* clang-format off */
static const PlSetting table[] = {
  { "listen", "port", PL_SETTING_NUMBER, "8080", 1, 65535,
    .title = N_ ("_Port"), .topic = PL_TOPIC_DOOR,
    .explanation = N_ ("The port that phones and browsers connect to.") },
  { "listen", "exposure", PL_SETTING_CHOICE, "computer", .choices = pl_exposure_names,
    .choice_titles = exposure_titles,
    .title = N_ ("_Who may come in"), .topic = PL_TOPIC_DOOR,
    .explanation = N_ ("My network: devices in your home. The internet: anyone who finds the address.") },
  { "listen", "bind", PL_SETTING_ADDRESSES, "",
    .title = N_ ("Addresses to listen on"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("The addresses of this computer to listen on; empty: those the exposure needs.") },
  { "listen", "local-name", PL_SETTING_LABEL, "porchlight",
    .title = N_ ("_Name at home"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("Devices at home find this computer by this name with .local behind it; on Linux that takes Avahi (package avahi-daemon). Empty: by its address alone.") },
  { "listen", "workers", PL_SETTING_NUMBER, "auto", 1, 64, automatic,
    .title = N_ ("Processors to use"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation = N_ ("How many processors to use; auto: up to four.") },

  { "upstream", "urls", PL_SETTING_URLS, NULL,
    .title = N_ ("_Address of Immich"), .topic = PL_TOPIC_IMMICH,
    .explanation = N_ ("Where Immich is, such as http://127.0.0.1:2283.") },
  { "upstream", "verify-tls", PL_SETTING_SWITCH, "true",
    .title = N_ ("Check who Immich is"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("Of an address with https:// the certificate must be valid and trusted.") },
  { "upstream", "ca-file", PL_SETTING_TEXT, "",
    .title = N_ ("Trusted authority"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation
    = N_ ("A file with the certificate it is to be trusted by (PEM); empty: those of this system.") },
  { "upstream", "balance", PL_SETTING_CHOICE, "round-robin", .choices = balances,
    .choice_titles = balance_titles,
    .title = N_ ("With several addresses"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("Which of several addresses a request goes to.") },
  { "upstream", "health-path", PL_SETTING_REQUEST, "",
    .title = N_ ("Health address"), .topic = PL_TOPIC_IMMICH,
    .is_advanced = TRUE,
    .explanation
    = N_ ("What is asked for to see whether Immich is well; empty: nothing is asked.") },
  { "upstream", "health-interval-s", PL_SETTING_NUMBER, "10", 1, 3600, .unit = N_ ("seconds"),
    .title = N_ ("Check every"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("How often that is asked.") },
  { "upstream", "connect-timeout-s", PL_SETTING_NUMBER, "5", 1, 300, .unit = N_ ("seconds"),
    .title = N_ ("Connection time-out"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("How long Immich may take to accept a connection.") },
  { "upstream", "response-timeout-s", PL_SETTING_NUMBER, "600", 1, 86400, .unit = N_ ("seconds"),
    .title = N_ ("Answer time-out"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("How long Immich may think about a request before it answers.") },

  { "route", "path", PL_SETTING_PATH, "/",
    .title = N_ ("Path"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation
    = N_ ("Requests whose path begins with this go here; the longest that fits wins.") },
  { "route", "host", PL_SETTING_HOST, "",
    .title = N_ ("Host name"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("Only requests for this host name; empty: for any.") },
  { "route", "strip-prefix", PL_SETTING_SWITCH, "false",
    .title = N_ ("Take the path off"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("Take the path above off before a request is sent on.") },
  { "route", "upstream", PL_SETTING_TEXT, NULL,
    .title = N_ ("Goes to"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("The name of the upstream that such requests go to.") },

  { "forwarding", "trusted-proxies", PL_SETTING_NETWORKS, "",
    .title = N_ ("Trusted proxies"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation = N_ ("Proxies in front of this one whose word on who is asking is believed.") },

  { "door", "world", PL_SETTING_CHOICE, "links", .choices = door_rules,
    .choice_titles = door_rule_titles,
    .title = N_ ("The _internet may see"), .topic = PL_TOPIC_DOOR,
    .explanation
    = N_ ("What people from the internet may see: only what you shared by link, or the whole of Immich.") },
  { "door", "home", PL_SETTING_CHOICE, "everything", .choices = door_rules,
    .choice_titles = door_rule_titles,
    .title = N_ ("Devices at home may see"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation = N_ ("The same for your home network and VPN.") },
  { "door", "guest-uploads", PL_SETTING_SWITCH, "false",
    .title = N_ ("Guests may send photos"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("Whether those with a link that allows it may add photos, where only links are shown.") },
  { "door", "guard", PL_SETTING_SWITCH, "true",
    .title = N_ ("Slow down who guesses passwords"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("After five wrong passwords, PIN codes or API keys within ten minutes the next has to "
          "wait, longer each time.") },
  { "door", "limits", PL_SETTING_SWITCH, "true",
    .title = N_ ("Slow down who asks too much"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("Bounds on how much each address in the internet may ask for at once, wide enough for large albums.") },
  { "door", "also-links", PL_SETTING_OPERATIONS, "",
    .title = N_ ("Share pages also need"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("What share pages of a newer Immich ask for, such as GET /api/assets/{id}/tiles; empty: nothing more.") },
  { "door", "turned-away", PL_SETTING_NETWORKS, "",
    .title = N_ ("Devices turned away"), .topic = PL_TOPIC_DOOR, .is_advanced = TRUE,
    .explanation
    = N_ ("Addresses of devices that are shown nothing until they are taken out here; this computer is always let in.") },

  { "tls", "mode", PL_SETTING_CHOICE, "off", .choices = tls_modes,
    .choice_titles = tls_mode_titles,
    .title = N_ ("_Encryption"), .topic = PL_TOPIC_ENCRYPTION,
    .explanation = N_ ("How connections are encrypted (HTTPS), on the same port.") },
  { "tls", "certificate", PL_SETTING_TEXT, "",
    .title = N_ ("Certificate"), .topic = PL_TOPIC_ENCRYPTION,
    .explanation
    = N_ ("The file of your own certificate, with its full chain: PEM, or PKCS#12.") },
  { "tls", "key", PL_SETTING_TEXT, "",
    .title = N_ ("Key"), .topic = PL_TOPIC_ENCRYPTION,
    .explanation = N_ ("The file of its private key; empty: it is in the same file.") },
  { "tls", "password-file", PL_SETTING_TEXT, "",
    .title = N_ ("Password file"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation = N_ ("A file whose first line opens the key; empty: the key is not locked.") },

  { "tls", "names", PL_SETTING_NAMES, "",
    .title = N_ ("Names"), .topic = PL_TOPIC_ENCRYPTION,
    .explanation
    = N_ ("With mode=acme: the names of your own that lead here, such as photos.example.") },
  { "tls", "email", PL_SETTING_TEXT, "",
    .title = N_ ("E-mail address"), .topic = PL_TOPIC_ENCRYPTION,
    .explanation = N_ ("Where the authority may write to you; empty: it is told none.") },
  { "tls", "directory", PL_SETTING_DIRECTORY, "letsencrypt", .choices = directories,
    .title = N_ ("Authority"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation
    = N_ ("Who makes the certificate: letsencrypt, staging to try things with, or an https address (ACME).") },
  { "tls", "directory-ca-file", PL_SETTING_TEXT, "",
    .title = N_ ("Trusted by"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation
    = N_ ("Of an authority at home: a file with the certificate it is to be trusted by (PEM).") },
  { "tls", "eab-id", PL_SETTING_TEXT, "",
    .title = N_ ("Account"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation
    = N_ ("The account’s id (EAB), if the authority has given you one; empty: none is needed.") },
  { "tls", "eab-key-file", PL_SETTING_TEXT, "",
    .title = N_ ("Key of the account"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation = N_ ("A file whose first line is the key that came with that id.") },
  { "tls", "dns-hook", PL_SETTING_TEXT, "",
    .title = N_ ("Program for DNS"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation
    = N_ ("A program that writes DNS records: add|remove NAME VALUE. Nobody need come in from the internet then.") },

  { "tls", "plain", PL_SETTING_CHOICE, "home", .choices = plain_rules,
    .choice_titles = plain_rule_titles,
    .title = N_ ("Without encryption"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation
    = N_ ("Who is still served without encryption once it is on. From the internet nobody is.") },
  { "tls", "hsts", PL_SETTING_SWITCH, "false",
    .title = N_ ("Encrypted only, for a year"), .topic = PL_TOPIC_ENCRYPTION, .is_advanced = TRUE,
    .explanation
    = N_ ("Browsers that came encrypted once are told to come no other way for a year.") },

  { "log", "keep", PL_SETTING_NUMBER, "5000", 100, 1000000, .unit = N_ ("requests"),
    .title = N_ ("_Requests to remember"), .topic = PL_TOPIC_LOG,
    .explanation = N_ ("How many requests the window remembers.") },
  { "log", "access-log", PL_SETTING_TEXT, "",
    .title = N_ ("Access log"), .topic = PL_TOPIC_LOG, .is_advanced = TRUE,
    .explanation = N_ ("A file to write every request to; - for standard output; empty: none.") },
  { "log", "format", PL_SETTING_CHOICE, "combined", .choices = log_formats,
    .choice_titles = log_format_titles,
    .title = N_ ("Format of the access log"), .topic = PL_TOPIC_LOG, .is_advanced = TRUE,
    .explanation = N_ ("How a line of that file looks.") },

  { "window", "start-at-login", PL_SETTING_SWITCH, "false",
    .title = N_ ("_Start at login"), .topic = PL_TOPIC_PROGRAM,
    .explanation = N_ ("Start the program when you log in.") },
  { "window", "start-hidden", PL_SETTING_SWITCH, "false",
    .title = N_ ("Start _hidden"), .topic = PL_TOPIC_PROGRAM,
    .explanation = N_ ("Start without showing the window.") },
  { "window", "keep-awake", PL_SETTING_SWITCH, "true",
    .title = N_ ("_Keep the computer awake"), .topic = PL_TOPIC_PROGRAM,
    .explanation = N_ ("Keep this computer awake while something is transferred.") },
  { "window", "notify-immich", PL_SETTING_SWITCH, "true",
    .title = N_ ("_Immich is down or back"), .topic = PL_TOPIC_NOTIFICATIONS,
    .explanation = N_ ("Tell when Immich stops answering, and when it is back.") },
  { "window", "notify-device", PL_SETTING_SWITCH, "true",
    .title = N_ ("A _new device came in"), .topic = PL_TOPIC_NOTIFICATIONS,
    .explanation = N_ ("Tell when a device comes in for the first time.") },
  { "window", "notify-guesser", PL_SETTING_SWITCH, "true",
    .title = N_ ("Somebody _guesses passwords"), .topic = PL_TOPIC_NOTIFICATIONS,
    .explanation = N_ ("Tell when somebody outside your home guesses passwords and has to wait.") },
  { "window", "notify-trouble", PL_SETTING_SWITCH, "true",
    .title = N_ ("So_mething is wrong"), .topic = PL_TOPIC_NOTIFICATIONS,
    .explanation = N_ ("Tell when something keeps your photos from being reached.") },
  { "window", "look-for-updates", PL_SETTING_SWITCH, "false",
    .title = N_ ("Look for _newer versions"), .topic = PL_TOPIC_PROGRAM,
    .explanation = N_ ("Once a day, ask this program's makers whether there is a newer version.") },
  { "window", "language", PL_SETTING_TEXT, "",
    .title = N_ ("_Language"), .topic = PL_TOPIC_PROGRAM,
    .explanation = N_ ("The language of this program, from its next start on.") },
  { "window", "demo", PL_SETTING_SWITCH, "false",
    .title = N_ ("D_emo"), .topic = PL_TOPIC_IMMICH, .is_advanced = TRUE,
    .explanation = N_ ("Show the built-in demo in place of your Immich.") },
};
/* clang-format on */

const PlSetting *
pl_setting_table (guint *n_settings)
{
  *n_settings = G_N_ELEMENTS (table);
  return table;
}

/* Whether a group of a file belongs to @kind, a group of the table: `upstream immich` to
 * `upstream`. */
static gboolean
is_of_kind (const char *group, const char *kind)
{
  gsize length = strlen (kind);

  if (!g_str_has_prefix (group, kind))
    return FALSE;
  if (g_strv_contains (named_groups, kind))
    return group[length] == ' ' && *pl_setting_get_group_name (group) != '\0';
  return group[length] == '\0';
}

const PlSetting *
pl_setting_find (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (is_of_kind (group, table[i].group) && strcmp (key, table[i].key) == 0)
      return &table[i];
  return NULL;
}

gboolean
pl_setting_group_is_known (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (is_of_kind (group, table[i].group))
      return TRUE;
  return FALSE;
}

gboolean
pl_setting_group_needs_name (const char *group)
{
  g_autofree char *kind = g_strchomp (g_strdup (group));
  return g_strv_contains (named_groups, kind);
}

const char *
pl_setting_get_group_name (const char *group)
{
  const char *name = group + strcspn (group, " ");
  return name + strspn (name, " ");
}

char *
pl_setting_dup_known_keys (const char *group)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (is_of_kind (group, table[i].group))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", table[i].key);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

char *
pl_setting_dup_known_groups (void)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (i > 0 && strcmp (table[i].group, table[i - 1].group) == 0)
        continue;
      g_string_append_printf (list, "%s[%s%s]", i > 0 ? ", " : "", table[i].group,
                              g_strv_contains (named_groups, table[i].group) ? " NAME" : "");
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}
