#include "analysis/setting.h"
#include "analysis/error.h"
#include "seismic/csv.h"
#include "seismic/signal-query.h"

#include <math.h>
#include <string.h>

static const char *const architectures[] = {"readme", "batchnorm", "pooled", NULL};
static const char *const decoder_inputs[] = {"sequence", "embedding", NULL};
static const char *const losses[] = {"l1", "l2", "huber", NULL};
static const char *const schedules[] = {"constant", "cosine", NULL};
static const char *const windows[] = {"whole", "p", "peak", NULL};

#define AT(member) offsetof (AnalysisTrainingSettings, member)
#define RANGE(word, type, member, from, to)                                              \
  .name = word, .kind = ANALYSIS_SETTING_##type, .offset = AT (member), .low = from,     \
  .high = to
#define CHOICE(word, member, list)                                                       \
  .name = word, .kind = ANALYSIS_SETTING_CHOICE, .offset = AT (member), .choices = list

static const AnalysisSetting table[] = {
    {CHOICE ("architecture", network.architecture, architectures)},
    {RANGE ("widths", WIDTHS, network.widths, 1, NN_WIDTH_MOST)},
    {RANGE ("hidden", COUNT, network.hidden, 1, NN_WIDTH_MOST)},
    {RANGE ("layers", COUNT, network.n_layers, 1, 4)},
    {CHOICE ("decoder-input", network.decoder_input, decoder_inputs)},
    {RANGE ("dropout", NUMBER, network.dropout, 0, 0.9)},
    {RANGE ("epochs", COUNT, trainer.n_epochs, 1, 1000000), .free = true},
    {RANGE ("batch", COUNT, dataset.batch_size, 1, 65536)},
    {RANGE ("learning-rate", NUMBER, trainer.learning_rate, 1e-9, 10)},
    {CHOICE ("schedule", trainer.schedule.kind, schedules)},
    {RANGE ("warmup", COUNT, trainer.schedule.warmup, 0, 1000000000)},
    {CHOICE ("loss", trainer.loss.kind, losses)},
    {RANGE ("huber-delta", NUMBER, trainer.loss.delta, 1e-9, 1e9)},
    {RANGE ("weight-decay", NUMBER, trainer.weight_decay, 0, 1)},
    {RANGE ("clip-norm", NUMBER, trainer.clip_norm, 0, 1e9)},
    {RANGE ("patience", COUNT, trainer.patience, 0, 1000000), .free = true},
    {RANGE ("rate", NUMBER, dataset.rate_hz, ANALYSIS_RATE_MIN, ANALYSIS_RATE_MAX),
     .zero = true},
    {RANGE ("validation", NUMBER, dataset.validation_fraction, 0, 0.9)},
    {.name = "signals",
     .kind = ANALYSIS_SETTING_SIGNALS,
     .offset = AT (dataset.signals),
     .of_signals = true},
    {CHOICE ("window", dataset.window.kind, windows), .of_signals = true},
    {RANGE ("window-length", NUMBER, dataset.window.length_s, ANALYSIS_WINDOW_LEAST_S,
            ANALYSIS_WINDOW_MOST_S),
     .of_signals = true},
    {RANGE ("window-lead", NUMBER, dataset.window.lead_s, 0, ANALYSIS_WINDOW_MOST_S),
     .of_signals = true},
    {.name = "seed", .kind = ANALYSIS_SETTING_SEED, .offset = AT (seed)},
};

