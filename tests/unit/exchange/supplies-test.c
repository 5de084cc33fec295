/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is borrowed comes back as it was, to be lent again. */

#include "net/exchange/supplies.h"

/* A head that took room for more fields than usual keeps none of it. */
static void
gives_heads_back_small (void)
{
  PlSupplies supplies = { 0 };
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\n");
  PlHttpFault fault;
  PlHead *head, *again;

  for (guint i = 0; i <= PL_HEAD_USUAL_FIELDS; i++)
    g_string_append (text, "A: b\r\n");
  g_string_append (text, "\r\n");

  pl_supplies_init (&supplies, 0);
  again = head = pl_supplies_take_head (&supplies);
  pl_head_init (head, PL_HEAD_RESPONSE, (PlHeadLimits){ 65536, PL_HEAD_ANY_NUMBER });
  g_assert_cmpint (pl_head_parse (head, text->str, text->len, &fault), ==, PL_PARSE_DONE);
  g_assert_true (head->fields != head->usual_fields);

  pl_supplies_give_head (&supplies, &head);
  g_assert_null (head);
  head = pl_supplies_take_head (&supplies);
  g_assert_true (head == again);
  g_assert_true (head->fields == head->usual_fields);
  g_assert_cmpuint (head->n_fields, ==, 0);

  pl_supplies_give_head (&supplies, &head);
  pl_supplies_clear (&supplies);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/supplies/heads", gives_heads_back_small);
  return g_test_run ();
}
