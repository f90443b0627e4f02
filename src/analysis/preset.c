#include "analysis/preset.h"
#include "analysis/setting.h"

#include <string.h>

static const AnalysisPreset presets[] = {
    {
        .name = "classroom",
        .settings = {.network = {.architecture = NN_ARCHITECTURE_README,
                                 .n_channels = SEISMIC_N_COMPONENTS,
                                 .widths = {32, 64, 64},
                                 .hidden = 64,
                                 .n_layers = 1},
                     .trainer = {.n_epochs = 20,
                                 .learning_rate = 1e-3,
                                 .loss = {NN_LOSS_L1, 1}},
                     .dataset = {.rate_hz = 20,
                                 .window = ANALYSIS_WINDOW_DEFAULT,
                                 .validation_fraction = 0.2,
                                 .batch_size = 4,
                                 .seed = 1},
                     .seed = 1},
    },
    {
        .name = "laptop",
        .settings = {.network = {.architecture = NN_ARCHITECTURE_README,
                                 .n_channels = SEISMIC_N_COMPONENTS,
                                 .widths = {32, 64, 128},
                                 .hidden = 128,
                                 .n_layers = 1},
                     .trainer = {.n_epochs = 40,
                                 .learning_rate = 1e-3,
                                 .loss = {NN_LOSS_L1, 1},
                                 .schedule = {NN_SCHEDULE_COSINE, 50},
                                 .clip_norm = 1,
                                 .patience = 10},
                     .dataset = {.rate_hz = 50,
                                 .window = ANALYSIS_WINDOW_DEFAULT,
                                 .validation_fraction = 0.2,
                                 .batch_size = 8,
                                 .seed = 1},
                     .seed = 1},
    },
    {
        .name = "study",
        .settings = {.network = {.architecture = NN_ARCHITECTURE_POOLED,
                                 .n_channels = SEISMIC_N_COMPONENTS,
                                 .widths = {64, 128, 256},
                                 .hidden = 256,
                                 .n_layers = 1,
                                 .dropout = 0.5},
                     .trainer = {.n_epochs = 1,
                                 .learning_rate = 1e-4,
                                 .loss = {NN_LOSS_L1, 1}},
                     .dataset = {.rate_hz = 0,
                                 .window = ANALYSIS_WINDOW_DEFAULT,
                                 .validation_fraction = 0.2,
                                 .batch_size = 8,
                                 .seed = 1},
                     .seed = 1},
    },
};

const AnalysisPreset *
analysis_presets (size_t *n)
{
  *n = G_N_ELEMENTS (presets);
  return presets;
}

const AnalysisPreset *
analysis_preset_find (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (presets); i++)
    if (strcmp (presets[i].name, name) == 0)
      return &presets[i];
  return NULL;
}

static bool
is_preset (const AnalysisSetting *setting)
{
  return setting->kind != ANALYSIS_SETTING_SEED && !setting->of_signals;
}

void
analysis_preset_apply (const AnalysisPreset *preset, AnalysisTrainingSettings *settings)
{
  const AnalysisTrainingSettings before = *settings;
  *settings = preset->settings;
  settings->seed = before.seed;
  settings->run = before.run;
  settings->dataset.signals = before.dataset.signals;
  settings->dataset.window = before.dataset.window;
  settings->dataset.cache_bytes = before.dataset.cache_bytes;
}

static bool
is_same (const AnalysisTrainingSettings *a, const AnalysisTrainingSettings *b)
{
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  for (size_t i = 0; i < n; i++)
    if (is_preset (&all[i]) && !analysis_setting_equal (&all[i], a, b))
      return false;
  return true;
}

const AnalysisPreset *
analysis_preset_of (const AnalysisTrainingSettings *settings)
{
  for (size_t i = 0; i < G_N_ELEMENTS (presets); i++)
    if (is_same (&presets[i].settings, settings))
      return &presets[i];
  return NULL;
}
