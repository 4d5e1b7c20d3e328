#include "rules/image.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "rules/load.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file: a header, the texts (0-terminated, each once), the structs field by field, PCRE2's
 * own serialization. Numbers are those of this machine: an image is made where it is used. */
enum { FORMAT = 11 };

typedef struct {
  char     magic[16];
  char     libraries[64]; /* versions of the program and of PCRE2 */
  char     hash[65];
  uint32_t format, byte_order;
  uint64_t text_bytes, field_bytes, code_bytes;
  uint64_t checksum; /* of all that follows the header */
} Header;

/* One walk over the structs serves both ways. */
typedef struct {
  Arena      *arena;
  bool        reading;
  bool        bad;     /* reading: it ended too early, or a number is impossible */
  Buffer      fields;  /* writing */
  const char *in;      /* reading */
  size_t      at, in_bytes;
  Buffer      texts;   /* writing */
  Interner   *known;   /* writing: texts, by what they are, to "text\0offset" */
  const char *pool;    /* reading */
  size_t      pool_bytes;
  pcre2_code **codes;
  size_t       code_next; /* the one that the next pattern has: each belongs to one pattern */
  size_t      code_count, code_capacity;
} Image;

/* ---- Numbers, texts, arrays ---------------------------------------------------------------------- */

static void io_bytes(Image *io, void *data, size_t bytes)
{
  if (!io->reading) buffer_append(&io->fields, data, bytes);
  else if (io->bad || io->in_bytes - io->at < bytes) io->bad = true;
  else {
    memcpy(data, io->in + io->at, bytes);
    io->at += bytes;
  }
}

/* A bool that is neither 0 nor 1 must not be looked at. */
static void io_bool(Image *io, void *flag, size_t bytes)
{
  unsigned char byte = 0;
  io_bytes(io, io->reading ? (void *)&byte : flag, bytes);
  if (!io->reading) return;
  if (byte > 1) io->bad = true;
  *(bool *)flag = byte == 1;
}

#define IO(io, field) _Generic((field), bool: io_bool, default: io_bytes)((io), &(field), sizeof(field))

static void io_text(Image *io, const char **text)
{
  uint32_t offset = 0;
  if (!io->reading && *text) {
    offset = (uint32_t)io->texts.size + 1;
    buffer_append(&io->texts, *text, strlen(*text) + 1);
  }
  IO(io, offset);
  if (!io->reading) return;
  if (offset > io->pool_bytes) io->bad = true;
  *text = offset && !io->bad ? io->pool + offset - 1 : NULL;
}

/* Names are compared as pointers, so equal names share one place. */
static void io_name(Image *io, const char **name)
{
  io_text(io, name);
  if (io->reading && *name && !io->bad) *name = intern(io->known, *name, strlen(*name));
}

static void *io_count(Image *io, size_t *count, void *items, size_t size)
{
  uint32_t number = (uint32_t)*count;
  IO(io, number);
  if (!io->reading) return items;
  if (number > io->in_bytes - io->at) io->bad = true; /* each takes a byte, or more */
  *count = io->bad ? 0 : number;
  return arena_alloc(io->arena, (*count + 1) * size);
}

#define IO_ARRAY(io, items, count) ((items) = io_count((io), &(count), (void *)(items), sizeof *(items)))

/* Of what a list holds none is NULL. */
static void io_names(Image *io, const char ***names, size_t *count)
{
  *names = io_count(io, count, (void *)*names, sizeof **names);
  for (size_t i = 0; i < *count; ++i) {
    io_name(io, &(*names)[i]);
    if (!(*names)[i]) io->bad = true;
  }
}

static void io_texts(Image *io, const char ***texts, size_t *count)
{
  *texts = io_count(io, count, (void *)*texts, sizeof **texts);
  for (size_t i = 0; i < *count; ++i) {
    io_text(io, &(*texts)[i]);
    if (!(*texts)[i]) io->bad = true;
  }
}

