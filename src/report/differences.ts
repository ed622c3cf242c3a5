/** What the study file changes from scenario to scenario, and nothing else. */
import { ASSUMPTIONS } from '../scenario/assumptions.ts'
import type { Scenario } from '../scenario/study.ts'
import { adjustmentText, specText } from './assumptions-table.ts'
import { dateText } from './dates.ts'
import { ofScenario } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import type { Reader } from './reader.ts'

/** Scenarios that stand side by side; more are listed one below the other. */
const MOST_COLUMNS = 7
const NONE = '–'

/** One thing that a scenario sets. */
interface Setting {
  readonly what: string
  readonly value: string
  /** Whether it is a parameter of a programme's lever, which has a default. */
  readonly isParameter: boolean
}

/** The table; a sentence where scenarios set nothing. */
export function differencesSection(reader: Reader): Markup[] {
  const { scenarios } = reader.results.study
  const settings = scenarios.map(settingsOf)
  const names = [...new Set(settings.flatMap((each) => each.map(({ what }) => what)))]
  const valueOf = (index: number, name: string): string => settings[index].find(({ what }) => what === name)?.value ?? NONE
  const differing = names.filter((name) => {
    const values = new Set(scenarios.map((_, index) => valueOf(index, name)))
    // A default that comes with a programme is no choice of the scenario; the assumptions list it.
    const isDefault = settings.some((each) => each.some(({ what, isParameter }) => what === name && isParameter)) && values.size === 2 && values.has(NONE)
    return values.size > 1 && !isDefault
  })
  if (differing.length === 0) return [html`<p>The scenarios of this study set nothing that differs between them.</p>`]
  const words = html`<p>Everything else is the same in every scenario. A dash: the scenario does not set it.</p>`
  if (scenarios.length <= MOST_COLUMNS) {
    const rows = differing.map((name) => html`<tr>
      <th scope="row">${name}</th>
      ${scenarios.map((_, index) => html`<td${ofScenario(index)}>${valueOf(index, name)}</td>`)}
    </tr>`)
    return [
      words,
      html`<div class="scroll" tabindex="0" role="region" aria-label="What differs between scenarios">
        <table>
          <caption>
            What differs between scenarios
          </caption>
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              ${scenarios.map(({ title }, index) => html`<th scope="col"${ofScenario(index)}>${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>`,
    ]
  }
  const lines = scenarios.flatMap(({ title }, index) =>
    settings[index].filter(({ what }) => differing.includes(what)).map(({ what, value }) => ({ index, cells: [title, what, value] })),
  )
  const table = dataTable('What differs between scenarios', ['Scenario', 'Parameter', 'Value'], lines.map(({ cells }) => cells), lines.map(({ index }) => index))
  return [words, table]
}

function settingsOf({ invest, policies, shocks, adjustments, mutualAid }: Scenario): Setting[] {
  return [
    ...invest.flatMap(({ id, lever, ...programme }) => walk(id.startsWith(lever) ? programme : { lever, ...programme }, [`Programme ${id}`])),
    ...policies.flatMap((policy, index) => walk(policy, [numbered('Policy', index, policies.length)])),
    ...shocks.flatMap((shock, index) => walk(shock, [numbered('Shock', index, shocks.length)])),
    ...adjustments.map((adjustment) => {
      const { what, value } = adjustmentText(adjustment)
      return { what: `Adjusted: ${what}`, value, isParameter: false }
    }),
    ...mutualAid.flatMap((aid, index) => walk(aid, [numbered('Mutual aid', index, mutualAid.length)])),
  ]
}

const numbered = (name: string, index: number, of: number): string => (of === 1 ? name : `${name} ${index + 1}`)

/** Names that their key does not say well. */
const WORDS: Readonly<Record<string, string>> = {
  lever: 'lever',
  perYear: '£ a year',
  from: 'from',
  rampWeeks: 'weeks to full strength',
  theta: 'θ',
  rule: 'shared by',
  inTurnShareFirst: 'in-turn share, first appointments',
  inTurnShareAdmission: 'in-turn share, admissions',
  dnaOdds: 'odds of not attending',
}

/** Groups of settings whose settings say enough. */
const UNSAID: readonly string[] = ['budget', 'allocate', 'parameters']

/** Factors are neutral at 1, everything else at 0. */
const FACTOR = /(?:weight|odds|factor|uptake)$/i

/** Every setting below a value, with the way to it; what is neutral, empty or null is not set. */
function walk(value: unknown, path: readonly string[]): Setting[] {
  if (isPlain(value)) return Object.entries(value).flatMap(([key, each]) => walk(each, [...path, key]))
  if (value === null || (Array.isArray(value) && value.length === 0) || isNeutral(value, path.at(-1) ?? '')) return []
  return [{ what: nameOf(path), value: textOf(value), isParameter: path[1] === 'parameters' }]
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('dist' in value) && !('formula' in value)
}

function isNeutral(value: unknown, key: string): boolean {
  const neutral = FACTOR.test(key) ? 1 : 0
  return [value].flat().every((each) => each === neutral)
}

/** `Programme capacity: £ a year`. */
function nameOf(path: readonly string[]): string {
  const [place, ...keys] = path
  const lever = ASSUMPTIONS.find(({ id }) => id.startsWith('lever.') && id.endsWith(`.${keys.at(-1) ?? ''}`) && keys[0] === 'parameters')
  const [key = ''] = keys.slice(-1)
  const group = keys.slice(0, -1).filter((each) => !UNSAID.includes(each)).map((each) => `${wordsOf(each)}, `)
  return `${place}: ${lever?.label ?? `${group.join('')}${WORDS[key] ?? wordsOf(key)}`}`
}

const wordsOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 })

function textOf(value: unknown): string {
  if (typeof value === 'number') return numbers.format(value)
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value) : value
  if (Array.isArray(value)) {
    const texts = value.map(textOf)
    return texts.length > 1 && texts.every((text) => text === texts[0]) ? texts[0] : texts.join(typeof value[0] === 'number' ? ' / ' : ', ')
  }
  return isSpec(value) ? specText(value) : String(value)
}

/** A distribution or a formula. */
function isSpec(value: unknown): value is Exclude<Parameters<typeof specText>[0], readonly unknown[]> {
  return typeof value === 'object' && value !== null && ('dist' in value || 'formula' in value)
}
