/* Letters: clean text and offsets, parts of a letter, blocks, lists, sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "letter/segment.h"
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *text, const char *expected)
{
  char *shown = show(text);
  assert_string_equal(shown, expected);
  free(shown);
}

/* ---- Text and offsets ------------------------------------------------------------- */

static Letter *new_letter(Diagnostics *diagnostics, const char *bytes, size_t size)
{
  Letter *letter = NULL;
  assert_int_equal(letter_new(bytes, size, "a.txt", diagnostics, &letter), CLAIMANT_OK);
  return letter;
}

static void bad_bytes_are_replaced(void **state)
{
  (void)state;
  Arena      *arena = arena_new();
  Diagnostics diagnostics = {.arena = arena};
  Letter     *letter = new_letter(&diagnostics, "one\ntw\xFFo \xC3\0end", 14);
  assert_string_equal(letter->text, "one\ntw\xEF\xBF\xBDo \xEF\xBF\xBD\xEF\xBF\xBD"
                                    "end");
  assert_int_equal(letter->size, strlen(letter->text));
  assert_int_equal(diagnostics.count, 1);
  assert_string_equal(diagnostics.items[0].code, "invalid-utf8");
  assert_int_equal(diagnostics.items[0].line, 2);
  assert_int_equal(diagnostics.items[0].column, 3);
  assert_string_equal(diagnostics.items[0].file, "a.txt");
  letter_free(letter);
  arena_free(arena);
}

static void code_points_are_counted(void **state)
{
  (void)state;
  char   text[1200] = "";
  size_t size = 0;
  for (int i = 0; i < 150; ++i) {
    memcpy(text + size, "a\xC3\xA9\xE2\x80\x99", 6);
    size += 6;
  }
  Diagnostics diagnostics = {0};
  Letter     *letter = new_letter(&diagnostics, text, size);
  for (uint32_t i = 0; i <= 150; ++i) assert_int_equal(letter_code_point(letter, i * 6), i * 3);
  assert_int_equal(letter_code_point(letter, 6 * 99 + 1), 99 * 3 + 1);
  assert_int_equal(letter_code_point(letter, 6 * 99 + 3), 99 * 3 + 2);
  letter_free(letter);
  letter = new_letter(&diagnostics, "", 0);
  assert_int_equal(letter_code_point(letter, 0), 0);
  letter_free(letter);
}

static void lines_are_counted(void **state)
{
  (void)state;
  Diagnostics diagnostics = {0};
  Letter     *letter = new_letter(&diagnostics, "a\nb\r\nc", 6);
  assert_int_equal(letter_line(letter, 0), 1);
  assert_int_equal(letter_line(letter, 2), 2);
  assert_int_equal(letter_line(letter, 5), 3);
  letter_free(letter);
}

/* ---- Parts of a letter ------------------------------------------------------------------- */

static void a_whole_letter(void **state)
{
  (void)state;
  expect("Skip to content\nDonate now\n\n3 March 2021\n\nAdela Krane\nMinister of Water\nOrva\n\n"
         "Re: The wells of Lower Orva\n\nDear Minister Krane,\n\nWe write about two wells. Both are dry.\n\n"
         "Open the valves\n\nWe ask you to act.\n\nYours sincerely,\n\nTomas Hale\nDirector, River Watch\n\n"
         "Cc: The Mayor of Orva\n\nYour gift keeps us going.\n",
         "furniture Skip to content Donate now\n"
         "dateline/line 3 March 2021\n"
         "address/line Adela Krane\naddress/line Minister of Water\naddress/line Orva\n"
         "subject/line Re: The wells of Lower Orva\n"
         "salutation/salutation Dear Minister Krane,\n"
         "paragraph/sentence We write about two wells.\nparagraph/sentence Both are dry.\n"
         "heading/heading Open the valves\n"
         "paragraph/sentence We ask you to act.\n"
         "closing/line Yours sincerely,\n"
         "signature/line Tomas Hale\nsignature/line Director, River Watch\n"
         "address/line Cc: The Mayor of Orva\n"
         "furniture Your gift keeps us going.\n");
}

static void a_head_in_one_run(void **state)
{
  (void)state;
  expect("3 March 2021\nAdela Krane\nVia e-mail\nSubject: Wells\nDear Minister,\nThe wells are "
         "dry.\nRespectfully,\nTomas Hale",
         "dateline/line 3 March 2021\naddress/line Adela Krane\naddress/line Via e-mail\n"
         "subject/line Subject: Wells\nsalutation/salutation Dear Minister,\nparagraph/sentence The wells "
         "are dry.\n"
         "closing/line Respectfully,\nsignature/line Tomas Hale\n");
}

