/* What a rule file declares beside its rules: prefixes, types, macros, tables, gazetteers. */
#include "rules/loader.h"

#include "base/language.h"

#include <stdlib.h>
#include <string.h>

/* ---- Prefixes and macros ---- */

static void declare_prefix(Loader *loader, Declaration at)
{
  static const char *const allowed[] = {"name", "iri", NULL};
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char *name = named(loader, at, "name"), *iri = required(loader, at, "iri");
  if (!strchr(iri, ':') || iri[strcspn(iri, " \t\n<>\"{}|^`\\")])
    fault(loader, at, "bad-iri", "iri=\"%s\" is no IRI that names could follow, like https://example.org/terms#", iri);
  LOADER_GROW(loader, loader->prefixes, loader->prefix_count, loader->prefix_capacity);
  loader->prefixes[loader->prefix_count++] = (Prefix){name, iri};
}

static void declare_macro(Loader *loader, Declaration at)
{
  static const char *const allowed[] = {"name", "xml:lang", NULL};
  only_attributes(loader, at, allowed);
  const char *name = named(loader, at, "name");
  if (*name && (name[0] < 'a' || name[0] > 'z'))
    fault(loader, at, "bad-name", "the macro \"%s\" must begin with a lower-case letter, since {Upper} is a type", name);
  const char *language = language_at(loader, at);
  for (size_t i = 0; i < loader->macro_count; ++i)
    if (loader->macros[i].name == name && loader->macros[i].language == language)
      fault(loader, at, "duplicate", "the macro {%s} is declared already at %s:%zu", name, loader->macros[i].file,
            loader->macros[i].line);
  LOADER_GROW(loader, loader->macros, loader->macro_count, loader->macro_capacity);
  loader->macros[loader->macro_count++] = (Macro){
      .name = name, .language = language, .text = joined(loader, at, at.node), .file = at.file, .line = (size_t)xmlGetLineNo(at.node)};
}

/* ---- Types ---- */

static Type *new_type(Loader *loader, Declaration at, const char *name, const char *language)
{
  RuleSet *rules = loader->rules;
  for (size_t i = 0; i < rules->type_count; ++i)
    if (rules->types[i].name == name && rules->types[i].language == language)
      fault(loader, at, "duplicate", "%s is declared already", name);
  if (rules->type_count == MAX_TYPES) fault(loader, at, "too-many", "more than %d types", MAX_TYPES);
  LOADER_GROW(loader, rules->types, rules->type_count, loader->type_capacity);
  Type *type = &rules->types[rules->type_count];
  *type = (Type){.name = name, .language = language, .index = (uint16_t)rules->type_count, .parent = NO_TYPE};
  rules->type_count++;
  return type;
}

static void read_role(Loader *loader, Declaration at, RoleType *role)
{
  static const char *const allowed[] = {"name", "property", "range", "card", "from", "output", NULL};
  static const char *const cards[] = {"0..1", "1", "0..n", "1..n", NULL};
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char *property = attribute(loader, at, "property");
  const char *card = attribute(loader, at, "card");
  *role = (RoleType){.name = named(loader, at, "name"),
                     .property = property ? iri_of(loader, at, property) : NULL,
                     .many = card && one_of(loader, at, "card", card, cards) >= 2,
                     .output = yes_no(loader, at, "output", true)};
}

static void read_feature(Loader *loader, Declaration at, FeatureType *feature)
{
  static const char *const allowed[] = {"name", "property", "scheme", "datatype", "values", "output", "from", NULL};
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char *property = attribute(loader, at, "property");
  const char *scheme = attribute(loader, at, "scheme");
  const char *datatype = attribute(loader, at, "datatype");
  *feature = (FeatureType){.name = named(loader, at, "name"),
                           .property = property ? iri_of(loader, at, property) : NULL,
                           .scheme = scheme ? iri_of(loader, at, scheme) : NULL,
                           .datatype = datatype ? iri_of(loader, at, datatype) : NULL,
                           .output = yes_no(loader, at, "output", true)};
  feature->value_count = words_of(loader, at, "values", &feature->values);
}

static uint16_t layer_index(Loader *loader, const char ***layers, size_t *capacity, const char *name)
{
  RuleSet *rules = loader->rules;
  for (size_t i = 0; i < rules->layer_count; ++i)
    if ((*layers)[i] == name) return (uint16_t)i;
  LOADER_GROW(loader, *layers, rules->layer_count, *capacity);
  (*layers)[rules->layer_count] = name;
  return (uint16_t)rules->layer_count++;
}

