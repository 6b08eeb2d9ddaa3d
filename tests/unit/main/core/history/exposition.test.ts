// What a site's own monitoring reads: text that a strict reader of the format accepts, nothing old in it, and every metric
// that the dashboard that comes with Rackside asks for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exposition } from '../../../../../main/core/history/exposition.ts'
import type { SeriesHistory } from '../../../../../shared/domain/history.ts'
import { meaningOf } from '../../../../../shared/domain/series-meaning.ts'
import { readLabels, readPrometheus } from '../../../../../shared/observe/prometheus.ts'
import { repositoryRoot } from '../../../../support/repository-files.ts'

const nowMs = 1_800_000_000_000

function series(name: string, value: number, ageMs = 2000): SeriesHistory {
  const column = [value]
  return {
    ...{ name, ...meaningOf(name), atMs: [nowMs - ageMs], min: column, max: column, sum: column },
    ...{ n: [1], last: column, gaps: [] },
  }
}

const everything = [
  ...['cpu', 'memory-used', 'memory-total', 'load', 'swap-used', 'swap-total', 'temperature'].map((word) =>
    series(`host/${word}`, 12),
  ),
  ...['network-received', 'network-sent', 'disk-read', 'disk-written', 'disk-busy'].map((word) =>
    series(`host/${word}`, 12),
  ),
  ...['root', 'engine'].flatMap((one) =>
    ['used', 'total'].map((word) => series(`filesystem/${one}/${word}`, 7, 90_000)),
  ),
  ...['ascend 0', 'ascend 1'].flatMap((one) =>
    ['utilization', 'memory-used', 'memory-total', 'temperature', 'power', 'health'].map((word) =>
      series(`accelerator/${one}/${word}`, 3),
    ),
  ),
  ...['running', 'waiting', 'kv-use'].map((word) => series(`inference/ward-model/${word}`, 0.5)),
]

describe('what a site reads of this console', () => {
  it('is one family after the other, each with its type once, and read back whole', () => {
    const text = exposition([{ appliance: 'ward-3', series: everything }], nowMs)
    const types = text.split('\n').filter((line) => line.startsWith('# TYPE '))
    expect(new Set(types).size).toBe(types.length)
    expect(text.endsWith('\n')).toBe(true)
    let family = ''
    for (const line of text.trimEnd().split('\n')) {
      if (line.startsWith('# TYPE ')) family = line.split(' ')[2] ?? ''
      else expect(line.startsWith(`${family}{`)).toBe(true)
    }
    const read = readPrometheus(text)
    expect(read).toHaveLength(everything.length + 2)
    expect(read.every(({ value }) => value !== undefined)).toBe(true)
    const power = read.filter(({ name }) => name === 'rackside_accelerator_power_watts')
    expect(power.map(({ labels }) => readLabels(labels)?.get('accelerator'))).toEqual(['ascend 0', 'ascend 1'])
    const used = read.filter(({ name }) => name === 'rackside_filesystem_used_bytes')
    expect(used.map(({ labels }) => readLabels(labels)?.get('filesystem'))).toEqual(['root', 'engine'])
  })

  it('has no old value: who is not watched is only said to be so', () => {
    const old = [series('host/cpu', 12, 90_000), series('filesystem/root/used', 7, 200_000)]
    expect(exposition([{ appliance: 'ward-3', series: old }], nowMs)).toBe(
      '# TYPE rackside_watched gauge\nrackside_watched{appliance="ward-3"} 0\n',
    )
  })

  it('stays one line whatever an appliance is called', () => {
    const text = exposition([{ appliance: 'a"b\\c\nd', series: [] }], nowMs)
    expect(text.split('\n')[1]).toBe('rackside_watched{appliance="a\\"b\\\\c\\nd"} 0')
  })

  it('has every metric that the dashboard asks for', () => {
    const dashboard = readFileSync(join(repositoryRoot, 'resources/grafana/rackside.json'), 'utf8')
    const asked = new Set(dashboard.match(/rackside_[a-z_]+/g))
    const names = new Set(
      readPrometheus(exposition([{ appliance: 'x', series: everything }], nowMs)).map((one) => one.name),
    )
    expect(asked.size).toBeGreaterThan(8)
    expect([...asked].filter((name) => !names.has(name))).toEqual([])
  })
})
