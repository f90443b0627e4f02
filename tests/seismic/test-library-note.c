#include "seismic/library-note.h"
#include "seismic/error.h"
#include "support/library.h"

#include <string.h>

#define INSTRUMENT "NC.A..HN"

static void
assert_note (SeismicLibrary *library, const char *event, const char *instrument,
             const char *tags, const char *comment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicNote) note =
      seismic_library_get_note (library, event, instrument, &error);
  g_assert_no_error (error);
  g_autofree char *joined = seismic_tags_join (note->tags);
  g_assert_cmpstr (note->event_id, ==, event);
  g_assert_cmpstr (note->instrument_id, ==, instrument != NULL ? instrument : "");
  g_assert_cmpstr (joined, ==, tags);
  g_assert_cmpstr (note->comment, ==, comment);
}

static void
test_tags (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 0);
  assert_note (library, "a", INSTRUMENT, "", "");
  assert_note (library, "", NULL, "", "");

  g_assert_true (seismic_library_put_tag (library, "a", INSTRUMENT, " quarry ", &error));
  g_assert_true (seismic_library_put_tag (library, "a", INSTRUMENT, "quarry", &error));
  g_assert_true (seismic_library_put_tag (library, "a", INSTRUMENT, "Ä b", &error));
  g_assert_true (seismic_library_put_tag (library, "a", NULL, "event's", &error));
  g_assert_no_error (error);
  assert_note (library, "a", INSTRUMENT, "quarry; Ä b", "");
  assert_note (library, "a", NULL, "event's", "");
  assert_note (library, "a", "", "event's", "");
  g_auto (GStrv) all = seismic_library_list_tags (library, &error);
  g_assert_cmpuint (g_strv_length (all), ==, 3);
  g_assert_cmpstr (all[0], ==, "event's");

  g_assert_true (seismic_library_remove_tag (library, "a", INSTRUMENT, "quarry", &error));
  g_assert_true (seismic_library_remove_tag (library, "a", INSTRUMENT, "quarry", &error));
  assert_note (library, "a", INSTRUMENT, "Ä b", "");
  assert_note (library, "a", NULL, "event's", "");
  test_remove_library (library);
}

static void
test_comment (void)
{
  SeismicLibrary *library = test_new_library ();
  g_autoptr (GError) error = NULL;
  test_put_event (library, "a", 0);
  g_assert_true (seismic_library_put_comment (library, "a", NULL, "one\ntwo", &error));
  g_assert_true (
      seismic_library_put_comment (library, "a", INSTRUMENT, "of the signal", &error));
  assert_note (library, "a", NULL, "", "one\ntwo");
  g_assert_true (seismic_library_put_comment (library, "a", NULL, "three", &error));
  assert_note (library, "a", NULL, "", "three");
  g_assert_true (seismic_library_put_comment (library, "a", NULL, "", &error));
  assert_note (library, "a", NULL, "", "");
  assert_note (library, "a", INSTRUMENT, "", "of the signal");

  g_autoptr (SeismicNote) note = seismic_note_new ("a", INSTRUMENT);
  g_strfreev (note->tags);
  note->tags = seismic_tags_split ("new;  ;x; new");
  g_assert_true (seismic_library_put_note (library, note, &error));
  assert_note (library, "a", INSTRUMENT, "new; x",
               "of the signal"); /* none is no change */
  g_autoptr (GPtrArray) notes = seismic_library_list_notes (library, &error);
  g_assert_cmpuint (notes->len, ==, 1);
  test_remove_library (library);
}

static void
test_refused (void)
{
  SeismicLibrary *library = test_new_library ();
  test_put_event (library, "a", 0);
  static const char *const bad[] = {"", "  ", "a;b", "a\nb", "\xff"};
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (seismic_library_put_tag (library, "a", NULL, bad[i], &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  }
  g_autoptr (GError) error = NULL;
  g_assert_false (seismic_library_put_comment (library, "a", NULL, "\xff", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (seismic_library_put_tag (library, "gone", NULL, "t", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (seismic_library_remove_tag (library, "gone", NULL, "t", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (seismic_library_put_comment (library, "gone", NULL, "t", &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
  test_remove_library (library);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-note/tags", test_tags);
  g_test_add_func ("/library-note/comment", test_comment);
  g_test_add_func ("/library-note/refused", test_refused);
  return g_test_run ();
}
