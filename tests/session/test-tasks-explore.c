#include "session/tasks.h"

#include "analysis/error.h"
#include "session/session-private.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"
#include <math.h>

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

/* Until the job, which nobody need hold, has ended and its done was called. */
static void
wait_for_job (SaeJob *job)
{
  g_autoptr (SaeJob) alive = job ? g_object_ref (job) : NULL;
  gint64 end = g_get_monotonic_time () + 100 * G_USEC_PER_SEC;

  while (alive && sae_job_get_state (alive) == SAE_JOB_RUNNING) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  drain_main_loop ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  AnalysisTrainingSettings settings = analysis_training_default ();

  settings.network.widths[0] = settings.network.widths[1] = 4;
  settings.network.widths[2] = settings.network.hidden = 4;
  settings.dataset.rate_hz = 10;
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 3, 4);
  fixture->session = sae_session_new ();
  g_signal_connect (fixture->session, "failed", G_CALLBACK (note_failed), fixture);
  wait_for_job (sae_tasks_open_library (fixture->session, fixture->tiny.folder));
  wait_for_job (sae_tasks_train (fixture->session, &settings));
  wait_for_job (sae_tasks_project (fixture->session, ANALYSIS_EMBEDDING_DEFAULT));
  g_assert_no_error (fixture->error);
  g_assert_nonnull (sae_session_get_projection (fixture->session));
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

static void
test_layouts (Fixture *fixture, gconstpointer data)
{
  SaeLayout *layout = sae_session_get_layout (fixture->session);
  const SaeProjection *projection = sae_session_get_projection (fixture->session);
  SaeLayoutSettings settings = sae_layout_default (SAE_LAYOUT_PCA);

  g_assert_cmpuint (sae_layout_get_xy (layout)->rows, ==, 12);
  g_assert_null (sae_tasks_lay_out (fixture->session, &settings)); /* there already */
  for (int method = SAE_LAYOUT_TSNE; method <= SAE_LAYOUT_UMAP; method++) {
    settings = sae_layout_default ((SaeLayoutMethod)method);
    settings.perplexity = 3;
    settings.n_neighbors = 4;
    settings.n_iterations = 60;
    wait_for_job (sae_tasks_lay_out (fixture->session, &settings));
    g_assert_no_error (fixture->error);
    g_assert_cmpint (sae_layout_get_method (layout), ==, method);
    g_assert_cmpuint (sae_layout_get_iteration (layout), ==, 60);
    for (size_t i = 0; i < 24; i++)
      g_assert_true (isfinite (sae_layout_get_xy (layout)->data[i]));
    g_assert_null (sae_tasks_lay_out (fixture->session, &settings)); /* kept */
  }
  settings = sae_layout_default (SAE_LAYOUT_PCA);
  g_assert_null (sae_tasks_lay_out (fixture->session, &settings));
  g_assert_cmpmem (sae_layout_get_xy (layout)->data, 24 * sizeof (float),
                   projection->xy.data, 24 * sizeof (float));
}

static void
wait_for_step (SaeLayout *layout, gpointer flag)
{
  if (sae_layout_get_method (layout) == SAE_LAYOUT_TSNE)
    *(gboolean *)flag = TRUE;
}

/* Steps are shown while they are made; stopping keeps the layout and is no failure. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  SaeLayout *layout = sae_session_get_layout (fixture->session);
  SaeLayoutSettings settings = sae_layout_default (SAE_LAYOUT_TSNE);
  gboolean stepped = FALSE;
  SaeJob *job;

  settings.perplexity = 3;
  settings.n_iterations = 100000000;
  g_signal_connect (layout, "changed", G_CALLBACK (wait_for_step), &stepped);
  job = g_object_ref (sae_tasks_lay_out (fixture->session, &settings));
  wait_for (&stepped);
  g_assert_cmpint (sae_job_get_state (job), ==, SAE_JOB_RUNNING);
  g_assert_cmpuint (sae_layout_get_iteration (layout), >, 0);
  sae_tasks_stop (fixture->session, SAE_JOB_LAYOUT);
  wait_for_job (job);
  g_assert_cmpint (sae_job_get_state (job), ==, SAE_JOB_DONE);
  g_assert_cmpint (sae_layout_get_method (layout), ==, SAE_LAYOUT_TSNE);
  g_object_unref (job);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  SaeLayoutSettings settings = sae_layout_default (SAE_LAYOUT_TSNE);

  settings.perplexity = -1;
  wait_for_job (sae_tasks_lay_out (fixture->session, &settings));
  g_assert_error (fixture->error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  g_assert_cmpint (sae_layout_get_method (sae_session_get_layout (fixture->session)), ==,
                   SAE_LAYOUT_PCA); /* what was shown still is */
}

