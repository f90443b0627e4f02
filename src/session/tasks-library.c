/* The verbs that open a library or bring records into one. */
#include "session/tasks.h"

#include "seismic/error.h"
#include "session/judgement.h"
#include "session/session-private.h"
#include <glib/gstdio.h>

void
sae_library_contents_free (gpointer data)
{
  SaeLibraryContents *contents = data;

  g_free (contents->folder);
  g_clear_pointer (&contents->events, g_ptr_array_unref);
  g_clear_pointer (&contents->signals, g_ptr_array_unref);
  g_clear_pointer (&contents->holdings, g_hash_table_unref);
  g_clear_pointer (&contents->downloads, g_hash_table_unref);
  g_clear_pointer (&contents->runs, g_ptr_array_unref);
  g_free (contents);
}

static SaeLibraryContents *
read_contents (SeismicLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, error);
  g_autoptr (GPtrArray) infos = NULL;
  g_autoptr (GHashTable) holdings = NULL;
  g_autoptr (GHashTable) downloads = NULL;
  SaeLibraryContents *contents;

  if (!events || !(infos = seismic_library_list_signals (library, error)) ||
      !(holdings = seismic_library_list_holdings (library, error)) ||
      !(downloads = seismic_library_list_downloads (library, error)))
    return NULL;
  contents = g_new0 (SaeLibraryContents, 1);
  contents->folder = g_strdup (seismic_library_get_folder (library));
  contents->events = g_steal_pointer (&events);
  contents->signals = g_steal_pointer (&infos);
  contents->holdings = g_steal_pointer (&holdings);
  contents->downloads = g_steal_pointer (&downloads);
  contents->runs = analysis_run_list (contents->folder);
  return contents;
}

SaeLibraryContents *
sae_library_contents_read (const char *folder, gboolean create, GError **error)
{
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, create, error);

  return library ? read_contents (library, error) : NULL;
}

/* What an opening or importing job works on, and what comes of it. */
typedef struct {
  char *folder; /* of the library */
  gboolean create;
  char *sample;   /* the bundled sample, copied to folder first; or NULL */
  char **paths;   /* to import; or NULL */
  char **removed; /* ids of events to remove; or NULL */
  SeismicImportReport report;
  gboolean imported;
  SaeLibraryContents *contents;
} Opening;

static void
opening_clear (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  g_free (opening->sample);
  g_strfreev (opening->paths);
  g_strfreev (opening->removed);
  seismic_import_report_clear (&opening->report);
  g_clear_pointer (&opening->contents, sae_library_contents_free);
}

/* Counted: the job's input is its result too. */
static Opening *
opening_new (char *folder)
{
  Opening *opening = g_atomic_rc_box_new0 (Opening);

  opening->folder = folder;
  return opening;
}

static void
opening_release (gpointer opening)
{
  g_atomic_rc_box_release_full (opening, opening_clear);
}

static gboolean copy_folder (GFile *from, GFile *to, SaeJob *job, GError **error);

static gboolean
copy_entry (GFile *source, GFile *target, GFileType type, SaeJob *job, GError **error)
{
  if (type == G_FILE_TYPE_DIRECTORY)
    return copy_folder (source, target, job, error);
  return g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS,
                      sae_job_get_cancellable (job), NULL, NULL, error);
}

static gboolean
copy_folder (GFile *from, GFile *to, SaeJob *job, GError **error)
{
  GCancellable *cancellable = sae_job_get_cancellable (job);
  g_autoptr (GFileEnumerator) files = NULL;

  files = g_file_enumerate_children (
      from, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (!files || !g_file_make_directory_with_parents (to, cancellable, error))
    return FALSE;
  for (;;) {
    g_autoptr (GFile) target = NULL;
    GFileInfo *info;
    GFile *source;

    if (!g_file_enumerator_iterate (files, &info, &source, cancellable, error))
      return FALSE;
    if (!info)
      return TRUE;
    sae_job_report (job, -1, g_file_info_get_name (info), -1);
    target = g_file_get_child (to, g_file_info_get_name (info));
    if (!copy_entry (source, target, g_file_info_get_file_type (info), job, error))
      return FALSE;
  }
}

static void
remove_folder (GFile *folder)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_NAME,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  while (files && g_file_enumerator_iterate (files, &info, &child, NULL, NULL) && info) {
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
      remove_folder (child);
    else
      g_file_delete (child, NULL, NULL);
  }
  g_file_delete (folder, NULL, NULL);
}

/* Copies beside the target and renames, so that a half copy is never taken for a library.
 */
