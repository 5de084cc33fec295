/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may connect is this user, or the superuser: they are trusted, but not to be without mistakes.
 * A line has a bound, and whoever says nothing is hung up on. */

#include "app/daemon/control.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/i18n.h"
#include "app/settings/problems.h"
#include "app/system/control_socket.h"
#include "app/system/service_folder.h"

/* A line, and an answer, with its end. */
#define MOST_BYTES 512

#define TIMEOUT_S 5

/* In less no two of the settings files of a computer are likely to have the same. */
#define NUMBER_DIGITS 16

/* Where the service of our packages has it. */
#define SERVICE_FOLDER "/run/porchlight"

/* Of those who are listened to at once. */
#define MOST_VISITORS 8

#define FOLDER_MODE 0700

static const char *const result_names[] = {
  [PL_CONTROL_DONE] = "done",
  [PL_CONTROL_FAILED] = "failed",
  [PL_CONTROL_NOT_ALLOWED] = "not-allowed",
};

/* Where */

static char *
dup_path (const char *folder, const char *settings_path)
{
  g_autofree char *whole = g_canonicalize_filename (settings_path, NULL);
  g_autofree char *number = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  g_autofree char *name = g_strdup_printf ("porchlight-control-%.*s", NUMBER_DIGITS, number);

  return g_build_filename (folder, name, NULL);
}

/* Returns: (transfer full) (element-type filename): the best first */
static GPtrArray *
dup_paths (const char *settings_path, gboolean is_visitor)
{
  g_autofree char *whole = g_canonicalize_filename (settings_path, NULL);
  g_autofree char *running = pl_service_folder_dup_running ();
  g_autofree char *beside = g_path_get_dirname (whole);
  const char *folders[]
      = { running, g_getenv ("XDG_RUNTIME_DIR"), beside, is_visitor ? SERVICE_FOLDER : NULL };
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (folders[i] != NULL && *folders[i] != '\0')
      g_ptr_array_add (paths, dup_path (folders[i], whole));
  return paths;
}

/* The daemon's side */

/**
 * PlControl:
 * @visitors: (element-type Visitor): who has not had an answer yet
 */
struct _PlControl
{
  char *path;
  GSocketService *service;
  GPtrArray *visitors;
  PlControlFunc func;
  gpointer user_data;
};

/**
 * Visitor:
 * @line, @n_bytes: what has come
 */
typedef struct
{
  PlControl *control;
  GSocketConnection *connection;
  GCancellable *cancellable;
  char line[MOST_BYTES];
  gsize n_bytes;
} Visitor;

static void
visitor_free (gpointer data)
{
  Visitor *visitor = data;

  g_object_unref (visitor->connection);
  g_object_unref (visitor->cancellable);
  g_free (visitor);
}

/* The answer has room in the socket: nobody waits for who does not take it. */
static void
answer (Visitor *visitor, PlControlResult result, const char *words)
{
  g_autofree char *text = g_strdup_printf ("%s %s\n", result_names[result], words);
  GSocket *socket = g_socket_connection_get_socket (visitor->connection);

  g_socket_set_blocking (socket, FALSE);
  if (g_socket_send (socket, text, strlen (text), NULL, NULL) < 0)
    g_debug ("nobody takes the answer");
}

static void
obey (Visitor *visitor)
{
  PlControl *control = visitor->control;
  g_autofree char *words = NULL;

  if (!g_utf8_validate (visitor->line, -1, NULL))
    {
      answer (visitor, PL_CONTROL_NOT_ALLOWED, _ ("That is no text"));
      return;
    }
  PlControlResult result = control->func (visitor->line, &words, control->user_data);
  answer (visitor, result, words);
}

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_on (Visitor *visitor)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (visitor->connection));

  g_input_stream_read_async (input, visitor->line + visitor->n_bytes,
                             MOST_BYTES - 1 - visitor->n_bytes, G_PRIORITY_DEFAULT,
                             visitor->cancellable, read_cb, visitor);
}

/* Whether all has come, however it ends; what is longer than any line is judged by its beginning.
 */
static gboolean
ends_line (Visitor *visitor, gsize n_read)
{
  char *end;

  visitor->n_bytes += n_read;
  visitor->line[visitor->n_bytes] = '\0';
  end = memchr (visitor->line, '\n', visitor->n_bytes);
  if (end != NULL)
    *end = '\0';
  return end != NULL || n_read == 0 || visitor->n_bytes == MOST_BYTES - 1;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visitor *visitor = user_data;
  g_autoptr (GError) error = NULL;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      visitor_free (visitor);
      return;
    }
  if (n_read >= 0 && !ends_line (visitor, (gsize) n_read))
    {
      read_on (visitor);
      return;
    }
  if (n_read >= 0)
    obey (visitor);
  g_ptr_array_remove_fast (visitor->control->visitors, visitor);
  visitor_free (visitor);
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             PlControl *control)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  Visitor *visitor;

  if (!pl_control_socket_admits (socket) || control->visitors->len >= MOST_VISITORS)
    return TRUE;
  g_socket_set_timeout (socket, TIMEOUT_S);
  visitor = g_new0 (Visitor, 1);
  visitor->control = control;
  visitor->connection = g_object_ref (connection);
  visitor->cancellable = g_cancellable_new ();
  g_ptr_array_add (control->visitors, visitor);
  read_on (visitor);
  return TRUE;
}

