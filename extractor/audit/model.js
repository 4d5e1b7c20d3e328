'use strict'
// What the page knows: the letter, its items, and the decisions on them.

const data = JSON.parse(document.getElementById('data').textContent)
const items = data.items, rules = data.rules
const $ = id => document.getElementById(id)

/** An element with attributes, listeners (onclick ...) and children; text goes in as text only. */
function el(tag, attributes = {}, ...children) {
  const element = /^(svg|g|path|line|rect|circle|text|title|tspan)$/.test(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false))
  return element
}

// ---- Offsets: code points outside, UTF-16 inside ----

const text = data.text
const wide = /[\ud800-\udbff][\udc00-\udfff]/.test(text) ? (() => {
  const places = []
  for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) places.push(i)
  return places.concat(text.length)
})() : null
const toUnits = point => (wide ? wide[point] : point)
function toPoints(unit) {
  if (!wide) return unit
  let low = 0, high = wide.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (wide[middle] < unit) low = middle + 1
    else high = middle
  }
  return low
}
const words = ([start, end]) => text.slice(toUnits(start), toUnits(end))
const oneLine = string => string.replace(/\s+/g, ' ').trim()
const shorten = (string, length) => {
  const points = [...oneLine(string)]
  return points.length > length ? points.slice(0, length - 1).join('') + '…' : points.join('')
}

// ---- Types, entities, people ----

const typeOf = new Map(data.types.map(type => [type.name, type]))
const slotOf = item => typeOf.get(item.type)?.slot ?? 0
const entities = new Map(data.entities.map(entity => [entity.id, entity]))
const labelOf = id => entities.get(id)?.label ?? { [data.writer]: 'the writer', [data.addressee]: 'the addressee' }[id] ?? id
const refWords = { 'letter-addressee': 'the letter’s addressee', writer: 'the writer', unstated: 'unstated' }

/** Who or what fills a role, as a person would call it. */
function fillerOf(role) {
  const entity = role.entity ?? { 'letter-addressee': data.addressee, writer: data.writer }[role.ref]
  return entity ? labelOf(entity) : role.text ? oneLine(role.text) : refWords[role.ref] ?? ''
}
const rolesNamed = (item, name) => item.roles.filter(role => role.name === name)
const featureOf = (item, name) => item.features.find(feature => feature.name === name)?.value ?? ''
const itemNumber = new Map(items.map((item, i) => [item.id, i]))

/** Entities an item is about: its own, and those that fill its roles. */
function subjectsOf(item) {
  const ids = [item.entity, ...item.roles.map(role => role.entity)].filter(Boolean)
  return [...new Set(ids.map(labelOf))]
}

// ---- Decisions ----

const same = (a, b) => a.item === b.item && a.reviewer === b.reviewer
const model = { decisions: [], orphans: [], undone: [], reviewer: '', fault: '', listeners: [], byItem: new Map() }

/** Tells the page: of one item by its identifier, or of everything. */
function changed(id) {
  if (id === undefined) model.byItem = Map.groupBy ? Map.groupBy(model.decisions, d => d.item) : model.decisions.reduce((map, d) => map.set(d.item, [...(map.get(d.item) ?? []), d]), new Map())
  else model.byItem.set(id, model.decisions.filter(d => d.item === id))
  for (const listener of model.listeners) listener(id)
}

function keep(id) {
  model.fault = writeStore(data.sha256, [...model.decisions, ...model.orphans]) ?? ''
  changed(id)
}

const decisionsOn = item => model.byItem.get(item.id) ?? []
const myDecision = item => decisionsOn(item).find(d => d.reviewer === model.reviewer)
const othersDecisions = item => decisionsOn(item).filter(d => d.reviewer !== model.reviewer)
const missedItems = () => model.decisions.filter(d => d.decision === 'missed')

function blankDecision(item, decision) {
  return {
    letter: data.name, sha256: data.sha256, item: item.id, type: item.type, rule: item.rule === undefined ? '' : rules[item.rule].id, start: item.at[0], end: item.at[1],
    text: words(item.at), evidence: words(item.evidence), decision, reviewer: model.reviewer, note: '',
    new_type: '', new_start: '', new_end: '', new_text: '', new_values: ''
  }
}

/** Puts a decision in the place of the same reviewer's former one; null takes that away. */
function decide(item, decision, label) {
  const key = { item: item.id, reviewer: model.reviewer }
  const before = model.decisions.find(d => same(d, key)) ?? null
  model.undone.push({ key, before, label: label ?? decision?.decision ?? 'no decision' })
  put(key, decision)
}

function put(key, decision) {
  model.decisions = model.decisions.filter(d => !same(d, key))
  if (decision) model.decisions.push(decision)
  keep(key.item)
}

function undo() {
  const last = model.undone.pop()
  if (last) put(last.key, last.before)
  return last
}

/** With what the item was corrected to so far. */
function changeDecision(item, change) {
  const before = myDecision(item) ?? blankDecision(item, 'unsure')
  const after = { ...before, ...change }
  const corrected = after.new_type || after.new_text || after.new_values
  if (change.decision === undefined && after.decision !== 'missed' && corrected) after.decision = 'correct'
  if (change.decision && change.decision !== 'correct') Object.assign(after, { new_type: '', new_start: '', new_end: '', new_text: '', new_values: '' })
  decide(item, after)
}

const trimmedWords = string => oneLine(string)

/** Finds the item of a decision: by identifier, type and exact text; in an edited letter also by what stands around
 * it, where the same words occur again. Nothing else is good enough. */
function findItem(d) {
  const item = items[itemNumber.get(d.item)]
  if (!item || words(item.at) !== d.text || item.type !== d.type) return null
  if (d.sha256 === data.sha256 || !d.evidence || words(item.evidence) === d.evidence) return item
  const again = items.filter(other => other.type === d.type && words(other.at) === d.text)
  return again.length === 1 ? item : null
}

/** Where a missed item stands in this letter, or null. */
function findMissed(d) {
  if (d.sha256 === data.sha256) return words([d.start, d.end]) === d.text ? [d.start, d.end] : null
  const at = d.evidence ? text.indexOf(d.evidence) : -1
  if (at < 0 || text.indexOf(d.evidence, at + 1) >= 0) return null
  const inside = d.evidence.indexOf(d.text)
  if (inside < 0 || d.evidence.indexOf(d.text, inside + 1) >= 0) return null
  const start = toPoints(at + inside)
  return [start, start + (d.end - d.start)]
}

const baseName = name => name.replace(/^.*\//, '')

/** {taken, orphans, others}: decisions of a file, those without an item here, and how many are of other letters. */
function takeDecisions(read) {
  const result = { taken: 0, orphans: [], others: 0 }
  for (const d of read) {
    if (d.sha256 !== data.sha256 && baseName(d.letter) !== baseName(data.name)) { result.others++; continue }
    const place = d.decision === 'missed' ? findMissed(d) : d.type === 'Link' ? (graph().starts.has(`d:${d.item}`) ? [d.start, d.end] : null) : findItem(d)?.at
    if (!place) { result.orphans.push(d); continue }
    const here = { ...d, letter: data.name, sha256: data.sha256, start: place[0], end: place[1] }
    model.decisions = model.decisions.filter(other => !same(other, here))
    model.decisions.push(here)
    result.taken++
  }
  const orphaned = d => result.orphans.some(other => same(other, d))
  model.orphans = model.orphans.filter(d => !orphaned(d)).concat(result.orphans)
  model.undone = []
  keep()
  return result
}
