#include "seismic/library-pick.h"
#include "seismic/error.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"
#include "seismic/time.h"

#include <math.h>

SeismicPick *
seismic_pick_new (const char *event_id, const char *instrument_id, const char *channel,
                  const char *phase, int64_t time_ns)
{
  SeismicPick *pick = g_new0 (SeismicPick, 1);
  pick->event_id = g_strdup (event_id);
  pick->instrument_id = g_strdup (instrument_id);
  g_strlcpy (pick->channel, channel, sizeof pick->channel);
  g_strlcpy (pick->phase, phase, sizeof pick->phase);
  pick->time_ns = time_ns;
  pick->uncertainty_s = NAN;
  pick->author = g_strdup ("");
  pick->made_ns = g_get_real_time () * INT64_C (1000);
  return pick;
}

SeismicPick *
seismic_pick_copy (const SeismicPick *pick)
{
  SeismicPick *copy = g_memdup2 (pick, sizeof *pick);
  copy->event_id = g_strdup (pick->event_id);
  copy->instrument_id = g_strdup (pick->instrument_id);
  copy->author = g_strdup (pick->author);
  return copy;
}

void
seismic_pick_free (SeismicPick *pick)
{
  if (pick == NULL)
    return;
  g_free (pick->event_id);
  g_free (pick->instrument_id);
  g_free (pick->author);
  g_free (pick);
}

static bool
check_pick (const SeismicPick *pick, GError **error)
{
  const struct {
    const char *text, *name;
    bool may_be_empty;
  } texts[] = {{pick->instrument_id, "instrument", false},
               {pick->channel, "channel", false},
               {pick->phase, "phase", false},
               {pick->author, "author", true}};
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (!seismic_library_check_text (texts[i].text, texts[i].name, texts[i].may_be_empty,
                                     error))
      return false;
  }
  if (pick->time_ns == SEISMIC_TIME_UNSET || pick->uncertainty_s < 0.0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 pick->uncertainty_s < 0.0 ? "The uncertainty of the pick is negative"
                                           : "The pick has no time");
    return false;
  }
  return true;
}

bool
seismic_library_put_pick (SeismicLibrary *library, const SeismicPick *pick,
                          GError **error)
{
  return check_pick (pick, error) &&
         seismic_library_check_event (library, pick->event_id, error) &&
         seismic_sql_run (library->db, error,
                          "INSERT OR REPLACE INTO picks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          "sssssidi", pick->event_id, pick->instrument_id, pick->channel,
                          pick->phase, pick->author, pick->time_ns, pick->uncertainty_s,
                          pick->made_ns);
}

bool
seismic_library_remove_pick (SeismicLibrary *library, const SeismicPick *pick,
                             GError **error)
{
  if (!seismic_sql_run (library->db, error,
                        "DELETE FROM picks WHERE event_id = ? AND instrument_id = ?"
                        " AND channel = ? AND phase = ? AND author = ?",
                        "sssss", pick->event_id, pick->instrument_id, pick->channel,
                        pick->phase, pick->author))
    return false;
  if (sqlite3_changes (library->db) == 1)
    return true;
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
               "There is no pick %s on %s of %s/%s in the library", pick->phase,
               pick->channel, pick->event_id, pick->instrument_id);
  return false;
}

static SeismicPick *
read_pick (sqlite3_stmt *row)
{
  SeismicPick *pick = seismic_pick_new (
      seismic_sql_text (row, 0), seismic_sql_text (row, 1), seismic_sql_text (row, 2),
      seismic_sql_text (row, 3), sqlite3_column_int64 (row, 5));
  g_free (pick->author);
  pick->author = g_strdup (seismic_sql_text (row, 4));
  pick->uncertainty_s = seismic_sql_double (row, 6);
  pick->made_ns = sqlite3_column_int64 (row, 7);
  return pick;
}

GPtrArray *
seismic_library_list_picks (SeismicLibrary *library, const char *event_id,
                            const char *instrument_id, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT * FROM picks WHERE (?1 = '' OR event_id = ?1)"
      " AND (?2 = '' OR instrument_id = ?2)"
      " ORDER BY event_id, instrument_id, time_ns, channel, phase, author",
      "ss", event_id != NULL ? event_id : "", instrument_id != NULL ? instrument_id : "");
  if (row == NULL)
    return NULL;
  g_autoptr (GPtrArray) picks =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1)
    g_ptr_array_add (picks, read_pick (row));
  return step == 0 ? g_steal_pointer (&picks) : NULL;
}