static void a_title_above_the_salutation(void **state)
{
  (void)state;
  expect("To: Adela Krane\n\nSupport for the farmers of Lower Orva\n\nDear Minister, dear members of the "
         "board,\n\nHear us.\n",
         "address/line To: Adela Krane\nsubject/line Support for the farmers of Lower Orva\n"
         "salutation/salutation Dear Minister, dear members of the board,\nparagraph/sentence Hear us.\n");
}

static void a_signature_without_closing(void **state)
{
  (void)state;
  expect("Dear Minister,\n\nThe wells are dry. Please act.\n\nTomas Hale\n\nDirector\n\nRiver Watch",
         "salutation/salutation Dear Minister,\nparagraph/sentence The wells are dry.\nparagraph/sentence "
         "Please act.\n"
         "signature/line Tomas Hale\nsignature/line Director\nsignature/line River Watch\n");
}

static void names_side_by_side(void **state)
{
  (void)state;
  expect("Dear Minister,\n\nThe wells are dry.\n\nSincerely,\n\nTomas Hale          Ilse Brand\nFounder\tDirector\n"
         "Tel:   Orva 12\n",
         "salutation/salutation Dear Minister,\nparagraph/sentence The wells are dry.\nclosing/line Sincerely,\n"
         "signature/line Tomas Hale\nsignature/line Ilse Brand\nsignature/line Founder\nsignature/line Director\n"
         "signature/line Tel:   Orva 12\n");
}

static void names_below_whole_paragraphs(void **state)
{
  char        text[1024], expected[1024];
  const char *spring = "The wells have been dry for all of this spring and nobody of your house has come to see "
                       "them, though we have asked for it many times, by letter and by telephone, and though "
                       "the school of Lower Orva, which has four hundred pupils, has had to close its doors for "
                       "want of water";
  (void)state;
  snprintf(text, sizeof text, "Dear Ana,\n\n%s.\n\n%s.\n\nTomas Hale, former keeper of wells\nIlse Brand, keeper of the "
                              "weir\nJo Lund\nMia Lund, miller\n", spring, spring);
  snprintf(expected, sizeof expected, "salutation/salutation Dear Ana,\nparagraph/sentence %s.\nparagraph/sentence %s.\n"
                                      "signature/line Tomas Hale, former keeper of wells\nsignature/line Ilse Brand, "
                                      "keeper of the weir\nsignature/line Jo Lund\nsignature/line Mia Lund, miller\n",
           spring, spring);
  expect(text, expected);
}

static void a_quoted_message(void **state)
{
  (void)state;
  expect("Dear Ana,\n\nThe wells are dry.\n\nSincerely,\nTomas\n\nOn 3 March 2021, Ana Krane wrote:\n> Dear Tomas,\n> Open "
         "the valves.\n",
         "salutation/salutation Dear Ana,\nparagraph/sentence The wells are dry.\nclosing/line Sincerely,\n"
         "signature/line Tomas\nfurniture On 3 March 2021, Ana Krane wrote: > Dear Tomas, > Open the valves.\n");
}

static void the_title_of_front_matter(void **state)
{
  (void)state;
  expect("---\nlayout: post\ntitle: \"Open letter to Ana Krane\n  from the wells\"\ndate: 2021-03-03\n---\nDear Ana,\n\nThe "
         "wells are dry.\n",
         "front --- layout: post title: \"\nfront/heading Open letter to Ana Krane   from the wells\nfront \" date: 2021-03-03 ---\nsalutation/salutation Dear Ana,\n"
         "paragraph/sentence The wells are dry.\n");
}

static void bare_salutation_and_closing(void **state)
{
  (void)state;
  expect("Orva, 3 March 2021\n\nSir,\n\nThe wells have been dry for all of this spring.\n\nSincerely,\nTomas "
         "Hale\n",
         "dateline/line Orva, 3 March 2021\nsalutation/salutation Sir,\n"
         "paragraph/sentence The wells have been dry for all of this spring.\n"
         "closing/line Sincerely,\nsignature/line Tomas Hale\n");
  expect(
      "Dear Ana,\n\nThe wells have been dry for all of this spring.\n\nEver yours,\n\nTomas\n",
      "salutation/salutation Dear Ana,\nparagraph/sentence The wells have been dry for all of this spring.\n"
      "closing/line Ever yours,\nsignature/line Tomas\n");
}

