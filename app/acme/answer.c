/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/acme/answer.h"

#include <string.h>

#include "app/acme/base64url.h"
#include "app/acme/json.h"

/* Let's Encrypt takes a hundred names in an order. */
#define MAX_AUTHORIZATIONS 100
#define MAX_OFFERS         20

/* Of a name (RFC 1035 §3.1), and of what a token needs. */
#define MAX_NAME_CHARACTERS  253
#define MAX_TOKEN_CHARACTERS 256

/* The directory */

void
pl_acme_directory_free (PlAcmeDirectory *directory)
{
  g_free (directory->new_nonce);
  g_free (directory->new_account);
  g_free (directory->new_order);
  g_free (directory->renewal_info);
  g_free (directory->terms);
  g_free (directory);
}

static char *
dup_without_slash (const char *url)
{
  char *copy = g_strdup (url);

  if (copy != NULL && g_str_has_suffix (copy, "/"))
    copy[strlen (copy) - 1] = '\0';
  return copy;
}

PlAcmeDirectory *
pl_acme_directory_read (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = pl_acme_json_read (body, parser);
  g_autoptr (PlAcmeDirectory) directory = g_new0 (PlAcmeDirectory, 1);
  JsonObject *meta;

  if (object == NULL)
    return NULL;
  directory->new_nonce = g_strdup (pl_acme_json_find_url (object, "newNonce"));
  directory->new_account = g_strdup (pl_acme_json_find_url (object, "newAccount"));
  directory->new_order = g_strdup (pl_acme_json_find_url (object, "newOrder"));
  directory->renewal_info = dup_without_slash (pl_acme_json_find_url (object, "renewalInfo"));
  meta = pl_acme_json_find_object (object, "meta");
  if (meta != NULL)
    {
      directory->terms = g_strdup (pl_acme_json_find_url (meta, "termsOfService"));
      directory->wants_binding = pl_acme_json_find_true (meta, "externalAccountRequired");
    }
  if (directory->new_nonce == NULL || directory->new_account == NULL
      || directory->new_order == NULL)
    return NULL;
  return g_steal_pointer (&directory);
}

/* What all have */

static gboolean
read_status (JsonObject *object, PlAcmeStatus *status)
{
  static const struct
  {
    const char *name;
    PlAcmeStatus status;
  } known[] = {
    { "pending", PL_ACME_STATUS_PENDING },     { "processing", PL_ACME_STATUS_PROCESSING },
    { "ready", PL_ACME_STATUS_READY },         { "valid", PL_ACME_STATUS_VALID },
    { "invalid", PL_ACME_STATUS_INVALID },     { "expired", PL_ACME_STATUS_INVALID },
    { "deactivated", PL_ACME_STATUS_INVALID }, { "revoked", PL_ACME_STATUS_INVALID },
  };
  const char *name = pl_acme_json_find_text (object, "status");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (name, known[i].name))
      {
        *status = known[i].status;
        return TRUE;
      }
  return FALSE;
}

static PlAcmeProblem *
read_error (JsonObject *object)
{
  JsonObject *error = pl_acme_json_find_object (object, "error");

  return error != NULL ? pl_acme_problem_read_object (error) : NULL;
}

/* Orders */

void
pl_acme_order_free (PlAcmeOrder *order)
{
  g_strfreev (order->authorizations);
  g_free (order->finalize);
  g_free (order->certificate);
  g_clear_pointer (&order->problem, pl_acme_problem_free);
  g_free (order);
}

static GStrv
read_urls (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_urls = array != NULL ? json_array_get_length (array) : 0;

  if (n_urls == 0 || n_urls > MAX_AUTHORIZATIONS)
    return NULL;
  for (guint i = 0; i < n_urls; i++)
    {
      const char *url = pl_acme_json_get_url (array, i);

      if (url == NULL)
        return NULL;
      g_strv_builder_add (builder, url);
    }
  return g_strv_builder_end (builder);
}

PlAcmeOrder *
pl_acme_order_read (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = pl_acme_json_read (body, parser);
  g_autoptr (PlAcmeOrder) order = g_new0 (PlAcmeOrder, 1);

  if (object == NULL || !read_status (object, &order->status))
    return NULL;
  order->authorizations = read_urls (pl_acme_json_find_array (object, "authorizations"));
  order->finalize = g_strdup (pl_acme_json_find_url (object, "finalize"));
  order->certificate = g_strdup (pl_acme_json_find_url (object, "certificate"));
  order->problem = read_error (object);
  if (order->authorizations == NULL || order->finalize == NULL
      || (order->status == PL_ACME_STATUS_VALID && order->certificate == NULL))
    return NULL;
  return g_steal_pointer (&order);
}

