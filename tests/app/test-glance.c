#include "app/glance.h"

#include "seismic/miniseed.h"
#include "support/widgets.h"
#include <glib/gstdio.h>

#define N 20000

/* Seen, and no longer; what cannot be looked at is not. */
static void
test_look (void)
{
  SaeGlance *glance = g_object_ref_sink (g_object_new (SAE_TYPE_GLANCE, NULL));
  g_autofree char *folder = g_dir_make_tmp ("sae-glance-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "long.mseed", NULL);
  g_autofree char *bad = g_build_filename (folder, "bad.mseed", NULL);
  g_autofree int32_t *samples = g_new0 (int32_t, N);
  g_autoptr (GPtrArray) traces =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  const char *const channels[] = {"HNE", "HNN", "HNZ"};
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < N; i++)
    samples[i] = i % 100;
  for (int c = 0; c < 3; c++)
    g_ptr_array_add (traces, seismic_trace_new ("XX", "LONG", "", channels[c], 0, 100,
                                                SEISMIC_SAMPLE_INT32, samples, N));
  bytes = seismic_miniseed_write (traces, NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  g_assert_true (g_file_set_contents (bad, "nothing", -1, NULL));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (glance)));
  sae_glance_begin (glance, bad);
  sae_glance_begin (glance, path);
  wait_until (gtk_widget_get_visible (GTK_WIDGET (glance)));
  assert_shows (glance, "long.mseed");
  assert_shows (glance, "one block in 1,");
  sae_glance_end (glance);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (glance)));
  sae_glance_begin (glance, bad);
  widget_test_drain ();
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (glance)));
  g_assert_finalize_object (glance);
  g_assert_false (sae_glance_is_for (folder));
  g_assert_false (sae_glance_is_for (path)); /* not long enough to need one */
  g_remove (path);
  g_remove (bad);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/glance/look", test_look);
  return g_test_run ();
}
