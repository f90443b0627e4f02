#include "app/signal-view.h"

#include "analysis/model.h"
#include "app/processing-text.h"
#include "seismic/statistics.h"
#include "session/job.h"
#include <math.h>
#include <string.h>

struct _SaeSignalView {
  GObject parent_instance;

  /* Owned */
  SaeSession *session;
  SaeShown *shown;
  SaeJob *job; /* the latest; older ones are of no interest any more */

  SaeTreatment treatment;
  gboolean is_stale; /* the treatment has changed since the job began */
};

G_DEFINE_FINAL_TYPE (SaeSignalView, sae_signal_view, G_TYPE_OBJECT)

enum { PROP_0, PROP_SESSION, PROP_BUSY, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SHOWN, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

SaeRecording *
sae_recording_new (SeismicRecord *record)
{
  SaeRecording *self = g_atomic_rc_box_new (SaeRecording);

  self->record = record;
  return self;
}

SaeRecording *
sae_recording_ref (SaeRecording *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_recording (gpointer recording)
{
  seismic_record_free (((SaeRecording *)recording)->record);
}

void
sae_recording_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear_recording);
}

static gboolean
is_whole (const SeismicSignal *signal, size_t i)
{
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    if (!isfinite (signal->samples[c * signal->n_samples + i]))
      return FALSE;
  return TRUE;
}

void
sae_recording_stretch (const SaeRecording *self, double begin_s, double end_s,
                       size_t *first, size_t *n)
{
  const SeismicSignal *signal = self->record->signal;
  double samples = (double)signal->n_samples;
  size_t begin = (size_t)CLAMP (ceil (begin_s * signal->rate_hz - 1e-6), 0, samples);
  size_t end = (size_t)CLAMP (floor (end_s * signal->rate_hz + 1e-6) + 1, 0, samples);

  *first = begin;
  *n = 0;
  for (size_t i = begin, run = begin; i < end; i++) {
    if (!is_whole (signal, i)) {
      run = i + 1;
    } else if (i + 1 - run > *n) {
      *first = run;
      *n = i + 1 - run;
    }
  }
}

static void
shown_free (gpointer data)
{
  SaeShown *shown = data;

  g_clear_object (&shown->item);
  g_clear_pointer (&shown->wave, sae_wave_unref);
  g_clear_pointer (&shown->raw, sae_recording_unref);
  g_clear_pointer (&shown->recording, sae_recording_unref);
  g_clear_error (&shown->flaw);
  g_free (shown);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeShown, shown_free)

/* What the thread works on. */
typedef struct {
  char *folder;
  SaeSignalItem *item;
  SaeRecording *raw; /* NULL: to be read */
  SaeTreatment treatment;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->folder);
  g_object_unref (request->item);
  g_clear_pointer (&request->raw, sae_recording_unref);
  g_free (request);
}

static SaeRecording *
read_recording (const Request *request, GError **error)
{
  g_autoptr (SeismicLibrary) library = NULL;
  SeismicRecord *record;

  if (request->raw)
    return sae_recording_ref (request->raw);
  library = seismic_library_open (request->folder, false, error);
  record = library ? seismic_library_read_record (
                         library, sae_signal_item_get_id (request->item), error)
                   : NULL;
  return record ? sae_recording_new (record) : NULL;
}

gboolean
sae_signal_view_has_sensitivity (SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    if (!isfinite (info->counts_per_ms2[c]))
      return FALSE;
  return TRUE;
}

static gboolean
find_processing (const Request *request, SeismicProcessing *processing, GError **error)
{
  g_autoptr (SeismicLibrary) library = NULL;
  g_autoptr (AnalysisModel) model = NULL;

  *processing = request->treatment.processing;
  /* Counts stay counts where nobody knows what they are worth. */
  if (!sae_signal_view_has_sensitivity (request->item))
    processing->physical = false;
  if (!request->treatment.as_network)
    return TRUE;
  library = seismic_library_open (request->folder, false, error);
  model = library ? analysis_model_load (library, error) : NULL;
  if (!model)
    return FALSE;
  analysis_model_processing (model, processing);
  return TRUE;
}

