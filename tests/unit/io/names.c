/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/io/names.h"

typedef struct
{
  GResolver parent;
  GResolver *system;
  GHashTable *known; /* name → addresses, or "" */
  guint n_lookups;
} Names;

typedef GResolverClass NamesClass;

GType names_get_type (void);
G_DEFINE_TYPE (Names, names, G_TYPE_RESOLVER)

static Names *names;

static GList *
parse_addresses (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  GList *addresses = NULL;

  for (char **part = parts; *part != NULL; part++)
    addresses = g_list_append (addresses, g_inet_address_new_from_string (*part));
  return addresses;
}

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer task)
{
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* Until then nothing is said. */
static void
return_when_cancelled (GTask *task, GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

  g_task_attach_source (task, source, G_SOURCE_FUNC (cancelled_cb));
  g_object_unref (task);
}

static void
answer (GTask *task, const char *addresses)
{
  if (*addresses == '\0')
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
  else
    g_task_return_pointer (task, parse_addresses (addresses), free_addresses);
  g_object_unref (task);
}

static void
system_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, free_addresses);
  else
    g_task_return_error (task, error);
}

static void
names_lookup_by_name_async (GResolver *resolver,
                            const char *hostname,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);
  const char *addresses = g_hash_table_lookup (names->known, hostname);

  if (addresses == NULL)
    {
      g_resolver_lookup_by_name_async (names->system, hostname, cancellable, system_answered_cb,
                                       task);
      return;
    }
  names->n_lookups++;
  if (g_str_equal (addresses, "silent"))
    return_when_cancelled (task, cancellable);
  else
    answer (task, addresses);
}

static GList *
names_lookup_by_name_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
names_init (Names *self)
{
}

static void
names_class_init (NamesClass *klass)
{
  klass->lookup_by_name_async = names_lookup_by_name_async;
  klass->lookup_by_name_finish = names_lookup_by_name_finish;
}

void
names_know (const char *name, const char *addresses)
{
  if (names == NULL)
    {
      names = g_object_new (names_get_type (), NULL);
      names->system = g_resolver_get_default ();
      names->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_resolver_set_default (G_RESOLVER (names));
    }
  g_hash_table_replace (names->known, g_strdup (name),
                        g_strdup (addresses != NULL ? addresses : ""));
}

guint
names_count_lookups (void)
{
  return names->n_lookups;
}

void
names_forget_all (void)
{
  g_resolver_set_default (names->system);
  g_object_unref (names->system);
  g_hash_table_unref (names->known);
  g_clear_object (&names);
}
