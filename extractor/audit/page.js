'use strict'
// Puts the page together: what was kept, saving and opening, and the first look.

let saidTimer
function say(message) {
  $('said').textContent = message
  clearTimeout(saidTimer)
  saidTimer = setTimeout(() => { $('said').textContent = '' }, 6000)
}

function setReviewer(name) {
  model.reviewer = name.trim().slice(0, 200)
  $('reviewer').value = model.reviewer
  try { localStorage.setItem('claimant-audit:reviewer', model.reviewer) } catch { /* said by showKept */ }
  changed()
}

// ---- What changes with decisions ----

function showProgress() {
  const counts = { accept: 0, correct: 0, reject: 0, unsure: 0, missed: 0 }
  for (const d of model.decisions) if (d.reviewer === model.reviewer && itemNumber.has(d.item)) counts[d.decision]++
  const share = n => `${items.length ? (n / items.length) * 100 : 0}%`
  $('bar-accepted').style.width = share(counts.accept + counts.correct)
  $('bar-rejected').style.width = share(counts.reject)
  $('bar-unsure').style.width = share(counts.unsure)
  $('progress-words').textContent = `${counts.accept + counts.correct + counts.reject + counts.unsure} of ${items.length} decided`
}

function showKept() {
  const orphans = model.orphans.length ? ` ${model.orphans.length} decision${model.orphans.length > 1 ? 's' : ''} of an earlier version of the letter no longer find${model.orphans.length > 1 ? '' : 's'} an item.` : ''
  $('kept').textContent = (model.fault || 'Decisions are kept in this browser only, until you save them to a file.') + orphans
  $('kept').classList.toggle('warning', !!model.fault)
}

function showDecision(number) {
  if (number === undefined || (rowOf[number].dataset.d ?? '') === (myDecision(items[number])?.decision ?? '')) return
  rowDecision(number)
  markDecision(number)
}

model.listeners.push(id => {
  if (id === undefined) items.forEach((item, number) => showDecision(number))
  else showDecision(itemNumber.get(id))
  showProgress()
  showKept()
  showCount()
  lightMissed()
  drawDetail()
})

// ---- Files ----

const stemOf = name => baseName(name).replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9_-]+/g, '-') || 'letter'

function save(format) {
  const all = [...model.decisions, ...model.orphans].sort((a, b) => a.start - b.start || a.end - b.end || (a.reviewer < b.reviewer ? -1 : 1))
  if (!all.length) return say('There is no decision to save yet')
  const reviewers = [...new Set(all.map(d => d.reviewer))], who = reviewers.length === 1 ? `.${stemOf(reviewers[0])}` : ''
  const content = format === 'csv' ? toCsv(all) : toTurtle(all, () => data)
  download(`${stemOf(data.name)}${who}.decisions.${format}`, format === 'csv' ? 'text/csv' : 'text/turtle', content)
  say(`${all.length} decision${all.length > 1 ? 's' : ''} saved`)
}

function tellErrors(name, errors) {
  const shown = errors.slice(0, 50).map(error => el('li', {}, `line ${error.line}: ${error.message}`))
  openDialog('Nothing was opened', el('p', {}, bdi(name), ' has faults; no decision of it was taken:'), el('ul', { class: 'others' }, shown), errors.length > 50 ? el('p', {}, `and ${errors.length - 50} more`) : '', closeButton())
}

async function openFile(file) {
  const { decisions, errors } = readDecisions(await file.text())
  if (errors.length) return tellErrors(file.name, errors)
  const mine = decisions.filter(d => d.sha256 === data.sha256 || baseName(d.letter) === baseName(data.name))
  if (decisions.length && !mine.length) return tellErrors(file.name, [{ line: 2, message: `the decisions are about another letter, ${decisions[0].letter}` }])
  const { taken, orphans, others } = takeDecisions(decisions)
  if (!model.reviewer && new Set(mine.map(d => d.reviewer)).size === 1) setReviewer(mine[0].reviewer)
  say(`${taken} decision${taken === 1 ? '' : 's'} opened${others ? `, ${others} about other letters left out` : ''}`)
  if (orphans.length)
    openDialog('Some decisions find no item', el('p', {}, 'The letter or the rules have changed. These are kept and saved, but show nowhere:'),
      el('ul', { class: 'others' }, orphans.slice(0, 100).map(d => el('li', {}, el('span', { class: 'type' }, d.type), ' ', bdi(shorten(d.text, 80)), `, ${d.decision} by `, bdi(d.reviewer)))), closeButton())
}

$('file').addEventListener('change', async event => {
  const [file] = event.target.files
  if (file) await openFile(file)
  event.target.value = ''
})
$('save').addEventListener('click', () => save('csv'))
$('open').addEventListener('click', () => $('file').click())
$('help').addEventListener('click', showKeys)
$('reviewer').addEventListener('change', event => setReviewer(event.target.value))
addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', event => {
  event.preventDefault()
  if (event.dataTransfer?.files[0]) openFile(event.dataTransfer.files[0])
})
addEventListener('beforeunload', event => { if (model.fault && model.decisions.length) event.preventDefault() })
addEventListener('storage', event => {
  if (event.key === storeKey(data.sha256)) loadKept()
})

function loadKept() {
  const { decisions, fault } = readStore(data.sha256)
  model.fault = fault ?? ''
  model.orphans = decisions.filter(d => d.decision !== 'missed' && d.type !== 'Link' && !findItem(d))
  model.decisions = decisions.filter(d => !model.orphans.includes(d))
  changed()
}

state.keysOn = true
for (const box of ['items', 'time', 'asks']) $(`panel-${box}`).tabIndex = 0
$('detail').tabIndex = 0
letterElement.parentElement.tabIndex = 0
makeFilters()
try { setReviewer(localStorage.getItem('claimant-audit:reviewer') ?? '') } catch { /* said by showKept */ }
loadKept()
applyFilters()
drawDetail()
const asked = itemNumber.get(decodeURIComponent(location.hash).replace(/^#[im]-/, ''))
if (asked !== undefined) select(asked, { quiet: true })
addEventListener('resize', () => drawViews())
performance.mark('ready')
document.documentElement.dataset.ready = 'yes'
