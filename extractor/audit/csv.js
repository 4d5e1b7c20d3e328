'use strict'
// CSV as RFC 4180 has it. Cells that a spreadsheet would take for a formula are written with ' before them,
// and so are those that begin with ' themselves; reading takes one ' away.

const csvRisky = /^[=+\-@\t\r']/

function csvCell(value) {
  const cell = csvRisky.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

const csvLine = cells => cells.map(cell => csvCell(String(cell))).join(',') + '\r\n'

/** Rows as {line, cells}; throws {line, message}. */
function csvRows(text) {
  const rows = []
  let at = text.charCodeAt(0) === 0xFEFF ? 1 : 0, line = 1
  while (at < text.length) {
    const row = { line, cells: [] }
    for (let more = true; more;) {
      let cell = '', quoted = text[at] === '"'
      if (quoted) {
        for (at++; ;) {
          const quote = text.indexOf('"', at)
          if (quote < 0) throw { line: row.line, message: 'a quoted cell is not closed; the file may have been cut' }
          cell += text.slice(at, quote)
          at = quote + 1
          if (text[at] !== '"') break
          cell += '"'
          at++
        }
      } else {
        const end = text.slice(at).search(/[,\r\n]/)
        cell = end < 0 ? text.slice(at) : text.slice(at, at + end)
        at += cell.length
      }
      line += cell.split('\n').length - 1
      if (at < text.length && !',\r\n'.includes(text[at])) throw { line, message: 'a comma or the end of the line was expected behind a quoted cell' }
      row.cells.push(csvValue(cell, quoted, row))
      more = text[at] === ','
      if (more) at++
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    line++
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
  }
  return rows
}

function csvValue(cell, quoted, row) {
  if (cell[0] === "'") return cell.slice(1)
  if (csvRisky.test(cell)) throw { line: row.line, message: `a cell begins with "${cell[0]}", which a spreadsheet takes for a formula; '${cell[0]} was expected` }
  return cell
}
