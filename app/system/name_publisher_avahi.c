/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Avahi publishes what is put into an entry group, for as long as whoever did so stays on the bus:
 * to leave it is to withdraw, however the program ends. So the connection is of this file's own,
 * and there only while there is something to publish.
 *
 * An attempt is one group: it is made, filled, committed; then Avahi asks around, says that the
 * name is established, and is asked itself where it leads. */

#include "app/system/name_publisher.h"

#include "app/system/own_addresses.h"

#define AVAHI        "org.freedesktop.Avahi"
#define SERVER       AVAHI ".Server"
#define ENTRY_GROUP  AVAHI ".EntryGroup"
#define COLLISION    AVAHI ".CollisionError"
#define CALL_WAIT_MS 10000

/* avahi-common/defs.h and address.h. */
#define ANY_INTERFACE (-1)
#define ANY_PROTOCOL  (-1)

/* The addresses have names already, those of the computer: no second name of each is published. */
#define NO_REVERSE 16u

/* Of PlNamePublisher.wait_s: a bus that comes late, an Avahi that is slow to hear itself. */
#define SHORTEST_WAIT_S 1
#define LONGEST_WAIT_S  300

/* Before it is told that the name does not lead here: what it led to before is remembered for a
 * second after it was withdrawn (RFC 6762 §10.1). */
#define PATIENT_WAIT_S 4

/* AvahiEntryGroupState. */
typedef enum
{
  GROUP_UNCOMMITTED,
  GROUP_REGISTERING,
  GROUP_ESTABLISHED,
  GROUP_COLLISION,
  GROUP_FAILURE,
} GroupState;

/**
 * PlNamePublisher:
 * @publication: (nullable): what is wanted
 * @joining: (nullable): cancels what leads to @bus
 * @bus: (nullable): while something is wanted and the bus is there
 * @avahi_watch: tells whether Avahi is on it, @has_avahi: it is
 * @attempt: (nullable): cancels what is asked of Avahi
 * @group: (nullable): of the attempt
 * @group_signal: what it tells; 0: no group
 * @wait_s: before the next of what failed; @waiting: until then; 0: nothing has
 */
struct _PlNamePublisher
{
  PlNamePublisherFunc func;
  gpointer user_data;
  PlPublication *publication;

  GCancellable *joining;
  GDBusConnection *bus;
  gulong closed_handler;
  guint avahi_watch;
  gboolean has_avahi;

  GCancellable *attempt;
  char *group;
  guint group_signal;

  guint wait_s;
  guint waiting;
};

static void join (PlNamePublisher *publisher);

static void
tell (PlNamePublisher *publisher, PlNameFate fate)
{
  publisher->func (fate, publisher->user_data);
}

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Longer each time; the callback has what failed done again. */
static void
try_later (PlNamePublisher *publisher, GSourceOnceFunc again)
{
  g_clear_handle_id (&publisher->waiting, g_source_remove);
  publisher->waiting = g_timeout_add_once (publisher->wait_s * 1000, again, publisher);
  publisher->wait_s = MIN (publisher->wait_s * 2, LONGEST_WAIT_S);
}

static void
stop_waiting (PlNamePublisher *publisher)
{
  g_clear_handle_id (&publisher->waiting, g_source_remove);
  publisher->wait_s = SHORTEST_WAIT_S;
}

/* The attempt */

static void
call (PlNamePublisher *publisher,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *arguments,
      GAsyncReadyCallback callback)
{
  g_dbus_connection_call (publisher->bus, AVAHI, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_WAIT_MS, publisher->attempt,
                          callback, publisher);
}

static void
abandon (PlNamePublisher *publisher)
{
  cancel (&publisher->attempt);
  stop_waiting (publisher);
  if (publisher->group == NULL)
    return;
  g_dbus_connection_signal_unsubscribe (publisher->bus, publisher->group_signal);
  publisher->group_signal = 0;
  g_dbus_connection_call (publisher->bus, AVAHI, publisher->group, ENTRY_GROUP, "Free", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_WAIT_MS, NULL, NULL, NULL);
  g_clear_pointer (&publisher->group, g_free);
}

static void
give_up (PlNamePublisher *publisher, PlNameFate fate)
{
  abandon (publisher);
  tell (publisher, fate);
}

