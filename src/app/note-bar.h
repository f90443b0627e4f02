/* SaeNoteBar: the tags of the chosen signals as chips, an entry that adds one to all of
 * them, and the comment on the one that is chosen alone. Ctrl+Z within it takes the last
 * change back. Actions "notes.undo", "notes.redo". */
#pragma once

#include "session/notes.h"
#include <adwaita.h>

#define SAE_TYPE_NOTE_BAR (sae_note_bar_get_type ())
G_DECLARE_FINAL_TYPE (SaeNoteBar, sae_note_bar, SAE, NOTE_BAR, AdwBin)

/* Once; a reference is taken. */
void sae_note_bar_set_notes (SaeNoteBar *self, SaeNotes *notes);
/* items: of SaeSignalItem, copied; what was written of another comment is saved first. */
void sae_note_bar_show (SaeNoteBar *self, GPtrArray *items);
/* The keys go to the entry of tags. */
void sae_note_bar_begin_tag (SaeNoteBar *self);
