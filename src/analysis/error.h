/* The error domain of the analysis layer. */
#pragma once

#include <glib.h>

typedef enum {
  ANALYSIS_ERROR_TOO_FEW,  /* too few signals or events for what was asked */
  ANALYSIS_ERROR_NO_MODEL, /* the library has no trained model */
  ANALYSIS_ERROR_MISMATCH, /* the model does not fit the signals */
  ANALYSIS_ERROR_SETTINGS, /* a setting is out of range */
  ANALYSIS_ERROR_NUMERIC   /* an eigenvalue problem did not converge, NaN in the data */
} AnalysisError;

#define ANALYSIS_ERROR (analysis_error_quark ())
GQuark analysis_error_quark (void);
