/**
 * `independent-sector`: sessions of other providers. They are not reserved: who gets them follows the sector's access
 * gradient (`independentSectorAccess`), so that with the default gradient the least deprived gain more.
 */
import { slotLever } from './slot-lever.ts'

/** Slots of the independent sector; money for a group raises its access in proportion to what is bought. */
export const independentSector = slotLever({
  buys: 'first appointments and admissions from the independent sector',
  first: 'independent-first',
  admission: 'independent-admission',
})
