#include "vocab/page.h"

#include "base/html.h"
#include "base/rdf.h"

#include <errno.h>
#include <string.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define OWL "http://www.w3.org/2002/07/owl#"
#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define DCTERMS "http://purl.org/dc/terms/"
#define OWN "https://w3id.org/claimant/ns#"

typedef struct {
  const char *subject, *predicate, *object; /* a triple; the strings are the arena's */
  bool        literal;
} Statement;

typedef enum { CLASSES, PROPERTIES, DATATYPES, LISTS, OTHERS, PARTS, VALUES = PARTS /* stand in their lists */ } Part;

typedef struct {
  const char *iri, *name; /* name: its fragment, or the IRI's last part */
  Part        part;
} Term;

typedef struct {
  Diagnostics *diagnostics;
  const char  *path;
  Statement   *statements;
  size_t       count, capacity;
  Term        *terms; /* in the order of the file; the ontology is none */
  size_t       term_count, term_capacity;
  const char  *ontology; /* its IRI, or NULL */
  Buffer      *out;
} Page;

/* ---- Reading ------------------------------------------------------------------------------------ */

static ClaimantStatus take_triple(void *user, const RdfTriple *triple)
{
  Page  *page = user;
  Arena *arena = page->diagnostics->arena;
  void  *grown = arena_grow(arena, page->statements, page->count, &page->capacity, sizeof *page->statements);
  if (!grown) return CLAIMANT_NO_MEMORY;
  page->statements = grown;
  Statement *s = &page->statements[page->count++];
  *s = (Statement){arena_copy_string(arena, triple->subject), arena_copy_string(arena, triple->predicate),
                   arena_copy_string(arena, triple->object), triple->literal};
  return s->subject && s->predicate && s->object ? CLAIMANT_OK : CLAIMANT_NO_MEMORY;
}

static void take_fault(void *user, size_t line, const char *message)
{
  Page *page = user;
  diagnostics_add(page->diagnostics, CLAIMANT_ERROR, "vocab-syntax", (Place){.file = page->path, .line = line}, "%s", message);
}

static const char *last_part(const char *iri)
{
  const char *hash = strrchr(iri, '#'), *slash = strrchr(iri, '/');
  const char *from = hash ? hash : slash;
  return from && from[1] ? from + 1 : iri;
}

static const Statement *find(const Page *page, const char *subject, const char *predicate)
{
  for (size_t i = 0; i < page->count; ++i) {
    const Statement *s = &page->statements[i];
    if (!strcmp(s->subject, subject) && !strcmp(s->predicate, predicate)) return s;
  }
  return NULL;
}

static const char *text_of(const Page *page, const char *subject, const char *predicate)
{
  const Statement *s = find(page, subject, predicate);
  return s ? s->object : NULL;
}

static Part part_of(const char *type)
{
  static const struct {
    const char *type;
    Part        part;
  } parts[] = {{OWL "Class", CLASSES},        {RDFS "Class", CLASSES},
               {RDF "Property", PROPERTIES},  {OWL "ObjectProperty", PROPERTIES},
               {OWL "DatatypeProperty", PROPERTIES}, {OWL "AnnotationProperty", PROPERTIES},
               {RDFS "Datatype", DATATYPES},  {SKOS "ConceptScheme", LISTS},
               {SKOS "Concept", VALUES}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i)
    if (!strcmp(parts[i].type, type)) return parts[i].part;
  return OTHERS;
}

static const Term *term_of(const Page *page, const char *iri)
{
  for (size_t i = 0; i < page->term_count; ++i)
    if (!strcmp(page->terms[i].iri, iri)) return &page->terms[i];
  return NULL;
}

static bool is_taken(const Page *page, const char *name)
{
  for (size_t i = 0; i < page->term_count; ++i)
    if (!strcmp(page->terms[i].name, name)) return true;
  return false;
}

static ClaimantStatus collect_terms(Page *page)
{
  for (size_t i = 0; i < page->count; ++i) {
    const Statement *s = &page->statements[i];
    if (strcmp(s->predicate, RDF "type") != 0) continue;
    if (!strcmp(s->object, OWL "Ontology")) page->ontology = s->subject;
    else if (!term_of(page, s->subject)) {
      void *grown = arena_grow(page->diagnostics->arena, page->terms, page->term_count, &page->term_capacity,
                               sizeof *page->terms);
      if (!grown) return CLAIMANT_NO_MEMORY;
      page->terms = grown;
      Term term = {s->subject, last_part(s->subject), part_of(s->object)};
      if (is_taken(page, term.name)) term.name = term.iri;
      if (term.part == VALUES && !find(page, term.iri, SKOS "inScheme")) term.part = OTHERS;
      page->terms[page->term_count++] = term;
    }
  }
  return CLAIMANT_OK;
}

