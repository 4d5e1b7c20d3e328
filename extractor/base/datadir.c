#include "base/datadir.h"

#ifndef CLAIMANT_DATADIR
#define CLAIMANT_DATADIR "/usr/local/share/claimant"
#endif

const char *claimant_datadir(void) { return CLAIMANT_DATADIR; }
