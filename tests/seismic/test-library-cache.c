#include "seismic/library-cache.h"
#include "support/records.h"

/* About n_bytes of samples. */
static GPtrArray *
traces_of_bytes (size_t n_bytes)
{
  GPtrArray *traces = test_traces_new ();
  test_traces_add (traces, "NC", "A", "HNE", 0, 100, n_bytes / sizeof (int32_t), 1);
  return traces;
}

static bool
holds (SeismicTraceCache *cache, const char *key)
{
  g_autoptr (GPtrArray) traces = seismic_trace_cache_get (cache, key);
  return traces != NULL;
}

static void
test_get (void)
{
  SeismicTraceCache *cache = seismic_trace_cache_new (10000);
  g_autoptr (GPtrArray) traces = traces_of_bytes (1000);
  g_autoptr (GPtrArray) others = traces_of_bytes (1000);
  seismic_trace_cache_put (cache, "a", traces);
  g_autoptr (GPtrArray) found = seismic_trace_cache_get (cache, "a");
  g_assert_true (found == traces);
  g_assert_false (holds (cache, "b"));
  seismic_trace_cache_put (cache, "a", others); /* replaces */
  g_autoptr (GPtrArray) replaced = seismic_trace_cache_get (cache, "a");
  g_assert_true (replaced == others);
  seismic_trace_cache_clear (cache);
  g_assert_false (holds (cache, "a"));
  seismic_trace_cache_free (cache);
  seismic_trace_cache_free (NULL);
}

static void
test_limit (void)
{
  SeismicTraceCache *cache = seismic_trace_cache_new (3000);
  g_autoptr (GPtrArray) small = traces_of_bytes (1000);
  g_autoptr (GPtrArray) large = traces_of_bytes (4000);
  seismic_trace_cache_put (cache, "a", small);
  seismic_trace_cache_put (cache, "b", small);
  g_assert_true (holds (cache, "a")); /* now b is the oldest */
  seismic_trace_cache_put (cache, "c", small);
  g_assert_true (holds (cache, "a") && holds (cache, "c"));
  g_assert_false (holds (cache, "b"));
  seismic_trace_cache_put (cache, "large", large); /* too large alone: others stay */
  g_assert_false (holds (cache, "large"));
  g_assert_true (holds (cache, "a") && holds (cache, "c"));
  seismic_trace_cache_free (cache);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-cache/get", test_get);
  g_test_add_func ("/library-cache/limit", test_limit);
  return g_test_run ();
}
