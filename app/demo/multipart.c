/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small state machine over a window: the octets that came and are not yet understood. The window
 * begins as CRLF, so that the first delimiter, which has no line before it, looks like all others.
 */

#include "app/demo/multipart.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_FIELDS_BYTES 8192

typedef enum
{
  IN_PREAMBLE,
  AFTER_DELIMITER,
  IN_FIELDS,
  IN_FILE,
  IN_VALUE, /* of a field that is no file; or of a second file */
  AT_END,
  BROKEN,
} State;

struct _PlMultipart
{
  State state;
  char *delimiter;
  gsize delimiter_length;
  GByteArray *window;
  gboolean has_file;
  PlMultipartFunc on_file;
  gpointer user_data;
};

PlMultipart *
pl_multipart_new (const char *boundary, PlMultipartFunc on_file, gpointer user_data)
{
  PlMultipart *form = g_new0 (PlMultipart, 1);
  form->delimiter = g_strconcat ("\r\n--", boundary, NULL);
  form->delimiter_length = strlen (form->delimiter);
  form->window = g_byte_array_new ();
  form->on_file = on_file;
  form->user_data = user_data;
  g_byte_array_append (form->window, (const guint8 *) "\r\n", 2);
  return form;
}

void
pl_multipart_free (PlMultipart *form)
{
  g_byte_array_unref (form->window);
  g_free (form->delimiter);
  g_free (form);
}

/* Where @needle begins in the window, or where its beginning may stand cut off at the end of it;
 * what lies before can be no part of it. memmem() is not everywhere. */
static gsize
find (const PlMultipart *form, const char *needle, gsize needle_length, gboolean *whole)
{
  const guint8 *bytes = form->window->data;
  gsize length = form->window->len;
  gsize at = 0;
  *whole = FALSE;
  while (at < length)
    {
      const guint8 *first = memchr (bytes + at, needle[0], length - at);
      if (first == NULL)
        return length;
      at = first - bytes;
      gsize comparable = MIN (needle_length, length - at);
      if (memcmp (first, needle, comparable) == 0)
        {
          *whole = comparable == needle_length;
          return at;
        }
      at++;
    }
  return length;
}

static void
consume (PlMultipart *form, gsize length)
{
  if (length > 0)
    g_byte_array_remove_range (form->window, 0, length);
}

/* The preamble and the values of parts, which all end at a delimiter. */
static gboolean
read_to_delimiter (PlMultipart *form)
{
  gboolean whole;
  gsize length = find (form, form->delimiter, form->delimiter_length, &whole);
  if (form->state == IN_FILE && length > 0)
    form->on_file (form->window->data, length, form->user_data);
  if (whole)
    form->state = AFTER_DELIMITER;
  consume (form, whole ? length + form->delimiter_length : length);
  return whole;
}

/* Two dashes close the form; else the rest of the line is padding. Its CRLF is left in the window:
 * with it a part without any fields ends in CRLF CRLF as well. */
static gboolean
read_delimiter_end (PlMultipart *form)
{
  if (form->window->len < 2)
    return FALSE;
  if (memcmp (form->window->data, "--", 2) == 0)
    {
      form->state = AT_END;
      return TRUE;
    }
  gboolean whole;
  consume (form, find (form, "\r\n", 2, &whole));
  if (whole)
    form->state = IN_FIELDS;
  return whole;
}

/* RFC 7578 §4.2: what tells a file from a value is the file name. */
static gboolean
fields_name_a_file (const char *fields, gsize length)
{
  g_autoptr (SoupMessageHeaders) headers
      = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (GHashTable) parameters = NULL;
  g_autofree char *disposition = NULL;
  return soup_headers_parse (fields, length, headers)
         && soup_message_headers_get_content_disposition (headers, &disposition, &parameters)
         && g_hash_table_contains (parameters, "filename");
}

static gboolean
read_fields (PlMultipart *form)
{
  gboolean whole;
  gsize length = find (form, "\r\n\r\n", 4, &whole);
  if (length > MAX_FIELDS_BYTES)
    form->state = BROKEN;
  if (!whole || form->state == BROKEN)
    return FALSE;
  /* libsoup takes the line before the first CRLF for a request line; here it is empty. */
  gboolean is_file = fields_name_a_file ((const char *) form->window->data, length + 2);
  form->state = is_file && !form->has_file ? IN_FILE : IN_VALUE;
  form->has_file |= is_file;
  consume (form, length + 4);
  return TRUE;
}

/* Returns whether something was understood, so that the rest of the window may be as well. */
static gboolean
step (PlMultipart *form)
{
  switch (form->state)
    {
    case IN_PREAMBLE:
    case IN_FILE:
    case IN_VALUE:
      return read_to_delimiter (form);
    case AFTER_DELIMITER:
      return read_delimiter_end (form);
    case IN_FIELDS:
      return read_fields (form);
    case AT_END: /* the epilogue means nothing (RFC 2046 §5.1.1) */
      consume (form, form->window->len);
      return FALSE;
    case BROKEN:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
pl_multipart_feed (PlMultipart *form, const guint8 *bytes, gsize length)
{
  if (form->state == BROKEN)
    return FALSE;
  g_byte_array_append (form->window, bytes, length);
  while (step (form))
    ;
  return form->state != BROKEN;
}

gboolean
pl_multipart_is_complete (const PlMultipart *form)
{
  return form->state == AT_END;
}

gboolean
pl_multipart_has_file (const PlMultipart *form)
{
  return form->has_file;
}
