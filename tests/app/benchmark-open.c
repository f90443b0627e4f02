/* How soon 100 MB of miniSEED are seen after they were opened in the window, and how long
 * its main loop is kept from its work until all of them are: by its own work, and by the
 * clock, in which there is waiting for the screen and for other programs. Then what it
 * takes to draw the trace widget anew. */
#include "app/window.h"

#include "app/glance.h"
#include "app/trace-chart.h"
#include "seismic/miniseed.h"
#include "support/turns.h"
#include "support/widgets.h"
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

enum { MEGABYTES = 100, BLOCK = 500000, RATE_HZ = 100, N_DRAWN = 30 };

#define START_NS (G_GINT64_CONSTANT (1571117592) * 1000000000)

typedef struct {
  guint n_painted; /* frames */
} Frames;

static void
on_painted (GdkFrameClock *clock, Frames *frames)
{
  frames->n_painted++;
}

/* A stretch of one component, a decaying oscillation on noise every so often. */
static SeismicTrace *
make_trace (GRand *random, const char *channel, size_t block)
{
  g_autofree int32_t *samples = g_new (int32_t, BLOCK);

  for (size_t i = 0; i < BLOCK; i++)
    samples[i] = (int32_t)(3000 * exp (-(double)(i % 100000) / 2e4) *
                           g_rand_double_range (random, -1, 1)) +
                 g_rand_int_range (random, -20, 21);
  return seismic_trace_new ("XX", "LONG", "", channel,
                            START_NS + (int64_t)block * BLOCK / RATE_HZ * 1000000000,
                            RATE_HZ, SEISMIC_SAMPLE_INT32, samples, BLOCK);
}

/* The components in turn, as data centres send them. */
static char *
make_file (const char *folder)
{
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};
  char *path = g_build_filename (folder, "long.mseed", NULL);
  FILE *file = g_fopen (path, "wb");
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  size_t n_bytes = 0;

  g_assert_nonnull (file);
  for (size_t block = 0; n_bytes < MEGABYTES * (size_t)1000000; block++)
    for (size_t c = 0; c < 3; c++) {
      g_autoptr (GPtrArray) traces =
          g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (traces, make_trace (random, channels[c], block));
      bytes = seismic_miniseed_write (traces, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (
          fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), file), ==,
          g_bytes_get_size (bytes));
      n_bytes += g_bytes_get_size (bytes);
    }
  g_assert_cmpint (fclose (file), ==, 0);
  g_print ("%.0f MB\n", (double)n_bytes / 1e6);
  return path;
}

/* Until the widget is there and the frame with it was painted; seconds since begin_us. */
static double
wait_for_picture (GtkWidget *widget, Frames *frames, gint64 begin_us)
{
  guint before;

  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_queue_draw (widget);
  before = frames->n_painted;
  while (frames->n_painted == before)
    g_main_context_iteration (NULL, TRUE);
  return (double)(g_get_monotonic_time () - begin_us) / 1e6;
}

static void
report (const char *what, GArray *ms)
{
  guint over = 0;

  for (guint i = 0; i < ms->len; i++)
    over += g_array_index (ms, double, i) > TURNS_LONGEST_MS;
  g_print ("%-22s %6u: 99 %% %.1f ms, longest %.1f ms; %u over %d ms\n", what, ms->len,
           turns_quantile (ms, 0.99), turns_quantile (ms, 1), over, TURNS_LONGEST_MS);
}

static SaeWave *
make_wave (size_t n)
{
  const SaeTraceInfo info = {.labels = {"XX.LONG..HNE", "XX.LONG..HNN", "XX.LONG..HNZ"},
                             .n_samples = n,
                             .start_ns = START_NS,
                             .rate_hz = RATE_HZ,
                             .unit = "counts"};
  double *values = g_new (double, 3 * n);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (size_t i = 0; i < 3 * n; i++)
    values[i] = 5000 * exp (-(double)(i % n) / (double)n * 5) *
                g_rand_double_range (random, -1, 1);
  return sae_wave_new (&info, values, NULL);
}

/* Three components of n samples, drawn again and again, one frame after another, each a
 * little further along. Of 0: what an empty frame of that size takes, mostly to make its
 * surface and to hand it to the screen. */
static void
measure_drawing (size_t n)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *chart = g_object_new (SAE_TYPE_TRACE_CHART, NULL);
  double length_s = (double)n / RATE_HZ;
  g_autoptr (SaeWave) wave = n > 0 ? make_wave (n) : NULL;
  Frames frames = {0};
  gint64 cpu_ns;

  gtk_widget_set_size_request (chart, 1600, 900);
  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_present (GTK_WINDOW (window));
  if (wave)
    sae_trace_chart_set_wave (SAE_TRACE_CHART (chart), wave, FALSE);
  widget_test_drain ();
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (on_painted), &frames);
  cpu_ns = turns_cpu_ns ();
  for (guint i = 0; i < N_DRAWN; i++) {
    guint before = frames.n_painted;

    if (wave)
      sae_trace_chart_set_view (SAE_TRACE_CHART (chart), i * length_s / 1000,
                                length_s * 0.9 + i * length_s / 1000);
    else
      sae_chart_redraw (SAE_CHART (chart));
    while (frames.n_painted == before)
      g_main_context_iteration (NULL, TRUE);
  }
  g_print ("3 × %zu samples, %d × %d px: %.1f ms of work a frame\n", n,
           gtk_widget_get_width (chart), gtk_widget_get_height (chart),
           (double)(turns_cpu_ns () - cpu_ns) / 1e6 / N_DRAWN);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), &frames);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
open_and_measure (SaeWindow *window, const char *path)
{
  GtkWidget *root = GTK_WIDGET (window);
  GtkWidget *glance = widget_test_find (root, SAE_TYPE_GLANCE);
  GtkWidget *page = widget_test_find (root, g_type_from_name ("SaeSignalViews"));
  SaeTraceChart *chart = widget_test_find (page, SAE_TYPE_TRACE_CHART);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Frames frames = {0};
  gint64 begin_us;
  Turns turns;

  g_signal_connect (gtk_widget_get_frame_clock (root), "after-paint",
                    G_CALLBACK (on_painted), &frames);
  turns_begin (&turns);
  begin_us = g_get_monotonic_time ();
  sae_window_open_files (window, &file, 1);
  g_print ("first picture after %.2f s, ", wait_for_picture (glance, &frames, begin_us));
  while (gtk_widget_get_visible (glance))
    g_main_context_iteration (NULL, TRUE);
  g_print ("all of it after %.2f s\n",
           wait_for_picture (GTK_WIDGET (chart), &frames, begin_us));
  turns_end (&turns);
  report ("a turn's own work", turns.cpu_ms);
  report ("a turn by the clock", turns.wall_ms);
  turns_clear (&turns);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (root), &frames);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("sae-open-XXXXXX", NULL);
  g_autofree char *path = make_file (home);
  SaeWindow *window;

  /* Before anything asks for the user's folders. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  window = sae_window_new (NULL);
  g_object_ref_sink (window);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 900);
  gtk_window_present (GTK_WINDOW (window));
  widget_test_drain ();
  open_and_measure (window, path);
  gtk_window_close (GTK_WINDOW (window));
  widget_test_drain ();
  g_object_unref (window);
  measure_drawing (0);
  measure_drawing (36000);
  measure_drawing (10000000);
  tiny_library_remove (home);
  return 0;
}