/* ---- Words and links -------------------------------------------------------------------------------- */

static void put(Page *page, const char *html) { buffer_append_string(page->out, html); }
static void put_text(Page *page, const char *text) { html_put_string(page->out, text); }

/* An IRI as people write it: with a prefix, where it is well known. */
static void put_short(Page *page, const char *iri)
{
  static const struct {
    const char *prefix, *iri;
  } known[] = {{"clm:", OWN},
               {"rdf:", RDF},
               {"rdfs:", RDFS},
               {"owl:", OWL},
               {"skos:", SKOS},
               {"dcterms:", DCTERMS},
               {"xsd:", "http://www.w3.org/2001/XMLSchema#"},
               {"schema:", "https://schema.org/"},
               {"prov:", "http://www.w3.org/ns/prov#"},
               {"oa:", "http://www.w3.org/ns/oa#"},
               {"org:", "http://www.w3.org/ns/org#"},
               {"time:", "http://www.w3.org/2006/time#"},
               {"edtf:", "http://id.loc.gov/datatypes/edtf/"},
               {"eli:", "http://data.europa.eu/eli/ontology#"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    size_t length = strlen(known[i].iri);
    if (strncmp(known[i].iri, iri, length) != 0) continue;
    put(page, known[i].prefix);
    put_text(page, iri + length);
    return;
  }
  put_text(page, iri);
}

static bool is_address(const char *iri) { return !strncmp(iri, "https://", 8) || !strncmp(iri, "http://", 7); }

/* To its place on the page, or to where it is from. */
static void put_link(Page *page, const char *iri)
{
  const Term *term = term_of(page, iri);
  bool        linked = term || is_address(iri);
  if (linked) put(page, "<a href=\"");
  if (term) put(page, "#");
  if (linked) put_text(page, term ? term->name : iri);
  put(page, linked ? "\"><code>" : "<code>");
  put_short(page, iri);
  put(page, linked ? "</code></a>" : "</code>");
}

/* Words, in which "clm:demand" and its like lead to what they name. */
static void put_words(Page *page, const char *text)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  for (const char *at; (at = strstr(text, "clm:")); ) {
    char   iri[256] = OWN;
    size_t length = strspn(at + 4, letters);
    html_put(page->out, text, (size_t)(at - text));
    text = at + 4 + length;
    if (length && strlen(OWN) + length < sizeof iri) strncat(iri, at + 4, length);
    if (length && term_of(page, iri)) put_link(page, iri);
    else html_put(page->out, at, 4 + length);
  }
  put_text(page, text);
}

/* ---- One term ----------------------------------------------------------------------------------------- */

typedef struct {
  const char *predicate, *name;
} Line;

static void put_line(Page *page, const char *name, const Statement *s)
{
  buffer_printf(page->out, "<dt>%s</dt><dd>", name);
  if (s->literal) put_words(page, s->object);
  else put_link(page, s->object);
  put(page, "</dd>\n");
}

/* What is said of it, line by line. */
static void put_lines(Page *page, const char *iri)
{
  static const Line lines[] = {{RDF "type", "type"},
                               {RDFS "subClassOf", "kind of"},
                               {RDFS "subPropertyOf", "kind of"},
                               {OWL "equivalentClass", "same as"},
                               {OWL "equivalentProperty", "same as"},
                               {OWL "inverseOf", "inverse of"},
                               {RDFS "domain", "domain"},
                               {RDFS "range", "range"},
                               {SKOS "exactMatch", "exact match"},
                               {SKOS "closeMatch", "close match"},
                               {SKOS "broadMatch", "broad match"},
                               {SKOS "notation", "notation"},
                               {SKOS "scopeNote", "note"},
                               {SKOS "note", "note"},
                               {SKOS "example", "example"},
                               {RDFS "seeAlso", "see also"}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; ++i) {
    for (size_t j = 0; j < page->count; ++j) {
      const Statement *s = &page->statements[j];
      if (!strcmp(s->subject, iri) && !strcmp(s->predicate, lines[i].predicate)) put_line(page, lines[i].name, s);
    }
  }
}

