/**
 * What the screen knows, and everything that can happen to it. Nothing here touches the page: the parts of the page
 * listen, and ask for changes by these functions.
 */
import type { Problem } from '../../errors.ts'
import type { Study } from '../../scenario/study.ts'
import {
  GivenProblems,
  type CheckedStudy,
  type Engine,
  type PackEntry,
  type Precision,
  type RunUpdate,
  type ScreenResults,
  type ShippedStudy,
  type StudyFile,
} from '../contract.ts'
import { text } from '../messages.ts'
import { firstComparison, withCompared, withoutCompared, type Comparison } from './comparison.ts'
import { freeScenarioId, referenceOf, scenarioTitle, withCopiedScenario, withoutScenario, withValue, type Path } from './edits.ts'
import { createExplaining, NOT_EXPLAINING, type Explaining } from './explaining.ts'
import { createHistory } from './history.ts'
import { withinHorizon } from './horizon.ts'
import { withTrueTitle } from './titles.ts'

/** What is on the screen. */
export interface ScreenState {
  readonly packs: readonly PackEntry[]
  readonly studies: readonly ShippedStudy[]
  /** Null until the first study is there. */
  readonly file: StudyFile | null
  /** The study as last understood; may be a change behind the file. */
  readonly study: Study | null
  /** Scenario under the controls. */
  readonly editing: string
  /** Scenarios side by side, the reference first. */
  readonly compared: readonly string[]
  readonly results: ScreenResults | null
  readonly precision: Precision | null
  readonly run: 'idle' | 'running' | 'done' | 'cancelled' | 'failed'
  readonly problems: readonly Problem[]
  /** What can be saved: the last run that came to its end. Null before the first, and of an opened folder. */
  readonly finished: FinishedRun | null
  /** Name of the results folder on the screen, instead of the study's own results; null for none. */
  readonly opened: string | null
  /** Whether there is a change to take back. */
  readonly canUndo: boolean
  /** What makes the gap, where it was asked. */
  readonly explaining: Explaining
}

/** A run that came to its end, as a user would know it again. */
export interface FinishedRun {
  /** Of the study. */
  readonly title: string
  /** Titles of the scenarios that were run. */
  readonly scenarios: readonly string[]
  /** Time of day, e.g. `14:03`. */
  readonly at: string
}

/** What has changed: the study's shape, a value in it, the results, how far a run is, what is wrong, what makes the gap. */
export type Change = 'structure' | 'value' | 'results' | 'run' | 'problems' | 'explaining'

