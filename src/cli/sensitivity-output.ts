/** How a sensitivity analysis is printed and written. */
import type { Sensitivity } from '../experiment/analysis/analyse.ts'
import type { IndexEstimate } from '../experiment/analysis/sobol-indices.ts'
import { MEASURES } from '../measures/definitions.ts'
import { csvText } from '../results/csv-text.ts'
import { areCorrelated } from '../experiment/analysis/joint-inputs.ts'
import { correlatedNote, discoverySentence, effortLine, filesWritten, groupText, heads, informationText, notes, outputTitle, sideText, storeText } from './analysis-messages.ts'
import type { SensitivityResult } from './sensitivity.ts'
import { cut, LINE_WIDTH, plainText, tableLines, type Style } from './terminal.ts'

/** Widest name of a parameter in a table. */
const NAME_WIDTH = 38

/** The result as lines of at most 80 columns. */
export function sensitivityLines(
  result: SensitivityResult,
  written: { readonly folder: string; readonly files: readonly string[] } | null,
  style: Style,
): string[] {
  const lines = [style.bold(cut(plainText(result.study.title), LINE_WIDTH))]
  if (result.sensitivity !== null) lines.push(...methodLines(result, result.sensitivity, style))
  if (result.value !== null) lines.push('', ...valueLines(result, result.value, style))
  if (result.discovery !== null) lines.push('', ...wrapped(discoveryText(result, result.discovery)))
  if (result.runs !== null) lines.push('', style.dim(storeText(result.runs.ran, result.runs.stored)))
  if (written !== null) lines.push('', filesWritten(written.folder, written.files))
  return lines
}

function methodLines(result: SensitivityResult, sensitivity: Sensitivity, style: Style): string[] {
  const { measure, scenario, group, specialty, date, inputs, study, seconds } = result
  const label = MEASURES.find(({ id }) => id === measure)?.label ?? measure
  const rows = rowsOf(result, sensitivity)
  const order = orderOf(sensitivity)
  const grouped = areCorrelated(result.groups)
  const [head, ...body] = tableLines([heads(grouped)[sensitivity.method], ...order.map((input) => rows[input])])
  const below = notes(grouped)
  const factors = inputs.some(({ kind }) => kind === 'factor') && sensitivity.method === 'tornado' ? [below.factors] : []
  return [
    cut(plainText(outputTitle(label, scenario, group, specialty, date)), LINE_WIDTH),
    effortLine(sensitivity.table.outputs.length, study.replications, seconds),
    '',
    style.bold(head),
    ...body,
    '',
    ...[...below[sensitivity.method], ...factors, ...correlationNotes(result, sensitivity.method)].map((note) => style.dim(note)),
  ]
}

/** What correlations change in an answer, and which parameters they tie; nothing where there are none. */
function correlationNotes({ inputs, groups }: SensitivityResult, question: Sensitivity['method'] | 'value'): string[] {
  if (!areCorrelated(groups)) return []
  const lists = groups.flatMap(({ members }, group) =>
    members.length > 1 ? wrapped(groupText(groupName(group), members.map((input) => inputs[input].id))) : [],
  )
  return [...correlatedNote[question], ...lists]
}

/** Short names of what a table has a row for: groups, or in a tornado single inputs. */
function entryNames({ inputs, groups }: SensitivityResult, { method }: Sensitivity): string[] {
  const name = (input: number): string => shortName(inputs[input].kind === 'factor' ? `${inputs[input].id} x` : inputs[input].id)
  if (method === 'tornado') return inputs.map((_, input) => name(input))
  return groups.map(({ members }, group) => (members.length > 1 ? groupName(group) : name(members[0])))
}

const groupName = (group: number): string => `group ${group + 1}`

/** Full names of the same, for files. */
function entryIds({ inputs, groups }: SensitivityResult, { method }: Sensitivity): string[] {
  if (method === 'tornado') return inputs.map(({ id }) => id)
  return groups.map(({ members }) => members.map((input) => inputs[input].id).join(' + '))
}

