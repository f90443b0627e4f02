/* SaeExportDialog: what is shown as a picture, or the chosen signals as files for other
 * programs. The file chooser comes after it; then the work is the session's job, or for a
 * picture done at once.
 *
 * Signal: "picture-saved" (const char *path, const GError *error): error is NULL where it
 * was. */
#pragma once

#include "app/chart.h"
#include "session/export.h"
#include <adwaita.h>

/* What can be exported; copied, with new references. */
typedef struct {
  SaeSession *session;
  GPtrArray *items;       /* of SaeSignalItem: the chosen signals */
  SaeChart *chart;        /* what is shown, or NULL */
  const char *chart_name; /* of its file, without a suffix: "73291880.NC.CTA..HN" */
  const char *chart_title, *chart_subtitle; /* its first lines */
  SeismicProcessing processing;             /* of what is shown */
  gboolean as_network;
  int64_t from_ns, to_ns; /* the selected window; SEISMIC_TIME_UNSET without one */
} SaeExportOffer;

#define SAE_TYPE_EXPORT_DIALOG (sae_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SaeExportDialog, sae_export_dialog, SAE, EXPORT_DIALOG, AdwWindow)

GtkWindow *sae_export_dialog_new (const SaeExportOffer *offer, GtkWindow *parent);
/* "3 signals written to “Records”, 1 skipped"; free with g_free. */
char *sae_export_dialog_summary (const SaeExportReport *report, gboolean cancelled);
