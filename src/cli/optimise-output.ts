/** How the front that a search found is printed and written. */
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { stringify } from 'yaml'
import type { Objective } from '../experiment/analysis/objectives.ts'
import { beats, clearestBetter, dominates, extentOf, hypervolume, meansOf, pairedDifference } from '../experiment/analysis/pareto.ts'
import type { Solution } from '../experiment/analysis/pareto.ts'
import { programmesOf } from '../experiment/analysis/portfolio.ts'
import { confidenceInterval } from '../measures/interval.ts'
import { csvText } from '../results/csv-text.ts'
import { choiceHeader, comparison, filesWritten, FRONT_NOTES, frontHeading, gainText, storeText } from './analysis-messages.ts'
import { documentOf } from './optimise-search.ts'
import type { OptimiseResult } from './optimise.ts'
import { cut, LINE_WIDTH, plainText, tableLines, type Style } from './terminal.ts'

const choiceId = (index: number): string => `choice-${index + 1}`

/** The front as lines of at most 80 columns, and what it beats. */
export function optimiseLines(result: OptimiseResult, files: readonly string[], style: Style): string[] {
  const { problem, front, knee, evaluated, fresh, out } = result
  const rows = front.map((split, index) => [`${choiceId(index)}${index === knee ? ' *' : ''}`, ...shown(result, split)])
  const own = result.scenarios.map((scenario, index) => [problem.study.scenarios[index].id, ...shown(result, scenario)])
  const [head, ...body] = tableLines([['Split', ...problem.objectives.map(({ id }) => id)], ...rows, ...own])
  return [
    style.bold(cut(plainText(problem.study.title), LINE_WIDTH)),
    cut(frontHeading(front.length, evaluated, problem.study.replications, fresh), LINE_WIDTH),
    '',
    style.bold(head),
    ...body,
    '',
    ...FRONT_NOTES.map((note) => style.dim(note)),
    '',
    ...comparisons(result),
    '',
    ...(result.runs === null ? [] : [style.dim(storeText(result.runs.ran, result.runs.stored))]),
    filesWritten(out, [`${files[0]} and ${files.length - 1} more`]),
  ]
}

/** Objectives in their own units, not as costs. */
function shown({ problem }: OptimiseResult, solution: Solution): string[] {
  return meansOf(solution).map((cost, k) => short(ownValue(problem.objectives[k].cost(1) < 0, cost)))
}

const ownValue = (isNegated: boolean, cost: number): number => (isNegated ? -cost : cost)

function short(value: number): string {
  if (Number.isNaN(value)) return '–'
  return Math.abs(value) >= 10_000 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(4)))
}

function comparisons(result: OptimiseResult): string[] {
  const { problem, front, scenarios, random } = result
  const lines = scenarios.flatMap((scenario, index) => {
    const { id } = problem.study.scenarios[index]
    const { beatenBy, beatenOrTiedBy, beats: worse, most } = standing(result, scenario)
    const gains = Object.entries(most?.differences ?? {}).map(([name, { mean, halfWidth }]) => gainText(name, short(mean), short(halfWidth)))
    return [
      most === null ? comparison.notBeaten(id) : comparison.beaten(id, beatenBy.length, beatenOrTiedBy.length, most.split, gains),
      ...(worse.length > 0 ? [comparison.beats(id, worse.length)] : []),
    ]
  })
  if (random === null) return lines
  const { tried, best, beaten, beatenOrTied, beating, volume } = againstRandom(front, random)
  return [...lines, comparison.random(tried, best, beaten, beatenOrTied, beating), comparison.volume(volume.front.toPrecision(3), volume.random.toPrecision(3))]
}

/** How another solution stands to the front, on the same fresh replications. */
function standing({ problem, front }: OptimiseResult, other: Solution) {
  const clearest = clearestBetter(front, other)
  const named = (better: (split: Solution) => boolean): string[] => front.flatMap((split, k) => (better(split) ? [choiceId(k)] : []))
  return {
    beatenBy: named((split) => dominates(split, other)),
    beatenOrTiedBy: named((split) => beats(split, other)),
    beats: named((split) => beats(other, split)),
    most: clearest === null ? null : { split: choiceId(clearest), differences: differencesOf(problem.objectives, front[clearest], other) },
  }
}

/** Paired differences, `split` less `other`, by objective in its own unit; ± half the width of the 95% interval. */
function differencesOf(objectives: readonly Objective[], split: Solution, other: Solution): Record<string, { mean: number; halfWidth: number }> {
  return Object.fromEntries(
    objectives.map(({ id, cost }, k) => {
      const { mean, halfWidth } = pairedDifference(split.objectives[k], other.objectives[k])
      return [id, { mean: ownValue(cost(1) < 0, mean), halfWidth }]
    }),
  )
}

