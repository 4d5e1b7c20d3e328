#include "graph/builder.h"
#include "graph/names.h"

#include <string.h>

/* Roles that nodes fill, agents mostly. The property itself only ever points to a node; the words have their own. */
typedef struct {
  const char *property;
  const char *words;
  const char *status;         /* how it is filled, one of the agent- concepts; or NULL */
  const char *reporter;       /* the writer gets this property, or NULL */
  bool        writer_default; /* no node means the writer */
} AgentRole;

static const AgentRole agent_roles[] = {
    {NS_CLM "source", NS_CLM "sourceText", NS_CLM "sourceStatus", NS_CLM "reportedBy", false},
    {NS_CLM "addressee", NS_CLM "addresseeText", NS_CLM "addresseeStatus", NULL, false},
    {NS_CLM "demander", NS_CLM "demanderText", NULL, NULL, true},
    {NS_CLM "beneficiary", NS_CLM "beneficiaryText", NULL, NULL, false},
    {NS_CLM "groundedIn", NS_CLM "groundText", NULL, NULL, false},
    {NS_CLM "object", NS_CLM "objectText", NULL, NULL, false},
    {NS_CLM "recipient", NS_CLM "recipientText", NULL, NULL, false},
};

/* Roles that another item of the same words fills: they point to its node. */
static const char *const reference_roles[] = {NS_CLM "beginReference", NS_CLM "endReference",
                                              NS_CLM "lengthReference", NS_CLM "quantity", NS_CLM "saidWhen"};

bool is_reference(const char *property)
{
  for (size_t i = 0; i < sizeof reference_roles / sizeof *reference_roles; ++i)
    if (!strcmp(property, reference_roles[i])) return true;
  return false;
}

static const AgentRole *agent_role(const char *property)
{
  for (size_t i = 0; i < sizeof agent_roles / sizeof *agent_roles; ++i)
    if (!strcmp(property, agent_roles[i].property)) return &agent_roles[i];
  return NULL;
}

static void point_to(Builder *builder, const char *subject, const char *property, const Entity *entity)
{
  const EntityNode *node = entity_node(builder, entity);
  if (node && strcmp(node->iri, subject) != 0) graph_add_iri(builder->graph, subject, property, node->iri);
}

static void point_to_all(Builder *builder, const char *subject, const char *property,
                         const Entity *const *entities, size_t count, const Entity *otherwise)
{
  for (size_t i = 0; i < count; ++i) point_to(builder, subject, property, entities[i]);
  if (!count) point_to(builder, subject, property, otherwise);
}

static void point_to_writer(Builder *builder, const char *subject, const char *property)
{
  const LetterMeta *meta = &builder->document->meta;
  point_to_all(builder, subject, property, meta->senders, meta->sender_count, builder->document->writer);
}

static void point_to_filler(Builder *builder, const char *subject, const char *property, const ItemRole *role)
{
  const Document *document = builder->document;
  if (role->entity) point_to(builder, subject, property, role->entity);
  if (role->ref == CLAIMANT_REF_WRITER) point_to_writer(builder, subject, property);
  if (role->ref == CLAIMANT_REF_ADDRESSEE)
    point_to_all(builder, subject, property, document->meta.addressees, document->meta.addressee_count,
                 document->addressee);
}

static const char *role_words(Builder *builder, const ItemRole *role)
{
  if (!role->has_span) return NULL;
  return role->text ? builder_words(builder, role->text) : builder_span_words(builder, role->span);
}

/* Whether a mention of the entity stands in these words: then they name it. */
static bool names_entity(const Builder *builder, const Entity *entity, Span words)
{
  for (size_t i = first_item_from(builder, words.start); i < builder->item_count; ++i) {
    const Item *item = builder->items[i].item;
    if (item->span.start >= words.end) return false;
    if (item->entity && !strcmp(item->entity->id, entity->id) && span_inside(item->span, words)) return true;
  }
  return false;
}

static const char *filler_status(const Builder *builder, const ItemRole *role)
{
  if (!role || role->ref == CLAIMANT_REF_UNSTATED) return NS_CLM "agent-unstated";
  if (role->ref == CLAIMANT_REF_ADDRESSEE) return NS_CLM "agent-letterAddressee";
  if (role->ref == CLAIMANT_REF_WRITER) return NS_CLM "agent-writer";
  if (!role->entity) return role->has_span ? NS_CLM "agent-described" : NS_CLM "agent-unstated";
  if (!role->has_span || names_entity(builder, role->entity, role->span)) return NS_CLM "agent-named";
  return NS_CLM "agent-pronoun";
}

static bool has_node(const ItemRole *role)
{
  return role->entity || role->ref == CLAIMANT_REF_WRITER || role->ref == CLAIMANT_REF_ADDRESSEE;
}

static void point_to_item(Builder *builder, const ItemNode *node, const ItemRole *role)
{
  for (size_t i = first_item_from(builder, role->span.start); i < builder->item_count; ++i) {
    const ItemNode *other = &builder->items[i];
    if (other->item->span.start != role->span.start) return;
    if (other == node || other->item->span.end != role->span.end || other->statement) continue;
    graph_add_iri(builder->graph, node->iri, role->type->property, other->iri);
    return;
  }
}

static void write_role(Builder *builder, const ItemNode *node, const ItemRole *role)
{
  if (!role->type || !role->type->property) return;
  const char *property = role->type->property;
  if (is_reference(property)) {
    if (role->has_span) point_to_item(builder, node, role);
    return;
  }
  const AgentRole *agent = agent_role(property);
  bool             filled = has_node(role);
  if (node->statement && !strcmp(property, own_words_property(builder->rules, node->item->type))) return;
  if (!strcmp(property, NS_DCTERMS "isPartOf") && !node->statement) return; /* the part's, see nodes.c */
  if (filled) point_to_filler(builder, node->iri, property, role);
  bool        hidden = node->statement && builder->options->no_words;
  const char *words = !hidden && (agent || !filled) ? role_words(builder, role) : NULL;
  if (words && *words) graph_add_words(builder->graph, node->iri, agent ? agent->words : property, words);
}

static const ItemRole *first_role(const Item *item, const char *property)
{
  for (size_t i = 0; i < item->role_count; ++i) {
    const RoleType *type = item->roles[i].type;
    if (type && type->property && !strcmp(type->property, property)) return &item->roles[i];
  }
  return NULL;
}

static bool any_node(const Item *item, const char *property)
{
  for (size_t i = 0; i < item->role_count; ++i) {
    const ItemRole *role = &item->roles[i];
    if (role->type && role->type->property && !strcmp(role->type->property, property) && has_node(role))
      return true;
  }
  return false;
}

/* What follows from a role being declared, filled or not. */
static void write_declared_role(Builder *builder, const ItemNode *node, const char *property)
{
  const AgentRole *agent = agent_role(property);
  if (!agent) return;
  const ItemRole *role = first_role(node->item, property);
  if (agent->status) graph_add_iri(builder->graph, node->iri, agent->status, filler_status(builder, role));
  if (agent->reporter) point_to_writer(builder, node->iri, agent->reporter);
  if (agent->writer_default && !any_node(node->item, property)) point_to_writer(builder, node->iri, property);
}

void roles_write(Builder *builder, const ItemNode *node)
{
  for (size_t i = 0; i < node->item->role_count; ++i) write_role(builder, node, &node->item->roles[i]);
  for (const Type *type = node->item->type; type; type = type_parent(builder->rules, type))
    for (size_t i = 0; i < type->role_count; ++i)
      if (type->roles[i].property) write_declared_role(builder, node, type->roles[i].property);
}
