#include "cli/output.h"

#include <glib/gstdio.h>
#include <math.h>

static void
test_number (void)
{
  const struct {
    double value;
    const char *text;
  } cases[] = {{0.1, "0.1"},
               {100.0, "100"},
               {-2147483648.0, "-2147483648"},
               {1e300, "1e+300"},
               {1.0 / 3.0, "0.3333333333333333"},
               {NAN, "nan"},
               {-INFINITY, "-inf"},
               {8388607.0, "8388607"}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = cli_number (cases[i].value);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
  for (int i = 0; i < 1000; i++) {
    double value = g_test_rand_double_range (-1, 1) * pow (10, i % 40 - 20);
    g_autofree char *text = cli_number (value);
    g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
  }
  g_autofree char *rounded = cli_number_rounded (1234.5678, 5);
  g_autofree char *unknown = cli_number_rounded (NAN, 5);
  g_assert_cmpstr (rounded, ==, "1234.6");
  g_assert_cmpstr (unknown, ==, "");
}

static void
test_csv (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  cli_csv_append (csv, "plain");
  cli_csv_append (csv, "a,b");
  cli_csv_append (csv, "say \"no\"");
  cli_csv_append (csv, "two\nlines");
  g_assert_cmpstr (csv->str, ==, "plain\"a,b\"\"say \"\"no\"\"\"\"two\nlines\"");
}

static void
test_table (void)
{
  const CliColumn columns[] = {{"name", false}, {"size", true}, {"end", false}};
  g_auto (CliTable) table = {0};

  cli_table_init (&table, columns, 3);
  const char *const cells[] = {"é", "12345", "x", "long,er", "1", ""};
  for (size_t i = 0; i < G_N_ELEMENTS (cells); i++)
    cli_table_add (&table, cells[i]);

  g_autoptr (GString) aligned = cli_table_to_text (&table, false);
  g_autoptr (GString) csv = cli_table_to_text (&table, true);
  g_assert_cmpstr (aligned->str, ==,
                   "name      size  end\né        12345  x\nlong,er      1  \n");
  g_assert_cmpstr (csv->str, ==, "name,size,end\né,12345,x\n\"long,er\",1,\n");
}

static void
test_write (void)
{
  g_autofree char *folder = g_dir_make_tmp ("output-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cli_write_file (path, "1\n2\n", 4, &error));
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "1\n2\n");
  g_assert_false (cli_write_file (nowhere, "", 0, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/output/number", test_number);
  g_test_add_func ("/output/csv", test_csv);
  g_test_add_func ("/output/table", test_table);
  g_test_add_func ("/output/write", test_write);
  return g_test_run ();
}
