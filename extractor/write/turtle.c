#include "write/raptor.h"

ClaimantStatus write_turtle(const Document *document, const WriteOptions *options, Buffer *out)
{
  return raptor_write_document(document, options, "turtle", out);
}
