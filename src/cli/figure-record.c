#include "cli/figure-record.h"
#include "cli/processing.h"
#include "plot/export.h"
#include "plot/motion-plot.h"
#include "plot/section-plot.h"
#include "plot/spectrogram-plot.h"
#include "plot/spectrum-plot.h"
#include "plot/trace-plot.h"
#include "seismic/library-pick.h"
#include "seismic/spectrogram.h"
#include "seismic/spectrum-amplitude.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* px */
#define WIDTH 1000.0
#define HEIGHT 640.0
#define MOTION_HEIGHT 420.0
/* Of the spectrograms, so that one time is above the other. */
#define LEFT 60.0
#define RIGHT 30.0

#define WINDOW_S 1.0 /* of the spectrogram, as in the window */
#define OVERLAP 0.9
#define MAX_COLUMNS 4096
#define N_SMOOTH 200
#define BANDWIDTH 40.0 /* Konno and Ohmachi's own */
#define N_CURVE 60
#define BEFORE_S 5.0 /* of the section's zero */

G_STATIC_ASSERT (SEISMIC_N_COMPONENTS == PLOT_TRACE_MAX);
G_STATIC_ASSERT (SEISMIC_N_COMPONENTS == PLOT_SPECTRUM_MAX);

/* What all figures of one record have on them. */
typedef struct {
  char *title, *subtitle, *labels[SEISMIC_N_COMPONENTS], codes[SEISMIC_N_COMPONENTS][8];
  const char *unit;
} Texts;

static void
texts_clear (Texts *texts)
{
  g_free (texts->title);
  g_free (texts->subtitle);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    g_free (texts->labels[c]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static char *
join (const char *first, const char *second)
{
  return *first != '\0' && *second != '\0' ? g_strdup_printf ("%s · %s", first, second)
                                           : g_strconcat (first, second, NULL);
}

static void
texts_init (Texts *texts, const SeismicSignal *signal, const SeismicSignalInfo *info,
            const SeismicProcessing *processing)
{
  g_autofree char *time = seismic_time_format (signal->start_ns, 0);
  g_autofree char *id = seismic_signal_instrument_id (signal);
  g_autofree char *done = cli_processing_text (processing);

  g_strdelimit (time, "T", ' ');
  g_strdelimit (time, "Z", '\0');
  texts->title = *info->event_id == '\0' ? g_strdup_printf (_ ("%s · %s UTC"), id, time)
                                         : g_strdup_printf (_ ("%s · event %s · %s UTC"),
                                                            id, info->event_id, time);
  texts->subtitle = join (
      seismic_network_is_synthetic (signal->network) ? _ ("Synthetic record") : "", done);
  texts->unit = cli_processing_unit (processing);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    seismic_signal_channel (signal, c, texts->codes[c]);
    texts->labels[c] = g_strdup_printf ("%s.%s.%s.%s", signal->network, signal->station,
                                        signal->location, texts->codes[c]);
  }
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static double
seconds_between (int64_t from_ns, int64_t to_ns)
{
  return (double)((long double)to_ns - (long double)from_ns) / 1e9;
}

static void
add_mark (GArray *marks, PlotMarkKind kind, const char *label, bool is_s, double time_s,
          double last_s)
{
  const PlotTraceMark mark = {.kind = kind,
                              .label = label,
                              .is_s = is_s,
                              .component = PLOT_TRACE_ALL,
                              .time_s = time_s};

  if (time_s >= 0 && time_s <= last_s)
    g_array_append_val (marks, mark);
}

/* Origin, predictions and picks: a new array of PlotTraceMark. */
static GArray *
make_marks (const SeismicSignal *signal, const SeismicSignalInfo *info,
            const GPtrArray *picks)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (PlotTraceMark));
  const double last_s = (double)signal->n_samples / signal->rate_hz;

  if (info->event.time_ns != SEISMIC_TIME_UNSET) {
    const double origin_s = seconds_between (signal->start_ns, info->event.time_ns);
    add_mark (marks, PLOT_MARK_ORIGIN, _ ("Origin"), false, origin_s, last_s);
    add_mark (marks, PLOT_MARK_PREDICTED, "P", false,
              origin_s + seismic_signal_info_arrival_s (info, SEISMIC_PHASE_P), last_s);
    add_mark (marks, PLOT_MARK_PREDICTED, "S", true,
              origin_s + seismic_signal_info_arrival_s (info, SEISMIC_PHASE_S), last_s);
  }
  for (guint i = 0; picks && i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    const char letter =
        pick->channel[0] != '\0' && pick->channel[1] != '\0' ? pick->channel[2] : '\0';
    const char *at = letter != '\0' ? strchr (signal->components, letter) : NULL;
    const PlotTraceMark mark = {
        .kind = PLOT_MARK_PICK,
        .label = pick->phase,
        .is_s = pick->phase[0] == 'S',
        .component = at ? (size_t)(at - signal->components) : PLOT_TRACE_ALL,
        .time_s = seconds_between (signal->start_ns, pick->time_ns),
        .uncertainty_s = isnan (pick->uncertainty_s) ? 0 : pick->uncertainty_s};
    if (mark.time_s >= 0 && mark.time_s <= last_s)
      g_array_append_val (marks, mark);
  }
  return marks;
}

