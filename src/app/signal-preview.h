/* SaeSignalPreview: a tiny picture of a signal, in the colour of the text around it. */
#pragma once

#include "session/previews.h"
#include <gtk/gtk.h>

#define SAE_TYPE_SIGNAL_PREVIEW (sae_signal_preview_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalPreview, sae_signal_preview, SAE, SIGNAL_PREVIEW,
                      GtkWidget)

GtkWidget *sae_signal_preview_new (void);
/* Whose picture it shows (NULL: of nothing). It is empty until it is there. */
void sae_signal_preview_set_id (SaeSignalPreview *self, const char *id);
const char *sae_signal_preview_get_id (SaeSignalPreview *self);
/* Copied; NULL for none. */
void sae_signal_preview_show (SaeSignalPreview *self, const SaePreview *preview);
gboolean sae_signal_preview_is_shown (SaeSignalPreview *self);
