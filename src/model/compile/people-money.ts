/**
 * Money for people of further groups, by those groups. Such a programme's money is shared among deprivation groups and
 * specialties by the people whom it is for together; within them it reaches each group by what the lever can reach of
 * it, as it does classes of people (`share-out.ts`). So each line of its account is parted by the lever's own measure of
 * size (the list, clock starts, unmet need) of each group that it names. Money that no specialty could use goes by
 * residents. Whole pence: the groups of a dimension add up to the line.
 */
import { wholeShares } from '../../investment/allocation/shares.ts'
import { splitPence } from '../../investment/allocation/split-pence.ts'
import { LEVER } from '../../investment/levers/index.ts'
import type { ConcreteStudy, Programme, Scenario, Series } from '../../scenario/study.ts'
import type { BudgetLine, PeopleMoney } from '../tables.ts'
import type { RunCalendar } from './calendar.ts'
import { createContext } from './context.ts'
import { draftService } from './drafts.ts'
import { byMoneyCell, type NamedCells } from './money-cells.ts'
import type { Strata } from './strata.ts'

/** What the sizes of groups are taken from. */
export interface PeopleBasis {
  readonly study: ConcreteStudy
  readonly scenario: Scenario<Series>
  readonly run: RunCalendar
  readonly strata: Strata
  readonly named: NamedCells
}

/** The accounts, with the groups of those programmes that are for some. */
export function withPeople(lines: readonly BudgetLine[], basis: PeopleBasis): BudgetLine[] {
  const { study, scenario, run, strata, named } = basis
  const drafts = study.baselines.flatMap((system) =>
    system.specialties.map((specialty) => draftService(createContext(study, scenario, run, strata, named, system, specialty)).draft),
  )
  const residents = byMoneyCell(named, strata.own.map(({ residentsShare, caseMix, level }) => (caseMix === 0 && level === 0 ? residentsShare : 0)))
  const programmes = new Map(scenario.invest.map((programme) => [programme.id, programme]))
  return lines.map((line) => {
    const programme = programmes.get(line.programme)
    if (programme?.people === undefined) return line
    const own = drafts.filter(({ system, baseline }) => system === line.system && baseline.code === line.specialty)
    const reach = ofClasses(programme, line.group, basis, (cell) => own.reduce((sum, draft) => sum + LEVER[programme.lever].specialtyWeight(draft, cell), 0))
    const weights = wholeShares(reach) ?? ofClasses(programme, line.group, basis, (cell) => residents[cell])
    return { ...line, people: programme.people.flatMap(({ dimension, groups }) => parts(line, weights, { dimension, groups, ofClass: named.groupOfClass(dimension) })) }
  })
}

/** By class of a deprivation group, a size of those whom the programme is for. */
function ofClasses(programme: Programme<Series>, group: number, { named }: PeopleBasis, size: (cell: number) => number): number[] {
  return named.meant(programme).map((isMeant, each) => (isMeant ? size(group * named.classes + each) : 0))
}

/** A line's money by the groups of one dimension. */
function parts(
  line: BudgetLine,
  weights: readonly number[],
  { dimension, groups, ofClass }: { readonly dimension: string; readonly groups: readonly string[]; readonly ofClass: readonly string[] },
): PeopleMoney[] {
  const sizes = groups.map((group) => weights.reduce((sum, weight, each) => sum + (ofClass[each] === group ? weight : 0), 0))
  // Nobody lives there and nobody waits: whose money it is makes no difference, and it must not be lost.
  const shares = wholeShares(sizes) ?? groups.map(() => 1 / groups.length)
  const [spent, unspent] = [line.spentPence, line.unspentPence].map((pence) => splitPence(pence, shares))
  return groups.map((group, index) => ({
    dimension,
    group,
    budgetPence: spent[index] + unspent[index],
    spentPence: spent[index],
    unspentPence: unspent[index],
  }))
}
