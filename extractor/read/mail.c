#include "read/mail.h"

#include "base/library.h"

#include <gmime/gmime.h>

#include <stdio.h>
#include <string.h>

#define MAIL_FUNCTIONS(F) \
  F(g_date_time_format) F(g_free) F(g_object_unref) F(g_mime_init) F(g_mime_content_type_is_type) \
  F(g_mime_message_get_addresses) F(g_mime_message_get_date) F(g_mime_message_get_mime_part) \
  F(g_mime_message_get_subject) F(g_mime_message_get_type) F(g_mime_message_part_get_type) F(g_mime_multipart_get_count) \
  F(g_mime_multipart_get_part) F(g_mime_multipart_get_type) F(g_mime_object_get_content_type) F(g_mime_object_get_disposition) \
  F(g_mime_parser_construct_message) F(g_mime_parser_new_with_stream) F(g_mime_stream_mem_new_with_buffer) \
  F(g_mime_text_part_get_text) F(g_mime_text_part_get_type) F(g_type_check_instance_is_a) \
  F(internet_address_get_name) F(internet_address_list_get_address) F(internet_address_list_length) \
  F(internet_address_mailbox_get_addr) F(internet_address_mailbox_get_type)

#define MAIL_POINTER(name) __typeof__(&name) name;
#define MAIL_NAME(name) {#name, offsetof(MailLibrary, name)},
typedef struct {
  MAIL_FUNCTIONS(MAIL_POINTER)
} MailLibrary;

/* Messages in messages, and parts in parts, as deep as anyone writes them. */
enum { DEEPEST = 30 };

typedef struct {
  MailLibrary lib;
  GMimeObject *plain, *html; /* the first of each; borrowed */
} Mail;

static bool load(MailLibrary *library)
{
  static const LibraryFunction functions[] = {MAIL_FUNCTIONS(MAIL_NAME)};
  return library_load("libgmime-3.0.so.0", functions, sizeof functions / sizeof *functions, library);
}

static bool is_a(const Mail *mail, void *object, GType type)
{
  return object && mail->lib.g_type_check_instance_is_a(object, type);
}

/* ---- The head -------------------------------------------------------------------------------------- */

static const char *first_name(const Mail *mail, InternetAddressList *list, Arena *arena)
{
  if (!list || mail->lib.internet_address_list_length(list) < 1) return NULL;
  InternetAddress *address = mail->lib.internet_address_list_get_address(list, 0);
  const char      *name = mail->lib.internet_address_get_name(address);
  if ((!name || !*name) && is_a(mail, address, mail->lib.internet_address_mailbox_get_type()))
    name = mail->lib.internet_address_mailbox_get_addr((InternetAddressMailbox *)address);
  return name && *name ? arena_copy_string(arena, name) : NULL;
}

static void read_head(const Mail *mail, GMimeMessage *message, Arena *arena, MailHead *head)
{
  head->sender = first_name(mail, mail->lib.g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM), arena);
  head->recipient = first_name(mail, mail->lib.g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO), arena);
  GDateTime *date = mail->lib.g_mime_message_get_date(message);
  char      *day = date ? mail->lib.g_date_time_format(date, "%Y-%m-%d") : NULL;
  if (day && strlen(day) == 10) head->date = arena_copy_string(arena, day);
  mail->lib.g_free(day);
}

/* ---- The body -------------------------------------------------------------------------------------- */

static void find_text(Mail *mail, GMimeObject *part, int depth)
{
  const MailLibrary *lib = &mail->lib;
  if (!part || depth > DEEPEST || mail->plain) return;
  if (is_a(mail, part, lib->g_mime_multipart_get_type())) {
    GMimeMultipart *parts = (GMimeMultipart *)part;
    for (int i = 0; i < lib->g_mime_multipart_get_count(parts); ++i)
      find_text(mail, lib->g_mime_multipart_get_part(parts, i), depth + 1);
    return;
  }
  const char *disposition = lib->g_mime_object_get_disposition(part);
  if (disposition && !strcmp(disposition, "attachment")) return;
  if (!is_a(mail, part, lib->g_mime_text_part_get_type())) return;
  GMimeContentType *type = lib->g_mime_object_get_content_type(part);
  if (lib->g_mime_content_type_is_type(type, "text", "html")) {
    if (!mail->html) mail->html = part;
  } else if (lib->g_mime_content_type_is_type(type, "text", "plain")) mail->plain = part;
}

static void append_escaped(Buffer *out, const char *text)
{
  for (; *text; ++text) {
    if (*text == '<') buffer_append_string(out, "&lt;");
    else if (*text == '&') buffer_append_string(out, "&amp;");
    else buffer_append_byte(out, *text);
  }
}

static ClaimantStatus write_body(Mail *mail, GMimeMessage *message, MailHead *head, Buffer *out)
{
  GMimeObject *part = mail->plain ? mail->plain : mail->html;
  const char  *subject = mail->lib.g_mime_message_get_subject(message);
  char        *text = part ? mail->lib.g_mime_text_part_get_text((GMimeTextPart *)part) : NULL;
  if (!text) return CLAIMANT_BAD_DATA;
  head->html = part == mail->html;
  if (subject && *subject && head->html) {
    buffer_append_string(out, "<p>Subject: ");
    append_escaped(out, subject);
    buffer_append_string(out, "</p>\n");
  } else if (subject && *subject) buffer_printf(out, "Subject: %s\n\n", subject);
  buffer_append_string(out, text);
  mail->lib.g_free(text);
  return out->failed ? CLAIMANT_NO_MEMORY : CLAIMANT_OK;
}

ClaimantStatus mail_read(const char *bytes, size_t size, Arena *arena, MailHead *head, Buffer *out)
{
  Mail mail = {0};
  *head = (MailHead){0};
  if (!load(&mail.lib)) return CLAIMANT_INTERNAL;
  mail.lib.g_mime_init(); /* counts its calls, and does nothing after the first */
  GMimeStream  *stream = mail.lib.g_mime_stream_mem_new_with_buffer(bytes, size);
  GMimeParser  *parser = stream ? mail.lib.g_mime_parser_new_with_stream(stream) : NULL;
  GMimeMessage *message = parser ? mail.lib.g_mime_parser_construct_message(parser, NULL) : NULL;
  ClaimantStatus st = message ? CLAIMANT_OK : CLAIMANT_BAD_DATA;
  if (message) {
    read_head(&mail, message, arena, head);
    find_text(&mail, mail.lib.g_mime_message_get_mime_part(message), 0);
    st = write_body(&mail, message, head, out);
    mail.lib.g_object_unref(message);
  }
  if (parser) mail.lib.g_object_unref(parser);
  if (stream) mail.lib.g_object_unref(stream);
  return st;
}
