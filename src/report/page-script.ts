/**
 * The page's own script, and the hash by which its content security policy lets it run. Without it the page is whole:
 * every picture, number and table stands in the markup. It adds a choice of scenarios, values under the pointer, and
 * gaps as ratios in place of differences.
 */

/** Plain script for browsers; reads what it needs from `data-` attributes, and writes text alone, never markup. */
export const PAGE_SCRIPT = `
'use strict'
{
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }
  const live = make('p', { className: 'unseen' })
  live.setAttribute('role', 'status')
  document.body.append(live)

  const scene = document.querySelector('[data-scene]')
  const titles = scene === null ? [] : JSON.parse(scene.dataset.scene)
  const controls = document.getElementById('controls')

  const choice = (type, name, text, isOn, onChange) => {
    const input = make('input', { type, name, checked: isOn })
    input.addEventListener('change', () => onChange(input.checked))
    return make('label', {}, input, ' ' + text)
  }
  const group = (legend, ...choices) => make('fieldset', {}, make('legend', { textContent: legend }), ...choices)

  if (controls !== null && titles.length > 1) {
    const shown = new Set(titles.keys())
    const show = (index, isOn) => {
      if (isOn) shown.add(index)
      else shown.delete(index)
      for (const element of all('[data-scenario="' + index + '"]')) element.classList.toggle('left-out', !isOn)
      live.textContent = shown.size + ' of ' + titles.length + ' scenarios shown'
    }
    controls.append(group('Scenarios shown', ...titles.map((title, index) => choice('checkbox', 'scenario', title, true, (isOn) => show(index, isOn)))))
  }
  if (controls !== null && document.querySelector('[data-mode]') !== null) {
    const mode = (wanted) => {
      document.body.dataset.gaps = wanted
      for (const details of all('[data-mode="relative"] > details')) details.open = wanted === 'relative'
      live.textContent = wanted === 'relative' ? 'Gaps are shown as ratios' : 'Gaps are shown as differences'
    }
    document.body.dataset.gaps = 'absolute'
    controls.append(group('Gaps as', ...[['absolute', 'differences'], ['relative', 'ratios']].map(([value, text]) => choice('radio', 'gaps', text, value === 'absolute', () => mode(value)))))
  }
  if (controls !== null && controls.childElementCount > 0) controls.hidden = false

  const tiles = all('.tile[data-each]')
  if (scene !== null && titles.length > 1 && tiles.length > 0) {
    const summary = [scene, ...all('.value, .change', tiles[0].parentElement)].map((element) => [element, [...element.childNodes]])
    const select = make('select', { id: 'tile-scenario' }, make('option', { value: '', textContent: 'Summary of all' }), ...titles.map((title, index) => make('option', { value: String(index), textContent: title })))
    select.addEventListener('change', () => {
      for (const [element, nodes] of summary) element.replaceChildren(...nodes)
      if (select.value === '') return
      const index = Number(select.value)
      scene.textContent = 'At the end under \\u201c' + titles[index] + '\\u201d, and the change from the reference with its 95% interval:'
      for (const tile of tiles) {
        const [value, change] = JSON.parse(tile.dataset.each)[index]
        tile.querySelector('.value').textContent = value
        tile.querySelector('.change').textContent = change
      }
      live.textContent = 'Key figures of ' + titles[index]
    })
    scene.before(make('p', { className: 'pick' }, make('label', { htmlFor: 'tile-scenario', textContent: 'Key figures of ' }), select))
  }

  const dates = (document.body.dataset.dates ?? '').split(' ')
  const times = dates.map((date) => Date.parse(date))
  const inWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const tip = make('div', { className: 'tip', hidden: true })
  document.body.append(tip)
  const hide = () => {
    tip.hidden = true
    for (const line of all('.cursor')) line.remove()
  }
  const point = (panel, index) => {
    const { left, width, digits, after, lines } = JSON.parse(panel.dataset.values)
    const svg = panel.querySelector('svg')
    hide()
    const share = (times[index] - times[0]) / (times[times.length - 1] - times[0])
    const box = svg.viewBox.baseVal
    const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'line')
    for (const [name, value] of Object.entries({ class: 'cursor', x1: left + share * width, x2: left + share * width, y1: 6, y2: box.height - 26, stroke: '#212b32' })) cursor.setAttribute(name, value)
    svg.append(cursor)
    const text = (value) => value === null ? '\\u2013' : value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '\\u2212') + after
    const rows = lines.map(({ label, values }) => make('span', { textContent: label + ': ' + text(values[index]) }))
    tip.replaceChildren(make('strong', { textContent: inWords.format(times[index]) }), ...rows)
    tip.hidden = false
    const place = svg.getBoundingClientRect()
    const x = place.left + ((left + share * width) / box.width) * place.width
    tip.style.left = Math.max(8, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + scrollX + 'px'
    tip.style.top = place.bottom + 4 + scrollY + 'px'
    panel.dataset.at = String(index)
  }
  for (const panel of all('.panel[data-values]')) {
    const { left, width } = JSON.parse(panel.dataset.values)
    const svg = panel.querySelector('svg')
    panel.tabIndex = 0
    panel.setAttribute('role', 'group')
    panel.setAttribute('aria-label', panel.querySelector('h4').textContent + ': values by date, arrow keys')
    const nearest = (time) => times.reduce((best, each, index) => (Math.abs(each - time) < Math.abs(times[best] - time) ? index : best), 0)
    svg.addEventListener('pointermove', (event) => {
      const place = svg.getBoundingClientRect()
      const share = (((event.clientX - place.left) / place.width) * svg.viewBox.baseVal.width - left) / width
      point(panel, nearest(times[0] + Math.max(0, Math.min(1, share)) * (times[times.length - 1] - times[0])))
    })
    svg.addEventListener('pointerleave', hide)
    panel.addEventListener('blur', hide)
    panel.addEventListener('keydown', (event) => {
      const at = Number(panel.dataset.at ?? times.length - 1)
      const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: times.length - 1 }[event.key]
      if (event.key === 'Escape') hide()
      if (next === undefined) return
      event.preventDefault()
      point(panel, Math.max(0, Math.min(times.length - 1, next)))
      live.textContent = [...tip.children].map((each) => each.textContent).join(', ')
    })
  }
}
`.trim()

/** `sha256-…` of {@link PAGE_SCRIPT}, in base64: the policy names it, so that no other script can run. */
export const PAGE_SCRIPT_HASH = 'sha256-zoUKxHAlAFRLM1VE5SmPgL6T/mKKi6BvXA4mfLc8TE0='