/** The screen's session. */
export interface Session {
  state(): ScreenState
  listen(listener: (state: ScreenState, change: Change) => void): void
  /** Loads what there is to choose from. */
  start(): Promise<void>
  /** Takes a study; a reading that fails leaves everything as it was. Resolves to whether it was taken. */
  openText(studyText: string): Promise<boolean>
  /** Takes a pack, or asks the engine to make one; resolves to the pack, or null where it was refused. */
  addPack(name: string, bytes: Uint8Array, icb?: string): Promise<PackEntry | null>
  /** Shows a results folder. */
  openResults(name: string, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void>
  closeResults(): void
  edit(path: Path, value: unknown, isStructural?: boolean): void
  /** Takes the last change back, whatever it was. */
  undo(): void
  /** Leaves out what the study says of a time beyond its horizon. */
  dropBeyondHorizon(): void
  selectPack(path: string): void
  editScenario(id: string): void
  setCompared(id: string, isCompared: boolean): void
  copyScenario(from: string): void
  removeScenario(id: string): void
  runNow(): void
  cancel(): void
  /** Asks what makes the gap under a scenario of the study on a date; a run of the study ends it. */
  explain(scenario: string, date: string): void
  stopExplaining(): void
  report(problems: readonly Problem[]): void
}

/** Changes closer together than this, milliseconds, are run together. */
const GATHER_MS = 10

const EMPTY: ScreenState = {
  packs: [],
  studies: [],
  file: null,
  study: null,
  editing: '',
  compared: [],
  results: null,
  precision: null,
  run: 'idle',
  problems: [],
  finished: null,
  opened: null,
  canUndo: false,
  explaining: NOT_EXPLAINING,
}

function finishedNow({ study, scenarios }: ScreenResults): FinishedRun {
  const at = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return { title: study.title, scenarios: scenarios.map(({ title }) => title), at }
}

/** Starts an empty session over an engine. */
export function createSession(engine: Engine): Session {
  let state = EMPTY
  let gathering: ReturnType<typeof setTimeout> | null = null
  /** Number of the latest run: what an earlier one still says is dropped. */
  let latest = 0
  /** Whether the problems on the screen are those of a run, which the next run's results do away with. */
  let areOfRun = false
  /** The study as it was opened: what titles speak of. */
  let asOpened: StudyFile | null = null
  const history = createHistory(() => performance.now())
  const listeners: ((state: ScreenState, change: Change) => void)[] = []

  function update(next: Partial<ScreenState>, change: Change): void {
    state = { ...state, ...next }
    for (const listener of listeners) listener(state, change)
  }

  const explainer = createExplaining(engine, (explaining, problems) => {
    if (problems !== undefined) areOfRun = true
    update({ explaining, ...(problems !== undefined && { problems }) }, problems === undefined ? 'explaining' : 'problems')
  })

  async function trying<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work()
    } catch (error) {
      const problems = error instanceof GivenProblems ? error.problems : [{ message: text.problems.unexpected }]
      update({ problems }, 'problems')
      return null
    }
  }

  /** Keeps what is about to change. */
  function keep(what: string): void {
    const { file, compared, editing } = state
    if (file === null) return
    history.keep({ file, compared, editing, opened: asOpened ?? file }, what)
    state = { ...state, canUndo: true }
  }

  function take({ file, study }: CheckedStudy): void {
    keep('open')
    asOpened = file
    const comparison = firstComparison(referenceOf(file), Object.keys(file.scenarios))
    update({ file, study, ...comparison, results: null, precision: null, problems: [], opened: null }, 'structure')
    runNow()
  }

  function runNow(): void {
    if (gathering !== null) clearTimeout(gathering)
    gathering = null
    const { file, compared } = state
    if (file === null) return
    latest += 1
    const own = latest
    update({ run: 'running', opened: null }, 'run')
    engine.run(
      file,
      (message) => {
        if (own === latest) onRun(message)
      },
      compared,
    )
  }

  function onRun(message: RunUpdate): void {
    switch (message.kind) {
      case 'results': {
        const { study, precision } = message.results
        const run = precision.phase === 'done' ? 'done' : 'running'
        const finished = run === 'done' ? finishedNow(message.results) : state.finished
        update({ results: message.results, precision, study, run, finished, ...(areOfRun && { problems: [] }) }, 'results')
        areOfRun = false
        return
      }
      case 'progress':
        update({ precision: message.precision }, 'run')
        return
      case 'failed':
        areOfRun = true
        update({ run: 'failed', problems: message.problems }, 'problems')
        return
      case 'cancelled':
        update({ run: 'cancelled' }, 'run')
    }
  }

  /** Takes an edited file, and runs it together with what is changed in the next moment. */
  function edited(what: string, file: StudyFile, change: 'structure' | 'value', more: Partial<ScreenState> = {}): void {
    keep(what)
    update({ ...more, file }, change)
    gathering ??= setTimeout(runNow, GATHER_MS)
  }

  function compare(comparison: Comparison): void {
    update(comparison, 'structure')
    if (state.opened === null) runNow()
    else update({}, 'results')
  }

  return {
    state: () => state,
    listen: (listener) => {
      listeners.push(listener)
    },
    async start() {
      await trying(async () => {
        const [packs, studies] = await Promise.all([engine.packs(), engine.studies()])
        update({ packs, studies }, 'structure')
      })
    },
    async openText(studyText) {
      const checked = await trying(() => engine.check(studyText))
      if (checked !== null) take(checked)
      return checked !== null
    },
    async addPack(name, bytes, icb) {
      const entry = await trying(() => engine.addPack({ name, bytes }, icb))
      if (entry === null) return null
      const packs = [...state.packs.filter(({ path }) => path !== entry.path), entry]
      update({ packs, problems: [] }, 'structure')
      return entry
    },
    async openResults(name, files) {
      const results = await trying(() => engine.openResults(files))
      if (results === null) return
      latest += 1
      engine.cancel()
      const comparison = firstComparison(results.study.reference, results.scenarios.map(({ id }) => id))
      const { precision } = results
      update({ opened: name, results, precision, run: 'done', problems: [], finished: null, ...comparison }, 'structure')
      update({}, 'results')
    },
    closeResults() {
      if (state.file === null) return
      const comparison = firstComparison(referenceOf(state.file), Object.keys(state.file.scenarios))
      update({ opened: null, results: null, ...comparison }, 'structure')
      runNow()
    },
    edit(path, value, isStructural = false) {
      if (state.file === null) return
      const changed = withValue(state.file, path, value)
      const [part, id, key] = path
      const file = asOpened !== null && part === 'scenarios' && key !== 'title' ? withTrueTitle(changed, asOpened, String(id)) : changed
      edited(path.join('\n'), file, isStructural ? 'structure' : 'value')
    },
    undo() {
      const moment = history.takeBack()
      if (moment === undefined) return
      const { opened, ...shown } = moment
      asOpened = opened
      update({ ...shown, canUndo: !history.isEmpty(), problems: [], opened: null }, 'structure')
      runNow()
    },
    dropBeyondHorizon() {
      if (state.file !== null && state.study !== null) edited('horizon', withinHorizon(state.file, state.study.time.start), 'structure')
    },
    selectPack(path) {
      const pack = state.packs.find((each) => each.path === path)
      if (state.file === null || pack === undefined) return
      // A list counted on another day starts the study on another day, which is what a file without a start says.
      const { start: _, ...time } = state.file.time
      edited('system', { ...state.file, baseline: path, time, title: text.studyTitle(pack.name) }, 'structure')
    },
    editScenario(id) {
      if (state.compared.includes(id)) update({ editing: id }, 'structure')
      else compare({ ...withCompared(state, id), editing: id })
      update({}, 'results')
    },
    setCompared: (id, isCompared) => compare(isCompared ? withCompared(state, id) : withoutCompared(state, id)),
    copyScenario(from) {
      if (state.file === null) return
      const id = freeScenarioId(state.file, 'my-scenario')
      const file = withCopiedScenario(state.file, from, id, text.copyOf(scenarioTitle(state.file, from)))
      edited('copy', file, 'structure', { ...withCompared(state, id), editing: id })
    },
    removeScenario(id) {
      if (state.file === null || id === referenceOf(state.file)) return
      edited(`remove ${id}`, withoutScenario(state.file, id), 'structure', withoutCompared(state, id))
    },
    runNow,
    cancel: () => engine.cancel(),
    explain(scenario, date) {
      if (state.file !== null) explainer.ask({ file: state.file, scenario, date })
    },
    stopExplaining: () => explainer.stop(),
    report: (problems) => update({ problems }, 'problems'),
  }
}
