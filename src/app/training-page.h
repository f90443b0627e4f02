/* SaeTrainingPage: settings at the side, the loss large, Start and Stop at the edge. */
#pragma once

#include "app/page.h"

#define SAE_TYPE_TRAINING_PAGE (sae_training_page_get_type ())
G_DECLARE_FINAL_TYPE (SaeTrainingPage, sae_training_page, SAE, TRAINING_PAGE, SaePage)

/* "Epoch 3 of 20 · batch 4 of 12 · 120 000 samples/s"; free with g_free. */
/* What came of a training, in a line; free with g_free. */
