#include "session/export.h"

#include "analysis/model.h"
#include "seismic/error.h"
#include "seismic/picks-quakeml.h"
#include "seismic/time.h"
#include "session/session-private.h"
#include <math.h>
#include <string.h>

/* What the thread works on. Counted: the job's input is its result too. */
typedef struct {
  char *folder;     /* of the library */
  GPtrArray *infos; /* of SeismicSignalInfo: copies, for the thread */
  SaeExportSettings settings;
  SaeExportReport report;
} Work;

static void
work_clear (gpointer data)
{
  Work *work = data;

  g_free (work->folder);
  g_ptr_array_unref (work->infos);
  g_free (work->report.target);
  g_ptr_array_unref (work->report.skipped);
}

static void
work_release (gpointer work)
{
  g_atomic_rc_box_release_full (work, work_clear);
}

void
sae_export_settings_init (SaeExportSettings *settings)
{
  *settings =
      (SaeExportSettings){.from_ns = SEISMIC_TIME_UNSET, .to_ns = SEISMIC_TIME_UNSET};
}

gboolean
sae_export_is_one_file (const SaeExportSettings *settings, guint n_signals)
{
  return settings->picks_alone ||
         (n_signals == 1 && settings->format != SEISMIC_EXPORT_SAC);
}

char *
sae_export_signal_name (const SaeExportSettings *settings, SaeSignalItem *item)
{
  g_autofree char *stem = g_strconcat (sae_signal_item_get_info (item)->event_id, ".",
                                       sae_signal_item_get_instrument (item), NULL);

  if (settings->picks_alone)
    return g_strdup ("picks.xml");
  g_strdelimit (stem, "/\\:", '_');
  return g_strconcat (stem, ".", seismic_export_suffix (settings->format), NULL);
}

/* What is done to that signal: counts stay counts where nobody knows what they are worth.
 */
static SeismicProcessing
processing_of (const Work *work, const AnalysisModel *model,
               const SeismicSignalInfo *info)
{
  SeismicProcessing processing = work->settings.processing;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    processing.physical = processing.physical && isfinite (info->counts_per_ms2[c]);
  if (model)
    analysis_model_processing (model, &processing);
  return processing;
}

/* The files of one signal: a new GPtrArray of SeismicExportFile. */
static GPtrArray *
make_files (const Work *work, SeismicLibrary *library, const AnalysisModel *model,
            const SeismicSignalInfo *info, GError **error)
{
  SeismicProcessing processing = processing_of (work, model, info);
  g_autoptr (SeismicRecord) whole =
      seismic_library_read_record (library, info->id, error);
  g_autoptr (SeismicRecord) done = NULL;
  g_autoptr (SeismicRecord) part = NULL;
  g_autoptr (GPtrArray) picks = NULL;

  done = whole ? seismic_record_process (whole, &processing, info->back_azimuth, error)
               : NULL;
  part = done ? seismic_record_cut (done, work->settings.from_ns, work->settings.to_ns,
                                    error)
              : NULL;
  picks =
      part ? seismic_library_list_picks (library, info->event_id,
                                         seismic_signal_info_instrument_id (info), error)
           : NULL;
  return picks ? seismic_export_record (part, info, picks,
                                        seismic_processing_unit (&processing),
                                        work->settings.format, error)
               : NULL;
}

static gboolean
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  gsize n = 0;
  const char *data = g_bytes_get_data (bytes, &n);

  return g_file_set_contents_full (path, data, (gssize)n, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0666, error);
}

/* Those of the work's signals, in its order, into one file. */
static gboolean
write_picks (Work *work, SeismicLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autoptr (GString) xml = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < work->infos->len; i++) {
    const SeismicSignalInfo *info = work->infos->pdata[i];
    g_autoptr (GPtrArray) picks = seismic_library_list_picks (
        library, info->event_id, seismic_signal_info_instrument_id (info), error);

    if (!picks)
      return FALSE;
    work->report.n_signals += picks->len > 0;
    g_ptr_array_add (events, (gpointer)&info->event);
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&picks));
  }
  if (all->len == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY,
                 "None of the signals has a pick");
    return FALSE;
  }
  xml = seismic_picks_quakeml_write (all, events);
  bytes = g_string_free_to_bytes (g_steal_pointer (&xml));
  work->report.n_files = 1;
  return write_bytes (work->report.target, bytes, error);
}

