// A rule file of one's own, with types of its own: they reach the graph by their declarations alone.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { claimant, clm, quadsOf, rdfType, root, withOxigraph, withSerd } from './graphs.mjs'

const rules = `<ruleset xmlns="https://w3id.org/claimant/rules#" id="harbour" version="2.0" xml:lang="en">
  <prefix name="ex" iri="https://example.org/harbour#"/>
  <prefix name="clm" iri="${clm}"/>
  <prefix name="xsd" iri="http://www.w3.org/2001/XMLSchema#"/>
  <type name="Ship" layer="ship" mode="flat" node="entity" class="ex:Ship">
    <feature name="flag" property="ex:flag" scheme="https://example.org/flags/"/>
    <feature name="tonnage" property="ex:tonnage" datatype="xsd:integer"/>
    <feature name="secret" property="ex:secret" output="no"/>
    <feature name="unwritten"/>
  </type>
  <type name="Collision" layer="collision" mode="flat" node="item" class="ex:Collision ex:Event">
    <role name="ship" property="ex:ship" card="0..n"/>
    <role name="cause" property="ex:cause"/>
    <feature name="seen" property="clm:timex" datatype="clm:TIMEX3"/>
  </type>
  <phase id="ships">
    <rule id="ship" emits="Ship" span="name" confidence="0.8">
      <pattern>(?:(?'flag'New [A-Z][a-z]+) (?'tonnage'\\d+)-tonner )?(?'name'(?:MV|SS) [A-Z][a-z]+)</pattern>
      <set feature="flag" from="flag" if="flag"/>
      <set feature="tonnage" from="tonnage" if="tonnage"/>
      <set feature="secret" value="hidden words"/>
      <set feature="unwritten" value="hidden words"/>
      <example><m>MV Kestrel</m> sank.</example>
      <counter>The kestrel flew.</counter>
    </rule>
  </phase>
  <phase id="collisions">
    <rule id="collision" emits="Collision" confidence="0.9">
      <pattern>(?'ship'{Ship}) struck (?'ship'{Ship}) because of (?'cause'[a-z ]+)</pattern>
      <set feature="seen" value="2021-07"/>
      <example><m><m role="ship">MV Kestrel</m> struck <m role="ship">SS Plover</m> because of <m role="cause">fog</m></m>.</example>
      <counter>MV Kestrel passed SS Plover because of luck.</counter>
    </rule>
  </phase>
</ruleset>
`

const letter = 'To the harbour office.\n\nThe New Norland 0420-tonner MV Kestrel struck SS Plover because of thick fog. MV Kestrel is at sea again.\n'

test('types, roles, features, schemes and datatypes of a rule file', t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'claimant-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(path.join(folder, 'ruleset.xml'), rules)
  const text = claimant(['--rules', folder, '--doc-iri', 'urn:x:letter', '-t', 'ntriples', '-'], { input: letter })
  assert.deepEqual(withSerd(text, 'ntriples').length, withOxigraph(text, 'ntriples').length)
  const quads = quadsOf(text)
  const ex = 'https://example.org/harbour#'
  const subjects = type => [...new Set(quads.filter(q => q.predicate.value === rdfType && q.object.value === ex + type).map(q => q.subject.value))]
  const values = (subject, property) => quads.filter(q => q.subject.value === subject && q.predicate.value === property)
    .map(q => q.object.termType === 'Literal' ? `${q.object.value}^^${q.object.datatype.value.replace(/^.*[#]/, '')}` : q.object.value).sort()
  const ships = subjects('Ship')
  assert.equal(ships.length, 2)
  const kestrel = ships.find(ship => values(ship, `${ex}tonnage`).length)
  assert.deepEqual(values(kestrel, `${ex}tonnage`), ['420^^integer'])
  assert.deepEqual(values(kestrel, `${ex}flag`), ['https://example.org/flags/New%20Norland'])
  assert.equal(values(kestrel, `${clm}evidence`).length, 2)
  const [collision] = subjects('Collision')
  assert.deepEqual(subjects('Event'), [collision])
  assert.deepEqual(values(collision, `${ex}ship`), [...ships].sort())
  assert.deepEqual(values(collision, `${ex}cause`), ['thick fog^^langString'])
  assert.deepEqual(values(collision, `${clm}date`), ['2021-07^^gYearMonth'])
  assert.deepEqual(values(collision, `${clm}mentions`), [...ships].sort())
  assert.deepEqual(values(collision, `${clm}rule`), ['https://w3id.org/claimant/rules/harbour/2.0#collision'])
  assert.ok(!text.includes('hidden words'))
})

const casualties = ['letter.txt', 'casualties.xml', 'all.xml'].map(name => path.join(root, 'samples/casualties', name))

test('the sample of a type of one\'s own: JSON Lines', () => {
  const [letter, rules] = casualties
  const { items } = JSON.parse(claimant(['--rules', rules, '-t', 'jsonl', letter]))
  assert.deepEqual(items.map(item => [item.type, item.features.number, item.features.harm, item.features.certainty, item.roles.cause?.text]), [
    ['Casualty', '27', 'death', undefined, 'the collapse of the eastern shaft'],
    ['Casualty', '3', 'injury', undefined, 'a falling beam'],
    ['Casualty', '205', 'missing', 'denied', undefined],
    ['Casualty', '4', 'missing', 'feared', undefined]
  ])
  assert.deepEqual(items.map(item => (item.modifiers ?? []).map(one => `${one.rule}: ${one.text}`)),
    [[], [], ['casualty-denied: denies that'], ['casualty-feared: , it is feared']])
})

test('the sample of a type of one\'s own: the graph, beside what the shipped rules find', () => {
  const [letter, , rules] = casualties
  const quads = quadsOf(claimant(['--rules', rules, '--doc-iri', 'urn:x:letter', letter]))
  const ex = 'https://example.org/casualties#'
  const types = quads.filter(q => q.predicate.value === rdfType).map(q => q.object.value)
  assert.equal(types.filter(type => type === `${ex}Casualty`).length, 4)
  assert.ok(types.includes(`${clm}Demand`))
  const numbers = quads.filter(q => q.predicate.value === `${ex}number`).map(q => `${q.object.value} ${q.object.datatype.value.replace(/^.*#/, '')}`)
  assert.deepEqual(numbers.sort(), ['205 integer', '27 integer', '3 integer', '4 integer'])
  const harms = quads.filter(q => q.predicate.value === `${ex}harm`).map(q => q.object.value.replace('https://example.org/harm/', ''))
  assert.deepEqual(harms.sort(), ['death', 'injury', 'missing', 'missing'])
  const denied = quads.find(q => q.predicate.value === `${ex}certainty` && q.object.value === 'denied').subject.value
  const of = property => quads.filter(q => q.subject.value === denied && q.predicate.value === property)
  assert.equal(of(`${clm}evidence`).length, 2) // the item and the words that deny it
  assert.equal(of(`${clm}rule`).length, 2)
})