static GArray *
make_spans (const SeismicRecord *record)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PlotTraceSpan));

  for (guint i = 0; i < record->spans->len; i++) {
    const SeismicSpan *span = &g_array_index (record->spans, SeismicSpan, i);
    const int64_t start_ns = record->signal->start_ns;
    const PlotTraceSpan shown = {
        span->kind == SEISMIC_SPAN_GAP ? PLOT_SPAN_GAP : PLOT_SPAN_OVERLAP,
        span->component, seconds_between (start_ns, span->begin_ns),
        seconds_between (start_ns, span->end_ns)};
    g_array_append_val (spans, shown);
  }
  return spans;
}

static void
draw_traces (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_trace_plot_draw (cr, rect, data, style);
}

static bool
figure_traces (const CliRecordTarget *target, const SeismicRecord *record,
               const SeismicSignalInfo *info, const GPtrArray *picks, const Texts *texts,
               GError **error)
{
  const SeismicSignal *signal = record->signal;
  g_autoptr (GArray) marks = make_marks (signal, info, picks);
  g_autoptr (GArray) spans = make_spans (record);
  PlotTraces traces = {.title = texts->title,
                       .subtitle = or_null (texts->subtitle),
                       .n_components = PLOT_TRACE_MAX,
                       .n_samples = signal->n_samples,
                       .start_ns = signal->start_ns,
                       .rate_hz = signal->rate_hz,
                       .unit = texts->unit,
                       .spans = (const PlotTraceSpan *)(void *)spans->data,
                       .n_spans = spans->len,
                       .marks = (const PlotTraceMark *)(void *)marks->data,
                       .n_marks = marks->len};

  for (size_t c = 0; c < PLOT_TRACE_MAX; c++) {
    traces.labels[c] = texts->labels[c];
    traces.values[c] = signal->samples + c * signal->n_samples;
  }
  return plot_export (target->path, WIDTH, HEIGHT, target->scale, draw_traces, &traces,
                      error);
}

/* The component's samples, with zeros in gaps. */
static double *
without_gaps (const SeismicSignal *signal, size_t c)
{
  double *samples = g_memdup2 (signal->samples + c * signal->n_samples,
                               signal->n_samples * sizeof (double));
  for (size_t i = 0; i < signal->n_samples; i++)
    if (isnan (samples[i]))
      samples[i] = 0;
  return samples;
}

static void
draw_spectrograms (cairo_t *cr, PlotRectangle rect, const void *data,
                   const PlotStyle *style)
{
  plot_spectrogram_draw_stack (cr, rect, data, SEISMIC_N_COMPONENTS, style);
}

