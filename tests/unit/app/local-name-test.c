/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which name is tried, and what is claimed of it, with a publisher that this file plays itself. */

#include "app/system/local_name.h"

#include <string.h>

#include "app/system/name_publisher.h"
#include "app/system/own_addresses.h"

/* The publisher */

struct _PlNamePublisher
{
  PlNamePublisherFunc func;
  gpointer user_data;
  PlPublication *publication;
  guint n_published;
};

/* Of the one name that each test has. */
static PlNamePublisher *publisher;

PlNamePublisher *
pl_name_publisher_new (PlNamePublisherFunc func, gpointer user_data)
{
  publisher = g_new0 (PlNamePublisher, 1);
  publisher->func = func;
  publisher->user_data = user_data;
  return publisher;
}

void
pl_name_publisher_free (PlNamePublisher *freed)
{
  g_clear_pointer (&freed->publication, pl_publication_free);
  g_free (freed);
}

void
pl_name_publisher_publish (PlNamePublisher *given, const PlPublication *publication)
{
  g_clear_pointer (&given->publication, pl_publication_free);
  given->publication = publication != NULL ? pl_publication_copy (publication) : NULL;
  given->n_published++;
}

static void
tell (PlNameFate fate)
{
  publisher->func (fate, publisher->user_data);
}

/* Names */

static void
count_cb (gpointer user_data)
{
  guint *n_changes = user_data;
  *n_changes += 1;
}

static GArray *
new_addresses (guint8 last)
{
  const PlOwnAddress own = { .interface = 2,
                             .kind = PL_INTERFACE_NETWORK,
                             .family = G_SOCKET_FAMILY_IPV4,
                             .octets = { 192, 168, 1, last },
                             .prefix_bits = 24 };
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));

  g_array_append_val (addresses, own);
  return addresses;
}

static void
want (PlLocalName *name, const char *label, guint8 last)
{
  g_autoptr (GArray) addresses = new_addresses (last);
  const PlLocalNameWish wish
      = { .label = label, .addresses = addresses, .port = 8080, .has_http = TRUE };

  pl_local_name_want (name, &wish);
}

static void
assert_tried (PlLocalName *name, const char *host, const char *service)
{
  g_assert_cmpstr (publisher->publication->host, ==, host);
  g_assert_cmpstr (publisher->publication->service, ==, service);
  g_assert_cmpint (pl_local_name_get_state (name), ==, PL_LOCAL_NAME_TRYING);
  g_assert_null (pl_local_name_get_host (name));
}

