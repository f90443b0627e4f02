#include "seismic/event.h"
#include "seismic/time.h"

#include <math.h>

static void
test_new (void)
{
  g_autoptr (SeismicEvent) event = seismic_event_new ("73291880");
  g_assert_cmpstr (event->id, ==, "73291880");
  g_assert_true (event->time_ns == SEISMIC_TIME_UNSET);
  g_assert_true (isnan (event->latitude) && isnan (event->longitude));
  g_assert_true (isnan (event->depth_km) && isnan (event->magnitude));
  g_assert_cmpstr (event->type, ==, "");
  g_assert_cmpstr (event->magnitude_type, ==, "");
  g_assert_cmpstr (event->place, ==, "");
  seismic_event_free (NULL);
}

static void
test_copy_and_equal (void)
{
  g_autoptr (SeismicEvent) event = seismic_event_new ("a");
  g_autoptr (SeismicEvent) copy = seismic_event_copy (event);
  g_assert_true (seismic_event_equal (event, copy)); /* unknown is unknown */
  g_assert_true (event->id != copy->id && event->place != copy->place);

  copy->magnitude = 4.5;
  g_assert_false (seismic_event_equal (event, copy));
  event->magnitude = 4.5;
  g_assert_true (seismic_event_equal (event, copy));
  copy->type[0] = '\0';
  g_free (copy->type);
  copy->type = g_strdup ("quarry blast");
  g_assert_false (seismic_event_equal (event, copy));
  g_assert_cmpstr (event->type, ==, "");
}

static void
test_distance (void)
{
  const double degree = 6371.0 * G_PI / 180.0;
  g_assert_cmpfloat_with_epsilon (seismic_distance_km (0, 0, 1, 0), degree, 1e-9);
  g_assert_cmpfloat_with_epsilon (seismic_distance_km (0, 179.5, 0, -179.5), degree,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (seismic_distance_km (0, 0, 0, 180), 180 * degree, 1e-6);
  g_assert_cmpfloat_with_epsilon (seismic_distance_km (90, 12, -90, 77), 180 * degree,
                                  1e-6);
  g_assert_cmpfloat (seismic_distance_km (37.9, -122.0, 37.9, -122.0), ==, 0.0);
  /* a centimetre is no rounding error */
  g_assert_cmpfloat_with_epsilon (seismic_distance_km (37.9, -122.0, 37.9000001, -122.0),
                                  1e-7 * degree, 1e-8);
  g_assert_cmpfloat_with_epsilon (seismic_distance_km (37.938, -122.057, 33.77, -118.19),
                                  seismic_distance_km (33.77, -118.19, 37.938, -122.057),
                                  1e-9);
  g_assert_true (isnan (seismic_distance_km (NAN, 0, 0, 0)));
  g_assert_true (isnan (seismic_distance_km (0, 0, 0, NAN)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/new", test_new);
  g_test_add_func ("/event/copy-and-equal", test_copy_and_equal);
  g_test_add_func ("/event/distance", test_distance);
  return g_test_run ();
}
