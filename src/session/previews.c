#include "session/previews.h"

#include "seismic/library.h"
#include "session/job.h"
#include <math.h>

/* So many are read by one job: opening the library is paid for once, and yet what is not
 * wanted any more is soon over. */
#define N_AT_ONCE 8

typedef struct {
  char *id;
  gboolean is_there; /* FALSE: it cannot be read */
  SaePreview preview;
} Entry;

struct _SaePreviews {
  GObject parent_instance;

  /* Owned */
  char *folder;
  GQueue kept;       /* of Entry, the latest used first */
  GHashTable *by_id; /* const char *, of its Entry → GList * of kept */
  GPtrArray *wanted; /* of char *, the next last */
  SaeJob *job;       /* NULL when nothing is wanted */
};

G_DEFINE_FINAL_TYPE (SaePreviews, sae_previews, G_TYPE_OBJECT)

enum { READY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  g_free (((Entry *)data)->id);
  g_free (data);
}

/* What a job reads. */
typedef struct {
  char *folder;
  GPtrArray *ids;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_free (batch->folder);
  g_ptr_array_unref (batch->ids);
  g_free (batch);
}

static gint8
scaled (double value, double peak)
{
  return peak > 0 ? (gint8)lround (127 * value / peak) : 0;
}

/* mean of the finite samples, and the largest distance from it. */
static double
measure (const double *samples, gsize n, double *mean)
{
  double sum = 0, peak = 0;
  gsize n_finite = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (samples[i])) {
      sum += samples[i];
      n_finite++;
    }
  *mean = n_finite > 0 ? sum / (double)n_finite : 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (samples[i]))
      peak = MAX (peak, fabs (samples[i] - *mean));
  return peak;
}

void
sae_preview_reduce (SaePreview *preview, const double *samples, gsize n)
{
  double mean = 0, peak = -1;
  const double *shown = samples;

  for (gsize c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    double other_mean = 0, other = measure (samples + c * n, n, &other_mean);

    if (other > peak) {
      peak = other;
      mean = other_mean;
      shown = samples + c * n;
    }
  }
  for (gsize k = 0; k < SAE_PREVIEW_COLUMNS; k++) {
    gsize begin = k * n / SAE_PREVIEW_COLUMNS;
    gsize end = MAX ((k + 1) * n / SAE_PREVIEW_COLUMNS, begin + 1);
    double min = INFINITY, max = -INFINITY;

    for (gsize i = begin; i < end; i++)
      if (isfinite (shown[i])) {
        min = MIN (min, shown[i] - mean);
        max = MAX (max, shown[i] - mean);
      }
    preview->min[k] = min <= max ? scaled (min, peak) : 0;
    preview->max[k] = min <= max ? scaled (max, peak) : 0;
  }
}

static gboolean
read_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Batch *batch = input;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (SeismicLibrary) library = seismic_library_open (batch->folder, false, error);

  if (!library)
    return FALSE;
  for (guint i = 0; i < batch->ids->len && !sae_job_is_cancelled (job); i++) {
    const char *id = batch->ids->pdata[i];
    g_autoptr (SeismicSignal) signal = seismic_library_read_signal (library, id, NULL);
    Entry *entry = g_new0 (Entry, 1);

    entry->id = g_strdup (id);
    entry->is_there = signal && signal->n_samples > 0;
    if (entry->is_there)
      sae_preview_reduce (&entry->preview, signal->samples, signal->n_samples);
    g_ptr_array_add (entries, entry);
  }
  *result = g_steal_pointer (&entries);
  return TRUE;
}

static void
keep (SaePreviews *self, Entry *entry)
{
  if (g_hash_table_contains (self->by_id, entry->id)) {
    entry_free (entry);
    return;
  }
  g_queue_push_head (&self->kept, entry);
  g_hash_table_insert (self->by_id, entry->id, self->kept.head);
  while (self->kept.length > SAE_PREVIEWS_KEPT) {
    Entry *oldest = g_queue_pop_tail (&self->kept);

    g_hash_table_remove (self->by_id, oldest->id);
    entry_free (oldest);
  }
}

