#include "session/signal-item.h"

#include <math.h>
#include <string.h>

struct _SaeSignalItem {
  GObject parent_instance;

  /* Owned */
  SeismicSignalInfo *info;

  double error;
};

G_DEFINE_FINAL_TYPE (SaeSignalItem, sae_signal_item, G_TYPE_OBJECT)

enum { PROP_0, PROP_ID, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
sae_signal_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ID)
    g_value_set_string (value, SAE_SIGNAL_ITEM (object)->info->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_item_finalize (GObject *object)
{
  seismic_signal_info_free (SAE_SIGNAL_ITEM (object)->info);
  G_OBJECT_CLASS (sae_signal_item_parent_class)->finalize (object);
}

static void
sae_signal_item_class_init (SaeSignalItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_signal_item_get_property;
  object_class->finalize = sae_signal_item_finalize;
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_signal_item_init (SaeSignalItem *self)
{
  self->error = NAN;
}

SaeSignalItem *
sae_signal_item_new (const SeismicSignalInfo *info)
{
  SaeSignalItem *self = g_object_new (SAE_TYPE_SIGNAL_ITEM, NULL);

  self->info = seismic_signal_info_copy (info);
  return self;
}

const SeismicSignalInfo *
sae_signal_item_get_info (SaeSignalItem *self)
{
  return self->info;
}

const char *
sae_signal_item_get_id (SaeSignalItem *self)
{
  return self->info->id;
}

const char *
sae_signal_item_get_instrument (SaeSignalItem *self)
{
  const char *slash = strrchr (self->info->id, '/');

  return slash ? slash + 1 : self->info->id;
}

gboolean
sae_signal_item_get_synthetic (SaeSignalItem *self)
{
  return seismic_network_is_synthetic (self->info->network);
}

double
sae_signal_item_get_error (SaeSignalItem *self)
{
  return self->error;
}

void
sae_signal_item_set_error (SaeSignalItem *self, double error)
{
  self->error = error;
}

void
sae_signal_item_set_quality (SaeSignalItem *self, const SeismicQuality *quality)
{
  self->info->quality = *quality;
}

gboolean
sae_signal_item_has_tag (SaeSignalItem *self, const char *tag)
{
  return self->info->tags && g_strv_contains ((const char *const *)self->info->tags, tag);
}

void
sae_signal_item_set_tag (SaeSignalItem *self, const char *tag, gboolean is_there)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (char **other = self->info->tags; other && *other; other++)
    if (!g_str_equal (*other, tag))
      g_strv_builder_add (tags, *other);
  if (is_there)
    g_strv_builder_add (tags, tag);
  g_strfreev (self->info->tags);
  self->info->tags = g_strv_builder_end (tags);
}

void
sae_signal_item_set_comment (SaeSignalItem *self, const char *comment)
{
  g_free (self->info->comment);
  self->info->comment = g_strdup (comment);
}

double
sae_signal_item_get_peak (SaeSignalItem *self, gboolean *physical)
{
  const SeismicSignalInfo *info = self->info;
  double most = NAN;

  *physical = TRUE;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    *physical = *physical && isfinite (info->counts_per_ms2[c]);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS && info->quality.version > 0; c++)
    most = fmax (most, info->quality.peak[c] /
                           (*physical ? fabs (info->counts_per_ms2[c]) / 100 : 1));
  return most;
}
