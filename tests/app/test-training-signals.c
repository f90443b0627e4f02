#include "app/training-signals.h"

#include "session/signal-item.h"
#include "support/widgets.h"

static void
add (GListStore *store, const char *id, double magnitude, const char *type,
     const char *tag, double rate_hz)
{
  char *tags[] = {(char *)tag, NULL};
  SeismicSignalInfo info = {.id = (char *)id,
                            .event_id = (char *)"ev",
                            .network = "XX",
                            .station = "S",
                            .location = "",
                            .instrument = "HN",
                            .components = "ENZ",
                            .rate_hz = rate_hz,
                            .n_samples = 100,
                            .distance_km = 10 * magnitude,
                            .tags = tag ? tags : NULL,
                            .event = {.id = (char *)"ev",
                                      .magnitude = magnitude,
                                      .type = (char *)type,
                                      .latitude = 0}};
  g_autoptr (SaeSignalItem) item = sae_signal_item_new (&info);

  g_list_store_append (store, item);
}

static GListStore *
make_store (void)
{
  GListStore *store = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);

  add (store, "a", 3, "earthquake", "good", 100);
  add (store, "b", 4, "earthquake", NULL, 100);
  add (store, "c", 5, "explosion", NULL, 200);
  return store;
}

static GtkWidget *
child (SaeTrainingSignals *widget, const char *id)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (widget), SAE_TYPE_TRAINING_SIGNALS, id));
}

static const char *
query_of (SaeTrainingSignals *widget)
{
  AnalysisDatasetSettings settings = {0};

  sae_training_signals_get (widget, &settings);
  return settings.signals;
}

static void
count (SaeTrainingSignals *widget, int *n)
{
  ++*n;
}

static void
test_counts (void)
{
  SaeTrainingSignals *widget =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_SIGNALS, NULL));
  g_autoptr (GListStore) store = make_store ();
  GtkEditable *least = GTK_EDITABLE (child (widget, "min_magnitude"));
  int n = 0;

  g_assert_true (sae_training_signals_get_valid (widget));
  sae_training_signals_set_model (widget, G_LIST_MODEL (store));
  g_signal_connect (widget, "changed", G_CALLBACK (count), &n);
  assert_shows (widget, "All 3 signals");
  g_assert_null (query_of (widget));
  gtk_editable_set_text (least, "3,5");
  g_assert_cmpint (n, >, 0);
  assert_shows (widget, "2 of 3 signals");
  g_assert_cmpstr (query_of (widget), ==, "min-magnitude 3.5");
  gtk_editable_set_text (least, "3.5x");
  g_assert_false (sae_training_signals_get_valid (widget));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (least), "error"));
  gtk_editable_set_text (least, "9");
  assert_shows (widget, "0 of 3 signals");
  g_assert_false (sae_training_signals_get_valid (widget));
  gtk_editable_set_text (least, "");
  g_assert_true (sae_training_signals_get_valid (widget));
  gtk_editable_set_text (GTK_EDITABLE (child (widget, "max_distance")), "40");
  assert_shows (widget, "2 of 3 signals");
  add (store, "d", 2, "earthquake", NULL, 100); /* a record more in the library */
  assert_shows (widget, "3 of 4 signals");
  g_assert_finalize_object (widget);
}

/* Types, tags and rates are those there are; what is chosen stays when others come. */
static void
test_choices (void)
{
  SaeTrainingSignals *widget =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_SIGNALS, NULL));
  g_autoptr (GListStore) store = make_store ();
  AdwComboRow *type = ADW_COMBO_ROW (child (widget, "type"));
  AdwComboRow *tag = ADW_COMBO_ROW (child (widget, "tag"));
  AdwComboRow *rate = ADW_COMBO_ROW (child (widget, "rate"));

  sae_training_signals_set_model (widget, G_LIST_MODEL (store));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (type)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (tag)), ==, 2);
  adw_combo_row_set_selected (type, 2);
  assert_shows (widget, "1 of 3 signals");
  g_assert_cmpstr (query_of (widget), ==, "type explosion");
  add (store, "d", 2, "a quake", NULL, 50);
  g_assert_cmpstr (query_of (widget), ==, "type explosion");
  adw_combo_row_set_selected (type, 0);
  adw_combo_row_set_selected (tag, 1);
  adw_combo_row_set_selected (rate, 1);
  g_assert_cmpstr (query_of (widget), ==, "rate 100; tag good");
  g_assert_finalize_object (widget);
}

/* What was set comes back, also what is on no row. */
static void
test_settings (void)
{
  SaeTrainingSignals *widget =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_SIGNALS, NULL));
  g_autoptr (GListStore) store = make_store ();
  AnalysisDatasetSettings settings = {
      .signals = "min-magnitude 3; min-snr 6; type gone",
      .window = {.kind = ANALYSIS_WINDOW_P, .length_s = 20, .lead_s = 4}};

  sae_training_signals_set (widget, &settings);
  sae_training_signals_set_model (widget, G_LIST_MODEL (store));
  g_assert_cmpstr (query_of (widget), ==, settings.signals);
  g_assert_true (gtk_widget_get_visible (child (widget, "length_row")));
  settings = (AnalysisDatasetSettings){0};
  sae_training_signals_get (widget, &settings);
  g_assert_cmpint (settings.window.kind, ==, ANALYSIS_WINDOW_P);
  g_assert_cmpfloat (settings.window.length_s, ==, 20);
  g_assert_cmpfloat (settings.window.lead_s, ==, 4);
  settings = (AnalysisDatasetSettings){.window = ANALYSIS_WINDOW_DEFAULT};
  sae_training_signals_set (widget, &settings);
  g_assert_null (query_of (widget));
  g_assert_true (sae_training_signals_get_valid (widget));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child (widget, "lead")), 40);
  g_assert_true (sae_training_signals_get_valid (widget)); /* of no meaning */
  adw_combo_row_set_selected (ADW_COMBO_ROW (child (widget, "window")),
                              ANALYSIS_WINDOW_PEAK);
  g_assert_false (sae_training_signals_get_valid (widget));
  g_assert_finalize_object (widget);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-signals/counts", test_counts);
  g_test_add_func ("/app/training-signals/choices", test_choices);
  g_test_add_func ("/app/training-signals/settings", test_settings);
  return g_test_run ();
}
