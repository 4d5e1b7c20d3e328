// What the graph tests share: the program, the letters, and parsers that know nothing of each other.
import { spawnSync } from 'node:child_process'
import { webcrypto } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Parser, Store as N3Store } from 'n3'
import oxigraph from 'oxigraph'
import SHACLValidator from 'rdf-validate-shacl'

globalThis.crypto ??= webcrypto // oxigraph wants it, and Node 18 hides it

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const program = path.resolve(root, process.env.CLAIMANT ?? 'claimant')

export const clm = 'https://w3id.org/claimant/ns#'
export const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

export const read = name => readFileSync(path.join(root, name), 'utf8')

/** Letters of samples/letters/, by path from the root. */
export const letters = readdirSync(path.join(root, 'samples/letters'))
  .filter(name => /\.(txt|html)$/.test(name))
  .sort()
  .map(name => `samples/letters/${name}`)

/** Runs a command; its standard output. A status other than 0 is an error. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, maxBuffer: 1 << 28, ...options })
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: status ${result.status}\n${result.stderr}`)
  return result.stdout.toString('utf8')
}

const environment = { ...process.env }
delete environment.SOURCE_DATE_EPOCH

export const claimant = (args, options = {}) => run(program, args, { env: environment, ...options })

/** The same, whatever comes of it: {status, stdout, stderr}. */
export function attempt(args, options = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, env: environment, maxBuffer: 1 << 28, encoding: 'utf8', ...options })
  return { status, stdout, stderr }
}

const made = new Map()

/** The graph of a letter as text; made once. */
export function graph(letter, syntax = 'turtle') {
  const key = `${syntax} ${letter}`
  if (!made.has(key)) made.set(key, claimant(['-t', syntax, letter]))
  return made.get(key)
}

const types = { turtle: 'text/turtle', ntriples: 'application/n-triples', nquads: 'application/n-quads', trig: 'application/trig' }

/** Sorted, distinct N-Triples of serd's strict reader. */
export function withSerd(text, syntax) {
  const out = run('serdi', ['-i', syntax, '-o', 'ntriples', '-'], { input: text })
  return [...new Set(out.split('\n').filter(Boolean))].sort()
}

export function storeOf(...texts) {
  const store = new oxigraph.Store()
  for (const [text, syntax] of texts) store.load(text, { format: types[syntax] })
  return store
}

/** Sorted N-Triples of oxigraph. */
export function withOxigraph(text, syntax) {
  const out = storeOf([text, syntax]).dump({ format: 'application/n-triples', from_graph_name: oxigraph.defaultGraph() })
  return out.split('\n').filter(Boolean).sort()
}

export const quadsOf = text => new Parser({ format: 'text/turtle' }).parse(text)

const dataset = text => new N3Store(quadsOf(text))

const shapes = dataset(read('vocab/shapes.ttl'))

/** What SHACL finds wrong in quads: one line each. */
export async function violations(quads) {
  const report = await new SHACLValidator(shapes).validate(new N3Store(quads))
  const lines = report.results.map(result => {
    const message = result.message.map(term => term.value).join(', ')
    return `${result.focusNode?.value} ${result.path?.value ?? ''}: ${message}`
  })
  if (!report.conforms && !lines.length) lines.push('does not conform')
  return lines
}

const plain = term => (term === undefined ? null : term.value.replace(/^.*[#]/, ''))

/** Answers of a query kept in samples/queries: rows of plain strings, IRIs cut to their last part. */
export function ask(name, store, replace = query => query) {
  const query = replace(read(`samples/queries/${name}.rq`))
  const rows = store.query(query)
  const head = query.slice(query.indexOf('SELECT'), query.indexOf('WHERE')).replace(/\(.*? AS (\?\w+)\)/g, '$1')
  const names = [...head.matchAll(/\?(\w+)/g)].map(match => match[1])
  return rows.map(row => names.map(variable => plain(row.get(variable))))
}
