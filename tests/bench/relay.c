/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The floor under every proxy of the benchmark: a relay that reads nothing of what it passes on. A
 * client's connection gets one to the upstream for as long as it lasts; what comes on either is
 * received once and sent once on the other (edge-triggered epoll, one thread). It knows no
 * backpressure: a send that takes less than all ends the pair, so it is for small messages alone.
 *
 * Usage: bench-relay PORT UPSTREAM-PORT */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS_PER_TURN 256

/* One side of a pair; both are freed together, after the turn in which one has ended. */
typedef struct Side
{
  int fd;
  struct Side *other;
  struct Side *next_ended;
  bool has_ended;
} Side;

static int epoll_fd;
static struct sockaddr_in upstream;
static Side *ended;
static char buffer[64 * 1024];

static void
die (const char *what)
{
  perror (what);
  exit (EXIT_FAILURE);
}

static void
watch (int fd, uint32_t events, void *data)
{
  struct epoll_event event = { .events = events, .data.ptr = data };

  if (epoll_ctl (epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0)
    die ("epoll_ctl");
}

static void
end_pair (Side *side)
{
  if (side->has_ended)
    return;
  side->has_ended = side->other->has_ended = true;
  side->next_ended = ended;
  ended = side;
}

static void
free_ended (void)
{
  while (ended)
    {
      Side *side = ended;

      ended = side->next_ended;
      close (side->fd);
      close (side->other->fd);
      free (side->other);
      free (side);
    }
}

/* One receive, not until it would block: a message is smaller than the buffer, and the edge of the
 * next one comes by itself. */
static void
pass_on (Side *side)
{
  ssize_t got = recv (side->fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (got > 0 && send (side->other->fd, buffer, got, MSG_NOSIGNAL) == got)
    return;
  if (got >= 0)
    end_pair (side);
}

static Side *
side_new (int fd)
{
  const int on = 1;
  Side *side = calloc (1, sizeof *side);

  if (!side)
    die ("calloc");
  side->fd = fd;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return side;
}

/* The upstream is on this computer and listens, so its connection is made while we wait. */
static int
dial (void)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (connect (fd, (struct sockaddr *) &upstream, sizeof upstream) < 0)
    die ("connect");
  return fd;
}

static void
accept_all (int listener)
{
  int fd;

  while ((fd = accept4 (listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    {
      Side *client = side_new (fd), *server = side_new (dial ());

      client->other = server;
      server->other = client;
      watch (server->fd, EPOLLIN | EPOLLRDHUP | EPOLLET, server);
      watch (client->fd, EPOLLIN | EPOLLRDHUP | EPOLLET, client);
    }
}

static struct sockaddr_in
loopback (const char *port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = htons (atoi (port)),
                               .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
}

static int
listen_on (const char *port)
{
  struct sockaddr_in address = loopback (port);
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

  if (argc != 3)
    {
      fprintf (stderr, "Usage: bench-relay PORT UPSTREAM-PORT\n");
      return EXIT_FAILURE;
    }
  epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  upstream = loopback (argv[2]);

  int listener = listen_on (argv[1]);
  watch (listener, EPOLLIN, NULL);

  for (;;)
    {
      int n = epoll_wait (epoll_fd, events, EVENTS_PER_TURN, -1);

      for (int i = 0; i < n; i++)
        {
          Side *side = events[i].data.ptr;

          if (!side)
            accept_all (listener);
          else if (!side->has_ended)
            pass_on (side);
        }
      free_ended ();
    }
}
