#include "analysis/run-file.h"
#include "analysis/error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_NAME "runs"
#define TRASH_NAME ".trash"
#define CURRENT_NAME "current"
#define SUFFIX ".safetensors"
#define TRASH_MOST_US (30 * G_TIME_SPAN_DAY)
#define CURRENT_MOST_BYTES 1024

/* What is in the way of text being a name; NULL: nothing. */
static const char *
find_flaw (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return "it is not UTF-8";
  if (*text == '\0')
    return "it is empty";
  if (g_utf8_strlen (text, -1) > ANALYSIS_RUN_NAME_MOST ||
      strlen (text) > ANALYSIS_RUN_NAME_MOST_BYTES)
    return "it is too long";
  if (*text == '.')
    return "it begins with a point";
  if (strpbrk (text, "/\\,=") != NULL)
    return "it has a slash, a backslash, a comma or an equals sign";
  gunichar last = g_utf8_get_char (text);
  if (g_unichar_isspace (last))
    return "it begins with a blank";
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    last = g_utf8_get_char (c);
    if (g_unichar_iscntrl (last))
      return "it has a control character";
  }
  return g_unichar_isspace (last) ? "it ends with a blank" : NULL;
}

bool
analysis_run_check_name (const char *name, GError **error)
{
  const char *flaw = find_flaw (name);
  if (flaw == NULL)
    return true;
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
               "\"%s\" cannot be the name of a run: %s", shown, flaw);
  return false;
}

char *
analysis_run_path (const char *folder, const char *name)
{
  if (strcmp (name, ANALYSIS_RUN_DEFAULT) == 0)
    return g_build_filename (folder, ANALYSIS_RUN_DEFAULT SUFFIX, NULL);
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);
  return g_build_filename (folder, FOLDER_NAME, file, NULL);
}

bool
analysis_run_exists (const char *folder, const char *name)
{
  if (find_flaw (name) != NULL)
    return false;
  g_autofree char *path = analysis_run_path (folder, name);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static bool
check_exists (const char *folder, const char *name, GError **error)
{
  if (analysis_run_exists (folder, name))
    return true;
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the library has no run \"%s\"",
               shown);
  return false;
}

static bool
check_new (const char *folder, const char *name, GError **error)
{
  if (!analysis_run_check_name (name, error))
    return false;
  if (!analysis_run_exists (folder, name))
    return true;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "the library has a run \"%s\"",
               name);
  return false;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The names in a folder that are something and ".safetensors": that something, sorted. */
static char **
list_files (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GDir *directory = g_dir_open (path, 0, NULL);
  for (const char *entry; directory && (entry = g_dir_read_name (directory)) != NULL;)
    if (g_str_has_suffix (entry, SUFFIX))
      g_ptr_array_add (names, g_strndup (entry, strlen (entry) - strlen (SUFFIX)));
  g_clear_pointer (&directory, g_dir_close);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_steal (names, NULL);
}

char **
analysis_run_list_names (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FOLDER_NAME, NULL);
  g_auto (GStrv) files = list_files (path);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  /* One of the default's name below runs/ would never be looked at. */
  for (size_t i = 0; files[i] != NULL; i++)
    if (strcmp (files[i], ANALYSIS_RUN_DEFAULT) != 0 &&
        analysis_run_exists (folder, files[i]))
      g_ptr_array_add (names, g_strdup (files[i]));
  if (analysis_run_exists (folder, ANALYSIS_RUN_DEFAULT))
    g_ptr_array_add (names, g_strdup (ANALYSIS_RUN_DEFAULT));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_steal (names, NULL);
}

