/** Where the kernel's time goes, by function. */
import { benchMessages, say } from '../messages.ts'
import { child, runLines } from '../process.ts'
import type { ProfileAnswer, ProfileRequest } from '../children/profile.ts'
import type { ProfileRecord } from '../record.ts'
import { ICB } from './sizes.ts'

/** Functions below this share are summed up as one. */
const LEAST_SHARE = 0.01

/** Profiles the reference scenario of one ICB. */
export async function benchProfile(root: string): Promise<ProfileRecord> {
  say(benchMessages.running('profile'))
  const request: ProfileRequest = { study: `${root}/${ICB.study}`, warmUps: 1, repeats: 3 }
  const [{ functions }] = await runLines<ProfileAnswer>(child('profile', request))
  const kernel = functions.filter(({ file }) => file.startsWith('src/model/'))
  const samples = kernel.reduce((sum, { samples: own }) => sum + own, 0)
  const shares = kernel
    .map(({ name, file, samples: own }) => ({ name, file, share: own / samples }))
    .toSorted((a, b) => b.share - a.share)
  return { study: ICB.study, samples, functions: shares.filter(({ share }) => share >= LEAST_SHARE) }
}
