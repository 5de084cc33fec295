/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "gui/address/look.h"

#include "app/settings/proof.h"

struct _PlAddressLook
{
  PlEngine *engine;
  PlAddressLookFunc done;
  gpointer user_data;
  char *text;                /* (nullable) */
  GCancellable *cancellable; /* of the look under way */
  PlJudgment *judgment;      /* (nullable) */
};

PlAddressLook *
pl_address_look_new (PlEngine *engine, PlAddressLookFunc done, gpointer user_data)
{
  PlAddressLook *look = g_new0 (PlAddressLook, 1);

  look->engine = g_object_ref (engine);
  look->done = done;
  look->user_data = user_data;
  return look;
}

void
pl_address_look_cancel (PlAddressLook *look)
{
  g_cancellable_cancel (look->cancellable);
  g_clear_object (&look->cancellable);
  g_clear_pointer (&look->judgment, pl_judgment_free);
  g_clear_pointer (&look->text, g_free);
}

void
pl_address_look_free (PlAddressLook *look)
{
  pl_address_look_cancel (look);
  g_object_unref (look->engine);
  g_free (look);
}

/* One that was cancelled may be gone. */
static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlJudgment *judgment = pl_judge_list_finish (result, NULL);
  PlAddressLook *look = user_data;

  if (judgment == NULL)
    return;
  g_clear_object (&look->cancellable);
  look->judgment = judgment;
  look->done (judgment, look->user_data);
}

void
pl_address_look_start (PlAddressLook *look, const char *group, const char *text, const char *known)
{
  PlProof *proof = NULL;

  if (g_strcmp0 (look->text, text) == 0)
    return;
  pl_address_look_cancel (look);
  look->text = g_strdup (text);
  look->cancellable = g_cancellable_new ();
  proof = pl_settings_find_proof (pl_engine_get_settings (look->engine), group);
  pl_judge_list_async (text, known, pl_engine_get_port (look->engine), proof, look->cancellable,
                       judged_cb, look);
  g_clear_pointer (&proof, pl_proof_unref);
}

gboolean
pl_address_look_is_under_way (PlAddressLook *look)
{
  return look->cancellable != NULL;
}

const PlJudgment *
pl_address_look_get_doubt (PlAddressLook *look)
{
  return look->judgment != NULL && pl_judgment_is_doubtful (look->judgment) ? look->judgment : NULL;
}
