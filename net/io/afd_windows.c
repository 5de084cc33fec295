/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is relied on of the driver is what wepoll, libuv and the network code of Rust and of Node.js
 * rely on: `\Device\Afd` can be opened without a socket, and such a handle takes IOCTL_AFD_POLL
 * with the base handles of any sockets. */

#include "net/io/afd.h"

#include <winsock2.h>
#include <mswsock.h>
#include <winternl.h>

#include <gio/gnetworking.h>

#define IOCTL_AFD_POLL 0x00012024

#define STATUS_OF_SUCCESS ((NTSTATUS) 0)
#define STATUS_OF_PENDING ((NTSTATUS) 0x103)

/* For ever, in the driver's units. */
#define NO_TIMEOUT G_MAXINT64

#define STATUS_OF_CANCELLED ((NTSTATUS) 0xC0000120)

/* Which of our two kinds of packets one of the port is. */
#define KEY_OF_ANSWERS 0
#define KEY_OF_WAKING  1

#define MAX_PACKETS 256

/* How long the probe waits for an answer that comes at once. */
#define PROBE_MS 1000

struct _PlAfd
{
  HANDLE port;
  HANDLE device;
  guint n_pending;
};

/* The driver reads the question from @timeout on, and answers there. */
#define QUESTION_BYTES (sizeof (PlAfdQuestion) - G_STRUCT_OFFSET (PlAfdQuestion, timeout))

G_STATIC_ASSERT (QUESTION_BYTES == 32);
/* A receive reads nothing from there, but has to find zeros. */
G_STATIC_ASSERT (sizeof (OVERLAPPED)
                 == G_STRUCT_OFFSET (PlAfdQuestion, socket)
                        - G_STRUCT_OFFSET (PlAfdQuestion, status));

G_STATIC_ASSERT (sizeof (IO_STATUS_BLOCK) == 2 * sizeof (guintptr));
G_STATIC_ASSERT (G_STRUCT_OFFSET (PlAfdQuestion, information)
                 == G_STRUCT_OFFSET (PlAfdQuestion, status) + sizeof (guintptr));

static gboolean
fail (DWORD code, GError **error)
{
  g_autofree char *message = g_win32_error_message ((int) code);

  g_set_error (error, G_IO_ERROR, g_io_error_from_win32_error ((int) code), "AFD: %s", message);
  return FALSE;
}

static gboolean
open_device (PlAfd *afd, GError **error)
{
  static WCHAR path[] = L"\\Device\\Afd\\Porchlight";
  UNICODE_STRING name = { sizeof path - sizeof *path, sizeof path, path };
  OBJECT_ATTRIBUTES attributes = { .Length = sizeof attributes, .ObjectName = &name };
  IO_STATUS_BLOCK block;
  NTSTATUS status = NtCreateFile (&afd->device, SYNCHRONIZE, &attributes, &block, NULL, 0,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN, 0, NULL, 0);

  if (status != STATUS_OF_SUCCESS)
    {
      afd->device = NULL;
      return fail (RtlNtStatusToDosError (status), error);
    }
  if (CreateIoCompletionPort (afd->device, afd->port, KEY_OF_ANSWERS, 0) == NULL)
    return fail (GetLastError (), error);
  return TRUE;
}

PlAfd *
pl_afd_new (GError **error)
{
  g_autoptr (PlAfd) afd = g_new0 (PlAfd, 1);

  g_networking_init ();
  afd->port = CreateIoCompletionPort (INVALID_HANDLE_VALUE, NULL, 0, 1);
  if (afd->port == NULL)
    {
      fail (GetLastError (), error);
      return NULL;
    }
  return open_device (afd, error) ? g_steal_pointer (&afd) : NULL;
}

void
pl_afd_free (PlAfd *afd)
{
  g_return_if_fail (afd->n_pending == 0);

  if (afd->device != NULL)
    CloseHandle (afd->device);
  if (afd->port != NULL)
    CloseHandle (afd->port);
  g_free (afd);
}

static guintptr
ask_provider (guintptr socket, DWORD question)
{
  SOCKET answer;
  DWORD n_bytes;

  if (WSAIoctl (socket, question, NULL, 0, &answer, sizeof answer, &n_bytes, NULL, NULL) != 0)
    return 0;
  return answer;
}

/* Providers must not answer for the base handle, but some do, wrongly or not at all; they have to
 * let polling through, so that way is gone layer by layer. */
guintptr
pl_afd_find_base (guintptr socket)
{
  guintptr below = socket;

  while (below != 0)
    {
      guintptr base = ask_provider (below, SIO_BASE_HANDLE);

      if (base != 0)
        return base;
      below = ask_provider (below, SIO_BSP_HANDLE_POLL);
      if (below == socket)
        return 0;
      socket = below;
    }
  return 0;
}

