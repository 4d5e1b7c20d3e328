#include "hand_made.h"

#include "base/hash.h"
#include "graph/names.h"

#include <stdlib.h>
#include <string.h>

static const char text[] =
    "3 March 2021 \xE2\x80\x93 Orva\n\n"
    "Dear Minister Adela Krane,\n\n"
    "Water rights\n\n"
    "As article 9 of the\nWater Charter says, we urge you to repair the Orva pipeline by May 2021. "
    "Krane said that \xE2\x80\x9Cthe pipe is sound\xE2\x80\x9D.\n\n"
    "Tomas Hale\nRiver Watch\n";

enum { T_PERSON, T_BODY, T_DATE, T_LAW, T_CLAIM, T_DEMAND, T_COUNT };

static RoleType person_roles[] = {{"title", NS_SCHEMA "jobTitle", true, 0, true}};
static RoleType claim_roles[] = {{"source", NS_CLM "source", false, 0, true}, {"cue", NS_CLM "cue", false, 0, true}};
static RoleType demand_roles[] = {{"addressee", NS_CLM "addressee", true, 0, true},
                                  {"cue", NS_CLM "cue", false, 0, true},
                                  {"demander", NS_CLM "demander", true, 0, true},
                                  {"private", NULL, false, 0, true}};

static FeatureType date_features[] = {
    {"timex", NS_CLM "timexType", NS_CLM "timex-", NULL, NULL, 0, true, 0},
    {"value", NS_CLM "timex", NULL, CLM_TIMEX3, NULL, 0, true, 0},
    {"anchor", NS_CLM "anchor", NULL, NULL, NULL, 0, false, 0},
};
static FeatureType law_features[] = {
    {"mention", NS_CLM "mention", NS_CLM "mention-", NULL, NULL, 0, true, 0},
    {"kind", NS_CLM "lawKind", NS_CLM "law-", NULL, NULL, 0, true, 0},
    {"article", NS_CLM "article", NULL, XSD_STRING, NULL, 0, true, 0},
    {"targets", NS_CLM "target", NULL, CLM_TOKENS, NULL, 0, true, 0},
    {"identifier", NS_ELI "id_local", NULL, XSD_STRING, NULL, 0, true, 0},
    {"status", NS_CLM "status", NULL, CLM_LEGAL_STATUS, NULL, 0, true, 0},
};
static FeatureType claim_features[] = {{"quoted", NS_CLM "quoted", NS_CLM "quoted-", NULL, NULL, 0, true, 0}};
static FeatureType demand_features[] = {
    {"strength", NS_CLM "strength", NS_CLM "strength-", NULL, NULL, 0, true, 0},
    {"actionRank", NS_CLM "actionRank", NULL, NS_XSD "integer", NULL, 0, true, 0},
    {"note", "https://example.org/terms#note", NULL, NULL, NULL, 0, true, 0},
};

