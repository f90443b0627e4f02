/* Files too long to be held in memory with all their samples. */
#include "seismic/error.h"
#include "seismic/miniseed-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PADDING SEISMIC_MINISEED_PADDING

struct SeismicMiniseedIndex {
  /* Owned */
  char *path;
  GHashTable *places; /* key → GArray of SeismicMiniseedPlace */
  GPtrArray *keys;    /* char *: a trace's */
  GPtrArray *traces;  /* without samples */
};

void
seismic_miniseed_index_free (SeismicMiniseedIndex *index)
{
  if (index == NULL)
    return;
  g_free (index->path);
  g_clear_pointer (&index->places, g_hash_table_unref);
  g_clear_pointer (&index->keys, g_ptr_array_unref);
  g_clear_pointer (&index->traces, g_ptr_array_unref);
  g_free (index);
}

static bool
fail (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Cannot read %s: %s",
               name, g_strerror (code));
  return false;
}

static bool
check_size (int64_t n_bytes, GError **error)
{
  if (n_bytes > 0 && n_bytes <= UINT32_MAX - PADDING)
    return true;
  g_set_error (error, SEISMIC_ERROR,
               n_bytes > 0 ? SEISMIC_ERROR_TOO_LARGE : SEISMIC_ERROR_EMPTY,
               "%" G_GINT64_FORMAT " bytes", n_bytes);
  return false;
}

/* The file with PADDING zeros behind it: those of its last page, or of the page after. To
 * be unmapped (*n_bytes + PADDING). What is written on it stays here. */
static char *
map_file (const char *path, int fd, size_t *n_bytes, GError **error)
{
  struct stat status;
  if (fd < 0 || fstat (fd, &status) != 0) {
    fail (path, errno, error);
    return NULL;
  }
  if (!check_size (status.st_size, error))
    return NULL;
  *n_bytes = (size_t)status.st_size;
  char *bytes = mmap (NULL, *n_bytes + PADDING, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (bytes == MAP_FAILED) {
    fail (path, errno, error);
    return NULL;
  }
  if (mmap (bytes, *n_bytes, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, fd, 0) == MAP_FAILED) {
    fail (path, errno, error);
    munmap (bytes, *n_bytes + PADDING);
    return NULL;
  }
  return bytes;
}

SeismicMiniseedIndex *
seismic_miniseed_index_new (const char *path, SeismicMiniseedReport *report,
                            GError **error)
{
  g_autoptr (SeismicMiniseedIndex) index = g_new0 (SeismicMiniseedIndex, 1);
  size_t n_bytes = 0;
  index->path = g_strdup (path);
  index->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify)g_array_unref);
  index->keys = g_ptr_array_new_with_free_func (g_free);
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char *bytes = map_file (path, fd, &n_bytes, error);
  if (fd >= 0)
    close (fd);
  if (bytes == NULL)
    return NULL;
  const bool done = seismic_miniseed_read_padded (
      bytes, n_bytes, index->places, index->keys, &index->traces, report, error);
  munmap (bytes, n_bytes + PADDING);
  return done ? g_steal_pointer (&index) : NULL;
}

GPtrArray *
seismic_miniseed_index_get_traces (SeismicMiniseedIndex *index)
{
  return index->traces;
}

/* The records of one channel, one behind the other. */
static GByteArray *
read_places (const SeismicMiniseedIndex *index, int fd, const char *key, GError **error)
{
  const GArray *places = g_hash_table_lookup (index->places, key);
  g_autoptr (GByteArray) records = g_byte_array_new ();
  for (guint i = 0; i < places->len; i++) {
    const SeismicMiniseedPlace *place = &g_array_index (places, SeismicMiniseedPlace, i);
    const guint n_before = records->len;
    g_byte_array_set_size (records, n_before + place->length);
    const ssize_t n = pread (fd, records->data + n_before, place->length, place->offset);
    if (n != (ssize_t)place->length) {
      fail (index->path, n < 0 ? errno : ENODATA, error);
      return NULL;
    }
  }
  return g_steal_pointer (&records);
}

static bool
read_channels (const SeismicMiniseedIndex *index, int fd, SeismicMiniseedFilter filter,
               void *user_data, GPtrArray *traces, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < index->traces->len; i++) {
    char *key = index->keys->pdata[i];
    if (!filter (index->traces->pdata[i], user_data) || !g_hash_table_add (taken, key))
      continue;
    g_autoptr (GPtrArray) some = NULL;
    g_autoptr (GByteArray) records = read_places (index, fd, key, error);
    if (records == NULL ||
        !seismic_miniseed_read (records->data, records->len, &some, NULL, error))
      return false;
    g_ptr_array_extend_and_steal (traces, g_steal_pointer (&some));
  }
  return true;
}

GPtrArray *
seismic_miniseed_index_read (SeismicMiniseedIndex *index, SeismicMiniseedFilter filter,
                             void *user_data, GError **error)
{
  g_autoptr (GPtrArray) traces =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  const int fd = open (index->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    fail (index->path, errno, error);
    return NULL;
  }
  const bool done = read_channels (index, fd, filter, user_data, traces, error);
  close (fd);
  return done ? g_steal_pointer (&traces) : NULL;
}
