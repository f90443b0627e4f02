/* Shared by fdsn.c (events) and fdsn-records.c (records, stations). */
#pragma once

#include "seismic/error.h"

#include <stdbool.h>

/* Whether half the question may get an answer: the server (413) or our own limit on an
 * answer's size says so. */
static inline bool
seismic_fdsn_is_too_much (const GError *error)
{
  return g_error_matches (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_MUCH) ||
         g_error_matches (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE);
}
