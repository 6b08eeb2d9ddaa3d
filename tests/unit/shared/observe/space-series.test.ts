// How full filesystems are, as series of the history: each filesystem once, under the same name at every look.
import { describe, expect, it } from 'vitest'
import { seriesName } from '../../../../shared/domain/history.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { spaceProbesWith } from '../../../../shared/facts/spaces.ts'
import { spaceSeries } from '../../../../shared/observe/space-series.ts'

const space = (filesystem: string, totalBytes: number, freeBytes: number) => ({
  ...{ path: '/somewhere', filesystem, totalBytes, freeBytes },
})

describe('filesystems', () => {
  const root = space('/dev/sda1', 100, 40)
  it.each([
    ['all on one', { rackside: root, engine: root, root }, ['root/used 60', 'root/total 100']],
    [
      'the engine on its own',
      { engine: space('/dev/sdb', 900, 890), rackside: root, root },
      ['root/used 60', 'root/total 100', 'engine/used 10', 'engine/total 900'],
    ],
    [
      'a look that did not ask the engine, which shares with Rackside',
      { rackside: space('/dev/sdb', 900, 890), root },
      ['root/used 60', 'root/total 100', 'rackside/used 10', 'rackside/total 900'],
    ],
    ['a purpose that nobody knows', { elsewhere: root }, []],
  ])('are named after what lies there: %s', (_what, spaces, expected) => {
    const series = spaceSeries({ spaces: known(spaces) })
    expect(series.map(({ name, value }) => `${name.replace('filesystem/', '')} ${value}`)).toEqual(expected)
    expect(series.every(({ name }) => seriesName.safeParse(name).success)).toBe(true)
  })

  it('have no numbers where nobody could look', () => {
    expect(spaceSeries({ spaces: unreadable('df hangs') })).toEqual([])
  })

  it('are asked for with the folder of the engine where it is known, as one word', () => {
    const [probe] = spaceProbesWith("/mnt/it's $(id)")
    expect(probe?.shell).toContain(`show engine '/mnt/it'\\''s $(id)'`)
    expect(spaceProbesWith(undefined)[0]?.shell).not.toContain('show engine')
  })
})
