#include "seismic/progress.h"
#include "seismic/error.h"

static void
test_skip (void)
{
  char item[] = "a/file.mseed";
  SeismicSkip *skip = seismic_skip_new (
      item, g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_EMPTY, "0 bytes"));
  item[0] = 'b'; /* the skip keeps its own copy */
  g_assert_cmpstr (skip->item, ==, "a/file.mseed");
  g_assert_error (skip->reason, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
  g_assert_cmpstr (skip->reason->message, ==, "0 bytes");
  seismic_skip_free (skip);
  seismic_skip_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/skip", test_skip);
  return g_test_run ();
}
