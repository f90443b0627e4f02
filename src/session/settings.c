#include "session/settings.h"

#include "analysis/preset.h"
#include "analysis/setting.h"

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

AnalysisTrainingSettings
sae_settings_load_training (GSettings *settings)
{
  AnalysisTrainingSettings training = analysis_preset_find ("classroom")->settings;
  if (!settings)
    return training;
  g_autofree char *text = g_settings_get_string (settings, "train-settings");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++) {
    g_auto (GStrv) pair = g_strsplit (*line, "=", 2);
    const AnalysisSetting *setting = pair[0] ? analysis_setting_find (pair[0]) : NULL;
    if (setting && pair[1]) /* nonsense is passed over */
      analysis_setting_parse (setting, pair[1], &training, NULL);
  }
  return training;
}

void
sae_settings_store_training (GSettings *settings,
                             const AnalysisTrainingSettings *training)
{
  g_autofree char *text = analysis_settings_to_text (training);
  if (settings)
    g_settings_set_string (settings, "train-settings", text);
}
