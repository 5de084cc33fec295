/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The refusals everybody meets once are explained; others say what the system said. */

#include "app/daemon/say.h"

#include <string.h>

#include "app/engine/refusal.h"
#include "app/i18n.h"
#include "app/log/spool.h"
#include "app/model/words.h"
#include "app/settings/world.h"
#include "app/system/descriptor.h"
#include "app/system/program.h"

/* The terminal is one, whoever writes to it; all that is said is said by the main thread. */
static struct
{
  GSourceOnceFunc func;
  gpointer user_data;
} make_room;

void
pl_say_set_make_room (GSourceOnceFunc func, gpointer user_data)
{
  make_room.func = func;
  make_room.user_data = user_data;
}

/* As g_printerr() does it: UTF-8 becomes what the terminal's locale has. Takes @text. */
static void
put (int descriptor, char *text)
{
  g_autofree char *utf8 = text;
  const char *charset;

  if (g_get_console_charset (&charset))
    {
      pl_spool_put (pl_spool_get_standard (descriptor), utf8, strlen (utf8));
      return;
    }
  g_autofree char *converted
      = g_convert_with_fallback (utf8, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  if (converted != NULL)
    pl_spool_put (pl_spool_get_standard (descriptor), converted, strlen (converted));
}

void
pl_say (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (make_room.func != NULL)
    make_room.func (make_room.user_data);
  put (PL_DESCRIPTOR_STANDARD_ERROR, g_strdup_printf ("porchlightd: %s\n", text));
}

void
pl_say_result (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  put (PL_DESCRIPTOR_STANDARD_OUTPUT, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
pl_say_problems (const PlProblems *problems)
{
  for (guint i = 0; i < pl_problems_get_n (problems); i++)
    pl_say ("%s", pl_problems_get (problems, i)->text);
}

/* Refusals */

static char *
dup_taken (guint16 port)
{
  g_autofree char *owner = pl_port_dup_owner_words (port);

  return g_strdup_printf (_ ("Port %u is taken by %s. Stop it, or choose another port: "
                             "porchlightd --port %u"),
                          port, owner, pl_port_find_free (port));
}

static char *
dup_reserved (guint16 port)
{
  return g_strdup_printf (_ ("Windows keeps port %u for itself, as it does with some for Hyper-V, "
                             "WSL and Docker. Choose another: porchlightd --port %u. Which ones it "
                             "keeps: netsh int ipv4 show excludedportrange tcp"),
                          port, pl_port_find_free (port));
}

static char *
dup_privileged (guint16 port)
{
  g_autofree char *program = pl_program_dup_path ();

  return g_strdup_printf (_ ("Port %u is kept for privileged programs. Choose one above %d: "
                             "porchlightd --port %u. Or allow it once: sudo setcap "
                             "cap_net_bind_service=+ep %s"),
                          port, PL_PORT_FIRST_ORDINARY - 1, pl_port_find_free (port),
                          program != NULL ? program : "porchlightd");
}

static char *
dup_other (const GError *error, const PlConfig *config)
{
  const char *missing = pl_bind_find_missing (config);

  if (missing != NULL)
    return g_strdup_printf (_ ("This computer does not have the address %s of [listen] bind= now "
                               "(%s)"),
                            missing, error->message);
  return g_strdup (error->message);
}

char *
pl_say_dup_refusal (const GError *error, const PlConfig *config)
{
  switch (pl_refusal_find_reason (error, config->port))
    {
    case PL_REFUSED_TAKEN:
      return dup_taken (config->port);
    case PL_REFUSED_PRIVILEGED:
      return dup_privileged (config->port);
    case PL_REFUSED_RESERVED:
      return dup_reserved (config->port);
    case PL_REFUSED_OTHER:
      return dup_other (error, config);
    }
  g_return_val_if_reached (NULL);
}

/* Firewall */

/* What is to be copied stands in lines of its own. */
void
pl_say_firewall (const PlFirewallWatch *firewall, PlExposure exposure)
{
  const char *words = pl_firewall_watch_get_words (firewall, exposure);
  g_autofree char *commands = pl_firewall_watch_dup_commands (firewall, exposure);

  if (words == NULL)
    return;
  if (commands != NULL)
    pl_say ("%s\n%s", words, g_strchomp (commands));
  else
    pl_say ("%s", words);
}

/* The internet */

void
pl_say_world (const PlSettings *settings, gboolean is_start)
{
  if (pl_settings_get_choice (settings, "listen", "exposure") != PL_EXPOSURE_INTERNET)
    return;
  pl_say ("%s", pl_world_get_words (pl_world_get_rule (settings)));
  if (is_start && pl_world_is_news (settings))
    pl_say (_ ("The internet now sees only what you shared by link, and nobody can log in from "
               "there. Write below [door] world=links to keep it so, or world=everything to let it "
               "reach all of Immich, as before"));
}

/* Health */

static void
say_well (const PlEndpointStatus *status)
{
  g_autoptr (GString) took = g_string_new (NULL);

  pl_words_append_duration (took, MAX (status->response_us, 0));
  pl_say (_ ("%s at %s is well; it answered in %s"), status->upstream, status->endpoint, took->str);
}

void
pl_say_health (const PlEndpointStatus *status)
{
  switch (status->health)
    {
    case PL_HEALTH_UNKNOWN:
      break;
    case PL_HEALTH_WELL:
      say_well (status);
      break;
    case PL_HEALTH_MAINTENANCE:
      pl_say (_ ("%s at %s is in maintenance; its admin can end it there"), status->upstream,
              status->endpoint);
      break;
    case PL_HEALTH_LOOP:
      pl_say (_ ("%s at %s leads back to Porchlight; give the address of Immich itself"),
              status->upstream, status->endpoint);
      break;
    case PL_HEALTH_NOT_WELL:
      pl_say (_ ("%s at %s is not well: %s"), status->upstream, status->endpoint,
              status->last_error != NULL ? status->last_error : _ ("it does not answer"));
      break;
    }
}
