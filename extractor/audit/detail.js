'use strict'
// The current item: what is known of it, how it came about, and what the reviewer says of it.

const percent = share => `${Math.round(share * 100)} %`
const bdi = (string, attributes = {}) => el('bdi', attributes, string)

// ---- How it came about ----

const originWords = {
  set: (o, rule) => `set at line ${o.line}`, group: o => `group of the pattern, line ${o.line}`, fill: o => `filled at line ${o.line}`,
  modifier: o => `modifier at line ${o.line}`,
  letter: () => 'from the letter as a whole'
}
const reasonWords = {
  phase: 'it was there first, from an earlier phase', priority: 'its priority is higher', length: 'it is longer',
  place: 'it begins earlier', order: 'its rule comes first'
}

function originOf(o) {
  if (!o.by) return ''
  const way = o.way ? `, ${o.way} from ${rules[o.rule].id}` : ''
  return originWords[o.by](o) + way
}

function tableOf(caption, head, rows) {
  if (!rows.length) return null
  return el('table', { class: 'kv' }, el('caption', {}, caption), el('thead', {}, el('tr', {}, head.map(name => el('th', { scope: 'col' }, name)))), el('tbody', {}, rows))
}

const rolesTable = item => tableOf('Roles', ['role', 'who or what', 'from'], item.roles.map(role => el('tr', {},
  el('th', { scope: 'row' }, role.name),
  el('td', {}, role.text ? bdi(oneLine(role.text)) : null, whoIs(role)),
  el('td', { class: 'from' }, originOf(role)))))

function whoIs(role) {
  const parts = []
  if (role.ref) parts.push(el('span', { class: 'ref' }, refWords[role.ref]))
  if (role.entity && labelOf(role.entity) !== oneLine(role.text ?? '')) parts.push(el('span', { class: 'ref' }, '= ', bdi(labelOf(role.entity))))
  return parts.flatMap(part => [' ', part])
}

const featuresTable = item => tableOf('Features', ['feature', 'value', 'from'], item.features.map(feature => el('tr', {},
  el('th', { scope: 'row' }, feature.name), el('td', {}, bdi(feature.value)), el('td', { class: 'from' }, originOf(feature)))))

function evidenceOf(item) {
  const [start, end] = item.evidence, [from, to] = item.at
  return el('blockquote', {}, bdi(words([start, Math.max(start, from)])), el('mark', { class: `on t${slotOf(item)}` }, bdi(words([Math.max(start, from), Math.min(end, to)]))), bdi(words([Math.min(end, to), end])))
}

function ruleSection(item) {
  const rule = rules[item.rule], pattern = rule.patterns[2 * item.pattern + 1]
  const others = (item.others ?? []).map(other => el('li', {}, el('span', { class: 'name' }, other.how === 'beat' ? 'beat' : other.how), ' “', bdi(shorten(words(other.at), 80)), '”',
    other.rule !== undefined ? [' of ', el('code', {}, rules[other.rule].id)] : null, other.reason ? `: ${reasonWords[other.reason]}` : ''))
  return el('section', {}, el('h3', {}, 'Rule'),
    el('p', {}, el('code', {}, rule.id), ` · ${rule.file}:${rule.line}`, rule.phase ? ` · phase ${rule.phase}` : ''),
    pattern !== undefined && el('pre', { class: 'pattern', tabindex: 0, 'aria-label': 'Pattern' }, pattern),
    item.matched !== undefined && el('p', { class: 'matched' }, el('span', { class: 'name' }, 'saw'), ' ', bdi(item.matched)),
    others.length ? el('ul', { class: 'others' }, others) : null)
}

// ---- The graph ----

let graphRead
/** The graph, read when it is first asked for: {terms, statements, prefixes}, where each subject starts, and its links. */
function graph() {
  if (graphRead) return graphRead
  graphRead = JSON.parse($('graph').textContent)
  graphRead.starts = new Map(graphRead.statements.map((list, i) => [graphRead.terms[list[0]], i]))
  graphRead.links = new Map()
  for (const term of graphRead.starts.keys())
    if (objectsOf(term, 'a').includes('clm:CandidateLink'))
      for (const node of objectsOf(term, 'clm:linkFrom')) graphRead.links.set(node, [...(graphRead.links.get(node) ?? []), term])
  return graphRead
}

const local = term => term.slice(term.indexOf(':') + 1)
const nodeOf = item => [`d:${item.entity ?? ''}`, `d:${item.id}`].find(term => graph().starts.has(term))

function objectsOf(term, predicate) {
  const { terms, statements, starts } = graph(), list = statements[starts.get(term)] ?? [], found = []
  for (let i = 1; i < list.length; i += 2) if (!predicate || terms[list[i]] === predicate) found.push(terms[list[i + 1]])
  return found
}

