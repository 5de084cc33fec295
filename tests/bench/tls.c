/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client of the benchmark for what goes through TLS: always TLS 1.3 with the same suite and
 * group, whoever answers, and not asking who it is.
 *
 * Usage: bench-tls full PORT SECONDS      a new connection for each request, a full handshake each
 *        bench-tls resumed PORT SECONDS   the same, with the ticket of the connection before
 *        bench-tls download PORT BYTES
 *        bench-tls upload PORT BYTES
 *        bench-tls hold PORT COUNT        connections that had a request each, until stdin ends
 *
 * Prints: full, resumed: REQUESTS MICROSECONDS; hold: `held`, then how many were there to the end
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SUITE "TLS_AES_128_GCM_SHA256"
#define GROUP "X25519"

/* So many connections are being made at any moment, so that the proxy is never out of work. */
#define THREADS 16

#define BLOCK_BYTES (256 * 1024)
#define HEAD_MAX    4096
#define ANSWER      1024 /* octets of a small answer's body */
#define NS_PER_S    1000000000ll

static SSL_CTX *context;
static uint16_t port;
static char block[BLOCK_BYTES];

static void
die (const char *what)
{
  perror (what);
  ERR_print_errors_fp (stderr);
  exit (EXIT_FAILURE);
}

static int64_t
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* Resets when it is closed: thousands in TIME_WAIT would slow the next round. */
static int
dial (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  const struct linger reset = { 1, 0 };
  const int on = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    die ("connect");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  return fd;
}

/* @session: (nullable): to be resumed */
static SSL *
open_tls (SSL_SESSION *session)
{
  SSL *ssl = SSL_new (context);

  SSL_set_fd (ssl, dial ());
  if (session)
    SSL_set_session (ssl, session);
  if (SSL_connect (ssl) <= 0)
    die ("SSL_connect");
  return ssl;
}