static void set_scan(Loader *loader, Declaration at, const Type *type)
{
  static const char *const kinds[] = {"capitalised", "unknown", "acronym", "number", "year", NULL};
  const char              *scan = attribute(loader, at, "scan");
  if (!scan) return;
  uint16_t *place = &loader->rules->scan[one_of(loader, at, "scan", scan, kinds)];
  if (*place != NO_TYPE)
    fault(loader, at, "duplicate", "what the scanner finds as %s is {%s} already", scan, loader->rules->types[*place].name);
  *place = type->index;
}

static void read_classes(Loader *loader, Declaration at, Type *type)
{
  type->class_count = words_of(loader, at, "class", &type->classes);
  for (size_t i = 0; i < type->class_count; ++i) type->classes[i] = iri_of(loader, at, type->classes[i]);
}

static void read_members(Loader *loader, Declaration at, Type *type)
{
  size_t role_capacity = 0, feature_capacity = 0;
  for (const xmlNode *node = at.node->children; node; node = node->next) {
    Declaration here = within(at, node);
    if (is_element(node, "note")) read_note(loader, here);
    else if (is_element(node, "role")) {
      LOADER_GROW(loader, type->roles, type->role_count, role_capacity);
      read_role(loader, here, &type->roles[type->role_count++]);
    } else if (is_element(node, "feature")) {
      LOADER_GROW(loader, type->features, type->feature_count, feature_capacity);
      read_feature(loader, here, &type->features[type->feature_count++]);
    } else if (node->type == XML_ELEMENT_NODE)
      fault(loader, here, "unknown-element", "<type> holds <role>, <feature> and <note>, not <%s>",
            (const char *)node->name);
  }
}

static void declare_type(Loader *loader, Declaration at, const char ***layers, size_t *layer_capacity)
{
  static const char *const allowed[] = {"name", "extends", "layer", "mode", "key", "output", "class", "node", "scan",
                                          "corefer", "meta", NULL};
  static const char *const corefers[] = {"words", "person", "body", "law", NULL};
  static const char *const metas[] = {"none", "sender", "addressee", "signatory", "undersigned", "letterhead", "copy", NULL};
  static const char *const modes[] = {"flat", "nest", "free", NULL};
  static const char *const nodes[] = {"item", "entity", NULL}, *const outputs[] = {"yes", "no", "referred", NULL};
  only_attributes(loader, at, allowed);
  only_elements(loader, at);
  const char *name = named(loader, at, "name");
  if (*name && (name[0] < 'A' || name[0] > 'Z'))
    fault(loader, at, "bad-name", "the type \"%s\" must begin with an upper-case letter, since {lower} is a macro", name);
  Type       *type = new_type(loader, at, name, NULL);
  const char *mode = attribute(loader, at, "mode");
  const char *layer = attribute(loader, at, "layer");
  const char *node = attribute(loader, at, "node");
  type->mode = mode ? (LayerMode)one_of(loader, at, "mode", mode, modes) : LAYER_FLAT;
  type->layer = layer_index(loader, layers, layer_capacity, layer ? layer : name);
  type->key = attribute(loader, at, "key");
  const char *output = attribute(loader, at, "output");
  size_t      kind = output ? one_of(loader, at, "output", output, outputs) : 0;
  type->output = kind == 0;
  type->referred = kind == 2;
  const char *corefer = attribute(loader, at, "corefer"), *meta = attribute(loader, at, "meta");
  type->corefer = corefer ? (CoreferKind)one_of(loader, at, "corefer", corefer, corefers) : COREFER_WORDS;
  type->meta = meta ? (MetaKind)one_of(loader, at, "meta", meta, metas) : META_NONE;
  type->node = nodes[node ? one_of(loader, at, "node", node, nodes) : 0];
  read_classes(loader, at, type);
  read_members(loader, at, type);
  set_scan(loader, at, type);
}

static const Type *best_type(const RuleSet *rules, const char *name, const char *language)
{
  const Type *best = NULL;
  size_t      fit = 0;
  for (size_t i = 0; i < rules->type_count; ++i) {
    const Type *type = &rules->types[i];
    if (strcmp(type->name, name) != 0 || type->passed) continue;
    size_t fits = language_fit(type->language, language);
    if (!best || fits > fit) best = type, fit = fits;
  }
  return best;
}