/* What points to it, in one line for each way to point. */
static void put_back_lines(Page *page, const char *iri)
{
  static const Line lines[] = {{RDFS "subClassOf", "kinds"},
                               {RDFS "subPropertyOf", "kinds"},
                               {RDFS "domain", "properties of it"},
                               {RDFS "range", "properties that lead to it"}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; ++i) {
    bool any = false;
    for (size_t j = 0; j < page->count; ++j) {
      const Statement *s = &page->statements[j];
      if (strcmp(s->object, iri) != 0 || strcmp(s->predicate, lines[i].predicate) != 0) continue;
      if (any) put(page, ", ");
      else buffer_printf(page->out, "<dt>%s</dt><dd>", lines[i].name);
      put_link(page, s->subject);
      any = true;
    }
    if (any) put(page, "</dd>\n");
  }
}

static const char *label_of(const Page *page, const Term *term)
{
  const char *label = text_of(page, term->iri, RDFS "label");
  if (!label) label = text_of(page, term->iri, SKOS "prefLabel");
  return label ? label : term->name;
}

static const char *comment_of(const Page *page, const Term *term)
{
  const char *comment = text_of(page, term->iri, RDFS "comment");
  return comment ? comment : text_of(page, term->iri, SKOS "definition");
}

static void put_comment(Page *page, const Term *term, const char *tag)
{
  const char *comment = comment_of(page, term);
  if (!comment) return;
  buffer_printf(page->out, "<%s>", tag);
  put_words(page, comment);
  buffer_printf(page->out, "</%s>\n", tag);
}

static bool is_in(const Page *page, const char *concept, const char *scheme)
{
  for (size_t i = 0; i < page->count; ++i) {
    const Statement *s = &page->statements[i];
    if (!strcmp(s->subject, concept) && !strcmp(s->predicate, SKOS "inScheme") && !strcmp(s->object, scheme)) return true;
  }
  return false;
}

static void put_values(Page *page, const Term *list)
{
  bool any = false;
  for (size_t i = 0; i < page->term_count; ++i) {
    const Term *value = &page->terms[i];
    if (value->part != VALUES || !is_in(page, value->iri, list->iri)) continue;
    const char *notation = text_of(page, value->iri, SKOS "notation");
    if (!any) put(page, "<table>\n<thead><tr><th scope=\"col\">value</th><th scope=\"col\">label</th><th scope=\"col\">meaning</th></tr></thead>\n<tbody>\n");
    any = true;
    put(page, "<tr id=\"");
    put_text(page, value->name);
    put(page, "\"><th scope=\"row\"><code>");
    put_short(page, value->iri);
    put(page, "</code></th><td>");
    put_text(page, label_of(page, value));
    if (notation) put(page, " ("), put_text(page, notation), put(page, ")");
    put(page, "</td><td>");
    if (comment_of(page, value)) put_words(page, comment_of(page, value));
    put(page, "</td></tr>\n");
  }
  if (any) put(page, "</tbody>\n</table>\n");
}

static void put_term(Page *page, const Term *term)
{
  put(page, "<section id=\"");
  put_text(page, term->name);
  put(page, "\">\n<h3><code>");
  put_short(page, term->iri);
  put(page, "</code> <span>");
  put_text(page, label_of(page, term));
  put(page, "</span></h3>\n");
  put_comment(page, term, "p");
  put(page, "<dl>\n<dt>IRI</dt><dd><code>");
  put_text(page, term->iri);
  put(page, "</code></dd>\n");
  put_lines(page, term->iri);
  put_back_lines(page, term->iri);
  put(page, "</dl>\n");
  if (term->part == LISTS) put_values(page, term);
  put(page, "</section>\n");
}

/* ---- The page ----------------------------------------------------------------------------------------- */

static const struct {
  const char *id, *title;
} parts[PARTS] = {{"part-classes", "Classes"},
                  {"part-properties", "Properties"},
                  {"part-datatypes", "Datatypes"},
                  {"part-lists", "Lists of values"},
                  {"part-others", "Others"}};

