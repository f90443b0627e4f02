/* The tables of tests/fixtures/scipy, which make.py beside them wrote. */
#pragma once

#include "support/tsv.h"

/* A new GPtrArray of rows (test_tsv_read ()). */
static inline GPtrArray *
test_scipy_read (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fixtures", "scipy", name, NULL);
  return test_tsv_read (path);
}

/* The numbers of a row's column, apart by blanks: a new GArray of double. */
static inline GArray *
test_scipy_numbers (GHashTable *row, const char *column)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) words = g_strsplit (test_tsv_field (row, column), " ", -1);
  for (size_t i = 0; words[i] != NULL; i++) {
    double number = g_ascii_strtod (words[i], NULL);
    g_array_append_val (numbers, number);
  }
  return numbers;
}

static inline double
test_scipy_number (GHashTable *row, const char *column)
{
  return g_ascii_strtod (test_tsv_field (row, column), NULL);
}

/* The values of the row of that name; aborts the test if there is none. */
static inline GArray *
test_scipy_values (GPtrArray *rows, const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (test_tsv_field (rows->pdata[i], "name"), name))
      return test_scipy_numbers (rows->pdata[i], "values");
  g_error ("no row %s", name);
  return NULL;
}

/* got (n) is within tolerance, relative to the largest of the wanted values. */
static inline void
test_scipy_compare (const char *name, const double *got, const GArray *wanted,
                    double tolerance)
{
  const double *values = (const double *)(const void *)wanted->data;
  double largest = 0.0, worst = 0.0;

  for (guint i = 0; i < wanted->len; i++) {
    double size = values[i] < 0 ? -values[i] : values[i];
    double error = got[i] < values[i] ? values[i] - got[i] : got[i] - values[i];

    largest = MAX (largest, size);
    g_assert_true (error == error); /* no NaN */
    worst = MAX (worst, error);
  }
  if (worst > tolerance * largest)
    g_error ("%s: %g away, largest %g", name, worst, largest);
}
