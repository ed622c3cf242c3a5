/** How far the run is and how precise what is on the screen is; and the way to stop it. */
import type { Precision } from '../contract.ts'
import { text } from '../messages.ts'
import { button, element } from './dom.ts'
import type { ScreenState, Session } from './session.ts'

/** Keeps the bar in step with the run. */
export function mountRunBar(parent: HTMLElement, session: Session): void {
  const words = element('span', { class: 'fw-run-words' }, text.run.idle)
  const progress = element('progress', { max: 1, value: 0, class: 'fw-progress', 'aria-label': text.run.progress })
  const cancel = button(text.run.cancel, () => session.cancel(), 'fw-link-button')
  const again = button(text.run.again, () => session.runNow(), 'fw-link-button')
  cancel.id = 'run-cancel'
  again.id = 'run-again'
  parent.append(words, progress, cancel, again)
  const show = (state: ScreenState): void => {
    words.textContent = runWords(state)
    parent.dataset['run'] = state.run
    progress.hidden = state.run !== 'running'
    progress.value = state.run === 'done' ? 1 : (state.precision?.progress ?? 0)
    const hadFocus = document.activeElement === cancel
    cancel.hidden = state.run !== 'running'
    again.hidden = state.run !== 'cancelled' && state.run !== 'failed'
    if (hadFocus && cancel.hidden && !again.hidden) again.focus()
  }
  session.listen(show)
  show(session.state())
}

function runWords({ run, precision, opened, results }: ScreenState): string {
  if (opened !== null && results !== null) return text.opened.precision(opened, results.precision.replications)
  switch (run) {
    case 'idle':
      return text.run.idle
    case 'failed':
      return text.run.failed
    case 'cancelled':
      return results === null ? text.run.cancelledEmpty : text.run.cancelled(precisionText(results.precision))
    case 'running':
    case 'done':
      return results === null || precision === null ? text.run.first : text.run[run === 'done' ? 'done' : precision.phase === 'preview' ? 'preview' : 'refining'](precisionText(results.precision), precision.replications, precision.of)
  }
}

/** `every pathway, 8 runs` or `1 in 20 pathways, 2 runs`. */
function precisionText({ sample, replications }: Precision): string {
  return text.run.precision(sample >= 1 ? text.run.everyPathway : text.run.onePathwayIn(Math.round(1 / sample)), replications)
}
