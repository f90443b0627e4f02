#include "app/signal-marks.h"

#include "seismic/time.h"
#include "seismic/travel-time.h"
#include "support/widgets.h"

static void
test_marks (void)
{
  SeismicSignalInfo info = {.latitude = 38,
                            .longitude = -122,
                            .event = {.time_ns = INT64_C (10000000000),
                                      .latitude = 38.2,
                                      .longitude = -122.4,
                                      .depth_km = 11}};
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PlotTraceMark));
  const PlotTraceMark *first;

  info.distance_km = seismic_distance_km (38.2, -122.4, 38, -122);
  sae_signal_marks_append (marks, &info, INT64_C (8000000000));
  g_assert_cmpuint (marks->len, ==, 3);
  first = (const PlotTraceMark *)(void *)marks->data;
  g_assert_cmpint (first[0].kind, ==, PLOT_MARK_ORIGIN);
  g_assert_cmpfloat (first[0].time_s, ==, 2);
  g_assert_cmpint (first[1].kind, ==, PLOT_MARK_PREDICTED);
  g_assert_cmpfloat (first[1].time_s, ==,
                     2 + seismic_travel_time_s (SEISMIC_PHASE_P, info.distance_km, 11));
  g_assert_true (first[2].is_s);
  g_assert_cmpfloat (first[2].time_s, >, first[1].time_s);
  /* Elsewhere the model says nothing; without a time nothing is known. */
  info.latitude = 10;
  sae_signal_marks_append (marks, &info, 0);
  g_assert_cmpuint (marks->len, ==, 4);
  info.event.time_ns = SEISMIC_TIME_UNSET;
  sae_signal_marks_append (marks, &info, 0);
  g_assert_cmpuint (marks->len, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/signal-marks/marks", test_marks);
  return g_test_run ();
}
