#include "nn/safetensors.h"

#include "nn/error.h"
#include <json-glib/json-glib.h>
#include <string.h>

#define METADATA "__metadata__"
/* The format's own limit. */
#define MAX_HEADER (100u * 1000 * 1000)
/* A valid header nests no deeper; json-glib recurses on every level. */
#define MAX_NESTING 3

struct NnSafetensors {
  GArray *tensors;      /* NnTensor */
  GHashTable *index;    /* borrowed name → its place in tensors */
  GHashTable *metadata; /* string → string */
  GBytes *bytes;        /* what the tensors of a decoded file point into */
};

static const struct {
  const char *name;
  size_t n_bytes;
  NnDtype dtype;
} dtypes[] = {
    {"F32", 4, NN_DTYPE_F32},    {"F64", 8, NN_DTYPE_F64},    {"I64", 8, NN_DTYPE_I64},
    {"F16", 2, NN_DTYPE_OTHER},  {"BF16", 2, NN_DTYPE_OTHER}, {"U64", 8, NN_DTYPE_OTHER},
    {"I32", 4, NN_DTYPE_OTHER},  {"U32", 4, NN_DTYPE_OTHER},  {"I16", 2, NN_DTYPE_OTHER},
    {"U16", 2, NN_DTYPE_OTHER},  {"I8", 1, NN_DTYPE_OTHER},   {"U8", 1, NN_DTYPE_OTHER},
    {"BOOL", 1, NN_DTYPE_OTHER},
};

static void
tensor_clear (NnTensor *tensor)
{
  g_free (tensor->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnTensor, tensor_clear)

NnSafetensors *
nn_safetensors_new (void)
{
  NnSafetensors *file = g_new0 (NnSafetensors, 1);
  file->tensors = g_array_new (FALSE, FALSE, sizeof (NnTensor));
  g_array_set_clear_func (file->tensors, (GDestroyNotify)tensor_clear);
  file->index = g_hash_table_new (g_str_hash, g_str_equal);
  file->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return file;
}

void
nn_safetensors_free (NnSafetensors *file)
{
  if (!file)
    return;
  g_hash_table_unref (file->index);
  g_array_unref (file->tensors);
  g_hash_table_unref (file->metadata);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file);
}

static void
index_tensors (NnSafetensors *file)
{
  g_hash_table_remove_all (file->index);
  for (guint i = 0; i < file->tensors->len; i++)
    g_hash_table_insert (file->index, g_array_index (file->tensors, NnTensor, i).name,
                         GUINT_TO_POINTER (i));
}

static void
add (NnSafetensors *file, const char *name, NnDtype dtype, size_t value_size,
     size_t n_dimensions, const size_t *shape, const void *values)
{
  g_assert (n_dimensions <= NN_TENSOR_MAX_DIMENSIONS &&
            !g_hash_table_contains (file->index, name));
  NnTensor tensor = {.name = g_strdup (name),
                     .dtype = dtype,
                     .n_dimensions = n_dimensions,
                     .n_values = 1,
                     .bytes = values};
  for (size_t i = 0; i < n_dimensions; i++) {
    tensor.shape[i] = shape[i];
    tensor.n_values *= shape[i];
  }
  tensor.n_bytes = tensor.n_values * value_size;
  g_array_append_val (file->tensors, tensor);
  g_hash_table_insert (file->index, tensor.name,
                       GUINT_TO_POINTER (file->tensors->len - 1));
}

void
nn_safetensors_add_f32 (NnSafetensors *file, const char *name, size_t n_dimensions,
                        const size_t *shape, const float *values)
{
  add (file, name, NN_DTYPE_F32, sizeof *values, n_dimensions, shape, values);
}

void
nn_safetensors_add_f64 (NnSafetensors *file, const char *name, size_t n_dimensions,
                        const size_t *shape, const double *values)
{
  add (file, name, NN_DTYPE_F64, sizeof *values, n_dimensions, shape, values);
}

void
nn_safetensors_add_i64 (NnSafetensors *file, const char *name, size_t n_dimensions,
                        const size_t *shape, const int64_t *values)
{
  add (file, name, NN_DTYPE_I64, sizeof *values, n_dimensions, shape, values);
}

void
nn_safetensors_set_metadata (NnSafetensors *file, const char *key, const char *value)
{
  g_hash_table_replace (file->metadata, g_strdup (key), g_strdup (value));
}

