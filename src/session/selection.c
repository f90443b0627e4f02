#include "session/selection.h"

#include <string.h>

#define MAX_STEPS 100

struct _SaeSelection {
  GObject parent_instance;

  /* Owned */
  guint8 *states;      /* (n) */
  GQueue undos, redos; /* of GBytes (n), the latest first */

  guint n, n_selected, n_hidden;
};

G_DEFINE_FINAL_TYPE (SaeSelection, sae_selection, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_N_SELECTED,
  PROP_N_HIDDEN,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
forget (GQueue *steps)
{
  g_queue_clear_full (steps, (GDestroyNotify)g_bytes_unref);
}

static void
sae_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeSelection *self = SAE_SELECTION (object);

  switch (id) {
  case PROP_N_SELECTED:
    g_value_set_uint (value, self->n_selected);
    break;
  case PROP_N_HIDDEN:
    g_value_set_uint (value, self->n_hidden);
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, sae_selection_can_undo (self));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, sae_selection_can_redo (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_selection_finalize (GObject *object)
{
  SaeSelection *self = SAE_SELECTION (object);

  g_free (self->states);
  forget (&self->undos);
  forget (&self->redos);
  G_OBJECT_CLASS (sae_selection_parent_class)->finalize (object);
}

static void
sae_selection_class_init (SaeSelectionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_selection_get_property;
  object_class->finalize = sae_selection_finalize;
  properties[PROP_N_SELECTED] =
      g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_HIDDEN] =
      g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_selection_init (SaeSelection *self)
{
  g_queue_init (&self->undos);
  g_queue_init (&self->redos);
  self->states = g_new0 (guint8, 1);
}

SaeSelection *
sae_selection_new (void)
{
  return g_object_new (SAE_TYPE_SELECTION, NULL);
}

static void
tell (SaeSelection *self)
{
  self->n_selected = self->n_hidden = 0;
  for (guint i = 0; i < self->n; i++) {
    self->n_selected += (self->states[i] & SAE_POINT_SELECTED) != 0;
    self->n_hidden += (self->states[i] & SAE_POINT_HIDDEN) != 0;
  }
  for (guint i = 1; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
sae_selection_reset (SaeSelection *self, guint n)
{
  forget (&self->undos);
  forget (&self->redos);
  g_free (self->states);
  self->states = g_new0 (guint8, MAX (n, 1));
  self->n = n;
  tell (self);
}

guint
sae_selection_get_n (SaeSelection *self)
{
  return self->n;
}

const guint8 *
sae_selection_get_states (SaeSelection *self)
{
  return self->states;
}

guint
sae_selection_get_n_selected (SaeSelection *self)
{
  return self->n_selected;
}

guint
sae_selection_get_n_hidden (SaeSelection *self)
{
  return self->n_hidden;
}

gboolean
sae_selection_contains (SaeSelection *self, guint point)
{
  return point < self->n && (self->states[point] & SAE_POINT_SELECTED) != 0;
}

static GBytes *
keep (SaeSelection *self)
{
  return g_bytes_new (self->states, self->n);
}

/* Takes over next (n): a step to undo if it is another state. */
static void
step (SaeSelection *self, guint8 *next)
{
  if (memcmp (next, self->states, self->n) == 0) {
    g_free (next);
    return;
  }
  g_queue_push_head (&self->undos, keep (self));
  if (g_queue_get_length (&self->undos) > MAX_STEPS)
    g_bytes_unref (g_queue_pop_tail (&self->undos));
  forget (&self->redos);
  g_free (self->states);
  self->states = next;
  tell (self);
}

static guint8
apply_mode (guint8 state, gboolean in_mask, SaeSelectMode mode)
{
  if (state & SAE_POINT_HIDDEN)
    return state;
  if (mode == SAE_SELECT_SUBTRACT)
    return in_mask ? 0 : state;
  return in_mask ? SAE_POINT_SELECTED : mode == SAE_SELECT_ADD ? state : 0;
}

void
sae_selection_apply (SaeSelection *self, const guint8 *mask, SaeSelectMode mode)
{
  guint8 *next = g_new (guint8, MAX (self->n, 1));

  for (guint i = 0; i < self->n; i++)
    next[i] = apply_mode (self->states[i], mask[i] != 0, mode);
  step (self, next);
}

void
sae_selection_apply_one (SaeSelection *self, guint point, SaeSelectMode mode)
{
  guint8 *next = g_new (guint8, MAX (self->n, 1));

  for (guint i = 0; i < self->n; i++)
    next[i] = apply_mode (self->states[i], i == point, mode);
  step (self, next);
}

/* What becomes of a point of each state: shown, selected, hidden. */
static void
replace (SaeSelection *self, guint8 shown, guint8 selected, guint8 hidden)
{
  guint8 *next = g_new (guint8, MAX (self->n, 1));

  for (guint i = 0; i < self->n; i++)
    next[i] = self->states[i] & SAE_POINT_HIDDEN     ? hidden
              : self->states[i] & SAE_POINT_SELECTED ? selected
                                                     : shown;
  step (self, next);
}

void
sae_selection_clear (SaeSelection *self)
{
  replace (self, 0, 0, SAE_POINT_HIDDEN);
}

void
sae_selection_invert (SaeSelection *self)
{
  replace (self, SAE_POINT_SELECTED, 0, SAE_POINT_HIDDEN);
}

void
sae_selection_hide (SaeSelection *self)
{
  replace (self, 0, SAE_POINT_HIDDEN, SAE_POINT_HIDDEN);
}

void
sae_selection_isolate (SaeSelection *self)
{
  if (self->n_selected > 0)
    replace (self, SAE_POINT_HIDDEN, 0, SAE_POINT_HIDDEN);
}

void
sae_selection_show_all (SaeSelection *self)
{
  replace (self, 0, SAE_POINT_SELECTED, 0);
}

gboolean
sae_selection_can_undo (SaeSelection *self)
{
  return !g_queue_is_empty (&self->undos);
}

gboolean
sae_selection_can_redo (SaeSelection *self)
{
  return !g_queue_is_empty (&self->redos);
}

static void
go_back (SaeSelection *self, GQueue *from, GQueue *to)
{
  g_autoptr (GBytes) bytes = g_queue_pop_head (from);

  if (!bytes)
    return;
  g_queue_push_head (to, keep (self));
  memcpy (self->states, g_bytes_get_data (bytes, NULL), self->n);
  tell (self);
}

void
sae_selection_undo (SaeSelection *self)
{
  go_back (self, &self->undos, &self->redos);
}

void
sae_selection_redo (SaeSelection *self)
{
  go_back (self, &self->redos, &self->undos);
}
