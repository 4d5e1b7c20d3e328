/* datadir.h: where the program's own files are installed. */
#ifndef CLAIMANT_BASE_DATADIR_H
#define CLAIMANT_BASE_DATADIR_H

/* "PREFIX/share/claimant", which holds rules/ and vocab/ (with vocab/vocab.bin, the compiled
 * vocabulary). Static storage. */
const char *claimant_datadir(void);

#endif