function turtleBlock(term) {
  const { terms, statements, starts } = graph(), list = statements[starts.get(term)], lines = []
  for (let i = 1; i < list.length; i += 2) {
    const predicate = terms[list[i]], object = terms[list[i + 1]]
    if (lines.at(-1)?.predicate === predicate) lines.at(-1).objects.push(object)
    else lines.push({ predicate, objects: [object] })
  }
  return `${term}\n` + lines.map(({ predicate, objects }) => `    ${predicate} ${objects.join(', ')}`).join(' ;\n') + ' .\n'
}

/** The node, what it names in this letter, and what names it. */
function turtleAround(item) {
  const { terms, statements, starts, prefixes } = graph(), start = nodeOf(item)
  if (!start) return '# not in the graph'
  const number = terms.indexOf(start), named = term => [term, ...(term.startsWith('d:evidence-') ? objectsOf(term, 'oa:hasSelector') : [])]
  const around = [...new Set(objectsOf(start).flatMap(named))].filter(term => term !== start && starts.has(term) && term.startsWith('d:') && term !== 'd:run')
  const naming = statements.filter(list => list.some((term, i) => i && i % 2 === 0 && term === number)).map(list => {
    const at = list.findIndex((term, i) => i && i % 2 === 0 && term === number)
    return `${terms[list[0]]} ${terms[list[at - 1]]} ${start} .`
  })
  const body = [turtleBlock(start), ...around.slice(0, 24).map(turtleBlock), naming.slice(0, 24).join('\n')].filter(Boolean).join('\n')
  const used = []
  for (let i = 0; i < prefixes.length; i += 2)
    if (new RegExp(`(^|[\\s^])${prefixes[i]}:`, 'm').test(body)) used.push(`@prefix ${prefixes[i]}: <${prefixes[i + 1]}> .`)
  return `${used.join('\n')}\n\n${body}`
}

function graphSection(item) {
  const shown = el('pre', { class: 'turtle', tabindex: 0, 'aria-label': 'Turtle' })
  return el('details', { ontoggle: event => { if (event.target.open && !shown.firstChild) shown.append(turtleAround(item)) } }, el('summary', {}, 'Graph around it'), shown)
}

// ---- Links ----

/** Candidate links of the item's node: {id, to, score, method}, and those that the graph states. */
function linksOf(item) {
  const node = nodeOf(item)
  if (!node) return []
  const stated = ['skos:exactMatch', 'skos:closeMatch'].flatMap(predicate => objectsOf(node, predicate).map(to => ({ to, how: predicate })))
  const plain = term => (term ?? '').replace(/^"|".*$/g, '')
  const candidates = (graph().links.get(node) ?? []).map(term => ({ id: local(term), to: objectsOf(term, 'clm:linkTo')[0], score: plain(objectsOf(term, 'clm:score')[0]), how: plain(objectsOf(term, 'clm:method')[0]) }))
  return [...stated, ...candidates]
}

function linksSection(item) {
  const links = linksOf(item)
  if (!links.length) return null
  return el('section', {}, el('h3', {}, 'Links'), el('ul', { class: 'links' }, links.map(link => {
    const subject = link.id && { ...item, id: link.id, type: 'Link' }
    const mine = subject && myDecision(subject)?.decision
    const button = (verdict, label) => el('button', { type: 'button', 'aria-pressed': String(mine === verdict), onclick: () => withReviewer(() => decide(subject, mine === verdict ? null : { ...blankDecision(subject, verdict), type: 'Link' })) }, label)
    return el('li', {}, el('code', {}, link.to ?? ''), ` ${link.how ?? ''} ${link.score ?? ''} `, subject && el('span', { class: 'small-buttons' }, button('accept', 'Accept link'), button('reject', 'Reject link')))
  })))
}

// ---- Deciding ----

const verdictButtons = [['accept', 'Accept', 'a'], ['reject', 'Reject', 'r'], ['unsure', 'Unsure', 'u']]

function verdictSection(item) {
  const mine = myDecision(item)
  const buttons = verdictButtons.map(([verdict, label, key]) => el('button', { type: 'button', class: `verdict ${verdict}`, 'aria-pressed': String(mine?.decision === verdict), onclick: () => giveVerdict(verdict, false) },
    `${verdictMarks[verdict]} ${label} `, el('kbd', {}, key)))
  const others = othersDecisions(item).map(d => el('li', {}, el('bdi', {}, d.reviewer), `: ${d.decision}`, d.note ? [' – ', bdi(d.note)] : null))
  const note = el('textarea', { id: 'note', rows: 2, maxlength: 4000, onchange: event => withReviewer(() => changeDecision(item, { note: event.target.value.trim() })) })
  note.value = mine?.note ?? ''
  return el('section', { class: 'deciding' }, el('div', { class: 'verdicts', role: 'group', 'aria-label': 'Decision' }, buttons,
    mine?.decision === 'correct' && el('span', { class: 'corrected' }, '✎ corrected')),
    el('label', {}, 'Note ', el('kbd', {}, 'c'), note), others.length ? el('ul', { class: 'others' }, others) : null)
}

