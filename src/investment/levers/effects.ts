/**
 * What all programmes' doses of a specialty do together:
 *
 *     1 doses in effect (`timing.ts`) → 2 reach: shares of appointments or people → factors, and what each reached brings
 *     → 3 people: one curve for everything that finds, removes, diverts or spares them
 *     → 4 slots: one curve a stage for everything that adds slots
 *
 * Factors of different levers multiply, so that a probability never falls below nothing. Programmes of one lever share
 * its reach. Where parameters of programmes that share a curve differ, their mean by what each bought holds.
 */
import { initialList, VALIDATION_FROM_WEEK, type Act, type Channel, type Dose, type DraftService, type Exposure } from '../draft.ts'
import { diminishing, saturatingTogether, shareReached } from './curves.ts'
import { parameterAt, unitsInEffect, uptakeOf } from './timing.ts'

/** A dose as it acts. */
interface ActiveDose extends Dose {
  readonly units: Float64Array
  readonly aim: Float64Array
}

/** What one dose, or one lever by its reach, adds to a channel that has a shared curve: by step and group. */
interface Amount {
  readonly channel: Channel
  readonly units: Float64Array
  /** The parameter that bends the curve. */
  readonly limit: (step: number, cell: number) => number
  readonly aimed: Float64Array
  /** Whether it is for people of further groups alone. */
  readonly isForClass: boolean
}

/** Lets everything that was bought act on the draft's tables. Without doses nothing is touched. */
export function takeEffect(service: DraftService): void {
  if (service.doses.length === 0) return
  const doses = service.doses.map((dose): ActiveDose => {
    const halfLife = dose.programme.parameters['decayHalfLifeWeeks']
    const inEffect = (units: Float64Array): Float64Array => unitsInEffect(units, service.groups, halfLife, service.stepsPerWeek)
    return { ...dose, units: inEffect(dose.arriving), aim: inEffect(dose.aimed) }
  })
  const sharing = new Set(doses.filter(({ exposure }) => exposure !== null).map((dose) => dose.sharing))
  const amounts = [
    ...doses.filter(({ exposure }) => exposure === null).flatMap((dose) => dose.acts.map((act) => directly(service, dose, act))),
    ...[...sharing].flatMap((key) => reach(service, doses.filter((dose) => dose.sharing === key))),
  ]
  actOnPeople(service, amounts)
  actOnSlots(service, amounts)
}

/** Effect of one unit of a dose by one of its acts, what people take up of it counted in. */
function effectOf(service: DraftService, { programme }: Dose, { by }: Act, step: number, group: number): number {
  const { groups, classes } = service
  return uptakeOf(programme, Math.floor(group / classes), groups / classes, step) * (by === null ? 1 : parameterAt(programme, by, step))
}

/** Calls `visit` for every step and group. */
function eachCell({ steps, groups }: DraftService, visit: (cell: number, step: number, group: number) => void): void {
  for (let step = 0; step < steps; step++) {
    for (let group = 0; group < groups; group++) visit(step * groups + group, step, group)
  }
}

/** Every unit counts. */
function directly(service: DraftService, dose: ActiveDose, act: Act): Amount {
  const units = new Float64Array(service.steps * service.groups)
  eachCell(service, (cell, step, group) => {
    if (dose.units[cell] > 0) units[cell] = dose.units[cell] * effectOf(service, dose, act, step, group)
  })
  return { channel: act.on, units, limit: (step) => parameterAt(dose.programme, dose.limit, step), aimed: dose.aim, isForClass: dose.programme.people !== undefined }
}

/** Doses that share one curve of reach: factors change at once, what else those reached bring is handed on. */
function reach(service: DraftService, doses: readonly ActiveDose[]): Amount[] {
  const [{ acts, exposure }] = doses
  const contacts = (cell: number): number => doses.reduce((sum, { units }) => sum + units[cell], 0)
  const mean = (cell: number, of: (dose: ActiveDose) => number): number =>
    doses.reduce((sum, dose) => sum + dose.units[cell] * of(dose), 0) / contacts(cell)
  return acts.flatMap((act) => {
    const factor = factorOf(service, act.on)
    const units = new Float64Array(service.steps * service.groups)
    eachCell(service, (cell, step, group) => {
      if (contacts(cell) === 0) return
      const exposed = exposedTo(service, exposure, cell, group)
      const effect = mean(cell, (dose) => parameterAt(dose.programme, 'maxReach', step) * effectOf(service, dose, act, step, group))
      const share = shareReached(contacts(cell), exposed) * effect
      if (factor === null) units[cell] = exposed * share
      else factor[cell] *= 1 - share
    })
    if (factor !== null) return []
    const limit = (step: number, cell: number): number => mean(cell, (dose) => parameterAt(dose.programme, dose.limit, step))
    return [{ channel: act.on, units, limit, aimed: new Float64Array(units.length), isForClass: false }]
  })
}

