// The lines of JSON that go in and come out are those that vocab/answer.schema.json describes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import test from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import { letters, read, root } from './graphs.mjs'

const schema = JSON.parse(read('vocab/answer.schema.json'))
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false })
const validate = ajv.compile(schema)
const isRequest = ajv.getSchema(`${schema.$id}#/$defs/request`)

const program = path.resolve(root, process.env.CLAIMANT ?? 'claimant')

function answers(requests, options = []) {
  const input = requests.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const run = spawnSync(program, ['-f', 'jsonl', '-t', 'jsonl', ...options], { cwd: root, input, maxBuffer: 1 << 28 })
  return run.stdout.toString('utf8').split('\n').filter(Boolean).map(line => JSON.parse(line))
}

const requests = letters.map((letter, id) => ({ id, [letter.endsWith('.html') ? 'html' : 'text']: read(letter), date: '2022-01-31', genre: 'letter' }))
const good = answers(requests)

test('requests and answers of the sample letters', () => {
  assert.equal(good.length, letters.length)
  for (const request of requests) assert.ok(isRequest(request), JSON.stringify(isRequest.errors))
  for (const answer of good) assert.ok(validate(answer), JSON.stringify(validate.errors?.slice(0, 3)))
})

test('answers without quotes, of some types, and to paths', () => {
  const all = [...answers(requests, ['--no-quotes']), ...answers(requests, ['--types', 'Date']),
    ...answers(letters.map(path => ({ id: { any: ['thing'] }, path })))]
  for (const answer of all) assert.ok(validate(answer), JSON.stringify(validate.errors?.slice(0, 3)))
  assert.ok(all.every(answer => answer.items))
})

test('errors', () => {
  const bad = ['{', '[]', '{"id": 1}', '{"id": "x", "text": 7}', '{"id": 2, "text": "\\ud800"}', '{"id": 3, "text": "a\\u0000b"}',
    '{"id": 4, "path": "/none/such"}', '{"id": 5, "text": "x", "genre": "poem"}']
  const errors = answers(bad)
  assert.equal(errors.length, bad.length)
  for (const error of errors) {
    assert.ok(validate(error), JSON.stringify(validate.errors))
    assert.ok(error.error.code && !error.items)
  }
  for (const line of ['{"id": 1}', '{"id": "x", "text": 7}', '{"id": 5, "text": "x", "genre": "poem"}'])
    assert.ok(!isRequest(JSON.parse(line)))
})

test('the schema sees what is missing or wrong', () => {
  const some = () => structuredClone(good.find(answer => answer.items.length > 5))
  for (const key of schema.$defs.answer.required) {
    const answer = some()
    delete answer[key]
    assert.ok(!validate(answer), key)
  }
  for (const key of schema.$defs.item.required) {
    const answer = some()
    delete answer.items[3][key]
    assert.ok(!validate(answer), key)
  }
  for (const [key, value] of Object.entries({ confidence: 2, start: -1, end: 1.5, id: '7 up', features: { form: 1 }, roles: { cue: 'we' } })) {
    const answer = some()
    answer.items[3][key] = value
    assert.ok(!validate(answer), key)
  }
})
