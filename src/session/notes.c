#include "session/notes.h"

#include "seismic/library-note.h"
#include "session/tasks.h"
#include <string.h>

/* One tag put on or taken off (tag), or one comment for another (tag is NULL). */
typedef struct {
  char *event_id, *instrument_id;
  char *tag;
  gboolean is_there; /* the tag, afterwards */
  char *former, *comment;
} Edit;

/* What is undone at once, on one library. */
typedef struct {
  char *folder;
  GPtrArray *edits; /* of Edit */
} Change;

struct _SaeNotes {
  GObject parent_instance;

  /* Borrowed */
  SaeSession *session;

  /* Owned */
  GPtrArray *done, *undone; /* of Change */
  GPtrArray *unwritten;     /* of Change, in their order */
  SaeJob *writing;
};

G_DEFINE_FINAL_TYPE (SaeNotes, sae_notes, G_TYPE_OBJECT)

enum { PROP_0, PROP_CAN_UNDO, PROP_CAN_REDO, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->event_id);
  g_free (edit->instrument_id);
  g_free (edit->tag);
  g_free (edit->former);
  g_free (edit->comment);
  g_free (edit);
}

static Edit *
edit_new (SaeSignalItem *item)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->event_id = g_strdup (sae_signal_item_get_info (item)->event_id);
  edit->instrument_id = g_strdup (sae_signal_item_get_instrument (item));
  return edit;
}

/* The same edit, or the one that takes it back. */
static Edit *
edit_copy (const Edit *edit, gboolean backwards)
{
  Edit *copy = g_new0 (Edit, 1);

  copy->event_id = g_strdup (edit->event_id);
  copy->instrument_id = g_strdup (edit->instrument_id);
  copy->tag = g_strdup (edit->tag);
  copy->is_there = edit->is_there != backwards;
  copy->former = g_strdup (backwards ? edit->comment : edit->former);
  copy->comment = g_strdup (backwards ? edit->former : edit->comment);
  return copy;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->folder);
  g_ptr_array_unref (change->edits);
  g_free (change);
}

static Change *
change_new (const char *folder)
{
  Change *change = g_new (Change, 1);

  change->folder = g_strdup (folder);
  change->edits = g_ptr_array_new_with_free_func (edit_free);
  return change;
}

static bool
write_edit (SeismicLibrary *library, const Edit *edit, GError **error)
{
  if (!edit->tag)
    return seismic_library_put_comment (library, edit->event_id, edit->instrument_id,
                                        edit->comment, error);
  if (edit->is_there)
    return seismic_library_put_tag (library, edit->event_id, edit->instrument_id,
                                    edit->tag, error);
  return seismic_library_remove_tag (library, edit->event_id, edit->instrument_id,
                                     edit->tag, error);
}

static gboolean
write_change (const Change *change, GError **error)
{
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (change->folder, false, error);

  if (!library || !seismic_library_begin (library, error))
    return FALSE;
  for (guint i = 0; i < change->edits->len; i++)
    if (!write_edit (library, change->edits->pdata[i], error)) {
      seismic_library_rollback (library);
      return FALSE;
    }
  return seismic_library_commit (library, error);
}

/* What is wanted is written even when the session is closing: nothing here is cancelled.
 */
static gboolean
write_in_thread (SaeJob *job, gpointer change, gpointer *result, GError **error)
{
  return write_change (change, error);
}

static void write_next (SaeNotes *self);

static void
on_written (SaeJob *job, gpointer user_data)
{
  SaeNotes *self = user_data;
  g_autoptr (SaeJob) ended = g_steal_pointer (&self->writing);
  const char *folder = sae_session_get_folder (self->session);

  write_next (self);
  if (sae_job_get_error (ended)) {
    g_signal_emit (self, signals[FAILED], 0, sae_job_get_error (ended));
    if (folder)
      sae_tasks_open_library (self->session, folder); /* what is shown is what is there */
  }
}

static void
write_next (SaeNotes *self)
{
  if (!self->writing && self->unwritten->len > 0)
    self->writing = sae_job_start (SAE_JOB_SIGNAL, write_in_thread,
                                   g_ptr_array_steal_index (self->unwritten, 0),
                                   change_free, NULL, on_written, G_OBJECT (self));
}

static void
show_edit (SaeNotes *self, const Edit *edit)
{
  g_autofree char *id = g_strconcat (edit->event_id, "/", edit->instrument_id, NULL);
  SaeSignalItem *item = sae_session_find_signal (self->session, id);

  if (!item)
    return;
  if (edit->tag)
    sae_signal_item_set_tag (item, edit->tag, edit->is_there);
  else
    sae_signal_item_set_comment (item, edit->comment);
}

