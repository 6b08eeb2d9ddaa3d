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

describe('what is in daemon.json', () => {
  const whole = (value: object) => JSON.stringify(value)
  const ours = { path: nvidia.path }

  it('may be blanks, digits in words and quotes, and no long number', () => {
    expect(JSON.parse(withRuntime(' \n', nvidia) ?? '')).toEqual({ runtimes: { nvidia: ours } })
    const words = { label: '"12345678901234567890\\', mtu: 1500 }
    expect(JSON.parse(withRuntime(whole(words), nvidia) ?? '')).toMatchObject(words)
    expect(withRuntime('{ "id": 1234567890123456 }', nvidia)).toBeUndefined()
    expect(withRuntime('{ "a": "x", "id": 1234567890123456, "b": "y" }', nvidia)).toBeUndefined()
  })

  it('keeps what else was said of our runtime, and is written as it was indented', () => {
    const before = { runtimes: { nvidia: { path: '/old', options: { a: 1 } } } }
    expect(JSON.parse(withRuntime(whole(before), nvidia) ?? '')).toEqual({
      runtimes: { nvidia: { options: { a: 1 }, ...ours } },
    })
    expect(withRuntime('{\n    "a": 1\n}\n', nvidia)).toMatch(/^\{\n {4}"a": 1,\n {4}"runtimes"/)
    expect(withRuntime(`{\n${' '.repeat(40)}"a": 1\n}\n`, nvidia)).toMatch(/^\{\n {8}"a"/)
    expect(withRuntime('{ "a":  1 }', nvidia)).toMatch(/^\{\n {2}"a": 1/)
  })

  it('is noted as it was in the places that are written', () => {
    const was = { runtimes: { nvidia: { path: '/old' } }, 'default-runtime': 'runc' }
    expect(runtimeBefore(whole(was), nvidia)).toEqual({ runtime: '{"path":"/old"}', default: 'runc' })
    expect(runtimeBefore(whole({ 'default-runtime': 7 }), nvidia)).toEqual({ runtime: '', default: '' })
    expect(runtimeBefore('{', nvidia)).toEqual({ runtime: '', default: '' })
  })

  it('is as it was before once our runtime is out of it, and the default one only where it is still ours', () => {
    const asDefault = { ...nvidia, asDefault: true }
    const now = { mtu: 1, runtimes: { a: { path: '/a' }, nvidia: ours }, 'default-runtime': 'nvidia' }
    const leftOf = (text: string, before: Record<string, string>, spec = asDefault) => {
      const written = withoutRuntime(text, spec, before)
      return written === undefined ? undefined : JSON.parse(written)
    }
    const rest = { mtu: 1, runtimes: { a: { path: '/a' } } }
    expect(leftOf(whole(now), {})).toEqual(rest)
    expect(leftOf(whole(now), { default: 'a' })).toEqual({ ...rest, 'default-runtime': 'a' })
    expect(leftOf(whole(now), {}, nvidia)).toEqual({ ...rest, 'default-runtime': 'nvidia' })
    expect(leftOf(whole({ ...now, 'default-runtime': 'a' }), { default: 'runc' })).toEqual({
      ...rest,
      'default-runtime': 'a',
    })
    expect(leftOf(whole({ runtimes: { nvidia: ours } }), { runtime: '{"path":"/old"}' })).toEqual({
      runtimes: { nvidia: { path: '/old' } },
    })
    expect([leftOf(whole({ mtu: 1 }), {}), leftOf('{', {})]).toEqual([{ mtu: 1 }, undefined])
  })

  it('names it as the default one only where that is wanted', () => {
    const asDefault = { ...nvidia, asDefault: true }
    const written = { runtimes: { nvidia: ours } }
    expect([hasRuntime(whole(written), nvidia), hasRuntime(whole(written), asDefault)]).toEqual([true, false])
    expect(hasRuntime(whole({ ...written, 'default-runtime': 'nvidia' }), asDefault)).toBe(true)
    expect([hasRuntime('{', nvidia), hasRuntime('', nvidia)]).toEqual([false, false])
  })
})
