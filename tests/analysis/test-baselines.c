#include "analysis/baselines.h"
#include "analysis/description.h"
#include "analysis/error.h"
#include "analysis/validation.h"
#include "seismic/synthesis.h"
#include "support/tiny-library.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* On synthetic records both tell earthquakes from explosions better than chance, as the
 * physics that made them says. */
static void
test_synthetic (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  SeismicSynthesisSettings synthesis = seismic_synthesis_default ();
  synthesis.n_events = 24;
  synthesis.n_stations = 2;
  g_assert_true (seismic_synthesis_fill (tiny.library, &synthesis, NULL, NULL, NULL));
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (tiny.library, NULL);
  g_auto (AnalysisBaselines) baselines = {0};
  g_assert_true (
      analysis_baselines_init (&baselines, tiny.library, signals, NULL, NULL, NULL));
  g_assert_cmpuint (baselines.spectra.rows, ==, 48);
  g_assert_cmpuint (baselines.spectra.columns, ==, ANALYSIS_BASELINE_COMPONENTS);
  g_assert_cmpuint (baselines.n_ratios, >, 40);

  g_auto (AnalysisLabels) labels = {0};
  analysis_labels_init (&labels, signals, NULL);
  AnalysisValidationSettings settings = analysis_validation_default ();
  settings.n_folds = 3;
  settings.n_permutations = 0;
  g_auto (AnalysisValidation) spectra = {0}, ratios = {0};
  g_assert_true (analysis_validate (&baselines.spectra, &labels, &settings, NULL, NULL,
                                    &spectra, NULL));
  g_assert_true (analysis_validate (&baselines.ratios, &labels, &settings, NULL, NULL,
                                    &ratios, NULL));
  g_assert_cmpfloat (spectra.balanced.value, >, 0.7);
  g_assert_cmpfloat (ratios.balanced.value, >, 0.7);
}

/* A row is of its signal, whatever else there is; what cannot be read is unknown. */
static void
test_rows (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (tiny.library, NULL);
  const SeismicSignalInfo *gone = signals->pdata[3];
  g_autofree char *path = tiny_library_record_path (&tiny, gone->event_id, gone->station);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_auto (AnalysisBaselines) baselines = {0};
  g_assert_true (
      analysis_baselines_init (&baselines, tiny.library, signals, NULL, NULL, NULL));
  for (size_t i = 0; i < 8; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_autoptr (SeismicSignal) signal =
        seismic_library_read_signal (tiny.library, info->id, NULL);
    float expected[ANALYSIS_RATIO_BANDS];
    for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++)
      expected[b] = NAN;
    if (signal != NULL)
      analysis_describe_ratios (expected, signal, info);
    else
      g_assert_cmpuint (i, ==, 3);
    for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++) {
      const float found = baselines.ratios.data[ANALYSIS_RATIO_BANDS * i + b];
      g_assert_true (found == expected[b] || (isnan (found) && isnan (expected[b])));
    }
    for (size_t c = 0; c < ANALYSIS_BASELINE_COMPONENTS; c++)
      g_assert_true (
          isfinite (baselines.spectra.data[ANALYSIS_BASELINE_COMPONENTS * i + c]));
  }
}

static bool
stop (const SeismicProgress *progress, void *user_data)
{
  return progress->done < 3;
}

static void
test_errors (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (tiny.library, NULL);
  g_auto (AnalysisBaselines) baselines = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (
      analysis_baselines_init (&baselines, tiny.library, signals, stop, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_ptr_array_set_size (signals, 1);
  g_assert_false (
      analysis_baselines_init (&baselines, tiny.library, signals, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_null (baselines.ratios.data);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/baselines/synthetic", test_synthetic);
  g_test_add_func ("/analysis/baselines/rows", test_rows);
  g_test_add_func ("/analysis/baselines/errors", test_errors);
  return g_test_run ();
}
