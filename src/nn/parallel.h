/* The threads of the engine: one function at a time, run by all of them at once.
 *
 * They wait for work in a loop, so that a step of some microseconds can be shared out,
 * and sleep when none comes. What is computed depends on the number of threads, never on
 * their timing: the same count gives the same result, bit for bit. */
#pragma once

#include <stddef.h>

/* Sets how many threads the engine may use, 1 … 1024; 0 means as many as the
 * environment variable SAE_THREADS says, or else one for each processor, less one where
 * there are more than two, so that a window stays fluid. Not while the engine is at work.
 */
void nn_parallel_set_threads (size_t n_threads);
size_t nn_parallel_get_threads (void);

/* thread is 0 … n_threads − 1; the caller's own is 0. */
typedef void (*NnParallelFunc) (void *data, size_t thread, size_t n_threads);

/* Runs function in all threads of the engine, the caller's among them, and returns when
 * each has returned. Calls from several threads take turns. A function that itself calls
 * this has the inner function run in its own thread alone, as thread 0 of 1. */
void nn_parallel_run (NnParallelFunc function, void *data);

/* The same, in the calling thread alone where the work, of about so many nanoseconds for
 * one thread, is too short for the others to be told of it. The estimate must not depend
 * on time or threads. */
void nn_parallel_run_long (NnParallelFunc function, void *data, double nanoseconds);

/* In a function that nn_parallel_run runs: waits until every thread has come here. What
 * each wrote before is seen by all after. */
void nn_parallel_barrier (void);

/* The share of thread in n items, a multiple of grain for all but the last: *first …
 * *end − 1, perhaps none. */
void nn_parallel_share (size_t *first, size_t *end, size_t n, size_t grain, size_t thread,
                        size_t n_threads);
