#include "app/point-row.h"

struct _SaePointRow {
  GObject parent_instance;

  /* Owned */
  SaeSignalItem *item;

  guint point;
  double value;
};

G_DEFINE_FINAL_TYPE (SaePointRow, sae_point_row, G_TYPE_OBJECT)

static void
sae_point_row_finalize (GObject *object)
{
  g_object_unref (SAE_POINT_ROW (object)->item);
  G_OBJECT_CLASS (sae_point_row_parent_class)->finalize (object);
}

static void
sae_point_row_class_init (SaePointRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_point_row_finalize;
}

static void
sae_point_row_init (SaePointRow *self)
{
}

SaePointRow *
sae_point_row_new (guint point, SaeSignalItem *item, double value)
{
  SaePointRow *self = g_object_new (SAE_TYPE_POINT_ROW, NULL);

  self->item = g_object_ref (item);
  self->point = point;
  self->value = value;
  return self;
}

guint
sae_point_row_get_point (SaePointRow *self)
{
  return self->point;
}

const SeismicSignalInfo *
sae_point_row_get_info (SaePointRow *self)
{
  return sae_signal_item_get_info (self->item);
}

const char *
sae_point_row_get_instrument (SaePointRow *self)
{
  return sae_signal_item_get_instrument (self->item);
}

double
sae_point_row_get_value (SaePointRow *self)
{
  return self->value;
}
