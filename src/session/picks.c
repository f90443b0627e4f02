#include "session/picks.h"

#include "seismic/error.h"
#include "session/latest.h"
#include <math.h>
#include <string.h>

/* One change: former in the library becomes pick. Either may be NULL, of which the other
 * tells event, instrument, channel and phase. */
typedef struct {
  char *folder;
  SeismicPick *former, *pick;
} Change;

struct _SaePicks {
  GObject parent_instance;

  /* Owned */
  char *folder, *event_id, *instrument_id; /* NULL: no signal */
  GPtrArray *list;                         /* of SeismicPick, by time */
  GPtrArray *done, *undone;                /* of Change */
  SaeLatest *reading;
  GPtrArray *unwritten; /* of Change, in their order */
  SaeJob *writing;
};

G_DEFINE_FINAL_TYPE (SaePicks, sae_picks, G_TYPE_OBJECT)

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->folder);
  g_clear_pointer (&change->former, seismic_pick_free);
  g_clear_pointer (&change->pick, seismic_pick_free);
  g_free (change);
}

static SeismicPick *
copy_or_null (const SeismicPick *pick)
{
  return pick ? seismic_pick_copy (pick) : NULL;
}

static Change *
change_new (const char *folder, const SeismicPick *former, const SeismicPick *pick)
{
  Change *change = g_new (Change, 1);

  change->folder = g_strdup (folder);
  change->former = copy_or_null (former);
  change->pick = copy_or_null (pick);
  return change;
}

static gboolean
write_change (const Change *change, GError **error)
{
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (change->folder, false, error);

  if (!library)
    return FALSE;
  if (change->pick)
    return seismic_library_put_pick (library, change->pick, error);
  return seismic_library_remove_pick (library, change->former, error);
}

/* What is wanted is written even when the session is closing: nothing here is cancelled.
 */
static gboolean
write_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  const GPtrArray *changes = input;
  gboolean written = TRUE;

  for (guint i = 0; i < changes->len; i++) {
    g_autoptr (GError) flaw = NULL;

    if (!write_change (changes->pdata[i], &flaw) && written) {
      g_propagate_error (error, g_steal_pointer (&flaw));
      written = FALSE;
    }
  }
  return written;
}

static void
free_changes (gpointer changes)
{
  g_ptr_array_unref (changes);
}

static void read_again (SaePicks *self);
static void write_next (SaePicks *self);

static void
on_written (SaeJob *job, gpointer user_data)
{
  SaePicks *self = user_data;
  g_autoptr (SaeJob) ended = g_steal_pointer (&self->writing);

  write_next (self);
  if (sae_job_get_error (ended)) {
    g_signal_emit (self, signals[FAILED], 0, sae_job_get_error (ended));
    read_again (self); /* what is shown is what is there */
  }
}

static void
write_next (SaePicks *self)
{
  GPtrArray *changes = self->unwritten;

  if (self->writing || changes->len == 0)
    return;
  self->unwritten = g_ptr_array_new_with_free_func (change_free);
  self->writing = sae_job_start (SAE_JOB_SIGNAL, write_in_thread, changes, free_changes,
                                 NULL, on_written, G_OBJECT (self));
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const SeismicPick *x = *(SeismicPick *const *)a, *y = *(SeismicPick *const *)b;

  return (x->time_ns > y->time_ns) - (x->time_ns < y->time_ns);
}

static gboolean
is_same_place (const SeismicPick *a, const SeismicPick *b)
{
  return strcmp (a->event_id, b->event_id) == 0 &&
         strcmp (a->instrument_id, b->instrument_id) == 0 &&
         strcmp (a->channel, b->channel) == 0 && strcmp (a->phase, b->phase) == 0 &&
         g_strcmp0 (a->author, b->author) == 0;
}

static gboolean
is_of_signal (SaePicks *self, const SeismicPick *pick)
{
  return g_strcmp0 (self->event_id, pick->event_id) == 0 &&
         g_strcmp0 (self->instrument_id, pick->instrument_id) == 0;
}

