/** Two figures in short, which stay in sight while a narrow screen shows the controls. */
import { text } from '../messages.ts'
import { button, element, fill } from './dom.ts'
import { shownOf } from './results-part.ts'
import { withUnit } from './sentences.ts'
import type { Session } from './session.ts'
import { figureOf } from './shown.ts'

/** @param results where the button leads */
export function mountMini(parent: HTMLElement, results: HTMLElement, session: Session): void {
  session.listen((state, change) => {
    if (change !== 'results') return
    const shown = shownOf(state, null)
    parent.hidden = shown === null
    if (shown === null) return
    const { reader, chosen, date } = shown
    const values = [figureOf('list'), figureOf('visible-gap')].map((figure) => {
      const value = withUnit(reader.at(chosen.id, figure.measure, figure.group, date).mean, figure)
      return element('span', {}, `${figure.label} `, element('strong', {}, value))
    })
    fill(parent, ...values, button(text.mini.see, () => results.scrollIntoView(), 'fw-link-button'))
  })
}
