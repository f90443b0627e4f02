#include "cli/figure.h"
#include "nn/trainer.h"
#include "plot/confusion-plot.h"
#include "plot/embedding-plot.h"
#include "plot/export.h"
#include "plot/loss-plot.h"
#include "plot/trace-plot.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* px; a PNG has twice as many pixels. */
#define WIDTH 1000.0
#define HEIGHT 640.0
#define PNG_SCALE 2.0

const char *const cli_figure_suffixes[] = {".png", ".svg", ".pdf", NULL};
const char *const cli_figure_or_csv_suffixes[] = {".csv", ".png", ".svg", ".pdf", NULL};

G_STATIC_ASSERT (SEISMIC_N_COMPONENTS == PLOT_TRACE_MAX);

static bool
put (CliFigureTarget target, double width, double height, PlotDrawFunc draw,
     const void *data, GError **error)
{
  if (target.path)
    return plot_export (target.path, width, height, PNG_SCALE, draw, data, error);
  GBytes *svg = plot_export_svg (width, height, draw, data, error);
  if (!svg)
    return false;
  *target.svg = svg;
  return true;
}

static void
draw_traces (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_trace_plot_draw (cr, rect, data, style);
}

static void
draw_embedding (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_embedding_plot_draw (cr, rect, data, style);
}

static void
draw_losses (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_loss_plot_draw (cr, rect, data, style);
}

/* "NET.STA.LOC.HN · event · 2019-10-15 05:33:42 UTC". */
static char *
make_title (const char *instrument_id, const char *event_id, int64_t time_ns)
{
  g_autofree char *time = seismic_time_format (time_ns, 0);

  g_strdelimit (time, "T", ' ');
  g_strdelimit (time, "Z", '\0');
  if (!event_id || event_id[0] == '\0')
    return g_strdup_printf (_ ("%s · %s UTC"), instrument_id, time);
  return g_strdup_printf (_ ("%s · event %s · %s UTC"), instrument_id, event_id, time);
}

/* "NET.STA.LOC.HNE" of component c; free with g_free. */
static char *
seed_id (const char *network, const char *station, const char *location,
         const char *instrument, char component)
{
  return g_strdup_printf ("%s.%s.%s.%s%c", network, station, location, instrument,
                          component);
}

bool
cli_figure_signal (CliFigureTarget target, const SeismicSignal *signal,
                   const char *event_id, GError **error)
{
  g_autofree char *id = seismic_signal_instrument_id (signal);
  g_autofree char *title = make_title (id, event_id, signal->start_ns);
  char *labels[PLOT_TRACE_MAX];
  PlotTraces traces = {.title = title,
                       .subtitle = seismic_network_is_synthetic (signal->network)
                                       ? _ ("Synthetic record")
                                       : NULL,
                       .n_components = PLOT_TRACE_MAX,
                       .n_samples = signal->n_samples,
                       .start_ns = signal->start_ns,
                       .rate_hz = signal->rate_hz,
                       .unit = _ ("counts")};

  for (size_t c = 0; c < PLOT_TRACE_MAX; c++) {
    labels[c] = seed_id (signal->network, signal->station, signal->location,
                         signal->instrument, signal->components[c]);
    traces.labels[c] = labels[c];
    traces.values[c] = signal->samples + c * signal->n_samples;
  }
  bool done = put (target, WIDTH, HEIGHT, draw_traces, &traces, error);
  for (size_t c = 0; c < PLOT_TRACE_MAX; c++)
    g_free (labels[c]);
  return done;
}

static double *
to_double (const float *values, size_t n)
{
  double *copy = g_new (double, MAX (n, 1));
  for (size_t i = 0; i < n; i++)
    copy[i] = values[i];
  return copy;
}

static char *
reconstruction_subtitle (const SeismicSignalInfo *info,
                         const AnalysisReconstruction *reconstruction)
{
  g_autofree char *error = g_strdup_printf (
      _ ("Normalised error %.3f, %s"), reconstruction->normalized_error,
      reconstruction->in_validation ? _ ("event held out of the training")
                                    : _ ("event of the training"));

  if (seismic_network_is_synthetic (info->network))
    return g_strdup_printf ("%s · %s", _ ("Synthetic record"), error);
  return g_steal_pointer (&error);
}

