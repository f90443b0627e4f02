#include "session/tasks.h"

#include "analysis/error.h"
#include "session/notes.h"
#include "session/session-private.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"
#include <math.h>
#include <string.h>

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  GError *error; /* of the last "failed" */
} Fixture;

static void
note_failed (SaeSession *session, SaeJob *job, const GError *error, Fixture *fixture)
{
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
wait_for_job (SaeJob *job)
{
  g_autoptr (SaeJob) alive = g_object_ref (job);
  gint64 end = g_get_monotonic_time () + 100 * G_USEC_PER_SEC;

  while (sae_job_get_state (alive) == SAE_JOB_RUNNING) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  drain_main_loop ();
}

/* 8 events of 2 stations; embeddings of the test's own: the first four events lie about
 * (0, 0), the others about (9, 9). */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);

  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 8, 2);
  fixture->session = sae_session_new ();
  g_signal_connect (fixture->session, "failed", G_CALLBACK (note_failed), fixture);
  wait_for_job (sae_tasks_open_library (fixture->session, fixture->tiny.folder));
  embedding->signals = seismic_library_list_signals (fixture->tiny.library, NULL);
  embedding->skipped = g_ptr_array_new ();
  analysis_matrix_init (&embedding->values, 16, 2);
  for (guint i = 0; i < 16; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (embedding->signals, i);
    float base = strcmp (info->event_id, "ev4") < 0 ? 0 : 9;

    embedding->values.data[2 * i] = base + 0.1f * (float)(i % 3);
    embedding->values.data[2 * i + 1] = base + 0.1f * (float)(i % 5);
  }
  sae_session_take_projection (fixture->session, sae_projection_new (embedding, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sae_tasks_cancel_all (fixture->session);
  drain_main_loop ();
  g_clear_error (&fixture->error);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

/* Puts a tag on the signals of the events from first to before end; it counts before it
 * is written. */
static void
tag (Fixture *fixture, const char *first, const char *end, const char *name)
{
  GPtrArray *signals = sae_session_get_projection (fixture->session)->embedding->signals;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (signals, i);

    if (strcmp (info->event_id, first) >= 0 && strcmp (info->event_id, end) < 0)
      g_ptr_array_add (items, sae_session_find_signal (fixture->session, info->id));
  }
  sae_notes_add_tags (sae_session_get_notes (fixture->session), items, name);
}

static void
test_classify (Fixture *fixture, gconstpointer data)
{
  SaeClassifySettings settings = {FALSE, analysis_validation_default ()};
  const AnalysisClassification *found;

  settings.validation.n_folds = 4;
  settings.validation.n_permutations = 20;
  /* All are earthquakes: there is nothing to tell. */
  wait_for_job (sae_tasks_classify (fixture->session, &settings));
  g_assert_error (fixture->error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_null (sae_session_get_classification (fixture->session));
  g_clear_error (&fixture->error);

  tag (fixture, "ev0", "ev4", "near");
  tag (fixture, "ev4", "ev9", "far");
  settings.by_tag = TRUE;
  wait_for_job (sae_tasks_classify (fixture->session, &settings));
  g_assert_no_error (fixture->error);
  found = sae_session_get_classification (fixture->session);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->labels.names->len, ==, 2);
  g_assert_cmpfloat (found->embedding.balanced.value, ==, 1);
  g_assert_cmpfloat (found->embedding.p_value, <, 0.1);
  sae_session_take_projection (fixture->session, NULL);
  g_assert_null (sae_session_get_classification (fixture->session));
}

static void
test_cluster (Fixture *fixture, gconstpointer data)
{
  AnalysisClusteringSettings settings = analysis_clustering_default ();
  const AnalysisClustering *found;
  GPtrArray *signals = sae_session_get_projection (fixture->session)->embedding->signals;

  settings.n_clusters = 2;
  wait_for_job (sae_tasks_cluster (fixture->session, &settings));
  g_assert_no_error (fixture->error);
  found = sae_session_get_clustering (fixture->session);
  g_assert_cmpuint (found->n_clusters, ==, 2);
  g_assert_cmpfloat (found->silhouette, >, 0.9);
  for (guint i = 0; i < 16; i++)
    for (guint j = 0; j < i; j++) {
      const SeismicSignalInfo *a = g_ptr_array_index (signals, i);
      const SeismicSignalInfo *b = g_ptr_array_index (signals, j);
      gboolean together =
          (strcmp (a->event_id, "ev4") < 0) == (strcmp (b->event_id, "ev4") < 0);

      g_assert_cmpint (found->cluster[i] == found->cluster[j], ==, together);
    }
  settings.n_clusters = 99;
  wait_for_job (sae_tasks_cluster (fixture->session, &settings));
  g_assert_nonnull (fixture->error);
  g_assert_true (sae_session_get_clustering (fixture->session) == found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/tasks-labels/classify", Fixture, NULL, set_up, test_classify,
              tear_down);
  g_test_add ("/session/tasks-labels/cluster", Fixture, NULL, set_up, test_cluster,
              tear_down);
  return g_test_run ();
}
