#include "analysis/dataset.h"
#include "analysis/batch-order.h"
#include "analysis/error.h"
#include "analysis/lot.h"
#include "seismic/library-quality.h"
#include "seismic/signal-query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_CHANNELS SEISMIC_N_COMPONENTS

typedef struct {
  char *id, *event_id; /* owned */
  size_t n_samples;    /* T after preprocessing */
  double mean[N_CHANNELS], variance[N_CHANNELS];
  AnalysisSeries series; /* samples NULL when not kept in memory */
} Member;

/* One side of the split. */
typedef struct {
  NnBatchSource source; /* first: a Side is an NnBatchSource */
  AnalysisDataset *dataset;
  size_t n;
  size_t *members; /* (n) indices into the dataset's members, ascending; owned */
  size_t *lengths; /* (n) of them; owned */
  size_t *order;   /* (n) of the current pass, into members; owned */
} Side;

struct AnalysisDataset {
  SeismicLibrary *library; /* borrowed */
  AnalysisDatasetSettings settings;
  size_t n_left_out;        /* signals */
  GArray *members;          /* Member, owned */
  char **validation_events; /* owned */
  double mean[N_CHANNELS], scale[N_CHANNELS];
  Side training, validation;
};

static void
member_clear (void *data)
{
  Member *member = data;
  g_free (member->id);
  g_free (member->event_id);
  analysis_series_clear (&member->series);
}

static Member *
get_member (const AnalysisDataset *dataset, size_t index)
{
  return &g_array_index (dataset->members, Member, index);
}

static void
measure (Member *member)
{
  const size_t n = member->series.n_samples;
  for (size_t c = 0; c < N_CHANNELS; c++) {
    const float *samples = member->series.samples + c * n;
    double sum = 0, squares = 0;
    for (size_t t = 0; t < n; t++)
      sum += samples[t];
    const double mean = sum / (double)n;
    for (size_t t = 0; t < n; t++)
      squares += (samples[t] - mean) * (samples[t] - mean);
    member->mean[c] = mean;
    member->variance[c] = squares / (double)n;
  }
}

static size_t
series_bytes (const AnalysisSeries *series)
{
  return series->n_samples * N_CHANNELS * sizeof (float);
}

static void
skip (GPtrArray *skipped, const char *id, GError *reason)
{
  if (skipped != NULL)
    g_ptr_array_add (skipped, seismic_skip_new (id, reason));
  else
    g_error_free (reason);
}

static bool
tell (SeismicProgressFunc progress, void *user_data, size_t done, size_t total,
      const char *item, GError **error)
{
  const SeismicProgress now = {.done = done, .total = total, .item = item};
  if (progress == NULL || progress (&now, user_data))
    return true;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "reading the signals was stopped");
  return false;
}

static AnalysisPreparation
get_preparation (const AnalysisDataset *dataset)
{
  return (AnalysisPreparation){.rate_hz = dataset->settings.rate_hz,
                               .window = dataset->settings.window};
}

/* The preprocessed samples of a signal that can be trained on. */
static bool
read_series (const AnalysisDataset *dataset, const char *id, AnalysisSeries *series,
             GError **error)
{
  const AnalysisPreparation preparation = get_preparation (dataset);
  if (!analysis_series_read (dataset->library, id, &preparation, series, error))
    return false;
  if (series->n_samples >= dataset->settings.shortest)
    return true;
  g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
               "%zu samples are too few for the network, which needs %zu",
               series->n_samples, dataset->settings.shortest);
  analysis_series_clear (series);
  return false;
}

/* With a query that looks at it, the quality is to be known; a library that cannot be
 * written keeps what is known of it. */
