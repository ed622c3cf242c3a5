/** `fairwait expand DIR`: more replications, draws, points or levels. What has run stays and is not run again. */
import { InputError, UserError } from '../errors.ts'
import type { Design } from '../experiment/sweep/design.ts'
import { sweepText } from './sweep-messages.ts'
import { readPlan, runCount, sizeProblem } from './sweep-plan.ts'
import { runPlan } from './sweep-run.ts'
import type { ExpandOptions } from './sweep.ts'

const EXIT_WRONG_USAGE = 2

/**
 * Enlarges a sweep's design and runs what it adds.
 * @throws InputError where the design cannot be enlarged so
 */
export async function expand(out: string, options: ExpandOptions): Promise<void> {
  const { replications, draws, runs, levels } = options
  if ([replications, draws, runs, levels].every((each) => each === undefined)) {
    throw new UserError(sweepText.atLeastOne, EXIT_WRONG_USAGE)
  }
  const plan = await readPlan(out)
  const design = expanded(plan.source.design, options)
  const source = { ...plan.source, design }
  const problem = sizeProblem(design, runCount(source))
  if (problem !== null) throw new InputError({ message: problem })
  await runPlan(out, { ...plan, source, groupsPerBatch: plan.groupsPerBatch }, options)
}

/** A design with more of what is asked for. */
export function expanded(design: Design, { replications, draws, runs, levels, budgetRuns }: ExpandOptions): Design {
  const grown = (what: string, now: number, wanted: number | undefined): number => {
    if (wanted !== undefined && wanted < now) throw new InputError({ message: sweepText.shrinks(what, now, wanted) })
    return wanted ?? now
  }
  const refuse = (what: string, why: string): never => {
    throw new InputError({ message: sweepText.notExpandable(what, why) })
  }
  if (design.until !== null && (replications !== undefined || draws !== undefined)) refuse('replications and draws', sweepText.adaptive)
  if (runs !== undefined && design.runs === 0) refuse('points', sweepText.notSampled(design.method))
  if (levels !== undefined && design.factors.every((each) => each.levels === undefined)) refuse('levels', sweepText.noLevels)
  return {
    ...design,
    replications: grown('replications', design.replications, replications),
    draws: grown('draws', design.draws, draws),
    runs: grown('points', design.runs, runs),
    factors: design.factors.map((each) =>
      each.levels === undefined ? each : { ...each, levels: grown('levels', each.levels, levels) },
    ),
    budget: { ...design.budget, runs: budgetRuns ?? design.budget.runs },
  }
}
