// Docker's settings file as text: one runtime more, every other setting as it was, in the form it had. A file that
// cannot be read as what it should be is never written over.
import * as z from 'zod'
import type { StepSpecOf } from '../domain/plan.ts'
import type { Before } from './made-kind.ts'

type Spec = StepSpecOf<'runtime-registration'>

const settings = z.record(z.string(), z.unknown())

/** Undefined where it is not one object of JSON, or has numbers that writing it again would change. */
function readSettings(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    // Seventeen digits do not survive a number of JavaScript.
    if (/[0-9]{16,}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))) return undefined
    return settings.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Undefined where the file cannot be merged. */
export function withRuntime(text: string, spec: Spec): string | undefined {
  const found = readSettings(text)
  const runtimes = settings.safeParse(found?.['runtimes'] ?? {})
  if (found === undefined || !runtimes.success) return undefined
  const ours = { path: spec.path, ...(spec.arguments.length === 0 ? {} : { runtimeArgs: spec.arguments }) }
  const before = settings.safeParse(runtimes.data[spec.runtime]).data ?? {}
  const merged = {
    ...found,
    runtimes: { ...runtimes.data, [spec.runtime]: { ...before, ...ours } },
    ...(spec.asDefault ? { 'default-runtime': spec.runtime } : {}),
  }
  return `${JSON.stringify(merged, null, indentOf(text))}\n`
}

/** What stood in the places that are written: empty where nothing did. */
export function runtimeBefore(text: string, { runtime }: Spec): Before {
  const found = readSettings(text) ?? {}
  const one = settings.safeParse(found['runtimes']).data?.[runtime]
  const asDefault = found['default-runtime']
  return {
    runtime: one === undefined ? '' : JSON.stringify(one),
    default: typeof asDefault === 'string' ? asDefault : '',
  }
}

/** Those places as they were before; undefined where the file cannot be read any more. */
export function withoutRuntime(text: string, { runtime, asDefault }: Spec, before: Before): string | undefined {
  const found = readSettings(text)
  if (found === undefined) return undefined
  const { [runtime]: _ours, ...others } = settings.safeParse(found['runtimes']).data ?? {}
  const was = before['runtime'] ?? ''
  const runtimes = was === '' ? others : { ...others, [runtime]: JSON.parse(was) as unknown }
  const { runtimes: _runtimes, ...rest } = found
  const kept = Object.keys(runtimes).length === 0 ? rest : { ...rest, runtimes }
  if (!asDefault || kept['default-runtime'] !== runtime) return `${JSON.stringify(kept, null, indentOf(text))}\n`
  const { 'default-runtime': _default, ...plain } = kept
  const restored = before['default'] ? { ...plain, 'default-runtime': before['default'] } : plain
  return `${JSON.stringify(restored, null, indentOf(text))}\n`
}

export function hasRuntime(text: string, spec: Spec): boolean {
  const found = readSettings(text)
  const runtime = settings.safeParse(settings.safeParse(found?.['runtimes']).data?.[spec.runtime]).data
  const same = runtime?.['path'] === spec.path && sameWords(runtime['runtimeArgs'] ?? [], spec.arguments)
  return same && (!spec.asDefault || found?.['default-runtime'] === spec.runtime)
}

function sameWords(found: unknown, wanted: readonly string[]): boolean {
  return JSON.stringify(found) === JSON.stringify(wanted)
}

/** As the first line that is indented says. */
function indentOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1]?.slice(0, 8) ?? '  '
}
