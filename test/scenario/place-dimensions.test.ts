import { describe, expect, it } from 'vitest'
import { crossedGroup, crossingOf, isCrossing, isPlaces, isPlacesCrossed } from '../../src/scenario/place-dimensions.ts'
import { complaints, SMALL_STUDY } from './helpers.ts'

describe('names of dimensions', () => {
  it.for(['system', 'region'])('put the deprivation groups inside each %s', (place) => {
    expect([isPlaces(place), crossingOf(place), crossedGroup(place, 'QYG', '1')]).toEqual([true, `${place}-deprivation`, 'QYG/1'])
  })

  it.for(['ethnicity', 'place', 'priority'])('put groups of %s inside each deprivation group', (dimension) => {
    expect([isPlaces(dimension), crossingOf(dimension), crossedGroup(dimension, 'a', '1')]).toEqual([false, `deprivation-${dimension}`, '1/a'])
  })

  it('tell crossings from what is crossed', () => {
    const dimensions = ['system', 'region', 'ethnicity', 'deprivation', 'core20plus']
    expect(dimensions.filter(isCrossing)).toEqual([])
    expect(dimensions.map(crossingOf).every(isCrossing)).toBe(true)
    expect(dimensions.map(crossingOf).filter(isPlacesCrossed)).toEqual(['system-deprivation', 'region-deprivation'])
  })
})

describe('the id of a dimension', () => {
  it.for(['deprivation', 'system', 'region', 'region-deprivation', 'deprivation-age', 'core20plus'])('cannot be %s, which means something else', async (id) => {
    const study = `${SMALL_STUDY}dimensions: [{ id: ${id}, groups: [{ id: a }, { id: b }], residents: [0.5, 0.5] }]\n`
    expect(await complaints(study)).toEqual([expect.stringContaining(`"${id}" means something else in a study`)])
  })
})
