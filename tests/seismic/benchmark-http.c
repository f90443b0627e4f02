/* What three connections bring from the loopback server, into files. Arguments: MiB of a
 * body (256) and the server's address (one of its own otherwise, on the same cores). */
#include "seismic/http.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

#include <stdio.h>
#include <string.h>

#define N_WORKERS 3

typedef struct {
  char *url, *path;
  uint64_t n_bytes;
} Work;

static gpointer
run (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicHttp) http = seismic_http_new (NULL, NULL);
  g_auto (SeismicHttpReply) reply = {0};
  bool has_data = false;
  seismic_http_get_file (http, work->url, NULL, work->path, NULL, NULL, NULL, &has_data,
                         &reply, &error);
  g_assert_no_error (error);
  work->n_bytes = reply.n_bytes;
  return NULL;
}

static guint64
peak_memory_kb (void)
{
  g_autofree char *status = NULL;
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  const char *line = status != NULL ? strstr (status, "VmHWM:") : NULL;
  return line != NULL ? g_ascii_strtoull (line + 6, NULL, 10) : 0;
}

int
main (int argc, char **argv)
{
  const guint64 n_mib = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 256;
  g_autoptr (FdsnStub) stub = argc > 2 ? NULL : fdsn_stub_new (NULL, NULL);
  const char *base = argc > 2 ? argv[2] : fdsn_stub_get_base (stub);
  g_autofree char *folder = test_new_folder ();
  Work work[N_WORKERS];
  GThread *threads[N_WORKERS];
  uint64_t n_bytes = 0;
  const guint64 before_kb = peak_memory_kb ();
  const gint64 begin_us = g_get_monotonic_time ();
  for (int i = 0; i < N_WORKERS; i++) {
    work[i].url = g_strdup_printf ("%s/big?size=%" G_GUINT64_FORMAT, base, n_mib << 20);
    work[i].path = g_strdup_printf ("%s/%d", folder, i);
    threads[i] = g_thread_new ("worker", run, &work[i]);
  }
  for (int i = 0; i < N_WORKERS; i++) {
    g_thread_join (threads[i]);
    n_bytes += work[i].n_bytes;
    g_free (work[i].url);
    g_free (work[i].path);
  }
  const double seconds = (double)(g_get_monotonic_time () - begin_us) / 1e6;
  printf ("%.0f MB in %.2f s: %.0f MB/s, fsync included; %" G_GUINT64_FORMAT
          " kB more memory\n",
          (double)n_bytes / 1e6, seconds, (double)n_bytes / 1e6 / seconds,
          peak_memory_kb () - before_kb);
  test_remove_folder (folder);
  return 0;
}