/** Rows from the one that matters most; those that cannot be told apart stay in their order. */
function orderOf(sensitivity: Sensitivity): number[] {
  const sizes = sizesOf(sensitivity)
  return [...sizes.keys()].toSorted((a, b) => (sizes[b] || 0) - (sizes[a] || 0))
}

function sizesOf(sensitivity: Sensitivity): number[] {
  switch (sensitivity.method) {
    case 'sobol':
      return sensitivity.indices.map(({ total }) => total.value)
    case 'morris':
      return sensitivity.effects.map(({ meanAbsolute }) => meanAbsolute.value)
    case 'tornado':
      return sensitivity.bars.map(({ width }) => width)
  }
}

function rowsOf(result: SensitivityResult, sensitivity: Sensitivity): string[][] {
  const names = entryNames(result, sensitivity)
  switch (sensitivity.method) {
    case 'sobol':
      return sensitivity.indices.map(({ first, total }, input) => [
        names[input],
        share(first.value),
        interval(first, share),
        share(total.value),
        interval(total, share),
      ])
    case 'morris':
      return sensitivity.effects.map(({ meanAbsolute, mean, sd }, input) => [
        names[input],
        short(meanAbsolute.value),
        interval(meanAbsolute, short),
        short(mean),
        short(sd),
      ])
    case 'tornado':
      return sensitivity.bars.map(({ low, high }, input) => [
        names[input],
        short(sensitivity.table.values[1 + 2 * input][input]),
        short(sensitivity.table.values[2 + 2 * input][input]),
        short(low),
        short(high),
      ])
  }
}

/** The end of a long path says which number it is. */
const shortName = (id: string): string => (id.length <= NAME_WIDTH ? id : `…${id.slice(1 - NAME_WIDTH)}`)

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(2).replace(/^-0\.00$/, '0.00'))
const interval = ({ lower, upper }: IndexEstimate, of: (value: number) => string): string => `${of(lower)} to ${of(upper)}`

/** Four significant digits, large numbers with separators. */
function short(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (Math.abs(value) >= 10_000) return Math.round(value).toLocaleString('en-GB')
  return String(Number(value.toPrecision(4)))
}

const pounds = (value: number): string => `£${Math.round(value).toLocaleString('en-GB')}`

function valueLines(result: SensitivityResult, value: NonNullable<SensitivityResult['value']>, style: Style): string[] {
  const { study, inputs } = result
  const order = [...inputs.keys()].toSorted((a, b) => value.byInput[b] - value.byInput[a])
  const rows = order.map((input) => [inputs[input].id, Math.round(value.byInput[input]).toLocaleString('en-GB')])
  const [head, ...body] = tableLines([heads(false).value, ...rows])
  return [
    ...wrapped(informationText.best(study.scenarios[value.best].id, value.shareBest[value.best])),
    ...wrapped(informationText.evpi(pounds(value.evpi), pounds(value.poundsPerQaly))),
    '',
    style.bold(head),
    ...body,
    '',
    ...[...informationText.note, ...correlationNotes(result, 'value')].map((note) => style.dim(note)),
  ]
}

function discoveryText({ inputs }: SensitivityResult, discovery: NonNullable<SensitivityResult['discovery']>): string {
  const limit = (value: number | null): string | null => (value === null ? null : short(value))
  const sides = discovery.limits.map(({ input, from, to }) => sideText(inputs[input].id, limit(from), limit(to)))
  return discoverySentence(discovery.target.title, discovery.missed, discovery.draws, discovery.box, sides)
}

