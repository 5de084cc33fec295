/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends requests at a fixed rate and says how long the answers took. Open loop: each request has
 * the moment it is due, and its time is counted from there even when no connection was free to send
 * it, so that a proxy which stalls cannot hide the requests that queued up behind the stall.
 *
 * Usage: bench-pace PORT PATH CONNECTIONS RATE SECONDS
 * Prints: REQUESTS P50 P99 MAX, times in microseconds */

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
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS_MAX 1024
#define NS_PER_S        1000000000ll

typedef struct
{
  int fd;
  int64_t due_ns; /* of the request under way */
  size_t got;     /* of its answer */
  size_t total;   /* of its answer; 0 until the head is known */
} Connection;

static Connection connections[CONNECTIONS_MAX];
/* A ring, so that all take turns: nginx ends a connection after its thousandth request. */
static Connection *idle[CONNECTIONS_MAX];
static unsigned idle_first, n_idle;

static int epoll_fd;
static char request[512];
static double *times_us;
static long n_done;

static void
die (const char *what)
{
  perror (what);
  exit (EXIT_FAILURE);
}

static int64_t
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void
put_idle (Connection *connection)
{
  idle[(idle_first + n_idle++) % CONNECTIONS_MAX] = connection;
}

static Connection *
take_idle (void)
{
  n_idle--;
  return idle[idle_first++ % CONNECTIONS_MAX];
}

static void
dial (Connection *connection, uint16_t port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };
  const int on = 1;

  connection->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (connection->fd, (struct sockaddr *) &address, sizeof address) < 0)
    die ("connect");
  setsockopt (connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_ctl (epoll_fd, EPOLL_CTL_ADD, connection->fd, &event);
  put_idle (connection);
}

static void
ask (Connection *connection, int64_t due_ns)
{
  size_t length = strlen (request);

  connection->due_ns = due_ns;
  connection->got = connection->total = 0;
  if (send (connection->fd, request, length, MSG_NOSIGNAL) != (ssize_t) length)
    die ("send");
}

/* The head comes in one piece over loopback; anything else than a 200 with a length is a broken
 * run. */
static size_t
answer_length (char *head, size_t length)
{
  static const char field[] = "\ncontent-length:";

  head[length] = '\0';
  char *end = strstr (head, "\r\n\r\n");
  char *value = strcasestr (head, field);
  if (strncmp (head, "HTTP/1.1 200", 12) != 0 || !end || !value)
    {
      fprintf (stderr, "bench-pace: unexpected answer: %.60s\n", head);
      exit (EXIT_FAILURE);
    }
  return (end + 4 - head) + strtoul (value + strlen (field), NULL, 10);
}

static void
hear (Connection *connection)
{
  static char buffer[64 * 1024];
  ssize_t got = recv (connection->fd, buffer, sizeof buffer - 1, 0);

  if (got <= 0)
    die ("recv");
  if (connection->total == 0)
    connection->total = answer_length (buffer, got);
  connection->got += got;
  if (connection->got >= connection->total)
    {
      times_us[n_done++] = (now_ns () - connection->due_ns) / 1000.0;
      put_idle (connection);
    }
}

/* Sleeps until an answer comes or @due_ns, to the microsecond: epoll_wait () knows only
 * milliseconds. */
static void
hear_until (int64_t due_ns)
{
  struct epoll_event events[64];
  int64_t left_ns = due_ns - now_ns ();
  struct timespec timeout = { 0 };

  if (left_ns > 0)
    timeout = (struct timespec){ left_ns / NS_PER_S, left_ns % NS_PER_S };
  int n = epoll_pwait2 (epoll_fd, events, 64, &timeout, NULL);
  for (int i = 0; i < n; i++)
    hear (events[i].data.ptr);
}

static void
run (long n_requests, long rate)
{
  int64_t start_ns = now_ns ();
  long n_sent = 0;

  while (n_done < n_requests)
    {
      int64_t due_ns = start_ns + n_sent * NS_PER_S / rate;

      if (n_sent < n_requests && n_idle > 0 && due_ns <= now_ns ())
        {
          ask (take_idle (), due_ns);
          n_sent++;
        }
      else if (n_sent < n_requests && n_idle > 0)
        hear_until (due_ns);
      else
        hear_until (now_ns () + NS_PER_S);
    }
}

static int
compare (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

int
main (int argc, char **argv)
{
  if (argc != 6)
    {
      fprintf (stderr, "Usage: bench-pace PORT PATH CONNECTIONS RATE SECONDS\n");
      return EXIT_FAILURE;
    }
  int n_connections = atoi (argv[3]);
  long rate = atol (argv[4]);
  long n_requests = rate * atol (argv[5]);

  snprintf (request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n", argv[2],
            argv[1]);
  times_us = calloc (n_requests, sizeof *times_us);
  epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (!times_us || n_connections > CONNECTIONS_MAX)
    die ("bench-pace");
  prctl (PR_SET_TIMERSLACK, 1);

  for (int i = 0; i < n_connections; i++)
    dial (&connections[i], atoi (argv[1]));
  run (n_requests, rate);

  qsort (times_us, n_done, sizeof *times_us, compare);
  printf ("%ld %.0f %.0f %.0f\n", n_done, times_us[n_done / 2], times_us[n_done * 99 / 100],
          times_us[n_done - 1]);
  return EXIT_SUCCESS;
}