const Type *find_type(Loader *loader, Declaration at, const char *name, const char *language)
{
  const RuleSet *rules = loader->rules;
  const Type    *known = best_type(rules, name, language);
  if (known) return known;
  const char **names = arena_alloc(loader->arena, (rules->type_count + 1) * sizeof *names);
  for (size_t i = 0; i < rules->type_count; ++i) names[i] = rules->types[i].name;
  const char *near = nearest(name, names, rules->type_count);
  fault(loader, at, name[0] == '@' ? "unknown-gazetteer" : "unknown-type", "%s \"%s\" is not declared%s%s%s",
        name[0] == '@' ? "the gazetteer" : "the type", name, near ? "; did you mean " : "", near ? near : "",
        near ? "?" : "");
  return NULL;
}

/* Once all types are known. */
static void resolve_parent(Loader *loader, Declaration at)
{
  const char *parent = attribute(loader, at, "extends"), *name = attribute(loader, at, "name");
  Type       *type = name ? (Type *)ruleset_type(loader->rules, name) : NULL;
  if (parent && !*parent) fault(loader, at, "bad-value", "extends=\"\" names no type");
  const Type *found = parent ? find_item_type(loader, at, parent) : NULL;
  if (!found || !type) return;
  for (uint16_t up = found->index; up != NO_TYPE; up = loader->rules->types[up].parent)
    if (up == type->index) {
      fault(loader, at, "type-cycle", "%s extends itself, directly or through others", type->name);
      return;
    }
  type->parent = found->index;
}

/* Where roles and features come from, once all types are known. */
static void resolve_sources(Loader *loader, Declaration at)
{
  const char *name = attribute(loader, at, "name");
  Type       *type = name ? (Type *)ruleset_type(loader->rules, name) : NULL;
  size_t      role = 0, feature = 0;
  for (const xmlNode *node = at.node->children; type && node; node = node->next) {
    uint16_t *place = NULL;
    if (is_element(node, "role") && role < type->role_count) place = &type->roles[role++].from;
    else if (is_element(node, "feature") && feature < type->feature_count) place = &type->features[feature++].from;
    const char *from = place ? attribute(loader, within(at, node), "from") : NULL;
    const Type *source = !from                        ? NULL
                         : is_element(node, "feature") ? find_type(loader, within(at, node), from, language_of(loader, at))
                                                        : find_item_type(loader, within(at, node), from);
    if (source) *place = (uint16_t)(source->index + 1);
    if (source && is_element(node, "feature") && !attribute(loader, within(at, node), "scheme"))
      fault(loader, within(at, node), "bad-value", "from=\"%s\": a feature of concepts needs a scheme", from);
  }
}

static void check_key(Loader *loader, Declaration at)
{
  const char *name = attribute(loader, at, "name");
  const Type *type = name ? ruleset_type(loader->rules, name) : NULL;
  if (type && type->key && !type_role(loader->rules, type, type->key))
    fault(loader, at, "unknown-role", "key=\"%s\": %s has no role %s", type->key, type->name, type->key);
}

static void collect_subtypes(Loader *loader)
{
  RuleSet *rules = loader->rules;
  for (size_t i = 0; i < rules->type_count; ++i) {
    Type  *type = &rules->types[i];
    size_t capacity = 0;
    for (size_t j = 0; j < rules->type_count; ++j) {
      if (!ruleset_is_a(rules, (uint16_t)j, type->index)) continue;
      LOADER_GROW(loader, type->below, type->below_count, capacity);
      type->below[type->below_count++] = (uint16_t)j;
    }
  }
}

const Type *find_item_type(Loader *loader, Declaration at, const char *name)
{
  if (*name != '@') return *name ? find_type(loader, at, name, NULL) : NULL;
  fault(loader, at, "bad-value", "a type was expected, and \"%s\" is a gazetteer", name);
  return NULL;
}

/* ---- Tables and gazetteers ---- */

static int by_key(const void *a, const void *b)
{
  return strcmp(((const TableRow *)a)->key, ((const TableRow *)b)->key);
}

static void read_row(Loader *loader, Declaration at, Table *table, size_t *capacity)
{
  static const char *const allowed[] = {"key", "value", NULL};
  only_attributes(loader, at, allowed);
  nothing_inside(loader, at);
  const char **keys;
  const char  *value = required(loader, at, "value");
  size_t       count = some_parts(loader, at, "a key", required(loader, at, "key"), "|", &keys);
  for (size_t i = 0; i < count; ++i) {
    LOADER_GROW(loader, table->rows, table->row_count, *capacity);
    table->rows[table->row_count++] = (TableRow){folded_key(loader->arena, keys[i], strlen(keys[i])), value};
  }
}

