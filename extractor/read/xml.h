/* xml.h: XML of several kinds to HTML, which is then read as such: what stands apart, what is a heading, an item,
 * a table, and what is no text of the letter. */
#ifndef CLAIMANT_READ_XML_H
#define CLAIMANT_READ_XML_H

#include "base/buffer.h"
#include "base/diagnostics.h"

typedef enum {
  XML_ANY,  /* TEI, Akoma Ntoso, DocBook, and others by their text */
  XML_DOCX, /* word/document.xml of Office Open XML */
  XML_ODT   /* content.xml of OpenDocument */
} XmlKind;

/* Appends UTF-8. Entities of outside are never fetched, those of inside are not unfolded.
 * Returns OK, NO_MEMORY or BAD_DATA with a diagnostic that names the line. */
ClaimantStatus xml_to_html(const char *bytes, size_t size, XmlKind kind, const char *name, Diagnostics *diagnostics,
                           Buffer *out);

#endif
