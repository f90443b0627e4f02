#include "seismic/picks-csv.h"
#include "seismic/csv.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define MAX_UNCERTAINTY_S 1e6

enum {
  PICK_EVENT,
  PICK_INSTRUMENT,
  PICK_CHANNEL,
  PICK_PHASE,
  PICK_TIME,
  PICK_UNCERTAINTY,
  PICK_AUTHOR,
  PICK_MADE,
  N_PICK_COLUMNS
};

static const char *const pick_names[N_PICK_COLUMNS] = {
    "event", "instrument", "channel", "phase", "time", "uncertainty_s", "author", "made"};

enum { NOTE_EVENT, NOTE_INSTRUMENT, NOTE_TAGS, NOTE_COMMENT, N_NOTE_COLUMNS };

static const char *const note_names[N_NOTE_COLUMNS] = {"event", "instrument", "tags",
                                                       "comment"};

static GString *
begin (const char *const *names, size_t n)
{
  GString *csv = g_string_new (NULL);
  for (size_t i = 0; i < n; i++)
    g_string_append_printf (csv, "%s%c", names[i], i + 1 < n ? ',' : '\n');
  return csv;
}

GString *
seismic_picks_csv_write (const GPtrArray *picks)
{
  GString *csv = begin (pick_names, N_PICK_COLUMNS);
  for (guint i = 0; i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    const char *const texts[] = {pick->event_id, pick->instrument_id, pick->channel,
                                 pick->phase};
    for (size_t k = 0; k < G_N_ELEMENTS (texts); k++) {
      seismic_csv_append_text (csv, texts[k]);
      g_string_append_c (csv, ',');
    }
    seismic_csv_append_time (csv, pick->time_ns);
    g_string_append_c (csv, ',');
    seismic_csv_append_number (csv, pick->uncertainty_s);
    g_string_append_c (csv, ',');
    seismic_csv_append_text (csv, pick->author);
    g_string_append_c (csv, ',');
    seismic_csv_append_time (csv, pick->made_ns);
    g_string_append_c (csv, '\n');
  }
  return csv;
}

GString *
seismic_notes_csv_write (const GPtrArray *notes)
{
  GString *csv = begin (note_names, N_NOTE_COLUMNS);
  for (guint i = 0; i < notes->len; i++) {
    const SeismicNote *note = notes->pdata[i];
    g_autofree char *tags = seismic_tags_join (note->tags);
    const char *const texts[] = {note->event_id, note->instrument_id, tags,
                                 note->comment};
    for (size_t k = 0; k < G_N_ELEMENTS (texts); k++) {
      seismic_csv_append_text (csv, texts[k]);
      g_string_append_c (csv, k + 1 < G_N_ELEMENTS (texts) ? ',' : '\n');
    }
  }
  return csv;
}

static bool
fail (const char *what, const char *cell, GError **error)
{
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "\"%s\" is no %s", cell, what);
  return false;
}

static bool
check_pick (const char *const *cells, GError **error)
{
  for (size_t i = 0; i < PICK_TIME; i++) {
    if (*cells[i] == '\0')
      return fail (pick_names[i], "", error);
  }
  if (strlen (cells[PICK_CHANNEL]) >= sizeof ((SeismicPick *)NULL)->channel)
    return fail ("channel", cells[PICK_CHANNEL], error);
  if (strlen (cells[PICK_PHASE]) > SEISMIC_PICK_MAX_PHASE)
    return fail ("phase", cells[PICK_PHASE], error);
  return true;
}

static gpointer
read_pick (const char *const *cells, GError **error)
{
  int64_t time_ns, made_ns = SEISMIC_TIME_UNSET;
  double uncertainty_s = NAN;
  if (!check_pick (cells, error))
    return NULL;
  if (!seismic_time_parse (cells[PICK_TIME], &time_ns)) {
    fail ("time", cells[PICK_TIME], error);
    return NULL;
  }
  if (*cells[PICK_MADE] != '\0' && !seismic_time_parse (cells[PICK_MADE], &made_ns)) {
    fail ("time", cells[PICK_MADE], error);
    return NULL;
  }
  if (!seismic_fdsn_text_number (cells[PICK_UNCERTAINTY], MAX_UNCERTAINTY_S,
                                 "uncertainty", &uncertainty_s, error))
    return NULL;
  if (uncertainty_s < 0) {
    fail ("uncertainty", cells[PICK_UNCERTAINTY], error);
    return NULL;
  }
  SeismicPick *pick = seismic_pick_new (cells[PICK_EVENT], cells[PICK_INSTRUMENT],
                                        cells[PICK_CHANNEL], cells[PICK_PHASE], time_ns);
  pick->uncertainty_s = uncertainty_s;
  pick->made_ns = made_ns;
  g_free (pick->author);
  pick->author = g_strdup (cells[PICK_AUTHOR]);
  return pick;
}

static gpointer
read_note (const char *const *cells, GError **error)
{
  if (*cells[NOTE_EVENT] == '\0') {
    fail ("event", "", error);
    return NULL;
  }
  SeismicNote *note = seismic_note_new (cells[NOTE_EVENT], cells[NOTE_INSTRUMENT]);
  g_strfreev (note->tags);
  note->tags = seismic_tags_split (cells[NOTE_TAGS]);
  g_free (note->comment);
  note->comment = g_strdup (cells[NOTE_COMMENT]);
  return note;
}

static const SeismicCsvTable picks_table = {.names = pick_names,
                                            .n_names = N_PICK_COLUMNS,
                                            .n_needed = PICK_TIME + 1,
                                            .n_least = PICK_TIME + 1,
                                            .what = "picks.csv",
                                            .read_row = read_pick,
                                            .free_row =
                                                (GDestroyNotify)seismic_pick_free};

static const SeismicCsvTable notes_table = {.names = note_names,
                                            .n_names = N_NOTE_COLUMNS,
                                            .n_needed = NOTE_TAGS,
                                            .n_least = NOTE_TAGS + 1,
                                            .what = "notes.csv",
                                            .read_row = read_note,
                                            .free_row =
                                                (GDestroyNotify)seismic_note_free};

bool
seismic_picks_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **picks,
                        GPtrArray **skipped, GError **error)
{
  return seismic_csv_read (&picks_table, bytes, n_bytes, picks, skipped, error);
}

bool
seismic_notes_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **notes,
                        GPtrArray **skipped, GError **error)
{
  return seismic_csv_read (&notes_table, bytes, n_bytes, notes, skipped, error);
}

bool
seismic_picks_csv_probe (const uint8_t *bytes, size_t n_bytes)
{
  return seismic_csv_probe (&picks_table, bytes, n_bytes);
}

bool
seismic_notes_csv_probe (const uint8_t *bytes, size_t n_bytes)
{
  return seismic_csv_probe (&notes_table, bytes, n_bytes);
}