char *
analysis_run_new_name (const char *folder, const char *wish)
{
  g_autofree char *stem = g_strdup (wish != NULL ? wish : ANALYSIS_RUN_DEFAULT);
  char *name = g_strdup (stem);
  for (unsigned i = 2; analysis_run_exists (folder, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s-%u", stem, i);
    while (find_flaw (name) != NULL) { /* too long: the number takes a letter's place */
      *g_utf8_find_prev_char (stem, stem + strlen (stem)) = '\0';
      g_free (name);
      name = g_strdup_printf ("%s-%u", stem, i);
    }
  }
  return name;
}

/* What FOLDER/runs/current says; NULL when there is none, or nonsense. */
static char *
read_chosen (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FOLDER_NAME, CURRENT_NAME, NULL);
  g_autofree char *text = NULL;
  size_t size;
  if (!g_file_get_contents (path, &text, &size, NULL) || size > CURRENT_MOST_BYTES)
    return NULL;
  if (size > 0 && text[size - 1] == '\n')
    text[size - 1] = '\0';
  return find_flaw (text) == NULL ? g_steal_pointer (&text) : NULL;
}

static bool
write_chosen (const char *folder, const char *name, GError **error)
{
  g_autofree char *runs = g_build_filename (folder, FOLDER_NAME, NULL);
  g_autofree char *path = g_build_filename (runs, CURRENT_NAME, NULL);
  g_autofree char *line = g_strconcat (name, "\n", NULL);
  g_autoptr (GError) reason = NULL;
  g_mkdir_with_parents (runs, 0777); /* writing tells if it failed */
  if (g_file_set_contents_full (
          path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
          0666, &reason))
    return true;
  g_set_error (error, G_IO_ERROR, g_io_error_from_file_error ((GFileError)reason->code),
               "%s: %s", path, reason->message);
  return false;
}

static int64_t
changed_us (const char *folder, const char *name)
{
  g_autofree char *path = analysis_run_path (folder, name);
  GStatBuf status;
  if (g_stat (path, &status) != 0)
    return G_MININT64;
  return (int64_t)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
}

char *
analysis_run_get_current (const char *folder)
{
  g_autofree char *chosen = read_chosen (folder);
  if (chosen != NULL && analysis_run_exists (folder, chosen))
    return g_steal_pointer (&chosen);
  g_auto (GStrv) names = analysis_run_list_names (folder);
  size_t newest = 0;
  for (size_t i = 1; names[0] != NULL && names[i] != NULL; i++)
    if (changed_us (folder, names[i]) > changed_us (folder, names[newest]))
      newest = i;
  return g_strdup (names[newest]);
}

bool
analysis_run_use (const char *folder, const char *name, GError **error)
{
  if (!check_exists (folder, name, error))
    return false;
  /* Of one run there is nothing to choose, and an old library stays as it is. */
  g_autofree char *chosen = read_chosen (folder);
  g_auto (GStrv) names = analysis_run_list_names (folder);
  if (g_strcmp0 (chosen, name) == 0 || (chosen == NULL && names[1] == NULL))
    return true;
  return write_chosen (folder, name, error);
}

/* Moves a file, into a folder that is made where it is missing, over nothing. */
static bool
move (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autofree char *parent = g_path_get_dirname (to);
  g_mkdir_with_parents (parent, 0777); /* moving tells if it failed */
  return g_file_move (source, target, G_FILE_COPY_NO_FALLBACK_FOR_MOVE, NULL, NULL, NULL,
                      error);
}

bool
analysis_run_rename (const char *folder, const char *name, const char *new_name,
                     GError **error)
{
  if (!check_exists (folder, name, error) || !check_new (folder, new_name, error))
    return false;
  g_autofree char *from = analysis_run_path (folder, name);
  g_autofree char *to = analysis_run_path (folder, new_name);
  g_autofree char *current = analysis_run_get_current (folder);
  return move (from, to, error) &&
         (g_strcmp0 (current, name) != 0 || write_chosen (folder, new_name, error));
}

bool
analysis_run_duplicate (const char *folder, const char *name, const char *new_name,
                        GError **error)
{
  if (!check_exists (folder, name, error) || !check_new (folder, new_name, error))
    return false;
  /* The newest would be the current one where none was chosen. */
  g_autofree char *current = analysis_run_get_current (folder);
  if (!write_chosen (folder, current, error))
    return false;
  g_autofree char *from = analysis_run_path (folder, name);
  g_autofree char *to = analysis_run_path (folder, new_name);
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) copy = g_file_new_for_path (part);
  if (g_file_copy (source, copy, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                   NULL, NULL, NULL, error) &&
      move (part, to, error))
    return true;
  g_unlink (part);
  return false;
}

