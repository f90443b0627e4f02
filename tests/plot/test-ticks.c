#include "plot/ticks.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define S G_GINT64_CONSTANT (1000000000)

/* Labels of the labelled ticks, joined by "|". */
static char *
joined (const PlotTicks *ticks)
{
  GString *string = g_string_new (NULL);
  for (size_t i = 0; i < ticks->n; i++)
    if (ticks->ticks[i].label[0])
      g_string_append_printf (string, "%s%s", string->len ? "|" : "",
                              ticks->ticks[i].label);
  return g_string_free (string, FALSE);
}

static void
assert_labels (const PlotTicks *ticks, const char *expected)
{
  g_autofree char *labels = joined (ticks);
  g_assert_cmpstr (labels, ==, expected);
}

static void
test_linear (void)
{
  static const struct {
    double min, max;
    size_t max_labels;
    int exponent;
    const char *labels;
  } cases[] = {
      {0, 10, 6, 0, "0|2|4|6|8|10"},
      {0, 10, 5, 0, "0|5|10"},
      {0, 10, 1, 0, "0"},
      {-1, 1, 6, 0, "−1.0|−0.5|0.0|0.5|1.0"},
      {-0.3, 0.31, 4, 0, "−0.2|0.0|0.2"},
      {12345, 12390, 6, 0, "12 350|12 360|12 370|12 380|12 390"},
      {-3.2e6, 3.1e6, 4, 6, "−2|0|2"},
      {-250000, 250000, 6, 3, "−200|−100|0|100|200"},
      {0, 0.00042, 5, -6, "0|100|200|300|400"},
      {9999, 10001, 3, 0, "9999|10 000|10 001"},
      {0, 1e-7, 3, -9, "0|50|100"},
      {5, 5, 4, 0, ""},
      {6, 5, 4, 0, ""},
      {NAN, 5, 4, 0, ""},
      {0, INFINITY, 4, 0, ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotTicks ticks;
    plot_ticks_linear (&ticks, cases[i].min, cases[i].max, cases[i].max_labels);
    g_assert_cmpuint (ticks.n, <=, cases[i].max_labels);
    const PlotTicks *axes[] = {&ticks};
    if (i != 5 && i != 9) /* those show what plain labels look like */
      g_assert_cmpint (plot_ticks_exponent (axes, 1), ==, cases[i].exponent);
    plot_ticks_label (&ticks, cases[i].exponent);
    assert_labels (&ticks, cases[i].labels);
  }
}

/* Of all ranges: within the range, equally far apart, a 1-2-5 step, never too many, and
 * never fewer than a third of what was allowed. */
static void
test_linear_laws (void)
{
  for (int e = -9; e <= 9; e++)
    for (double m = 1.0; m < 10; m += 0.37)
      for (size_t n = 2; n <= 6; n++) {
        double span = m * pow (10, e), min = -span * 0.37, max = min + span;
        PlotTicks ticks;
        plot_ticks_linear (&ticks, min, max, n);
        g_assert_cmpuint (ticks.n, <=, n);
        g_assert_cmpuint (ticks.n * 3 + 1, >=, n);
        double mantissa = ticks.step / pow (10, floor (log10 (ticks.step) + 1e-9));
        g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 ||
                       fabs (mantissa - 5) < 1e-6);
        for (size_t i = 0; i < ticks.n; i++) {
          g_assert_cmpfloat (ticks.ticks[i].value, >=, min - span * 1e-8);
          g_assert_cmpfloat (ticks.ticks[i].value, <=, max + span * 1e-8);
          if (i > 0)
            g_assert_cmpfloat_with_epsilon (
                ticks.ticks[i].value - ticks.ticks[i - 1].value, ticks.step, span * 1e-8);
        }
      }
}

static void
test_symmetric (void)
{
  static const struct {
    double limit, outer;
  } cases[] = {{1, 1}, {4.9, 2}, {5, 5}, {0.03, 0.02}, {1e5, 1e5}, {99999, 50000}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotTicks ticks;
    plot_ticks_symmetric (&ticks, cases[i].limit);
    g_assert_cmpuint (ticks.n, ==, 3);
    g_assert_cmpfloat (ticks.ticks[0].value, ==, -cases[i].outer);
    g_assert_cmpfloat (ticks.ticks[1].value, ==, 0);
    g_assert_cmpfloat (ticks.ticks[2].value, ==, cases[i].outer);
  }
  PlotTicks none;
  plot_ticks_symmetric (&none, 0);
  g_assert_cmpuint (none.n, ==, 0);
}

