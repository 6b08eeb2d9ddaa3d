// A folder with a recording may come from anybody: what is in it is checked, and nothing is written over.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording, writeRecording } from '../../../../main/core/recording-folder.ts'
import { readCommandLine } from '../../../../main/shells/cli/arguments.ts'
import type { Recording } from '../../../../shared/domain/recording.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const base = { state: 'answered', exitCode: 0, since: null, stdout: '', stderr: '' } as const
const made: Recording = {
  format: 1,
  takenAt: '2026-11-26T08:00:00.000Z',
  privilege: 'root',
  probes: [
    { ...base, id: 'npu-smi', stdout: '温度 ℃ 41\n', stderr: 'warning\n' },
    { ...base, id: 'nvidia-smi', state: 'still-hung', exitCode: null, since: '2026-11-26T07:00:00Z' },
    { ...base, id: 'pci', exitCode: 3 },
    { ...base, id: 'podman', state: 'missing', exitCode: 127 },
  ],
}
const byId = ({ probes, ...rest }: Recording) => ({
  ...rest,
  probes: [...probes].sort((a, b) => a.id.localeCompare(b.id)),
})
const reasonOf = (result: ReturnType<typeof readRecording>) =>
  result.ok ? 'fine' : result.failure.kind === 'recording-unusable' ? result.failure.reason : result.failure.kind

describe('a recording in a folder', () => {
  it('is read as it was written', () => {
    const folder = join(temporaryFolder(), 'new')
    expect(writeRecording(folder, made)).toEqual({ ok: true, value: undefined })
    const read = readRecording(folder)
    expect(read.ok && byId(read.value)).toEqual(byId(made))
  })

  it('is never written where something is, nor where nobody may write', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    expect(writeRecording(folder, made)).toMatchObject({ failure: { reason: 'not-empty' } })
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
    expect(writeRecording('/dev/null/x', made)).toMatchObject({ failure: { reason: 'unwritable' } })
  })

  it.each([
    ['an empty folder', {}, 'missing'],
    ['a head that is no JSON', { 'recording.json': 'x' }, 'not-a-recording'],
    [
      'another format',
      { 'recording.json': JSON.stringify({ ...made, format: 2, probes: undefined }) },
      'not-a-recording',
    ],
    ['a probe whose about is no JSON', { 'pci.json': '{' }, 'not-a-recording'],
    ['a probe of an impossible name', { 'Not A Probe.json': '{}' }, 'not-a-recording'],
    ['an answer that is longer than any', { 'pci.json': '{}', 'pci.stdout': 'x'.repeat(700_000) }, 'not-a-recording'],
  ])('is refused: %s', (_name, files: Record<string, string>, reason) => {
    const folder = temporaryFolder()
    const { probes: _, ...head } = made
    if (Object.keys(files).length > 0)
      writeFileSync(join(folder, 'recording.json'), JSON.stringify({ ...head, missing: [] }))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    expect(reasonOf(readRecording(folder))).toBe(reason)
  })

  it('does not lead anywhere else', () => {
    const folder = temporaryFolder()
    const { probes: _, ...head } = made
    writeFileSync(join(folder, 'recording.json'), JSON.stringify({ ...head, missing: [] }))
    writeFileSync(join(folder, 'pci.json'), '{}')
    symlinkSync('/etc/passwd', join(folder, 'pci.stdout'))
    expect(reasonOf(readRecording(folder))).toBe('unreadable')
  })
})

describe('the command line', () => {
  it.each([
    'record local',
    'setup --replay F --solution x --from .',
    'detect local --replay F',
    'detect local --out F',
  ])('refuses "%s"', (line) =>
    expect(readCommandLine(line.split(' '))).toMatchObject({ ok: false, failure: { kind: 'usage' } }),
  )

  it('takes a recording in the place of an appliance', () => {
    expect(readCommandLine(['plan', '--replay', 'F', '--solution', 'x', '--from', '.'])).toMatchObject({
      value: { verb: 'plan', target: { by: 'replay', folder: 'F' } },
    })
  })
})