static void io_words(Image *io, uint64_t **words, size_t count)
{
  if (io->reading) *words = arena_alloc(io->arena, (count + 1) * sizeof **words);
  io_bytes(io, *words, count * sizeof **words);
}

/* ---- Types ---------------------------------------------------------------------------------------- */

static void io_feature(Image *io, FeatureType *feature)
{
  io_name(io, &feature->name);
  io_text(io, &feature->property);
  io_text(io, &feature->scheme);
  io_text(io, &feature->datatype);
  io_names(io, &feature->values, &feature->value_count);
  IO(io, feature->output);
  IO(io, feature->from);
}

static void io_role(Image *io, RoleType *role)
{
  io_name(io, &role->name);
  io_text(io, &role->property);
  IO(io, role->many);
  IO(io, role->from);
  IO(io, role->output);
}

static void io_type(Image *io, Type *type)
{
  io_name(io, &type->name);
  io_name(io, &type->language);
  IO(io, type->index);
  IO(io, type->parent);
  IO(io, type->layer);
  IO(io, type->mode);
  io_name(io, &type->key);
  IO(io, type->output);
  IO(io, type->referred);
  IO(io, type->list);
  IO_ARRAY(io, type->below, type->below_count);
  for (size_t i = 0; i < type->below_count; ++i) IO(io, type->below[i]);
  io_texts(io, &type->classes, &type->class_count);
  io_name(io, &type->node);
  IO(io, type->corefer);
  IO(io, type->meta);
  IO_ARRAY(io, type->roles, type->role_count);
  for (size_t i = 0; i < type->role_count; ++i) io_role(io, &type->roles[i]);
  IO_ARRAY(io, type->features, type->feature_count);
  for (size_t i = 0; i < type->feature_count; ++i) io_feature(io, &type->features[i]);
  IO(io, type->test_count);
  if (type->test_count > MAX_TESTS) io->bad = true, type->test_count = 0;
  for (size_t i = 0; i < type->test_count; ++i) {
    io_name(io, &type->tests[i].name);
    io_name(io, &type->tests[i].value);
  }
  IO(io, type->passed_first);
  IO(io, type->passed);
  IO(io, type->passed_of);
  IO(io, type->passed_bits);
}

/* ---- Tables and lists ------------------------------------------------------------------------------ */

static void io_table(Image *io, Table **table)
{
  if (io->reading) *table = arena_alloc(io->arena, sizeof **table);
  io_name(io, &(*table)->name);
  io_name(io, &(*table)->language);
  IO_ARRAY(io, (*table)->rows, (*table)->row_count);
  for (size_t i = 0; i < (*table)->row_count; ++i) {
    io_text(io, &(*table)->rows[i].key);
    io_name(io, &(*table)->rows[i].value);
  }
}

static void io_gazetteer(Image *io, Gazetteer *gazetteer)
{
  io_name(io, &gazetteer->name);
  io_name(io, &gazetteer->language);
  IO(io, gazetteer->type);
  IO(io, gazetteer->fold);
  IO(io, gazetteer->external);
  IO(io, gazetteer->given);
  io_texts(io, &gazetteer->classes, &gazetteer->class_count);
  IO_ARRAY(io, gazetteer->links, gazetteer->link_count);
  for (size_t i = 0; i < gazetteer->link_count; ++i) IO(io, gazetteer->links[i]);
  io_texts(io, &gazetteer->terms, &gazetteer->term_count);
}

/* ---- Rules ----------------------------------------------------------------------------------------- */

static void io_code(Image *io, Pattern *pattern)
{
  uint32_t index = (uint32_t)io->code_count;
  IO(io, index);
  if (!io->reading) {
    io->codes = arena_grow(io->arena, io->codes, io->code_count, &io->code_capacity, sizeof(pcre2_code *));
    io->codes[io->code_count++] = pattern->code;
  } else if (io->bad || index >= io->code_count || index != io->code_next++) io->bad = true;
  else pattern->code = io->codes[index];
}

