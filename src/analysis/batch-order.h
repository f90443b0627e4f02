/* Which signals go into a batch together: those of similar length, as a batch takes as
 * many steps of the LSTM as its longest signal has samples. */
#pragma once

#include "nn/rng.h"
#include <stddef.h>

/* order (n): overwritten with 0 … n − 1, so that each batch_size of them in turn make a
 * batch. With rng the order is drawn: the signals are shuffled, sorted by length within
 * pools of some batches, and the batches shuffled, all but one that is not full, which
 * comes last. With NULL they are sorted by length. Depends on lengths (n) and rng alone.
 */
void analysis_batch_order (size_t *order, const size_t *lengths, size_t n,
                           size_t batch_size, NnRng *rng);
