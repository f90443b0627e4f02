#include "analysis/dataset.h"
#include "analysis/error.h"
#include "support/tiny-library.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static const AnalysisDatasetSettings plain = {
    .rate_hz = 20, .validation_fraction = 0.3, .batch_size = 4, .seed = 1};

static AnalysisDataset *
open_dataset (TinyLibrary *tiny, const AnalysisDatasetSettings *settings)
{
  g_autoptr (GError) error = NULL;
  AnalysisDataset *dataset =
      analysis_dataset_new (tiny->library, settings, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return dataset;
}

static bool
in_list (const char *const *list, const char *id)
{
  return g_strv_contains (list, id);
}

/* The lengths of every signal of one pass, in the order of the pass. */
static GArray *
pass_lengths (NnBatchSource *source, NnRng *rng)
{
  GArray *lengths = g_array_new (FALSE, FALSE, sizeof (size_t));
  g_auto (NnBatch) batch = {0};
  source->begin (source, rng);
  for (size_t i = 0; i < source->n_batches (source); i++) {
    g_autoptr (GError) error = NULL;
    source->fill (source, i, &batch, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (batch.n_channels, ==, 3);
    size_t longest = 0;
    for (size_t b = 0; b < batch.n_signals; b++)
      longest = MAX (longest, batch.lengths[b]);
    g_assert_cmpuint (longest, ==, batch.max_length);
    g_array_append_vals (lengths, batch.lengths, (guint)batch.n_signals);
  }
  return lengths;
}

static int
compare_sizes (const void *a, const void *b)
{
  const size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* Every signal is in one pass of its event's side once. The signals of the tiny library
 * tell themselves apart by their lengths. */
static void
test_split (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 7, 3);
  AnalysisDatasetSettings settings = plain;
  settings.rate_hz = 0;
  g_autoptr (AnalysisDataset) dataset = open_dataset (&tiny, &settings);
  const char *const *held_out = analysis_dataset_validation_events (dataset);
  g_assert_cmpuint (g_strv_length ((char **)held_out), ==, 2); /* 0.3 × 7 = 2.1 */
  g_assert_cmpint (strcmp (held_out[0], held_out[1]), <, 0);
  g_assert_cmpuint (analysis_dataset_n_training (dataset), ==, 15);
  g_assert_cmpuint (analysis_dataset_n_validation (dataset), ==, 6);

  g_autoptr (GArray) training = pass_lengths (analysis_dataset_training (dataset), NULL);
  g_autoptr (GArray) validation =
      pass_lengths (analysis_dataset_validation (dataset), NULL);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (size_t));
  g_autoptr (GArray) left_out = g_array_new (FALSE, FALSE, sizeof (size_t));
  g_autoptr (GPtrArray) infos = seismic_library_list_signals (tiny.library, NULL);
  g_assert_cmpuint (infos->len, ==, 21);
  for (size_t i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = infos->pdata[i];
    const size_t length = info->n_samples - 1; /* of the differences */
    GArray *side = in_list (held_out, info->event_id) ? left_out : kept;
    g_array_append_val (side, length);
  }
  g_array_sort (kept, compare_sizes);
  g_array_sort (left_out, compare_sizes);
  g_assert_cmpmem (training->data, training->len * sizeof (size_t), kept->data,
                   kept->len * sizeof (size_t));
  g_assert_cmpmem (validation->data, validation->len * sizeof (size_t), left_out->data,
                   left_out->len * sizeof (size_t));
}

static void
test_fractions (void)
{
  static const struct {
    size_t n_events;
    double fraction;
    size_t held_out;
  } cases[] = {
      {5, 0, 0},   {5, 0.9, 4},  {5, 0.01, 1}, {5, 0.5, 3},
      {2, 0.9, 1}, {2, 0.01, 1}, {1, 0.9, 0},  {1, 0, 0},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (TinyLibrary) tiny = {0};
    tiny_library_init (&tiny);
    tiny_library_fill (&tiny, cases[i].n_events, 2);
    AnalysisDatasetSettings settings = plain;
    settings.validation_fraction = cases[i].fraction;
    g_autoptr (AnalysisDataset) dataset = open_dataset (&tiny, &settings);
    g_assert_cmpuint (analysis_dataset_n_validation (dataset), ==, 2 * cases[i].held_out);
    g_assert_cmpuint (analysis_dataset_n_training (dataset), ==,
                      2 * (cases[i].n_events - cases[i].held_out));
    if (cases[i].held_out == 0)
      g_assert_null (analysis_dataset_validation (dataset));
    else
      g_assert_nonnull (analysis_dataset_validation (dataset));
  }
}

/* The same seed and events give the same split, in whatever order the library has them.
 */
static void
test_seed (void)
{
  g_auto (TinyLibrary) forward = {0}, backward = {0};
  tiny_library_init (&forward);
  tiny_library_init (&backward);
  for (int i = 0; i < 9; i++) {
    g_autofree char *event = g_strdup_printf ("ev%d", i);
    tiny_library_put_event (&forward, event, i);
    tiny_library_put_record (&forward, event, "S", 20, 80, (uint32_t)i);
    tiny_library_put_event (&backward, event, -i);
    tiny_library_put_record (&backward, event, "S", 20, 80, (uint32_t)i);
  }
  size_t n_changed = 0;
  AnalysisDatasetSettings settings = plain;
  g_autoptr (AnalysisDataset) first = open_dataset (&forward, &settings);
  const char *const *first_events = analysis_dataset_validation_events (first);
  for (settings.seed = 1; settings.seed <= 6; settings.seed++) {
    g_autoptr (AnalysisDataset) a = open_dataset (&forward, &settings);
    g_autoptr (AnalysisDataset) b = open_dataset (&backward, &settings);
    g_assert_true (g_strv_equal (analysis_dataset_validation_events (a),
                                 analysis_dataset_validation_events (b)));
    n_changed += !g_strv_equal (first_events, analysis_dataset_validation_events (a));
  }
  g_assert_cmpuint (n_changed, >=, 3);
  g_assert_cmpuint (n_changed, <, 6);
}

static void
test_shuffle (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 5, 3);
  AnalysisDatasetSettings settings = plain;
  settings.validation_fraction = 0;
  g_autoptr (AnalysisDataset) dataset = open_dataset (&tiny, &settings);
  NnBatchSource *source = analysis_dataset_training (dataset);
  g_assert_cmpuint (source->n_batches (source), ==, 4);

  NnRng rng;
  nn_rng_seed (&rng, 5);
  g_autoptr (GArray) fixed = pass_lengths (source, NULL);
  g_autoptr (GArray) first = pass_lengths (source, &rng);
  g_autoptr (GArray) second = pass_lengths (source, &rng);
  nn_rng_seed (&rng, 5);
  g_autoptr (GArray) again = pass_lengths (source, &rng);
  g_autoptr (GArray) fixed_again = pass_lengths (source, NULL);
  const size_t bytes = 15 * sizeof (size_t);
  g_assert_cmpuint (first->len, ==, 15);
  g_assert_cmpmem (first->data, bytes, again->data, bytes);
  g_assert_cmpmem (fixed->data, bytes, fixed_again->data, bytes);
  g_assert_cmpint (memcmp (first->data, second->data, bytes), !=, 0);
  g_assert_cmpint (memcmp (first->data, fixed->data, bytes), !=, 0);
  g_array_sort (first, compare_sizes);
  g_array_sort (fixed, compare_sizes);
  g_assert_cmpmem (first->data, bytes, fixed->data, bytes);
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Means and scales are the medians over the training events, taken here the long way. */
static void
test_normalisation (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 6, 2);
  g_autoptr (AnalysisDataset) dataset = open_dataset (&tiny, &plain);
  const size_t n = analysis_dataset_n_training (dataset);
  g_assert_cmpuint (n, ==, 8);
  g_autoptr (GPtrArray) infos = seismic_library_list_signals (tiny.library, NULL);
  const AnalysisPreparation at_20 = {.rate_hz = 20};
  for (size_t c = 0; c < 3; c++) {
    double means[8], variances[8];
    size_t k = 0;
    for (size_t i = 0; i < infos->len; i++) {
      const SeismicSignalInfo *info = infos->pdata[i];
      if (in_list (analysis_dataset_validation_events (dataset), info->event_id))
        continue;
      g_auto (AnalysisSeries) series = {0};
      g_assert_true (
          analysis_series_read (tiny.library, info->id, &at_20, &series, NULL));
      double sum = 0, squares = 0;
      for (size_t t = 0; t < series.n_samples; t++) {
        const double x = series.samples[c * series.n_samples + t];
        sum += x;
        squares += x * x;
      }
      means[k] = sum / (double)series.n_samples;
      variances[k] = squares / (double)series.n_samples - means[k] * means[k];
      k++;
    }
    qsort (means, k, sizeof (double), compare_doubles);
    qsort (variances, k, sizeof (double), compare_doubles);
    g_assert_cmpfloat_with_epsilon (analysis_dataset_mean (dataset)[c],
                                    (means[3] + means[4]) / 2, 1e-9);
    const double scale = sqrt ((variances[3] + variances[4]) / 2);
    g_assert_cmpfloat_with_epsilon (analysis_dataset_scale (dataset)[c] / scale, 1, 1e-9);
  }
}

