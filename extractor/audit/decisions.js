'use strict'
// Decisions: what one reviewer said of one item; how they are kept in this browser, saved and read again.

const columns = ['letter', 'sha256', 'item', 'type', 'rule', 'start', 'end', 'text', 'evidence', 'decision', 'reviewer', 'note',
  'new_type', 'new_start', 'new_end', 'new_text', 'new_values']
const needed = ['letter', 'sha256', 'item', 'type', 'start', 'end', 'text', 'decision', 'reviewer']
const verdicts = ['accept', 'correct', 'reject', 'unsure', 'missed']
const clm = turtlePrefixes.clm
const predicates = {
  letter: clm + 'letterName', sha256: turtlePrefixes.schema + 'sha256', item: clm + 'decides', type: clm + 'itemType', rule: clm + 'rule',
  start: turtlePrefixes.oa + 'start', end: turtlePrefixes.oa + 'end', text: turtlePrefixes.oa + 'exact', evidence: clm + 'sentence',
  decision: clm + 'verdict', reviewer: clm + 'reviewer', note: turtlePrefixes.rdfs + 'comment', new_type: clm + 'newType',
  new_start: clm + 'newStart', new_end: clm + 'newEnd', new_text: clm + 'newText', new_values: clm + 'newValues'
}
const countColumns = new Set(['start', 'end', 'new_start', 'new_end'])

/** FNV-1a, 64 bits, as 16 hex digits: for names, not for secrets. */
function fingerprint(text) {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash.toString(16).padStart(16, '0')
}

// name=value pairs in one cell: "%", ";", "=" and line breaks in them are written as %XX.
const packed = text => text.replace(/[%;=\r\n]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'))
const unpacked = text => text.replace(/%([0-9A-Fa-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)))
const packValues = values => Object.entries(values).map(([name, value]) => `${packed(name)}=${packed(value)}`).join('; ')
const unpackValues = cell => Object.fromEntries(cell.split('; ').filter(Boolean).map(pair => {
  const at = pair.indexOf('=')
  return at < 0 ? [unpacked(pair), ''] : [unpacked(pair.slice(0, at)), unpacked(pair.slice(at + 1))]
}))

/** What is wrong with a row of cells by column, or nothing. */
function faultOf(row) {
  for (const column of needed) if (!row[column]) return `the column ${column} is empty`
  if (!verdicts.includes(row.decision)) return `"${row.decision}" is no decision; ${verdicts.join(', ')} were expected`
  if (!/^[0-9a-f]{64}$/.test(row.sha256)) return 'the column sha256 needs 64 hex digits'
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(row.item)) return `"${row.item.slice(0, 40)}" is no identifier of an item`
  for (const column of countColumns)
    if (row[column] && !/^(0|[1-9][0-9]{0,9})$/.test(row[column])) return `"${row[column].slice(0, 20)}" in the column ${column} is no place in a letter`
  if (Number(row.start) >= Number(row.end)) return 'start must come before end'
  if (row.new_start && Number(row.new_start) >= Number(row.new_end)) return 'new_start must come before new_end'
  if ([...row.text].length !== Number(row.end) - Number(row.start)) return 'the text is not as long as start and end say; the line may have been edited'
}

const decisionOf = row => Object.fromEntries(columns.map(column => [column, countColumns.has(column) && row[column] ? Number(row[column]) : row[column] ?? '']))

const toCsv = decisions => csvLine(columns) + decisions.map(d => csvLine(columns.map(column => d[column] ?? ''))).join('')

function fromCsv(text, errors) {
  const rows = csvRows(text), head = rows.shift()
  if (!head) throw { line: 1, message: 'the file is empty' }
  const names = head.cells.map(cell => cell.trim())
  for (const column of needed) if (!names.includes(column)) throw { line: 1, message: `the column ${column} is missing` }
  for (const name of names) if (names.indexOf(name) !== names.lastIndexOf(name)) throw { line: 1, message: `the column ${name} is there twice` }
  return rows.map(({ line, cells }) => {
    const row = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
    if (cells.length !== names.length) errors.push({ line, message: `${cells.length} cells, ${names.length} were expected` })
    return { line, row }
  })
}

