/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mDNSResponder, by dns_sd.h: records of a name stay for as long as the connection does that they
 * were registered on, however the program ends. They are registered first; when nobody else has the
 * name the services follow, and mDNSResponder is asked where it leads. */

#include "app/system/name_publisher.h"

#include <arpa/inet.h>
#include <dns_sd.h>
#include <glib-unix.h>
#include <netinet/in.h>

#include "app/system/own_addresses.h"

/* For an answer to what is asked back. */
#define PATIENCE_MS 5000

#define MOST_WATCHES 4 /* the connection, two services, a question */

/** Watch: what is heard of one reference. */
typedef struct
{
  DNSServiceRef ref;
  guint source;
} Watch;

/**
 * PlNamePublisher:
 * @publication: (nullable): what is wanted
 * @watches: of all that is under way for it, the connection first
 * @n_unheard: records of which it is not known yet whether they may be
 * @fate: of what failed at once, told by @timer, as is an answer that does not come
 */
struct _PlNamePublisher
{
  PlNamePublisherFunc func;
  gpointer user_data;
  PlPublication *publication;
  Watch watches[MOST_WATCHES];
  guint n_watches;
  guint n_unheard;
  PlNameFate fate;
  guint timer;
};

static void
tell (PlNamePublisher *publisher, PlNameFate fate)
{
  g_clear_handle_id (&publisher->timer, g_source_remove);
  publisher->func (fate, publisher->user_data);
}

static void
told_cb (gpointer user_data)
{
  PlNamePublisher *publisher = user_data;

  publisher->timer = 0;
  publisher->func (publisher->fate, publisher->user_data);
}

static void
tell_later (PlNamePublisher *publisher, PlNameFate fate, guint after_ms)
{
  g_clear_handle_id (&publisher->timer, g_source_remove);
  publisher->fate = fate;
  publisher->timer = g_timeout_add_once (after_ms, told_cb, publisher);
}

/* References */

static gboolean
readable_cb (int descriptor, GIOCondition condition, gpointer ref)
{
  return DNSServiceProcessResult (ref) == kDNSServiceErr_NoError ? G_SOURCE_CONTINUE
                                                                 : G_SOURCE_REMOVE;
}

static void
watch (PlNamePublisher *publisher, DNSServiceRef ref)
{
  Watch *added = &publisher->watches[publisher->n_watches++];
  g_autoptr (GSource) source = g_unix_fd_source_new (DNSServiceRefSockFD (ref), G_IO_IN);

  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), ref, NULL);
  added->ref = ref;
  added->source = g_source_attach (source, NULL);
}

/* The connection goes last, and with it its records. */
static void
withdraw (PlNamePublisher *publisher)
{
  g_clear_handle_id (&publisher->timer, g_source_remove);
  while (publisher->n_watches > 0)
    {
      Watch *last = &publisher->watches[--publisher->n_watches];
      GSource *source = g_main_context_find_source_by_id (NULL, last->source);

      if (source != NULL)
        g_source_destroy (source);
      DNSServiceRefDeallocate (last->ref);
    }
}

/* Asking back */

static void
answered_cb (DNSServiceRef ref,
             DNSServiceFlags flags,
             uint32_t interface,
             DNSServiceErrorType error,
             const char *name,
             uint16_t type,
             uint16_t class,
             uint16_t n_octets,
             const void *octets,
             uint32_t ttl_s,
             void *user_data)
{
  PlNamePublisher *publisher = user_data;
  char text[INET_ADDRSTRLEN];

  if (error == kDNSServiceErr_NoError && (flags & kDNSServiceFlagsAdd) != 0 && n_octets == 4
      && inet_ntop (AF_INET, octets, text, sizeof text) != NULL
      && pl_publication_leads_to (publisher->publication, text))
    tell (publisher, PL_NAME_THERE);
}

