/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A long way to the proxy: what comes in on a connection leaves on another after half a round trip,
 * in both directions, and no more is on its way than a line of 1 Gbit/s holds. Then it is not read,
 * and whoever sends is held up.
 *
 * Usage: bench-delay PORT TO-PORT ROUND-TRIP-MS */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LINE_BYTES_PER_S 125000000ll
#define NS_PER_S         1000000000ll
#define NS_PER_MS        1000000ll
#define ARRIVALS_MAX     65536

/* So much came at once, and is due on the other side then. */
typedef struct
{
  int64_t due_ns;
  size_t length;
} Arrival;

/* One direction: a ring of octets, and a ring of when they came. One thread receives, one sends. */
typedef struct
{
  int from, to;
  char *bytes;
  uint64_t n_received, n_sent; /* octets, ever */
  Arrival arrivals[ARRIVALS_MAX];
  uint64_t n_arrived, n_left; /* arrivals, ever */
  pthread_mutex_t mutex;
  pthread_cond_t moved;
} Way;

static int64_t half_trip_ns;
static size_t capacity;
static struct sockaddr_in target;

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
sleep_until (int64_t due_ns)
{
  const struct timespec due = { due_ns / NS_PER_S, due_ns % NS_PER_S };

  clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

/* Octets from @n on that lie side by side in the ring, at most @length. */
static size_t
get_run (uint64_t n, size_t length)
{
  size_t until_edge = capacity - n % capacity;

  return length < until_edge ? length : until_edge;
}

static size_t
wait_for_room (Way *way)
{
  size_t room;

  pthread_mutex_lock (&way->mutex);
  while (way->n_received - way->n_sent == capacity || way->n_arrived - way->n_left == ARRIVALS_MAX)
    pthread_cond_wait (&way->moved, &way->mutex);
  room = capacity - (way->n_received - way->n_sent);
  pthread_mutex_unlock (&way->mutex);
  return get_run (way->n_received, room);
}

/* An arrival of nothing is the end. */
static void
note_arrival (Way *way, size_t length)
{
  pthread_mutex_lock (&way->mutex);
  way->arrivals[way->n_arrived++ % ARRIVALS_MAX] = (Arrival){ now_ns () + half_trip_ns, length };
  way->n_received += length;
  pthread_cond_signal (&way->moved);
  pthread_mutex_unlock (&way->mutex);
}

static void *
receive_all (void *data)
{
  Way *way = data;
  ssize_t got;

  do
    {
      size_t room = wait_for_room (way);

      got = recv (way->from, way->bytes + way->n_received % capacity, room, 0);
      note_arrival (way, got > 0 ? got : 0);
    }
  while (got > 0);
  return NULL;
}

static Arrival
wait_for_arrival (Way *way)
{
  Arrival arrival;

  pthread_mutex_lock (&way->mutex);
  while (way->n_arrived == way->n_left)
    pthread_cond_wait (&way->moved, &way->mutex);
  arrival = way->arrivals[way->n_left % ARRIVALS_MAX];
  pthread_mutex_unlock (&way->mutex);
  sleep_until (arrival.due_ns);
  return arrival;
}

static void
note_departure (Way *way, size_t length)
{
  pthread_mutex_lock (&way->mutex);
  way->n_left++;
  way->n_sent += length;
  pthread_cond_signal (&way->moved);
  pthread_mutex_unlock (&way->mutex);
}

/* What the other side does not take any more is lost, as on its way. */
static void *
send_all (void *data)
{
  Way *way = data;
  Arrival arrival;

  while ((arrival = wait_for_arrival (way)).length > 0)
    {
      for (size_t sent = 0, run; sent < arrival.length; sent += run)
        {
          const char *bytes = way->bytes + (way->n_sent + sent) % capacity;
          ssize_t taken = send (way->to, bytes, get_run (way->n_sent + sent, arrival.length - sent),
                                MSG_NOSIGNAL);
          run = taken > 0 ? (size_t) taken : arrival.length - sent;
        }
      note_departure (way, arrival.length);
    }
  shutdown (way->to, SHUT_WR);
  return NULL;
}

static void
begin_way (int from, int to)
{
  Way *way = calloc (1, sizeof *way);
  pthread_t thread;

  way->from = from;
  way->to = to;
  way->bytes = malloc (capacity);
  pthread_mutex_init (&way->mutex, NULL);
  pthread_cond_init (&way->moved, NULL);
  if (pthread_create (&thread, NULL, receive_all, way) != 0
      || pthread_create (&thread, NULL, send_all, way) != 0)
    die ("pthread_create");
}

static struct sockaddr_in
loopback (const char *port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = htons (atoi (port)),
                               .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
}

static void
set_no_delay (int fd)
{
  const int on = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* There is a connection or two in its life: nothing is freed. */
static void
join (int client)
{
  int server = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (connect (server, (struct sockaddr *) &target, sizeof target) < 0)
    die ("connect");
  set_no_delay (client);
  set_no_delay (server);
  begin_way (client, server);
  begin_way (server, client);
}

int
main (int argc, char **argv)
{
  const int on = 1;
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), client;

  if (argc != 4)
    {
      fprintf (stderr, "Usage: bench-delay PORT TO-PORT ROUND-TRIP-MS\n");
      return EXIT_FAILURE;
    }
  struct sockaddr_in address = loopback (argv[1]);
  target = loopback (argv[2]);
  half_trip_ns = atoll (argv[3]) * NS_PER_MS / 2;
  capacity = LINE_BYTES_PER_S * half_trip_ns / NS_PER_S;

  setsockopt (listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (listener, (struct sockaddr *) &address, sizeof address) < 0
      || listen (listener, 64) < 0)
    die ("listen");
  while ((client = accept4 (listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    join (client);
  die ("accept");
}
