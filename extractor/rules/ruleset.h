/* ruleset.h: a rule set after loading: types, tables, phases and rules.
 *
 * Immutable once loaded and shared by all threads. Every name is interned:
 * two equal names are the same pointer. */
#ifndef CLAIMANT_RULES_RULESET_H
#define CLAIMANT_RULES_RULESET_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "letter/segment.h"
#include "rules/pattern.h"
#include "rules/trigger_index.h"
#include "rules/intern.h"

enum { NO_TYPE = UINT16_MAX };

/* Words that a scanner finds once a letter, as base types for rules to name. */
typedef enum { SCAN_CAPITALISED, SCAN_UNKNOWN, SCAN_ACRONYM, SCAN_NUMBER, SCAN_YEAR, SCAN_COUNT } ScanKind;

/* ---- Types ---------------------------------------------------------------- */

typedef struct {
  const char *name;
  const char *property; /* IRI of the RDF property, or NULL: not in the graph */
  bool        many;     /* card 0..n or 1..n */
  uint16_t    from;     /* 1 + index of the type whose items fill it where no rule has, see resolve/details.h */
  bool        output;   /* false: only rules ask for it */
} RoleType;

typedef struct {
  const char  *name;
  const char  *property; /* IRI, or NULL: not in the graph */
  const char  *scheme;   /* values are concepts: IRI = scheme + value; NULL: literals */
  const char  *datatype; /* IRI of a literal's datatype; NULL: a string in the letter's language */
  const char **values;   /* the only values allowed; NULL: any */
  size_t       value_count;
  bool         output; /* false: for the resolver only, leaves the program nowhere */
  uint16_t     from;   /* 1 + index of the list whose hits' concepts are its values, with spaces between */
} FeatureType;

/* Same words; also a surname for a full name; an acronym or the end of a name; a back reference. */
typedef enum { COREFER_WORDS, COREFER_PERSON, COREFER_BODY, COREFER_LAW } CoreferKind;

typedef enum { META_NONE, META_SENDER, META_ADDRESSEE, META_SIGNATORY, META_UNDERSIGNED, META_LETTERHEAD, META_COPY } MetaKind;

typedef enum { LAYER_FLAT, LAYER_NEST, LAYER_FREE } LayerMode;

/* Asked of a placeholder: {Person[title]}, {Claim[stance=reported]}. */
typedef struct {
  const char *name;  /* of a feature or role */
  const char *value; /* of the feature; NULL: that it is set at all, or that the role is filled */
} TypeTest;

enum { MAX_TESTS = 4 /* of one type */ };

typedef struct {
  const char  *name;
  const char  *language; /* of a gazetteer's hits: that of the gazetteer; else NULL */
  uint16_t     index;  /* in RuleSet.types; its placeholder is U+100000 + index */
  uint16_t     parent; /* NO_TYPE for none */
  uint16_t     layer;
  LayerMode    mode;
  const char  *key;     /* role that tells items of a free layer apart, or NULL */
  bool         output;  /* false: a helper, never an item; but */
  bool         referred; /* of such a helper what a role of an item, or the letter's head, refers to is one */
  bool         list;    /* a gazetteer's hits: "@name" */
  uint16_t    *below;   /* itself and its subtypes */
  size_t       below_count;
  const char **classes; /* IRIs of its RDF classes */
  size_t       class_count;
  const char  *node;    /* "entity": all mentions are one node; "item": each is a node */
  CoreferKind  corefer; /* how mentions of one entity are told */
  MetaKind     meta;    /* a helper whose items name a party of the letter */
  RoleType    *roles;
  size_t       role_count;
  FeatureType *features;
  size_t       feature_count;
  TypeTest     tests[MAX_TESTS]; /* that patterns make of it, each a bit from the lowest on */
  size_t       test_count;
  uint16_t     passed_first; /* the type that stands for it in views where bits `b` of its tests hold: this + b - 1 */
  bool         passed;       /* it is such a type itself, of no annotation, ... */
  uint16_t     passed_of;    /* ... of this type ... */
  uint32_t     passed_bits;  /* ... with these tests holding */
} Type;

/* ---- Tables and term lists -------------------------------------------------- */