bool
cli_figure_reconstruction (CliFigureTarget target, const SeismicSignalInfo *info,
                           const AnalysisReconstruction *reconstruction, GError **error)
{
  const AnalysisSeries *series = &reconstruction->original;
  size_t n = series->n_samples;
  g_autofree char *id = g_strdup_printf ("%s.%s.%s.%s", info->network, info->station,
                                         info->location, info->instrument);
  g_autofree char *title = make_title (id, info->event_id, series->start_ns);
  g_autofree char *subtitle = reconstruction_subtitle (info, reconstruction);
  g_autofree double *original = to_double (series->samples, PLOT_TRACE_MAX * n);
  g_autofree double *rebuilt =
      to_double (reconstruction->reconstruction, PLOT_TRACE_MAX * n);
  char *labels[PLOT_TRACE_MAX];
  PlotTraces traces = {.title = title,
                       .subtitle = subtitle,
                       .n_components = PLOT_TRACE_MAX,
                       .n_samples = n,
                       .start_ns = series->start_ns,
                       .rate_hz = series->rate_hz,
                       .unit = _ ("counts a sample"),
                       .original_label = _ ("Original"),
                       .reconstruction_label = _ ("Reconstruction"),
                       .residual_label = _ ("Residual")};

  for (size_t c = 0; c < PLOT_TRACE_MAX; c++) {
    labels[c] = seed_id (info->network, info->station, info->location, info->instrument,
                         info->components[c]);
    traces.labels[c] = labels[c];
    traces.values[c] = original + c * n;
    traces.reconstruction[c] = rebuilt + c * n;
  }
  bool done = put (target, WIDTH, 1.4 * HEIGHT, draw_traces, &traces, error);
  for (size_t c = 0; c < PLOT_TRACE_MAX; c++)
    g_free (labels[c]);
  return done;
}

enum { CATEGORY_EARTHQUAKE, CATEGORY_EXPLOSION, CATEGORY_OTHER, N_CATEGORIES };

static uint16_t
category_of (const SeismicSignalInfo *info)
{
  if (strcmp (info->event.type, "earthquake") == 0)
    return CATEGORY_EARTHQUAKE;
  /* "nuclear explosion" and the like too. */
  return strstr (info->event.type, "explosion") ? CATEGORY_EXPLOSION : CATEGORY_OTHER;
}

/* "Component 1 (61.2 % of the variance)", or "UMAP 1"; free with g_free. */
static char *
axis_label (const CliProjection *projection, int axis)
{
  if (projection->method)
    return g_strdup_printf ("%s %d", projection->method, axis);
  return g_strdup_printf (_ ("Component %d (%.1f %% of the variance)"), axis,
                          100 * projection->explained[axis - 1]);
}

static char *
projection_subtitle (const CliProjection *projection, const AnalysisMatrix *values)
{
  if (projection->method)
    return g_strdup_printf (_ ("%zu signals, %s of %zu numbers each"), values->rows,
                            projection->method, values->columns);
  return g_strdup_printf (_ ("%zu signals, principal components of %zu numbers each"),
                          values->rows, values->columns);
}

/* Colours and shapes of the points. */
typedef struct {
  uint16_t *category; /* (n); owned */
  GPtrArray *labels;  /* char *; owned */
  uint8_t *shapes;    /* NULL: by index; owned */
} Marks;

