/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rights are lists (ACL) here. Most are those of the folder, which a new file has by itself; only
 * one that somebody gave to the file alone must be carried over. */

#include "app/system/path.h"

#include <errno.h>
#include <windows.h>

#include <aclapi.h>

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

static wchar_t *
to_wide (const char *path)
{
  return (wchar_t *) g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
}

/* What a link says is meant from the folder it is in. */
char *
pl_path_dup_target (const char *path)
{
  g_autofree char *target = g_file_read_link (path, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  return target != NULL ? g_canonicalize_filename (target, folder) : g_strdup (path);
}

/* Returns: whether those of the folder do not hold for what has @control */
static gboolean
has_own_rights (PSECURITY_DESCRIPTOR security)
{
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  DWORD revision;

  return GetSecurityDescriptorControl (security, &control, &revision)
         && (control & SE_DACL_PROTECTED) != 0;
}

/* What begins with a slash, GLib takes for absolute. */
static gboolean
lacks_drive (const char *path)
{
  return G_IS_DIR_SEPARATOR (path[0]) && !G_IS_DIR_SEPARATOR (path[1]);
}

/* Returns: @path on the drive of @other; as it is where that is in no drive: `\\server\share` */
static char *
dup_on_drive_of (const char *path, const char *other)
{
  return g_ascii_isalpha (other[0]) && other[1] == ':' ? g_strdup_printf ("%.2s%s", other, path)
                                                       : g_strdup (path);
}

char *
pl_path_dup_whole (const char *path, const char *folder)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *absolute = folder != NULL ? pl_path_dup_whole (folder, NULL) : g_strdup (here);
  g_autofree char *with_drive
      = lacks_drive (path) ? dup_on_drive_of (path, absolute) : g_strdup (path);

  return g_canonicalize_filename (with_drive, absolute);
}

gboolean
pl_path_copy_access (const char *from, const char *to)
{
  g_autofree wchar_t *wide_from = to_wide (from);
  g_autofree wchar_t *wide_to = to_wide (to);
  PSECURITY_DESCRIPTOR security = NULL;
  PACL rights = NULL;
  DWORD status = ERROR_SUCCESS;

  /* Where there is no file, or no list on this kind of disk, there is nothing to carry over. */
  if (GetNamedSecurityInfoW (wide_from, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL,
                             &rights, NULL, &security)
      != ERROR_SUCCESS)
    return TRUE;
  if (has_own_rights (security))
    status = SetNamedSecurityInfoW (wide_to, SE_FILE_OBJECT,
                                    DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                    NULL, NULL, rights, NULL);
  LocalFree (security);
  errno = EACCES;
  return status == ERROR_SUCCESS;
}

/* Only by trying is it known: rights are lists, and shares have some of their own. */
static gboolean
can_write_file (const wchar_t *path)
{
  HANDLE file = CreateFileW (path, GENERIC_WRITE, SHARE_ALL, NULL, OPEN_EXISTING,
                             FILE_ATTRIBUTE_NORMAL, NULL);

  if (file == INVALID_HANDLE_VALUE)
    return FALSE;
  CloseHandle (file);
  return TRUE;
}

static gboolean
can_write_folder (const char *path)
{
  g_autofree char *name = g_strdup_printf (".porchlight-%lu.tmp", GetCurrentProcessId ());
  g_autofree char *probe = g_build_filename (path, name, NULL);
  g_autofree wchar_t *wide = to_wide (probe);
  HANDLE file = CreateFileW (wide, GENERIC_WRITE | DELETE, SHARE_ALL, NULL, CREATE_NEW,
                             FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);

  if (file == INVALID_HANDLE_VALUE)
    return FALSE;
  CloseHandle (file);
  return TRUE;
}

gboolean
pl_path_is_writable (const char *path)
{
  g_autofree wchar_t *wide = to_wide (path);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? can_write_folder (path) : can_write_file (wide);
}

/* A list of rights says nothing as plain as that; and a user's own folders are private here. */
gboolean
pl_path_is_open_to_others (const char *path)
{
  return FALSE;
}

gboolean
pl_path_is_disk_failure (int failure)
{
  return failure == ENOSPC || failure == EIO;
}
