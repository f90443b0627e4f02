/* SaeJobRow: one SaeJob in the list of jobs: what it does, how far it is, and a button
 * that cancels it. */
#pragma once

#include "session/job.h"
#include <adwaita.h>

#define SAE_TYPE_JOB_ROW (sae_job_row_get_type ())
G_DECLARE_FINAL_TYPE (SaeJobRow, sae_job_row, SAE, JOB_ROW, AdwBin)

GtkWidget *sae_job_row_new (SaeJob *job);