/* East: flat everywhere. North: flat in most. Up: never. */
static void
test_flat (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_put_event (&tiny, "ev", 0);
  for (size_t s = 0; s < 3; s++) {
    int32_t samples[3][100];
    for (size_t t = 0; t < 100; t++) {
      samples[0][t] = 1234;
      samples[1][t] = s == 0 ? (int32_t)(t % 2) * 10 : -7;
      samples[2][t] = (int32_t)(t % 2) * 20;
    }
    g_autofree char *station = g_strdup_printf ("S%zu", s);
    tiny_library_put_samples (&tiny, "ev", station, 20, samples[0], 100);
  }
  AnalysisDatasetSettings settings = plain;
  settings.rate_hz = 0;
  g_autoptr (AnalysisDataset) dataset = open_dataset (&tiny, &settings);
  const double *scale = analysis_dataset_scale (dataset);
  g_assert_cmpfloat (scale[0], ==, 1);
  g_assert_cmpfloat_with_epsilon (scale[1], 10, 0.01);
  g_assert_cmpfloat_with_epsilon (scale[2], 20, 0.01);

  NnBatchSource *source = analysis_dataset_training (dataset);
  g_auto (NnBatch) batch = {0};
  source->begin (source, NULL);
  g_assert_true (source->fill (source, 0, &batch, NULL));
  for (size_t i = 0; i < batch.n_signals * batch.max_length; i++) {
    g_assert_cmpfloat (batch.data[3 * i], ==, 0);
    g_assert_true (isfinite (batch.data[3 * i + 1]));
  }
}

