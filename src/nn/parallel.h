/* The threads of the engine. */
#pragma once

#include <stddef.h>

/* Sets once, before the first use of the engine, how many threads it may use; 0 means one
 * for each processor. The same count gives the same result, bit for bit. */
void nn_parallel_set_threads (size_t n_threads);
size_t nn_parallel_get_threads (void);
