#include "read/convert.h"

#include "read/archive.h"
#include "read/pdf.h"
#include "read/xml.h"

bool needs_converting(ClaimantFormat format) { return format != CLAIMANT_TEXT && format != CLAIMANT_HTML; }

static ClaimantStatus tell(Diagnostics *diagnostics, const char *code, const char *name, const char *what,
                           const char *why, ClaimantStatus status)
{
  diagnostics_add(diagnostics, CLAIMANT_ERROR, code, (Place){.file = name}, "%s%s", what, why);
  return status;
}

/* DOCX and ODT are archives; the text is in one member. */
static ClaimantStatus convert_word(const char *bytes, size_t size, size_t most, const char *name,
                                   Diagnostics *diagnostics, Buffer *out)
{
  static const char *const members[] = {"word/document.xml", "content.xml", NULL};
  static const XmlKind     kinds[] = {XML_DOCX, XML_ODT};
  Buffer                   xml = {0};
  size_t                   found = 0;
  const char              *why = "";
  ClaimantStatus           st = archive_member(bytes, size, members, most, &found, &xml, &why);
  if (st == CLAIMANT_BAD_DATA)
    tell(diagnostics, "bad-archive", name, "a word processor's file (DOCX or ODT) was expected: ", why, st);
  if (st == CLAIMANT_INTERNAL)
    tell(diagnostics, "no-libarchive", name, "DOCX and ODT are read with libarchive, which is not here; ",
         "install libarchive13", st);
  if (!st) st = xml_to_html(xml.data, xml.size, kinds[found], name, diagnostics, out);
  buffer_free(&xml);
  return st;
}

static ClaimantStatus convert_mail(const char *bytes, size_t size, const char *name, Diagnostics *diagnostics,
                                   Converted *out)
{
  ClaimantStatus st = mail_read(bytes, size, diagnostics->arena, &out->head, &out->text);
  out->format = out->head.html ? CLAIMANT_HTML : CLAIMANT_TEXT;
  if (st == CLAIMANT_BAD_DATA)
    tell(diagnostics, "bad-mail", name, "an e-mail with a text was expected; ", "no part of it is text", st);
  if (st == CLAIMANT_INTERNAL)
    tell(diagnostics, "no-gmime", name, "e-mail is read with GMime, which is not here; ", "install libgmime-3.0-0", st);
  return st;
}

ClaimantStatus convert(const char *bytes, size_t size, ClaimantFormat format, size_t most, Deadline deadline,
                       const char *name, Diagnostics *diagnostics, Converted *out)
{
  *out = (Converted){.format = CLAIMANT_HTML};
  switch (format) {
  case CLAIMANT_XML: return xml_to_html(bytes, size, XML_ANY, name, diagnostics, &out->text);
  case CLAIMANT_WORD: return convert_word(bytes, size, most, name, diagnostics, &out->text);
  case CLAIMANT_MAIL: return convert_mail(bytes, size, name, diagnostics, out);
  case CLAIMANT_PDF:
    out->format = CLAIMANT_TEXT;
    return pdf_to_text(bytes, size, most, deadline, name, diagnostics, &out->text);
  default: return CLAIMANT_BAD_ARGUMENT;
  }
}
