/* SaePicks: the user's own picks on one signal, with undo. What is picked is there at
 * once and written to the library by a thread, one after the other; finalising waits for
 * what is still to be written. Main thread.
 *
 * Signals:
 *   "changed" ()
 *   "failed" (const GError *)   the picks cannot be read, or a change was not saved */
#pragma once

#include "seismic/library-pick.h"
#include "session/session.h"

#define SAE_TYPE_PICKS (sae_picks_get_type ())
G_DECLARE_FINAL_TYPE (SaePicks, sae_picks, SAE, PICKS, GObject)

SaePicks *sae_picks_new (void);
/* Reads the picks of the signal in the library in folder; item NULL: of none. */
void sae_picks_show (SaePicks *self, const char *folder, SaeSignalItem *item);
guint sae_picks_get_n (SaePicks *self);
/* By time; borrowed until "changed". */
const SeismicPick *sae_picks_get (SaePicks *self, guint i);
/* Puts a pick of the phase ("P", "S") on the channel ("HNZ"), in place of the one there.
 * uncertainty_s may be NAN. Nothing without a signal. */
void sae_picks_put (SaePicks *self, const char *channel, const char *phase,
                    int64_t time_ns, double uncertainty_s);
void sae_picks_remove (SaePicks *self, guint i);
/* Takes the last change back, of whichever signal; FALSE if there is none. */
gboolean sae_picks_undo (SaePicks *self);
gboolean sae_picks_redo (SaePicks *self);
/* TRUE while something is being read or written. */
gboolean sae_picks_get_busy (SaePicks *self);
