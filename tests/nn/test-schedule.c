#include "nn/schedule.h"
#include <glib.h>
#include <math.h>

static void
test_constant (void)
{
  const NnSchedule plain = {0}, warm = {NN_SCHEDULE_CONSTANT, 4};
  const double expected[] = {0.25, 0.5, 0.75, 1, 1, 1};
  for (size_t step = 0; step < G_N_ELEMENTS (expected); step++) {
    g_assert_cmpfloat (nn_schedule_factor (&plain, step, 6), ==, 1);
    g_assert_cmpfloat (nn_schedule_factor (&warm, step, 6), ==, expected[step]);
  }
}

/* torch.optim.lr_scheduler.CosineAnnealingLR (T_max=8) from rate 1. */
static void
test_cosine (void)
{
  const NnSchedule cosine = {NN_SCHEDULE_COSINE, 0}, warm = {NN_SCHEDULE_COSINE, 2};
  const double expected[] = {
      1,   0.9619397662556434, 0.8535533905932737, 0.6913417161825449,
      0.5, 0.3086582838174551, 0.1464466094067262, 0.03806023374435663};
  for (size_t step = 0; step < G_N_ELEMENTS (expected); step++) {
    g_assert_cmpfloat_with_epsilon (nn_schedule_factor (&cosine, step, 8), expected[step],
                                    1e-12);
    g_assert_cmpfloat_with_epsilon (nn_schedule_factor (&warm, step + 2, 10),
                                    expected[step], 1e-12);
  }
  g_assert_cmpfloat (nn_schedule_factor (&warm, 0, 10), ==, 0.5);
  g_assert_cmpfloat (nn_schedule_factor (&warm, 1, 10), ==, 1);
  g_assert_cmpfloat (nn_schedule_factor (&cosine, 0, 1), ==, 1);
  /* A warm-up longer than the training is all of it. */
  g_assert_cmpfloat (nn_schedule_factor (&(NnSchedule){NN_SCHEDULE_COSINE, 10}, 4, 5), ==,
                     0.5);
  /* Steps beyond the plan make no longer ones. */
  g_assert_cmpfloat (nn_schedule_factor (&cosine, 12, 8), ==, 0);
}

static void
test_names (void)
{
  static const char *const names[] = {"constant", "cosine"};
  NnScheduleKind kind = (NnScheduleKind)99;
  g_assert_false (nn_schedule_from_string ("linear", &kind));
  g_assert_cmpint (kind, ==, 99);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (nn_schedule_from_string (names[i], &kind));
    g_assert_cmpuint (kind, ==, i);
    g_assert_cmpstr (nn_schedule_to_string (kind), ==, names[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/schedule/constant", test_constant);
  g_test_add_func ("/nn/schedule/cosine", test_cosine);
  g_test_add_func ("/nn/schedule/names", test_names);
  return g_test_run ();
}
