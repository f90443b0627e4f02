/* SaeEventRemoval: removing the chosen events so that there is a way back: they leave the
 * table at once, and the library when the toast that offers to undo it is gone. A window
 * or a library that is closed before leaves them where they are. What a running training
 * or download works on is not removed, and a toast says so.
 *
 * Property: "can-undo" (boolean, read-only). */
#pragma once

#include "app/event-table.h"
#include "session/session.h"

#define SAE_TYPE_EVENT_REMOVAL (sae_event_removal_get_type ())
G_DECLARE_FINAL_TYPE (SaeEventRemoval, sae_event_removal, SAE, EVENT_REMOVAL, GObject)

/* The table lies in an AdwToastOverlay by the time something is removed. References to
 * both are taken. */
SaeEventRemoval *sae_event_removal_new (SaeSession *session, SaeEventTable *table);
void sae_event_removal_start (SaeEventRemoval *self);
gboolean sae_event_removal_get_can_undo (SaeEventRemoval *self);
/* The latest that has a way back; nothing where there is none. */
void sae_event_removal_undo (SaeEventRemoval *self);
