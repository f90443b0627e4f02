#include "session/run-item.h"

struct _SaeRunItem {
  GObject parent_instance;

  /* Owned */
  AnalysisRun *run;
};

G_DEFINE_FINAL_TYPE (SaeRunItem, sae_run_item, G_TYPE_OBJECT)

SaeRunItem *
sae_run_item_new (AnalysisRun *run)
{
  SaeRunItem *self = g_object_new (SAE_TYPE_RUN_ITEM, NULL);

  self->run = run;
  return self;
}

const AnalysisRun *
sae_run_item_get_run (SaeRunItem *self)
{
  return self->run;
}

static void
sae_run_item_finalize (GObject *object)
{
  analysis_run_free (SAE_RUN_ITEM (object)->run);
  G_OBJECT_CLASS (sae_run_item_parent_class)->finalize (object);
}

static void
sae_run_item_class_init (SaeRunItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_run_item_finalize;
}

static void
sae_run_item_init (SaeRunItem *self)
{
}
