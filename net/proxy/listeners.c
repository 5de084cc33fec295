/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/proxy/listeners.h"

typedef struct
{
  PlListening at;
  PlHandle handle; /* the worker's; good for sharing its port as long as it is listed here */
  gboolean is_dispensable; /* nobody named it: a computer without IPv6 does without */
  gboolean is_given;       /* whoever started the program has opened it */
} Listening;

struct _PlListeners
{
  PlWorker *worker;
  GArray *open; /* of Listening */
};

PlListeners *
pl_listeners_new (PlWorker *worker)
{
  PlListeners *listeners = g_new0 (PlListeners, 1);

  listeners->worker = worker;
  listeners->open = g_array_new (FALSE, FALSE, sizeof (Listening));
  return listeners;
}

void
pl_listeners_free (PlListeners *listeners)
{
  g_array_unref (listeners->open);
  g_free (listeners);
}

static const PlPlatform *
get_platform (const PlListeners *listeners)
{
  return pl_worker_get_platform (listeners->worker);
}

static gboolean
has (GArray *array, const PlAddress *address)
{
  for (guint i = 0; i < array->len; i++)
    if (pl_address_equal (&g_array_index (array, Listening, i).at.address, address))
      return TRUE;
  return FALSE;
}

/* One of ours stands for its own address alone: another exposure may close it. One that was given
 * is never closed, and stands for all that it takes. */
static gboolean
is_listened_on (const PlListeners *listeners, const PlAddress *address)
{
  for (guint i = 0; i < listeners->open->len; i++)
    {
      const Listening *listening = &g_array_index (listeners->open, Listening, i);

      if (listening->is_given && pl_listening_covers (&listening->at, address))
        return TRUE;
    }
  return has (listeners->open, address);
}

/* What is wanted */

static void
want_address (GArray *wanted, const char *text, guint16 port, gboolean is_dispensable)
{
  Listening listening = { .handle = PL_HANDLE_NONE, .is_dispensable = is_dispensable };

  if (!pl_address_parse (pl_slice_from_string (text), &listening.at.address))
    g_return_if_reached ();
  listening.at.address.port = port;
  if (!has (wanted, &listening.at.address))
    g_array_append_val (wanted, listening);
}

/* Loopback is in all networks: it is listened on by itself where that can be. */
static GArray *
list_wanted (const PlConfig *config, gboolean can_share)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (Listening));

  for (guint i = 0; config->bind != NULL && config->bind[i] != NULL; i++)
    want_address (wanted, config->bind[i], config->port, FALSE);
  if (config->bind != NULL)
    return wanted;
  if (can_share || config->exposure == PL_EXPOSURE_COMPUTER)
    {
      want_address (wanted, "127.0.0.1", config->port, FALSE);
      want_address (wanted, "::1", config->port, TRUE);
    }
  if (config->exposure != PL_EXPOSURE_COMPUTER)
    {
      want_address (wanted, "0.0.0.0", config->port, FALSE);
      want_address (wanted, "::", config->port, TRUE);
    }
  return wanted;
}

/* Opening */

/* Only while one of ours is being opened may ports be shared: another program, or a second
 * start of this one, must find the port taken. */
static void
share_all (PlListeners *listeners, GArray *opened, gboolean shared)
{
  for (guint i = 0; i < listeners->open->len; i++)
    get_platform (listeners)->share (g_array_index (listeners->open, Listening, i).handle, shared);
  for (guint i = 0; i < opened->len; i++)
    get_platform (listeners)->share (g_array_index (opened, Listening, i).handle, shared);
}

static gboolean
must_share (PlListeners *listeners, GArray *opened, guint16 port)
{
  if (get_platform (listeners)->share == NULL)
    return FALSE;
  for (guint i = 0; i < listeners->open->len; i++)
    if (g_array_index (listeners->open, Listening, i).at.address.port == port)
      return TRUE;
  return opened->len > 0;
}

static PlHandle
try_address (PlListeners *listeners, GArray *opened, const PlAddress *address, GError **error)
{
  gboolean shared = must_share (listeners, opened, address->port);
  PlHandle handle;

  if (!shared)
    return get_platform (listeners)->listen (address, FALSE, error);
  share_all (listeners, opened, TRUE);
  handle = get_platform (listeners)->listen (address, TRUE, error);
  share_all (listeners, opened, FALSE);
  if (handle != PL_HANDLE_NONE)
    get_platform (listeners)->share (handle, FALSE);
  return handle;
}

/* A port that is taken may be ours still: the worker closes a listener when it comes to the message
 * that says so. Then it is free, and taken once more by somebody else only if that is so. */
