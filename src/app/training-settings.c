#include "app/training-settings.h"

#include "analysis/preset.h"
#include "app/format.h"
#include "app/training-estimate.h"
#include "app/training-signals.h"
#include <glib/gi18n.h>

#define MAX_WIDTH 4096

struct _SaeTrainingSettings {
  AdwBin parent_instance;

  /* Template widgets */
  GtkSpinButton *epochs, *batch_size, *learning_rate, *rate, *hidden, *layers,
      *validation, *seed, *dropout, *warmup, *weight_decay, *clip_norm, *patience;
  AdwComboRow *preset, *architecture, *decoder_input, *loss, *schedule;
  GtkEntry *widths;
  GtkLabel *parameter_count;
  SaeTrainingSignals *chosen;
  SaeTrainingEstimate *estimate;

  /* Owned */
  char *folder; /* of the library, or NULL */

  AnalysisTrainingSettings settings; /* as last set; valid */
  gboolean valid;
  gboolean is_setting; /* the rows are being set, not by the user */
};

G_DEFINE_FINAL_TYPE (SaeTrainingSettings, sae_training_settings, ADW_TYPE_BIN)

enum { PROP_0, PROP_VALID, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

gboolean
sae_training_settings_parse_widths (const char *text, size_t widths[3])
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint64 parsed[3];

  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (g_strstrip (parts[i]), 10, 1, MAX_WIDTH, &parsed[i],
                                     NULL))
      return FALSE;
  for (guint i = 0; i < 3; i++)
    widths[i] = parsed[i];
  return TRUE;
}

size_t
sae_training_settings_count_parameters (const NnConfig *config)
{
  g_autoptr (NnParams) params = nn_autoencoder_describe (config);

  return params->size;
}

static size_t
get_count (GtkSpinButton *button)
{
  return (size_t)gtk_spin_button_get_value_as_int (button);
}

AnalysisTrainingSettings
sae_training_settings_get (SaeTrainingSettings *self)
{
  AnalysisTrainingSettings settings = self->settings;

  settings.trainer.n_epochs = get_count (self->epochs);
  settings.trainer.learning_rate = gtk_spin_button_get_value (self->learning_rate);
  settings.dataset.batch_size = get_count (self->batch_size);
  settings.dataset.rate_hz = gtk_spin_button_get_value (self->rate);
  settings.dataset.validation_fraction =
      gtk_spin_button_get_value (self->validation) / 100;
  settings.network.hidden = get_count (self->hidden);
  settings.network.n_layers = get_count (self->layers);
  settings.seed = get_count (self->seed);
  settings.network.architecture =
      (NnArchitecture)adw_combo_row_get_selected (self->architecture);
  settings.network.decoder_input =
      (NnDecoderInput)adw_combo_row_get_selected (self->decoder_input);
  settings.network.dropout = settings.network.architecture == NN_ARCHITECTURE_README
                                 ? 0
                                 : gtk_spin_button_get_value (self->dropout);
  settings.trainer.loss.kind = (NnLossKind)adw_combo_row_get_selected (self->loss);
  settings.trainer.schedule.kind =
      (NnScheduleKind)adw_combo_row_get_selected (self->schedule);
  settings.trainer.schedule.warmup = get_count (self->warmup);
  settings.trainer.weight_decay = gtk_spin_button_get_value (self->weight_decay);
  settings.trainer.clip_norm = gtk_spin_button_get_value (self->clip_norm);
  settings.trainer.patience = get_count (self->patience);
  sae_training_settings_parse_widths (gtk_editable_get_text (GTK_EDITABLE (self->widths)),
                                      settings.network.widths);
  sae_training_signals_get (self->chosen, &settings.dataset);
  return settings;
}

static void
show_parameters (SaeTrainingSettings *self)
{
  AnalysisTrainingSettings settings = sae_training_settings_get (self);
  size_t n = sae_training_settings_count_parameters (&settings.network);
  g_autofree char *text = sae_format_number ((double)n, 0);

  gtk_label_set_label (self->parameter_count, self->valid ? text : "–");
}

/* What such a training would be. */
static void
estimate (SaeTrainingSettings *self)
{
  AnalysisTrainingSettings settings = sae_training_settings_get (self);

  sae_training_estimate_want (self->estimate, self->valid ? self->folder : NULL,
                              &settings);
}

/* The preset that the settings are, with a sentence on it. */
static void
show_preset (SaeTrainingSettings *self)
{
  const char *const sentences[] = {
      _ ("Small, at 20 Hz; seconds"),
      _ ("At 50 Hz; minutes"),
      _ ("As its scripts; long"),
      _ ("Your own settings"),
  };
  AnalysisTrainingSettings settings = sae_training_settings_get (self);
  const AnalysisPreset *preset = analysis_preset_of (&settings);
  size_t n;
  const AnalysisPreset *all = analysis_presets (&n);
  guint selected = preset ? (guint)(preset - all) : (guint)n;

  self->is_setting = TRUE;
  adw_combo_row_set_selected (self->preset, selected);
  self->is_setting = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->preset), sentences[selected]);
}

static void
update (SaeTrainingSettings *self)
{
  if (self->is_setting)
    return;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->widths));
  size_t widths[3];
  gboolean readable = sae_training_settings_parse_widths (text, widths);
  gboolean valid = readable && sae_training_signals_get_valid (self->chosen);

  if (readable)
    gtk_widget_remove_css_class (GTK_WIDGET (self->widths), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->widths), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->widths), GTK_ACCESSIBLE_STATE_INVALID,
      readable ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (valid != self->valid) {
    self->valid = valid;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->dropout),
                            adw_combo_row_get_selected (self->architecture) !=
                                NN_ARCHITECTURE_README);
  show_parameters (self);
  show_preset (self);
  estimate (self);
}