static void read_next (SaePreviews *self);

static void
on_read (SaeJob *job, gpointer user_data)
{
  SaePreviews *self = user_data;
  g_autoptr (GPtrArray) entries = sae_job_steal_result (job);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) ready = NULL;

  gboolean failed = sae_job_get_state (job) == SAE_JOB_FAILED;

  if (job != self->job) /* of a library that was closed meanwhile */
    return;
  if (entries)
    g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; entries && i < entries->len; i++) {
    g_strv_builder_add (ids, ((Entry *)entries->pdata[i])->id);
    keep (self, entries->pdata[i]);
  }
  g_clear_object (&self->job);
  ready = g_strv_builder_end (ids);
  for (char **id = ready; *id; id++)
    g_signal_emit (self, signals[READY], 0, *id);
  if (!failed)
    read_next (self);
}

static void
read_next (SaePreviews *self)
{
  Batch *batch = NULL;

  while (!self->job && self->folder && self->wanted->len > 0 &&
         !(batch && batch->ids->len == N_AT_ONCE)) {
    char *id = g_ptr_array_steal_index (self->wanted, self->wanted->len - 1);

    if (g_hash_table_contains (self->by_id, id)) {
      g_free (id);
      continue;
    }
    if (!batch) {
      batch = g_new (Batch, 1);
      batch->folder = g_strdup (self->folder);
      batch->ids = g_ptr_array_new_with_free_func (g_free);
    }
    g_ptr_array_add (batch->ids, id);
  }
  if (batch)
    self->job =
        sae_job_start (SAE_JOB_SIGNAL, read_in_thread, batch, batch_free,
                       (GDestroyNotify)g_ptr_array_unref, on_read, G_OBJECT (self));
}

void
sae_previews_want (SaePreviews *self, const char *const *ids)
{
  guint n = g_strv_length ((char **)ids);

  g_ptr_array_set_size (self->wanted, 0);
  for (guint i = n; i-- > 0;)
    g_ptr_array_add (self->wanted, g_strdup (ids[i]));
  read_next (self);
}

const SaePreview *
sae_previews_get (SaePreviews *self, const char *id)
{
  GList *link = g_hash_table_lookup (self->by_id, id);
  Entry *entry = link ? link->data : NULL;

  if (!entry)
    return NULL;
  g_queue_unlink (&self->kept, link);
  g_queue_push_head_link (&self->kept, link);
  return entry->is_there ? &entry->preview : NULL;
}

/* What is being read is of no interest any more. */
static void
forget (SaePreviews *self)
{
  if (self->job)
    sae_job_cancel (self->job);
  g_clear_object (&self->job);
  g_ptr_array_set_size (self->wanted, 0);
  g_hash_table_remove_all (self->by_id);
  g_queue_clear_full (&self->kept, entry_free);
}

void
sae_previews_set_folder (SaePreviews *self, const char *folder)
{
  char *copy = g_strdup (folder);

  forget (self);
  g_free (self->folder);
  self->folder = copy;
}

SaePreviews *
sae_previews_new (void)
{
  return g_object_new (SAE_TYPE_PREVIEWS, NULL);
}

static void
sae_previews_dispose (GObject *object)
{
  SaePreviews *self = SAE_PREVIEWS (object);

  if (self->job)
    sae_job_cancel_and_wait (self->job);
  forget (self);
  G_OBJECT_CLASS (sae_previews_parent_class)->dispose (object);
}

static void
sae_previews_finalize (GObject *object)
{
  SaePreviews *self = SAE_PREVIEWS (object);

  g_free (self->folder);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->wanted);
  G_OBJECT_CLASS (sae_previews_parent_class)->finalize (object);
}

static void
sae_previews_class_init (SaePreviewsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = sae_previews_dispose;
  G_OBJECT_CLASS (class)->finalize = sae_previews_finalize;
  signals[READY] = g_signal_new ("ready", SAE_TYPE_PREVIEWS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sae_previews_init (SaePreviews *self)
{
  g_queue_init (&self->kept);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->wanted = g_ptr_array_new_with_free_func (g_free);
}
