#include "rules/trigger_index.h"

#include "base/hash.h"

#include <string.h>

enum { GRAM = 4,  SHORT_TABLE = 1 << 12, FILTER_BITS = 16, NONE = 0 };

/* One clause of one pattern. */
typedef struct {
  uint32_t pattern;
  uint32_t clause;
} Tick;

typedef struct {
  const char *text;
  uint32_t    bytes;
  uint32_t    offset; /* of the bytes it is found by */
  uint32_t    gram;   /* these bytes; the rest of four are 0 */
  bool        word_start, word_end; /* no letter stands before it, behind it */
  uint32_t    next;   /* in its bucket; NONE ends it */
  Tick       *ticks;
  size_t      tick_count, tick_capacity;
} Literal;

typedef struct {
  uint32_t gram;
  uint32_t first; /* literal found by it; NONE: a free slot */
} GramSlot;

/* A gram as it is asked for, in the same order. */
typedef struct {
  uint32_t gram;
  uint32_t probe; /* the first; NONE: a free slot */
} GramProbe;

/* What is asked of a literal where one of its grams, or a short one itself, was seen; those found by the
 * same gram, or in the same bucket, are neighbours. */
enum { HEAD = 8, WORD_START = 1, WORD_END = 2, LAST = 4 };
static const uint32_t END_OF_BITS = UINT32_MAX;
typedef struct {
  uint64_t head;   /* first bytes of the literal; of a short one its key */
  uint32_t number; /* of the literal */
  uint32_t bits;   /* index of the first of the bits it sets in Ticks, see tick_bits */
  uint8_t  bytes, offset, flags;
} Probe;

typedef struct {
  Tick  *ticks;
  size_t count, capacity;
} TypeTicks;

struct TriggerIndex {
  Arena     *arena;
  Literal   *literals; /* from 1 */
  size_t     literal_count, literal_capacity;
  uint32_t  *by_text; /* open addressing over literals, for building */
  size_t     by_text_size;
  GramSlot  *grams; /* of literals of four bytes and more: open addressing, at most half full */
  size_t     gram_slots, gram_count;
  uint32_t   shorts[SHORT_TABLE]; /* of one to three bytes, by length and bytes */
  uint64_t   filter[(1 << FILTER_BITS) / 64];     /* a bit a gram that some literal is found by: most text stops here */
  uint64_t   short_filter[(1 << FILTER_BITS) / 64]; /* a bit for the first two bytes of some short literal */
  uint32_t  *seen; /* [bit of the filter]: how often text of this kind passes it; only while building */
  TypeTicks *types;
  size_t     type_count;
  uint64_t  *absent; /* as trigger_index_begin gives them */
  size_t     words;
  uint32_t   longest; /* bytes of a literal */
  Probe     *probes;       /* from 1 */
  GramProbe *gram_probes;  /* [slot of grams] */
  uint32_t  *tick_bits;    /* numbers of bits in Ticks; END_OF_BITS ends those of a literal */
  uint32_t  *short_probes; /* [bucket of shorts]: the first probe, or NONE */
  uint64_t   masks[HEAD + 1]; /* [n]: the first n bytes of a head */
};

static uint32_t load(const char *text)
{
  uint32_t value;
  memcpy(&value, text, sizeof value);
  return value;
}

static size_t gram_hash(uint32_t gram) { return (size_t)((gram * UINT64_C(0x9E3779B97F4A7C15)) >> 32); }

static GramSlot *gram_slot(GramSlot *slots, size_t count, uint32_t gram)
{
  size_t at = gram_hash(gram) & (count - 1);
  while (slots[at].first && slots[at].gram != gram) at = (at + 1) & (count - 1);
  return &slots[at];
}

static uint32_t short_bucket(uint32_t key) { return (key * 2654435761U) >> 20; }

static uint32_t filter_bit(uint32_t gram) { return (gram * 2654435761U) >> (32 - FILTER_BITS); }

static void let_pass(uint64_t *filter, uint32_t bit) { filter[bit / 64] |= UINT64_C(1) << (bit % 64); }

static bool passes(const uint64_t *filter, uint32_t bit) { return filter[bit / 64] >> (bit % 64) & 1U; }

static uint32_t first_two(uint32_t gram) { return gram & 0xFFFFU; }

/* Keys of literals of one to three bytes; their length keeps them apart. */
static uint32_t short_key(uint32_t gram, uint32_t bytes) { return (gram & ((1U << 8 * bytes) - 1U)) ^ bytes << 24; }

