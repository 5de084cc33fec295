/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses as they are shown: what is readable is, and nothing can pass for what it is not. */

#include "app/model/plain_path.h"

#define FSI "\u2068"
#define PDI "\u2069"

typedef struct
{
  const char *target;
  const char *shown;
} Case;

static const Case cases[] = {
  { "/api/assets/8f/thumbnail", "/api/assets/8f/thumbnail" },
  { "", "" },
  { "/%E6%97%A5%E6%9C%AC/%F0%9F%93%B7.jpg", "/日本/📷.jpg" },
  { "/caf%C3%A9?q=%C3%A0", "/café?q=à" },
  { "/cafe%CC%81", "/cafe\u0301" },
  { "/my%20photo%20%281%29.jpg", "/my photo (1).jpg" },
  { "/%F0%9F%96%BC%EF%B8%8F", "/🖼\ufe0f" },
  /* What parts an address is not the same encoded. */
  { "/a%2Fb%3Fc%26d%3De%23f%25g%2Bh%3Bi%5Cj", "/a%2Fb%3Fc%26d%3De%23f%25g%2Bh%3Bi%5Cj" },
  /* A space that is not seen to be one. */
  { "/%20a", "/%20a" },
  { "/a%20", "/a%20" },
  { "/a%20%20b", "/a%20 b" },
  { "/a%20/b", "/a%20/b" },
  { "/a%C2%A0b%E3%80%80c", "/a%C2%A0b%E3%80%80c" },
  /* Controls, marks of direction, joiners, fillers, what is for private use or nothing yet. */
  { "/a%0D%0Ab%00c%1B%5B2J%7F", "/a%0D%0Ab%00c%1B[2J%7F" },
  { "/%E2%80%AEgpj.exe", "/%E2%80%AEgpj.exe" },
  { "/%E2%81%A6x%E2%81%A9%E2%80%8F", "/%E2%81%A6x%E2%81%A9%E2%80%8F" },
  { "/a%E2%80%8Bb%E2%80%8Dc%EF%BB%BFd%C2%AD", "/a%E2%80%8Bb%E2%80%8Dc%EF%BB%BFd%C2%AD" },
  { "/%E3%85%A4%E1%85%9F", "/%E3%85%A4%E1%85%9F" },
  { "/%EE%80%80%F3%B0%80%80", "/%EE%80%80%F3%B0%80%80" },
  { "/a%E2%80%A8b%E2%80%A9c", "/a%E2%80%A8b%E2%80%A9c" },
  { "/%F3%A0%81%81", "/%F3%A0%81%81" },
  /* Marks with nothing to stand on, and more than a letter has. */
  { "/%CC%81a", "/%CC%81a" },
  { "/a%CC%81%CC%81%CC%81%CC%81%CC%81", "/a\u0301\u0301\u0301%CC%81%CC%81" },
  /* No UTF-8: a lone octet, one too long, a surrogate, a cut one. */
  { "/%FF%E6", "/%FF%E6" },
  { "/%C0%AF", "/%C0%AF" },
  { "/%ED%A0%80", "/%ED%A0%80" },
  { "/%E6%97x%", "/%E6%97x%" },
  { "/%zz%4", "/%zz%4" },
  { "/%41%42", "/AB" },
  /* What is written from right to left turns its own part alone. */
  { "/%D7%90%D7%91/1/%D7%92", "/" FSI "אב" PDI "/1/" FSI "ג" PDI },
  { "/a?q=%D8%A8", "/a?q=" FSI "ب" PDI },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("> ");
      pl_plain_path_append (text, cases[i].target);
      g_assert_cmpstr (text->str + 2, ==, cases[i].shown);
    }
}

/* Whatever is sent: valid, no longer than it came but for the isolates, without a control. */
static void
test_any_octets (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) target = g_string_new ("/");
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint n = g_random_int_range (0, 12); n > 0; n--)
        g_string_append_printf (target, "%%%02X", g_random_int_range (0, 256));
      pl_plain_path_append (text, target->str);
      g_assert_true (g_utf8_validate (text->str, -1, NULL));
      for (const char *at = text->str; *at != '\0'; at = g_utf8_next_char (at))
        {
          gunichar character = g_utf8_get_char (at);
          gboolean is_ours = character == 0x2068 || character == 0x2069;
          g_assert_true (is_ours || g_unichar_isprint (character));
        }
    }
}

static void
test_folded (void)
{
  g_autofree char *composed = pl_plain_path_dup_folded ("/Caf%C3%89");
  g_autofree char *decomposed = pl_plain_path_dup_folded ("/cafe\u0301");
  g_autofree char *broken = pl_plain_path_dup_folded ("/%FF%00a");

  g_assert_cmpstr (composed, ==, decomposed);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plain-path/cases", test_cases);
  g_test_add_func ("/plain-path/any-octets", test_any_octets);
  g_test_add_func ("/plain-path/folded", test_folded);
  return g_test_run ();
}
