// What an entry may say about where its service keeps data.
import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../../../shared/domain/schema-rule.ts'
import { serviceVolumes, volumeName } from '../../../../shared/domain/service-volume.ts'

const at = (target: string, name = 'notes') => ({ name, target, backUp: true })
const isTaken = (...volumes: object[]) => serviceVolumes.safeParse(volumes).success

describe('the volumes of a service', () => {
  it('are folders inside the container', () => {
    for (const target of ['/data', '/var/lib/ward-records', '/home/app/.local/share', '/tmpfiles', '/..data']) {
      expect(isTaken(at(target)), target).toBe(true)
    }
    for (const target of ['', '/', 'data', '/data/', '//data', '/a/../b', '/a/.', '/a b', '/a,readonly', '/病历']) {
      expect(isTaken(at(target)), target).toBe(false)
    }
  })

  it('are not where memory, the kernel or the weights are', () => {
    for (const target of ['/tmp', '/tmp/data', '/proc/1', '/sys', '/dev/shm', '/models']) {
      expect(isTaken(at(target)), target).toBe(false)
    }
  })

  it('are not one in another, have names of their own, and are not many', () => {
    expect(isTaken(at('/data'), at('/database', 'other'))).toBe(true)
    expect(isTaken(at('/data'), at('/data', 'other'))).toBe(false)
    expect(isTaken(at('/data/a'), at('/data', 'other'))).toBe(false)
    expect(isTaken(at('/data'), at('/data/a', 'other'))).toBe(false)
    expect(isTaken(at('/data'), at('/cache'))).toBe(false)
    expect(isTaken(...Array.from({ length: 11 }, (_, n) => at(`/data${n}`, `n${n}`)))).toBe(false)
    expect(isTaken({ name: 'notes', target: '/data' })).toBe(false)
  })

  it('are complained about at their place, in words that name the other', () => {
    const issues = (...volumes: object[]) =>
      serviceVolumes.safeParse(volumes).error?.issues.map((issue) => [issue.path.join('.'), ruleOf(issue)])
    expect(issues(at('/data'), at('/cache'))).toEqual([['1.name', { rule: 'volume-name-twice', name: 'notes' }]])
    expect(issues(at('/data'), at('/data/a', 'other'))).toEqual([
      ['1.target', { rule: 'volume-inside-volume', name: 'notes', target: '/data' }],
    ])
  })

  it('never share a name of the engine', () => {
    expect(volumeName('a-b', 'c')).not.toBe(volumeName('a', 'b-c'))
  })
})
