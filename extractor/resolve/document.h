/* document.h: what was found in one letter, ready to be written.
 *
 * Items are mentions in output order (start, end descending, type, rule);
 * entities are the nodes that several mentions share. Both carry their final
 * identifiers. Plain structs in the letter's arena. */
#ifndef CLAIMANT_RESOLVE_DOCUMENT_H
#define CLAIMANT_RESOLVE_DOCUMENT_H

#include "letter/letter.h"
#include "rules/ruleset.h"

enum { ID_SIZE = 64 };

typedef enum {
  LINK_EXACT,
  LINK_CANDIDATE,
  LINK_OUTDONE,    /* another name of the entity says it is another concept */
  LINK_REJECTED,   /* a reviewer says no */
  LINK_OTHER_TYPE, /* the gazetteer's concepts are no things of the entity's type */
} LinkVerdict;

/* NAMED_LIKE_IT: no name of it, only one that shares most words with it, see likeness.h. */
typedef enum { NAMED_BY_ACRONYM, NAMED_BY_LABEL, NAMED_BY_PREFERRED, NAMED_LIKE_IT } LinkNaming;

/* A concept of a gazetteer that an entity has a name of; see link.h for how it is judged. */
typedef struct {
  LinkVerdict verdict;
  LinkNaming  naming;
  const char *concept;  /* IRI */
  const char *label;    /* what the gazetteer calls it */
  const char *name;     /* the entity's, that is a name of the concept */
  const char *list;     /* of the gazetteer */
  const char *source;   /* the user's file; NULL: the vocabulary */
  uint32_t    number;   /* of the concept in its vocabulary */
  uint16_t    vocab;    /* index of its source */
  bool        whole;     /* the name is all of the entity's longest one, a country's before it aside */
  bool        ambiguous; /* the gazetteer says that its names mean other things as often */
  unsigned    namesakes; /* concepts of the gazetteer that share the name and fit, itself included */
  unsigned    company;   /* other names in the letter of it or of its country */
  double      score;     /* of a candidate, between 0 and 1; 1 where exact */
} Link;

typedef struct Entity {
  char               id[ID_SIZE]; /* "person-99fc5b8af2540e73"; "writer" when nameless */
  const Type        *type;        /* NULL for a nameless writer or addressee */
  const char        *label;       /* the longest name, white space collapsed; NULL when nameless */
  struct ItemFeature *features;   /* gathered from all mentions: acronym, identifier, title ... */
  size_t             feature_count;
  const struct Entity **rivals;   /* longer names that this one may be short for: several, so that it is left alone */
  size_t             rival_count;
  Link              *links;       /* by gazetteer, the surest first */
  size_t             link_count;
} Entity;

typedef struct ItemFeature {
  const FeatureType *type; /* NULL for roles gathered on an entity */
  const char        *name;
  const char        *value;
} ItemFeature;

typedef struct {
  const RoleType *type;
  const char     *name;
  ClaimantRef     ref;
  bool            has_span;
  Span            span;
  const char     *text;   /* letter's text at span, or the entity's label; may be NULL */
  const Entity   *entity; /* node that fills the role, or NULL */
} ItemRole;

typedef struct {
  const Rule *rule;
  Span        trigger; /* the words that did it */
} ItemModifier;

typedef struct ClaimantItem {
  char         id[ID_SIZE];
  const Type  *type;
  const Rule  *rule;
  Span         span;
  Span         evidence; /* the unit it stands in */
  double       confidence;
  const char  *text; /* letter's text at span, exactly; 0-terminated */
  ItemFeature *features; /* in order of the type's declaration */
  size_t       feature_count;
  ItemRole    *roles; /* in order of the type's declaration, then of place */
  size_t       role_count;
  ItemModifier *modifiers; /* in order of place */
  size_t        modifier_count;
  const Entity *entity; /* the node all mentions share; NULL for statements, which are nodes themselves */
  const struct ClaimantItem *whole; /* the law it is a part of, if that is known; need not be one of the items */
  const Entity **candidates; /* each of which it may refer to, as several could be meant */
  size_t         candidate_count;
  uint32_t      section;
} Item;

typedef struct {
  const char    *date; /* ISO, or NULL */
  const Entity **senders, **addressees, **signatories;
  size_t         sender_count, addressee_count, signatory_count;
  bool           undersigned; /* signed by more than are worth naming here; senders and signatories are empty */
} LetterMeta;

/* What a reviewer said of an item. */
typedef struct {
  const char   *item;   /* its id */
  const Entity *entity; /* it is a mention of, or NULL */
  const char   *verdict, *reviewer, *note; /* "accept", "correct", "reject", "unsure"; a note may be empty */
} ItemDecision;

typedef struct ClaimantDocument {
  Arena         *arena; /* of the letter, or its own when there is no letter */
  Letter        *letter;
  const RuleSet *rules;
  const char    *language; /* of the letter as a whole; NULL: not known */
  const char    *rules_hash; /* of the rules and their vocabulary, as the public header has it; NULL: not known */
  Diagnostics    diagnostics;
  const struct NameSource *sources; /* the gazetteers that entities are linked to */
  size_t         source_count;
  char           sha256[65]; /* of the input as output.md defines it */
  Item          *items;
  size_t         item_count;
  ItemDecision  *decisions; /* on the items; none unless a review was applied */
  size_t         decision_count;
  Entity       **entities; /* writer and addressee included */
  size_t         entity_count;
  const char    *said_sender, *said_addressee; /* by what the letter came in, where the letter does not say; or NULL */
  const Entity  *writer, *addressee; /* never NULL: nameless nodes where no name is known */
  LetterMeta     meta;
} Document;

#endif