/** A form whose fields hold what was found, and what it was corrected to. */
function correctSection(item) {
  const mine = myDecision(item), values = unpackValues(mine?.new_values ?? ''), type = typeOf.get(mine?.new_type || item.type)
  const field = (name, found) => {
    const input = el('input', { value: values[name] ?? found, 'aria-label': `${name}, found: ${found || 'nothing'}`, onchange: event => {
      const next = { ...values }
      if (event.target.value === found) delete next[name]
      else next[name] = event.target.value
      withReviewer(() => changeDecision(item, { new_values: packValues(next) }))
    } })
    return el('label', { class: name in values ? 'changed' : '' }, el('span', {}, name), input)
  }
  const features = (type?.features ?? []).map(([name, ...choices]) => {
    const found = featureOf(item, name)
    const label = field(name, found)
    if (choices.length) {
      const list = el('datalist', { id: `values-${name}` }, choices.map(value => el('option', { value })))
      label.querySelector('input').setAttribute('list', list.id)
      label.append(list)
    }
    return label
  })
  const roles = (type?.roles ?? []).map(name => field(name, rolesNamed(item, name).map(role => oneLine(role.text ?? fillerOf(role))).join(' | ')))
  const chosen = el('select', { onchange: event => withReviewer(() => changeDecision(item, { new_type: event.target.value === item.type ? '' : event.target.value })) }, data.types.map(t => option(t.name, t.name)))
  chosen.value = mine?.new_type || item.type
  return el('details', { class: 'correct', id: 'correct', open: state.correcting, ontoggle: event => { state.correcting = event.target.open } },
    el('summary', {}, 'Correct ', el('kbd', {}, 'e')),
    el('p', {}, el('button', { type: 'button', onclick: correctSpan }, 'Take the selected words ', el('kbd', {}, 'b')), mine?.new_text ? [' now “', bdi(shorten(mine.new_text, 120)), '”'] : ' instead of these: select them in the letter first'),
    el('div', { class: 'fields' }, el('label', {}, el('span', {}, 'type'), chosen), features, roles))
}

function giveVerdict(verdict, advance) {
  const item = items[state.current]
  if (!item) return say('No item is chosen: j goes to the first')
  withReviewer(() => {
    const number = state.current, mine = myDecision(item)
    if (mine?.decision === verdict && !advance) decide(item, null)
    else changeDecision(item, { decision: verdict })
    say(`${item.type} ${number + 1}: ${myDecision(item)?.decision ?? 'no decision'}`)
    if (advance) step(1)
  })
}

function correctSpan() {
  const item = items[state.current], place = selectedPlace()
  if (!item || !place) return say('Select the right words in the letter first')
  const unchanged = place[0] === item.at[0] && place[1] === item.at[1]
  withReviewer(() => {
    changeDecision(item, unchanged ? { new_start: '', new_end: '', new_text: '' } : { new_start: place[0], new_end: place[1], new_text: words(place) })
    say(unchanged ? 'These are the words that were found' : `Now “${shorten(words(place), 60)}”`)
  })
}

// ---- The whole ----

function drawDetail() {
  const item = items[state.current], box = $('detail'), focused = document.activeElement?.id
  if (!item) return box.replaceChildren(el('p', { class: 'hint' }, items.length ? 'Choose an item, or press j.' : 'Nothing was found in this letter.'), missedSection() ?? '')
  const mentions = item.entity ? items.filter(other => other.entity === item.entity).length : 0
  box.replaceChildren(
    el('p', { class: `title t${slotOf(item)}` }, el('span', { class: 'type' }, item.type), ' ', el('span', { class: 'sure' }, percent(item.confidence)),
      item.ofRule !== undefined ? el('span', { class: 'from' }, ` where the rule’s own is ${percent(item.ofRule)}`) : null),
    el('p', { class: 'exact' }, bdi(words(item.at))),
    verdictSection(item), correctSection(item),
    el('section', {}, el('h3', {}, 'Evidence'), evidenceOf(item)),
    ...[rolesTable(item), featuresTable(item), linksSection(item)].filter(Boolean),
    ...(mentions > 1 ? [el('p', {}, el('button', { type: 'button', onclick: () => setFacet('subject', labelOf(item.entity)) }, `All that is about ${shorten(labelOf(item.entity), 40)}`))] : []),
    ruleSection(item), graphSection(item), missedSection() ?? '',
    el('p', { class: 'id' }, el('code', {}, item.id)))
  if (focused === 'note') $('note')?.focus()
}

function missedSection() {
  const missed = missedItems()
  if (!missed.length) return null
  return el('section', {}, el('h3', {}, `Missed items (${missed.length})`), el('ul', { class: 'others' }, missed.map(d => el('li', {}, el('span', { class: 'type' }, d.type), ' ', bdi(shorten(d.text, 100)), ' ',
    d.reviewer === model.reviewer ? el('button', { type: 'button', class: 'small', 'aria-label': `Take away the missed ${d.type} ${shorten(d.text, 40)}`, onclick: () => decide({ id: d.item }, null, 'missed item') }, 'Take away') : el('span', { class: 'from' }, d.reviewer)))))
}
