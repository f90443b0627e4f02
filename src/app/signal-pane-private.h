/* What signal-pane.c and signal-pane-*.c share. */
#pragma once

#include "app/amplitude-button.h"
#include "app/pick-bar.h"
#include "app/processing-pane.h"
#include "app/selection-table.h"
#include "app/signal-pane.h"
#include "app/signal-views.h"

struct _SaeSignalPane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwFlap *flap;
  GtkLabel *title, *event, *badge, *gaps, *facts, *applied;
  GtkWidget *applied_row, *flaw_icon, *selection_row;
  GtkSpinner *spinner;
  SaeSignalViews *views;
  SaeViewSettings *settings;
  SaeAmplitudeButton *amplitude;
  SaeProcessingPane *processing;
  SaeSelectionTable *selection;
  SaePickBar *picks;
  GtkLabel *picks_label;
  AdwStatusPage *failure;

  /* Owned */
  SaeSignalView *view;

  gboolean numbers; /* are seen without a selection too */
};

/* signal-pane-show.c: what is told about the record beside its pictures. */
void sae_signal_pane_show_record (SaeSignalPane *self, const SaeShown *shown);
/* In the row of what was applied; "": nothing. */
void sae_signal_pane_show_note (SaeSignalPane *self, const char *text, gboolean is_flaw);
/* The numbers of the selected window; where they are asked for, of all without one. */
void sae_signal_pane_show_selection (SaeSignalPane *self);
/* The origin, what the model predicts, the picks. */
void sae_signal_pane_show_marks (SaeSignalPane *self);
