#include "app/run-text.h"

#include "analysis/preset.h"
#include "app/format.h"
#include "seismic/time.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

const char *
sae_run_preset (const AnalysisTrainingSettings *settings)
{
  const char *const titles[] = {_ ("Classroom"), _ ("Laptop"), _ ("Original study")};
  const AnalysisPreset *preset = analysis_preset_of (settings);
  size_t n;

  return preset ? titles[preset - analysis_presets (&n)] : _ ("Custom");
}

/* When it began, by the clock on the wall; NULL if that is not known. */
static char *
date_of (const AnalysisRun *run)
{
  g_autoptr (GDateTime) began = NULL;

  if (run->notes.start_ns == SEISMIC_TIME_UNSET)
    return NULL;
  began = g_date_time_new_from_unix_local (run->notes.start_ns / 1000000000);
  return began ? g_date_time_format (began, "%Y-%m-%d %H:%M") : NULL;
}

static char *
epochs_of (const AnalysisRun *run)
{
  guint n = run->history->len;

  if (run->settings.trainer.n_epochs > n)
    return g_strdup_printf (_ ("%u of %zu epochs"), n, run->settings.trainer.n_epochs);
  return g_strdup_printf (ngettext ("%u epoch", "%u epochs", n), n);
}

char *
sae_run_summary (const AnalysisRun *run)
{
  g_autofree char *date = NULL, *epochs = NULL;

  if (run->damage)
    return g_strdup_printf (_ ("Cannot be read: %s"), run->damage);
  date = date_of (run);
  epochs = epochs_of (run);
  return date ? g_strjoin (" · ", date, sae_run_preset (&run->settings), epochs, NULL)
              : g_strjoin (" · ", sae_run_preset (&run->settings), epochs, NULL);
}

char *
sae_run_loss (const AnalysisRun *run)
{
  return sae_format_significant (analysis_run_loss (run), 3);
}

static const struct {
  const char *name, *title, *choices[3];
} words[] = {
    {"architecture",
     N_ ("Architecture"),
     {N_ ("Plain"), N_ ("Normalised"), N_ ("Pooled")}},
    {"widths", N_ ("Widths"), {NULL}},
    {"hidden", N_ ("Hidden size"), {NULL}},
    {"layers", N_ ("LSTM layers"), {NULL}},
    {"decoder-input", N_ ("Decoder"), {N_ ("All states"), N_ ("Embedding")}},
    {"dropout", N_ ("Dropout"), {NULL}},
    {"epochs", N_ ("Epochs"), {NULL}},
    {"batch", N_ ("Batch size"), {NULL}},
    {"learning-rate", N_ ("Learning rate"), {NULL}},
    {"schedule", N_ ("Learning rate over time"), {N_ ("Constant"), N_ ("Falling")}},
    {"warmup", N_ ("Warm-up"), {NULL}},
    {"loss", N_ ("Loss"), {N_ ("Absolute"), N_ ("Squared"), N_ ("Huber")}},
    {"weight-decay", N_ ("Weight decay"), {NULL}},
    {"clip-norm", N_ ("Gradient limit"), {NULL}},
    {"patience", N_ ("Patience"), {NULL}},
    {"rate", N_ ("Rate"), {NULL}},
    {"validation", N_ ("Held out"), {NULL}},
    {"signals", N_ ("Signals chosen"), {NULL}},
    {"window",
     N_ ("Window"),
     {N_ ("Whole record"), N_ ("Around P"), N_ ("Around the peak")}},
    {"window-length", N_ ("Window length"), {NULL}},
    {"window-lead", N_ ("Window before"), {NULL}},
    {"seed", N_ ("Seed"), {NULL}},
};

/* The index in words, or G_N_ELEMENTS. */
static size_t
find_words (const AnalysisSetting *setting)
{
  size_t i = 0;

  while (i < G_N_ELEMENTS (words) && strcmp (words[i].name, setting->name) != 0)
    i++;
  return i;
}

const char *
sae_run_setting_title (const AnalysisSetting *setting)
{
  size_t i = find_words (setting);

  return i < G_N_ELEMENTS (words) ? _ (words[i].title) : setting->name;
}