/* Shows the change where it is of this signal, and has it written. */
static void
apply (SaePicks *self, const Change *change)
{
  const SeismicPick *place = change->pick ? change->pick : change->former;
  gboolean is_here =
      is_of_signal (self, place) && g_strcmp0 (self->folder, change->folder) == 0;

  for (guint i = self->list->len; is_here && i-- > 0;)
    if (is_same_place (self->list->pdata[i], place))
      g_ptr_array_remove_index (self->list, i);
  if (is_here && change->pick) {
    g_ptr_array_add (self->list, seismic_pick_copy (change->pick));
    g_ptr_array_sort (self->list, compare_times);
  }
  g_ptr_array_add (self->unwritten,
                   change_new (change->folder, change->former, change->pick));
  write_next (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
do_change (SaePicks *self, const SeismicPick *former, const SeismicPick *pick)
{
  Change *change = change_new (self->folder, former, pick);

  g_ptr_array_set_size (self->undone, 0);
  g_ptr_array_add (self->done, change);
  apply (self, change);
}

void
sae_picks_put (SaePicks *self, const char *channel, const char *phase, int64_t time_ns,
               double uncertainty_s)
{
  g_autoptr (SeismicPick) pick = NULL;
  const SeismicPick *former = NULL;

  if (!self->event_id)
    return;
  pick = seismic_pick_new (self->event_id, self->instrument_id, channel, phase, time_ns);
  pick->uncertainty_s = uncertainty_s;
  for (guint i = 0; i < self->list->len && !former; i++)
    if (is_same_place (self->list->pdata[i], pick))
      former = self->list->pdata[i];
  do_change (self, former, pick);
}

void
sae_picks_remove (SaePicks *self, guint i)
{
  if (i < self->list->len)
    do_change (self, self->list->pdata[i], NULL);
}

/* The last change of one list goes to the other, the way it is applied. */
static gboolean
turn (SaePicks *self, GPtrArray *from, GPtrArray *to, gboolean backwards)
{
  Change *change, *applied;

  if (from->len == 0)
    return FALSE;
  change = g_ptr_array_steal_index (from, from->len - 1);
  applied = change_new (change->folder, backwards ? change->pick : change->former,
                        backwards ? change->former : change->pick);
  g_ptr_array_add (to, change);
  apply (self, applied);
  change_free (applied);
  return TRUE;
}

gboolean
sae_picks_undo (SaePicks *self)
{
  return turn (self, self->done, self->undone, TRUE);
}

gboolean
sae_picks_redo (SaePicks *self)
{
  return turn (self, self->undone, self->done, FALSE);
}

typedef struct {
  char *folder, *event_id, *instrument_id;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->folder);
  g_free (place->event_id);
  g_free (place->instrument_id);
  g_free (place);
}

static gboolean
read_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  const Place *place = input;
  g_autoptr (SeismicLibrary) library = seismic_library_open (place->folder, false, error);

  if (library)
    *result = seismic_library_list_picks (library, place->event_id, place->instrument_id,
                                          error);
  return *result != NULL;
}

static void
free_list (gpointer list)
{
  g_ptr_array_unref (list);
}

/* Those of others are left to their authors. */
static void
on_read (gpointer owner, gpointer result, const GError *error)
{
  SaePicks *self = owner;
  g_autoptr (GPtrArray) list = result;

  if (error)
    g_signal_emit (self, signals[FAILED], 0, error);
  g_ptr_array_set_size (self->list, 0);
  for (guint i = 0; list && i < list->len; i++) {
    const SeismicPick *pick = list->pdata[i];

    if (is_of_signal (self, pick) && *pick->author == '\0')
      g_ptr_array_add (self->list, seismic_pick_copy (pick));
  }
  g_ptr_array_sort (self->list, compare_times);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_again (SaePicks *self)
{
  Place *place;

  if (!self->event_id)
    return;
  place = g_new (Place, 1);
  place->folder = g_strdup (self->folder);
  place->event_id = g_strdup (self->event_id);
  place->instrument_id = g_strdup (self->instrument_id);
  sae_latest_want (self->reading, place);
}

static void
forget_signal (SaePicks *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->event_id, g_free);
  g_clear_pointer (&self->instrument_id, g_free);
}

void
sae_picks_show (SaePicks *self, const char *folder, SaeSignalItem *item)
{
  sae_latest_want (self->reading, NULL);
  g_ptr_array_set_size (self->list, 0);
  forget_signal (self);
  if (item) {
    self->folder = g_strdup (folder);
    self->event_id = g_strdup (sae_signal_item_get_info (item)->event_id);
    self->instrument_id = g_strdup (sae_signal_item_get_instrument (item));
  }
  g_signal_emit (self, signals[CHANGED], 0);
  read_again (self);
}

guint
sae_picks_get_n (SaePicks *self)
{
  return self->list->len;
}

const SeismicPick *
sae_picks_get (SaePicks *self, guint i)
{
  return self->list->pdata[i];
}

gboolean
sae_picks_get_busy (SaePicks *self)
{
  return self->writing || sae_latest_get_busy (self->reading);
}

SaePicks *
sae_picks_new (void)
{
  return g_object_new (SAE_TYPE_PICKS, NULL);
}

static void
sae_picks_dispose (GObject *object)
{
  SaePicks *self = SAE_PICKS (object);

  if (self->writing)
    sae_job_cancel_and_wait (self->writing);
  g_clear_object (&self->writing);
  if (self->unwritten)
    write_in_thread (NULL, self->unwritten, NULL, NULL);
  g_clear_pointer (&self->unwritten, g_ptr_array_unref);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (sae_picks_parent_class)->dispose (object);
}

static void
sae_picks_finalize (GObject *object)
{
  SaePicks *self = SAE_PICKS (object);

  forget_signal (self);
  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (sae_picks_parent_class)->finalize (object);
}

static void
sae_picks_class_init (SaePicksClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = sae_picks_dispose;
  object_class->finalize = sae_picks_finalize;
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_PICKS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", SAE_TYPE_PICKS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sae_picks_init (SaePicks *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
  self->done = g_ptr_array_new_with_free_func (change_free);
  self->undone = g_ptr_array_new_with_free_func (change_free);
  self->unwritten = g_ptr_array_new_with_free_func (change_free);
  self->reading = sae_latest_new (read_in_thread, place_free, free_list, on_read, self);
}
