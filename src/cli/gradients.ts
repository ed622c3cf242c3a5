/** `fairwait gradients [PACK|CODE] [--regions] [--out FILE]` */
import type { Command } from 'commander'
import type { AreaFit } from '../baseline/gradients/fit-area.ts'
import type { Unknown } from '../baseline/gradients/unknowns.ts'
import type { PackBaseline } from '../scenario/baselines.ts'
import { fitting, GRADIENTS, SAY } from './gradients-messages.ts'
import type { GradientFits } from './gradients-output.ts'
import { notEmpty } from './option-readers.ts'

interface GradientsOptions {
  readonly regions?: true
  readonly out?: string
  readonly json?: true
  readonly quiet?: true
}

/** Adds the command. */
export function register(program: Command): void {
  program
    .command('gradients')
    .summary(GRADIENTS.summary)
    .description(GRADIENTS.description)
    .argument('[system]', GRADIENTS.source)
    .option('--regions', GRADIENTS.regions)
    .option('--out <file>', GRADIENTS.out, notEmpty)
    .option('--json', GRADIENTS.json)
    .option('--quiet', GRADIENTS.quiet)
    .action(gradients)
}

async function gradients(system: string | undefined, options: GradientsOptions): Promise<void> {
  const { ENGLAND } = await import('../baseline/reference/reference.ts')
  const { findPack } = await import('./find-pack.ts')
  const source = await findPack(system ?? ENGLAND, 'gradients')
  refuseTenths(source)
  if (options.regions === true && source.pack.system.code !== ENGLAND) throw SAY.regionsOfEngland
  const { prepareFile, writeFileAside } = await import('./write-files.ts')
  if (options.out !== undefined) await prepareFile(options.out)
  const tell = (area: string): void => {
    if (options.quiet !== true && process.stderr.isTTY) process.stderr.write(fitting(area))
  }
  const fits = await fitSystem(source, tell)
  const all = options.regions === true ? await withRegions(fits, tell) : fits
  const { gradientsJson, gradientsText } = await import('./gradients-output.ts')
  const json = gradientsJson(all)
  if (options.out !== undefined) await writeFileAside(options.out, json)
  process.stdout.write(options.json === true ? json : gradientsText(all))
}

function refuseTenths({ path, pack }: PackBaseline): void {
  const groups = pack.deprivation.population.length
  if (groups !== 5) throw SAY.notFifths(path, groups)
}

/** A system, held to the anchors of its region. */
async function fitSystem(source: PackBaseline, tell: (area: string) => void): Promise<GradientFits> {
  const { anchorsOf } = await import('../baseline/gradients/anchors.ts')
  const { createOutlook } = await import('../baseline/gradients/outlook.ts')
  const { fitArea } = await import('../baseline/gradients/fit-area.ts')
  const { AS_PUBLISHED, CANCELLATION, UNKNOWNS } = await import('../baseline/gradients/unknowns.ts')
  const outlook = await createOutlook(source)
  const { name, region } = source.pack.system
  const fit = (unknowns: readonly Unknown[]): AreaFit => {
    tell(name)
    return fitArea({ area: name, anchors: anchorsOf(region), unknowns, base: AS_PUBLISHED, outlook })
  }
  return { areas: [fit(UNKNOWNS)], ifCancelled: fit([...UNKNOWNS, CANCELLATION]), packs: [packUsed(source)] }
}

/** Every region beside England: its boards' packs as one list. */
async function withRegions(england: GradientFits, tell: (area: string) => void): Promise<GradientFits> {
  const { anchorsOf, REGIONS } = await import('../baseline/gradients/anchors.ts')
  const { createOutlook } = await import('../baseline/gradients/outlook.ts')
  const { fitArea } = await import('../baseline/gradients/fit-area.ts')
  const { packOfRegion } = await import('../baseline/gradients/region-pack.ts')
  const { regionalUnknowns } = await import('../baseline/gradients/regional.ts')
  const { findPack, shippedSystems } = await import('./find-pack.ts')
  const areas = [...england.areas]
  const packs = [...england.packs]
  for (const region of REGIONS) {
    tell(region)
    const codes = shippedSystems().filter((system) => system.region === region)
    if (codes.length === 0) throw SAY.noBoards(region)
    const boards = await Promise.all(codes.map(({ code }) => findPack(code, 'gradients')))
    const outlook = await createOutlook({ kind: 'pack', path: region, sha256: '', pack: packOfRegion(region, boards.map(({ pack }) => pack)) })
    areas.push(fitArea({ area: region, anchors: anchorsOf(region), ...regionalUnknowns(england.areas[0]), outlook }))
    packs.push(...boards.map(packUsed))
  }
  return { ...england, areas, packs }
}

const packUsed = ({ pack, sha256 }: PackBaseline): GradientFits['packs'][number] => ({ system: pack.system.code, months: pack.months, sha256 })
