/* What is told of a run, in words. Everything is to be freed with g_free unless said. */
#pragma once

#include "analysis/run.h"
#include "analysis/setting.h"

/* "Classroom", or "Custom" for settings of no preset; borrowed. */
const char *sae_run_preset (const AnalysisTrainingSettings *settings);
/* "2026-11-26 12:05, Classroom, 12 of 20 epochs"; what is not known is left out. */
char *sae_run_summary (const AnalysisRun *run);
/* "0.673", "–" before the first epoch. */
char *sae_run_loss (const AnalysisRun *run);

/* What a setting is called on the Training page, borrowed, and its value there. */
const char *sae_run_setting_title (const AnalysisSetting *setting);
char *sae_run_setting_text (const AnalysisSetting *setting,
                            const AnalysisTrainingSettings *settings);

/* A line of a table: what is told, and of each run. */
typedef struct {
  char *title;   /* owned */
  char **values; /* one a run, NULL-terminated; owned */
} SaeRunFact;
void sae_run_fact_free (SaeRunFact *fact);
/* What became of the runs (const AnalysisRun), then their settings: all of one, of
 * several those in which they differ. A new GPtrArray of SaeRunFact. */
GPtrArray *sae_run_facts (GPtrArray *runs);
