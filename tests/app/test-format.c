#include "app/format.h"

#include "seismic/time.h"
#include <math.h>

#define assert_text(call, expected)                                                      \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *text = call;                                                        \
                                                                                         \
    g_assert_cmpstr (text, ==, expected);                                                \
  }                                                                                      \
  G_STMT_END

static void
test_numbers (void)
{
  assert_text (sae_format_number (1.25, 1), "1.2");
  assert_text (sae_format_number (-3, 0), "\u22123");
  assert_text (sae_format_number (-0.04, 1), "0.0");
  assert_text (sae_format_number (NAN, 1), "\u2013");
  assert_text (sae_format_significant (0, 3), "0.00");
  assert_text (sae_format_significant (0.01234, 3), "0.0123");
  assert_text (sae_format_significant (-12345, 3), "\u221212345");
  assert_text (sae_format_significant (1.5e-7, 2), "1.5e\u221207");
  assert_text (sae_format_quantity (42.4, 0, "km"), "42\u202fkm");
}

static void
test_durations (void)
{
  assert_text (sae_format_duration (0), "0\u202fs");
  assert_text (sae_format_duration (11.2), "12\u202fs");
  assert_text (sae_format_duration (240), "4\u202fmin");
  assert_text (sae_format_duration (3900 + 3600), "2\u202fh 5\u202fmin");
  assert_text (sae_format_duration (-1), "\u2013");
  assert_text (sae_format_duration (NAN), "\u2013");
  assert_text (sae_format_duration (INFINITY), "\u2013");
}

static void
test_times (void)
{
  int64_t time_ns;

  g_assert_true (seismic_time_parse ("2019-10-15T05:33:42.815Z", &time_ns));
  assert_text (sae_format_date (time_ns), "2019-10-15");
  assert_text (sae_format_clock (time_ns, 2), "05:33:42.81");
  assert_text (sae_format_time (time_ns, 0), "2019-10-15\u00a005:33:42");
  assert_text (sae_format_date (SEISMIC_TIME_UNSET), "\u2013");
  assert_text (sae_format_clock (SEISMIC_TIME_UNSET, 2), "\u2013");
  assert_text (sae_format_time (SEISMIC_TIME_UNSET, 2), "\u2013");
}

static void
test_events (void)
{
  g_autoptr (SeismicEvent) event = seismic_event_new ("73292360");

  assert_text (sae_format_magnitude (event), "M\u00a0\u2013");
  assert_text (sae_format_event (event), "73292360");
  event->time_ns = 0;
  assert_text (sae_format_event (event), "1970-01-01 · 73292360");
  g_free (event->id);
  event->id = g_strdup ("2019-10-15T05:33:12Z");
  assert_text (sae_format_event_place (event), "2019-10-15T05:33:12Z");
  event->time_ns = SEISMIC_TIME_UNSET; /* made by an import of loose records */
  assert_text (sae_format_event (event), "Records from 2019-10-15\u00a005:33:12");
  g_free (event->id);
  event->id = g_strdup ("1970-01-01T00:00:00Z");
  assert_text (sae_format_event (event), "Records without a date");
  event->time_ns = 0;
  event->magnitude = 6;
  g_free (event->place);
  event->place = g_strdup ("Pleasanton");
  assert_text (sae_format_event (event), "M\u00a06.0 · 1970-01-01 · Pleasanton");
  g_assert_cmpstr (sae_format_event_type (""), ==, "unknown");
  g_assert_cmpstr (sae_format_event_type ("explosion"), ==, "explosion");
  g_assert_cmpstr (sae_format_event_type ("meteorite"), ==, "meteorite");
}

static void
test_sizes (void)
{
  assert_text (sae_format_size_about (0), "0\u202fkB");
  assert_text (sae_format_size_about (1), "1\u202fkB");
  assert_text (sae_format_size_about (940000), "940\u202fkB");
  assert_text (sae_format_size_about (960000), "1\u202fMB");
  assert_text (sae_format_size_about (310400000), "310\u202fMB");
  assert_text (sae_format_size_about (999600000), "1.0\u202fGB");
  assert_text (sae_format_size_about (UINT64_C (54000000000)), "54.0\u202fGB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/format/numbers", test_numbers);
  g_test_add_func ("/app/format/durations", test_durations);
  g_test_add_func ("/app/format/sizes", test_sizes);
  g_test_add_func ("/app/format/times", test_times);
  g_test_add_func ("/app/format/events", test_events);
  return g_test_run ();
}
