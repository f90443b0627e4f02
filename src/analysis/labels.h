/* What the signals are called, and which of them belong to one event. A label is found by
 * its signal's id, never by its place. */
#pragma once

#include "seismic/library.h"

/* The class of a signal without one: it takes no part. */
#define ANALYSIS_NO_LABEL UINT32_MAX

typedef struct {
  size_t n, n_groups;
  GPtrArray *names; /* (classes) the labels, sorted; owned */
  uint32_t *label;  /* (n) its place among the names, or ANALYSIS_NO_LABEL; owned */
  uint32_t *group; /* (n) its event, below n_groups, in order of the events' ids; owned */
  char **events;   /* (n_groups) ids, NULL-terminated; owned */
} AnalysisLabels;

void analysis_labels_clear (AnalysisLabels *labels);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisLabels, analysis_labels_clear)

/* labels: new, of signals (SeismicSignalInfo): the label (a char *) that by_id has for a
 * signal's id; with by_id NULL, its event's type. None or "" is no label. */
void analysis_labels_init (AnalysisLabels *labels, const GPtrArray *signals,
                           GHashTable *by_id);

/* A new table for it: the tags of each of signals (SeismicSignalInfo), or else those of
 * its event, several joined by "; ". NULL on error. */
GHashTable *analysis_labels_of_tags (SeismicLibrary *library, const GPtrArray *signals,
                                     GError **error);

/* counts (classes), overwritten: signals and events of each class; either may be NULL. */
void analysis_labels_count (const AnalysisLabels *labels, size_t *signals,
                            size_t *events);

/* Classes of fewer than n_events events lose their label and their name. dropped (may be
 * NULL) receives copies of the names. */
void analysis_labels_drop_rare (AnalysisLabels *labels, size_t n_events,
                                GPtrArray *dropped);
