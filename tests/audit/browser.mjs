// What the tests of audit pages share: the program, a browser that has no network, and letters to look at.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const program = path.resolve(root, process.env.CLAIMANT ?? 'claimant')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where Debian, or CHROMIUM, has it; tests/run skips these tests where there is none. */
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(file => file && existsSync(file))

export const work = mkdtempSync(path.join(tmpdir(), 'claimant-audit-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

export const inWork = name => path.join(work, name)
export const write = (name, content) => (writeFileSync(inWork(name), content), inWork(name))
export const read = name => readFileSync(path.isAbsolute(name) ? name : path.join(root, name), 'utf8')

/** {status, out, err} of a command. */
export function run(args, options = {}) {
  const { SOURCE_DATE_EPOCH, ...env } = process.env
  const result = spawnSync(program, args, { cwd: root, env, maxBuffer: 1 << 28, encoding: 'utf8', ...options })
  if (result.error) throw result.error
  return { status: result.status, out: result.stdout, err: result.stderr }
}

/** Pages of letters in a folder of that name; an error where the command fails. */
export function audit(name, ...args) {
  const { status, err } = run(['audit', ...args, '-o', inWork(name)])
  if (status !== 0) throw new Error(`audit ${args.join(' ')}: status ${status}\n${err}`)
  return file => pathToFileURL(path.join(work, name, file)).href
}

let browser
export async function openBrowser() {
  browser ??= await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  return browser
}
export const closeBrowser = () => browser?.close()

/** A page that has been made ready. What it asks of the network, and every error in it, is in `amiss`. */
export async function open(url, { init, ...options } = {}) {
  const context = await (await openBrowser()).newContext({ viewport: { width: 1400, height: 900 }, acceptDownloads: true, ...options })
  const page = await context.newPage()
  page.amiss = []
  page.on('pageerror', error => page.amiss.push(`error: ${error.message}`))
  page.on('console', message => ['error', 'warning'].includes(message.type()) && page.amiss.push(`console: ${message.text()}`))
  page.on('request', request => request.url() !== url.split('#')[0] && !request.url().startsWith('blob:') && page.amiss.push(`request: ${request.url()}`))
  page.on('dialog', dialog => { page.amiss.push(`dialog: ${dialog.message()}`); dialog.dismiss() })
  if (init) await page.addInitScript(init)
  await page.goto(url)
  if (options.javaScriptEnabled !== false) await page.waitForSelector('html[data-ready]', { state: 'attached' })
  return page
}

export const keys = async (page, ...list) => { for (const key of list) await page.keyboard.press(key) }

/** What the browser downloads while something is done: {name, text}. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

/** What axe-core finds, a line each. */
export async function axe(page) {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
}

/** Selects words in the letter, the first place they stand at. */
export const selectWords = (page, words) => page.evaluate(wanted => {
  const at = text.indexOf(wanted)
  if (at < 0) throw new Error(`not in the letter: ${wanted}`)
  const range = rangeOf(at, at + wanted.length)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}, words)

/** The number of the item with these words. */
export const numberOf = (page, type, words) => page.evaluate(([wantedType, wanted]) => items.findIndex(item => item.type === wantedType && text.slice(...item.at) === wanted), [type, words])
