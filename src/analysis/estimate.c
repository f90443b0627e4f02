#include "analysis/estimate.h"
#include "analysis/batch-order.h"
#include "analysis/error.h"
#include "nn/adam.h"
#include "nn/rng.h"
#include "seismic/filter.h"

#include <math.h>

#define N_CHANNELS SEISMIC_N_COMPONENTS
/* A step that takes as long is long enough to tell; samples of the first tried. */
#define TELLING_S 0.15
#define FIRST_LENGTH 256
/* Of a training batch: forward and twice as much back, where validation is forward. */
#define VALIDATION_SHARE (1.0 / 3)
/* Batches that are read ahead, on either side of the split, and the one at hand. */
#define N_BATCHES_HELD 3

typedef struct {
  SeismicProgressFunc progress;
  void *user_data;
} Asked;

static bool
go_on (void *data)
{
  const Asked *asked = data;
  return asked->progress == NULL ||
         asked->progress (&(SeismicProgress){0}, asked->user_data);
}

static bool
fail_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "the estimate was stopped");
  return false;
}

/* Samples that a signal has for the network, by the catalogue; 0: it cannot be used. */
static size_t
get_length (SeismicLibrary *library, const SeismicSignalInfo *info,
            const AnalysisTrainingSettings *settings)
{
  const AnalysisDatasetSettings *dataset = &settings->dataset;
  const SeismicSignal signal = {
      .start_ns = info->start_ns, .rate_hz = info->rate_hz, .n_samples = info->n_samples};
  size_t first, n = info->n_samples;
  int64_t arrival_ns = 0;
  if (dataset->window.kind == ANALYSIS_WINDOW_PEAK) { /* which only the samples tell */
    const double length = dataset->window.length_s * info->rate_hz;
    if ((double)n < ANALYSIS_WINDOW_THERE * length)
      return 0;
    n = MIN (n, (size_t)llround (length));
  } else if (dataset->window.kind == ANALYSIS_WINDOW_P &&
             !analysis_window_arrival (library, info, &arrival_ns, NULL))
    return 0;
  else if (!analysis_window_find (&dataset->window, &signal, arrival_ns, &first, &n,
                                  NULL))
    return 0;
  if (dataset->rate_hz > 0 && n > 0)
    n = seismic_filter_resampled_length (n, info->rate_hz, dataset->rate_hz);
  return n > nn_config_shortest (&settings->network) ? n - 1 : 0;
}

/* The signals that can be trained on: their lengths (size_t), of both sides. */
typedef struct {
  GArray *training, *validation;
} Lengths;

static void
lengths_clear (Lengths *lengths)
{
  g_array_unref (lengths->training);
  g_array_unref (lengths->validation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lengths, lengths_clear)

static void
split (Lengths *lengths, const GPtrArray *infos, const size_t *all,
       const AnalysisTrainingSettings *settings)
{
  g_autoptr (GHashTable) events = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < infos->len; i++)
    if (all[i] > 0)
      g_hash_table_add (events, ((SeismicSignalInfo *)infos->pdata[i])->event_id);
  g_auto (GStrv) held_out = analysis_dataset_draw (
      events, settings->dataset.validation_fraction, settings->seed);
  for (guint i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = infos->pdata[i];
    if (all[i] > 0)
      g_array_append_val (g_strv_contains ((const char *const *)held_out, info->event_id)
                              ? lengths->validation
                              : lengths->training,
                          all[i]);
  }
}

static bool
find_lengths (Lengths *lengths, SeismicLibrary *library,
              const AnalysisTrainingSettings *settings, Asked *asked,
              AnalysisEstimate *estimate, GError **error)
{
  g_autoptr (GPtrArray) infos =
      analysis_dataset_list (library, settings->dataset.signals, asked->progress,
                             asked->user_data, &estimate->n_left_out, error);
  if (infos == NULL)
    return false;
  g_autofree size_t *all = g_new (size_t, infos->len + 1);
  for (guint i = 0; i < infos->len; i++) {
    if (!go_on (asked))
      return fail_cancelled (error);
    all[i] = get_length (library, infos->pdata[i], settings);
    estimate->n_unfit += all[i] == 0;
  }
  split (lengths, infos, all, settings);
  if (lengths->training->len > 0)
    return true;
  g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
               "no signal can be trained on: %zu are not chosen, %zu are too short or "
               "without the window",
               estimate->n_left_out, estimate->n_unfit);
  return false;
}

static void
fill_noise (NnBatch *batch, size_t n_signals, size_t length)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  nn_batch_resize (batch, n_signals, length, N_CHANNELS);
  for (size_t i = 0; i < n_signals; i++)
    batch->lengths[i] = length;
  for (size_t i = 0; i < n_signals * length * N_CHANNELS; i++)
    batch->data[i] = (nn_real)nn_rng_normal (&rng);
}

/* Seconds of a training step; NAN when stopped. */
static double
time_step (NnAutoencoder *network, const NnBatch *batch, const NnLoss *loss,
           const NnPoll *poll)
{
  const NnAdam adam = {.learning_rate = 1e-9, .gradient_scale = 1};
  NnParams *params = nn_autoencoder_get_params (network);
  const int64_t start_us = g_get_monotonic_time ();
  double value;
  if (!nn_autoencoder_backward (network, batch, loss, 1, &value, NULL, poll))
    return NAN;
  nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                &adam, 1);
  return (double)(g_get_monotonic_time () - start_us) / 1e6;
}

