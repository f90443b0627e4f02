#include "nn/parallel.h"

#include "nn/gemm.h"
#include <glib.h>

static size_t threads; /* 0: never set, BLAS then takes one for each processor */

void
nn_parallel_set_threads (size_t n_threads)
{
  threads = CLAMP (n_threads > 0 ? n_threads : g_get_num_processors (), 1, 1024);
  nn_gemm_set_threads (threads);
}

size_t
nn_parallel_get_threads (void)
{
  return threads > 0 ? threads : g_get_num_processors ();
}