gboolean
pl_afd_ask (PlAfd *afd, PlAfdQuestion *question, guintptr base, PlAfdEvents events)
{
  IO_STATUS_BLOCK *block = (IO_STATUS_BLOCK *) &question->status;
  NTSTATUS status;

  question->timeout = NO_TIMEOUT;
  question->n_sockets = 1;
  question->is_exclusive = FALSE;
  question->socket = base;
  question->events = events;
  question->socket_status = 0;
  question->status = STATUS_OF_PENDING;
  status = NtDeviceIoControlFile (afd->device, NULL, NULL, block, block, IOCTL_AFD_POLL,
                                  &question->timeout, QUESTION_BYTES, &question->timeout,
                                  QUESTION_BYTES);
  if (status != STATUS_OF_SUCCESS && status != STATUS_OF_PENDING)
    return FALSE;
  question->is_pending = TRUE;
  afd->n_pending++;
  return TRUE;
}

gboolean
pl_afd_join (PlAfd *afd, guintptr socket)
{
  return CreateIoCompletionPort ((HANDLE) socket, afd->port, KEY_OF_ANSWERS, 0) != NULL;
}

/* A receive of nothing is done as soon as there would be something. */
gboolean
pl_afd_await_input (PlAfd *afd, PlAfdQuestion *question, guintptr socket)
{
  WSABUF nothing = { 0, NULL };
  DWORD flags = 0;

  question->timeout = 0;
  question->n_sockets = 0;
  question->is_exclusive = FALSE;
  question->socket = 0;
  question->events = PL_AFD_RECEIVE;
  if (WSARecv (socket, &nothing, 1, NULL, &flags, (OVERLAPPED *) &question->status, NULL) != 0
      && WSAGetLastError () != WSA_IO_PENDING)
    return FALSE;
  question->is_pending = TRUE;
  afd->n_pending++;
  return TRUE;
}

void
pl_afd_give_up (PlAfd *afd)
{
  CancelIoEx (afd->device, NULL);
}

guint
pl_afd_get_n_pending (const PlAfd *afd)
{
  return afd->n_pending;
}

guint32
pl_afd_take_answer (PlAfdQuestion *question)
{
  gboolean is_receive = question->socket == 0;

  question->is_pending = FALSE;
  if (question->status == STATUS_OF_SUCCESS)
    return is_receive || question->n_sockets > 0 ? question->events : 0;
  return is_receive && (NTSTATUS) question->status != STATUS_OF_CANCELLED ? PL_AFD_ABORT : 0;
}

static PlAfdQuestion *
find_question (const OVERLAPPED_ENTRY *packet)
{
  return (PlAfdQuestion *) ((char *) packet->lpOverlapped
                            - G_STRUCT_OFFSET (PlAfdQuestion, status));
}

guint
pl_afd_wait (PlAfd *afd,
             int timeout_ms,
             PlAfdQuestion **answered,
             guint capacity,
             gboolean *is_woken)
{
  OVERLAPPED_ENTRY packets[MAX_PACKETS];
  ULONG n_packets = 0;
  guint n_answered = 0;

  *is_woken = FALSE;
  if (!GetQueuedCompletionStatusEx (afd->port, packets, MIN (capacity, MAX_PACKETS), &n_packets,
                                    timeout_ms < 0 ? INFINITE : (DWORD) timeout_ms, FALSE))
    return 0;
  for (ULONG i = 0; i < n_packets; i++)
    if (packets[i].lpCompletionKey == KEY_OF_WAKING)
      *is_woken = TRUE;
    else
      answered[n_answered++] = find_question (&packets[i]);
  afd->n_pending -= n_answered;
  return n_answered;
}

void
pl_afd_wake (PlAfd *afd)
{
  PostQueuedCompletionStatus (afd->port, 0, KEY_OF_WAKING, NULL);
}

/* The probe: a socket that is closed while it is asked about. */

static gboolean
is_answered (PlAfd *afd, PlAfdQuestion *question, guintptr socket)
{
  guintptr base = pl_afd_find_base (socket);
  gboolean is_asked
      = base != 0 && pl_afd_ask (afd, question, base, PL_AFD_RECEIVE | PL_AFD_LOCAL_CLOSE);
  PlAfdQuestion *answered;
  gboolean is_woken;

  closesocket (socket);
  return is_asked && pl_afd_wait (afd, PROBE_MS, &answered, 1, &is_woken) == 1
         && pl_afd_take_answer (answered) == PL_AFD_LOCAL_CLOSE;
}

/* What is not answered stays the system's for good. */
static gboolean
probe (void)
{
  PlAfd *afd = pl_afd_new (NULL);
  PlAfdQuestion *question;
  SOCKET socket;
  gboolean is_understood;

  if (afd == NULL)
    return FALSE;
  question = g_new0 (PlAfdQuestion, 1);
  socket = WSASocketW (AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  is_understood = socket != INVALID_SOCKET && is_answered (afd, question, socket);
  if (afd->n_pending > 0)
    return FALSE;
  g_free (question);
  pl_afd_free (afd);
  return is_understood;
}

gboolean
pl_afd_is_understood (void)
{
  static gsize answer = 0; /* 1: no; 2: yes */

  if (g_once_init_enter (&answer))
    g_once_init_leave (&answer, probe () ? 2 : 1);
  return answer == 2;
}
