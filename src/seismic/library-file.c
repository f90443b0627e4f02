#include "seismic/library-file.h"
#include "seismic/error.h"
#include "seismic/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NAME_MAX_BYTES 100
#define NAME_HASH_BYTES 16
#define ORIGIN_ATTRIBUTE "user.xdg.origin.url"
#define ORIGIN_MAX_BYTES 4096
#define PIECE_BYTES ((size_t)256 << 10)

static bool
is_plain (char letter)
{
  return g_ascii_isalnum (letter) || letter == '.' || letter == '_' || letter == '-';
}

char *
seismic_library_safe_name (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++) {
    if (is_plain (*p) && !(p == text && *p == '.'))
      g_string_append_c (name, *p);
    else
      g_string_append_printf (name, "%%%02X", (unsigned char)*p);
  }
  if (name->len == 0)
    g_string_append_c (name, '%'); /* no other text gives a lone percent sign */
  if (name->len > NAME_MAX_BYTES) {
    g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    g_string_truncate (name, NAME_MAX_BYTES - NAME_HASH_BYTES - 1);
    g_string_append_printf (name, "-%.*s", NAME_HASH_BYTES, hash);
  }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static bool
is_safe_name (const char *name, size_t n_bytes)
{
  if (n_bytes == 0 || n_bytes > 2 * NAME_MAX_BYTES || name[0] == '.')
    return false;
  for (size_t i = 0; i < n_bytes; i++) {
    if (!is_plain (name[i]) && name[i] != '%')
      return false;
  }
  return true;
}

bool
seismic_library_is_safe_path (const char *path)
{
  const char *slash = strchr (path, '/');
  return slash != NULL && is_safe_name (path, (size_t)(slash - path)) &&
         is_safe_name (slash + 1, strlen (slash + 1));
}

static bool
fail (const char *what, const char *path, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s %s: %s", what, name,
               g_strerror (code));
  return false;
}

static bool
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return fail ("Cannot open the folder", folder, error);
  /* Some file systems cannot sync a folder and say EINVAL: nothing more can be done. */
  bool done = fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP;
  if (!done)
    fail ("Cannot sync the folder", folder, error);
  close (fd);
  return done;
}

static bool
write_all (int fd, const uint8_t *data, size_t n_bytes)
{
  while (n_bytes > 0) {
    ssize_t n = write (fd, data, MIN (n_bytes, (size_t)1 << 30));
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    data += n;
    n_bytes -= (size_t)n;
  }
  return true;
}

static bool
read_all (int fd, uint8_t *data, size_t n_bytes, size_t *n_read)
{
  *n_read = 0;
  while (*n_read < n_bytes) {
    ssize_t n = read (fd, data + *n_read, MIN (n_bytes - *n_read, (size_t)1 << 30));
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return false;
    if (n == 0) /* became shorter while being read */
      return true;
    *n_read += (size_t)n;
  }
  return true;
}

/* What a file is to hold: bytes, or what another file holds. */
typedef struct {
  GBytes *bytes;
  int fd;
} Content;

static bool
write_content (int fd, const Content *content)
{
  if (content->bytes != NULL) {
    size_t n_bytes = 0;
    const uint8_t *data = g_bytes_get_data (content->bytes, &n_bytes);
    return write_all (fd, data, n_bytes);
  }
  g_autofree uint8_t *piece = g_malloc (PIECE_BYTES);
  size_t n_read = PIECE_BYTES;
  while (n_read == PIECE_BYTES) {
    if (!read_all (content->fd, piece, PIECE_BYTES, &n_read) ||
        !write_all (fd, piece, n_read))
      return false;
  }
  return true;
}

static bool
write_synced (const char *path, const Content *content, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail ("Cannot create", path, error);
  bool done = write_content (fd, content) && fsync (fd) == 0;
  if (!done)
    fail ("Cannot write", path, error);
  if (close (fd) != 0 && done)
    done = fail ("Cannot write", path, error);
  return done;
}

