'use strict'
// The items' side: rows, filters, search.

const rowOf = [...document.querySelectorAll('#items li')]
const rowLists = [...document.querySelectorAll('#items > ol')]
const state = { current: -1, visible: items.map((_, i) => i), types: new Set(), search: '' }
const facets = {
  rule: { label: 'Rule', of: item => [rules[item.rule].id] },
  strength: { label: 'Strength', of: item => [featureOf(item, 'strength')] },
  addressee: { label: 'Addressee', of: item => rolesNamed(item, 'addressee').map(fillerOf) },
  subject: { label: 'Subject', of: subjectsOf }
}
const decidedChoices = { any: 'all', open: 'not decided', decided: 'decided', accept: 'accepted', correct: 'corrected', reject: 'rejected', unsure: 'unsure', differ: 'reviewers differ' }

// ---- What a row says ----

function rowDecision(number) {
  const row = rowOf[number], decision = myDecision(items[number])?.decision
  if (decision) row.dataset.d = decision
  else delete row.dataset.d
  const badge = row.querySelector('.badge') ?? row.querySelector('.by').insertBefore(el('span', { class: 'badge' }), row.querySelector('.facts'))
  badge.textContent = decision ? `${verdictMarks[decision]} ${decision}` : ''
}

// ---- Filters ----

const haystacks = []
const haystackOf = number => haystacks[number] ??= [words(items[number].at), words(items[number].evidence), items[number].type, rules[items[number].rule].id,
  ...items[number].features.map(f => `${f.name} ${f.value}`), ...items[number].roles.map(r => `${r.name} ${r.text ?? ''} ${fillerOf(r)}`)]
  .map(oneLine).join('\n').toLowerCase()

function isDecidedAs(item, wanted) {
  if (wanted === 'any') return true
  const mine = myDecision(item)?.decision
  if (wanted === 'open') return !mine
  if (wanted === 'decided') return !!mine
  if (wanted === 'differ') return new Set([mine, ...othersDecisions(item).map(d => d.decision)].filter(Boolean)).size > 1
  return mine === wanted
}

const fieldValue = name => $(`filter-${name}`).value

/** A list none of whose rows are shown takes no room, and one that was never drawn about as much as they will. */
function fitLists() {
  for (const list of rowLists) {
    let shown = 0
    for (const row of list.children) if (!row.hidden) shown++
    list.hidden = !shown
    list.style.containIntrinsicBlockSize = `${shown * 3.9}rem`
  }
}

function isWanted(item, number, wanted) {
  if (!state.types.has(item.type)) return false
  if (item.confidence * 100 < wanted.confidence) return false
  if (!isDecidedAs(item, wanted.decided)) return false
  for (const name of wanted.facets) if (!facets[name].of(item).includes(wanted[name])) return false
  return wanted.terms.every(term => haystackOf(number).includes(term))
}

function applyFilters() {
  const wanted = { confidence: Number(fieldValue('confidence')), decided: fieldValue('decided'), terms: state.search.toLowerCase().split(/\s+/).filter(Boolean) }
  for (const name of Object.keys(facets)) wanted[name] = fieldValue(name)
  wanted.facets = Object.keys(facets).filter(name => wanted[name])
  state.visible = []
  let changes = 0
  items.forEach((item, number) => {
    const shown = isWanted(item, number, wanted)
    if (shown) state.visible.push(number)
    if (rowOf[number].hidden === shown) {
      changes++
      rowOf[number].hidden = !shown
      for (const mark of marksOf[number]) mark.classList.toggle('off', !shown)
      flagOf[number]?.classList.toggle('off', !shown)
    }
  })
  if (changes) fitLists()
  $('filter-confidence-words').textContent = `${wanted.confidence} %`
  const used = [wanted.confidence > 0, wanted.decided !== 'any', ...Object.keys(facets).map(name => wanted[name])].filter(Boolean).length
  $('filter-words').textContent = used ? `(${used} on)` : ''
  showCount()
  lightFound(wanted.terms)
  drawViews()
}

function showCount() {
  const open = state.visible.filter(number => !myDecision(items[number])).length
  const shown = state.visible.length === items.length ? `${items.length} items` : `${state.visible.length} of ${items.length} items`
  $('count').textContent = `· ${shown}, ${open} not decided`
}

/** The words of the search wherever the letter has them. */
function lightFound(terms) {
  const places = [], low = text.toLowerCase()
  if (low.length === text.length)
    for (const term of terms.length ? [state.search.toLowerCase().trim()] : [])
      for (let at = low.indexOf(term); at >= 0 && places.length < 2000; at = low.indexOf(term, at + term.length)) places.push([at, at + term.length])
  light('found', places)
  state.found = places
}