/* Seconds of a step are offset + slope × samples of each of the batch's n_signals. */
typedef struct {
  double offset, slope;
  size_t n_signals;
} Line;

static bool
measure_line (NnAutoencoder *network, const AnalysisTrainingSettings *settings,
              size_t n_signals, size_t longest, Asked *asked, Line *line, GError **error)
{
  const NnPoll poll = {go_on, asked};
  g_auto (NnBatch) batch = {0};
  double last_length = 0, last_s = 0;
  line->n_signals = n_signals;
  size_t length = MAX (nn_config_shortest (&settings->network), FIRST_LENGTH);
  for (;;) {
    length = MIN (length, longest);
    fill_noise (&batch, n_signals, length);
    /* The first pass finds its memory cold; and of two the quicker was disturbed less. */
    double least_s = INFINITY;
    for (size_t i = 0; i < 3 && (i < 2 || least_s < TELLING_S); i++) {
      const double s = time_step (network, &batch, &settings->trainer.loss, &poll);
      if (isnan (s))
        return fail_cancelled (error);
      least_s = fmin (least_s, s);
    }
    const bool enough = least_s >= TELLING_S || length == longest;
    line->slope = least_s / (double)length;
    if (enough && last_s > 0 && least_s > last_s) /* no step begins before nothing */
      line->slope =
          fmin (line->slope, (least_s - last_s) / ((double)length - last_length));
    line->offset = fmax (least_s - line->slope * (double)length, 0);
    if (enough)
      return true;
    last_length = (double)length;
    last_s = least_s;
    length *= 2;
  }
}

/* What the batches of one side need, together or at most, and how long they take. */
typedef struct {
  size_t n_batches, network_bytes, batch_bytes, series_bytes;
  double seconds;
} Side;

static Side
find_side (const GArray *lengths, const AnalysisTrainingSettings *settings,
           const Line *line)
{
  const size_t n = lengths->len, size = settings->dataset.batch_size;
  const size_t *all = (const size_t *)(gconstpointer)lengths->data;
  g_autofree size_t *order = g_new (size_t, n + 1);
  g_autofree size_t *in_batch = g_new (size_t, MIN (size, n) + 1);
  Side side = {0};
  analysis_batch_order (order, all, n, size, NULL);
  for (size_t first = 0; first < n; first += size) {
    const size_t n_signals = MIN (size, n - first);
    size_t longest = 0, sum = 0;
    for (size_t i = 0; i < n_signals; i++) {
      in_batch[i] = all[order[first + i]];
      longest = MAX (longest, in_batch[i]);
      sum += in_batch[i];
      side.series_bytes += in_batch[i] * N_CHANNELS * sizeof (float);
    }
    side.network_bytes =
        MAX (side.network_bytes,
             nn_autoencoder_measure (&settings->network, in_batch, n_signals));
    side.batch_bytes =
        MAX (side.batch_bytes, n_signals * longest * N_CHANNELS * sizeof (nn_real));
    /* A signal that has ended is no more work in its batch. */
    side.seconds += line->offset + line->slope * (double)sum / (double)line->n_signals;
    side.n_batches++;
  }
  return side;
}

static void
add_sides (AnalysisEstimate *estimate, const AnalysisTrainingSettings *settings,
           const Lengths *lengths, const Line *line)
{
  const Side training = find_side (lengths->training, settings, line);
  const Side validation = find_side (lengths->validation, settings, line);
  const size_t cache = settings->dataset.cache_bytes > 0 ? settings->dataset.cache_bytes
                                                         : ANALYSIS_DATASET_CACHE_BYTES;
  estimate->n_training = lengths->training->len;
  estimate->n_validation = lengths->validation->len;
  estimate->n_batches = training.n_batches;
  estimate->epoch_seconds = training.seconds + VALIDATION_SHARE * validation.seconds;
  /* The best and the last model beside the one that learns. */
  estimate->memory_bytes =
      MAX (training.network_bytes, validation.network_bytes) +
      MIN (training.series_bytes + validation.series_bytes, cache) +
      N_BATCHES_HELD * MAX (training.batch_bytes, validation.batch_bytes) +
      2 * estimate->n_parameters * sizeof (nn_real);
}

static size_t
find_longest (const Lengths *lengths)
{
  const GArray *const sides[] = {lengths->training, lengths->validation};
  size_t longest = 0;
  for (size_t s = 0; s < G_N_ELEMENTS (sides); s++)
    for (guint i = 0; i < sides[s]->len; i++)
      longest = MAX (longest, g_array_index (sides[s], size_t, i));
  return longest;
}

bool
analysis_estimate (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
                   SeismicProgressFunc progress, void *user_data,
                   AnalysisEstimate *estimate, GError **error)
{
  AnalysisEstimate found = {0};
  Asked asked = {progress, user_data};
  if (!analysis_training_check (settings, error))
    return false;
  g_auto (Lengths) lengths = {g_array_new (FALSE, FALSE, sizeof (size_t)),
                              g_array_new (FALSE, FALSE, sizeof (size_t))};
  if (!find_lengths (&lengths, library, settings, &asked, &found, error))
    return false;

  g_autoptr (NnAutoencoder) network =
      nn_autoencoder_new (&settings->network, settings->seed, error);
  Line line;
  if (network == NULL ||
      !measure_line (network, settings,
                     MIN (settings->dataset.batch_size, lengths.training->len),
                     find_longest (&lengths), &asked, &line, error))
    return false;
  found.n_parameters = nn_autoencoder_get_params (network)->size;
  add_sides (&found, settings, &lengths, &line);
  *estimate = found;
  return true;
}
