#include "analysis/live.h"

#include "analysis/training.h"
#include "support/tiny-library.h"
#include <math.h>

static AnalysisTrainingSettings
small (size_t n_epochs)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  settings.network.widths[0] = settings.network.widths[1] = 8;
  settings.network.widths[2] = settings.network.hidden = 12;
  settings.trainer = (NnTrainerConfig){.n_epochs = n_epochs, .learning_rate = 1e-2};
  settings.dataset.rate_hz = 20;
  settings.dataset.validation_fraction = 0.25;
  return settings;
}

typedef struct {
  char **ids;
  const char *wanted;          /* NULL: the first */
  const char *later;           /* wanted after the first was shown; NULL: the same */
  GPtrArray *shown;            /* char *, ids */
  double first, last, epochs;  /* errors; the last place */
  AnalysisReconstruction kept; /* the last */
} Onlooker;

static void
list (const char *const *signal_ids, void *user_data)
{
  Onlooker *self = user_data;
  g_assert_null (self->ids); /* once */
  self->ids = g_strdupv ((char **)signal_ids);
}

static char *
choose (void *user_data)
{
  Onlooker *self = user_data;
  g_assert_nonnull (self->ids);
  return g_strdup (self->shown->len > 0 && self->later ? self->later
                   : self->wanted                      ? self->wanted
                                                       : self->ids[0]);
}

static void
show (const char *signal_id, double epochs, AnalysisReconstruction *reconstruction,
      void *user_data)
{
  Onlooker *self = user_data;
  if (self->shown->len == 0)
    self->first = reconstruction->normalized_error;
  self->last = reconstruction->normalized_error;
  g_assert_cmpfloat (epochs, >, self->epochs);
  self->epochs = epochs;
  g_ptr_array_add (self->shown, g_strdup (signal_id));
  analysis_reconstruction_clear (&self->kept);
  self->kept = *reconstruction;
}

static void
onlooker_clear (Onlooker *self)
{
  g_strfreev (self->ids);
  g_ptr_array_unref (self->shown);
  analysis_reconstruction_clear (&self->kept);
}

static void
train (TinyLibrary *tiny, Onlooker *onlooker, size_t n_epochs,
       AnalysisTrainingSummary *summary)
{
  const AnalysisTrainingSettings settings = small (n_epochs);
  const AnalysisOnlooker functions = {list, choose, show, onlooker};
  g_autoptr (GError) error = NULL;
  if (onlooker != NULL)
    onlooker->shown = g_ptr_array_new_with_free_func (g_free);
  analysis_train_live (tiny->library, &settings, NULL, NULL, NULL,
                       onlooker ? &functions : NULL, summary, &error);
  g_assert_no_error (error);
}

/* The held-out signals are told; one is seen at the first batch and at the end, better
 * there; what is learnt is what is learnt alone, to the last bit. */
static void
test_training (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 8, 2);
  g_auto (AnalysisTrainingSummary) alone = {0};
  g_auto (AnalysisTrainingSummary) watched = {0};
  Onlooker onlooker = {0};
  train (&tiny, NULL, 12, &alone);
  train (&tiny, &onlooker, 12, &watched);
  g_assert_cmpuint (g_strv_length (onlooker.ids), ==, watched.n_validation);
  g_assert_cmpuint (onlooker.shown->len, >=, 2);
  g_assert_cmpfloat (onlooker.epochs, ==, 12);
  g_assert_cmpfloat (onlooker.last, <, 0.95 * onlooker.first);
  g_assert_true (onlooker.kept.in_validation);
  for (guint i = 0; i < 12; i++) {
    const NnEpoch *a = &g_array_index (alone.history, NnEpoch, i);
    const NnEpoch *b = &g_array_index (watched.history, NnEpoch, i);
    g_assert_cmpfloat (a->training_loss, ==, b->training_loss);
    g_assert_cmpfloat (a->validation_loss, ==, b->validation_loss);
  }
  /* If the last epoch is the best one, the model that was saved gives the same. */
  if (watched.best_epoch == 12) {
    g_autoptr (AnalysisModel) model = analysis_model_load (tiny.library, NULL);
    g_auto (AnalysisReconstruction) again = {0};
    g_assert_true (
        analysis_model_reconstruct (model, tiny.library, onlooker.ids[0], &again, NULL));
    g_assert_cmpfloat (again.normalized_error, ==, onlooker.last);
    g_assert_cmpmem (again.reconstruction, again.original.n_samples * 3 * sizeof (float),
                     onlooker.kept.reconstruction,
                     onlooker.kept.original.n_samples * 3 * sizeof (float));
  }
  onlooker_clear (&onlooker);
}

/* Another choice is seen at the next batch, whatever the time; one that is not there
 * harms nothing. */
static void
test_choice (void)
{
  g_auto (TinyLibrary) tiny = {0};
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 8, 2);
  g_auto (AnalysisTrainingSummary) summary = {0};
  g_auto (AnalysisTrainingSummary) second = {0};
  Onlooker onlooker = {.later = "nowhere/XX.NONE..HN"};
  train (&tiny, &onlooker, 2, &summary);
  g_assert_cmpuint (onlooker.shown->len, ==, 1);
  g_autofree char *other = g_strdup (onlooker.ids[1]);
  onlooker_clear (&onlooker);
  onlooker = (Onlooker){.later = other};
  train (&tiny, &onlooker, 2, &second);
  g_assert_cmpuint (onlooker.shown->len, >=, 2);
  g_assert_cmpstr (onlooker.shown->pdata[0], ==, onlooker.ids[0]);
  g_assert_cmpstr (onlooker.shown->pdata[1], ==, other);
  onlooker_clear (&onlooker);
}

/* Cost over cost and rest is at most the share, and a second is the least rest. */
static void
test_rest (void)
{
  g_assert_cmpint (analysis_live_rest (0), ==, G_USEC_PER_SEC);
  g_assert_cmpint (analysis_live_rest (5000), ==, G_USEC_PER_SEC);
  for (int64_t cost = 20000; cost < 100 * G_USEC_PER_SEC; cost *= 3) {
    double rest = (double)analysis_live_rest (cost);
    g_assert_cmpfloat ((double)cost / ((double)cost + rest), <=, 0.0101);
  }
  g_assert_cmpint (analysis_live_rest (G_MAXINT64), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/live/training", test_training);
  g_test_add_func ("/analysis/live/choice", test_choice);
  g_test_add_func ("/analysis/live/rest", test_rest);
  return g_test_run ();
}
