// Letters, files of decisions and browsers that mean no good, and letters that are many or long.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, test } from 'node:test'
import { audit, axe, closeBrowser, downloaded, inWork, keys, open, read, run, write } from './browser.mjs'

after(closeBrowser)

const letter = 'samples/letters/island-ferry.txt'
const url = audit('ferry', letter)('island-ferry.html')
const decisions = page => page.evaluate(() => model.decisions.map(d => [d.decision, d.text]))

async function named(page, name = 'Ana') {
  await page.fill('#reviewer', name)
  await page.evaluate(() => document.activeElement.blur())
}

// ---- Letters ----

const attack = 'document.title="broken"; alert(1)'
const injections = ['<script>' + attack + '</script>', '</script><script>' + attack + '</script>', '<img src=x onerror="' + attack + '">', '</textarea><svg onload=\'' + attack + '\'>',
  '"><iframe srcdoc="<script>parent.' + attack + '</script>">', "' onmouseover='" + attack, '</title></style><!-- ', ']]> --> {{data}} {{scripts}} {{policy}}', '<a href="javascript:' + attack + '">x</a>',
  '&lt;b&gt; &#0; &amp;amp;', '\\u003cscript\\u003e', '${' + attack + '}', '<base href="https://example.invalid/">', '<meta http-equiv="refresh" content="0;url=https://example.invalid/">', '<!--<script>', '<form action="https://example.invalid/"><button>']
const hidden = 'Dear Minister Solvang,\n\nWe urge you to \u202eesrever\u202c the \u2066isolated\u2069 ban, the ze\u200bro wi\u2060dth, the \ufefffirst, a \u0007bell, a \u0085line and \u{e0041}tags.\r\nWe call on Tove Lindqvist to \u202Eact now.\n\nYours sincerely,\n\nMarit Dahl\n'

test('nothing in a letter, its name or its address runs or leaves the page', async () => {
  const body = injections.map((injection, i) => `We urge ${injection} the Ministry of Transport to repeal ${injection} the Harbour Act ${1950 + i} by 1 May 2022, as Tove ${injection} Lindqvist said.`).join('\n\n')
  const text = `Ingrid Solvang ${injections[0]}\nMinister of Transport\n\nDear Minister Solvang,\n\nRe: ${injections[1]}\n\n${body}\n\nYours sincerely,\n\nTove Lindqvist\n`
  const html = `<html><body><h1>Letter</h1><p>Dear Minister Solvang,</p>${injections.map(injection => `<p>We urge you to repeal ${injection.replace(/&/g, '&amp;').replace(/</g, '&lt;')} by 1 May 2022.</p>`).join('')}</body></html>`
  const name = `odd "name" <script>${attack.replaceAll('/', '')}</script>`
  const lines = [{ id: name, text }, { id: 'html', html }].map(line => JSON.stringify(line)).join('\n')
  const at = audit('odd', write('odd.jsonl', lines))
  const pages = readdirSync(inWork('odd'))
  assert.equal(pages.length, 3)
  for (const file of pages) {
    const page = await open(at(encodeURIComponent(file)))
    assert.notEqual(await page.title(), 'broken')
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('script:not([type]), iframe, img, base, form, meta[http-equiv=refresh]')].filter(e => e.localName !== 'script').map(e => e.outerHTML)), [])
    assert.equal(await page.evaluate(() => document.querySelectorAll('[onerror], [onload], [onmouseover], a[href^="javascript"]').length), 0)
    if (file !== 'index.html') {
      if (file !== 'html.html') assert.equal(await page.evaluate(() => data.text), text)
      await named(page, injections[2])
      for (let i = 0; i < 12; i++) await keys(page, 'j', 'a')
      await page.click('#detail summary:has-text("Graph around it")')
      for (const key of ['2', '3', '1', '?']) await keys(page, key)
      await keys(page, 'Escape', 'f')
      const saved = await downloaded(page, () => page.click('#save'))
      assert.ok(saved.text.split('\r\n').length > 10)
    }
    assert.notEqual(await page.title(), 'broken')
    assert.deepEqual(page.amiss, [])
    await page.context().close()
  }
})

