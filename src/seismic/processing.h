/* What is done to a signal before it is looked at or written out: a list of switches,
 * applied in the order of the struct's members. Signals and files stay what they are. */
#pragma once

#include "seismic/butterworth.h"
#include "seismic/signal.h"

typedef enum {
  SEISMIC_MOTION_AS_RECORDED,
  SEISMIC_MOTION_DIFFERENCE,     /* of each sample and the one before */
  SEISMIC_MOTION_INTEGRAL,       /* once: velocity of acceleration */
  SEISMIC_MOTION_DOUBLE_INTEGRAL /* twice: displacement of acceleration */
} SeismicMotion;

typedef enum {
  SEISMIC_ROTATION_NONE,
  SEISMIC_ROTATION_EAST_NORTH,       /* components become "ENZ" */
  SEISMIC_ROTATION_RADIAL_TRANSVERSE /* components become "RTZ" */
} SeismicRotation;

/* All zero: nothing is done. */
typedef struct {
  double resample_hz; /* 0: the signal's own rate */
  bool physical;      /* counts → cm/s² by the signal's sensitivities */
  bool demean, detrend;
  double taper; /* 0 … 0.5 of the length at either end; 0: none */
  SeismicButterworth filter;
  SeismicMotion motion;
  SeismicRotation rotation;
  bool normalise; /* (x − mean) / scale, component by component */
  double mean[SEISMIC_N_COMPONENTS], scale[SEISMIC_N_COMPONENTS]; /* scale > 0 */
} SeismicProcessing;

/* What the samples of a processed signal are. */
typedef enum {
  SEISMIC_UNIT_COUNTS,
  SEISMIC_UNIT_COUNTS_PER_SAMPLE,
  SEISMIC_UNIT_COUNT_SECONDS,
  SEISMIC_UNIT_COUNT_SECONDS_SQUARED,
  SEISMIC_UNIT_CM_PER_S2,
  SEISMIC_UNIT_CM_PER_S2_PER_SAMPLE,
  SEISMIC_UNIT_CM_PER_S,
  SEISMIC_UNIT_CM,
  SEISMIC_UNIT_NORMALISED /* of the network: without a unit */
} SeismicUnit;

SeismicUnit seismic_processing_unit (const SeismicProcessing *processing);

/* TRUE if nothing is done. */
bool seismic_processing_is_identity (const SeismicProcessing *processing);

/* Whether the processing can be applied to the signal (of ≥ 1 samples). back_azimuth:
 * degrees, at the station towards the event; NAN if unknown. FALSE with
 * SEISMIC_ERROR_SETTINGS for numbers out of range (as seismic_butterworth_check () does,
 * at the rate after resampling) and for an unknown sensitivity or direction that is
 * needed; SEISMIC_ERROR_TOO_LARGE for over 2^27 samples, SEISMIC_ERROR_TOO_SHORT for a
 * difference of one. Components whose azimuth is unknown point where their letter says, E
 * or N. */
bool seismic_processing_check (const SeismicProcessing *processing,
                               const SeismicSignal *signal, double back_azimuth,
                               GError **error);

/* A new signal, processed; NULL as seismic_processing_check () fails. A difference has
 * one sample less and begins at the time of its first later sample; resampling changes
 * rate and length. Any thread. */
SeismicSignal *seismic_processing_apply (const SeismicProcessing *processing,
                                         const SeismicSignal *signal, double back_azimuth,
                                         GError **error);
