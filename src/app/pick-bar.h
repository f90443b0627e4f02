/* SaePickBar: the buttons of pick mode, and the picks of the shown signal between a trace
 * chart and the library: what is picked there is saved, with undo. Signal "changed" ()
 * when the marks or the text are others, "failed" (const GError *) when something was not
 * saved. */
#pragma once

#include "app/signal-view.h"
#include "app/trace-chart.h"
#include <adwaita.h>

#define SAE_TYPE_PICK_BAR (sae_pick_bar_get_type ())
G_DECLARE_FINAL_TYPE (SaePickBar, sae_pick_bar, SAE, PICK_BAR, AdwBin)

/* Once; trace is borrowed and lives as long. */
void sae_pick_bar_attach (SaePickBar *self, SaeTraceChart *trace);
/* The picks of that signal are read unless they are there; NULL: of none. */
void sae_pick_bar_show (SaePickBar *self, const char *folder, const SaeShown *shown);
/* Appends the picks to marks (of PlotTraceMark), the last that are set on the trace.
 * Labels are borrowed until "changed". */
void sae_pick_bar_append_marks (SaePickBar *self, GArray *marks);
/* "P on HNZ at 05:33:45.12 UTC ± 0.05 s, −0.12 s from the model · S …"; "" for none. Free
 * with g_free. */
char *sae_pick_bar_text (SaePickBar *self);
void sae_pick_bar_undo (SaePickBar *self);
void sae_pick_bar_redo (SaePickBar *self);
