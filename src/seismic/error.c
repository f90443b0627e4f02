#include "seismic/error.h"

G_DEFINE_QUARK (seismic-error-quark, seismic_error)