static gboolean
copy_sample (SaeJob *job, const char *sample, const char *folder, GError **error)
{
  g_autofree char *part = g_strconcat (folder, ".part", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (sample);
  g_autoptr (GFile) temporary = g_file_new_for_path (part);
  g_autoptr (GFile) to = g_file_new_for_path (folder);

  remove_folder (temporary);
  if (!copy_folder (from, temporary, job, error) ||
      !g_file_move (temporary, to, G_FILE_COPY_NONE, NULL, NULL, NULL, error)) {
    g_prefix_error (error, "%s: ", sample);
    remove_folder (temporary);
    return FALSE;
  }
  return TRUE;
}

/* What is no longer there needs no removal. */
static gboolean
remove_events (SaeJob *job, SeismicLibrary *library, char **ids, GError **error)
{
  guint n = g_strv_length (ids);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) flaw = NULL;

    if (!seismic_library_remove_event (library, ids[i], &flaw) &&
        !g_error_matches (flaw, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&flaw));
      return FALSE;
    }
    if (!sae_job_progress (&(SeismicProgress){.done = i + 1, .total = n}, job))
      break; /* the rest stays, and is shown */
  }
  return TRUE;
}

static gboolean
open_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Opening *opening = input;
  g_autoptr (SeismicLibrary) library = NULL;

  if (opening->sample && !seismic_library_probe (opening->folder) &&
      !copy_sample (job, opening->sample, opening->folder, error))
    return FALSE;
  library = seismic_library_open (opening->folder, opening->create, error);
  if (!library)
    return FALSE;
  if (opening->paths) {
    if (!seismic_import (library, (const char *const *)opening->paths, sae_job_progress,
                         job, &opening->report, error))
      return FALSE;
    opening->imported = TRUE;
  }
  if (opening->removed && !remove_events (job, library, opening->removed, error))
    return FALSE;
  opening->contents = read_contents (library, error);
  if (!opening->contents)
    return FALSE;
  *result = g_atomic_rc_box_acquire (opening);
  return TRUE;
}

static void
open_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  Opening *opening = sae_job_steal_result (job);

  /* A job cancelled in favour of another library must not bring its own back. */
  if (opening && !sae_job_is_cancelled (job)) {
    sae_session_show_contents (session, opening->contents);
    if (opening->imported)
      g_signal_emit_by_name (session, "imported", &opening->report);
    sae_tasks_judge (session);
  }
  g_clear_pointer (&opening, opening_release);
  sae_session_job_ended (session, job);
}

static void
cancel_listed (SaeSession *session)
{
  GListModel *jobs = sae_session_get_jobs (session);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    sae_job_cancel (job);
  }
}

static SaeJob *
start_opening (SaeSession *session, SaeJobKind kind, Opening *opening)
{
  SaeJob *job;

  if (g_strcmp0 (opening->folder, sae_session_get_folder (session)) != 0)
    cancel_listed (session);
  job = sae_job_start (kind, open_in_thread, opening, opening_release, opening_release,
                       open_done, G_OBJECT (session));
  sae_session_add_job (session, job);
  g_object_unref (job); /* the list's and its own thread's */
  return job;
}

SaeJob *
sae_tasks_open_library (SaeSession *session, const char *folder)
{
  Opening *opening = opening_new (g_canonicalize_filename (folder, NULL));

  return start_opening (session, SAE_JOB_READ, opening);
}

SaeJob *
sae_tasks_create_library (SaeSession *session, const char *folder)
{
  Opening *opening = opening_new (g_canonicalize_filename (folder, NULL));

  opening->create = TRUE;
  return start_opening (session, SAE_JOB_READ, opening);
}

SaeJob *
sae_tasks_open_sample (SaeSession *session)
{
  const char *data = g_getenv ("SAE_DATA_DIRECTORY");
  Opening *opening = opening_new (sae_session_data_path ("sample"));

  opening->sample = g_build_filename (data ? data : SAE_PKGDATADIR, "sample", NULL);
  return start_opening (session, SAE_JOB_SAMPLE, opening);
}

char *
sae_session_new_folder (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *folder = sae_session_data_path (day);

  for (guint i = 2; g_file_test (folder, G_FILE_TEST_EXISTS); i++) {
    g_autofree char *name = g_strdup_printf ("%s-%u", day, i);

    g_free (folder);
    folder = sae_session_data_path (name);
  }
  return g_steal_pointer (&folder);
}

SaeJob *
sae_tasks_import (SaeSession *session, const char *const *paths)
{
  const char *open_folder = sae_session_get_folder (session);
  Opening *opening;

  if (paths[0] && !paths[1] && seismic_library_probe (paths[0]))
    return sae_tasks_open_library (session, paths[0]);
  opening =
      opening_new (open_folder ? g_strdup (open_folder) : sae_session_new_folder ());
  opening->create = TRUE;
  opening->paths = g_strdupv ((char **)paths);
  return start_opening (session, SAE_JOB_IMPORT, opening);
}

SaeJob *
sae_tasks_remove_events (SaeSession *session, const char *const *ids)
{
  const char *folder = sae_session_get_folder (session);
  Opening *opening;

  if (!folder || !ids[0])
    return NULL;
  opening = opening_new (g_strdup (folder));
  opening->removed = g_strdupv ((char **)ids);
  return start_opening (session, SAE_JOB_READ, opening);
}

void
sae_tasks_cancel_all (SaeSession *session)
{
  GListModel *jobs = sae_session_get_jobs (session);

  cancel_listed (session);
  for (guint i = g_list_model_get_n_items (jobs); i-- > 0;) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    sae_job_cancel_and_wait (job);
    sae_session_job_ended (session, job);
  }
}
