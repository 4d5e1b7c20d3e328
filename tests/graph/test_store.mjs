// Into a real store: the quads of all sample letters, one graph a letter; a letter is replaced; the questions answer.
import assert from 'node:assert/strict'
import test from 'node:test'
import oxigraph from 'oxigraph'
import { ask, claimant, clm, letters, read, storeOf } from './graphs.mjs'

const base = 'https://letters.example.org/'
const quads = args => claimant(['-t', 'nquads', '--base', base, ...args])
const count = (store, graph) => Number(store.query(`SELECT (COUNT(*) AS ?n) { GRAPH <${graph}> { ?s ?p ?o } }`)[0].get('n').value)
const graphsOf = store => store.query(`SELECT DISTINCT ?g { GRAPH ?g { ?letter a <${clm}Letter> } }`).map(row => row.get('g').value).sort()
const ferry = letters.find(letter => letter.includes('island-ferry'))

test('every letter has a graph of its own, named by the letter', () => {
  const store = storeOf([quads(letters), 'nquads'])
  const graphs = graphsOf(store)
  assert.equal(graphs.length, letters.length)
  assert.equal(store.match(null, null, null, oxigraph.defaultGraph()).length, 0)
  for (const graph of graphs) assert.equal(store.query(`ASK { GRAPH <${graph}> { <${graph}> a <${clm}Letter> } }`), true)
  const before = store.size
  store.load(quads(letters), { format: 'application/n-quads' })
  assert.equal(store.size, before, 'loading twice adds nothing')
})

test('a letter is replaced by clearing its graph and loading it anew', () => {
  const iri = 'https://letters.example.org/ferry'
  const others = quads(letters.filter(letter => letter !== ferry))
  const store = storeOf([others, 'nquads'])
  const without = store.size
  const first = claimant(['-t', 'nquads', '--doc-iri', iri, ferry])
  const edited = claimant(['-t', 'nquads', '--doc-iri', iri, '-f', 'text', '-'], { input: read(ferry).replace('1 May 2022', '8 June 2023') })
  store.load(first, { format: 'application/n-quads' })
  assert.equal(count(store, iri), store.size - without)
  store.update(`CLEAR GRAPH <${iri}>`)
  assert.equal(store.size, without)
  store.load(edited, { format: 'application/n-quads' })
  const fresh = storeOf([edited, 'nquads'])
  assert.equal(store.size, without + fresh.size)
  assert.equal(count(store, iri), fresh.size)
  const dates = store.query(`SELECT ?date { GRAPH <${iri}> { ?time <${clm}date> ?date } }`).map(row => row.get('date').value)
  assert.ok(dates.includes('2023-06-08') && !dates.includes('2022-05-01'))
})

test('the shipped questions answer over all letters as over each', () => {
  const all = storeOf([quads(letters).replace(/ <[^<>]*> \.$/gm, ' .'), 'ntriples'])
  for (const name of ['who-claims-what', 'laws-in-demands', 'timeline', 'people', 'demands-to']) {
    const together = ask(name, all)
    const one = ask(name, storeOf([claimant(['-t', 'ntriples', '--base', base, ferry]), 'ntriples']))
    assert.ok(one.length > 0 && together.length >= one.length, `${name}: ${one.length} of one, ${together.length} of all`)
  }
})
