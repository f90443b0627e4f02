#include "cli/train-options.h"
#include "analysis/preset.h"
#include "analysis/run-file.h"
#include "analysis/setting.h"
#include "cli/options.h"
#include "cli/selection.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_CACHE_MIB ((size_t)1 << 20)

/* What each setting does, with its default. */
static const struct {
  const char *name, *description, *placeholder;
} texts[] = {
    {"architecture", N_ ("Architecture: readme, batchnorm or pooled (readme)"), "A"},
    {"widths", N_ ("Channels of the three convolutions (64,128,256)"), "A,B,C"},
    {"hidden", N_ ("Hidden width of the LSTM layers (256)"), "H"},
    {"layers", N_ ("LSTM layers of encoder and decoder each, 1 to 4 (1)"), "L"},
    {"decoder-input",
     N_ ("What the decoder reads: sequence, as in the original study, or embedding, a "
         "true bottleneck (sequence)"),
     "D"},
    {"dropout",
     N_ ("Share of the values dropped in training, up to 0.9; of batchnorm and pooled "
         "(0)"),
     "P"},
    {"epochs", N_ ("Epochs in all (1)"), "N"},
    {"batch", N_ ("Signals in a batch (4)"), "N"},
    {"learning-rate", N_ ("Learning rate of Adam (0.001)"), "R"},
    {"schedule",
     N_ ("Learning rate over all epochs: constant, or cosine, falling to 0 (constant)"),
     "S"},
    {"warmup", N_ ("Steps over which the learning rate first grows (0)"), "N"},
    {"loss", N_ ("Loss: l1, l2 or huber (l1)"), "L"},
    {"huber-delta", N_ ("Error from which the Huber loss grows linearly (1)"), "D"},
    {"weight-decay", N_ ("Decay of the weights, as AdamW’s, up to 1 (0)"), "W"},
    {"clip-norm", N_ ("Most that the gradient’s norm may be; 0 is no limit (0)"), "N"},
    {"patience",
     N_ ("Ends after so many epochs without a lower validation loss; 0 never does (0)"),
     "N"},
    {"rate", N_ ("Common sampling rate; 0 keeps each signal’s own (0)"), "HZ"},
    {"window",
     N_ ("What of each signal: whole, or a window around the arrival of P (a pick "
         "where there is one, else a model’s) or the peak: p, peak (whole)"),
     "W"},
    {"window-length", N_ ("Length of the window (30)"), "S"},
    {"window-lead", N_ ("What of the window is before P or the peak (5)"), "S"},
    {"validation", N_ ("Share of the events held out, up to 0.9 (0.2)"), "F"},
    {"seed", N_ ("Seed of the random numbers (1)"), "S"},
};

/* The options as they were written, owned. */
typedef struct {
  char *settings[G_N_ELEMENTS (texts)]; /* as in texts */
  char *preset, *threads, *cache;
} Written;

static void
written_clear (Written *written)
{
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (written->settings[i]);
  g_free (written->preset);
  g_free (written->threads);
  g_free (written->cache);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Written, written_clear)

void
cli_train_options_clear (CliTrainOptions *options)
{
  g_free (options->library);
  g_free (options->given);
  g_free (options->run);
}

/* Says why text is no value of setting. Returns FALSE. */
static bool
refuse (const CliCommand *self, const AnalysisSetting *setting, const char *text)
{
  g_autofree char *option = g_strconcat ("--", setting->name, NULL);
  g_autofree char *list = NULL;
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (low, sizeof low, "%g", setting->low);
  g_ascii_formatd (high, sizeof high, "%.10g", setting->high);
  switch (setting->kind) {
  case ANALYSIS_SETTING_CHOICE:
    list = g_strjoinv (", ", (char **)setting->choices);
    cli_usage_error (self, _ ("%s is one of %s, not “%s”"), option, list, text);
    break;
  case ANALYSIS_SETTING_SIGNALS: /* which has options of its own */
  case ANALYSIS_SETTING_SEED:
    cli_usage_error (self, _ ("%s is a whole number below 2^64, not “%s”"), option, text);
    break;
  case ANALYSIS_SETTING_WIDTHS:
    cli_usage_error (
        self, _ ("%s takes three whole numbers from %s to %s with commas, not “%s”"),
        option, low, high, text);
    break;
  case ANALYSIS_SETTING_COUNT:
    cli_usage_error (self, _ ("%s is a whole number from %s to %s, not “%s”"), option,
                     low, high, text);
    break;
  case ANALYSIS_SETTING_NUMBER:
    cli_usage_error (self,
                     setting->zero ? _ ("%s is 0 or a number from %s to %s, not “%s”")
                                   : _ ("%s is a number from %s to %s, not “%s”"),
                     option, low, high, text);
    break;
  }
  return false;
}

