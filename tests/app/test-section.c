#include "app/section.h"

#include "support/widgets.h"
#include <glib/gstdio.h>

/* Of an event, by distance; what cannot be read is counted. */
static void
test_read (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  const SaeTreatment treatment = {.processing.demean = true};
  SaeJob *job = g_object_new (SAE_TYPE_JOB, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  SaeSection *wanted;
  gpointer result = NULL;
  SaeSection *done;
  const SaeSectionRecord *first;
  double sum = 0;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 4);
  /* S3 stays without a distance; nearer ones have higher numbers. */
  for (int i = 0; i < 3; i++) {
    g_autofree char *station = g_strdup_printf ("S%d", i);

    g_assert_true (seismic_library_put_station (tiny.library, "XX", station,
                                                38 + 0.3 - 0.1 * i, -122, &error));
  }
  for (int i = 0; i < 2; i++) {
    g_autofree char *id = g_strdup_printf ("ev%d", i);
    g_autoptr (SeismicEvent) event = seismic_library_get_event (tiny.library, id, &error);

    event->latitude = 38;
    event->longitude = -122;
    g_assert_true (seismic_library_put_event (tiny.library, event, &error));
  }
  path = tiny_library_record_path (&tiny, "ev1", "S1");
  g_assert_cmpint (g_remove (path), ==, 0);
  widget_test_open (session, tiny.folder);
  wanted = sae_section_new (tiny.folder, sae_session_get_signals (session), "ev1",
                            &treatment, 1);
  g_assert_cmpuint (wanted->items->len, ==, 4);
  g_assert_true (sae_section_read (job, wanted, &result, &error));
  g_assert_no_error (error);
  done = result;
  g_assert_cmpuint (done->records->len, ==, 2);
  g_assert_cmpuint (done->n_left_out, ==, 2);
  first = done->records->pdata[0];
  g_assert_cmpstr (first->label, ==, "XX.S2");
  g_assert_cmpstr (((SaeSectionRecord *)done->records->pdata[1])->label, ==, "XX.S0");
  for (size_t i = 0; i < first->n; i++)
    sum += first->values[i];
  g_assert_cmpfloat (fabs (sum / (double)first->n), <, 1e-6); /* processed */
  sae_section_free (done);
  sae_section_free (wanted);
  g_object_unref (job);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/section/read", test_read);
  return g_test_run ();
}