/* Where the processing does not fit, the record is shown as it is, with the reason. */
static void
process (const Request *request, SaeShown *shown)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (request->item);
  SeismicProcessing processing;
  SeismicRecord *record = NULL;

  if (find_processing (request, &processing, &shown->flaw) &&
      !seismic_processing_is_identity (&processing))
    record = seismic_record_process (shown->raw->record, &processing, info->back_azimuth,
                                     &shown->flaw);
  if (record) {
    shown->recording = sae_recording_new (record);
    shown->applied.processing = processing;
    shown->applied.as_network = request->treatment.as_network;
  } else {
    shown->recording = sae_recording_ref (shown->raw);
  }
}

static GArray *
list_spans (const SeismicRecord *record)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PlotTraceSpan));
  int64_t start_ns = record->signal->start_ns;

  for (guint i = 0; i < record->spans->len; i++) {
    const SeismicSpan *span = &g_array_index (record->spans, SeismicSpan, i);
    PlotTraceSpan drawn = {.kind = span->kind == SEISMIC_SPAN_GAP ? PLOT_SPAN_GAP
                                                                  : PLOT_SPAN_OVERLAP,
                           .component = span->component,
                           .begin_s = (double)(span->begin_ns - start_ns) / 1e9,
                           .end_s = (double)(span->end_ns - start_ns) / 1e9};

    g_array_append_val (spans, drawn);
  }
  return spans;
}

static SaeWave *
make_wave (SaeSignalItem *item, SaeRecording *recording,
           const SeismicProcessing *processing)
{
  const SeismicSignalInfo *known = sae_signal_item_get_info (item);
  const SeismicSignal *signal = recording->record->signal;
  g_autoptr (GArray) spans = list_spans (recording->record);
  char labels[SEISMIC_N_COMPONENTS][64];
  SaeTraceInfo info = {.n_samples = signal->n_samples,
                       .start_ns = signal->start_ns,
                       .rate_hz = signal->rate_hz,
                       .unit = sae_unit_text (seismic_processing_unit (processing)),
                       .has_origin = TRUE,
                       .origin_ns = known->event.time_ns,
                       .spans = (const PlotTraceSpan *)(void *)spans->data,
                       .n_spans = spans->len};

  for (size_t i = 0; i < SEISMIC_N_COMPONENTS; i++) {
    char channel[8];

    seismic_signal_channel (signal, i, channel);
    g_snprintf (labels[i], sizeof labels[i], "%s.%s.%s.%s", signal->network,
                signal->station, signal->location, channel);
    info.labels[i] = labels[i];
  }
  return sae_wave_new_borrowing (&info, signal->samples, sae_recording_ref (recording),
                                 sae_recording_unref);
}

static void
find_peak (SaeShown *shown)
{
  const SaeWave *wave = shown->wave;

  for (size_t c = 0; c < SAE_N_COMPONENTS; c++) {
    double min = 0, max = 0, mean = wave->means[c], peak;

    if (!plot_pyramid_range (wave->pyramids[c], sae_wave_values (wave, c), 0,
                             wave->n_samples, &min, &max))
      continue;
    peak = MAX (max - mean, mean - min);
    if (peak > shown->peak) {
      shown->peak = peak;
      shown->peak_component = c;
    }
  }
}

static gboolean
show_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Request *request = input;
  g_autoptr (SaeShown) shown = g_new0 (SaeShown, 1);

  shown->item = g_object_ref (request->item);
  shown->raw = read_recording (request, error);
  if (!shown->raw ||
      g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error))
    return FALSE;
  process (request, shown);
  if (g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error))
    return FALSE;
  shown->wave = make_wave (request->item, shown->recording, &shown->applied.processing);
  find_peak (shown);
  *result = g_steal_pointer (&shown);
  return TRUE;
}

static void start (SaeSignalView *self);

static void
take_shown (SaeSignalView *self, SaeShown *shown)
{
  g_autoptr (SaeShown) former = self->shown;

  if (!former && !shown)
    return;
  self->shown = shown;
  g_signal_emit (self, signals[SHOWN], 0, former && shown && former->raw == shown->raw);
}