/* Shows the change where its library is open, and has it written. */
static void
apply (SaeNotes *self, const Change *change, gboolean backwards)
{
  Change *copy = change_new (change->folder);
  gboolean is_open =
      g_strcmp0 (change->folder, sae_session_get_folder (self->session)) == 0;

  for (guint i = 0; i < change->edits->len; i++) {
    Edit *edit = edit_copy (change->edits->pdata[i], backwards);

    if (is_open)
      show_edit (self, edit);
    g_ptr_array_add (copy->edits, edit);
  }
  g_ptr_array_add (self->unwritten, copy);
  write_next (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Takes change, which is nothing where it has no edits. */
static void
do_change (SaeNotes *self, Change *change)
{
  if (change->edits->len == 0) {
    change_free (change);
    return;
  }
  g_ptr_array_set_size (self->undone, 0);
  g_ptr_array_add (self->done, change);
  apply (self, change, FALSE);
}

/* Where it is not as it shall be. */
static void
append_tag (Change *change, GPtrArray *items, const char *tag, gboolean is_there)
{
  for (guint i = 0; i < items->len; i++) {
    SaeSignalItem *item = items->pdata[i];
    Edit *edit;

    if (sae_signal_item_has_tag (item, tag) == is_there)
      continue;
    edit = edit_new (item);
    edit->tag = g_strdup (tag);
    edit->is_there = is_there;
    g_ptr_array_add (change->edits, edit);
  }
}

static void
change_tags (SaeNotes *self, GPtrArray *items, const char *text, gboolean are_there)
{
  g_auto (GStrv) tags = seismic_tags_split (text);
  Change *change = change_new (sae_session_get_folder (self->session));

  for (char **tag = tags; *tag; tag++)
    append_tag (change, items, *tag, are_there);
  do_change (self, change);
}

void
sae_notes_add_tags (SaeNotes *self, GPtrArray *items, const char *text)
{
  change_tags (self, items, text, TRUE);
}

void
sae_notes_remove_tags (SaeNotes *self, GPtrArray *items, const char *text)
{
  change_tags (self, items, text, FALSE);
}

void
sae_notes_set_comment (SaeNotes *self, SaeSignalItem *item, const char *comment)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  g_autofree char *text = g_strstrip (g_strdup (comment));
  Change *change = change_new (sae_session_get_folder (self->session));

  if (g_strcmp0 (info->comment, text) != 0) {
    Edit *edit = edit_new (item);

    edit->former = g_strdup (info->comment);
    edit->comment = g_steal_pointer (&text);
    g_ptr_array_add (change->edits, edit);
  }
  do_change (self, change);
}

static gboolean
turn (SaeNotes *self, GPtrArray *from, GPtrArray *to, gboolean backwards)
{
  Change *change;

  if (from->len == 0)
    return FALSE;
  change = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, change);
  apply (self, change, backwards);
  return TRUE;
}

gboolean
sae_notes_undo (SaeNotes *self)
{
  return turn (self, self->done, self->undone, TRUE);
}

gboolean
sae_notes_redo (SaeNotes *self)
{
  return turn (self, self->undone, self->done, FALSE);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(char *const *)a, *(char *const *)b);
}

char **
sae_notes_list_tags (SaeNotes *self)
{
  GListModel *items = sae_session_get_signals (self->session);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *tags = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (items, i);

    for (char **tag = sae_signal_item_get_info (item)->tags; tag && *tag; tag++)
      if (g_hash_table_add (seen, *tag))
        g_ptr_array_add (tags, g_strdup (*tag));
  }
  g_ptr_array_sort (tags, compare_strings);
  g_ptr_array_add (tags, NULL);
  return (char **)g_ptr_array_free (tags, FALSE);
}

SaeNotes *
sae_notes_new (SaeSession *session)
{
  SaeNotes *self = g_object_new (SAE_TYPE_NOTES, NULL);

  self->session = session;
  return self;
}

static void
sae_notes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeNotes *self = SAE_NOTES (object);

  if (id == PROP_CAN_UNDO)
    g_value_set_boolean (value, self->done->len > 0);
  else if (id == PROP_CAN_REDO)
    g_value_set_boolean (value, self->undone->len > 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_notes_finalize (GObject *object)
{
  SaeNotes *self = SAE_NOTES (object);

  if (self->writing)
    sae_job_cancel_and_wait (self->writing);
  g_clear_object (&self->writing);
  for (guint i = 0; i < self->unwritten->len; i++)
    write_change (self->unwritten->pdata[i], NULL);
  g_ptr_array_unref (self->unwritten);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (sae_notes_parent_class)->finalize (object);
}

static void
sae_notes_class_init (SaeNotesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_notes_get_property;
  object_class->finalize = sae_notes_finalize;
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_NOTES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", SAE_TYPE_NOTES, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sae_notes_init (SaeNotes *self)
{
  self->done = g_ptr_array_new_with_free_func (change_free);
  self->undone = g_ptr_array_new_with_free_func (change_free);
  self->unwritten = g_ptr_array_new_with_free_func (change_free);
}
