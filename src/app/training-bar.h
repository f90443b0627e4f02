/* SaeTrainingBar: what the training is at, its figures, and the buttons for what can be
 * done: they activate training.start, .resume, .pause and .stop. Property "session",
 * read-write. */
#pragma once

#include "app/training-status.h"
#include <adwaita.h>

#define SAE_TYPE_TRAINING_BAR (sae_training_bar_get_type ())
G_DECLARE_FINAL_TYPE (SaeTrainingBar, sae_training_bar, SAE, TRAINING_BAR, AdwBin)

/* Whether the settings are such that a training can start. */
void sae_training_bar_set_startable (SaeTrainingBar *self, gboolean startable);
/* After a change that the session does not tell: a job was cancelled. */
void sae_training_bar_update (SaeTrainingBar *self);
/* The button for what is to be done next. */
GtkWidget *sae_training_bar_get_button (SaeTrainingBar *self);
