#include "nn/adam.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

enum { N = 67 };

/* The paper's algorithm as it stands there, in double. */
static void
check_twin (double decay, double scale)
{
  const NnAdam adam = {1e-2, decay, scale};
  NnRng rng;
  nn_rng_seed (&rng, 1);
  g_autofree nn_real *value = test_random (&rng, N), *m = test_filled (0, N),
                     *v = test_filled (0, N), *expected = g_new (nn_real, N);
  double theta[N], first[N] = {0}, second[N] = {0};
  for (size_t i = 0; i < N; i++)
    theta[i] = (double)value[i];
  for (uint64_t step = 1; step <= 50; step++) {
    g_autofree nn_real *gradient = test_random (&rng, N);
    nn_adam_step (value, m, v, gradient, N, &adam, step);
    for (size_t i = 0; i < N; i++) {
      double g = scale * (double)gradient[i];
      first[i] = 0.9 * first[i] + (1 - 0.9) * g;
      second[i] = 0.999 * second[i] + (1 - 0.999) * g * g;
      double m_hat = first[i] / (1 - pow (0.9, (double)step));
      double v_hat = second[i] / (1 - pow (0.999, (double)step));
      theta[i] -= 1e-2 * decay * theta[i];
      theta[i] -= 1e-2 * m_hat / (sqrt (v_hat) + 1e-8);
      expected[i] = (nn_real)theta[i];
    }
    test_assert_close ("value", value, expected, N, 2 * TEST_TOLERANCE);
  }
}

static void
test_twin (void)
{
  check_twin (0, 1);
  check_twin (0.1, 1);
  check_twin (0.01, 0.3);
}

/* torch.optim.AdamW([tensor([1., -2.])], lr=0.1, weight_decay=0.5) with gradients
 * (0.3, -4), then (-0.1, 2). */
static void
test_values (void)
{
  const NnAdam adam = {0.1, 0.5, 1};
  nn_real value[] = {1, -2}, m[2] = {0}, v[2] = {0};
  nn_real gradients[2][2] = {{(nn_real)0.3, -4}, {(nn_real)-0.1, 2}};
  for (uint64_t step = 1; step <= 2; step++)
    nn_adam_step (value, m, v, gradients[step - 1], 2, &adam, step);
  const nn_real expected[] = {(nn_real)0.7674781477614141, (nn_real)-1.6833662963556955};
  test_assert_close ("value", value, expected, 2, 1e-6);
}

static void
test_clip (void)
{
  const nn_real gradient[] = {3, 0, -4};
  g_assert_cmpfloat (nn_adam_squared_norm (gradient, 3), ==, 25);
  g_assert_cmpfloat (nn_adam_clip (25, 0), ==, 1);
  g_assert_cmpfloat (nn_adam_clip (25, 5), ==, 1);
  g_assert_cmpfloat (nn_adam_clip (25, 1), ==, 0.2);
  g_assert_cmpfloat (nn_adam_clip (0, 1), ==, 1);

  g_autofree nn_real *many = test_filled (2, 1003);
  g_assert_cmpfloat (nn_adam_squared_norm (many, 1003), ==, 4 * 1003);
  many[1002] = (nn_real)NAN;
  g_assert_true (isnan (nn_adam_squared_norm (many, 1003)));
  many[1002] = -(nn_real)INFINITY;
  g_assert_false (isfinite (nn_adam_squared_norm (many, 1003)));
}

/* The first step is the learning rate long, whatever the gradient's size; without a
 * gradient there is none. */
static void
test_first_step (void)
{
  const NnAdam adam = {0.25, 0, 1};
  nn_real value[] = {1, 1, 1, 1}, m[4] = {0}, v[4] = {0};
  nn_real gradient[] = {1e-3f, -1e-3f, 1e3f, 0};
  nn_real expected[] = {0.75f, 1.25f, 0.75f, 1};
  nn_adam_step (value, m, v, gradient, 4, &adam, 1);
  test_assert_close ("value", value, expected, 4, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/adam/twin", test_twin);
  g_test_add_func ("/nn/adam/values", test_values);
  g_test_add_func ("/nn/adam/clip", test_clip);
  g_test_add_func ("/nn/adam/first-step", test_first_step);
  return g_test_run ();
}