/* ---- Building ---- */

static void grow_grams(TriggerIndex *index)
{
  size_t    larger = index->gram_slots ? index->gram_slots * 2 : 1024;
  GramSlot *slots = arena_alloc(index->arena, larger * sizeof *slots);
  for (size_t i = 0; i < index->gram_slots; ++i)
    if (index->grams[i].first) *gram_slot(slots, larger, index->grams[i].gram) = index->grams[i];
  index->grams = slots;
  index->gram_slots = larger;
}

/* What finding a literal by a gram costs: the looks at it in text of this kind, each at all literals that
 * share the gram. */
static uint64_t gram_cost(const TriggerIndex *index, uint32_t gram)
{
  uint64_t chain = 1;
  for (uint32_t i = gram_slot(index->grams, index->gram_slots, gram)->first; i; i = index->literals[i].next) chain++;
  return (uint64_t)index->seen[filter_bit(gram)] * (chain + !passes(index->filter, filter_bit(gram))) + chain;
}

/* By the one of its grams that costs least. */
static void enter_gram(TriggerIndex *index, uint32_t number)
{
  Literal *literal = &index->literals[number];
  uint64_t least = UINT64_MAX;
  if (index->gram_count * 2 >= index->gram_slots) grow_grams(index);
  for (uint32_t offset = 0; offset + GRAM <= literal->bytes; ++offset) {
    uint64_t cost = gram_cost(index, load(literal->text + offset));
    if (cost < least) least = cost, literal->offset = offset;
  }
  literal->gram = load(literal->text + literal->offset);
  GramSlot *slot = gram_slot(index->grams, index->gram_slots, literal->gram);
  if (!slot->first) index->gram_count++;
  literal->next = slot->first;
  *slot = (GramSlot){literal->gram, number};
  let_pass(index->filter, filter_bit(literal->gram));
}

static void enter_short(TriggerIndex *index, uint32_t number)
{
  Literal  *literal = &index->literals[number];
  char      padded[GRAM] = {0};
  memcpy(padded, literal->text, literal->bytes);
  literal->gram = load(padded);
  uint32_t  key = short_key(literal->gram, literal->bytes);
  uint32_t *bucket = &index->shorts[short_bucket(key)];
  literal->next = *bucket;
  *bucket = number;
  if (literal->bytes > 1) let_pass(index->short_filter, first_two(literal->gram));
  for (uint32_t second = 0; literal->bytes == 1 && second <= UINT8_MAX; ++second)
    let_pass(index->short_filter, literal->gram | second << 8);
}

static void rehash(TriggerIndex *index, size_t size)
{
  index->by_text = arena_alloc(index->arena, size * sizeof *index->by_text);
  index->by_text_size = size;
  for (uint32_t i = 1; i < index->literal_count; ++i) {
    size_t at = (size_t)hash_bytes(HASH_START, index->literals[i].text, index->literals[i].bytes) & (size - 1);
    while (index->by_text[at]) at = (at + 1) & (size - 1);
    index->by_text[at] = i;
  }
}

static Literal *find_or_add(TriggerIndex *index, const TriggerAlternative *alternative)
{
  const char *text = alternative->literal;
  size_t      bytes = strlen(text);
  if (index->literal_count * 2 >= index->by_text_size) rehash(index, index->by_text_size * 2);
  size_t at = (size_t)hash_bytes(HASH_START, text, bytes) & (index->by_text_size - 1);
  for (; index->by_text[at]; at = (at + 1) & (index->by_text_size - 1)) {
    Literal *other = &index->literals[index->by_text[at]];
    if (other->bytes == bytes && memcmp(other->text, text, bytes) == 0 &&
        other->word_start == alternative->word_start && other->word_end == alternative->word_end)
      return other;
  }
  index->literals = arena_grow(index->arena, index->literals, index->literal_count, &index->literal_capacity,
                               sizeof *index->literals);
  uint32_t number = (uint32_t)index->literal_count++;
  index->by_text[at] = number;
  index->literals[number] = (Literal){.text = text,
                                      .bytes = (uint32_t)bytes,
                                      .word_start = alternative->word_start,
                                      .word_end = alternative->word_end};
  if (bytes > index->longest) index->longest = (uint32_t)bytes;
  if (bytes >= GRAM) enter_gram(index, number);
  else enter_short(index, number);
  return &index->literals[number];
}

