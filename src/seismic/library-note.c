#include "seismic/library-note.h"
#include "seismic/error.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"

#include <string.h>

#define SEPARATOR ";"

SeismicNote *
seismic_note_new (const char *event_id, const char *instrument_id)
{
  SeismicNote *note = g_new0 (SeismicNote, 1);
  note->event_id = g_strdup (event_id);
  note->instrument_id = g_strdup (instrument_id != NULL ? instrument_id : "");
  note->tags = g_new0 (char *, 1);
  note->comment = g_strdup ("");
  return note;
}

void
seismic_note_free (SeismicNote *note)
{
  if (note == NULL)
    return;
  g_free (note->event_id);
  g_free (note->instrument_id);
  g_strfreev (note->tags);
  g_free (note->comment);
  g_free (note);
}

char *
seismic_tags_join (char **tags)
{
  return g_strjoinv (SEPARATOR " ", tags);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char **
seismic_tags_split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, SEPARATOR, -1);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  for (size_t i = 0; parts[i] != NULL; i++) {
    if (*g_strstrip (parts[i]) != '\0' &&
        !g_ptr_array_find_with_equal_func (tags, parts[i], g_str_equal, NULL))
      g_ptr_array_add (tags, parts[i]);
  }
  g_ptr_array_sort (tags, compare_texts);
  g_ptr_array_add (tags, NULL);
  return g_strdupv ((char **)tags->pdata);
}

/* The tag without blanks around it; NULL if it is none. */
static char *
clean_tag (const char *tag, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (tag));
  if (!seismic_library_check_text (clean, "tag", false, error))
    return NULL;
  if (strpbrk (clean, SEPARATOR "\r\n") != NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "The tag \"%s\" holds a semicolon or a line's end", clean);
    return NULL;
  }
  return g_steal_pointer (&clean);
}

static const char *
or_empty (const char *instrument_id)
{
  return instrument_id != NULL ? instrument_id : "";
}

bool
seismic_library_put_tag (SeismicLibrary *library, const char *event_id,
                         const char *instrument_id, const char *tag, GError **error)
{
  g_autofree char *clean = clean_tag (tag, error);
  return clean != NULL && seismic_library_check_event (library, event_id, error) &&
         seismic_sql_run (library->db, error,
                          "INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", "sss", event_id,
                          or_empty (instrument_id), clean);
}

bool
seismic_library_remove_tag (SeismicLibrary *library, const char *event_id,
                            const char *instrument_id, const char *tag, GError **error)
{
  g_autofree char *clean = clean_tag (tag, error);
  return clean != NULL && seismic_library_check_event (library, event_id, error) &&
         seismic_sql_run (
             library->db, error,
             "DELETE FROM tags WHERE event_id = ? AND instrument_id = ? AND tag = ?",
             "sss", event_id, or_empty (instrument_id), clean);
}

bool
seismic_library_put_comment (SeismicLibrary *library, const char *event_id,
                             const char *instrument_id, const char *comment,
                             GError **error)
{
  if (!seismic_library_check_text (comment, "comment", true, error) ||
      !seismic_library_check_event (library, event_id, error))
    return false;
  if (*comment == '\0')
    return seismic_sql_run (
        library->db, error,
        "DELETE FROM comments WHERE event_id = ? AND instrument_id = ?", "ss", event_id,
        or_empty (instrument_id));
  return seismic_sql_run (library->db, error,
                          "INSERT OR REPLACE INTO comments VALUES (?, ?, ?)", "sss",
                          event_id, or_empty (instrument_id), comment);
}

bool
seismic_library_put_note (SeismicLibrary *library, const SeismicNote *note,
                          GError **error)
{
  for (size_t i = 0; note->tags[i] != NULL; i++) {
    if (!seismic_library_put_tag (library, note->event_id, note->instrument_id,
                                  note->tags[i], error))
      return false;
  }
  return *note->comment == '\0' ||
         seismic_library_put_comment (library, note->event_id, note->instrument_id,
                                      note->comment, error);
}

/* Rows of event, instrument, tag or NULL, comment or NULL. */
#define NOTES                                                                            \
  "SELECT event_id, instrument_id, tag, NULL FROM tags"                                  \
  " UNION ALL SELECT event_id, instrument_id, NULL, comment FROM comments"

static void
add_tag (SeismicNote *note, const char *tag)
{
  const guint n = g_strv_length (note->tags);
  note->tags = g_renew (char *, note->tags, n + 2);
  note->tags[n] = g_strdup (tag);
  note->tags[n + 1] = NULL;
}

static GPtrArray *
list_notes (SeismicLibrary *library, const char *event_id, const char *instrument_id,
            GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT * FROM (" NOTES ") WHERE ?1 = '' OR (event_id = ?1 AND instrument_id = ?2)"
      " ORDER BY 1, 2, 3",
      "ss", event_id, instrument_id);
  if (row == NULL)
    return NULL;
  g_autoptr (GPtrArray) notes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_note_free);
  SeismicNote *note = NULL;
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    if (note == NULL || !g_str_equal (note->event_id, seismic_sql_text (row, 0)) ||
        !g_str_equal (note->instrument_id, seismic_sql_text (row, 1))) {
      note = seismic_note_new (seismic_sql_text (row, 0), seismic_sql_text (row, 1));
      g_ptr_array_add (notes, note);
    }
    if (*seismic_sql_text (row, 2) != '\0')
      add_tag (note, seismic_sql_text (row, 2));
    if (*seismic_sql_text (row, 3) != '\0') {
      g_free (note->comment);
      note->comment = g_strdup (seismic_sql_text (row, 3));
    }
  }
  return step == 0 ? g_steal_pointer (&notes) : NULL;
}

GPtrArray *
seismic_library_list_notes (SeismicLibrary *library, GError **error)
{
  return list_notes (library, "", "", error);
}

SeismicNote *
seismic_library_get_note (SeismicLibrary *library, const char *event_id,
                          const char *instrument_id, GError **error)
{
  if (*event_id == '\0') /* no event's id */
    return seismic_note_new (event_id, instrument_id);
  g_autoptr (GPtrArray) notes =
      list_notes (library, event_id, or_empty (instrument_id), error);
  if (notes == NULL)
    return NULL;
  return notes->len == 0 ? seismic_note_new (event_id, instrument_id)
                         : g_ptr_array_steal_index (notes, 0);
}

char **
seismic_library_list_tags (SeismicLibrary *library, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT DISTINCT tag FROM tags ORDER BY tag", "");
  if (row == NULL)
    return NULL;
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1)
    g_ptr_array_add (tags, g_strdup (seismic_sql_text (row, 0)));
  g_ptr_array_add (tags, NULL);
  return step == 0 ? (char **)g_ptr_array_free (g_steal_pointer (&tags), FALSE) : NULL;
}