/* Takes a preset that the user chose; the seed stays. */
static void
on_preset (SaeTrainingSettings *self)
{
  size_t n;
  const AnalysisPreset *all = analysis_presets (&n);
  guint selected = adw_combo_row_get_selected (self->preset);

  if (self->is_setting)
    return;
  if (selected < n) {
    AnalysisTrainingSettings settings = sae_training_settings_get (self);

    analysis_preset_apply (&all[selected], &settings);
    sae_training_settings_set (self, &settings);
  } else
    show_preset (self);
}

void
sae_training_settings_set (SaeTrainingSettings *self,
                           const AnalysisTrainingSettings *settings)
{
  const size_t *w = settings->network.widths;
  g_autofree char *widths = g_strdup_printf ("%zu, %zu, %zu", w[0], w[1], w[2]);

  self->settings = *settings;
  self->is_setting = TRUE;
  gtk_spin_button_set_value (self->epochs, (double)settings->trainer.n_epochs);
  gtk_spin_button_set_value (self->learning_rate, settings->trainer.learning_rate);
  gtk_spin_button_set_value (self->batch_size, (double)settings->dataset.batch_size);
  gtk_spin_button_set_value (self->rate, settings->dataset.rate_hz);
  gtk_spin_button_set_value (self->validation,
                             100 * settings->dataset.validation_fraction);
  gtk_spin_button_set_value (self->hidden, (double)settings->network.hidden);
  gtk_spin_button_set_value (self->layers, (double)settings->network.n_layers);
  gtk_spin_button_set_value (self->seed, (double)settings->seed);
  gtk_editable_set_text (GTK_EDITABLE (self->widths), widths);
  sae_training_signals_set (self->chosen, &settings->dataset);
  adw_combo_row_set_selected (self->architecture, settings->network.architecture);
  adw_combo_row_set_selected (self->decoder_input, settings->network.decoder_input);
  gtk_spin_button_set_value (self->dropout, settings->network.dropout);
  adw_combo_row_set_selected (self->loss, settings->trainer.loss.kind);
  adw_combo_row_set_selected (self->schedule, settings->trainer.schedule.kind);
  gtk_spin_button_set_value (self->warmup, (double)settings->trainer.schedule.warmup);
  gtk_spin_button_set_value (self->weight_decay, settings->trainer.weight_decay);
  gtk_spin_button_set_value (self->clip_norm, settings->trainer.clip_norm);
  gtk_spin_button_set_value (self->patience, (double)settings->trainer.patience);
  self->is_setting = FALSE;
  update (self);
}

void
sae_training_settings_set_signals (SaeTrainingSettings *self, GListModel *signals)
{
  sae_training_signals_set_model (self->chosen, signals);
}

void
sae_training_settings_set_folder (SaeTrainingSettings *self, const char *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
  estimate (self);
}

gboolean
sae_training_settings_get_valid (SaeTrainingSettings *self)
{
  return self->valid;
}

/* Outputs of spin buttons: the value with its unit. Typing takes a number alone. */
static gboolean
output_rate (SaeTrainingSettings *self, GtkSpinButton *button)
{
  double rate = gtk_spin_button_get_value (button);
  g_autofree char *text =
      rate > 0 ? sae_format_quantity (rate, 0, _ ("Hz")) : g_strdup (_ ("As recorded"));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static gboolean
output_percent (SaeTrainingSettings *self, GtkSpinButton *button)
{
  g_autofree char *text =
      sae_format_quantity (gtk_spin_button_get_value (button), 0, "%");

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

/* The number at the start of the text; any other text, as "As recorded", is 0. */
static int
input_number (SaeTrainingSettings *self, double *value, GtkSpinButton *button)
{
  *value = g_ascii_strtod (gtk_editable_get_text (GTK_EDITABLE (button)), NULL);
  return TRUE;
}

static void
sae_training_settings_get_property (GObject *object, guint id, GValue *value,
                                    GParamSpec *pspec)
{
  if (id == PROP_VALID)
    g_value_set_boolean (value, SAE_TRAINING_SETTINGS (object)->valid);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (SAE_TYPE_TRAINING_ESTIMATE);
  g_type_ensure (SAE_TYPE_TRAINING_SIGNALS);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/training-settings.ui");
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, epochs);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, batch_size);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, learning_rate);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, rate);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, hidden);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, layers);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, validation);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, seed);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, widths);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, parameter_count);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, chosen);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, estimate);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, dropout);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, warmup);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, weight_decay);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, clip_norm);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, patience);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, preset);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, architecture);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, decoder_input);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, loss);
  gtk_widget_class_bind_template_child (class, SaeTrainingSettings, schedule);
  gtk_widget_class_bind_template_callback (class, update);
  gtk_widget_class_bind_template_callback (class, on_preset);
  gtk_widget_class_bind_template_callback (class, output_rate);
  gtk_widget_class_bind_template_callback (class, output_percent);
  gtk_widget_class_bind_template_callback (class, input_number);
}

static void
sae_training_settings_finalize (GObject *object)
{
  g_free (SAE_TRAINING_SETTINGS (object)->folder);
  G_OBJECT_CLASS (sae_training_settings_parent_class)->finalize (object);
}

static void
sae_training_settings_class_init (SaeTrainingSettingsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_training_settings_get_property;
  object_class->finalize = sae_training_settings_finalize;
  properties[PROP_VALID] = g_param_spec_boolean (
      "valid", NULL, NULL, FALSE,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
sae_training_settings_init (SaeTrainingSettings *self)
{
  AnalysisTrainingSettings settings = analysis_training_default ();

  self->settings = settings;
  self->is_setting = TRUE; /* the template's values are none */
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_training_settings_set (self, &settings);
}