static void what_follows_the_signature(void **state)
{
  (void)state;
  expect(
      "Dear Ana,\n\nThe wells are dry.\n\nSincerely,\nTomas Hale\nRiver Watch (formerly Friends of\nthe "
      "Orva)\n3 March 2021\n\n"
      "River Watch is a group of farmers and fishers. It was founded in a barn.\n\n1 See the map.\n2 Ask the "
      "mayor.\n",
      "salutation/salutation Dear Ana,\nparagraph/sentence The wells are dry.\n"
      "closing/line Sincerely,\nsignature/line Tomas Hale\nsignature/line River Watch (formerly Friends of "
      "the Orva)\ndateline/line 3 March 2021\n"
      "paragraph/sentence River Watch is a group of farmers and fishers.\nparagraph/sentence It was founded "
      "in a barn.\n"
      "footnote/sentence See the map.\nfootnote/sentence Ask the mayor.\n");
}

static void no_letter_no_parts(void **state)
{
  (void)state;
  expect(
      "Wells run dry in Orva\n\n3 March 2021\n\nThe wells of Orva are dry. Nobody knows why.\n\nTomas Hale\n",
      "paragraph/sentence Wells run dry in Orva\ndateline/line 3 March 2021\n"
      "paragraph/sentence The wells of Orva are dry.\nparagraph/sentence Nobody knows why.\n"
      "paragraph/sentence Tomas Hale\n");
  expect("Dear me, the wells are dry", "paragraph/sentence Dear me, the wells are dry\n");
  expect("3 March 2021", "dateline/line 3 March 2021\n");
}

/* ---- Headings and paragraphs -------------------------------------------------------------- */

static void headings_need_company(void **state)
{
  (void)state;
  expect("Open the valves\n\nThe wells are dry.\n",
         "paragraph/sentence Open the valves\nparagraph/sentence The wells are dry.\n");
  expect(
      "Open the valves\n\nThe wells are dry.\n\nWe wait.\n\n2. Who pays\n\nThe town pays.\n",
      "heading/heading Open the valves\nparagraph/sentence The wells are dry.\nparagraph/sentence We wait.\n"
      "heading/heading Who pays\nparagraph/sentence The town pays.\n");
  expect("# Open the valves\nThe wells are dry.\n",
         "heading/heading Open the valves\nparagraph/sentence The wells are dry.\n");
}

static void wrapped_lines_are_joined(void **state)
{
  (void)state;
  expect("About the wells\n"
         "The wells of Lower Orva were dug by hand, and\n"
         "they have never been dry before. Mr. Hale of\n"
         "River Watch measured them twice.\n"
         "Nobody else did, although the office of the\n"
         "Minister was asked to.\n"
         "\n"
         "Open the valves of the upper reservoir before\n"
         "the harvest begins\n"
         "\n"
         "We ask for nothing else.\n",
         "heading/heading About the wells\n"
         "paragraph/sentence The wells of Lower Orva were dug by hand, and they have never been dry before.\n"
         "paragraph/sentence Mr. Hale of River Watch measured them twice.\n"
         "paragraph/sentence Nobody else did, although the office of the Minister was asked to.\n"
         "heading/heading Open the valves of the upper reservoir before the harvest begins\n"
         "paragraph/sentence We ask for nothing else.\n");
}

static void lines_can_be_paragraphs(void **state)
{
  (void)state;
  expect("Wells dry in Orva.\nORVA 1996-03-03\nThe wells of Lower Orva have run dry, said the "
         "mayor.\nFarmers are worried about it.\n",
         "paragraph/sentence Wells dry in Orva.\ndateline/line ORVA 1996-03-03\n"
         "paragraph/sentence The wells of Lower Orva have run dry, said the mayor.\n"
         "paragraph/sentence Farmers are worried about it.\n");
}

