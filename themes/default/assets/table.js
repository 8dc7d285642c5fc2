// Sorts and filters tables that have their data as files. Without it every
// table stands whole; nothing is fetched, nothing is kept.
const words = document.currentScript.dataset
const thai = new Intl.Collator('th', { numeric: true, sensitivity: 'base' })
const digits = text => text.replace(/[๐-๙]/g, d => d.charCodeAt(0) - 3664)
const plain = text => digits(text).normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
const make = (name, more) => Object.assign(document.createElement(name), more)

// A number, a day, or words; empty cells and dashes come last.
const key = cell => {
  const text = plain(cell?.textContent ?? '')
  if (!text || text === '–' || text === '-') return null
  const day = cell.querySelector('time')?.dateTime
  if (day) return day
  const number = text.replace(/[,%\s]/g, '')
  return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : text
}
const compare = (a, b, sign) => {
  if (a === null || b === null) return (a === null) - (b === null)
  const both = typeof a === 'number' && typeof b === 'number'
  return sign * (both ? a - b : thai.compare(a, b))
}

const enhance = table => {
  const bodies = [...table.tBodies]
  const rows = bodies.flatMap(body => [...body.rows].filter(row => !row.querySelector('[colspan]')))
  // Every table of open data can be filtered and sorted in its page, however short (PNTP).
  if (rows.length < 2) return
  const heads = [...table.tHead.rows[0].cells]
  const names = heads.map(head => head.textContent)
  const first = new Map(bodies.map(body => [body, [...body.rows]]))
  const tools = make('p', { className: 'tools' })
  const field = make('input', { type: 'search', autocomplete: 'off' })
  const label = make('label', { textContent: words.filter + ' ' })
  const status = make('span')
  status.setAttribute('role', 'status')
  label.append(field)
  tools.append(label)

  const told = { shown: '', sorted: '' }
  const tell = () => { status.textContent = [told.shown, told.sorted].filter(Boolean).join(' · ') }
  const filter = () => {
    const wanted = plain(field.value)
    let shown = 0
    for (const row of rows) {
      row.hidden = wanted !== '' && !plain(row.textContent).includes(wanted)
      if (!row.hidden) shown++
    }
    for (const body of bodies) {
      const own = rows.filter(row => row.parentNode === body)
      body.hidden = own.length > 0 && own.every(row => row.hidden)
    }
    told.shown = wanted ? words.shown.replace('{n}', shown).replace('{all}', rows.length) : ''
    tell()
  }
  field.addEventListener('input', filter)

  // A cell that spans rows holds its rows together.
  if (!table.querySelector('tbody [rowspan]')) {
    const select = make('select')
    select.append(make('option', { value: '', textContent: words.asIs }))
    names.forEach((name, column) => {
      for (const [sign, word] of [[1, words.up], [-1, words.down]]) {
        select.append(make('option', { value: `${column} ${sign}`, textContent: `${name} (${word})` }))
      }
    })
    const sort = (column, sign) => {
      heads.forEach((head, at) => {
        if (at === column && sign) head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending')
        else head.removeAttribute('aria-sort')
      })
      for (const body of bodies) {
        const all = first.get(body)
        const own = all.filter(row => rows.includes(row))
        const keys = new Map(own.map(row => [row, key(row.cells[column])]))
        if (sign) own.sort((a, b) => compare(keys.get(a), keys.get(b), sign))
        // Group headings stay where they are.
        const next = own.values()
        body.append(...all.map(row => (rows.includes(row) ? next.next().value : row)))
      }
      select.value = sign ? `${column} ${sign}` : ''
      told.sorted = select.selectedOptions[0].textContent
      tell()
    }
    heads.forEach((head, column) => {
      const button = make('button', { type: 'button' })
      button.append(...head.childNodes)
      head.append(button)
      button.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort')
        sort(column, now === 'ascending' ? -1 : now === 'descending' ? 0 : 1)
      })
    })
    select.addEventListener('change', () => {
      const [column, sign] = select.value.split(' ').map(Number)
      sort(column, sign || 0)
    })
    const by = make('label', { textContent: words.sort + ' ' })
    by.append(select)
    tools.append(by)
  }
  tools.append(status)
  table.before(tools)
  cards.observe(table)
}

// Of cards the head is there for screen readers alone: no eye could follow the focus into it.
const cards = new ResizeObserver(seen => seen.forEach(({ target }) => {
  const reach = getComputedStyle(target).display === 'table' ? 0 : -1
  target.querySelectorAll('thead button').forEach(button => { button.tabIndex = reach })
}))
document.querySelectorAll('table[data-sort]').forEach(enhance)
