// A recording tells what an appliance answered and nothing of whom it belongs to; replayed it reads as the appliance did.
import { describe, expect, it } from 'vitest'
import { recording } from '../../../../shared/domain/recording.ts'
import { allProbes, assembleFacts } from '../../../../shared/facts/assemble.ts'
import { readFrames } from '../../../../shared/facts/frames.ts'
import type { Answers, ProbeAnswer } from '../../../../shared/facts/probe.ts'
import { recordingOf, replayedText } from '../../../../shared/facts/recording.ts'
import { answer, recordedCases } from './recorded.ts'

const nonce = 'nonce0123456789abcdef'
const takenAt = '2026-11-26T08:00:00.000Z'
const ids = allProbes.map((probe) => probe.id)
const snapshotOf = (answers: Answers) => ({ takenAt, privilege: 'root' as const, probes: allProbes, answers })
const answersOf = (...list: ProbeAnswer[]) => new Map(list.map((one) => [one.id, one]))
const redacted = (id: string, text: string, hidden: readonly string[] = []) =>
  recordingOf(snapshotOf(answersOf(answer(id, text))), hidden).probes[0]?.stdout

describe('a recording', () => {
  it.each(recordedCases().map((one) => [`${one.reader}: ${one.name}`, one.answers] as const))(
    'of %s reads as the appliance itself',
    (_name, answers) => {
      const whole = new Map([...answers].filter(([, one]) => one.damage === undefined))
      const made = recording.parse(recordingOf(snapshotOf(whole), []))
      const again = readFrames(replayedText(made, { nonce, ids }), nonce)
      const read = (from: Answers) => ({
        ...assembleFacts(snapshotOf(from)),
        machineId: '',
        hostname: '',
        listeningPorts: '',
      })
      expect(read(again)).toEqual(read(whole))
    },
  )

  it('has no name of the appliance or of its users, wherever it stands', () => {
    const answers = answersOf(
      answer('uname', 'pacs-01.ward.example\n6.1.0\nx86_64\n'),
      answer('system', 'on pacs-01: ops logged in from pacs-01.ward.example', { stderr: 'ops@10.1.2.3: no' }),
    )
    const text = JSON.stringify(recordingOf(snapshotOf(answers), ['ops', '10.1.2.3']))
    for (const name of ['pacs-01', 'ward.example', 'ops', '10.1.2.3']) expect(text).not.toContain(name)
  })

  it('has other addresses in the place of real ones, the same for the same, and leaves versions alone', () => {
    const text =
      'LISTEN 10.20.30.40:22 10.20.30.41:80 127.0.0.1:8080 0.0.0.0:22 10.20.30.40:443 aa:bb:cc:0d:ee:ff fe80::1:2'
    expect(redacted('ports', text)).toBe(
      'LISTEN 192.0.2.1:22 192.0.2.2:80 127.0.0.1:8080 0.0.0.0:22 192.0.2.1:443 00:00:5e:00:53:01 2001:db8::1',
    )
    expect(redacted('npu-smi', 'Version: 7.8.0.6 0000:C1:00.0')).toBe('Version: 7.8.0.6 0000:C1:00.0')
    expect(redacted('kernel-log', 'NVRM: Xid (PCI:0000:b3:00.0): 79, version 7.8.0.6.201')).toBe(
      'NVRM: Xid (PCI:0000:b3:00.0): 79, version 7.8.0.6.201',
    )
  })

  it.each([
    ['DB_PASSWORD=hunter2 next', 'DB_PASSWORD=(redacted) next'],
    ['"api_key": "hunter2"', '"api_key": "(redacted)"'],
    ['Authorization: Bearer hunter2', 'Authorization: Bearer (redacted)'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----', '(a private key)'],
  ])('has no secret: %s', (text, expected) => {
    expect(redacted('containers', text)).toBe(expected)
  })

  it('has another machine id than the machine', () => {
    expect(redacted('machine-id', '0f4a9b7c6d5e4f3a2b1c0d9e8f7a6b5c\n')).toBe('00000000000000000000000000000001\n')
  })

  it('leaves out an answer that came damaged, which then reads as one that did not come', () => {
    const answers = answersOf(answer('npu-smi', 'half', { damage: 'the answer breaks off' }))
    expect(recordingOf(snapshotOf(answers), []).probes).toEqual([])
  })
})