static bool
parse_settings (const CliCommand *self, const Written *written, CliTrainOptions *options)
{
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  options->given = g_new0 (bool, n);
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    const AnalysisSetting *setting = analysis_setting_find (texts[i].name);
    const char *text = written->settings[i];
    if (text == NULL)
      continue;
    if (!analysis_setting_parse (setting, text, &options->settings, NULL))
      return refuse (self, setting, text);
    options->given[setting - all] = true;
  }
  return true;
}

static bool
parse_preset (const CliCommand *self, const char *name, CliTrainOptions *options)
{
  if (name == NULL)
    return true;
  if (options->resume) {
    cli_usage_error (self,
                     _ ("--preset and --resume exclude each other: the settings are "
                        "those of the training that goes on"));
    return false;
  }
  const AnalysisPreset *preset = analysis_preset_find (name);
  if (preset == NULL) {
    cli_usage_error (self, _ ("--preset is classroom, laptop or study, not “%s”"), name);
    return false;
  }
  options->settings = preset->settings;
  return true;
}

/* Whether the settings go together; of a resumed training once they are all known. */
static bool
check (const CliCommand *self, const CliTrainOptions *options)
{
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  const AnalysisTrainingSettings *settings = &options->settings;
  const bool has_delta = options->given[analysis_setting_find ("huber-delta") - all];
  if (settings->network.dropout > 0 &&
      settings->network.architecture == NN_ARCHITECTURE_README)
    cli_usage_error (self, _ ("--dropout is for batchnorm and pooled: readme has no "
                              "layers for it"));
  else if (settings->dataset.window.kind == ANALYSIS_WINDOW_WHOLE &&
           (options->given[analysis_setting_find ("window-length") - all] ||
            options->given[analysis_setting_find ("window-lead") - all]))
    cli_usage_error (self, _ ("--window-length and --window-lead are for --window p or "
                              "peak"));
  else if (!analysis_window_check (&settings->dataset.window, NULL))
    cli_usage_error (self, _ ("--window-lead is less than --window-length"));
  else if (has_delta && settings->trainer.loss.kind != NN_LOSS_HUBER)
    cli_usage_error (self, _ ("--huber-delta is for --loss huber alone"));
  else
    return true;
  return false;
}

/* The query of the options that choose signals, as the setting that it is. */
static bool
parse_signals (const CliCommand *self, const CliSelection *chosen,
               CliTrainOptions *options)
{
  size_t n;
  const AnalysisSetting *setting = analysis_setting_find ("signals");
  g_auto (SeismicSignalQuery) query = {0};
  if (!cli_selection_read (self, chosen, &query))
    return false;
  g_autofree char *text = seismic_signal_query_to_text (&query);
  analysis_setting_parse (setting, text, &options->settings, NULL);
  options->given[setting - analysis_settings (&n)] = *text != '\0';
  return true;
}

static bool
parse_run (const CliCommand *self, CliTrainOptions *options)
{
  g_autoptr (GError) error = NULL;
  if (options->json && !options->dry_run)
    cli_usage_error (self, _ ("--json is for --dry-run alone"));
  else if (options->run && !analysis_run_check_name (options->run, &error))
    cli_usage_error (self, "--run: %s", error->message);
  else
    return true;
  return false;
}

