// JSON-LD, RDF/XML and DOT: what Turtle says, for parsers that know nothing of one another.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import test from 'node:test'
import parseDot from 'dotparser'
import jsonld from 'jsonld'
import oxigraph from 'oxigraph'
import { attempt, clm, claimant, graph, letters, quadsOf, read, withOxigraph } from './graphs.mjs'

const nothingIsFetched = iri => { throw new Error(`${iri} was to be fetched`) }

/** Sorted N-Triples of a document, by jsonld.js; what it would drop is an error. */
async function withJsonld(text) {
  const quads = await jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', safe: true, documentLoader: nothingIsFetched })
  return withOxigraph(quads, 'ntriples')
}

function loaded(text, format) {
  const store = new oxigraph.Store()
  store.load(text, { format })
  return store.dump({ format: 'application/n-triples', from_graph_name: oxigraph.defaultGraph() }).split('\n').filter(Boolean).sort()
}

for (const letter of letters) {
  const wanted = () => withOxigraph(graph(letter), 'turtle')

  test(`${letter}: JSON-LD is one line, and two parsers read from it what Turtle says`, async () => {
    const text = graph(letter, 'jsonld')
    assert.equal(text.trimEnd().split('\n').length, 1)
    assert.deepEqual(await withJsonld(text), wanted())
    assert.deepEqual(loaded(text, 'application/ld+json'), wanted())
  })

  test(`${letter}: RDF/XML says what Turtle says`, () =>
    assert.deepEqual(loaded(graph(letter, 'rdfxml'), 'application/rdf+xml'), wanted()))

  test(`${letter}: DOT draws every statement`, () => {
    const [drawing, ...others] = parseDot(graph(letter, 'dot'))
    assert.equal(others.length, 0)
    const edges = drawing.children.filter(child => child.type === 'edge_stmt')
    assert.equal(edges.length, wanted().length)
    const nodes = new Set(drawing.children.filter(child => child.type === 'node_stmt').map(child => child.node_id.id))
    for (const edge of edges) for (const end of edge.edge_list) assert.ok(nodes.has(end.id), end.id)
  })
}

// ---- The context --------------------------------------------------------------------------------

const { '@context': context } = JSON.parse(read('vocab/context.jsonld'))

test('documents carry the context of the vocabulary, and no fetching', () => {
  const document = JSON.parse(graph(letters[0], 'jsonld'))
  assert.deepEqual(document['@context'][0], context)
  assert.deepEqual(Object.keys(document['@context'][1]), ['@language', 'd', 'r'])
})

test('every property and class of the vocabulary has a term, with the type of its values', async () => {
  const owl = 'http://www.w3.org/2002/07/owl#'
  const range = 'http://www.w3.org/2000/01/rdf-schema#range'
  const quads = quadsOf(read('vocab/claimant.ttl'))
  const iri = name => name.replace(/^(\w+):/, (whole, prefix) => context[prefix] ?? whole)
  const terms = new Map(Object.entries(context).filter(([name]) => name[0] !== '@')
    .map(([, value]) => typeof value === 'string' ? [iri(value), {}] : [iri(value['@id']), value]))
  let properties = 0
  for (const { subject, predicate, object } of quads) {
    if (!predicate.value.endsWith('#type') || !subject.value.startsWith(clm)) continue
    if (object.value === `${owl}Class`) assert.ok(terms.has(subject.value), subject.value)
    if (![`${owl}ObjectProperty`, `${owl}DatatypeProperty`].includes(object.value)) continue
    properties++
    const term = terms.get(subject.value)
    assert.ok(term, subject.value)
    const of = quads.find(quad => quad.subject.value === subject.value && quad.predicate.value === range)?.object.value
    if (object.value === `${owl}ObjectProperty`) assert.equal(term['@type'], '@id', subject.value)
    else if (of?.endsWith('#string')) assert.equal(term['@language'], null, subject.value)
    else if (of && !of.endsWith('#langString')) assert.equal(iri(term['@type']), of, subject.value)
    else assert.equal(term['@type'], undefined, subject.value)
  }
  assert.ok(properties > 80)
  // a name that a vocabulary of others has, said in the language of this one, would be a slip
  await jsonld.expand({ '@context': context, '@id': 'urn:x:y', action: 'x' }, { documentLoader: nothingIsFetched, safe: true })
})

// ---- Letters that are hard on a format ---------------------------------------------------------------

const hard = 'Ann Marsh said: "a <b> | {c} & \\d \'e\'; \u{1F3D4} -> \u2028 <x " y>."\n\nWe urge you to publish "<report>" {now}.\n'