static bool
figure_spectrogram (const CliRecordTarget *target, const SeismicRecord *record,
                    const Texts *texts, GError **error)
{
  const SeismicSignal *signal = record->signal;
  const SeismicSpectrogramSettings settings = {WINDOW_S, OVERLAP, MAX_COLUMNS};
  SeismicSpectrogram results[SEISMIC_N_COMPONENTS] = {0};
  PlotSpectrogram plots[SEISMIC_N_COMPONENTS] = {0};
  double low = INFINITY, high = -INFINITY;
  bool done = true;

  for (size_t c = 0; done && c < SEISMIC_N_COMPONENTS; c++) {
    g_autofree double *samples = without_gaps (signal, c);
    double min, max;
    done = seismic_spectrogram_compute (&results[c], samples, signal->n_samples,
                                        signal->rate_hz, &settings, error);
    if (!done)
      break;
    plot_spectrogram_fit (&min, &max, results[c].db,
                          results[c].n_times * results[c].n_frequencies);
    low = fmin (low, min);
    high = fmax (high, max);
  }
  for (size_t c = 0; done && c < SEISMIC_N_COMPONENTS; c++)
    plots[c] =
        (PlotSpectrogram){.title = c == 0 ? texts->title : NULL,
                          .subtitle = c == 0 ? or_null (texts->subtitle) : NULL,
                          .label = texts->labels[c],
                          .map = {.values = results[c].db,
                                  .n_x = results[c].n_times,
                                  .n_y = results[c].n_frequencies,
                                  .x_first = results[c].first_s,
                                  .x_step = results[c].step_s > 0 ? results[c].step_s : 1,
                                  .y_step = results[c].step_hz,
                                  .min = low,
                                  .max = high,
                                  .palette = PLOT_PALETTE_VIRIDIS},
                          .start_ns = signal->start_ns,
                          .view_end_s = (double)signal->n_samples / signal->rate_hz,
                          .max_hz = signal->rate_hz / 2,
                          .frequency_label = c == 1 ? _ ("Frequency (Hz)") : NULL,
                          .unit = _ ("dB")};
  done = done && plot_export (target->path, WIDTH, HEIGHT, target->scale,
                              draw_spectrograms, plots, error);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    seismic_spectrogram_clear (&results[c]);
  return done;
}

static void
draw_spectrum (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_spectrum_draw (cr, rect, data, style);
}

static bool
figure_spectrum (const CliRecordTarget *target, const SeismicRecord *record,
                 const Texts *texts, GError **error)
{
  const SeismicSignal *signal = record->signal;
  const size_t n = signal->n_samples, n_raw = n / 2 + 1;
  const double step_hz = signal->rate_hz / (double)n, max_hz = signal->rate_hz / 2;
  const double min_hz = fmin (fmax (step_hz, 0.05), max_hz / 10);
  g_autofree double *raw = g_new (double, SEISMIC_N_COMPONENTS *n_raw);
  g_autofree double *smooth = g_new (double, SEISMIC_N_COMPONENTS *N_SMOOTH);
  double frequencies[N_SMOOTH];
  g_autofree char *amplitude = g_strdup_printf (_ ("Amplitude (%s · s)"), texts->unit);
  PlotSpectrum plot = {.title = texts->title,
                       .subtitle = or_null (texts->subtitle),
                       .n_lines = SEISMIC_N_COMPONENTS,
                       .n_raw = n_raw,
                       .step_hz = step_hz,
                       .frequencies_hz = frequencies,
                       .min_hz = min_hz,
                       .max_hz = max_hz,
                       .frequency_label = _ ("Frequency (Hz)"),
                       .amplitude_label = amplitude,
                       .cursor_hz = NAN};

  if (n_raw >= 2)
    plot.n_smooth =
        seismic_spectrum_centres (frequencies, N_SMOOTH, step_hz, min_hz, max_hz);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    g_autofree double *samples = without_gaps (signal, c);
    seismic_spectrum_amplitude (raw + c * n_raw, samples, n, signal->rate_hz);
    if (n_raw >= 2)
      seismic_spectrum_smooth (smooth + c * N_SMOOTH, frequencies, plot.n_smooth,
                               raw + c * n_raw, n_raw, step_hz, BANDWIDTH);
    plot.labels[c] = texts->codes[c];
    plot.raw[c] = raw + c * n_raw;
    plot.smooth[c] = smooth + c * N_SMOOTH;
  }
  return plot_export (target->path, WIDTH, HEIGHT, target->scale, draw_spectrum, &plot,
                      error);
}

