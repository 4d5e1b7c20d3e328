#!/bin/sh
# What letters come as: encodings, XML of several kinds, word processors' files, e-mail, PDF, packed files; and each of
# them broken.
. tests/lib.sh
cd "$work" || exit 1

# demand FILE: what is demanded in it, one a line; leaves $status, out and err.
demand() {
  run "$CLAIMANT" -t jsonl --types Demand "$@"
  grep -o '"type":"Demand","start":[0-9]*,"end":[0-9]*,"text":"[^"]*"' out | sed 's/.*"text":"\(.*\)"/\1/' > demands
}
wanted='publish the report on the Kestrel Bridge by 3 May 2022'
# reads NAME FILE: that demand and no other is found in it, in silence.
reads() {
  demand "$2"
  expect "$1" 0 ''
  check "$1: what it demands" test "$(cat demands)" = "$wanted"
}

# ---- Encodings ----------------------------------------------------------------------------------------

printf '14 March 2022\r\n\r\nDear Minister Okonjo,\r\n\r\nWe urge you to publish Dahl\222s report on the caf\351s of S\343o Roque by 3 May 2022.\r\n\r\nTomas Lindqvist\r\n' > western.txt
demand western.txt
expect 'Windows-1252 that nobody declared' 0 '^claimant: western.txt: warning: the text is not UTF-8 and was read as Windows-1252'
check 'Windows-1252 that nobody declared: its characters' grep -q 'Dahl’s report on the cafés of São Roque' demands
printf '<p>We urge you to open the caf\351s.</p>' > western.html
demand western.html
expect 'a page in Latin-1 that nobody declared' 0 'read as Windows-1252'
check 'a page in Latin-1: its characters' grep -q 'open the cafés' demands
printf '<meta charset="iso-8859-1"><p>We urge you to open the caf\351s \226 all of them.</p>' > declared.html
demand declared.html
expect 'a page that declares it' 0 ''
check 'a page that declares it: its characters' grep -q 'open the cafés – all of them' out
printf 'We urge you to open the caf\303\251s of \305\201\303\263d\305\272 \351 soon.' > mixed.txt
demand mixed.txt
check 'UTF-8 with one bad byte stays UTF-8' grep -q 'cafés of Łódź' demands
printf 'We urge you to pay.' | iconv -t UTF-16 > wide.txt
demand wide.txt
check 'UTF-16' grep -q '^pay$' demands
printf '<?xml version="1.0" encoding="ISO-8859-1"?><letter><p>We urge you to open the caf\351s.</p></letter>' > latin.xml
demand latin.xml
check 'XML that declares Latin-1' grep -q 'open the cafés' demands

# ---- XML ------------------------------------------------------------------------------------------------

cat > tei.xml << 'END'
<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>We urge you to catalogue</title></titleStmt></fileDesc></teiHeader>
<text><body><opener><dateline>14 March 2022</dateline><salute>Dear <persName>Minister Okonjo</persName>,</salute></opener>
<p>We <hi>urge</hi> you to publish the report<note>Ann Marsh has a copy.</note> on the Kestrel Bridge by 3 May 2022.</p>
<closer><salute>Yours sincerely,</salute><signed>Tomas Lindqvist</signed></closer></body></text></TEI>
END
reads 'TEI' tei.xml
check 'TEI: the signature' grep -q '"signatory":\["Tomas Lindqvist"\]' out
cat > law.akn << 'END'
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="letter"><meta><note>We urge you to skip this.</note></meta>
<mainBody><paragraph><num>1.</num><content><p>We urge you to publish the report on the <location refersTo="#k">Kestrel Bridge</location> by 3 May 2022.</p></content></paragraph></mainBody></doc></akomaNtoso>
END
reads 'Akoma Ntoso' law.akn
cat > book.dbk << 'END'
<article xmlns="http://docbook.org/ns/docbook"><title>The bridge</title><para>We <emphasis>urge</emphasis> you to publish the report on the Kestrel Bridge by 3 May 2022.</para></article>
END
reads 'DocBook' book.dbk
printf '<?xml version="1.0"?>\n<petition><who>Ann Marsh</who><words>We urge you to publish the report on the Kestrel Bridge by 3 May 2022.</words></petition>' > other
reads 'XML of no kind, known by its content' other
printf '<letter>\n<p>We urge you to pay.</q></letter>' > broken.xml
demand broken.xml
expect 'XML that is not well-formed' 65 '^claimant: broken.xml: not well-formed XML: Opening and ending tag'
printf '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l><p>&c;&c; We urge you to pay.</p></l>' > laughs.xml
demand laughs.xml
check 'entities in entities: an answer or a message' test "$status" -eq 0 -o "$status" -eq 65
check 'entities in entities: not unfolded' sh -c '! grep -q haha out'
echo secret > secret.txt
printf '<!DOCTYPE l [<!ENTITY x SYSTEM "%s/secret.txt">]><l><p>&x; We urge you to pay.</p></l>' "$work" > outside.xml
demand outside.xml
expect 'an entity from outside' 0 ''
check 'an entity from outside: not read' sh -c '! grep -q secret out'