static void sections_begin_at_headings(void **state)
{
  (void)state;
  static const char text[] = "Dear Ana,\n\nHear us.\n\nThe wells\n\nThey are dry.\n\nSincerely,\nTomas\n";
  Diagnostics       diagnostics = {0};
  Letter           *letter = new_letter(&diagnostics, text, strlen(text));
  assert_int_equal(letter_segment(letter, test_lexicon(), NULL), CLAIMANT_OK);
  assert_int_equal(letter->section_count, 3);
  assert_int_equal(letter->sections[0].heading, NO_INDEX);
  assert_int_equal(letter->sections[1].heading, 2);
  assert_int_equal(letter->sections[2].heading, NO_INDEX);
  assert_int_equal(letter->units[3].section, 1);
  assert_int_equal(letter->blocks[4].section, 2);
  assert_int_equal(letter->blocks[0].zone, ZONE_HEAD);
  assert_int_equal(letter->blocks[1].zone, ZONE_BODY);
  assert_int_equal(letter->blocks[4].zone, ZONE_SIGNATURE);
  letter_free(letter);
}

/* ---- Lists ------------------------------------------------------------------------------------ */

static void bullets(void **state)
{
  (void)state;
  expect("Wells are dry. We ask you to:\n- open the valves;\n- tell the farmers; and\n- repair the pump. It "
         "is old.\n\nWe wait.\n",
         "paragraph/sentence Wells are dry.\nparagraph/leadin0 We ask you to:\n"
         "item/item0 open the valves;\nitem/item0 tell the farmers; and\nitem/item0 repair the pump.\n"
         "item/sentence It is old.\nparagraph/sentence We wait.\n");
  expect("We ask for:\n\n\xE2\x80\xA2 water\n\n\xE2\x80\xA2\tbread\n",
         "paragraph/leadin0 We ask for:\nitem/item0 water\nitem/item0 bread\n");
  expect("We ask for\n* water\n* bread\n",
         "paragraph/leadin0 We ask for\nitem/item0 water\nitem/item0 bread\n");
}

static void numbers_letters_and_nesting(void **state)
{
  (void)state;
  expect("You should:\n1. Open the valves.\n2. Ensure that:\n(a) no well is sold;\n(b) no pump is moved.\n3. "
         "Report to us.\n",
         "paragraph/leadin0 You should:\nitem/item0 Open the valves.\nitem/leadin1 Ensure that:\n"
         "item/item1 no well is sold;\nitem/item1 no pump is moved.\nitem/item0 Report to us.\n");
  expect("You should:\n(i) wait;\n(ii) see;\n(iii) act.\n",
         "paragraph/leadin0 You should:\nitem/item0 wait;\nitem/item0 see;\nitem/item0 act.\n");
  expect("You should:\n1) wait\n2) act\n",
         "paragraph/leadin0 You should:\nitem/item0 wait\nitem/item0 act\n");
  expect("A. Wells\nThey are dry.\n\nB. Pumps\nThey are old.\n",
         "heading/heading Wells\nparagraph/sentence They are dry.\nheading/heading Pumps\nparagraph/sentence "
         "They are old.\n");
}

static void one_item_is_no_list(void **state)
{
  (void)state;
  expect("(a) The wells are dry.", "paragraph/sentence The wells are dry.\n");
  expect("J. Hale was there.\n\nNobody else was.\n",
         "paragraph/sentence J. Hale was there.\nparagraph/sentence Nobody else was.\n");
}

static void items_may_be_wrapped(void **state)
{
  (void)state;
  expect("We have asked the office of the Minister for:\n"
         "\n"
         "1. a plan of the wells that are open to all in\n"
         "   the valley, and of those that are not;\n"
         "2. a list of pumps - the old ones that the town\n"
         "   pays for - with the names of their keepers.\n",
         "paragraph/leadin0 We have asked the office of the Minister for:\n"
         "item/item0 a plan of the wells that are open to all in    the valley, and of those that are not;\n"
         "item/item0 a list of pumps - the old ones that the town    pays for - with the names of their "
         "keepers.\n");
}

static void lone_bullets(void **state)
{
  (void)state;
  expect(
      "Tell us:\n\xE2\x97\x8F\n\nWhere is the plan of the wells?\n\n\f\xE2\x97\x8F\n\nWho keeps the pump?\n",
      "paragraph/leadin0 Tell us:\nitem/item0 Where is the plan of the wells?\nitem/item0 Who keeps the "
      "pump?\n");
  expect("We saw:\n\xE2\x97\x8F\n\xE2\x97\x8F\n\nA well that is dry;2\nA pump that is old.\n",
         "paragraph/leadin0 We saw:\nitem/item0 A well that is dry;2\nitem/item0 A pump that is old.\n");
}

