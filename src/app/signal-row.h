/* SaeSignalRow: an event or a signal in the table of the Signals page. */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_SIGNAL_ROW (sae_signal_row_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalRow, sae_signal_row, SAE, SIGNAL_ROW, AdwBin)

GtkWidget *sae_signal_row_new (void);
/* item: SaeEventItem or SaeSignalItem. */
void sae_signal_row_set_item (SaeSignalRow *self, GObject *item);
