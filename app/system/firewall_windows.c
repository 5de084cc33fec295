/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the firewall is set and what kinds of network there are is asked by COM. The rules are read
 * from the registry, where everybody may read them: asking for some hundred of them one by one
 * takes seconds. */

#include "app/system/firewall.h"

#define COBJMACROS
#include <windows.h>

/* No library has the names of what is asked for: this file has them itself. */
#include <initguid.h>
#include <netfw.h>

#include "app/system/firewall_rules.h"
#include "app/system/program.h"

#define MOST_RULE_UNITS 16384

/* Of the computer, and of who administers it. */
static const wchar_t *const rule_keys[] = {
  L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules",
  L"SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules",
};

/* How it is set for the networks this computer is in, as flags of PlFirewallProfiles. */
typedef struct
{
  guint guarded; /* it is on */
  guint sealed;  /* nobody is let in, whatever rules say */
  guint asking;
} State;

/* Variables stand in the paths of some programs: `%ProgramFiles%\…`. */
static void
add_rule (PlFirewallRules *rules, const PlFirewallDoor *door, const wchar_t *text)
{
  g_autofree wchar_t *expanded = g_new (wchar_t, MOST_RULE_UNITS);
  DWORD length = ExpandEnvironmentStringsW (text, expanded, MOST_RULE_UNITS);

  if (length == 0 || length > MOST_RULE_UNITS)
    return;
  g_autofree char *rule = g_utf16_to_utf8 (expanded, -1, NULL, NULL, NULL);
  if (rule != NULL)
    pl_firewall_rules_add (rules, door, rule);
}

static void
read_rules (PlFirewallRules *rules, const PlFirewallDoor *door, const wchar_t *path)
{
  g_autofree wchar_t *name = g_new (wchar_t, MOST_RULE_UNITS);
  g_autofree wchar_t *text = g_new0 (wchar_t, MOST_RULE_UNITS);
  LSTATUS status = ERROR_SUCCESS;
  HKEY key;

  if (RegOpenKeyExW (HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE, &key) != ERROR_SUCCESS)
    return;
  for (DWORD i = 0; status != ERROR_NO_MORE_ITEMS; i++)
    {
      DWORD name_units = MOST_RULE_UNITS;
      DWORD text_bytes = (MOST_RULE_UNITS - 1) * sizeof *text;
      DWORD type = REG_NONE;

      status = RegEnumValueW (key, i, name, &name_units, NULL, &type, (BYTE *) text, &text_bytes);
      if (status != ERROR_SUCCESS || type != REG_SZ)
        continue;
      text[text_bytes / sizeof *text] = L'\0';
      add_rule (rules, door, text);
    }
  RegCloseKey (key);
}

static void
read_profile (INetFwPolicy2 *policy, NET_FW_PROFILE_TYPE2 profile, State *state)
{
  VARIANT_BOOL is_on = VARIANT_TRUE;
  VARIANT_BOOL is_sealed = VARIANT_FALSE;
  VARIANT_BOOL is_silent = VARIANT_FALSE;

  INetFwPolicy2_get_FirewallEnabled (policy, profile, &is_on);
  INetFwPolicy2_get_BlockAllInboundTraffic (policy, profile, &is_sealed);
  INetFwPolicy2_get_NotificationsDisabled (policy, profile, &is_silent);
  if (!is_on)
    return;
  state->guarded |= profile;
  state->sealed |= is_sealed ? profile : 0;
  state->asking |= is_silent ? 0 : profile;
}

/* Returns: %FALSE when the system does not tell. A firewall that is off in one of several networks
 * lets others in by that. */
static gboolean
read_policy (INetFwPolicy2 *policy, State *state)
{
  long current = 0;

  if (FAILED (INetFwPolicy2_get_CurrentProfileTypes (policy, &current)) || current == 0)
    return FALSE;
  for (guint profile = PL_FIREWALL_DOMAIN; profile <= PL_FIREWALL_PUBLIC; profile *= 2)
    if ((current & profile) != 0)
      read_profile (policy, (NET_FW_PROFILE_TYPE2) profile, state);
  if (state->guarded != (guint) current)
    *state = (State){ 0 };
  return TRUE;
}

static gboolean
read_state (State *state)
{
  /* Whoever has begun COM on this thread in another way has begun it all the same. */
  HRESULT begun = CoInitializeEx (NULL, COINIT_MULTITHREADED);
  INetFwPolicy2 *policy = NULL;
  gboolean is_told = FALSE;

  if (SUCCEEDED (CoCreateInstance (&CLSID_NetFwPolicy2, NULL, CLSCTX_INPROC_SERVER,
                                   &IID_INetFwPolicy2, (void **) &policy)))
    {
      is_told = read_policy (policy, state);
      INetFwPolicy2_Release (policy);
    }
  if (SUCCEEDED (begun))
    CoUninitialize ();
  return is_told;
}

PlFirewall
pl_firewall_look (guint16 port)
{
  g_autofree char *program = pl_program_dup_path ();
  const PlFirewallDoor door = { program, port };
  PlFirewallRules rules = { 0 };
  State state = { 0 };

  if (program == NULL || !read_state (&state))
    return PL_FIREWALL_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (rule_keys); i++)
    read_rules (&rules, &door, rule_keys[i]);
  rules.barred |= state.sealed;
  return pl_firewall_rules_judge (&rules, state.guarded, state.asking);
}

char *
pl_firewall_dup_commands (PlFirewall firewall)
{
  g_autofree char *program = pl_program_dup_path ();
  return program != NULL ? pl_firewall_rules_dup_commands (firewall, program) : NULL;
}
