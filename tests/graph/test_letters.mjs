// Every letter of samples/letters/: two formats, three parsers, one set of triples; shapes; evidence.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import test from 'node:test'
import { clm, claimant, graph, letters, quadsOf, rdfType, read, storeOf, violations, withOxigraph, withSerd } from './graphs.mjs'

const oa = 'http://www.w3.org/ns/oa#'

test('there are letters', () => assert.ok(letters.length > 0))

for (const letter of letters) {
  const turtle = () => graph(letter, 'turtle')
  const ntriples = () => graph(letter, 'ntriples')

  test(`${letter}: serd and oxigraph read the same triples from both formats`, () => {
    const serd = withSerd(turtle(), 'turtle')
    assert.ok(serd.length > 100)
    assert.deepEqual(withSerd(ntriples(), 'ntriples'), serd)
    const oxigraph = withOxigraph(turtle(), 'turtle')
    assert.deepEqual(withOxigraph(ntriples(), 'ntriples'), oxigraph)
    assert.deepEqual(withOxigraph(serd.join('\n'), 'ntriples'), oxigraph)
    assert.equal(quadsOf(turtle()).length, serd.length)
  })

  test(`${letter}: N-Quads and TriG hold the same triples, all in the graph of the letter`, () => {
    const store = storeOf([turtle(), 'turtle'])
    const [name] = store.query(`SELECT ?letter { ?letter a <${clm}Letter> }`).map(row => row.get('letter'))
    const wanted = withOxigraph(turtle(), 'turtle')
    for (const syntax of ['nquads', 'trig']) {
      const text = claimant(['-t', syntax, letter])
      assert.deepEqual(withSerd(text, syntax), withSerd(turtle(), 'turtle'))
      const quads = storeOf([text, syntax])
      assert.equal(quads.size, wanted.length)
      const out = quads.dump({ format: 'application/n-triples', from_graph_name: name })
      assert.deepEqual(out.split('\n').filter(Boolean).sort(), wanted)
    }
  })

  test(`${letter}: compact evidence, and no quotes, say less and conform`, async () => {
    const all = new Set(withSerd(turtle(), 'turtle'))
    const compact = claimant(['-t', 'ntriples', '--evidence', 'compact', letter])
    assert.ok(compact.length < ntriples().length * 0.7)
    assert.deepEqual(await violations(quadsOf(compact)), [])
    const silent = claimant(['-t', 'ntriples', '--no-quotes', letter])
    assert.deepEqual(await violations(quadsOf(silent)), [])
    for (const property of ['exact', 'prefix', 'suffix', 'action', 'content', 'cue', 'sourceText', 'addresseeText'])
      assert.ok(!new RegExp(`[#/]${property}>`).test(silent), property)
    // what is left out apart, a graph without quotes says nothing new but that it is one, and names for labels
    const fresh = withSerd(silent, 'ntriples').filter(line => !all.has(line))
    for (const line of fresh) assert.match(line, /#withoutWords> |#label> "[a-z]+-[0-9a-f]{16}" /)
  })

  test(`${letter}: two runs give the same bytes, whatever the locale`, () => {
    for (const syntax of ['turtle', 'ntriples']) {
      const env = { ...process.env, LC_ALL: 'C', TZ: 'Pacific/Auckland' }
      delete env.SOURCE_DATE_EPOCH
      assert.equal(claimant(['-t', syntax, letter], { env }), graph(letter, syntax))
    }
  })

  test(`${letter}: loading it twice adds nothing, and there are no blank nodes`, () => {
    const once = storeOf([turtle(), 'turtle'])
    assert.equal(storeOf([turtle(), 'turtle'], [turtle(), 'turtle'], [ntriples(), 'ntriples']).size, once.size)
    for (const quad of quadsOf(turtle()))
      assert.ok(quad.subject.termType === 'NamedNode' && quad.object.termType !== 'BlankNode')
  })

  test(`${letter}: conforms to the shapes`, async () => {
    assert.deepEqual(await violations(quadsOf(turtle())), [])
  })

  test(`${letter}: evidence quotes the text at its offsets`, () => {
    const text = JSON.parse(claimant(['-f', 'jsonl', '-t', 'jsonl'], {
      input: JSON.stringify({ id: '1', [letter.endsWith('.html') ? 'html' : 'text']: read(letter) })
    }))
    const points = [...(text.text ?? read(letter))]
    const bytes = Buffer.from(points.join(''), 'utf8')
    const store = storeOf([turtle(), 'turtle'])
    const rows = store.query(`PREFIX oa: <${oa}> PREFIX clm: <${clm}> SELECT * {
      ?e oa:hasSelector ?p, ?q . ?p oa:start ?start ; oa:end ?end ; clm:byteStart ?from ; clm:byteEnd ?to . ?q oa:exact ?exact
      OPTIONAL { ?q oa:prefix ?prefix } OPTIONAL { ?q oa:suffix ?suffix } }`)
    assert.ok(rows.length > 10)
    for (const row of rows) {
      const [start, end, from, to] = ['start', 'end', 'from', 'to'].map(name => Number(row.get(name).value))
      const exact = row.get('exact').value
      const prefix = row.get('prefix')?.value ?? ''
      const suffix = row.get('suffix')?.value ?? ''
      assert.equal(points.slice(start, end).join(''), exact)
      assert.equal(bytes.subarray(from, to).toString('utf8'), exact)
      assert.equal(points.slice(Math.max(0, start - 32), start).join(''), prefix)
      assert.equal(points.slice(end, end + 32).join(''), suffix)
    }
  })
}

// Taking away what a node needs must be seen; otherwise the shapes prove nothing.
const needed = [
  `${clm}evidence`, `${clm}rule`, `${clm}confidence`, `${clm}action`, `${clm}content`, `${clm}demander`, `${clm}addresseeStatus`,
  `${clm}sourceStatus`, `${clm}reportedBy`, `${clm}extent`, 'http://www.w3.org/2000/01/rdf-schema#label',
  'http://www.w3.org/ns/prov#wasGeneratedBy', 'http://www.w3.org/ns/prov#used', `${oa}exact`, `${oa}start`, `${oa}hasSelector`,
  `${oa}hasSource`, 'https://schema.org/sha256', 'https://schema.org/sender', 'https://schema.org/recipient'
]
for (const property of needed)
  test(`a graph without ${property.replace(/^.*[/#]/, '')} does not conform`, async () => {
    const quads = quadsOf(graph('samples/letters/island-ferry.txt'))
    const left = quads.filter(quad => quad.predicate.value !== property)
    assert.ok(left.length < quads.length, 'the sample has none to take away')
    assert.notDeepEqual(await violations(left), [])
  })

test('a value outside its list does not conform', async () => {
  const text = graph('samples/letters/island-ferry.txt').replaceAll('clm:strength-urge', 'clm:strength-shout')
  assert.notDeepEqual(await violations(quadsOf(text)), [])
})

test('identifiers: base, document IRI, and refusal of what is none', () => {
  const letter = 'samples/letters/island-ferry.txt'
  assert.match(claimant(['--base', 'https://kg.example.org/', letter]), /@prefix d: <https:\/\/kg\.example\.org\/[0-9a-f]{64}#>/)
  const named = quadsOf(claimant(['--doc-iri', 'https://kg.example.org/ferry', letter]))
  const letters = named.filter(quad => quad.predicate.value === rdfType && quad.object.value === `${clm}Letter`)
  assert.deepEqual(letters.map(quad => quad.subject.value), ['https://kg.example.org/ferry'])
  const own = new Set(named.map(quad => quad.subject.value).filter(iri => iri.startsWith('https://kg.example.org/ferry#')))
  const other = new Set(quadsOf(graph(letter)).map(quad => quad.subject.value).filter(iri => iri.startsWith('ni:')))
  assert.deepEqual([...own].map(iri => iri.replace(/^.*#/, '')), [...other].filter(iri => iri.includes('#')).map(iri => iri.replace(/^.*#/, '')))
  for (const bad of [['--base', 'kg/'], ['--base', 'https://kg.example.org/a b/'], ['--doc-iri', 'https://kg.example.org/x#y']])
    assert.throws(() => claimant([...bad, letter]), /status/)
})

test('a timestamp only when asked for', () => {
  const letter = 'samples/letters/island-ferry.txt'
  assert.doesNotMatch(graph(letter), /endedAtTime/)
  const env = { ...process.env, SOURCE_DATE_EPOCH: '0' }
  assert.match(claimant([letter], { env }), /prov:endedAtTime "1970-01-01T00:00:00Z"\^\^xsd:dateTime/)
})

test('an edit elsewhere leaves the fragments as they were', () => {
  const before = read('samples/letters/island-ferry.txt')
  const after = before.replace('We write on behalf', 'After long talks we write on behalf')
  assert.notEqual(before, after)
  const fragments = text => new Set(quadsOf(claimant(['--doc-iri', 'urn:x:letter', '-'], { input: text }))
    .filter(quad => quad.predicate.value === rdfType)
    .map(quad => quad.subject.value).filter(iri => iri.startsWith('urn:x:letter#') && !/#evidence/.test(iri)))
  assert.deepEqual([...fragments(after)], [...fragments(before)])
})

test('serdi and oxigraph are strict: they refuse what they should', () => {
  const bad = '<urn:a> <urn:b> <urn:c d> .'
  assert.throws(() => withOxigraph(bad, 'ntriples'))
  assert.notEqual(spawnSync('serdi', ['-i', 'ntriples', '-'], { input: '<urn:a> <urn:b> "open .' }).status, 0)
})
