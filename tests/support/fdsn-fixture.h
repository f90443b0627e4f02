/* What the tests of the FDSN client have in common. */
#pragma once

#include "seismic/error.h"
#include "seismic/fdsn.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

/* A stub, a client of it, and a folder. */
typedef struct {
  FdsnStub *stub;
  SeismicHttp *http;
  SeismicServer server;
  SeismicEventQuery query;
  char *folder, *path; /* of the records to come */
} Fixture;

static inline void
open_fixture (Fixture *fixture, const FdsnStubSettings *settings)
{
  g_autoptr (GError) error = NULL;
  const SeismicHttpLimits limits = {.connect_seconds = 5,
                                    .stall_seconds =
                                        10, /* nothing stalls here on purpose */
                                    .stall_bytes_per_second = 100,
                                    .max_bytes = 4 << 20,
                                    .n_tries = 2,
                                    .back_off_seconds = 0.01,
                                    .max_wait_seconds = 1};
  fixture->stub = fdsn_stub_new (settings, &error);
  g_assert_no_error (error);
  fixture->http = seismic_http_new (NULL, &limits);
  seismic_fdsn_url_server (fdsn_stub_get_base (fixture->stub), &fixture->server, &error);
  g_assert_no_error (error);
  seismic_event_query_init (&fixture->query);
  fixture->folder = test_new_folder ();
  fixture->path = g_build_filename (fixture->folder, "part", NULL);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  open_fixture (fixture, data);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  seismic_event_query_clear (&fixture->query);
  seismic_http_free (fixture->http);
  fdsn_stub_free (fixture->stub);
  test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static inline void
add_rule (Fixture *fixture, const char *rule)
{
  g_autoptr (GError) error = NULL;
  fdsn_stub_add_rule (fixture->stub, rule, &error);
  g_assert_no_error (error);
}

static inline size_t
n_asked (Fixture *fixture, const char *match)
{
  return fdsn_stub_count (fixture->stub, match, false);
}

static inline GPtrArray *
ask_events (Fixture *fixture, GError **error)
{
  GPtrArray *events = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  if (seismic_fdsn_events (fixture->http, &fixture->server, &fixture->query, NULL, NULL,
                           NULL, &events, &skipped, error))
    g_assert_cmpuint (skipped->len, ==, 0);
  else
    g_assert_null (events);
  return events;
}

typedef struct {
  const char *name, *rule;
  int code;            /* SeismicError */
  const char *message; /* after the base where it begins with "*" */
} Fault;

static inline void
check_error (Fixture *fixture, const Fault *fault, const GError *error)
{
  g_assert_error (error, SEISMIC_ERROR, fault->code);
  g_autofree char *expected =
      fault->message[0] == '*'
          ? g_strconcat (fdsn_stub_get_base (fixture->stub), fault->message + 1, NULL)
          : g_strdup (fault->message);
  g_assert_cmpstr (error->message, ==, expected);
}

static inline void
add (const char *name, const FdsnStubSettings *settings,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/fdsn/", name, NULL);
  g_test_add (path, Fixture, settings, set_up, test, tear_down);
}
