/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The nicks of the enumeration are what icons and style classes are named by. */

#include "app/model/lamp.h"

static const GEnumValue values[] = {
  { PL_LAMP_PAUSED, "PL_LAMP_PAUSED", "paused" },
  { PL_LAMP_COMPUTER, "PL_LAMP_COMPUTER", "computer" },
  { PL_LAMP_NETWORK, "PL_LAMP_NETWORK", "network" },
  { PL_LAMP_INTERNET, "PL_LAMP_INTERNET", "internet" },
  { PL_LAMP_FAULT, "PL_LAMP_FAULT", "fault" },
  { 0, NULL, NULL },
};

GType
pl_lamp_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("PlLamp", values));
  return type;
}

const char *
pl_lamp_get_name (PlLamp lamp)
{
  return values[lamp].value_nick;
}
