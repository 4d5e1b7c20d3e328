// The questions of samples/queries, asked of a letter whose answers a reader can check.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { ask, graph, letters, read, root, storeOf } from './graphs.mjs'

const store = storeOf([graph('samples/letters/island-ferry.txt'), 'turtle'])

/** Whether each expected row is there; null stands for anything. */
function includes(rows, expected) {
  for (const row of expected) {
    const found = rows.some(other => row.every((value, i) => value === null || value === other[i]))
    assert.ok(found, `no row ${JSON.stringify(row)} in\n${rows.map(other => JSON.stringify(other)).join('\n')}`)
  }
}

test('all demands to someone, strongest first', () => {
  const rows = ask('demands-to', store)
  includes(rows, [
    ['strength-urge', 'urge', 'restore the evening crossing by 1 May 2022'],
    ['strength-ask', 'ask', 'publish the contract with Norfjord Ferry Company'],
    ['strength-ask', 'ask', 'order an independent inspection of the three vessels'],
    ['strength-ask', null, 'report to Parliament under the Public Transport Act by June 2022']
  ])
  const order = ['demand', 'call', 'urge', 'should', 'recommend', 'ask', 'encourage'].map(name => `strength-${name}`)
  const places = rows.map(([strength]) => order.indexOf(strength))
  assert.deepEqual(places, [...places].sort((a, b) => a - b))
  assert.ok(!rows.some(([, , action]) => action.startsWith('publish its cancellation figures')))
})

test('all demands to someone else', () => {
  includes(ask('demands-to', store, query => query.replace('"Solvang"', '"Norfjord"')), [
    ['strength-should', 'should', 'publish its cancellation figures every month']
  ])
})

test('laws cited in demands', () => {
  includes(ask('laws-in-demands', store), [
    ['Public Transport Act', 'mentions', 'report to Parliament under the Public Transport Act by June 2022'],
    [null, 'groundedIn', 'ensure that every vessel can carry wheelchair users']
  ])
})

test('demands grounded in laws', () => {
  const rows = ask('demands-grounded-in-law', store)
  includes(rows, [['ensure that every vessel can carry wheelchair users', 'European Social Charter', '15']])
})

test('demands on a subject', () => {
  const rows = ask('demands-on-subject', store)
  includes(rows, [['ensure that every vessel can carry wheelchair users', 'https://w3id.org/claimant/vocab/subject-disability']])
  assert.ok(rows.every(([action]) => action !== 'publish the contract with Norfjord Ferry Company'))
})

test('who claims what', () => {
  const rows = ask('who-claims-what', store)
  includes(rows, [
    [null, 'reported', 'polarity-affirm', 'two of the three vessels "are unfit for winter service"'],
    ['Olav Brekke', 'told', 'polarity-affirm', 'replacement ships would arrive before the end of 2021'],
    [null, 'denies', 'polarity-deny', 'it has cut any sailings'],
    ['Marit Dahl', null, 'polarity-affirm', null]
  ])
})

test('timeline', () => {
  const rows = ask('timeline', store)
  includes(rows, [
    ['2021-11', 'November 2021', null, null],
    ['2022-01-06', '6 January 2022', null, null],
    ['2022-02', 'February 2022', null, 'two of the three vessels "are unfit for winter service"'],
    ['2022-05-01', '1 May 2022', null, 'restore the evening crossing by 1 May 2022'],
    ['2022-06', 'June 2022', null, 'report to Parliament under the Public Transport Act by June 2022']
  ])
  const dates = rows.map(([date]) => date)
  assert.deepEqual(dates, [...dates].sort())
  for (const [, words, around] of rows) assert.ok(around.includes(words))
})

test('people with titles, other forms and mentions', () => {
  const rows = ask('people', store)
  includes(rows, [
    ['Ingrid Solvang', null, 'Solvang', '2'],
    ['Olav Brekke', null, null, '1'],
    ['Marit Dahl', null, null, '1'],
    ['Tove Lindqvist', 'Chair', null, '1']
  ])
  assert.match(rows.find(([name]) => name === 'Ingrid Solvang')[1], /Minister of Transport/)
})

test('every question can be asked of every letter, all in one store', () => {
  const all = storeOf(...letters.map(letter => [graph(letter), 'turtle']))
  for (const file of readdirSync(path.join(root, 'samples/queries'))) {
    assert.match(file, /\.rq$/)
    assert.match(read(`samples/queries/${file}`), /^# \S/, 'a query says what it asks')
    assert.ok(ask(path.basename(file, '.rq'), all).length > 0, file)
  }
})
