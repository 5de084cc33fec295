/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/certificates/keeper.h"

#include <openssl/crypto.h>

#include "app/certificates/staple.h"
#include "app/i18n.h"

/* Certificate and key are written one after the other. */
#define SETTLE_MS 2000

/* For what no monitor tells: two thirds of a life are over, a clock was set, a link leads to
 * another disk. */
#define LOOK_AGAIN_S 3600

/**
 * PlCertificateKeeper:
 * @problem: (nullable): of the last look
 * @former, @former_wish, @former_problem: (nullable): of before the last change of the wish
 * @called: (nullable): a name that leads here
 * @monitors: (element-type GFileMonitor)
 * @looking: (nullable): cancels the look that is under way
 * @settling: (0 for none): a look that waits until files are whole
 * @again: the hourly look; 0 while there is nothing to look at
 */
struct _PlCertificateKeeper
{
  GObject parent_instance;

  PlCertificateWish *wish;
  PlGathering *gathering;
  char *problem;
  PlCertificateWish *former_wish;
  PlGathering *former;
  char *former_problem;
  char *called;
  GPtrArray *monitors;
  GCancellable *looking;
  guint settling;
  guint again;
};

G_DEFINE_FINAL_TYPE (PlCertificateKeeper, pl_certificate_keeper, G_TYPE_OBJECT)

static guint changed_signal;

static gint64
get_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Looking */

static void
set_problem (PlCertificateKeeper *keeper, const char *problem)
{
  g_free (keeper->problem);
  keeper->problem = g_strdup (problem);
}

/* Takes @found. What browsers refuse does not replace what they take. */
static void
take (PlCertificateKeeper *keeper, PlGathering *found)
{
  const PlRemark *grave = pl_gathering_find_grave (found);
  gboolean shows_other = !pl_gathering_shows_same (keeper->gathering, found);

  if (shows_other && grave != NULL && pl_gathering_find_grave (keeper->gathering) == NULL)
    {
      g_autofree char *words = g_strdup_printf (
          _ ("The new certificate is not used; the one from before serves on. %s"), grave->words);
      set_problem (keeper, words);
      pl_gathering_free (found);
      shows_other = FALSE;
    }
  else
    {
      pl_gathering_free (keeper->gathering);
      keeper->gathering = found;
      set_problem (keeper, found->problem);
    }
  g_signal_emit (keeper, changed_signal, 0, shows_other);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  PlGathering *found = pl_gathering_new (task_data, get_now_s (), &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) pl_gathering_free);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlCertificateKeeper *keeper = PL_CERTIFICATE_KEEPER (source);
  g_autoptr (GError) error = NULL;
  PlGathering *found = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&keeper->looking);
  if (found != NULL)
    take (keeper, found);
  else
    {
      set_problem (keeper, error->message);
      g_signal_emit (keeper, changed_signal, 0, FALSE);
    }
}

static void
stop_looking (PlCertificateKeeper *keeper)
{
  if (keeper->looking != NULL)
    g_cancellable_cancel (keeper->looking);
  g_clear_object (&keeper->looking);
  g_clear_handle_id (&keeper->settling, g_source_remove);
}

/* Returns: (transfer full): @wish, with what is known of this computer's name */
static PlCertificateWish *
dup_called (PlCertificateKeeper *keeper, const PlCertificateWish *wish)
{
  PlCertificateWish *copy = pl_certificate_wish_copy (wish);

  copy->called = g_strdup (keeper->called);
  return copy;
}

void
pl_certificate_keeper_look (PlCertificateKeeper *keeper)
{
  g_autoptr (GTask) task = NULL;

  if (keeper->wish->mode == PL_ENCRYPTION_OFF)
    return;
  stop_looking (keeper);
  keeper->looking = g_cancellable_new ();
  task = g_task_new (keeper, keeper->looking, looked_cb, NULL);
  g_task_set_task_data (task, dup_called (keeper, keeper->wish),
                        (GDestroyNotify) pl_certificate_wish_free);
  g_task_run_in_thread (task, look_in_thread);
}

static gboolean
look_again_cb (gpointer user_data)
{
  pl_certificate_keeper_look (user_data);
  return G_SOURCE_CONTINUE;
}

void
pl_certificate_keeper_call (PlCertificateKeeper *keeper, const char *host)
{
  if (g_strcmp0 (host, keeper->called) == 0)
    return;
  g_free (keeper->called);
  keeper->called = g_strdup (host);
  pl_certificate_keeper_look (keeper);
}

/* Following files */

static void
settled_cb (gpointer user_data)
{
  PlCertificateKeeper *keeper = user_data;

  keeper->settling = 0;
  pl_certificate_keeper_look (keeper);
}

static void
file_changed_cb (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 gpointer user_data)
{
  PlCertificateKeeper *keeper = user_data;

  g_clear_handle_id (&keeper->settling, g_source_remove);
  keeper->settling = g_timeout_add_once (SETTLE_MS, settled_cb, keeper);
}

static void
follow (PlCertificateKeeper *keeper, const char *path, GPtrArray *monitors)
{
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  GFileMonitor *monitor
      = file != NULL ? g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL) : NULL;

  if (monitor == NULL)
    return;
  g_signal_connect (monitor, "changed", G_CALLBACK (file_changed_cb), keeper);
  g_ptr_array_add (monitors, monitor);
}

