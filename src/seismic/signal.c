#include "seismic/signal.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

/* Rates that differ by less are one rate, as in libmseed. */
#define RATE_TOLERANCE 1e-4

/* In the order of preference where an instrument has more than three. */
static const char *const component_sets[] = {"ENZ", "12Z", "123"};

/* A part of a trace. */
typedef struct {
  const SeismicTrace *trace; /* borrowed */
  size_t first, n_samples;
} Piece;

/* Samples of one component without a gap, the time of each within half a sample of
 * start_ns + index / rate_hz. */
typedef struct {
  int64_t start_ns;
  double rate_hz;
  size_t n_samples;
  GArray *pieces; /* Piece, in order; owned */
} Run;

/* One run of each component, and what they have in common. */
typedef struct {
  const Run *runs[SEISMIC_N_COMPONENTS]; /* borrowed */
  size_t offsets[SEISMIC_N_COMPONENTS];  /* of the first common sample in its run */
  size_t n_samples;
} Window;

static void
run_clear (gpointer data)
{
  Run *run = data;

  g_array_unref (run->pieces);
}

SeismicSignal *
seismic_signal_copy (const SeismicSignal *signal)
{
  SeismicSignal *copy = g_memdup2 (signal, sizeof *signal);

  copy->samples = g_memdup2 (signal->samples, SEISMIC_N_COMPONENTS * signal->n_samples *
                                                  sizeof *signal->samples);
  return copy;
}

void
seismic_signal_free (SeismicSignal *signal)
{
  if (signal == NULL)
    return;
  g_free (signal->samples);
  g_free (signal);
}

char *
seismic_signal_instrument_id (const SeismicSignal *signal)
{
  return g_strdup_printf ("%s.%s.%s.%s", signal->network, signal->station,
                          signal->location, signal->instrument);
}

void
seismic_signal_channel (const SeismicSignal *signal, size_t component, char code[8])
{
  const char letter[] = {signal->components[component], '\0'};

  g_strlcpy (code, signal->instrument, 8);
  g_strlcat (code, letter, 8);
}

bool
seismic_network_is_synthetic (const char *network)
{
  return g_str_equal (network, "SY");
}

static bool
same_instrument (const SeismicTrace *a, const SeismicTrace *b)
{
  return g_str_equal (a->network, b->network) && g_str_equal (a->station, b->station) &&
         g_str_equal (a->location, b->location) &&
         strncmp (a->channel, b->channel, 2) == 0;
}

/* Later minus earlier, which the range of int64 may not hold. */
static int64_t
elapsed_ns (int64_t later_ns, int64_t earlier_ns)
{
  int64_t difference;

  if (__builtin_sub_overflow (later_ns, earlier_ns, &difference))
    return later_ns > earlier_ns ? INT64_MAX : INT64_MIN;
  return difference;
}

/* Samples from one time to a later one, to the nearest. */
static double
samples_between (int64_t earlier_ns, int64_t later_ns, double rate_hz)
{
  const long double seconds =
      (long double)elapsed_ns (later_ns, earlier_ns) / SEISMIC_NS_PER_SECOND;

  return (double)roundl (seconds * (long double)rate_hz);
}

static int64_t
run_time_ns (const Run *run, size_t index)
{
  int64_t time_ns;

  if (__builtin_add_overflow (run->start_ns, seismic_time_of_sample (index, run->rate_hz),
                              &time_ns))
    return INT64_MAX;
  return time_ns;
}

static int64_t
run_end_ns (const Run *run)
{
  return run_time_ns (run, run->n_samples - 1);
}

/* By start; of those that start together the longest first. */
static int
compare_traces (gconstpointer a, gconstpointer b)
{
  const SeismicTrace *x = *(const SeismicTrace *const *)a;
  const SeismicTrace *y = *(const SeismicTrace *const *)b;

  if (x->start_ns != y->start_ns)
    return x->start_ns < y->start_ns ? -1 : 1;
  if (x->n_samples != y->n_samples)
    return x->n_samples > y->n_samples ? -1 : 1;
  return 0;
}

