'use strict'
// Two drawings: when things are, and who asks what of whom. Both follow the filters.

const viewNames = ['items', 'time', 'asks']

function showView(name) {
  for (const view of viewNames) {
    const chosen = view === name
    $(`tab-${view}`).setAttribute('aria-selected', String(chosen))
    $(`tab-${view}`).tabIndex = chosen ? 0 : -1
    $(`panel-${view}`).hidden = !chosen
  }
  state.view = name
  drawViews()
}

function drawViews() {
  if (state.view === 'time') drawTimeline()
  if (state.view === 'asks') drawAsks()
}

const itemLink = (number, label, attributes = {}) => el('a', { href: `#i-${items[number].id}`, onclick: event => { event.preventDefault(); select(number) }, ...attributes }, label)

// ---- Timeline ----

/** A value such as 2017, 2017-05, 2017-05-03, 201X, 2016/2017 as [from, to) in years; null when it has no place. */
function yearsOf(value) {
  const ends = value.split('/')
  if (ends.length === 2 && ends.every(end => /^\d{4}/.test(end))) return [yearsOf(ends[0])?.[0], yearsOf(ends[1])?.[1]]
  const decade = /^(\d{3})[Xu]?$/.exec(value)
  if (decade) return [Number(decade[1]) * 10, Number(decade[1]) * 10 + 10]
  const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q([1-4])|-(SP|SU|FA|WI))?$/.exec(value)
  if (!m) return null
  const year = Number(m[1])
  if (m[4]) return [year + (m[4] - 1) / 4, year + m[4] / 4]
  if (m[5] || !m[2]) return [year, year + 1]
  const month = (m[2] - 1) / 12
  return m[3] ? [year + month + (m[3] - 1) / 372, year + month + m[3] / 372] : [year + month, year + month + 1 / 12]
}

function datedItems() {
  const dated = []
  let other = 0
  for (const number of state.visible) {
    const value = featureOf(items[number], 'value')
    if (!value || !items[number].features.some(f => f.name === 'timex' || f.name === 'edtf')) continue
    const place = yearsOf(value)
    if (place && place.every(Number.isFinite)) dated.push({ number, value, from: place[0], to: place[1] })
    else other++
  }
  dated.sort((a, b) => a.from - b.from || a.to - b.to || a.number - b.number)
  return { dated, other }
}

function niceStep(span, ticks) {
  for (const size of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]) if (span / size <= ticks) return size
  return 5000
}