static void lines_without_bullets(void **state)
{
  (void)state;
  expect("We ask you to:\n\nopen the valves;\n\ntell the farmers; and\n\nrepair the pump.\n\nWe wait.\n",
         "paragraph/leadin0 We ask you to:\nitem/item0 open the valves;\nitem/item0 tell the farmers; and\n"
         "item/item0 repair the pump.\nparagraph/sentence We wait.\n");
}

static void lists_inside_a_sentence(void **state)
{
  (void)state;
  expect("It is dry. We ask for: a plan (with dates; no maps); its cost; and a name. We wait.",
         "paragraph/sentence It is dry.\nparagraph/leadin0 We ask for:\nparagraph/item0 a plan (with dates; "
         "no maps);\n"
         "paragraph/item0 its cost; and\nparagraph/item0 a name.\nparagraph/sentence We wait.\n");
  expect("There are two ways: (1) to wait, and (2) to act.",
         "paragraph/leadin0 There are two ways:\nparagraph/item0 to wait, and\nparagraph/item0 to act.\n");
  expect("He was clear: the wells are dry; nobody drinks.",
         "paragraph/sentence He was clear: the wells are dry; nobody drinks.\n");
  expect("He said: \xE2\x80\x9Cwait; see; and hope.\xE2\x80\x9D",
         "paragraph/sentence He said: \xE2\x80\x9Cwait; see; and hope.\xE2\x80\x9D\n");
}

/* ---- Pages ---------------------------------------------------------------------------------------- */

static void front_matter(void **state)
{
  (void)state;
  expect("---\ntitle: The wells\n\ntags:\n  - water\n---\nDear Ana,\n\nHear us.\n",
         "front --- title:\nfront/heading The wells\nfront tags:   - water ---\nsalutation/salutation Dear "
         "Ana,\nparagraph/sentence Hear us.\n");
  expect("+++\ntitle = 'x'\n+++\nHear us.\n", "front +++ title = '\nfront/heading x\nfront ' +++\nparagraph/sentence Hear us.\n");
  expect("---\nHear us.\n---\n", "paragraph/sentence Hear us.\n");
}

static void running_heads(void **state)
{
  (void)state;
  expect("River Watch\n3 March 2021\nDear Ana,\nThe wells of Orva are dry and nobody in the\ntown knows "
         "whose fault it is, so the people\n"
         "of the valley met.\nThey met in March.\nThey met again.\n\nRiver Watch\nPage 1 of 3\nThe mayor "
         "came.\nHe sat down.\nHe rose.\n"
         "They sang.\nThey went home.\n\nRiver Watch\nPage 2 of 3\nThe well is still dry.\nSo it is.\nWe "
         "know it.\nWe saw it.\nHear us.\n"
         "\nRiver Watch\nPage 3 of 3\n",
         "address/line River Watch\ndateline/line 3 March 2021\nsalutation/salutation Dear Ana,\n"
         "paragraph/sentence The wells of Orva are dry and nobody in the town knows whose fault it is, so "
         "the people of the valley met.\n"
         "paragraph/sentence They met in March.\nparagraph/sentence They met again.\n"
         "furniture River Watch Page 1 of 3\nparagraph/sentence The mayor came.\nparagraph/sentence He sat "
         "down.\n"
         "paragraph/sentence He rose.\nparagraph/sentence They sang.\nparagraph/sentence They went home.\n"
         "furniture River Watch Page 2 of 3\nparagraph/sentence The well is still dry.\nparagraph/sentence "
         "So it is.\n"
         "paragraph/sentence We know it.\nparagraph/sentence We saw it.\nparagraph/sentence Hear us.\n"
         "furniture River Watch Page 3 of 3\n");
}

static void footnotes(void **state)
{
  (void)state;
  expect("The wells are dry.1 The pumps are old.2\n\n1Hale, T. (2019). Wells of Orva.\n2Krane, A. (2020). "
         "Pumps.\n\n1\n\f\nWe wait.\n",
         "paragraph/sentence The wells are dry.1\nparagraph/sentence The pumps are old.2\n"
         "footnote/sentence Hale, T. (2019).\nfootnote/sentence Wells of Orva.\n"
         "footnote/sentence Krane, A. (2020).\nfootnote/sentence Pumps.\nfurniture 1\nparagraph/sentence We "
         "wait.\n");
  expect("The wells are dry.[1]\n\nWe wait.\n\nNotes\n\n[1] See the map.\n",
         "paragraph/sentence The wells are dry.[1]\nparagraph/sentence We wait.\nfootnote/sentence "
         "Notes\nfootnote/sentence See the map.\n");
  expect("Hear [us][1].\n\n [1]: https://example.org/wells\n",
         "paragraph/sentence Hear [us][1].\nfootnote/sentence https://example.org/wells\n");
}

