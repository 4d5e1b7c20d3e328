// The vocabulary declares all that rules and graphs use, and says what it means.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { clm, graph, letters, quadsOf, rdfType, read, root, withOxigraph, withSerd } from './graphs.mjs'

const rdfs = 'http://www.w3.org/2000/01/rdf-schema#'
const owl = 'http://www.w3.org/2002/07/owl#'
const skos = 'http://www.w3.org/2004/02/skos/core#'

const vocabulary = quadsOf(read('vocab/claimant.ttl'))
const byType = type => new Set(vocabulary.filter(quad => quad.predicate.value === rdfType && quad.object.value === type).map(quad => quad.subject.value))
const classes = byType(`${owl}Class`)
const objectProperties = byType(`${owl}ObjectProperty`)
const datatypeProperties = byType(`${owl}DatatypeProperty`)
const concepts = byType(`${skos}Concept`)
const schemes = byType(`${skos}ConceptScheme`)
const datatypes = byType(`${rdfs}Datatype`)
const properties = new Set([...objectProperties, ...datatypeProperties])

// Terms of other vocabularies that graphs may use, one by one, so that a slip of the pen is seen.
const others = {
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'type',
  'http://www.w3.org/2000/01/rdf-schema#': 'label',
  'http://purl.org/dc/terms/': 'issued language source isPartOf subject',
  'http://www.w3.org/ns/oa#': 'SpecificResource TextPositionSelector TextQuoteSelector hasSource hasSelector start end exact prefix suffix',
  'http://www.w3.org/ns/prov#': 'Activity Agent Entity SoftwareAgent used wasGeneratedBy wasAssociatedWith endedAtTime',
  'http://www.w3.org/ns/org#': 'Membership member organization role',
  'http://www.w3.org/2004/02/skos/core#': 'exactMatch',
  'http://www.w3.org/2006/time#': 'ProperInterval',
  'http://data.europa.eu/eli/ontology#': 'LegalResource id_local',
  'https://schema.org/': 'Claim Country Message Person Organization GovernmentOrganization Corporation NGO CollegeOrUniversity NewsMediaOrganization PoliticalParty alternateName jobTitle name recipient sender sha256 version'
}
const known = new Set(Object.entries(others).flatMap(([base, names]) => names.split(' ').map(name => base + name)))

test('two parsers read the same vocabulary and the same shapes', () => {
  for (const file of ['vocab/claimant.ttl', 'vocab/shapes.ttl']) {
    const text = read(file)
    assert.equal(withSerd(text, 'turtle').length, withOxigraph(text, 'turtle').length)
  }
})

test('every term has a label and a comment, concepts a definition and a list', () => {
  const has = (subject, predicate) => vocabulary.some(quad => quad.subject.value === subject && quad.predicate.value === predicate)
  for (const term of [...classes, ...properties, ...datatypes, ...schemes]) {
    assert.ok(has(term, `${rdfs}label`), `${term} has no label`)
    assert.ok(has(term, `${rdfs}comment`), `${term} has no comment`)
  }
  for (const concept of concepts) {
    assert.ok(has(concept, `${skos}prefLabel`) && has(concept, `${skos}definition`), `${concept} is not explained`)
    const lists = vocabulary.filter(quad => quad.subject.value === concept && quad.predicate.value === `${skos}inScheme`)
    assert.equal(lists.length, 1)
    assert.ok(schemes.has(lists[0].object.value))
  }
})

test('no name is two things', () => {
  const kinds = [classes, objectProperties, datatypeProperties, concepts, schemes]
  for (const [i, kind] of kinds.entries())
    for (const other of kinds.slice(i + 1)) for (const term of kind) assert.ok(!other.has(term), term)
})

const declared = new Set([...classes, ...properties, ...concepts, ...schemes, ...datatypes])

test('shapes and vocabulary use only declared terms', () => {
  for (const file of ['vocab/claimant.ttl', 'vocab/shapes.ttl'])
    for (const quad of quadsOf(read(file)))
      for (const term of [quad.predicate, quad.object])
        if (term.termType === 'NamedNode' && term.value.startsWith(clm) && !term.value.endsWith('Shape'))
          assert.ok(declared.has(term.value), `${file}: ${term.value}`)
})

