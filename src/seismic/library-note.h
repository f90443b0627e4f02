/* What a user writes to an event or a signal: tags, and a comment. They belong to the
 * event and, of signals, to the instrument there, and stay when records are imported or
 * downloaded again; they go with the event. In all functions instrument_id
 * ("NET.STA.LOC.HN") is NULL or "" for what is about the event itself. */
#pragma once

#include "seismic/library.h"

typedef struct {
  char *event_id, *instrument_id; /* "" for the event itself */
  char **tags;                    /* sorted, NULL-terminated; never NULL */
  char *comment;                  /* "" for none */
} SeismicNote;

/* A note without tags and comment. */
SeismicNote *seismic_note_new (const char *event_id, const char *instrument_id);
void seismic_note_free (SeismicNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicNote, seismic_note_free)

/* Puts a tag on, or takes it off; twice is as good as once. A tag is a word or several,
 * without the blanks around it; it may not hold a semicolon, which parts tags in lists.
 * SEISMIC_ERROR_NOT_FOUND if the event is not in the library, SEISMIC_ERROR_FORMAT for a
 * tag that is empty, holds a semicolon or a line's end, or is no UTF-8. */
bool seismic_library_put_tag (SeismicLibrary *library, const char *event_id,
                              const char *instrument_id, const char *tag, GError **error);
bool seismic_library_remove_tag (SeismicLibrary *library, const char *event_id,
                                 const char *instrument_id, const char *tag,
                                 GError **error);
/* The comment, in place of the one before; "" is none. Fails as put_tag; it may be of
 * several lines. */
bool seismic_library_put_comment (SeismicLibrary *library, const char *event_id,
                                  const char *instrument_id, const char *comment,
                                  GError **error);
/* All of a note: its tags are added, its comment replaces the one there unless it is "".
 */
bool seismic_library_put_note (SeismicLibrary *library, const SeismicNote *note,
                               GError **error);

/* One note; empty where there is none. NULL on error. */
SeismicNote *seismic_library_get_note (SeismicLibrary *library, const char *event_id,
                                       const char *instrument_id, GError **error);
/* All notes that hold something, by event and instrument: a new GPtrArray of SeismicNote;
 * NULL on error. */
GPtrArray *seismic_library_list_notes (SeismicLibrary *library, GError **error);
/* Each tag in the library once, sorted: a new NULL-terminated list; NULL on error. */
char **seismic_library_list_tags (SeismicLibrary *library, GError **error);

/* "outlier; quarry": tags as a text, and a text as tags (sorted, each once, blanks
 * around them and empty ones left out). Free with g_free and g_strfreev. */
char *seismic_tags_join (char **tags);
char **seismic_tags_split (const char *text);
