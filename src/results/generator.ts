/** The kernel's random-number generator (`model/threefry.ts`), as papers name it. */
export const GENERATOR = 'threefry-2x32-13, keyed by pathway identity'
