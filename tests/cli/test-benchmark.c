/* benchmark: its line, and what it refuses. */
#include "cli-support.h"

/* The number behind the key in a line of JSON; the test fails without one. */
static double
number_of (const char *json, const char *key)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\":", key);
  const char *at = strstr (json, quoted);
  g_assert_nonnull (at);
  return g_ascii_strtod (at + strlen (quoted), NULL);
}

static void
check (const char *what, const char *architecture)
{
  g_auto (CliRun) run =
      cli_expect (0,
                  "benchmark %s --architecture %s --batch 2 --length 64 --hidden 8 "
                  "--layers 2 --steps 2 --threads 2",
                  what, architecture);
  g_assert_cmpuint (count_lines (run.out), ==, 1);
  g_assert_nonnull (strstr (run.out, what));
  g_assert_nonnull (strstr (run.out, architecture));
  g_assert_nonnull (strstr (run.out, "signal-autoencoder"));
  g_assert_cmpfloat (number_of (run.out, "batch"), ==, 2);
  g_assert_cmpfloat (number_of (run.out, "length"), ==, 64);
  g_assert_cmpfloat (number_of (run.out, "threads"), ==, 2);
  g_assert_cmpfloat (number_of (run.out, "seconds_per_step"), >, 0);
  g_assert_cmpfloat (number_of (run.out, "samples_per_second"), >, 0);
  g_assert_cmpfloat (number_of (run.out, "peak_rss_mib"), >, 1);
}

static void
test_line (void)
{
  const char *const architectures[] = {"readme", "batchnorm", "pooled"};
  for (size_t i = 0; i < G_N_ELEMENTS (architectures); i++) {
    check ("train", architectures[i]);
    check ("encode", architectures[i]);
  }
}

static void
test_usage (void)
{
  const char *const wrong[] = {
      "benchmark",
      "benchmark sleep",
      "benchmark train --architecture dense",
      "benchmark train --architecture pooled --length 7",
      "benchmark encode --layers 5",
      "benchmark encode --steps 0",
  };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (CliRun) run = cli_expect (2, "%s", wrong[i]);
    g_assert_cmpstr (run.out, ==, "");
    g_assert_cmpstr (run.err, !=, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/benchmark/line", test_line);
  g_test_add_func ("/benchmark/usage", test_usage);
  return g_test_run ();
}
