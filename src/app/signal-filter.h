/* SaeSignalFilter: which signals the table shows: words that are looked for in a
 * signal's station, network, event, place, type, tags and comment, and tags and flags of
 * quality, any of which it has. Main thread. */
#pragma once

#include "session/signal-item.h"

typedef struct SaeSignalFilter SaeSignalFilter;

/* Everything passes. */
SaeSignalFilter *sae_signal_filter_new (void);
void sae_signal_filter_free (SaeSignalFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeSignalFilter, sae_signal_filter_free)

/* Every word of text must be found, upper or lower case. */
void sae_signal_filter_set_words (SaeSignalFilter *self, const char *text);
/* tags: a set, "" in it for signals without any; copied; empty: all pass. */
void sae_signal_filter_set_tags (SaeSignalFilter *self, GHashTable *tags);
/* flags: of seismic/quality.h; faultless: also signals without any. 0 and FALSE: all. */
void sae_signal_filter_set_flags (SaeSignalFilter *self, unsigned flags,
                                  gboolean faultless);
gboolean sae_signal_filter_matches (SaeSignalFilter *self, SaeSignalItem *item);
/* TRUE if anything may be left out. */
gboolean sae_signal_filter_is_active (const SaeSignalFilter *self);
/* What was remembered of the events' texts is void: there are others. */
void sae_signal_filter_forget (SaeSignalFilter *self);