static void
ask_back (PlNamePublisher *publisher)
{
  DNSServiceRef ref;

  if (DNSServiceQueryRecord (&ref, kDNSServiceFlagsForceMulticast, 0, publisher->publication->host,
                             kDNSServiceType_A, kDNSServiceClass_IN, answered_cb, publisher)
      == kDNSServiceErr_NoError)
    watch (publisher, ref);
  tell_later (publisher, PL_NAME_MUTE, PATIENCE_MS);
}

/* Publishing */

/* Lists of services are a courtesy: the name is there without them. */
static void
registered_cb (DNSServiceRef ref,
               DNSServiceFlags flags,
               DNSServiceErrorType error,
               const char *name,
               const char *type,
               const char *domain,
               void *user_data)
{
  if (error != kDNSServiceErr_NoError)
    g_info ("mDNSResponder: %s: %d", type, error);
}

static void
add_service (PlNamePublisher *publisher, const char *type)
{
  const PlPublication *publication = publisher->publication;
  DNSServiceRef ref;

  if (DNSServiceRegister (&ref, 0, kDNSServiceInterfaceIndexAny, publication->service, type, NULL,
                          publication->host, htons (publication->port), 0, NULL, registered_cb,
                          publisher)
      == kDNSServiceErr_NoError)
    watch (publisher, ref);
}

static void
add_services (PlNamePublisher *publisher)
{
  if (publisher->publication->has_http)
    add_service (publisher, "_http._tcp");
  if (publisher->publication->has_https)
    add_service (publisher, "_https._tcp");
}

/* Told of each record, and of one again that somebody else takes later. */
static void
recorded_cb (DNSServiceRef ref,
             DNSRecordRef record,
             DNSServiceFlags flags,
             DNSServiceErrorType error,
             void *user_data)
{
  PlNamePublisher *publisher = user_data;

  if (error != kDNSServiceErr_NoError)
    {
      withdraw (publisher);
      tell (publisher, error == kDNSServiceErr_NameConflict ? PL_NAME_TAKEN : PL_NAME_REFUSED);
    }
  else if (publisher->n_unheard > 0 && --publisher->n_unheard == 0)
    {
      add_services (publisher);
      ask_back (publisher);
    }
}

static gboolean
add_record (PlNamePublisher *publisher, DNSServiceRef connection, const PlOwnAddress *own)
{
  gboolean is_ipv4 = own->family == G_SOCKET_FAMILY_IPV4;
  DNSRecordRef record;

  return DNSServiceRegisterRecord (
             connection, &record, kDNSServiceFlagsUnique, own->interface,
             publisher->publication->host, is_ipv4 ? kDNSServiceType_A : kDNSServiceType_AAAA,
             kDNSServiceClass_IN, is_ipv4 ? 4 : 16, own->octets, 0, recorded_cb, publisher)
         == kDNSServiceErr_NoError;
}

static void
begin (PlNamePublisher *publisher)
{
  const GArray *addresses = publisher->publication->addresses;
  DNSServiceRef connection;

  if (DNSServiceCreateConnection (&connection) != kDNSServiceErr_NoError)
    {
      tell_later (publisher, PL_NAME_ABSENT, 0);
      return;
    }
  watch (publisher, connection);
  publisher->n_unheard = 0;
  for (guint i = 0; i < addresses->len; i++)
    if (add_record (publisher, connection, &g_array_index (addresses, PlOwnAddress, i)))
      publisher->n_unheard++;
  if (publisher->n_unheard == 0)
    tell_later (publisher, PL_NAME_REFUSED, 0);
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
  pl_name_publisher_publish (publisher, NULL);
  g_free (publisher);
}

void
pl_name_publisher_publish (PlNamePublisher *publisher, const PlPublication *publication)
{
  withdraw (publisher);
  g_clear_pointer (&publisher->publication, pl_publication_free);
  if (publication == NULL)
    return;
  publisher->publication = pl_publication_copy (publication);
  begin (publisher);
}