typedef struct {
  const char *key; /* folded: lower case, single spaces */
  const char *value;
} TableRow;

typedef struct {
  const char *name;
  const char *language; /* a range of BCP 47 (so below): rules of it mean this one where there are several; NULL: any */
  TableRow   *rows; /* sorted by key */
  size_t      row_count;
  const char *file; /* NULL in a compiled rule set */
  size_t      line;
} Table;

typedef struct {
  const char  *name;
  const char  *language; /* or NULL */
  uint16_t     type; /* its "@name" type */
  bool         fold; /* hits regardless of case */
  const char **terms;
  size_t       term_count;
  bool         external; /* the terms are in the compiled vocabulary under the same name */
  bool         given;    /* the names of a user's gazetteers are terms too: those of the classes below, or for the type of the links */
  const char **classes;  /* IRIs */
  size_t       class_count;
  uint16_t    *links;    /* types of the items that its concepts may be linked to */
  size_t       link_count;
  const char  *file;     /* NULL in a compiled rule set */
  size_t       line;
} Gazetteer;

typedef struct {
  const char *name;
  const char *language; /* or NULL */
  const char *text; /* line breaks taken out */
  const char *file;
  size_t      line;
  bool        used, open; /* some pattern uses it; it is being expanded, to catch a cycle */
} Macro;

/* ---- Rules ------------------------------------------------------------------ */

typedef enum { AT_OVERLAP, AT_BEFORE, AT_AFTER, AT_INSIDE, AT_UNIT } UnlessAt;

typedef struct {
  UnlessAt at;
  Pattern *pattern;
} Unless;

typedef struct {
  const char  *feature;
  const char  *value; /* constant, or with holes ({group}, {group.feature}, {group@table}, {group:width}); NULL: from */
  const char  *from;  /* group whose folded text is the value */
  const char  *fn;    /* normalisation applied before the table, or NULL */
  const Table *numbers; /* for functions that read numbers: what words stand for, or NULL */
  const Table *table; /* look the text up; a missing key leaves the feature unset */
  const char  *only_if, *if_not; /* groups, or NULL */
  bool         holes;
  size_t       line;
} Set;

typedef enum { WHERE_SENTENCE, WHERE_LIST, WHERE_NEXT, WHERE_PREVIOUS, WHERE_PARAGRAPH, WHERE_SECTION, WHERE_LETTER } FillWhere;
typedef enum { PICK_BEFORE, PICK_FIRST, PICK_LAST, PICK_NEAREST } FillPick;

typedef struct {
  uint16_t    type;
  const char *role; /* NULL: the annotation itself; "*": the role of the name being filled */
} FillFrom;

typedef struct {
  const char **roles;
  size_t       role_count;
  ClaimantRef  ref; /* when not NONE: a constant, no search */
  FillFrom    *from;
  size_t       from_count;
  uint64_t    *types; /* TypeSet words: of which an annotation may fill it, those of `from` and below; NULL: of none */
  FillWhere    where;
  FillPick     pick;
  bool         required;
  const char  *only_if, *if_not;
  size_t       line;
} Fill;

/* Bits of a scope: unit kinds, then zones, then whole blocks. */
enum {
  SCOPE_KINDS = (1 << (UNIT_SALUTATION + 1)) - 1,
  SCOPE_ZONE_SHIFT = 8,
  SCOPE_PARAGRAPH = 1 << 16
};

typedef struct Example Example;
struct Example {
  bool        counter;
  bool        document; /* run through segmentation as a letter of its own */
  const char *language; /* of the text; NULL: that of the rule, or of the rule set */
  const char *text;
  const char *words; /* of a frame: what stands in its slots here, with \", \" between them; NULL: no slots */
  struct {
    const char *role; /* NULL: the item itself */
    Span        span; /* bytes of text */
  }     *marks;
  size_t mark_count;
  struct {
    const char *name, *value;
  }     *features;
  size_t feature_count;
  size_t line;
};

/* Which items a modifier's trigger reaches: behind it, in front of it, or those it stands in. */
typedef enum { MODIFY_FORWARD, MODIFY_BACKWARD, MODIFY_BOTH, MODIFY_AROUND } ModifierDirection;

