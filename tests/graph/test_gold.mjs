// What is found in the sample letters, measured against a reading by hand. The floors are what has been reached;
// raise them with the rules.
import assert from 'node:assert/strict'
import test from 'node:test'
import { compare, complaints, figures, readByHand, types } from './gold.mjs'
import { letters } from './graphs.mjs'

const floors = { // precision, recall; percent over all letters
  Person: [97, 97],
  Institution: [97, 96],
  Date: [97, 98],
  Law: [96, 96],
  Claim: [94, 94],
  Demand: [97, 94],
  Metadata: [96, 95]
}
const attributeFloors = {
  'Person.title': 95,
  'Institution.acronym': 95,
  'Date.value': 97,
  'Law.article': 97,
  'Law.kind': 95,
  'Claim.source': 95,
  'Claim.act': 97,
  'Claim.quoted': 95,
  'Claim.polarity': 97,
  'Demand.addressee': 97,
  'Demand.strength': 97,
  'Same node': 88
}

const results = readByHand.map(letter => [letter, compare(letter)])
const { table, attributes } = figures(results.map(([, result]) => result))
const about = word => results.flatMap(([letter, result]) => complaints(letter, result)).filter(line => line.includes(word)).join('\n')

test('every sample letter has been read by hand', () => assert.deepEqual(readByHand, letters))

for (const type of [...types, 'Metadata'])
  test(`${type}: precision and recall`, () => {
    const { precision, recall } = table[type]
    const [low, few] = floors[type]
    const said = `${type}: precision ${precision.toFixed(1)} (${low}), recall ${recall.toFixed(1)} (${few})\n${about(type)}`
    assert.ok(precision >= low && recall >= few, said)
  })

for (const [name, floor] of Object.entries(attributeFloors))
  test(`${name}`, () => assert.ok(attributes[name] >= floor, `${name}: ${attributes[name].toFixed(1)} (${floor})\n${about(`: ${name}`)}`))

test('the page and the text of one letter hold the same items', () => {
  const [page, text] = ['html', 'txt'].map(end => compare(`samples/letters/reporter-governor.${end}`))
  const words = list => list.map(item => `${item.type} ${item.text.replace(/\s+/g, ' ')}`).sort()
  assert.deepEqual(words(page.hits), words(text.hits))
  assert.deepEqual(words(page.missed), words(text.missed))
})