# ---- Word processors, e-mail, PDF -------------------------------------------------------------------------

if command -v python3 > /dev/null; then
  python3 - << 'END'
import zipfile
lines = ['14 March 2022', 'Dear Minister Okonjo,', 'We urge you to publish the report on the Kestrel Bridge by 3 May 2022.',
         'Yours sincerely,', 'Tomas Lindqvist']
space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
paragraph = lambda text: f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
changed = ('<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t xml:space="preserve">We urge </w:t></w:r><w:del><w:r>'
           '<w:delText>nobody</w:delText></w:r></w:del><w:r><w:t>you to publish the report on the Kestrel Bridge by 3 May 2022.</w:t></w:r></w:p>')
docx = (f'<w:document xmlns:w="{space}"><w:body>' + ''.join(map(paragraph, lines[:2])) + changed +
        ''.join(map(paragraph, lines[3:])) + '</w:body></w:document>')
odt = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>' +
       ''.join(f'<text:p>{text}</text:p>' for text in lines) + '</office:text></office:body></office:document-content>')
def pack(name, members):
    with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED) as archive:
        for member, text in members: archive.writestr(member, text)
pack('letter.docx', [('[Content_Types].xml', '<x/>'), ('word/document.xml', docx)])
pack('letter.odt', [('mimetype', 'application/vnd.oasis.opendocument.text'), ('content.xml', odt)])
pack('sheet.docx', [('xl/workbook.xml', '<x/>')])
pack('bomb.docx', [('word/document.xml', b' ' * (200 << 20))])
pack('broken-text.docx', [('word/document.xml', '<w:document')])
data = bytearray(open('letter.docx', 'rb').read())
open('cut.docx', 'wb').write(data[:len(data) // 3])
for at in range(len(data)):  # the flag of every header that says a member is encrypted
    if data[at:at + 4] == b'PK\3\4': data[at + 6] |= 1
    if data[at:at + 4] == b'PK\1\2': data[at + 8] |= 1
open('locked.docx', 'wb').write(data)
open('old.docx', 'wb').write(b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 600)
stream = 'BT /F1 12 Tf 72 700 Td 16 TL ' + ' '.join(f'({text}) Tj T* T*' for text in lines) + ' ET'
objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
           '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
           f'<< /Length {len(stream)} >>\nstream\n{stream}\nendstream', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
           '<< /Filter /Standard /V 1 /R 2 /P -64 /O <' + '41' * 32 + '> /U <' + '42' * 32 + '> >>']
def pdf(name, trailer, count):
    text, places = '%PDF-1.4\n', []
    for number, each in enumerate(objects[:count], 1):
        places.append(len(text))
        text += f'{number} 0 obj\n{each}\nendobj\n'
    table = ''.join(f'{place:010} 00000 n \n' for place in places)
    text += f'xref\n0 {count + 1}\n0000000000 65535 f \n{table}trailer << /Size {count + 1} /Root 1 0 R {trailer}>>\nstartxref\n{len(text)}\n%%EOF\n'
    open(name, 'w').write(text)
pdf('letter.pdf', '', 5)
pdf('locked.pdf', '/Encrypt 6 0 R /ID [<00> <00>] ', 6)
END
  reads 'DOCX, with a deletion in its history' letter.docx
  check 'DOCX: the answer carries its text' grep -q '"text":"14 March 2022\\n\\nDear Minister Okonjo,' out
  reads 'ODT' letter.odt
  mv letter.docx unnamed
  reads 'DOCX known by its content' unnamed
  demand sheet.docx
  expect 'a ZIP archive without a text' 65 '^claimant: sheet.docx: .*DOCX or ODT.* was expected: the part with the text is not in it'
  demand cut.docx
  expect 'DOCX cut short' 65 '^claimant: cut.docx: .*\(damaged\|not in it\|not well-formed\)'
  demand locked.docx
  expect 'DOCX that is encrypted' 65 '^claimant: locked.docx: .*it is encrypted'
  demand old.docx
  expect 'DOCX with a password' 65 "^claimant: old.docx: an old word processor's file, or one with a password"
  demand broken-text.docx
  expect 'DOCX with broken XML' 65 'not well-formed XML'
  run sh -c 'ulimit -v 1048576; exec "$CLAIMANT" -t jsonl bomb.docx'
  [ -n "${CLAIMANT_SANITIZED-}" ] || expect 'a ZIP bomb' 65 '^claimant: bomb.docx: beyond a limit\|^claimant: bomb.docx: .*large'
  if command -v pdftotext > /dev/null; then
    reads 'PDF' letter.pdf
    head -c 300 letter.pdf > cut.pdf
    demand cut.pdf
    expect 'PDF cut short' 65 '^claimant: cut.pdf: the PDF file cannot be read\|^claimant: cut.pdf: there is no text'
    demand locked.pdf
    expect 'PDF with a password' 65 '^claimant: locked.pdf: the PDF file is encrypted'
    run "$CLAIMANT" -t jsonl --timeout-per-letter 0.000001 letter.pdf
    expect 'PDF without time' 65 '^claimant: letter.pdf: pdftotext took more time'
  else
    skip 'PDF' 'pdftotext is not installed'
  fi
  mkdir empty
  run env PATH="$work/empty" "$CLAIMANT" -t jsonl letter.pdf
  expect 'PDF without pdftotext' 70 '^claimant: letter.pdf: .*pdftotext, which is not here; install poppler-utils'
  printf '{"id": 1, "path": "letter.odt"}\n{"id": 2, "path": "locked.docx"}\n' > paths.jsonl
  run "$CLAIMANT" -f jsonl -t jsonl paths.jsonl
  expect 'paths to such files' 1 '1 of 2 letters failed'
  check 'paths to such files: the good one' sh -c 'head -n 1 out | grep -q "\"type\":\"Demand\""'
  check 'paths to such files: the bad one' sh -c 'tail -n 1 out | grep -q "\"id\":2,\"error\":{\"code\":\"bad-archive\""'
else
  skip 'DOCX, ODT, PDF' 'there is no python3 to make them'
fi

cat > letter.eml << 'END'
Return-Path: <tomas@example.org>
From: =?utf-8?q?Tom=C3=A1s_Lindqvist?= <tomas@example.org>
To: "Adaeze Okonjo" <minister@example.org>
Date: Mon, 14 Mar 2022 23:30:00 -0500
Subject: The Kestrel Bridge
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

We urge you to publish Dahl=92s report by 3 May.
--inner
Content-Type: text/html

<p>We urge you to ignore this part.</p>
--inner--
--outer
Content-Type: text/plain
Content-Disposition: attachment; filename=notes.txt

We urge you to leave attachments alone.
--outer--
END
demand letter.eml
expect 'e-mail' 0 ''
check 'e-mail: the plain text' test "$(cat demands)" = 'publish Dahl’s report by 3 May'
check 'e-mail: sender, recipient and date of its head' grep -q '"letter":{"date":"2022-03-14","sender":\["Tomás Lindqvist"\],"addressee":\["Adaeze Okonjo"\]' out
check 'e-mail: the subject' grep -q '"text":"Subject: The Kestrel Bridge\\n\\nWe urge' out
sed '/^--inner$/,/^--inner--$/d; s/multipart.alternative; boundary=inner/text\/html/; s/^We urge you to leave.*/x/' letter.eml |
  sed 's/^Content-Type: text\/html$/&\n\n<p>We urge you to publish the report on the Kestrel Bridge by 3 May 2022.<\/p>/' > html.eml
demand html.eml
check 'e-mail in HTML' grep -q "$wanted" demands
printf 'From: a@example.org\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n' > picture.eml
demand picture.eml
expect 'e-mail without text' 65 '^claimant: picture.eml: an e-mail with a text was expected'
run "$CLAIMANT" letter.eml
expect 'e-mail to Turtle' 0 ''

# ---- Packed ------------------------------------------------------------------------------------------------

printf 'We urge you to publish the report on the Kestrel Bridge by 3 May 2022.\n' > letter.txt
gzip -k letter.txt
reads 'gzip' letter.txt.gz
run sh -c '"$CLAIMANT" -t jsonl < letter.txt.gz'
check 'gzip from standard input' grep -q "$wanted" out
for i in 1 2 3; do printf '{"id": %d, "text": "We urge you to pay by %d May 2022."}\n' $i $i; done > in.jsonl
gzip -k in.jsonl
"$CLAIMANT" -f jsonl -t jsonl in.jsonl > plain.out
"$CLAIMANT" -t jsonl -j 2 in.jsonl.gz > packed.out
check 'gzip, JSON Lines: the same answers' cmp plain.out packed.out
head -c 40 letter.txt.gz > cut.gz
demand cut.gz
expect 'gzip cut short' 66 '^claimant: cut.gz: cannot be read: it is packed, and damaged or cut short'
if command -v zstd > /dev/null; then
  zstd -q letter.txt
  reads 'zstd' letter.txt.zst
else
  skip 'zstd' 'the command is not installed'
fi
head -c 100000000 /dev/zero | tr '\0' ' ' | gzip > bomb.txt.gz
run sh -c 'ulimit -v 1048576; exec "$CLAIMANT" -t jsonl bomb.txt.gz'
[ -n "${CLAIMANT_SANITIZED-}" ] || expect 'a gzip bomb' 65 '^claimant: bomb.txt.gz: too large'

# ---- The text that offsets count in ---------------------------------------------------------------------------

run "$CLAIMANT" -t jsonl --types Demand --text text.out letter.eml
expect '--text' 0 ''
start=$(sed 's/.*"type":"Demand","start":\([0-9]*\).*/\1/' out)
check '--text: offsets count in it' sh -c "tail -c +$((start + 1)) text.out | grep -q '^publish Dahl’s report by 3 May'"
run "$CLAIMANT" -t jsonl --text text.out letter.eml letter.txt
expect '--text of two letters' 2 'the text of one letter, and several are given'
run "$CLAIMANT" --text none/text letter.txt
expect '--text where nothing can be' 74 '^claimant: none/text: cannot be written'

finish
