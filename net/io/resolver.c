/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of each name there is at most one lookup under way, however many ask: GResolver has a thread
 * for each, and after a restart every connection would start one. */

#include "net/io/resolver.h"

#include "net/io/inet_address.h"

struct _PlResolver
{
  GResolver *resolver;
  gint64 remembered_us; /* how long an answer is */
  GCancellable *closed;
  GHashTable *answers; /* host → Answer */
  GHashTable *lookups; /* host → Lookup */
};

typedef struct
{
  gint64 learnt_us;
  guint n_addresses;
  PlAddress addresses[];
} Answer;

/* Owned by its callback, which always comes, if only to say that it was cancelled. */
typedef struct
{
  PlResolver *resolver; /* gone when @closed is cancelled */
  GCancellable *closed;
  char *host;
  GSList *waiters; /* of Waiter, the last to ask first */
} Lookup;

typedef struct
{
  PlResolvedFunc func;
  gpointer user_data;
  GCancellable *cancellable;
} Waiter;

static void
waiter_free (Waiter *waiter)
{
  g_clear_object (&waiter->cancellable);
  g_free (waiter);
}

static void
lookup_free (Lookup *lookup)
{
  g_slist_free_full (lookup->waiters, (GDestroyNotify) waiter_free);
  g_object_unref (lookup->closed);
  g_free (lookup->host);
  g_free (lookup);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

PlResolver *
pl_resolver_new (guint remember_ms)
{
  PlResolver *resolver = g_new0 (PlResolver, 1);

  resolver->remembered_us = (gint64) remember_ms * 1000;
  resolver->resolver = g_resolver_get_default ();
  resolver->closed = g_cancellable_new ();
  resolver->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  resolver->lookups = g_hash_table_new (g_str_hash, g_str_equal);
  return resolver;
}

void
pl_resolver_free (PlResolver *resolver)
{
  g_cancellable_cancel (resolver->closed);
  g_object_unref (resolver->closed);
  g_object_unref (resolver->resolver);
  g_hash_table_unref (resolver->answers);
  g_hash_table_unref (resolver->lookups);
  g_free (resolver);
}

static GList *
find_family (GList *found, GSocketFamily family, gboolean is_wanted)
{
  while (found != NULL && (g_inet_address_get_family (found->data) == family) != is_wanted)
    found = found->next;
  return found;
}

/* Families take turns, so that one that leads nowhere costs one attempt (RFC 8305 §4). */
static Answer *
answer_new (GList *found)
{
  guint n_addresses = g_list_length (found);
  Answer *answer = g_malloc0 (sizeof (Answer) + n_addresses * sizeof (PlAddress));
  GSocketFamily first_family = g_inet_address_get_family (found->data);
  GList *next[2] = { found, found };

  answer->learnt_us = g_get_monotonic_time ();
  for (gboolean is_first = TRUE; answer->n_addresses < n_addresses; is_first = !is_first)
    {
      GList *link = find_family (next[is_first], first_family, is_first);

      if (link != NULL)
        answer->addresses[answer->n_addresses++] = pl_address_from_inet_address (link->data, 0);
      next[is_first] = link != NULL ? link->next : NULL;
    }
  return answer;
}

static gboolean
is_outdated (gpointer host, gpointer answer, gpointer oldest_us)
{
  return ((Answer *) answer)->learnt_us <= *(gint64 *) oldest_us;
}

/* What is outdated goes on the way, so names that are no longer asked for do not gather. */
static const Answer *
recall (PlResolver *resolver, const char *host, gint64 since_us)
{
  gint64 oldest_us = g_get_monotonic_time () - resolver->remembered_us;
  const Answer *answer;

  g_hash_table_foreach_remove (resolver->answers, is_outdated, &oldest_us);
  answer = g_hash_table_lookup (resolver->answers, host);
  return answer != NULL && answer->learnt_us >= since_us ? answer : NULL;
}

static void
tell (Lookup *lookup, const Answer *answer)
{
  lookup->waiters = g_slist_reverse (lookup->waiters);
  for (GSList *link = lookup->waiters; link != NULL; link = link->next)
    {
      Waiter *waiter = link->data;

      if (waiter->cancellable != NULL && g_cancellable_is_cancelled (waiter->cancellable))
        continue;
      waiter->func (answer != NULL ? answer->addresses : NULL,
                    answer != NULL ? answer->n_addresses : 0, waiter->user_data);
    }
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Lookup) lookup = user_data;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, NULL);
  Answer *answer = NULL;

  if (!g_cancellable_is_cancelled (lookup->closed))
    {
      g_hash_table_remove (lookup->resolver->lookups, lookup->host);
      if (found != NULL)
        {
          answer = answer_new (found);
          g_hash_table_replace (lookup->resolver->answers, g_strdup (lookup->host), answer);
        }
      tell (lookup, answer);
    }
  g_resolver_free_addresses (found);
}

static Lookup *
start_lookup (PlResolver *resolver, const char *host)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->resolver = resolver;
  lookup->closed = g_object_ref (resolver->closed);
  lookup->host = g_strdup (host);
  g_hash_table_insert (resolver->lookups, lookup->host, lookup);
  g_resolver_lookup_by_name_async (resolver->resolver, host, resolver->closed, looked_up_cb,
                                   lookup);
  return lookup;
}

static void
wait_for_lookup (PlResolver *resolver, const char *host, const Waiter *waiter)
{
  Lookup *lookup = g_hash_table_lookup (resolver->lookups, host);

  if (lookup == NULL)
    lookup = start_lookup (resolver, host);
  lookup->waiters = g_slist_prepend (lookup->waiters, g_memdup2 (waiter, sizeof *waiter));
}

void
pl_resolver_look_up (PlResolver *resolver,
                     const char *host,
                     gint64 since_us,
                     GCancellable *cancellable,
                     PlResolvedFunc func,
                     gpointer user_data)
{
  Waiter waiter = { func, user_data, NULL };
  const Answer *answer;
  PlAddress literal;

  if (pl_address_parse (pl_slice_from_string (host), &literal) && literal.port == 0)
    func (&literal, 1, user_data);
  else if ((answer = recall (resolver, host, since_us)) != NULL)
    func (answer->addresses, answer->n_addresses, user_data);
  else
    {
      g_set_object (&waiter.cancellable, cancellable);
      wait_for_lookup (resolver, host, &waiter);
    }
}
