// What a failed command means is told from what it printed, wherever in it the cause stands.
import { describe, expect, it } from 'vitest'
import { failureFromOutput } from '../../../../main/apply/remote-error.ts'
import { busyText } from '../../../../shared/apply/package-texts.ts'
import { tooLittleRoomText } from '../../../../shared/apply/volume-backup.ts'

describe('a failed command', () => {
  it('names who holds the package manager, and how long it was waited for', () => {
    const output = `Reading...\n${busyText}; seconds 600; holder 812 (unattended-upgr)\n${'later\n'.repeat(300)}`
    const failure = { kind: 'package-manager-busy', seconds: 600, holder: '812 (unattended-upgr)' }
    expect(failureFromOutput('host-package.docker', '/', output)).toEqual(failure)
  })

  it('names the room that is missing', () => {
    const output = `${tooLittleRoomText}; path /var/lib/rackside/backups; needs 300; free 200\n`
    const failure = { kind: 'disk-too-small', path: '/var/lib/rackside/backups', needBytes: 300, freeBytes: 200 }
    expect(failureFromOutput('container.ward', '/', output)).toEqual(failure)
  })

  it('is a full disk before anything else, and else what it said last', () => {
    expect(failureFromOutput('x', '/var', `No space left on device\n${busyText}`)).toMatchObject({ kind: 'disk-full' })
    const long = failureFromOutput('x', '/var', `${'Reading...\n'.repeat(300)}dpkg: the cause`)
    expect(long).toMatchObject({ detail: expect.stringMatching(/dpkg: the cause$/) })
    expect(failureFromOutput('x', '/var', 'dpkg: error')).toEqual({
      kind: 'step-failed',
      step: 'x',
      detail: 'dpkg: error',
    })
  })
})
