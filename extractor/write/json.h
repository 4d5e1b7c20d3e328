/* json.h: writes JSON piece by piece into a buffer.
 *
 * The writer keeps only whether a comma is due, so the caller nests begins and
 * ends rightly. Strings come out as valid UTF-8 whatever goes in (bytes that
 * are not become U+FFFD), and on one line for every reader: besides what JSON
 * demands, U+0085, U+2028 and U+2029 are escaped. "put" keeps the names apart
 * from those of jansson, which reads. */
#ifndef CLAIMANT_WRITE_JSON_H
#define CLAIMANT_WRITE_JSON_H

#include "base/buffer.h"

typedef struct {
  Buffer *out;
  bool    comma; /* a value stands before the next one on this level */
} Json;

void json_begin(Json *json, char bracket); /* '{' or '[' */
void json_end(Json *json, char bracket);   /* '}' or ']' */
void json_key(Json *json, const char *name);
void json_put_text(Json *json, const char *text, size_t bytes);
void json_put_string(Json *json, const char *text); /* NULL is written as null */
void json_put_size(Json *json, size_t number);
void json_put_share(Json *json, double share);    /* from 0 to 1, to six decimals */
void json_put_raw(Json *json, const char *value); /* a whole JSON value */

#endif