static void
build_metadata (JsonBuilder *builder, GHashTable *metadata)
{
  g_autoptr (GList) keys = g_hash_table_get_keys (metadata);
  keys = g_list_sort (keys, (GCompareFunc)strcmp);
  json_builder_set_member_name (builder, METADATA);
  json_builder_begin_object (builder);
  for (GList *key = keys; key; key = key->next) {
    json_builder_set_member_name (builder, key->data);
    json_builder_add_string_value (builder, g_hash_table_lookup (metadata, key->data));
  }
  json_builder_end_object (builder);
}

static void
build_tensor (JsonBuilder *builder, const NnTensor *tensor, size_t begin)
{
  json_builder_set_member_name (builder, tensor->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dtype");
  json_builder_add_string_value (builder, dtypes[tensor->dtype].name);
  json_builder_set_member_name (builder, "shape");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < tensor->n_dimensions; i++)
    json_builder_add_int_value (builder, (gint64)tensor->shape[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "data_offsets");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, (gint64)begin);
  json_builder_add_int_value (builder, (gint64)(begin + tensor->n_bytes));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* n_bytes of numbers of value_size bytes each, between the machine's byte order and the
 * file's; the same both ways. */
static void
copy_little_endian (void *to, const void *from, size_t n_bytes, size_t value_size)
{
  /* A tensor of no numbers may have no address, which memcpy does not take. */
  if (n_bytes == 0)
    return;

  memcpy (to, from, n_bytes);
#if G_BYTE_ORDER == G_BIG_ENDIAN
  unsigned char *bytes = to;
  for (size_t i = 0; i < n_bytes; i += value_size) {
    for (size_t j = 0; j < value_size / 2; j++) {
      unsigned char swap = bytes[i + j];
      bytes[i + j] = bytes[i + value_size - 1 - j];
      bytes[i + value_size - 1 - j] = swap;
    }
  }
#endif
}

GBytes *
nn_safetensors_encode (const NnSafetensors *file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  size_t n_data = 0;
  json_builder_begin_object (builder);
  if (g_hash_table_size (file->metadata) > 0)
    build_metadata (builder, file->metadata);
  for (guint i = 0; i < file->tensors->len; i++) {
    const NnTensor *tensor = nn_safetensors_get_tensor (file, i);
    build_tensor (builder, tensor, n_data);
    n_data += tensor->n_bytes;
  }
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);

  size_t n_json = strlen (json), n_header = (n_json + 7) / 8 * 8;
  guint64 length = GUINT64_TO_LE (n_header);
  unsigned char *bytes = g_malloc (sizeof length + n_header + n_data);
  unsigned char *data = bytes + sizeof length + n_header;
  memcpy (bytes, &length, sizeof length);
  memcpy (bytes + sizeof length, json, n_json);
  memset (bytes + sizeof length + n_json, ' ', n_header - n_json);
  for (guint i = 0; i < file->tensors->len; i++) {
    const NnTensor *tensor = nn_safetensors_get_tensor (file, i);
    copy_little_endian (data, tensor->bytes, tensor->n_bytes,
                        dtypes[tensor->dtype].n_bytes);
    data += tensor->n_bytes;
  }
  return g_bytes_new_take (bytes, sizeof length + n_header + n_data);
}

static bool G_GNUC_PRINTF (2, 3) fail (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, NN_ERROR, NN_ERROR_FORMAT, "no valid safetensors file: %s",
               message);
  return false;
}

/* TRUE for one object whose brackets nest no deeper than the parser should be given, and
 * nothing but space around it. */
static bool
is_flat_object (const char *json, size_t n)
{
  size_t depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < n; i++) {
    if (in_string) {
      if (json[i] == '\\')
        i++;
      else if (json[i] == '"')
        in_string = false;
    } else if (depth == 0 && i > 0) {
      if (!g_ascii_isspace (json[i]))
        return false;
    } else if (json[i] == '"')
      in_string = true;
    else if (json[i] == '{' || json[i] == '[') {
      if (++depth > MAX_NESTING)
        return false;
    } else if (json[i] == '}' || json[i] == ']')
      depth--;
    if (i == 0 && json[i] != '{')
      return false;
  }
  return n > 0 && depth == 0;
}

static void
count_member (JsonParser *parser, JsonObject *object, const char *name, gpointer count)
{
  ++*(size_t *)count;
}

/* The members of object and of the objects in it, one deep. */
static size_t
count_members (JsonObject *object)
{
  size_t n = json_object_get_size (object);
  JsonObjectIter iter;
  JsonNode *node;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &node)) {
    if (JSON_NODE_HOLDS_OBJECT (node))
      n += json_object_get_size (json_node_get_object (node));
  }
  return n;
}

