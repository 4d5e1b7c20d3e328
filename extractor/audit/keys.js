'use strict'
// The keyboard, and the dialogs.

const keys = [
  ['j', 'next item', () => step(1)], ['k', 'item before', () => step(-1)],
  ['n', 'next item that is not decided', () => step(1, number => !myDecision(items[number])) || say('No item after this one is left to decide')],
  ['a', 'accept, and go on', () => giveVerdict('accept', true)], ['r', 'reject, and go on', () => giveVerdict('reject', true)],
  ['u', 'unsure, and go on', () => giveVerdict('unsure', true)], ['c', 'write a note', () => $('note')?.focus()],
  ['z', 'undo', () => { const last = undo(); say(last ? `Undone: ${last.label}` : 'There is nothing to undo') }],
  ['e', 'correct type, roles and features', openCorrect], ['b', 'take the words selected in the letter instead', () => correctSpan()],
  ['m', 'add a missed item: the words selected in the letter', () => addMissed()],
  ['s', 'save the decisions as CSV', () => save('csv')], ['S', 'save the decisions as Turtle', () => save('ttl')], ['o', 'open saved decisions', () => $('file').click()],
  ['/', 'search', () => $('search').focus()], ['f', 'filter', () => { $('filters').open = !$('filters').open; if ($('filters').open) $('filter-rule').focus() }],
  ['x', 'show all items again', () => resetFilters()],
  ['1', 'items', () => showView('items')], ['2', 'timeline', () => showView('time')], ['3', 'who asks whom', () => showView('asks')],
  ['l', 'to the letter', () => (flagOf[state.current] ?? letterElement).focus()], ['?', 'these keys', () => showKeys()]
]
const keyOf = new Map(keys.map(key => [key[0], key]))
keyOf.set('ArrowDown', keyOf.get('j')).set('ArrowUp', keyOf.get('k'))

function openCorrect() {
  if (!items[state.current]) return
  $('correct').open = state.correcting = true
  $('correct').querySelector('select').focus()
}

const isTyping = target => target.closest('input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]')

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $('dialog').open) return
  if (event.key === 'Escape') {
    if (!isTyping(event.target)) return
    event.target.blur()
    rowOf[state.current]?.querySelector('a.row').focus({ preventScroll: true })
    return
  }
  if (isTyping(event.target) || !state.keysOn) return
  const arrows = event.key.startsWith('Arrow')
  if (arrows && !event.target.closest('#items, body:focus') && event.target !== document.body) return
  const key = keyOf.get(event.key)
  if (!key) return
  event.preventDefault()
  key[2]()
})

// ---- Tabs ----

for (const view of viewNames) {
  $(`tab-${view}`).addEventListener('click', () => showView(view))
  $(`tab-${view}`).addEventListener('keydown', event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const to = viewNames[(viewNames.indexOf(view) + by + viewNames.length) % viewNames.length]
    showView(to)
    $(`tab-${to}`).focus()
  })
}

// ---- Dialogs ----

function openDialog(title, ...content) {
  const dialog = $('dialog')
  dialog.replaceChildren(el('h2', { id: 'dialog-title' }, title), ...content)
  dialog.showModal()
  return dialog
}

const closeButton = () => el('p', { class: 'end' }, el('button', { type: 'button', onclick: () => $('dialog').close() }, 'Close'))

function showKeys() {
  const box = el('input', { type: 'checkbox', checked: state.keysOn, onchange: () => { state.keysOn = box.checked } })
  openDialog('Keys', el('div', { class: 'keys', tabindex: 0, role: 'group', 'aria-label': 'Keys' }, el('dl', {}, keys.map(([key, label]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, label))))),
    el('p', {}, el('label', {}, box, ' single keys work')), closeButton())
}

/** Goes on once there is a name to decide in. */
function withReviewer(then) {
  if (model.reviewer) return then()
  const input = el('input', { id: 'name', maxlength: 200, required: true, autocomplete: 'name' })
  openDialog('Who decides?', el('form', { method: 'dialog', onsubmit: () => { setReviewer(input.value); if (model.reviewer) setTimeout(then) } },
    el('p', {}, el('label', {}, 'Your name, kept with each decision ', input)), el('p', { class: 'end' }, el('button', { type: 'button', onclick: () => $('dialog').close() }, 'Cancel'), ' ', el('button', { class: 'main' }, 'Go on'))))
  input.focus()
}

function addMissed() {
  const place = selectedPlace()
  if (!place) return say('Select the missed words in the letter first')
  withReviewer(() => {
    const chosen = el('select', { id: 'missed-type' }, data.types.map(type => option(type.name, type.name)))
    if (items[state.current]) chosen.value = items[state.current].type
    openDialog('A missed item', el('form', { method: 'dialog', onsubmit: () => putMissed(place, chosen.value) }, el('blockquote', {}, bdi(words(place))),
      el('p', {}, el('label', {}, 'Type ', chosen)), el('p', { class: 'end' }, el('button', { type: 'button', onclick: () => $('dialog').close() }, 'Cancel'), ' ', el('button', { class: 'main' }, 'Add'))))
    chosen.focus()
  })
}

function putMissed(place, type) {
  const id = `missed-${fingerprint(`${type}\n${words(place)}\n${place[0]}`)}`
  const around = paragraphOf(place), start = toPoints(paragraphAt(toUnits(place[0])).start)
  const item = { id, type, at: place, evidence: place[1] - start <= [...around].length ? [start, start + [...around].length] : place }
  decide(item, blankDecision(item, 'missed'), 'missed item')
  say(`Missed ${type}: ${shorten(words(place), 60)}`)
}
