/* What the tests of the HTTP client have in common. */
#pragma once

#include "seismic/error.h"
#include "seismic/http.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

/* Small, so that faults take a moment; not so small that a busy machine is one. */
static inline SeismicHttpLimits
test_limits (void)
{
  return (SeismicHttpLimits){.connect_seconds = 5,
                             .stall_seconds = 1.5,
                             .stall_bytes_per_second = 100,
                             .max_bytes = 1 << 20,
                             .n_tries = 3,
                             .back_off_seconds = 0.01,
                             .max_wait_seconds = 2};
}

static inline FdsnStub *
new_stub (const char *rule)
{
  g_autoptr (GError) error = NULL;
  FdsnStub *stub = fdsn_stub_new (NULL, &error);
  g_assert_no_error (error);
  if (rule != NULL)
    fdsn_stub_add_rule (stub, rule, &error);
  g_assert_no_error (error);
  return stub;
}

static inline SeismicHttp *
new_http (void)
{
  const SeismicHttpLimits limits = test_limits ();
  return seismic_http_new (NULL, &limits);
}

static inline GBytes *
get (SeismicHttp *http, FdsnStub *stub, const char *target, SeismicHttpReply *reply,
     GError **error)
{
  g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), target, NULL);
  GBytes *bytes = NULL;
  if (!seismic_http_get_bytes (http, url, NULL, NULL, NULL, NULL, &bytes, reply, error))
    g_assert_null (bytes);
  return bytes;
}
