/* A batch source whose next batch is read and preprocessed, in a thread of its own, while
 * the one before is trained on. It holds no more than that one batch. */
#pragma once

#include "nn/batch.h"

typedef struct AnalysisPrefetch AnalysisPrefetch;

/* inner is borrowed, and from then on used by this alone until it is freed: its fill is
 * called in the other thread, never at the same time as begin. What it gives, and in what
 * order, is unchanged; an error is told by the fill of the batch that failed. inner NULL:
 * NULL. */
AnalysisPrefetch *analysis_prefetch_new (NnBatchSource *inner);
/* Borrowed; NULL for NULL. */
NnBatchSource *analysis_prefetch_source (AnalysisPrefetch *prefetch);
/* Waits for a batch that is being read, no longer. */
void analysis_prefetch_free (AnalysisPrefetch *prefetch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisPrefetch, analysis_prefetch_free)
