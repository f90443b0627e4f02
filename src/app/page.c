#include "app/page.h"

typedef struct {
  /* Owned */
  SaeSession *session;

  /* Borrowed */
  const char *library_state;
  AdwFlap *flap; /* or NULL */
} SaePagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SaePage, sae_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_LIBRARY_STATE,
  PROP_HAS_SIDE,
  PROP_SIDE_REVEALED,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

SaeSession *
sae_page_get_session (SaePage *self)
{
  SaePagePrivate *priv = sae_page_get_instance_private (self);

  return priv->session;
}

static void
update_library_state (SaePage *self)
{
  SaePagePrivate *priv = sae_page_get_instance_private (self);
  GListModel *items = SAE_PAGE_GET_CLASS (self)->get_items (priv->session);
  const char *state = "full";

  if (!sae_session_get_folder (priv->session))
    state = "none";
  else if (g_list_model_get_n_items (items) == 0)
    state = "bare";
  if (priv->library_state == state)
    return;
  priv->library_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIBRARY_STATE]);
  /* The button that filled the page is gone, and the focus with it. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
sae_page_set_session (SaePage *self, SaeSession *session)
{
  SaePagePrivate *priv = sae_page_get_instance_private (self);
  GListModel *items;

  if (!session || priv->session)
    return;
  priv->session = g_object_ref (session);
  items = SAE_PAGE_GET_CLASS (self)->get_items (session);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (update_library_state),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (update_library_state),
                           self, G_CONNECT_SWAPPED);
  if (SAE_PAGE_GET_CLASS (self)->session_set)
    SAE_PAGE_GET_CLASS (self)->session_set (self, session);
  update_library_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
notify_side (SaePage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_SIDE]);
}

static void
notify_revealed (SaePage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDE_REVEALED]);
}

void
sae_page_set_flap (SaePage *self, AdwFlap *flap)
{
  SaePagePrivate *priv = sae_page_get_instance_private (self);

  g_return_if_fail (!priv->flap);
  priv->flap = flap;
  g_signal_connect_object (flap, "map", G_CALLBACK (notify_side), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flap, "unmap", G_CALLBACK (notify_side), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flap, "notify::reveal-flap", G_CALLBACK (notify_revealed),
                           self, G_CONNECT_SWAPPED);
}

static void
sae_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaePagePrivate *priv = sae_page_get_instance_private (SAE_PAGE (object));

  switch (id) {
  case PROP_SESSION:
    g_value_set_object (value, priv->session);
    break;
  case PROP_LIBRARY_STATE:
    g_value_set_string (value, priv->library_state);
    break;
  case PROP_HAS_SIDE:
    g_value_set_boolean (value,
                         priv->flap && gtk_widget_get_mapped (GTK_WIDGET (priv->flap)));
    break;
  case PROP_SIDE_REVEALED:
    g_value_set_boolean (value, priv->flap && adw_flap_get_reveal_flap (priv->flap));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SaePagePrivate *priv = sae_page_get_instance_private (SAE_PAGE (object));

  if (id == PROP_SESSION)
    sae_page_set_session (SAE_PAGE (object), g_value_get_object (value));
  else if (id == PROP_SIDE_REVEALED && priv->flap)
    adw_flap_set_reveal_flap (priv->flap, g_value_get_boolean (value));
  else if (id != PROP_SIDE_REVEALED)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
sae_page_grab_focus (GtkWidget *widget)
{
  SaePage *self = SAE_PAGE (widget);
  SaePagePrivate *priv = sae_page_get_instance_private (self);

  if (g_str_equal (priv->library_state, "full") &&
      gtk_widget_grab_focus (SAE_PAGE_GET_CLASS (self)->get_focus (self)))
    return TRUE;
  /* Not of the page itself, which would ask it to grab the focus again. */
  return gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (self)), GTK_DIR_TAB_FORWARD);
}

static void
sae_page_finalize (GObject *object)
{
  SaePagePrivate *priv = sae_page_get_instance_private (SAE_PAGE (object));

  g_clear_object (&priv->session);
  G_OBJECT_CLASS (sae_page_parent_class)->finalize (object);
}

static void
sae_page_class_init (SaePageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_page_get_property;
  object_class->set_property = sae_page_set_property;
  object_class->finalize = sae_page_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = sae_page_grab_focus;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                                                  G_PARAM_READWRITE | flags);
  properties[PROP_LIBRARY_STATE] =
      g_param_spec_string ("library-state", NULL, NULL, "none", G_PARAM_READABLE | flags);
  properties[PROP_HAS_SIDE] =
      g_param_spec_boolean ("has-side", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_SIDE_REVEALED] = g_param_spec_boolean (
      "side-revealed", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_page_init (SaePage *self)
{
  SaePagePrivate *priv = sae_page_get_instance_private (self);

  priv->library_state = "none";
}