static bool
update_quality (SeismicLibrary *library, SeismicProgressFunc progress, void *user_data,
                GError **error)
{
  g_autoptr (GError) reason = NULL;
  size_t n;
  if (!seismic_library_count_unjudged (library, &n, error))
    return false;
  if (n == 0 ||
      seismic_library_update_quality (library, progress, user_data, NULL, &reason) ||
      g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return true;
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

GPtrArray *
analysis_dataset_list (SeismicLibrary *library, const char *signals,
                       SeismicProgressFunc progress, void *user_data, size_t *n_left_out,
                       GError **error)
{
  g_auto (SeismicSignalQuery) query = {0};
  g_autoptr (GError) flaw = NULL;
  if (!seismic_signal_query_from_text (signals != NULL ? signals : "", &query, &flaw)) {
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS, flaw->message);
    return NULL;
  }
  if (seismic_signal_query_needs_quality (&query) &&
      !update_quality (library, progress, user_data, error))
    return NULL;
  g_autoptr (GPtrArray) infos = seismic_library_list_signals (library, error);
  if (infos == NULL)
    return NULL;
  const guint n = infos->len;
  for (guint i = n; i > 0; i--)
    if (!seismic_signal_query_matches (&query, infos->pdata[i - 1]))
      g_ptr_array_remove_index (infos, i - 1);
  *n_left_out = n - infos->len;
  return g_steal_pointer (&infos);
}

/* Why there is nothing to train on. */
static void
set_none (GError **error, const AnalysisDataset *dataset, guint n_taken,
          const GPtrArray *skipped)
{
  const guint n = skipped != NULL ? skipped->len : 0;
  const SeismicSkip *last = n > 0 ? skipped->pdata[n - 1] : NULL;
  if (n_taken == 0 && dataset->n_left_out > 0)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "none of the library's %zu signals is one of \"%s\"",
                 dataset->n_left_out, dataset->settings.signals);
  else if (last != NULL)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "no signal can be trained on (%u of %u skipped; %s: %s)", n_taken,
                 n_taken, last->item, last->reason->message);
  else
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "the library has no signal that can be read (%u of %u skipped)", n_taken,
                 n_taken);
}

static bool
read_members (AnalysisDataset *dataset, SeismicProgressFunc progress, void *user_data,
              GPtrArray *skipped, GError **error)
{
  g_autoptr (GPtrArray) infos =
      analysis_dataset_list (dataset->library, dataset->settings.signals, progress,
                             user_data, &dataset->n_left_out, error);
  if (infos == NULL)
    return false;

  size_t cached = 0;
  for (size_t i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = infos->pdata[i];
    if (!tell (progress, user_data, i, infos->len, info->id, error))
      return false;
    Member member = {0};
    GError *reason = NULL;
    if (!read_series (dataset, info->id, &member.series, &reason)) {
      skip (skipped, info->id, reason);
      continue;
    }
    member.id = g_strdup (info->id);
    member.event_id = g_strdup (info->event_id);
    member.n_samples = member.series.n_samples;
    measure (&member);
    if (cached + series_bytes (&member.series) <= dataset->settings.cache_bytes)
      cached += series_bytes (&member.series);
    else
      analysis_series_clear (&member.series);
    g_array_append_val (dataset->members, member);
  }
  if (!tell (progress, user_data, infos->len, infos->len, NULL, error))
    return false;
  if (dataset->members->len == 0) {
    set_none (error, dataset, infos->len, skipped);
    return false;
  }
  return true;
}

typedef struct {
  uint64_t key;
  const char *id;
} Ticket;

static int
compare_tickets (const void *a, const void *b)
{
  const Ticket *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return strcmp (x->id, y->id);
}

static int
compare_strings (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static size_t
count_held_out (size_t n_events, double fraction)
{
  if (fraction <= 0 || n_events < 2)
    return 0;
  const size_t wanted = (size_t)llround (fraction * (double)n_events);
  return CLAMP (wanted, 1, n_events - 1);
}

/* The events with the lowest lots. */
char **
analysis_dataset_draw (GHashTable *events, double fraction, uint64_t seed)
{
  g_autoptr (GArray) tickets = g_array_new (FALSE, FALSE, sizeof (Ticket));
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, events);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    const Ticket ticket = {.key = analysis_lot (seed, id), .id = id};
    g_array_append_val (tickets, ticket);
  }
  g_array_sort (tickets, compare_tickets);
  const size_t n = count_held_out (tickets->len, fraction);
  char **drawn = g_new0 (char *, n + 1);
  for (size_t i = 0; i < n; i++)
    drawn[i] = g_strdup (g_array_index (tickets, Ticket, i).id);
  qsort (drawn, n, sizeof (char *), compare_strings);
  return drawn;
}

/* Draws the validation side, unless it is given. */
static void
choose_validation_events (AnalysisDataset *dataset)
{
  const AnalysisDatasetSettings *settings = &dataset->settings;
  if (settings->validation_events != NULL) {
    dataset->validation_events = g_strdupv ((char **)settings->validation_events);
    return;
  }
  g_autoptr (GHashTable) events = g_hash_table_new (g_str_hash, g_str_equal);
  for (size_t i = 0; i < dataset->members->len; i++)
    g_hash_table_add (events, get_member (dataset, i)->event_id);
  dataset->validation_events =
      analysis_dataset_draw (events, settings->validation_fraction, settings->seed);
}

