#include "app/selection-table.h"

#include "app/format.h"
#include "seismic/spectrum-amplitude.h"
#include "seismic/statistics.h"
#include "session/latest.h"
#include <glib/gi18n.h>
#include <math.h>

enum { PEAK, PEAK_TO_PEAK, RMS, DURATION, FREQUENCY, N_COLUMNS };

typedef struct {
  double values[SEISMIC_N_COMPONENTS][N_COLUMNS]; /* NAN: there is none */
  char unit[32];
} Numbers;

/* What the thread works on. */
typedef struct {
  SaeRecording *recording;
  double begin_s, end_s;
  char unit[32];
} Window;

struct _SaeSelectionTable {
  AdwBin parent_instance;

  /* Template widgets */
  GtkGrid *grid;
  GtkLabel *title;

  /* Owned */
  SaeLatest *latest;

  GtkLabel *channels[SEISMIC_N_COMPONENTS];
  GtkLabel *cells[SEISMIC_N_COMPONENTS][N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (SaeSelectionTable, sae_selection_table, ADW_TYPE_BIN)

static void
window_free (gpointer data)
{
  Window *window = data;

  sae_recording_unref (window->recording);
  g_free (window);
}

/* The finite samples of the window; *is_whole: there are no others in it. */
static GArray *
collect (const Window *window, size_t component, gboolean *is_whole)
{
  const SeismicSignal *signal = window->recording->record->signal;
  const double *samples = signal->samples + component * signal->n_samples;
  double last = (double)signal->n_samples - 1;
  size_t first = (size_t)CLAMP (ceil (window->begin_s * signal->rate_hz - 1e-6), 0, last);
  size_t end = (size_t)CLAMP (floor (window->end_s * signal->rate_hz + 1e-6), 0, last);
  GArray *finite = g_array_new (FALSE, FALSE, sizeof (double));

  for (size_t i = first; i <= end && i < signal->n_samples; i++)
    if (isfinite (samples[i]))
      g_array_append_val (finite, samples[i]);
  *is_whole = finite->len == end + 1 - first;
  return finite;
}

static gboolean
measure_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  const Window *window = input;
  double rate_hz = window->recording->record->signal->rate_hz;
  Numbers *numbers = g_new (Numbers, 1);

  memcpy (numbers->unit, window->unit, sizeof numbers->unit);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    gboolean is_whole;
    g_autoptr (GArray) samples = collect (window, c, &is_whole);
    const double *data = (const double *)(void *)samples->data;
    double *values = numbers->values[c];
    SeismicStatistics statistics;

    for (int i = 0; i < N_COLUMNS; i++)
      values[i] = NAN;
    if (samples->len == 0)
      continue;
    seismic_statistics_compute (&statistics, data, samples->len, rate_hz);
    values[PEAK] = statistics.peak;
    values[PEAK_TO_PEAK] = statistics.max - statistics.min;
    values[RMS] = statistics.rms;
    if (is_whole && samples->len >= 4) {
      double frequency = seismic_spectrum_peak_hz (data, samples->len, rate_hz);

      values[DURATION] = statistics.duration_s;
      values[FREQUENCY] = frequency > 0 ? frequency : NAN;
    }
  }
  *result = numbers;
  return TRUE;
}

static void
show_numbers (SaeSelectionTable *self, const Numbers *numbers)
{
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    for (int i = 0; i < N_COLUMNS; i++) {
      double value = numbers->values[c][i];
      g_autofree char *number = i == DURATION ? sae_format_number (value, 2)
                                              : sae_format_significant (value, 3);
      const char *unit = i == DURATION    ? _ ("s")
                         : i == FREQUENCY ? _ ("Hz")
                                          : numbers->unit;
      g_autofree char *text =
          isnan (value) ? g_strdup (number) : g_strconcat (number, "\u202f", unit, NULL);

      gtk_label_set_label (self->cells[c][i], text);
    }
}

static void
on_measured (gpointer owner, gpointer result, const GError *error)
{
  g_autofree Numbers *numbers = result;

  if (numbers)
    show_numbers (owner, numbers);
}

void
sae_selection_table_show (SaeSelectionTable *self, SaeRecording *recording,
                          double begin_s, double end_s, const char *unit)
{
  g_autofree char *length = sae_format_quantity (end_s - begin_s, 2, _ ("s"));
  Window *window;

  if (!recording) {
    sae_latest_want (self->latest, NULL);
    return;
  }
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    char channel[8];

    seismic_signal_channel (recording->record->signal, c, channel);
    gtk_label_set_label (self->channels[c], channel);
  }
  gtk_label_set_label (self->title, length);
  window = g_new (Window, 1);
  *window = (Window){sae_recording_ref (recording), begin_s, end_s, ""};
  g_strlcpy (window->unit, unit, sizeof window->unit);
  sae_latest_want (self->latest, window);
}

static GtkLabel *
make_cell (SaeSelectionTable *self, int column, int row, const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column > 0);
  gtk_widget_add_css_class (label, class);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
fill_grid (SaeSelectionTable *self)
{
  const char *const titles[N_COLUMNS] = {_ ("Peak"), _ ("Peak to peak"), _ ("RMS"),
                                         _ ("Duration, 5–95 %"),
                                         /* Translators: of the spectrum */
                                         _ ("Peak frequency")};
  const char *const hints[N_COLUMNS] = {
      _ ("The largest distance from the mean"),
      _ ("From the lowest to the highest value"), _ ("Root mean square about the mean"),
      _ ("From 5 to 95 percent of the energy (significant duration)"),
      _ ("Where the amplitude spectrum is highest")};

  for (int i = 0; i < N_COLUMNS; i++) {
    GtkLabel *title = make_cell (self, i + 1, 0, titles[i], "dim-label");

    gtk_label_set_ellipsize (title, PANGO_ELLIPSIZE_END);
    gtk_widget_set_tooltip_text (GTK_WIDGET (title), hints[i]);
  }
  for (int c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    self->channels[c] = make_cell (self, 0, c + 1, "", "caption-heading");
    for (int i = 0; i < N_COLUMNS; i++) {
      self->cells[c][i] = make_cell (self, i + 1, c + 1, "–", "numeric");
      gtk_label_set_selectable (self->cells[c][i], TRUE);
    }
  }
}

static void
sae_selection_table_dispose (GObject *object)
{
  SaeSelectionTable *self = SAE_SELECTION_TABLE (object);

  g_clear_object (&self->latest);
  G_OBJECT_CLASS (sae_selection_table_parent_class)->dispose (object);
}

static void
sae_selection_table_class_init (SaeSelectionTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_selection_table_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/selection-table.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSelectionTable, grid);
  gtk_widget_class_bind_template_child (widget_class, SaeSelectionTable, title);
}

static void
sae_selection_table_init (SaeSelectionTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_grid (self);
  self->latest =
      sae_latest_new (measure_in_thread, window_free, g_free, on_measured, self);
}
