// The history as text for other programs.
import { describe, expect, it } from 'vitest'
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import { exportLines } from '../../../../shared/domain/history-text.ts'
import { readPrometheus } from '../../../../shared/observe/prometheus.ts'

const series = (more: Partial<SeriesHistory>): SeriesHistory => ({
  ...{ name: 'host/cpu', kind: 'gauge', unit: 'percent', atMs: [0, 60_000], min: [1, 2], max: [3, 9] },
  ...{ sum: [4, 11], n: [2, 2], last: [3, 2], gaps: [], ...more },
})

describe('as a table', () => {
  it('a line says the mean of a gauge, the last of a state, and what was added', () => {
    const all = [
      series({}),
      series({ name: 'x/health', kind: 'state', unit: 'health' }),
      series({ name: 'x/errors', kind: 'increase', unit: 'count' }),
    ]
    expect(exportLines('csv', { appliance: 'ward', series: all })).toEqual([
      'time,series,kind,unit,value,min,max,samples',
      '1970-01-01T00:00:00.000Z,host/cpu,gauge,percent,2,1,3,2',
      '1970-01-01T00:01:00.000Z,host/cpu,gauge,percent,5.5,2,9,2',
      '1970-01-01T00:00:00.000Z,x/health,state,health,3,1,3,2',
      '1970-01-01T00:01:00.000Z,x/health,state,health,2,2,9,2',
      '1970-01-01T00:00:00.000Z,x/errors,increase,count,4,1,3,2',
      '1970-01-01T00:01:00.000Z,x/errors,increase,count,11,2,9,2',
    ])
  })
})

describe('as the text of Prometheus', () => {
  it('has names and times that a reader of it takes', () => {
    const all = [
      series({}),
      series({ name: 'inference/m/time-to-first-token/le=0.5', kind: 'increase', unit: 'count' }),
    ]
    const lines = exportLines('prometheus', { appliance: 'a"b\\c', series: all })
    expect(lines[1]).toBe('rackside_cpu_percent{appliance="a\\"b\\\\c",series="host/cpu"} 2 0')
    expect(readPrometheus(lines.join('\n')).map(({ name, value }) => [name, value])).toEqual([
      ...[
        ['rackside_cpu_percent', 2],
        ['rackside_cpu_percent', 5.5],
      ],
      ...[
        ['rackside_le_count', 4],
        ['rackside_le_count', 11],
      ],
    ])
  })
})
