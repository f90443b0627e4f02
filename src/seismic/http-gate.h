/* Turns for new requests, shared by threads. Knows no clock: times are microseconds of
 * the caller's monotonic one. The type and its life are in http.h. */
#pragma once

#include "seismic/http.h"

/* Takes the next turn and returns its time, now_us or later. A gate of NULL gives now. */
int64_t seismic_http_gate_take (SeismicHttpGate *gate, int64_t now_us);
/* Nobody shall ask before until_us. An earlier time than the one known changes nothing.
 */
void seismic_http_gate_hold (SeismicHttpGate *gate, int64_t until_us);
/* Until when nobody shall ask, also those that have a turn; 0: never held. */
int64_t seismic_http_gate_held_until (SeismicHttpGate *gate);
