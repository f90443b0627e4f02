#include "analysis/embedding.h"
#include "analysis/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_CHANNELS SEISMIC_N_COMPONENTS
/* A batch holds so many signals, and fewer when they are long: B × T is bounded. */
#define BATCH_SIGNALS 8
#define BATCH_SAMPLES ((size_t)1 << 18)

void
analysis_embedding_free (AnalysisEmbedding *embedding)
{
  if (embedding == NULL)
    return;
  g_clear_pointer (&embedding->signals, g_ptr_array_unref);
  g_clear_pointer (&embedding->skipped, g_ptr_array_unref);
  analysis_matrix_clear (&embedding->values);
  g_free (embedding);
}

bool
analysis_embedding_kind_from_string (const char *name, AnalysisEmbeddingKind *kind)
{
  static const char *const names[] = {"hidden", "mean"};
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0) {
      *kind = (AnalysisEmbeddingKind)i;
      return true;
    }
  return false;
}

/* What one run carries from batch to batch. */
typedef struct {
  SeismicLibrary *library; /* borrowed */
  AnalysisModel *model;    /* borrowed */
  AnalysisEmbeddingKind kind;
  GPtrArray *infos;      /* SeismicSignalInfo; owned */
  AnalysisMatrix values; /* (infos, E): filled where no reason stands; owned */
  GError **reasons;      /* (infos) why a signal has no row; owned */
  AnalysisSeries pending[BATCH_SIGNALS];
  size_t rows[BATCH_SIGNALS]; /* of the pending signals */
  size_t n_pending, longest_pending;
} Run;

static void
run_clear (Run *run)
{
  for (size_t i = 0; run->infos != NULL && i < run->infos->len; i++)
    g_clear_error (&run->reasons[i]);
  g_clear_pointer (&run->reasons, g_free);
  g_clear_pointer (&run->infos, g_ptr_array_unref);
  analysis_matrix_clear (&run->values);
  for (size_t i = 0; i < BATCH_SIGNALS; i++)
    analysis_series_clear (&run->pending[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
flush (Run *run)
{
  if (run->n_pending == 0)
    return;
  const size_t width = run->values.columns;
  g_auto (NnBatch) batch = {0};
  g_autofree nn_real *answer = g_new (nn_real, run->n_pending * width);
  nn_batch_resize (&batch, run->n_pending, run->longest_pending, N_CHANNELS);
  for (size_t i = 0; i < run->n_pending; i++)
    analysis_series_normalise (&run->pending[i], run->model->checkpoint->mean,
                               run->model->checkpoint->scale, &batch, i);
  NnAutoencoder *network = run->model->checkpoint->model;
  if (run->kind == ANALYSIS_EMBEDDING_MEAN)
    nn_autoencoder_encode_mean (network, &batch, answer, NULL);
  else
    nn_autoencoder_encode (network, &batch, answer, NULL);

  for (size_t i = 0; i < run->n_pending; i++) {
    float *row = run->values.data + run->rows[i] * width;
    bool finite = true;
    for (size_t j = 0; j < width; j++) {
      row[j] = (float)answer[i * width + j];
      finite = finite && isfinite (row[j]);
    }
    if (!finite)
      g_set_error_literal (&run->reasons[run->rows[i]], ANALYSIS_ERROR,
                           ANALYSIS_ERROR_NUMERIC, "its embedding is not finite");
    analysis_series_clear (&run->pending[i]);
  }
  run->n_pending = run->longest_pending = 0;
}

static void
add (Run *run, size_t row)
{
  const SeismicSignalInfo *info = run->infos->pdata[row];
  g_auto (AnalysisSeries) series = {0};
  const AnalysisPreparation preparation = analysis_model_preparation (run->model);
  if (!analysis_series_read (run->library, info->id, &preparation, &series,
                             &run->reasons[row]) ||
      !analysis_model_check_length (run->model, series.n_samples, &run->reasons[row]))
    return;
  const size_t longest = MAX (run->longest_pending, series.n_samples);
  if (run->n_pending == BATCH_SIGNALS || (run->n_pending + 1) * longest > BATCH_SAMPLES)
    flush (run);
  run->longest_pending = MAX (run->longest_pending, series.n_samples);
  run->rows[run->n_pending] = row;
  run->pending[run->n_pending++] = series;
  series.samples = NULL;
}

typedef struct {
  double n_samples; /* expected at the model's rate */
  size_t row;
} Turn;

static int
compare_turns (const void *a, const void *b)
{
  const Turn *x = a, *y = b;
  if (x->n_samples != y->n_samples)
    return x->n_samples < y->n_samples ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

/* The rows from short to long, so that a batch wastes little on padding. */
static Turn *
plan (const GPtrArray *infos, double rate_hz)
{
  Turn *turns = g_new (Turn, infos->len);
  for (size_t i = 0; i < infos->len; i++) {
    const SeismicSignalInfo *info = infos->pdata[i];
    const double factor = rate_hz > 0 ? rate_hz / info->rate_hz : 1;
    turns[i] = (Turn){(double)info->n_samples * factor, i};
  }
  if (infos->len > 1)
    qsort (turns, infos->len, sizeof (Turn), compare_turns);
  return turns;
}

/* Rows without a reason move up; the others become skips. */
static AnalysisEmbedding *
collect (Run *run)
{
  const size_t width = run->values.columns;
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);
  embedding->kind = run->kind;
  embedding->signals =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  embedding->skipped = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  size_t n = 0;
  for (size_t i = 0; i < run->infos->len; i++) {
    const SeismicSignalInfo *info = run->infos->pdata[i];
    if (run->reasons[i] != NULL) {
      g_ptr_array_add (embedding->skipped,
                       seismic_skip_new (info->id, g_steal_pointer (&run->reasons[i])));
      continue;
    }
    g_ptr_array_add (embedding->signals, seismic_signal_info_copy (info));
    memmove (run->values.data + n++ * width, run->values.data + i * width,
             width * sizeof (float));
  }
  embedding->values = run->values;
  embedding->values.rows = n;
  run->values.data = NULL;
  return embedding;
}

static bool
tell (SeismicProgressFunc progress, void *user_data, size_t done, size_t total,
      const char *item, GError **error)
{
  const SeismicProgress now = {.done = done, .total = total, .item = item};
  if (progress == NULL || progress (&now, user_data))
    return true;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "embedding the signals was stopped");
  return false;
}

AnalysisEmbedding *
analysis_embed (SeismicLibrary *library, AnalysisModel *model, AnalysisEmbeddingKind kind,
                SeismicProgressFunc progress, void *user_data, GError **error)
{
  g_auto (Run) run = {.library = library, .model = model, .kind = kind};
  run.infos = seismic_library_list_signals (library, error);
  if (run.infos == NULL)
    return NULL;
  const size_t n = run.infos->len;
  run.reasons = g_new0 (GError *, n);
  analysis_matrix_init (&run.values, n,
                        nn_autoencoder_embedding_size (model->checkpoint->model));
  g_autofree Turn *turns = plan (run.infos, model->notes.rate_hz);
  for (size_t i = 0; i < n; i++) {
    const SeismicSignalInfo *info = run.infos->pdata[turns[i].row];
    if (!tell (progress, user_data, i, n, info->id, error))
      return NULL;
    add (&run, turns[i].row);
  }
  flush (&run);
  if (!tell (progress, user_data, n, n, NULL, error))
    return NULL;

  g_autoptr (AnalysisEmbedding) embedding = collect (&run);
  if (embedding->values.rows == 0) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "the library has no signal that can be embedded (%zu of %zu skipped)", n,
                 n);
    return NULL;
  }
  return g_steal_pointer (&embedding);
}