static void
note_reconstructed (SaeJob *job, gpointer user_data)
{
  AnalysisReconstruction *reconstruction = sae_job_steal_result (job);
  SaeSession *session = user_data;

  g_object_set_data_full (G_OBJECT (session), "reconstruction", reconstruction,
                          sae_reconstruction_free);
}

/* Each signal's error is that of its reconstruction alone; a new model voids them. */
static void
test_errors (Fixture *fixture, gconstpointer data)
{
  const SaeProjection *projection = sae_session_get_projection (fixture->session);
  const SeismicSignalInfo *info = g_ptr_array_index (projection->embedding->signals, 5);
  AnalysisReconstruction *reconstruction;
  SaeJob *job;

  g_assert_null (sae_session_get_errors (fixture->session));
  wait_for_job (sae_tasks_measure (fixture->session));
  g_assert_nonnull (sae_session_get_errors (fixture->session));
  job = sae_tasks_reconstruct (fixture->session, info->id, note_reconstructed,
                               G_OBJECT (fixture->session));
  wait_for_job (job);
  g_object_unref (job);
  reconstruction = g_object_get_data (G_OBJECT (fixture->session), "reconstruction");
  g_assert_cmpfloat_with_epsilon (sae_session_get_errors (fixture->session)[5],
                                  reconstruction->normalized_error, 1e-5);
  sae_session_model_changed (fixture->session);
  g_assert_null (sae_session_get_errors (fixture->session));
  g_assert_cmpuint (sae_layout_get_xy (sae_session_get_layout (fixture->session))->rows,
                    ==, 0);
}

static void
note_neighbors (SaeJob *job, gpointer user_data)
{
  g_object_set_data_full (user_data, "neighbors", sae_job_steal_result (job),
                          sae_neighbors_free);
}

static double
distance (const AnalysisMatrix *x, size_t a, size_t b)
{
  double sum = 0;

  for (size_t j = 0; j < x->columns; j++)
    sum += pow (x->data[a * x->columns + j] - x->data[b * x->columns + j], 2);
  return sqrt (sum);
}

static void
test_neighbors (Fixture *fixture, gconstpointer data)
{
  const SaeProjection *projection = sae_session_get_projection (fixture->session);
  const AnalysisNeighbors *neighbors;
  double last;
  SaeJob *job = sae_tasks_find_neighbors (fixture->session, 4, 99, note_neighbors,
                                          G_OBJECT (fixture->session));

  wait_for_job (job);
  g_object_unref (job);
  neighbors = g_object_get_data (G_OBJECT (fixture->session), "neighbors");
  g_assert_nonnull (neighbors);
  g_assert_cmpuint (neighbors->k, ==, 11); /* all others */
  last = 0;
  for (size_t i = 0; i < neighbors->k; i++) {
    double expected = distance (&projection->embedding->values, 4, neighbors->index[i]);

    g_assert_cmpuint (neighbors->index[i], !=, 4);
    g_assert_cmpfloat_with_epsilon (neighbors->distance[i], expected, 1e-4);
    g_assert_cmpfloat (neighbors->distance[i], >=, last);
    last = neighbors->distance[i];
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/tasks-explore/layouts", Fixture, NULL, set_up, test_layouts,
              tear_down);
  g_test_add ("/session/tasks-explore/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/session/tasks-explore/failure", Fixture, NULL, set_up, test_failure,
              tear_down);
  g_test_add ("/session/tasks-explore/errors", Fixture, NULL, set_up, test_errors,
              tear_down);
  g_test_add ("/session/tasks-explore/neighbors", Fixture, NULL, set_up, test_neighbors,
              tear_down);
  return g_test_run ();
}