static void
runs_begin (GArray *runs, const SeismicTrace *trace)
{
  const Piece piece = {trace, 0, trace->n_samples};
  const Run run = {trace->start_ns, trace->rate_hz, trace->n_samples,
                   g_array_new (FALSE, FALSE, sizeof (Piece))};

  g_array_append_val (run.pieces, piece);
  g_array_append_val (runs, run);
}

/* The traces of one component, sorted and without overlap: what an earlier one has told
 * is not told again; what follows within half a sample goes on. */
static GArray *
merge_runs (GPtrArray *traces)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  g_array_set_clear_func (runs, run_clear);
  g_ptr_array_sort (traces, compare_traces);
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];

    if (runs->len == 0) {
      runs_begin (runs, trace);
      continue;
    }
    Run *run = &g_array_index (runs, Run, runs->len - 1);
    const double place = samples_between (run->start_ns, trace->start_ns, run->rate_hz);
    if (place > (double)run->n_samples) {
      runs_begin (runs, trace);
      continue;
    }
    const size_t n_known = run->n_samples - (size_t)place;
    if (n_known >= trace->n_samples)
      continue;
    const Piece piece = {trace, n_known, trace->n_samples - n_known};
    g_array_append_val (run->pieces, piece);
    run->n_samples += piece.n_samples;
  }
  return runs;
}

/* The common window of three runs; n_samples is 0 if there is none. */
static Window
common_window (const Run *const runs[SEISMIC_N_COMPONENTS])
{
  Window window = {.n_samples = SIZE_MAX};
  int64_t start_ns = INT64_MIN;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    start_ns = MAX (start_ns, runs[c]->start_ns);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double offset = samples_between (runs[c]->start_ns, start_ns, runs[c]->rate_hz);

    if (offset >= (double)runs[c]->n_samples)
      return (Window){0};
    window.runs[c] = runs[c];
    window.offsets[c] = (size_t)offset;
    window.n_samples = MIN (window.n_samples, runs[c]->n_samples - window.offsets[c]);
  }
  return window;
}

/* Walks along the runs of all components together; the first of the longest wins. */
static Window
longest_window (GArray *const components[SEISMIC_N_COMPONENTS])
{
  guint at[SEISMIC_N_COMPONENTS] = {0};
  Window best = {0};

  while (true) {
    const Run *runs[SEISMIC_N_COMPONENTS];
    size_t ends_first = 0;

    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      if (at[c] == components[c]->len)
        return best;
      runs[c] = &g_array_index (components[c], Run, at[c]);
      if (run_end_ns (runs[c]) < run_end_ns (runs[ends_first]))
        ends_first = c;
    }
    const Window window = common_window (runs);
    if (window.n_samples > best.n_samples)
      best = window;
    at[ends_first]++;
  }
}

/* Whether the window is less than what lies between the latest start and the earliest
 * end of the components. */
static bool
is_shortened (const Window *window, GArray *const components[SEISMIC_N_COMPONENTS])
{
  int64_t start_ns = INT64_MIN, end_ns = INT64_MAX;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const Run *first = &g_array_index (components[c], Run, 0);
    const Run *last = &g_array_index (components[c], Run, components[c]->len - 1);

    start_ns = MAX (start_ns, first->start_ns);
    end_ns = MIN (end_ns, run_end_ns (last));
  }
  const double n_whole = samples_between (start_ns, end_ns, window->runs[0]->rate_hz) + 1;
  /* One less comes of rounding at two ends. */
  return (double)window->n_samples < n_whole - 1;
}

/* The third letters that are there, each once, in the order of the alphabet. */
static void
find_letters (GPtrArray *traces, char letters[256])
{
  bool seen[256] = {false};
  size_t n = 0;

  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];

    if (trace->n_samples > 0 && strlen (trace->channel) == 3)
      seen[(unsigned char)trace->channel[2]] = true;
  }
  for (size_t letter = 1; letter < 256; letter++)
    if (seen[letter])
      letters[n++] = (char)letter;
  letters[n] = '\0';
}

