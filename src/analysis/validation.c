#include "analysis/validation.h"
#include "analysis/error.h"
#include "analysis/folds.h"
#include "analysis/scaler.h"
#include "nn/parallel.h"
#include "nn/rng.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* A fold with its rows scaled and their neighbours, which are the same whatever the
 * labels. */
typedef struct {
  size_t n_training, n_held_out;
  size_t *training, *held_out; /* rows of x; owned */
  AnalysisMatrix x_training, x_held_out;
  AnalysisNeighbors near; /* of those held out among the others, if these are to vote */
} Fold;

typedef struct {
  const AnalysisLabels *labels;
  const AnalysisValidationSettings *settings;
  Fold *folds; /* (settings->n_folds); owned */
  size_t n_classes;
  bool by_event; /* all signals of an event have one label */
} Plan;

static void
plan_clear (Plan *plan)
{
  for (size_t f = 0; plan->folds != NULL && f < plan->settings->n_folds; f++) {
    g_free (plan->folds[f].training);
    g_free (plan->folds[f].held_out);
    analysis_matrix_clear (&plan->folds[f].x_training);
    analysis_matrix_clear (&plan->folds[f].x_held_out);
    analysis_neighbors_clear (&plan->folds[f].near);
  }
  g_clear_pointer (&plan->folds, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

AnalysisValidationSettings
analysis_validation_default (void)
{
  return (AnalysisValidationSettings){.classifier = analysis_classifier_default (),
                                      .n_folds = 5,
                                      .n_permutations = 100,
                                      .seed = 1};
}

void
analysis_validation_clear (AnalysisValidation *validation)
{
  g_clear_pointer (&validation->predicted, g_free);
  g_clear_pointer (&validation->confusion, g_free);
  g_clear_pointer (&validation->n_events, g_free);
  g_clear_pointer (&validation->recall, g_free);
}

static bool
fold_init (Fold *fold, const AnalysisMatrix *x, const uint32_t *fold_of, size_t number,
           const AnalysisClassifierSettings *settings, GError **error)
{
  fold->training = g_new (size_t, x->rows);
  fold->held_out = g_new (size_t, x->rows);
  for (size_t i = 0; i < x->rows; i++)
    if (fold_of[i] == number)
      fold->held_out[fold->n_held_out++] = i;
    else if (fold_of[i] != ANALYSIS_NO_FOLD)
      fold->training[fold->n_training++] = i;
  g_auto (AnalysisScaler) scaler = {0};
  analysis_scaler_init (&scaler, x, fold->training, fold->n_training);
  analysis_scaler_apply (&scaler, &fold->x_training, x, fold->training, fold->n_training);
  analysis_scaler_apply (&scaler, &fold->x_held_out, x, fold->held_out, fold->n_held_out);
  return settings->method != ANALYSIS_CLASSIFIER_NEIGHBORS ||
         analysis_neighbors_of (&fold->x_held_out, &fold->x_training,
                                MIN (settings->n_neighbors, fold->n_training), NULL, NULL,
                                &fold->near, error);
}

/* predicted (n), overwritten where there is a label: what the folds' classifiers, taught
 * with label (n), say of the rows they were not taught. */
static void
predict (const Plan *plan, uint32_t *predicted, const uint32_t *label)
{
  g_autofree uint32_t *taught = g_new (uint32_t, plan->labels->n);
  g_autofree uint32_t *told = g_new (uint32_t, plan->labels->n);
  for (size_t f = 0; f < plan->settings->n_folds; f++) {
    const Fold *fold = &plan->folds[f];
    for (size_t i = 0; i < fold->n_training; i++)
      taught[i] = label[fold->training[i]];
    g_autoptr (AnalysisClassifier) classifier = analysis_classifier_new (
        &fold->x_training, taught, plan->n_classes, &plan->settings->classifier);
    if (plan->settings->classifier.method == ANALYSIS_CLASSIFIER_NEIGHBORS)
      analysis_classifier_decide_among (classifier, told, &fold->near);
    else
      analysis_classifier_decide (classifier, told, &fold->x_held_out);
    for (size_t i = 0; i < fold->n_held_out; i++)
      predicted[fold->held_out[i]] = told[i];
  }
}

/* label (n): those of labels, shuffled. */
static void
shuffle (const Plan *plan, uint32_t *label, NnRng *rng)
{
  const AnalysisLabels *labels = plan->labels;
  g_autofree size_t *place = g_new (size_t, labels->n_groups);
  g_autofree size_t *order = g_new (size_t, MAX (labels->n, labels->n_groups));
  g_autofree uint32_t *values = g_new (uint32_t, MAX (labels->n, labels->n_groups));
  size_t n = 0;
  for (size_t g = 0; g < labels->n_groups; g++)
    place[g] = SIZE_MAX;
  for (size_t i = 0; i < labels->n; i++) {
    if (labels->label[i] == ANALYSIS_NO_LABEL)
      continue;
    size_t *own = plan->by_event ? &place[labels->group[i]] : &(size_t){SIZE_MAX};
    if (*own == SIZE_MAX) {
      *own = n;
      order[n] = n;
      values[n++] = labels->label[i];
    }
  }
  nn_rng_shuffle (rng, order, n);
  size_t next = 0;
  for (size_t i = 0; i < labels->n; i++)
    label[i] = labels->label[i] == ANALYSIS_NO_LABEL
                   ? ANALYSIS_NO_LABEL
                   : values[order[plan->by_event ? place[labels->group[i]] : next++]];
}

static AnalysisShare
score (const Plan *plan, const uint32_t *label, const uint32_t *predicted,
       size_t *confusion, const size_t *n_events, AnalysisShare *recall)
{
  memset (confusion, 0, plan->n_classes * plan->n_classes * sizeof (size_t));
  analysis_confusion_add (confusion, label, predicted, plan->labels->n, plan->n_classes);
  return analysis_balanced_accuracy (recall, confusion, n_events, plan->n_classes);
}

typedef struct {
  const Plan *plan;
  const size_t *n_events;
  size_t first;
  double *values; /* balanced accuracy of permutation first + thread */
  size_t n;
} Permutations;

/* Each permutation has a generator of its own, so that threads do not matter. */
static void
permute_share (void *data, size_t thread, size_t n_threads)
{
  const Permutations *permutations = data;
  const Plan *plan = permutations->plan;
  const size_t n = plan->labels->n;
  g_autofree uint32_t *label = g_new (uint32_t, n);
  g_autofree uint32_t *predicted = g_new (uint32_t, n);
  g_autofree size_t *confusion = g_new (size_t, plan->n_classes * plan->n_classes);
  for (size_t i = thread; i < permutations->n; i += n_threads) {
    NnRng rng;
    nn_rng_seed (&rng, plan->settings->seed + permutations->first + i + 1);
    shuffle (plan, label, &rng);
    predict (plan, predicted, label);
    permutations->values[permutations->first + i] =
        score (plan, label, predicted, confusion, permutations->n_events, NULL).value;
  }
}

static bool
permute (const Plan *plan, AnalysisValidation *validation, SeismicProgressFunc progress,
         void *user_data, GError **error)
{
  const size_t n = plan->settings->n_permutations;
  validation->p_value = validation->permuted_most = NAN;
  g_autofree double *values = g_new (double, n + 1);
  Permutations permutations = {plan, validation->n_events, 0, values, 0};
  for (; permutations.first < n; permutations.first += permutations.n) {
    const SeismicProgress now = {.done = permutations.first, .total = n};
    if (progress != NULL && !progress (&now, user_data)) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "the permutation test was stopped");
      return false;
    }
    permutations.n = MIN (4, n - permutations.first);
    nn_parallel_run (permute_share, &permutations);
  }
  size_t n_better = 0;
  for (size_t i = 0; i < n; i++) {
    n_better += values[i] >= validation->balanced.value - 1e-12;
    validation->permuted_most = fmax (validation->permuted_most, values[i]);
  }
  if (n > 0)
    validation->p_value = (1 + (double)n_better) / (1 + (double)n);
  return true;
}