static PlControl *
try_path (const char *path, PlControlFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GSocket) socket = pl_control_socket_listen (path, error);
  g_autoptr (GSocketService) service = g_socket_service_new ();
  PlControl *control;

  if (socket == NULL
      || !g_socket_listener_add_socket (G_SOCKET_LISTENER (service), socket, NULL, error))
    return NULL;
  control = g_new0 (PlControl, 1);
  control->path = g_strdup (path);
  control->service = g_steal_pointer (&service);
  control->visitors = g_ptr_array_new ();
  control->func = func;
  control->user_data = user_data;
  g_signal_connect (control->service, "incoming", G_CALLBACK (incoming_cb), control);
  return control;
}

/* Before the first settings were written the folder for them need not be there. */
static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;
  int failure = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (failure), "%s: %s", folder,
               g_strerror (failure));
  return FALSE;
}

/* The last place is beside the settings: it is ours to make, the others are there or not. */
PlControl *
pl_control_new (const char *settings_path, PlControlFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) paths = dup_paths (settings_path, FALSE);
  PlControl *control = NULL;

  for (guint i = 0; control == NULL && i < paths->len; i++)
    {
      const char *path = paths->pdata[i];

      g_clear_error (error);
      if (i + 1 < paths->len || make_folder (path, error))
        control = try_path (path, func, user_data, error);
    }
  return control;
}

/* Those who are still listened to are freed when their reading has ended. */
void
pl_control_free (PlControl *control)
{
  g_signal_handlers_disconnect_by_data (control->service, control);
  g_socket_service_stop (control->service);
  g_socket_listener_close (G_SOCKET_LISTENER (control->service));
  g_object_unref (control->service);
  g_unlink (control->path);
  for (guint i = 0; i < control->visitors->len; i++)
    g_cancellable_cancel (((Visitor *) control->visitors->pdata[i])->cancellable);
  g_ptr_array_unref (control->visitors);
  g_free (control->path);
  g_free (control);
}

/* The other side */

static GSocketConnection *
try_connect (const char *path, GError **error)
{
  g_autoptr (GSocket) socket = pl_control_socket_connect (path, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_timeout (socket, TIMEOUT_S);
  return g_socket_connection_factory_create_connection (socket);
}

static void
set_not_ours (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                       _ ("the porchlightd that runs takes no orders from this user"));
}

/* Who may not come in is told so, rather than that nobody is there. */
static GSocketConnection *
connect_somewhere (const char *settings_path, GError **error)
{
  g_autoptr (GPtrArray) paths = dup_paths (settings_path, TRUE);
  g_autoptr (GError) refused = NULL;

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      GSocketConnection *connection = try_connect (paths->pdata[i], &failure);

      if (connection != NULL)
        return connection;
      if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
          && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
          && refused == NULL)
        refused = g_steal_pointer (&failure);
    }
  if (g_error_matches (refused, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    set_not_ours (error);
  else if (refused != NULL)
    g_propagate_error (error, g_steal_pointer (&refused));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("no porchlightd that runs with the settings at %s takes orders"),
                 settings_path);
  return NULL;
}

/* Who answers is maybe no porchlightd, where the settings are another user's. */
static gboolean
read_answer (const char *text, PlControlResult *result, char **words)
{
  const char *rest = strchr (text, ' ');

  for (guint i = 0; rest != NULL && i < G_N_ELEMENTS (result_names); i++)
    if (strlen (result_names[i]) == (gsize) (rest - text)
        && g_str_has_prefix (text, result_names[i]))
      {
        g_autofree char *said = g_strchomp (g_strdup (rest + 1));

        *result = (PlControlResult) i;
        *words = pl_problems_dup_showable (said);
        return TRUE;
      }
  return FALSE;
}

gboolean
pl_control_ask (const char *settings_path,
                const char *line,
                PlControlResult *result,
                char **words,
                GError **error)
{
  g_autoptr (GSocketConnection) connection = connect_somewhere (settings_path, error);
  g_autofree char *order = g_strconcat (line, "\n", NULL);
  char text[2 * MOST_BYTES] = "";
  gsize n_read = 0;

  if (connection == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                     order, strlen (order), NULL, NULL, error)
      || !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), text,
                                   sizeof text - 1, &n_read, NULL, error))
    return FALSE;
  if (read_answer (text, result, words))
    return TRUE;
  set_not_ours (error);
  return FALSE;
}
