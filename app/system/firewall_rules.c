/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Only what is certain counts: a rule that lets in some people alone is one that lets in (those at
 * home are the usual ones to be named), and one that keeps out some people alone is none. */

#include "app/system/firewall_rules.h"

#include <string.h>

#define TCP "6"

/* Which other programs, services or users a rule is for, if it has one of these. */
static const char *const foreign[] = { "Svc", "AppPkgId", "LUOwn", "LUAuth", "LUAuth2_24" };

/* Those who come, or the ways they come, of which a rule with one of these means only some. */
static const char *const restrictions[]
    = { "RA4", "RA6", "RPort", "RPort2_10", "LA4", "LA6", "IF", "IFType", "RMauth", "RUAuth" };

typedef struct
{
  gboolean concerns; /* the door */
  gboolean is_active;
  gboolean allows;
  gboolean is_restricted;
  gboolean has_port;
  gboolean is_of_port;
  guint profiles;
} Rule;

static gboolean
is_one_of (const char *name, const char *const *names, guint n_names)
{
  for (guint i = 0; i < n_names; i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Windows does not mind the case of letters in paths. */
static gboolean
is_same_path (const char *path, const char *other)
{
  g_autofree char *folded = g_utf8_casefold (path, -1);
  g_autofree char *other_folded = g_utf8_casefold (other, -1);

  return strcmp (folded, other_folded) == 0;
}

/* `8080`, `8000-8100`; names such as `RPC` are not of ours. */
static gboolean
has_port (const char *range, guint16 port)
{
  g_auto (GStrv) ends = g_strsplit (range, "-", 2);
  guint64 first;
  guint64 last;

  if (ends[0] == NULL || !g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXUINT16, &first, NULL))
    return FALSE;
  last = first;
  if (ends[1] != NULL && !g_ascii_string_to_unsigned (ends[1], 10, 0, G_MAXUINT16, &last, NULL))
    return FALSE;
  return port >= first && port <= last;
}

static guint
read_profile (const char *name)
{
  if (strcmp (name, "Domain") == 0)
    return PL_FIREWALL_DOMAIN;
  if (strcmp (name, "Private") == 0)
    return PL_FIREWALL_PRIVATE;
  return strcmp (name, "Public") == 0 ? PL_FIREWALL_PUBLIC : 0;
}

static void
read_field (Rule *rule, const PlFirewallDoor *door, const char *name, const char *value)
{
  if (strcmp (name, "Action") == 0)
    rule->allows = strcmp (value, "Allow") == 0;
  else if (strcmp (name, "Active") == 0)
    rule->is_active = strcmp (value, "TRUE") == 0;
  else if (strcmp (name, "Dir") == 0)
    rule->concerns &= strcmp (value, "In") == 0;
  else if (strcmp (name, "Protocol") == 0)
    rule->concerns &= strcmp (value, TCP) == 0;
  else if (strcmp (name, "Profile") == 0)
    rule->profiles |= read_profile (value);
  else if (strcmp (name, "App") == 0)
    rule->concerns &= is_same_path (value, door->program);
  else if (strcmp (name, "LPort") == 0 || strcmp (name, "LPort2_10") == 0)
    {
      rule->has_port = TRUE;
      rule->is_of_port |= has_port (value, door->port);
    }
  else if (is_one_of (name, foreign, G_N_ELEMENTS (foreign)))
    rule->concerns = FALSE;
  else
    rule->is_restricted |= is_one_of (name, restrictions, G_N_ELEMENTS (restrictions));
}

void
pl_firewall_rules_add (PlFirewallRules *rules, const PlFirewallDoor *door, const char *text)
{
  g_auto (GStrv) fields = g_strsplit (text, "|", -1);
  Rule rule = { .concerns = TRUE };

  for (guint i = 0; fields[i] != NULL; i++)
    {
      char *equals = strchr (fields[i], '=');
      if (equals == NULL)
        continue;
      *equals = '\0';
      read_field (&rule, door, fields[i], equals + 1);
    }
  if (!rule.concerns || !rule.is_active || (rule.has_port && !rule.is_of_port))
    return;

  guint profiles = rule.profiles != 0 ? rule.profiles : PL_FIREWALL_ALL;
  if (rule.allows)
    rules->allowed |= profiles;
  else if (!rule.is_restricted)
    rules->barred |= profiles;
}

/* Of several networks at once one is enough: others may come in by that. */
PlFirewall
pl_firewall_rules_judge (const PlFirewallRules *rules, guint current, guint asking)
{
  guint open = rules->allowed & ~rules->barred;

  if (current == 0 || (open & current) != 0)
    return PL_FIREWALL_OPEN;
  if (((rules->allowed | rules->barred) & current) == 0 && open == 0)
    return (asking & current) != 0 ? PL_FIREWALL_ASKS : PL_FIREWALL_SHUT;
  return open != 0 && current == PL_FIREWALL_PUBLIC ? PL_FIREWALL_ELSEWHERE : PL_FIREWALL_SHUT;
}

/* A rule that keeps out, as a question that was answered with No leaves one behind, outweighs all
 * others: it goes first. */
char *
pl_firewall_rules_dup_commands (PlFirewall firewall, const char *program)
{
  g_autoptr (GString) commands = g_string_new (NULL);

  if (firewall != PL_FIREWALL_ASKS && firewall != PL_FIREWALL_SHUT)
    return NULL;
  if (firewall == PL_FIREWALL_SHUT)
    g_string_append_printf (commands,
                            "netsh advfirewall firewall delete rule name=all dir=in "
                            "program=\"%s\"\n",
                            program);
  g_string_append_printf (commands,
                          "netsh advfirewall firewall add rule name=\"Porchlight\" dir=in "
                          "action=allow protocol=TCP profile=private,domain program=\"%s\"\n",
                          program);
  return g_string_free (g_steal_pointer (&commands), FALSE);
}
