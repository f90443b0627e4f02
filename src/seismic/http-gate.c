#include "seismic/http-gate.h"

struct SeismicHttpGate {
  gint n_references; /* atomic */
  GMutex lock;       /* of what follows */
  int64_t step_us;
  int64_t next_us; /* the first turn not taken */
  int64_t held_until_us;
};

SeismicHttpGate *
seismic_http_gate_new (double requests_per_second)
{
  SeismicHttpGate *gate = g_new0 (SeismicHttpGate, 1);
  gate->n_references = 1;
  g_mutex_init (&gate->lock);
  if (requests_per_second > 0.0)
    gate->step_us = (int64_t)MIN (1e6 / requests_per_second, 1e12);
  return gate;
}

SeismicHttpGate *
seismic_http_gate_ref (SeismicHttpGate *gate)
{
  g_atomic_int_inc (&gate->n_references);
  return gate;
}

void
seismic_http_gate_unref (SeismicHttpGate *gate)
{
  if (gate == NULL || !g_atomic_int_dec_and_test (&gate->n_references))
    return;
  g_mutex_clear (&gate->lock);
  g_free (gate);
}

int64_t
seismic_http_gate_take (SeismicHttpGate *gate, int64_t now_us)
{
  if (gate == NULL)
    return now_us;
  g_mutex_lock (&gate->lock);
  const int64_t turn_us = MAX (now_us, MAX (gate->next_us, gate->held_until_us));
  gate->next_us = turn_us + gate->step_us;
  g_mutex_unlock (&gate->lock);
  return turn_us;
}

void
seismic_http_gate_hold (SeismicHttpGate *gate, int64_t until_us)
{
  if (gate == NULL)
    return;
  g_mutex_lock (&gate->lock);
  gate->held_until_us = MAX (gate->held_until_us, until_us);
  g_mutex_unlock (&gate->lock);
}

int64_t
seismic_http_gate_held_until (SeismicHttpGate *gate)
{
  if (gate == NULL)
    return 0;
  g_mutex_lock (&gate->lock);
  const int64_t until_us = gate->held_until_us;
  g_mutex_unlock (&gate->lock);
  return until_us;
}
