#include "seismic/picks-csv.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

static const uint8_t *
bytes_of (const char *text)
{
  return (const uint8_t *)text;
}

static void
test_picks (void)
{
  g_autoptr (GPtrArray) picks =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
  SeismicPick *pick =
      seismic_pick_new ("a, b", "NC.CTA..HN", "HNZ", "Pg", INT64_C (1571117622810000001));
  pick->uncertainty_s = 0.05;
  g_free (pick->author);
  pick->author = g_strdup ("M. \"Q\" Ä");
  pick->made_ns = INT64_C (1571117622000000000);
  g_ptr_array_add (picks, pick);
  SeismicPick *bare = seismic_pick_new ("e", "NC.CTA..HN", "HNE", "S", 0);
  bare->made_ns = SEISMIC_TIME_UNSET;
  g_ptr_array_add (picks, bare);

  g_autoptr (GString) csv = seismic_picks_csv_write (picks);
  g_assert_true (g_str_has_prefix (
      csv->str, "event,instrument,channel,phase,time,uncertainty_s,author,made\n"
                "\"a, b\",NC.CTA..HN,HNZ,Pg,2019-10-15T05:33:42.810000001Z,0.05,"));
  g_assert_nonnull (
      strstr (csv->str, "\ne,NC.CTA..HN,HNE,S,1970-01-01T00:00:00.000Z,,,\n"));
  g_assert_true (seismic_picks_csv_probe (bytes_of (csv->str), csv->len));
  g_assert_false (seismic_notes_csv_probe (bytes_of (csv->str), csv->len));

  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_assert_true (
      seismic_picks_csv_read (bytes_of (csv->str), csv->len, &again, &skipped, NULL));
  g_assert_cmpuint (skipped->len, ==, 0);
  g_assert_cmpuint (again->len, ==, 2);
  const SeismicPick *first = again->pdata[0], *second = again->pdata[1];
  g_assert_cmpstr (first->event_id, ==, pick->event_id);
  g_assert_cmpstr (first->phase, ==, "Pg");
  g_assert_cmpint (first->time_ns, ==, pick->time_ns);
  g_assert_cmpint (first->made_ns, ==, pick->made_ns);
  g_assert_cmpstr (first->author, ==, pick->author);
  g_assert_cmpfloat (first->uncertainty_s, ==, 0.05);
  g_assert_true (isnan (second->uncertainty_s) && second->made_ns == SEISMIC_TIME_UNSET);
}

static void
test_bad_picks (void)
{
  static const char text[] = "event,instrument,channel,phase,time,uncertainty_s\n"
                             ",NC.A..HN,HNZ,P,2014-01-01,\n"
                             "e,,HNZ,P,2014-01-01,\n"
                             "e,NC.A..HN,HNZ,,2014-01-01,\n"
                             "e,NC.A..HN,HNZ,P,soon,\n"
                             "e,NC.A..HN,HNZ,P,2014-01-01,-1\n"
                             "e,NC.A..HN,HNZ,P,2014-01-01,x\n"
                             "e,NC.A..HN,much too long a code,P,2014-01-01,\n"
                             "e,NC.A..HN,HNZ,a phase without an end,2014-01-01,\n"
                             "e,NC.A..HN,HNZ,P,2014-01-01,0\n";
  g_autoptr (GPtrArray) picks = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_assert_true (
      seismic_picks_csv_read (bytes_of (text), strlen (text), &picks, &skipped, NULL));
  g_assert_cmpuint (picks->len, ==, 1);
  g_assert_cmpuint (skipped->len, ==, 8);
  for (guint i = 0; i < skipped->len; i++)
    g_assert_error (((SeismicSkip *)skipped->pdata[i])->reason, SEISMIC_ERROR,
                    SEISMIC_ERROR_FORMAT);
}

static void
test_notes (void)
{
  g_autoptr (GPtrArray) notes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_note_free);
  SeismicNote *note = seismic_note_new ("e", "NC.CTA..HN");
  g_strfreev (note->tags);
  note->tags = seismic_tags_split ("b; a");
  g_free (note->comment);
  note->comment = g_strdup ("two\nlines, \"quoted\"");
  g_ptr_array_add (notes, note);
  g_ptr_array_add (notes, seismic_note_new ("f", NULL));
  g_autoptr (GString) csv = seismic_notes_csv_write (notes);
  g_assert_cmpstr (csv->str, ==,
                   "event,instrument,tags,comment\n"
                   "e,NC.CTA..HN,a; b,\"two\nlines, \"\"quoted\"\"\"\nf,,,\n");
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_assert_true (seismic_notes_csv_probe (bytes_of (csv->str), csv->len));
  g_assert_true (
      seismic_notes_csv_read (bytes_of (csv->str), csv->len, &again, &skipped, NULL));
  g_assert_cmpuint (again->len, ==, 2);
  const SeismicNote *first = again->pdata[0];
  g_assert_cmpstr (first->tags[1], ==, "b");
  g_assert_cmpstr (first->comment, ==, note->comment);

  static const char nameless[] = "event,instrument,comment\n,,x\n";
  g_autoptr (GPtrArray) none = NULL;
  g_clear_pointer (&skipped, g_ptr_array_unref);
  g_assert_true (seismic_notes_csv_read (bytes_of (nameless), strlen (nameless), &none,
                                         &skipped, NULL));
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (skipped->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picks-csv/picks", test_picks);
  g_test_add_func ("/picks-csv/bad-picks", test_bad_picks);
  g_test_add_func ("/picks-csv/notes", test_notes);
  return g_test_run ();
}
