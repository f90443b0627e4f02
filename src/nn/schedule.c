#include "nn/schedule.h"

#include <math.h>
#include <string.h>

static const char *const names[] = {
    [NN_SCHEDULE_CONSTANT] = "constant",
    [NN_SCHEDULE_COSINE] = "cosine",
};

const char *
nn_schedule_to_string (NnScheduleKind kind)
{
  return names[kind];
}

bool
nn_schedule_from_string (const char *name, NnScheduleKind *kind)
{
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp (name, names[i]) == 0) {
      *kind = (NnScheduleKind)i;
      return true;
    }
  }
  return false;
}

double
nn_schedule_factor (const NnSchedule *schedule, size_t step, size_t n_steps)
{
  size_t warmup = schedule->warmup;
  if (step < warmup)
    return (double)(step + 1) / (double)warmup;
  if (schedule->kind == NN_SCHEDULE_CONSTANT || n_steps <= warmup)
    return 1;
  double done = (double)(step - warmup) / (double)(n_steps - warmup);
  return (1 + cos (3.14159265358979323846 * (done < 1 ? done : 1))) / 2;
}