static void
set_job (SaeSignalView *self, SaeJob *job)
{
  gboolean was_busy = self->job != NULL;

  g_clear_object (&self->job);
  self->job = job;
  if (was_busy != (job != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_done (SaeJob *job, gpointer user_data)
{
  SaeSignalView *self = user_data;
  SaeShown *shown = sae_job_steal_result (job);

  if (job != self->job) {
    g_clear_pointer (&shown, shown_free);
    return;
  }
  if (shown) {
    take_shown (self, shown);
  } else if (sae_job_get_error (job)) {
    g_clear_pointer (&self->shown, shown_free);
    g_signal_emit (self, signals[FAILED], 0, sae_job_get_error (job));
  }
  set_job (self, NULL);
  if (self->is_stale && self->shown)
    start (self);
}

/* Shows the selected signal, read anew unless it is shown already. */
static void
start (SaeSignalView *self)
{
  SaeSignalItem *item = sae_session_get_selected (self->session);
  Request *request = g_new0 (Request, 1);

  request->folder = g_strdup (sae_session_get_folder (self->session));
  request->item = g_object_ref (item);
  request->treatment = self->treatment;
  if (self->shown && self->shown->item == item)
    request->raw = sae_recording_ref (self->shown->raw);
  self->is_stale = FALSE;
  set_job (self, sae_job_start (SAE_JOB_SIGNAL, show_in_thread, request, request_free,
                                shown_free, on_done, G_OBJECT (self)));
}

static void
on_selected (SaeSignalView *self)
{
  if (self->job)
    sae_job_cancel (self->job);
  set_job (self, NULL);
  if (sae_session_get_selected (self->session))
    start (self);
  else
    take_shown (self, NULL);
}

void
sae_signal_view_set_treatment (SaeSignalView *self, const SaeTreatment *treatment)
{
  if (memcmp (&self->treatment, treatment, sizeof *treatment) == 0)
    return;
  self->treatment = *treatment;
  if (self->job)
    self->is_stale = TRUE; /* the latest wish is done next, those between never */
  else if (self->shown && sae_session_get_selected (self->session) == self->shown->item)
    start (self);
}

const SaeTreatment *
sae_signal_view_get_treatment (SaeSignalView *self)
{
  return &self->treatment;
}

const SaeShown *
sae_signal_view_get_shown (SaeSignalView *self)
{
  return self->shown;
}

gboolean
sae_signal_view_get_busy (SaeSignalView *self)
{
  return self->job != NULL;
}

SaeSession *
sae_signal_view_get_session (SaeSignalView *self)
{
  return self->session;
}

/* Another model sees otherwise. */
static void
on_trained (SaeSignalView *self)
{
  if (self->treatment.as_network && self->shown && !self->job)
    start (self);
}

void
sae_signal_view_set_session (SaeSignalView *self, SaeSession *session)
{
  if (!session || self->session)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "trained", G_CALLBACK (on_trained), self,
                           G_CONNECT_SWAPPED);
  on_selected (self);
}

SaeSignalView *
sae_signal_view_new (void)
{
  return g_object_new (SAE_TYPE_SIGNAL_VIEW, NULL);
}

static void
sae_signal_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeSignalView *self = SAE_SIGNAL_VIEW (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_BUSY)
    g_value_set_boolean (value, self->job != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_view_dispose (GObject *object)
{
  SaeSignalView *self = SAE_SIGNAL_VIEW (object);

  if (self->job)
    sae_job_cancel_and_wait (self->job);
  g_clear_object (&self->job);
  g_clear_pointer (&self->shown, shown_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_signal_view_parent_class)->dispose (object);
}

static void
sae_signal_view_class_init (SaeSignalViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_signal_view_get_property;
  object_class->dispose = sae_signal_view_dispose;
  properties[PROP_SESSION] = g_param_spec_object (
      "session", NULL, NULL, SAE_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean (
      "busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SHOWN] = g_signal_new ("shown", SAE_TYPE_SIGNAL_VIEW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", SAE_TYPE_SIGNAL_VIEW, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sae_signal_view_init (SaeSignalView *self)
{
}