const AnalysisSetting *
analysis_settings (size_t *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

const AnalysisSetting *
analysis_setting_find (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

void *
analysis_setting_place (const AnalysisSetting *setting,
                        AnalysisTrainingSettings *settings)
{
  return (char *)settings + setting->offset;
}

static const void *
get_place (const AnalysisSetting *setting, const AnalysisTrainingSettings *settings)
{
  return (const char *)settings + setting->offset;
}

static char *
format_number (double value)
{
  GString *text = g_string_new (NULL);
  seismic_csv_append_number (text, value);
  return g_string_free (text, FALSE);
}

char *
analysis_setting_format (const AnalysisSetting *setting,
                         const AnalysisTrainingSettings *settings)
{
  const void *place = get_place (setting, settings);
  const size_t *counts = place;
  switch (setting->kind) {
  case ANALYSIS_SETTING_COUNT:
    return g_strdup_printf ("%zu", *counts);
  case ANALYSIS_SETTING_WIDTHS:
    return g_strdup_printf ("%zu,%zu,%zu", counts[0], counts[1], counts[2]);
  case ANALYSIS_SETTING_NUMBER:
    return format_number (*(const double *)place);
  case ANALYSIS_SETTING_CHOICE:
    return g_strdup (setting->choices[*(const unsigned *)place]);
  case ANALYSIS_SETTING_SIGNALS:
    return g_strdup (*(const char *const *)place ? *(const char *const *)place : "");
  case ANALYSIS_SETTING_SEED:
    return g_strdup_printf ("%" G_GUINT64_FORMAT, *(const uint64_t *)place);
  }
  g_return_val_if_reached (NULL);
}

static bool
parse_count (const AnalysisSetting *setting, const char *text, size_t *count)
{
  guint64 value;
  if (!g_ascii_string_to_unsigned (text, 10, (guint64)setting->low,
                                   (guint64)setting->high, &value, NULL))
    return false;
  *count = (size_t)value;
  return true;
}

static bool
parse_widths (const AnalysisSetting *setting, const char *text, size_t widths[3])
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  size_t found[3];
  if (g_strv_length (parts) != 3)
    return false;
  for (size_t i = 0; i < 3; i++)
    if (!parse_count (setting, g_strstrip (parts[i]), &found[i]))
      return false;
  memcpy (widths, found, sizeof found);
  return true;
}

static bool
parse_number (const AnalysisSetting *setting, const char *text, double *number)
{
  char *end = NULL;
  const double value = g_ascii_strtod (text, &end);
  const bool plain = (g_ascii_isdigit (*text) || *text == '.') && !strpbrk (text, "xX");
  if (!plain || end == text || *end != '\0' ||
      !((value >= setting->low && value <= setting->high) ||
        (setting->zero && value == 0)))
    return false;
  *number = value;
  return true;
}

static bool
parse_choice (const AnalysisSetting *setting, const char *text, unsigned *choice)
{
  for (unsigned i = 0; setting->choices[i] != NULL; i++)
    if (strcmp (text, setting->choices[i]) == 0) {
      *choice = i;
      return true;
    }
  return false;
}

/* Interned as it is written anew, so that queries of the same limits are the same. */
static bool
parse_signals (const char *text, const char **signals)
{
  g_auto (SeismicSignalQuery) query = {0};
  if (!seismic_signal_query_from_text (text, &query, NULL))
    return false;
  g_autofree char *written = seismic_signal_query_to_text (&query);
  *signals = *written != '\0' ? g_intern_string (written) : NULL;
  return true;
}

static bool
parse (const AnalysisSetting *setting, const char *text, void *place)
{
  guint64 seed;
  switch (setting->kind) {
  case ANALYSIS_SETTING_COUNT:
    return parse_count (setting, text, place);
  case ANALYSIS_SETTING_WIDTHS:
    return parse_widths (setting, text, place);
  case ANALYSIS_SETTING_NUMBER:
    return parse_number (setting, text, place);
  case ANALYSIS_SETTING_CHOICE:
    return parse_choice (setting, text, place);
  case ANALYSIS_SETTING_SIGNALS:
    return parse_signals (text, place);
  case ANALYSIS_SETTING_SEED:
    if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seed, NULL))
      return false;
    *(uint64_t *)place = seed;
    return true;
  }
  g_return_val_if_reached (false);
}

bool
analysis_setting_parse (const AnalysisSetting *setting, const char *text,
                        AnalysisTrainingSettings *settings, GError **error)
{
  if (parse (setting, text, analysis_setting_place (setting, settings)))
    return true;
  if (setting->kind == ANALYSIS_SETTING_CHOICE) {
    g_autofree char *list = g_strjoinv (", ", (char **)setting->choices);
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS, "%s: %s is none of %s",
                 setting->name, text, list);
  } else if (setting->kind == ANALYSIS_SETTING_SIGNALS) {
    g_set_error (
        error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
        "%s: \"%s\" chooses no signals: it is like \"min-magnitude 3; tag good\"",
        setting->name, text);
  } else {
    g_set_error (
        error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS, "%s: %s is not in %s%g to %g",
        setting->name, text, setting->zero ? "0 or " : "", setting->low,
        setting->kind == ANALYSIS_SETTING_SEED ? (double)G_MAXUINT64 : setting->high);
  }
  return false;
}

bool
analysis_setting_equal (const AnalysisSetting *setting, const AnalysisTrainingSettings *a,
                        const AnalysisTrainingSettings *b)
{
  g_autofree char *one = analysis_setting_format (setting, a);
  g_autofree char *other = analysis_setting_format (setting, b);
  return strcmp (one, other) == 0;
}

char *
analysis_settings_to_text (const AnalysisTrainingSettings *settings)
{
  GString *text = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *value = analysis_setting_format (&table[i], settings);
    g_string_append_printf (text, "%s=%s\n", table[i].name, value);
  }
  return g_string_free (text, FALSE);
}