static void
marks_clear (Marks *marks)
{
  g_free (marks->category);
  g_clear_pointer (&marks->labels, g_ptr_array_unref);
  g_free (marks->shapes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Marks, marks_clear)

static void
mark_types (Marks *marks, const GPtrArray *signals)
{
  static const uint8_t shapes[N_CATEGORIES] = {PLOT_SHAPE_CIRCLE, PLOT_SHAPE_TRIANGLE,
                                               PLOT_SHAPE_SQUARE};
  marks->shapes = g_memdup2 (shapes, sizeof shapes);
  g_ptr_array_add (marks->labels, g_strdup (_ ("Earthquake")));
  g_ptr_array_add (marks->labels, g_strdup (_ ("Explosion")));
  g_ptr_array_add (marks->labels, g_strdup (_ ("Other")));
  for (guint i = 0; i < signals->len; i++)
    marks->category[i] = category_of (signals->pdata[i]);
}

static void
mark_clusters (Marks *marks, const AnalysisClustering *clustering)
{
  for (size_t c = 0; c < clustering->n_clusters; c++)
    g_ptr_array_add (marks->labels, g_strdup_printf (_ ("Cluster %zu"), c + 1));
  g_ptr_array_add (marks->labels, g_strdup (_ ("In none")));
  for (size_t i = 0; i < clustering->n; i++)
    marks->category[i] = (uint16_t)MIN (clustering->cluster[i], clustering->n_clusters);
}

bool
cli_figure_projection (CliFigureTarget target, const AnalysisEmbedding *embedding,
                       const AnalysisMatrix *layout, const CliProjection *projection,
                       GError **error)
{
  g_auto (Marks) marks = {.category = g_new0 (uint16_t, MAX (layout->rows, 1)),
                          .labels = g_ptr_array_new_with_free_func (g_free)};
  g_autofree char *subtitle = projection_subtitle (projection, &embedding->values);
  g_autofree char *x_label = axis_label (projection, 1);
  g_autofree char *y_label = axis_label (projection, 2);
  size_t n_synthetic = 0;

  if (projection->clustering)
    mark_clusters (&marks, projection->clustering);
  else
    mark_types (&marks, embedding->signals);
  for (size_t i = 0; i < layout->rows; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    n_synthetic += seismic_network_is_synthetic (info->network);
  }
  PlotEmbedding plot = {.title = n_synthetic == layout->rows
                                     ? _ ("Embeddings of synthetic records")
                                     : _ ("Embeddings"),
                        .subtitle = subtitle,
                        .n_points = layout->rows,
                        .xy = layout->data,
                        .category = marks.category,
                        .n_categories = marks.labels->len,
                        .category_labels = (const char *const *)marks.labels->pdata,
                        .category_shapes = marks.shapes,
                        .x_label = x_label,
                        .y_label = y_label,
                        .selected = SIZE_MAX,
                        .hovered = SIZE_MAX};
  return put (target, WIDTH, 0.8 * WIDTH, draw_embedding, &plot, error);
}

bool
cli_figure_loss (CliFigureTarget target, const GArray *history, GError **error)
{
  size_t n = history->len;
  g_autofree double *training = g_new (double, MAX (n, 1));
  g_autofree double *validation = g_new (double, MAX (n, 1));

  for (guint i = 0; i < n; i++) {
    const NnEpoch *epoch = &g_array_index (history, NnEpoch, i);
    training[i] = epoch->training_loss;
    validation[i] = epoch->validation_loss;
  }
  PlotLosses losses = {.title = _ ("Loss"),
                       .n_epochs = n,
                       .training = training,
                       .validation = validation,
                       .n_epochs_planned = n,
                       .training_label = _ ("Training"),
                       .validation_label = _ ("Validation"),
                       .epoch_label = _ ("Epoch"),
                       .loss_label = _ ("Mean absolute error, sum of three components")};
  return put (target, WIDTH, HEIGHT, draw_losses, &losses, error);
}

static void
draw_confusion (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_confusion_plot_draw (cr, rect, data, style);
}

bool
cli_figure_confusion (CliFigureTarget target,
                      const AnalysisClassification *classification,
                      const AnalysisValidationSettings *settings, GError **error)
{
  const AnalysisValidation *own = &classification->embedding;
  static const char *const methods[] = {
      [ANALYSIS_CLASSIFIER_BAYES] = N_ ("Gaussian naive Bayes"),
      [ANALYSIS_CLASSIFIER_NEIGHBORS] = N_ ("Nearest neighbours"),
      [ANALYSIS_CLASSIFIER_LOGISTIC] = N_ ("Logistic regression")};
  g_autofree char *subtitle = g_strdup_printf (
      _ ("Balanced accuracy %.2f (%.2f–%.2f), chance %.2f; %zu folds of whole events"),
      own->balanced.value, own->balanced.low, own->balanced.high, own->chance,
      settings->n_folds);
  const PlotConfusion plot = {
      .title = _ (methods[settings->classifier.method]),
      .subtitle = subtitle,
      .n_classes = own->n_classes,
      .labels = (const char *const *)classification->labels.names->pdata,
      .counts = own->confusion,
      .truth_label = _ ("Class"),
      .told_label = _ ("Told by the embedding"),
      .palette = PLOT_PALETTE_VIRIDIS};
  return put (target, 0.7 * WIDTH, HEIGHT, draw_confusion, &plot, error);
}