static void
test_integer (void)
{
  static const struct {
    double max;
    size_t max_labels;
    const char *labels;
  } cases[] = {
      {1, 6, "0|1"},
      {5, 6, "0|1|2|3|4|5"},
      {6, 6, "0|2|4|6"},
      {60, 6, "0|20|40|60"},
      {100000, 6, "0|20 000|40 000|60 000|80 000|100 000"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotTicks ticks;
    plot_ticks_integer (&ticks, 0, cases[i].max, cases[i].max_labels);
    assert_labels (&ticks, cases[i].labels);
  }
}

static void
test_offset (void)
{
  PlotTicks ticks;
  plot_ticks_linear (&ticks, -1234571.3, -1234563.9, 5);
  plot_ticks_set_offset (&ticks, 8);
  g_assert_cmpfloat (ticks.offset, ==, -1234566);
  plot_ticks_label (&ticks, 0);
  assert_labels (&ticks, "−4|−2|0|+2");
  /* Where full labels are short enough there is none. */
  plot_ticks_linear (&ticks, 23855, 23866, 5);
  plot_ticks_set_offset (&ticks, 8);
  g_assert_cmpfloat (ticks.offset, ==, 0);
}

/* One unit for axes that stand together, whatever each would choose alone. */
static void
test_common_exponent (void)
{
  PlotTicks large, small;
  plot_ticks_linear (&large, -250000, 250000, 5);
  plot_ticks_linear (&small, -20000, 20000, 5);
  const PlotTicks *axes[] = {&large, &small};
  g_assert_cmpint (plot_ticks_exponent (axes, 2), ==, 3);
  plot_ticks_label (&small, 3);
  assert_labels (&small, "−20|−10|0|10|20");
  PlotTicks none = {0};
  const PlotTicks *empty[] = {&none};
  g_assert_cmpint (plot_ticks_exponent (empty, 1), ==, 0);
  g_assert_cmpint (plot_ticks_exponent (NULL, 0), ==, 0);
}

static void
test_log (void)
{
  static const struct {
    double min, max;
    size_t max_labels;
    const char *labels;
  } cases[] = {
      {0.015, 1.6, 6, "0.02|0.05|0.1|0.2|0.5|1"},
      {0.9, 1100, 6, "1|10|100|1000"},
      {1e-9, 1, 6, "10⁻⁸|10⁻⁶|0.0001|0.01|1"},
      {0.5, 20000, 3, "1|100|10 000"},
      {1.1, 3.3, 5, "1.5|2.0|2.5|3.0"},
      {0.031, 0.045, 3, "0.035|0.040|0.045"},
      {3, 4, 1, "4"},
      {0, 10, 5, ""},
      {-1, 10, 5, ""},
      {5, 5, 5, ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotTicks ticks;
    plot_ticks_log (&ticks, cases[i].min, cases[i].max, cases[i].max_labels);
    assert_labels (&ticks, cases[i].labels);
    for (size_t k = 1; k < ticks.n; k++)
      g_assert_cmpfloat (ticks.ticks[k].value, >, ticks.ticks[k - 1].value);
  }
  PlotTicks minor;
  plot_ticks_log (&minor, 1, 100, 3);
  assert_labels (&minor, "1|10|100");
  g_assert_cmpuint (minor.n, ==, 19);
}

/* 2019-10-15 05:34:20 UTC, while the tests' TZ is another. */
#define T0 (G_GINT64_CONSTANT (1571117660) * S)

static void
test_time (void)
{
  static const struct {
    int64_t begin, end;
    size_t max_labels;
    const char *labels;
  } cases[] = {
      {T0, T0 + 60 * S, 6, "05:34:30|05:34:45|05:35:00|05:35:15"},
      {T0, T0 + 60 * S, 7,
       "05:34:20|05:34:30|05:34:40|05:34:50|05:35:00|05:35:10|05:35:20"},
      {T0, T0 + 450 * S, 2, "05:35|05:40"},
      {T0, T0 + 450 * S, 6, "05:36|05:38|05:40"},
      {T0, T0 + 5 * S / 1000, 6,
       "05:34:20.000|05:34:20.001|05:34:20.002|05:34:20.003|05:34:20.004|05:34:20.005"},
      {T0, T0 + S, 3, "05:34:20.0|05:34:20.5|05:34:21.0"},
      {T0, T0 + 2, 6, "05:34:20.000000000|05:34:20.000000001|05:34:20.000000002"},
      {T0, T0 + 86400 * S, 4, "06:00|12:00|18:00|00:00"},
      {T0, T0 + 86400 * S * 7, 4, "2019-10-17|2019-10-19|2019-10-21"},
      {-S, S, 3, "23:59:59|00:00:00|00:00:01"},
      {T0, T0, 4, ""},
      {T0 + S, T0, 4, ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotTicks ticks;
    plot_ticks_time (&ticks, cases[i].begin, cases[i].end, cases[i].max_labels);
    assert_labels (&ticks, cases[i].labels);
  }
}

static void
test_time_steps (void)
{
  /* The step chosen for a span of `s` seconds and at most 5 labels. */
  static const struct {
    double s, step;
  } cases[] = {
      {0.004, 0.001},
      {0.04, 0.01},
      {0.09, 0.02},
      {0.9, 0.2},
      {4, 1},
      {9, 2},
      {24, 5},
      {49, 10},
      {70, 15},
      {140, 30},
      {299, 60},
      {590, 120},
      {24 * 60, 300},
      {48 * 60, 600},
      {70 * 60, 900},
      {9000, 1800},
      {4 * 3600 + 1, 3600},
      {9 * 3600, 7200},
      {13 * 3600, 10800},
      {86400 * 2, 43200},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotTicks ticks;
    int64_t begin = T0 / (86400 * S) * (86400 * S);
    plot_ticks_time (&ticks, begin + 1, begin + 1 + (int64_t)(cases[i].s * 1e9), 5);
    g_assert_cmpfloat_with_epsilon (ticks.step, cases[i].step, 1e-12);
  }
}

static void
test_dates (void)
{
  PlotTicks ticks;
  int64_t midnight = T0 / (86400 * S) * (86400 * S);
  plot_ticks_time (&ticks, midnight - 20 * S, midnight + 21 * S, 6);
  assert_labels (&ticks, "23:59:40|23:59:50|00:00:00|00:00:10|00:00:20");
  g_assert_cmpstr (ticks.ticks[0].date, ==, "2019-10-14");
  g_assert_cmpstr (ticks.ticks[1].date, ==, "");
  g_assert_cmpstr (ticks.ticks[2].date, ==, "2019-10-15");
  g_assert_cmpstr (ticks.ticks[3].date, ==, "");
  g_assert_cmpfloat_with_epsilon (ticks.ticks[2].value, 20.0, 1e-12);
}

/* Any two times, and never more ticks than asked for. */
static void
test_time_extremes (void)
{
  static const int64_t times[] = {G_MININT64, G_MININT64 / 2, -1,        0,
                                  1,          G_MAXINT64 / 2, G_MAXINT64};
  for (size_t i = 0; i < G_N_ELEMENTS (times); i++)
    for (size_t k = 0; k < G_N_ELEMENTS (times); k++)
      for (size_t n = 0; n < 50; n += 7) {
        PlotTicks ticks;
        plot_ticks_time (&ticks, times[i], times[k], n);
        g_assert_cmpuint (ticks.n, <=, CLAMP (n, 1, PLOT_TICKS_MAX));
      }
}

static void
test_format (void)
{
  static const struct {
    double value;
    int decimals;
    const char *text;
  } cases[] = {
      {0, 0, "0"},
      {-0.0, 1, "0.0"},
      {-0.004, 2, "0.00"},
      {-0.006, 2, "−0.01"},
      {9999, 0, "9999"},
      {12345.678, 2, "12 345.68"},
      {-1234567, 0, "−1 234 567"},
      {1.5e16, 0, "1.5×10¹⁶"},
      {-INFINITY, 0, "−∞"},
      {NAN, 2, ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    char buffer[40];
    g_assert_cmpstr (
        plot_ticks_format (buffer, sizeof buffer, cases[i].value, cases[i].decimals), ==,
        cases[i].text);
  }
  char buffer[40];
  g_assert_cmpstr (plot_ticks_format_power (buffer, sizeof buffer, -12), ==, "10⁻¹²");
  g_assert_cmpstr (plot_ticks_format_power (buffer, sizeof buffer, 3), ==, "10³");
  g_assert_cmpstr (plot_ticks_format_power (buffer, sizeof buffer, 0), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/ticks/linear", test_linear);
  g_test_add_func ("/plot/ticks/linear-laws", test_linear_laws);
  g_test_add_func ("/plot/ticks/symmetric", test_symmetric);
  g_test_add_func ("/plot/ticks/integer", test_integer);
  g_test_add_func ("/plot/ticks/offset", test_offset);
  g_test_add_func ("/plot/ticks/common-exponent", test_common_exponent);
  g_test_add_func ("/plot/ticks/log", test_log);
  g_test_add_func ("/plot/ticks/time", test_time);
  g_test_add_func ("/plot/ticks/time-steps", test_time_steps);
  g_test_add_func ("/plot/ticks/dates", test_dates);
  g_test_add_func ("/plot/ticks/time-extremes", test_time_extremes);
  g_test_add_func ("/plot/ticks/format", test_format);
  return g_test_run ();
}
