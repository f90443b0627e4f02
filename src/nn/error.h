/* The error domain of the nn layer. */
#pragma once

#include <glib.h>

typedef enum {
  NN_ERROR_CONFIG,    /* a network or training setting is out of range */
  NN_ERROR_FORMAT,    /* bytes are no valid safetensors file or checkpoint */
  NN_ERROR_MISMATCH,  /* a tensor is missing or has another shape than the network */
  NN_ERROR_NOT_FINITE /* NaN or infinity in data or loss */
} NnError;

#define NN_ERROR (nn_error_quark ())
GQuark nn_error_quark (void);