static gboolean
is_error (const GError *error, const char *name)
{
  g_autofree char *remote = g_dbus_error_get_remote_error (error);

  return g_strcmp0 (remote, name) == 0;
}

/* Returns: (transfer full) (nullable): what Avahi answers; %NULL with @is_over where the attempt
 * ended meanwhile, and perhaps @user_data with it */
static GVariant *
finish_call (GObject *source, GAsyncResult *result, gboolean *is_over, gboolean *is_taken)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  *is_over = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *is_taken = error != NULL && is_error (error, COLLISION);
  if (error != NULL && !*is_over)
    g_info ("Avahi: %s", error->message);
  return answer;
}

static void ask_back (gpointer user_data);

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;
  gboolean is_over, is_taken;
  g_autoptr (GVariant) answer = finish_call (source, result, &is_over, &is_taken);
  const char *address = NULL;
  gboolean is_mute;

  if (is_over)
    return;
  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(iisisu)")))
    g_variant_get_child (answer, 4, "&s", &address);
  if (address != NULL && pl_publication_leads_to (publisher->publication, address))
    {
      stop_waiting (publisher);
      tell (publisher, PL_NAME_THERE);
      return;
    }
  is_mute = publisher->wait_s >= PATIENT_WAIT_S;
  try_later (publisher, ask_back);
  if (is_mute)
    tell (publisher, PL_NAME_MUTE);
}

/* That it was told to others is one thing, that it is heard another. */
static void
ask_back (gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  publisher->waiting = 0;
  call (publisher, "/", SERVER, "ResolveHostName",
        g_variant_new ("(iisiu)", ANY_INTERFACE, ANY_PROTOCOL, publisher->publication->host,
                       ANY_PROTOCOL, 0),
        resolved_cb);
}

static void
group_changed_cb (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *arguments,
                  gpointer user_data)
{
  PlNamePublisher *publisher = user_data;
  gint32 state = GROUP_UNCOMMITTED;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(is)")))
    return;
  g_variant_get_child (arguments, 0, "i", &state);
  switch ((GroupState) state)
    {
    case GROUP_UNCOMMITTED:
    case GROUP_REGISTERING:
      break;
    case GROUP_ESTABLISHED:
      stop_waiting (publisher);
      ask_back (publisher);
      break;
    case GROUP_COLLISION:
      give_up (publisher, PL_NAME_TAKEN);
      break;
    case GROUP_FAILURE:
      give_up (publisher, PL_NAME_REFUSED);
      break;
    }
}

/* An address may be gone a moment after it was looked at, and a service is a courtesy: only that
 * somebody has the name ends the attempt. */
static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean is_over, is_taken;
  g_autoptr (GVariant) answer = finish_call (source, result, &is_over, &is_taken);

  if (is_taken)
    give_up (user_data, PL_NAME_TAKEN);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean is_over, is_taken;
  g_autoptr (GVariant) answer = finish_call (source, result, &is_over, &is_taken);

  if (answer == NULL && !is_over)
    give_up (user_data, PL_NAME_REFUSED);
}

static void
add_address (PlNamePublisher *publisher, const PlOwnAddress *own)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (own->octets, own->family);
  g_autofree char *text = g_inet_address_to_string (address);

  call (publisher, publisher->group, ENTRY_GROUP, "AddAddress",
        g_variant_new ("(iiuss)", (gint32) own->interface, ANY_PROTOCOL, NO_REVERSE,
                       publisher->publication->host, text),
        added_cb);
}

static void
add_service (PlNamePublisher *publisher, const char *type)
{
  const PlPublication *publication = publisher->publication;

  call (publisher, publisher->group, ENTRY_GROUP, "AddService",
        g_variant_new ("(iiussssq@aay)", ANY_INTERFACE, ANY_PROTOCOL, 0, publication->service, type,
                       "", publication->host, publication->port,
                       g_variant_new_array (G_VARIANT_TYPE ("ay"), NULL, 0)),
        added_cb);
}

