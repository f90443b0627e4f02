/* How the learning rate changes over a training. */
#pragma once

#include "nn/shape.h"

typedef enum {
  NN_SCHEDULE_CONSTANT,
  NN_SCHEDULE_COSINE /* half a cosine, from the rate down to 0 (Loshchilov and Hutter
                      * 2017, arXiv 1608.03983, equation 5 without restarts) */
} NnScheduleKind;

typedef struct {
  NnScheduleKind kind;
  size_t warmup; /* W: steps over which the rate first grows linearly; 0: none */
} NnSchedule;

/* "constant", "cosine" and back. FALSE and *kind untouched if there is no such name. */
const char *nn_schedule_to_string (NnScheduleKind kind);
bool nn_schedule_from_string (const char *name, NnScheduleKind *kind);

/* The share of the learning rate, 0 … 1, that step s of S in all is made with:
 *   (s + 1) / W                                  where s < W
 *   1, or (1 + cos (π (s − W) / (S − W))) / 2    from then on
 * s: 0 … S − 1. */
double nn_schedule_factor (const NnSchedule *schedule, size_t step, size_t n_steps);
