/* marks.h: the letter's text as HTML, with every item marked where it stands. */
#ifndef CLAIMANT_AUDIT_MARKS_H
#define CLAIMANT_AUDIT_MARKS_H

#include "base/buffer.h"
#include "resolve/document.h"

enum { MARK_LANES = 6, TYPE_SLOTS = 8 };

/* Which of the TYPE_SLOTS looks (colour and line) a type has: its place among the types that are output. */
unsigned type_slot(const RuleSet *rules, const Type *type);

/* Appends a paragraph a block. An item is one <mark> or, where items cross, several, with data-i its number;
 * before it stands a link to its row, "#i-" and its identifier, that is itself "m-" and that. */
void marks_put(Buffer *out, const Document *document);

#endif
