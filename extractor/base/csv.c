#include "base/csv.h"

#include <string.h>

static bool is_risky(char c) { return c && strchr("=+-@\t\r", c); }

void csv_begin(Csv *csv, const char *data, size_t size)
{
  bool mark = size >= 3 && !memcmp(data, "\xef\xbb\xbf", 3);
  *csv = (Csv){.data = data, .size = size, .at = mark ? 3 : 0, .line = 1};
}

static bool fail(Csv *csv, size_t line, const char *fault)
{
  csv->fault = fault;
  csv->fault_line = line;
  return false;
}

static bool at_end(const Csv *csv) { return csv->at >= csv->size; }

static bool is_end_of_cell(const Csv *csv)
{
  return at_end(csv) || csv->data[csv->at] == ',' || csv->data[csv->at] == '\n' || csv->data[csv->at] == '\r';
}

static bool read_quoted(Csv *csv, Buffer *cell)
{
  size_t line = csv->line;
  for (csv->at++; !at_end(csv); csv->at++) {
    char c = csv->data[csv->at];
    if (c == '"') {
      csv->at++;
      if (at_end(csv) || csv->data[csv->at] != '"')
        return is_end_of_cell(csv) ||
               fail(csv, csv->line, "a comma or the end of the line was expected behind a quoted cell");
    }
    if (c == '\n') csv->line++;
    buffer_append_byte(cell, c);
  }
  return fail(csv, line, "a quoted cell is not closed; the file may have been cut");
}

static bool read_cell(Csv *csv, Buffer *cell)
{
  buffer_clear(cell);
  if (!at_end(csv) && csv->data[csv->at] == '"') {
    if (!read_quoted(csv, cell)) return false;
  } else {
    size_t start = csv->at;
    while (!is_end_of_cell(csv)) csv->at++;
    buffer_append(cell, csv->data + start, csv->at - start);
  }
  if (cell->size && memchr(cell->data, '\0', cell->size)) return fail(csv, csv->line, "a cell holds the character U+0000");
  if (cell->size && is_risky(cell->data[0]))
    return fail(csv, csv->line,
                "a cell begins as a formula does, with =, +, -, @, a tab or a carriage return; ' was expected before it");
  return true;
}

static const char *keep(Arena *arena, const Buffer *cell)
{
  size_t skip = cell->size && cell->data[0] == '\'';
  return arena_copy(arena, cell->size ? cell->data + skip : "", cell->size - skip);
}

static void end_line(Csv *csv)
{
  if (!at_end(csv) && csv->data[csv->at] == '\r') csv->at++;
  if (!at_end(csv) && csv->data[csv->at] == '\n') csv->at++;
  csv->line++;
}

static bool read_row(Csv *csv, Arena *arena, Buffer *cell, const char ***cells, size_t *count)
{
  size_t capacity = 0;
  *cells = NULL;
  *count = 0;
  for (bool more = true; more;) {
    if (!read_cell(csv, cell)) return false;
    const char **grown = arena_grow(arena, *cells, *count, &capacity, sizeof **cells);
    const char  *text = grown && !cell->failed ? keep(arena, cell) : NULL;
    if (!text) return *cells = NULL, false;
    *cells = grown;
    (*cells)[(*count)++] = text;
    more = !at_end(csv) && csv->data[csv->at] == ',';
    csv->at += more;
  }
  end_line(csv);
  return true;
}

bool csv_row(Csv *csv, Arena *arena, const char ***cells, size_t *count, size_t *line)
{
  Buffer cell = {0};
  bool   read = false, blank = true;
  while (blank && !at_end(csv)) {
    *line = csv->line;
    read = read_row(csv, arena, &cell, cells, count);
    blank = read && *count == 1 && !*(*cells)[0];
  }
  buffer_free(&cell);
  return read && !blank;
}

void csv_put(Buffer *out, const char *text)
{
  bool quote = text[strcspn(text, ",\"\r\n")] != '\0', guard = is_risky(*text) || *text == '\'';
  if (quote) buffer_append_byte(out, '"');
  if (guard) buffer_append_byte(out, '\'');
  for (; *text; ++text) {
    if (*text == '"') buffer_append_byte(out, '"');
    buffer_append_byte(out, *text);
  }
  if (quote) buffer_append_byte(out, '"');
}