static void declare_table(Loader *loader, Declaration at)
{
  static const char *const allowed[] = {"name", "xml:lang", NULL};
  RuleSet                 *rules = loader->rules;
  Table                   *table = arena_alloc(loader->arena, sizeof *table);
  size_t                   capacity = 0;
  only_attributes(loader, at, allowed);
  only_elements(loader, at);
  table->name = named(loader, at, "name");
  table->language = language_at(loader, at);
  table->file = at.file;
  table->line = (size_t)xmlGetLineNo(at.node);
  for (size_t i = 0; i < rules->table_count; ++i)
    if (rules->tables[i]->name == table->name && rules->tables[i]->language == table->language)
      fault(loader, at, "duplicate", "the table %s is declared already", table->name);
  for (const xmlNode *node = at.node->children; node; node = node->next)
    if (is_element(node, "row")) read_row(loader, within(at, node), table, &capacity);
    else if (node->type == XML_ELEMENT_NODE)
      fault(loader, within(at, node), "unknown-element", "<table> holds <row>, not <%s>", (const char *)node->name);
  if (!table->row_count) fault(loader, at, "empty", "the table %s needs a <row>", table->name);
  else qsort(table->rows, table->row_count, sizeof *table->rows, by_key);
  for (size_t i = 1; i < table->row_count; ++i)
    if (strcmp(table->rows[i].key, table->rows[i - 1].key) == 0)
      fault(loader, at, "duplicate", "the table %s has the key \"%s\" twice", table->name, table->rows[i].key);
  LOADER_GROW(loader, rules->tables, rules->table_count, loader->table_capacity);
  rules->tables[rules->table_count++] = table;
}

/* One <term>, or many in <terms>. */
static void add_terms(Loader *loader, Declaration at, Gazetteer *gazetteer, size_t *capacity)
{
  static const char *const allowed[] = {NULL};
  bool                     many = is_element(at.node, "terms");
  const char             **terms;
  only_attributes(loader, at, allowed);
  only_text(loader, at);
  size_t count = some_parts(loader, at, "text", content(loader, at.node), many ? "|" : "", &terms);
  for (size_t i = 0; i < count; ++i) {
    LOADER_GROW(loader, gazetteer->terms, gazetteer->term_count, *capacity);
    gazetteer->terms[gazetteer->term_count++] = terms[i];
  }
}

static void make_list(Type *type)
{
  type->list = true;
  type->layer = UINT16_MAX;
  type->mode = LAYER_FREE;
  type->node = "item";
}

static void declare_gazetteer(Loader *loader, Declaration at)
{
  static const char *const allowed[] = {"name", "case", "external", "classes", "links", "xml:lang", NULL};
  static const char *const cases[] = {"exact", "fold", NULL}, *const origins[] = {"no", "yes", "user", NULL};
  only_attributes(loader, at, allowed);
  RuleSet    *rules = loader->rules;
  only_elements(loader, at);
  const char *name = named(loader, at, "name"), *folding = attribute(loader, at, "case");
  size_t      capacity = 0;
  const char *external = attribute(loader, at, "external");
  size_t      origin = external ? one_of(loader, at, "external", external, origins) : 0;
  const char *language = language_at(loader, at);
  Gazetteer   gazetteer = {.name = name, .language = language, .external = origin == 1, .given = origin == 2, .file = at.file};
  gazetteer.line = (size_t)xmlGetLineNo(at.node);
  gazetteer.fold = folding && one_of(loader, at, "case", folding, cases) == 1;
  for (const xmlNode *node = at.node->children; node; node = node->next) {
    Declaration here = within(at, node);
    if (is_element(node, "term") || is_element(node, "terms")) add_terms(loader, here, &gazetteer, &capacity);
    else if (node->type == XML_ELEMENT_NODE)
      fault(loader, here, "unknown-element", "<gazetteer> holds <term> and <terms>, not <%s>", (const char *)node->name);
  }
  if (!gazetteer.term_count && !origin)
    fault(loader, at, "empty", "the gazetteer %s needs a <term>, or external=\"yes\" for a list of the vocabulary", name);
  gazetteer.class_count = words_of(loader, at, "classes", &gazetteer.classes);
  for (size_t i = 0; i < gazetteer.class_count; ++i) gazetteer.classes[i] = iri_of(loader, at, gazetteer.classes[i]);
  if (gazetteer.class_count && !origin)
    fault(loader, at, "bad-value", "classes say which of a user's names are in the gazetteer %s: external=\"user\" was expected", name);
  if (gazetteer.class_count) gazetteer.given = true;
  const char *at_name = arena_printf(loader->arena, "@%s", name);
  Type       *type = new_type(loader, at, intern(rules->names, at_name, strlen(at_name)), language);
  make_list(type);
  gazetteer.type = type->index;
  LOADER_GROW(loader, rules->gazetteers, rules->gazetteer_count, loader->gazetteer_capacity);
  rules->gazetteers[rules->gazetteer_count++] = gazetteer;
}

