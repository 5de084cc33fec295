/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The octets that are signed are carried as such, in base64, so that there is nothing about JSON
 * that its writer and its reader could see in two ways. */

#include "app/update/announcement.h"

#include <json-glib/json-glib.h>
#include <openssl/evp.h>

#include "app/i18n.h"
#include "app/update/version.h"

#define PRODUCT "porchlight"

#define KEY_BYTES       32
#define SIGNATURE_BYTES 64

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)

/* (nullable): the object that @bytes are, as long as @parser is. json-glib parses by recursion,
 * which the size bounds. */
static JsonObject *
read_object (GBytes *bytes, JsonParser *parser)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length == 0 || length > PL_ANNOUNCEMENT_MAX_BYTES
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;

  JsonNode *root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

/* (nullable): the getters of json-glib take it for the program's fault where a member is of another
 * kind. */
static const char *
find_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* (nullable): what a member has in base64 */
static GBytes *
find_bytes (JsonObject *object, const char *name)
{
  const char *text = find_text (object, name);
  gsize length = 0;

  if (text == NULL || *text == '\0')
    return NULL;
  guchar *octets = g_base64_decode (text, &length);
  return g_bytes_new_take (octets, length);
}

static gboolean
is_signed (GBytes *message, GBytes *signature, const char *key_text)
{
  gsize key_length = 0;
  g_autofree guchar *octets = g_base64_decode (key_text, &key_length);

  if (key_length != KEY_BYTES || g_bytes_get_size (signature) != SIGNATURE_BYTES)
    return FALSE;

  g_autoptr (EVP_PKEY) key
      = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, octets, key_length);
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  return key != NULL && context != NULL
         && EVP_DigestVerifyInit (context, NULL, NULL, NULL, key) == 1
         && EVP_DigestVerify (context, g_bytes_get_data (signature, NULL), SIGNATURE_BYTES,
                              g_bytes_get_data (message, NULL), g_bytes_get_size (message))
                == 1;
}

/* (nullable): what a document says, if the owner of the key says it */
static GBytes *
find_signed (GBytes *document, const char *key)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = read_object (document, parser);

  if (object == NULL)
    return NULL;
  g_autoptr (GBytes) message = find_bytes (object, "announcement");
  g_autoptr (GBytes) signature = find_bytes (object, "signature");
  if (message == NULL || signature == NULL || !is_signed (message, signature, key))
    return NULL;
  return g_steal_pointer (&message);
}

static PlAnnouncement *
read_message (GBytes *message)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = read_object (message, parser);

  if (object == NULL || g_strcmp0 (find_text (object, "product"), PRODUCT) != 0)
    return NULL;
  const char *version = find_text (object, "version");
  const char *page = find_text (object, "page");
  if (version == NULL || !pl_version_is_valid (version) || page == NULL
      || !g_str_has_prefix (page, "https://"))
    return NULL;

  PlAnnouncement *announcement = g_new0 (PlAnnouncement, 1);
  announcement->version = g_strdup (version);
  announcement->page = g_strdup (page);
  return announcement;
}

PlAnnouncement *
pl_announcement_read (GBytes *document, const char *key, GError **error)
{
  g_autoptr (GBytes) message = find_signed (document, key);
  PlAnnouncement *announcement = message != NULL ? read_message (message) : NULL;

  if (announcement == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("what answered was not said by Porchlight's makers"));
  return announcement;
}
