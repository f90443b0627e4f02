#include "analysis/classification.h"
#include "analysis/baselines.h"
#include "analysis/description.h"
#include "analysis/error.h"

#include <math.h>

void
analysis_classification_clear (AnalysisClassification *classification)
{
  analysis_labels_clear (&classification->labels);
  g_clear_pointer (&classification->dropped, g_ptr_array_unref);
  analysis_validation_clear (&classification->embedding);
  analysis_validation_clear (&classification->spectra);
  analysis_validation_clear (&classification->ratios);
}

/* "earthquake: 3 events, …" of all classes, to tell what there is. */
static bool
check (const AnalysisLabels *all, size_t n_folds, GError **error)
{
  const size_t n_classes = all->names->len;
  g_autofree size_t *events = g_new (size_t, n_classes + 1);
  g_autoptr (GString) list = g_string_new (NULL);
  size_t n_enough = 0;
  analysis_labels_count (all, NULL, events);
  for (size_t c = 0; c < n_classes; c++) {
    n_enough += events[c] >= n_folds;
    g_string_append_printf (list, "%s%s: %zu", c > 0 ? ", " : "",
                            (const char *)all->names->pdata[c], events[c]);
  }
  if (n_enough >= 2)
    return true;
  g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
               "two classes of at least %zu events are needed, one for each fold (%s)",
               n_folds, n_classes > 0 ? list->str : "no signal has a label");
  return false;
}

static size_t
count_ratios (const AnalysisMatrix *ratios, const AnalysisLabels *labels)
{
  size_t n = 0;
  for (size_t i = 0; i < ratios->rows; i++) {
    bool known = false;
    for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++)
      known = known || isfinite (ratios->data[i * ANALYSIS_RATIO_BANDS + b]);
    n += known && labels->label[i] != ANALYSIS_NO_LABEL;
  }
  return n;
}

bool
analysis_classify (SeismicLibrary *library, const AnalysisEmbedding *embedding,
                   GHashTable *by_id, const AnalysisValidationSettings *settings,
                   SeismicProgressFunc progress, void *user_data,
                   AnalysisClassification *classification, GError **error)
{
  g_auto (AnalysisClassification)
      c = {.dropped = g_ptr_array_new_with_free_func (g_free)};
  analysis_labels_init (&c.labels, embedding->signals, by_id);
  if (!check (&c.labels, settings->n_folds, error))
    return false;
  analysis_labels_drop_rare (&c.labels, settings->n_folds, c.dropped);

  AnalysisValidationSettings plain = *settings;
  plain.n_permutations = 0;
  g_auto (AnalysisBaselines) baselines = {0};
  if (!analysis_baselines_init (&baselines, library, embedding->signals, progress,
                                user_data, error) ||
      !analysis_validate (&baselines.spectra, &c.labels, &plain, NULL, NULL, &c.spectra,
                          error))
    return false;
  c.n_ratios = count_ratios (&baselines.ratios, &c.labels);
  if (c.n_ratios > 0 && !analysis_validate (&baselines.ratios, &c.labels, &plain, NULL,
                                            NULL, &c.ratios, error))
    return false;
  if (!analysis_validate (&embedding->values, &c.labels, settings, progress, user_data,
                          &c.embedding, error))
    return false;
  *classification = c;
  c = (AnalysisClassification){0};
  return true;
}