/* Without room in memory the batches are the same, read again; a lost file is an error.
 */
static void
test_cache (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  AnalysisDatasetSettings settings = plain;
  settings.validation_fraction = 0;
  g_autoptr (AnalysisDataset) kept = open_dataset (&tiny, &settings);
  settings.cache_bytes = 1;
  g_autoptr (AnalysisDataset) reread = open_dataset (&tiny, &settings);
  NnBatchSource *a = analysis_dataset_training (kept);
  NnBatchSource *b = analysis_dataset_training (reread);
  g_auto (NnBatch) x = {0}, y = {0};
  a->begin (a, NULL);
  b->begin (b, NULL);
  for (size_t i = 0; i < a->n_batches (a); i++) {
    g_assert_true (a->fill (a, i, &x, NULL));
    g_assert_true (b->fill (b, i, &y, NULL));
    g_assert_cmpuint (x.n_signals, ==, y.n_signals);
    g_assert_cmpuint (x.max_length, ==, y.max_length);
    const size_t bytes = x.n_signals * x.max_length * 3 * sizeof (nn_real);
    g_assert_cmpmem (x.data, bytes, y.data, bytes);
  }

  g_autofree char *path = tiny_library_record_path (&tiny, "ev2", "S0");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_autoptr (GError) error = NULL;
  for (size_t i = 0; i < a->n_batches (a); i++) {
    g_assert_true (a->fill (a, i, &x, NULL));
    if (error == NULL)
      b->fill (b, i, &y, &error);
  }
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "ev2/XX.S0..HN"));
}