/* A monitor may have an event under way when it is let go of. */
static void
free_monitor (gpointer data)
{
  GFileMonitor *monitor = data;

  g_signal_handlers_disconnect_matched (monitor, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, file_changed_cb,
                                        NULL);
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

/* Returns: (transfer full) (element-type GFileMonitor): of the files of @wish */
static GPtrArray *
follow_files (PlCertificateKeeper *keeper, const PlCertificateWish *wish)
{
  GPtrArray *monitors = g_ptr_array_new_with_free_func (free_monitor);
  const GArray *files = wish->files;

  for (guint i = 0; wish->mode != PL_ENCRYPTION_OFF && files != NULL && i < files->len; i++)
    {
      const char *certificate = g_array_index (files, PlCertificateFiles, i).certificate;
      g_autofree char *staple = g_strconcat (certificate, PL_STAPLE_SUFFIX, NULL);

      follow (keeper, certificate, monitors);
      follow (keeper, staple, monitors);
      follow (keeper, g_array_index (files, PlCertificateFiles, i).key, monitors);
    }
  return monitors;
}

/* @monitors: (transfer full): of the files of what is wished for now */
static void
go_on_with (PlCertificateKeeper *keeper, GPtrArray *monitors)
{
  g_ptr_array_unref (keeper->monitors);
  keeper->monitors = monitors;
  g_clear_handle_id (&keeper->again, g_source_remove);
  if (keeper->wish->mode != PL_ENCRYPTION_OFF)
    keeper->again = g_timeout_add_seconds (LOOK_AGAIN_S, look_again_cb, keeper);
}

/* Wishes */

static void
forget_former (PlCertificateKeeper *keeper)
{
  g_clear_pointer (&keeper->former_wish, pl_certificate_wish_free);
  g_clear_pointer (&keeper->former, pl_gathering_free);
  g_clear_pointer (&keeper->former_problem, g_free);
}

static void
put_aside (PlCertificateKeeper *keeper)
{
  keeper->former_wish = g_steal_pointer (&keeper->wish);
  keeper->former = g_steal_pointer (&keeper->gathering);
  keeper->former_problem = g_steal_pointer (&keeper->problem);
}

/* Files are followed before they are read, so that no change in between is missed. */
gboolean
pl_certificate_keeper_want (PlCertificateKeeper *keeper,
                            const PlCertificateWish *wish,
                            GError **error)
{
  g_autoptr (PlCertificateWish) called = dup_called (keeper, wish);
  g_autoptr (GPtrArray) monitors = NULL;
  PlGathering *gathering;

  forget_former (keeper);
  if (pl_certificate_wish_equal (wish, keeper->wish))
    return TRUE;
  monitors = follow_files (keeper, wish);
  gathering = pl_gathering_new (called, get_now_s (), error);
  if (gathering == NULL)
    return FALSE;
  stop_looking (keeper);
  put_aside (keeper);
  keeper->wish = pl_certificate_wish_copy (wish);
  keeper->gathering = gathering;
  set_problem (keeper, gathering->problem);
  go_on_with (keeper, g_steal_pointer (&monitors));
  return TRUE;
}

/* A look that was under way when the wish changed has told nothing. */
void
pl_certificate_keeper_go_back (PlCertificateKeeper *keeper)
{
  if (keeper->former_wish == NULL)
    return;
  stop_looking (keeper);
  pl_certificate_wish_free (keeper->wish);
  pl_gathering_free (keeper->gathering);
  g_free (keeper->problem);
  keeper->wish = g_steal_pointer (&keeper->former_wish);
  keeper->gathering = g_steal_pointer (&keeper->former);
  keeper->problem = g_steal_pointer (&keeper->former_problem);
  go_on_with (keeper, follow_files (keeper, keeper->wish));
  pl_certificate_keeper_look (keeper);
}

/* The object */

const PlCertificateWish *
pl_certificate_keeper_get_wish (PlCertificateKeeper *keeper)
{
  return keeper->wish;
}

const PlGathering *
pl_certificate_keeper_get (PlCertificateKeeper *keeper)
{
  return keeper->gathering;
}

const char *
pl_certificate_keeper_get_problem (PlCertificateKeeper *keeper)
{
  return keeper->problem;
}

PlCertificateKeeper *
pl_certificate_keeper_new (void)
{
  return g_object_new (PL_TYPE_CERTIFICATE_KEEPER, NULL);
}

static void
pl_certificate_keeper_dispose (GObject *object)
{
  PlCertificateKeeper *keeper = PL_CERTIFICATE_KEEPER (object);

  stop_looking (keeper);
  g_clear_handle_id (&keeper->again, g_source_remove);
  g_ptr_array_set_size (keeper->monitors, 0);
  G_OBJECT_CLASS (pl_certificate_keeper_parent_class)->dispose (object);
}

static void
pl_certificate_keeper_finalize (GObject *object)
{
  PlCertificateKeeper *keeper = PL_CERTIFICATE_KEEPER (object);

  g_ptr_array_unref (keeper->monitors);
  forget_former (keeper);
  pl_certificate_wish_free (keeper->wish);
  pl_gathering_free (keeper->gathering);
  g_free (keeper->problem);
  g_free (keeper->called);
  G_OBJECT_CLASS (pl_certificate_keeper_parent_class)->finalize (object);
}

static void
pl_certificate_keeper_class_init (PlCertificateKeeperClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  /* A look may be under way when the program ends: OpenSSL must not be taken down under it. */
  OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
  object_class->dispose = pl_certificate_keeper_dispose;
  object_class->finalize = pl_certificate_keeper_finalize;
  changed_signal = g_signal_new ("changed", PL_TYPE_CERTIFICATE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
pl_certificate_keeper_init (PlCertificateKeeper *keeper)
{
  keeper->wish = pl_certificate_wish_new (PL_ENCRYPTION_OFF, NULL, NULL);
  keeper->gathering = pl_gathering_new (keeper->wish, 0, NULL);
  keeper->monitors = g_ptr_array_new_with_free_func (free_monitor);
}
