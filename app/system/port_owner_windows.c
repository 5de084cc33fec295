/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables tell everybody which process listens; its name is told of all processes, too. */

#include "app/system/port_owner.h"

#include <string.h>
#include <winsock2.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>
#include <tlhelp32.h>

#define MOST_TRIES 4

/* Returns: (nullable): a table of TCP_TABLE_OWNER_PID_LISTENER; it may grow between two questions
 */
static void *
dup_table (ULONG family)
{
  DWORD n_bytes = 0;
  DWORD status
      = GetExtendedTcpTable (NULL, &n_bytes, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);

  for (guint i = 0; i < MOST_TRIES && status == ERROR_INSUFFICIENT_BUFFER; i++)
    {
      void *table = g_malloc (n_bytes);
      status
          = GetExtendedTcpTable (table, &n_bytes, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
      if (status == NO_ERROR)
        return table;
      g_free (table);
    }
  return NULL;
}

/* In network order, in the lower half. */
static gboolean
is_port (DWORD table_port, guint16 port)
{
  return ntohs ((guint16) table_port) == port;
}

static void
add_ipv4 (GArray *processes, guint16 port)
{
  g_autofree MIB_TCPTABLE_OWNER_PID *table = dup_table (AF_INET);

  for (DWORD i = 0; table != NULL && i < table->dwNumEntries; i++)
    if (is_port (table->table[i].dwLocalPort, port))
      g_array_append_val (processes, table->table[i].dwOwningPid);
}

static void
add_ipv6 (GArray *processes, guint16 port)
{
  g_autofree MIB_TCP6TABLE_OWNER_PID *table = dup_table (AF_INET6);

  for (DWORD i = 0; table != NULL && i < table->dwNumEntries; i++)
    if (is_port (table->table[i].dwLocalPort, port))
      g_array_append_val (processes, table->table[i].dwOwningPid);
}

/* Returns: the processes, of DWORD, that listen on @port; 0: one of which that is not told */
static GArray *
dup_processes (guint16 port)
{
  GArray *processes = g_array_new (FALSE, FALSE, sizeof (DWORD));

  add_ipv4 (processes, port);
  add_ipv6 (processes, port);
  return processes;
}

static char *
dup_program (DWORD process)
{
  HANDLE all = CreateToolhelp32Snapshot (TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32W entry = { .dwSize = sizeof entry };
  char *program = NULL;

  if (all == INVALID_HANDLE_VALUE)
    return NULL;
  for (BOOL is_there = Process32FirstW (all, &entry); is_there && program == NULL;
       is_there = Process32NextW (all, &entry))
    if (entry.th32ProcessID == process)
      program = g_utf16_to_utf8 ((const gunichar2 *) entry.szExeFile, -1, NULL, NULL, NULL);
  CloseHandle (all);
  return program;
}

PlPortOwner *
pl_port_owner_find (guint16 port)
{
  g_autoptr (GArray) processes = dup_processes (port);
  DWORD process = processes->len > 0 ? g_array_index (processes, DWORD, 0) : 0;
  if (process == 0)
    return NULL;

  PlPortOwner *owner = g_new0 (PlPortOwner, 1);
  owner->program = dup_program (process);
  owner->process = owner->program != NULL ? (int) process : 0;
  return owner;
}

gboolean
pl_port_owner_is_free (guint16 port)
{
  g_autoptr (GArray) processes = dup_processes (port);
  return processes->len == 0;
}

/* It lets programs of one user do so: one at all addresses, the other at a single one. */
gboolean
pl_port_owner_would_share (guint16 port)
{
  g_autoptr (GArray) processes = dup_processes (port);

  for (guint i = 0; i < processes->len; i++)
    {
      DWORD process = g_array_index (processes, DWORD, i);
      if (process != 0 && process != GetCurrentProcessId ())
        return TRUE;
    }
  return FALSE;
}
