#include "nn/error.h"

G_DEFINE_QUARK (nn_error, nn_error)
