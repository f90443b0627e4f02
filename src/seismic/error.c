#include "seismic/error.h"

G_DEFINE_QUARK (seismic_error, seismic_error)
