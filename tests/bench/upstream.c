/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The upstream of the benchmark: so cheap that what is measured is the proxy in front of it.
 * One thread, one epoll. It trusts its peer (one request at a time, bodies by Content-Length),
 * because only the proxies under measurement talk to it:
 *
 *   GET /bytes/N   N zero bytes, sent from one static block
 *   POST           reads the body and forgets it, then 201
 *   Upgrade        101, then every byte comes back
 *
 * Usage: bench-upstream PORT */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define BLOCK_BYTES      (256 * 1024)
#define EVENTS_PER_TURN  256
#define REQUEST_HEAD_MAX 8192
#define ANSWER_HEAD_MAX  256

/* Lives from accept to close. Idle while body_left and answer_left () are zero. */
typedef struct
{
  int fd;
  bool echoes;         /* upgraded: a tunnel now */
  bool waits_to_write; /* registered for EPOLLOUT, not for EPOLLIN */

  char request[REQUEST_HEAD_MAX]; /* a head that is not complete yet */
  size_t request_len;
  uint64_t body_left; /* of the request, still to be swallowed */

  char head[ANSWER_HEAD_MAX]; /* of the answer */
  size_t head_len, head_sent;
  uint64_t zeros_left; /* of the answer's body */
} Connection;

static int epoll_fd;
static char zeros[BLOCK_BYTES];
static char scratch[BLOCK_BYTES];

static void
die (const char *what)
{
  perror (what);
  exit (EXIT_FAILURE);
}

static void
watch (Connection *connection, int operation, uint32_t events)
{
  struct epoll_event event = { .events = events, .data.ptr = connection };

  if (epoll_ctl (epoll_fd, operation, connection->fd, &event) < 0)
    die ("epoll_ctl");
}

static void
hang_up (Connection *connection)
{
  close (connection->fd);
  free (connection);
}

static bool
has_answer (const Connection *connection)
{
  return connection->head_sent < connection->head_len || connection->zeros_left > 0;
}

/* One sendmsg for what is left of the head and a block of the body. */
static ssize_t
send_some (Connection *connection)
{
  uint64_t block = connection->zeros_left < BLOCK_BYTES ? connection->zeros_left : BLOCK_BYTES;
  struct iovec parts[] = {
    { connection->head + connection->head_sent, connection->head_len - connection->head_sent },
    { zeros, block },
  };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

  return sendmsg (connection->fd, &message, MSG_NOSIGNAL);
}

/* Returns: false when the connection is lost. */
static bool
send_answer (Connection *connection)
{
  while (has_answer (connection))
    {
      size_t head_left = connection->head_len - connection->head_sent;
      ssize_t sent = send_some (connection);

      if (sent < 0)
        break;

      size_t of_head = (size_t) sent < head_left ? (size_t) sent : head_left;
      connection->head_sent += of_head;
      connection->zeros_left -= sent - of_head;
    }

  if (has_answer (connection) && errno != EAGAIN)
    return false;
  if (connection->waits_to_write != has_answer (connection))
    {
      connection->waits_to_write = !connection->waits_to_write;
      watch (connection, EPOLL_CTL_MOD, connection->waits_to_write ? EPOLLOUT : EPOLLIN);
    }
  return true;
}

static void
set_answer (Connection *connection, const char *status, uint64_t body_bytes)
{
  connection->head_sent = 0;
  connection->head_len = snprintf (connection->head, sizeof connection->head,
                                   "HTTP/1.1 %s\r\n"
                                   "Server: bench\r\n"
                                   "Content-Type: image/webp\r\n"
                                   "Cache-Control: private, max-age=86400, no-transform\r\n"
                                   "Content-Length: %llu\r\n\r\n",
                                   status, (unsigned long long) body_bytes);
  connection->zeros_left = body_bytes;
}

/* The key and its answer are the example of RFC 6455 §1.3, which every client of the benchmark
 * sends. */