/* Other words than the command line's. */
static char *
special_text (const char *name, const AnalysisTrainingSettings *settings)
{
  double rate_hz = settings->dataset.rate_hz;

  if (g_str_equal (name, "rate"))
    return rate_hz > 0 ? sae_format_quantity (rate_hz, 0, _ ("Hz"))
                       : g_strdup (_ ("As recorded"));
  if (g_str_equal (name, "signals") && !settings->dataset.signals)
    return g_strdup (_ ("All"));
  if (g_str_has_prefix (name, "window-")) {
    const AnalysisWindow *window = &settings->dataset.window;

    if (window->kind == ANALYSIS_WINDOW_WHOLE)
      return g_strdup ("–");
    return sae_format_quantity (g_str_equal (name, "window-lead") ? window->lead_s
                                                                  : window->length_s,
                                1, _ ("s"));
  }
  if (g_str_equal (name, "validation"))
    return sae_format_quantity (100 * settings->dataset.validation_fraction, 0, "%");
  return NULL;
}

char *
sae_run_setting_text (const AnalysisSetting *setting,
                      const AnalysisTrainingSettings *settings)
{
  g_autofree char *text = special_text (setting->name, settings);
  size_t i = find_words (setting);

  if (text)
    return g_steal_pointer (&text);
  text = analysis_setting_format (setting, settings);
  for (size_t k = 0; setting->choices && setting->choices[k]; k++)
    if (i < G_N_ELEMENTS (words) && k < G_N_ELEMENTS (words[i].choices) &&
        words[i].choices[k] && g_str_equal (text, setting->choices[k]))
      return g_strdup (_ (words[i].choices[k]));
  return g_steal_pointer (&text);
}

void
sae_run_fact_free (SaeRunFact *fact)
{
  g_free (fact->title);
  g_strfreev (fact->values);
  g_free (fact);
}

static char *
tell_began (const AnalysisRun *run)
{
  return date_of (run);
}

static char *
tell_preset (const AnalysisRun *run)
{
  return g_strdup (sae_run_preset (&run->settings));
}

static char *
tell_best (const AnalysisRun *run)
{
  return run->best_epoch > 0 ? g_strdup_printf ("%zu", run->best_epoch) : NULL;
}

static char *
tell_time (const AnalysisRun *run)
{
  return sae_format_duration (run->seconds);
}

static char *
tell_signals (const AnalysisRun *run)
{
  if (run->notes.n_training == 0)
    return NULL;
  return g_strdup_printf (_ ("%zu and %zu held out"), run->notes.n_training,
                          run->notes.n_validation);
}

static char *
tell_parameters (const AnalysisRun *run)
{
  return sae_format_number ((double)run->n_parameters, 0);
}

static char *
tell_file (const AnalysisRun *run)
{
  return g_format_size (run->n_bytes);
}

static const struct {
  const char *title;
  char *(*tell) (const AnalysisRun *run); /* NULL: not known */
} outcomes[] = {
    {N_ ("Validation loss"), sae_run_loss},
    {N_ ("Epochs done"), epochs_of},
    {N_ ("Best epoch"), tell_best},
    {N_ ("Began"), tell_began},
    {N_ ("Training time"), tell_time},
    {N_ ("Preset"), tell_preset},
    {N_ ("Signals"), tell_signals},
    {N_ ("Parameters"), tell_parameters},
    {N_ ("File"), tell_file},
};

static SaeRunFact *
fact_new (const char *title, guint n)
{
  SaeRunFact *fact = g_new (SaeRunFact, 1);

  fact->title = g_strdup (title);
  fact->values = g_new0 (char *, n + 1);
  return fact;
}

GPtrArray *
sae_run_facts (GPtrArray *runs)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)sae_run_fact_free);
  size_t n_settings;
  const AnalysisSetting *settings = analysis_settings (&n_settings);

  for (size_t k = 0; k < G_N_ELEMENTS (outcomes); k++) {
    SaeRunFact *fact = fact_new (_ (outcomes[k].title), runs->len);

    for (guint i = 0; i < runs->len; i++) {
      const AnalysisRun *run = runs->pdata[i];
      char *value = run->damage ? NULL : outcomes[k].tell (run);

      fact->values[i] = value ? value : g_strdup ("–");
    }
    g_ptr_array_add (facts, fact);
  }
  for (size_t k = 0; k < n_settings; k++) {
    SaeRunFact *fact = fact_new (sae_run_setting_title (&settings[k]), runs->len);
    gboolean differ = runs->len == 1;

    for (guint i = 0; i < runs->len; i++) {
      const AnalysisRun *run = runs->pdata[i];

      fact->values[i] = run->damage ? g_strdup ("–")
                                    : sae_run_setting_text (&settings[k], &run->settings);
      differ = differ || !g_str_equal (fact->values[i], fact->values[0]);
    }
    if (differ && find_words (&settings[k]) < G_N_ELEMENTS (words))
      g_ptr_array_add (facts, fact);
    else
      sae_run_fact_free (fact);
  }
  return facts;
}
