/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificate files: either there is one to use, whose facts can be shown, or it is said why not,
 * in words that hold nothing of the file. */

#include "app/certificates/judge.h"
#include "app/certificates/read.h"

#include "tests/fuzz/fuzz.h"

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (; *text != '\0'; text = g_utf8_next_char (text))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (text)));
}

static void
check (const PlCertificate *certificate)
{
  PlJudgement by = { .now_s = 1700000000, .host = "photos.example" };
  g_autoptr (GPtrArray) remarks = pl_certificate_judge (certificate, &by);

  check_text (pl_certificate_get_issuer (certificate));
  for (guint i = 0; pl_certificate_get_hosts (certificate)[i] != NULL; i++)
    check_text (pl_certificate_get_hosts (certificate)[i]);
  for (guint i = 0; i < remarks->len; i++)
    check_text (((PlRemark *) remarks->pdata[i])->words);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlCertificate) certificate = pl_certificate_read (bytes, NULL, "porch", &error);

  g_assert_true ((certificate == NULL) == (error != NULL));
  if (certificate != NULL)
    check (certificate);
  else
    check_text (error->message);
  return 0;
}
