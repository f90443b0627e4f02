#include "nn/error.h"
#include "nn/safetensors.h"
#include <glib.h>
#include <string.h>

/* A file of that header and n_data bytes 0, 1, 2, … */
static GBytes *
make_file (const char *header, size_t n_data)
{
  guint64 n = strlen (header), length = GUINT64_TO_LE (n);
  unsigned char *bytes = g_malloc (8 + n + n_data);
  memcpy (bytes, &length, 8);
  memcpy (bytes + 8, header, n);
  for (size_t i = 0; i < n_data; i++)
    bytes[8 + n + i] = (unsigned char)i;
  return g_bytes_new_take (bytes, 8 + n + n_data);
}

static void
test_round_trip (void)
{
  const float f[] = {1.5f, -2, 3e-40f, 0, 5, 6};
  const double d[] = {1.0 / 3, -1e300};
  const int64_t whole = -(INT64_C (1) << 60) - 7;
  g_autoptr (NnSafetensors) file = nn_safetensors_new ();
  nn_safetensors_add_f64 (file, "d \"quoted\" ü", 1, (size_t[]){2}, d);
  nn_safetensors_add_f32 (file, "f", 2, (size_t[]){2, 3}, f);
  nn_safetensors_add_f32 (file, "nothing", 2, (size_t[]){0, 3}, NULL);
  nn_safetensors_add_f32 (file, "number", 0, NULL, f + 1);
  nn_safetensors_add_i64 (file, "whole", 0, NULL, &whole);
  nn_safetensors_set_metadata (file, "key", "old");
  nn_safetensors_set_metadata (file, "key", "new \n");

  g_autoptr (GBytes) bytes = nn_safetensors_encode (file);
  g_assert_cmpuint (g_bytes_get_size (bytes) % 4, ==, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnSafetensors) read = nn_safetensors_decode (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nn_safetensors_get_n_tensors (read), ==, 5);
  g_assert_cmpstr (nn_safetensors_get_metadata (read, "key"), ==, "new \n");
  g_assert_null (nn_safetensors_get_metadata (read, "other"));
  g_assert_cmpuint (g_hash_table_size (nn_safetensors_get_all_metadata (read)), ==, 1);
  g_assert_null (nn_safetensors_find (read, "g"));

  double doubles[6];
  float floats[6];
  const NnTensor *tensor = nn_safetensors_find (read, "d \"quoted\" ü");
  g_assert_true (nn_tensor_read_double (tensor, doubles, NULL));
  g_assert_cmpmem (doubles, sizeof d, d, sizeof d);
  tensor = nn_safetensors_find (read, "f");
  g_assert_cmpuint (tensor->n_dimensions, ==, 2);
  g_assert_cmpuint (tensor->shape[1], ==, 3);
  g_assert_true (nn_tensor_read_real (tensor, floats, NULL));
  g_assert_cmpmem (floats, sizeof f, f, sizeof f);
  tensor = nn_safetensors_find (read, "number");
  g_assert_cmpuint (tensor->n_values, ==, 1);
  g_assert_true (nn_tensor_read_double (tensor, doubles, NULL));
  g_assert_cmpfloat (doubles[0], ==, -2);
  g_assert_cmpuint (nn_safetensors_find (read, "nothing")->n_values, ==, 0);
  int64_t read_whole;
  tensor = nn_safetensors_find (read, "whole");
  g_assert_true (nn_tensor_read_i64 (tensor, &read_whole, NULL));
  g_assert_cmpint (read_whole, ==, whole);
  g_assert_false (nn_tensor_read_double (tensor, doubles, NULL));
  g_assert_false (
      nn_tensor_read_i64 (nn_safetensors_find (read, "f"), &read_whole, NULL));

  g_autoptr (GBytes) again = nn_safetensors_encode (read);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* What others write: in any order, with types the engine does not read. */
static void
test_foreign_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      make_file ("{\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[4,12]},"
                 "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}     ",
                 12);
  g_autoptr (NnSafetensors) read = nn_safetensors_decode (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nn_safetensors_get_tensor (read, 0)->name, ==, "a");
  double value;
  g_assert_false (
      nn_tensor_read_double (nn_safetensors_find (read, "b"), &value, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_FORMAT);
}

#define F32(name, shape, begin, end)                                                     \
  "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":[" begin "," end \
  "]}"