static void
test_nothing_is_claimed_before_it_is_there (void)
{
  guint n_changes = 0;
  g_autoptr (PlLocalName) name = pl_local_name_new (count_cb, &n_changes);

  g_assert_cmpint (pl_local_name_get_state (name), ==, PL_LOCAL_NAME_UNWANTED);
  want (name, "porchlight", 20);
  assert_tried (name, "porchlight.local", "Immich (porchlight)");
  g_assert_cmpuint (n_changes, ==, 0);

  tell (PL_NAME_THERE);
  g_assert_cmpstr (pl_local_name_get_host (name), ==, "porchlight.local");
  tell (PL_NAME_THERE);
  g_assert_cmpuint (n_changes, ==, 1);

  tell (PL_NAME_MUTE);
  g_assert_null (pl_local_name_get_host (name));
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_the_next_is_tried_where_one_is_taken (void)
{
  guint n_changes = 0;
  g_autoptr (PlLocalName) name = pl_local_name_new (count_cb, &n_changes);

  want (name, "porchlight", 20);
  tell (PL_NAME_TAKEN);
  tell (PL_NAME_TAKEN);
  assert_tried (name, "porchlight-3.local", "Immich (porchlight-3)");
  tell (PL_NAME_THERE);

  want (name, "porchlight", 21);
  assert_tried (name, "porchlight-3.local", "Immich (porchlight-3)");
  tell (PL_NAME_THERE);
  tell (PL_NAME_TAKEN);
  assert_tried (name, "porchlight-4.local", "Immich (porchlight-4)");

  want (name, "photos", 21);
  assert_tried (name, "photos.local", "Immich (photos)");
}

static void
test_a_network_that_has_them_all_is_given_up_on (void)
{
  guint n_changes = 0;
  g_autoptr (PlLocalName) name = pl_local_name_new (count_cb, &n_changes);

  want (name, "porchlight", 20);
  for (guint i = 0; i < 100; i++)
    tell (PL_NAME_TAKEN);

  g_assert_cmpint (pl_local_name_get_state (name), ==, PL_LOCAL_NAME_REFUSED);
  g_assert_cmpuint (publisher->n_published, ==, 20);
}

static void
test_the_same_wish_changes_nothing (void)
{
  guint n_changes = 0;
  g_autoptr (PlLocalName) name = pl_local_name_new (count_cb, &n_changes);

  want (name, "porchlight", 20);
  tell (PL_NAME_THERE);
  want (name, "porchlight", 20);
  g_assert_cmpuint (publisher->n_published, ==, 1);
  g_assert_cmpstr (pl_local_name_get_host (name), ==, "porchlight.local");

  want (name, "porchlight", 21);
  g_assert_cmpuint (publisher->n_published, ==, 2);
  assert_tried (name, "porchlight.local", "Immich (porchlight)");
}

static void
test_no_wish_and_no_address_withdraw (void)
{
  guint n_changes = 0;
  g_autoptr (PlLocalName) name = pl_local_name_new (count_cb, &n_changes);
  g_autoptr (GArray) nowhere = g_array_new (FALSE, FALSE, sizeof (PlOwnAddress));
  const PlLocalNameWish wish = { .label = "porchlight", .addresses = nowhere };

  want (name, "porchlight", 20);
  tell (PL_NAME_THERE);
  pl_local_name_want (name, NULL);
  g_assert_null (publisher->publication);
  g_assert_null (pl_local_name_get_host (name));
  g_assert_cmpint (pl_local_name_get_state (name), ==, PL_LOCAL_NAME_UNWANTED);

  want (name, "porchlight", 20);
  tell (PL_NAME_THERE);
  pl_local_name_want (name, &wish);
  g_assert_null (publisher->publication);
  g_assert_null (pl_local_name_get_host (name));
}

static void
test_where_nothing_publishes_it_is_said (void)
{
  guint n_changes = 0;
  g_autoptr (PlLocalName) name = pl_local_name_new (count_cb, &n_changes);

  want (name, "porchlight", 20);
  tell (PL_NAME_ABSENT);
  want (name, "porchlight", 21);
  g_assert_cmpint (pl_local_name_get_state (name), ==, PL_LOCAL_NAME_ABSENT);
  tell (PL_NAME_TRYING);
  g_assert_cmpint (pl_local_name_get_state (name), ==, PL_LOCAL_NAME_TRYING);
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_a_publication_knows_its_addresses (void)
{
  g_autoptr (GArray) addresses = new_addresses (20);
  const PlPublication publication = { .addresses = addresses };

  g_assert_true (pl_publication_leads_to (&publication, "192.168.1.20"));
  g_assert_false (pl_publication_leads_to (&publication, "192.168.1.21"));
  g_assert_false (pl_publication_leads_to (&publication, "::ffff:192.168.1.20"));
  g_assert_false (pl_publication_leads_to (&publication, "fe80::1"));
  g_assert_false (pl_publication_leads_to (&publication, "nas"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local-name/nothing is claimed before it is there",
                   test_nothing_is_claimed_before_it_is_there);
  g_test_add_func ("/local-name/the next is tried where one is taken",
                   test_the_next_is_tried_where_one_is_taken);
  g_test_add_func ("/local-name/a network that has them all is given up on",
                   test_a_network_that_has_them_all_is_given_up_on);
  g_test_add_func ("/local-name/the same wish changes nothing", test_the_same_wish_changes_nothing);
  g_test_add_func ("/local-name/no wish and no address withdraw",
                   test_no_wish_and_no_address_withdraw);
  g_test_add_func ("/local-name/where nothing publishes it is said",
                   test_where_nothing_publishes_it_is_said);
  g_test_add_func ("/local-name/a publication knows its addresses",
                   test_a_publication_knows_its_addresses);
  return g_test_run ();
}