static bool
is_by_event (const AnalysisLabels *labels)
{
  g_autofree uint32_t *label = g_new (uint32_t, labels->n_groups + 1);
  for (size_t g = 0; g < labels->n_groups; g++)
    label[g] = ANALYSIS_NO_LABEL;
  for (size_t i = 0; i < labels->n; i++) {
    uint32_t *own = &label[labels->group[i]];
    if (labels->label[i] == ANALYSIS_NO_LABEL)
      continue;
    if (*own != ANALYSIS_NO_LABEL && *own != labels->label[i])
      return false;
    *own = labels->label[i];
  }
  return true;
}

static bool
check (const AnalysisMatrix *x, const AnalysisLabels *labels,
       const AnalysisValidationSettings *settings, GError **error)
{
  if (settings->n_folds < 2 || settings->classifier.n_neighbors < 1 ||
      !(settings->classifier.c > 0)) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "%zu folds, %zu neighbours, C %g: at least 2, at least 1, above 0",
                 settings->n_folds, settings->classifier.n_neighbors,
                 settings->classifier.c);
    return false;
  }
  g_return_val_if_fail (x->rows == labels->n, false);
  for (size_t i = 0; i < x->rows * x->columns; i++)
    if (isfinite (x->data[i]))
      return true;
  g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC,
                       "there is no number to tell the classes by");
  return false;
}

bool
analysis_validate (const AnalysisMatrix *x, const AnalysisLabels *labels,
                   const AnalysisValidationSettings *settings,
                   SeismicProgressFunc progress, void *user_data,
                   AnalysisValidation *validation, GError **error)
{
  const size_t n = labels->n, n_classes = labels->names->len;
  g_autofree uint32_t *fold_of = g_new (uint32_t, n + 1);
  if (!check (x, labels, settings, error) ||
      !analysis_folds (fold_of, labels, settings->n_folds, settings->seed, error))
    return false;
  g_auto (Plan) plan = {labels, settings, g_new0 (Fold, settings->n_folds), n_classes,
                        is_by_event (labels)};
  for (size_t f = 0; f < settings->n_folds; f++)
    if (!fold_init (&plan.folds[f], x, fold_of, f, &settings->classifier, error))
      return false;

  g_auto (AnalysisValidation) v = {.n_classes = n_classes,
                                   .predicted = g_new (uint32_t, n),
                                   .confusion = g_new0 (size_t, n_classes * n_classes),
                                   .n_events = g_new (size_t, n_classes),
                                   .recall = g_new (AnalysisShare, n_classes),
                                   .chance = 1 / (double)n_classes};
  for (size_t i = 0; i < n; i++) {
    v.predicted[i] = ANALYSIS_NO_LABEL;
    v.n_signals += labels->label[i] != ANALYSIS_NO_LABEL;
  }
  analysis_labels_count (labels, NULL, v.n_events);
  predict (&plan, v.predicted, labels->label);
  v.balanced =
      score (&plan, labels->label, v.predicted, v.confusion, v.n_events, v.recall);
  if (!permute (&plan, &v, progress, user_data, error))
    return false;
  *validation = v;
  v = (AnalysisValidation){0};
  return true;
}
