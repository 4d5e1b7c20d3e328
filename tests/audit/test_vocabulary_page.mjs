// The page of the vocabulary: all that claimant.ttl says of its terms, valid, accessible, without script or network.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readFileSync, statSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { Parser } from 'n3'
import { axe, closeBrowser, inWork, openBrowser, read, run, write } from './browser.mjs'

const file = inWork('vocabulary.html')
const made = run(['vocab', 'page', 'vocab/claimant.ttl', '-o', file])
const quads = new Parser().parse(read('vocab/claimant.ttl'))
after(closeBrowser)

const own = 'https://w3id.org/claimant/ns#', rdfs = 'http://www.w3.org/2000/01/rdf-schema#', skos = 'http://www.w3.org/2004/02/skos/core#'
const local = iri => iri.slice(own.length)
const objects = (subject, predicate) => quads.filter(q => q.subject.value === subject && q.predicate.value === predicate).map(q => q.object)
const terms = [...new Set(quads.map(q => q.subject.value))].filter(iri => iri.startsWith(own))

async function open(options = {}) {
  const context = await (await openBrowser()).newContext({ viewport: { width: 1200, height: 900 }, ...options })
  const page = await context.newPage()
  page.amiss = []
  page.on('console', message => page.amiss.push(message.text()))
  page.on('request', request => request.url().startsWith('file:') || page.amiss.push(request.url()))
  await page.goto(pathToFileURL(file).href)
  return page
}

test('every term has its place, with all that is said of it', async () => {
  assert.equal(made.status, 0, made.err)
  const page = await open()
  assert.ok(terms.length > 250)
  const places = await page.evaluate(ids => ids.map(id => {
    const place = document.getElementById(id)
    return place && { text: place.textContent.replace(/\s+/g, ' '), links: [...place.querySelectorAll('a')].map(a => a.getAttribute('href')) }
  }), terms.map(local))
  for (const [i, iri] of terms.entries()) {
    const place = places[i]
    assert.ok(place, iri)
    for (const predicate of [rdfs + 'label', rdfs + 'comment', skos + 'prefLabel', skos + 'definition', skos + 'scopeNote', skos + 'note', skos + 'notation'])
      for (const object of objects(iri, predicate)) assert.ok(place.text.includes(object.value.replace(/\s+/g, ' ')), `${iri} ${predicate}`)
    for (const predicate of ['domain', 'range', 'subClassOf', 'subPropertyOf', 'seeAlso'])
      for (const object of objects(iri, rdfs + predicate))
        assert.ok(place.links.includes(object.value.startsWith(own) && terms.includes(object.value) ? '#' + local(object.value) : object.value), `${iri} ${predicate} ${object.value}`)
  }
  assert.deepEqual(page.amiss, [])
})

test('a class names the properties that are of it', async () => {
  const page = await open()
  const links = await page.$$eval('#Demand a', list => list.map(a => a.getAttribute('href')))
  for (const property of ['addressee', 'strength', 'action', 'groundedIn']) assert.ok(links.includes('#' + property), property)
})

test('it is well formed, its ids are its own, and no link leads nowhere', async () => {
  const html = readFileSync(file, 'utf8')
  const page = await open()
  const [ids, missing] = await page.evaluate(() => [[...document.querySelectorAll('[id]')].map(e => e.id),
    [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id))])
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(missing, [])
  // Every element is closed, so that the page is XML too, once what HTML leaves open is closed.
  const xml = html.replace('<!DOCTYPE html>', '').replace(/<meta([^>]*)>/g, '<meta$1/>')
  const lint = spawnSync('xmllint', ['--noout', '-'], { input: xml, encoding: 'utf8' })
  if (!lint.error) assert.equal(lint.status, 0, lint.stderr)
  assert.doesNotMatch(html, /<script|<link|@import|url\(/)
})

test('axe finds nothing, light and dark, wide and narrow; nothing scrolls sideways', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1200, 320]) {
      const page = await open({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true })
      assert.deepEqual(await axe(page), [], `${colorScheme} ${width}`)
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${colorScheme} ${width}`)
    }
  }
})

test('what words a vocabulary has does nothing to the page', async () => {
  const ttl = write('odd.ttl', `@prefix rdfs: <${rdfs}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://x.example/a#T> a owl:Class ; rdfs:label "<script>alert(1)</script>" ; rdfs:comment "see clm: and clm:nothing & \\"more\\"" .
<https://x.example/b#T> a owl:Class ; rdfs:seeAlso <javascript:alert(2)> ; rdfs:comment "the same last part" .
`)
  const { status, err } = run(['vocab', 'page', ttl, '-o', inWork('odd.html')])
  assert.equal(status, 0, err)
  const html = readFileSync(inWork('odd.html'), 'utf8')
  assert.doesNotMatch(html, /<script|href="javascript/)
  assert.match(html, /see clm: and clm:nothing &amp; &quot;more&quot;/)
  assert.match(html, /id="T"/)
  assert.match(html, /id="https:\/\/x.example\/b#T"/)
})

test('a file with a fault makes no page, and the fault is told with its line', () => {
  const page = inWork('none.html')
  const none = ttl => { const r = run(['vocab', 'page', ttl, '-o', page]); assert.throws(() => statSync(page)); return r }
  let { status, err } = none(write('bad.ttl', '@prefix a: <https://a.example/> .\n\na:b a:c "d .\n'))
  assert.equal(status, 65)
  assert.match(err, /bad\.ttl:3/);
  ({ status, err } = none(write('empty.ttl', '# nothing\n')))
  assert.equal(status, 65)
  assert.match(err, /empty\.ttl: describes nothing; classes, properties or concepts with their rdf:type were expected/);
  ({ status, err } = none(inWork('nowhere.ttl')))
  assert.equal(status, 66)
  assert.match(err, /nowhere\.ttl: cannot be read/);
  ({ status, err } = run(['vocab', 'page', 'vocab/claimant.ttl']))
  assert.equal(status, 2)
  assert.match(err, /usage: claimant vocab .*vocab page FILE -o FILE/)
})
