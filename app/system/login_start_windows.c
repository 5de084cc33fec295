/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A command in the user's key for them. Whoever switches it off in the Task Manager or in the
 * settings of Windows has that remembered elsewhere, so writing it again switches nothing on. */

#include "app/system/login_start.h"

#include <gio/gio.h>
#include <string.h>
#include <windows.h>

#include "app/i18n.h"
#include "app/system/program.h"

#define RUN_KEY L"Software\\Microsoft\\Windows\\CurrentVersion\\Run"

/* Of a command in that key, as Microsoft says. */
#define MOST_UNITS 260

static wchar_t *
to_wide (const char *text)
{
  return (wchar_t *) g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
}

/* A path can have no double quote. Before the closing one a backslash, as of `C:\`, is doubled. */
static char *
dup_quoted (const char *path)
{
  return g_strconcat ("\"", path, g_str_has_suffix (path, "\\") ? "\\" : "", "\"", NULL);
}

static char *
dup_command (const PlLoginStart *start)
{
  g_autofree char *program = dup_quoted (start->program);

  if (start->settings == NULL)
    return g_steal_pointer (&program);

  g_autofree char *settings = dup_quoted (start->settings);
  return g_strconcat (program, " --config ", settings, NULL);
}

static void
set_error (GError **error, LSTATUS status)
{
  g_autofree char *message = g_win32_error_message (status);

  g_set_error (error, G_IO_ERROR, g_io_error_from_win32_error (status),
               _ ("Windows does not take up what starts when you log in: %s"), message);
}

/* Returns: whether @wide, in UTF-16, is in the key already */
static gboolean
is_present (HKEY key, const wchar_t *name, const wchar_t *wide)
{
  wchar_t present[MOST_UNITS + 1];
  DWORD bytes = sizeof present;

  return RegGetValueW (key, NULL, name, RRF_RT_REG_SZ, NULL, present, &bytes) == ERROR_SUCCESS
         && wcscmp (present, wide) == 0;
}

gboolean
pl_login_start_put (const PlLoginStart *start, GError **error)
{
  g_autofree char *command = dup_command (start);
  g_autofree wchar_t *wide = to_wide (command);
  g_autofree wchar_t *name = to_wide (start->id);
  HKEY key;

  if (wcslen (wide) > MOST_UNITS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
                   _ ("Windows starts nothing whose path is so long when you log in: %s"),
                   start->program);
      return FALSE;
    }
  LSTATUS status = RegCreateKeyExW (HKEY_CURRENT_USER, RUN_KEY, 0, NULL, 0,
                                    KEY_QUERY_VALUE | KEY_SET_VALUE, NULL, &key, NULL);
  if (status == ERROR_SUCCESS)
    {
      if (!is_present (key, name, wide))
        status = RegSetValueExW (key, name, 0, REG_SZ, (const BYTE *) wide,
                                 (DWORD) ((wcslen (wide) + 1) * sizeof *wide));
      RegCloseKey (key);
    }
  if (status == ERROR_SUCCESS)
    return TRUE;
  set_error (error, status);
  return FALSE;
}

/* Of several copies of the program each has settings of its own: what another one wrote is not ours
 * to take away. */
static gboolean
is_own (const wchar_t *command)
{
  g_autofree char *present = g_utf16_to_utf8 (command, -1, NULL, NULL, NULL);
  g_autofree char *path = pl_program_dup_path ();
  g_autofree char *program = path != NULL ? dup_quoted (path) : NULL;

  return present != NULL && program != NULL && g_str_has_prefix (present, program);
}

void
pl_login_start_remove (const char *id)
{
  g_autofree wchar_t *name = to_wide (id);
  wchar_t present[MOST_UNITS + 1];
  DWORD bytes = sizeof present;
  HKEY key;

  if (RegOpenKeyExW (HKEY_CURRENT_USER, RUN_KEY, 0, KEY_QUERY_VALUE | KEY_SET_VALUE, &key)
      != ERROR_SUCCESS)
    return;
  if (RegGetValueW (key, NULL, name, RRF_RT_REG_SZ, NULL, present, &bytes) == ERROR_SUCCESS
      && is_own (present))
    RegDeleteValueW (key, name);
  RegCloseKey (key);
}
