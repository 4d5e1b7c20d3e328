// Writes vocab/lists/given-names.txt and family-names.txt from an npm package, which is looked for in the current
// folder, and from vocab/sources/NAME-more.txt, names that the package lacks or has in other scripts:
//   npm install --no-save @faker-js/faker@9.9.0
//   node PATH/vocab/scripts/names.mjs
// Left out are names of several words, those in lists/ambiguous-names.txt, and those in sources/names-left-out.txt,
// which are words or places more than names.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const vocab = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const { allLocales } = createRequire(path.join(process.cwd(), 'any.js'))('@faker-js/faker')

const lines = name => readFileSync(path.join(vocab, name), 'utf8').split('\n').filter(line => line)
const names = name => lines(name).filter(line => !line.startsWith('#'))

/** All strings in what a locale has under a key: lists, weighted lists, lists by sex. */
const strings = value => typeof value === 'string' ? [value]
  : Array.isArray(value) ? value.flatMap(item => strings(item?.value ?? item))
    : value && typeof value === 'object' ? Object.values(value).flatMap(strings) : []

// What Unicode does not take apart into a letter and a mark.
const letters = { ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ß: 'ss', ı: 'i', æ: 'ae', Æ: 'Ae', ə: 'a', Ə: 'A' }
const plain = name => name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[øØłŁđĐßıæÆəƏ]/g, letter => letters[letter])
const isLatinWord = name => /^[\p{Script=Latin}\p{M}'.\-’]+$/u.test(name)

for (const [list, key] of [['given-names', 'first_name'], ['family-names', 'last_name']]) {
  const leftOut = new Set([...names('lists/ambiguous-names.txt'), ...names('sources/names-left-out.txt')])
  const found = Object.values(allLocales).flatMap(locale => strings(locale.person?.[key])).map(name => name.trim())
    .filter(isLatinWord).flatMap(name => [name, plain(name)]).filter(name => !leftOut.has(name))
  const all = [...new Set([...found, ...names(`sources/${list}-more.txt`)])].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const head = lines(`lists/${list}.txt`).filter(line => line.startsWith('#'))
  writeFileSync(path.join(vocab, `lists/${list}.txt`), [...head, ...all].join('\n') + '\n')
}
