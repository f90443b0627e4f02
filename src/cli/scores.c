#include "cli/scores.h"

#include <glib/gi18n.h>

static void
take_share (CliTable *table, AnalysisShare share)
{
  cli_table_take (table, g_strdup_printf ("%.3f", share.value));
  cli_table_take (table, g_strdup_printf ("%.3f–%.3f", share.low, share.high));
}

static CliColumn
column (const char *name, const char *heading, bool translated, bool number)
{
  return (CliColumn){translated ? heading : name, number};
}

void
cli_scores_summary (CliTable *table, CliColumn **columns, bool translated,
                    const AnalysisClassification *c)
{
  CliColumn *own = *columns = g_new0 (CliColumn, 3);
  own[0] = column ("by", _ ("Told by"), translated, false);
  own[1] = column ("balanced_accuracy", _ ("Balanced accuracy"), translated, true);
  own[2] = column ("interval", _ ("Interval"), translated, true);
  cli_table_init (table, own, 3);
  cli_table_add (table, _ ("embedding"));
  take_share (table, c->embedding.balanced);
  cli_table_add (table, _ ("amplitude spectrum"));
  take_share (table, c->spectra.balanced);
  if (c->n_ratios > 0) {
    cli_table_add (table, _ ("P/S ratio"));
    take_share (table, c->ratios.balanced);
  }
  cli_table_add (table, _ ("chance"));
  cli_table_take (table, g_strdup_printf ("%.3f", c->embedding.chance));
  cli_table_add (table, "");
}

void
cli_scores_confusion (CliTable *table, CliColumn **columns, bool translated,
                      const AnalysisClassification *c)
{
  const size_t k = c->labels.names->len;
  g_autofree size_t *signals = g_new (size_t, k);
  CliColumn *own = *columns = g_new0 (CliColumn, k + 5);
  own[0] = column ("class", _ ("Class"), translated, false);
  own[1] = column ("events", _ ("Events"), translated, true);
  own[2] = column ("signals", _ ("Signals"), translated, true);
  for (size_t i = 0; i < k; i++)
    own[3 + i] = (CliColumn){c->labels.names->pdata[i], true};
  own[3 + k] = column ("recall", _ ("Recall"), translated, true);
  own[4 + k] = column ("interval", _ ("Interval"), translated, true);
  analysis_labels_count (&c->labels, signals, NULL);
  cli_table_init (table, own, k + 5);
  for (size_t i = 0; i < k; i++) {
    cli_table_add (table, c->labels.names->pdata[i]);
    cli_table_take (table, g_strdup_printf ("%zu", c->embedding.n_events[i]));
    cli_table_take (table, g_strdup_printf ("%zu", signals[i]));
    for (size_t o = 0; o < k; o++)
      cli_table_take (table, g_strdup_printf ("%zu", c->embedding.confusion[i * k + o]));
    take_share (table, c->embedding.recall[i]);
  }
}

static const char *
verdict (const AnalysisClassification *c)
{
  const double own = c->embedding.balanced.value;
  const bool above_spectra = own > c->spectra.balanced.value;
  const bool above_ratios = c->n_ratios == 0 || own > c->ratios.balanced.value;
  if (c->embedding.balanced.low <= c->embedding.chance)
    return _ ("The embedding does not tell the classes: its interval reaches chance.");
  if (above_spectra && above_ratios)
    return _ ("The embedding tells the classes better than chance and the baselines.");
  return _ ("The embedding tells the classes better than chance, but no better than the "
            "best baseline.");
}

GPtrArray *
cli_scores_sentences (const AnalysisClassification *c,
                      const AnalysisValidationSettings *settings)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < c->dropped->len; i++)
    g_ptr_array_add (
        sentences,
        g_strdup_printf (_ ("“%s” has too few events to say anything (%zu are needed), "
                            "and is left out."),
                         (const char *)c->dropped->pdata[i], settings->n_folds));
  g_ptr_array_add (sentences,
                   g_strdup_printf (_ ("Cross-validated in %zu folds of whole events; "
                                       "intervals of 95 %% count each event once."),
                                    settings->n_folds));
  if (settings->n_permutations > 0)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("Permutation test: p = %.4f; the best of %zu "
                                         "shuffles reached %.3f."),
                                      c->embedding.p_value, settings->n_permutations,
                                      c->embedding.permuted_most));
  if (c->n_ratios < c->embedding.n_signals)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("The P/S ratio is known of %zu of %zu signals."),
                                      c->n_ratios, c->embedding.n_signals));
  g_ptr_array_add (sentences, g_strdup (verdict (c)));
  return sentences;
}