test('the policy stops a script that got in', async () => {
  const page = await open(url)
  await page.evaluate(() => { const s = document.createElement('p'); s.id = 'in'; document.body.append(s) })
  const ran = await page.evaluate(() => { try { document.getElementById('in').innerHTML = '<b>'; return 'written' } catch { return 'refused' } })
  assert.equal(ran, 'refused')
  assert.match(read(inWork('ferry/island-ferry.html')), /default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-/)
})

test('hidden characters are named, keep to themselves, and stay in the text', async () => {
  const at = audit('hidden', write('hidden.txt', hidden))
  const page = await open(at('hidden.html'))
  assert.equal(await page.evaluate(() => data.text), hidden)
  const named = await page.evaluate(() => [...document.querySelectorAll('#letter .hid')].map(e => e.dataset.c))
  for (const code of ['202E', '202C', '2066', '2069', '200B', '2060', 'FEFF', '0007', '0085', 'E0041']) assert.ok(named.includes(code), code)
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.hid')].every(e => getComputedStyle(e).unicodeBidi === 'isolate')), true)
  assert.equal(await page.evaluate(() => items.every((item, i) => marksOf[i].map(mark => mark.textContent).join('').replace(/\s+/g, '') === words(item.at).replace(/\s+/g, ''))), true)
  await page.evaluate(() => { const at = text.indexOf('tags'); getSelection().addRange(rangeOf(at, at + 4)) })
  assert.equal(await page.evaluate(() => words(selectedPlace())), 'tags')
})

test('a word of 100,000 characters and one item over the whole letter fit', async () => {
  const at = audit('word', write('word.txt', `Dear Minister Solvang,\n\nWe urge you to ${'reopen'.repeat(17000)} the pool.\n\nYours sincerely,\n\nTove Lindqvist\n`))
  for (const width of [1400, 320]) {
    const page = await open(at('word.html'), { viewport: { width, height: 700 } })
    await keys(page, 'j', 'j', 'j')
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
    assert.deepEqual(page.amiss, [])
  }
})

test('a letter without items, and one of a single character', async () => {
  for (const [name, content] of [['calm.txt', 'hmm.\n'], ['x.txt', 'x']]) {
    const page = await open(audit(`only-${name}`, write(name, content))(name.replace('txt', 'html')))
    await keys(page, 'j', 'k', 'n', 'a', 'z', '2', '3', '1', 's', 'e', 'b')
    assert.match(await page.textContent('#detail'), /Nothing was found/)
    assert.deepEqual(page.amiss, [])
  }
})

// ---- Decisions ----

test('decisions that are cut, edited, of another letter or formulas are told by line, and none is taken', async () => {
  const page = await open(url)
  await named(page)
  await keys(page, 'j', 'a', 'a', 'a', 'r')
  const { text: good } = await downloaded(page, () => keys(page, 's'))
  const turtle = (await downloaded(page, () => keys(page, 'S'))).text
  const lines = good.split('\r\n'), before = await decisions(page)
  const change = (line, from, to) => lines.map((row, i) => (i === line - 1 ? row.replace(from, to) : row)).join('\r\n')
  const bad = {
    'cut.csv': [good.slice(0, good.lastIndexOf(',')), /line 5: \d+ cells, 17 were expected/], 'quote.csv': [good + '"cut', /line 6: a quoted cell is not closed/],
    'edited.csv': [change(3, /,14 March 2022,/, ',15 March,'), /line 3: the text is not as long/], 'verdict.csv': [change(2, ',accept,', ',perhaps,'), /line 2: "perhaps" is no decision/],
    'formula.csv': [change(4, ',Ana,', ',=cmd|calc,'), /line 4: a cell begins with "="/], 'twice.csv': [good + lines[1], /line 6: Ana has decided on this item at line 2 already/],
    'head.csv': [change(1, 'sha256', 'hash'), /line 1: the column sha256 is missing/], 'empty.csv': ['', /line 1: the file is empty/],
    'other.csv': [good.replaceAll(/[0-9a-f]{64}/g, '0'.repeat(64)).replaceAll(letter, 'harbour.txt'), /about another letter, harbour.txt/],
    'hash.csv': [change(2, /[0-9a-f]{64}/, 'abc'), /line 2: the column sha256 needs 64 hex digits/],
    'cut.ttl': [turtle.slice(0, turtle.length - 40), /line \d+: /], 'odd.ttl': ['<a:b> <a:c> <a:d> .', /there is no clm:Decision/], 'verdict.ttl': [turtle.replace('verdict-accept', 'verdict-maybe'), /"maybe" is no decision/]
  }
  for (const [name, [content, words]] of Object.entries(bad)) {
    await page.setInputFiles('#file', write(name, content))
    await page.waitForSelector('dialog[open]')
    assert.match(await page.textContent('dialog[open]'), /Nothing was opened/, name)
    assert.match(await page.textContent('dialog[open]'), words, name)
    assert.deepEqual(await decisions(page), before, name)
    await keys(page, 'Escape')
  }
  const order = good.trim().split('\r\n').map(line => line.split(',').reverse().join(',')).join('\n')
  await keys(page, 'z', 'z', 'z', 'z')
  assert.deepEqual(await decisions(page), [])
  await page.setInputFiles('#file', write('order.csv', order))
  await page.waitForFunction(() => model.decisions.length === 4)
  assert.deepEqual(page.amiss, [])
})

