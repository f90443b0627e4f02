#include "seismic/http-gate.h"

#define S INT64_C (1000000)

/* However many ask at once, they get turns 1/rate apart, and a pause saves up nothing. */
static void
test_spacing (void)
{
  g_autoptr (SeismicHttpGate) gate = seismic_http_gate_new (5.0);
  for (int i = 0; i < 10; i++)
    g_assert_cmpint (seismic_http_gate_take (gate, 7 * S), ==, 7 * S + i * S / 5);
  g_assert_cmpint (seismic_http_gate_take (gate, 100 * S), ==, 100 * S);
  g_assert_cmpint (seismic_http_gate_take (gate, 100 * S), ==, 100 * S + S / 5);
}

static void
test_no_limit (void)
{
  g_autoptr (SeismicHttpGate) gate = seismic_http_gate_new (0.0);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (seismic_http_gate_take (gate, 3 * S), ==, 3 * S);
  g_assert_cmpint (seismic_http_gate_take (NULL, 4 * S), ==, 4 * S);
  g_assert_cmpint (seismic_http_gate_held_until (NULL), ==, 0);
  seismic_http_gate_hold (NULL, 4 * S);
}

static void
test_hold (void)
{
  g_autoptr (SeismicHttpGate) gate = seismic_http_gate_new (10.0);
  g_assert_cmpint (seismic_http_gate_held_until (gate), ==, 0);
  seismic_http_gate_hold (gate, 9 * S);
  seismic_http_gate_hold (gate, 5 * S); /* earlier: no change */
  g_assert_cmpint (seismic_http_gate_held_until (gate), ==, 9 * S);
  g_assert_cmpint (seismic_http_gate_take (gate, 2 * S), ==, 9 * S);
  g_assert_cmpint (seismic_http_gate_take (gate, 2 * S), ==, 9 * S + S / 10);
}

static gpointer
take_many (gpointer data)
{
  int64_t last = 0;
  for (int i = 0; i < 1000; i++) {
    const int64_t turn = seismic_http_gate_take (data, 0);
    g_assert_true (i == 0 || turn > last);
    last = turn;
  }
  seismic_http_gate_unref (data);
  return GSIZE_TO_POINTER ((gsize)last);
}

/* No turn is given twice: the last of 4000 is 3999 steps after the first. */
static void
test_threads (void)
{
  g_autoptr (SeismicHttpGate) gate = seismic_http_gate_new (1000.0);
  GThread *threads[4];
  gsize last = 0;
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("take", take_many, seismic_http_gate_ref (gate));
  for (int i = 0; i < 4; i++) {
    const gsize told = GPOINTER_TO_SIZE (g_thread_join (threads[i]));
    last = MAX (last, told);
  }
  g_assert_cmpuint (last, ==, 3999 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-gate/spacing", test_spacing);
  g_test_add_func ("/http-gate/no-limit", test_no_limit);
  g_test_add_func ("/http-gate/hold", test_hold);
  g_test_add_func ("/http-gate/threads", test_threads);
  return g_test_run ();
}