test('characters that mean something to a format', async () => {
  const turtle = withOxigraph(claimant(['-'], { input: hard }), 'turtle')
  assert.deepEqual(await withJsonld(claimant(['-t', 'jsonld', '-'], { input: hard })), turtle)
  assert.deepEqual(loaded(claimant(['-t', 'rdfxml', '-'], { input: hard }), 'application/rdf+xml'), turtle)
  const input = hard.replace('\u2028', '') // which the parser of DOT takes for a line break
  const dot = claimant(['-t', 'dot', '-'], { input })
  const edges = parseDot(dot)[0].children.filter(child => child.type === 'edge_stmt')
  assert.equal(edges.length, withOxigraph(claimant(['-'], { input }), 'turtle').length)
  for (const label of dot.match(/label="(?:[^"\\]|\\.)*", shape = record/gs)) assert.doesNotMatch(label, /(?<!\\)[<>]/)
})

test('a control character: everywhere but in XML, where one is put in its place and that is said', async () => {
  const input = 'Ann Marsh said that the\fbridge \u0001is unsafe.\n'
  const turtle = withOxigraph(claimant(['-'], { input }), 'turtle')
  assert.ok(turtle.some(line => line.includes('\\f') || line.includes('\f')))
  assert.deepEqual(await withJsonld(claimant(['-t', 'jsonld', '-'], { input })), turtle)
  const result = attempt(['-t', 'rdfxml', '-'], { input })
  assert.equal(result.status, 0)
  assert.match(result.stderr, /warning: XML has no form for a control character/)
  const marked = turtle.map(line => line.replaceAll(/\\f|\f|\\u0001|\u0001/g, '\uFFFD')).sort()
  assert.deepEqual(loaded(result.stdout, 'application/rdf+xml'), marked)
})

test('a language of its own, and names that are prefixes elsewhere', async () => {
  const options = ['--language', 'en-GB', '--doc-iri', 'https://kg.example.org/a//b', 'samples/letters/island-ferry.txt']
  const turtle = withOxigraph(claimant(options), 'turtle')
  assert.ok(turtle.some(line => line.includes('@en-gb')))
  assert.deepEqual(await withJsonld(claimant(['-t', 'jsonld', ...options])), turtle)
  const result = attempt(['-t', 'jsonld', '--doc-iri', 'org:ferry', 'samples/letters/island-ferry.txt'])
  assert.equal(result.status, 65)
  assert.match(result.stderr, /<org:ferry\S*> cannot be written in JSON-LD, where org: is a prefix/)
})

// ---- Several letters ------------------------------------------------------------------------------------

test('several letters: a document a line in JSON-LD, one document in RDF/XML, a graph each in DOT', async () => {
  const two = letters.slice(0, 2)
  const wanted = withOxigraph(two.map(letter => graph(letter, 'ntriples')).join(''), 'ntriples')
  const lines = claimant(['-t', 'jsonld', ...two]).trimEnd().split('\n')
  assert.equal(lines.length, 2)
  assert.deepEqual([...new Set((await Promise.all(lines.map(withJsonld))).flat())].sort(), wanted)
  assert.deepEqual(loaded(claimant(['-t', 'rdfxml', ...two]), 'application/rdf+xml'), wanted)
  assert.equal(parseDot(claimant(['-t', 'dot', ...two])).length, 2)
})

test('a folder of answers in each format, resumed without work, and by other rules anew', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'claimant-'))
  for (const format of ['jsonld', 'rdfxml', 'dot']) {
    const out = path.join(folder, format), args = ['-t', format, '--output-dir', out, ...letters]
    claimant(args)
    const names = readdirSync(out).filter(name => name !== 'claimant.json')
    assert.equal(names.length, letters.length)
    const whole = readFileSync(path.join(out, names[0]), 'utf8')
    assert.match(whole, { jsonld: /^\{"@context".*\n$/, rdfxml: /^<\?xml[^]*<\/rdf:RDF>\n$/, dot: /^digraph \{[^]*\}\n$/ }[format])
    const metrics = path.join(folder, 'metrics.json')
    claimant(['--resume', '--metrics', metrics, ...args])
    assert.equal(JSON.parse(readFileSync(metrics, 'utf8')).skipped, letters.length)
    const hash = claimant(['-t', 'jsonl', letters[0]]).match(/"rules":"([0-9a-f]{64})"/)[1]
    writeFileSync(path.join(out, names[0]), whole.replaceAll(hash, '0'.repeat(64)))
    claimant(['--resume', '--metrics', metrics, ...args])
    assert.equal(JSON.parse(readFileSync(metrics, 'utf8')).skipped, letters.length - 1)
    assert.equal(readFileSync(path.join(out, names[0]), 'utf8'), whole)
  }
  rmSync(folder, { recursive: true })
})