test('a note that looks like a formula is saved so that no spreadsheet runs it, and comes back', async () => {
  const page = await open(url)
  await named(page, '=SUM(A1)')
  await keys(page, 'j', 'a')
  await page.evaluate(() => { select(0); changeDecision(items[0], { note: '=cmd|calc!A1' }) })
  const { text } = await downloaded(page, () => keys(page, 's'))
  assert.doesNotMatch(text, /(^|,)"?[=+@-]/m)
  await page.evaluate(() => localStorage.clear())
  const fresh = await open(url)
  await fresh.setInputFiles('#file', write('note.csv', text))
  await fresh.waitForFunction(() => model.decisions.length === 1)
  assert.deepEqual(await fresh.evaluate(() => [model.decisions[0].note, model.decisions[0].reviewer]), ['=cmd|calc!A1', '=SUM(A1)'])
  assert.equal(run(['review', 'import', inWork('note.csv')]).status, 0)
})

test('storage that is full, forbidden or holds nonsense is told, and saving still works', async () => {
  const inits = {
    full: [() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }, /storage is full/],
    forbidden: [() => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } }), /keeps nothing for this page/],
    nonsense: [() => { Storage.prototype.getItem = () => '{"v":1,"decisions":[3,{"item":"<b>"}' }, /cannot be read/]
  }
  for (const [name, [init, words]] of Object.entries(inits)) {
    const page = await open(url, { init })
    await named(page)
    if (name === 'nonsense') assert.match(await page.textContent('#kept'), words, name)
    await keys(page, 'j', 'a')
    if (name !== 'nonsense') assert.match(await page.textContent('#kept'), words, name)
    const { text } = await downloaded(page, () => keys(page, 's'))
    assert.match(text, /,accept,Ana,/, name)
    assert.deepEqual(page.amiss, [], name)
  }
})

// ---- There and back ----

test('decided in the page, exported, imported over changed rules and an edited letter', async () => {
  const page = await open(url)
  await named(page)
  await keys(page, 'j')
  for (let i = 0; i < 10; i++) await keys(page, 'a')
  for (let i = 0; i < 5; i++) await keys(page, 'r')
  const files = [await downloaded(page, () => keys(page, 's')), await downloaded(page, () => keys(page, 'S'))].map(({ name, text }) => write(name, text))
  const edited = write('island-ferry.txt', `A new first line.\n\n${read(letter).replace('14 March 2022', '15 March 2022').replace('nine hours', 'ten hours')}`)
  write('rules.xml', '<ruleset xmlns="https://w3id.org/claimant/rules#" id="more" version="1" xml:lang="en"><include href="' + new URL('../../rules/ruleset.xml', import.meta.url).pathname + '"/>' +
    '<type name="Boat" layer="boat" node="item" class="schema:Vehicle"/><phase id="boats"><rule id="boat" emits="Boat"><pattern>ferry</pattern><example>a <m>ferry</m></example><counter>a car</counter></rule></phase></ruleset>')
  const { mkdirSync, copyFileSync } = await import('node:fs')
  mkdirSync(inWork('edited'))
  copyFileSync(edited, inWork('edited/island-ferry.txt'))
  const reports = files.map(file => run(['review', 'import', file, '--letters', inWork('edited'), '--rules', inWork('rules.xml')]))
  for (const { status, out, err } of reports) {
    assert.equal(status, 0, err)
    assert.match(out, /^15 decisions by 1 reviewer, 2 of them orphans/)
    assert.match(out, /Date "14 March 2022".*nothing in the letter as it is now has its identifier/)
  }
  const again = await open(audit('again', edited, '--rules', inWork('rules.xml'))('island-ferry.html'))
  await again.setInputFiles('#file', files[0])
  await again.waitForSelector('dialog[open]')
  assert.match(await again.textContent('dialog[open]'), /Some decisions find no item.*14 March 2022/)
  assert.equal(await again.evaluate(() => model.decisions.length), 13)
  assert.equal(await again.evaluate(() => model.decisions.every(d => words(findItem(d).at) === d.text)), true)
})

