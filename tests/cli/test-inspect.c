#include "cli-support.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#define N_COLUMNS 14

/* The CSV's rows without the heading, each split into its fields (none here is quoted).
 */
static GPtrArray *
parse_csv (const char *csv)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);

  g_assert_cmpstr (lines[0], ==,
                   "file,network,station,location,channel,start,end,rate_hz,samples,type,"
                   "min,max,mean,checksum");
  for (size_t i = 1; lines[i] && lines[i][0]; i++) {
    char **fields = g_strsplit (lines[i], ",", -1);
    g_assert_cmpuint (g_strv_length (fields), ==, N_COLUMNS);
    g_ptr_array_add (rows, fields);
  }
  return rows;
}

/* A record of ours: three segments, with the numbers the synthesis promises. */
static void
test_synthetic (void)
{
  g_autofree char *folder = make_folder ();
  cli_check (0, "synthesize %s/library --events 1 --stations 1 --seed 3", folder);
  g_autofree char *records =
      g_build_filename (folder, "library", "waveforms", "sy0001", NULL);
  g_autoptr (GDir) dir = g_dir_open (records, 0, NULL);
  g_assert_nonnull (dir);
  g_autofree char *file = g_build_filename (records, g_dir_read_name (dir), NULL);

  g_auto (CliRun) run = cli_expect (0, "inspect %s --csv", file);
  g_autoptr (GPtrArray) rows = parse_csv (run.out);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_nonnull (strstr (run.err, "1 of 1 files read, 3 segments; skipped: nothing"));
  const char *const channels[] = {"HNE", "HNN", "HNZ"};
  for (guint i = 0; i < 3; i++) {
    char **fields = rows->pdata[i];
    g_assert_cmpstr (fields[0], ==, file);
    g_assert_cmpstr (fields[1], ==, "SY");
    g_assert_cmpstr (fields[3], ==, "00");
    g_assert_cmpstr (fields[4], ==, channels[i]);
    g_assert_cmpuint (strlen (fields[5]), ==, strlen ("2019-10-15T05:33:42.000000000Z"));
    g_assert_cmpstr (fields[7], ==, "100");
    g_assert_cmpstr (fields[9], ==, "int32");
    g_assert_null (strpbrk (fields[10], ".e"));
    g_assert_cmpfloat (g_ascii_strtod (fields[10], NULL), <,
                       g_ascii_strtod (fields[12], NULL));
    g_assert_cmpfloat (g_ascii_strtod (fields[12], NULL), <,
                       g_ascii_strtod (fields[11], NULL));
    g_assert_cmpuint (strlen (fields[13]), ==, 16);
  }

  /* A good file beside a bad one: its rows come all the same. */
  g_auto (CliRun) mixed = cli_expect (1, "inspect %s/none %s", folder, file);
  g_assert_cmpuint (count_lines (mixed.out), ==, 1 + 3 + 1);
  g_assert_nonnull (strstr (mixed.err, "none"));
  g_assert_nonnull (strstr (mixed.out, "1 of 2 files read"));
  remove_tree (folder);
}

/* What was left out is said in the last line. */
static void
test_skipped (void)
{
  g_autofree char *folder = make_folder ();
  cli_check (0, "synthesize %s/library --events 1 --stations 1", folder);
  g_autofree char *records =
      g_build_filename (folder, "library", "waveforms", "sy0001", NULL);
  g_autoptr (GDir) dir = g_dir_open (records, 0, NULL);
  g_autofree char *file = g_build_filename (records, g_dir_read_name (dir), NULL);
  g_autofree char *bytes = NULL;
  gsize n = 0;
  g_assert_true (g_file_get_contents (file, &bytes, &n, NULL));

  /* Cut in the middle of the last record. */
  g_autofree char *cut = g_build_filename (folder, "cut.mseed", NULL);
  g_assert_true (g_file_set_contents (cut, bytes, (gssize)n - 100, NULL));
  g_auto (CliRun) run = cli_expect (0, "inspect %s", cut);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (run.out), "\n", -1);
  const char *last = lines[g_strv_length (lines) - 1];
  g_assert_nonnull (strstr (last, "cut.mseed: 412 bytes of an incomplete last record"));
  remove_tree (folder);
}

static char *
expected_time (const char *text)
{
  /* The reference has microseconds, the program nanoseconds. */
  g_autofree char *bare = g_strndup (text, strlen (text) - 1);
  return g_strconcat (bare, "000Z", NULL);
}

