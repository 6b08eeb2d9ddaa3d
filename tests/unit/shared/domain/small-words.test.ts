// Small answers that several rooms rely on, each as a table: whose key it is, which failures stand, what a device is.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { toldReports } from '../../../../shared/domain/facts.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { oneAtATime } from '../../../../shared/domain/in-turn.ts'
import { xidClassOf, xidFaultCode, xidGroupOf, xidOfFault } from '../../../../shared/domain/nvidia-xid.ts'
import { isOwnKey, ownKeyId, thisMachine } from '../../../../shared/domain/own-key.ts'
import { mayMendItself } from '../../../../shared/domain/passing-failure.ts'
import { isGood, type MemberStand } from '../../../../shared/domain/rollout.ts'
import { stateAfter } from '../../../../shared/domain/run.ts'
import { acceleratorKey } from '../../../../shared/domain/sample.ts'
import { countSeen } from '../../../../shared/domain/stack.ts'
import { needsPerson } from '../../../../shared/domain/standing-failure.ts'

it('an own key is told by its name, and this machine is none', () => {
  expect(ownKeyId('0a1b')).toBe('own-key-0a1b')
  expect([ownKeyId('0a1b'), thisMachine, 'my-own-key-', 'own-key'].map(isOwnKey)).toEqual([true, false, false, false])
})

describe('a failure', () => {
  it.each([
    ['login-refused', true, false],
    ['login-questions', true, false],
    ['host-key-unknown', true, false],
    ['host-key-changed', true, false],
    ['host-key-mismatch', true, false],
    ['host-key-revoked', true, false],
    ['other-machine', true, false],
    ['host-unresolved', false, true],
    ['host-unreachable', false, true],
    ['jump-refused', false, true],
    ['link-lost', false, true],
    ['deadline-passed', false, true],
    ['sudo-refused', false, false],
  ] as const)('%s stands until a person acts: %s, may mend itself: %s', (kind, stands, mends) => {
    const one = { kind } as Failure
    expect([needsPerson(one), mayMendItself(one)]).toEqual([stands, mends])
  })
})

describe('an Xid', () => {
  it.each([
    [79, 'lost', 'bus'],
    [48, 'memory', 'memory'],
    [63, 'remapped', 'memory'],
    [92, 'corrected', 'memory'],
    [74, 'link', 'nvlink'],
    [119, 'reset', 'timeout'],
    [31, 'application', 'application'],
    [1, undefined, undefined],
  ])('%i is of the group %s and the class %s', (code, group, name) => {
    expect([xidGroupOf(code), xidClassOf(code)]).toEqual([group, name])
    expect(xidOfFault(xidFaultCode(code))).toBe(code)
  })

  it.each(['Xid', 'Xid 12345', 'an Xid 79', 'Xid 79 again', 'Xid x', 'SXid 79'])('is not in "%s"', (text) => {
    expect(xidOfFault(text)).toBeUndefined()
  })
})

it.each([
  [['GPU-1', 'GPU-2'], 2],
  [['MIG-1', 'GPU-2'], 1],
  [['/dev/davinci3', '/dev/davinci12', '/dev/davinci_manager'], 2],
  [['/dev/dri/renderD128'], 1],
  [['/mnt/dev/x1', 'x/dev/x1', 'my GPU-1'], 0],
  [[], 0],
])('of %j that a container sees, %i are devices', (sees, count) => {
  expect(countSeen(sees)).toBe(count)
})

it.each([
  [[], 'healthy', 'healthy'],
  [['a'], 'healthy', 'degraded'],
  [['a'], 'down', 'down'],
  [[], 'down', 'down'],
] as const)('with %j still to do, a server that is %s is %s after a run', (stillToDo, state, after) => {
  const verdict = { state, reason: 'answers', deployments: [] } as const
  expect(stateAfter({ stillToDo: [...stillToDo], verdict: { ...verdict, deployments: [] } })).toBe(after)
})

it.each([
  [{ state: 'done', verdict: 'healthy' }, true],
  [{ state: 'done', verdict: 'degraded' }, false],
  [{ state: 'waiting' }, false],
])('a member of a rollout that stands at %j is good: %s', (stand, good) => {
  expect(isGood(stand as MemberStand)).toBe(good)
})

it('a key of an accelerator names its chip where it is not the first', () => {
  const key = { vendor: 'ascend', index: 3 } as const
  expect([acceleratorKey({ ...key, chip: 0 }), acceleratorKey({ ...key, chip: 1 })]).toEqual(['ascend 3', 'ascend 3.1'])
})

it('partial facts tell of the makers that say something', () => {
  const accelerators = [{ vendor: 'amd', notes: [] }, { vendor: 'nvidia', notes: ['x'] }, { vendor: 'intel' }]
  const vendors = (partial: object) =>
    toldReports({ accelerators, ...partial } as unknown as Facts).map(({ vendor }) => vendor)
  expect(vendors({})).toEqual(['amd', 'nvidia', 'intel'])
  expect(vendors({ partial: 'darwin' })).toEqual(['nvidia'])
})

it('work that is asked for at the same time is done one after the other, whatever became of the one before', async () => {
  const inTurn = oneAtATime()
  const seen: string[] = []
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      seen.push(`${name} begins`)
      await new Promise(setImmediate)
      seen.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    })
  const all = await Promise.allSettled([work('a'), work('b', true), work('c')])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(all.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