/* The header's object; json-glib keeps the last of two members of one name, the format
 * forbids two, so those parsed are counted against those kept. */
static JsonObject *
parse_header (JsonParser *parser, const char *json, size_t n, GError **error)
{
  size_t n_parsed = 0;
  g_autoptr (GError) parse_error = NULL;
  if (!g_utf8_validate_len (json, n, NULL) || !is_flat_object (json, n)) {
    fail (error, "the header is no flat JSON object");
    return NULL;
  }
  g_signal_connect (parser, "object-member", G_CALLBACK (count_member), &n_parsed);
  if (!json_parser_load_from_data (parser, json, (gssize)n, &parse_error)) {
    fail (error, "the header: %s", parse_error->message);
    return NULL;
  }
  JsonNode *root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root)) {
    fail (error, "the header is no JSON object");
    return NULL;
  }
  if (n_parsed != count_members (json_node_get_object (root))) {
    fail (error, "a name occurs twice in the header");
    return NULL;
  }
  return json_node_get_object (root);
}

static bool
read_metadata (NnSafetensors *file, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, METADATA " is no object");
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value)) {
    if (json_node_get_value_type (value) != G_TYPE_STRING)
      return fail (error, METADATA " has a value that is no string");
    nn_safetensors_set_metadata (file, key, json_node_get_string (value));
  }
  return true;
}

/* The member's array of at most max counts into values; FALSE if it is something else. */
static bool
read_counts (JsonObject *object, const char *member, size_t max, size_t *values,
             size_t *n_values)
{
  JsonNode *node = json_object_get_member (object, member);
  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    return false;
  JsonArray *array = json_node_get_array (node);
  size_t n = json_array_get_length (array);
  if (n > max)
    return false;
  for (size_t i = 0; i < n; i++) {
    JsonNode *element = json_array_get_element (array, (guint)i);
    if (json_node_get_value_type (element) != G_TYPE_INT64 ||
        json_node_get_int (element) < 0)
      return false;
    values[i] = (size_t)json_node_get_int (element);
  }
  *n_values = n;
  return true;
}

static bool
read_tensor (NnSafetensors *file, const char *name, JsonNode *node,
             const unsigned char *data, size_t n_data, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "%s is no object", name);
  JsonObject *object = json_node_get_object (node);
  const char *dtype = NULL;
  JsonNode *dtype_node = json_object_get_member (object, "dtype");
  if (dtype_node && json_node_get_value_type (dtype_node) == G_TYPE_STRING)
    dtype = json_node_get_string (dtype_node);
  size_t type = 0;
  while (type < G_N_ELEMENTS (dtypes) && g_strcmp0 (dtype, dtypes[type].name) != 0)
    type++;
  if (type == G_N_ELEMENTS (dtypes))
    return fail (error, "%s: unknown type of data", name);

  NnTensor tensor = {.dtype = dtypes[type].dtype, .n_values = 1};
  size_t offsets[2], n_offsets;
  if (!read_counts (object, "shape", NN_TENSOR_MAX_DIMENSIONS, tensor.shape,
                    &tensor.n_dimensions))
    return fail (error, "%s: not a shape", name);
  if (!read_counts (object, "data_offsets", 2, offsets, &n_offsets) || n_offsets != 2 ||
      offsets[0] > offsets[1] || offsets[1] > n_data)
    return fail (error, "%s: its data is outside of the file", name);
  for (size_t i = 0; i < tensor.n_dimensions; i++) {
    if (!g_size_checked_mul (&tensor.n_values, tensor.n_values, tensor.shape[i]))
      return fail (error, "%s: its shape is too large", name);
  }
  size_t n_bytes;
  if (!g_size_checked_mul (&n_bytes, tensor.n_values, dtypes[type].n_bytes) ||
      n_bytes != offsets[1] - offsets[0])
    return fail (error, "%s: its shape does not fit its data", name);
  tensor.name = g_strdup (name);
  tensor.bytes = data + offsets[0];
  tensor.n_bytes = n_bytes;
  g_array_append_val (file->tensors, tensor);
  return true;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const NnTensor *first = a, *second = b;
  if (first->bytes != second->bytes)
    return first->bytes < second->bytes ? -1 : 1;
  return first->n_bytes < second->n_bytes ? -1 : first->n_bytes > second->n_bytes;
}

/* Sorts the tensors by place; FALSE unless they follow each other from first to last
 * byte. */
