'use strict'
// The letter's side: which mark is whose, what is lit, and which words are selected.

const letterElement = $('letter')
const marksOf = items.map(() => [])
const flagOf = []
for (const mark of letterElement.querySelectorAll('mark')) marksOf[mark.dataset.i].push(mark)
for (const flag of letterElement.querySelectorAll('a.f')) {
  flagOf[flag.dataset.i] = flag
  flag.tabIndex = -1
}
const paragraphs = [...letterElement.querySelectorAll('[data-o]')].map(element => ({ element, start: toUnits(Number(element.dataset.o)) }))

// ---- Places ----

function paragraphAt(unit) {
  let low = 0, high = paragraphs.length
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if (paragraphs[middle].start <= unit) low = middle
    else high = middle
  }
  return paragraphs[low]
}

/** The text node and the place in it of an offset in UTF-16. */
function nodeAt(unit, atEnd) {
  const paragraph = paragraphAt(atEnd && unit ? unit - 1 : unit)
  const walker = document.createTreeWalker(paragraph.element, NodeFilter.SHOW_TEXT)
  let at = paragraph.start, last = null
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + node.data.length
    if (unit < end || (atEnd && unit === end)) return { node, offset: unit - at }
    last = { node, offset: node.data.length }
    at = end
  }
  return last
}

function rangeOf(start, end) {
  const from = nodeAt(start, false), to = nodeAt(end, true)
  if (!from || !to) return null
  const range = document.createRange()
  range.setStart(from.node, from.offset)
  range.setEnd(to.node, to.offset)
  return range
}

function unitOf(node, offset) {
  const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('#letter [data-o]')
  if (!element) return null
  const range = document.createRange()
  range.setStart(element, 0)
  range.setEnd(node, offset)
  return toUnits(Number(element.dataset.o)) + range.toString().length
}

/** The words selected in the letter as [start, end] in code points, without white space at the ends; or null. */
function selectedPlace() {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  if (!letterElement.contains(range.startContainer) || !letterElement.contains(range.endContainer)) return null
  let start = unitOf(range.startContainer, range.startOffset), end = unitOf(range.endContainer, range.endOffset)
  if (start === null || end === null) return null
  while (start < end && /\s/.test(text[start])) start++
  while (end > start && /\s/.test(text[end - 1])) end--
  return start < end ? [toPoints(start), toPoints(end)] : null
}

/** What stands around a place: the paragraph's text. */
function paragraphOf([start]) {
  const { element, start: from } = paragraphAt(toUnits(start))
  return text.slice(from, from + element.textContent.length)
}

// ---- Lit ----

const highlights = {}
for (const name of ['evidence', 'role', 'found', 'missed']) {
  if (!globalThis.Highlight || !CSS.highlights) break
  highlights[name] = new Highlight()
  CSS.highlights.set(name, highlights[name])
}

function light(name, places) {
  const highlight = highlights[name]
  if (!highlight) return
  highlight.clear()
  for (const [start, end] of places) {
    const range = rangeOf(start, end)
    if (range) highlight.add(range)
  }
}

const inUnits = ([start, end]) => [toUnits(start), toUnits(end)]

/** What is left of a place beside another in it: a highlight would hide the item's own colour. */
const around = ([start, end], [from, to]) => [[start, Math.min(from, end)], [Math.max(to, start), end]].filter(([a, b]) => a < b)

function lightItem(number, before) {
  for (const mark of marksOf[before] ?? []) mark.classList.remove('on')
  flagOf[before]?.removeAttribute('aria-current')
  if (flagOf[before]) flagOf[before].tabIndex = -1
  const item = items[number]
  light('evidence', item ? around(inUnits(item.evidence), inUnits(item.at)) : [])
  light('role', item ? item.roles.filter(role => role.at).map(role => inUnits(role.at)) : [])
  if (!item) return
  for (const mark of marksOf[number]) mark.classList.add('on')
  flagOf[number].setAttribute('aria-current', 'true')
  flagOf[number].tabIndex = 0
}

function isShown(element, box) {
  const a = element.getBoundingClientRect(), b = box.getBoundingClientRect()
  const top = Math.max(b.top, 0), bottom = Math.min(b.bottom, innerHeight)
  return a.top >= top + 8 && a.bottom <= bottom - 8
}

function showInLetter(number) {
  const mark = marksOf[number][0] ?? flagOf[number]
  if (mark && !isShown(mark, letterElement.parentElement)) scrollInside(letterElement.parentElement, mark, 0.35)
}

/** Scrolls a box, and never the page around it where the box scrolls itself. */
function scrollInside(box, element, part, again = true) {
  if (box.scrollHeight <= box.clientHeight + 1) return element.scrollIntoView({ block: 'center' })
  // What was never seen has no size of its own yet, so the place may move once it is drawn.
  if (again) requestAnimationFrame(() => setTimeout(() => isShown(element, box) || scrollInside(box, element, part, false)))
  for (let i = 0; i < 6; i++) {
    const a = element.getBoundingClientRect(), b = box.getBoundingClientRect()
    const move = a.top - b.top - box.clientHeight * part
    if (Math.abs(move) < 4) break
    box.scrollTop += move
  }
}

const verdictMarks = { accept: '✓', correct: '✎', reject: '✗', unsure: '?' }

function markDecision(number) {
  const decision = myDecision(items[number])?.decision ?? ''
  for (const mark of marksOf[number]) mark.dataset.d = decision
  if (!flagOf[number]) return
  if (decision) flagOf[number].dataset.d = verdictMarks[decision]
  else delete flagOf[number].dataset.d
}

const lightMissed = () => light('missed', missedItems().map(d => inUnits([d.start, d.end])))

/** A click on words takes the innermost item; another click takes the one around it. */
letterElement.addEventListener('click', event => {
  const flag = event.target.closest('a.f')
  if (flag) {
    event.preventDefault()
    return select(Number(flag.dataset.i), { focus: 'row' })
  }
  if (!getSelection().isCollapsed) return
  const around = []
  for (let mark = event.target.closest('mark'); mark; mark = mark.parentElement.closest('mark'))
    if (!mark.classList.contains('off')) around.push(Number(mark.dataset.i))
  if (around.length) select(around[(around.indexOf(state.current) + 1) % around.length], {})
})
