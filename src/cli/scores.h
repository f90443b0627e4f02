/* How a classification is told: two tables and some sentences. */
#pragma once

#include "analysis/classification.h"
#include "cli/output.h"

/* table: new, a row for the embedding, for each baseline, and for chance. *columns of it:
 * new, to be freed after the table; with headings in the user's language, or the same in
 * every one. */
void cli_scores_summary (CliTable *table, CliColumn **columns, bool translated,
                         const AnalysisClassification *classification);
/* The same of a row a class: what it was told to be, and its recall. */
void cli_scores_confusion (CliTable *table, CliColumn **columns, bool translated,
                           const AnalysisClassification *classification);
/* What was left out, how it was done, what follows: a new list of char *. */
GPtrArray *cli_scores_sentences (const AnalysisClassification *classification,
                                 const AnalysisValidationSettings *settings);
