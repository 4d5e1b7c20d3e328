/* The public interface on top of the rooms. */
#include "claimant.h"

#include "base/datadir.h"
#include "base/hash.h"
#include "base/language.h"
#include "base/memory.h"
#include "letter/segment.h"
#include "match/matcher.h"
#include "read/read.h"
#include "resolve/likeness.h"
#include "resolve/resolve.h"
#include "rules/image.h"
#include "rules/load.h"
#include "session.h"

#include "vocab/compile.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* ---- Rules ---- */

static void report_all(const ClaimantRulesOptions *options, const Diagnostics *list)
{
  for (size_t i = 0; options->report && i < list->count; ++i) options->report(options->user, &list->items[i]);
}

static ClaimantStatus hash_all(ClaimantRules *rules)
{
  char *both = arena_printf(rules->set->arena, "%s\n%s", rules->set->hash, rules->vocab ? vocab_hash(rules->vocab) : "");
  for (size_t i = 0; both && i < rules->own_count; ++i)
    both = arena_printf(rules->set->arena, "%s\n%s", both, vocab_hash(rules->own[i].vocab));
  if (!both) return CLAIMANT_NO_MEMORY;
  sha256_hex(both, strlen(both), rules->hash);
  return CLAIMANT_OK;
}

/* The compiled set where it is as new as the rule files, else the files. */
static ClaimantStatus load_set(ClaimantRules *rules, const ClaimantRulesOptions *options, Diagnostics *diagnostics)
{
  ClaimantStatus status = CLAIMANT_OK;
  if (options->vocab && !options->source) {
    Buffer path = {0};
    buffer_printf(&path, "%s/rules.bin", options->vocab);
    status = path.failed ? CLAIMANT_NO_MEMORY : image_open(path.data, options->rules, &rules->set);
    buffer_free(&path);
  }
  return status || rules->set ? status : ruleset_load(options->rules, diagnostics, &rules->set);
}

/* "TYPE=FILE", or the file alone. */
static ClaimantStatus open_names(ClaimantRules *rules, const char *wanted, Diagnostics *diagnostics, OwnNames *own)
{
  const char *equals = strchr(wanted, '='), *path = wanted;
  const char *name = equals ? arena_copy(rules->set->arena, wanted, (size_t)(equals - wanted)) : NULL;
  if (equals && !name) return CLAIMANT_NO_MEMORY;
  const Type *type = name ? ruleset_type(rules->set, name) : NULL;
  if (type) path = equals + 1;
  else if (name && access(wanted, R_OK)) {
    diagnostics_add(diagnostics, CLAIMANT_ERROR, "unknown-type", (Place){.file = wanted},
                    "the rules have no type \"%s\"; a type of theirs, such as Institution, was expected before =", name);
    return CLAIMANT_BAD_ARGUMENT;
  }
  own->type = type;
  own->name = path;
  if (vocab_is_compiled(path)) return vocab_open(path, diagnostics, &own->vocab);
  Buffer         image = {0};
  char          *file = arena_copy_string(rules->set->arena, path);
  ClaimantStatus status = file ? names_compile(&file, 1, rules->vocab, diagnostics, &image) : CLAIMANT_NO_MEMORY;
  if (!status) status = vocab_open_image(&image, &own->vocab);
  buffer_free(&image);
  return status;
}

static ClaimantStatus open_gazetteers(ClaimantRules *rules, const ClaimantRulesOptions *options, Diagnostics *diagnostics)
{
  rules->own = arena_alloc(rules->set->arena, (options->gazetteer_count + 1) * sizeof *rules->own);
  if (!rules->own) return CLAIMANT_NO_MEMORY;
  ClaimantStatus status = CLAIMANT_OK;
  for (size_t i = 0; !status && i < options->gazetteer_count; ++i) {
    const char *wanted = arena_copy_string(rules->set->arena, options->gazetteers[i]);
    status = wanted ? open_names(rules, wanted, diagnostics, &rules->own[i]) : CLAIMANT_NO_MEMORY;
    if (!status) rules->own_count++;
  }
  return status;
}

static ClaimantStatus load_parts(ClaimantRules *rules, const ClaimantRulesOptions *options, Diagnostics *diagnostics)
{
  ClaimantStatus status = load_set(rules, options, diagnostics);
  if (!status && options->vocab) {
    char *path = arena_printf(rules->set->arena, "%s/vocab.bin", options->vocab);
    status = path ? vocab_open(path, diagnostics, &rules->vocab) : CLAIMANT_NO_MEMORY;
  }
  if (!status) status = open_gazetteers(rules, options, diagnostics);
  if (!status)
    status = matcher_init(&rules->matcher, rules->set, rules->vocab, rules->own, rules->own_count, diagnostics);
  return status ? status : hash_all(rules);
}