static void odd_white_space(void **state)
{
  (void)state;
  expect("\xEF\xBB\xBF"
         "Dear Ana,\r\n\r\nThe wells\xC2\xA0of Orva are dry.\xC2\xA0\r\n\r\nSincerely,\r\nTomas",
         "salutation/salutation Dear Ana,\nparagraph/sentence The wells\xC2\xA0of Orva are "
         "dry.\nclosing/line Sincerely,\nsignature/line Tomas\n");
  expect("The wells of the valley\n\fare dry.", "paragraph/sentence The wells of the valley  are dry.\n");
  expect("", "");
  expect(" \n\t\n\f", "");
  expect("-", "");
  expect("...", "");
}

static void long_units_are_cut(void **state)
{
  (void)state;
  enum { WORDS = 5000 };
  char *text = malloc(WORDS * 5 + 1);
  for (size_t i = 0; i < WORDS; ++i) memcpy(text + i * 5, "w\xC3\xA9ll ", 5);
  Arena      *arena = arena_new();
  Diagnostics diagnostics = {.arena = arena};
  Letter     *letter = new_letter(&diagnostics, text, WORDS * 5);
  assert_int_equal(letter_segment(letter, test_lexicon(), NULL), CLAIMANT_OK);
  check_sound(letter);
  assert_int_equal(letter->unit_count, 3);
  assert_int_equal(diagnostics.count, 1);
  assert_string_equal(diagnostics.items[0].code, "unit-cut");
  for (size_t i = 0; i < letter->unit_count; ++i)
    assert_memory_equal(letter->text + letter->units[i].span.start, "w\xC3\xA9ll", 4);
  letter_free(letter);
  arena_free(arena);
  free(text);
}

/* ---- Sentences ------------------------------------------------------------------------------------ */

/* The text is one paragraph; '|' shows where it is to be divided, with the white space taken out. */
static void divide(const char *marked)
{
  char *text = malloc(strlen(marked) + 1), *expected = malloc(32 * strlen(marked) + 64), *out = text;
  strcpy(expected, "paragraph/sentence ");
  for (const char *at = marked; *at; ++at) {
    bool glued = *at == '|' && at[1] == '|';
    if (*at == '|') strcat(expected, "\nparagraph/sentence ");
    if (*at == '|' && !glued) *out++ = ' ';
    if (*at != '|') *out++ = *at, strncat(expected, at, 1);
    at += glued;
  }
  *out = '\0';
  strcat(expected, "\n");
  expect(text, expected);
  free(text);
  free(expected);
}

static void sentences_end(void **state)
{
  (void)state;
  divide("The wells are dry.|We wait!|Who knows why?|Nobody does.");
  divide("It cost 3.5 million in 2019.|2020 was worse.|The year 2021.|Yes.");
  divide("He came at 4.30 p. 5 says so.|Nobody else did.");
  divide("the wells are broken.|they are deep too.");
  divide("Wells (dry ones. All of them) are sealed.|(See the map.)|We wait.");
  divide("It came late (on 30 April.)|Nobody saw it (or the U.S.) Senators did.|Sad :( it is.|We wait.");
  divide("It is dry.[2]|It is old. [3]|We wait.12|Nobody comes.");
  divide("The well is dry.||The pump is old.||2. Nobody repairs it.");
}

static void abbreviations_go_on(void **state)
{
  (void)state;
  divide("Mr. Hale met Dr. Krane.|It rained.");
  divide("Hale v. Krane was heard; see e.g. Orva.|We won.");
  divide("T. Hale and J. R. Krane spoke.|They left.");
  divide("See art. 3 and No. 5, or sec. IV of it.|Is it dry?|No.|It is not.");
  divide("She did not miss.|Now she does.");
  divide("The U.S. Senate met in the U.S.|However, Orva Water Inc. Directors did not.|They sold to Hale "
         "Co.|The rest left.");
  divide("Wells, pumps, etc. are sold.|They are sold at 8 a.m. Monday.");
  divide("It is on Hill Rd. North of it is a well.");
  divide("42 Stat. 7 (Cal. 1990) applies.|So does this.");
}

