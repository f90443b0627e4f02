#include "app/wave.h"

#include <math.h>

static void
test_contents (void)
{
  static const PlotTraceSpan span = {PLOT_SPAN_GAP, 1, 0.5, 1};
  double *values = g_new0 (double, 3 * 4);
  const SaeTraceInfo info = {.labels = {"A.B.C.HNE", "HNN", "A.B..HNZ"},
                             .n_samples = 4,
                             .start_ns = 5000000000,
                             .rate_hz = 2,
                             .unit = "counts",
                             .has_origin = true,
                             .origin_ns = 2000000000,
                             .spans = &span,
                             .n_spans = 1};
  SaeWave *wave;
  double min, max;

  values[0] = 8;
  values[5] = values[6] = NAN;
  values[4] = 3;
  wave = sae_wave_new (&info, values, NULL);
  g_assert_cmpfloat (wave->means[0], ==, 2);
  g_assert_cmpfloat (wave->means[1], ==, 1.5); /* of what is not a gap */
  g_assert_cmpstr (sae_wave_channel (wave, 0), ==, "HNE");
  g_assert_cmpstr (sae_wave_channel (wave, 1), ==, "HNN");
  g_assert_cmpfloat (sae_wave_duration_s (wave), ==, 1.5);
  g_assert_cmpfloat (sae_wave_origin_s (wave), ==, -3);
  g_assert_true (plot_pyramid_range (wave->pyramids[1], sae_wave_values (wave, 1), 0, 4,
                                     &min, &max));
  g_assert_cmpfloat (max, ==, 3);
  g_assert_cmpuint (wave->n_spans, ==, 1);
  g_assert_true (wave->spans != &span);
  sae_wave_ref (wave);
  sae_wave_unref (wave);
  sae_wave_unref (wave);
}

static void
test_nothing (void)
{
  const SaeTraceInfo info = {.labels = {"a", "b", "c"}, .rate_hz = 1, .unit = ""};
  g_autoptr (SaeWave) wave = sae_wave_new (&info, NULL, NULL);

  g_assert_cmpfloat (wave->means[2], ==, 0);
  g_assert_cmpfloat (sae_wave_duration_s (wave), ==, 0);
  g_assert_true (isnan (sae_wave_origin_s (wave)));
}

static void
test_widen (void)
{
  const float values[] = {0.5f, -3, 1e30f};
  g_autofree double *widened = sae_wave_widen (values, 3);

  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat (widened[i], ==, values[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/wave/contents", test_contents);
  g_test_add_func ("/app/wave/nothing", test_nothing);
  g_test_add_func ("/app/wave/widen", test_widen);
  return g_test_run ();
}
