/* SaeSkipsDialog: what an import left out, or a download did not get, and why. */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_SKIPS_DIALOG (sae_skips_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SaeSkipsDialog, sae_skips_dialog, SAE, SKIPS_DIALOG, AdwWindow)

/* What was left out as lines to show: a model of GtkStringObject, "item\nreason", from a
 * GPtrArray of SeismicSkip. */
GListModel *sae_skips_dialog_list (GPtrArray *skipped);
/* title NULL: how many were skipped. */
GtkWindow *sae_skips_dialog_new (GListModel *skips, const char *title, GtkWindow *parent);
