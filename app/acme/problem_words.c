/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Problems in words. Whoever reads them has a router, perhaps a name, and no patience: so they say
 * which of these is to be looked at. */

#include "app/acme/problem.h"
#include "app/i18n.h"

#define CODE(name, enumerator, code) [PL_ACME_PROBLEM_##enumerator] = PL_ACME_ERROR_##code,

static const PlAcmeError codes[] = {
  PL_ACME_PROBLEMS (CODE)[PL_ACME_PROBLEM_OTHER] = PL_ACME_ERROR_REFUSED,
};

/* Parts */

/* Takes @words: with what the authority says itself behind them, where it says anything. */
static char *
quote (char *words, const PlAcmeProblem *problem)
{
  g_autofree char *owned = words;
  g_autofree char *detail
      = problem != NULL && problem->detail != NULL ? pl_acme_dup_quotable (problem->detail) : NULL;

  if (detail == NULL || *detail == '\0')
    return g_steal_pointer (&owned);
  /* Translators: what happened and what to do; then what a certificate authority said. */
  return g_strdup_printf (_ ("%s It said: “%s”"), owned, detail);
}

static char *
dup_shown_name (const PlAcmeProblem *problem)
{
  return problem->name != NULL ? pl_acme_dup_quotable (problem->name)
                               : g_strdup (_ ("these names"));
}

static char *
dup_moment (gint64 time_s)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time_s);
  /* Translators: day and time, by the rules of g_date_time_format(): “3 May 2027, 14:05”. */
  return moment != NULL ? g_date_time_format (moment, _ ("%-d %B %Y, %H:%M")) : g_strdup ("?");
}

/* Of accounts and orders */

static char *
dup_rate_words (const PlAcmeProblem *problem, gint64 retry_s)
{
  g_autofree char *when = retry_s != 0 ? dup_moment (retry_s) : NULL;

  if (when == NULL)
    return quote (g_strdup (_ ("The certificate authority was asked too often of late, and takes "
                               "no order for a while.")),
                  problem);
  return quote (g_strdup_printf (_ ("The certificate authority was asked too often of late, and "
                                    "takes no order before %s."),
                                 when),
                problem);
}

static char *
dup_name_words (const PlAcmeProblem *problem)
{
  g_autofree char *name = dup_shown_name (problem);

  return quote (
      g_strdup_printf (_ ("The certificate authority makes no certificate for %s. Choose a "
                          "name that belongs to you and is known in the internet."),
                       name),
      problem);
}

static char *
dup_caa_words (const PlAcmeProblem *problem)
{
  g_autofree char *name = dup_shown_name (problem);

  return quote (
      g_strdup_printf (_ ("The DNS records of %s allow other certificate authorities alone "
                          "(CAA). Add this one to them, or choose one that is there."),
                       name),
      problem);
}

static char *
dup_account_words (const PlAcmeProblem *problem)
{
  return quote (g_strdup (_ ("The certificate authority does not accept this computer's account. "
                             "Delete the account's key, and a new account is made; where yours was "
                             "given to you, look whether its name and key are right.")),
                problem);
}

static char *
dup_contact_words (const PlAcmeProblem *problem)
{
  return quote (
      g_strdup (_ ("The certificate authority does not take the e-mail address. Correct it, "
                   "or leave it out.")),
      problem);
}

static char *
dup_other_words (const PlAcmeProblem *problem)
{
  g_autofree char *type = problem->type != NULL ? pl_acme_dup_quotable (problem->type) : NULL;

  return quote (g_strdup_printf (_ ("The certificate authority refused (%s)."),
                                 type != NULL && *type != '\0' ? type : "about:blank"),
                problem);
}

static char *
dup_words (const PlAcmeProblem *problem, gint64 retry_s)
{
  switch (problem->kind)
    {
    case PL_ACME_PROBLEM_RATE:
      return dup_rate_words (problem, retry_s);
    case PL_ACME_PROBLEM_NAME:
    case PL_ACME_PROBLEM_UNSUPPORTED_NAME:
      return dup_name_words (problem);
    case PL_ACME_PROBLEM_CAA:
      return dup_caa_words (problem);
    case PL_ACME_PROBLEM_ACCOUNT:
    case PL_ACME_PROBLEM_UNAUTHORIZED:
      return dup_account_words (problem);
    case PL_ACME_PROBLEM_CONTACT:
    case PL_ACME_PROBLEM_UNSUPPORTED_CONTACT:
      return dup_contact_words (problem);
    case PL_ACME_PROBLEM_BINDING:
      return g_strdup (_ ("The certificate authority takes only those who have an account there. "
                          "Open one with it, and enter the account's name and key that it gives "
                          "you (external account binding)."));
    case PL_ACME_PROBLEM_ACTION:
      return quote (g_strdup (_ ("The certificate authority wants you to do something first.")),
                    problem);
    case PL_ACME_PROBLEM_KEY:
    case PL_ACME_PROBLEM_ALGORITHM:
      return quote (g_strdup (_ ("The certificate authority does not take keys of this kind (EC "
                                 "P-256). Choose another authority.")),
                    problem);
    case PL_ACME_PROBLEM_SERVER:
      return quote (g_strdup (_ ("The certificate authority has trouble of its own. Nothing is "
                                 "wrong here; it is worth trying again later.")),
                    problem);
    case PL_ACME_PROBLEM_NONCE:
    case PL_ACME_PROBLEM_REQUEST:
    case PL_ACME_PROBLEM_CONNECTION:
    case PL_ACME_PROBLEM_DNS:
    case PL_ACME_PROBLEM_INCORRECT:
    case PL_ACME_PROBLEM_TLS:
    case PL_ACME_PROBLEM_OTHER:
      break;
    }
  return dup_other_words (problem);
}

