/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One that was freed lives on, without its function, until libsoup has let go of its questions:
 * each of them holds it. */

#include "app/finder/search.h"

#include "app/finder/ask.h"
#include "app/finder/locate.h"

/* Enough for a network of 254 silent neighbours in a few seconds, and few enough for any router. */
#define ASKED_AT_ONCE 64

/* In the user's own network an answer is a matter of milliseconds; only a computer that sleeps, or
 * is not there, takes longer. */
#define TIMEOUT_MS 1200

struct _PlSearch
{
  guint ref_count;
  GPtrArray *places;
  PlSearchFunc answered;
  gpointer user_data;
  SoupSession *session;
  GCancellable *cancellable;
  guint n_asked;
  guint n_answered;
};

typedef struct
{
  PlSearch *search;
  guint rank;
} Question;

static void
search_unref (PlSearch *search)
{
  if (--search->ref_count > 0)
    return;
  g_ptr_array_unref (search->places);
  g_object_unref (search->session);
  g_object_unref (search->cancellable);
  g_free (search);
}

static void ask_more (PlSearch *search);

static void
located_cb (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  PlSearch *search = question->search;
  g_autoptr (PlProbe) probe = pl_locate_finish (result, NULL);

  search->n_answered++;
  if (search->answered != NULL && probe != NULL)
    {
      ask_more (search);
      search->answered (question->rank, g_steal_pointer (&probe), search->user_data);
    }
  search_unref (search);
}

static void
ask (PlSearch *search, guint rank)
{
  Question *question = g_new (Question, 1);
  g_autofree char *url = pl_place_dup_url (pl_search_get_place (search, rank));

  *question = (Question){ search, rank };
  search->ref_count++;
  pl_locate_async (search->session, url, TIMEOUT_MS, search->cancellable, located_cb, question);
}

static void
ask_more (PlSearch *search)
{
  while (search->n_asked < search->places->len
         && search->n_asked - search->n_answered < ASKED_AT_ONCE)
    ask (search, search->n_asked++);
}

PlSearch *
pl_search_new (GPtrArray *places, PlSearchFunc answered, gpointer user_data)
{
  PlSearch *search = g_new (PlSearch, 1);

  *search = (PlSearch){
    .ref_count = 1,
    .places = g_ptr_array_ref (places),
    .answered = answered,
    .user_data = user_data,
    .session = pl_ask_new_session (PL_ASK_STRAIGHT),
    .cancellable = g_cancellable_new (),
  };
  ask_more (search);
  return search;
}

void
pl_search_free (PlSearch *search)
{
  search->answered = NULL;
  g_cancellable_cancel (search->cancellable);
  search_unref (search);
}

const PlPlace *
pl_search_get_place (PlSearch *search, guint rank)
{
  return g_ptr_array_index (search->places, rank);
}

guint
pl_search_get_n_places (PlSearch *search)
{
  return search->places->len;
}

guint
pl_search_get_n_answered (PlSearch *search)
{
  return search->n_answered;
}