/* Authorizations */

static void
offer_free (PlAcmeOffer *offer)
{
  g_free (offer->url);
  g_free (offer->token);
  g_clear_pointer (&offer->problem, pl_acme_problem_free);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlAcmeOffer, offer_free)

void
pl_acme_authorization_free (PlAcmeAuthorization *authorization)
{
  g_free (authorization->name);
  g_ptr_array_unref (authorization->offers);
  g_free (authorization);
}

static gboolean
is_token (const char *text)
{
  return text != NULL && strlen (text) <= MAX_TOKEN_CHARACTERS && pl_base64url_is_text (text);
}

static gboolean
find_way (JsonObject *object, PlAcmeWay *way)
{
  const char *type = pl_acme_json_find_text (object, "type");

  return type != NULL && pl_acme_way_read (type, way);
}

/* Returns: (nullable): challenges of a kind that is not known are no fault: there are ever more. */
static PlAcmeOffer *
read_offer (JsonObject *object)
{
  g_autoptr (PlAcmeOffer) offer = g_new0 (PlAcmeOffer, 1);

  if (!find_way (object, &offer->way) || !read_status (object, &offer->status))
    return NULL;
  offer->url = g_strdup (pl_acme_json_find_url (object, "url"));
  offer->token = g_strdup (pl_acme_json_find_text (object, "token"));
  offer->problem = read_error (object);
  return offer->url != NULL && is_token (offer->token) ? g_steal_pointer (&offer) : NULL;
}

static gboolean
read_offers (GPtrArray *offers, JsonArray *array)
{
  guint n_offers = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < MIN (n_offers, MAX_OFFERS); i++)
    {
      JsonObject *object = pl_acme_json_get_object (array, i);
      PlAcmeOffer *offer = object != NULL ? read_offer (object) : NULL;

      if (offer != NULL)
        g_ptr_array_add (offers, offer);
    }
  return array != NULL && n_offers <= MAX_OFFERS;
}

static char *
read_name (JsonObject *object)
{
  JsonObject *identifier = pl_acme_json_find_object (object, "identifier");
  const char *type = identifier != NULL ? pl_acme_json_find_text (identifier, "type") : NULL;
  const char *name = identifier != NULL ? pl_acme_json_find_text (identifier, "value") : NULL;

  return name != NULL && *name != '\0' && strlen (name) <= MAX_NAME_CHARACTERS
                 && g_strcmp0 (type, "dns") == 0
             ? g_strdup (name)
             : NULL;
}

PlAcmeAuthorization *
pl_acme_authorization_read (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = pl_acme_json_read (body, parser);
  g_autoptr (PlAcmeAuthorization) authorization = g_new0 (PlAcmeAuthorization, 1);

  authorization->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) offer_free);
  if (object == NULL || !read_status (object, &authorization->status)
      || (authorization->name = read_name (object)) == NULL
      || !read_offers (authorization->offers, pl_acme_json_find_array (object, "challenges")))
    return NULL;
  return g_steal_pointer (&authorization);
}

const PlAcmeOffer *
pl_acme_authorization_find (const PlAcmeAuthorization *authorization, PlAcmeWay way)
{
  for (guint i = 0; i < authorization->offers->len; i++)
    {
      const PlAcmeOffer *offer = authorization->offers->pdata[i];

      if (offer->way == way)
        return offer;
    }
  return NULL;
}

/* Renewal */

static gboolean
read_time (JsonObject *object, const char *name, gint64 *time_s)
{
  const char *text = pl_acme_json_find_text (object, name);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (time == NULL)
    return FALSE;
  *time_s = g_date_time_to_unix (time);
  return TRUE;
}

gboolean
pl_acme_renewal_read (GBytes *body, gint64 *start_s, gint64 *end_s)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = pl_acme_json_read (body, parser);
  JsonObject *window = object != NULL ? pl_acme_json_find_object (object, "suggestedWindow") : NULL;
  gint64 start, end;

  if (window == NULL || !read_time (window, "start", &start) || !read_time (window, "end", &end)
      || end < start)
    return FALSE;
  *start_s = start;
  *end_s = end;
  return TRUE;
}