static PlHandle
open_address (PlListeners *listeners, GArray *opened, const PlAddress *address, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  PlHandle handle = try_address (listeners, opened, address, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      pl_worker_settle (listeners->worker);
      return try_address (listeners, opened, address, error);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return handle;
}

static gboolean
is_missing_family (const Listening *listening, const GError *error)
{
  return listening->is_dispensable
         && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)
             || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED));
}

static char *
dup_address (const PlAddress *address)
{
  char text[PL_ADDRESS_TEXT_BYTES];
  PlWriter writer;

  pl_writer_init (&writer, text, sizeof text);
  pl_address_write (address, &writer);
  return g_strndup (text, writer.length);
}

static gboolean
open_missing (PlListeners *listeners, GArray *wanted, GArray *opened, GError **error)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      Listening listening = g_array_index (wanted, Listening, i);
      g_autoptr (GError) local_error = NULL;
      g_autofree char *name = NULL;

      if (is_listened_on (listeners, &listening.at.address))
        continue;
      listening.handle = open_address (listeners, opened, &listening.at.address, &local_error);
      if (listening.handle != PL_HANDLE_NONE)
        {
          if (get_platform (listeners)->await_request != NULL)
            get_platform (listeners)->await_request (listening.handle);
          g_array_append_val (opened, listening);
        }
      else if (!is_missing_family (&listening, local_error))
        {
          name = dup_address (&listening.at.address);
          g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", name);
          return FALSE;
        }
    }
  return TRUE;
}

static void
close_unwanted (PlListeners *listeners, GArray *wanted)
{
  for (guint i = listeners->open->len; i-- > 0;)
    {
      const Listening *listening = &g_array_index (listeners->open, Listening, i);

      if (listening->is_given || has (wanted, &listening->at.address))
        continue;
      pl_worker_close_listener (listeners->worker, &listening->at.address);
      g_array_remove_index_fast (listeners->open, i);
    }
}

/* Returns: %FALSE with @error, with nothing opened */
static gboolean
open_all (PlListeners *listeners, GArray *wanted, GError **error)
{
  g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (Listening));

  if (!open_missing (listeners, wanted, opened, error))
    {
      for (guint i = 0; i < opened->len; i++)
        get_platform (listeners)->close_handle (g_array_index (opened, Listening, i).handle);
      return FALSE;
    }
  for (guint i = 0; i < opened->len; i++)
    pl_worker_open_listener (listeners->worker, g_array_index (opened, Listening, i).handle);
  g_array_append_vals (listeners->open, opened->data, opened->len);
  return TRUE;
}

void
pl_listeners_take (PlListeners *listeners, int descriptor, const PlListening *at)
{
  const PlPlatform *platform = get_platform (listeners);
  Listening listening = { .at = *at, .is_given = TRUE };

  listening.handle = platform->adopt (descriptor);
  if (listening.handle == PL_HANDLE_NONE)
    return;
  if (platform->await_request != NULL)
    platform->await_request (listening.handle);
  pl_worker_open_listener (listeners->worker, listening.handle);
  g_array_append_val (listeners->open, listening);
}

/* What closes makes room for what opens; the worker must have heeded it by then. */
static gboolean
replace (PlListeners *listeners, GArray *wanted, GError **error)
{
  g_autoptr (GArray) before = g_array_copy (listeners->open);

  close_unwanted (listeners, wanted);
  pl_worker_settle (listeners->worker);
  if (open_all (listeners, wanted, error))
    return TRUE;
  open_all (listeners, before, NULL);
  return FALSE;
}

gboolean
pl_listeners_apply (PlListeners *listeners, const PlConfig *config, GError **error)
{
  gboolean can_share = get_platform (listeners)->share != NULL;
  g_autoptr (GArray) wanted = list_wanted (config, can_share);

  if (!can_share)
    return replace (listeners, wanted, error);
  if (!open_all (listeners, wanted, error))
    return FALSE;
  close_unwanted (listeners, wanted);
  return TRUE;
}

static void
add_address (GPtrArray *addresses, const PlAddress *address)
{
  g_ptr_array_add (addresses, dup_address (address));
}

char **
pl_listeners_dup_addresses (const PlListeners *listeners)
{
  GPtrArray *addresses = g_ptr_array_new ();

  for (guint i = 0; i < listeners->open->len; i++)
    {
      const PlListening *at = &g_array_index (listeners->open, Listening, i).at;
      PlAddress any_ipv4 = pl_address_from_ipv4 ((const guint8[4]){ 0 }, at->address.port);

      add_address (addresses, &at->address);
      if (pl_listening_covers (at, &any_ipv4) && !pl_address_is_ipv4 (&at->address))
        add_address (addresses, &any_ipv4);
    }
  g_ptr_array_add (addresses, NULL);
  return (char **) g_ptr_array_free (addresses, FALSE);
}