/** The front beside the best random splits. */
function againstRandom(front: readonly Solution[], { tried, best }: NonNullable<OptimiseResult['random']>) {
  const { least, range } = extentOf([...front, ...best].map(meansOf))
  const scaled = (solutions: readonly Solution[]): number[][] => solutions.map((each) => meansOf(each).map((value, k) => (value - least[k]) / range[k]))
  // A little beyond the worst of both, so that the ends count too.
  const reference = least.map(() => 1.1)
  return {
    tried,
    best: best.length,
    beaten: best.filter((each) => front.some((split) => dominates(split, each))).length,
    beatenOrTied: best.filter((each) => front.some((split) => beats(split, each))).length,
    beating: best.filter((each) => front.some((split) => beats(each, split))).length,
    volume: { front: hypervolume(scaled(front), reference), random: hypervolume(scaled(best), reference) },
  }
}

/** The result as one versioned object. */
export function optimiseJson(result: OptimiseResult): Record<string, unknown> {
  const { problem, front, knee, scenarios, random, evaluated, fresh, generations } = result
  return {
    format: 'fairwait-optimise',
    schemaVersion: 1,
    study: problem.study.name,
    seed: problem.study.seed,
    weeks: problem.study.time.weeks,
    replications: problem.study.replications,
    searchSample: problem.searchSample,
    freshReplications: fresh,
    generations,
    evaluated,
    envelope: problem.portfolio.envelope,
    objectives: problem.objectives.map(({ id, measures }) => ({ id, measures })),
    front: front.map((split, index) => ({
      id: choiceId(index),
      knee: index === knee,
      violation: split.violation,
      objectives: estimates(result, split),
      programmes: programmesOf(problem.portfolio, split.variables),
    })),
    scenarios: scenarios.map((each, index) => ({
      id: problem.study.scenarios[index].id,
      spends: problem.study.scenarios[index].invest.length > 0,
      objectives: estimates(result, each),
      ...standing(result, each),
    })),
    random: random === null ? null : againstRandom(front, random),
  }
}

/** Mean with its interval over fresh replications, in the objective's own unit; of a gap, its distance from equality. */
function estimates({ problem }: OptimiseResult, { objectives }: Solution): Record<string, unknown> {
  return Object.fromEntries(
    problem.objectives.map(({ id, cost }, k) => {
      const values = objectives[k].map((each) => ownValue(cost(1) < 0, each))
      const mean = values.reduce((sum, each) => sum + each, 0) / values.length
      const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0)
      return [id, { mean, ...confidenceInterval(mean, Math.sqrt(squares / (values.length - 1)), values.length) }]
    }),
  )
}

/** The files: the front as JSON and CSV, and a study file for each split. */
export function optimiseFiles(result: OptimiseResult): Record<string, string> {
  const { front } = result
  const choices = front.map((split, index): [string, string] => [`${choiceId(index)}.yaml`, choiceFile(result, split, choiceId(index))])
  return {
    'front.json': `${JSON.stringify(optimiseJson(result), null, 1)}\n`,
    'front.csv': frontCsv(result),
    ...Object.fromEntries(choices),
  }
}

function frontCsv(result: OptimiseResult): string {
  const { problem, front, scenarios } = result
  const head = ['split', 'objective', 'mean', 'lower', 'upper']
  const rows = (id: string, solution: Solution): string[][] =>
    Object.entries(estimates(result, solution)).map(([objective, each]) => {
      const { mean, lower, upper } = each as { mean: number; lower: number; upper: number }
      return [csvText(id), csvText(objective), String(mean), String(lower), String(upper)]
    })
  const all = [
    ...front.flatMap((split, index) => rows(choiceId(index), split)),
    ...scenarios.flatMap((each, index) => rows(problem.study.scenarios[index].id, each)),
  ]
  return [head, ...all].map((row) => `${row.join(',')}\n`).join('')
}

/** The study with the split as one more scenario. */
function choiceFile({ problem, path, out }: OptimiseResult, split: Solution, id: string): string {
  const { study, source, portfolio } = problem
  const document = documentOf(source)
  const { baseline } = document
  const beside = typeof baseline === 'string' && !isAbsolute(baseline) ? join(dirname(path), baseline) : null
  const written = {
    ...document,
    // Seen from the folder that the file is written to; a pack that comes with Fairwait is found by its own name.
    ...(beside !== null && existsSync(beside) ? { baseline: relative(resolve(out), resolve(beside)) } : {}),
    seed: study.seed,
    replications: study.replications,
    reference: study.reference,
    scenarios: { ...document.scenarios, [id]: { title: `A split found by search, ${id}`, invest: programmesOf(portfolio, split.variables) } },
  }
  return choiceHeader(study.name, id, study.time.weeks) + stringify(written)
}
