#include "session/settings.h"

#include "analysis/preset.h"

#include <string.h>

GSettings *
sae_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source ? g_settings_schema_source_lookup (source, SAE_APPLICATION_ID, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

unsigned
sae_settings_get_connections (GSettings *settings)
{
  return settings ? (unsigned)g_settings_get_int (settings, "download-connections") : 3;
}

gsize
sae_settings_get_threads (GSettings *settings)
{
  return settings ? (gsize)g_settings_get_int (settings, "training-threads") : 0;
}

/* "16,32,32" → three widths; FALSE and widths untouched if text is anything else. */
static gboolean
parse_widths (const char *text, size_t widths[3])
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint64 parsed[3];

  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (g_strstrip (parts[i]), 10, 1, 4096, &parsed[i],
                                     NULL))
      return FALSE;
  for (guint i = 0; i < 3; i++)
    widths[i] = parsed[i];
  return TRUE;
}

AnalysisTrainingSettings
sae_settings_load_training (GSettings *settings)
{
  AnalysisTrainingSettings training = analysis_preset_find ("classroom")->settings;
  g_autofree char *widths = NULL;

  if (!settings)
    return training;
  widths = g_settings_get_string (settings, "train-widths");
  parse_widths (widths, training.network.widths);
  training.network.hidden = (size_t)g_settings_get_int (settings, "train-hidden");
  training.network.n_layers = (size_t)g_settings_get_int (settings, "train-layers");
  training.trainer.n_epochs = (size_t)g_settings_get_int (settings, "train-epochs");
  training.trainer.learning_rate =
      g_settings_get_double (settings, "train-learning-rate");
  training.dataset.batch_size = (size_t)g_settings_get_int (settings, "train-batch-size");
  training.dataset.rate_hz = g_settings_get_double (settings, "train-rate");
  training.dataset.validation_fraction =
      g_settings_get_double (settings, "train-validation");
  training.seed = (size_t)g_settings_get_int (settings, "train-seed");
  return training;
}

void
sae_settings_store_training (GSettings *settings,
                             const AnalysisTrainingSettings *training)
{
  g_autofree char *widths = NULL;

  if (!settings)
    return;
  widths = g_strdup_printf ("%zu,%zu,%zu", training->network.widths[0],
                            training->network.widths[1], training->network.widths[2]);
  g_settings_set_string (settings, "train-widths", widths);
  g_settings_set_int (settings, "train-hidden", (int)training->network.hidden);
  g_settings_set_int (settings, "train-layers", (int)training->network.n_layers);
  g_settings_set_int (settings, "train-epochs", (int)training->trainer.n_epochs);
  g_settings_set_double (settings, "train-learning-rate",
                         training->trainer.learning_rate);
  g_settings_set_int (settings, "train-batch-size", (int)training->dataset.batch_size);
  g_settings_set_double (settings, "train-rate", training->dataset.rate_hz);
  g_settings_set_double (settings, "train-validation",
                         training->dataset.validation_fraction);
  g_settings_set_int (settings, "train-seed", (int)training->seed);
}
