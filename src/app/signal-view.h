/* SaeSignalView: what is shown of a session's selected signal: the whole record with its
 * gaps, processed as the user asks, read and processed in a thread. It follows the
 * selection; the processing stays from signal to signal. Records and files stay what they
 * are. Main thread.
 *
 * Properties:
 *   session   SaeSession   set once
 *   busy      boolean      something is being read or processed
 * Signals:
 *   "shown" (gboolean same_record)   there is something new to show, or nothing any more;
 *                                    same_record: it is the same, processed otherwise
 *   "failed" (const GError *)        the selected signal cannot be read */
#pragma once

#include "app/wave.h"
#include "seismic/record.h"
#include "session/session.h"

/* A record that several threads look at; nothing in it changes. */
typedef struct {
  SeismicRecord *record; /* owned */
} SaeRecording;

/* Takes ownership of record. */
SaeRecording *sae_recording_new (SeismicRecord *record);
SaeRecording *sae_recording_ref (SaeRecording *self);
void sae_recording_unref (gpointer self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeRecording, sae_recording_unref)
/* The longest stretch without a gap in any component between begin_s and end_s after the
 * first sample, both included: samples *first … *first + *n − 1; *n may be 0. */
void sae_recording_stretch (const SaeRecording *self, double begin_s, double end_s,
                            size_t *first, size_t *n);

typedef struct {
  SeismicProcessing processing;
  gboolean as_network; /* instead of it: what the library's model is given */
} SaeTreatment;

/* Owned by the view, all of it, until the next "shown". */
typedef struct {
  SaeSignalItem *item;
  SaeRecording *raw, *recording; /* as read; as shown */
  SaeWave *wave;                 /* of recording */
  SaeTreatment applied;          /* .processing: what was done, as_network or not */
  GError *flaw;                  /* why nothing was done although it was asked for */
  double peak;                   /* the largest distance from its component's mean */
  size_t peak_component;
} SaeShown;

#define SAE_TYPE_SIGNAL_VIEW (sae_signal_view_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalView, sae_signal_view, SAE, SIGNAL_VIEW, GObject)

SaeSignalView *sae_signal_view_new (void);
SaeSession *sae_signal_view_get_session (SaeSignalView *self);
void sae_signal_view_set_session (SaeSignalView *self, SaeSession *session);
/* NULL while nothing was read. */
const SaeShown *sae_signal_view_get_shown (SaeSignalView *self);
gboolean sae_signal_view_get_busy (SaeSignalView *self);
void sae_signal_view_set_treatment (SaeSignalView *self, const SaeTreatment *treatment);
const SaeTreatment *sae_signal_view_get_treatment (SaeSignalView *self);
/* TRUE if counts can be told as cm/s²: .physical is left out otherwise. */
gboolean sae_signal_view_has_sensitivity (SaeSignalItem *item);