static bool
check_places (NnSafetensors *file, const unsigned char *data, size_t n_data,
              GError **error)
{
  const unsigned char *end = data;
  g_array_sort (file->tensors, compare_places);
  for (guint i = 0; i < file->tensors->len; i++) {
    const NnTensor *tensor = nn_safetensors_get_tensor (file, i);
    if (tensor->bytes != end)
      return fail (error, "%s: its data does not follow the data before", tensor->name);
    end += tensor->n_bytes;
  }
  if (end != data + n_data)
    return fail (error, "%zu bytes at its end belong to no tensor",
                 (size_t)(data + n_data - end));
  return true;
}

NnSafetensors *
nn_safetensors_decode (GBytes *bytes, GError **error)
{
  size_t n;
  const unsigned char *start = g_bytes_get_data (bytes, &n);
  guint64 n_header = 0;
  if (n >= sizeof n_header)
    memcpy (&n_header, start, sizeof n_header);
  n_header = GUINT64_FROM_LE (n_header);
  if (n < sizeof n_header || n_header > MAX_HEADER || n_header > n - sizeof n_header) {
    fail (error, "the header is longer than the file");
    return NULL;
  }

  g_autoptr (NnSafetensors) file = nn_safetensors_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *json = (const char *)start + sizeof n_header;
  const unsigned char *data = start + sizeof n_header + n_header;
  size_t n_data = n - sizeof n_header - n_header;
  JsonObject *header = parse_header (parser, json, n_header, error);
  if (!header)
    return NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init_ordered (&iter, header);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (g_str_equal (name, METADATA)
            ? !read_metadata (file, node, error)
            : !read_tensor (file, name, node, data, n_data, error))
      return NULL;
  }
  if (!check_places (file, data, n_data, error))
    return NULL;
  index_tensors (file);
  file->bytes = g_bytes_ref (bytes);
  return g_steal_pointer (&file);
}

size_t
nn_safetensors_get_n_tensors (const NnSafetensors *file)
{
  return file->tensors->len;
}

const NnTensor *
nn_safetensors_get_tensor (const NnSafetensors *file, size_t index)
{
  return &g_array_index (file->tensors, NnTensor, index);
}

const NnTensor *
nn_safetensors_find (const NnSafetensors *file, const char *name)
{
  gpointer place;
  if (!g_hash_table_lookup_extended (file->index, name, NULL, &place))
    return NULL;
  return nn_safetensors_get_tensor (file, GPOINTER_TO_UINT (place));
}

const char *
nn_safetensors_get_metadata (const NnSafetensors *file, const char *key)
{
  return g_hash_table_lookup (file->metadata, key);
}

GHashTable *
nn_safetensors_get_all_metadata (const NnSafetensors *file)
{
  return file->metadata;
}

static bool
check_readable (const NnTensor *tensor, GError **error)
{
  if (tensor->dtype != NN_DTYPE_F32 && tensor->dtype != NN_DTYPE_F64) {
    g_set_error (error, NN_ERROR, NN_ERROR_FORMAT,
                 "%s: its numbers are neither F32 nor F64", tensor->name);
    return false;
  }
  return true;
}

/* The i-th number of an F32 or F64 tensor; the data may be unaligned. */
static double
read_value (const NnTensor *tensor, size_t i)
{
  if (tensor->dtype == NN_DTYPE_F32) {
    float value;
    copy_little_endian (&value, tensor->bytes + i * sizeof value, sizeof value,
                        sizeof value);
    return value;
  }
  double value;
  copy_little_endian (&value, tensor->bytes + i * sizeof value, sizeof value,
                      sizeof value);
  return value;
}

bool
nn_tensor_read_real (const NnTensor *tensor, nn_real *values, GError **error)
{
  if (!check_readable (tensor, error))
    return false;
  for (size_t i = 0; i < tensor->n_values; i++)
    values[i] = (nn_real)read_value (tensor, i);
  return true;
}

bool
nn_tensor_read_double (const NnTensor *tensor, double *values, GError **error)
{
  if (!check_readable (tensor, error))
    return false;
  for (size_t i = 0; i < tensor->n_values; i++)
    values[i] = read_value (tensor, i);
  return true;
}

bool
nn_tensor_read_i64 (const NnTensor *tensor, int64_t *values, GError **error)
{
  if (tensor->dtype != NN_DTYPE_I64) {
    g_set_error (error, NN_ERROR, NN_ERROR_FORMAT, "%s: its numbers are not I64",
                 tensor->name);
    return false;
  }
  for (size_t i = 0; i < tensor->n_values; i++)
    copy_little_endian (values + i, tensor->bytes + i * sizeof *values, sizeof *values,
                        sizeof *values);
  return true;
}
