// What is found in the sample letters, measured against a reading by hand. The floors are what has been reached;
// raise them with the rules.
import assert from 'node:assert/strict'
import test from 'node:test'
import { compare, complaints, figures, readByHand, types } from './gold.mjs'
import { letters } from './graphs.mjs'

const floors = { // precision, recall; percent over all letters
  Person: [93, 97],
  Institution: [92, 77],
  Date: [93, 96],
  Law: [85, 71],
  Claim: [85, 87],
  Demand: [84, 80],
  Metadata: [82, 85]
}
const attributeFloors = {
  'Person.title': 78,
  'Date.value': 94,
  'Law.article': 95,
  'Law.kind': 95,
  'Claim.source': 87,
  'Claim.act': 93,
  'Claim.quoted': 90,
  'Claim.polarity': 95,
  'Demand.addressee': 80,
  'Demand.strength': 78,
  'Same node': 65
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
