/* The traces of the files read last, so that a file with many instruments is not decoded
 * once for each. One thread. */
#pragma once

#include "seismic/trace.h"
#include <glib.h>

typedef struct SeismicTraceCache SeismicTraceCache;

/* Holds samples of at most max_bytes. */
SeismicTraceCache *seismic_trace_cache_new (size_t max_bytes);
void seismic_trace_cache_free (SeismicTraceCache *cache);

/* Keeps a reference of traces (a GPtrArray of SeismicTrace) under key, and gives up the
 * oldest until all fit; what is too large for it alone is not kept. */
void seismic_trace_cache_put (SeismicTraceCache *cache, const char *key,
                              GPtrArray *traces);
/* A new reference, or NULL. */
GPtrArray *seismic_trace_cache_get (SeismicTraceCache *cache, const char *key);
void seismic_trace_cache_clear (SeismicTraceCache *cache);