/* Each with 16 bytes of data. */
static const struct {
  const char *what, *header;
} damaged[] = {
    {"no header", ""},
    {"no JSON", "hello"},
    {"an array", "[]"},
    {"a number", "7"},
    {"null", "null"},
    {"an open object", "{" F32 ("a", "[4]", "0", "16")},
    {"something after", "{" F32 ("a", "[4]", "0", "16") "} {}"},
    {"data of nobody", "{}"},
    {"data of nobody at the end", "{" F32 ("a", "[3]", "0", "12") "}"},
    {"data of nobody at the start", "{" F32 ("a", "[3]", "4", "16") "}"},
    {"a hole", "{" F32 ("a", "[1]", "0", "4") "," F32 ("b", "[2]", "8", "16") "}"},
    {"an overlap", "{" F32 ("a", "[3]", "0", "12") "," F32 ("b", "[2]", "8", "16") "}"},
    {"the same place",
     "{" F32 ("a", "[4]", "0", "16") "," F32 ("b", "[4]", "0", "16") "}"},
    {"beyond the end", "{" F32 ("a", "[5]", "0", "20") "}"},
    {"backwards", "{" F32 ("a", "[4]", "16", "0") "}"},
    {"negative offset", "{" F32 ("a", "[5]", "-4", "16") "}"},
    {"negative shape", "{" F32 ("a", "[-2,-2]", "0", "16") "}"},
    {"shape too small", "{" F32 ("a", "[3]", "0", "16") "}"},
    {"shape too large", "{" F32 ("a", "[2,3]", "0", "16") "}"},
    {"shape that overflows to 4",
     "{" F32 ("a", "[4294967296,4294967296,4]", "0", "16") "}"},
    {"bytes that overflow to 16", "{" F32 ("a", "[4611686018427387908]", "0", "16") "}"},
    {"offset beyond 64 bits", "{" F32 ("a", "[4]", "18446744073709551616", "16") "}"},
    {"end beyond 64 bits", "{" F32 ("a", "[4]", "0", "18446744073709551632") "}"},
    {"fraction", "{" F32 ("a", "[4]", "0", "16.0") "}"},
    {"shape of text", "{" F32 ("a", "[\"4\"]", "0", "16") "}"},
    {"shape null", "{" F32 ("a", "null", "0", "16") "}"},
    {"nine dimensions", "{" F32 ("a", "[4,1,1,1,1,1,1,1,1]", "0", "16") "}"},
    {"three offsets", "{" F32 ("a", "[4]", "0,8", "16") "}"},
    {"no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}"},
    {"no shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,16]}}"},
    {"no type", "{\"a\":{\"shape\":[4],\"data_offsets\":[0,16]}}"},
    {"unknown type", "{\"a\":{\"dtype\":\"F31\",\"shape\":[4],\"data_offsets\":[0,16]}}"},
    {"number as type", "{\"a\":{\"dtype\":32,\"shape\":[4],\"data_offsets\":[0,16]}}"},
    {"type too wide",
     "{\"a\":{\"dtype\":\"F64\",\"shape\":[4],\"data_offsets\":[0,16]}}"},
    {"tensor is a list", "{\"a\":[4]}"},
    {"the same name", "{" F32 ("a", "[2]", "0", "8") "," F32 ("a", "[2]", "8", "16") "}"},
    {"the same name, one place",
     "{" F32 ("a", "[4]", "0", "16") "," F32 ("a", "[4]", "0", "16") "}"},
    {"two shapes",
     "{\"a\":{\"dtype\":\"F32\",\"shape\":[9],\"shape\":[4],\"data_offsets\":[0,16]}}"},
    {"metadata no object", "{\"__metadata__\":[]," F32 ("a", "[4]", "0", "16") "}"},
    {"metadata no string",
     "{\"__metadata__\":{\"k\":1}," F32 ("a", "[4]", "0", "16") "}"},
    {"metadata null", "{\"__metadata__\":{\"k\":null}," F32 ("a", "[4]", "0", "16") "}"},
    {"metadata of one key twice",
     "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}," F32 ("a", "[4]", "0", "16") "}"},
    {"no UTF-8", "{\"\xff\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}"},
};

static void
test_damaged (void)
{
  g_autoptr (GBytes) good = make_file ("{" F32 ("a", "[4]", "0", "16") "}", 16);
  g_autoptr (NnSafetensors) file = nn_safetensors_decode (good, NULL);
  g_assert_nonnull (file);
  for (size_t i = 0; i < G_N_ELEMENTS (damaged); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = make_file (damaged[i].header, 16);
    g_autoptr (NnSafetensors) read = nn_safetensors_decode (bytes, &error);
    g_test_message ("%s: %s", damaged[i].what, error ? error->message : "read");
    g_assert_error (error, NN_ERROR, NN_ERROR_FORMAT);
    g_assert_null (read);
  }
}

/* Header lengths that lie, and brackets that would exhaust a recursive parser's stack. */
static void
test_hostile_sizes (void)
{
  const guint64 lengths[] = {1, 100, G_MAXINT64, G_MAXUINT64, G_MAXUINT64 - 7};
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (GError) error = NULL;
    guint64 length = GUINT64_TO_LE (lengths[i]);
    g_autoptr (GBytes) bytes = g_bytes_new (&length, 8);
    g_assert_null (nn_safetensors_decode (bytes, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_FORMAT);
  }
  for (size_t i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *deep = g_strnfill (3000000, "[{"[i]);
    g_autoptr (GBytes) bytes = make_file (deep, 0);
    g_assert_null (nn_safetensors_decode (bytes, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_FORMAT);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/safetensors/round-trip", test_round_trip);
  g_test_add_func ("/nn/safetensors/foreign-file", test_foreign_file);
  g_test_add_func ("/nn/safetensors/damaged", test_damaged);
  g_test_add_func ("/nn/safetensors/hostile-sizes", test_hostile_sizes);
  return g_test_run ();
}
