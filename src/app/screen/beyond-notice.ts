/** Says what a shortened horizon cuts off, and offers both ways out. */
import { text } from '../messages.ts'
import { button, element, fill } from './dom.ts'
import { beyondHorizon } from './horizon.ts'
import type { Session } from './session.ts'

/** A notice that stays in step with the study, for a place beside the horizon. */
export function beyondNotice(session: Session): HTMLElement {
  const root = element('div', { class: 'fw-beyond', id: 'beyond-horizon', role: 'status' })
  let shown = ''
  session.listen(({ file, study, opened }) => {
    const beyond = file === null || study === null || opened !== null ? { items: [], weeks: 0 } : beyondHorizon(file, file.time.start ?? study.time.start)
    const next = JSON.stringify(beyond)
    if (next === shown) return
    shown = next
    if (beyond.items.length === 0) return fill(root)
    fill(
      root,
      element('p', {}, text.beyond.lead),
      element('ul', {}, ...beyond.items.map((item) => element('li', {}, item))),
      element('p', {}, text.beyond.why),
      button(text.beyond.extend(beyond.weeks), () => session.edit(['time', 'weeks'], beyond.weeks, true), 'fw-link-button'),
      button(text.beyond.drop, () => session.dropBeyondHorizon(), 'fw-link-button'),
    )
  })
  return root
}