// ---- Many ----

test('a letter of 200 KB with more than 3,000 items works', async t => {
  const parts = ['island-ferry', 'lake-towns-president', 'deep-sea-licence', 'seven-groups-minister', 'school-street-mayor'].map(name => read(`samples/letters/${name}.txt`))
  let text = ''
  for (let i = 0; text.length < 200000; i++) text += parts[i % parts.length].replace(/^Dear.*$/gm, '').replace(/^Yours.*$/gm, '') + '\n\n'
  const page = await open(audit('long', write('long.txt', text))('long.html'))
  assert.ok(await page.evaluate(() => items.length) >= 3000)
  t.diagnostic(`ready after ${await page.evaluate(() => Math.round(performance.getEntriesByName('ready')[0].startTime))} ms`)
  await named(page)
  for (let i = 0; i < 5; i++) await keys(page, 'j', 'a')
  assert.equal((await decisions(page)).length, 5)
  await page.fill('#search', 'Sarn City Court')
  await page.waitForFunction(() => state.search === 'Sarn City Court' && state.visible.length < 2000)
  await page.evaluate(() => document.activeElement.blur())
  await keys(page, 'x', '2', '3', '1')
  await page.evaluate(() => select(items.length - 1))
  await page.waitForFunction(() => isShown(marksOf[state.current][0], letterElement.parentElement) && isShown(rowOf[state.current], $('panel-items')))
  // What a load costs: the elements of an item, and what is drawn of what cannot be seen.
  assert.ok(await page.evaluate(() => document.querySelectorAll('#letter *, #items *').length / items.length) < 10)
  const drawn = selector => page.evaluate(s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility({ contentVisibilityAuto: true })).length, selector)
  assert.ok(await drawn('#items li') < 500, 'rows')
  assert.ok(await drawn('#letter [data-o]') < 500, 'paragraphs')
  assert.deepEqual(page.amiss, [])
})

test('the index over 500 letters sorts, searches and counts what is decided', async () => {
  const lines = Array.from({ length: 500 }, (_, i) => JSON.stringify({ id: `letters/${String(i).padStart(3, '0')}.txt`, text: `Dear Minister Solvang,\n\nWe urge you to reopen pool ${i} by 1 May ${2000 + (i % 25)}.\n\nYours sincerely,\n\nTove Lindqvist\n` })).join('\n')
  const at = audit('many', write('many.jsonl', lines))
  const first = await open(at('007.html'))
  await named(first)
  await keys(first, 'j', 'a')
  const page = await first.context().newPage()
  await page.goto(at('index.html'))
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  assert.equal(await page.locator('tbody tr').count(), 500)
  assert.match(await page.textContent('tr:has-text("007.txt")'), /1 of \d/)
  await page.click('th:has-text("Decided") button')
  await page.click('th:has-text("Decided") button')
  assert.match(await page.textContent('tbody tr >> nth=0'), /007/)
  await page.fill('#search', '123')
  assert.equal(await page.locator('tbody tr:visible').count(), 1)
  assert.equal(await page.getAttribute('tbody tr:visible a', 'href'), '123.html')
  const saved = await downloaded(page, () => page.click('#save'))
  assert.match(saved.text, /letters\/007\.txt.*,accept,Ana/)
  assert.deepEqual(await axe(page), [])
})