bool
seismic_library_move_file (const char *from, const char *folder, const char *relative,
                           GError **error)
{
  g_autofree char *path = g_build_filename (folder, relative, NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  bool is_new = !g_file_test (directory, G_FILE_TEST_IS_DIR);
  if (g_mkdir_with_parents (directory, 0777) != 0)
    return fail ("Cannot create the folder", directory, error);
  if (g_rename (from, path) != 0)
    return fail ("Cannot rename to", path, error);
  if (is_new && !sync_folder (folder, error))
    return false;
  return sync_folder (directory, error);
}

static bool
put_file (const char *folder, const char *relative, const Content *content,
          GError **error)
{
  g_autofree char *path = g_build_filename (folder, relative, NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strconcat (".", name, ".part", NULL);
  g_autofree char *temporary = g_build_filename (directory, hidden, NULL);

  bool is_new = !g_file_test (directory, G_FILE_TEST_IS_DIR);
  if (g_mkdir_with_parents (directory, 0777) != 0)
    return fail ("Cannot create the folder", directory, error);
  if (write_synced (temporary, content, error) &&
      seismic_library_move_file (temporary, folder, relative, error))
    return !is_new || sync_folder (folder, error);
  g_unlink (temporary);
  return false;
}

bool
seismic_library_write_file (const char *folder, const char *relative, GBytes *bytes,
                            GError **error)
{
  return put_file (folder, relative, &(Content){.bytes = bytes}, error);
}

bool
seismic_library_copy_file (const char *folder, const char *relative, const char *from,
                           GError **error)
{
  Content content = {.fd = open (from, O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
  if (content.fd < 0)
    return fail ("Cannot open", from, error);
  bool done = put_file (folder, relative, &content, error);
  close (content.fd);
  return done;
}

static GBytes *
read_open_file (int fd, const char *path, GError **error)
{
  struct stat status;
  g_autofree char *name = g_filename_display_name (path);
  if (fstat (fd, &status) != 0) {
    fail ("Cannot read", path, error);
    return NULL;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no regular file",
                 name);
    return NULL;
  }
  if ((uint64_t)status.st_size > SEISMIC_FILE_MAX_BYTES) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%s has %" PRIu64 " bytes, more than the limit of 2 GiB", name,
                 (uint64_t)status.st_size);
    return NULL;
  }
  size_t n_bytes = (size_t)status.st_size;
  g_autofree uint8_t *data = g_try_malloc (n_bytes + 1);
  if (data == NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%s has %" G_GSIZE_FORMAT " bytes, more than the memory takes", name,
                 n_bytes);
    return NULL;
  }
  size_t n_read = 0;
  if (!read_all (fd, data, n_bytes, &n_read)) {
    fail ("Cannot read", path, error);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&data), n_read);
}

GBytes *
seismic_library_read_file (const char *path, GError **error)
{
  /* Non-blocking: a pipe must not hold up the one who only wants to hear what it is. */
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    fail ("Cannot open", path, error);
    return NULL;
  }
  GBytes *bytes = read_open_file (fd, path, error);
  close (fd);
  return bytes;
}

/* NULL if it cannot be read. */
static char *
hash_open_file (int fd, uint64_t *n_bytes)
{
  SeismicHash *hash = seismic_hash_begin ();
  g_autofree uint8_t *piece = g_malloc (PIECE_BYTES);
  size_t n_read = PIECE_BYTES;
  bool is_read = true;
  *n_bytes = 0;
  while (is_read && n_read == PIECE_BYTES) {
    is_read = read_all (fd, piece, PIECE_BYTES, &n_read);
    seismic_hash_add (hash, piece, is_read ? n_read : 0);
    *n_bytes += n_read;
  }
  g_autofree char *text = seismic_hash_end (hash);
  return is_read ? g_steal_pointer (&text) : NULL;
}

bool
seismic_library_hash_file (const char *path, char **sha256, uint64_t *n_bytes,
                           GError **error)
{
  struct stat status;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return fail ("Cannot open", path, error);
  g_autofree char *hash = NULL;
  bool is_regular = fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
  if (is_regular)
    hash = hash_open_file (fd, n_bytes);
  if (hash == NULL && is_regular)
    fail ("Cannot read", path, error);
  close (fd);
  if (!is_regular)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no regular file",
                 path);
  if (hash == NULL)
    return false;
  *sha256 = g_steal_pointer (&hash);
  return true;
}

size_t
seismic_library_read_head (const char *path, uint8_t *head, size_t n_head)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  size_t n_read = 0;
  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    read_all (fd, head, n_head, &n_read);
  if (fd >= 0)
    close (fd);
  return n_read;
}

char *
seismic_library_stamp_file (const char *path)
{
  struct stat status;
  if (stat (path, &status) != 0)
    return NULL;
  return g_strdup_printf ("%" PRIu64 "-%" PRId64 "-%" PRId64 ".%09ld",
                          (uint64_t)status.st_ino, (int64_t)status.st_size,
                          (int64_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

int
seismic_library_lock_folder (const char *folder, GError **error)
{
  int fd = -1;
  if (g_mkdir_with_parents (folder, 0777) == 0)
    fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    fail ("Cannot use the folder", folder, error);
    return -1;
  }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return fd;
  close (fd);
  g_autofree char *name = g_filename_display_name (folder);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               "%s is in use: another download into it is under way", name);
  return -1;
}

void
seismic_library_set_origin (const char *path, const char *url)
{
  setxattr (path, ORIGIN_ATTRIBUTE, url, strlen (url), 0);
}

char *
seismic_library_get_origin (const char *path)
{
  char text[ORIGIN_MAX_BYTES];
  ssize_t n = getxattr (path, ORIGIN_ATTRIBUTE, text, sizeof text);
  return n > 0 ? g_utf8_make_valid (text, n) : NULL;
}