/* One of the sets of which every letter is there, or NULL. */
static const char *
choose_set (const char *letters)
{
  for (size_t i = 0; i < G_N_ELEMENTS (component_sets); i++)
    if (strspn (component_sets[i], letters) == SEISMIC_N_COMPONENTS)
      return component_sets[i];
  return NULL;
}

static const char *
choose_components (GPtrArray *traces, GError **error)
{
  char letters[256];
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 1; i < traces->len; i++)
    if (!same_instrument (traces->pdata[0], traces->pdata[i])) {
      g_autofree char *a = seismic_trace_seed_id (traces->pdata[0]);
      g_autofree char *b = seismic_trace_seed_id (traces->pdata[i]);

      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS,
                   "%s and %s are of different instruments", a, b);
      return NULL;
    }
  find_letters (traces, letters);
  const char *set = choose_set (letters);
  if (set != NULL)
    return set;
  for (const char *letter = letters; *letter != '\0'; letter++)
    g_string_append_printf (list, "%s%c", list->len > 0 ? ", " : "", *letter);
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS,
               "not three components: found %s, needed E, N, Z or 1, 2, Z or 1, 2, 3",
               list->len > 0 ? list->str : "none");
  return NULL;
}

/* The traces with samples of one component; borrowed. */
static GPtrArray *
traces_of_letter (GPtrArray *traces, char letter)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < traces->len; i++) {
    SeismicTrace *trace = traces->pdata[i];

    if (trace->n_samples > 0 && strlen (trace->channel) == 3 &&
        trace->channel[2] == letter)
      g_ptr_array_add (found, trace);
  }
  return found;
}

static bool
check_rates (GPtrArray *const parts[SEISMIC_N_COMPONENTS], GError **error)
{
  const SeismicTrace *first = parts[0]->pdata[0];

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    for (guint i = 0; i < parts[c]->len; i++) {
      const SeismicTrace *trace = parts[c]->pdata[i];

      /* Written so that a rate of 0 or NaN fails as well. */
      if (trace->rate_hz > 0 && first->rate_hz > 0 && isfinite (trace->rate_hz) &&
          fabs (1 - trace->rate_hz / first->rate_hz) < RATE_TOLERANCE)
        continue;
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_RATES,
                   "%s has %.9g Hz, %s has %.9g Hz", first->channel, first->rate_hz,
                   trace->channel, trace->rate_hz);
      return false;
    }
  return true;
}

/* out (n_samples) from the run, beginning at its sample `offset`. */
static void
copy_samples (double *out, const Run *run, size_t offset, size_t n_samples)
{
  size_t n_done = 0;

  for (guint i = 0; i < run->pieces->len && n_done < n_samples; i++) {
    const Piece *piece = &g_array_index (run->pieces, Piece, i);

    if (offset >= piece->n_samples) {
      offset -= piece->n_samples;
      continue;
    }
    const size_t n = MIN (piece->n_samples - offset, n_samples - n_done);
    for (size_t j = 0; j < n; j++)
      out[n_done + j] = seismic_trace_value (piece->trace, piece->first + offset + j);
    n_done += n;
    offset = 0;
  }
}

static bool
check_finite (const SeismicSignal *signal, GError **error)
{
  char channel[8];

  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * signal->n_samples; i++) {
    if (isfinite (signal->samples[i]))
      continue;
    seismic_signal_channel (signal, i / signal->n_samples, channel);
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FINITE,
                 "%s is not a finite number at sample %zu", channel,
                 i % signal->n_samples);
    return false;
  }
  return true;
}

