/* What a table of signals was like when it was last used. */
#pragma once

#include "app/signal-table.h"

/* Gives the table and its view the order, grouping and columns of the settings, and keeps
 * there what becomes of them. Once, when the table has a session. */
void sae_signal_table_memory_add (SaeSignalTable *table, GtkColumnView *view,
                                  GSettings *settings);
