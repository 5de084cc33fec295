/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows answers for the host of a service that a program has registered, and forgets both when
 * the program ends. Each of its calls takes its time, and ends on a thread of Windows' own: one
 * task after another registers what is wanted, or takes back what is not wanted any more. */

#include "app/system/name_publisher.h"

#include <string.h>

#include "app/system/dns_service_windows.h"
#include "app/system/own_addresses.h"

/* For Windows to ask around, and for its own answer to come back. */
#define PATIENCE_MS 10000
#define N_QUESTIONS 5
#define PAUSE_MS    1000

/* winerror.h of mingw-w64 lacks it. */
#define REQUEST_PENDING 9506

/**
 * Registration: of one service. Whoever calls has a reference, and each call until it has ended.
 * @ended: an event: the call has
 */
typedef struct
{
  const PlDnsService *service;
  DNS_SERVICE_REGISTER_REQUEST request;
  HANDLE ended;
  DWORD status;
} Registration;

/**
 * PlNamePublisher:
 * @wanted: (nullable): what is to be published
 * @registrations: (nullable) (element-type Registration): what is
 * @is_outdated: that is not what is wanted
 * @is_busy: a task is under way
 * @is_gone: nobody but that task knows of it any more
 */
struct _PlNamePublisher
{
  PlNamePublisherFunc func;
  gpointer user_data;
  PlPublication *wanted;
  GPtrArray *registrations;
  gboolean is_outdated;
  gboolean is_busy;
  gboolean is_gone;
};

/* One service */

static void
registration_clear (gpointer data)
{
  Registration *registration = data;

  registration->service->free_instance (registration->request.pServiceInstance);
  CloseHandle (registration->ended);
}

static void
registration_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, registration_clear);
}

static VOID WINAPI
ended_cb (DWORD status, PVOID user_data, PDNS_SERVICE_INSTANCE instance)
{
  Registration *registration = user_data;

  registration->status = status;
  if (instance != NULL)
    registration->service->free_instance (instance);
  SetEvent (registration->ended);
  registration_release (registration);
}

/* The first of each family: there is no room for more. Returns: whether there is one */
static gboolean
find_address (const PlPublication *publication, GSocketFamily family, void *octets, gsize n_octets)
{
  for (guint i = 0; i < publication->addresses->len; i++)
    {
      const PlOwnAddress *own = &g_array_index (publication->addresses, PlOwnAddress, i);
      if (own->family != family)
        continue;
      memcpy (octets, own->octets, n_octets);
      return TRUE;
    }
  return FALSE;
}

static PDNS_SERVICE_INSTANCE
new_instance (const PlDnsService *service, const PlPublication *publication, const char *type)
{
  g_autofree char *whole = g_strdup_printf ("%s.%s.local", publication->service, type);
  g_autofree gunichar2 *name = g_utf8_to_utf16 (whole, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *host = g_utf8_to_utf16 (publication->host, -1, NULL, NULL, NULL);
  IP4_ADDRESS ipv4;
  IP6_ADDRESS ipv6;
  gboolean has_ipv4 = find_address (publication, G_SOCKET_FAMILY_IPV4, &ipv4, 4);
  gboolean has_ipv6 = find_address (publication, G_SOCKET_FAMILY_IPV6, &ipv6, 16);

  return service->new_instance ((PCWSTR) name, (PCWSTR) host, has_ipv4 ? &ipv4 : NULL,
                                has_ipv6 ? &ipv6 : NULL, publication->port, 0, 0, 0, NULL, NULL);
}

static gboolean
perform (PlDnsRegisterFunc *call, Registration *registration)
{
  ResetEvent (registration->ended);
  g_atomic_rc_box_acquire (registration);
  if (call (&registration->request, NULL) != REQUEST_PENDING)
    {
      registration_release (registration);
      return FALSE;
    }
  return WaitForSingleObject (registration->ended, PATIENCE_MS) == WAIT_OBJECT_0
         && registration->status == ERROR_SUCCESS;
}

/* Returns: (transfer full) (nullable) */
static Registration *
register_service (const PlDnsService *service, const PlPublication *publication, const char *type)
{
  PDNS_SERVICE_INSTANCE instance = new_instance (service, publication, type);
  Registration *registration;

  if (instance == NULL)
    return NULL;
  registration = g_atomic_rc_box_new0 (Registration);
  registration->service = service;
  registration->ended = CreateEventW (NULL, TRUE, FALSE, NULL);
  registration->request = (DNS_SERVICE_REGISTER_REQUEST){ .Version = DNS_QUERY_REQUEST_VERSION1,
                                                          .pServiceInstance = instance,
                                                          .pRegisterCompletionCallback = ended_cb,
                                                          .pQueryContext = registration };
  if (perform (service->enter, registration))
    return registration;
  registration_release (registration);
  return NULL;
}

/* All services */

/* Takes @registrations. */
static void
take_back (GPtrArray *registrations)
{
  for (guint i = 0; i < registrations->len; i++)
    {
      Registration *registration = registrations->pdata[i];
      perform (registration->service->remove, registration);
    }
  g_ptr_array_unref (registrations);
}

/* Returns: (transfer full) (nullable): all that are wanted */
static GPtrArray *
register_services (const PlDnsService *service, const PlPublication *publication)
{
  const char *const types[] = { publication->has_http ? "_http._tcp" : NULL,
                                publication->has_https ? "_https._tcp" : NULL };
  GPtrArray *registrations = g_ptr_array_new_with_free_func (registration_release);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      Registration *registration
          = types[i] != NULL ? register_service (service, publication, types[i]) : NULL;
      if (registration != NULL)
        g_ptr_array_add (registrations, registration);
      else if (types[i] != NULL)
        {
          take_back (registrations);
          return NULL;
        }
    }
  return registrations;
}

