/* A training looked at while it learns: the reconstruction of one held-out signal, as
 * often as it costs the training next to nothing. */
#pragma once

#include "analysis/model.h"
#include "nn/trainer.h"

/* Who looks. Every function is called in the training thread. */
typedef struct {
  /* The signals held out (ids, sorted, NULL-terminated), once, before the first batch. */
  void (*list) (const char *const *signal_ids, void *user_data);
  /* The id of the signal to show, to be freed with g_free; NULL: none. */
  char *(*choose) (void *user_data);
  /* reconstruction becomes the receiver's, to be cleared. epochs: the training done so
   * far, in epochs: 2.5 in the middle of the third. */
  void (*show) (const char *signal_id, double epochs,
                AnalysisReconstruction *reconstruction, void *user_data);
  void *user_data;
} AnalysisOnlooker;

/* At most one a second, and at most this share of the training's time. */
#define ANALYSIS_LIVE_PERIOD_US G_USEC_PER_SEC
#define ANALYSIS_LIVE_SHARE 0.01

typedef struct AnalysisLive AnalysisLive;

/* onlooker is copied; model is borrowed, and so is the folder's library, which is opened
 * anew, for another thread may be reading it. */
AnalysisLive *analysis_live_new (const AnalysisOnlooker *onlooker, AnalysisModel *model,
                                 const char *folder);
void analysis_live_free (AnalysisLive *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisLive, analysis_live_free)

/* To be called wherever the model may be used (nn/trainer.h). Shows the chosen signal if
 * it is time to, another one was chosen, or the last epoch is over. A signal that cannot
 * be read, or is too short, is not shown. */
void analysis_live_look (AnalysisLive *live, const NnProgress *progress);

/* µs of rest after a look that took cost_us. */
int64_t analysis_live_rest (int64_t cost_us);
