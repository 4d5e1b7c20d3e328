/* html.h: text into HTML that shows it and does nothing else. */
#ifndef CLAIMANT_BASE_HTML_H
#define CLAIMANT_BASE_HTML_H

#include "base/buffer.h"

/* Valid UTF-8 as the text of an element or the value of a quoted attribute. */
void html_put(Buffer *out, const char *text, size_t bytes);
void html_put_string(Buffer *out, const char *text);

/* The same for an element's text, with every character that is not seen, or that turns the direction of
 * what follows, in an element of its own that names it and keeps its effect inside. The characters
 * themselves stay, so that offsets do. */
void html_put_seen(Buffer *out, const char *text, size_t bytes);

/* JSON for a <script> element: no "<", ">" or "&" is left in it. */
void html_put_json(Buffer *out, const char *json, size_t bytes);

#endif