static const char *person_classes[] = {NS_SCHEMA "Person"};
static const char *body_classes[] = {NS_SCHEMA "Organization"};
static const char *date_classes[] = {NS_CLM "TimeReference"};
static const char *law_classes[] = {NS_CLM "Law"};
static const char *claim_classes[] = {NS_CLM "Claim", NS_SCHEMA "Claim"};
static const char *demand_classes[] = {NS_CLM "Demand"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void make_types(HandMade *made)
{
  made->types[T_PERSON] = (Type){.name = "Person",
                                 .node = "entity",
                                 .classes = person_classes,
                                 .class_count = 1,
                                 .roles = person_roles,
                                 .role_count = COUNT(person_roles)};
  made->types[T_BODY] =
      (Type){.name = "Institution", .node = "entity", .classes = body_classes, .class_count = 1};
  made->types[T_DATE] = (Type){.name = "Date",
                               .node = "item",
                               .classes = date_classes,
                               .class_count = 1,
                               .features = date_features,
                               .feature_count = COUNT(date_features)};
  made->types[T_LAW] = (Type){.name = "Law",
                              .node = "entity",
                              .classes = law_classes,
                              .class_count = 1,
                              .features = law_features,
                              .feature_count = COUNT(law_features)};
  made->types[T_CLAIM] = (Type){.name = "Claim",
                                .node = "item",
                                .classes = claim_classes,
                                .class_count = 2,
                                .roles = claim_roles,
                                .role_count = COUNT(claim_roles),
                                .features = claim_features,
                                .feature_count = COUNT(claim_features)};
  made->types[T_DEMAND] = (Type){.name = "Demand",
                                 .node = "item",
                                 .classes = demand_classes,
                                 .class_count = 1,
                                 .roles = demand_roles,
                                 .role_count = COUNT(demand_roles),
                                 .features = demand_features,
                                 .feature_count = COUNT(demand_features)};
  for (uint16_t i = 0; i < T_COUNT; ++i) {
    made->types[i].index = i;
    made->types[i].parent = NO_TYPE;
    made->types[i].output = true;
  }
  made->rules.types = made->types;
  made->rules.type_count = T_COUNT;
  made->rules.language = "en";
  made->rules.version = "1.0";
  made->rules.iri = "https://rules.example.org/test/1.0";
}

static Entity entity(const char *id, const Type *type, const char *label)
{
  Entity made = {.type = type, .label = label};
  strncpy(made.id, id, ID_SIZE - 1);
  return made;
}

static void make_entities(HandMade *made)
{
  made->entities[0] = entity("person-aaaaaaaaaaaaaaaa", &made->types[T_PERSON], "Adela Krane");
  made->entities[1] = entity("law-bbbbbbbbbbbbbbbb", &made->types[T_LAW], "Water Charter");
  made->entities[2] = entity("person-cccccccccccccccc", &made->types[T_PERSON], "Tomas Hale");
  made->entities[3] = entity("institution-dddddddddddddddd", &made->types[T_BODY], "River Watch");
}

Span hand_made_span(const HandMade *made, const char *words, unsigned nth)
{
  const char *at = made->document.letter->text - 1;
  do at = strstr(at + 1, words);
  while (at && --nth);
  if (!at) abort();
  uint32_t start = (uint32_t)(at - made->document.letter->text);
  return (Span){start, start + (uint32_t)strlen(words)};
}

static Item *add_item(HandMade *made, int index, const char *id, int type, const char *words,
                      const Entity *of)
{
  static Rule rule = {.id = "by-hand", .confidence = 0.9};
  Item       *item = &made->items[index];
  strncpy(item->id, id, ID_SIZE - 1);
  item->type = &made->types[type];
  item->rule = &rule;
  item->confidence = 0.9;
  item->text = words;
  item->entity = of;
  item->section = 1;
  return item;
}

static void add_role(HandMade *made, Item *item, const RoleType *type, ClaimantRef ref, const char *words,
                     unsigned nth, const Entity *of)
{
  if (!item->roles) item->roles = arena_alloc(made->document.arena, 4 * sizeof *item->roles);
  ItemRole *role = &item->roles[item->role_count++];
  *role = (ItemRole){
      .type = type, .name = type->name, .ref = ref, .has_span = words, .text = words, .entity = of};
  if (words) role->span = hand_made_span(made, words, nth);
}

static void add_feature(HandMade *made, Item *item, const FeatureType *type, const char *value)
{
  if (!item->features) item->features = arena_alloc(made->document.arena, 8 * sizeof *item->features);
  item->features[item->feature_count++] = (ItemFeature){type, type->name, value};
}

void hand_made_set(Item *item, const char *feature, const char *value)
{
  for (size_t i = 0; i < item->feature_count; ++i)
    if (!strcmp(item->features[i].name, feature)) item->features[i].value = value;
}

static void make_items(HandMade *made)
{
  Entity *minister = &made->entities[0], *charter = &made->entities[1];
  Item   *item = add_item(made, PERSON_MINISTER, "mention-1", T_PERSON, "Adela Krane", minister);
  add_role(made, item, &person_roles[0], CLAIMANT_REF_NONE, "Minister", 1, NULL);
  item = add_item(made, DEMAND, "demand-2", T_DEMAND, "repair the Orva pipeline by May 2021", NULL);
  add_role(made, item, &demand_roles[0], CLAIMANT_REF_ADDRESSEE, "you", 1, minister);
  add_role(made, item, &demand_roles[1], CLAIMANT_REF_NONE, "urge", 1, NULL);
  add_role(made, item, &demand_roles[3], CLAIMANT_REF_NONE, "we", 1, NULL);
  add_feature(made, item, &demand_features[0], "urge");
  add_feature(made, item, &demand_features[1], "05");
  add_feature(made, item, &demand_features[2], "with \"quotes\" and \\ and\ttab");
  item = add_item(made, DATE, "date-3", T_DATE, "May 2021", NULL);
  add_feature(made, item, &date_features[0], "DATE");
  add_feature(made, item, &date_features[1], "2021-05");
  add_feature(made, item, &date_features[2], "hidden");
  item = add_item(made, PROVISION, "mention-4", T_LAW, "article 9 of the\nWater Charter", charter);
  add_feature(made, item, &law_features[0], "named");
  add_feature(made, item, &law_features[1], "treaty");
  add_feature(made, item, &law_features[2], "9");
  add_feature(made, item, &law_features[3], "9 10");
  add_feature(made, item, &law_features[4], "WC-1");
  add_feature(made, item, &law_features[5], "signed|2011|Orva;ratified|2019-05");
  add_item(made, PERSON_SURNAME, "mention-5", T_PERSON, "Krane", minister);
  item = add_item(made, CLAIM, "claim-6", T_CLAIM, "the pipe is sound", NULL);
  add_role(made, item, &claim_roles[0], CLAIMANT_REF_NONE, "Krane", 2, minister);
  add_role(made, item, &claim_roles[1], CLAIMANT_REF_NONE, "said", 1, NULL);
  add_feature(made, item, &claim_features[0], "yes");
  add_item(made, PERSON_SIGNER, "mention-7", T_PERSON, "Tomas Hale", &made->entities[2]);
  add_item(made, BODY, "mention-8", T_BODY, "River Watch", &made->entities[3]);
  for (int i = 0; i < HAND_MADE_ITEMS; ++i)
    made->items[i].span = hand_made_span(made, made->items[i].text, i == PERSON_SURNAME ? 2 : 1);
  uint32_t sentence = hand_made_span(made, "Krane said", 1).start;
  made->items[DEMAND].evidence = (Span){hand_made_span(made, "As article", 1).start, sentence - 1};
  made->items[CLAIM].evidence = (Span){sentence, hand_made_span(made, "\n\nTomas", 1).start};
}

static void make_letter(HandMade *made)
{
  Document *document = &made->document;
  document->arena = arena_new();
  document->diagnostics.arena = document->arena;
  if (letter_new(text, sizeof text - 1, "hand-made", &document->diagnostics, &document->letter)) abort();
  Letter *letter = document->letter;
  letter->blocks = arena_alloc(document->arena, sizeof *letter->blocks);
  letter->sections = arena_alloc(document->arena, 2 * sizeof *letter->sections);
  letter->blocks[0] = (Block){.span = hand_made_span(made, "Water rights", 1), .kind = BLOCK_HEADING};
  letter->block_count = 1;
  letter->sections[0].heading = NO_INDEX;
  letter->sections[1].heading = 0;
  letter->section_count = 2;
  sha256_hex(text, sizeof text - 1, document->sha256);
}

void hand_made_new(HandMade *made)
{
  *made = (HandMade){0};
  make_types(made);
  make_letter(made);
  make_entities(made);
  make_items(made);
  Document *document = &made->document;
  document->rules = &made->rules;
  document->items = made->items;
  document->item_count = HAND_MADE_ITEMS;
  document->entities = arena_alloc(document->arena, 4 * sizeof *document->entities);
  for (size_t i = 0; i < 4; ++i) document->entities[i] = &made->entities[i];
  document->entity_count = 4;
  document->writer = &made->entities[3];
  document->addressee = &made->entities[0];
  document->meta.date = "2021-03-03";
  document->meta.senders = arena_alloc(document->arena, 3 * sizeof(Entity *));
  document->meta.addressees = document->meta.senders + 1;
  document->meta.signatories = document->meta.senders + 2;
  document->meta.senders[0] = &made->entities[3];
  document->meta.addressees[0] = &made->entities[0];
  document->meta.signatories[0] = &made->entities[2];
  document->meta.sender_count = document->meta.addressee_count = document->meta.signatory_count = 1;
}

void hand_made_free(HandMade *made)
{
  letter_free(made->document.letter);
  arena_free(made->document.arena);
}
