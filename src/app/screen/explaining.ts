/** What makes the gap, as it is asked, worked out and answered. An answer stays until there is another. */
import type { Problem } from '../../errors.ts'
import type { Engine, GapExplanation, GapQuestion, StudyFile } from '../contract.ts'

/** A question about a study as it stood. */
export interface AskedGap extends GapQuestion {
  readonly file: StudyFile
}

/** How far an explanation is. */
export interface ExplainProgress {
  readonly runs: number
  readonly of: number
  readonly secondsLeft: number
}

/** What is asked, and what was answered. */
export interface Explaining {
  /** `overtaken`: ended by a run of the study; `stopped`: by the user. */
  readonly phase: 'idle' | 'working' | 'done' | 'stopped' | 'overtaken' | 'failed'
  /** Null before the first runs are back. */
  readonly progress: ExplainProgress | null
  readonly answer: { readonly asked: AskedGap; readonly explanation: GapExplanation } | null
}

/** Nothing asked yet. */
export const NOT_EXPLAINING: Explaining = { phase: 'idle', progress: null, answer: null }

/** Asks the engine. */
export interface Explainer {
  ask(asked: AskedGap): void
  stop(): void
}

/** @param tell told of every change, and of what went wrong */
export function createExplaining(engine: Engine, tell: (explaining: Explaining, problems?: readonly Problem[]) => void): Explainer {
  let state = NOT_EXPLAINING
  let isStopping = false
  const update = (next: Partial<Explaining>, problems?: readonly Problem[]): void => {
    state = { ...state, ...next }
    tell(state, problems)
  }
  return {
    ask(asked) {
      update({ phase: 'working', progress: null })
      engine.explain(asked.file, { scenario: asked.scenario, date: asked.date }, (message) => {
        switch (message.kind) {
          case 'progress':
            update({ progress: message })
            return
          case 'explained':
            update({ phase: 'done', answer: { asked, explanation: message.explanation } })
            return
          case 'failed':
            update({ phase: 'failed' }, message.problems)
            return
          case 'cancelled':
            update({ phase: isStopping ? 'stopped' : 'overtaken' })
        }
      })
    },
    stop() {
      isStopping = true
      engine.stopExplaining()
      isStopping = false
    },
  }
}
