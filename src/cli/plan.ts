/** `fairwait plan PACK|CODE|FILE.csv`: planning figures in closed form, and what the simulation says beside them. */
import { InvalidArgumentError, type Command } from 'commander'
import type { PlanRow, PlanTarget, Queue } from '../baseline/plan/plan.ts'
import type { PackBaseline } from '../scenario/baselines.ts'
import type { SimulatedPlan } from './plan-simulation.ts'
import { PLAN, RULES, TOTALS } from './plan-messages.ts'

const MOST_WEEKS = 520

/** Options as commander reads them. */
interface PlanOptions {
  readonly compliance: number
  readonly weeks: number
  readonly reliefWeeks: number
  readonly simulate?: true
  readonly json?: true
  readonly csv?: true
  readonly quiet?: true
}

/** Everything that is printed about one list. */
export interface Plan {
  /** Of the system, or of the file. */
  readonly name: string
  readonly fromFile: boolean
  readonly target: PlanTarget
  readonly rows: readonly PlanRow[]
  /** Null where nothing was simulated. */
  readonly simulated: SimulatedPlan | null
}

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('plan')
    .summary(PLAN.summary)
    .description(PLAN.description)
    .argument('<file>', PLAN.source)
    .option('--compliance <share>', PLAN.compliance, numberWhere((share) => share > 0 && share < 1, RULES.compliance), 0.92)
    .option('--weeks <n>', PLAN.weeks, numberWhere((weeks) => weeks > 0 && weeks <= MOST_WEEKS, RULES.weeks), 18)
    .option('--relief-weeks <n>', PLAN.reliefWeeks, numberWhere((weeks) => Number.isInteger(weeks) && weeks > 0 && weeks <= MOST_WEEKS, RULES.reliefWeeks), 26)
    .option('--simulate', PLAN.simulate)
    .option('--json', PLAN.json)
    .option('--csv', PLAN.csv)
    .option('--quiet', PLAN.quiet)
    .action(plan)
}

function numberWhere(holds: (value: number) => boolean, rule: string): (text: string) => number {
  return (text) => {
    const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN
    if (!holds(value)) throw new InvalidArgumentError(rule)
    return value
  }
}

async function plan(file: string, options: PlanOptions): Promise<void> {
  const { UserError } = await import('../errors.ts')
  if (options.json === true && options.csv === true) throw new UserError(RULES.oneFormat, 2)
  const target: PlanTarget = { weeks: options.weeks, compliance: options.compliance, reliefWeeks: options.reliefWeeks }
  const [source, { planOf, withTotals }] = await Promise.all([queuesFrom(file), import('../baseline/plan/plan.ts')])
  const rows = planOf(withTotals(source.queues, TOTALS.specialties, TOTALS.groups), target)
  const simulated = options.simulate === true ? await simulate(source, rows, target, options.quiet !== true) : null
  const result: Plan = { name: source.name, fromFile: source.pack === null, target, rows, simulated }
  const { planCsv, planJson, planText } = await import('./plan-output.ts')
  const write = options.json === true ? planJson : options.csv === true ? planCsv : planText
  process.stdout.write(write(result))
}

/** Queues and where they came from. */
interface PlanSource {
  readonly name: string
  readonly queues: readonly Queue[]
  /** Null where they came from a CSV file. */
  readonly pack: PackBaseline | null
}

async function queuesFrom(written: string): Promise<PlanSource> {
  const { existsSync } = await import('node:fs')
  if (!existsSync(written) && !/\.csv$/i.test(written)) return queuesOfPack(await (await import('./find-pack.ts')).findPack(written, 'plan'))
  const { readText } = await import('./read-text.ts')
  const { text, sha256 } = await readText(written, written)
  if (/^\uFEFF?\s*\{/.test(text)) {
    const { packOf } = await import('./find-pack.ts')
    return queuesOfPack({ kind: 'pack', path: written, sha256, pack: packOf(text, written) })
  }
  const { queuesOfCsv } = await import('./plan-file.ts')
  return { name: written, queues: queuesOfCsv(text, written), pack: null }
}

async function queuesOfPack(pack: PackBaseline): Promise<PlanSource> {
  const { packQueues } = await import('./plan-simulation.ts')
  return { name: pack.pack.system.name, queues: await packQueues(pack), pack }
}

async function simulate(source: PlanSource, rows: readonly PlanRow[], target: PlanTarget, showProgress: boolean): Promise<SimulatedPlan> {
  const [{ simulatePlan }, { interruptible }, { progressLineOn }, { simulatingLine }] = await Promise.all([
    import('./plan-simulation.ts'),
    import('./interrupt.ts'),
    import('./terminal.ts'),
    import('./plan-messages.ts'),
  ])
  const progress = progressLineOn(process.stderr, showProgress)
  try {
    return await interruptible((signal) => simulatePlan(source.pack, rows, target, { signal, onProgress: (done, total) => progress.show(simulatingLine(done, total)) }))
  } finally {
    progress.clear()
  }
}