function wrapped(text: string): string[] {
  const lines: string[] = ['']
  for (const word of plainText(text).split(' ')) {
    const last = lines[lines.length - 1]
    if (last !== '' && last.length + word.length + 1 > LINE_WIDTH) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

/** The result as one versioned object. */
export function sensitivityJson(result: SensitivityResult): Record<string, unknown> {
  const { study, inputs, groups, scenario, measure, group, specialty, date, sensitivity, value, discovery } = result
  const named = <T>(ids: readonly string[], entries: readonly T[]): Record<string, T> => Object.fromEntries(entries.map((each, k) => [ids[k], each]))
  const ids = inputs.map(({ id }) => id)
  return {
    format: 'fairwait-sensitivity',
    schemaVersion: 1,
    study: study.name,
    seed: study.seed,
    weeks: study.time.weeks,
    replications: study.replications,
    output: { scenario, measure, group, specialty, date },
    inputs: inputs.map(({ id, kind }) => ({ id, kind })),
    correlated: groups.flatMap(({ members }) => (members.length > 1 ? [members.map((input) => ids[input])] : [])),
    method: sensitivity === null ? null : { name: sensitivity.method, points: sensitivity.table.outputs.length, results: named(entryIds(result, sensitivity), resultsOf(sensitivity)) },
    valueOfInformation:
      value === null
        ? null
        : {
            draws: value.draws,
            poundsPerQaly: value.poundsPerQaly,
            best: study.scenarios[value.best].id,
            scenarios: study.scenarios.map(({ id }, index) => ({ id, netBenefit: value.means[index], shareBest: value.shareBest[index] })),
            evpi: value.evpi,
            evppi: named(ids, value.byInput),
          },
    discovery:
      discovery === null
        ? null
        : {
            target: discovery.target.id,
            draws: discovery.draws,
            missed: discovery.missed,
            coverage: discovery.box.coverage,
            density: discovery.box.density,
            support: discovery.box.support,
            limits: discovery.limits.map(({ input, from, to }) => ({ input: inputs[input].id, from, to })),
            sentence: discoveryText(result, discovery),
          },
  }
}

function resultsOf(sensitivity: Sensitivity): readonly object[] {
  switch (sensitivity.method) {
    case 'sobol':
      return sensitivity.indices
    case 'morris':
      return sensitivity.effects
    case 'tornado':
      return sensitivity.bars
  }
}

/** The files of `--out`: everything as JSON; a tidy table of results; the design with its outputs. */
export function sensitivityFiles(result: SensitivityResult): Record<string, string> {
  const files: Record<string, string> = {
    'sensitivity.json': `${JSON.stringify(sensitivityJson(result), null, 1)}\n`,
    'sensitivity.csv': csv([['input', 'statistic', 'value', 'lower', 'upper'], ...tidyRows(result)]),
  }
  if (result.sensitivity === null) return files
  const { values, outputs } = result.sensitivity.table
  const rows = values.map((row, point) => [String(point), ...row.map(String), String(outputs[point])])
  return { ...files, 'design.csv': csv([['point', ...result.inputs.map(({ id }) => id), result.measure], ...rows]) }
}

function tidyRows(result: SensitivityResult): string[][] {
  const { inputs, sensitivity, value } = result
  const row = (id: string, statistic: string, estimate: number | IndexEstimate): string[] => {
    const { value: middle, lower, upper } = typeof estimate === 'number' ? { value: estimate, lower: Number.NaN, upper: Number.NaN } : estimate
    return [id, statistic, ...[middle, lower, upper].map((each) => (Number.isNaN(each) ? '' : String(each)))]
  }
  const ids = sensitivity === null ? [] : entryIds(result, sensitivity)
  const measured = (sensitivity === null ? [] : resultsOf(sensitivity)).flatMap((each, entry) =>
    Object.entries(each).map(([statistic, estimate]) => row(ids[entry], statistic, estimate as number | IndexEstimate)),
  )
  return [...measured, ...(value?.byInput ?? []).map((each, input) => row(inputs[input].id, 'evppi', each))]
}

const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => (/^-?\d/.test(cell) ? cell : csvText(cell))).join(',')}\n`).join('')
