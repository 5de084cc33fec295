/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/waiting.h"

#include "app/i18n.h"
#include "app/model/local_time.h"
#include "app/model/words.h"

#define ADDRESS_BITS 128
#define IPV4_OFFSET  96

static char *
dup_network (const PlWaiting *waiting)
{
  const PlNetwork *network = &waiting->network;
  gboolean is_ipv4 = pl_address_is_ipv4 (&network->address);
  g_autoptr (GString) who = g_string_new (NULL);

  pl_words_append_address (who, &network->address);
  if (network->prefix_bits < ADDRESS_BITS)
    g_string_append_printf (who, "/%u", network->prefix_bits - (is_ipv4 ? IPV4_OFFSET : 0));
  return g_string_free (g_steal_pointer (&who), FALSE);
}

char *
pl_waiting_dup_who (const PlWaiting *waiting, PlDeviceList *devices)
{
  g_autofree char *network = dup_network (waiting);
  const char *name = "";

  if (devices != NULL && waiting->network.prefix_bits == ADDRESS_BITS)
    name = pl_device_list_get_given_name (devices, &waiting->network.address);
  if (*name == '\0')
    return g_steal_pointer (&network);
  /* Translators: a device's name and its address */
  return g_strdup_printf (_ ("%s (%s)"), name, network);
}

char *
pl_waiting_dup_words (const PlWaiting *waiting, PlDeviceList *devices)
{
  g_autofree char *who = pl_waiting_dup_who (waiting, devices);
  guint n_tries = waiting->n_failed + waiting->n_refused;

  switch (waiting->login)
    {
    case PL_LOGIN_NONE:
    case PL_LOGIN_PASSWORD:
      /* Translators: an address, and how many */
      return g_strdup_printf (ngettext ("Somebody at %s is guessing passwords: %u try",
                                        "Somebody at %s is guessing passwords: %u tries", n_tries),
                              who, n_tries);
    case PL_LOGIN_LINK:
      /* Translators: an address, and how many */
      return g_strdup_printf (ngettext ("Somebody at %s is guessing passwords of links: %u try",
                                        "Somebody at %s is guessing passwords of links: %u tries",
                                        n_tries),
                              who, n_tries);
    case PL_LOGIN_KEY:
      /* Translators: an address, and how many */
      return g_strdup_printf (ngettext ("Somebody at %s is guessing API keys: %u try",
                                        "Somebody at %s is guessing API keys: %u tries", n_tries),
                              who, n_tries);
    case PL_LOGIN_PIN:
      /* Translators: an address, and how many */
      return g_strdup_printf (ngettext ("Somebody at %s is guessing PIN codes: %u try",
                                        "Somebody at %s is guessing PIN codes: %u tries", n_tries),
                              who, n_tries);
    }
  g_return_val_if_reached (NULL);
}

char *
pl_waiting_dup_since (const PlWaiting *waiting, gint64 now_us)
{
  g_autofree char *moment = pl_local_time_dup_moment (now_us - waiting->since_us, now_us);

  /* Translators: a time, or a day and a time */
  return g_strdup_printf (_ ("Since %s"), moment);
}

char *
pl_waiting_dup_left (const PlWaiting *waiting)
{
  g_autofree char *left = pl_words_dup_countdown (waiting->left_us);

  /* Translators: a duration */
  return g_strdup_printf (_ ("The next try has to wait for %s"), left);
}

gboolean
pl_waiting_is_same (const PlWaiting *a, const PlWaiting *b)
{
  return a->login == b->login && pl_network_equal (&a->network, &b->network);
}