/* One row of the table against the program's row. */
static void
compare_row (char **expected, char **row)
{
  g_auto (GStrv) sid = g_strsplit (expected[3], "_", -1);
  g_autofree char *channel = g_strconcat (sid[3], sid[4], sid[5], NULL);
  g_autofree char *start = expected_time (expected[5]);
  const char *colon = strchr (sid[0], ':');

  g_assert_cmpstr (row[1], ==, colon + 1);
  g_assert_cmpstr (row[2], ==, sid[1]);
  g_assert_cmpstr (row[3], ==, sid[2]);
  g_assert_cmpstr (row[4], ==, channel);
  g_assert_cmpstr (row[5], ==, start);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (row[7], NULL),
                                  g_ascii_strtod (expected[7], NULL), 1e-9);
  g_assert_cmpstr (row[8], ==, expected[8]);
  g_assert_true (g_str_has_prefix (row[9], expected[9][0] == 'i' ? "int32" : "float"));
  if (expected[9][0] == 'i') {
    g_assert_cmpstr (row[10], ==, expected[10]);
    g_assert_cmpstr (row[11], ==, expected[11]);
  }
  g_assert_cmpstr (row[13], ==, expected[15]);
}

static int
compare_by_id_and_start (const void *a, const void *b)
{
  char **left = *(char ***)a, **right = *(char ***)b;
  for (size_t i = 1; i <= 5; i++) {
    int order = strcmp (left[i], right[i]);
    if (order != 0)
      return order;
  }
  return 0;
}

static int
compare_expected (const void *a, const void *b)
{
  char **left = *(char ***)a, **right = *(char ***)b;
  int order = strcmp (left[3], right[3]);
  return order != 0 ? order : strcmp (left[5], right[5]);
}

static void
compare_file (const char *data, const char *file, GPtrArray *expected)
{
  g_auto (CliRun) run = cli_expect (0, "inspect --csv %s/%s", data, file);
  g_autoptr (GPtrArray) rows = parse_csv (run.out);

  if (rows->len != expected->len)
    g_test_message ("%s: %u segments, not %u", file, rows->len, expected->len);
  g_assert_cmpuint (rows->len, ==, expected->len);
  g_ptr_array_sort (rows, compare_by_id_and_start);
  g_ptr_array_sort (expected, compare_expected);
  for (guint i = 0; i < rows->len; i++)
    compare_row (expected->pdata[i], rows->pdata[i]);
}

/* miniSEED 2 of waveforms/ and derived/ that libmseed reads strictly. */
static bool
is_compared (char **fields)
{
  return (g_str_has_prefix (fields[0], "waveforms/") ||
          g_str_has_prefix (fields[0], "derived/")) &&
         strcmp (fields[1], "0") == 0 && !g_str_has_suffix (fields[0], ".mseed3") &&
         fields[3][0] != '\0' && !strchr (fields[0], ' ');
}

static void
test_real (void)
{
  g_autofree char *data = shared_folder ("data");
  g_autofree char *table = data ? g_build_filename (data, "EXPECTED.tsv", NULL) : NULL;
  g_autofree char *text = NULL;
  if (!data || !g_file_get_contents (table, &text, NULL, NULL)) {
    g_test_skip ("the real records are not here");
    return;
  }

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) files = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (size_t i = 1; lines[i] && lines[i][0]; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
    if (!is_compared (fields))
      continue;
    GPtrArray *rows = g_hash_table_lookup (files, fields[0]);
    if (!rows) {
      rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
      g_hash_table_insert (files, g_strdup (fields[0]), rows);
    }
    g_ptr_array_add (rows, g_steal_pointer (&fields));
  }

  GHashTableIter iter;
  gpointer file, rows;
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &file, &rows))
    compare_file (data, file, rows);
  g_test_message ("%u files", g_hash_table_size (files));
  g_assert_cmpuint (g_hash_table_size (files), >, 10);
}

/* Every file below path is named in text. */
static void
assert_all_named (const char *path, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      assert_all_named (child, text);
    } else if (!strstr (text, child)) {
      g_test_message ("%s is not named", child);
      g_test_fail ();
    }
  }
}

/* Whatever other people's recorders and servers left: each file has its rows, or a line
 * with its name and why not; nothing else is said, least of all by a library. */
static void
test_nasty (void)
{
  g_autofree char *data = shared_folder ("data");
  static const char *const folders[] = {"nasty", "derived", "waveforms"};
  if (!data) {
    g_test_skip ("the real records are not here");
    return;
  }

  for (size_t i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *given = g_build_filename (data, folders[i], NULL);
    char folder[PATH_MAX];
    g_assert_nonnull (realpath (given, folder));
    g_autofree char *line = g_strdup_printf ("inspect --csv %s", folder);
    g_auto (CliRun) run = cli_run (line);
    g_assert_true (run.status == 0 || run.status == 1);
    g_autofree char *said = g_strconcat (run.out, run.err, NULL);
    assert_all_named (folder, said);

    g_auto (GStrv) lines = g_strsplit (g_strchomp (run.err), "\n", -1);
    for (size_t k = 0; lines[k]; k++) {
      const bool is_refusal = g_str_has_prefix (lines[k], "signal-autoencoder-cli: ") &&
                              strstr (lines[k], folder) != NULL;
      if (!is_refusal && lines[k + 1])
        g_error ("said: %s", lines[k]);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspect/synthetic", test_synthetic);
  g_test_add_func ("/inspect/skipped", test_skipped);
  g_test_add_func ("/inspect/real", test_real);
  g_test_add_func ("/inspect/nasty", test_nasty);
  return g_test_run ();
}
