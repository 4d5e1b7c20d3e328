/* Rule files as XML: reading, includes, and the small tools for walking them. */
#include "rules/loader.h"


#include <ctype.h>
#include <errno.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 16 << 20, MAX_FILES = 1000 };

static const char NAMESPACE[] = "https://w3id.org/claimant/rules#";

void fault(Loader *loader, Declaration at, const char *code, const char *format, ...)
{
  char    message[2048];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  size_t line = at.node ? (size_t)xmlGetLineNo(at.node) : 0;
  diagnostics_add(loader->diagnostics, CLAIMANT_ERROR, code, (Place){.file = at.file, .line = line}, "%s",
                  message);
}

Declaration within(Declaration parent, const xmlNode *node) { return (Declaration){node, parent.file}; }

static bool is_ours(const xmlNode *node) { return node->ns && strcmp((const char *)node->ns->href, NAMESPACE) == 0; }

bool is_element(const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && is_ours(node) && strcmp((const char *)node->name, name) == 0;
}

static const char *take(Loader *loader, xmlChar *text)
{
  if (!text) return NULL;
  const char *name = intern(loader->rules->names, (const char *)text, strlen((const char *)text));
  xmlFree(text);
  return name;
}

const char *attribute(Loader *loader, Declaration at, const char *name)
{
  if (strcmp(name, "xml:lang") == 0)
    return take(loader, xmlGetNsProp(at.node, (const xmlChar *)"lang", XML_XML_NAMESPACE));
  return take(loader, xmlGetNoNsProp(at.node, (const xmlChar *)name));
}

const char *required(Loader *loader, Declaration at, const char *name)
{
  const char *value = attribute(loader, at, name);
  if (value && *value) return value;
  fault(loader, at, "missing-attribute", "<%s> needs the attribute %s", (const char *)at.node->name, name);
  return intern(loader->rules->names, "", 0);
}

static bool begins_name(char c) { return isalpha((unsigned char)c) || c == '_'; }

/* Names become parts of patterns and of IRIs. */
static bool is_name(const char *text)
{
  if (!begins_name(*text)) return false;
  while (begins_name(*text) || isdigit((unsigned char)*text) || *text == '-' || *text == '.') text++;
  return *text == '\0';
}

const char *named(Loader *loader, Declaration at, const char *name)
{
  const char *value = required(loader, at, name);
  if (*value && !is_name(value))
    fault(loader, at, "bad-name", "%s=\"%s\" is no name: a letter, then letters, digits, \".\", \"-\" and \"_\"", name,
          value);
  return value;
}

bool yes_no(Loader *loader, Declaration at, const char *name, bool otherwise)
{
  static const char *const words[] = {"no", "yes", NULL};
  const char              *value = attribute(loader, at, name);
  return value ? one_of(loader, at, name, value, words) == 1 : otherwise;
}

size_t one_of(Loader *loader, Declaration at, const char *attribute_name, const char *word,
              const char *const *words)
{
  Buffer list = {0};
  size_t count = 0;
  for (; words[count]; ++count) {
    if (strcmp(words[count], word) == 0) return buffer_free(&list), count;
    buffer_printf(&list, "%s%s", count ? ", " : "", words[count]);
  }
  fault(loader, at, "bad-value", "%s=\"%s\" is none of: %s", attribute_name, word, list.data ? list.data : "");
  buffer_free(&list);
  return 0;
}