/* "TIME-NAME" in the trash: µs since 1970, 16 digits, so that names sort by time. */
static bool
parse_ticket (const char *ticket, int64_t *time_us, const char **name)
{
  enum { DIGITS = 16 };
  g_autofree char *digits = g_strndup (ticket, DIGITS);
  guint64 value;
  if (strlen (digits) < DIGITS || ticket[DIGITS] != '-' ||
      !g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, &value, NULL) ||
      find_flaw (ticket + DIGITS + 1) != NULL)
    return false;
  *time_us = (int64_t)value;
  *name = ticket + DIGITS + 1;
  return true;
}

static char *
trash_path (const char *folder, const char *ticket)
{
  g_autofree char *file = g_strconcat (ticket, SUFFIX, NULL);
  return g_build_filename (folder, FOLDER_NAME, TRASH_NAME, file, NULL);
}

char *
analysis_run_ticket_name (const char *ticket)
{
  int64_t time_us;
  const char *name;
  return parse_ticket (ticket, &time_us, &name) ? g_strdup (name) : NULL;
}

char **
analysis_run_list_deleted (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FOLDER_NAME, TRASH_NAME, NULL);
  g_auto (GStrv) files = list_files (path);
  g_autoptr (GPtrArray) tickets = g_ptr_array_new ();
  for (size_t i = g_strv_length (files); i > 0; i--) {
    g_autofree char *name = analysis_run_ticket_name (files[i - 1]);
    if (name != NULL)
      g_ptr_array_add (tickets, g_strdup (files[i - 1]));
  }
  g_ptr_array_add (tickets, NULL);
  return (char **)g_ptr_array_steal (tickets, NULL);
}

void
analysis_run_purge (const char *folder, const char *ticket)
{
  g_autofree char *name = analysis_run_ticket_name (ticket);
  g_autofree char *path = trash_path (folder, ticket);
  if (name != NULL)
    g_unlink (path);
}

static void
purge_old (const char *folder, int64_t now_us)
{
  g_auto (GStrv) tickets = analysis_run_list_deleted (folder);
  for (size_t i = 0; tickets[i] != NULL; i++) {
    int64_t time_us;
    const char *name;
    if (parse_ticket (tickets[i], &time_us, &name) && now_us - time_us > TRASH_MOST_US)
      analysis_run_purge (folder, tickets[i]);
  }
}

bool
analysis_run_delete (const char *folder, const char *name, char **ticket, GError **error)
{
  if (!check_exists (folder, name, error))
    return false;
  /* The name stays written as the current one's: whoever restores it finds it so. */
  g_autofree char *current = analysis_run_get_current (folder);
  if (g_strcmp0 (current, name) == 0 && !write_chosen (folder, name, error))
    return false;
  const int64_t now_us = g_get_real_time ();
  g_autofree char *made = g_strdup_printf ("%016" G_GINT64_FORMAT "-%s", now_us, name);
  g_autofree char *from = analysis_run_path (folder, name);
  g_autofree char *to = trash_path (folder, made);
  if (!move (from, to, error))
    return false;
  purge_old (folder, now_us);
  *ticket = g_steal_pointer (&made);
  return true;
}

bool
analysis_run_restore (const char *folder, const char *ticket, char **name, GError **error)
{
  int64_t time_us;
  const char *old_name;
  g_autofree char *from = trash_path (folder, ticket);
  if (!parse_ticket (ticket, &time_us, &old_name) ||
      !g_file_test (from, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "no run was deleted as \"%s\", or it is gone", ticket);
    return false;
  }
  g_autofree char *free_name = analysis_run_new_name (folder, old_name);
  g_autofree char *to = analysis_run_path (folder, free_name);
  if (!move (from, to, error))
    return false;
  if (name != NULL)
    *name = g_steal_pointer (&free_name);
  return true;
}
