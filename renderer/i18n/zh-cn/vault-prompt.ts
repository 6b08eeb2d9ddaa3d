// Labels of making and opening the vault where something needs it, in Chinese.
import type { vaultPrompt as english } from '../en/vault-prompt.ts'
import type { SameKeys } from '../same-keys.ts'

export const vaultPrompt: SameKeys<typeof english> = {
  makeTitle: '创建保险库以保存登录凭据',
  makeLead: '密码和密钥保存在本机的保险库中，用口令加密。没有口令，任何人都无法打开，也没有找回的办法。',
  unlockLead: '登录凭据保存在其中。15 分钟不使用会自动锁定。',
}
