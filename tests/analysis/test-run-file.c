#include "analysis/run-file.h"
#include "analysis/error.h"
#include "support/tiny-library.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>
#include <utime.h>

/* A run's file that holds its own text. */
static void
put_run (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = analysis_run_path (folder, name);
  g_autofree char *parent = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0777), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
check_run (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = analysis_run_path (folder, name);
  g_autofree char *found = NULL;
  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

static void
check_names (const char *folder, const char *expected)
{
  g_auto (GStrv) names = analysis_run_list_names (folder);
  g_autofree char *joined = g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, expected);
}

static void
check_current (const char *folder, const char *expected)
{
  g_autofree char *current = analysis_run_get_current (folder);
  g_assert_cmpstr (current, ==, expected);
}

static void
test_names (void)
{
  char longest[ANALYSIS_RUN_NAME_MOST + 1], wide[5 * 4 * ANALYSIS_RUN_NAME_MOST];
  memset (longest, 'x', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  const char *const good[] = {"a",           "model", "classroom-2", "20 Hz; 2",
                              "séisme 東京", "a.b",   "(x) [y] #1",  longest};
  const char *const bad[] = {"",    ".",    "..",   ".x",  "a/b",       "../x", "a\\b",
                             "a=b", "a,b",  " a",   "a ",  "a\nb",      "\xff", "a\x7f",
                             "\t",  "a\tb", "/abs", "a\r", "a\xc2\x85", "a/"};
  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (analysis_run_check_name (good[i], NULL));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (analysis_run_check_name (bad[i], &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_false (analysis_run_exists ("/", bad[i]));
  }
  g_autofree char *longer = g_strconcat (longest, "x", NULL);
  g_assert_false (analysis_run_check_name (longer, NULL));
  wide[0] = '\0'; /* few letters of many bytes */
  for (size_t i = 0; i < 60; i++)
    g_strlcat (wide, "𝄞", sizeof wide);
  g_assert_false (analysis_run_check_name (wide, NULL));
}

static void
test_none (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  check_names (tiny.folder, "");
  check_current (tiny.folder, NULL);
  g_autoptr (GError) error = NULL;
  char *ticket = NULL;
  g_assert_false (analysis_run_use (tiny.folder, "a", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (analysis_run_rename (tiny.folder, "a", "b", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (analysis_run_duplicate (tiny.folder, "../library", "b", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (analysis_run_delete (tiny.folder, "a", &ticket, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (ticket);
  g_clear_error (&error);
  const char *const tickets[] = {"", "a", "0000000000000001-a", "../../x",
                                 "0000000000000001-../../library"};
  for (size_t i = 0; i < G_N_ELEMENTS (tickets); i++) {
    g_assert_false (analysis_run_restore (tiny.folder, tickets[i], NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    g_clear_error (&error);
    analysis_run_purge (tiny.folder, tickets[i]);
  }
  g_auto (GStrv) deleted = analysis_run_list_deleted (tiny.folder);
  g_assert_cmpuint (g_strv_length (deleted), ==, 0);
}

/* A library of before there were runs: one run, and nothing is written for it. */
static void
test_old (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  put_run (tiny.folder, ANALYSIS_RUN_DEFAULT, "old");
  g_autofree char *path = g_build_filename (tiny.folder, "model.safetensors", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  check_names (tiny.folder, "model");
  check_current (tiny.folder, "model");
  g_assert_true (analysis_run_use (tiny.folder, "model", NULL));
  g_autofree char *runs = g_build_filename (tiny.folder, "runs", NULL);
  g_assert_false (g_file_test (runs, G_FILE_TEST_EXISTS));
  /* It is renamed like any other, and its name is then free. */
  g_assert_true (analysis_run_rename (tiny.folder, "model", "first", NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  check_names (tiny.folder, "first");
  check_current (tiny.folder, "first");
  check_run (tiny.folder, "first", "old");
  g_assert_true (analysis_run_rename (tiny.folder, "first", "model", NULL));
  check_run (tiny.folder, "model", "old");
  check_current (tiny.folder, "model");
}

static void
test_many (void)
{
  g_auto (TinyLibrary) tiny = {0};
  const char *const names[] = {"a", "b", "model"};
  g_autoptr (GError) error = NULL;
  tiny_library_init (&tiny);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    put_run (tiny.folder, names[i], names[i]);
  check_names (tiny.folder, "a b model");
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (analysis_run_use (tiny.folder, names[i], NULL));
    check_current (tiny.folder, names[i]);
  }
  g_assert_true (analysis_run_use (tiny.folder, "b", NULL));

  g_assert_false (analysis_run_rename (tiny.folder, "a", "b", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (analysis_run_rename (tiny.folder, "a", "a", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (analysis_run_rename (tiny.folder, "a", "x/y", &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_false (analysis_run_duplicate (tiny.folder, "a", "model", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  check_names (tiny.folder, "a b model");

  g_assert_true (analysis_run_rename (tiny.folder, "b", "c", NULL));
  check_current (tiny.folder, "c");
  g_assert_true (analysis_run_rename (tiny.folder, "a", "d", NULL));
  check_current (tiny.folder, "c");
  g_assert_true (analysis_run_duplicate (tiny.folder, "c", "c-2", NULL));
  check_names (tiny.folder, "c c-2 d model");
  check_current (tiny.folder, "c");
  check_run (tiny.folder, "c-2", "b");
  check_run (tiny.folder, "d", "a");
}

static void
test_new_name (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  const char *const expected[] = {"model", "model-2", "model-3"};
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *name = analysis_run_new_name (tiny.folder, NULL);
    g_assert_cmpstr (name, ==, expected[i]);
    put_run (tiny.folder, name, "");
  }
  g_autofree char *longest = g_strnfill (ANALYSIS_RUN_NAME_MOST, 'x');
  put_run (tiny.folder, longest, "");
  g_autofree char *next = analysis_run_new_name (tiny.folder, longest);
  g_assert_true (analysis_run_check_name (next, NULL));
  g_assert_true (g_str_has_suffix (next, "x-2"));
}

static void
test_delete (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  put_run (tiny.folder, "a", "of a");
  put_run (tiny.folder, "b", "of b");
  g_assert_true (analysis_run_use (tiny.folder, "a", NULL));
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *name = NULL;
  g_assert_true (analysis_run_delete (tiny.folder, "a", &first, NULL));
  check_names (tiny.folder, "b");
  check_current (tiny.folder, "b"); /* while it is away */
  g_autofree char *told = analysis_run_ticket_name (first);
  g_assert_cmpstr (told, ==, "a");
  g_assert_true (analysis_run_restore (tiny.folder, first, &name, NULL));
  g_assert_cmpstr (name, ==, "a");
  check_current (tiny.folder, "a");
  check_run (tiny.folder, "a", "of a");
  g_assert_false (analysis_run_restore (tiny.folder, first, NULL, NULL));

  /* Another took its name, and another was chosen. */
  g_assert_true (analysis_run_delete (tiny.folder, "a", &second, NULL));
  put_run (tiny.folder, "a", "another");
  g_assert_true (analysis_run_use (tiny.folder, "b", NULL));
  g_clear_pointer (&name, g_free);
  g_assert_true (analysis_run_restore (tiny.folder, second, &name, NULL));
  g_assert_cmpstr (name, ==, "a-2");
  check_run (tiny.folder, "a", "another");
  check_run (tiny.folder, "a-2", "of a");
  check_current (tiny.folder, "b");

  g_assert_true (analysis_run_delete (tiny.folder, "b", &third, NULL));
  g_auto (GStrv) deleted = analysis_run_list_deleted (tiny.folder);
  g_assert_cmpuint (g_strv_length (deleted), ==, 1);
  g_assert_cmpstr (deleted[0], ==, third);
  analysis_run_purge (tiny.folder, third);
  g_assert_false (analysis_run_restore (tiny.folder, third, NULL, NULL));
  check_names (tiny.folder, "a a-2");
}

/* The newest was the current one without having been chosen, and is so again, though its
 * neighbour was written to while it was away. */
static void
test_delete_newest (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autofree char *ticket = NULL, *path = analysis_run_path (tiny.folder, "a");
  struct utimbuf early = {.actime = 1000, .modtime = 1000};
  put_run (tiny.folder, "a", "");
  put_run (tiny.folder, "b", "");
  g_assert_cmpint (g_utime (path, &early), ==, 0);
  check_current (tiny.folder, "b");
  g_assert_true (analysis_run_delete (tiny.folder, "b", &ticket, NULL));
  check_current (tiny.folder, "a");
  struct utimbuf late = {.actime = time (NULL) + 100, .modtime = time (NULL) + 100};
  g_assert_cmpint (g_utime (path, &late), ==, 0);
  g_assert_true (analysis_run_restore (tiny.folder, ticket, NULL, NULL));
  check_current (tiny.folder, "b");
}

/* The trash of a killed program is there for 30 days, and goes with a later deletion. */
static void
test_trash (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autofree char *ticket = NULL;
  put_run (tiny.folder, "new", "");
  put_run (tiny.folder, "newer", "");
  const int64_t day_us = G_TIME_SPAN_DAY, now_us = g_get_real_time ();
  for (size_t days = 1; days <= 40; days += 39) {
    g_autofree char *file = g_strdup_printf ("%016" G_GINT64_FORMAT "-old.safetensors",
                                             now_us - (int64_t)days * day_us);
    g_autofree char *path = g_build_filename (tiny.folder, "runs", ".trash", file, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    g_assert_cmpint (g_mkdir_with_parents (parent, 0777), ==, 0);
    g_assert_true (g_file_set_contents (path, "", -1, NULL));
  }
  g_auto (GStrv) before = analysis_run_list_deleted (tiny.folder);
  g_assert_cmpuint (g_strv_length (before), ==, 2);
  g_assert_cmpstr (before[0], >, before[1]);
  g_assert_true (analysis_run_delete (tiny.folder, "new", &ticket, NULL));
  g_auto (GStrv) after = analysis_run_list_deleted (tiny.folder);
  g_assert_cmpuint (g_strv_length (after), ==, 2);
  g_assert_cmpstr (after[0], ==, ticket);
  g_assert_cmpstr (after[1], ==, before[0]);
  check_names (tiny.folder, "newer");
}

static void
put_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, "runs", name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* States that a kill or another program can leave. */
static void
test_broken (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  put_run (tiny.folder, "a", "");
  put_run (tiny.folder, "b", "");
  put_text (tiny.folder, "half.safetensors.part", "x");
  put_text (tiny.folder, "c.safetensors.XYZ123", "x");
  put_text (tiny.folder, ".hidden.safetensors", "x");
  put_text (tiny.folder, "bad,name.safetensors", "x");
  put_text (tiny.folder, "model.safetensors", "x");
  put_text (tiny.folder, "note.txt", "x");
  g_autofree char *inside = g_build_filename (tiny.folder, "runs", "d.safetensors", NULL);
  g_assert_cmpint (g_mkdir (inside, 0777), ==, 0);
  check_names (tiny.folder, "a b");

  /* The one chosen is gone, or what was chosen makes no sense: the newest. */
  g_autofree char *newer = analysis_run_path (tiny.folder, "b");
  g_autofree char *huge = g_strnfill (5000, 'a');
  const char *const chosen[] = {"gone\n", "", "\n", "../a\n", "a\nb\n", "\xff", huge};
  struct utimbuf later = {.actime = time (NULL) + 100, .modtime = time (NULL) + 100};
  g_assert_cmpint (g_utime (newer, &later), ==, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (chosen); i++) {
    put_text (tiny.folder, "current", chosen[i]);
    check_current (tiny.folder, "b");
  }
  put_text (tiny.folder, "current", "a"); /* without the line's end */
  check_current (tiny.folder, "a");
}

/* A place that cannot be written is told. */
static void
test_unwritable (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  put_run (tiny.folder, ANALYSIS_RUN_DEFAULT, "x");
  g_autofree char *runs = g_build_filename (tiny.folder, "runs", NULL);
  g_assert_true (g_file_set_contents (runs, "in the way", -1, NULL));
  g_autoptr (GError) error = NULL;
  char *ticket = NULL;
  g_assert_false (analysis_run_rename (tiny.folder, "model", "a", &error));
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_clear_error (&error);
  g_assert_false (analysis_run_duplicate (tiny.folder, "model", "a", &error));
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_clear_error (&error);
  g_assert_false (analysis_run_delete (tiny.folder, "model", &ticket, &error));
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  check_run (tiny.folder, "model", "x");
  check_current (tiny.folder, "model");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/run-file/names", test_names);
  g_test_add_func ("/analysis/run-file/none", test_none);
  g_test_add_func ("/analysis/run-file/old", test_old);
  g_test_add_func ("/analysis/run-file/many", test_many);
  g_test_add_func ("/analysis/run-file/new-name", test_new_name);
  g_test_add_func ("/analysis/run-file/delete", test_delete);
  g_test_add_func ("/analysis/run-file/delete-newest", test_delete_newest);
  g_test_add_func ("/analysis/run-file/trash", test_trash);
  g_test_add_func ("/analysis/run-file/broken", test_broken);
  g_test_add_func ("/analysis/run-file/unwritable", test_unwritable);
  return g_test_run ();
}