static void
draw_motion (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_motion_draw (cr, rect, data, style);
}

static bool
figure_motion (const CliRecordTarget *target, const SeismicRecord *record,
               const Texts *texts, GError **error)
{
  const SeismicSignal *signal = record->signal;
  char letters[SEISMIC_N_COMPONENTS][2] = {{0}};
  PlotMotion plot = {.title = texts->title,
                     .subtitle = or_null (texts->subtitle),
                     .n = signal->n_samples,
                     .unit = texts->unit,
                     .cursor = SIZE_MAX,
                     .palette = PLOT_PALETTE_VIRIDIS};

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    letters[c][0] = signal->components[c];
    plot.labels[c] = letters[c];
    plot.values[c] = signal->samples + c * signal->n_samples;
  }
  return plot_export (target->path, WIDTH, MOTION_HEIGHT, target->scale, draw_motion,
                      &plot, error);
}

bool
cli_figure_record (const CliRecordTarget *target, CliFigure figure,
                   const SeismicRecord *record, const SeismicSignalInfo *info,
                   const GPtrArray *picks, GError **error)
{
  g_auto (Texts) texts = {0};

  texts_init (&texts, record->signal, info, target->processing);
  switch (figure) {
  case CLI_FIGURE_SPECTROGRAM:
    return figure_spectrogram (target, record, &texts, error);
  case CLI_FIGURE_SPECTRUM:
    return figure_spectrum (target, record, &texts, error);
  case CLI_FIGURE_MOTION:
    return figure_motion (target, record, &texts, error);
  case CLI_FIGURE_TRACES:
  case CLI_FIGURE_SECTION:
    break;
  }
  return figure_traces (target, record, info, picks, &texts, error);
}

static void
draw_section (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_section_draw (cr, rect, data, style);
}

/* Seconds after the origin at which the record's axis is 0; NAN if that is unknown. */
static double
zero_of (const SeismicSignalInfo *info, bool align_on_p)
{
  if (info->event.time_ns == SEISMIC_TIME_UNSET)
    return NAN;
  return align_on_p ? seismic_signal_info_arrival_s (info, SEISMIC_PHASE_P) : 0;
}

/* The arrivals by the model from low_km to high_km. */
static void
fill_curves (PlotSectionCurve curves[2], double *distances_km, double *times_s,
             double depth_km, double low_km, double high_km, bool align_on_p)
{
  for (size_t i = 0; i < N_CURVE; i++) {
    const double distance_km = low_km + (high_km - low_km) * (double)i / (N_CURVE - 1);
    const double p_s = seismic_travel_time_s (SEISMIC_PHASE_P, distance_km, depth_km);
    const double zero_s = align_on_p ? p_s : 0;
    distances_km[i] = distance_km;
    times_s[i] = p_s - zero_s;
    times_s[N_CURVE + i] =
        seismic_travel_time_s (SEISMIC_PHASE_S, distance_km, depth_km) - zero_s;
  }
  for (size_t k = 0; k < 2; k++)
    curves[k] = (PlotSectionCurve){.label = k == 0 ? "P" : "S",
                                   .is_s = k == 1,
                                   .distances_km = distances_km,
                                   .times_s = times_s + k * N_CURVE,
                                   .n = N_CURVE};
}