for (const letter of letters)
  test(`${letter}: every class, property, concept and datatype is declared`, () => {
    for (const quad of quadsOf(graph(letter))) {
      const { predicate, object } = quad
      if (predicate.value.startsWith(clm)) {
        assert.ok(properties.has(predicate.value), predicate.value)
        const kind = object.termType === 'Literal' ? datatypeProperties : objectProperties
        assert.ok(kind.has(predicate.value), `${predicate.value} has a ${object.termType}`)
      } else assert.ok(known.has(predicate.value), predicate.value)
      if (predicate.value === rdfType && !object.value.startsWith(clm)) assert.ok(known.has(object.value), object.value)
      if (object.termType === 'NamedNode' && object.value.startsWith(clm)) assert.ok(declared.has(object.value), object.value)
      if (object.termType === 'Literal' && object.datatype.value.startsWith(clm)) assert.ok(datatypes.has(object.datatype.value))
    }
  })

function ruleFiles(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? ruleFiles(`${folder}/${entry.name}`) : entry.name.endsWith('.xml') ? [`${folder}/${entry.name}`] : [])
}

const attributes = tag => Object.fromEntries([...tag.matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1], match[2]]))

test('what rule files declare is declared here too, each value of a list as a concept', () => {
  let checked = 0
  for (const file of ruleFiles('rules'))
    for (const [tag] of read(file).replace(/<!--[\s\S]*?-->/g, '').matchAll(/<(?:type|role|feature) [^>]*>/g)) {
      const { class: of, property, scheme, datatype, values, output } = attributes(tag)
      if (output === 'no') continue
      const expand = name => name.replace(/^clm:/, clm)
      for (const name of (of ?? '').split(/\s+/)) if (name.startsWith('clm:')) assert.ok(classes.has(expand(name)), `${file}: ${name}`)
      if (property?.startsWith('clm:')) {
        const allowed = scheme ? objectProperties : datatype ? properties : properties
        assert.ok(allowed.has(expand(property)), `${file}: ${property}`)
        checked++
      }
      if (datatype?.startsWith('clm:') && datatype !== 'clm:LegalStatus') assert.ok(datatypes.has(expand(datatype)), `${file}: ${datatype}`)
      if (scheme?.startsWith('clm:'))
        for (const value of (values ?? '').split(/\s+/).filter(Boolean))
          assert.ok(concepts.has(expand(scheme) + value), `${file}: no concept ${scheme}${value}`)
    }
  assert.ok(checked > 20)
})

const gazetteers = readdirSync(path.join(root, 'vocab/concepts')).filter(name => name.endsWith('.ttl'))
const dcterms = 'http://purl.org/dc/terms/'

test('every concept of a gazetteer names its source, and every scheme its licence too', () => {
  let checked = 0
  const labelled = new Map()
  for (const name of gazetteers) {
    const quads = quadsOf(read(`vocab/concepts/${name}`))
    const has = (subject, predicate) => quads.some(quad => quad.subject.value === subject && quad.predicate.value === predicate)
    const sourced = new Set(quads.filter(quad => quad.predicate.value === `${dcterms}source` && quad.object.value.trim()).map(quad => quad.subject.value))
    const preferred = quads.filter(quad => quad.predicate.value === `${skos}prefLabel`).map(quad => quad.subject.value)
    const [scheme, ...more] = quads.filter(quad => quad.predicate.value === rdfType && quad.object.value === `${skos}ConceptScheme`)
    assert.ok(scheme && !more.length, `${name} holds one scheme`)
    assert.ok(has(scheme.subject.value, `${dcterms}license`) && sourced.has(scheme.subject.value), name)
    for (const { subject, predicate, object } of quads) {
      if (predicate.value !== rdfType || object.value !== `${skos}Concept`) continue
      assert.ok(sourced.has(subject.value), `${name}: ${subject.value} names no source`)
      assert.ok(preferred.includes(subject.value), `${name}: ${subject.value} has no preferred label`)
      assert.ok(!labelled.has(subject.value), `${subject.value} stands in ${labelled.get(subject.value)} and ${name}`)
      labelled.set(subject.value, name)
      checked++
    }
  }
  assert.ok(checked > 1500, `${checked} concepts`)
  for (const name of gazetteers)
    for (const { subject, predicate, object } of quadsOf(read(`vocab/concepts/${name}`))) {
      if (predicate.value === `${dcterms}spatial`) assert.ok(labelled.has(object.value), `${name}: ${object.value} is no concept`)
      if (/^(prefLabel|altLabel|notation)$/.test(predicate.value.replace(skos, ''))) assert.ok(labelled.has(subject.value), `${name}: ${subject.value} is no concept`)
    }
})
