/* SaeQueryPanel: what to ask which data center for, and the button that asks. Property
 * "session" (SaeSession, set once). Signal "region-changed": the region, whether it
 * is to be drawn, or anything else that is asked for may be another. Action
 * "query.search" searches, or stops the running search; "query.reset" goes back to the
 * first search. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_QUERY_PANEL (sae_query_panel_get_type ())
G_DECLARE_FINAL_TYPE (SaeQueryPanel, sae_query_panel, SAE, QUERY_PANEL, AdwBin)

/* A preset's id or an address; any text will do, the panel tells if it is wrong. */
void sae_query_panel_set_server (SaeQueryPanel *self, const char *server);
/* Borrowed until the next change. */
const char *sae_query_panel_get_server (SaeQueryPanel *self);
/* Fills query (cleared by the caller) from the fields; NULL, or the sentence that says
 * what is wrong, to be freed with g_free: query is then not to be used. */
char *sae_query_panel_read (SaeQueryPanel *self, SeismicEventQuery *query);
/* west, south, east, north in degrees; FALSE if the region is none. */
gboolean sae_query_panel_get_box (SaeQueryPanel *self, double box[4]);
/* longitude, latitude, least and largest distance in degrees. FALSE, and circle is
 * untouched, when the region is no valid circle. */
gboolean sae_query_panel_get_circle (SaeQueryPanel *self, double circle[4]);
/* Makes it the region. */
void sae_query_panel_set_box (SaeQueryPanel *self, const double box[4]);
/* Makes it the region; longitude, latitude and distance in degrees. The least distance
 * stays, where it is less. */
void sae_query_panel_set_circle (SaeQueryPanel *self, double longitude, double latitude,
                                 double max_radius);
/* The region is a circle, valid or not. */
gboolean sae_query_panel_has_circle (SaeQueryPanel *self);
/* TRUE while the user wants to draw the region. */
gboolean sae_query_panel_get_drawing (SaeQueryPanel *self);
void sae_query_panel_set_drawing (SaeQueryPanel *self, gboolean drawing);