/* From a little before zero to where the last of the strong motion should be over. */
static void
fit_view (PlotSection *section, const GPtrArray *infos, bool align_on_p)
{
  double low_s = INFINITY, high_s = -INFINITY, last_s = 0;

  for (size_t i = 0; i < section->n_records; i++) {
    const PlotSectionRecord *record = &section->records[i];
    const SeismicSignalInfo *info = infos->pdata[i];
    if (isnan (record->distance_km))
      continue;
    low_s = fmin (low_s, record->start_s);
    high_s = fmax (high_s, record->start_s + (double)record->n / record->rate_hz);
    last_s = fmax (last_s, seismic_signal_info_arrival_s (info, SEISMIC_PHASE_S) -
                               zero_of (info, align_on_p));
  }
  section->view_begin_s = fmax (low_s, -BEFORE_S);
  section->view_end_s = last_s > 0 ? fmin (high_s, fmax (3 * last_s, 30)) : high_s;
  if (!(section->view_begin_s < section->view_end_s)) {
    section->view_begin_s = isfinite (low_s) ? low_s : -BEFORE_S;
    section->view_end_s = isfinite (high_s) ? high_s : BEFORE_S;
  }
}

bool
cli_figure_section (const CliRecordTarget *target, const GPtrArray *records,
                    const GPtrArray *infos, size_t component, bool align_on_p,
                    GError **error)
{
  const SeismicSignalInfo *first = infos->pdata[0];
  g_autofree PlotSectionRecord *rows = g_new0 (PlotSectionRecord, records->len);
  g_autofree char *title = g_strdup_printf (
      _ ("Event %s, component %c"), first->event_id,
      ((SeismicRecord *)records->pdata[0])->signal->components[component]);
  g_autofree char *done = cli_processing_text (target->processing);
  g_autofree char *subtitle = join (
      seismic_network_is_synthetic (first->network) ? _ ("Synthetic record") : "", done);
  double distances_km[N_CURVE], times_s[2 * N_CURVE], low_km = INFINITY, high_km = 0;
  PlotSectionCurve curves[2];
  PlotSection section = {.title = title,
                         .subtitle = or_null (subtitle),
                         .records = rows,
                         .n_records = records->len,
                         .curves = curves,
                         .gain = 1,
                         .time_label = align_on_p ? _ ("Time after the predicted P (s)")
                                                  : _ ("Time after the origin (s)"),
                         .distance_label = _ ("Distance (km)"),
                         .selected = SIZE_MAX};

  for (guint i = 0; i < records->len; i++) {
    const SeismicSignal *signal = ((SeismicRecord *)records->pdata[i])->signal;
    const SeismicSignalInfo *info = infos->pdata[i];
    const double zero_s = zero_of (info, align_on_p);
    rows[i] = (PlotSectionRecord){
        .label = info->station,
        .distance_km = isnan (zero_s) ? NAN : info->distance_km,
        .values = signal->samples + component * signal->n_samples,
        .n = signal->n_samples,
        .rate_hz = signal->rate_hz,
        .start_s = seconds_between (info->event.time_ns, signal->start_ns) - zero_s};
    low_km = fmin (low_km, rows[i].distance_km);
    high_km = fmax (high_km, rows[i].distance_km);
    if (!isnan (seismic_signal_info_arrival_s (info, SEISMIC_PHASE_P)))
      section.n_curves = 2;
  }
  if (section.n_curves > 0)
    fill_curves (curves, distances_km, times_s, first->event.depth_km,
                 fmax (low_km - 0.1 * (high_km - low_km) - 1, 0),
                 high_km + 0.1 * (high_km - low_km) + 1, align_on_p);
  fit_view (&section, infos, align_on_p);
  return plot_export (target->path, WIDTH, 0.8 * WIDTH, target->scale, draw_section,
                      &section, error);
}
