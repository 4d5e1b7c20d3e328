'use strict'
// Decisions as Turtle, and the Turtle that is read back: IRIs, prefixed names, literals, "a", ";", "," and ".".

const turtlePrefixes = {
  clm: 'https://w3id.org/claimant/ns#',
  oa: 'http://www.w3.org/ns/oa#',
  prov: 'http://www.w3.org/ns/prov#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'https://schema.org/',
  xsd: 'http://www.w3.org/2001/XMLSchema#'
}
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
const turtleEscapes = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const turtleLiteral = text =>
  `"${text.replace(/["\\\u0000-\u001f\u007f]/g, c => turtleEscapes[c] ?? '\\u' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'))}"`

const turtleIri = iri => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'))}>`

const turtleHead = () => Object.entries(turtlePrefixes).map(([name, iri]) => `@prefix ${name}: <${iri}> .\n`).join('') + '\n'

const turtleToken = /\s+|#[^\n]*|<([^<>"{}|^`\\\u0000-\u0020]*)>|"((?:[^"\\\n\r]|\\.)*)"|(@prefix\b)|@([A-Za-z][A-Za-z0-9-]*)|(\^\^)|([A-Za-z][A-Za-z0-9_-]*)?:([A-Za-z0-9_][A-Za-z0-9_.-]*[A-Za-z0-9_-]|[A-Za-z0-9_])?|([0-9]+)|([a;,.])/y

function turtleUnescape(text, line) {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/g, (all, code) => {
    if (code.length > 1) return String.fromCodePoint(parseInt(code.slice(1), 16))
    const plain = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' }[code]
    if (plain === undefined) throw { line, message: `unknown escape ${all}` }
    return plain
  })
}

function turtleTokens(text) {
  const tokens = []
  let line = 1
  turtleToken.lastIndex = 0
  for (let at = 0; at < text.length; at = turtleToken.lastIndex) {
    turtleToken.lastIndex = at
    const m = turtleToken.exec(text)
    if (!m) throw { line, message: `"${text.slice(at, at + 20).split('\n')[0]}" was not understood; Turtle as this page saves it was expected` }
    if (m[1] !== undefined) tokens.push({ kind: 'iri', value: m[1], line })
    else if (m[2] !== undefined) tokens.push({ kind: 'literal', value: turtleUnescape(m[2], line), line })
    else if (m[3]) tokens.push({ kind: 'prefix', line })
    else if (m[4]) tokens.push({ kind: 'language', line })
    else if (m[5]) tokens.push({ kind: 'type', line })
    else if (m[8] !== undefined) tokens.push({ kind: 'literal', value: m[8], line })
    else if (m[9]) tokens.push({ kind: m[9], line })
    else if (m[0].includes(':') && !/^[\s#]/.test(m[0])) tokens.push({ kind: 'name', prefix: m[6] ?? '', local: m[7] ?? '', line })
    line += m[0].split('\n').length - 1
  }
  return tokens
}

/** Statements as {subject, predicate, object, literal, line}; throws {line, message}. */
function turtleStatements(text) {
  const tokens = turtleTokens(text), prefixes = {}, statements = []
  let at = 0
  const lastLine = tokens.at(-1)?.line ?? 1
  const next = wanted => {
    const token = tokens[at++]
    if (!token) throw { line: lastLine, message: `the file ends where ${wanted} was expected; it may have been cut` }
    return token
  }
  const fail = (token, wanted) => { throw { line: token.line, message: `${wanted} was expected` } }
  const term = wanted => {
    const token = next(wanted)
    if (token.kind === 'iri') return { value: token.value, line: token.line }
    if (token.kind === 'a') return { value: rdfType, line: token.line }
    if (token.kind === 'literal') {
      if (tokens[at]?.kind === 'language') at++
      else if (tokens[at]?.kind === 'type') at++, term('a datatype')
      return { value: token.value, literal: true, line: token.line }
    }
    if (token.kind !== 'name') fail(token, wanted)
    if (!(token.prefix in prefixes)) throw { line: token.line, message: `the prefix ${token.prefix}: is not declared` }
    return { value: prefixes[token.prefix] + token.local, line: token.line }
  }
  while (at < tokens.length) {
    if (tokens[at].kind === 'prefix') {
      at++
      const name = next('a prefix'), iri = next('an IRI'), stop = next('"."')
      if (name.kind !== 'name' || iri.kind !== 'iri' || stop.kind !== '.') fail(name, '@prefix name: <IRI> .')
      prefixes[name.prefix] = iri.value
      continue
    }
    const subject = term('a subject')
    for (let mark = ';'; mark !== '.';) {
      if (tokens[at]?.kind === '.') { at++; break }
      const predicate = term('a predicate')
      do {
        const object = term('an object')
        statements.push({ subject: subject.value, predicate: predicate.value, object: object.value, literal: !!object.literal, line: object.line })
        mark = next('";" or "."').kind
      } while (mark === ',')
      if (mark !== ';' && mark !== '.') fail(tokens[at - 1], '";" or "."')
    }
  }
  return statements
}