static void io_starts(Image *io, Starts *starts)
{
  bool present = starts->bits != NULL;
  IO(io, present);
  if (!present) return;
  IO(io, starts->shift);
  IO(io, starts->lengths);
  IO(io, starts->tokens);
  IO(io, starts->front);
  if (io->reading && !starts_are_sound(starts)) io->bad = true;
  if (!io->bad) io_words(io, &starts->bits, starts_words(starts));
}

static void io_pattern(Image *io, Pattern **pattern)
{
  bool present = *pattern != NULL;
  IO(io, present);
  if (!present || io->bad) return;
  if (io->reading) *pattern = arena_alloc(io->arena, sizeof **pattern);
  Pattern *p = *pattern;
  io_text(io, &p->source);
  IO(io, p->line);
  IO(io, p->anchor);
  IO(io, p->ordinal);
  IO_ARRAY(io, p->groups, p->group_count);
  for (size_t i = 0; i < p->group_count; ++i) {
    io_name(io, &p->groups[i].name);
    IO(io, p->groups[i].number);
  }
  io_starts(io, &p->starts);
  io_code(io, p);
}

static void need_pattern(Image *io, Pattern **pattern)
{
  io_pattern(io, pattern);
  if (!*pattern) io->bad = true;
}

/* A table is written as its number, from 1. */
static void io_table_of(Image *io, const RuleSet *rules, const Table **table)
{
  uint32_t number = 0;
  for (uint32_t i = 0; !io->reading && i < rules->table_count; ++i)
    if (rules->tables[i] == *table) number = i + 1;
  IO(io, number);
  if (!io->reading) return;
  if (number > rules->table_count) io->bad = true;
  *table = number && !io->bad ? rules->tables[number - 1] : NULL;
}

static void io_set(Image *io, const RuleSet *rules, Set *set)
{
  io_name(io, &set->feature);
  io_text(io, &set->value);
  io_name(io, &set->from);
  io_name(io, &set->fn);
  io_table_of(io, rules, &set->table);
  io_table_of(io, rules, &set->numbers);
  io_name(io, &set->only_if);
  io_name(io, &set->if_not);
  IO(io, set->holes);
  IO(io, set->line);
}

static void io_fill(Image *io, const RuleSet *rules, Fill *fill)
{
  io_names(io, &fill->roles, &fill->role_count);
  IO(io, fill->ref);
  IO_ARRAY(io, fill->from, fill->from_count);
  for (size_t i = 0; i < fill->from_count; ++i) {
    IO(io, fill->from[i].type);
    io_name(io, &fill->from[i].role);
  }
  if (fill->from_count) io_words(io, &fill->types, rules->view_words);
  IO(io, fill->where);
  IO(io, fill->pick);
  IO(io, fill->required);
  io_name(io, &fill->only_if);
  io_name(io, &fill->if_not);
  IO(io, fill->line);
}

static void io_rule(Image *io, const RuleSet *rules, Rule **rule)
{
  if (io->reading) *rule = arena_alloc(io->arena, sizeof **rule);
  Rule *r = *rule;
  io_name(io, &r->id);
  io_text(io, &r->file);
  IO(io, r->line);
  IO(io, r->ordinal);
  IO(io, r->type);
  IO(io, r->priority);
  IO(io, r->confidence);
  io_name(io, &r->language);
  IO(io, r->scope);
  io_name(io, &r->span_group);
  IO(io, r->absorb);
  IO(io, r->view);
  IO_ARRAY(io, r->patterns, r->pattern_count);
  for (size_t i = 0; i < r->pattern_count; ++i) need_pattern(io, &r->patterns[i]);
  io_pattern(io, &r->before);
  IO(io, r->modifier);
  IO(io, r->direction);
  io_pattern(io, &r->until);
  if (r->modifier) io_words(io, &r->targets, rules->view_words);
  IO(io, r->before_required);
  IO_ARRAY(io, r->unless, r->unless_count);
  for (size_t i = 0; i < r->unless_count; ++i) {
    IO(io, r->unless[i].at);
    need_pattern(io, &r->unless[i].pattern);
  }
  IO_ARRAY(io, r->sets, r->set_count);
  for (size_t i = 0; i < r->set_count; ++i) io_set(io, rules, &r->sets[i]);
  IO_ARRAY(io, r->fills, r->fill_count);
  for (size_t i = 0; i < r->fill_count; ++i) io_fill(io, rules, &r->fills[i]);
}