#define MODIFIER_TRIGGER "trigger" /* the role by which examples of a modifier mark its trigger */

typedef struct {
  const char *id;
  const char *file;
  size_t      line;
  uint32_t    ordinal; /* place among all rules, from 0 */
  uint16_t    type;    /* what it emits; of a modifier the first it modifies */
  bool        modifier; /* it emits nothing: its patterns are triggers that set features of items */
  int32_t     priority;
  double      confidence;
  const char *language;   /* of the letters it is for, a range of BCP 47; NULL: any */
  uint32_t    scope;      /* bits above */
  const char *span_group; /* the item is this group's range; NULL: the match */
  bool        absorb;
  Pattern   **patterns;
  size_t      pattern_count;
  Pattern    *before;          /* extends a match to the left, or NULL */
  bool        before_required; /* a match it does not extend is none */
  ModifierDirection direction;
  Pattern    *until;   /* of a modifier: where its reach ends, or NULL */
  uint64_t   *targets; /* TypeSet words: types whose items it modifies; NULL: no modifier */
  Unless     *unless;
  size_t      unless_count;
  Set        *sets;
  size_t      set_count;
  Fill       *fills;
  size_t      fill_count;
  Example    *examples;
  size_t      example_count;
  uint32_t    view; /* index into RuleSet.views: which types its patterns and its phase name */
} Rule;

typedef enum { PHASE_RULES, PHASE_LEARN } PhaseKind;

typedef struct {
  const char *id;
  PhaseKind   kind;
  const char *language; /* of PHASE_LEARN: text of other languages is left alone; NULL: none is */
  uint32_t    first_rule, rule_count;
  uint16_t    learn_from; /* PHASE_LEARN: names of this type ... */
  uint16_t    learn_into; /* ... become hits of this "@list" type */
  uint32_t    learn_forms; /* LEARN_ bits */
  const uint64_t *mask;    /* TypeSet words: PHASE_LEARN finds nothing inside these types */
  Rule      **by_view;     /* its rules, those of one view together */
} Phase;

enum { LEARN_FULL = 1, LEARN_LAST = 2, LEARN_ACRONYM = 4, LEARN_FIRST = 8 };

/* A set of visible types: bit i of bits[i / 64] is type i. */
typedef struct {
  uint64_t *bits;
} TypeSet;

/* A compiled rule set's file, mapped: the texts of the rule set lie in it. */
typedef struct {
  char  *data; /* NULL: the rule set was read from its rule files */
  size_t bytes;
} RuleImage;

typedef struct RuleSet {
  Arena      *arena;
  RuleImage   image;
  Interner   *names;
  const char *id, *version, *language;
  const char *iri; /* of the rule set: rules are IRI + "#" + id */
  char        hash[65];
  const char **files; /* it was read from, in order; relative to the folder of the first where they are below it */
  size_t       file_count;
  Type       *types;
  size_t      type_count, layer_count;
  Table     **tables;
  size_t      table_count;
  Gazetteer  *gazetteers;
  size_t      gazetteer_count;
  Macro      *macros; /* none in a compiled rule set, whose patterns are expanded */
  size_t      macro_count;
  Phase      *phases;
  size_t      phase_count;
  Rule      **rules;
  size_t      rule_count;
  TypeSet    *views;
  size_t      view_count, view_words; /* words in a TypeSet */
  uint16_t    scan[SCAN_COUNT];       /* types of the words the scanner finds, or NO_TYPE */
  Lexicons    lexicons;
  TriggerIndex *triggers;
} RuleSet;

/* Of several tables of the name the one that fits the language best; NULL: there is none. */
const Table       *ruleset_table(const RuleSet *rules, const char *name, size_t bytes, const char *language);
const Type        *ruleset_type(const RuleSet *rules, const char *name);          /* NULL: unknown */
bool               ruleset_is_a(const RuleSet *rules, uint16_t type, uint16_t ancestor);
const FeatureType *type_feature(const RuleSet *rules, const Type *type, const char *name); /* inherits; NULL: unknown */
const RoleType    *type_role(const RuleSet *rules, const Type *type, const char *name);

#endif