static bool
parse_cache (const CliCommand *self, const char *text, CliTrainOptions *options)
{
  size_t mib = 0;
  if (text == NULL)
    return true;
  if (!cli_option_count (self, "--cache", text, 0, MAX_CACHE_MIB, &mib))
    return false;
  /* 0 is the default below; of one byte nothing is kept either. */
  options->settings.dataset.cache_bytes = mib > 0 ? mib << 20 : 1;
  return true;
}

bool
cli_train_options_parse (const CliCommand *self, char **arguments,
                         CliTrainOptions *options)
{
  g_auto (Written) written = {0};
  g_auto (GStrv) positional = NULL;
  gboolean resume = FALSE, dry_run = FALSE, json = FALSE;
  g_auto (CliSelection) chosen = {0};
  *options = (CliTrainOptions){.settings = analysis_training_default ()};
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry own[] = {
      {"preset", 0, 0, G_OPTION_ARG_STRING, &written.preset,
       N_ ("Settings that go together: classroom (20 Hz, small), laptop (50 Hz) or study "
           "(the original study’s); other options change them"),
       "P"},
      {"run", 0, 0, G_OPTION_ARG_STRING, &options->run,
       N_ ("Name of the run that is made, or with --resume gone on with (model, model-2, "
           "…; with --resume the current one)"),
       "NAME"},
      {"resume", 0, 0, G_OPTION_ARG_NONE, &resume,
       N_ ("Goes on with the library’s model where its training stopped; only --epochs "
           "and --patience may differ"),
       NULL},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run,
       N_ ("Only tells how many signals, parameters, bytes of memory and seconds an "
           "epoch "
           "it would be; the time is measured on a few steps"),
       NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("With --dry-run: print JSON"), NULL},
      {"cache", 0, 0, G_OPTION_ARG_STRING, &written.cache,
       N_ ("Memory for prepared signals; what does not fit is read again (512)"), "MIB"},
      {"threads", 0, 0, G_OPTION_ARG_STRING, &written.threads,
       N_ ("Threads; 0 leaves one of more than two processors free (0)"), "N"},
  };
  g_array_append_val (entries, own[0]);
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    const GOptionEntry entry = {texts[i].name,
                                0,
                                0,
                                G_OPTION_ARG_STRING,
                                &written.settings[i],
                                texts[i].description,
                                texts[i].placeholder};
    g_array_append_val (entries, entry);
  }
  g_array_append_vals (entries, own + 1, G_N_ELEMENTS (own) - 1);

  g_autofree GOptionEntry *all = cli_selection_query_entries (
      &chosen, (const GOptionEntry *)(gpointer)entries->data);
  if (!cli_options_parse (self, all, arguments, 1, 1, &positional))
    return false;
  options->library = g_strdup (positional[0]);
  options->resume = resume;
  options->dry_run = dry_run;
  options->json = json;
  return parse_preset (self, written.preset, options) &&
         parse_settings (self, &written, options) &&
         parse_signals (self, &chosen, options) && parse_run (self, options) &&
         parse_cache (self, written.cache, options) &&
         cli_option_count (self, "--threads", written.threads, 0, 1024,
                           &options->threads) &&
         (options->resume || check (self, options));
}

bool
cli_train_options_resume (const CliCommand *self, CliTrainOptions *options,
                          const AnalysisTrainingSettings *recorded)
{
  AnalysisTrainingSettings settings = *recorded;
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  for (size_t i = 0; i < n; i++) {
    if (!options->given[i] ||
        analysis_setting_equal (&all[i], &options->settings, recorded))
      continue;
    g_autofree char *asked = analysis_setting_format (&all[i], &options->settings);
    g_autofree char *is = analysis_setting_format (&all[i], recorded);
    if (!all[i].free) {
      cli_usage_error (
          self, _ ("--%s is %s in the training that --resume goes on with, not %s"),
          all[i].name, is, asked);
      return false;
    }
    analysis_setting_parse (&all[i], asked, &settings, NULL);
  }
  settings.dataset.cache_bytes = options->settings.dataset.cache_bytes;
  options->settings = settings;
  return true;
}