function setFacet(name, value) {
  if (![...$(`filter-${name}`).options].some(option => option.value === value)) return
  $(`filter-${name}`).value = value
  $('filters').open = true
  applyFilters()
}

function resetFilters() {
  for (const name of Object.keys(facets)) $(`filter-${name}`).value = ''
  $('filter-confidence').value = 0
  $('filter-decided').value = 'any'
  $('search').value = state.search = ''
  for (const box of $('types').querySelectorAll('input')) box.checked = true
  state.types = new Set(data.types.map(type => type.name))
  applyFilters()
}

const option = (value, label) => el('option', { value }, label)

function makeFilters() {
  const counts = new Map()
  for (const item of items) counts.set(item.type, (counts.get(item.type) ?? 0) + 1)
  for (const type of data.types) {
    state.types.add(type.name)
    if (!counts.has(type.name)) continue
    const box = el('input', { type: 'checkbox', checked: true, onchange: () => {
      if (box.checked) state.types.add(type.name)
      else state.types.delete(type.name)
      applyFilters()
    } })
    $('types').append(el('label', { class: `type-box t${type.slot}` }, box, el('span', { class: 'type' }, type.name), ' ', el('span', { class: 'n' }, counts.get(type.name))))
  }
  const fields = $('filter-fields')
  for (const [name, facet] of Object.entries(facets)) {
    const values = new Map()
    for (const item of items) for (const value of new Set(facet.of(item))) if (value) values.set(value, (values.get(value) ?? 0) + 1)
    const sorted = [...values].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    fields.append(el('label', {}, facet.label, ' ', el('select', { id: `filter-${name}`, onchange: applyFilters }, option('', 'all'), sorted.map(([value, n]) => option(value, `${shorten(value, 48)} (${n})`)))))
  }
  fields.append(el('label', {}, 'Decision ', el('select', { id: 'filter-decided', onchange: applyFilters }, Object.entries(decidedChoices).map(([value, label]) => option(value, label)))))
  fields.append(el('label', {}, 'Confidence at least ', el('input', { type: 'range', id: 'filter-confidence', min: 0, max: 100, step: 1, value: 0, oninput: applyFilters }), el('output', { id: 'filter-confidence-words' }, '0 %')))
  fields.append(el('button', { type: 'button', onclick: resetFilters }, 'Show all'))
}

let searchTimer
$('search').addEventListener('input', () => {
  clearTimeout(searchTimer)
  searchTimer = setTimeout(() => { state.search = $('search').value; applyFilters() }, 60)
})
$('search').addEventListener('keydown', event => {
  if (event.key === 'Enter' && state.found?.length) {
    state.foundAt = ((state.foundAt ?? -1) + 1) % state.found.length
    const range = rangeOf(...state.found[state.foundAt])
    if (range) scrollInside(letterElement.parentElement, range.startContainer.parentElement, 0.35)
    say(`Place ${state.foundAt + 1} of ${state.found.length} in the letter`)
  }
})

// ---- Selecting ----

/** Makes an item the current one. `focus`: "row" or "flag" to move the focus too. */
function select(number, { focus, quiet } = {}) {
  const before = state.current
  if (rowOf[before]) rowOf[before].removeAttribute('aria-current')
  state.current = number
  lightItem(number, before)
  if (number >= 0) {
    rowOf[number].setAttribute('aria-current', 'true')
    if (!$('panel-items').hidden && !isShown(rowOf[number], $('panel-items'))) scrollInside($('panel-items'), rowOf[number], 0.3)
    showInLetter(number)
    if (focus === 'row') rowOf[number].querySelector('a.row').focus({ preventScroll: true })
    if (!quiet) try { history.replaceState(null, '', `#i-${items[number].id}`) } catch { /* some pages have no history */ }
  }
  drawDetail()
}

function step(by, wanted = () => true) {
  const list = state.visible.filter(number => wanted(number) || number === state.current)
  if (!list.length) return false
  const at = list.indexOf(state.current)
  const nearest = state.visible.findIndex(number => number > state.current)
  const to = at >= 0 ? at + by : by > 0 ? (nearest < 0 ? -1 : list.indexOf(state.visible[nearest])) : nearest < 0 ? list.length - 1 : nearest - 1
  if (to < 0 || to >= list.length || (list[to] === state.current && by)) return false
  select(list[to], { focus: 'row' })
  return true
}

$('items').addEventListener('click', event => {
  const link = event.target.closest('a.row'), row = event.target.closest('li')
  if (link) event.preventDefault()
  if (row && !(event.target.closest('.facts') && !getSelection().isCollapsed)) select(Number(row.dataset.i), { focus: 'row' })
})
