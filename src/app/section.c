#include "app/section.h"

#include <math.h>
#include <string.h>

static void
record_free (gpointer data)
{
  SaeSectionRecord *record = data;

  g_object_unref (record->item);
  g_free (record->values);
  g_free (record->label);
  g_free (record);
}

static SaeSection *
section_new (const char *folder, const SaeTreatment *treatment, size_t component)
{
  SaeSection *self = g_new0 (SaeSection, 1);

  self->folder = g_strdup (folder);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->records = g_ptr_array_new_with_free_func (record_free);
  self->treatment = *treatment;
  self->component = component;
  return self;
}

SaeSection *
sae_section_new (const char *folder, GListModel *signals, const char *event_id,
                 const SaeTreatment *treatment, size_t component)
{
  SaeSection *self = section_new (folder, treatment, component);

  for (guint i = 0; i < g_list_model_get_n_items (signals); i++) {
    SaeSignalItem *item = g_list_model_get_item (signals, i);
    const SeismicSignalInfo *info = sae_signal_item_get_info (item);

    if (strcmp (info->event_id, event_id) == 0)
      g_ptr_array_add (self->items, item);
    else
      g_object_unref (item);
  }
  return self;
}

void
sae_section_free (gpointer section)
{
  SaeSection *self = section;

  g_free (self->folder);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->records);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeSection, sae_section_free)

/* The signal's component, processed; NULL if it cannot be read or processed. */
static SaeSectionRecord *
read_one (SeismicLibrary *library, SaeSignalItem *item, const SaeSection *wanted)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  SeismicProcessing processing = wanted->treatment.processing;
  g_autoptr (SeismicRecord) raw = seismic_library_read_record (library, info->id, NULL);
  g_autoptr (SeismicRecord) record = NULL;
  SaeSectionRecord *self;

  if (!raw)
    return NULL;
  if (!sae_signal_view_has_sensitivity (item))
    processing.physical = false;
  record = seismic_record_process (raw, &processing, info->back_azimuth, NULL);
  if (!record)
    return NULL;
  self = g_new0 (SaeSectionRecord, 1);
  self->item = g_object_ref (item);
  self->n = record->signal->n_samples;
  self->rate_hz = record->signal->rate_hz;
  self->start_ns = record->signal->start_ns;
  self->values = g_memdup2 (record->signal->samples + wanted->component * self->n,
                            self->n * sizeof (double));
  self->label = g_strdup_printf ("%s.%s", info->network, info->station);
  return self;
}

static int
compare_distances (gconstpointer a, gconstpointer b)
{
  const SaeSectionRecord *x = *(SaeSectionRecord *const *)a;
  const SaeSectionRecord *y = *(SaeSectionRecord *const *)b;
  double dx = sae_signal_item_get_info (x->item)->distance_km;
  double dy = sae_signal_item_get_info (y->item)->distance_km;

  return (dx > dy) - (dx < dy);
}

gboolean
sae_section_read (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  const SaeSection *wanted = input;
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (wanted->folder, false, error);
  g_autoptr (SaeSection) done =
      section_new (wanted->folder, &wanted->treatment, wanted->component);

  if (!library)
    return FALSE;
  for (guint i = 0; i < wanted->items->len; i++) {
    SaeSignalItem *item = wanted->items->pdata[i];
    SaeSectionRecord *record = NULL;

    if (g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error))
      return FALSE;
    if (isfinite (sae_signal_item_get_info (item)->distance_km))
      record = read_one (library, item, wanted);
    if (record)
      g_ptr_array_add (done->records, record);
    else
      done->n_left_out++;
  }
  g_ptr_array_sort (done->records, compare_distances);
  *result = g_steal_pointer (&done);
  return TRUE;
}
