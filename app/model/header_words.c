/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields with words of their own stand in a table; for the others the reason follows from what the
 * engine's own table says of them. */

#include "app/model/header_words.h"

#include "app/i18n.h"

typedef struct
{
  PlFieldId id;
  const char *set;     /* added or changed by us */
  const char *removed; /* (nullable) */
} Row;

static const Row request_rows[] = {
  { PL_FIELD_X_FORWARDED_FOR, N_ ("Who really asked; Immich logs this address."), NULL },
  { PL_FIELD_X_REAL_IP, N_ ("Who really asked, for programs that read this name instead."), NULL },
  { PL_FIELD_X_FORWARDED_HOST,
    N_ ("The address the device used, so that links Immich makes work there."), NULL },
  { PL_FIELD_X_FORWARDED_PROTO, N_ ("Whether the device used http or https."), NULL },
  { PL_FIELD_CDN_LOOP, N_ ("By it a request that comes back to this program is noticed."), NULL },
  { PL_FIELD_HOST, N_ ("The address the request is for, as the device wrote it."), NULL },
  { PL_FIELD_CONNECTION, N_ ("What the connection to Immich is to be used for."), NULL },
  { PL_FIELD_UPGRADE, N_ ("Asks Immich for a live connection."), NULL },
  { PL_FIELD_TE, N_ ("Says that headers may follow the body."), NULL },
  { PL_FIELD_CONTENT_LENGTH, N_ ("Where the body ends, written anew for Immich."),
    N_ ("Where the body ends is told in another way.") },
  { PL_FIELD_TRANSFER_ENCODING, N_ ("Where the body ends, written anew for Immich."),
    N_ ("Where the body ends is told in another way.") },
  { PL_FIELD_EXPECT, N_ ("Asks whether the body may come."),
    N_ ("This program has answered it already.") },
};

static const Row response_rows[] = {
  { PL_FIELD_CONNECTION, N_ ("Whether the connection to the device stays open."), NULL },
  { PL_FIELD_UPGRADE, N_ ("The live connection begins."), NULL },
  { PL_FIELD_DATE, N_ ("Immich sent none."), NULL },
  { PL_FIELD_CONTENT_LENGTH, N_ ("Where the body ends, written anew for the device."),
    N_ ("Where the body ends is told in another way.") },
  { PL_FIELD_TRANSFER_ENCODING, N_ ("Where the body ends, written anew for the device."),
    N_ ("Where the body ends is told in another way.") },
};

static const Row *
find (const Row *rows, guint n_rows, PlFieldId id)
{
  for (guint i = 0; i < n_rows; i++)
    if (rows[i].id == id)
      return &rows[i];
  return NULL;
}

static const char *
get_removed_words (PlHeadKind head, PlSlice name, PlFieldFlags flags)
{
  if ((flags & PL_FIELD_FORWARDING) != 0)
    return _ ("A device may not say this of itself: this program says what is true.");
  if (pl_field_identify_shadowed (name) != PL_FIELD_OTHER)
    return _ ("It could be mistaken for another header, so it is not let through.");
  return head == PL_HEAD_REQUEST
             ? _ ("It concerns the connection between the device and this program alone.")
             : _ ("It concerns the connection between Immich and this program alone.");
}

const char *
pl_header_words (PlHeadKind head, PlSlice name, PlHeaderKind kind)
{
  PlFieldId id = pl_field_identify (name);
  const Row *row = head == PL_HEAD_REQUEST ? find (request_rows, G_N_ELEMENTS (request_rows), id)
                                           : find (response_rows, G_N_ELEMENTS (response_rows), id);

  if (kind == PL_HEADER_SAME)
    return NULL;
  if (kind != PL_HEADER_REMOVED)
    return row != NULL ? _ (row->set) : _ ("This program has set it.");
  if (row != NULL && row->removed != NULL)
    return _ (row->removed);
  return get_removed_words (head, name, pl_field_get_flags (id));
}
