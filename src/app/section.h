/* SaeSection: the records of an event, read and processed, for a record section. */
#pragma once

#include "app/signal-view.h"

typedef struct {
  SaeSignalItem *item; /* owned */
  double *values;      /* (n), owned; NAN in gaps */
  size_t n;
  double rate_hz;
  int64_t start_ns;
  char *label; /* "NET.STA", owned */
} SaeSectionRecord;

typedef struct {
  char *folder;
  GPtrArray *items;       /* of SaeSignalItem: what is to be read */
  SaeTreatment treatment; /* as_network is no processing of a section: not looked at */
  size_t component;       /* 0 … 2: E or R, N or T, Z */
  /* The result. */
  GPtrArray *records; /* of SaeSectionRecord, by distance */
  guint n_left_out;   /* unreadable, unprocessable, of unknown distance */
} SaeSection;

/* A request: of those of signals (of SaeSignalItem) that are of the event. */
SaeSection *sae_section_new (const char *folder, GListModel *signals,
                             const char *event_id, const SaeTreatment *treatment,
                             size_t component);
void sae_section_free (gpointer section);
/* SaeJobFunc: SaeSection to another, with its records. */
gboolean sae_section_read (SaeJob *job, gpointer input, gpointer *result, GError **error);
