#include "analysis/run.h"
#include "analysis/error.h"
#include "analysis/run-file.h"
#include "support/tiny-library.h"

#include <math.h>
#include <string.h>

static AnalysisTrainingSettings
small (const char *run)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  settings.network.widths[0] = settings.network.widths[1] = 4;
  settings.network.widths[2] = settings.network.hidden = 4;
  settings.trainer = (NnTrainerConfig){.n_epochs = 2, .learning_rate = 1e-2};
  settings.dataset.rate_hz = 20;
  settings.dataset.batch_size = 2;
  settings.dataset.validation_fraction = 0.25;
  settings.run = run;
  return settings;
}

static void
train (TinyLibrary *tiny, const AnalysisTrainingSettings *settings)
{
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  analysis_train (tiny->library, settings, NULL, NULL, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (summary.run, ==,
                   settings->run != NULL ? settings->run : ANALYSIS_RUN_DEFAULT);
}

static void
test_none (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  g_autoptr (GPtrArray) runs = analysis_run_list (tiny.folder);
  g_autoptr (GPtrArray) differences = analysis_run_compare (runs);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (runs->len, ==, 0);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_null (analysis_run_get (tiny.folder, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL);
  g_clear_error (&error);
  g_assert_null (analysis_run_get (tiny.folder, "../x", &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL);
}

/* What the training said is what the run says. */
static void
test_one (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  AnalysisTrainingSettings settings = small (NULL);
  settings.seed = 9;
  const int64_t before_ns = g_get_real_time () * 1000;
  train (&tiny, &settings);
  g_autoptr (GPtrArray) runs = analysis_run_list (tiny.folder);
  g_assert_cmpuint (runs->len, ==, 1);
  const AnalysisRun *run = runs->pdata[0];
  g_assert_cmpstr (run->name, ==, "model");
  g_assert_true (run->is_current);
  g_assert_null (run->damage);
  g_assert_cmpuint (run->settings.seed, ==, 9);
  g_assert_cmpuint (run->settings.network.hidden, ==, 4);
  g_assert_cmpuint (run->settings.dataset.batch_size, ==, 2);
  g_assert_cmpfloat (run->settings.dataset.rate_hz, ==, 20);
  g_assert_true (run->settings.resume);
  g_assert_cmpstr (run->settings.run, ==, "model");
  g_assert_cmpuint (run->notes.n_training, ==, 6);
  g_assert_cmpuint (run->notes.n_validation, ==, 2);
  g_assert_cmpuint (g_strv_length (run->notes.validation_events), ==, 1);
  g_assert_cmpint (run->notes.start_ns, >=, before_ns - 1000000);
  g_assert_cmpint (run->notes.start_ns, <=, g_get_real_time () * 1000);
  g_assert_cmpuint (run->history->len, ==, 2);
  g_assert_cmpuint (run->batch_losses->len, ==, 2 * 3);
  g_assert_cmpuint (g_array_index (run->epoch_batches, size_t, 1), ==, 3);
  g_assert_cmpuint (run->best_epoch, >=, 1);
  g_assert_cmpfloat (
      analysis_run_loss (run), ==,
      g_array_index (run->history, NnEpoch, run->best_epoch - 1).validation_loss);
  g_assert_cmpfloat (run->seconds, >, 0);
  g_assert_cmpuint (run->n_bytes, >, 4 * run->n_parameters);
  g_assert_false (analysis_run_is_unfinished (run));
  g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, NULL);
  g_assert_cmpuint (nn_autoencoder_get_params (model->checkpoint->model)->size, ==,
                    run->n_parameters);
}

static bool
stop_after_one (const NnProgress *progress, void *user_data)
{
  return !progress->epoch_ended;
}

/* Several are listed, the one begun last first, compared, and the one trained last is
 * what is loaded unless another is named. */
static void
test_many (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  AnalysisTrainingSettings settings = small (NULL);
  train (&tiny, &settings);
  settings = small ("wide");
  settings.network.hidden = 6;
  settings.seed = 2;
  train (&tiny, &settings);
  settings = small ("short");
  settings.trainer.n_epochs = 3;
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_assert_true (analysis_train (tiny.library, &settings, NULL, stop_after_one, NULL,
                                 &summary, NULL));
  g_assert_cmpstr (summary.run, ==, "short");

  g_autoptr (GPtrArray) runs = analysis_run_list (tiny.folder);
  const char *const names[] = {"short", "wide", "model"};
  g_assert_cmpuint (runs->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const AnalysisRun *run = runs->pdata[i];
    g_assert_cmpstr (run->name, ==, names[i]);
    g_assert_true (run->is_current == (i == 0));
    g_assert_true (analysis_run_is_unfinished (run) == (i == 0));
    g_autoptr (AnalysisModel) model =
        analysis_model_load_run (tiny.library, names[i], NULL);
    g_assert_cmpstr (model->run, ==, names[i]);
    g_assert_cmpuint (nn_autoencoder_get_config (model->checkpoint->model)->hidden, ==,
                      run->settings.network.hidden);
  }
  g_autoptr (AnalysisModel) current = analysis_model_load (tiny.library, NULL);
  g_assert_cmpstr (current->run, ==, "short");

  g_autoptr (GPtrArray) differences = analysis_run_compare (runs);
  static const struct {
    const char *name, *values[3];
  } expected[] = {{"hidden", {"4", "6", "4"}},
                  {"epochs", {"3", "2", "2"}},
                  {"seed", {"1", "2", "1"}}};
  g_assert_cmpuint (differences->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < differences->len; i++) {
    const AnalysisRunDifference *difference = differences->pdata[i];
    g_assert_cmpstr (difference->name, ==, expected[i].name);
    for (size_t k = 0; k < 3; k++)
      g_assert_cmpstr (difference->values[k], ==, expected[i].values[k]);
  }

  /* Resumed by its name, though it is not the current one; which it then is. */
  g_assert_true (analysis_run_use (tiny.folder, "model", NULL));
  g_assert_true (analysis_training_resume (tiny.library, "short", &settings, NULL));
  g_assert_cmpstr (settings.run, ==, "short");
  train (&tiny, &settings);
  g_autoptr (AnalysisRun) again = analysis_run_get (tiny.folder, NULL, NULL);
  g_assert_cmpstr (again->name, ==, "short");
  g_assert_cmpuint (again->history->len, ==, 3);
  g_assert_cmpint (again->notes.start_ns, ==,
                   ((AnalysisRun *)runs->pdata[0])->notes.start_ns);
}

/* Whatever a file is cut to or filled with, it is listed with the reason, and the others
 * are as they were. */
static void
test_damaged (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 1);
  AnalysisTrainingSettings settings = small (NULL);
  train (&tiny, &settings);
  g_autofree char *good = analysis_run_path (tiny.folder, "model");
  g_autofree char *bad = analysis_run_path (tiny.folder, "bad");
  g_autofree char *parent = g_path_get_dirname (bad);
  g_autofree char *bytes = NULL;
  size_t size;
  g_assert_cmpint (g_mkdir_with_parents (parent, 0777), ==, 0);
  g_assert_true (g_file_get_contents (good, &bytes, &size, NULL));
  const size_t sizes[] = {0, 1, 8, 9, 100, size / 2, size - 1};
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_assert_true (g_file_set_contents (bad, bytes, (gssize)sizes[i], NULL));
    g_autoptr (GPtrArray) runs = analysis_run_list (tiny.folder);
    g_assert_cmpuint (runs->len, ==, 2);
    const AnalysisRun *first = runs->pdata[0], *second = runs->pdata[1];
    g_assert_cmpstr (first->name, ==, "model");
    g_assert_null (first->damage);
    g_assert_cmpstr (second->name, ==, "bad");
    g_assert_nonnull (second->damage);
    g_assert_cmpuint (second->n_bytes, ==, sizes[i]);
    g_assert_true (isnan (analysis_run_loss (second)));
    g_assert_false (analysis_run_is_unfinished (second));
    g_autoptr (GPtrArray) differences = analysis_run_compare (runs);
    g_assert_cmpuint (differences->len, >, 10);
    g_autoptr (GError) error = NULL;
    g_assert_null (analysis_model_load_run (tiny.library, "bad", &error));
    g_assert_nonnull (strstr (error->message, "bad.safetensors"));
  }
  /* Weights for two components, of another program. */
  NnConfig two = nn_config_default ();
  two.n_channels = 2;
  g_autoptr (NnCheckpoint) checkpoint = nn_checkpoint_new (
      nn_autoencoder_new (&two, 1, NULL), &(NnTrainerConfig){.learning_rate = 1}, 1);
  g_autoptr (GBytes) encoded = nn_checkpoint_encode (checkpoint);
  const char *data = g_bytes_get_data (encoded, &size);
  g_assert_true (g_file_set_contents (bad, data, (gssize)size, NULL));
  g_autoptr (AnalysisRun) run = analysis_run_get (tiny.folder, "bad", NULL);
  g_assert_nonnull (strstr (run->damage, "2 channels"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/run/none", test_none);
  g_test_add_func ("/analysis/run/one", test_one);
  g_test_add_func ("/analysis/run/many", test_many);
  g_test_add_func ("/analysis/run/damaged", test_damaged);
  return g_test_run ();
}
