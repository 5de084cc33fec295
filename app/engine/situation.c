/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/engine/situation.h"

#include "app/i18n.h"
#include "app/settings/world.h"

/* Lamp */

static PlLamp
get_lamp_of_exposure (PlExposure exposure)
{
  switch (exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return PL_LAMP_COMPUTER;
    case PL_EXPOSURE_NETWORK:
      return PL_LAMP_NETWORK;
    case PL_EXPOSURE_INTERNET:
      return PL_LAMP_INTERNET;
    }
  g_return_val_if_reached (PL_LAMP_FAULT);
}

/* A lamp that is not lit alarms nobody. */
static PlLamp
get_lamp_while_open (const PlSituation *situation)
{
  return situation->is_looking ? PL_LAMP_COMPUTER : get_lamp_of_exposure (situation->exposure);
}

PlLamp
pl_situation_get_lamp (const PlSituation *situation)
{
  if (situation->has_fault)
    return PL_LAMP_FAULT;
  switch (situation->run)
    {
    case PL_RUN_OPEN:
    case PL_RUN_SHUT:
      return get_lamp_while_open (situation);
    case PL_RUN_IDLE:
    case PL_RUN_PAUSED:
    case PL_RUN_ENDED:
      return PL_LAMP_PAUSED;
    }
  g_return_val_if_reached (PL_LAMP_FAULT);
}

/* Words */

static const char *
get_fault_words (const PlSituation *situation)
{
  if (pl_trouble_get_kind (situation->trouble) == PL_TROUBLE_NO_NETWORK)
    return _ ("Other devices cannot reach your photos now");
  return _ ("Your photos cannot be reached");
}

static const char *
get_untried_words (PlDoorRule world)
{
  switch (world)
    {
    case PL_DOOR_EVERYTHING:
      return _ ("The internet may reach all of Immich · not tried yet");
    case PL_DOOR_LINKS:
      return _ ("The internet may open what you shared by link · not tried yet");
    }
  g_return_val_if_reached ("");
}

static const char *
get_internet_words (const PlSituation *situation)
{
  return situation->was_seen_outside ? pl_world_get_words (situation->world)
                                     : get_untried_words (situation->world);
}

static const char *
get_exposure_words (const PlSituation *situation)
{
  switch (situation->exposure)
    {
    case PL_EXPOSURE_COMPUTER:
      return _ ("Your photos can be opened on this computer");
    case PL_EXPOSURE_NETWORK:
      return _ ("Your photos can be reached from your network");
    case PL_EXPOSURE_INTERNET:
      return get_internet_words (situation);
    }
  g_return_val_if_reached ("");
}

static const char *
get_words_while_open (const PlSituation *situation)
{
  if (situation->is_looking)
    return _ ("Let us find your Immich");
  if (situation->trouble != NULL
      && pl_trouble_get_kind (situation->trouble) == PL_TROUBLE_MAINTENANCE)
    return _ ("Immich is in maintenance");
  return get_exposure_words (situation);
}

const char *
pl_situation_get_words (const PlSituation *situation)
{
  switch (pl_situation_get_lamp (situation))
    {
    case PL_LAMP_PAUSED:
      return _ ("Paused: nobody can open your photos");
    case PL_LAMP_COMPUTER:
    case PL_LAMP_NETWORK:
    case PL_LAMP_INTERNET:
      return get_words_while_open (situation);
    case PL_LAMP_FAULT:
      return get_fault_words (situation);
    }
  g_return_val_if_reached ("");
}

/* Detail */

static char *
dup_devices_words (guint n_devices)
{
  if (n_devices == 0)
    return g_strdup (_ ("All well; no other device was here today"));
  return g_strdup_printf (
      ngettext ("%u device today, all well", "%u devices today, all well", n_devices), n_devices);
}

gboolean
pl_situation_tells_of_guessers (const PlSituation *situation)
{
  gboolean runs = situation->run == PL_RUN_OPEN || situation->run == PL_RUN_SHUT;

  return runs && situation->trouble == NULL && !situation->is_looking && situation->is_guessed;
}

static char *
dup_well_words (const PlSituation *situation)
{
  if (situation->is_looking)
    return g_strdup (_ ("None was found at its usual address on this computer"));
  if (pl_situation_tells_of_guessers (situation))
    return g_strdup (_ ("Somebody outside is guessing passwords, and has to wait"));
  if (situation->has_demo)
    return g_strdup (_ ("The built-in demo stands in for your Immich"));
  return dup_devices_words (situation->n_devices_today);
}

char *
pl_situation_dup_detail (const PlSituation *situation)
{
  if (situation->trouble != NULL)
    return g_strdup (pl_trouble_get_words (situation->trouble));
  switch (situation->run)
    {
    case PL_RUN_PAUSED:
      return g_strdup (_ ("Your settings stay as they are"));
    case PL_RUN_IDLE:
    case PL_RUN_ENDED:
      return g_strdup ("");
    case PL_RUN_OPEN:
    case PL_RUN_SHUT:
      return dup_well_words (situation);
    }
  g_return_val_if_reached (NULL);
}
