#include "analysis/error.h"

G_DEFINE_QUARK (analysis-error-quark, analysis_error)
