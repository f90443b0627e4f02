/* Training, as told on standard error. */
#pragma once

#include "nn/trainer.h"

/* An NnProgressFunc over a CliProgress: a line that stays for each epoch, the bar in
 * between. Tells the training to stop after Ctrl-C. */
bool cli_training_progress (const NnProgress *training, void *progress);