/* Once all types are known. */
static void resolve_links(Loader *loader, Declaration at)
{
  const char **names, *name = attribute(loader, at, "name"), *language = language_of(loader, at);
  size_t       count = words_of(loader, at, "links", &names);
  Gazetteer   *gazetteer = NULL;
  for (size_t i = 0; count && i < loader->rules->gazetteer_count; ++i)
    if (loader->rules->gazetteers[i].name == name && loader->rules->gazetteers[i].language == language)
      gazetteer = &loader->rules->gazetteers[i];
  if (!gazetteer) return;
  gazetteer->links = arena_alloc(loader->arena, count * sizeof *gazetteer->links);
  for (size_t i = 0; i < count; ++i) {
    const Type *type = find_item_type(loader, at, names[i]);
    if (type) gazetteer->links[gazetteer->link_count++] = type->index;
  }
}

/* A learn phase makes the list it fills. */
static void declare_learnt(Loader *loader, Declaration at)
{
  const char *into = attribute(loader, at, "into");
  if (!into) return;
  const char *name = arena_printf(loader->arena, "@%s", into);
  if (ruleset_type(loader->rules, name)) return;
  Type *type = new_type(loader, at, intern(loader->rules->names, name, strlen(name)), NULL);
  make_list(type);
}

void load_declarations(Loader *loader)
{
  static const char *const known[] = {"prefix", "type", "macro", "table", "gazetteer", "phase", "note", "include"};
  const char             **layers = NULL;
  size_t                   layer_capacity = 0;
  for (int i = 0; i < SCAN_COUNT; ++i) loader->rules->scan[i] = NO_TYPE;
  for (size_t i = 0; i < loader->declaration_count; ++i)
    if (is_element(loader->declarations[i].node, "prefix")) declare_prefix(loader, loader->declarations[i]);
  for (size_t i = 0; i < loader->declaration_count; ++i) {
    Declaration at = loader->declarations[i];
    const char *name = (const char *)at.node->name;
    if (strcmp(name, "type") == 0) declare_type(loader, at, &layers, &layer_capacity);
    else if (strcmp(name, "macro") == 0) declare_macro(loader, at);
    else if (strcmp(name, "table") == 0) declare_table(loader, at);
    else if (strcmp(name, "gazetteer") == 0) declare_gazetteer(loader, at);
    else if (strcmp(name, "note") == 0) read_note(loader, at);
    else if (strcmp(name, "prefix") != 0 && strcmp(name, "phase") != 0) {
      const char *near = nearest(name, known, sizeof known / sizeof *known);
      fault(loader, at, "unknown-element", "<ruleset> holds no <%s>%s%s%s", name, near ? "; did you mean <" : "",
            near ? near : "", near ? ">?" : "");
    }
  }
  for (size_t i = 0; i < loader->declaration_count; ++i)
    if (is_element(loader->declarations[i].node, "phase")) declare_learnt(loader, loader->declarations[i]);
  for (size_t i = 0; i < loader->declaration_count; ++i)
    if (is_element(loader->declarations[i].node, "type")) {
      resolve_parent(loader, loader->declarations[i]);
      resolve_sources(loader, loader->declarations[i]);
    }
  for (size_t i = 0; i < loader->declaration_count; ++i)
    if (is_element(loader->declarations[i].node, "type")) check_key(loader, loader->declarations[i]);
  load_type_tests(loader);
  for (size_t i = 0; i < loader->declaration_count; ++i)
    if (is_element(loader->declarations[i].node, "gazetteer")) resolve_links(loader, loader->declarations[i]);
  collect_subtypes(loader);
}
