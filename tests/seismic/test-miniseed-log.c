#include "seismic/miniseed-log.h"

#include <libmseed.h>
#include <string.h>

static void
test_first (void)
{
  g_autoptr (SeismicMiniseedLog) log = seismic_miniseed_log_open ();

  g_assert_cmpstr (seismic_miniseed_log_first (log), ==, "");
  seismic_miniseed_log_note (log, "%d bytes too many\n", 3);
  seismic_miniseed_log_note (log, "another");
  g_assert_cmpstr (seismic_miniseed_log_first (log), ==, "3 bytes too many");
}

static void
test_begins_empty (void)
{
  seismic_miniseed_log_close (seismic_miniseed_log_open ());
  g_autoptr (SeismicMiniseedLog) log = seismic_miniseed_log_open ();

  g_assert_cmpstr (seismic_miniseed_log_first (log), ==, "");
}

static void
test_cleans (void)
{
  g_autoptr (SeismicMiniseedLog) log = seismic_miniseed_log_open ();
  g_autofree char *endless = g_strnfill (5000, 'x');

  seismic_miniseed_log_note (log,
                             "a\x80\xff\x01"
                             "b\n%s",
                             endless);
  g_assert_true (g_str_has_prefix (seismic_miniseed_log_first (log), "a   b x"));
  g_assert_cmpuint (strlen (seismic_miniseed_log_first (log)), ==,
                    SEISMIC_MINISEED_COMPLAINT_SIZE - 1);
}

/* In a child process, whose streams must stay empty. */
static void
test_catches_libmseed (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (SeismicMiniseedLog) log = seismic_miniseed_log_open ();

    ms_log (1, "a warning %d\n", 1);
    ms_log (2, "an error\n");
    g_assert_nonnull (strstr (seismic_miniseed_log_first (log), "a warning 1"));
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*warning*");
  g_test_trap_assert_stderr_unmatched ("*warning*");
  g_test_trap_assert_stdout_unmatched ("*error*");
  g_test_trap_assert_stderr_unmatched ("*error*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/miniseed-log/first", test_first);
  g_test_add_func ("/seismic/miniseed-log/begins-empty", test_begins_empty);
  g_test_add_func ("/seismic/miniseed-log/cleans", test_cleans);
  g_test_add_func ("/seismic/miniseed-log/catches-libmseed", test_catches_libmseed);
  return g_test_run ();
}
