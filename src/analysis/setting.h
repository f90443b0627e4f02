/* The settings of a training, one by one: what each is called, its range, its text. The
 * one table that the command line, the window's stored settings, the presets' comparison
 * and the record of a run are made from. */
#pragma once

#include "analysis/training.h"

typedef enum {
  ANALYSIS_SETTING_COUNT,   /* size_t */
  ANALYSIS_SETTING_WIDTHS,  /* size_t[3] */
  ANALYSIS_SETTING_NUMBER,  /* double */
  ANALYSIS_SETTING_CHOICE,  /* an enumeration from 0, as listed in choices */
  ANALYSIS_SETTING_SIGNALS, /* const char *: a query of seismic/signal-query.h as text,
                             * interned; NULL: all */
  ANALYSIS_SETTING_SEED     /* uint64_t, any */
} AnalysisSettingKind;

typedef struct {
  const char *name; /* "learning-rate": the option is "--learning-rate" */
  AnalysisSettingKind kind;
  size_t offset;              /* in AnalysisTrainingSettings */
  double low, high;           /* both included; of counts whole numbers */
  bool zero;                  /* 0 is allowed too, below low */
  bool free;                  /* may change when a training is gone on with */
  bool of_signals;            /* of which signals and what of them, not of the network */
  const char *const *choices; /* NULL-terminated */
} AnalysisSetting;

/* All of them, *n, in the order that they are best told in. */
const AnalysisSetting *analysis_settings (size_t *n);
/* NULL if there is none of that name. */
const AnalysisSetting *analysis_setting_find (const char *name);

/* Its value as text: a number in C's notation that reads back as the same, "64,128,256",
 * "pooled". Free with g_free. */
char *analysis_setting_format (const AnalysisSetting *setting,
                               const AnalysisTrainingSettings *settings);
/* The reverse. ANALYSIS_ERROR_SETTINGS when text is anything else or out of range;
 * settings is then untouched. */
bool analysis_setting_parse (const AnalysisSetting *setting, const char *text,
                             AnalysisTrainingSettings *settings, GError **error);
bool analysis_setting_equal (const AnalysisSetting *setting,
                             const AnalysisTrainingSettings *a,
                             const AnalysisTrainingSettings *b);
/* Where it lies in settings: of the type that its kind says. */
void *analysis_setting_place (const AnalysisSetting *setting,
                              AnalysisTrainingSettings *settings);

/* "name=value", a line each. Free with g_free. */
char *analysis_settings_to_text (const AnalysisTrainingSettings *settings);