/* "NAME.sac", or "NAME-2.sac" where that is taken. */
static char *
free_path (const char *folder, const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = g_strndup (name, dot ? (gsize)(dot - name) : strlen (name));
  char *path = g_build_filename (folder, name, NULL);

  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++) {
    g_autofree char *other = g_strdup_printf ("%s-%u%s", stem, i, dot ? dot : "");

    g_free (path);
    path = g_build_filename (folder, other, NULL);
  }
  return path;
}

static gboolean
write_files (SaeExportReport *report, const GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++) {
    const SeismicExportFile *file = files->pdata[i];
    g_autofree char *path = report->is_file ? g_strdup (report->target)
                                            : free_path (report->target, file->name);

    if (!write_bytes (path, file->bytes, error))
      return FALSE;
    report->n_files++;
  }
  report->n_signals++;
  return TRUE;
}

static gboolean
make_folder (const SaeExportReport *report, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (report->target);
  g_autoptr (GError) flaw = NULL;

  if (report->is_file || g_file_make_directory_with_parents (folder, NULL, &flaw) ||
      g_error_matches (flaw, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&flaw), "%s: ", report->target);
  return FALSE;
}

/* What goes wrong with a signal leaves it out; what goes wrong with a disk ends it. */
static gboolean
export_infos (SaeJob *job, Work *work, SeismicLibrary *library,
              const AnalysisModel *model, GError **error)
{
  for (guint i = 0; i < work->infos->len && !sae_job_is_cancelled (job); i++) {
    const SeismicSignalInfo *info = work->infos->pdata[i];
    GError *reason = NULL;
    g_autoptr (GPtrArray) files = NULL;

    sae_job_report (job, (double)i / work->infos->len, info->id, -1);
    files = make_files (work, library, model, info, &reason);
    if (!files)
      g_ptr_array_add (work->report.skipped, seismic_skip_new (info->id, reason));
    else if (!write_files (&work->report, files, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
export_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Work *work = input;
  g_autoptr (SeismicLibrary) library = seismic_library_open (work->folder, false, error);
  g_autoptr (AnalysisModel) model = NULL;

  if (!library || !make_folder (&work->report, error))
    return FALSE;
  if (work->settings.picks_alone) {
    if (!write_picks (work, library, error))
      return FALSE;
    *result = g_atomic_rc_box_acquire (work);
    return TRUE;
  }
  if (work->settings.as_network && !(model = analysis_model_load (library, error)))
    return FALSE;
  if (!export_infos (job, work, library, model, error))
    return FALSE;
  work->report.is_stopped = sae_job_is_cancelled (job);
  *result = g_atomic_rc_box_acquire (work);
  return TRUE;
}

static void
on_exported (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  Work *work = sae_job_steal_result (job);

  if (work)
    g_signal_emit_by_name (session, "exported", &work->report);
  g_clear_pointer (&work, work_release);
  sae_session_job_ended (session, job);
}

SaeJob *
sae_tasks_export (SaeSession *session, GPtrArray *items,
                  const SaeExportSettings *settings, const char *target)
{
  Work *work = g_atomic_rc_box_new0 (Work);
  SaeJob *job;

  work->folder = g_strdup (sae_session_get_folder (session));
  work->infos = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (work->infos, seismic_signal_info_copy (
                                      sae_signal_item_get_info (items->pdata[i])));
  work->settings = *settings;
  work->report.target = g_strdup (target);
  work->report.is_file = sae_export_is_one_file (settings, items->len);
  work->report.skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  job = sae_job_start (SAE_JOB_EXPORT, export_in_thread, work, work_release, work_release,
                       on_exported, G_OBJECT (session));
  sae_session_add_job (session, job);
  g_object_unref (job); /* the list's and its own thread's */
  return job;
}