static void
fill (PlNamePublisher *publisher)
{
  const PlPublication *publication = publisher->publication;

  for (guint i = 0; i < publication->addresses->len; i++)
    add_address (publisher, &g_array_index (publication->addresses, PlOwnAddress, i));
  if (publication->has_http)
    add_service (publisher, "_http._tcp");
  if (publication->has_https)
    add_service (publisher, "_https._tcp");
  call (publisher, publisher->group, ENTRY_GROUP, "Commit", NULL, committed_cb);
}

static void
group_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;
  gboolean is_over, is_taken;
  g_autoptr (GVariant) answer = finish_call (source, result, &is_over, &is_taken);

  if (is_over)
    return;
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    {
      give_up (publisher, PL_NAME_REFUSED);
      return;
    }
  g_variant_get (answer, "(o)", &publisher->group);
  publisher->group_signal = g_dbus_connection_signal_subscribe (
      publisher->bus, AVAHI, ENTRY_GROUP, "StateChanged", publisher->group, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, group_changed_cb, publisher, NULL);
  fill (publisher);
}

static void
begin (PlNamePublisher *publisher)
{
  abandon (publisher);
  publisher->attempt = g_cancellable_new ();
  call (publisher, "/", SERVER, "EntryGroupNew", NULL, group_made_cb);
}

/* Avahi and the bus */

static void
avahi_appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  publisher->has_avahi = TRUE;
  begin (publisher);
  tell (publisher, PL_NAME_TRYING);
}

/* With it what was published is gone. */
static void
avahi_vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  publisher->has_avahi = FALSE;
  give_up (publisher, PL_NAME_ABSENT);
}

static void
leave (PlNamePublisher *publisher)
{
  cancel (&publisher->joining);
  if (publisher->bus == NULL)
    return;
  g_clear_handle_id (&publisher->avahi_watch, g_bus_unwatch_name);
  publisher->has_avahi = FALSE;
  abandon (publisher);
  g_signal_handler_disconnect (publisher->bus, publisher->closed_handler);
  g_dbus_connection_close (publisher->bus, NULL, NULL, NULL);
  g_clear_object (&publisher->bus);
}

static void
join_again_cb (gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  publisher->waiting = 0;
  join (publisher);
}

static void
closed_cb (GDBusConnection *bus, gboolean by_peer, GError *error, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  leave (publisher);
  try_later (publisher, join_again_cb);
  tell (publisher, PL_NAME_ABSENT);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_dbus_connection_new_for_address_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&publisher->joining);
  if (bus == NULL)
    {
      try_later (publisher, join_again_cb);
      tell (publisher, PL_NAME_ABSENT);
      return;
    }
  stop_waiting (publisher);
  publisher->bus = g_steal_pointer (&bus);
  publisher->closed_handler
      = g_signal_connect (publisher->bus, "closed", G_CALLBACK (closed_cb), publisher);
  publisher->avahi_watch
      = g_bus_watch_name_on_connection (publisher->bus, AVAHI, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        avahi_appeared_cb, avahi_vanished_cb, publisher, NULL);
}

/* The bus is the system's; nothing here waits for it. */
static void
join (PlNamePublisher *publisher)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);

  if (address == NULL)
    {
      try_later (publisher, join_again_cb);
      return;
    }
  publisher->joining = g_cancellable_new ();
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, publisher->joining, joined_cb, publisher);
}

/* The publisher */

PlNamePublisher *
pl_name_publisher_new (PlNamePublisherFunc func, gpointer user_data)
{
  PlNamePublisher *publisher = g_new0 (PlNamePublisher, 1);

  publisher->func = func;
  publisher->user_data = user_data;
  publisher->wait_s = SHORTEST_WAIT_S;
  return publisher;
}

void
pl_name_publisher_free (PlNamePublisher *publisher)
{
  pl_name_publisher_publish (publisher, NULL);
  g_free (publisher);
}

void
pl_name_publisher_publish (PlNamePublisher *publisher, const PlPublication *publication)
{
  g_clear_pointer (&publisher->publication, pl_publication_free);
  if (publication == NULL)
    {
      leave (publisher);
      stop_waiting (publisher);
      return;
    }
  publisher->publication = pl_publication_copy (publication);
  if (publisher->has_avahi)
    begin (publisher);
  else if (publisher->bus == NULL && publisher->joining == NULL)
    {
      stop_waiting (publisher);
      join (publisher);
    }
}
