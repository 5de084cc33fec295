/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the rules of the firewall of Windows mean for one program; the texts are as its registry has
 * them. */

#include "app/system/firewall_rules.h"

#include <string.h>

#define PROGRAM "C:\\Users\\Ulla Öst\\Früchte & Co\\Porchlight.exe"
#define BEGIN   "v2.30|Action="

/* As Windows writes them when its question was answered with Yes, and with No. */
#define YES_PRIVATE                                                                                \
  BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|App=" PROGRAM                         \
        "|Name=Porchlight|Desc=Porchlight|Defer=User|"
#define NO_PUBLIC                                                                                  \
  BEGIN "Block|Active=TRUE|Dir=In|Protocol=6|Profile=Public|App=" PROGRAM                          \
        "|Name=Porchlight|Desc=Porchlight|Defer=User|"
#define NO_PRIVATE                                                                                 \
  BEGIN "Block|Active=TRUE|Dir=In|Protocol=6|Profile=Private|App=" PROGRAM "|Name=Porchlight|"

static PlFirewall
judge (guint current, guint asking, const char *rule, const char *other)
{
  const PlFirewallDoor door = { PROGRAM, 8080 };
  PlFirewallRules rules = { 0 };

  if (rule != NULL)
    pl_firewall_rules_add (&rules, &door, rule);
  if (other != NULL)
    pl_firewall_rules_add (&rules, &door, other);
  return pl_firewall_rules_judge (&rules, current, asking);
}

static void
test_answers (void)
{
  const guint private = PL_FIREWALL_PRIVATE;
  const guint public = PL_FIREWALL_PUBLIC;

  g_assert_cmpint (judge (private, private, NULL, NULL), ==, PL_FIREWALL_ASKS);
  g_assert_cmpint (judge (private, 0, NULL, NULL), ==, PL_FIREWALL_SHUT);
  g_assert_cmpint (judge (private, private, YES_PRIVATE, NO_PUBLIC), ==, PL_FIREWALL_OPEN);
  g_assert_cmpint (judge (public, public, YES_PRIVATE, NO_PUBLIC), ==, PL_FIREWALL_ELSEWHERE);
  g_assert_cmpint (judge (public, public, YES_PRIVATE, NULL), ==, PL_FIREWALL_ELSEWHERE);
  g_assert_cmpint (judge (private, private, NO_PRIVATE, NO_PUBLIC), ==, PL_FIREWALL_SHUT);
  g_assert_cmpint (judge (private, private, YES_PRIVATE, NO_PRIVATE), ==, PL_FIREWALL_SHUT);
  g_assert_cmpint (judge (private | public, public, YES_PRIVATE, NO_PUBLIC), ==, PL_FIREWALL_OPEN);
}

/* It is off, or off in one of the networks. */
static void
test_off (void)
{
  g_assert_cmpint (judge (0, 0, NO_PRIVATE, NO_PUBLIC), ==, PL_FIREWALL_OPEN);
}

static PlFirewall
judge_one (const char *rule)
{
  return judge (PL_FIREWALL_PRIVATE, PL_FIREWALL_PRIVATE, rule, NULL);
}

static void
test_what_concerns_it (void)
{
  const char *const lets_in[] = {
    BEGIN "Allow|Active=TRUE|Dir=In|App=c:\\users\\ulla öst\\FRÜCHTE & co\\porchlight.EXE|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8080|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|LPort2_10=8000-8100|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|RA4=LocalSubnet|App=" PROGRAM "|Name=x|",
  };
  const char *const says_nothing[] = {
    BEGIN "Allow|Active=FALSE|Dir=In|Protocol=6|App=" PROGRAM "|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=Out|Protocol=6|App=" PROGRAM "|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=17|App=" PROGRAM "|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|App=C:\\Other.exe|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8081|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|LPort=RPC|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=8081|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|Svc=upnphost|Name=x|",
    BEGIN "Allow|Active=TRUE|Dir=In|AppPkgId=S-1-15-2-1|Name=x|",
    BEGIN "Block|Active=TRUE|Dir=In|Protocol=6|RA4=192.0.2.7|App=" PROGRAM "|Name=x|",
    "",
    "nonsense",
    "|=|==|Action|",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lets_in); i++)
    {
      g_test_message ("%s", lets_in[i]);
      g_assert_cmpint (judge_one (lets_in[i]), ==, PL_FIREWALL_OPEN);
    }
  for (guint i = 0; i < G_N_ELEMENTS (says_nothing); i++)
    {
      g_test_message ("%s", says_nothing[i]);
      g_assert_cmpint (judge_one (says_nothing[i]), ==, PL_FIREWALL_ASKS);
    }
}

static void
test_commands (void)
{
  g_autofree char *asks = pl_firewall_rules_dup_commands (PL_FIREWALL_ASKS, PROGRAM);
  g_autofree char *shut = pl_firewall_rules_dup_commands (PL_FIREWALL_SHUT, PROGRAM);

  g_assert_cmpstr (asks, ==,
                   "netsh advfirewall firewall add rule name=\"Porchlight\" dir=in action=allow "
                   "protocol=TCP profile=private,domain program=\"" PROGRAM "\"\n");
  g_assert_true (g_str_has_prefix (shut, "netsh advfirewall firewall delete rule name=all dir=in "
                                         "program=\"" PROGRAM "\"\n"));
  g_assert_true (g_str_has_suffix (shut, asks));
  g_assert_null (pl_firewall_rules_dup_commands (PL_FIREWALL_OPEN, PROGRAM));
  g_assert_null (pl_firewall_rules_dup_commands (PL_FIREWALL_ELSEWHERE, PROGRAM));
  g_assert_null (pl_firewall_rules_dup_commands (PL_FIREWALL_UNKNOWN, PROGRAM));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/firewall-rules/answers", test_answers);
  g_test_add_func ("/app/firewall-rules/off", test_off);
  g_test_add_func ("/app/firewall-rules/what-concerns-it", test_what_concerns_it);
  g_test_add_func ("/app/firewall-rules/commands", test_commands);
  return g_test_run ();
}