/* The installed rules and vocabulary where no rules are named. NULL paths: out of memory. */
static ClaimantRulesOptions with_places(const ClaimantRulesOptions *options, Arena *arena)
{
  ClaimantRulesOptions wanted = options ? *options : (ClaimantRulesOptions){0};
  if (wanted.rules) return wanted;
  wanted.rules = arena_printf(arena, "%s/rules", claimant_datadir());
  wanted.vocab = wanted.vocab ? wanted.vocab : arena_printf(arena, "%s/vocab", claimant_datadir());
  return wanted;
}

ClaimantStatus claimant_rules_load(const ClaimantRulesOptions *options, ClaimantRules **rules)
{
  if (!rules) return CLAIMANT_BAD_ARGUMENT;
  ClaimantRules *made = memory_zeroed(1, sizeof *made);
  Arena         *arena = arena_new();
  if (!made || !arena) {
    memory_free(made);
    arena_free(arena);
    return CLAIMANT_NO_MEMORY;
  }
  Diagnostics          diagnostics = {.arena = arena};
  ClaimantRulesOptions wanted = with_places(options, arena);
  ClaimantStatus       status = CLAIMANT_NO_MEMORY;
  if (wanted.rules) status = load_parts(made, &wanted, &diagnostics);
  report_all(&wanted, &diagnostics);
  arena_free(arena);
  if (status) claimant_rules_free(made);
  else *rules = made;
  return status;
}

void claimant_rules_free(ClaimantRules *rules)
{
  if (!rules) return;
  for (size_t i = 0; i < rules->matcher.source_count; ++i) likeness_forget(&rules->matcher.sources[i]);
  for (size_t i = 0; i < rules->own_count; ++i) vocab_close(rules->own[i].vocab);
  if (rules->set) ruleset_free(rules->set);
  if (rules->vocab) vocab_close(rules->vocab);
  memory_free(rules);
}

const char *claimant_rules_hash(const ClaimantRules *rules) { return rules->hash; }

size_t claimant_rule_count(const ClaimantRules *rules) { return rules->set->rule_count; }

const char *claimant_rule_id(const ClaimantRules *rules, size_t index)
{
  return index < rules->set->rule_count ? rules->set->rules[index]->id : NULL;
}

/* ---- Giving up ---- */

struct ClaimantCancel {
  atomic_bool asked;
};

ClaimantCancel *claimant_cancel_new(void)
{
  ClaimantCancel *cancel = memory_zeroed(1, sizeof *cancel);
  if (cancel) atomic_init(&cancel->asked, false);
  return cancel;
}

void claimant_cancel(ClaimantCancel *cancel)
{
  if (cancel) atomic_store_explicit(&cancel->asked, true, memory_order_relaxed);
}

void claimant_cancel_free(ClaimantCancel *cancel) { memory_free(cancel); }

/* ---- Extraction ---- */

static ClaimantStatus read_input(Document *document, const ClaimantInput *input, Deadline deadline, MailHead *head)
{
  Source source = {input->data, input->size, input->format, input->name, deadline};
  document->diagnostics.arena = document->arena;
  ClaimantStatus status = read_letter(&source, &document->diagnostics, &document->letter, head);
  document->said_sender = head->sender;
  document->said_addressee = head->recipient;
  return status;
}

static ClaimantStatus find_items(const ClaimantRules *rules, const ClaimantInput *input, Deadline deadline,
                                 const char *date, Document *document)
{
  MatchResult    matches;
  MatchOptions   options = {.plain = input->plain,
                            .last_phase = UINT32_MAX,
                            .costs = input->costs,
                            .deadline = deadline};
  ClaimantStatus status = letter_segment(document->letter, &rules->set->lexicons, document->language);
  if (!status) document->language = letter_language(document->letter);
  if (!status && deadline_cancelled(deadline)) status = CLAIMANT_CANCELLED;
  if (!status) status = match_letter(&rules->matcher, document->letter, options, &document->diagnostics, &matches);
  if (!status && deadline_cancelled(deadline)) status = CLAIMANT_CANCELLED;
  if (!status) status = resolve_document(document, &matches, input->date ? input->date : date, input->genre);
  return status;
}

static ClaimantDocument *document_new(const ClaimantRules *rules)
{
  Arena    *arena = arena_new();
  Document *document = arena ? arena_alloc(arena, sizeof *document) : NULL;
  if (!document) {
    arena_free(arena);
    return NULL;
  }
  document->arena = arena;
  document->rules = rules->set;
  document->rules_hash = rules->hash;
  document->sources = rules->matcher.sources;
  document->source_count = rules->matcher.source_count;
  return document;
}

/* NULL where there is none, or no memory for it. */
static const char *copy_language(Document *document, const char *language)
{
  return language ? arena_copy_string(document->arena, language) : NULL;
}

