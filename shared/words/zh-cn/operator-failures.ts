// Chinese: what happened, and what to do next, where a person is not known, or may not do what they asked for.
import type { Right } from '../../domain/role.ts'
import type { OperatorFailureWords } from '../failure-words.ts'
import { providerFailures } from './provider-failures.ts'

const ended = {
  never: '尚未登录。',
  idle: '登录已失效：长时间无人操作。',
  'too-long': '登录已失效：已达到单次登录的最长时间。',
  ended: '登录已失效。',
  changed: '登录已失效：管理员更改了该操作员。',
}

const holders: Readonly<Record<Right, string>> = {
  anybody: '任何人',
  member: '任何已登录的人',
  look: '除厂商以外的任何角色',
  'look-granted': '任何角色，厂商须获得授权',
  operate: '操作员',
  deliver: '操作员，或获得授权的厂商',
  approve: '审批员',
  audit: '审计员',
  administer: '管理员',
}

const beyond = {
  appliance: (name: string) => `您的厂商授权不包括服务器 ${name}。`,
  publisher: (name: string) => `您的厂商授权不包括 ${name} 发布的内容。`,
  act: (name: string) => `厂商不允许执行此操作：${name}。`,
}

const approvals = {
  'not-asked': '应用此方案前须由第二人审批，目前尚未提交审批。',
  waiting: '此方案须由第二人审批，目前尚未批准。',
  refused: '第二人已拒绝此方案。',
  expired: '此方案的审批已过期。',
  own: '不能审批自己提交的方案。',
  'own-word': '审批了方案的人不能应用该方案。',
  'too-many': '您提交的待审批方案已达上限。',
}

const approvalsNext = {
  'not-asked': '请提交审批，由另一位审批员批准。未执行任何操作。',
  waiting: '请等待或联系审批员。未执行任何操作。',
  refused: '理由见审批列表。请修改方案或重新提交。未执行任何操作。',
  expired: '请重新提交审批。未执行任何操作。',
  own: '须由另一位审批员查看。未执行任何操作。',
  'own-word': '请由其他人应用。未执行任何操作。',
  'too-many': '请等待其中一部分得到答复。',
}

const problems = {
  unknown: (name: string) => `没有名为 ${name} 的操作员。`,
  taken: (name: string) => `已有名为 ${name} 的操作员。`,
  'last-administrator': (name: string) => `${name} 是唯一能登录的管理员。`,
  'not-begun': () => '本控制台尚未启用实名操作员。',
  'begun-already': () => '本控制台已启用实名操作员。',
  'grant-missing': (name: string) => `要将 ${name} 设为厂商，但未授权任何发布方或服务器。`,
  'grant-not-for-role': (name: string) => `${name} 不是厂商，授权没有意义。`,
  'own-name': (name: string) => `${name} 就是您自己。`,
  'same-passphrase': () => '新口令与旧口令相同。',
  'too-many': () => '操作员数量已达上限。',
  'subject-taken': (name: string) => `身份提供方的该用户已绑定到 ${name}。`,
}

const problemsNext = {
  unknown: '请查看操作员列表，注意大小写。',
  taken: '请换一个名称，或修改该操作员。',
  'last-administrator': '请先将其他人设为管理员。未做任何更改。',
  'not-begun': '请先建立管理员：设置 → 操作员。',
  'begun-already': '请以管理员身份登录后添加其他人。',
  'grant-missing': '请至少指定一个发布方和一台已保存的服务器。',
  'grant-not-for-role': '请授予厂商角色，或不填写授权。',
  'own-name': '请由其他管理员操作。未做任何更改。',
  'same-passphrase': '请另选一个口令。',
  'too-many': '请删除已离职的操作员。',
  'subject-taken': '请先解除该操作员的绑定。未做任何更改。',
}

export const operatorFailures: OperatorFailureWords = {
  'sign-in-needed': (f) => ({ what: ended[f.why], next: '请用您的姓名和口令登录。正在运行的任务不受影响。' }),
  'sign-in-refused': () => ({ what: '姓名与口令不匹配。', next: '请重试。连续失败五次后，该姓名将锁定五分钟。' }),
  'sign-in-locked': (f) => ({
    what: '多次输入错误口令，该姓名已锁定。',
    next: `请在 ${f.seconds} 秒后重试，或请管理员解锁。`,
  }),
  'sign-in-busy': (f) => ({ what: '同时尝试登录的次数过多。', next: `请在 ${f.seconds} 秒后重试。` }),
  'passphrase-change-needed': () => ({
    what: '您的口令由他人设置。',
    next: '请先改为只有您知道的口令，然后才能进行其他操作。',
  }),
  'not-permitted': (f) => ({
    what: `您的角色不允许执行此操作（${f.call}）。`,
    next: `需要：${f.needs.map((one) => holders[one]).join('、')}。请联系管理员。未执行任何操作。`,
  }),
  'not-granted': (f) => ({ what: beyond[f.what](f.name), next: '请联系医院管理员扩大授权。未执行任何操作。' }),
  'step-up-needed': () => ({
    what: '此操作无法撤销、会显示机密，或决定他人的权限，需要再次输入您的口令。',
    next: '输入后将继续执行同一操作，五分钟内有效。',
  }),
  'second-person-needed': (f) => ({
    what: approvals[f.why],
    next: approvalsNext[f.why],
  }),
  'operator-unusable': (f) => ({ what: problems[f.problem](f.name), next: problemsNext[f.problem] }),
  ...providerFailures,
}
