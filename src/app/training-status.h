/* What a training is at, and its words. */
#pragma once

#include "session/session.h"

typedef enum {
  SAE_TRAINING_NONE, /* the library's model, if there is one, is not known */
  SAE_TRAINING_READING,
  SAE_TRAINING_RUNNING,
  SAE_TRAINING_PAUSED,
  SAE_TRAINING_STOPPING,
  SAE_TRAINING_UNFINISHED, /* can go on */
  SAE_TRAINING_FINISHED
} SaeTrainingState;

SaeTrainingState sae_training_state_of (SaeSession *session);

/* What Space does, and what the first button is for. */
typedef enum {
  SAE_TRAINING_START,
  SAE_TRAINING_PAUSE,
  SAE_TRAINING_RESUME,
  SAE_TRAINING_WAIT /* nothing */
} SaeTrainingVerb;
SaeTrainingVerb sae_training_state_verb (SaeTrainingState state);

/* A sentence on it; "" for SAE_TRAINING_NONE. run may be NULL where it is not needed.
 * Free with g_free, as all below. */
char *sae_training_state_text (SaeTrainingState state, const NnProgress *progress,
                               const AnalysisRun *run);
char *sae_training_summary_text (const AnalysisTrainingSummary *summary);

/* The figures of a running training. */
typedef enum {
  SAE_TRAINING_LOSS,
  SAE_TRAINING_SPEED,
  SAE_TRAINING_RATE,
  SAE_TRAINING_NORM,
  SAE_TRAINING_LEFT,
  SAE_TRAINING_N_FIGURES
} SaeTrainingFigure;
/* Borrowed. */
const char *sae_training_figure_name (SaeTrainingFigure figure);
const char *sae_training_figure_meaning (SaeTrainingFigure figure);
/* "–" where it is not known yet. */
char *sae_training_figure_text (SaeTrainingFigure figure, const NnProgress *progress);
