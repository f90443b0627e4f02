/* Ground motion of one event at one place by the stochastic method: Boore (2003), Pure
 * appl. geophys. 160, 635–676, doi 10.1007/PL00012553 (“B03”). Pure functions. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  bool explosion;
  double magnitude;  /* moment magnitude */
  double stress_bar; /* stress parameter Δσ */
  double depth_km;
} SeismicSynthesisSource;

typedef struct {
  double distance_km;   /* epicentral */
  double back_azimuth;  /* degrees, from the station to the event */
  double kappa_s;       /* near-site attenuation κ₀ of S waves */
  double amplification; /* factor on a generic rock site */
  double p_factor;      /* radiation of P in this direction, relative to the mean */
} SeismicSynthesisPath;

typedef enum { SEISMIC_SYNTHESIS_P, SEISMIC_SYNTHESIS_S } SeismicSynthesisPhase;

/* Corner frequency in Hz. */
double seismic_synthesis_corner (const SeismicSynthesisSource *source,
                                 SeismicSynthesisPhase phase);
/* Travel time in s after the origin, in a uniform crust. */
double seismic_synthesis_arrival (const SeismicSynthesisSource *source,
                                  const SeismicSynthesisPath *path,
                                  SeismicSynthesisPhase phase);
/* Seconds of strong shaking of a phase (B03 section 2.4: source plus path). */
double seismic_synthesis_duration (const SeismicSynthesisSource *source,
                                   const SeismicSynthesisPath *path,
                                   SeismicSynthesisPhase phase);
/* Fourier amplitude of ground acceleration at frequency_hz, in m/s (B03 eq. 4). */
double seismic_synthesis_amplitude (const SeismicSynthesisSource *source,
                                    const SeismicSynthesisPath *path,
                                    SeismicSynthesisPhase phase, double frequency_hz);

/* motion (3, n), overwritten: acceleration in m/s² towards east, north and up, sample 0
 * standing begin_s after the origin. The same arguments give the same motion. */
void seismic_synthesis_motion (double *motion, const SeismicSynthesisSource *source,
                               const SeismicSynthesisPath *path, double begin_s,
                               double rate_hz, size_t n, uint64_t seed);
/* noise (n), overwritten: background noise of rms 1 with its peak near peak_hz. */
void seismic_synthesis_noise (double *noise, double peak_hz, double rate_hz, size_t n,
                              uint64_t seed);