static void
append_field (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (csv, text);
    return;
  }
  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *c);
  }
  g_string_append_c (csv, '"');
}

/* The fewest digits that read back as the same float; nine always do. */
static void
append_number (GString *csv, float value)
{
  static const char *const formats[] = {"%.6g", "%.7g", "%.8g", "%.9g"};
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  for (size_t i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (text, sizeof text, formats[i], (double)value);
    if ((float)g_ascii_strtod (text, NULL) == value)
      break;
  }
  g_string_append (csv, text);
}

GBytes *
analysis_embedding_to_csv (const AnalysisEmbedding *embedding)
{
  const size_t width = embedding->values.columns;
  GString *csv = g_string_new ("signal");
  for (size_t j = 0; j < width; j++)
    g_string_append_printf (csv, ",e%zu", j);
  g_string_append_c (csv, '\n');
  for (size_t i = 0; i < embedding->values.rows; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    append_field (csv, info->id);
    for (size_t j = 0; j < width; j++) {
      g_string_append_c (csv, ',');
      append_number (csv, embedding->values.data[i * width + j]);
    }
    g_string_append_c (csv, '\n');
  }
  return g_string_free_to_bytes (csv);
}

/* https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: magic, version
 * 1.0, the length of the dictionary (uint16, little-endian), the dictionary padded with
 * blanks and a line feed so that the data begin at a multiple of 64 bytes. */
GBytes *
analysis_matrix_to_npy (const AnalysisMatrix *values)
{
  g_autoptr (GString) header = g_string_new (NULL);
  g_string_append_printf (
      header, "{'descr': '<f4', 'fortran_order': False, 'shape': (%zu, %zu), }",
      values->rows, values->columns);
  const size_t prefix = 10;
  while ((prefix + header->len + 1) % 64 != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');

  GByteArray *npy = g_byte_array_new ();
  const uint8_t magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  const uint16_t length = GUINT16_TO_LE ((uint16_t)header->len);
  g_byte_array_append (npy, magic, sizeof magic);
  g_byte_array_append (npy, (const uint8_t *)&length, sizeof length);
  g_byte_array_append (npy, (const uint8_t *)header->str, (guint)header->len);
  for (size_t i = 0; i < values->rows * values->columns; i++) {
    uint32_t bits;
    memcpy (&bits, &values->data[i], sizeof bits);
    bits = GUINT32_TO_LE (bits);
    g_byte_array_append (npy, (const uint8_t *)&bits, sizeof bits);
  }
  return g_byte_array_free_to_bytes (npy);
}
