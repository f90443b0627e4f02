/* SaeWave: the three components of one signal as the charts show them, with what makes
 * drawing them quick. Nothing in it changes once it is made: any thread may read it. */
#pragma once

#include "plot/trace-layout.h"
#include <glib.h>
#include <stdbool.h>

#define SAE_N_COMPONENTS 3

typedef struct {
  const char *labels[SAE_N_COMPONENTS]; /* seed ids */
  size_t n_samples;                     /* T */
  int64_t start_ns;
  double rate_hz;
  const char *unit;
  bool has_origin; /* the event's time is known: */
  int64_t origin_ns;
  const PlotTraceSpan *spans; /* (n_spans): gaps and overlaps */
  size_t n_spans;
} SaeTraceInfo;

typedef struct {
  gatomicrefcount count;

  /* Owned */
  char *labels[SAE_N_COMPONENTS], *unit;
  gpointer owner; /* of values, with what lets it go */
  GDestroyNotify release;
  double *reconstruction; /* (3, T) or NULL */
  PlotPyramid *pyramids[SAE_N_COMPONENTS];
  PlotTraceSpan *spans;

  /* Borrowed of owner. */
  const double *values; /* (3, T); NAN in gaps */

  size_t n_samples, n_spans;
  bool has_origin;
  int64_t start_ns, origin_ns;
  double rate_hz;
  double means[SAE_N_COMPONENTS]; /* of what is finite; 0 where nothing is */
} SaeWave;

/* info is copied; values and reconstruction (may be NULL) become the wave's, to be freed
 * with g_free. Takes about 3 ms for a million samples: any thread. */
SaeWave *sae_wave_new (const SaeTraceInfo *info, double *values, double *reconstruction);
/* The same without a reconstruction, of values that owner keeps: it is given to release
 * at the end, in whichever thread that comes. */
SaeWave *sae_wave_new_borrowing (const SaeTraceInfo *info, const double *values,
                                 gpointer owner, GDestroyNotify release);
SaeWave *sae_wave_ref (SaeWave *self);
void sae_wave_unref (SaeWave *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeWave, sae_wave_unref)

/* A copy of values (n) as a wave takes them; free with g_free. */
double *sae_wave_widen (const float *values, size_t n);

/* Component c's samples (T), borrowed. */
const double *sae_wave_values (const SaeWave *self, size_t c);
/* "HNE" of "BK.CMB.00.HNE"; borrowed. */
const char *sae_wave_channel (const SaeWave *self, size_t c);
/* Seconds from the first to the last sample. */
double sae_wave_duration_s (const SaeWave *self);
/* Of the event's origin after the first sample; NAN if unknown. */
double sae_wave_origin_s (const SaeWave *self);
