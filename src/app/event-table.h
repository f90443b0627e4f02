/* SaeEventTable: the library's events as rows that can be sorted, filtered and chosen.
 * Enter or a double click shows a row's records ("win.show-event"); its menu's actions
 * are the catalog page's.
 *
 * Properties: "events" (GListModel of SaeEventItem, read-write), "listed" (GListModel,
 * read only), those that the filter leaves; "selected-ids" (GStrv of event ids,
 * read-write, notified only when they change, so that it can be bound both ways), which
 * keeps what the filter hides until other rows are chosen. Signal: "changed", other rows
 * are listed or chosen. */
#pragma once

#include "session/event-item.h"
#include <adwaita.h>

#define SAE_TYPE_EVENT_TABLE (sae_event_table_get_type ())
G_DECLARE_FINAL_TYPE (SaeEventTable, sae_event_table, SAE, EVENT_TABLE, AdwBin)

/* The rows as they are sorted, with what is chosen of them; of SaeEventItem; borrowed. */
GtkSelectionModel *sae_event_table_get_rows (SaeEventTable *self);
/* Ids of the chosen rows, NULL-terminated; free with g_strfreev. */
char **sae_event_table_dup_chosen (SaeEventTable *self);
/* What takes the keys: the rows, not their header; borrowed. */
GtkWidget *sae_event_table_get_focus (SaeEventTable *self);
/* Copied; NULL for none. Scrolls to the first row of them. */
void sae_event_table_set_selected_ids (SaeEventTable *self, const char *const *ids);
/* Borrowed until the next change; never NULL. */
const char *const *sae_event_table_get_selected_ids (SaeEventTable *self);
/* Those events are not listed, whatever the filter, until they are no longer hidden. */
void sae_event_table_set_hidden (SaeEventTable *self, const char *const *ids,
                                 gboolean hidden);
