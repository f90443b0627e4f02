#include "seismic/library-pick.h"
#include "seismic/error.h"
#include "seismic/library-download.h"
#include "seismic/library-note.h"
#include "support/library.h"

#include <math.h>
#include <sqlite3.h>

#define INSTRUMENT "NC.A..HN"

static GPtrArray *
list (SeismicLibrary *library, const char *event, const char *instrument)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *picks = seismic_library_list_picks (library, event, instrument, &error);
  g_assert_no_error (error);
  return picks;
}

static guint
count (SeismicLibrary *library, const char *event, const char *instrument)
{
  g_autoptr (GPtrArray) picks = list (library, event, instrument);
  return picks->len;
}

static void
put (SeismicLibrary *library, const char *event, const char *instrument,
     const char *channel, const char *phase, int64_t time_ns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicPick) pick =
      seismic_pick_new (event, instrument, channel, phase, time_ns);
  seismic_library_put_pick (library, pick, &error);
  g_assert_no_error (error);
}

static void
test_put (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 0);
  test_put_event (library, "b", 0);
  g_assert_cmpuint (count (library, NULL, NULL), ==, 0);

  g_autoptr (SeismicPick) pick =
      seismic_pick_new ("b", INSTRUMENT, "HNZ", "P", TEST_START_NS + 1);
  g_assert_true (isnan (pick->uncertainty_s));
  pick->uncertainty_s = 0.05;
  g_free (pick->author);
  pick->author = g_strdup ("Größe, O'Neill");
  g_assert_true (seismic_library_put_pick (library, pick, &error));
  put (library, "b", INSTRUMENT, "HNZ", "P", TEST_START_NS); /* of another author */
  put (library, "b", INSTRUMENT, "HNE", "S", TEST_START_NS - 5);
  put (library, "b", "NC.B..HN", "HNZ", "Pg", TEST_START_NS);
  put (library, "a", "NC.GONE..HN", "HNZ", "P", -7);
  g_assert_cmpuint (count (library, NULL, NULL), ==, 5);
  g_assert_cmpuint (count (library, "b", NULL), ==, 4);
  g_assert_cmpuint (count (library, "b", "NC.B..HN"), ==, 1);
  g_assert_cmpuint (count (library, "a", "NC.B..HN"), ==, 0);

  g_autoptr (GPtrArray) picks = list (library, "b", INSTRUMENT);
  g_assert_cmpuint (picks->len, ==, 3);
  const SeismicPick *first = picks->pdata[0], *last = picks->pdata[2];
  g_assert_cmpstr (first->phase, ==, "S"); /* by time */
  g_assert_true (isnan (first->uncertainty_s));
  g_assert_cmpstr (last->event_id, ==, "b");
  g_assert_cmpstr (last->instrument_id, ==, INSTRUMENT);
  g_assert_cmpstr (last->channel, ==, "HNZ");
  g_assert_cmpstr (last->author, ==, pick->author);
  g_assert_cmpint (last->time_ns, ==, TEST_START_NS + 1);
  g_assert_cmpint (last->made_ns, ==, pick->made_ns);
  g_assert_cmpfloat (last->uncertainty_s, ==, 0.05);

  /* Read again, it is in the old one's place. */
  put (library, "b", INSTRUMENT, "HNE", "S", TEST_START_NS + 9);
  g_autoptr (GPtrArray) again = list (library, "b", INSTRUMENT);
  g_assert_cmpuint (again->len, ==, 3);
  g_assert_cmpint (((SeismicPick *)again->pdata[2])->time_ns, ==, TEST_START_NS + 9);

  g_assert_true (seismic_library_remove_pick (library, pick, &error));
  g_assert_cmpuint (count (library, "b", INSTRUMENT), ==, 2);
  g_assert_false (seismic_library_remove_pick (library, pick, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  test_remove_library (library);
}

static void
test_refused (void)
{
  SeismicLibrary *library = test_new_library ();
  test_put_event (library, "a", 0);
  const struct {
    const char *event, *instrument, *channel, *phase;
    int64_t time_ns;
    double uncertainty_s;
    SeismicError code;
  } cases[] = {
      {"gone", INSTRUMENT, "HNZ", "P", 0, 0, SEISMIC_ERROR_NOT_FOUND},
      {"a", "", "HNZ", "P", 0, 0, SEISMIC_ERROR_FORMAT},
      {"a", "\xff", "HNZ", "P", 0, 0, SEISMIC_ERROR_FORMAT},
      {"a", INSTRUMENT, "", "P", 0, 0, SEISMIC_ERROR_FORMAT},
      {"a", INSTRUMENT, "HNZ", "", 0, 0, SEISMIC_ERROR_FORMAT},
      {"a", INSTRUMENT, "HNZ", "P", SEISMIC_TIME_UNSET, 0, SEISMIC_ERROR_FORMAT},
      {"a", INSTRUMENT, "HNZ", "P", 0, -0.1, SEISMIC_ERROR_FORMAT},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (SeismicPick) pick =
        seismic_pick_new (cases[i].event, cases[i].instrument, cases[i].channel,
                          cases[i].phase, cases[i].time_ns);
    pick->uncertainty_s = cases[i].uncertainty_s;
    g_assert_false (seismic_library_put_pick (library, pick, &error));
    g_assert_error (error, SEISMIC_ERROR, (int)cases[i].code);
  }
  g_assert_cmpuint (count (library, NULL, NULL), ==, 0);
  test_remove_library (library);
}

/* Picks outlive their signal's records and the event's row being told again; not the
 * event. */
static void
test_lifetime (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 0);
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
  put (library, "a", INSTRUMENT, "HNZ", "P", TEST_START_NS);
  g_assert_true (seismic_library_put_tag (library, "a", INSTRUMENT, "keep", &error));
  g_assert_true (seismic_library_put_comment (library, "a", NULL, "both", &error));

  test_put_event (library, "a", 12);
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 9), NULL);
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  seismic_library_close (library); /* and a restart */
  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (library, "a", INSTRUMENT), ==, 1);
  g_autoptr (GPtrArray) notes = seismic_library_list_notes (library, &error);
  g_assert_cmpuint (notes->len, ==, 2);

  /* A removal that is taken back brings all back. */
  g_assert_true (seismic_library_begin (library, &error));
  g_assert_true (seismic_library_remove_event (library, "a", &error));
  g_assert_cmpuint (count (library, NULL, NULL), ==, 0);
  seismic_library_rollback (library);
  g_assert_cmpuint (count (library, "a", INSTRUMENT), ==, 1);

  g_assert_true (seismic_library_remove_event (library, "a", &error));
  g_assert_cmpuint (count (library, NULL, NULL), ==, 0);
  g_autoptr (GPtrArray) none = seismic_library_list_notes (library, &error);
  g_assert_cmpuint (none->len, ==, 0);
  test_put_event (library, "a", 0); /* another one of that name */
  g_assert_cmpuint (count (library, NULL, NULL), ==, 0);
  test_remove_library (library);
}