static void
test_skips (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  static const char *const events[] = {"ev1", "ev0"};
  g_autofree char *path = tiny_library_record_path (&tiny, "ev1", "S1");
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));

  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GError) error = NULL;
  AnalysisDatasetSettings settings = plain;
  settings.validation_fraction = 0;
  g_autoptr (AnalysisDataset) dataset =
      analysis_dataset_new (tiny.library, &settings, NULL, NULL, skipped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (analysis_dataset_n_training (dataset), ==, 3);
  g_assert_cmpuint (skipped->len, ==, 1);
  const SeismicSkip *skip = skipped->pdata[0];
  g_assert_cmpstr (skip->item, ==, "ev1/XX.S1..HN");
  g_assert_nonnull (skip->reason);

  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < 2; j++) {
      const char *stations[] = {"S0", "S1"};
      g_autofree char *other = tiny_library_record_path (&tiny, events[i], stations[j]);
      g_remove (other);
    }
  g_assert_null (
      analysis_dataset_new (tiny.library, &settings, NULL, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
}

/* What the network would pool to nothing is left out, and named. */
static void
test_too_short (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_put_event (&tiny, "ev0", 0);
  tiny_library_put_record (&tiny, "ev0", "S0", 20, 300, 1);
  tiny_library_put_record (&tiny, "ev0", "S1", 20, 301, 2);
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GError) error = NULL;
  AnalysisDatasetSettings settings = plain;
  settings.validation_fraction = 0;
  settings.shortest = 300; /* of differences: the first has 299 */
  g_autoptr (AnalysisDataset) dataset =
      analysis_dataset_new (tiny.library, &settings, NULL, NULL, skipped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (analysis_dataset_n_training (dataset), ==, 1);
  g_assert_cmpuint (skipped->len, ==, 1);
  const SeismicSkip *skip = skipped->pdata[0];
  g_assert_cmpstr (skip->item, ==, "ev0/XX.S0..HN");
  g_assert_error (skip->reason, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
  g_assert_nonnull (strstr (skip->reason->message, "299"));
}

/* The split and the normalisation of a training that goes on. */
static void
test_given (void)
{
  static const char *const held_out[] = {"ev1", "ev9", NULL};
  static const double mean[] = {1, 2, 3}, scale[] = {4, 5, 6};
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  AnalysisDatasetSettings settings = plain;
  settings.validation_events = held_out;
  settings.mean = mean;
  settings.scale = scale;
  g_autoptr (AnalysisDataset) dataset = open_dataset (&tiny, &settings);
  g_assert_cmpuint (analysis_dataset_n_training (dataset), ==, 4);
  g_assert_cmpuint (analysis_dataset_n_validation (dataset), ==, 2);
  g_assert_true (g_strv_equal (analysis_dataset_validation_events (dataset), held_out));
  for (size_t c = 0; c < 3; c++) {
    g_assert_cmpfloat (analysis_dataset_mean (dataset)[c], ==, mean[c]);
    g_assert_cmpfloat (analysis_dataset_scale (dataset)[c], ==, scale[c]);
  }

  static const char *const all[] = {"ev0", "ev1", "ev2", NULL};
  g_autoptr (GError) error = NULL;
  settings.validation_events = all;
  g_assert_null (
      analysis_dataset_new (tiny.library, &settings, NULL, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
}

static void
test_settings (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  AnalysisDatasetSettings wrong[5] = {plain, plain, plain, plain, plain};
  wrong[0].rate_hz = -20;
  wrong[1].validation_fraction = 0.95;
  wrong[2].validation_fraction = NAN;
  wrong[3].validation_fraction = -0.1;
  wrong[4].batch_size = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (
        analysis_dataset_new (tiny.library, &wrong[i], NULL, NULL, NULL, &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (analysis_dataset_new (tiny.library, &plain, NULL, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
}

static bool
stop_at_two (const SeismicProgress *progress, void *user_data)
{
  size_t *calls = user_data;
  g_assert_cmpuint (progress->done, ==, *calls);
  g_assert_cmpuint (progress->total, ==, 4);
  return ++*calls < 3;
}

static void
test_cancel (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  size_t calls = 0;
  g_autoptr (GError) error = NULL;
  g_assert_null (
      analysis_dataset_new (tiny.library, &plain, stop_at_two, &calls, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (calls, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/dataset/split", test_split);
  g_test_add_func ("/analysis/dataset/fractions", test_fractions);
  g_test_add_func ("/analysis/dataset/seed", test_seed);
  g_test_add_func ("/analysis/dataset/shuffle", test_shuffle);
  g_test_add_func ("/analysis/dataset/normalisation", test_normalisation);
  g_test_add_func ("/analysis/dataset/flat", test_flat);
  g_test_add_func ("/analysis/dataset/cache", test_cache);
  g_test_add_func ("/analysis/dataset/skips", test_skips);
  g_test_add_func ("/analysis/dataset/too-short", test_too_short);
  g_test_add_func ("/analysis/dataset/given", test_given);
  g_test_add_func ("/analysis/dataset/settings", test_settings);
  g_test_add_func ("/analysis/dataset/cancel", test_cancel);
  return g_test_run ();
}
