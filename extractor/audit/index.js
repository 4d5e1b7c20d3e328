'use strict'
// The index: search, sorting, how far each letter is, and all decisions in one file.

const letters = JSON.parse(document.getElementById('data').textContent)
const body = document.querySelector('#letters tbody'), rows = [...body.rows]
const byId = id => document.getElementById(id)

let fault
const kept = new Map(letters.map(letter => {
  const read = readStore(letter.sha256)
  fault ??= read.fault
  return [letter.sha256, read.decisions]
}))

function showDecided() {
  letters.forEach((letter, i) => {
    const decided = new Set(kept.get(letter.sha256).filter(d => d.decision !== 'missed').map(d => d.item)).size
    const cell = rows[i].querySelector('[data-all]')
    cell.textContent = `${Math.min(decided, letter.items)} of ${letter.items}`
    cell.dataset.v = letter.items ? decided / letter.items : 1
  })
}

function filter() {
  const terms = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean), show = byId('show').value
  for (const row of rows) {
    const share = Number(row.querySelector('[data-all]').dataset.v), low = row.textContent.toLowerCase()
    row.hidden = !terms.every(term => low.includes(term)) || (show === 'open' && share >= 1) || (show === 'done' && share < 1)
  }
}

const valueOf = (row, column) => {
  const cell = row.cells[column]
  return cell.dataset.v ?? (cell.className === 'n' ? Number(cell.textContent) : cell.textContent)
}

function sortBy(column, head) {
  const down = head.getAttribute('aria-sort') === 'ascending'
  for (const other of head.parentElement.cells) other.setAttribute('aria-sort', 'none')
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
  const sorted = [...rows].sort((a, b) => {
    const x = valueOf(a, column), y = valueOf(b, column)
    return (typeof x === 'number' ? x - y : x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1)
  })
  body.append(...sorted)
}

document.querySelectorAll('#letters thead th').forEach((head, column) => {
  const button = document.createElement('button')
  button.type = 'button'
  button.append(...head.childNodes)
  button.addEventListener('click', () => sortBy(column, head))
  head.append(button)
})

function saveAll() {
  const all = letters.flatMap(letter => kept.get(letter.sha256))
  byId('said').textContent = all.length ? `${all.length} decisions saved` : 'There is no decision to save yet'
  if (all.length) download('all.decisions.csv', 'text/csv', toCsv(all))
}

byId('kept').textContent = fault ?? 'Decisions are kept in this browser only, until you save them to a file.'
byId('kept').classList.toggle('warning', !!fault)
byId('search').addEventListener('input', filter)
byId('show').addEventListener('change', filter)
byId('save').addEventListener('click', saveAll)
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select')) return
  if (event.key === 's') saveAll()
  if (event.key === '/') event.preventDefault(), byId('search').focus()
})
showDecided()
filter()
document.documentElement.dataset.ready = 'yes'
