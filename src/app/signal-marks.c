#include "app/signal-marks.h"

#include "seismic/time.h"
#include <glib/gi18n.h>
#include <math.h>

double
sae_signal_marks_arrival_s (const SeismicSignalInfo *info, gboolean is_s)
{
  return seismic_signal_info_arrival_s (info, is_s ? SEISMIC_PHASE_S : SEISMIC_PHASE_P);
}

static void
append (GArray *marks, PlotMarkKind kind, const char *label, gboolean is_s, double time_s)
{
  PlotTraceMark mark = {.kind = kind,
                        .label = label,
                        .is_s = is_s,
                        .component = PLOT_TRACE_ALL,
                        .time_s = time_s};

  if (isfinite (time_s))
    g_array_append_val (marks, mark);
}

void
sae_signal_marks_append (GArray *marks, const SeismicSignalInfo *info, int64_t start_ns)
{
  double origin_s;

  if (info->event.time_ns == SEISMIC_TIME_UNSET)
    return;
  origin_s = (double)(info->event.time_ns - start_ns) / 1e9;
  append (marks, PLOT_MARK_ORIGIN, _ ("Origin"), FALSE, origin_s);
  append (marks, PLOT_MARK_PREDICTED, "P", FALSE,
          origin_s + sae_signal_marks_arrival_s (info, FALSE));
  append (marks, PLOT_MARK_PREDICTED, "S", TRUE,
          origin_s + sae_signal_marks_arrival_s (info, TRUE));
}
