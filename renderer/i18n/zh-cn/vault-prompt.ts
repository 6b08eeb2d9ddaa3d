// Labels of making and opening the vault, in Chinese.
import type { vaultPrompt as english } from '../en/vault-prompt.ts'
import type { SameKeys } from '../same-keys.ts'

export const vaultPrompt: SameKeys<typeof english> = {
  makeTitle: '创建保险库以保存登录凭据',
  makeLead: '密码和密钥保存在本机的保险库中，用口令加密。没有口令，任何人都无法打开，也没有找回的办法。',
  unlockTitle: '解锁保险库',
  unlockLead: '登录凭据保存在其中。15 分钟不使用会自动锁定。',
  keychainLead: '保险库由本机钥匙串保护，无需输入口令。',
  passphrase: '保险库口令',
  newPassphrase: '新口令',
  newHint: '至少 {{count}} 个字符。用几个词组合，比符号更容易记住。',
  tooShort: '不足 {{count}} 个字符。',
  again: '再次输入',
  differs: '两次输入不一致。',
  make: '创建保险库',
  unlock: '解锁',
}
