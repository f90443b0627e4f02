/* SaeMarks: the signals of a session that are marked on all its pages alike, by id: as
 * points where there is a projection (they and the session's selection follow each
 * other), as rows, as events. The session has one (sae_session_get_marks); another
 * library has none marked. Main thread. Signal: "changed", others are marked. */
#pragma once

#include "session/session.h"

#define SAE_TYPE_MARKS (sae_marks_get_type ())
G_DECLARE_FINAL_TYPE (SaeMarks, sae_marks, SAE, MARKS, GObject)

/* session is borrowed: it outlives the marks. */
SaeMarks *sae_marks_new (SaeSession *session);
/* Sorted ids, NULL-terminated; borrowed until the next change; never NULL. */
const char *const *sae_marks_get_signals (SaeMarks *self);
/* Their events, each once, sorted; free with g_strfreev. */
char **sae_marks_dup_events (SaeMarks *self);
/* ids: NULL-terminated; unknown ones do not count. */
void sae_marks_set_signals (SaeMarks *self, const char *const *ids);
/* All signals of those events; nothing changes where the marks are of just these events.
 */
void sae_marks_set_events (SaeMarks *self, const char *const *ids);
