// Chinese: what the CLI says about the vault, in which secrets are kept.
import type { VaultWords } from '../words.ts'

export const vault: VaultWords = {
  typePassphrase: '保险库口令：',
  typeNew: '新口令（至少 12 个字符）：',
  typeAgain: '请再次输入：',
  states: { none: '尚未创建保险库。', locked: '保险库已锁定。', unlocked: '保险库已解锁。' },
  protections: { passphrase: '口令', keychain: '本机钥匙串' },
  kinds: {
    password: '密码',
    'private-key': '私钥',
    'own-key': 'Rackside 专用密钥',
    'signing-key': '验收证书签名密钥',
    'client-secret': '身份提供方的客户端密钥',
  },
  protection: '保护方式',
  entries: '已保存的机密',
  created: '保险库已创建。没有口令无人能够打开，也没有其他办法找回。',
  unlocked: '已解锁。15 分钟未使用将自动锁定。',
  locked: '已锁定。',
  changed: '口令已更改。',
  removed: (id) => `已删除：${id}。`,
  kept: '密码已存入保险库。',
  usedBy: '使用者',
}
