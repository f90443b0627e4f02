#include "analysis/folds.h"
#include "analysis/error.h"
#include "analysis/lot.h"

#include <stdlib.h>

typedef struct {
  size_t rarity; /* events of its class */
  uint32_t label, group;
  uint64_t lot;
  const char *event;
} Card;

static int
compare_cards (const void *a, const void *b)
{
  const Card *x = a, *y = b;
  if (x->rarity != y->rarity)
    return x->rarity < y->rarity ? -1 : 1;
  if (x->label != y->label)
    return x->label < y->label ? -1 : 1;
  if (x->lot != y->lot)
    return x->lot < y->lot ? -1 : 1;
  return g_strcmp0 (x->event, y->event);
}

static bool
check (const AnalysisLabels *labels, const size_t *events, size_t n_folds, GError **error)
{
  if (labels->names->len < 2) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "classification needs 2 classes, there are %u", labels->names->len);
    return false;
  }
  for (size_t c = 0; c < labels->names->len; c++)
    if (events[c] < n_folds) {
      g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                   "%zu events of class “%s” cannot be in %zu folds", events[c],
                   (const char *)labels->names->pdata[c], n_folds);
      return false;
    }
  return true;
}

bool
analysis_folds (uint32_t *fold, const AnalysisLabels *labels, size_t n_folds,
                uint64_t seed, GError **error)
{
  g_autofree size_t *events = g_new (size_t, labels->names->len + 1);
  analysis_labels_count (labels, NULL, events);
  if (!check (labels, events, n_folds, error))
    return false;

  g_autofree Card *cards = g_new (Card, labels->n_groups);
  for (size_t g = 0; g < labels->n_groups; g++)
    cards[g] = (Card){SIZE_MAX, ANALYSIS_NO_LABEL, (uint32_t)g,
                      analysis_lot (seed, labels->events[g]), labels->events[g]};
  for (size_t i = 0; i < labels->n; i++) {
    const uint32_t label = labels->label[i];
    Card *card = &cards[labels->group[i]];
    if (label != ANALYSIS_NO_LABEL &&
        (events[label] < card->rarity ||
         (events[label] == card->rarity && label < card->label))) {
      card->rarity = events[label];
      card->label = label;
    }
  }
  qsort (cards, labels->n_groups, sizeof (Card), compare_cards);
  g_autofree uint32_t *fold_of = g_new (uint32_t, labels->n_groups);
  for (size_t g = 0; g < labels->n_groups; g++)
    fold_of[cards[g].group] = (uint32_t)(g % n_folds);
  for (size_t i = 0; i < labels->n; i++)
    fold[i] = labels->label[i] != ANALYSIS_NO_LABEL ? fold_of[labels->group[i]]
                                                    : ANALYSIS_NO_FOLD;
  return true;
}
