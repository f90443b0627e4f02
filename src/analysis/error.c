#include "analysis/error.h"

G_DEFINE_QUARK (analysis_error, analysis_error)
