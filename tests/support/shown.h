/* A signal as the window's charts are shown it, made up: three sines around 10. */
#pragma once

#include "app/signal-view.h"
#include <math.h>

#define SHOWN_RATE_HZ 100.0
#define SHOWN_HZ 5.0

/* n samples; component c has the amplitude c + 1 (in counts). Free with shown_test_free.
 */
static inline SaeShown *
shown_test_new (size_t n)
{
  SeismicSignal *signal = g_new0 (SeismicSignal, 1);
  SeismicRecord *record = g_new0 (SeismicRecord, 1);
  SaeShown *shown = g_new0 (SaeShown, 1);
  SaeTraceInfo info = {.labels = {"XX.S..HNE", "XX.S..HNN", "XX.S..HNZ"},
                       .n_samples = n,
                       .rate_hz = SHOWN_RATE_HZ,
                       .unit = "counts"};

  g_strlcpy (signal->instrument, "HN", sizeof signal->instrument);
  g_strlcpy (signal->components, "ENZ", sizeof signal->components);
  signal->rate_hz = SHOWN_RATE_HZ;
  signal->n_samples = n;
  signal->samples = g_new (double, 3 * n);
  for (size_t c = 0; c < 3; c++)
    for (size_t i = 0; i < n; i++)
      signal->samples[c * n + i] =
          10 +
          ((double)c + 1) * sin (2 * G_PI * SHOWN_HZ * ((double)i + 0.5) / SHOWN_RATE_HZ);
  record->signal = signal;
  record->spans = g_array_new (FALSE, FALSE, sizeof (SeismicSpan));
  shown->raw = sae_recording_new (record);
  shown->recording = sae_recording_ref (shown->raw);
  shown->wave = sae_wave_new_borrowing (
      &info, signal->samples, sae_recording_ref (shown->raw), sae_recording_unref);
  return shown;
}

/* Samples first … end − 1 of a component become a gap. */
static inline void
shown_test_cut (SaeShown *shown, size_t component, size_t first, size_t end)
{
  SeismicRecord *record = shown->recording->record;
  SeismicSpan span = {.kind = SEISMIC_SPAN_GAP, .component = component};

  for (size_t i = first; i < end; i++)
    record->signal->samples[component * record->signal->n_samples + i] = NAN;
  g_array_append_val (record->spans, span);
}

static inline void
shown_test_free (SaeShown *shown)
{
  sae_wave_unref (shown->wave);
  sae_recording_unref (shown->raw);
  sae_recording_unref (shown->recording);
  g_free (shown);
}

/* chart in a window that is there, so that it computes and has a size. */
static inline GtkWindow *
shown_test_present (gpointer chart)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, 800, 600);
  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_present (window);
  while (gtk_widget_get_width (GTK_WIDGET (chart)) < 100)
    g_main_context_iteration (NULL, TRUE);
  return window;
}

/* The chart as it would be written to a file, drawn once. */
static inline cairo_surface_t *
shown_test_draw (gpointer chart)
{
  PlotStyle style = plot_style_export ();
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 800, 600);
  cairo_t *cr = cairo_create (image);

  SAE_CHART_GET_CLASS (chart)->draw_figure (SAE_CHART (chart), cr,
                                            (PlotRectangle){0, 0, 800, 600}, &style,
                                            "Title", "Subtitle");
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}