ClaimantStatus claimant_extract(const ClaimantRules *rules, const ClaimantInput *input, ClaimantDocument **document)
{
  if (!rules || !input || !document || (!input->data && input->size)) return CLAIMANT_BAD_ARGUMENT;
  if (input->language && !language_is_valid(input->language)) return CLAIMANT_BAD_ARGUMENT;
  Deadline deadline = deadline_in(input->timeout);
  if (input->cancel) deadline.cancelled = &input->cancel->asked;
  *document = NULL;
  Document *made = document_new(rules);
  if (!made) return CLAIMANT_NO_MEMORY;
  made->language = copy_language(made, input->language);
  if (input->language && !made->language) return claimant_document_free(made), CLAIMANT_NO_MEMORY;
  sha256_hex(input->data ? input->data : "", input->size, made->sha256);
  MailHead       head;
  ClaimantStatus status = read_input(made, input, deadline, &head);
  if (!status) status = find_items(rules, input, deadline, head.date, made);
  if (status && deadline_cancelled(deadline)) status = CLAIMANT_CANCELLED;
  if (status == CLAIMANT_CANCELLED || (status && !made->diagnostics.count)) claimant_document_free(made);
  else *document = made;
  return status;
}

void claimant_document_free(ClaimantDocument *document)
{
  if (!document) return;
  if (document->letter) letter_free(document->letter);
  arena_free(document->arena);
}

/* ---- Reading the result ---- */

const char *claimant_text(const ClaimantDocument *document, size_t *bytes)
{
  if (bytes) *bytes = document->letter ? document->letter->size : 0;
  return document->letter ? document->letter->text : "";
}

size_t claimant_item_count(const ClaimantDocument *document) { return document->item_count; }

const ClaimantItem *claimant_item(const ClaimantDocument *document, size_t index)
{
  return index < document->item_count ? &document->items[index] : NULL;
}

const char *claimant_item_id(const ClaimantItem *item) { return item->id; }
const char *claimant_item_type(const ClaimantItem *item) { return item->type->name; }
const char *claimant_item_rule(const ClaimantItem *item) { return item->rule->id; }
const char *claimant_item_entity(const ClaimantItem *item) { return item->entity ? item->entity->id : NULL; }
double      claimant_item_confidence(const ClaimantItem *item) { return item->confidence; }

static ClaimantSpan public_span(const ClaimantDocument *document, Span span)
{
  return (ClaimantSpan){letter_code_point(document->letter, span.start), letter_code_point(document->letter, span.end),
                        span.start, span.end};
}

ClaimantSpan claimant_item_span(const ClaimantDocument *document, const ClaimantItem *item)
{
  return public_span(document, item->span);
}

ClaimantSpan claimant_item_evidence(const ClaimantDocument *document, const ClaimantItem *item)
{
  return public_span(document, item->evidence);
}

size_t claimant_feature_count(const ClaimantItem *item) { return item->feature_count; }

const char *claimant_feature_name(const ClaimantItem *item, size_t index)
{
  return index < item->feature_count ? item->features[index].name : NULL;
}

const char *claimant_feature_value(const ClaimantItem *item, size_t index)
{
  return index < item->feature_count ? item->features[index].value : NULL;
}

const char *claimant_feature(const ClaimantItem *item, const char *name)
{
  for (size_t i = 0; i < item->feature_count; ++i)
    if (strcmp(item->features[i].name, name) == 0) return item->features[i].value;
  return NULL;
}

size_t claimant_role_count(const ClaimantItem *item) { return item->role_count; }

ClaimantRole claimant_role(const ClaimantDocument *document, const ClaimantItem *item, size_t index)
{
  ClaimantRole role = {0};
  if (index >= item->role_count) return role;
  const ItemRole *from = &item->roles[index];
  role.name = from->name;
  role.ref = from->ref;
  role.has_span = from->has_span;
  if (from->has_span) role.span = public_span(document, from->span);
  role.entity = from->entity ? from->entity->id : NULL;
  return role;
}

size_t claimant_modifier_count(const ClaimantItem *item) { return item->modifier_count; }

ClaimantModifier claimant_modifier(const ClaimantDocument *document, const ClaimantItem *item, size_t index)
{
  if (index >= item->modifier_count) return (ClaimantModifier){0};
  const ItemModifier *m = &item->modifiers[index];
  return (ClaimantModifier){m->rule->id, public_span(document, m->trigger)};
}

size_t claimant_diagnostic_count(const ClaimantDocument *document) { return document->diagnostics.count; }

const ClaimantDiagnostic *claimant_diagnostic(const ClaimantDocument *document, size_t index)
{
  return index < document->diagnostics.count ? &document->diagnostics.items[index] : NULL;
}