static void add_tick(Arena *arena, Tick **ticks, size_t *count, size_t *capacity, Tick tick)
{
  if (*count && (*ticks)[*count - 1].pattern == tick.pattern && (*ticks)[*count - 1].clause == tick.clause) return;
  *ticks = arena_grow(arena, *ticks, *count, capacity, sizeof **ticks);
  (*ticks)[(*count)++] = tick;
}

static void enter_clause(TriggerIndex *index, const TriggerClause *clause, Tick tick)
{
  for (size_t i = 0; i < clause->count; ++i) {
    const TriggerAlternative *alternative = &clause->alternatives[i];
    if (alternative->literal) {
      Literal *literal = find_or_add(index, alternative);
      add_tick(index->arena, &literal->ticks, &literal->tick_count, &literal->tick_capacity, tick);
    } else {
      TypeTicks *type = &index->types[alternative->type];
      add_tick(index->arena, &type->ticks, &type->count, &type->capacity, tick);
    }
  }
}

static uint32_t tick_bit(const TriggerIndex *index, Tick tick)
{
  return tick.clause * (uint32_t)index->words * 64 + tick.pattern;
}

static void lay_out_ticks(TriggerIndex *index, uint32_t *bits_of)
{
  uint32_t count = 0;
  size_t   total = 0;
  for (size_t i = 1; i < index->literal_count; ++i) total += index->literals[i].tick_count + 1;
  index->tick_bits = arena_alloc(index->arena, (total + 1) * sizeof *index->tick_bits);
  for (size_t i = 1; i < index->literal_count; ++i) {
    const Literal *literal = &index->literals[i];
    bits_of[i] = count;
    for (size_t j = 0; j < literal->tick_count; ++j) index->tick_bits[count++] = tick_bit(index, literal->ticks[j]);
    index->tick_bits[count++] = END_OF_BITS;
  }
}

static uint32_t add_probes(TriggerIndex *index, const uint32_t *bits_of, uint32_t first, bool is_short, uint32_t *count)
{
  uint32_t start = *count;
  for (uint32_t i = first; i && *count < index->literal_count; i = index->literals[i].next) {
    const Literal *literal = &index->literals[i];
    Probe         *probe = &index->probes[(*count)++];
    *probe = (Probe){.number = i, .bits = bits_of[i], .bytes = (uint8_t)literal->bytes, .offset = (uint8_t)literal->offset};
    probe->flags = (uint8_t)((literal->word_start ? WORD_START : 0U) | (literal->word_end ? WORD_END : 0U));
    if (is_short) probe->head = short_key(literal->gram, literal->bytes);
    else memcpy(&probe->head, literal->text, literal->bytes < HEAD ? literal->bytes : HEAD);
  }
  if (*count == start) return NONE;
  index->probes[*count - 1].flags |= LAST;
  return start;
}

/* Lays the literals out as they are asked for. */
static void lay_out(TriggerIndex *index)
{
  uint32_t  count = 1;
  uint32_t *bits_of = arena_alloc(index->arena, index->literal_count * sizeof *bits_of);
  lay_out_ticks(index, bits_of);
  index->probes = arena_alloc(index->arena, (index->literal_count + 1) * sizeof *index->probes);
  index->gram_probes = arena_alloc(index->arena, index->gram_slots * sizeof *index->gram_probes);
  index->short_probes = arena_alloc(index->arena, SHORT_TABLE * sizeof *index->short_probes);
  for (size_t i = 0; i < index->gram_slots; ++i)
    index->gram_probes[i] = (GramProbe){index->grams[i].gram, add_probes(index, bits_of, index->grams[i].first, false, &count)};
  for (size_t i = 0; i < SHORT_TABLE; ++i)
    index->short_probes[i] = add_probes(index, bits_of, index->shorts[i], true, &count);
  for (size_t n = 0; n <= HEAD; ++n) memset(&index->masks[n], 0xFF, n);
}

/* How often the sample has the grams of each bit of the filter. */
static void count_grams(TriggerIndex *index, const char *sample, size_t bytes)
{
  index->seen = arena_alloc(index->arena, (1U << FILTER_BITS) * sizeof *index->seen);
  for (size_t at = 0; at + GRAM <= bytes; ++at) index->seen[filter_bit(load(sample + at))]++;
}

