#include "session/marks.h"

#include <string.h>

struct _SaeMarks {
  GObject parent_instance;

  /* Borrowed */
  SaeSession *session;
  const SaeProjection *projection; /* that the selection is of; only compared */

  /* Owned */
  char **ids; /* sorted */

  gboolean is_selecting; /* the selection follows */
};

G_DEFINE_FINAL_TYPE (SaeMarks, sae_marks, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Takes the strings; sorted, each once, NULL-terminated. */
static char **
sort_strings (GPtrArray *strings)
{
  GPtrArray *sorted = g_ptr_array_new ();

  g_ptr_array_sort (strings, compare_strings);
  for (guint i = 0; i < strings->len; i++)
    if (sorted->len == 0 ||
        !g_str_equal (strings->pdata[i], sorted->pdata[sorted->len - 1]))
      g_ptr_array_add (sorted, strings->pdata[i]);
    else
      g_free (strings->pdata[i]);
  g_ptr_array_add (sorted, NULL);
  g_ptr_array_unref (strings);
  return (char **)g_ptr_array_free (sorted, FALSE);
}

/* Takes ids; FALSE if they are those there were. */
static gboolean
take_ids (SaeMarks *self, char **ids)
{
  if (g_strv_equal ((const char *const *)ids, (const char *const *)self->ids)) {
    g_strfreev (ids);
    return FALSE;
  }
  g_strfreev (self->ids);
  self->ids = ids;
  return TRUE;
}

/* Hidden points stay hidden; they are marked on the other pages nevertheless. */
static void
select_points (SaeMarks *self)
{
  const SaeProjection *projection = sae_session_get_projection (self->session);
  guint n = projection ? projection->embedding->signals->len : 0;
  g_autofree guint8 *mask = g_new0 (guint8, MAX (n, 1));

  for (char **id = self->ids; projection && *id; id++) {
    guint point = sae_projection_find (projection, *id);

    if (point != SAE_NO_ROW)
      mask[point] = 1;
  }
  self->is_selecting = TRUE;
  if (projection)
    sae_selection_apply (sae_session_get_selection (self->session), mask,
                         SAE_SELECT_REPLACE);
  self->is_selecting = FALSE;
}

static void
mark (SaeMarks *self, char **ids)
{
  if (!take_ids (self, ids))
    return;
  select_points (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Points of a new projection are not selected, which says nothing of the marks. */
static void
on_selection (SaeMarks *self)
{
  SaeSelection *selection = sae_session_get_selection (self->session);
  const SaeProjection *projection = sae_session_get_projection (self->session);
  GPtrArray *ids;

  if (self->is_selecting || !projection || projection != self->projection)
    return;
  ids = g_ptr_array_new ();
  for (guint i = 0; i < sae_selection_get_n (selection); i++) {
    const SeismicSignalInfo *info = g_ptr_array_index (projection->embedding->signals, i);

    if (sae_selection_contains (selection, i))
      g_ptr_array_add (ids, g_strdup (info->id));
  }
  if (take_ids (self, sort_strings (ids)))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_projection (SaeMarks *self)
{
  self->projection = sae_session_get_projection (self->session);
}

static void
on_folder (SaeMarks *self)
{
  mark (self, g_new0 (char *, 1));
}

const char *const *
sae_marks_get_signals (SaeMarks *self)
{
  return (const char *const *)self->ids;
}

char **
sae_marks_dup_events (SaeMarks *self)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (char **id = self->ids; *id; id++) {
    SaeSignalItem *item = sae_session_find_signal (self->session, *id);

    if (item)
      g_ptr_array_add (ids, g_strdup (sae_signal_item_get_info (item)->event_id));
  }
  return sort_strings (ids);
}

void
sae_marks_set_signals (SaeMarks *self, const char *const *ids)
{
  GPtrArray *known = g_ptr_array_new ();

  for (; *ids; ids++)
    if (sae_session_find_signal (self->session, *ids))
      g_ptr_array_add (known, g_strdup (*ids));
  mark (self, sort_strings (known));
}

void
sae_marks_set_events (SaeMarks *self, const char *const *ids)
{
  GListModel *items = sae_session_get_signals (self->session);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) marked = sae_marks_dup_events (self);
  guint n_marked = 0;
  GPtrArray *found;

  for (; *ids; ids++)
    g_hash_table_add (wanted, (char *)*ids);
  for (char **id = marked; *id; id++)
    n_marked += g_hash_table_contains (wanted, *id);
  if (n_marked == g_strv_length (marked) && n_marked == g_hash_table_size (wanted))
    return;
  found = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (items, i);

    if (g_hash_table_contains (wanted, sae_signal_item_get_info (item)->event_id))
      g_ptr_array_add (found, g_strdup (sae_signal_item_get_id (item)));
  }
  mark (self, sort_strings (found));
}

SaeMarks *
sae_marks_new (SaeSession *session)
{
  SaeMarks *self = g_object_new (SAE_TYPE_MARKS, NULL);

  self->session = session;
  self->projection = sae_session_get_projection (session);
  g_signal_connect_object (sae_session_get_selection (session), "changed",
                           G_CALLBACK (on_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::projection", G_CALLBACK (on_projection),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (on_folder), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
sae_marks_finalize (GObject *object)
{
  g_strfreev (SAE_MARKS (object)->ids);
  G_OBJECT_CLASS (sae_marks_parent_class)->finalize (object);
}

static void
sae_marks_class_init (SaeMarksClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_marks_finalize;
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_MARKS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_marks_init (SaeMarks *self)
{
  self->ids = g_new0 (char *, 1);
}
