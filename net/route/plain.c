/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "net/route/plain.h"

PlPlainVerdict
pl_plain_decide (PlPlainRule rule, gboolean is_home, gboolean is_page)
{
  switch (rule)
    {
    case PL_PLAIN_HOME:
      if (is_home)
        return PL_PLAIN_VERDICT_SERVE;
      return is_page ? PL_PLAIN_VERDICT_SEND_ON : PL_PLAIN_VERDICT_REFUSE;
    case PL_PLAIN_REDIRECT:
      if (is_page)
        return PL_PLAIN_VERDICT_SEND_ON;
      return is_home ? PL_PLAIN_VERDICT_SERVE : PL_PLAIN_VERDICT_REFUSE;
    case PL_PLAIN_REFUSE:
      return PL_PLAIN_VERDICT_REFUSE;
    }
  g_return_val_if_reached (PL_PLAIN_VERDICT_REFUSE);
}
