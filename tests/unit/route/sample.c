/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns readable samples into octets and back. */

#include "tests/unit/route/sample.h"

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

char *
sample_copy (const char *text)
{
  return g_memdup2 (text, strlen (text));
}

SampleHead *
sample_head_new (PlHeadKind kind, const char *text)
{
  SampleHead *sample = g_new0 (SampleHead, 1);
  g_autofree char *lines = replace (text, "\n", "\r\n");
  PlHttpFault fault = PL_HTTP_FAULT_NONE;

  sample->octets = sample_copy (lines);
  pl_head_init (&sample->head, kind, (PlHeadLimits){ 32 * 1024, PL_HEAD_ANY_NUMBER });
  g_assert_cmpint (pl_head_parse (&sample->head, sample->octets, strlen (lines), &fault), ==,
                   PL_PARSE_DONE);
  return sample;
}

void
sample_head_free (SampleHead *sample)
{
  pl_head_clear (&sample->head);
  g_free (sample->octets);
  g_free (sample);
}

PlAddress
sample_address (const char *text)
{
  PlAddress address;

  g_assert_true (pl_address_parse (pl_slice_from_string (text), &address));
  return address;
}

PlTrust *
sample_trust (const char *list)
{
  PlTrust *trust = pl_trust_new ();
  g_auto (GStrv) networks = g_strsplit (list, ";", -1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; networks[i] != NULL; i++)
    {
      pl_trust_add (trust, networks[i], &error);
      g_assert_no_error (error);
    }
  return trust;
}

char *
sample_dup_written (const PlWriter *writer)
{
  g_autofree char *text = g_strndup (writer->bytes, writer->length);

  g_assert_false (writer->overflowed);
  return replace (text, "\r\n", "\n");
}
