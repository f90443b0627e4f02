#include "seismic/csv.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

static gpointer
read_row (const char *const *cells, GError **error)
{
  if (g_str_equal (cells[0], "bad")) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "a bad row");
    return NULL;
  }
  return g_strdup_printf ("%s|%s|%s", cells[0], cells[1], cells[2]);
}

static const char *const names[] = {"id", "kind", "note"};
static const SeismicCsvTable table = {.names = names,
                                      .n_names = 3,
                                      .n_needed = 1,
                                      .n_least = 2,
                                      .what = "things.csv",
                                      .read_row = read_row,
                                      .free_row = g_free};

static GPtrArray *
read_text (const char *text, GPtrArray **skipped)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = NULL;
  g_assert_true (seismic_csv_probe (&table, (const uint8_t *)text, strlen (text)));
  seismic_csv_read (&table, (const uint8_t *)text, strlen (text), &rows, skipped, &error);
  g_assert_no_error (error);
  return rows;
}

static void
test_rows (void)
{
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) rows = read_text ("\xef\xbb\xbfNOTE,other,ID\r\n"
                                          "\"a, \"\"b\"\"\nc\",x, one \r\n"
                                          "\r\n"
                                          ",,bad\n"
                                          "1,2\n"
                                          ",,last",
                                          &skipped);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (rows->pdata[0], ==, "one||a, \"b\"\nc");
  g_assert_cmpstr (rows->pdata[1], ==, "last||");
  g_assert_cmpuint (skipped->len, ==, 2);
  const SeismicSkip *bad = skipped->pdata[0], *narrow = skipped->pdata[1];
  g_assert_cmpstr (bad->item, ==, "line 5");
  g_assert_error (bad->reason, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  g_assert_cmpstr (narrow->reason->message, ==, "2 columns where the header has 3");

  g_autoptr (GPtrArray) none = read_text ("id,kind\n", NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_header (void)
{
  static const char *const others[] = {
      "", "\n", "kind,note\n", "id\n", "id,kind" /* no end */, "\"id,kind\n"};
  for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
    const uint8_t *bytes = (const uint8_t *)others[i];
    g_assert_false (seismic_csv_probe (&table, bytes, strlen (others[i])));
  }
  g_assert_false (seismic_csv_probe (&table, (const uint8_t *)"id,\0kind\n", 9));
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = NULL;
  g_assert_false (
      seismic_csv_read (&table, (const uint8_t *)"a,b\n", 4, &rows, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "things.csv"));
  g_assert_null (rows);
}

/* A quotation mark that is never closed ends the table there, with a word about it. */
static void
test_unclosed (void)
{
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (GPtrArray) rows = read_text ("id,kind\na,b\n\"c,d\n", &skipped);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (skipped->len, ==, 1);
}

static void
test_append (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  seismic_csv_append_text (csv, "plain");
  seismic_csv_append_text (csv, "a,\"b\"");
  seismic_csv_append_number (csv, 0.1 + 0.2);
  seismic_csv_append_number (csv, NAN);
  seismic_csv_append_number (csv, -INFINITY);
  seismic_csv_append_time (csv, SEISMIC_TIME_UNSET);
  seismic_csv_append_time (csv, 0);
  seismic_csv_append_time (csv, 1);
  g_assert_cmpstr (csv->str, ==,
                   "plain\"a,\"\"b\"\"\"0.30000000000000004"
                   "1970-01-01T00:00:00.000Z1970-01-01T00:00:00.000000001Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/header", test_header);
  g_test_add_func ("/csv/unclosed", test_unclosed);
  g_test_add_func ("/csv/append", test_append);
  return g_test_run ();
}