const char *content(Loader *loader, const xmlNode *node)
{
  xmlChar    *text = xmlNodeGetContent(node);
  const char *copy = arena_copy_string(loader->arena, text ? (const char *)text : "");
  xmlFree(text);
  return copy;
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static const char *black_text(const xmlNode *node)
{
  const char *text = node->type == XML_TEXT_NODE ? (const char *)node->content : "";
  while (is_space(*text)) text++;
  return text;
}

static bool has_text(const xmlNode *node) { return *black_text(node) != '\0'; }

/* libxml2 knows where a text ends. */
static size_t line_of_text(const xmlNode *node)
{
  size_t line = (size_t)xmlGetLineNo(node);
  for (const char *c = black_text(node); *c; ++c) line -= *c == '\n';
  return line;
}

void only_elements(Loader *loader, Declaration at)
{
  for (const xmlNode *node = at.node->children; node; node = node->next)
    if (has_text(node)) {
      diagnostics_add(loader->diagnostics, CLAIMANT_ERROR, "stray-text",
                      (Place){.file = at.file, .line = line_of_text(node)}, "<%s> holds elements, not text",
                      (const char *)at.node->name);
      return;
    }
}

void only_text(Loader *loader, Declaration at)
{
  for (const xmlNode *node = at.node->children; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE)
      fault(loader, within(at, node), "unknown-element", "<%s> holds text only, not <%s>", (const char *)at.node->name,
            (const char *)node->name);
}

void nothing_inside(Loader *loader, Declaration at)
{
  for (const xmlNode *node = at.node->children; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE || has_text(node)) {
      fault(loader, at, "not-empty", "<%s/> holds nothing, only its attributes speak",
            (const char *)at.node->name);
      return;
    }
}

void read_note(Loader *loader, Declaration at)
{
  static const char *const allowed[] = {NULL};
  only_attributes(loader, at, allowed);
  only_text(loader, at);
}

const char *joined(Loader *loader, Declaration at, const xmlNode *node)
{
  char  *text = (char *)content(loader, node);
  size_t length = strlen(text), out = 0;
  only_text(loader, at);
  if (strspn(text, " \t\r\n") == length) fault(loader, at, "empty", "<%s> needs text", (const char *)at.node->name);
  for (size_t i = 0; i < length; ++i) {
    size_t end = i;
    bool   line_break = false;
    for (; end < length && is_space(text[end]); ++end) line_break |= text[end] == '\n';
    if (!line_break) {
      size_t some = end > i ? end - i : 1;
      memmove(text + out, text + i, some);
      out += some;
      i += some - 1;
      continue;
    }
    if (out && isalnum((unsigned char)text[out - 1]) && isalnum((unsigned char)text[end]))
      fault(loader, at, "joined-words",
            "a line break is taken out of a pattern, which joins \"%c\" and \"%c\" here; break the line "
            "beside a bracket or bar, or write the space on one line",
            text[out - 1], text[end]);
    i = end - 1;
  }
  text[out] = '\0';
  return text;
}

void only_attributes(Loader *loader, Declaration at, const char *const *allowed)
{
  size_t count = 0;
  while (allowed[count]) count++;
  for (const xmlAttr *a = at.node->properties; a; a = a->next) {
    bool        xml = a->ns && a->ns->prefix && strcmp((const char *)a->ns->prefix, "xml") == 0;
    const char *name = arena_printf(loader->arena, "%s%s", xml ? "xml:" : "", (const char *)a->name);
    bool        known = false;
    for (size_t i = 0; i < count && (xml || !a->ns); ++i) known |= strcmp(allowed[i], name) == 0;
    if (known) continue;
    const char *near = nearest(name, allowed, count);
    fault(loader, at, "unknown-attribute", "<%s> has no attribute %s%s%s%s", (const char *)at.node->name, name,
          near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  }
}

const char *iri_of(Loader *loader, Declaration at, const char *curie)
{
  const char *colon = strchr(curie, ':');
  if (curie[strcspn(curie, " \t\n<>\"{}|^`\\")])
    return fault(loader, at, "bad-iri", "\"%s\" holds a character that no IRI has", curie), curie;
  if (!colon || colon == curie)
    return fault(loader, at, "bad-iri", "\"%s\" is neither prefix:name nor an IRI", curie), curie;
  if (strncmp(colon, "://", 3) == 0) return curie;
  for (size_t i = 0; i < loader->prefix_count; ++i) {
    const Prefix *p = &loader->prefixes[i];
    if (strlen(p->name) == (size_t)(colon - curie) && strncmp(p->name, curie, (size_t)(colon - curie)) == 0)
      return arena_printf(loader->arena, "%s%s", p->iri, colon + 1);
  }
  fault(loader, at, "unknown-prefix", "the prefix of \"%s\" is not declared; add <prefix name=\"%.*s\" iri=\"...\"/>",
        curie, (int)(colon - curie), curie);
  return curie;
}

size_t split(Loader *loader, const char *text, const char *separators, const char ***parts)
{
  const char **items = NULL;
  size_t       count = 0, capacity = 0;
  while (*text) {
    size_t length = strcspn(text, separators);
    size_t from = 0, to = length;
    while (from < to && is_space(text[from])) from++;
    while (to > from && is_space(text[to - 1])) to--;
    if (to > from) {
      LOADER_GROW(loader, items, count, capacity);
      items[count++] = intern(loader->rules->names, text + from, to - from);
    }
    text += length + (text[length] != '\0');
  }
  *parts = items;
  return count;
}

size_t some_parts(Loader *loader, Declaration at, const char *what, const char *text, const char *separators,
                  const char ***parts)
{
  size_t count = split(loader, text, separators, parts);
  if (!count) fault(loader, at, "empty", "<%s> needs %s", (const char *)at.node->name, what);
  return count;
}

size_t words_of(Loader *loader, Declaration at, const char *name, const char ***words)
{
  const char *list = attribute(loader, at, name);
  *words = NULL;
  return list ? some_parts(loader, at, arena_printf(loader->arena, "words in its attribute %s", name), list, " \t\n", words)
              : 0;
}

/* ---- Did you mean ---- */

/* Levenshtein distance of two short words, cut off at 63 bytes. */
static size_t distance(const char *a, const char *b)
{
  size_t row[64], na = strnlen(a, 63), nb = strnlen(b, 63);
  for (size_t j = 0; j <= nb; ++j) row[j] = j;
  for (size_t i = 1; i <= na; ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= nb; ++j) {
      size_t change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      size_t best = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
      row[j] = best < change ? best : change;
    }
  }
  return row[nb];
}

const char *nearest(const char *name, const char *const *names, size_t count)
{
  const char *best = NULL;
  size_t      best_distance = strlen(name) / 3 + 2;
  for (size_t i = 0; i < count; ++i) {
    size_t d = names[i] ? distance(name, names[i]) : best_distance;
    if (d < best_distance) best_distance = d, best = names[i];
  }
  return best;
}

/* ---- Files ---- */

static bool read_whole(Loader *loader, const char *path, struct stat *about, const char **bytes, size_t *size)
{
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  size_t start = loader->bytes.size, got;
  char   chunk[16384];
  while ((got = fread(chunk, 1, sizeof chunk, file)) > 0 && loader->bytes.size - start <= MAX_FILE)
    buffer_append(&loader->bytes, chunk, got);
  bool good = !ferror(file) && fstat(fileno(file), about) == 0;
  fclose(file);
  if (!good || loader->bytes.failed) return false;
  *bytes = loader->bytes.data ? loader->bytes.data + start : "";
  *size = loader->bytes.size - start;
  return true;
}

static xmlDoc *parse(Loader *loader, const char *path, const char *bytes, size_t size)
{
  Declaration   at = {NULL, path};
  xmlParserCtxt *parser = xmlNewParserCtxt();
  if (!parser) return NULL;
  int     flags = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
  xmlDoc *doc = xmlCtxtReadMemory(parser, bytes, (int)size, path, NULL, flags);
  if (!doc) {
    const xmlError *error = xmlCtxtGetLastError(parser);
    char            message[512] = "not well-formed XML";
    if (error && error->message) snprintf(message, sizeof message, "%s", error->message);
    message[strcspn(message, "\n")] = '\0';
    diagnostics_add(loader->diagnostics, CLAIMANT_ERROR, "not-xml",
                    (Place){.file = path, .line = error ? (size_t)error->line : 0},
                    "a rule file is XML, and this is not well-formed: %s", message);
  } else if (doc->intSubset) {
    fault(loader, at, "doctype", "a rule file has no DOCTYPE and no entities of its own; take it out");
    xmlFreeDoc(doc);
    doc = NULL;
  }
  xmlFreeParserCtxt(parser);
  return doc;
}

static const char *beside(Loader *loader, const char *path, const char *href)
{
  const char *slash = strrchr(path, '/');
  if (href[0] == '/' || !slash) return arena_copy_string(loader->arena, href);
  return arena_printf(loader->arena, "%.*s/%s", (int)(slash - path), path, href);
}

static void take_declarations(Loader *loader, const xmlNode *root, const char *path);

/* A file that is included twice is read once; one that includes itself is a fault. */
static bool already(Loader *loader, const char *path, Declaration from)
{
  for (size_t i = 0; i < loader->file_count; ++i) {
    if (strcmp(loader->files[i].path, path) != 0) continue;
    if (loader->files[i].open && from.node)
      fault(loader, from, "include-cycle", "%s includes itself, directly or through others", path);
    return true;
  }
  return false;
}

static void load(Loader *loader, const char *path, Declaration from)
{
  char        real[PATH_MAX];
  const char *name = realpath(path, real) ? arena_copy_string(loader->arena, real) : path;
  if (already(loader, name, from)) return;
  Declaration at = {NULL, path};
  const char *bytes;
  size_t      size;
  struct stat about = {0};
  if (loader->file_count >= MAX_FILES || !read_whole(loader, path, &about, &bytes, &size)) {
    const char *reason = strerror(errno);
    if (from.node) fault(loader, from, "cannot-read", "cannot read the rule file %s: %s", path, reason);
    else fault(loader, at, "cannot-read", "cannot read this rule file: %s", reason);
    return;
  }
  LOADER_GROW(loader, loader->files, loader->file_count, loader->file_capacity);
  size_t index = loader->file_count++;
  loader->files[index] = (RuleFile){.path = name, .open = true, .about = about};
  if (size > MAX_FILE) fault(loader, at, "too-large", "a rule file may have %d bytes at most", MAX_FILE);
  xmlDoc *doc = loader->files[index].doc = size > MAX_FILE ? NULL : parse(loader, path, bytes, size);
  const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
  loader->files[index].open = root != NULL;
  if (!root) return;
  if (!is_element(root, "ruleset"))
    fault(loader, (Declaration){root, path}, "not-a-ruleset",
          "expected <ruleset xmlns=\"%s\"> as the outermost element, found <%s>", NAMESPACE, (const char *)root->name);
  else take_declarations(loader, root, arena_copy_string(loader->arena, path));
  loader->files[index].open = false;
}

/* Letters and digits in groups of up to eight, "en-GB". */
static bool is_language(const char *tag)
{
  for (bool first = true;; first = false) {
    size_t length = 0;
    while (isalpha((unsigned char)tag[length]) || (!first && isdigit((unsigned char)tag[length]))) length++;
    if (length < 1 || length > 8 || (tag[length] && tag[length] != '-')) return false;
    if (!tag[length]) return true;
    tag += length + 1;
  }
}

const char *language_at(Loader *loader, Declaration at)
{
  const char *own = attribute(loader, at, "xml:lang");
  if (own && !is_language(own))
    fault(loader, at, "bad-language", "xml:lang=\"%s\" is no language tag; write one like \"en\" or \"en-GB\"", own);
  return own ? own : language_of(loader, at);
}

const char *language_of(Loader *loader, Declaration at)
{
  const char *own = attribute(loader, at, "xml:lang");
  while (!own && at.node->parent && at.node->parent->type == XML_ELEMENT_NODE) {
    at.node = at.node->parent;
    own = attribute(loader, at, "xml:lang");
  }
  return own;
}

/* "1.2.0-rc1": it becomes a part of an IRI. */
static void check_version(Loader *loader, Declaration at)
{
  const char *version = attribute(loader, at, "version");
  if (!version || !*version) return;
  for (const char *c = version; *c; ++c)
    if (!isalnum((unsigned char)*c) && !strchr(".-_", *c)) {
      fault(loader, at, "bad-name", "version=\"%s\" holds more than letters, digits, \".\", \"-\" and \"_\"", version);
      return;
    }
}

/* A rule set is called what its first file says; in the others names and versions are for people. */
static void take_identity(Loader *loader, Declaration top)
{
  const char *language = language_at(loader, top);
  check_version(loader, top);
  if (loader->rules->id) {
    if (attribute(loader, top, "id")) named(loader, top, "id");
    return;
  }
  loader->rules->id = named(loader, top, "id");
  loader->rules->version = required(loader, top, "version");
  loader->rules->language = language;
}

static void include(Loader *loader, Declaration at, const char *path)
{
  static const char *const allowed[] = {"href", NULL};
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char *href = required(loader, at, "href");
  if (*href) load(loader, beside(loader, path, href), at);
}

static void take_declarations(Loader *loader, const xmlNode *root, const char *path)
{
  static const char *const allowed[] = {"id", "version", "xml:lang", NULL};
  Declaration              top = {root, path};
  only_attributes(loader, top, allowed);
  only_elements(loader, top);
  take_identity(loader, top);
  for (const xmlNode *node = root->children; node; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    Declaration here = {node, path};
    if (is_element(node, "include")) {
      include(loader, here, path);
      continue;
    }
    if (!is_ours(node)) {
      fault(loader, here, "unknown-element", "<%s> is not of the namespace %s", (const char *)node->name, NAMESPACE);
      continue;
    }
    LOADER_GROW(loader, loader->declarations, loader->declaration_count, loader->declaration_capacity);
    loader->declarations[loader->declaration_count++] = here;
  }
}

static bool same_time(struct timespec a, struct timespec b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

/* Files that include each other belong together: one that was exchanged since it was read may not go with the rest. */
static void check_unchanged(Loader *loader, const RuleFile *file)
{
  struct stat now;
  if (!S_ISREG(file->about.st_mode)) return;
  bool there = stat(file->path, &now) == 0;
  if (there && now.st_ino == file->about.st_ino && now.st_dev == file->about.st_dev && now.st_size == file->about.st_size &&
      same_time(now.st_mtim, file->about.st_mtim))
    return;
  fault(loader, (Declaration){NULL, file->path}, "changed", "this rule file changed while the rules were read; load them again");
}

void check_files(Loader *loader)
{
  for (size_t i = 0; i < loader->file_count; ++i) check_unchanged(loader, &loader->files[i]);
}

void load_files(Loader *loader, const char *path) { load(loader, path, (Declaration){NULL, path}); }
