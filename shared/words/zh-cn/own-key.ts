// Chinese: what is said about the key that Rackside makes for an appliance, and what stands in its way.
import { addressText } from '../../domain/appliance.ts'
import type { OwnKeyFailureWords } from '../failure-words.ts'
import type { OwnKeyWords } from '../words.ts'

const refused = {
  'no-key-logins': () => '服务器不允许用密钥登录',
  'folder-open': (path: string) => `除所有者外其他人也可写入 ${path}，sshd 因此不信任其中的密钥`,
  'more-asked': () => '除密钥外服务器还要求其他验证',
  refused: () => '服务器拒绝了该密钥',
}
const refusedNext = {
  'no-key-logins': '请在该服务器的 sshd_config 中将 PubkeyAuthentication 设为 yes，或继续使用密码。',
  'folder-open': '请取消组和其他用户的写权限（chmod go-w），然后重试。',
  'more-asked': '请检查该服务器 sshd_config 中的 AuthenticationMethods，或继续使用原登录方式。',
  refused: '请检查该服务器 sshd_config 中的 AuthorizedKeysFile、StrictModes 和 AllowUsers，然后重试。',
}
const unwritable = {
  'no-home': (path: string) => `该用户没有主目录（${path || 'HOME 为空'}）`,
  symlink: (path: string) => `${path} 是符号链接`,
  'not-a-file': (path: string) => `${path} 的类型不正确`,
  'not-owned': (path: string) => `${path} 属于其他用户`,
  'read-only': (path: string) => `${path} 为只读`,
  locked: (path: string) => `${path} 已被锁定，所有者也无法修改`,
  other: (path: string) => `无法写入${path === '' ? '密钥列表' : ` ${path}`}`,
}

export const ownKeyFailures: OwnKeyFailureWords = {
  'key-not-accepted': (f) => ({
    what: `${addressText(f)} 不接受 Rackside 为 ${f.user} 生成的专用密钥：${refused[f.reason](f.path)}。${
      f.lineLeft ? '该密钥行未能从服务器撤回，下次重试时会自动找到。' : '该密钥行已撤回，登录方式保持不变。'
    }`,
    next: refusedNext[f.reason],
  }),
  'login-keys-unwritable': (f) => ({
    what: `无法在 ${addressText(f)} 为 ${f.user} 添加密钥：${unwritable[f.reason](f.path)}。${
      f.detail === '' ? '' : `服务器返回：${f.detail}。`
    }登录方式保持不变。`,
    next: '请向该服务器的管理员了解登录密钥的管理方式，或继续使用原登录方式。',
  }),
}

export const ownKey: OwnKeyWords = {
  installed: (name) => `从现在起，Rackside 用专用密钥登录 ${name}。`,
  login: {
    forgotten: '密码已被遗忘。',
    'in-use': '密码仍然保留：其他服务器用它登录，或该服务器的 sudo 需要它。',
    'not-a-password': '原登录方式不是密码，今后不再使用。',
  },
  sudo: {
    'not-asked': undefined,
    kept: '密码已存入保险库，仅用于 sudo。',
    asks: '该服务器的 sudo 需要密码，但未保存任何密码：在提供密码之前，需要 root 权限的操作将无法进行。',
  },
}
