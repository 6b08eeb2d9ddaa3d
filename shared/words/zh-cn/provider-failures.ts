// Chinese: what happened, and what to do next, where the site's identity provider lets nobody in.
import type { ProviderFailureWords } from '../failure-words.ts'

const problems = {
  'none-set': () => '尚未设置身份提供方。',
  unreachable: (host: string) => `无法连接身份提供方 ${host}。`,
  'too-slow': (host: string) => `身份提供方 ${host} 未在规定时间内应答。`,
  'too-large': (host: string) => `身份提供方 ${host} 的应答过大。`,
  certificate: (host: string) => `本机不信任身份提供方 ${host} 的证书。`,
  'not-a-provider': (host: string) => `${host} 公布的信息不符合身份提供方的要求。`,
  'other-issuer': (host: string) => `${host} 自称的签发者与设置的不一致。`,
  refused: (host: string) => `身份提供方 ${host} 拒绝了本控制台。`,
  'web-only': () => '身份提供方仅用于浏览器中的窗口。',
  'vault-locked': () => '身份提供方的客户端密钥在保险库中，而保险库已锁定。',
}

const problemsNext = {
  'none-set': '请用姓名和口令登录。管理员可在“设置 → 操作员”中设置。',
  unreachable: '请用姓名和口令登录（无需网络），并联系身份提供方的管理人员。',
  'too-slow': '请用姓名和口令登录（无需网络），或稍后再试。',
  'too-large': '请用姓名和口令登录，并检查设置的签发者地址。',
  certificate: '请用姓名和口令登录。由管理员提供院内证书颁发机构的证书。',
  'not-a-provider': '请检查签发者地址：即 /.well-known/openid-configuration 之前的部分。',
  'other-issuer': '请完全按照身份提供方公布的写法设置签发者。',
  refused: '请检查客户端 ID、客户端密钥和返回地址在两边是否一致。',
  'web-only': '请在此用姓名和口令登录。',
  'vault-locked': '请用姓名和口令登录并解锁保险库，此后所有人均可由身份提供方登录，直到手动锁定。',
}

const refusals = {
  'attempt-over': '此次登录已超时、已用过，或不是从本窗口发起的。',
  declined: '身份提供方未允许登录。',
  unsound: '身份提供方返回的内容不足以证明身份。',
  'other-person': '在身份提供方登录的是另一个人。',
  'not-so': '当前登录者不是以这种方式登录的。',
}

const refusalsNext = {
  'attempt-over': '请在本窗口重新发起，并在五分钟内完成。',
  declined: '请重新发起，或用姓名和口令登录。',
  unsound: '未登录任何人。请重新发起；若仍如此，请告知身份提供方的管理人员。',
  'other-person': '请以您本人的身份登录。未执行任何操作。',
  'not-so': '请按您登录时的方式继续。未执行任何操作。',
}

const because = (detail: string) => (detail === '' ? '' : `（${detail}）`)

export const providerFailures: ProviderFailureWords = {
  'provider-unusable': (f) => ({
    what: `${problems[f.problem](f.host)}${because(f.detail)}`,
    next: problemsNext[f.problem],
  }),
  'provider-sign-in-refused': (f) => ({
    what: `${refusals[f.problem]}${because(f.detail)}`,
    next: refusalsNext[f.problem],
  }),
  'subject-unknown': (f) => ({
    what: `${f.host} 将您识别为“${f.subject}”，此处没有操作员与之绑定。`,
    next: '请将此内容出示给管理员，由其绑定到您的操作员。未登录任何人。',
  }),
}