/* Makes what library.sqlite of a closed library was under version 4. */
static void
go_back_to_4 (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "library.sqlite", NULL);
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TABLE quality; DROP TABLE comments;"
                                 "DROP TABLE tags; DROP TABLE picks;"
                                 "PRAGMA user_version = 4",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_migration (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autofree char *folder = g_strdup (seismic_library_get_folder (library));
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 5);
  test_put_record (library, "a", "r", test_record_of_station ("NC", "A", 1), NULL);
  seismic_library_close (library);
  go_back_to_4 (folder);

  library = seismic_library_open (folder, false, &error);
  g_assert_no_error (error);
  test_assert_readable (library, "a/" INSTRUMENT);
  g_assert_cmpuint (test_count_signals (library), ==, 1);
  g_assert_cmpuint (count (library, NULL, NULL), ==, 0);
  put (library, "a", INSTRUMENT, "HNZ", "P", TEST_START_NS);
  g_assert_cmpuint (count (library, "a", NULL), ==, 1);
  test_remove_library (library);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-pick/put", test_put);
  g_test_add_func ("/library-pick/refused", test_refused);
  g_test_add_func ("/library-pick/lifetime", test_lifetime);
  g_test_add_func ("/library-pick/migration", test_migration);
  return g_test_run ();
}
