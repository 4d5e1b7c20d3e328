/* The formats for many letters: no graph is kept, and answers can be put one after another. */
#include "write/rdf.h"
#include "write/serd.h"

ClaimantStatus write_ntriples(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, serd_ntriples, out);
}

ClaimantStatus write_nquads(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, serd_nquads, out);
}

ClaimantStatus write_trig(const Document *document, const WriteOptions *options, Buffer *out)
{
  return rdf_write(document, options, serd_trig, out);
}
