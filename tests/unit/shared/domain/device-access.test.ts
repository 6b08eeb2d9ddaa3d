// Some devices of an appliance and no others, in the words of each vendor's guide to containers.
import { describe, expect, it } from 'vitest'
import type { Accelerator, ContainerAccess } from '../../../../shared/domain/accelerator.ts'
import { noAccess } from '../../../../shared/domain/accelerator.ts'
import { accessTo } from '../../../../shared/domain/device-access.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { knownValue } from '../../../support/known-value.ts'
import { reportOf } from '../../../support/made-entries.ts'

const devices = (vendor: string, change: (at: number) => Partial<Accelerator> = () => ({})): Accelerator[] =>
  knownValue(reportOf(vendor, { product: 'x', count: 4, memoryGib: 64 }).devices).map((one, at) => ({
    ...one,
    ...change(at),
  }))
const given = (all: Accelerator[], places: number[], access: Partial<ContainerAccess>) =>
  accessTo(
    all.filter((_, at) => places.includes(at)),
    all,
    { ...noAccess, ...access },
  )

describe('the access to some devices', () => {
  it('of NVIDIA names them by their ids, which do not change when one is lost; a list in quotes of its own', () => {
    const all = devices('nvidia', (at) => ({ uuid: known(`GPU-${at}`) }))
    expect(given(all, [2], { gpus: 'all' }).gpus).toBe('device=GPU-2')
    expect(given(all, [1, 3], { gpus: 'all' }).gpus).toBe('"device=GPU-1,GPU-3"')
    expect(given(devices('nvidia'), [1, 3], { gpus: 'all' }).gpus).toBe('"device=1,3"')
  })

  it('of Ascend has their nodes, and those of the driver', () => {
    const all = devices('ascend', (at) => ({ detail: { node: known(`/dev/davinci${at}`) } }))
    const nodes = [0, 1, 2, 3].map((at) => `/dev/davinci${at}`)
    const access = given(all, [1, 2], { devices: [...nodes, '/dev/davinci_manager', '/dev/hisi_hdc'] })
    expect(access.devices).toEqual(['/dev/davinci1', '/dev/davinci2', '/dev/davinci_manager', '/dev/hisi_hdc'])
  })

  it('by a runtime of the vendor names their places', () => {
    const access = given(devices('mthreads'), [0, 3], { environment: { MTHREADS_VISIBLE_DEVICES: 'all' } })
    expect(access.environment).toEqual({ MTHREADS_VISIBLE_DEVICES: '0,3' })
  })

  it('whose nodes are shared is told to the libraries inside', () => {
    const access = given(devices('amd'), [2, 3], { devices: ['/dev/kfd', '/dev/dri'] })
    expect(access).toMatchObject({ devices: ['/dev/kfd', '/dev/dri'], environment: { HIP_VISIBLE_DEVICES: '2,3' } })
  })

  it('that are all of them is as it was', () => {
    const all = devices('nvidia')
    expect(given(all, [0, 1, 2, 3], { gpus: 'all' })).toEqual({ ...noAccess, gpus: 'all' })
  })
})