static void io_phase(Image *io, const RuleSet *rules, Phase *phase)
{
  io_name(io, &phase->id);
  IO(io, phase->kind);
  io_name(io, &phase->language);
  IO(io, phase->first_rule);
  IO(io, phase->rule_count);
  IO(io, phase->learn_from);
  IO(io, phase->learn_into);
  IO(io, phase->learn_forms);
  io_words(io, (uint64_t **)&phase->mask, rules->view_words);
  if (phase->rule_count > rules->rule_count) io->bad = true;
  if (io->bad) return;
  if (io->reading) phase->by_view = arena_alloc(io->arena, (phase->rule_count + 1) * sizeof *phase->by_view);
  for (uint32_t i = 0; i < phase->rule_count; ++i) {
    uint32_t ordinal = io->reading ? 0 : phase->by_view[i]->ordinal;
    IO(io, ordinal);
    if (ordinal >= rules->rule_count) io->bad = true;
    if (io->reading && !io->bad) phase->by_view[i] = rules->rules[ordinal];
  }
}

static void io_lexicon(Image *io, Lexicon *lexicon)
{
  io_name(io, &lexicon->language);
  for (size_t i = 0; i < LEXICON_COUNT; ++i) io_texts(io, &lexicon->lists[i].terms, &lexicon->lists[i].count);
}

/* ---- The whole ------------------------------------------------------------------------------------- */

static void io_ruleset(Image *io, RuleSet *rules)
{
  io_name(io, &rules->id);
  io_text(io, &rules->version);
  io_name(io, &rules->language);
  io_text(io, &rules->iri);
  io_texts(io, &rules->files, &rules->file_count);
  IO(io, rules->hash);
  IO(io, rules->layer_count);
  IO(io, rules->view_words);
  if (io->reading && rules->view_words > io->in_bytes / sizeof(uint64_t)) io->bad = true, rules->view_words = 0;
  IO(io, rules->scan);
  IO_ARRAY(io, rules->types, rules->type_count);
  for (size_t i = 0; i < rules->type_count; ++i) io_type(io, &rules->types[i]);
  IO_ARRAY(io, rules->tables, rules->table_count);
  for (size_t i = 0; i < rules->table_count; ++i) io_table(io, &rules->tables[i]);
  IO_ARRAY(io, rules->gazetteers, rules->gazetteer_count);
  for (size_t i = 0; i < rules->gazetteer_count; ++i) io_gazetteer(io, &rules->gazetteers[i]);
  IO_ARRAY(io, rules->views, rules->view_count);
  for (size_t i = 0; i < rules->view_count; ++i) io_words(io, &rules->views[i].bits, rules->view_words);
  IO_ARRAY(io, rules->rules, rules->rule_count);
  for (size_t i = 0; i < rules->rule_count && !io->bad; ++i) io_rule(io, rules, &rules->rules[i]);
  IO_ARRAY(io, rules->phases, rules->phase_count);
  for (size_t i = 0; i < rules->phase_count && !io->bad; ++i) io_phase(io, rules, &rules->phases[i]);
  Lexicons *lexicons = &rules->lexicons;
  IO_ARRAY(io, lexicons->items, lexicons->count);
  io_name(io, &lexicons->language);
  for (size_t i = 0; i < lexicons->count; ++i) io_lexicon(io, &lexicons->items[i]);
}

static void describe_libraries(char libraries[64])
{
  char pcre2[40] = "";
  pcre2_config(PCRE2_CONFIG_VERSION, pcre2);
  memset(libraries, 0, 64);
  snprintf(libraries, 64, "%s %s", CLAIMANT_VERSION, pcre2);
}

static const char magic[16] = "claimant rules\n";
enum { BYTE_ORDER_MARK = 0x01020304 };

