// Writes vocab/concepts/countries.ttl, demonyms.ttl and capitals.ttl from vocab/sources/states.tsv and three npm
// packages, which are looked for in the current folder:
//   npm install --no-save i18n-iso-countries@7.14.0 i18n-nationality@1.4.0 countries-list@3.4.1
//   node PATH/vocab/scripts/states.mjs
// Says on standard error where the packages know another name for the people of a state than the table does.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const vocab = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(path.join(process.cwd(), 'any.js'))
const iso = require('i18n-iso-countries')
const nationality = require('i18n-nationality')
nationality.registerLocale(require('i18n-nationality/langs/en.json'))
const { countries } = require('countries-list')

const general = 'general knowledge'
const ofCodes = 'npm package i18n-iso-countries 7.14.0 (ISO 3166-1 codes, as facts)'
const ofCapitals = 'npm package countries-list 3.4.1 (capital; MIT, Copyright 2014 Annexare Studio)'

const literal = text => `"${text.replace(/[\\"]/g, '\\$&')}"`
const labels = texts => texts.map(text => `${literal(text)}@en`).join(' , ')
const several = (text = '') => text.split('|').filter(Boolean)

const states = readFileSync(path.join(vocab, 'sources/states.tsv'), 'utf8').split('\n')
  .filter(line => line && !line.startsWith('#')).slice(1)
  .map(line => {
    const [id, name, names, demonyms, capital] = line.split('\t')
    const alpha3 = /^[A-Z]{2}$/.test(id) ? iso.alpha2ToAlpha3(id) : undefined
    if (/^[A-Z]{2}$/.test(id) && !alpha3) throw new Error(`${id} is no code of ISO 3166-1`)
    return { id, name, names: several(names), demonyms: several(demonyms), alpha3, capital: several(capital) }
  })

function file (name, remark, title, description, source, facts, statements, prefixes = '') {
  const head = `# ${remark} Made by scripts/states.mjs from sources/states.tsv.
@prefix clm: <https://w3id.org/claimant/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix v: <https://w3id.org/claimant/vocab/> .

v:${name} a skos:ConceptScheme ;
  dcterms:title "${title}"@en ;
  dcterms:description "${description}"@en ;
  dcterms:source ${source.map(literal).join(' ,\n    ')} ;
  dcterms:license "${facts}" .
`
  writeFileSync(path.join(vocab, `concepts/${name}.ttl`), head + statements.map(statement => `\n${statement}`).join(''))
}

const statement = (subject, lines) => `${subject}\n${lines.filter(Boolean).map(line => `  ${line}`).join(' ;\n')} .\n`

file('countries', 'States: what they are called in English, with their ISO 3166-1 codes.', 'Countries',
  'Member states of the United Nations, observer states, and Kosovo and Taiwan; states of the past that letters still name. The codes are typed notations, so that they are no terms.',
  ['general knowledge (common, official and short names; compared with Unicode CLDR 41)', ofCodes], 'ISC',
  states.map(({ id, name, names, alpha3 }) => statement(`v:country-${id}`, [
    'a skos:Concept', 'skos:inScheme v:countries', `skos:prefLabel ${labels([name])}`,
    names.length && `skos:altLabel ${labels(names)}`,
    alpha3 && `skos:notation "${id}"^^v:iso3166-1-alpha-2 , "${alpha3}"^^v:iso3166-1-alpha-3`,
    `dcterms:source ${[general, ...(alpha3 ? [ofCodes] : [])].map(literal).join(' , ')}`])))

file('demonyms', 'What belongs to a state, or comes from it: adjectives and names of its people.', 'Demonyms',
  'Further labels of the concepts in countries.ttl.', ['general knowledge (compared with the npm package i18n-nationality 1.4.0)'], 'ISC',
  states.filter(state => state.demonyms.length).map(({ id, demonyms }) => statement(`v:country-${id}`, [`skos:altLabel ${labels(demonyms)}`])))
for (const { id, demonyms } of states) {
  const known = nationality.getName(id, 'en')
  if (known && !demonyms.includes(known)) console.error(`${id}: i18n-nationality has "${known}"`)
}

// A capital that shares its name with the state says nothing that the state's name does not.
file('capitals', 'Capitals of states: what the letter is about where it names several of one state.', 'Capitals',
  'Each with the state it belongs to (dcterms:spatial). What else has the name of a capital is not told apart.', [ofCapitals, general], 'MIT',
  states.filter(({ id, name, capital }) => capital.length || (countries[id]?.capital && countries[id].capital !== name))
    .map(({ id, capital }) => {
      const [first, ...rest] = capital.length ? capital : [countries[id].capital]
      return statement(`v:capital-${id}`, [
        'a skos:Concept', 'skos:inScheme v:capitals', `skos:prefLabel ${labels([first])}`, rest.length && `skos:altLabel ${labels(rest)}`,
        `dcterms:spatial v:country-${id}`, `dcterms:source ${literal(capital.length ? general : ofCapitals)}`])
    }))
