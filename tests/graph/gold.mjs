// The sample letters read by hand (samples/expected/*.gold.tsv) against what the program says of them.
// `node tests/graph/gold.mjs [--language=TAG] [LETTER...]` prints the figures, every miss and every item too many.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { claimant, letters, read, root } from './graphs.mjs'

export const types = ['Person', 'Institution', 'Date', 'Law', 'Claim', 'Demand']
const metadata = ['date', 'sender', 'addressee', 'signatory']
const spanned = new Set(['Claim', 'Demand']) // half of the words in common is enough; names are exact
const edges = /^[\s.,;:"'()“”‘’«»—]+|[\s.,;:"'()“”‘’«»—]+$/g

/** The gold file of a letter, for letters of the tests beside them; a page and a text of the same letter share it. */
export const goldOf = letter =>
  `${letter.startsWith('samples/') ? 'samples/expected' : path.dirname(letter)}/${path.basename(letter).replace(/\.\w+$/, '')}.gold.tsv`

function rows(file) {
  return read(file).split('\n').filter(line => line && !line.startsWith('#')).map((line, i) => {
    const [type, text, occurrence = '', attributes = ''] = line.split('\t')
    if (!text || ![...types, ...metadata, 'Zone', 'Same'].includes(type)) throw new Error(`${file}: ${i + 1}: ${line}`)
    const pairs = attributes.split('; ').filter(Boolean).map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
    return { type, text, occurrence, attributes: Object.fromEntries(pairs) }
  })
}

/** Every place of some words, whatever the white space between them; never inside a word or a number. */
function places(text, words) {
  const escaped = words.trim().split(/\s+/).map(word => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('\\s+')
  const before = /^[\p{L}\p{N}]/u.test(words) ? '(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}]-)' : ''
  const after = /[\p{L}\p{N}]$/u.test(words) ? '(?![\\p{L}\\p{N}]|-[\\p{L}\\p{N}])' : ''
  return [...text.matchAll(new RegExp(before + escaped + after, 'gu'))].map(match => ({ start: match.index, end: match.index + match[0].length }))
}

const inside = (a, b) => b.start <= a.start && a.end <= b.end
const same = (a, b) => a.start === b.start && a.end === b.end

/** Gold items with their places in a text. */
function placed(file, text) {
  const items = []
  const all = rows(file).filter(row => types.includes(row.type) || row.type === 'Zone')
  const single = all.filter(row => row.occurrence !== '*')
  const rest = all.filter(row => row.occurrence === '*').sort((a, b) => b.text.length - a.text.length)
  for (const row of single) {
    const place = places(text, row.text)[Number(row.occurrence) - 1]
    if (!place) throw new Error(`${file}: "${row.text}" is not in the letter ${row.occurrence} times`)
    if (row.type === 'Zone') place.end = text.length
    items.push({ ...row, ...place })
  }
  for (const row of rest) {
    const free = places(text, row.text).filter(place => !items.some(item => item.type === row.type && inside(place, item)))
    if (!free.length) throw new Error(`${file}: "${row.text}" is nowhere else in the letter`)
    for (const place of free) items.push({ ...row, ...place })
  }
  const zones = items.filter(item => item.type === 'Zone')
  return { zones, items: items.filter(item => item.type !== 'Zone' && !zones.some(zone => inside(item, zone))) }
}

/** Items that the gold counts: no headings, norms, back references, now and today, beliefs. */
function counted({ type, features, roles }) {
  if (features.mention === 'backref' || ['deictic', 'heading'].includes(features.form) || features.directed === 'norm') return false
  const source = [roles.source].flat()[0]
  return type !== 'Claim' || !(['belief', 'intention', 'perception'].includes(features.attribution) || source?.ref === 'unstated')
}

/** A span without the marks at its ends. */
function trimmed(text, { start, end }) {
  const words = text.slice(start, end)
  const from = words.length - words.replace(/^[\s.,;:"'()“”‘’«»—]+/, '').length
  return { start: start + from, end: start + from + words.replace(edges, '').length }
}

function overlap(a, b) {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

const folded = text => text.replace(/\s+/g, ' ').replace(edges, '').replace(/^(the|a|an|your|its|her|our|his|el|la|los|las|un|una|su|sus) /i, '').toLowerCase()

/** Equal, or one holds the other and is at most three times as long: a name, and the name with its apposition. */
function alike(a, b) {
  const [short, long] = [folded(a), folded(b)].sort((x, y) => x.length - y.length)
  return short.length > 0 && long.includes(short) && long.length <= 3 * short.length
}

function attribute(item, name) {
  const role = [item.roles[name]].flat()[0]
  if (name === 'addressee' && role?.ref === 'letter-addressee') return '(you)'
  if (name === 'source' && role?.ref === 'writer') return '(writer)'
  return role?.text ?? item.features[name] ?? ''
}

function agrees(item, name, value) {
  const found = attribute(item, name)
  if (['source', 'title'].includes(name) || (name === 'addressee' && value !== '(you)')) return alike(found, value)
  return found === value
}

/** One letter: {hits, missed, extra, attributes: [[name, right]], wrong}. */
export function compare(letter, options = []) {
  const answer = JSON.parse(claimant(['-t', 'jsonl', ...options, letter]))
  const text = answer.text ?? read(letter)
  const starts = [0] // of each code point, in UTF-16
  for (const point of text) starts.push(starts.at(-1) + point.length)
  const gold = placed(goldOf(letter), text)
  const result = { hits: [], missed: [], extra: [], attributes: [], wrong: [] }
  const found = answer.items.filter(item => types.includes(item.type) && counted(item))
    .map(item => ({ ...item, ...trimmed(text, { start: starts[item.start], end: starts[item.end] }) }))
    .filter(item => !gold.zones.some(zone => inside(item, zone)))
  const pairs = []
  for (const expected of gold.items) {
    const place = trimmed(text, expected)
    for (const item of found) {
      if (item.type !== expected.type) continue
      const common = overlap(place, item)
      if (same(place, item) || (spanned.has(item.type) && common >= 0.5)) pairs.push({ expected, item, common })
    }
  }
  const used = new Set()
  for (const { expected, item } of pairs.sort((a, b) => b.common - a.common)) {
    if (used.has(expected) || used.has(item)) continue
    used.add(expected).add(item)
    result.hits.push(expected)
    for (const [name, value] of Object.entries(expected.attributes)) {
      const right = agrees(item, name, value)
      result.attributes.push([`${item.type}.${name}`, right])
      if (!right) result.wrong.push(`${item.type}.${name} of "${item.text}": ${attribute(item, name) || 'nothing'}; ${value} was expected`)
    }
  }
  result.missed = gold.items.filter(item => !used.has(item))
  result.extra = found.filter(item => !used.has(item))
  metadataOf(letter, answer.letter, result)
  nodesOf(letter, answer.items, result)
  return result
}

/** Names that must be one node: each after the first shares it with the first. */
function nodesOf(letter, items, result) {
  const nodes = name => items.filter(item => item.text.replace(/\s+/g, ' ') === name).map(item => item.entity).filter(Boolean)
  for (const { text } of rows(goldOf(letter)).filter(row => row.type === 'Same')) {
    const [first, ...others] = text.split(' = ')
    for (const other of others) {
      const right = nodes(first).some(node => nodes(other).includes(node))
      result.attributes.push(['Same node', right])
      if (!right) result.wrong.push(`Same node: "${first}" and "${other}"`)
    }
  }
}

function metadataOf(letter, answer, result) {
  for (const name of metadata) {
    const expected = rows(goldOf(letter)).filter(row => row.type === name).map(row => row.text)
    const got = [answer[name] ?? []].flat()
    const left = new Set(got.map(value => value.toLowerCase()))
    for (const value of expected) {
      const item = { type: 'Metadata', text: `${name}: ${value}` }
      if (left.delete(value.toLowerCase())) result.hits.push(item)
      else result.missed.push(item)
    }
    for (const value of left) result.extra.push({ type: 'Metadata', text: `${name}: ${value}` })
  }
}

/** Over letters: for each type {gold, found, precision, recall} in percent, and attributes in percent. */
export function figures(results) {
  const table = {}
  const count = (list, type) => list.filter(item => item.type === type).length
  for (const type of [...types, 'Metadata']) {
    const [hits, missed, extra] = ['hits', 'missed', 'extra'].map(key => results.reduce((n, result) => n + count(result[key], type), 0))
    table[type] = { gold: hits + missed, found: hits + extra, precision: (100 * hits) / (hits + extra), recall: (100 * hits) / (hits + missed) }
  }
  const attributes = {}
  for (const [name, right] of results.flatMap(result => result.attributes)) {
    attributes[name] ??= [0, 0]
    attributes[name][0] += right
    attributes[name][1] += 1
  }
  return { table, attributes: Object.fromEntries(Object.entries(attributes).map(([name, [right, all]]) => [name, (100 * right) / all])) }
}

const line = item => `${item.type} "${item.text.replace(/\s+/g, ' ')}"${item.rule ? ` (${item.rule})` : ''}`

/** What is amiss in one letter, a line each. */
export const complaints = (letter, result) => [
  ...result.missed.map(item => `${letter}: missed: ${line(item)}`),
  ...result.extra.map(item => `${letter}: too many: ${line(item)}`),
  ...result.wrong.map(words => `${letter}: ${words}`)
]

export const readByHand = letters.filter(letter => existsSync(path.join(root, goldOf(letter))))

function report(chosen, options) {
  const results = (chosen.length ? chosen : readByHand).map(letter => [letter, compare(letter, options)])
  for (const [letter, result] of results) console.log(complaints(letter, result).join('\n'))
  const { table, attributes } = figures(results.map(([, result]) => result))
  for (const [type, row] of Object.entries(table))
    console.log(type.padEnd(12), `precision ${row.precision.toFixed(1)}`, `recall ${row.recall.toFixed(1)}`, `F1 ${(2 * row.precision * row.recall / (row.precision + row.recall)).toFixed(1)}`, `(${row.gold} expected, ${row.found} found)`)
  for (const [name, percent] of Object.entries(attributes)) console.log(name.padEnd(22), percent.toFixed(1))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const given = process.argv.slice(2)
  report(given.filter(word => !word.startsWith('-')), given.filter(word => word.startsWith('-')))
}