/* ---- Saving ---------------------------------------------------------------------------------------- */

static ClaimantStatus write_file(const char *path, const Header *header, const Buffer *body)
{
  Buffer temporary = {0};
  buffer_printf(&temporary, "%s.%ld", path, (long)getpid());
  FILE *file = temporary.failed ? NULL : fopen(temporary.data, "wb");
  bool  good = file && fwrite(header, sizeof *header, 1, file) == 1 && fwrite(body->data, body->size, 1, file) == 1;
  if (file && fclose(file)) good = false;
  if (good && rename(temporary.data, path)) good = false;
  if (!good && file) unlink(temporary.data);
  bool memory = !temporary.failed;
  buffer_free(&temporary);
  return good ? CLAIMANT_OK : memory ? CLAIMANT_OUTPUT : CLAIMANT_NO_MEMORY;
}

static ClaimantStatus assemble(Image *io, RuleSet *rules, const char *path)
{
  uint8_t   *codes = NULL;
  PCRE2_SIZE code_bytes = 0;
  io_ruleset(io, rules);
  trigger_index_save(rules->triggers, &io->fields);
  int32_t encoded = 0;
  if (io->code_count)
    encoded = regex_encode((const pcre2_code **)io->codes, (int32_t)io->code_count, &codes, &code_bytes);
  if (encoded < 0) return regex_no_memory(encoded) ? CLAIMANT_NO_MEMORY : CLAIMANT_INTERNAL;
  Header header = {.format = FORMAT, .byte_order = BYTE_ORDER_MARK};
  memcpy(header.magic, magic, sizeof magic);
  memcpy(header.hash, rules->hash, sizeof header.hash);
  describe_libraries(header.libraries);
  header.text_bytes = io->texts.size + 1;
  header.field_bytes = io->fields.size;
  header.code_bytes = code_bytes;
  Buffer body = {0};
  buffer_append(&body, io->texts.data ? io->texts.data : "", io->texts.size);
  buffer_append_byte(&body, '\0');
  buffer_append(&body, io->fields.data, io->fields.size);
  if (codes) buffer_append(&body, (const char *)codes, code_bytes);
  pcre2_serialize_free(codes);
  bool           failed = body.failed || io->fields.failed || io->texts.failed;
  ClaimantStatus status = CLAIMANT_NO_MEMORY;
  if (!failed) {
    header.checksum = hash_checksum(body.data, body.size);
    status = write_file(path, &header, &body);
  }
  buffer_free(&body);
  return status;
}

/* What is gathered lives in `io`, so running out of memory may jump here. */
static ClaimantStatus guarded_save(Image *io, RuleSet *rules, const char *path)
{
  jmp_buf rescue;
  if (setjmp(rescue)) return CLAIMANT_NO_MEMORY;
  arena_rescue(io->arena, &rescue);
  return assemble(io, rules, path);
}

ClaimantStatus image_save(const RuleSet *rules, const char *path)
{
  Image io = {.arena = arena_new()};
  if (!io.arena) return CLAIMANT_NO_MEMORY;
  RuleSet        copy = *rules;
  ClaimantStatus status = guarded_save(&io, &copy, path);
  buffer_free(&io.fields);
  buffer_free(&io.texts);
  arena_free(io.arena);
  return status;
}

/* ---- Opening --------------------------------------------------------------------------------------- */

static bool map_file(const char *path, RuleImage *mapped)
{
  int         file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (file < 0) return false;
  bool good = fstat(file, &about) == 0 && S_ISREG(about.st_mode) && (size_t)about.st_size > sizeof(Header);
  if (good) {
    mapped->bytes = (size_t)about.st_size;
    mapped->data = mmap(NULL, mapped->bytes, PROT_READ, MAP_PRIVATE, file, 0);
    good = mapped->data != MAP_FAILED;
  }
  close(file);
  return good;
}

