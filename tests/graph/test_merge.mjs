// Links to gazetteers and between letters, as strict parsers and SHACL see them.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { claimant, clm, letters, quadsOf, rdfType, violations, withOxigraph, withSerd } from './graphs.mjs'

const skos = 'http://www.w3.org/2004/02/skos/core#'
const specializationOf = 'http://www.w3.org/ns/prov#specializationOf'

const gazetteer = `@prefix skos: <${skos}> .
@prefix schema: <https://schema.org/> .
@prefix x: <https://data.example.org/> .
x:tide a schema:Organization ; skos:prefLabel "Tidewrights" .
x:guild a schema:Organization ; skos:prefLabel "Guild of the Tide" ; skos:altLabel "Tidewrights" .
x:keepers a schema:Organization ; skos:prefLabel "Lanternkeepers of Voss" .
`
const texts = [
  'Dear Sir,\n\nWe met President Aidar Qolbayev. The Tidewrights and the Lanternkeepers of Voss urge him to resign.\n',
  'Dear Madam,\n\nPresident Aidar Qolbayev wrote to the Lanternkeepers of Voss.\n'
]

function inFolder (t, files) {
  const folder = mkdtempSync(path.join(tmpdir(), 'claimant-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return files.map(([name, text]) => {
    const file = path.join(folder, name)
    writeFileSync(file, text)
    return file
  })
}

const having = (quads, predicate, object) =>
  quads.filter(quad => quad.predicate.value === predicate && (!object || quad.object.value === object)).map(quad => quad.subject.value)

test('candidates are nodes of their own that conform, and no exact matches', async t => {
  const [names, letter] = inFolder(t, [['names.ttl', gazetteer], ['letter.txt', texts[0]]])
  const text = claimant(['--gazetteer', names, letter])
  const quads = quadsOf(text)
  assert.equal(withSerd(text, 'turtle').length, withOxigraph(text, 'turtle').length)
  assert.deepEqual(await violations(quads), [])
  const links = having(quads, rdfType, `${clm}CandidateLink`)
  assert.equal(links.length, 2)
  const from = new Set(quads.filter(quad => quad.predicate.value === `${clm}linkFrom`).map(quad => quad.object.value))
  assert.equal(from.size, 1)
  assert.equal(having(quads, `${skos}exactMatch`).filter(node => from.has(node)).length, 0)
  assert.equal(having(quads, `${skos}exactMatch`, 'https://data.example.org/keepers').length, 1)
})

test('what letters share stands beside their graphs and conforms', async t => {
  const [names, ...files] = inFolder(t, [['names.ttl', gazetteer], ['one.txt', texts[0]], ['two.txt', texts[1]]])
  const graphs = files.map(file => claimant(['-t', 'ntriples', '--gazetteer', names, file]))
  const merged = claimant(['merge', ...inFolder(t, graphs.map((graph, i) => [`${i}.nt`, graph]))])
  assert.equal(withSerd(merged, 'turtle').length, withOxigraph(merged, 'turtle').length)
  const quads = quadsOf(merged)
  const all = [...quads, ...graphs.flatMap(quadsOf)]
  assert.deepEqual(await violations(all), [])
  const [shared] = having(quads, `${skos}exactMatch`, 'https://data.example.org/keepers')
  assert.equal(having(quads, specializationOf, shared).length, 2)
  assert.equal(having(quads, rdfType, `${clm}CandidateLink`).length, 1)
  const nodes = new Set(graphs.flatMap(quadsOf).map(quad => quad.subject.value))
  for (const quad of quads)
    if (quad.predicate.value === `${clm}linkFrom` || quad.predicate.value === `${clm}linkTo`) assert.ok(nodes.has(quad.object.value))
})

test('sample letters merge to a graph that conforms', async () => {
  const lines = letters.map(letter => claimant(['-t', 'jsonl', letter])).join('')
  const quads = quadsOf(claimant(['merge', '-'], { input: lines }))
  assert.ok(quads.length > 0)
  assert.ok(having(quads, rdfType, `${clm}SharedEntity`).length > 3)
  assert.deepEqual(await violations(quads), [])
})

test('a state has a node where a role refers to it, whatever the letter calls it, and elsewhere none', async t => {
  const [letter] = inFolder(t, [['letter.txt', 'Dear Madam,\n\nWe met in Norway. Kyrgyzstan should open the camps. The Kyrgyz Republic must pay. Georgia should leave.\n']])
  const quads = quadsOf(claimant([letter]))
  assert.deepEqual(await violations(quads), [])
  const states = having(quads, rdfType, 'https://schema.org/Country')
  assert.equal(states.length, 2)
  const [kyrgyzstan] = having(quads, `${skos}exactMatch`, 'https://w3id.org/claimant/vocab/country-KG')
  assert.ok(states.includes(kyrgyzstan))
  assert.equal(having(quads, `${clm}addressee`, kyrgyzstan).length, 2)
  const candidates = quads.filter(quad => quad.predicate.value === `${clm}linkTo`).map(quad => quad.object.value)
  assert.ok(candidates.includes('https://w3id.org/claimant/vocab/country-GE') && candidates.length === 2)
})