static const char style[] =
    ":root{--paper:#faf8f4;--ink:#20242a;--soft:#59606a;--line:#dcd7cc;--accent:#1d4f91;color-scheme:light dark}\n"
    "@media(prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e6e3dc;--soft:#a5abb3;--line:#33383f;"
    "--accent:#8fbaf2}}\n"
    "html{font:100%/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;"
    "background:var(--paper);color:var(--ink)}\n"
    "body{max-width:54rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}\n"
    "h1{font-size:1.5rem;margin:0}h2{margin:2rem 0 0;font-size:1.25rem}h3{margin:0;font-size:1rem}\n"
    "h3 span{font-weight:400;color:var(--soft);margin-left:.5rem}a{color:var(--accent)}\n"
    "code{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:.9em}\n"
    "section{padding:1rem .5rem;margin:0 -.5rem;border-bottom:1px solid var(--line)}section p{margin:.3rem 0 .6rem;max-width:42rem}\n"
    "dl{display:grid;grid-template-columns:minmax(6rem,10rem) 1fr;gap:.1rem 1rem;margin:0;font-size:.9rem}\n"
    "dt{color:var(--soft)}dd{margin:0}nav ul{columns:14rem;padding:0;list-style:none;font-size:.9rem}\n"
    "table{border-collapse:collapse;margin-top:.6rem;font-size:.9rem}th,td{text-align:left;vertical-align:top;"
    "padding:.2rem .8rem .2rem 0}tbody th{font-weight:400}:target{background:color-mix(in srgb,var(--accent) 14%,transparent)}\n"
    ".skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
    "@media(max-width:30rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}table,tbody,tr,th,td{display:block}thead{"
    "display:none}tr{margin-top:.6rem}}\n"
    "@media print{body{max-width:none}nav{display:none}section{break-inside:avoid}}\n";

static size_t count_of(const Page *page, Part part)
{
  size_t count = 0;
  for (size_t i = 0; i < page->term_count; ++i) count += page->terms[i].part == part;
  return count;
}

static void put_contents(Page *page)
{
  put(page, "<nav aria-label=\"Contents\">\n");
  for (Part part = 0; part < PARTS; ++part) {
    if (!count_of(page, part)) continue;
    buffer_printf(page->out, "<h2><a href=\"#%s\">%s</a> (%zu)</h2>\n<ul>\n", parts[part].id, parts[part].title,
                  count_of(page, part));
    for (size_t i = 0; i < page->term_count; ++i) {
      if (page->terms[i].part != part) continue;
      put(page, "<li>");
      put_link(page, page->terms[i].iri);
      put(page, "</li>\n");
    }
    put(page, "</ul>\n");
  }
  put(page, "</nav>\n");
}

static void put_head(Page *page, const char *title)
{
  const char *about = page->ontology ? text_of(page, page->ontology, DCTERMS "description") : NULL;
  const char *version = page->ontology ? text_of(page, page->ontology, OWL "versionInfo") : NULL;
  put(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  put_text(page, title);
  put(page, "</title>\n<style>\n");
  put(page, style);
  put(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#part-terms\">To the terms</a>\n<header>\n<h1>");
  put_text(page, title);
  put(page, "</h1>\n");
  if (about) put(page, "<p>"), put_words(page, about), put(page, "</p>\n");
  if (page->ontology) put(page, "<p>IRI <code>"), put_text(page, page->ontology), put(page, "</code>");
  if (version) put(page, ", version "), put_text(page, version);
  if (page->ontology) put(page, "</p>\n");
  put_contents(page);
  put(page, "</header>\n<main id=\"part-terms\">\n");
}

static void put_page(Page *page)
{
  const char *title = page->ontology ? text_of(page, page->ontology, DCTERMS "title") : NULL;
  put_head(page, title ? title : last_part(page->path));
  for (Part part = 0; part < PARTS; ++part) {
    if (!count_of(page, part)) continue;
    buffer_printf(page->out, "<h2 id=\"%s\">%s</h2>\n", parts[part].id, parts[part].title);
    for (size_t i = 0; i < page->term_count; ++i)
      if (page->terms[i].part == part) put_term(page, &page->terms[i]);
  }
  put(page, "</main>\n</body>\n</html>\n");
}

ClaimantStatus vocab_page(const char *path, Diagnostics *diagnostics, Buffer *out)
{
  Page           page = {.diagnostics = diagnostics, .path = path, .out = out};
  RdfSink        sink = {.triple = take_triple, .fault = take_fault, .user = &page};
  size_t         errors = diagnostics->errors;
  FILE          *file = fopen(path, "re");
  ClaimantStatus st = file ? rdf_read(file, rdf_syntax(path), NULL, &sink) : CLAIMANT_NO_INPUT;
  if (st == CLAIMANT_NO_INPUT)
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-read", (Place){.file = path}, "cannot be read: %s", strerror(errno));
  if (file) fclose(file);
  if (!st) st = collect_terms(&page);
  if (!st && !page.term_count && diagnostics->errors == errors)
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "vocab-empty", (Place){.file = path},
                    "describes nothing; classes, properties or concepts with their rdf:type were expected");
  if (!st && diagnostics->errors > errors) st = CLAIMANT_BAD_DATA;
  if (!st) put_page(&page);
  return !st && out->failed ? CLAIMANT_NO_MEMORY : st;
}