static bool
is_held_out (const AnalysisDataset *dataset, const char *event_id)
{
  return g_strv_contains ((const char *const *)dataset->validation_events, event_id);
}

static size_t
side_n_batches (NnBatchSource *source)
{
  const Side *side = (const Side *)source;
  const size_t size = side->dataset->settings.batch_size;
  return side->n / size + (side->n % size != 0);
}

static void
side_begin (NnBatchSource *source, NnRng *rng)
{
  Side *side = (Side *)source;
  analysis_batch_order (side->order, side->lengths, side->n,
                        side->dataset->settings.batch_size, rng);
}

/* The member's samples: those in memory, else read anew into storage. */
static const AnalysisSeries *
member_series (const AnalysisDataset *dataset, const Member *member,
               AnalysisSeries *storage, GError **error)
{
  if (member->series.samples != NULL)
    return &member->series;
  const AnalysisPreparation preparation = get_preparation (dataset);
  if (!analysis_series_read (dataset->library, member->id, &preparation, storage,
                             error)) {
    g_prefix_error (error, "%s: ", member->id);
    return NULL;
  }
  if (storage->n_samples != member->n_samples) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                 "%s: changed from %zu to %zu samples while in use", member->id,
                 member->n_samples, storage->n_samples);
    return NULL;
  }
  return storage;
}

static bool
side_fill (NnBatchSource *source, size_t index, NnBatch *batch, GError **error)
{
  const Side *side = (const Side *)source;
  const AnalysisDataset *dataset = side->dataset;
  const size_t first = index * dataset->settings.batch_size;
  const size_t n = MIN (dataset->settings.batch_size, side->n - first);
  size_t longest = 1;
  for (size_t i = 0; i < n; i++) {
    const size_t member = side->members[side->order[first + i]];
    longest = MAX (longest, get_member (dataset, member)->n_samples);
  }

  nn_batch_resize (batch, n, longest, N_CHANNELS);
  for (size_t i = 0; i < n; i++) {
    const size_t member = side->members[side->order[first + i]];
    g_auto (AnalysisSeries) storage = {0};
    const AnalysisSeries *series =
        member_series (dataset, get_member (dataset, member), &storage, error);
    if (series == NULL)
      return false;
    analysis_series_normalise (series, dataset->mean, dataset->scale, batch, i);
  }
  return true;
}

static void
side_init (Side *side, AnalysisDataset *dataset, bool held_out)
{
  side->source = (NnBatchSource){
      .n_batches = side_n_batches,
      .begin = side_begin,
      .fill = side_fill,
  };
  side->dataset = dataset;
  side->members = g_new (size_t, dataset->members->len);
  side->lengths = g_new (size_t, dataset->members->len);
  side->order = g_new (size_t, dataset->members->len);
  for (size_t i = 0; i < dataset->members->len; i++) {
    const Member *member = get_member (dataset, i);
    if (is_held_out (dataset, member->event_id) != held_out)
      continue;
    side->lengths[side->n] = member->n_samples;
    side->members[side->n++] = i;
  }
  side_begin (&side->source, NULL);
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Sorts values (n), n ≥ 1. */
static double
median (double *values, size_t n)
{
  qsort (values, n, sizeof (double), compare_doubles);
  return n % 2 == 1 ? values[n / 2]
                    : values[n / 2 - 1] + (values[n / 2] - values[n / 2 - 1]) / 2;
}

/* Of variances (n), sorted by this. */
static double
scale_of (double *variances, size_t n)
{
  double variance = median (variances, n);
  size_t n_flat = 0;
  while (n_flat < n && variances[n_flat] <= 0)
    n_flat++;
  if (variance <= 0 && n_flat < n)
    variance = median (variances + n_flat, n - n_flat);
  return variance > 0 ? sqrt (variance) : 1;
}

static void
normalise (AnalysisDataset *dataset)
{
  const Side *side = &dataset->training;
  if (dataset->settings.mean != NULL && dataset->settings.scale != NULL) {
    memcpy (dataset->mean, dataset->settings.mean, sizeof dataset->mean);
    memcpy (dataset->scale, dataset->settings.scale, sizeof dataset->scale);
    return;
  }
  g_autofree double *values = g_new (double, side->n);
  for (size_t c = 0; c < N_CHANNELS; c++) {
    for (size_t i = 0; i < side->n; i++)
      values[i] = get_member (dataset, side->members[i])->mean[c];
    dataset->mean[c] = median (values, side->n);
    for (size_t i = 0; i < side->n; i++)
      values[i] = get_member (dataset, side->members[i])->variance[c];
    dataset->scale[c] = scale_of (values, side->n);
  }
}

bool
analysis_dataset_check (const AnalysisDatasetSettings *settings, GError **error)
{
  if (!analysis_rate_is_valid (settings->rate_hz))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "sampling rate %g Hz is not 0 or %g to %g Hz", settings->rate_hz,
                 ANALYSIS_RATE_MIN, ANALYSIS_RATE_MAX);
  else if (!(settings->validation_fraction >= 0 &&
             settings->validation_fraction <= ANALYSIS_VALIDATION_MOST))
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "validation fraction %g is not 0 to %g", settings->validation_fraction,
                 ANALYSIS_VALIDATION_MOST);
  else if (settings->batch_size < 1)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "batch size %zu is not at least 1", settings->batch_size);
  else
    return true;
  return false;
}