TriggerIndex *trigger_index_new(Arena *arena, Pattern **patterns, size_t count, size_t type_count, TriggerSample sample)
{
  TriggerIndex *index = arena_alloc(arena, sizeof *index);
  index->arena = arena;
  index->words = count / 64 + 1;
  index->absent = arena_alloc(arena, TRIGGER_CLAUSES * index->words * sizeof *index->absent);
  index->types = arena_alloc(arena, (type_count + 1) * sizeof *index->types);
  index->type_count = type_count;
  index->literals = arena_grow(arena, NULL, 0, &index->literal_capacity, sizeof *index->literals);
  index->literal_count = 1; /* NONE */
  grow_grams(index);
  rehash(index, 1024);
  count_grams(index, sample.text, sample.bytes);
  for (uint32_t i = 0; i < count; ++i) {
    patterns[i]->ordinal = i;
    for (uint32_t j = 0; j < TRIGGER_CLAUSES; ++j) {
      if (j < patterns[i]->trigger.count) enter_clause(index, &patterns[i]->trigger.clauses[j], (Tick){i, j});
      else index->absent[j * index->words + i / 64] |= UINT64_C(1) << (i % 64);
    }
  }
  lay_out(index);
  return index;
}

/* ---- Use ---- */

size_t trigger_index_words(const TriggerIndex *index) { return index->words; }

void trigger_index_begin(const TriggerIndex *index, Ticks ticks)
{
  memcpy(ticks, index->absent, TRIGGER_CLAUSES * index->words * sizeof *ticks);
}

static void tick_off(const TriggerIndex *index, const Tick *list, size_t count, Ticks ticks)
{
  for (size_t i = 0; i < count; ++i)
    ticks[list[i].clause * index->words + list[i].pattern / 64] |= UINT64_C(1) << (list[i].pattern % 64);
}

void trigger_index_type(const TriggerIndex *index, uint16_t type, Ticks ticks)
{
  if (type < index->type_count) tick_off(index, index->types[type].ticks, index->types[type].count, ticks);
}

size_t trigger_index_literals(const TriggerIndex *index) { return index->literal_count; }

size_t trigger_index_longest(const TriggerIndex *index) { return index->longest; }

static void found(const TriggerIndex *index, const Probe *probe, TriggerSeen seen, Ticks ticks)
{
  seen.literals[probe->number] = seen.stamp;
  for (const uint32_t *bit = &index->tick_bits[probe->bits]; *bit != END_OF_BITS; ++bit)
    ticks[*bit / 64] |= UINT64_C(1) << (*bit % 64);
}

