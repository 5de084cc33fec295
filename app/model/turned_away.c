/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of many addresses the one that came last is named: it is the one that somebody asks about. */

#include "app/model/turned_away.h"

#include "app/i18n.h"
#include "app/model/words.h"

static const PlTurnedAway *
find_last (const PlTurnedAwayList *list)
{
  const PlTurnedAway *last = NULL;

  for (guint i = 0; i < list->n_places; i++)
    if (last == NULL || list->places[i].last_us > last->last_us)
      last = &list->places[i];
  return last;
}

static char *
dup_addresses (const PlTurnedAway *last, guint n_others)
{
  g_autoptr (GString) address = g_string_new (NULL);

  pl_words_append_address (address, &last->address);
  if (n_others == 0)
    return g_string_free (g_steal_pointer (&address), FALSE);
  /* Translators: an address, and how many other ones */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_others), address->str,
                          n_others);
}

/* Where all places are taken others may have been forgotten. */
static char *
dup_words_of_many (const PlTurnedAwayList *list)
{
  g_autoptr (GString) address = g_string_new (NULL);

  pl_words_append_address (address, &find_last (list)->address);
  /* Translators: how many at least, and the address of one */
  return g_strdup_printf (ngettext ("%u caller or more from outside was turned away today (%s "
                                    "last)",
                                    "%u callers or more from outside were turned away today (%s "
                                    "last)",
                                    PL_TURNED_AWAY_PLACES),
                          PL_TURNED_AWAY_PLACES, address->str);
}

char *
pl_turned_away_dup_words (const PlTurnedAwayList *list, gint64 since_us)
{
  g_autofree char *addresses = NULL;
  guint n_callers = 0;

  for (guint i = 0; i < list->n_places; i++)
    n_callers += list->places[i].last_us >= since_us;
  if (n_callers == 0)
    return NULL;
  if (n_callers == PL_TURNED_AWAY_PLACES)
    return dup_words_of_many (list);
  addresses = dup_addresses (find_last (list), n_callers - 1);
  return g_strdup_printf (
      /* Translators: how many, and the address of one */
      ngettext ("%u caller from outside was turned away today (%s)",
                "%u callers from outside were turned away today (%s)", n_callers),
      n_callers, addresses);
}

char *
pl_turned_away_dup_line (const PlTurnedAwayList *list)
{
  g_autofree char *addresses = NULL;

  g_return_val_if_fail (list->n_places > 0, NULL);

  addresses = dup_addresses (find_last (list), list->n_places - 1);
  return g_strdup_printf (ngettext ("turned away: %u connection from %s",
                                    "turned away: %u connections from %s",
                                    (gulong) list->n_connections),
                          (guint) list->n_connections, addresses);
}

/* From run to run: a GKeyFile with a group for each, numbered */

char *
pl_turned_away_dup_data (const PlTurnedAwayList *list, gsize *length)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint i = 0; i < list->n_places; i++)
    {
      const PlTurnedAway *place = &list->places[i];
      g_autofree char *group = g_strdup_printf ("caller %u", i + 1);
      g_autoptr (GString) address = g_string_new (NULL);

      pl_words_append_address (address, &place->address);
      g_key_file_set_string (file, group, "address", address->str);
      g_key_file_set_uint64 (file, group, "connections", place->n_connections);
      g_key_file_set_int64 (file, group, "last-us", place->last_us);
    }
  return g_key_file_to_data (file, length, NULL);
}

/* A clock that went ahead may have been put right since. */
static void
load (PlTurnedAwayList *list, GKeyFile *file, const char *group, gint64 since_us)
{
  g_autofree char *text = g_key_file_get_string (file, group, "address", NULL);
  gint64 last_us = g_key_file_get_int64 (file, group, "last-us", NULL);
  PlAddress address;

  if (last_us >= since_us && text != NULL
      && pl_address_parse (pl_slice_from_string (text), &address))
    pl_turned_away_add (list, &address, g_key_file_get_uint64 (file, group, "connections", NULL),
                        MIN (last_us, g_get_real_time ()));
}

void
pl_turned_away_load (PlTurnedAwayList *list, const char *data, gsize length, gint64 since_us)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL))
    return;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    load (list, file, groups[i], since_us);
}