AnalysisDataset *
analysis_dataset_new (SeismicLibrary *library, const AnalysisDatasetSettings *settings,
                      SeismicProgressFunc progress, void *user_data, GPtrArray *skipped,
                      GError **error)
{
  if (!analysis_dataset_check (settings, error))
    return NULL;
  g_autoptr (AnalysisDataset) dataset = g_new0 (AnalysisDataset, 1);
  dataset->library = library;
  dataset->settings = *settings;
  if (dataset->settings.cache_bytes == 0)
    dataset->settings.cache_bytes = ANALYSIS_DATASET_CACHE_BYTES;
  dataset->members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_array_set_clear_func (dataset->members, member_clear);
  if (!read_members (dataset, progress, user_data, skipped, error))
    return NULL;

  choose_validation_events (dataset);
  side_init (&dataset->training, dataset, false);
  side_init (&dataset->validation, dataset, true);
  if (dataset->training.n == 0) {
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                         "every signal belongs to an event that is held out");
    return NULL;
  }
  normalise (dataset);
  dataset->settings.validation_events = NULL; /* no longer borrowed */
  dataset->settings.mean = dataset->settings.scale = NULL;
  return g_steal_pointer (&dataset);
}

void
analysis_dataset_free (AnalysisDataset *dataset)
{
  if (dataset == NULL)
    return;
  g_clear_pointer (&dataset->members, g_array_unref);
  g_strfreev (dataset->validation_events);
  Side *sides[] = {&dataset->training, &dataset->validation};
  for (size_t i = 0; i < G_N_ELEMENTS (sides); i++) {
    g_free (sides[i]->members);
    g_free (sides[i]->lengths);
    g_free (sides[i]->order);
  }
  g_free (dataset);
}

NnBatchSource *
analysis_dataset_training (AnalysisDataset *dataset)
{
  return &dataset->training.source;
}

NnBatchSource *
analysis_dataset_validation (AnalysisDataset *dataset)
{
  return dataset->validation.n > 0 ? &dataset->validation.source : NULL;
}

size_t
analysis_dataset_n_training (const AnalysisDataset *dataset)
{
  return dataset->training.n;
}

size_t
analysis_dataset_n_validation (const AnalysisDataset *dataset)
{
  return dataset->validation.n;
}

size_t
analysis_dataset_n_left_out (const AnalysisDataset *dataset)
{
  return dataset->n_left_out;
}

const double *
analysis_dataset_mean (const AnalysisDataset *dataset)
{
  return dataset->mean;
}

const double *
analysis_dataset_scale (const AnalysisDataset *dataset)
{
  return dataset->scale;
}

const char *const *
analysis_dataset_validation_events (const AnalysisDataset *dataset)
{
  return (const char *const *)dataset->validation_events;
}

char **
analysis_dataset_validation_signals (const AnalysisDataset *dataset)
{
  const Side *side = &dataset->validation;
  char **ids = g_new0 (char *, side->n + 1);
  for (size_t i = 0; i < side->n; i++)
    ids[i] = g_strdup (get_member (dataset, side->members[i])->id);
  qsort (ids, side->n, sizeof *ids, compare_strings);
  return ids;
}
