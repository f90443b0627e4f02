/* SaeSelection: which of n points are selected and which hidden, with undo. Main thread.
 *
 * Properties: n-selected, n-hidden (uint), can-undo, can-redo (boolean). Signal
 * "changed": any state did. Hidden points are never selected; what a verb would not
 * change is no step to undo. */
#pragma once

#include <glib-object.h>

#define SAE_TYPE_SELECTION (sae_selection_get_type ())
G_DECLARE_FINAL_TYPE (SaeSelection, sae_selection, SAE, SELECTION, GObject)

/* Bits of a point's state. */
enum { SAE_POINT_SELECTED = 1, SAE_POINT_HIDDEN = 2 };

typedef enum { SAE_SELECT_REPLACE, SAE_SELECT_ADD, SAE_SELECT_SUBTRACT } SaeSelectMode;

SaeSelection *sae_selection_new (void);
/* n other points, none of them selected or hidden; there is nothing to undo. */
void sae_selection_reset (SaeSelection *self, guint n);

guint sae_selection_get_n (SaeSelection *self);
/* (n); borrowed until the next change. */
const guint8 *sae_selection_get_states (SaeSelection *self);
guint sae_selection_get_n_selected (SaeSelection *self);
guint sae_selection_get_n_hidden (SaeSelection *self);
gboolean sae_selection_contains (SaeSelection *self, guint point);

/* The points whose mask (n) is not 0, or one of them. */
void sae_selection_apply (SaeSelection *self, const guint8 *mask, SaeSelectMode mode);
void sae_selection_apply_one (SaeSelection *self, guint point, SaeSelectMode mode);
void sae_selection_clear (SaeSelection *self);
/* Among the shown points. */
void sae_selection_invert (SaeSelection *self);
/* Hides what is selected, or all but that, which is then no longer selected; without a
 * selection nothing happens. */
void sae_selection_hide (SaeSelection *self);
void sae_selection_isolate (SaeSelection *self);
void sae_selection_show_all (SaeSelection *self);

gboolean sae_selection_can_undo (SaeSelection *self);
gboolean sae_selection_can_redo (SaeSelection *self);
void sae_selection_undo (SaeSelection *self);
void sae_selection_redo (SaeSelection *self);
