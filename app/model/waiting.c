/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/model/waiting.h"

#include "app/i18n.h"
#include "app/model/words.h"

#define ADDRESS_BITS 128
#define IPV4_OFFSET  96

char *
pl_waiting_dup_who (const PlWaiting *waiting)
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
pl_waiting_dup_words (const PlWaiting *waiting)
{
  g_autofree char *who = pl_waiting_dup_who (waiting);
  guint n_tries = waiting->n_failed + waiting->n_refused;

  /* Translators: an address, and how many */
  return g_strdup_printf (ngettext ("Somebody at %s is guessing passwords: %u try",
                                    "Somebody at %s is guessing passwords: %u tries", n_tries),
                          who, n_tries);
}

char *
pl_waiting_dup_left (const PlWaiting *waiting)
{
  gint64 seconds = (MAX (waiting->left_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *left = pl_words_dup_duration (seconds * G_USEC_PER_SEC);

  /* Translators: a duration */
  return g_strdup_printf (_ ("The next try has to wait for %s"), left);
}
