/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/profile.h"

#include <string.h>

#include "app/certificates/write.h"
#include "app/i18n.h"

#define IDENTIFIER "porchlight.authority"

static const char form[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
                           " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
                           "<plist version=\"1.0\"><dict>\n"
                           "<key>PayloadType</key><string>Configuration</string>\n"
                           "<key>PayloadVersion</key><integer>1</integer>\n"
                           "<key>PayloadIdentifier</key><string>" IDENTIFIER "</string>\n"
                           "<key>PayloadUUID</key><string>%s</string>\n"
                           "<key>PayloadDisplayName</key><string>%s</string>\n"
                           "<key>PayloadDescription</key><string>%s</string>\n"
                           "<key>PayloadContent</key><array><dict>\n"
                           "<key>PayloadType</key><string>com.apple.security.root</string>\n"
                           "<key>PayloadVersion</key><integer>1</integer>\n"
                           "<key>PayloadIdentifier</key><string>" IDENTIFIER ".root</string>\n"
                           "<key>PayloadUUID</key><string>%s</string>\n"
                           "<key>PayloadDisplayName</key><string>%s</string>\n"
                           "<key>PayloadCertificateFileName</key><string>ca.crt</string>\n"
                           "<key>PayloadContent</key><data>%s</data>\n"
                           "</dict></array>\n"
                           "</dict></plist>\n";

/* Returns: (transfer full): a UUID made of the octets of a digest (RFC 9562 §5.8) */
static char *
dup_uuid (const char *fingerprint, const char *salt)
{
  g_autofree char *salted = g_strconcat (salt, fingerprint, NULL);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, salted, -1);

  return g_strdup_printf ("%.8s-%.4s-8%.3s-8%.3s-%.12s", hex, hex + 8, hex + 12, hex + 16,
                          hex + 20);
}

GBytes *
pl_trust_profile_new (const PlCertificate *authority)
{
  const char *fingerprint = pl_certificate_get_fingerprint (authority);
  g_autofree char *name = g_markup_escape_text (pl_certificate_get_issuer (authority), -1);
  g_autofree char *words = g_markup_escape_text (
      _ ("Lets this device trust the encrypted connection to your photos."), -1);
  g_autofree char *whole_id = dup_uuid (fingerprint, "whole");
  g_autofree char *root_id = dup_uuid (fingerprint, "root");
  g_autoptr (GBytes) der = pl_certificate_dup_der (authority);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
  char *text = g_strdup_printf (form, whole_id, name, words, root_id, name, base64);

  return g_bytes_new_take (text, strlen (text));
}