GError *
pl_acme_problem_to_error (const PlAcmeProblem *problem, gint64 retry_s)
{
  g_autofree char *words = dup_words (problem, retry_s);

  return pl_acme_error_new (codes[problem->kind], retry_s, words);
}

/* Of proofs */

static guint
get_port (PlAcmeWay way)
{
  return way == PL_ACME_WAY_HTTP ? 80 : 443;
}

static char *
dup_closed_words (const PlAcmeProblem *problem, const char *name, PlAcmeWay way)
{
  switch (way)
    {
    case PL_ACME_WAY_TLS_ALPN:
    case PL_ACME_WAY_HTTP:
      return quote (
          g_strdup_printf (_ ("The certificate authority could not reach port %u of %s from "
                              "outside. Forward port %u of the router to this computer, and see "
                              "that the name leads to your connection's address."),
                           get_port (way), name, get_port (way)),
          problem);
    case PL_ACME_WAY_DNS:
      break;
    }
  return quote (g_strdup_printf (_ ("The certificate authority could not ask the name servers of "
                                    "%s. It is worth trying again later."),
                                 name),
                problem);
}

static char *
dup_nowhere_words (const PlAcmeProblem *problem, const char *name, PlAcmeWay way)
{
  if (way == PL_ACME_WAY_DNS)
    return quote (
        g_strdup_printf (_ ("The record _acme-challenge.%s could not be found in the DNS. "
                            "Let the DNS program wait until it is there."),
                         name),
        problem);
  return quote (
      g_strdup_printf (_ ("The name %s does not lead anywhere yet. Enter your connection's "
                          "address for it where you have the name from; until everybody "
                          "knows of it may take an hour."),
                       name),
      problem);
}

static char *
dup_somebody_else_words (const PlAcmeProblem *problem, const char *name, PlAcmeWay way)
{
  if (way == PL_ACME_WAY_DNS)
    return quote (g_strdup_printf (_ ("The record _acme-challenge.%s is missing, or has another "
                                      "value. Let the DNS program wait until it is there."),
                                   name),
                  problem);
  return quote (
      g_strdup_printf (_ ("On port %u of %s somebody else answers than Porchlight on this "
                          "computer. Look where the name leads, and where the router "
                          "forwards port %u."),
                       get_port (way), name, get_port (way)),
      problem);
}

static char *
dup_unsaid_words (const char *name)
{
  return g_strdup_printf (
      _ ("The certificate authority could not see that %s leads to this computer, "
         "and has not said why. It is worth trying again later."),
      name);
}

/* Returns: (nullable): %NULL where it has nothing to do with the way */
static char *
dup_proof_words (const PlAcmeProblem *problem, const char *name, PlAcmeWay way)
{
  if (problem == NULL)
    return dup_unsaid_words (name);
  switch (problem->kind)
    {
    case PL_ACME_PROBLEM_CONNECTION:
      return dup_closed_words (problem, name, way);
    case PL_ACME_PROBLEM_DNS:
      return dup_nowhere_words (problem, name, way);
    case PL_ACME_PROBLEM_INCORRECT:
    case PL_ACME_PROBLEM_TLS:
    case PL_ACME_PROBLEM_UNAUTHORIZED:
      return dup_somebody_else_words (problem, name, way);
    case PL_ACME_PROBLEM_ACCOUNT:
    case PL_ACME_PROBLEM_REQUEST:
    case PL_ACME_PROBLEM_NONCE:
    case PL_ACME_PROBLEM_KEY:
    case PL_ACME_PROBLEM_ALGORITHM:
    case PL_ACME_PROBLEM_CAA:
    case PL_ACME_PROBLEM_BINDING:
    case PL_ACME_PROBLEM_CONTACT:
    case PL_ACME_PROBLEM_RATE:
    case PL_ACME_PROBLEM_NAME:
    case PL_ACME_PROBLEM_SERVER:
    case PL_ACME_PROBLEM_UNSUPPORTED_CONTACT:
    case PL_ACME_PROBLEM_UNSUPPORTED_NAME:
    case PL_ACME_PROBLEM_ACTION:
    case PL_ACME_PROBLEM_OTHER:
      break;
    }
  return NULL;
}

static char *
dup_words_about (const PlAcmeProblem *problem, const char *name)
{
  PlAcmeProblem about = *problem;

  about.name = (char *) name;
  return dup_words (&about, 0);
}

GError *
pl_acme_problem_to_proof_error (const PlAcmeProblem *problem, const char *name, PlAcmeWay way)
{
  g_autofree char *shown = pl_acme_dup_quotable (name);
  g_autofree char *words = dup_proof_words (problem, shown, way);

  if (words == NULL)
    words = dup_words_about (problem, name);
  return pl_acme_error_new (PL_ACME_ERROR_NOT_PROVEN, 0, words);
}
