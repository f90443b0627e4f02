/* Numbers for the tests of nn: random values, comparisons, derivatives by differences. */
#pragma once

#include "nn/rng.h"
#include "nn/shape.h"

/* Rounding that a comparison of two sums may show, relative to the largest value. */
#ifdef NN_DOUBLE
#define TEST_TOLERANCE 1e-12
#else
#define TEST_TOLERANCE 2e-6
#endif

/* (n) standard normal numbers; free with g_free. */
nn_real *test_random (NnRng *rng, size_t n);
/* (n) times value; free with g_free. */
nn_real *test_filled (nn_real value, size_t n);
/* Σ a · b of (n) each, in double: with random b a smooth loss of a, whose derivative by a
 * is b. */
double test_weighted_sum (const nn_real *a, const nn_real *b, size_t n);

/* Fails unless |got − expected| ≤ tolerance · the largest |expected| everywhere. */
void test_assert_close (const char *what, const nn_real *got, const nn_real *expected,
                        size_t n, double tolerance);

/* Fails unless gradient (n) is the derivative of loss by values (n), which loss reads
 * through user_data: central differences, within 1e-6 of the largest. In double precision
 * alone; in float it does nothing. A difference that spans a kink (of a ReLU, of |x|) is
 * taken again with smaller steps. */
typedef double (*TestLossFunc) (void *user_data);
void test_check_gradient (const char *what, nn_real *values, const nn_real *gradient,
                          size_t n, TestLossFunc loss, void *user_data);
/* The same within 1e-6 of the largest, or of least if that is larger: for gradients that
 * may be all 0 but for rounding. */
void test_check_gradient_above (const char *what, nn_real *values,
                                const nn_real *gradient, size_t n, TestLossFunc loss,
                                void *user_data, double least);

/* Batches of signals of different lengths that every sequence kernel is tried on. */
typedef struct {
  size_t n_signals;
  size_t lengths[6];
} TestLengths;
#define TEST_N_LENGTHS 6
extern const TestLengths test_lengths[TEST_N_LENGTHS];
