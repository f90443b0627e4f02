#include "seismic/spectrum.h"

#include <fftw3.h>
#include <glib.h>
#include <string.h>

/* FFTW's planner is not thread-safe; executing a plan is. */
static GMutex planner;

/* The work is done in FFTW's own arrays: their alignment is always the same, hence the
 * order of the sums and the last bit of the result, and the caller's input stays whole.
 */
struct SeismicSpectrumPlan {
  /* Owned */
  double *in;        /* (n) */
  fftw_complex *out; /* (n / 2 + 1) */
  fftw_plan plan;

  size_t n;
};

SeismicSpectrumPlan *
seismic_spectrum_plan_new (size_t n)
{
  SeismicSpectrumPlan *self = g_new0 (SeismicSpectrumPlan, 1);

  self->n = n;
  self->in = fftw_alloc_real (n);
  self->out = fftw_alloc_complex (n / 2 + 1);
  g_mutex_lock (&planner);
  self->plan = fftw_plan_dft_r2c_1d ((int)n, self->in, self->out, FFTW_ESTIMATE);
  g_mutex_unlock (&planner);
  return self;
}

void
seismic_spectrum_plan_free (SeismicSpectrumPlan *plan)
{
  if (plan == NULL)
    return;
  g_mutex_lock (&planner);
  fftw_destroy_plan (plan->plan);
  g_mutex_unlock (&planner);
  fftw_free (plan->in);
  fftw_free (plan->out);
  g_free (plan);
}

void
seismic_spectrum_plan_forward (SeismicSpectrumPlan *plan, double *spectrum,
                               const double *samples)
{
  memcpy (plan->in, samples, plan->n * sizeof *plan->in);
  fftw_execute (plan->plan);
  memcpy (spectrum, plan->out, (plan->n / 2 + 1) * sizeof *plan->out);
}

void
seismic_spectrum_forward (double *spectrum, const double *samples, size_t n)
{
  g_autoptr (SeismicSpectrumPlan) plan = seismic_spectrum_plan_new (n);

  seismic_spectrum_plan_forward (plan, spectrum, samples);
}

void
seismic_spectrum_inverse (double *samples, const double *spectrum, size_t n)
{
  fftw_complex *in = fftw_alloc_complex (n / 2 + 1);
  double *out = fftw_alloc_real (n);

  g_mutex_lock (&planner);
  fftw_plan plan = fftw_plan_dft_c2r_1d ((int)n, in, out, FFTW_ESTIMATE);
  g_mutex_unlock (&planner);

  memcpy (in, spectrum, (n / 2 + 1) * sizeof *in);
  fftw_execute (plan);
  for (size_t i = 0; i < n; i++)
    samples[i] = out[i] / (double)n;

  g_mutex_lock (&planner);
  fftw_destroy_plan (plan);
  g_mutex_unlock (&planner);
  fftw_free (in);
  fftw_free (out);
}
