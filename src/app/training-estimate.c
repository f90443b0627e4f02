#include "app/training-estimate.h"

#include "app/error-text.h"
#include "app/format.h"
#include "session/latest.h"
#include <glib/gi18n.h>

/* Of rest, before it is worth while. */
#define DELAY_MS 400

struct _SaeTrainingEstimate {
  AdwActionRow parent_instance;

  /* Owned */
  SaeLatest *latest;
  char *folder; /* of what is wanted; NULL: nothing */
  guint source; /* 0 when none is pending */

  AnalysisTrainingSettings settings;
};

G_DEFINE_FINAL_TYPE (SaeTrainingEstimate, sae_training_estimate, ADW_TYPE_ACTION_ROW)

typedef struct {
  char *folder;
  AnalysisTrainingSettings settings;
} Wish;

typedef struct {
  AnalysisEstimate estimate;
  size_t n_epochs;
} Found;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->folder);
  g_free (wish);
}

static gboolean
estimate_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Wish *wish = input;
  g_autoptr (SeismicLibrary) library = seismic_library_open (wish->folder, false, error);
  g_autofree Found *found = g_new0 (Found, 1);

  found->n_epochs = wish->settings.trainer.n_epochs;
  if (!library || !analysis_estimate (library, &wish->settings, sae_job_progress, job,
                                      &found->estimate, error))
    return FALSE;
  *result = g_steal_pointer (&found);
  return TRUE;
}

char *
sae_training_estimate_text (const AnalysisEstimate *estimate, size_t n_epochs)
{
  g_autofree char *parameters = sae_format_number ((double)estimate->n_parameters, 0);
  g_autofree char *memory = sae_format_size_about (estimate->memory_bytes);
  g_autofree char *epoch = estimate->epoch_seconds < 1
                               ? g_strdup (_ ("less than 1 s"))
                               : sae_format_duration (estimate->epoch_seconds);
  g_autofree char *all = sae_format_duration (estimate->epoch_seconds * (double)n_epochs);

  /* Translators: a number of parameters, memory as "38 MB", and two durations */
  return g_strdup_printf (_ ("%s parameters · %s of memory · %s an epoch · %s in all"),
                          parameters, memory, epoch, all);
}

static void
on_found (gpointer owner, gpointer result, const GError *error)
{
  SaeTrainingEstimate *self = owner;
  g_autofree Found *found = result;
  g_autofree char *text =
      found   ? sae_training_estimate_text (&found->estimate, found->n_epochs)
      : error ? sae_error_text (error)
              : g_strdup ("–");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
}

static gboolean
ask (gpointer data)
{
  SaeTrainingEstimate *self = data;
  Wish *wish = g_new (Wish, 1);

  self->source = 0;
  wish->folder = g_strdup (self->folder);
  wish->settings = self->settings;
  sae_latest_want (self->latest, wish);
  return G_SOURCE_REMOVE;
}

/* What is being found out already is of other settings. */
static void
ask_soon (SaeTrainingEstimate *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  sae_latest_want (self->latest, NULL);
  if (!self->folder || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Estimating…"));
  self->source = g_timeout_add (DELAY_MS, ask, self);
}

void
sae_training_estimate_want (SaeTrainingEstimate *self, const char *folder,
                            const AnalysisTrainingSettings *settings)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
  self->settings = *settings;
  ask_soon (self);
}

static void
sae_training_estimate_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sae_training_estimate_parent_class)->map (widget);
  ask_soon (SAE_TRAINING_ESTIMATE (widget));
}

static void
sae_training_estimate_dispose (GObject *object)
{
  SaeTrainingEstimate *self = SAE_TRAINING_ESTIMATE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->latest);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (sae_training_estimate_parent_class)->dispose (object);
}

static void
sae_training_estimate_class_init (SaeTrainingEstimateClass *class)
{
  G_OBJECT_CLASS (class)->dispose = sae_training_estimate_dispose;
  GTK_WIDGET_CLASS (class)->map = sae_training_estimate_map;
}

static void
sae_training_estimate_init (SaeTrainingEstimate *self)
{
  self->latest = sae_latest_new (estimate_in_thread, wish_free, g_free, on_found, self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Estimate"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "–");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
}
