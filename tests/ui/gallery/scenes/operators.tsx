// Operators in their states: before anybody is named, the list of an administrator, signing in, a passphrase of one's own,
// the passphrase once more, and plans that wait for a second person.
import { fail, ok } from '../../../../shared/domain/failure.ts'
import { answers, fails, type Script } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about } from '../scripted.ts'
import {
  administrator,
  boundOperators,
  hospitalProvider,
  nobodyNamed,
  providerHost,
  signedInAs,
  threeOperators,
  twoApprovals,
} from '../scripted-operators.ts'

const page = '/settings/operators'
const named: Script = {
  operators: {
    ...{ state: answers(signedInAs(administrator)), list: answers(threeOperators), active: answers({}) },
    provider: answers(null),
  },
  appliances: { list: answers([]) },
}
const bound: Script = {
  operators: {
    state: answers({ ...signedInAs({ ...administrator, by: 'provider' }), providerHost }),
    ...{ list: answers(boundOperators), active: answers({}), provider: answers(hospitalProvider) },
    testProvider: answers({ issuer: hospitalProvider.issuer }),
    remove: async () => fail({ kind: 'step-up-needed' }),
  },
  appliances: { list: answers([]) },
  window: {
    ...about,
    beginProviderSignIn: fails({
      kind: 'provider-unusable',
      host: providerHost,
      problem: 'unreachable',
      detail: 'ETIMEDOUT',
    }),
  },
}
const approver = { ...administrator, name: '赵敏', roles: ['approver' as const] }

export const scenes: Scenes = {
  begin: { path: page, script: { operators: { state: answers(nobodyNamed) } } },
  named: { path: page, script: named },
  'about-me': { path: page, script: named, presses: ['Signed in as 王芳|已登录：王芳'] },
  'change-roles': { path: page, script: named, presses: ['Roles: acme-li|角色：acme-li'] },
  'remove-once-more': {
    path: page,
    script: {
      ...named,
      operators: { ...named.operators, remove: async () => fail({ kind: 'step-up-needed' }) },
      window: { stepUp: async () => ok({}) },
    },
    presses: ['Remove: 赵敏|移除：赵敏', 'Remove operator|移除操作员'],
  },
  provider: { path: page, script: bound, presses: ['Try it|测试'] },
  'provider-set': { path: page, script: bound, presses: ['Set the identity provider|设置身份提供方'] },
  'provider-bind': { path: page, script: bound, presses: ['Bind: acme-li|绑定：acme-li'] },
  'provider-once-more': {
    path: page,
    script: bound,
    presses: ['Remove: 赵敏|移除：赵敏', 'Remove operator|移除操作员'],
  },
  'not-allowed': {
    path: page,
    script: {
      operators: {
        state: answers(signedInAs({ ...administrator, roles: ['viewer'] })),
        list: fails({ kind: 'not-permitted', call: 'operators.list', needs: ['administer', 'audit'] }),
      },
    },
  },
  'sign-in': { path: '/appliances', script: { operators: { state: answers(signedInAs(null, 'never')) } } },
  'sign-in-provider': {
    path: '/appliances',
    script: {
      operators: { state: answers({ ...signedInAs(null, 'never'), providerHost }) },
      window: bound.window ?? {},
    },
    presses: ['Sign in with login.hospital.example|用 login.hospital.example 登录'],
  },
  'sign-in-idle': { path: '/appliances', script: { operators: { state: answers(signedInAs(null, 'idle')) } } },
  'own-passphrase': {
    path: '/appliances',
    script: { operators: { state: answers(signedInAs({ ...administrator, mustChange: true })) } },
  },
  approvals: {
    path: '/runs',
    script: {
      operators: { state: answers(signedInAs(approver)), active: answers({}) },
      approvals: { list: answers(twoApprovals) },
      setup: { runs: answers([]) },
      appliances: { list: answers([]) },
    },
  },
  refuse: {
    path: '/runs',
    script: {
      operators: { state: answers(signedInAs(approver)), active: answers({}) },
      approvals: { list: answers(twoApprovals) },
      setup: { runs: answers([]) },
      appliances: { list: answers([]) },
    },
    presses: ['Refuse|拒绝'],
  },
}
