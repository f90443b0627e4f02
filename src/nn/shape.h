/* The letters used for shapes throughout nn, and the number type.
 *
 *   B  signals in a batch        T  time samples (of the longest signal of a batch)
 *   C  channels                  H  hidden width of an LSTM layer
 *   K  kernel length             L  LSTM layers
 *
 * Arrays are row-major with the last letter fastest: (B, T, C) holds the C channels of
 * one time sample side by side. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* float in the program; the gradient tests compile the layer with -DNN_DOUBLE. */
#ifdef NN_DOUBLE
typedef double nn_real;
#else
typedef float nn_real;
#endif

/* The most channels and hidden units that a network may have. */
enum { NN_WIDTH_MOST = 4096 };
