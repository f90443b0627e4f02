#include "session/layout.h"

#include <string.h>

typedef struct {
  SaeLayoutSettings settings;
  AnalysisMatrix xy; /* owned; no data: none */
  size_t iteration, n_iterations;
  gboolean is_last;
} Layout;

struct _SaeLayout {
  GObject parent_instance;

  /* Owned, main thread */
  Layout shown;
  Layout kept[SAE_N_LAYOUTS]; /* the last ones that were found to their end */

  /* Under lock */
  GMutex lock;
  guint run;
  SaeLayoutSettings run_settings;
  Layout pending;
  gboolean is_scheduled;
};

G_DEFINE_FINAL_TYPE (SaeLayout, sae_layout, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

SaeLayoutSettings
sae_layout_default (SaeLayoutMethod method)
{
  return (SaeLayoutSettings){
      .method = method, .perplexity = 30, .n_neighbors = 15, .seed = 1};
}

static gboolean
equal (const SaeLayoutSettings *a, const SaeLayoutSettings *b)
{
  return a->method == b->method && a->perplexity >= b->perplexity &&
         a->perplexity <= b->perplexity && a->n_neighbors == b->n_neighbors &&
         a->n_iterations == b->n_iterations && a->seed == b->seed;
}

static void
matrix_copy (AnalysisMatrix *to, const AnalysisMatrix *from)
{
  analysis_matrix_clear (to);
  analysis_matrix_init (to, from->rows, from->columns);
  memcpy (to->data, from->data, from->rows * from->columns * sizeof (float));
}

static void
layout_copy (Layout *to, const Layout *from)
{
  AnalysisMatrix xy = to->xy;

  *to = *from;
  to->xy = xy;
  matrix_copy (&to->xy, &from->xy);
}

static void
sae_layout_finalize (GObject *object)
{
  SaeLayout *self = SAE_LAYOUT (object);

  analysis_matrix_clear (&self->shown.xy);
  analysis_matrix_clear (&self->pending.xy);
  for (guint i = 0; i < SAE_N_LAYOUTS; i++)
    analysis_matrix_clear (&self->kept[i].xy);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (sae_layout_parent_class)->finalize (object);
}

static void
sae_layout_class_init (SaeLayoutClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_layout_finalize;
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_LAYOUT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_layout_init (SaeLayout *self)
{
  g_mutex_init (&self->lock);
}

SaeLayout *
sae_layout_new (void)
{
  return g_object_new (SAE_TYPE_LAYOUT, NULL);
}

guint
sae_layout_begin (SaeLayout *self, const SaeLayoutSettings *settings)
{
  guint run;

  g_mutex_lock (&self->lock);
  run = ++self->run;
  self->run_settings = *settings;
  analysis_matrix_clear (&self->pending.xy);
  g_mutex_unlock (&self->lock);
  return run;
}

void
sae_layout_reset (SaeLayout *self, const AnalysisMatrix *xy)
{
  SaeLayoutSettings pca = sae_layout_default (SAE_LAYOUT_PCA);

  sae_layout_begin (self, &pca);
  for (guint i = 0; i < SAE_N_LAYOUTS; i++)
    analysis_matrix_clear (&self->kept[i].xy);
  analysis_matrix_clear (&self->shown.xy);
  if (xy) {
    self->kept[SAE_LAYOUT_PCA].settings = pca;
    self->kept[SAE_LAYOUT_PCA].is_last = TRUE;
    matrix_copy (&self->kept[SAE_LAYOUT_PCA].xy, xy);
    layout_copy (&self->shown, &self->kept[SAE_LAYOUT_PCA]);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
take_pending (gpointer data)
{
  SaeLayout *self = data;
  Layout taken;

  g_mutex_lock (&self->lock);
  taken = self->pending;
  self->pending.xy = (AnalysisMatrix){0};
  self->is_scheduled = FALSE;
  g_mutex_unlock (&self->lock);
  if (!taken.xy.data)
    return G_SOURCE_REMOVE;

  analysis_matrix_clear (&self->shown.xy);
  self->shown = taken;
  if (taken.is_last)
    layout_copy (&self->kept[taken.settings.method], &taken);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
sae_layout_post (SaeLayout *self, guint run, const AnalysisMatrix *xy, size_t iteration,
                 size_t n_iterations, gboolean is_last)
{
  gboolean schedule = FALSE;

  g_mutex_lock (&self->lock);
  if (run == self->run && (is_last || !self->pending.xy.data)) {
    matrix_copy (&self->pending.xy, xy);
    self->pending.settings = self->run_settings;
    self->pending.iteration = iteration;
    self->pending.n_iterations = n_iterations;
    self->pending.is_last = is_last;
    schedule = !self->is_scheduled;
    self->is_scheduled = TRUE;
  }
  g_mutex_unlock (&self->lock);
  if (schedule)
    g_idle_add_full (G_PRIORITY_LOW, take_pending, g_object_ref (self), g_object_unref);
}

gboolean
sae_layout_recall (SaeLayout *self, const SaeLayoutSettings *settings)
{
  const Layout *kept = &self->kept[settings->method];

  if (!kept->xy.data ||
      (settings->method != SAE_LAYOUT_PCA && !equal (settings, &kept->settings)))
    return FALSE;
  sae_layout_begin (self, settings);
  layout_copy (&self->shown, kept);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

const AnalysisMatrix *
sae_layout_get_xy (SaeLayout *self)
{
  return &self->shown.xy;
}

SaeLayoutMethod
sae_layout_get_method (SaeLayout *self)
{
  return self->shown.settings.method;
}

size_t
sae_layout_get_iteration (SaeLayout *self)
{
  return self->shown.iteration;
}

size_t
sae_layout_get_n_iterations (SaeLayout *self)
{
  return self->shown.n_iterations;
}
