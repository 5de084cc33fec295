/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/exchange/error_page.h"

typedef struct
{
  guint16 status;
  guint16 retry_after_s;
  const char *phrase;
  const char *title;
  const char *advice;
} ErrorText;

static const ErrorText texts[] = {
  { 308, 0, "Permanent Redirect", "This page is encrypted now",
    "Put https in front of its address, in place of http." },
  { 400, 0, "Bad Request", "This request could not be understood",
    "The address or something sent with it is malformed. Go back, or type the address anew." },
  { 403, 0, "Forbidden", "This device was turned away",
    "Ask whoever runs this photo server to let it in again." },
  { 404, 0, "Not Found", "There is nothing at this address",
    "No photos are served under this address. Check that it is spelled right." },
  { 405, 0, "Method Not Allowed", "This kind of request is not served here",
    "This is a photo server, not a general proxy." },
  { 408, 0, "Request Timeout", "The request took too long to arrive",
    "The connection may be weak. Try again." },
  { 411, 0, "Length Required", "This upload does not say how large it is",
    "What answers here for Immich must know it before. Try another browser or app." },
  { 414, 0, "URI Too Long", "This address is too long",
    "Shorten it, or go back to the start page." },
  { 426, 0, "Upgrade Required", "Photos are served encrypted here",
    "Put https in front of the address, in place of http, in an app too." },
  { 429, 2, "Too Many Requests", "Too much was asked for at once",
    "It came from your network. This page tries again by itself." },
  { 431, 0, "Request Header Fields Too Large", "Your browser sent too much with this request",
    "Deleting the cookies of this site usually helps." },
  { 501, 0, "Not Implemented", "This request uses something that is not known here",
    "Try another browser or app." },
  { 502, 5, "Bad Gateway", "Your photos cannot be shown right now",
    "Immich did not give a proper answer. It may be restarting. This page tries again by itself." },
  { 503, 5, "Service Unavailable", "Your photos will be back in a moment",
    "Immich is not running, or is just starting. This page tries again by itself." },
  { 504, 10, "Gateway Timeout", "Your photos are taking too long",
    "Immich did not answer in time. It may be busy. This page tries again by itself." },
  { 508, 0, "Loop Detected", "Your photos cannot be shown right now",
    "The address that is set for Immich leads back here. Whoever runs this can set the right "
    "one." },
  { 505, 0, "HTTP Version Not Supported", "This version of HTTP is not spoken here",
    "Try another browser or app." },
};

static const ErrorText guest_text
    = { 404, 0, "Not Found", "This is a private photo server", "Open the link you were sent." };

#define WAIT_TEXT(title)                                                                           \
  {                                                                                                \
    429, 0, "Too Many Requests", title, "They came from your network, so the next has to wait."    \
  }

static const ErrorText wait_texts[] = {
  [PL_LOGIN_PASSWORD] = WAIT_TEXT ("Too many wrong passwords"),
  [PL_LOGIN_LINK] = WAIT_TEXT ("Too many wrong passwords"),
  [PL_LOGIN_KEY] = WAIT_TEXT ("Too many wrong API keys"),
  [PL_LOGIN_PIN] = WAIT_TEXT ("Too many wrong PIN codes"),
};

static const ErrorText *
find_text (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].status == status)
      return &texts[i];
  g_return_val_if_reached (&texts[0]);
}

const char *
pl_error_page_get_phrase (guint status)
{
  return find_text (status)->phrase;
}

guint
pl_error_page_get_retry_after_s (guint status)
{
  return find_text (status)->retry_after_s;
}

static void
add (PlWriter *writer, const char *text)
{
  pl_writer_add (writer, pl_slice_from_string (text));
}

