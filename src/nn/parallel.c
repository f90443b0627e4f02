#include "nn/parallel.h"

#include "nn/gemm.h"
#include <glib.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

/* How often a thread looks again before it lets others run, and before a worker without
 * work goes to sleep: a look takes some 10 to 50 ns. */
enum { LOOKS_BEFORE_YIELD = 4000, LOOKS_BEFORE_SLEEP = 20000 };

enum { THREADS_MOST = 1024 };

/* A thread that waits for functions to run. */
typedef struct {
  _Alignas(64) atomic_size_t runs; /* told to take part in so far */
  atomic_bool asleep;
  size_t thread; /* its number, from 1 */
  pthread_mutex_t lock;
  pthread_cond_t wake;
} Worker;

static struct {
  _Alignas(64) atomic_size_t arrived; /* at the barrier */
  _Alignas(64) atomic_size_t phase;   /* barriers passed */
  _Alignas(64) pthread_mutex_t turn;  /* held while a function is run */
  GPtrArray *workers;                 /* Worker, for as long as the program runs */
  /* The function being run: unchanged until the last of its threads is done. */
  NnParallelFunc function;
  void *data;
  size_t n_threads;
} pool = {.turn = PTHREAD_MUTEX_INITIALIZER};

static size_t threads; /* 0: never set */
/* Of the function that this thread is in: how many threads run it; 0 in none. */
static _Thread_local size_t team;

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static size_t
automatic (void)
{
  guint64 told;
  const char *variable = g_getenv ("SAE_THREADS");
  if (variable && g_ascii_string_to_unsigned (variable, 10, 1, THREADS_MOST, &told, NULL))
    return told;
  size_t n = g_get_num_processors ();
  return n > 2 ? n - 1 : n;
}

void
nn_parallel_set_threads (size_t n_threads)
{
  threads = CLAMP (n_threads > 0 ? n_threads : automatic (), 1, THREADS_MOST);
}

size_t
nn_parallel_get_threads (void)
{
  return threads > 0 ? threads : automatic ();
}

/* The last to arrive opens the barrier for the others. */
void
nn_parallel_barrier (void)
{
  if (team < 2)
    return;
  size_t phase = atomic_load_explicit (&pool.phase, memory_order_relaxed);
  if (atomic_fetch_add_explicit (&pool.arrived, 1, memory_order_acq_rel) + 1 == team) {
    atomic_store_explicit (&pool.arrived, 0, memory_order_relaxed);
    atomic_store_explicit (&pool.phase, phase + 1, memory_order_release);
    return;
  }
  for (size_t looks = 1;
       atomic_load_explicit (&pool.phase, memory_order_acquire) == phase; looks++) {
    if (looks % LOOKS_BEFORE_YIELD == 0)
      sched_yield ();
    else
      relax ();
  }
}

/* Returns when the worker is told of a run after the seen first ones. */
static void
wait_for_run (Worker *worker, size_t seen)
{
  for (size_t looks = 0; looks < LOOKS_BEFORE_SLEEP; looks++) {
    if (atomic_load_explicit (&worker->runs, memory_order_acquire) != seen)
      return;
    relax ();
  }
  pthread_mutex_lock (&worker->lock);
  /* Either start_run sees asleep, or what it did before is seen here. */
  atomic_store (&worker->asleep, true);
  while (atomic_load (&worker->runs) == seen)
    pthread_cond_wait (&worker->wake, &worker->lock);
  atomic_store (&worker->asleep, false);
  pthread_mutex_unlock (&worker->lock);
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  for (size_t seen = 0;; seen++) {
    wait_for_run (worker, seen);
    team = pool.n_threads;
    pool.function (pool.data, worker->thread, team);
    nn_parallel_barrier ();
  }
  return NULL;
}

static void
start_run (Worker *worker)
{
  atomic_fetch_add (&worker->runs, 1);
  if (atomic_load (&worker->asleep)) {
    pthread_mutex_lock (&worker->lock);
    pthread_cond_signal (&worker->wake);
    pthread_mutex_unlock (&worker->lock);
  }
}

/* The worker of that number, which is at most one more than there are. */
static Worker *
get_worker (size_t thread)
{
  if (!pool.workers)
    pool.workers = g_ptr_array_new ();
  if (pool.workers->len < thread) {
    Worker *worker = g_aligned_alloc0 (1, sizeof *worker, _Alignof(Worker));
    worker->thread = thread;
    pthread_mutex_init (&worker->lock, NULL);
    pthread_cond_init (&worker->wake, NULL);
    g_ptr_array_add (pool.workers, worker);
    g_thread_unref (g_thread_new ("engine", work, worker));
  }
  return g_ptr_array_index (pool.workers, thread - 1);
}

/* Runs function in this thread alone. */
static void
run_alone (NnParallelFunc function, void *data)
{
  size_t outer = team;
  team = 1;
  function (data, 0, 1);
  team = outer;
}

void
nn_parallel_run (NnParallelFunc function, void *data)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    /* Products are shared out here, so that BLAS needs no threads of its own. */
    nn_gemm_use_one_thread ();
    g_once_init_leave (&once, 1);
  }
  size_t n_threads = nn_parallel_get_threads ();
  if (team > 0 || n_threads == 1) {
    run_alone (function, data);
    return;
  }
  pthread_mutex_lock (&pool.turn);
  pool.function = function;
  pool.data = data;
  pool.n_threads = n_threads;
  for (size_t thread = 1; thread < n_threads; thread++)
    start_run (get_worker (thread));
  team = n_threads;
  function (data, 0, n_threads);
  nn_parallel_barrier ();
  team = 0;
  pthread_mutex_unlock (&pool.turn);
}

/* Telling threads that are awake takes some 1 µs, those asleep some 50. */
#define LONG_FROM_NANOSECONDS 2e4

void
nn_parallel_run_long (NnParallelFunc function, void *data, double nanoseconds)
{
  if (nanoseconds < LONG_FROM_NANOSECONDS)
    run_alone (function, data);
  else
    nn_parallel_run (function, data);
}

void
nn_parallel_share (size_t *first, size_t *end, size_t n, size_t grain, size_t thread,
                   size_t n_threads)
{
  size_t n_grains = (n + grain - 1) / grain;
  size_t from = n_grains * thread / n_threads * grain;
  size_t to = n_grains * (thread + 1) / n_threads * grain;
  *first = from < n ? from : n;
  *end = to < n ? to : n;
}