/* The first of the literals found by a gram, or probes[0]. */
static const Probe *probes_of(const TriggerIndex *index, uint32_t gram)
{
  size_t mask = index->gram_slots - 1, at = gram_hash(gram) & mask;
  while (index->gram_probes[at].probe && index->gram_probes[at].gram != gram) at = (at + 1) & mask;
  return &index->probes[index->gram_probes[at].probe];
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

typedef struct {
  const char *bytes;
  size_t      size, starts; /* literals that begin from `starts` on do not count */
} Text;

/* Do the borders hold that the literal, found at a place, asks for? */
static bool has_borders(const Probe *probe, Text text, size_t at)
{
  size_t end = at + probe->bytes;
  return !(probe->flags & WORD_START && at && is_letter(text.bytes[at - 1])) &&
         !(probe->flags & WORD_END && end < text.size && is_letter(text.bytes[end]));
}

static bool is_at(const TriggerIndex *index, const Probe *probe, Text text, size_t at)
{
  uint64_t head;
  if (probe->bytes > text.size - at) return false;
  if (text.size - at >= HEAD) {
    memcpy(&head, text.bytes + at, HEAD);
    if ((head ^ probe->head) & index->masks[probe->bytes < HEAD ? probe->bytes : HEAD]) return false;
    if (probe->bytes <= HEAD) return true;
  }
  return memcmp(text.bytes + at, index->literals[probe->number].text, probe->bytes) == 0;
}

static void check_gram(const TriggerIndex *index, Text text, size_t at, uint32_t gram, TriggerSeen seen, Ticks ticks)
{
  const Probe *probe = probes_of(index, gram);
  if (probe == index->probes) return;
  for (bool more = true; more; ++probe) {
    size_t start = at - probe->offset;
    more = !(probe->flags & LAST);
    if (at >= probe->offset && start < text.starts && is_at(index, probe, text, start) &&
        seen.literals[probe->number] != seen.stamp && has_borders(probe, text, start))
      found(index, probe, seen, ticks);
  }
}

static void check_shorts(const TriggerIndex *index, Text text, size_t at, uint32_t gram, TriggerSeen seen, Ticks ticks)
{
  for (uint32_t length = 1; length < GRAM && length <= text.size - at; ++length) {
    uint32_t     key = short_key(gram, length);
    const Probe *probe = &index->probes[index->short_probes[short_bucket(key)]];
    if (probe == index->probes) continue;
    for (bool more = true; more; ++probe) {
      more = !(probe->flags & LAST);
      if (probe->head == key && seen.literals[probe->number] != seen.stamp && has_borders(probe, text, at))
        found(index, probe, seen, ticks);
    }
  }
}

void trigger_index_text(const TriggerIndex *index, const char *bytes, size_t size, size_t starts, TriggerSeen seen, Ticks ticks)
{
  Text   text = {bytes, size, starts < size ? starts : size};
  size_t at = 0;
  for (; at + GRAM <= size; ++at) {
    uint32_t gram = load(bytes + at);
    if (passes(index->filter, filter_bit(gram))) check_gram(index, text, at, gram, seen, ticks);
    if (passes(index->short_filter, first_two(gram)) && at < text.starts) check_shorts(index, text, at, gram, seen, ticks);
  }
  for (; at < text.starts; ++at) {
    char padded[GRAM] = {0};
    memcpy(padded, bytes + at, size - at);
    check_shorts(index, text, at, load(padded), seen, ticks);
  }
}

void trigger_fold(Buffer *out, const char *text, size_t bytes)
{
  buffer_clear(out);
  buffer_append_byte(out, TRIGGER_START);
  buffer_reserve(out, bytes);
  for (size_t i = 0; i < bytes && !out->failed; ++i) {
    char byte = trigger_byte(text[i]);
    if ((unsigned char)byte < 0x80U) {
      out->data[out->size++] = byte;
      continue;
    }
    if (bytes - i >= 3 && memcmp(text + i, TRIGGER_KELVIN, 3) == 0) byte = 'k', i += 2;
    else if (bytes - i >= 2 && memcmp(text + i, TRIGGER_LONG_S, 2) == 0) byte = 's', i += 1;
    out->data[out->size++] = byte;
  }
}

/* ---- As bytes ---- */

typedef struct {
  uint64_t words, type_count, literal_count, gram_slots;
} Sizes;

static void save_ticks(Buffer *out, const Tick *ticks, size_t count)
{
  uint32_t number = (uint32_t)count;
  buffer_append(out, (const char *)&number, sizeof number);
  buffer_append(out, (const char *)ticks, count * sizeof *ticks);
}

void trigger_index_save(const TriggerIndex *index, Buffer *out)
{
  Sizes sizes = {.words = index->words, .type_count = index->type_count, .literal_count = index->literal_count,
                 .gram_slots = index->gram_slots};
  buffer_append(out, (const char *)&sizes, sizeof sizes);
  buffer_append(out, (const char *)index->grams, index->gram_slots * sizeof *index->grams);
  buffer_append(out, (const char *)index->shorts, sizeof index->shorts);
  buffer_append(out, (const char *)index->filter, sizeof index->filter);
  buffer_append(out, (const char *)index->short_filter, sizeof index->short_filter);
  buffer_append(out, (const char *)index->absent, TRIGGER_CLAUSES * index->words * sizeof *index->absent);
  for (size_t i = 0; i < index->type_count; ++i) save_ticks(out, index->types[i].ticks, index->types[i].count);
  for (size_t i = 1; i < index->literal_count; ++i) {
    const Literal *literal = &index->literals[i];
    uint32_t       borders = (uint32_t)literal->word_start | (uint32_t)literal->word_end << 1;
    uint32_t       numbers[5] = {literal->bytes, literal->offset, literal->gram, literal->next, borders};
    buffer_append(out, (const char *)numbers, sizeof numbers);
    buffer_append(out, literal->text, literal->bytes);
    save_ticks(out, literal->ticks, literal->tick_count);
  }
}

typedef struct {
  Arena      *arena;
  const char *at;
  size_t      left;
  bool        bad;
} Reader;

static void take(Reader *r, void *data, size_t bytes)
{
  if (r->bad || r->left < bytes) {
    r->bad = true;
    return;
  }
  memcpy(data, r->at, bytes);
  r->at += bytes;
  r->left -= bytes;
}

static Tick *load_ticks(Reader *r, size_t *count, size_t patterns)
{
  uint32_t number = 0;
  take(r, &number, sizeof number);
  if (number > r->left / sizeof(Tick)) r->bad = true;
  *count = r->bad ? 0 : number;
  Tick *ticks = arena_alloc(r->arena, (*count + 1) * sizeof *ticks);
  take(r, ticks, *count * sizeof *ticks);
  for (size_t i = 0; i < *count; ++i)
    if (ticks[i].pattern >= patterns || ticks[i].clause >= TRIGGER_CLAUSES) r->bad = true;
  return ticks;
}

static void load_literal(Reader *r, TriggerIndex *index, size_t number)
{
  Literal *literal = &index->literals[number];
  uint32_t numbers[5] = {0};
  take(r, numbers, sizeof numbers);
  if (numbers[0] > TRIGGER_MAX_BYTES || numbers[1] > numbers[0] || numbers[3] >= number) r->bad = true;
  if (r->bad) return;
  char *text = arena_alloc(r->arena, numbers[0] + 1);
  take(r, text, numbers[0]);
  *literal = (Literal){.text = text, .bytes = numbers[0], .offset = numbers[1], .gram = numbers[2], .next = numbers[3],
                       .word_start = numbers[4] & 1U, .word_end = numbers[4] & 2U};
  if (literal->bytes > index->longest) index->longest = literal->bytes;
  literal->ticks = load_ticks(r, &literal->tick_count, index->words * 64);
}

/* The literals of a chain are of the bytes that its table is for; each is behind a later one, so there is an end. */
static bool chain_is_good(const TriggerIndex *index, uint32_t first, bool is_short)
{
  for (uint32_t i = first; i; i = index->literals[i].next) {
    const Literal *literal = &index->literals[i];
    if (is_short ? literal->bytes >= GRAM : literal->bytes < GRAM || literal->offset > literal->bytes - GRAM) return false;
  }
  return true;
}

static bool buckets_are_good(const TriggerIndex *index)
{
  size_t used = 0;
  for (size_t i = 0; i < index->gram_slots; ++i) {
    if (index->grams[i].first >= index->literal_count || !chain_is_good(index, index->grams[i].first, false)) return false;
    used += index->grams[i].first != NONE;
  }
  if (used * 2 > index->gram_slots) return false;
  for (size_t i = 0; i < SHORT_TABLE; ++i)
    if (index->shorts[i] >= index->literal_count || !chain_is_good(index, index->shorts[i], true)) return false;
  return true;
}

TriggerIndex *trigger_index_load(Arena *arena, const char *bytes, size_t size)
{
  Reader        r = {.arena = arena, .at = bytes, .left = size};
  TriggerIndex *index = arena_alloc(arena, sizeof *index);
  Sizes         sizes = {0};
  take(&r, &sizes, sizeof sizes);
  if (sizes.words > size || sizes.type_count > size || sizes.literal_count > size || !sizes.literal_count) return NULL;
  if (sizes.gram_slots > size / sizeof(GramSlot) || sizes.gram_slots & (sizes.gram_slots - 1) || !sizes.gram_slots) return NULL;
  index->arena = arena;
  index->words = sizes.words;
  index->type_count = sizes.type_count;
  index->literal_count = sizes.literal_count;
  index->gram_slots = sizes.gram_slots;
  index->grams = arena_alloc(arena, (index->gram_slots + 1) * sizeof *index->grams);
  take(&r, index->grams, index->gram_slots * sizeof *index->grams);
  take(&r, index->shorts, sizeof index->shorts);
  take(&r, index->filter, sizeof index->filter);
  take(&r, index->short_filter, sizeof index->short_filter);
  index->absent = arena_alloc(arena, TRIGGER_CLAUSES * (index->words + 1) * sizeof *index->absent);
  take(&r, index->absent, TRIGGER_CLAUSES * index->words * sizeof *index->absent);
  index->types = arena_alloc(arena, (index->type_count + 1) * sizeof *index->types);
  for (size_t i = 0; i < index->type_count && !r.bad; ++i)
    index->types[i].ticks = load_ticks(&r, &index->types[i].count, index->words * 64);
  index->literals = arena_alloc(arena, (index->literal_count + 1) * sizeof *index->literals);
  for (size_t i = 1; i < index->literal_count && !r.bad; ++i) load_literal(&r, index, i);
  if (r.bad || !buckets_are_good(index)) return NULL;
  lay_out(index);
  return index;
}
