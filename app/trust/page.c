/* SPDX-License-Identifier: GPL-3.0-or-later */

/* It comes without encryption, since the device does not trust us yet: so it has the fingerprint,
 * which is to be compared with what the window shows. Needs no script and loads nothing. */

#include "app/trust/page.h"

#include <string.h>

#include "app/i18n.h"

/**
 * Page: one that is being written.
 * @words: (nullable): in whose language
 */
typedef struct
{
  GString *text;
  const PlCatalogue *words;
} Page;

static const char head[]
    = "<head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<meta http-equiv=\"Content-Security-Policy\""
      " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
      "<style>:root{color-scheme:light dark}"
      "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:36rem;margin:6vh auto;padding:0 1.2rem;"
      "background:#fafafa;color:#222}"
      "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
      "code{display:block;font-size:.95rem;overflow-wrap:anywhere}li{margin:.6rem 0}"
      "a{color:#8a5a00}.button{display:inline-block;padding:.7rem 1.2rem;border-radius:.5rem;"
      "background:#e5a50a;color:#222;text-decoration:none;font-weight:600}"
      "@media(prefers-color-scheme:dark){body{background:#1e1e1e;color:#eee}a{color:#f0c050}"
      ".button{color:#222}}</style>";

/* Adds @text between tags, made harmless. */
static void
add_text (Page *page, const char *tag, const char *attributes, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (page->text, "<%s%s>%s</%s>\n", tag, attributes, escaped, tag);
}

/* The same in the page's language. */
static void
add (Page *page, const char *tag, const char *text)
{
  add_text (page, tag, "", pl_catalogue_find (page->words, text));
}

static void
add_link (Page *page, const char *attributes, const char *path, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (pl_catalogue_find (page->words, text), -1);

  g_string_append_printf (page->text, "<a%s href=\"%s\">%s</a>\n", attributes, path, escaped);
}

/* The name of the authority stands where the translation has its %s. */
static void
add_step (Page *page, const char *step, const char *name)
{
  g_autoptr (GString) words = g_string_new (pl_catalogue_find (page->words, step));

  g_string_replace (words, "%s", name, 0);
  add_text (page, "li", "", words->str);
}

static void
add_steps (Page *page, const PlTrustDevice *device, const char *name)
{
  add (page, "h2", device->name);
  g_string_append (page->text, "<p>");
  add_link (page, " class=\"button\"", device->file, device->download);
  g_string_append (page->text, "</p><ol>");
  for (guint i = 0; i < G_N_ELEMENTS (device->steps) && device->steps[i] != NULL; i++)
    add_step (page, device->steps[i], name);
  add (page, "li",
       N_ ("Open your photos by the same address as this page, but with https:// in front."));
  g_string_append (page->text, "</ol>\n");
}

/* Digits and letters stand in one order, whatever the language. */
static void
add_fingerprint (Page *page, const PlCertificate *authority)
{
  add (page, "h2", N_ ("Compare before you trust"));
  add (page, "p",
       N_ ("This page came without encryption. Compare the fingerprint (SHA-256) with the one that "
           "Porchlight shows on the computer with your photos: if it differs, somebody is in "
           "between, and you should stop."));
  g_string_append (page->text, "<p>");
  add_text (page, "code", " dir=\"ltr\"", pl_certificate_get_fingerprint (authority));
  g_string_append (page->text, "</p>\n");
  add (page, "p",
       N_ ("You trust it for this computer alone: the certificate can vouch for its names and for "
           "addresses of home networks, and for no web site in the internet."));
}

static void
add_app (Page *page, gboolean is_plain_served)
{
  add (page, "h2", N_ ("The Immich app"));
  add (page, "p",
       N_ ("From version 2.5.5 on the app is to go by what the phone trusts; it was not tried with "
           "every version and phone. Older ones have “Allow self-signed SSL certificates” in their "
           "advanced settings, before you sign in, and even then videos and downloads may fail."));
  add (
      page, "p",
      is_plain_served
          ? N_ ("If the app does not connect with https://, go on using the address with http:// "
                "at home: both work.")
          : N_ ("If the app does not connect, whoever runs Porchlight can let devices at home come "
                "without encryption, too."));
}

static void
add_others (Page *page, const PlTrustDevice *device)
{
  guint n_devices;
  const PlTrustDevice *devices = pl_trust_devices (&n_devices);

  add (page, "h2", N_ ("Another device?"));
  g_string_append (page->text, "<p>");
  for (guint i = 0; i < n_devices; i++)
    {
      g_autofree char *path = g_strconcat (PL_TRUST_PATH "/", devices[i].id, NULL);
      if (&devices[i] != device)
        add_link (page, "", path, devices[i].name);
      if (&devices[i] != device && i + 1 < n_devices)
        g_string_append (page->text, " · ");
    }
  g_string_append (page->text, "</p>\n");
}

GBytes *
pl_trust_page_new (const PlTrustDevice *device,
                   const PlCertificate *authority,
                   const char *language,
                   const PlCatalogue *words,
                   gboolean is_plain_served)
{
  Page page = { g_string_new ("<!DOCTYPE html>\n<html"), words };

  if (language != NULL)
    g_string_append_printf (page.text, " lang=\"%s\"", language);
  g_string_append_printf (page.text, ">%s", head);
  add (&page, "title", N_ ("Trust this computer"));
  g_string_append (page.text, "</head><body dir=\"auto\"><main>\n");
  add (&page, "h1", N_ ("Trust this computer"));
  add (
      &page, "p",
      N_ ("Porchlight can encrypt the way to your photos. It has an authority of its own for that, "
          "which your device does not know yet. Tell it once, and the warnings are gone."));
  add_steps (&page, device, pl_certificate_get_issuer (authority));
  add_fingerprint (&page, authority);
  if (device->is_phone)
    add_app (&page, is_plain_served);
  add_others (&page, device);
  g_string_append (page.text, "</main></body></html>\n");
  return g_string_free_to_bytes (page.text);
}
