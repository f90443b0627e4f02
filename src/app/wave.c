#include "app/wave.h"

#include "seismic/time.h"
#include <math.h>
#include <string.h>

static double
find_mean (const double *values, size_t n)
{
  double sum = 0;
  size_t n_finite = 0;

  for (size_t i = 0; i < n; i++)
    if (isfinite (values[i])) {
      sum += values[i];
      n_finite++;
    }
  return n_finite > 0 ? sum / (double)n_finite : 0;
}

SaeWave *
sae_wave_new_borrowing (const SaeTraceInfo *info, const double *values, gpointer owner,
                        GDestroyNotify release)
{
  SaeWave *self = g_new0 (SaeWave, 1);

  g_atomic_ref_count_init (&self->count);
  self->values = values;
  self->owner = owner;
  self->release = release;
  self->unit = g_strdup (info->unit);
  self->n_samples = info->n_samples;
  self->start_ns = info->start_ns;
  self->has_origin = info->has_origin && info->origin_ns != SEISMIC_TIME_UNSET;
  self->origin_ns = info->origin_ns;
  self->rate_hz = info->rate_hz;
  self->n_spans = info->n_spans;
  self->spans = g_memdup2 (info->spans, info->n_spans * sizeof *info->spans);
  for (size_t c = 0; c < SAE_N_COMPONENTS; c++) {
    self->labels[c] = g_strdup (info->labels[c]);
    self->pyramids[c] = plot_pyramid_new (sae_wave_values (self, c), self->n_samples);
    self->means[c] = find_mean (sae_wave_values (self, c), self->n_samples);
  }
  return self;
}

SaeWave *
sae_wave_new (const SaeTraceInfo *info, double *values, double *reconstruction)
{
  SaeWave *self = sae_wave_new_borrowing (info, values, values, g_free);

  self->reconstruction = reconstruction;
  return self;
}

SaeWave *
sae_wave_ref (SaeWave *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
sae_wave_unref (SaeWave *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  for (size_t c = 0; c < SAE_N_COMPONENTS; c++) {
    g_free (self->labels[c]);
    plot_pyramid_unref (self->pyramids[c]);
  }
  g_free (self->unit);
  self->release (self->owner);
  g_free (self->reconstruction);
  g_free (self->spans);
  g_free (self);
}

const double *
sae_wave_values (const SaeWave *self, size_t c)
{
  return self->values + c * self->n_samples;
}

const char *
sae_wave_channel (const SaeWave *self, size_t c)
{
  const char *dot = strrchr (self->labels[c], '.');

  return dot ? dot + 1 : self->labels[c];
}

double
sae_wave_duration_s (const SaeWave *self)
{
  return self->n_samples > 1 ? (double)(self->n_samples - 1) / self->rate_hz : 0;
}

double
sae_wave_origin_s (const SaeWave *self)
{
  if (!self->has_origin)
    return NAN;
  return ((double)self->origin_ns - (double)self->start_ns) / 1e9;
}

double *
sae_wave_widen (const float *values, size_t n)
{
  double *doubles = g_new (double, n);

  for (size_t i = 0; i < n; i++)
    doubles[i] = values[i];
  return doubles;
}
