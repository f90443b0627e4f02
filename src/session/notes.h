/* SaeNotes: the user's own tags and comments on the signals of a session, with undo; the
 * session has one (sae_session_get_notes), so that all pages have the same undo. What
 * is changed is there at once, in the session's SaeSignalItem, and written to the library
 * by a thread, one after the other; finalising waits for what is still to be written.
 * Main thread.
 *
 * Properties: "can-undo", "can-redo" (boolean, read-only, notified).
 * Signals:
 *   "changed" ()
 *   "failed" (const GError *)   a change was not saved; the library is read again */
#pragma once

#include "session/session.h"

#define SAE_TYPE_NOTES (sae_notes_get_type ())
G_DECLARE_FINAL_TYPE (SaeNotes, sae_notes, SAE, NOTES, GObject)

/* session is borrowed: it outlives the notes. */
SaeNotes *sae_notes_new (SaeSession *session);
/* items: of SaeSignalItem of the session. text may hold several tags, parted by
 * semicolons; those that a signal has already stay. One step of undo. */
void sae_notes_add_tags (SaeNotes *self, GPtrArray *items, const char *text);
void sae_notes_remove_tags (SaeNotes *self, GPtrArray *items, const char *text);
/* "" for none; blanks around it do not count. */
void sae_notes_set_comment (SaeNotes *self, SaeSignalItem *item, const char *comment);
/* Takes the last change back, or does it again; FALSE if there is none. */
gboolean sae_notes_undo (SaeNotes *self);
gboolean sae_notes_redo (SaeNotes *self);
/* Every tag of the session's signals once, sorted; free with g_strfreev. */
char **sae_notes_list_tags (SaeNotes *self);
