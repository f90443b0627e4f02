#include "app/run-text.h"

#include "analysis/preset.h"
#include "seismic/time.h"
#include <locale.h>

/* Of n epochs, their validation losses from 0.5 down by 0.1. */
static AnalysisRun
make_run (guint n)
{
  size_t n_presets;
  AnalysisRun run = {.name = (char *)"one",
                     .settings = analysis_presets (&n_presets)[0].settings,
                     .notes.start_ns = SEISMIC_TIME_UNSET,
                     .history = g_array_new (FALSE, FALSE, sizeof (NnEpoch))};

  for (guint i = 0; i < n; i++) {
    NnEpoch epoch = {1, 0.5 - 0.1 * i, 2};

    g_array_append_val (run.history, epoch);
  }
  return run;
}

static void
test_summary (void)
{
  AnalysisRun run = make_run (2), damaged = {.damage = (char *)"cut"};
  g_autofree char *unfinished = sae_run_summary (&run);
  g_autofree char *loss = sae_run_loss (&run);
  g_autofree char *cut = sae_run_summary (&damaged);
  g_autofree char *none = sae_run_loss (&damaged);
  g_autofree char *finished = NULL;

  g_assert_cmpstr (unfinished, ==, "Classroom · 2 of 20 epochs");
  g_assert_cmpstr (loss, ==, "0.400");
  g_assert_cmpstr (cut, ==, "Cannot be read: cut");
  g_assert_cmpstr (none, ==, "–");
  run.settings.trainer.n_epochs = 2;
  run.notes.start_ns = (int64_t)1574763900 * 1000000000; /* 10:25 UTC, 8 h earlier */
  finished = sae_run_summary (&run);
  g_assert_cmpstr (finished, ==, "2019-11-26 02:25 · Custom · 2 epochs");
  g_array_unref (run.history);
}

static void
test_settings (void)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  size_t n;
  const AnalysisSetting *all = analysis_settings (&n);
  GString *text = g_string_new (NULL);

  settings.dataset.validation_fraction = 0.25;
  for (size_t i = 0; i < n; i++) {
    g_autofree char *value = sae_run_setting_text (&all[i], &settings);

    g_string_append_printf (text, "%s=%s;", sae_run_setting_title (&all[i]), value);
  }
  g_assert_nonnull (strstr (text->str, "Architecture=Plain;Widths="));
  g_assert_nonnull (strstr (text->str, "Decoder=All states;"));
  g_assert_nonnull (strstr (text->str, "Loss=Absolute;"));
  g_assert_nonnull (strstr (
      text->str, "Rate=As recorded;Held out=25\u202f%;Signals chosen=All;Window=Whole "
                 "record;Window length=–;"));
  g_string_free (text, TRUE);
}

/* "title: a | b", a line each. */
static char *
facts_of (GPtrArray *runs)
{
  g_autoptr (GPtrArray) facts = sae_run_facts (runs);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++) {
    const SaeRunFact *fact = facts->pdata[i];
    g_autofree char *values = g_strjoinv (" | ", fact->values);

    g_string_append_printf (text, "%s: %s\n", fact->title, values);
  }
  return g_string_free (text, FALSE);
}

static void
test_facts (void)
{
  AnalysisRun one = make_run (2), other = make_run (3);
  AnalysisRun damaged = {.damage = (char *)"cut"};
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autofree char *single = NULL, *several = NULL, *none = facts_of (runs);

  g_ptr_array_add (runs, &one);
  single = facts_of (runs);
  g_assert_nonnull (strstr (single, "Validation loss: 0.400\n"));
  g_assert_nonnull (strstr (single, "Signals: –\n"));
  g_assert_nonnull (strstr (single, "\nHidden size: 64\n"));
  other.settings.network.hidden = 32;
  other.best_epoch = 2;
  g_ptr_array_add (runs, &other);
  g_ptr_array_add (runs, &damaged);
  several = facts_of (runs);
  g_assert_nonnull (strstr (several, "Validation loss: 0.400 | 0.400 | –\n"));
  g_assert_nonnull (strstr (several, "Hidden size: 64 | 32 | –\n"));
  g_ptr_array_set_size (runs, 2);
  g_free (several);
  several = facts_of (runs);
  g_assert_nonnull (strstr (several, "Hidden size: 64 | 32\n"));
  g_assert_null (strstr (several, "Batch size")); /* the same in both */
  g_array_unref (one.history);
  g_array_unref (other.history);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  g_test_add_func ("/app/run-text/summary", test_summary);
  g_test_add_func ("/app/run-text/settings", test_settings);
  g_test_add_func ("/app/run-text/facts", test_facts);
  return g_test_run ();
}
