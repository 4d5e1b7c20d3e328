/* loader.h: what the files of the loader share. Not for other rooms.
 *
 * Loading goes file.c (XML files and includes, flattened), declare.c (types,
 * tables, gazetteers, macros), rule.c (phases and rules), expand.c (patterns),
 * load.c (order, trigger numbering, the hash). Every fault becomes a diagnostic
 * and loading goes on, so that one run shows them all. */
#ifndef CLAIMANT_RULES_LOADER_H
#define CLAIMANT_RULES_LOADER_H

#include <libxml/tree.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "rules/ruleset.h"
#include "rules/table.h"

typedef struct {
  const char *path;
  xmlDoc     *doc;
  bool        open; /* its includes are being read: to catch a cycle */
  struct stat about; /* when it was read */
} RuleFile;

typedef struct {
  const xmlNode *node;
  const char    *file;
} Declaration;

typedef struct {
  const char *name, *iri;
} Prefix;

/* Compiled patterns, to be thrown away when loading fails: no rule may own them yet. */
typedef struct CompiledPattern {
  Pattern                *pattern;
  struct CompiledPattern *next;
} CompiledPattern;

typedef struct {
  Arena       *arena;
  RuleSet     *rules;
  Diagnostics *diagnostics;
  Buffer       bytes; /* of all files read, for the hash */
  RuleFile    *files;
  size_t       file_count, file_capacity;
  Declaration *declarations; /* top-level elements of all files, in order */
  size_t       declaration_count, declaration_capacity;
  Macro       *macros;
  size_t       macro_count, macro_capacity;
  Prefix      *prefixes;
  size_t       prefix_count, prefix_capacity;
  size_t       type_capacity, table_capacity, gazetteer_capacity, phase_capacity, rule_capacity;
  size_t       view_capacity, lexicon_capacity;
  Buffer       scratch; /* expansion of the pattern in hand */
  CompiledPattern *compiled;
} Loader;

/* One pass each; faults go to the diagnostics. */
void load_files(Loader *loader, const char *path);
void check_files(Loader *loader); /* at the end: are they as they were read? */
void load_declarations(Loader *loader);
void load_rules(Loader *loader);
void lint_rules(Loader *loader);

/* Expands and compiles; NULL after reporting a fault. `mask` (TypeSet words) may be NULL. */
Pattern *load_pattern(Loader *loader, Declaration at, const char *source, Anchor anchor);

/* The pattern as it would be with this source and the loader's macros: `code` is NULL where it expands to
 * the same as the original. NULL: faults, which go to the diagnostics. Triggers and types stay the original's. */
Pattern *load_variant(Loader *loader, const Pattern *original, const char *source);

/* ---- Reading XML elements ---- */

void fault(Loader *loader, Declaration at, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool        is_element(const xmlNode *node, const char *name);
const char *attribute(Loader *loader, Declaration at, const char *name);          /* interned; NULL when absent */
const char *required(Loader *loader, Declaration at, const char *name);           /* reports when absent; then "" */
const char *named(Loader *loader, Declaration at, const char *name);              /* required, and made as a name is */
bool        yes_no(Loader *loader, Declaration at, const char *name, bool otherwise);
const char *content(Loader *loader, const xmlNode *node);                         /* all text, as it stands */
const char *joined(Loader *loader, Declaration at, const xmlNode *node);          /* text with line breaks taken out */
void        only_attributes(Loader *loader, Declaration at, const char *const *allowed); /* NULL-terminated */
void        only_elements(Loader *loader, Declaration at);                        /* no text but white space */
void        only_text(Loader *loader, Declaration at);                            /* no elements */
void        nothing_inside(Loader *loader, Declaration at);
void        read_note(Loader *loader, Declaration at);                            /* for people only */
const char *language_at(Loader *loader, Declaration at); /* the nearest xml:lang, reported where it is no tag; NULL: none */
const char *language_of(Loader *loader, Declaration at); /* the same, and nothing is reported */
const char *iri_of(Loader *loader, Declaration at, const char *curie);            /* prefix:name or <IRI> text */
Declaration within(Declaration parent, const xmlNode *node);

/* The member of a NULL-terminated list nearest to `name`, for "did you mean"; NULL when none is near. */
const char *nearest(const char *name, const char *const *names, size_t count);

/* Index of `word` in a NULL-terminated list, or reports and returns 0. */
size_t one_of(Loader *loader, Declaration at, const char *attribute_name, const char *word,
              const char *const *words);

/* Splits at any of `separators`, trims; returns interned parts. */
size_t split(Loader *loader, const char *text, const char *separators, const char ***parts);

/* The words of an attribute, none when it is absent; an empty one is reported. */
size_t words_of(Loader *loader, Declaration at, const char *name, const char ***words);

/* Like split(), reporting when there are no parts; `what` names them. */
size_t some_parts(Loader *loader, Declaration at, const char *what, const char *text, const char *separators,
                  const char ***parts);

/* ---- Tests in placeholders (type_tests.c) ---- */

enum { MAX_TYPES = 4096 };

typedef struct {
  bool     asked, negated;
  TypeTest test;
} PlaceholderTest;

void load_type_tests(Loader *loader); /* once types and their parents are known */

/* "Person" or "Person[title]"; reports, and then returns NULL, when it is unknown or cannot pass. */
const Type *read_placeholder(Loader *loader, Declaration at, const char *text, const char *language, PlaceholderTest *test);

/* Does the placeholder mean this type, which is its type or below it? */
bool placeholder_has(const RuleSet *rules, const PlaceholderTest *test, uint16_t below);

/* Reports when unknown. Of several lists of one name it is the one that fits the language best. */
const Type *find_type(Loader *loader, Declaration at, const char *name, const char *language);
const Type *find_item_type(Loader *loader, Declaration at, const char *name); /* and no gazetteer; "" is silent */

#define LOADER_GROW(loader, items, count, capacity)                                                        \
  ((items) = arena_grow((loader)->arena, (items), (count), &(capacity), sizeof *(items)))

#endif
