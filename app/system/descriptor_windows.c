/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file is opened so that it can be renamed or deleted meanwhile, as whoever rotates logs does,
 * and with the one right that makes each write an append. A pipe cannot be asked whether it has
 * room, so whoever writes to a full one is held until it is read. */

#include "app/system/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <windows.h>

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

#define MOST_AT_ONCE (1024 * 1024)

static const struct
{
  DWORD code;
  int failure;
} failures[] = {
  { ERROR_FILE_NOT_FOUND, ENOENT },
  { ERROR_PATH_NOT_FOUND, ENOENT },
  { ERROR_BAD_NETPATH, ENOENT },
  { ERROR_BAD_NET_NAME, ENOENT },
  { ERROR_INVALID_NAME, EINVAL },
  { ERROR_ACCESS_DENIED, EACCES },
  { ERROR_SHARING_VIOLATION, EACCES },
  { ERROR_LOCK_VIOLATION, EACCES },
  { ERROR_WRITE_PROTECT, EROFS },
  { ERROR_DISK_FULL, ENOSPC },
  { ERROR_HANDLE_DISK_FULL, ENOSPC },
  { ERROR_BROKEN_PIPE, EPIPE },
  { ERROR_NO_DATA, EPIPE },
  { ERROR_PIPE_BUSY, ENXIO },
  { ERROR_INVALID_HANDLE, EBADF },
};

static int
to_errno (DWORD code)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].code == code)
      return failures[i].failure;
  return EIO;
}

static HANDLE
get_handle (int descriptor)
{
  return (HANDLE) _get_osfhandle (descriptor);
}

/* No stream of a process has a name in the file system. */
int
pl_descriptor_find_standard (const char *path)
{
  return -1;
}

int
pl_descriptor_open (const char *path)
{
  g_autofree wchar_t *wide = (wchar_t *) g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  HANDLE file = INVALID_HANDLE_VALUE;

  if (wide == NULL)
    {
      errno = EINVAL;
      return -1;
    }
  file = CreateFileW (wide, FILE_APPEND_DATA | SYNCHRONIZE, SHARE_ALL, NULL, OPEN_ALWAYS,
                      FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE)
    {
      errno = to_errno (GetLastError ());
      return -1;
    }
  int descriptor = _open_osfhandle ((gintptr) file, _O_APPEND | _O_BINARY | _O_NOINHERIT);
  if (descriptor < 0)
    CloseHandle (file);
  return descriptor;
}

static gboolean
is_same_file (HANDLE one, HANDLE other)
{
  BY_HANDLE_FILE_INFORMATION info;
  BY_HANDLE_FILE_INFORMATION other_info;

  return GetFileType (one) == FILE_TYPE_DISK && GetFileType (other) == FILE_TYPE_DISK
         && GetFileInformationByHandle (one, &info)
         && GetFileInformationByHandle (other, &other_info)
         && info.dwVolumeSerialNumber == other_info.dwVolumeSerialNumber
         && info.nFileIndexHigh == other_info.nFileIndexHigh
         && info.nFileIndexLow == other_info.nFileIndexLow;
}

/* A process has one console at most. */
static gboolean
is_same_console (HANDLE one, HANDLE other)
{
  DWORD mode;
  return GetConsoleMode (one, &mode) && GetConsoleMode (other, &mode);
}

gboolean
pl_descriptor_is_same (int one, int other)
{
  HANDLE handle = get_handle (one);
  HANDLE other_handle = get_handle (other);

  return is_same_file (handle, other_handle) || is_same_console (handle, other_handle);
}

/* Past the C library, which would hold its lock while nobody reads, and the end of the program with
 * it. */
gsize
pl_descriptor_write (int descriptor, const char *bytes, gsize length, guint patience_ms)
{
  DWORD written = 0;

  if (WriteFile (get_handle (descriptor), bytes, (DWORD) MIN (length, MOST_AT_ONCE), &written,
                 NULL))
    {
      errno = EAGAIN;
      return written;
    }
  errno = to_errno (GetLastError ());
  return 0;
}

void
pl_descriptor_close (int descriptor)
{
  _close (descriptor);
}