static void quotations_and_ellipses(void **state)
{
  (void)state;
  divide("He said \xE2\x80\x9Cit is dry.\xE2\x80\x9D|We saw it.|\xE2\x80\x9CWhy?\xE2\x80\x9D he "
         "asked.|\xE2\x80\x9CGo!\xE2\x80\x9D");
  divide("\"It is dry,\" she said.|\"Nobody drinks.\"|They left.");
  divide("He is \xE2\x80\x98here.\xE2\x80\x99|We are not.");
  divide("It is dry. \"|They left.");
  divide("He waited ... and waited.|Then...|The rain came.|It was ... Monday.");
}

/* ---- Anything at all ----------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed) { return *seed = *seed * 1664525U + 1013904223U, *seed >> 8; }

static void any_text_is_divided_soundly(void **state)
{
  (void)state;
  static const char *const pieces[] = {
      "The wells are dry",
      "we wait",
      ". ",
      ".",
      "\n",
      "\n\n",
      "\f",
      "\r\n",
      "- ",
      "* ",
      "1. ",
      "2. ",
      "(a) ",
      "(b) ",
      "(i) ",
      ": ",
      "; ",
      "; and ",
      "Dear Ana,",
      "Sincerely,",
      "Tomas Hale",
      "3 March 2021",
      "Re: ",
      "Donate now",
      "---\n",
      "# ",
      "\xE2\x80\x9C",
      "\xE2\x80\x9D",
      "\"",
      "(",
      ")",
      "[1]",
      "[1]: ",
      "1Hale",
      "\xC2\xA0",
      "\xE2\x97\x8F\n",
      "Page 1",
      "Mr. ",
      "U.S. ",
      "...",
      "!",
      "?",
      " ",
      "   ",
      "\t",
      "\xEF\xBB\xBF",
      "\xE2\x80\xA8",
      "\xE3\x80\x82",
      "\xF0\x9F\x92\xA7",
      "Notes\n",
      "12",
      "{x}",
      "![](y)",
      ",",
  };
  uint32_t seed = 7;
  for (int round = 0; round < 2000; ++round) {
    char   text[4096];
    size_t size = 0;
    for (uint32_t count = next_random(&seed) % 60; count; --count) {
      const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
      memcpy(text + size, piece, strlen(piece));
      size += strlen(piece);
    }
    text[size] = '\0';
    free(show(text));
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bad_bytes_are_replaced),
      cmocka_unit_test(code_points_are_counted),
      cmocka_unit_test(lines_are_counted),
      cmocka_unit_test(a_whole_letter),
      cmocka_unit_test(a_head_in_one_run),
      cmocka_unit_test(a_title_above_the_salutation),
      cmocka_unit_test(a_signature_without_closing),
      cmocka_unit_test(names_side_by_side),
      cmocka_unit_test(names_below_whole_paragraphs),
      cmocka_unit_test(a_quoted_message),
      cmocka_unit_test(the_title_of_front_matter),
      cmocka_unit_test(bare_salutation_and_closing),
      cmocka_unit_test(what_follows_the_signature),
      cmocka_unit_test(no_letter_no_parts),
      cmocka_unit_test(headings_need_company),
      cmocka_unit_test(wrapped_lines_are_joined),
      cmocka_unit_test(lines_can_be_paragraphs),
      cmocka_unit_test(sections_begin_at_headings),
      cmocka_unit_test(bullets),
      cmocka_unit_test(numbers_letters_and_nesting),
      cmocka_unit_test(one_item_is_no_list),
      cmocka_unit_test(items_may_be_wrapped),
      cmocka_unit_test(lone_bullets),
      cmocka_unit_test(lines_without_bullets),
      cmocka_unit_test(lists_inside_a_sentence),
      cmocka_unit_test(front_matter),
      cmocka_unit_test(running_heads),
      cmocka_unit_test(footnotes),
      cmocka_unit_test(odd_white_space),
      cmocka_unit_test(long_units_are_cut),
      cmocka_unit_test(sentences_end),
      cmocka_unit_test(abbreviations_go_on),
      cmocka_unit_test(quotations_and_ellipses),
      cmocka_unit_test(any_text_is_divided_soundly),
  };
  return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