static void
set_upgrade_answer (Connection *connection)
{
  connection->echoes = true;
  connection->head_sent = 0;
  connection->head_len = snprintf (connection->head, sizeof connection->head,
                                   "HTTP/1.1 101 Switching Protocols\r\n"
                                   "Upgrade: websocket\r\n"
                                   "Connection: Upgrade\r\n"
                                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
}

/* @request: a complete head, NUL-terminated */
static void
begin_answer (Connection *connection, const char *request)
{
  static const char path[] = "GET /bytes/";
  const char *length = strcasestr (request, "\ncontent-length:");

  if (strcasestr (request, "\nupgrade:"))
    set_upgrade_answer (connection);
  else if (length)
    {
      connection->body_left = strtoull (length + strlen ("\ncontent-length:"), NULL, 10);
      set_answer (connection, "201 Created", 2);
    }
  else if (strncmp (request, path, strlen (path)) == 0)
    set_answer (connection, "200 OK", strtoull (request + strlen (path), NULL, 10));
  else
    set_answer (connection, "200 OK", 2);
}

/* What stands behind the head is the beginning of its body: the peers do not pipeline. */
static bool
read_head (Connection *connection)
{
  char *request = connection->request;
  ssize_t got = recv (connection->fd, request + connection->request_len,
                      REQUEST_HEAD_MAX - 1 - connection->request_len, 0);
  if (got <= 0)
    return got < 0 && errno == EAGAIN;

  connection->request_len += got;
  request[connection->request_len] = '\0';

  char *end = strstr (request, "\r\n\r\n");
  if (!end)
    return connection->request_len < REQUEST_HEAD_MAX - 1;

  size_t beyond = connection->request_len - (end + 4 - request);
  *end = '\0';
  begin_answer (connection, request);
  connection->request_len = 0;
  if (beyond > connection->body_left)
    return false;
  connection->body_left -= beyond;
  return connection->body_left > 0 || send_answer (connection);
}

static bool
swallow_body (Connection *connection)
{
  size_t want = connection->body_left < BLOCK_BYTES ? connection->body_left : BLOCK_BYTES;
  ssize_t got = recv (connection->fd, scratch, want, 0);

  if (got <= 0)
    return got < 0 && errno == EAGAIN;
  connection->body_left -= got;
  return connection->body_left > 0 || send_answer (connection);
}

/* Messages are far smaller than a socket's buffer, so a short write is a broken peer. */
static bool
echo (Connection *connection)
{
  ssize_t got = recv (connection->fd, scratch, sizeof scratch, 0);

  if (got <= 0)
    return got < 0 && errno == EAGAIN;
  return send (connection->fd, scratch, got, MSG_NOSIGNAL) == got;
}

static bool
serve (Connection *connection)
{
  if (connection->waits_to_write)
    return send_answer (connection);
  if (connection->echoes)
    return echo (connection);
  if (connection->body_left > 0)
    return swallow_body (connection);
  return read_head (connection);
}

static void
accept_all (int listener)
{
  const int on = 1;
  int fd;

  while ((fd = accept4 (listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    {
      Connection *connection = calloc (1, sizeof *connection);

      if (!connection)
        die ("calloc");
      connection->fd = fd;
      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch (connection, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static int
listen_on (uint16_t port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  const int on = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) < 0 || listen (fd, 4096) < 0)
    die ("listen");
  return fd;
}

int
main (int argc, char **argv)
{
  struct epoll_event events[EVENTS_PER_TURN];
  Connection listener = { 0 };

  if (argc != 2)
    {
      fprintf (stderr, "Usage: bench-upstream PORT\n");
      return EXIT_FAILURE;
    }
  epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  listener.fd = listen_on (atoi (argv[1]));
  watch (&listener, EPOLL_CTL_ADD, EPOLLIN);

  for (;;)
    {
      int n = epoll_wait (epoll_fd, events, EVENTS_PER_TURN, -1);

      for (int i = 0; i < n; i++)
        {
          Connection *connection = events[i].data.ptr;

          if (connection == &listener)
            accept_all (listener.fd);
          else if (!serve (connection))
            hang_up (connection);
        }
    }
}
