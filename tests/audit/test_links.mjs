// Candidate links: decided on in the page, saved, and from then on skos:exactMatch in the graph.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, test } from 'node:test'
import { audit, closeBrowser, downloaded, inWork, keys, numberOf, open, read, run, write } from './browser.mjs'

const names = write('names.ttl', `@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://data.example.org/brackwater-housing> a schema:Organization ; skos:prefLabel "Housing Office"@en .
<https://data.example.org/sarn-housing> a schema:Organization ; skos:prefLabel "Housing Office"@en .
`)
mkdirSync(inWork('letters'))
const letter = write('letters/lifts.txt', 'Dear Mayor Marsh,\n\nWe urge the Housing Office to repair the lifts by 1 May 2023. They stopped eleven times in March, and nobody came.\n\nYours sincerely,\nSamir Okafor\n')
const url = audit('links', '--gazetteer', names, letter)('lifts.html')
after(closeBrowser)

async function decided() {
  const page = await open(url)
  await page.fill('#reviewer', 'Ana')
  await page.evaluate(() => document.activeElement.blur())
  await page.evaluate(i => select(i), await numberOf(page, 'Institution', 'Housing Office'))
  const row = to => page.locator('.links li', { hasText: to })
  await row('brackwater-housing').getByRole('button', { name: 'Accept link' }).click()
  await row('sarn-housing').getByRole('button', { name: 'Reject link' }).click()
  assert.equal(await row('brackwater-housing').getByRole('button', { name: 'Accept link' }).getAttribute('aria-pressed'), 'true')
  return { page, row }
}

test('a letter whose name two concepts have gets candidates, and no link', () => {
  const { out } = run(['--gazetteer', names, '-t', 'ntriples', letter])
  assert.equal(out.match(/#type> <https:\/\/w3id.org\/claimant\/ns#CandidateLink>/g).length, 2)
  assert.doesNotMatch(out, /exactMatch/)
})

test('links are accepted and rejected in the page, undone, and kept', async () => {
  const { page, row } = await decided()
  const kept = () => page.evaluate(() => model.decisions.map(d => [d.type, d.decision]))
  assert.deepEqual(await kept(), [['Link', 'accept'], ['Link', 'reject']])
  await keys(page, 'z')
  assert.deepEqual(await kept(), [['Link', 'accept']])
  await row('sarn-housing').getByRole('button', { name: 'Reject link' }).click()
  await page.reload()
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  assert.deepEqual(await kept(), [['Link', 'accept'], ['Link', 'reject']])
  assert.deepEqual(page.amiss, [])
})

test('an accepted link is skos:exactMatch, a rejected one is gone, and the decisions are told', async () => {
  const { page } = await decided()
  for (const [key, file] of [['s', 'links.csv'], ['S', 'links.ttl']]) {
    const decisions = write(file, (await downloaded(page, () => keys(page, key))).text)
    const report = run(['review', 'import', decisions, '--gazetteer', names, '--letters', inWork('letters')])
    assert.equal(report.status, 0, report.err)
    assert.match(report.out, /^2 decisions by 1 reviewer, 0 of them orphans/)
    const { status, out, err } = run(['--gazetteer', names, '--decisions', decisions, '-t', 'ntriples', letter])
    assert.equal(status, 0, err)
    assert.equal(err, '')
    assert.deepEqual(out.match(/exactMatch> <[^>]*>/g), ['exactMatch> <https://data.example.org/brackwater-housing>'])
    assert.doesNotMatch(out, /linkTo> <https:\/\/data.example.org\/sarn-housing>/)
    assert.equal(out.match(/#type> <https:\/\/w3id.org\/claimant\/ns#Decision>/g).length, 2)
    assert.match(out, /institution-[0-9a-f]+> <http:\/\/www.w3.org\/ns\/prov#wasInfluencedBy>/)
  }
})

test('saved decisions on links open again, also on the page of a letter that was edited elsewhere', async () => {
  const { page } = await decided()
  const file = write('again.csv', (await downloaded(page, () => keys(page, 's'))).text)
  mkdirSync(inWork('edited'))
  const edited = write('edited/lifts.txt', `Brackwater, 3 April 2023\n\n${read(letter)}`)
  const fresh = await open(audit('edited-links', '--gazetteer', names, edited)('lifts.html'))
  await fresh.setInputFiles('#file', file)
  await fresh.waitForFunction(() => model.decisions.length === 2)
  assert.deepEqual(await fresh.evaluate(() => model.decisions.map(d => d.decision)), ['accept', 'reject'])
})

test('without the gazetteer the link is not there: the decision is an orphan, and nothing is linked', async () => {
  const { page } = await decided()
  const decisions = write('orphans.csv', (await downloaded(page, () => keys(page, 's'))).text)
  const report = run(['review', 'import', decisions, '--letters', inWork('letters')])
  assert.match(report.out, /2 of them orphans/)
  assert.match(report.out, /the letter has no such link now/)
  const { out } = run(['--decisions', decisions, '-t', 'ntriples', letter])
  assert.doesNotMatch(out, /exactMatch> <https:\/\/data.example.org/)
})
