/* SaeJobRow: one SaeJob in the list of jobs: what it does, how far it is, and buttons
 * that pause it, where it can wait, and cancel it. */
#pragma once

#include "session/download.h"
#include <adwaita.h>

#define SAE_TYPE_JOB_ROW (sae_job_row_get_type ())
G_DECLARE_FINAL_TYPE (SaeJobRow, sae_job_row, SAE, JOB_ROW, AdwBin)

/* download: whose job it is, or NULL. */
GtkWidget *sae_job_row_new (SaeJob *job, SaeDownload *download);
