// The engine's settings file is merged: every other setting stays, in the form the file has, and what cannot be read
// is not written.
import { describe, expect, it } from 'vitest'
import { hasRuntime, runtimeBefore, withoutRuntime, withRuntime } from '../../../../shared/apply/daemon-settings.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'

const nvidia: StepSpecOf<'runtime-registration'> = {
  kind: 'runtime-registration',
  runtime: 'nvidia',
  path: '/usr/bin/nvidia-container-runtime',
  arguments: [],
  asDefault: false,
  activation: 'reload',
}
const site = '{\n\t"data-root": "/data/docker",\n\t"runtimes": { "ascend": { "path": "/usr/local/ascend" } }\n}\n'

describe('one runtime more in daemon.json', () => {
  it('leaves every other setting and runtime, in their order and with their indent', () => {
    const merged = withRuntime(site, nvidia) ?? ''
    expect(JSON.parse(merged)).toEqual({
      'data-root': '/data/docker',
      runtimes: { ascend: { path: '/usr/local/ascend' }, nvidia: { path: '/usr/bin/nvidia-container-runtime' } },
    })
    expect(merged).toMatch(/^\{\n\t"data-root"/)
    expect(hasRuntime(merged, nvidia)).toBe(true)
    expect(hasRuntime(site, nvidia)).toBe(false)
    expect(withRuntime(merged, nvidia)).toBe(merged)
  })

  it('begins a file that is not there', () => {
    const merged = withRuntime('', { ...nvidia, asDefault: true, arguments: ['--debug'] }) ?? ''
    expect(JSON.parse(merged)).toEqual({
      runtimes: { nvidia: { path: '/usr/bin/nvidia-container-runtime', runtimeArgs: ['--debug'] } },
      'default-runtime': 'nvidia',
    })
    expect(hasRuntime(merged, nvidia)).toBe(false)
  })

  it.each([
    ['broken off', '{ "data-root": "/da'],
    ['a list', '[]'],
    ['with a comment', '{ // ours\n}'],
    ['with runtimes of another shape', '{ "runtimes": ["nvidia"] }'],
    ['with a number that would change', '{ "max": 12345678901234567890 }'],
  ])('is nothing for a file %s', (_what, text) => {
    expect(withRuntime(text, nvidia)).toBeUndefined()
  })

  it('goes out again alone, whatever was added since', () => {
    const asDefault = { ...nvidia, asDefault: true }
    const before = '{ "default-runtime": "runc", "runtimes": { "nvidia": { "path": "/old" } } }'
    const was = runtimeBefore(before, asDefault)
    const merged = JSON.parse(withRuntime(before, asDefault) ?? '') as object
    const later = JSON.stringify({ ...merged, 'log-level': 'warn' })
    expect(JSON.parse(withoutRuntime(later, asDefault, was) ?? '')).toEqual({
      ...(JSON.parse(before) as object),
      'log-level': 'warn',
    })
    expect(
      JSON.parse(withoutRuntime(withRuntime('{}', nvidia) ?? '', nvidia, runtimeBefore('{}', nvidia)) ?? ''),
    ).toEqual({})
  })
})