/* The signal of the window, without its samples. */
static SeismicSignal *
signal_of_window (const Window *window, const SeismicTrace *codes, const char *components)
{
  SeismicSignal *signal = g_new0 (SeismicSignal, 1);

  g_strlcpy (signal->network, codes->network, sizeof signal->network);
  g_strlcpy (signal->station, codes->station, sizeof signal->station);
  g_strlcpy (signal->location, codes->location, sizeof signal->location);
  g_strlcpy (signal->instrument, codes->channel, sizeof signal->instrument);
  g_strlcpy (signal->components, components, sizeof signal->components);
  signal->start_ns = run_time_ns (window->runs[0], window->offsets[0]);
  signal->rate_hz = window->runs[0]->rate_hz;
  signal->n_samples = window->n_samples;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    signal->counts_per_ms2[c] = signal->azimuths[c] = NAN;
  return signal;
}

static bool
fill_signal (SeismicSignal *signal, const Window *window, GError **error)
{
  const size_t n = window->n_samples;

  signal->samples = g_malloc_n (n, SEISMIC_N_COMPONENTS * sizeof (double));
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    copy_samples (signal->samples + c * n, window->runs[c], window->offsets[c], n);
  return check_finite (signal, error);
}

static SeismicSignal *
signal_from_traces (GPtrArray *traces, bool with_samples, GError **error)
{
  g_autoptr (GPtrArray) e = NULL, n = NULL, z = NULL;
  g_autoptr (GArray) e_runs = NULL, n_runs = NULL, z_runs = NULL;

  const char *components = choose_components (traces, error);
  if (components == NULL)
    return NULL;
  e = traces_of_letter (traces, components[0]);
  n = traces_of_letter (traces, components[1]);
  z = traces_of_letter (traces, components[2]);
  if (!check_rates ((GPtrArray *[]){e, n, z}, error))
    return NULL;

  e_runs = merge_runs (e);
  n_runs = merge_runs (n);
  z_runs = merge_runs (z);
  GArray *const runs[SEISMIC_N_COMPONENTS] = {e_runs, n_runs, z_runs};
  const Window window = longest_window (runs);
  const double rate_hz = g_array_index (e_runs, Run, 0).rate_hz;
  if ((double)window.n_samples < SEISMIC_SIGNAL_MIN_SECONDS * rate_hz) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_SHORT,
                 "the components have %.9g s in common, needed %.9g s",
                 (double)window.n_samples / rate_hz, SEISMIC_SIGNAL_MIN_SECONDS);
    return NULL;
  }

  g_autoptr (SeismicSignal) signal =
      signal_of_window (&window, traces->pdata[0], components);
  signal->has_gaps = is_shortened (&window, runs);
  if (with_samples && !fill_signal (signal, &window, error))
    return NULL;
  return g_steal_pointer (&signal);
}

SeismicSignal *
seismic_signal_from_traces (GPtrArray *traces, GError **error)
{
  return signal_from_traces (traces, true, error);
}

SeismicSignal *
seismic_signal_from_spans (GPtrArray *traces, GError **error)
{
  return signal_from_traces (traces, false, error);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const GPtrArray *x = *(const GPtrArray *const *)a;
  const GPtrArray *y = *(const GPtrArray *const *)b;
  g_autofree char *x_id = seismic_trace_seed_id (x->pdata[0]);
  g_autofree char *y_id = seismic_trace_seed_id (y->pdata[0]);

  return strcmp (x_id, y_id);
}

GPtrArray *
seismic_signal_group (GPtrArray *traces, const char *instrument)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GHashTable) by_id =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < traces->len; i++) {
    SeismicTrace *trace = traces->pdata[i];

    if (strlen (instrument) != 2 || strlen (trace->channel) != 3 ||
        strncmp (trace->channel, instrument, 2) != 0)
      continue;
    g_autofree char *id =
        g_strdup_printf ("%s.%s.%s", trace->network, trace->station, trace->location);
    GPtrArray *group = g_hash_table_lookup (by_id, id);
    if (group == NULL) {
      group = g_ptr_array_new ();
      g_ptr_array_add (groups, group);
      g_hash_table_insert (by_id, g_steal_pointer (&id), group);
    }
    g_ptr_array_add (group, trace);
  }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}