function drawTimeline() {
  const { dated, other } = datedItems(), panel = $('panel-time')
  const rest = other ? el('p', { class: 'hint' }, `${other} more have no place on a calendar: lengths of time, times of day, “recently”.`) : ''
  if (!dated.length) return panel.replaceChildren(el('p', { class: 'hint' }, 'No dates among these items.'), rest)
  const width = Math.max(260, panel.clientWidth - 32), low = Math.min(...dated.map(d => d.from)), high = Math.max(...dated.map(d => d.to))
  const margin = Math.max((high - low) * 0.04, 0.1), from = low - margin, to = high + margin, x = year => 8 + (year - from) / (to - from) * (width - 16)
  const lanes = [], marks = dated.map(d => {
    let lane = lanes.findIndex(end => end + 3 < x(d.from))
    if (lane < 0) lane = lanes.length
    lanes[lane] = Math.max(x(d.to), x(d.from) + 7)
    return { ...d, lane }
  })
  const height = Math.min(lanes.length, 24) * 10 + 34, size = niceStep(to - from, Math.max(2, Math.floor(width / 64))), ticks = []
  for (let year = Math.ceil(from / size) * size; year <= to; year += size)
    ticks.push(el('line', { x1: x(year), x2: x(year), y1: 0, y2: height - 18, class: 'tick' }), el('text', { x: x(year), y: height - 4, 'text-anchor': 'middle' }, String(year)))
  const bars = marks.map(m => el('rect', { x: x(m.from), y: 6 + Math.min(m.lane, 23) * 10, width: Math.max(6, x(m.to) - x(m.from)), height: 6, rx: 3, class: `when t${slotOf(items[m.number])}` }, el('title', {}, `${m.value} ${oneLine(words(items[m.number].at))}`)))
  const rows = dated.map(d => el('li', { class: `t${slotOf(items[d.number])}` }, el('span', { class: 'value' }, d.value), itemLink(d.number, bdi(shorten(words(items[d.number].at), 60))), el('span', { class: 'from' }, bdi(shorten(words(items[d.number].evidence), 110)))))
  panel.replaceChildren(el('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${dated.length} dates from ${dated[0].value} to ${dated.at(-1).value}; the list below has them` }, ticks, bars), el('ol', { class: 'dates' }, rows), rest)
}

// ---- Who asks what of whom ----

const mostAsks = 60

/** Who a role's property names in the graph, which knows more than the words do; else what the words say. */
function partiesOf(item, role) {
  const named = objectsOf(`d:${item.id}`, `clm:${role}`).map(term => labelOf(local(term)))
  return named.length ? named : rolesNamed(item, role).map(fillerOf).filter(Boolean)
}

function askOf(number) {
  const item = items[number], addressees = partiesOf(item, 'addressee'), demanders = partiesOf(item, 'demander')
  return { number, from: demanders.length ? [...new Set(demanders)] : ['not said'], to: addressees.length ? [...new Set(addressees)] : ['not said'] }
}

function columnOf(asks, side) {
  const places = new Map()
  asks.forEach((ask, i) => { for (const name of ask[side]) places.set(name, [...(places.get(name) ?? []), i]) })
  return [...places].map(([name, at]) => ({ name, at, y: at.reduce((sum, i) => sum + i, 0) / at.length })).sort((a, b) => a.y - b.y)
}

/** Keeps names of a column apart. */
function spread(column, rowHeight, height) {
  let last = -Infinity
  for (const node of column) last = node.y = Math.max(node.y * rowHeight + rowHeight / 2 + 10, last + 24)
  const over = last + 14 - height
  if (over > 0) for (const node of column) node.y -= Math.min(over, Math.max(0, node.y - 14))
}

function drawAsks() {
  const panel = $('panel-asks'), all = state.visible.filter(number => items[number].roles.some(role => role.name === 'addressee')).map(askOf), asks = all.slice(0, mostAsks)
  if (!asks.length) return panel.replaceChildren(el('p', { class: 'hint' }, 'No demands among these items.'))
  const width = Math.max(280, panel.clientWidth - 32), side = Math.min(170, width * 0.26), row = 26, froms = columnOf(asks, 'from'), tos = columnOf(asks, 'to')
  const height = Math.max(asks.length * row, froms.length * 24, tos.length * 24) + 24, fits = w => Math.max(6, Math.floor(w / 6.6))
  spread(froms, row, height)
  spread(tos, row, height)
  const left = side + 14, right = width - side - 14, y = i => i * row + row / 2 + 10
  const path = (x1, y1, x2, y2, number) => el('path', { d: `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`, class: `edge t${slotOf(items[number])}`, 'data-strength': featureOf(items[number], 'strength') })
  const edges = asks.flatMap((ask, i) => [
    ...froms.filter(node => ask.from.includes(node.name)).map(node => path(side, node.y, left, y(i), ask.number)),
    ...tos.filter(node => ask.to.includes(node.name)).map(node => path(right, y(i), width - side, node.y, ask.number))])
  const names = (column, x, anchor) => column.map(node => el('text', { x, y: node.y + 4, 'text-anchor': anchor, class: 'who' }, shorten(node.name, fits(side)), el('title', {}, node.name)))
  const svg = el('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Who asks what of whom: who asks on the left, what in the middle, of whom on the right' }, edges, names(froms, 0, 'start'), names(tos, width, 'end'))
  asks.forEach((ask, i) => {
    const label = words(items[ask.number].at), link = document.createElementNS('http://www.w3.org/2000/svg', 'a')
    link.setAttribute('href', `#i-${items[ask.number].id}`)
    link.setAttribute('aria-label', `${shorten(label, fits(right - left - 8))}: ${ask.from.join(', ')} asks ${ask.to.join(', ')}: ${oneLine(label)}`)
    link.addEventListener('click', event => { event.preventDefault(); select(ask.number) })
    link.append(el('text', { x: left + 4, y: y(i) + 4 }, shorten(label, fits(right - left - 8))))
    svg.append(link)
  })
  panel.replaceChildren(svg, all.length > asks.length ? el('p', { class: 'hint' }, `The first ${asks.length} of ${all.length}; filter to see others.`) : '')
}
