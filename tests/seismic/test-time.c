#include "seismic/time.h"

#include <glib.h>
#include <math.h>

typedef struct {
  const char *text;
  int64_t time_ns;
} Reading;

/* The numbers are those of GNU date -u -d … +%s. */
static const Reading readings[] = {
    {"1970-01-01", 0},
    {"1970-01-01T00:00:00", 0},
    {"1970-01-01 00:00:00Z", 0},
    {"1970-01-01T00:00:00.000000001Z", 1},
    {"1969-12-31T23:59:59.999999999Z", -1},
    {"1969-12-31T23:59:59Z", -INT64_C (1000000000)},
    {"2019-10-15T05:33:42.81Z", INT64_C (1571117622810000000)},
    {"2019-10-14T22:33:42.81-07:00", INT64_C (1571117622810000000)},
    {"2019-10-15T11:18:42.81+05:45", INT64_C (1571117622810000000)},
    {"2019-10-15T05:33:42.8100000009999999999999999999999Z",
     INT64_C (1571117622810000000)},
    {"2000-02-29T12:00:00Z", INT64_C (951825600000000000)},
    {"2024-02-29", INT64_C (1709164800000000000)},
    {"2024-03-01", INT64_C (1709251200000000000)},
    {"1900-03-01", -INT64_C (2203891200000000000)},
    {"1906-04-18T13:12:21Z", -INT64_C (2010394059000000000)},
    {"2016-12-31T23:59:60Z", INT64_C (1483228800000000000)},
    {"1678-01-01", -INT64_C (9214560000000000000)},
    {"2262-04-11T23:47:16.854775807Z", INT64_MAX},
};

static const char *const not_times[] = {
    "",
    "Z",
    "2019",
    "2019-10",
    "2019-10-15T",
    "2019-10-15T05:33",
    "2019-10-15T05:33:42.",
    "2019-10-15T05:33:42.Z",
    "2019-10-15T05:33:42,5Z",
    "2019-10-15T05:33:42ZZ",
    "2019-10-15T05:33:42 Z",
    "2019-10-15T05:33:42+7",
    "2019-10-15T05:33:42+0700",
    "2019-10-15T05:33:42+24:00",
    "2019-10-15T05:33:42+07:60",
    "2019-10-15Z",
    " 2019-10-15",
    "2019-10-15 ",
    "2019-13-01",
    "2019-00-01",
    "2019-01-00",
    "2019-02-29",
    "1900-02-29",
    "2019-04-31",
    "2019-10-15T24:00:00",
    "2019-10-15T05:60:00",
    "2019-10-15T05:33:61",
    "2019-1-15T05:33:42",
    "-019-10-15",
    "+2019-10-15",
    "1677-12-31T23:59:59Z",
    "0000-01-01",
    "2262-04-11T23:47:16.854775808Z",
    "2262-04-12",
    "9999-12-31T23:59:59Z",
    "99999-01-01",
};

static void
test_parse (void)
{
  int64_t time_ns;

  for (size_t i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_test_message ("%s", readings[i].text);
    g_assert_true (seismic_time_parse (readings[i].text, &time_ns));
    g_assert_cmpint (time_ns, ==, readings[i].time_ns);
  }
}

static void
test_parse_refuses (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (not_times); i++) {
    int64_t time_ns = 42;

    g_test_message ("“%s”", not_times[i]);
    g_assert_false (seismic_time_parse (not_times[i], &time_ns));
    g_assert_cmpint (time_ns, ==, 42);
  }
  g_assert_false (seismic_time_parse (NULL, &(int64_t){0}));
}

static void
assert_format (int64_t time_ns, unsigned digits, const char *expected)
{
  g_autofree char *text = seismic_time_format (time_ns, digits);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (0, 0, "1970-01-01T00:00:00Z");
  assert_format (INT64_C (1571117622810999999), 0, "2019-10-15T05:33:42Z");
  assert_format (INT64_C (1571117622810999999), 3, "2019-10-15T05:33:42.810Z");
  assert_format (INT64_C (1571117622810999999), 9, "2019-10-15T05:33:42.810999999Z");
  assert_format (INT64_C (1571117622810999999), 99, "2019-10-15T05:33:42.810999999Z");
  /* Towards minus infinity on both sides of 1970. */
  assert_format (-1, 0, "1969-12-31T23:59:59Z");
  assert_format (-1, 6, "1969-12-31T23:59:59.999999Z");
  assert_format (-INT64_C (1000000000), 1, "1969-12-31T23:59:59.0Z");
  assert_format (INT64_MAX, 9, "2262-04-11T23:47:16.854775807Z");
  assert_format (INT64_MIN + 1, 9, "1677-09-21T00:12:43.145224193Z");
  assert_format (SEISMIC_TIME_UNSET, 3, "");
}

/* GDateTime, another calendar, must agree on every day of four centuries; and what is
 * written must be read as the same. */
static void
test_calendar (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (1700, 1, 1, 7, 8, 9);

  for (int i = 0; i < 146097; i++) {
    g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);
    const int64_t time_ns = g_date_time_to_unix (day) * SEISMIC_NS_PER_SECOND + 123456789;
    g_autofree char *expected = g_date_time_format (day, "%Y-%m-%dT%H:%M:%S.123456789Z");
    g_autofree char *text = seismic_time_format (time_ns, 9);
    int64_t back = 0;

    g_assert_cmpstr (text, ==, expected);
    g_assert_true (seismic_time_parse (text, &back));
    g_assert_cmpint (back, ==, time_ns);
    g_date_time_unref (day);
    day = g_steal_pointer (&next);
  }
}

static void
test_of_sample (void)
{
  g_assert_cmpint (seismic_time_of_sample (0, 100), ==, 0);
  g_assert_cmpint (seismic_time_of_sample (1, 100), ==, 10000000);
  g_assert_cmpint (seismic_time_of_sample (1, 3), ==, 333333333);
  g_assert_cmpint (seismic_time_of_sample (2, 3), ==, 666666667);
  /* Beyond what a double can count. */
  g_assert_cmpint (seismic_time_of_sample (900000000001, 100), ==,
                   INT64_C (9000000000010000000));
  g_assert_cmpint (seismic_time_of_sample (90071992547, 10), ==,
                   INT64_C (9007199254700000000));
  g_assert_cmpint (seismic_time_of_sample (SIZE_MAX, 1e-300), ==, INT64_MAX);
  g_assert_cmpint (seismic_time_of_sample (7, 0), ==, 0);
  g_assert_cmpint (seismic_time_of_sample (7, -1), ==, 0);
  g_assert_cmpint (seismic_time_of_sample (7, NAN), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/time/parse", test_parse);
  g_test_add_func ("/seismic/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/seismic/time/format", test_format);
  g_test_add_func ("/seismic/time/calendar", test_calendar);
  g_test_add_func ("/seismic/time/of-sample", test_of_sample);
  return g_test_run ();
}
