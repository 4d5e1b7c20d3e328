/* show.h: a divided letter as text that a test can compare.
 *
 * One line a unit: "paragraph/sentence We ask you to act." with the number of its list behind the
 * kind where it has one ("item/item0"), and line ends as blanks; blocks without units as
 * "furniture Donate now". Units in another zone than their block's usual one are not told apart:
 * head, signature and notes follow from the block kinds, body paragraphs in the head show as
 * "head:paragraph". */
#ifndef TESTS_UNIT_SHOW_H
#define TESTS_UNIT_SHOW_H

#include "letter/segment.h"

/* A small lexicon for tests. Static; no index. */
const Lexicons *test_lexicon(void);

/* Divides a letter made by a reader and shows it; checks that blocks, units and lists are sound.
 * Frees the letter. The text belongs to the caller. */
char *show_letter(Letter *letter);

/* The same for plain text. */
char *show(const char *text);

/* Fails the test unless blocks, units, lists and sections of a divided letter are sound. */
void check_sound(const Letter *letter);

#endif
