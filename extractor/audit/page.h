/* page.h: pages to audit by: one for a letter, and one over many. */
#ifndef CLAIMANT_AUDIT_PAGE_H
#define CLAIMANT_AUDIT_PAGE_H

#include "explain/explanation.h"

typedef struct {
  const char *name;          /* of the letter: its path or id */
  const char *base, *doc_iri; /* as in WriteOptions; may be NULL */
} AuditOptions;

/* Appends a letter's page, a whole HTML file that asks nothing of the network. The document's strings may
 * be anything. `report` takes what is wrong with options; may be NULL.
 * Returns OK, NO_MEMORY, BAD_ARGUMENT (base or doc_iri are none), BAD_DATA or INTERNAL. */
ClaimantStatus audit_page(const Explanation *found, const AuditOptions *options, Diagnostics *report, Buffer *out);

/* One letter in the index. */
typedef struct {
  const char  *file; /* of its page, beside the index */
  const char  *name, *date, *sha256;
  const char  *sender, *addressee; /* or NULL */
  size_t       item_count;
  size_t      *counts; /* [type] as in the index */
} IndexEntry;

typedef struct {
  const RuleSet *rules;
  IndexEntry    *entries;
  size_t         count;
} AuditIndex;

/* What the index says of a letter; copied into the arena. False: no memory. */
bool index_entry(Arena *arena, const Document *document, const char *name, const char *file, IndexEntry *entry);

/* Appends the index over letters. Returns OK, NO_MEMORY or INTERNAL. */
ClaimantStatus audit_index(const AuditIndex *index, Buffer *out);

#endif
