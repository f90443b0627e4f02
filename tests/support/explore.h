/* For tests of the Explore page's parts: a session with a trained, projected library. */
#pragma once

#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
} ExploreFixture;

/* n_events × n_stations signals. */
static inline void
explore_fixture_init (ExploreFixture *fixture, size_t n_events, size_t n_stations)
{
  AnalysisTrainingSettings settings = widget_test_settings ();

  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, n_events, n_stations);
  fixture->session = sae_session_new ();
  widget_test_open (fixture->session, fixture->tiny.folder);
  sae_tasks_train (fixture->session, &settings);
  wait_until (sae_session_get_has_model (fixture->session));
  sae_tasks_project (fixture->session, ANALYSIS_EMBEDDING_DEFAULT);
  wait_until (sae_session_get_projection (fixture->session) != NULL);
}

static inline void
explore_fixture_clear (ExploreFixture *fixture)
{
  sae_tasks_cancel_all (fixture->session);
  widget_test_drain ();
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

/* The id of the signal of that row. */
static inline const char *
explore_fixture_id (ExploreFixture *fixture, guint row)
{
  GPtrArray *signals = sae_session_get_projection (fixture->session)->embedding->signals;

  return ((const SeismicSignalInfo *)g_ptr_array_index (signals, row))->id;
}