static gboolean
is_ours (const PlPublication *publication, const guint32 *octets)
{
  g_autoptr (GInetAddress) address
      = g_inet_address_new_from_bytes ((const guint8 *) octets, G_SOCKET_FAMILY_IPV4);
  g_autofree char *text = g_inet_address_to_string (address);

  return pl_publication_leads_to (publication, text);
}

/* Returns: %PL_NAME_THERE or %PL_NAME_TAKEN, or, where nobody answers, %PL_NAME_MUTE */
static PlNameFate
ask (const PlPublication *publication)
{
  g_autoptr (GArray) addresses = pl_dns_service_ask (publication->host);

  for (guint i = 0; i < addresses->len; i++)
    if (is_ours (publication, &g_array_index (addresses, guint32, i)))
      return PL_NAME_THERE;
  return addresses->len > 0 ? PL_NAME_TAKEN : PL_NAME_MUTE;
}

static PlNameFate
ask_patiently (const PlPublication *publication)
{
  PlNameFate fate = ask (publication);

  for (guint i = 1; i < N_QUESTIONS && fate == PL_NAME_MUTE; i++)
    {
      Sleep (PAUSE_MS);
      fate = ask (publication);
    }
  return fate;
}

/* Returns: what becomes of it; @registrations: (out) (nullable): what is there then */
static PlNameFate
publish (const PlPublication *publication, GPtrArray **registrations)
{
  const PlDnsService *service = pl_dns_service_find ();
  PlNameFate fate;

  *registrations = NULL;
  if (service == NULL)
    return PL_NAME_ABSENT;
  if (ask (publication) == PL_NAME_TAKEN)
    return PL_NAME_TAKEN;
  *registrations = register_services (service, publication);
  if (*registrations == NULL)
    return PL_NAME_REFUSED;
  fate = ask_patiently (publication);
  if (fate == PL_NAME_TAKEN)
    take_back (g_steal_pointer (registrations));
  return fate;
}

/* Tasks */

typedef struct
{
  PlNameFate fate;
  GPtrArray *registrations;
} Outcome;

static void advance (PlNamePublisher *publisher);

static void
publish_thread (GTask *task, gpointer source, gpointer publication, GCancellable *cancellable)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->fate = publish (publication, &outcome->registrations);
  g_task_return_pointer (task, outcome, g_free);
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;
  g_autofree Outcome *outcome = g_task_propagate_pointer (G_TASK (result), NULL);

  publisher->is_busy = FALSE;
  publisher->registrations = outcome->registrations;
  if (!publisher->is_outdated)
    publisher->func (outcome->fate, publisher->user_data);
  advance (publisher);
}

static void
take_back_thread (GTask *task, gpointer source, gpointer registrations, GCancellable *cancellable)
{
  take_back (g_ptr_array_ref (registrations));
  g_task_return_boolean (task, TRUE);
}

static void
taken_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  publisher->is_busy = FALSE;
  advance (publisher);
}

/* Takes @data. */
static void
begin (PlNamePublisher *publisher,
       GTaskThreadFunc thread,
       gpointer data,
       GDestroyNotify free_data,
       GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, publisher);

  publisher->is_busy = TRUE;
  g_task_set_task_data (task, data, free_data);
  g_task_run_in_thread (task, thread);
}

static void
advance (PlNamePublisher *publisher)
{
  if (publisher->is_busy)
    return;
  if (publisher->is_outdated && publisher->registrations != NULL)
    begin (publisher, take_back_thread, g_steal_pointer (&publisher->registrations),
           (GDestroyNotify) g_ptr_array_unref, taken_back_cb);
  else if (publisher->is_outdated && publisher->wanted != NULL)
    {
      publisher->is_outdated = FALSE;
      begin (publisher, publish_thread, pl_publication_copy (publisher->wanted),
             (GDestroyNotify) pl_publication_free, published_cb);
    }
  else if (publisher->is_gone)
    g_free (publisher);
}

/* The publisher */

PlNamePublisher *
pl_name_publisher_new (PlNamePublisherFunc func, gpointer user_data)
{
  PlNamePublisher *publisher = g_new0 (PlNamePublisher, 1);

  publisher->func = func;
  publisher->user_data = user_data;
  return publisher;
}

void
pl_name_publisher_free (PlNamePublisher *publisher)
{
  publisher->is_gone = TRUE;
  pl_name_publisher_publish (publisher, NULL);
}

void
pl_name_publisher_publish (PlNamePublisher *publisher, const PlPublication *publication)
{
  g_clear_pointer (&publisher->wanted, pl_publication_free);
  publisher->wanted = publication != NULL ? pl_publication_copy (publication) : NULL;
  publisher->is_outdated = TRUE;
  advance (publisher);
}