static const char style[]
    = ":root{color-scheme:light dark}"
      "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:18vh auto 0;padding:0 "
      "1.5rem;"
      "text-align:center;background:#fafafa;color:#222}"
      "svg{width:4.5rem}h1{font-size:1.5rem;margin:1rem 0 .5rem}p{margin:.5rem 0}"
      "small{color:#666}"
      "@media(prefers-color-scheme:dark){body{background:#1e1e1e;color:#eee}small{color:#aaa}}";

static const char lamp[]
    = "<svg viewBox=\"0 0 32 32\" aria-hidden=\"true\" fill=\"none\" stroke=\"#e5a50a\""
      " stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
      "<path d=\"M16 3v4M9 13l7-6 7 6M10 13h12l2 11H8zM12 24v4h8v-4\"/></svg>";

static void
add_refresh (PlWriter *writer, guint seconds)
{
  add (writer, "<meta http-equiv=\"refresh\" content=\"");
  pl_writer_add_decimal (writer, seconds);
  add (writer, "\">");
}

/* Up to an hour: from two minutes on in minutes. */
static void
add_wait (PlWriter *writer, guint wait_s)
{
  add (writer, " Try again in ");
  pl_writer_add_decimal (writer, wait_s >= 120 ? (wait_s + 59) / 60 : wait_s);
  add (writer, wait_s >= 120 ? " minutes." : wait_s == 1 ? " second." : " seconds.");
}

/* @wait_s: 0: not known */
static void
write_html (const ErrorText *text, guint wait_s, PlWriter *writer)
{
  add (writer, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
               "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
  if (text->retry_after_s > 0)
    add_refresh (writer, text->retry_after_s);
  add (writer, "<title>");
  add (writer, text->title);
  add (writer, "</title><style>");
  add (writer, style);
  add (writer, "</style></head><body><main>");
  add (writer, lamp);
  add (writer, "<h1>");
  add (writer, text->title);
  add (writer, "</h1><p>");
  add (writer, text->advice);
  if (wait_s > 0)
    add_wait (writer, wait_s);
  add (writer, "</p><p><small>");
  pl_writer_add_decimal (writer, text->status);
  add (writer, " ");
  add (writer, text->phrase);
  add (writer, "</small></p></main></body></html>\n");
}

void
pl_error_page_write_html (guint status, PlWriter *writer)
{
  write_html (find_text (status), 0, writer);
}

void
pl_error_page_write_guest_html (PlWriter *writer)
{
  write_html (&guest_text, 0, writer);
}

void
pl_error_page_write_wait_html (PlLogin login, guint wait_s, PlWriter *writer)
{
  write_html (&wait_texts[login], wait_s, writer);
}

/* As Immich's own: @more: (nullable): after the title. */
static void
write_message_json (const ErrorText *text,
                    const char *more,
                    guint wait_s,
                    const char *reason,
                    PlWriter *writer)
{
  add (writer, "{\"message\":\"");
  add (writer, text->title);
  add (writer, ".");
  if (more != NULL)
    {
      add (writer, " ");
      add (writer, more);
    }
  if (wait_s > 0)
    add_wait (writer, wait_s);
  add (writer, "\",\"error\":\"");
  add (writer, text->phrase);
  add (writer, "\",\"statusCode\":");
  pl_writer_add_decimal (writer, text->status);
  add (writer, ",\"reason\":\"");
  add (writer, reason);
  add (writer, "\"}\n");
}

void
pl_error_page_write_wait_json (PlLogin login, guint wait_s, const char *reason, PlWriter *writer)
{
  write_message_json (&wait_texts[login], NULL, wait_s, reason, writer);
}

void
pl_error_page_write_turned_away_json (const char *reason, PlWriter *writer)
{
  const ErrorText *text = find_text (403);

  write_message_json (text, text->advice, 0, reason, writer);
}

void
pl_error_page_write_json (guint status, const char *reason, PlWriter *writer)
{
  add (writer, "{\"error\":\"");
  add (writer, find_text (status)->phrase);
  add (writer, "\",\"reason\":\"");
  add (writer, reason);
  add (writer, "\"}\n");
}