static bool is_valid(const RuleImage *mapped, const Header *header)
{
  char libraries[64];
  describe_libraries(libraries);
  size_t body = mapped->bytes - sizeof *header;
  return memcmp(header->magic, magic, sizeof magic) == 0 && header->format == FORMAT &&
         header->byte_order == BYTE_ORDER_MARK && memcmp(header->libraries, libraries, sizeof libraries) == 0 &&
         header->text_bytes && header->text_bytes <= body && header->field_bytes <= body - header->text_bytes &&
         header->code_bytes == body - header->text_bytes - header->field_bytes &&
         hash_checksum(mapped->data + sizeof *header, body) == header->checksum &&
         mapped->data[sizeof *header + header->text_bytes - 1] == '\0';
}

static ClaimantStatus decode_codes(Image *io, const uint8_t *bytes, size_t size)
{
  if (!size) return CLAIMANT_OK; /* a rule set without patterns */
  int32_t count = pcre2_serialize_get_number_of_codes(bytes);
  if (count < 0) return io->bad = true, CLAIMANT_OK;
  io->codes = arena_alloc(io->arena, ((size_t)count + 1) * sizeof(pcre2_code *));
  int32_t got = regex_decode(io->codes, count, bytes);
  if (got == PCRE2_ERROR_NOMEMORY) return CLAIMANT_NO_MEMORY;
  if (got < 0) io->bad = true;
  else io->code_count = (size_t)got;
  return CLAIMANT_OK;
}

/* What is read lives in the rule set's arena and in `io`, so running out of memory may jump here. */
static ClaimantStatus read_image(Image *io, const RuleImage *mapped, const Header *header, RuleSet **rules)
{
  jmp_buf rescue;
  if (setjmp(rescue)) return CLAIMANT_NO_MEMORY;
  arena_rescue(io->arena, &rescue);
  const char *body = mapped->data + sizeof *header;
  io->pool = body;
  io->pool_bytes = header->text_bytes;
  io->in = body + header->text_bytes;
  io->in_bytes = header->field_bytes;
  io->known = interner_new(io->arena);
  const uint8_t *codes = (const uint8_t *)body + header->text_bytes + header->field_bytes;
  ClaimantStatus status = decode_codes(io, codes, header->code_bytes);
  if (status) return status;
  RuleSet *made = arena_alloc(io->arena, sizeof *made);
  made->arena = io->arena;
  made->image = *mapped;
  made->names = io->known;
  io_ruleset(io, made);
  made->triggers = io->bad ? NULL : trigger_index_load(io->arena, io->in + io->at, io->in_bytes - io->at);
  if (!made->triggers || io->code_next != io->code_count) io->bad = true;
  if (!io->bad) lexicons_index(&made->lexicons, io->arena);
  if (!io->bad) *rules = made;
  return CLAIMANT_OK;
}

static void throw_away(Image *io)
{
  for (size_t i = 0; i < io->code_count; ++i) pcre2_code_free(io->codes[i]);
  arena_free(io->arena);
}

static ClaimantStatus open_mapped(const RuleImage *mapped, const char *source, RuleSet **rules)
{
  Header header;
  memcpy(&header, mapped->data, sizeof header);
  if (!is_valid(mapped, &header)) return CLAIMANT_OK;
  Image io = {.arena = arena_new(), .reading = true};
  if (!io.arena) return CLAIMANT_NO_MEMORY;
  RuleSet       *made = NULL;
  ClaimantStatus status = read_image(&io, mapped, &header, &made);
  arena_rescue(io.arena, NULL);
  bool current = false;
  if (!status && made) status = ruleset_is_current(made, source, &current);
  if (status || !current) throw_away(&io);
  else *rules = made;
  return status;
}

ClaimantStatus image_open(const char *path, const char *source, RuleSet **rules)
{
  RuleImage mapped = {0};
  *rules = NULL;
  if (!map_file(path, &mapped)) return CLAIMANT_OK;
  ClaimantStatus status = open_mapped(&mapped, source, rules);
  if (*rules) madvise(mapped.data, mapped.bytes, MADV_DONTNEED); /* of the texts few are read again */
  else munmap(mapped.data, mapped.bytes);
  return status;
}