/* As if both had said their end: OpenSSL gives up the tickets of a connection that breaks. */
static void
close_tls (SSL *ssl)
{
  SSL_set_shutdown (ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  close (SSL_get_fd (ssl));
  SSL_free (ssl);
}

static void
send_all (SSL *ssl, const char *bytes, size_t length)
{
  size_t sent;

  if (SSL_write_ex (ssl, bytes, length, &sent) <= 0)
    die ("SSL_write");
}

static void
ask (SSL *ssl, size_t length, const char *more)
{
  char request[HEAD_MAX];

  send_all (ssl, request,
            snprintf (request, sizeof request,
                      "GET /bytes/%zu HTTP/1.1\r\nHost: photos.example\r\n%s\r\n", length, more));
}

/* Reads an answer of which the body's length is known, and forgets it. */
static void
hear (SSL *ssl, const char *status, size_t length)
{
  char head[HEAD_MAX] = "", *end = NULL;
  size_t got = 0, piece;

  for (; !end; end = strstr (head, "\r\n\r\n"))
    {
      if (SSL_read_ex (ssl, head + got, sizeof head - 1 - got, &piece) <= 0)
        die ("SSL_read of a head");
      head[got += piece] = '\0';
    }
  if (strncmp (head + strlen ("HTTP/1.1 "), status, strlen (status)) != 0)
    die (head);
  got -= end + strlen ("\r\n\r\n") - head;
  for (; got < length; got += piece)
    if (SSL_read_ex (ssl, block, sizeof block, &piece) <= 0)
      die ("SSL_read of a body");
}

/* Handshakes */

typedef struct
{
  pthread_t thread;
  bool resumes;
  int64_t end_ns;
  long n_done;
} Maker;

/* The newest ticket is kept for the connection after this one. */
static int
keep_session (SSL *ssl, SSL_SESSION *session)
{
  SSL_SESSION **kept = SSL_get_app_data (ssl);

  if (!kept)
    return 0;
  SSL_SESSION_free (*kept);
  *kept = session;
  return 1;
}

/* The server closes, as all of a connection's tickets have come by then. */
static void
make_connection (SSL_SESSION **kept)
{
  SSL_SESSION *session = kept ? *kept : NULL;
  SSL *ssl = open_tls (session);
  size_t got;

  if (SSL_session_reused (ssl) != (session != NULL))
    die ("resumption");
  SSL_set_app_data (ssl, kept);
  ask (ssl, ANSWER, "Connection: close\r\n");
  hear (ssl, "200", ANSWER);
  while (SSL_read_ex (ssl, block, sizeof block, &got) > 0)
    ;
  close_tls (ssl);
}

static void *
make_connections (void *data)
{
  Maker *maker = data;
  SSL_SESSION *kept = NULL;

  for (; now_ns () < maker->end_ns; maker->n_done++)
    make_connection (maker->resumes ? &kept : NULL);
  SSL_SESSION_free (kept);
  return NULL;
}

/* The first of each thread is a full handshake in every case: that is a few in thousands. */
static void
measure_handshakes (bool resumes, int seconds)
{
  Maker makers[THREADS];
  int64_t begin_ns = now_ns ();
  long n_done = 0;

  for (int i = 0; i < THREADS; i++)
    {
      makers[i] = (Maker){ .resumes = resumes, .end_ns = begin_ns + seconds * NS_PER_S };
      pthread_create (&makers[i].thread, NULL, make_connections, &makers[i]);
    }
  for (int i = 0; i < THREADS; i++)
    {
      pthread_join (makers[i].thread, NULL);
      n_done += makers[i].n_done;
    }
  printf ("%ld %lld\n", n_done, (long long) (now_ns () - begin_ns) / 1000);
}

/* Bodies */

static void
download (size_t length)
{
  SSL *ssl = open_tls (NULL);

  ask (ssl, length, "");
  hear (ssl, "200", length);
  close_tls (ssl);
}

static void
upload (size_t length)
{
  SSL *ssl = open_tls (NULL);
  char head[HEAD_MAX];

  send_all (ssl, head,
            snprintf (head, sizeof head,
                      "POST /api/assets HTTP/1.1\r\nHost: photos.example\r\n"
                      "Content-Length: %zu\r\n\r\n",
                      length));
  for (size_t left = length, part; left > 0; left -= part)
    {
      part = left < BLOCK_BYTES ? left : BLOCK_BYTES;
      send_all (ssl, block, part);
    }
  hear (ssl, "201", 2);
  close_tls (ssl);
}

/* Idle connections */

static bool
is_open (SSL *ssl)
{
  char octet;

  return recv (SSL_get_fd (ssl), &octet, 1, MSG_PEEK | MSG_DONTWAIT) < 0;
}

static void
hold (int count)
{
  SSL **held = calloc (count, sizeof *held);
  int n_open = 0;

  for (int i = 0; i < count; i++)
    {
      held[i] = open_tls (NULL);
      ask (held[i], ANSWER, "");
      hear (held[i], "200", ANSWER);
    }
  puts ("held");
  fflush (stdout);
  while (getchar () != EOF)
    ;
  for (int i = 0; i < count; i++)
    {
      n_open += is_open (held[i]);
      close_tls (held[i]);
    }
  free (held);
  printf ("%d\n", n_open);
}

static void
make_context (void)
{
  context = SSL_CTX_new (TLS_client_method ());
  SSL_CTX_set_min_proto_version (context, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites (context, SUITE);
  SSL_CTX_set1_groups_list (context, GROUP);
  SSL_CTX_set_session_cache_mode (context,
                                  SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
  SSL_CTX_sess_set_new_cb (context, keep_session);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    {
      fprintf (stderr, "Usage: bench-tls full|resumed|download|upload|hold PORT AMOUNT\n");
      return EXIT_FAILURE;
    }
  const char *work = argv[1];
  long amount = atol (argv[3]);

  port = (uint16_t) atoi (argv[2]);
  make_context ();
  if (strcmp (work, "full") == 0 || strcmp (work, "resumed") == 0)
    measure_handshakes (strcmp (work, "resumed") == 0, (int) amount);
  else if (strcmp (work, "download") == 0)
    download (amount);
  else if (strcmp (work, "upload") == 0)
    upload (amount);
  else
    hold ((int) amount);
  return EXIT_SUCCESS;
}