/** First appointments offered to a group in a step, or its people waiting, each counted once a week. */
function exposedTo(service: DraftService, exposure: Exposure | null, cell: number, group: number): number {
  return exposure === 'appointments' ? service.appointmentsOffered[cell] : initialList(service, group) / service.stepsPerWeek
}

/** The table of factors by group that a channel multiplies; null where it has none. */
function factorOf(service: DraftService, channel: Channel): Float64Array | null {
  switch (channel) {
    case 'dna':
      return service.dnaFactor
    case 'hospital-cancellation':
      return service.hospitalCancellationFactor
    case 'emergency':
      return service.emergencyFactor
    case 'deterioration':
      return service.deteriorationFactor
    case 'tests':
      return service.testFactor
    default:
      return null
  }
}

/** Finds, removes, diverts and spares people, each by one curve that saturates at a share of those there are. */
function actOnPeople(service: DraftService, amounts: readonly Amount[]): void {
  const { unmetNeed, stepsPerWeek, referralsExpected, groups } = service
  const longWaiting = Array.from({ length: groups }, (_, group) => initialList(service, group, VALIDATION_FROM_WEEK))
  const people = (channel: Channel, there: (cell: number, group: number) => number, act: (cell: number, people: number, there: number) => void): void => {
    const acting = amounts.filter((amount) => amount.channel === channel)
    if (acting.length === 0) return
    eachCell(service, (cell, step, group) => {
      const number = there(cell, group)
      const reached = saturatingTogether(acting.map(({ units, limit }) => ({ units: units[cell], cap: units[cell] > 0 ? limit(step, cell) * number : 0 })))
      if (reached > 0) act(cell, reached, number)
    })
  }
  people('unmet-need', (_, group) => unmetNeed[group] / stepsPerWeek, (cell, found) => (service.additionalStarts[cell] += found))
  people('removals', (_, group) => longWaiting[group] / stepsPerWeek, (cell, removed) => (service.furtherRemovals[cell] += removed))
  people('clock-starts', (cell) => referralsExpected[cell], (cell, diverted, all) => (service.divertedShare[cell] = Math.min(1, diverted / all)))
  people('need', (cell) => referralsExpected[cell], (cell, spared, all) => (service.needFactor[cell] *= 1 - Math.min(1, spared / all)))
}

/** Adds slots; what each stage gains diminishes with all that is added to it, whoever it is for and whoever holds it. */
function actOnSlots(service: DraftService, amounts: readonly Amount[]): void {
  addSlots(service, service.firstSlotsPerWeek, amounts.filter(({ channel }) => channel === 'slots-first' || channel === 'independent-first'))
  addSlots(
    service,
    service.admissionSlotsPerWeek,
    amounts.filter(({ channel }) => channel === 'slots-admission' || channel === 'independent-admission' || channel === 'hub-admission'),
  )
}

function addSlots(service: DraftService, perWeek: number, amounts: readonly Amount[]): void {
  const { steps, groups, stepsPerWeek } = service
  const base = perWeek / stepsPerWeek
  if (amounts.length === 0 || base <= 0) return
  for (let step = 0; step < steps; step++) {
    const cells = Array.from({ length: groups }, (_, group) => step * groups + group)
    const total = (value: (amount: Amount, cell: number) => number): number =>
      amounts.reduce((sum, amount) => sum + cells.reduce((own, cell) => own + (amount.units[cell] > 0 ? value(amount, cell) : 0), 0), 0)
    const all = total(({ units }, cell) => units[cell])
    if (all === 0) continue
    const half = total(({ units, limit }, cell) => units[cell] * limit(step, cell)) / all
    const kept = (base * diminishing(all / base, half)) / all
    for (const amount of amounts) giveSlots(service, amount, step, cells, kept)
  }
}

/** NHS slots are reserved for the groups that the money was for; others are open, and aimed by it. */
function giveSlots(service: DraftService, { channel, units, aimed, isForClass }: Amount, step: number, cells: readonly number[], kept: number): void {
  if (channel === 'slots-first' || channel === 'slots-admission') {
    const ofGroup = channel === 'slots-first' ? service.firstReserved : service.admissionReserved
    const ofClass = channel === 'slots-first' ? service.firstReservedForClass : service.admissionReservedForClass
    const reserved = isForClass ? ofClass : ofGroup
    for (const cell of cells) reserved[cell] += units[cell] * kept
    return
  }
  const isHub = channel === 'hub-admission'
  const open = isHub ? service.admissionHub : channel === 'independent-first' ? service.firstIndependent : service.admissionIndependent
  const tilt = isHub ? service.hubTilt : service.independentTilt
  for (const cell of cells) {
    open[step] += units[cell] * kept
    tilt[cell] += aimed[cell] * kept
  }
}