function toTurtle(decisions, letterOf) {
  const blocks = decisions.map(d => {
    const { iri, rulesIri } = letterOf(d)
    const lines = [`${turtleIri(`${iri}#${d.item}-by-${fingerprint(d.reviewer).slice(0, 8)}`)}\n    a clm:Decision, prov:Entity`]
    for (const column of columns) {
      const value = d[column]
      if (value === '' || value === undefined || value === null) continue
      const object = column === 'item' ? turtleIri(`${iri}#${value}`)
        : column === 'rule' ? turtleIri(`${rulesIri}#${value}`)
        : column === 'decision' ? `clm:verdict-${value}`
        : countColumns.has(column) ? `"${value}"^^xsd:nonNegativeInteger` : turtleLiteral(String(value))
      lines.push(`${turtlePredicate(predicates[column])} ${object}`)
    }
    return lines.join(' ;\n    ') + ' .\n'
  })
  return turtleHead() + blocks.join('\n')
}

function turtlePredicate(iri) {
  for (const [name, base] of Object.entries(turtlePrefixes)) if (iri.startsWith(base)) return `${name}:${iri.slice(base.length)}`
  return turtleIri(iri)
}

const fragment = iri => iri.slice(iri.lastIndexOf('#') + 1)

function fromTurtle(text) {
  const bySubject = new Map()
  for (const s of turtleStatements(text)) {
    if (!bySubject.has(s.subject)) bySubject.set(s.subject, { line: s.line, row: {}, isDecision: false })
    const entry = bySubject.get(s.subject)
    if (s.predicate === rdfType) entry.isDecision ||= s.object === clm + 'Decision'
    const column = columns.find(name => predicates[name] === s.predicate)
    if (!column) continue
    if (column in entry.row) throw { line: s.line, message: `a second ${turtlePredicate(s.predicate)} for one decision` }
    entry.row[column] = column === 'decision' ? fragment(s.object).replace(/^verdict-/, '') : column === 'item' || column === 'rule' ? fragment(s.object) : s.object
  }
  const rows = [...bySubject.values()].filter(entry => entry.isDecision)
  if (!rows.length) throw { line: 1, message: 'there is no clm:Decision in it' }
  return rows
}

/** A file's decisions, or errors by line; never half of them. */
function readDecisions(text) {
  const errors = []
  let rows = []
  try {
    rows = /^\s*(@prefix|PREFIX|#|<)/.test(text) ? fromTurtle(text) : fromCsv(text, errors)
  } catch (fault) {
    if (!fault.message || !fault.line) throw fault
    errors.push(fault)
  }
  const seen = new Map()
  for (const { line, row } of rows) {
    const fault = faultOf(row), key = `${row.sha256} ${row.item} ${row.reviewer}`
    if (fault) errors.push({ line, message: fault })
    else if (seen.has(key)) errors.push({ line, message: `${row.reviewer} has decided on this item at line ${seen.get(key)} already` })
    seen.set(key, line)
  }
  return errors.length ? { errors: errors.sort((a, b) => a.line - b.line), decisions: [] } : { errors, decisions: rows.map(({ row }) => decisionOf(row)) }
}

// ---- Kept in this browser ----

const storeKey = sha256 => `claimant-audit:${sha256}`

/** {decisions, fault}: what is kept for a letter; a fault says in words why nothing can be. */
function readStore(sha256) {
  try {
    const kept = JSON.parse(localStorage.getItem(storeKey(sha256)) ?? '{"v":1,"decisions":[]}')
    if (kept.v !== 1 || !Array.isArray(kept.decisions)) throw new SyntaxError()
    return { decisions: kept.decisions.filter(d => d && typeof d === 'object' && !faultOf(Object.fromEntries(columns.map(c => [c, String(d[c] ?? '')])))) }
  } catch (error) {
    if (error instanceof SyntaxError) return { decisions: [], fault: 'What this browser kept for this letter cannot be read, and was left out.' }
    return { decisions: [], fault: 'This browser keeps nothing for this page: save your decisions to a file before you close it.' }
  }
}

function writeStore(sha256, decisions) {
  try {
    localStorage.setItem(storeKey(sha256), JSON.stringify({ v: 1, decisions }))
  } catch (error) {
    return error.name === 'QuotaExceededError'
      ? 'This browser’s storage is full: your decisions are only in this page. Save them to a file before you close it.'
      : 'This browser keeps nothing for this page: save your decisions to a file before you close it.'
  }
}

function download(name, type, text) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}
